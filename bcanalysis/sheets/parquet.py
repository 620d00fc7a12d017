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
        If polars is not installed.
    """
    try:
        import polars
    except ImportError:
        raise UsageError("import: Parquet needs polars; install it with pip install 'bcanalysis[parquet]'") from None
    if not path.stat().st_size:
        raise refuse(path.name, "an empty file", "a table with figures")
    try:
        found = polars.scan_parquet(path)
        names = found.collect_schema().names()
        size = found.select(polars.len()).collect().item() * len(names)
        if size > MOST_CELLS:
            raise refuse(path.name, f"{size} cells", f"at most {MOST_CELLS}", "Write only the rows and columns that are needed")
        rows = found.collect().rows()
    except (polars.exceptions.PolarsError, OSError) as error:
        hint = "Copy it again from where it came"
        raise refuse(path.name, f"a file that is no whole Parquet file ({error})", "a Parquet file", hint) from None
    return Grid(path.name, "", boxed([[*names], *map(list, rows)]))
