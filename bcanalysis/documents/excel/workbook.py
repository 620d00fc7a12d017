"""Tables as a workbook: a cover, the contents, notes, and one sheet for each table, with real numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from math import isfinite
from typing import Any

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.excel.cells import Exact, looks_like_formula, number_format, safe_text, sheet_name
from bcanalysis.documents.profile import Profile, profile
from bcanalysis.wording.numbers import format_date, format_number
from bcanalysis.wording.terms import term

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_HEAD_ROW = 2  # below the title and the way back
_MOST_FORMATS = 150  # Excel keeps some 200 of them
_LEAST_WIDTH, _BROKEN_WIDTH, _MOST_WIDTH = 5, 16, 40  # letters
_MEASURED_ROWS = 500
_HEAD_LINES = 3
_UPRIGHT_COLUMNS = 6
_A4 = 9
_MM = 25.4
_MOST_LINK = 255  # letters of a link's text
_LINE = 1.35  # height of a line by the size of its letters


@dataclass(frozen=True)
class Sheet:
    """A table for a sheet of its own.

    Parameters
    ----------
    title : str
        Its name in the contents, and as far as Excel allows that of the sheet.
    table : Table
        The table.
    source : str
        Where it comes from: the notebook, the report.
    """

    title: str
    table: Table
    source: str = ""


@dataclass(frozen=True)
class About:
    """What the cover says.

    Parameters
    ----------
    title, period, area : str
        In words.
    made : datetime.datetime
        When the figures were put together; the file says the same.
    versions : mapping of str to str
        What made it, by name.
    notes : tuple of str
        Notes for all tables.
    """

    title: str
    period: str
    area: str
    made: datetime
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def write_workbook(sheets: Sequence[Sheet], about: About, lang: str = "vi") -> bytes:
    """Write tables as one workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        The tables, in the order of the contents.
    about : About
        What the cover says.
    lang : {"vi", "en"}
        Language of the words around the tables.

    Returns
    -------
    bytes
        An XLSX file, the same for the same tables. Numbers are unrounded and look as they were printed, with the words that
        belong to them; separators are those of the reader. Texts are texts: none can become a formula or a link. A table with
        more rows or columns than a sheet of Excel goes on in further sheets, and a text longer than a cell is cut; both are
        said. Pages are A4, as wide as the paper, with the headings on each.

    Examples
    --------
    >>> shown = Table("Xuất khẩu", (Column("Năm"), Column("Triệu USD", True)), ((Cell("2018"), Cell("3.140", 3140.0)),))
    >>> about = About("Số liệu", "6 tháng đầu năm 2018", "Bắc Giang", datetime(2018, 6, 14, tzinfo=UTC))
    >>> write_workbook([Sheet("Xuất khẩu", shown)], about)[:2]
    b'PK'
    """
    import xlsxwriter

    made = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as workbook:
        created = about.made.astimezone(UTC).replace(tzinfo=None) if about.made.tzinfo else about.made
        workbook.set_properties({"title": safe_text(about.title)[0][:255], "created": created})
        _Writer(workbook, profile(), lang).write(sheets, about)
    return made.getvalue()


@dataclass(frozen=True)
class _Part:
    """What of a table stands on one sheet."""

    name: str
    title: str
    table: Table
    source: str
    told: str = ""


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: Any, layout: Profile, lang: str) -> None:
        self._workbook = workbook
        self._layout = layout
        self._lang = lang
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._number_formats: set[str] = set()

    def write(self, sheets: Sequence[Sheet], about: About) -> None:
        cover, contents, notes = (term(f"figures.sheet.{name}", self._lang) for name in ("cover", "contents", "notes"))
        parts = list(self._parts(sheets, [cover, contents, notes]))
        self._cover(cover, about)
        self._contents(contents, parts)
        self._list(
            notes, notes, [*about.notes, *(term(f"figures.sheet.note_{name}", self._lang) for name in ("numbers", "words", "gaps"))]
        )
        for part in parts:
            self._table(part, contents)

    def _parts(self, sheets: Sequence[Sheet], taken: list[str]) -> Iterator[_Part]:
        for sheet in sheets:
            found = list(_fitting(sheet.table))
            for place, table in enumerate(found, 1):
                name = sheet_name(sheet.title, taken, term("figures.sheet.table", self._lang))
                taken.append(name)
                told = term("figures.sheet.part", self._lang, place=place, parts=len(found)) if len(found) > 1 else ""
                yield _Part(name, sheet.title, table, sheet.source, told)

    def _cover(self, name: str, about: About) -> None:
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        self._text(sheet, 0, 0, about.title, size=self._layout.parts["title"].size, bold=True)
        told = {
            "period": about.period,
            "area": about.area,
            "made": f"{format_date(about.made.date(), self._lang)}, {about.made:%H:%M}",
        }
        rows = [(term(f"figures.sheet.{name}", self._lang), text) for name, text in told.items()]
        for row, (label, text) in enumerate([*rows, *about.versions.items()], 2):
            self._text(sheet, row, 0, label, bold=True)
            self._text(sheet, row, 1, text, wrap=True)

    def _contents(self, name: str, parts: Sequence[_Part]) -> None:
        sheet = self._sheet(name)
        for column, width in enumerate((6, 70, 50, 10)):
            sheet.set_column(column, column, width)
        self._text(sheet, 0, 0, name, size=self._layout.parts["title"].size, bold=True)
        for column, head in enumerate(("number", "table", "source", "rows")):
            self._text(sheet, _HEAD_ROW, column, term(f"figures.sheet.{head}", self._lang), head=True)
        for place, part in enumerate(parts, 1):
            row = _HEAD_ROW + place
            sheet.write_number(row, 0, place, self._format(border=1))
            self._link(sheet, row, 1, part.name, " ".join(filter(None, [part.title, part.told])))
            self._text(sheet, row, 2, part.source, wrap=True, border=1)
            sheet.write_number(row, 3, len(part.table.rows), self._format(border=1, num_format="#,##0"))
        sheet.freeze_panes(_HEAD_ROW + 1, 0)

    def _list(self, name: str, title: str, texts: Sequence[str]) -> None:
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 110)
        self._text(sheet, 0, 0, title, size=self._layout.parts["title"].size, bold=True)
        for row, text in enumerate(texts, 2):
            self._text(sheet, row, 0, text, wrap=True)

    def _table(self, part: _Part, contents: str) -> None:
        table = part.table
        looks = [tuple(self._shown(cell) for cell in row) for row in table.rows]
        flags = [_flags(row, shown) for row, shown in zip(table.rows, looks, strict=True)]
        columns = [*table.columns, *([Column(term("figures.sheet.flags", self._lang))] if any(flags) else [])]
        sheet = self._sheet(part.name, landscape=len(columns) > _UPRIGHT_COLUMNS)
        widths = [*_widths(table), *([_MOST_WIDTH] if any(flags) else [])]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        first_number = next((place for place, column in enumerate(columns) if column.numeric), 1)
        sheet.freeze_panes(_HEAD_ROW + 1, min(max(first_number, 1), 2))
        sheet.repeat_rows(_HEAD_ROW)
        self._text(sheet, 0, 0, " ".join(filter(None, [table.title or part.title, part.told])), bold=True)
        self._link(sheet, 1, 0, contents, contents, border=0)
        for place, column in enumerate(columns):
            self._text(sheet, _HEAD_ROW, place, column.title, head=True)
        cut = 0
        for row, (cells, shown, told) in enumerate(zip(table.rows, looks, flags, strict=True), _HEAD_ROW + 1):
            bold = len(cells) > 2 and bool(cells[0].text) and not any(cell.plain for cell in cells[2:])  # the head of a section
            for place, (cell, look, column) in enumerate(zip(cells, shown, table.columns, strict=True)):
                align = "right" if column.numeric else "left"
                if cell.value is not None and isfinite(cell.value):
                    form = self._format(num_format=look or "General", align=align, bold=bold, border=1, valign="top")
                    sheet.write_number(row, place, Exact(cell.value), form)
                else:
                    cut += self._text(sheet, row, place, cell.plain, wrap=True, align=align, bold=bold, border=1)
            if any(flags):
                cut += self._text(sheet, row, len(cells), told, wrap=True, border=1)
        below = [
            table.note,
            *(f"[{number}] {text}" for number, text in enumerate(table.footnotes, 1)),
            term("display.table.sources", self._lang, names=part.source) if part.source else "",
            term("figures.sheet.cut", self._lang, count=format_number(cut, 0, self._lang)) if cut else "",
        ]
        self._below(sheet, _HEAD_ROW + len(table.rows) + 2, [text for text in below if text], widths)

    def _below(self, sheet: Any, first: int, texts: Sequence[str], widths: Sequence[float]) -> None:
        """Write lines across the table, each as high as it needs: Excel does not measure merged cells."""
        size = self._layout.parts["note"].size
        last = len(widths) - 1
        for row, text in enumerate(texts, first):
            lines = -(-len(text) // max(int(sum(widths)), 1))
            sheet.set_row(row, lines * size * _LINE)
            if last:
                sheet.merge_range(row, 0, row, last, "", self._format(size=size, text_wrap=True, valign="top"))
            self._text(sheet, row, 0, text, size=size, wrap=True)

    def _shown(self, cell: Cell) -> str | None:
        """Give the number format of a cell as long as the workbook has room for formats."""
        if cell.value is None:
            return None
        found = number_format(cell, self._lang)
        if found is None or (found not in self._number_formats and len(self._number_formats) >= _MOST_FORMATS):
            return None
        self._number_formats.add(found)
        return found

    def _sheet(self, name: str, landscape: bool = False) -> Any:
        sheet = self._workbook.add_worksheet(name)
        margins = self._layout.margins
        sheet.set_paper(_A4)
        sheet.set_margins(margins.left / _MM, margins.right / _MM, margins.top / _MM, margins.bottom / _MM)
        sheet.set_header("&C&P")
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        return sheet

    def _text(self, sheet: Any, row: int, place: int, text: str, *, head: bool = False, wrap: bool = False, **look: Any) -> bool:
        """Write a text, and tell whether it had to be cut."""
        fit, cut = safe_text(text)
        if head:
            look |= {"bold": True, "border": 1, "align": "center", "size": self._layout.parts["table_head"].size}
        if looks_like_formula(fit):
            look["quote_prefix"] = True
        form = self._format(text_wrap=wrap or head, valign="vcenter" if head else "top", **look)
        if fit:
            sheet.write_string(row, place, fit, form)
        else:
            sheet.write_blank(row, place, None, form)
        return cut

    def _link(self, sheet: Any, row: int, place: int, name: str, text: str, border: int = 1) -> None:
        address = "internal:'" + name.replace("'", "''") + "'!A1"
        look = self._format(font_color="blue", underline=1, border=border, valign="top")
        sheet.write_url(row, place, address, look, string=safe_text(text)[0][:_MOST_LINK])

    def _format(self, size: float | None = None, **look: Any) -> Any:
        asked = {"font_name": self._layout.family, "font_size": size or self._layout.parts["table"].size, **look}
        key = tuple(asked.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(asked)
        return self._formats[key]


def _flags(row: Sequence[Cell], shown: Sequence[str | None]) -> str:
    """Say of the numbers of a row what their cells cannot: their footnotes, and words for which there is no format."""
    numbers = [(cell, look) for cell, look in zip(row, shown, strict=True) if cell.value is not None and isfinite(cell.value)]
    words = [
        cell.plain if look is None else replace(cell, text="", mark="").plain
        for cell, look in numbers
        if look is None or cell.notes
    ]
    return "; ".join(dict.fromkeys(words))


def _widths(table: Table) -> list[float]:
    """Give each column the width of its longest text, within bounds; headings and words are broken, numbers cannot be."""

    def length(cell: Cell, column: Column) -> int:
        return len(cell.plain) if cell.value is not None or not column.numeric else min(len(cell.plain), _BROKEN_WIDTH)

    rows = list(islice(table.rows, _MEASURED_ROWS))
    longest = [max((length(row[place], column) for row in rows), default=0) for place, column in enumerate(table.columns)]
    heads = [max([len(column.title) // _HEAD_LINES, *map(len, column.title.split())]) for column in table.columns]
    return [min(max(*sizes, _LEAST_WIDTH) + 1, _MOST_WIDTH) for sizes in zip(longest, heads, strict=True)]


def _fitting(table: Table) -> Iterator[Table]:
    """Cut a table into tables that fit a sheet; the first column, which names the rows, stands in each."""
    most_rows = MOST_ROWS - _HEAD_ROW - len(table.footnotes) - 6  # heads above, and lines below
    most_columns = MOST_COLUMNS - 1  # one for flags
    if len(table.rows) <= most_rows and len(table.columns) <= most_columns:
        yield table
        return
    others = range(1, len(table.columns))
    for first in range(0, max(len(others), 1), most_columns - 1):
        places = [0, *others[first : first + most_columns - 1]]
        for top in range(0, max(len(table.rows), 1), most_rows):
            rows = tuple(tuple(row[place] for place in places) for row in table.rows[top : top + most_rows])
            yield replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)
