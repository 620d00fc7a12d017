"""The index pages of a folder of reports, written from what lies there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.reports.files import write_text
from bcanalysis.reports.templates import source, template
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term

RUNS = "run.jsonl"
STATUSES = ("failed", "no_data", "ok")


@dataclass(frozen=True)
class Link:
    """A link to an output.

    Parameters
    ----------
    text : str
        Kind of the file, for example ``HTML``.
    address : str
        Relative address; empty when the file is not there.
    """

    text: str
    address: str


@dataclass(frozen=True)
class Runs:
    """The runs of a folder that still count.

    Parameters
    ----------
    latest : tuple of mapping
        The last run of each report: failed ones first, then those without data, each kind by report name.
    unreadable : int
        Lines of the file that are no run; a last line that is still being written is not counted.
    """

    latest: tuple[Mapping[str, Any], ...]
    unreadable: int


def write_index(folder: Path, lang: str = "vi") -> Path:
    """Write the index page of a folder of reports.

    A folder with a file ``run.jsonl`` is a period: its page lists the last run of each report. Any other folder is the
    top: its page lists the periods in it, the newest first.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    lang : {"vi", "en"}
        Language of the page.

    Returns
    -------
    pathlib.Path
        ``folder/index.html``. It is written beside and renamed, so that a reader never sees half a page.
    """
    page = _period_page(folder, lang) if (folder / RUNS).is_file() else _top_page(folder, lang)
    return write_text(folder / "index.html", page)


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
    latest.sort(key=_place)
    return Runs(tuple(latest), unreadable)


def _place(run: Mapping[str, Any]) -> tuple[int, bool, str, str]:
    """Put what failed first, and the overview before the rest."""
    report = str(run.get("report"))
    return STATUSES.index(run["status"]), report != "overview", report, str(run.get("title"))


def _read_line(line: str) -> dict[str, Any] | None:
    """Read a run; an unknown status counts as failed, so that nothing passes for a good report by mistake."""
    try:
        run = json.loads(line)
    except json.JSONDecodeError:
        return None
    if not isinstance(run, dict):
        return None
    return {**run, "status": run.get("status") if run.get("status") in STATUSES else "failed"}


def _keys(run: Mapping[str, Any]) -> set[str]:
    pages = {f"page {path}" for path in _outputs(run) if path.endswith(".html")}
    return pages | {json.dumps([run.get(name) for name in ("report", "area", "parameters")], sort_keys=True)}


def _outputs(run: Mapping[str, Any]) -> list[str]:
    return [str(path).replace("\\", "/") for path in run.get("outputs") or []]


def _period_page(folder: Path, lang: str) -> str:
    runs = read_runs(folder / RUNS)
    rows = [
        {
            "status": run["status"],
            "title": run.get("title") or run.get("report"),
            "report": run.get("report"),
            "area": run.get("area_name") or run.get("area"),
            "parameters": {
                name: value
                for name, value in (run.get("parameters") or {}).items()
                if name not in {"period", "area"} and value is not None
            },
            "links": [_link(folder, path) for path in _outputs(run)],
            "error": run.get("error"),
            "headline": [str(text) for text in run.get("headline") or []],
        }
        for run in runs.latest
    ]
    name = _period_in_words(folder.resolve().name, lang)
    return _page("index_period.html.j2", lang, name=name, rows=rows, unreadable=runs.unreadable)


def _period_in_words(name: str, lang: str) -> str:
    try:
        return format_period(Period.parse(name), lang)
    except UsageError:
        return name


def _link(folder: Path, path: str) -> Link:
    inside = PurePosixPath(path)
    there = not inside.is_absolute() and ".." not in inside.parts and (folder / inside).is_file()
    return Link(inside.suffix.lstrip(".").upper() or inside.name, quote(str(inside)) if there else "")


def _top_page(folder: Path, lang: str) -> str:
    rows = [
        {
            "name": _period_in_words(period.name, lang),
            "address": f"{quote(period.name)}/index.html",
            "counts": _counts(period / RUNS),
        }
        for period in sorted(_periods(folder), key=_newest_last, reverse=True)
    ]
    return _page("index_top.html.j2", lang, rows=rows)


def _periods(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if (path / RUNS).is_file())


def _newest_last(folder: Path) -> tuple[bool, int, int, int, str]:
    """Order folders by the last month of their period; folders that are no period come first."""
    try:
        period = Period.parse(folder.name)
    except UsageError:
        return False, 0, 0, 0, folder.name
    return True, period.year, period.last_month, period.first_month, folder.name


def _counts(path: Path) -> dict[str, int]:
    statuses = [run["status"] for run in read_runs(path).latest]
    return {status: statuses.count(status) for status in STATUSES}


def _page(file: str, lang: str, **values: object) -> str:
    word = partial(_word, lang)
    return template(file).render(lang=lang, word=word, style=source("page.css"), statuses=STATUSES, **values)


def _word(lang: str, key: str, **values: object) -> str:
    return term(f"index.{key}", lang, **values)
