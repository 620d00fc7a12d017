"""The workbook of a folder of reports: the tables of all of them, for whoever goes on with the figures in Excel."""

from __future__ import annotations

from pathlib import Path

import nbformat

from bcanalysis.errors import UsageError
from bcanalysis.files import write_bytes
from bcanalysis.periods import Period
from bcanalysis.reports.run_file import RUNS, TABLES, language_of, outputs_of, read_runs, status_of
from bcanalysis.reports.status import UNFINISHED
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term


def write_workbook(folder: Path, lang: str | None = None) -> Path | None:
    """Write the tables of all reports of a period as one workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of the period, with its ``run.jsonl``.
    lang : {"vi", "en"}, optional
        Language of its title; by default that of its reports if all are in one, else Vietnamese.

    Returns
    -------
    pathlib.Path or None
        ``folder/tables.xlsx``; None, and no such file, where no report has ended well.
    """
    from bcanalysis.reports.exporters.forms import write_tables

    path = folder / TABLES
    runs = [run for run in read_runs(folder / RUNS).latest if status_of(run) not in UNFINISHED]
    files = [folder / name for run in runs for name in outputs_of(run) if name.endswith(".ipynb")]
    reports = [(nbformat.read(file, as_version=4), file.stem) for file in files if file.is_file()]  # type: ignore[no-untyped-call]
    if not reports:
        path.unlink(missing_ok=True)
        return None
    lang = lang or language_of(runs)
    return write_bytes(
        path, write_tables(reports, term("documents.all_tables", lang, period=_words_of(folder.resolve().name, lang)))
    )


def _words_of(name: str, lang: str) -> str:
    try:
        return format_period(Period.parse(name), lang)
    except UsageError:
        return name
