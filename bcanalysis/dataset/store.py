"""A table that stays where it lies, its rows read as they are asked for: what a Parquet file and a database have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import pandas as pd

from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.tables import FileUsed, Table
from bcanalysis.errors import DataError, Fault


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
