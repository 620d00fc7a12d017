"""Tables of fixed columns, cut into parts where a page cannot hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.columns import ABOVE, PADDING, Columns, Stretch, columns_of, mark_of, notes_of
from bcanalysis.documents.profile import Profile
from bcanalysis.documents.word.elements import letters, one_line, paragraph, sized, twips, w
from bcanalysis.documents.word.styles import GRID
from bcanalysis.wording.terms import term


def table(shown: Table, layout: Profile, room: float, page_break: Any = None) -> Iterator[Any]:
    """Write a table: caption, grid, note and footnotes; `room` is the width of the text in mm."""
    stand = columns_of(shown, layout, room)
    parts = len(stand.stretches)
    for number, stretch in enumerate(stand.stretches, 1):
        title = shown.title if parts == 1 else term("official.part_of", shown.lang, title=shown.title, part=number, parts=parts)
        yield paragraph("caption", letters(one_line(title)), pageBreakBefore=page_break if number == 1 else None)
        if stretch.columns:
            yield _grid(shown, stretch, _Sizes.of(stand, layout), title)
    if shown.note:
        yield paragraph("note", letters(one_line(shown.note)))
    for number, text in enumerate(shown.footnotes, 1):
        yield paragraph("note", letters(str(number), raised=True), letters(f" {one_line(text)}"))


def bare_table(widths: Sequence[float], *rows: Sequence[Sequence[Any]]) -> Any:
    """Make a table without lines that only places its cells; no row breaks across pages."""
    made = _frame(widths, w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")))
    for row in rows:
        cells = [w("tc", w("tcPr", _wide(wide)), *paragraphs) for wide, paragraphs in zip(widths, row, strict=True)]
        made.append(w("tr", w("trPr", w("cantSplit")), *cells))
    return made


@dataclass(frozen=True)
class _Sizes:
    """Sizes of letters that are not those of their styles."""

    cell: float | None
    head: float | None

    @classmethod
    def of(cls, stand: Columns, layout: Profile) -> _Sizes:
        told = (stand.size, layout.parts["table"]), (stand.head_size, layout.parts["table_head"])
        return cls(*(size if size != part.size else None for size, part in told))


def _grid(shown: Table, stretch: Stretch, sizes: _Sizes, title: str) -> Any:
    around = {"top": ABOVE, "left": PADDING, "bottom": ABOVE, "right": PADDING}
    sides = (w(side, w=twips(room), type="dxa") for side, room in around.items())
    look = w("tblLook", val="04A0", firstRow=True, lastRow=False, firstColumn=True, lastColumn=False, noHBand=False, noVBand=True)
    made = _frame(stretch.widths, w("tblCellMar", *sides), look, w("tblCaption", val=one_line(title)), style=GRID)
    placed = [(shown.columns[at], at, wide) for at, wide in zip(stretch.columns, stretch.widths, strict=True)]
    heads = [_cell([letters(one_line(column.title), sizes.head)], wide, sizes.head) for column, _, wide in placed]
    made.append(w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *heads))
    for row in shown.rows:
        cells = [_cell(_words(row[at], sizes.cell), wide, sizes.cell, column) for column, at, wide in placed]
        made.append(w("tr", w("trPr", w("cantSplit")), *cells))
    return made


def _frame(widths: Sequence[float], *settings: Any, style: str | None = None) -> Any:
    """Make a table without rows: fixed columns, told twice, as both Word and LibreOffice want it."""
    named = w("tblStyle", val=style) if style else None
    whole = w("tblW", w=sum(map(twips, widths)), type="dxa")
    properties = w("tblPr", named, whole, w("tblInd", w=0, type="dxa"), w("tblLayout", type="fixed"), *settings)
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=twips(wide)) for wide in widths)))


def _cell(words: list[Any], wide: float, size: float | None, column: Column | None = None) -> Any:
    """Make a cell; one without a column is a heading."""
    side = "center" if column is None else "right" if column.numeric else None
    told = paragraph("table_head" if column is None else "table", *words, jc=w("jc", val=side) if side else None, rPr=sized(size))
    return w("tc", w("tcPr", _wide(wide), w("vAlign", val="center")), told)


def _words(cell: Cell, size: float | None) -> list[Any]:
    mark = [letters(one_line(mark_of(cell)), size, i=True)] if cell.mark else []
    notes = [letters(notes_of(cell), size, raised=True)] if cell.notes else []
    text = one_line(cell.text)
    return [*mark, *([letters(text, size)] if text else []), *notes]


def _wide(wide: float) -> Any:
    return w("tcW", w=twips(wide), type="dxa")
