"""A table that lies as a Parquet file: read whole, or only the rows that selections reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from bcanalysis.dataset.reads import CODED, Selection
from bcanalysis.dataset.store import as_text, changed
from bcanalysis.dataset.tables import FileUsed, Table, damaged_texts, hashed, stamp
from bcanalysis.errors import DataError, Fault, UsageError

if TYPE_CHECKING:
    import polars

ENDING = ".parquet"
_ROW = "row of the file"


def is_parquet(path: str) -> bool:
    """Tell whether a table of the descriptor lies as a Parquet file."""
    return path.lower().endswith(ENDING)


class ParquetFile:
    """A Parquet file as it was when it was opened.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    DataError
        If there is no such file, or it is no Parquet file.
    UsageError
        If polars is not installed.
    """

    def __init__(self, path: Path) -> None:
        try:
            import polars
        except ImportError:
            raise UsageError(f"data: {path.name} needs polars; install it with pip install 'bcanalysis[parquet]'") from None
        self.path, self._polars = path, polars
        if not path.is_file():
            raise DataError([Fault(path.name, 0, "", "no file", "a Parquet file", "Every table of datapackage.json must be there")])
        self._stamp = stamp(path)
        try:
            self._types = dict(polars.scan_parquet(path).collect_schema())
        except (polars.exceptions.PolarsError, OSError) as error:
            raise self._broken(error) from None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._types)

    @cached_property
    def used(self) -> FileUsed:
        """The name, hash and size of the file."""
        return hashed(self.path)

    @property
    def has_changed(self) -> bool:
        """Whether the file is another one than was opened."""
        return stamp(self.path) != self._stamp

    def cells(self, selections: Sequence[Selection] | None = None) -> pd.DataFrame:
        """Read rows as the text that a CSV file would have.

        Parameters
        ----------
        selections : sequence of Selection, optional
            Only the rows that one of them reaches; None is the whole table.

        Returns
        -------
        pandas.DataFrame
            Text columns, a missing value as an empty text; the index is the place of the row in the file, from 0.

        Raises
        ------
        DataError
            If the file has changed since it was opened, or cannot be read to its end.
        """
        if self.has_changed:
            raise changed(self.name)
        rows = self._polars.scan_parquet(self.path, row_index_name=_ROW)
        if selections is not None:
            rows = rows.filter(self._polars.any_horizontal([self._reached(selection) for selection in selections]))
        try:
            found = rows.collect()
        except (self._polars.exceptions.PolarsError, OSError) as error:
            raise self._broken(error) from None
        texts = {name: self._texts(found[name]) for name in self.columns}
        return pd.DataFrame(texts, index=pd.Index(found[_ROW].to_list(), dtype="int64"), columns=self.columns, dtype=str)

    def table(self, cells: pd.DataFrame) -> ParquetTable:
        """Give cells of the file with what is wrong with their texts."""
        return ParquetTable(self.used, cells, tuple(damaged_texts(self.name, cells)))

    def _reached(self, selection: Selection) -> polars.Expr:
        """Say in the terms of polars, which reads no more than that, which rows a selection reaches."""
        reached = self._polars.lit(True)
        for name in CODED:
            codes = getattr(selection, name)
            if codes is not None:
                reached &= self._text(name).is_in(list(codes))
        if selection.ended_before is not None:
            reached &= self._text("window_end").str.slice(0, len("2018-06-30")) < selection.ended_before
        return reached

    def _text(self, name: str) -> polars.Expr:
        column = self._polars.col(name)
        return column if self._types[name] == self._polars.String else column.cast(self._polars.String)

    def _texts(self, column: polars.Series) -> list[str]:
        if column.dtype == self._polars.String:
            return list(column.fill_null("").to_list())
        column = column.fill_nan(None) if column.dtype.is_float() else column
        texts = {value: as_text(value) for value in column.unique().to_list()}
        return [texts[value] for value in column.to_list()]

    def _broken(self, error: Exception) -> DataError:
        reason = str(error).strip().partition("\n")[0]
        hint = "Copy it again from where it came"
        return DataError([Fault(self.path.name, 0, "", f"a file that cannot be read ({reason})", "a whole Parquet file", hint)])


class ParquetTable(Table):
    """The cells of a Parquet file, whose rows count from 1, for it has no line with heads."""

    def placed(self, fault: Fault) -> Fault:
        """Move a fault from the line it would have in a CSV file to its row."""
        return replace(fault, row=fault.row - 1) if fault.row > 1 else fault


def read_parquet_table(path: Path) -> ParquetTable:
    """Read a whole table.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    ParquetTable
        Its cells, and which of its texts are damaged.

    Raises
    ------
    DataError
        If it is no Parquet file.
    """
    file = ParquetFile(path)
    return file.table(file.cells())
