"""The file of a period's runs, one JSON object a line: which of them still count, and as what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bcanalysis.reports.status import DONE, STATUSES, Status
from bcanalysis.wording.terms import LANGUAGES

RUNS = "run.jsonl"
TABLES = "tables.xlsx"  # the tables of all reports of a period


@dataclass(frozen=True)
class Runs:
    """The runs of a folder that still count.

    Parameters
    ----------
    latest : tuple of mapping
        The last run of each report, the newest first.
    unreadable : int
        Lines of the file that are no run; a last line that is still being written is not counted.
    """

    latest: tuple[Mapping[str, Any], ...]
    unreadable: int


def read_runs(path: Path) -> Runs:
    """Read the runs of a period and keep the last one of each report.

    Two runs are of the same report if they wrote the same page, or if report, area and parameters are the same.

    Parameters
    ----------
    path : pathlib.Path
        A file of one JSON object a line; new runs are at its end.

    Returns
    -------
    Runs
        The runs that count.
    """
    *whole, rest = path.read_text(encoding="utf-8", errors="replace").split("\n")
    runs = [_read_line(line) for line in whole if line.strip()]
    unreadable = runs.count(None)
    runs.append(_read_line(rest))  # a line without its end may be torn, which is no fault
    seen: set[str] = set()
    latest = []
    for run in reversed([run for run in runs if run is not None]):
        keys = _keys(run)
        if not keys & seen:
            latest.append(run)
        seen |= keys
    return Runs(tuple(latest), unreadable)


def status_of(run: Mapping[str, Any]) -> Status:
    """Tell how the report that a run left behind ended.

    Parameters
    ----------
    run : mapping
        A line of the file.

    Returns
    -------
    Status
        Never ``skipped``: a run that kept an earlier page counts as that page. An unknown status counts as failed, so that nothing
        passes for a good report by mistake.
    """
    status = run.get("status")
    if status == "skipped":
        return next((kept for kept in DONE if kept == run.get("kept")), "failed")
    return next((known for known in STATUSES if known == status), "failed")


def outputs_of(run: Mapping[str, Any]) -> list[str]:
    """List the files of a run.

    Parameters
    ----------
    run : mapping
        A line of the file.

    Returns
    -------
    list of str
        Paths relative to the period's folder, with forward slashes.
    """
    paths = run.get("outputs")
    return [str(path).replace("\\", "/") for path in paths] if isinstance(paths, list) else []


def language_of(runs: Iterable[Mapping[str, Any]]) -> str:
    """Tell in which language to speak of runs.

    Parameters
    ----------
    runs : iterable of mapping
        Lines of the file.

    Returns
    -------
    str
        The language of all of them; the first of the project's languages where they have several, or none.

    Examples
    --------
    >>> language_of([{"parameters": {"lang": "en"}}]), language_of([{"parameters": {"lang": "en"}}, {"parameters": {}}])
    ('en', 'vi')
    """
    given = [run.get("parameters") for run in runs]
    spoken = {parameters.get("lang", LANGUAGES[0]) if isinstance(parameters, Mapping) else LANGUAGES[0] for parameters in given}
    return next((lang for lang in LANGUAGES if spoken == {lang}), LANGUAGES[0])


def _read_line(line: str) -> dict[str, Any] | None:
    try:
        run = json.loads(line)
    except (ValueError, RecursionError):  # also a number of more digits than Python reads
        return None
    return run if isinstance(run, dict) else None


def _keys(run: Mapping[str, Any]) -> set[str]:
    pages = {f"page {path}" for path in outputs_of(run) if path.endswith(".html")}
    return pages | {json.dumps([run.get(name) for name in ("report", "area", "parameters")], sort_keys=True)}
