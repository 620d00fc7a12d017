"""How wide the columns of a table stand on a page, the same in PDF and Word: whole words first, then as few lines as can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.profile import Part, Profile
from bcanalysis.documents.word.widths import width

MOST_COLUMNS = 63  # Word opens no table that has more
PADDING = 1.4  # mm on both sides of the letters of a cell
ABOVE = 0.4  # mm above and below them
WORD = 20  # letters of a word that are kept together
_STEP = 0.5  # pt, by which letters become smaller
_SLACK = 0.6  # mm, for lines of the grid, and for rounding on the way to the page
_RAISED = 0.65  # the size of footnote numbers, as a share of the letters they stand at
_HEAD_ROWS = 1 / 8  # headings come again on each page: they weigh as much as this share of the rows
_NAMES = 1 / 3  # of the page: up to there what names the rows of a table that is cut stays on one line
_TURNS = 60  # of halving, after which widths no longer change
_JOINED = "\N{NO-BREAK SPACE}"
_SPACES = re.compile(f"[^\\S{_JOINED}]+")


@dataclass(frozen=True)
class Stretch:
    """Columns that stand side by side.

    Parameters
    ----------
    columns : tuple of int
        Which ones, from 0.
    widths : tuple of float
        Their widths in mm.
    """

    columns: tuple[int, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Columns:
    """How the columns of a table stand.

    Parameters
    ----------
    size, head_size : float
        Sizes of the letters of cells and headings in pt.
    stretches : tuple of Stretch
        The parts into which the table is cut, each as wide as the page; one where all columns fit.
    """

    size: float
    head_size: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class _Needs:
    """What a column asks for in mm: for its longest word, for its longest line, and for all of its lines together."""

    word: float
    line: float
    text: float
    numeric: bool


def columns_of(table: Table, layout: Profile, room: float, breadth: float = 1.0) -> Columns:
    """Share the width of a page among the columns of a table.

    Parameters
    ----------
    table : Table
        The table.
    layout : Profile
        Its ``table`` and ``table_head`` say how large letters are, and how small they may become.
    room : float
        Width of the text in mm.
    breadth : float
        How much broader the letters of the typeface may be than those of Times.

    Returns
    -------
    Columns
        No column is narrower than its longest word. Where the columns do not fit, letters become smaller, as far as the layout
        allows; where they still do not, the table is cut, and each part begins with the first column, which names the rows.

    Examples
    --------
    >>> from bcanalysis.documents.profile import profile
    >>> table = Table("", (Column("Chỉ tiêu"), Column("2018", True)), ((Cell("Xuất khẩu"), Cell("3.140", 3140.0)),))
    >>> [[round(wide) for wide in part.widths] for part in columns_of(table, profile(), 160).stretches]
    [[148, 12]]
    """
    head, body = layout.parts["table_head"], layout.parts["table"]
    said = [_Said.of(column, [row[at] for row in table.rows], body, head) for at, column in enumerate(table.columns)]
    for smaller in _steps(body.size - body.allowed[0]):
        sizes = body.size - smaller, max(head.size - smaller, head.allowed[0])
        needs = [column.needs(*(size * breadth for size in sizes)) for column in said]
        if sum(need.word for need in needs) <= room and len(needs) <= MOST_COLUMNS:
            return Columns(*sizes, (Stretch(tuple(range(len(needs))), _shared(needs, room)),))
    sizes = body.size, head.size
    first, *others = (column.needs(*(size * breadth for size in sizes)) for column in said)
    needs = [replace(first, word=max(first.word, min(first.line, room * _NAMES))), *others]
    return Columns(*sizes, tuple(Stretch(tuple(part), _shared([needs[at] for at in part], room)) for part in _cut(needs, room)))


def _steps(most: float) -> Iterator[float]:
    yield from (step * _STEP for step in range(int(most / _STEP) + 1))


def _cut(needs: Sequence[_Needs], room: float) -> list[list[int]]:
    """Put columns side by side as long as there is room."""
    parts = [[0]]
    used = needs[0].word
    for at, need in enumerate(needs[1:], 1):
        if len(parts[-1]) > 1 and (used + need.word > room or len(parts[-1]) == MOST_COLUMNS):
            parts.append([0])
            used = needs[0].word
        parts[-1].append(at)
        used += need.word
    return parts


def _shared(needs: Sequence[_Needs], room: float) -> tuple[float, ...]:
    """Give each column its longest line and columns of words the rest; or, where lines must break, what breaks the fewest."""
    words, lines = sum(need.word for need in needs), sum(need.line for need in needs)
    if words >= room:
        return tuple(need.word * room / words for need in needs)
    if lines <= room:
        wordy = [0.0 if need.numeric else need.line for need in needs]
        gaining = wordy if any(wordy) else [need.line for need in needs]
        return tuple(need.line + (room - lines) * gain / sum(gaining) for need, gain in zip(needs, gaining, strict=True))
    return _fewest_lines(needs, room)


def _fewest_lines(needs: Sequence[_Needs], room: float) -> tuple[float, ...]:
    """Share the room by the roots of how much each column says, which makes the sum of their lines least."""

    def widths(share: float) -> tuple[float, ...]:
        return tuple(min(max(share * sqrt(need.text), need.word), need.line) for need in needs)

    low, high = 0.0, max(need.line / sqrt(need.text) for need in needs if need.text)
    for _ in range(_TURNS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    return widths(low)


@dataclass(frozen=True)
class _Said:
    """What a column says, measured in mm with letters of 1 pt: longest word, longest line and all lines of its cells and title."""

    words: tuple[float, float]
    lines: tuple[float, float]
    texts: tuple[float, float]
    numeric: bool

    @classmethod
    def of(cls, column: Column, cells: Sequence[Cell], body: Part, head: Part) -> _Said:
        lines = [_line(cell, body.bold) for cell in cells]
        title = _measured(column.title, head.bold)
        words = max((_longest_word(cell, body.bold) for cell in cells), default=0.0)
        longest = max(_measured(word[:WORD], head.bold) for word in _words(column.title))
        repeated = title * max(1.0, len(cells) * _HEAD_ROWS)
        return cls((words, longest), (max(lines, default=0.0), title), (sum(lines), repeated), column.numeric)

    def needs(self, size: float, head_size: float) -> _Needs:
        """Tell what it asks for with letters of these sizes."""
        around = 2 * PADDING + _SLACK
        (word, head_word), (line, head_line), (text, head_text) = self.words, self.lines, self.texts
        return _Needs(
            max(word * size, head_word * head_size) + around,
            max(line * size, head_line * head_size) + around,
            text * size + head_text * head_size,
            self.numeric,
        )


def _line(cell: Cell, bold: bool) -> float:
    """Measure a cell on one line, in mm with letters of 1 pt."""
    return _measured(_marked(cell), bold) + _RAISED * _measured(notes_of(cell), bold)


def _longest_word(cell: Cell, bold: bool) -> float:
    """Measure what stays together: words, a mark and what it is joined with, the last word with the number of its first note."""
    words = [_JOINED.join(piece[:WORD] for piece in word.split(_JOINED)) for word in _words(_marked(cell))]
    widths = [_measured(word, bold) for word in words]
    raised = [_RAISED * _measured(note, bold) for note in notes_of(cell).split(" ")]
    return max(*widths, widths[-1] + raised[0], *raised)


def _marked(cell: Cell) -> str:
    return mark_of(cell) + cell.text


def _words(text: str) -> list[str]:
    """Cut a text where its lines may end."""
    return _SPACES.split(text)


def mark_of(cell: Cell) -> str:
    r"""Give the mark of a cell and the space after it, at which a line may end only where more than a number follows.

    Parameters
    ----------
    cell : Cell
        The cell.

    Returns
    -------
    str
        The mark, its own words joined.

    Examples
    --------
    >>> mark_of(Cell("3.140", mark="ước")), mark_of(Cell("[1; 2]", mark="suy ra"))
    ('ước\xa0', 'suy\xa0ra ')
    """
    if not cell.mark:
        return ""
    return cell.mark.replace(" ", _JOINED) + (_JOINED if len(_words(cell.text)) == 1 else " ")


def notes_of(cell: Cell) -> str:
    """Give the numbers of the footnotes of a cell, which may stand on several lines.

    Parameters
    ----------
    cell : Cell
        The cell.

    Returns
    -------
    str
        The numbers, parted by commas and spaces.

    Examples
    --------
    >>> notes_of(Cell("3.140", notes=(1, 2)))
    '1, 2'
    """
    return ", ".join(map(str, cell.notes))


class _Letters(dict[str, float]):
    """Widths of letters of 1 pt in mm, measured as they are met; a word is as wide as its letters, and grows with their size."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        self._bold = bold

    def __missing__(self, letter: str) -> float:
        self[letter] = width(letter, 1.0, bold=self._bold)
        return self[letter]


@cache
def _letters(bold: bool) -> _Letters:
    return _Letters(bold)


def _measured(text: str, bold: bool) -> float:
    return sum(map(_letters(bold).__getitem__, text))
