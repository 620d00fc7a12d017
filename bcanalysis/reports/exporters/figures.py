"""What a page knows of the figures in our tables beyond what they show: the unrounded numbers, and how they came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from bcanalysis.display.table import TABLE_TYPE, Table, table_of
from bcanalysis.reports.exporters.fragments import body_rows


@dataclass(frozen=True)
class Origin:
    """How one number of a table came about.

    Parameters
    ----------
    place : str
        Row and column of the number, from 0, as ``2.5``.
    name : str
        What it is: the words of its row and of its column.
    lines : tuple of str
        The sentences.
    """

    place: str
    name: str
    lines: tuple[str, ...]


def house_table(data: Mapping[str, Any]) -> Table | None:
    """Read the table of ours that an output holds.

    Parameters
    ----------
    data : mapping
        The representations of a value by MIME type.

    Returns
    -------
    Table or None
        None where there is none, or none that can be read.
    """
    try:
        return table_of(data[TABLE_TYPE]) if TABLE_TYPE in data else None
    except ValueError:
        return None


def add_numbers(element: Tag, table: Table) -> None:
    """Put the unrounded numbers of a table behind its cells.

    Parameters
    ----------
    element : bs4.Tag
        The table as markup, perhaps without its last rows; it is changed.
    table : Table
        The same table.
    """
    for row, cells in zip(body_rows(element), table.rows, strict=False):
        for shown, cell in zip(row.find_all(["td", "th"]), cells, strict=False):
            if cell.number is not None:
                shown["data-value"] = repr(cell.number).removesuffix(".0")


def origins_of(table: Table, rows: int) -> Iterator[Origin]:
    """Give what is known of how the numbers of a table came about.

    Parameters
    ----------
    table : Table
        The table.
    rows : int
        How many of its rows are shown.

    Yields
    ------
    Origin
        One for each number of which something is known.
    """
    for row, cells in enumerate(table.rows[:rows]):
        for column, cell in enumerate(cells):
            if cell.origin:
                yield Origin(f"{row}.{column}", f"{cells[table.naming].text}: {table.columns[column].title}", cell.origin)
