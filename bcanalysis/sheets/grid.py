"""A grid of cells as they stand in a sheet, a text file or a table of a database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from bcanalysis.errors import DataError, Fault

Range = tuple[tuple[int, int], tuple[int, int]]


class Shown(float):
    """A number with the digits after the decimal mark that its cell shows, where these are more than its own.

    Parameters
    ----------
    value : float
        The number; of a cell that shows percents it is the percent, so 0.276 shown as 27,6% is 27.6.
    decimals : int
        Digits after the decimal mark.
    percent : bool
        Whether the cell shows a percent sign.
    """

    decimals: int
    percent: bool

    def __new__(cls, value: float, decimals: int, *, percent: bool = False) -> Shown:
        """Make the number."""
        number = super().__new__(cls, value)
        number.decimals = decimals
        number.percent = percent
        return number


@dataclass(frozen=True)
class Unread:
    """A cell that holds no value to read: a formula that was never computed, or one that went wrong.

    Parameters
    ----------
    got : str
        What stands there.
    expected : str
        What should.
    hint : str
        How to mend it.
    """

    got: str
    expected: str
    hint: str


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Parameters
    ----------
    file : str
        Name of the file or table, for messages.
    name : str
        Name of the sheet; empty where a file has only one.
    rows : list of list
        The cells: text, number, bool, date, :class:`Unread`, or None for a blank. All rows are of one width.
    merged : tuple
        First and last cell of each merged range, as (row, column) from 0.
    is_text : bool
        Whether numbers are texts, as people typed them.
    told : tuple of str
        How the file was read, where it could have been read otherwise.
    """

    file: str
    name: str
    rows: list[list[object]]
    merged: tuple[Range, ...] = ()
    is_text: bool = False
    told: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def spread(self, first: int, last: int) -> list[list[object]]:
        """Give the rows from the first to before the last, each merged range filled with what its first cell holds."""
        rows = [list(row) for row in self.rows[first:last]]
        for (top, left), (bottom, right) in self.merged:
            for row in range(max(top, first), min(bottom + 1, last)):
                for column in range(left, min(right + 1, self.width)):
                    rows[row - first][column] = self.rows[top][left]
        return rows

    def fault(self, row: int, column: int | None, got: str, expected: str, hint: str = "", severity: str = "error") -> Fault:
        """Make a fault of a cell; rows and columns count from 0."""
        place = "" if column is None else cell_name(row, column) if not self.is_text else letters(column)
        return Fault(self.file + (f" [{self.name}]" if self.name else ""), row + 1, place, got, expected, hint, severity)


def letters(column: int) -> str:
    """Name a column as spreadsheets do.

    Parameters
    ----------
    column : int
        The column, from 0.

    Returns
    -------
    str
        Its letters.

    Examples
    --------
    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """Give the column of its letters.

    Parameters
    ----------
    name : str
        Such as ``AA``.

    Returns
    -------
    int
        The column, from 0.

    Examples
    --------
    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: ``cell_name(6, 1)`` is B7."""
    return f"{letters(column)}{row + 1}"


def refuse(file: str, got: str, expected: str, hint: str = "", row: int = 0) -> DataError:
    """Make the error of a file that cannot be read as a whole."""
    return DataError([Fault(file, row, "", got, expected, hint)])


def boxed(rows: Iterable[list[object]]) -> list[list[object]]:
    """Give rows of one width, without the blank ones at the end, their texts composed (NFC)."""
    found = [[_composed(cell) if type(cell) is str else cell for cell in row] for row in rows]
    while found and all(cell is None for cell in found[-1]):
        found.pop()
    width = max((len(row) for row in found), default=0)
    return [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in found]


def _composed(text: str) -> str | None:
    if text.isascii():
        return text if text.strip() else None
    return unicodedata.normalize("NFC", text)
