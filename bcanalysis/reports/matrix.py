"""A batch written as a table: one row for each report, its notebook and its parameters."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.reports.jobs import Codes, Job, job_of, refuse_collisions
from bcanalysis.reports.notebooks import find_notebooks

_COLUMN = "notebook"


def read_matrix(path: Path, codes: Codes, name: str | None = None, data: str | None = None) -> list[Job]:
    """Lay out the reports that a table lists.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with a column ``notebook``, a column ``period``, and one for each further parameter; an empty cell leaves the
        notebook's default.
    codes : Codes
        The codes that exist.
    name : str, optional
        Template of the outputs' places inside the period's folder.
    data : str, optional
        Folder with the tables, for rows that name none.

    Returns
    -------
    list of Job
        In the table's order.

    Raises
    ------
    UsageError
        If the file cannot be read or rows do not fit; all faults are told, each with its line.
    """
    jobs: list[Job] = []
    faults: list[str] = []
    for line, row in _read(path)[1]:
        try:
            jobs.append(_job({**({"data": data} if data else {}), **row}, codes, name))
        except UsageError as error:
            faults.append(f"  line {line}: {error}")
    if faults:
        raise UsageError("\n".join([f"{path}: {len(faults)} rows do not fit:", *faults]))
    if not jobs:
        raise UsageError(f"{path}: got no rows; expected one for each report")
    refuse_collisions(jobs)
    return jobs


def read_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Read the columns and rows of a table of reports, without a look at what they say.

    Parameters
    ----------
    path : pathlib.Path
        As for `read_matrix`.

    Returns
    -------
    tuple
        The names of the columns, and the cells of each row that are not empty, by column.

    Raises
    ------
    UsageError
        If the file is no such table.
    """
    columns, rows = _read(path)
    return columns, [row for _, row in rows]


def _read(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            columns = [column.strip() for column in reader.fieldnames or []]
            missing = [column for column in (_COLUMN, "period") if column not in columns]
            if missing or len(set(columns)) < len(columns):
                expected = "expected notebook, period and further parameters, each once, separated by commas"
                raise UsageError(f"{path}: got the columns {', '.join(columns) or 'none'}; {expected}")
            reader.fieldnames = columns
            return columns, list(_rows(path, reader))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: got {type(error).__name__}: {error}; expected a CSV file in UTF-8") from None


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row in reader:
        if row.get("") is not None or None in row.values():
            raise UsageError(f"{path}, line {reader.line_num}: got another number of cells than columns")
        if any(row.values()):
            yield reader.line_num, {column: cell.strip() for column, cell in row.items() if cell.strip()}


def _job(row: dict[str, str], codes: Codes, name: str | None) -> Job:
    for column in (_COLUMN, "period"):
        if column not in row:
            raise UsageError(f"{column}: got nothing; expected one")
    (notebook,) = find_notebooks([row[_COLUMN]])
    texts = {key: text for key, text in row.items() if key not in (_COLUMN, "period")}
    unknown = [key for key in texts if key not in notebook.parameters]
    if unknown or "period" not in notebook.parameters:
        known = ", ".join(notebook.parameters)
        raise UsageError(f"parameter: got {', '.join(unknown) or 'period'}; expected parameters of {notebook.name}: {known}")
    return job_of(notebook, str(Period.parse(row["period"])), texts, codes, name)
