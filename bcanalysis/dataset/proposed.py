"""Rows that somebody brings, each with the place it was read at, so that whatever is said of it names that place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

import pandas as pd

from bcanalysis.dataset.schema import TableSchema
from bcanalysis.dataset.tables import Table
from bcanalysis.errors import Fault
from bcanalysis.periods import Period


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a row was read.

    Parameters
    ----------
    file : str
        File, with the sheet in brackets where there are several.
    line : int
        Line, from 1.
    cell : str
        Cell or column, such as ``D9``; empty for the whole line.
    """

    file: str
    line: int
    cell: str = ""

    def __str__(self) -> str:
        """Give the place as messages do."""
        return self.file + (f", line {self.line}" if self.line else "") + (f", {self.cell}" if self.cell else "")


@dataclass
class Proposal:
    """Rows for the tables, and what could not be read.

    Parameters
    ----------
    rows : dict of str to list of dict
        The cells of each row, all text, by table; columns that are not named are blank.
    places : dict of str to list of Place
        Where each of these rows was read.
    faults : list of Fault
        What stands in the file and gave no row.
    left_out : list of Fault
        What stands in the file, is no row of the tables, and stops none of the others: such as a sentence about another thing.
    """

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)

    def add(self, table: str, row: dict[str, str], place: Place) -> None:
        """Add a row to a table."""
        self.rows.setdefault(table, []).append(row)
        self.places.setdefault(table, []).append(place)

    def cells(self, schema: TableSchema) -> pd.DataFrame:
        """Give the rows for a table as the text of its columns."""
        rows = self.rows.get(schema.name, [])
        columns = {name: [row.get(name, "") for row in rows] for name in schema.fields}
        return pd.DataFrame(columns, dtype=str)


@dataclass(frozen=True)
class PlacedTable(Table):
    """A table whose last rows come from elsewhere.

    Parameters
    ----------
    places : tuple of Place
        Where these rows were read.
    """

    places: tuple[Place, ...] = ()

    @property
    def begins(self) -> int:
        """How many rows the table has of its own."""
        return len(self.cells) - len(self.places)

    def placed(self, fault: Fault) -> Fault:
        """Move a fault of a row from elsewhere to the place it was read at."""
        row = fault.row - 2 - self.begins
        if row < 0 or fault.row < 2:
            return super().placed(fault)
        place = self.places[row]
        column = f"{place.cell} ({fault.column})" if place.cell and fault.column else place.cell or fault.column
        return replace(fault, table=place.file, row=place.line, column=column)


def with_proposed(table: Table, schema: TableSchema, proposal: Proposal, *, instead: bool = False) -> PlacedTable:
    """Put the proposed rows below those of a table.

    Parameters
    ----------
    table : Table
        The table as it is.
    schema : TableSchema
        Its declaration.
    proposal : Proposal
        The rows.
    instead : bool, default False
        Leave the table's own rows out.

    Returns
    -------
    PlacedTable
        The table as it would be.
    """
    new = proposal.cells(schema)
    own = table.cells[list(schema.fields)].iloc[: 0 if instead else None]
    cells = pd.concat([own, new], ignore_index=True) if len(new) else own
    lines = () if instead else table.lines
    return PlacedTable(table.file, cells, table.faults, lines, tuple(proposal.places.get(schema.name, ())))


@lru_cache(1_000)
def window_of(period: Period) -> Mapping[str, str]:
    """Give the cells of a row that follow from its period."""
    days = {"window_start": period.start.isoformat(), "window_end": period.end.isoformat()}
    return {"period": str(period), **days, "window_origin": "inferred"}


def plain(number: Decimal) -> str:
    """Write a number as the tables do: all its digits, a decimal point, no zeros at the end.

    Parameters
    ----------
    number : decimal.Decimal
        The number.

    Returns
    -------
    str
        Its text.

    Examples
    --------
    >>> plain(Decimal("6.98E+9")), plain(Decimal("27.60")), plain(Decimal("-0.0"))
    ('6980000000', '27.6', '0')
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
