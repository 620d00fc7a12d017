"""Tables of fixed columns, as wide as their contents ask for, cut into parts where a page cannot hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.profile import Part, Profile
from bcanalysis.documents.word.elements import letters, one_line, paragraph, twips, w
from bcanalysis.documents.word.styles import GRID
from bcanalysis.documents.word.widths import width
from bcanalysis.wording.terms import term

MOST_COLUMNS = 63  # Word opens no table that has more

_PADDING = 1.4  # mm on both sides of a cell
_WIDEST_WORD = 1 / 3  # of the page: a longer word breaks


def table(shown: Table, layout: Profile, room: float, page_break: Any = None) -> Iterator[Any]:
    """Write a table: caption, grid, note and footnotes; `room` is the width of the text in mm."""
    least, natural = _needs(shown, layout, room)
    parts = _parts(least, room)
    for number, columns in enumerate(parts, 1):
        title = (
            shown.title
            if len(parts) == 1
            else term("official.part_of", shown.lang, title=shown.title, part=number, parts=len(parts))
        )
        yield paragraph("caption", letters(one_line(title)), pageBreakBefore=page_break if number == 1 else None)
        if columns:
            widths = _widths([least[column] for column in columns], [natural[column] for column in columns], room)
            yield _grid(shown, columns, widths, title)
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


def _grid(shown: Table, columns: Sequence[int], widths: Sequence[float], title: str) -> Any:
    sides = (w(side, w=twips(_PADDING), type="dxa") for side in ("left", "right"))
    look = w("tblLook", val="04A0", firstRow=True, lastRow=False, firstColumn=True, lastColumn=False, noHBand=False, noVBand=True)
    made = _frame(widths, w("tblCellMar", *sides), look, w("tblCaption", val=one_line(title)), style=GRID)
    heads = [
        _cell([letters(one_line(shown.columns[column].title))], wide, "table_head")
        for column, wide in zip(columns, widths, strict=True)
    ]
    made.append(w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *heads))
    for row in shown.rows:
        cells = [
            _cell(_words(row[column]), wide, "table", shown.columns[column]) for column, wide in zip(columns, widths, strict=True)
        ]
        made.append(w("tr", w("trPr", w("cantSplit")), *cells))
    return made


def _frame(widths: Sequence[float], *settings: Any, style: str | None = None) -> Any:
    """Make a table without rows: fixed columns, told twice, as both Word and LibreOffice want it."""
    named = w("tblStyle", val=style) if style else None
    whole = w("tblW", w=sum(map(twips, widths)), type="dxa")
    properties = w("tblPr", named, whole, w("tblInd", w=0, type="dxa"), w("tblLayout", type="fixed"), *settings)
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=twips(wide)) for wide in widths)))


def _cell(words: list[Any], wide: float, style: str, column: Column | None = None) -> Any:
    heading = column is None
    side = w("jc", val="center" if heading else "right") if heading or column.numeric else None  # type: ignore[union-attr]
    middle = w("vAlign", val="center")
    return w("tc", w("tcPr", _wide(wide), middle), paragraph(style, *words, jc=side))


def _words(cell: Cell) -> list[Any]:
    mark = [letters(f"{one_line(cell.mark)}\u00a0", italic=True)] if cell.mark else []
    notes = [letters(", ".join(map(str, cell.notes)), raised=True)] if cell.notes else []
    text = one_line(cell.text)
    return [*mark, *([letters(text)] if text else []), *notes]


def _wide(wide: float) -> Any:
    return w("tcW", w=twips(wide), type="dxa")


def _needs(shown: Table, layout: Profile, room: float) -> tuple[list[float], list[float]]:
    """Give the widths in mm that the longest word and the longest line of each column ask for."""
    head, body = layout.parts["table_head"], layout.parts["table"]
    least, natural = [], []
    for number, column in enumerate(shown.columns):
        texts = {row[number].plain for row in shown.rows}
        whole = [_measure(column.title, head), *(_measure(text, body) for text in texts)]
        words = [_measure(word, head) for word in column.title.split()]
        words += whole[1:] if column.numeric else [_measure(word, body) for text in texts for word in text.split()]
        if number == 0:
            words = whole  # what names the rows stays on one line, if that is not too long
        least.append(min(max(words, default=0.0), room * _WIDEST_WORD) + 2 * _PADDING)
        natural.append(max(max(whole) + 2 * _PADDING, least[-1]))
    return least, natural


def _measure(text: str, part: Part) -> float:
    return width(text, part.size, bold=part.bold, italic=part.italic)


def _parts(least: Sequence[float], room: float) -> list[list[int]]:
    """Cut the columns into parts that a page can hold; each begins with the first column, which names the rows."""
    parts: list[list[int]] = [[0]] if least else [[]]
    used = least[0] if least else 0.0
    for column in range(1, len(least)):
        if len(parts[-1]) > 1 and (used + least[column] > room or len(parts[-1]) == MOST_COLUMNS):
            parts.append([0])
            used = least[0]
        parts[-1].append(column)
        used += least[column]
    return parts


def _widths(least: Sequence[float], natural: Sequence[float], room: float) -> list[float]:
    """Share the room: all get what their lines ask for and the first column the rest, or else all the same part of it."""
    spare = room - sum(natural)
    if spare >= 0:
        return [natural[0] + spare, *natural[1:]]
    wanted = sum(natural) - sum(least)
    share = max(room - sum(least), 0.0) / wanted if wanted else 0.0
    return [low + (high - low) * share for low, high in zip(least, natural, strict=True)]
