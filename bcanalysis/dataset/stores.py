"""Which tables stay where they lie, and who reads them there."""

from __future__ import annotations

from pathlib import Path

from bcanalysis.dataset.parquet import ParquetFile
from bcanalysis.dataset.schema import TableSchema
from bcanalysis.dataset.store import Store


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
        return ParquetFile(folder / schema.path)
    from bcanalysis.dataset.database import DatabaseTable

    return DatabaseTable(schema, folder)
