"""The Table: words in cells, with footnotes; as HTML, plain text and a frame."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any
from zlib import crc32

from bcanalysis.display.quotes import marked
from bcanalysis.wording.terms import term

if TYPE_CHECKING:
    import pandas as pd

TABLE_TYPE = "application/vnd.bcanalysis.table+json"  # MIME type of a table inside a notebook


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    title : str
        Its heading.
    numeric : bool
        Whether it is set to the right.
    """

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text : str
        What is shown.
    value : float or None
        The unrounded number behind it, if there is one.
    mark : str
        A short word before the text: what kind of figure it is.
    notes : tuple of int
        Numbers of footnotes, from 1.
    origin : tuple of str
        Sentences that say how the number came about; a page shows them on demand.
    """

    text: str
    value: float | None = None
    mark: str = ""
    notes: tuple[int, ...] = ()
    origin: tuple[str, ...] = ()

    @property
    def number(self) -> float | None:
        """The number behind it as JSON can hold it: none where it is not finite."""
        return None if self.value is None or not isfinite(self.value) else float(self.value)

    @property
    def plain(self) -> str:
        """Mark, text and footnotes in plain letters."""
        return " ".join(part for part in (self.mark, self.text, *(f"[{number}]" for number in self.notes)) if part)


@dataclass(frozen=True)
class Table:
    """A table ready to be read: nothing in it is computed any more.

    Parameters
    ----------
    title : str
        The caption.
    columns : tuple of Column
        The headings. The first column without blanks names the rows: before it may stand running numbers.
    rows : tuple of tuple of Cell
        One cell for each column.
    footnotes : tuple of str
        The first one has number 1.
    note : str
        One line below the table, before the footnotes.
    lang : {"vi", "en"}
        Language of the words.
    quotes : tuple of str
        What in them is quoted from another language.

    Examples
    --------
    >>> shown = Table("Xuất khẩu", (Column("Năm"), Column("Triệu USD", True)), ((Cell("2018"), Cell("3.140", 3140.0, "ước")),))
    >>> print(shown)
    Xuất khẩu
    <BLANKLINE>
    Năm   Triệu USD
    2018  ước 3.140
    >>> shown.to_frame().iloc[0].tolist()
    ['2018', 3140.0]
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footnotes: tuple[str, ...] = ()
    note: str = ""
    lang: str = "vi"
    quotes: tuple[str, ...] = ()

    @cached_property
    def naming(self) -> int:
        """Position of the column that names the rows."""
        texts = ([row[position].text.strip() for row in self.rows] for position in range(len(self.columns)))
        return next((position for position, column in enumerate(texts) if all(column)), 0)

    def _repr_html_(self) -> str:
        """Give the table as HTML: caption, scopes of headings, classes for numbers, linked footnotes; no styles, no scripts."""
        heads = "".join(f'<th scope="col"{_numeric(column)}>{escape(column.title)}</th>' for column in self.columns)
        body = "".join(f"<tr>{self._html_row(row)}</tr>" for row in self.rows)
        note = f'<p class="note">{self._marked(self.note)}</p>' if self.note else ""
        items = "".join(f'<li id="{self._id(number)}">{self._marked(text)}</li>' for number, text in enumerate(self.footnotes, 1))
        notes = f'<ol class="footnotes">{items}</ol>' if items else ""
        return (
            f'<div class="bc-table" lang="{escape(self.lang)}"><table class="bc"><caption>{escape(self.title)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{note}{notes}</div>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give the table itself beside its other forms, with the numbers behind its cells, for whoever writes it anew."""
        return {TABLE_TYPE: self.content()}

    def content(self) -> dict[str, Any]:
        """Give the table as what JSON can hold, for `table_of`.

        Returns
        -------
        dict
            ``title``, ``columns`` (title, whether numeric), ``rows`` (text, value, mark, notes, and origin where there is one),
            ``footnotes``, ``note``, ``lang``, ``quotes``.
        """
        return {
            "title": self.title,
            "columns": [[column.title, column.numeric] for column in self.columns],
            "rows": [[_content(cell) for cell in row] for row in self.rows],
            "footnotes": list(self.footnotes),
            "note": self.note,
            "lang": self.lang,
            "quotes": list(self.quotes),
        }

    def __str__(self) -> str:
        """Give the table as plain text."""
        lines = [[column.title for column in self.columns], *([cell.plain for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        set_lines = [
            "  ".join(
                text.rjust(width) if column.numeric else text.ljust(width)
                for text, width, column in zip(line, widths, self.columns, strict=True)
            ).rstrip()
            for line in lines
        ]
        below = [*([self.note] if self.note else []), *(f"[{number}] {text}" for number, text in enumerate(self.footnotes, 1))]
        return "\n".join([self.title, "", *set_lines, *(["", *below] if below else [])])

    def to_frame(self) -> pd.DataFrame:
        """Give the table as a frame.

        Returns
        -------
        pandas.DataFrame
            Columns by their headings. A cell with a number behind it holds the unrounded number, any other one its text;
            marks and footnotes are left out.
        """
        import pandas as pd  # a table that is only printed needs none of it

        cells = [[cell.text if cell.value is None else cell.value for cell in row] for row in self.rows]
        return pd.DataFrame(cells, columns=[column.title for column in self.columns], dtype=object)

    def _html_row(self, row: tuple[Cell, ...]) -> str:
        cells = [f"<td{_numeric(column)}>{self._html_cell(cell)}</td>" for column, cell in zip(self.columns, row, strict=True)]
        cells[self.naming] = f'<th scope="row">{self._html_cell(row[self.naming])}</th>'
        return "".join(cells)

    def _html_cell(self, cell: Cell) -> str:
        mark = f'<small class="mark">{escape(cell.mark)}</small>&nbsp;' if cell.mark else ""
        links = ", ".join(
            f'<a href="#{self._id(number)}" aria-label="{escape(term("display.table.footnote", self.lang, number=number))}">'
            f"{number}</a>"
            for number in cell.notes
        )
        return mark + self._marked(cell.text) + (f"<sup>{links}</sup>" if links else "")

    def _marked(self, text: str) -> str:
        return marked(text, self.quotes)

    def _id(self, number: int) -> str:
        return f"fn-{self._name}-{number}"

    @cached_property
    def _name(self) -> str:
        """A name by the title and the contents of the table, so that the footnotes of two tables on a page do not meet."""
        letters = unicodedata.normalize("NFD", self.title.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:32].strip("-")
        return f"{slug}-{crc32(str(self).encode()):08x}"


def table_of(content: Mapping[str, Any]) -> Table:
    """Read a table that travelled in a notebook.

    Parameters
    ----------
    content : mapping
        What :meth:`Table.content` gave.

    Returns
    -------
    Table
        The same table.

    Raises
    ------
    ValueError
        If it is no such content.

    Examples
    --------
    >>> shown = Table("Xuất khẩu", (Column("Năm"), Column("Triệu USD", True)), ((Cell("2018"), Cell("3.140", 3140.0)),))
    >>> table_of(shown.content()) == shown
    True
    """
    try:
        return Table(
            title=str(content["title"]),
            columns=tuple(Column(str(title), bool(numeric)) for title, numeric in content["columns"]),
            rows=tuple(tuple(_cell_of(*cell) for cell in row) for row in content["rows"]),
            footnotes=tuple(map(str, content["footnotes"])),
            note=str(content["note"]),
            lang=str(content["lang"]),
            quotes=tuple(map(str, content.get("quotes", ()))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"table: got {error!r}; expected what a table of bcanalysis says of itself") from error


def _content(cell: Cell) -> list[Any]:
    return [cell.text, cell.number, cell.mark, list(cell.notes), *([list(cell.origin)] if cell.origin else [])]


def _cell_of(text: str, value: float | None, mark: str, notes: Sequence[int], origin: Sequence[str] = ()) -> Cell:
    number = None if value is None else float(value)
    return Cell(str(text), number, str(mark), tuple(map(int, notes)), tuple(map(str, origin)))


def _numeric(column: Column) -> str:
    return ' class="num"' if column.numeric else ""
