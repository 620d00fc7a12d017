"""Any table file, or a database, as grids."""

from __future__ import annotations

from pathlib import Path

from bcanalysis.errors import UsageError
from bcanalysis.sheets.databases import is_address, read_database
from bcanalysis.sheets.delimited import read_delimited
from bcanalysis.sheets.grid import Grid
from bcanalysis.sheets.parquet import read_parquet
from bcanalysis.sheets.workbooks import ENDINGS, read_workbook

_TEXTS = (".csv", ".tsv", ".txt", ".tab")
_PARQUET = (".parquet", ".pq")


def read_grids(place: str | Path, sheet: str | None = None, delimiter: str | None = None) -> list[Grid]:
    """Read a file or database of figures, without asking what the cells mean.

    Parameters
    ----------
    place : str or pathlib.Path
        A workbook, a text file of cells, a Parquet file, or the address of a database.
    sheet : str, optional
        The sheet of a workbook or the table of a database; by default all sheets that hold something, or the only table.
    delimiter : str, optional
        The mark between two cells of a text file; by default the one that parts its lines most evenly.

    Returns
    -------
    list of Grid
        One for each sheet.

    Raises
    ------
    DataError
        If the file cannot be read as what its name says.
    UsageError
        If there is no such file, or its ending is none of those that are read.
    """
    if is_address(str(place)):
        return [read_database(str(place), sheet)]
    path = Path(place).expanduser()
    if not path.is_file():
        raise UsageError(f"import: got {path}; expected a file that is there, or the address of a database")
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return read_workbook(path, sheet)
    if ending in _TEXTS:
        return [read_delimited(path, delimiter)]
    if ending in _PARQUET:
        return [read_parquet(path)]
    known = ", ".join((*ENDINGS, *_TEXTS, *_PARQUET))
    raise UsageError(
        f'import: got the ending "{path.suffix}"; expected one of {known}. Past reports in prose are read by other means'
    )
