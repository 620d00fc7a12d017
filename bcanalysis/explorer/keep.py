"""Keeping what is seen: a row of a batch, or a notebook, in the folder in which the notebook runs."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bcanalysis.errors import UsageError
from bcanalysis.explorer.view import View
from bcanalysis.files import write_text, written_aside
from bcanalysis.reports.matrix import read_rows
from bcanalysis.wording.terms import term

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset

NOTEBOOK = "explore"
BATCH = "reports.csv"


def add_to_batch(view: View, folder: Path | None = None) -> str:
    """Write a row that makes a view into the table of a batch; the row is not written twice.

    Parameters
    ----------
    view : View
        The view.
    folder : pathlib.Path, optional
        Where ``reports.csv`` lies, by default the working directory.

    Returns
    -------
    str
        What was done, and the command that makes the reports.

    Raises
    ------
    UsageError
        If the table is none that ``--matrix`` reads.
    """
    path = (folder or Path.cwd()) / BATCH
    columns, rows = read_rows(path) if path.exists() else ([], [])
    row = {"notebook": NOTEBOOK, **{name: text for name, text in view.parameters.items() if text}}
    there = row in rows
    if not there:
        rows.append(row)
        _write(path, rows, [*columns, *(name for name in ("notebook", *view.parameters) if name not in columns)])
    command = f"bcanalysis report --matrix {path.parent.name}/{path.name}"
    return term("explore.there" if there else "explore.added", view.lang, file=path.name, rows=len(rows), command=command)


def _write(path: Path, rows: Sequence[Mapping[str, str]], columns: list[str]) -> None:
    with written_aside(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def save_notebook(view: View, dataset: Dataset, folder: Path | None = None) -> str:
    """Write a notebook with the cells that make a view.

    Parameters
    ----------
    view : View
        The view.
    dataset : Dataset
        The tables, for names.
    folder : pathlib.Path, optional
        Where to, by default the working directory.

    Returns
    -------
    str
        What was done.

    Raises
    ------
    UsageError
        If nothing is chosen.
    """
    import nbformat

    from bcanalysis.explorer.cells import notebook_of

    if not view.indicators:
        raise UsageError("indicators: got none; expected at least one")
    path = _free((folder or Path.cwd()) / f"{NOTEBOOK}-{view.period}-{view.area}.ipynb")
    write_text(path, nbformat.writes(notebook_of(view, dataset)) + "\n")  # type: ignore[no-untyped-call]
    return term("explore.saved", view.lang, file=path.name)


def _free(path: Path) -> Path:
    """Find a name that no file has."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_stem(f"{path.stem}-{count}")
    return free
