"""A table whose rows stay where they lie until they are asked for: which do, and what a file and a database have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.tables import FileUsed, Table
from bcanalysis.errors import DataError, Fault

if TYPE_CHECKING:
    from bcanalysis.dataset.schema import TableSchema


class Store(Protocol):
    """A table as it was when it was opened."""

    @property
    def name(self) -> str:
        """What messages and pages call it."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""

    @property
    def used(self) -> FileUsed:
        """What a page says it was made from."""

    @property
    def has_changed(self) -> bool:
        """Whether it is no longer what was opened, or nobody can say so; what a report has read is then gone."""

    def cells(self, selections: Sequence[Selection] | None = None) -> pd.DataFrame:
        """Read rows as the text that a CSV file would have: those that selections reach, or all of them."""

    def table(self, cells: pd.DataFrame) -> Table:
        """Give cells that were read with what is wrong with their texts; the table knows where its rows stand."""


def store_of(folder: Path, schema: TableSchema) -> Store | None:
    """Open a table that stays where it lies.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.
    schema : TableSchema
        The table.

    Returns
    -------
    Store or None
        None for a table that is read as a whole, as CSV is.

    Raises
    ------
    DataError
        If it is not there, or not to be read.
    UsageError
        If a package for it is not installed.
    """
    if not schema.stays:
        return None
    if not schema.address:
        from bcanalysis.dataset.parquet import ParquetFile

        return ParquetFile(folder / schema.path)
    from bcanalysis.dataset.database import DatabaseTable

    return DatabaseTable(schema, folder)


def as_text(value: Any) -> str:
    """Write a value as the cell of a CSV file.

    Parameters
    ----------
    value : object
        A text, number, truth value or day; None is a blank.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> [as_text(value) for value in (None, 66148.0, 0.5, date(2018, 6, 30), "đ")]
    ['', '66148', '0.5', '2018-06-30', 'đ']
    """
    from bcanalysis.dataset.proposed import plain

    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()[: len("2018-06-30")]
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return "" if number.is_nan() else plain(number)
    return str(value)


def changed(name: str) -> DataError:
    """Make the error of a table that is no longer the one that was opened."""
    hint = "Run it again, when nobody writes into the data"
    return DataError([Fault(name, 0, "", "another file than a moment ago", "one that stays as it is", hint)])
