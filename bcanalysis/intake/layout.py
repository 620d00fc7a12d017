"""Where a table lies in its sheet, and which of its rows are parts of which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bcanalysis.intake.heads import plain_words, read_head
from bcanalysis.intake.names import Label, read_label
from bcanalysis.sheets.grid import Grid
from bcanalysis.sheets.numbers import looks_like_number

_NUMBERING = re.compile(r"\(?(?:[A-Z]|\d{1,2})\)?(?:\s*=.*)?")
_ROMAN = re.compile(r"[IVX]+\.?")
_LOOKED_AT = 60  # rows in which a head is looked for
_DEEPER = 10


@dataclass(frozen=True)
class Layout:
    """Where a table lies; rows and columns from 0.

    Parameters
    ----------
    head, rows : tuple of int
        First and last row of the head and of the figures.
    heads : tuple of str
        The words above each column, from all rows of the head.
    indicator : int
        The column with the names of the rows.
    number : int or None
        The column with their numbers.
    """

    head: tuple[int, int]
    rows: tuple[int, int]
    heads: tuple[str, ...]
    indicator: int
    number: int | None


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    row : int
        The row, from 0.
    path : str
        Its name, after that of the row it is a part of.
    label : Label
        Its name, taken apart.
    parent : str
        The path of the row it is a part of; empty if there is none.
    """

    row: int
    path: str
    label: Label
    parent: str


def find_layout(grid: Grid) -> Layout | None:
    """Find the table in a sheet by the head of the column of names.

    Parameters
    ----------
    grid : Grid
        The sheet.

    Returns
    -------
    Layout or None
        None where no head is found.
    """
    for row in range(min(len(grid.rows), _LOOKED_AT)):
        for column, cell in enumerate(grid.rows[row]):
            if isinstance(cell, str) and read_head(cell).role == "indicator":
                return _layout(grid, row, column)
    return None


def _layout(grid: Grid, first: int, indicator: int) -> Layout:
    last = first
    title = grid.rows[first][indicator]
    spread = grid.spread(first, min(len(grid.rows), first + _LOOKED_AT))
    for row in range(first + 1, first + len(spread)):
        cells = spread[row - first]
        filled = [cell for cell in cells if cell is not None]
        continues = cells[indicator] is None or (cells[indicator] == title and grid.rows[row][indicator] is None)
        numbering = filled and all(_NUMBERING.fullmatch(_text(cell)) for cell in filled)
        has_figures = any(looks_like_number(cell) and not _is_year(cell) for cell in cells)
        if not numbering and (not continues or not filled or has_figures):
            break
        last = row
    heads = tuple(head_of(grid, first, last, column) for column in range(grid.width))
    number = next(
        (column for column in range(indicator) if plain_words(heads[column]).strip(" .") in ("stt", "tt", "số tt", "no")), None
    )
    rows = [row for row in range(last + 1, len(grid.rows)) if _has_figures(grid.rows[row], indicator, number)]
    return Layout((first, last), (last + 1, rows[-1] if rows else last + 1), heads, indicator, number)


def head_of(grid: Grid, first: int, last: int, column: int) -> str:
    """Give the words above a column, from top to bottom, each once, without the line that numbers the columns."""
    words: list[str] = []
    for cells in grid.spread(first, last + 1):
        text = _text(cells[column])
        others = [_text(cell) for cell in cells if cell is not None]
        if text and text not in words and not (others and all(_NUMBERING.fullmatch(other) for other in others)):
            words.append(text)
    return " ".join(words)


def rows_of(
    grid: Grid, first: int, last: int, indicator: int, number: int | None, known_as_whole: frozenset[str] = frozenset()
) -> list[Row]:
    """List the named rows of a table with what they are parts of.

    Parameters
    ----------
    grid : Grid
        The sheet.
    first, last : int
        The rows of the table, from 0.
    indicator : int
        The column of names.
    number : int or None
        The column of numbers.
    known_as_whole : frozenset of str
        Names that stand for themselves even below "Trong đó:".

    Returns
    -------
    list of Row
        Those with a name.
    """
    found: list[Row] = []
    above: list[tuple[int, str, str]] = []  # depth, path, name
    numbered, below_of_which = 0, False
    for row in range(first, min(last + 1, len(grid.rows))):
        cell = grid.rows[row][indicator]
        if cell is None:
            continue
        text = _text(cell) if not isinstance(cell, str) else cell
        label = read_label(text)
        if label.is_of_which:
            below_of_which = True
            continue
        own = _depth(_text(grid.rows[row][number]) if number is not None else text.strip())
        if own is not None:
            numbered, below_of_which = own, False
        elif label.text in known_as_whole and not label.level:
            below_of_which = False
        depth = own if own is not None else numbered + (label.level or below_of_which)
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1] if above else (0, "", "")
        path = f"{parent[2]} > {label.text}" if parent[2] else label.text
        found.append(Row(row, path, label, parent[1]))
        above.append((depth, path, label.text))
    return found


def _depth(number: str) -> int | None:
    """Give the depth that the number of a row stands for: I, 1, 1.1, a."""
    word = number.split()[0] if number.split() else ""
    if _ROMAN.fullmatch(word) or re.fullmatch(r"[A-Z][.)]?", word):
        return 0
    if re.fullmatch(r"\d+(?:\.\d+)*[.)]?", word):
        return _DEEPER * (1 + word.rstrip(".").count("."))
    return 3 * _DEEPER if re.fullmatch(r"[a-zđ][.)]", word) else None


def _has_figures(cells: list[object], indicator: int, number: int | None) -> bool:
    named = cells[indicator] is not None
    return named and any(looks_like_number(cell) for column, cell in enumerate(cells) if column not in (indicator, number))


def _is_year(cell: object) -> bool:
    text = _text(cell)
    return re.fullmatch(r"(?:19|20)\d{2}", text) is not None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
