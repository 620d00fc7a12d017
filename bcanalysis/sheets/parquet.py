"""Parquet files."""

from __future__ import annotations

from pathlib import Path

from bcanalysis.errors import UsageError
from bcanalysis.sheets.grid import Grid, boxed, refuse

MOST_CELLS = 200_000_000


def read_parquet(path: Path) -> Grid:
    """Read a Parquet file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Grid
        The names of the columns as the first row, then the rows.

    Raises
    ------
    DataError
        If it is empty, cut off or no Parquet file.
    UsageError
        If pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("import: Parquet needs pyarrow; install it with pip install 'bcanalysis[parquet]'") from None
    if not path.stat().st_size:
        raise refuse(path.name, "an empty file", "a table with figures")
    try:
        with parquet.ParquetFile(path) as file:
            size = file.metadata.num_rows * file.metadata.num_columns
            if size > MOST_CELLS:
                raise refuse(path.name, f"{size} cells", f"at most {MOST_CELLS}", "Write only the rows and columns that are needed")
            table = file.read()
    except (pyarrow.ArrowException, OSError) as error:
        hint = "Copy it again from where it came"
        raise refuse(path.name, f"a file that is no whole Parquet file ({error})", "a Parquet file", hint) from None
    columns = [column.to_pylist() for column in table.columns]
    return Grid(path.name, "", boxed([list(table.column_names), *map(list, zip(*columns, strict=True))]))
