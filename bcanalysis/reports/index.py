"""The index pages of a folder of reports, written from what lies there."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from bcanalysis.errors import UsageError
from bcanalysis.files import write_text
from bcanalysis.periods import Period
from bcanalysis.reports.exporters.plotly_library import script_hash
from bcanalysis.reports.run_file import RUNS, TABLES, language_of, outputs_of, read_runs, status_of
from bcanalysis.reports.status import BROKEN, STATUSES, UNFINISHED, Status
from bcanalysis.reports.templates import source, template
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term

_FIGURES = ("value", "growth", "plan")
_MARKS = ("estimate", "preliminary", "printed")


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
class Row:
    """A report in the table of an index page.

    Parameters
    ----------
    status : Status
        How it ended; never ``skipped``.
    place : int
        Place of the status among all: what needs a look first.
    kept : bool
        Whether the last run kept it because nothing had changed.
    title, report : str
        Title of its page and name of its notebook.
    period, period_name : str
        Name and words of its period.
    time : int
        A number that orders periods; 0 for what is no period.
    area, area_name : str
        Code and name of its area.
    figures : tuple of (str, tuple of str)
        Label and texts of its first figures.
    parameters : mapping of str to str
        Parameters other than period and area.
    links : tuple of Link
        Its files, the page first.
    error : str
        What went wrong; may be empty.
    """

    status: Status
    place: int
    kept: bool
    title: str
    report: str
    period: str
    period_name: str
    time: int
    area: str
    area_name: str
    figures: tuple[tuple[str, tuple[str, ...]], ...]
    parameters: Mapping[str, str]
    links: tuple[Link, ...]
    error: str

    @property
    def page(self) -> str:
        """Address of the page; empty when there is none."""
        return next((link.address for link in self.links if link.text == "HTML"), "")


def write_index(folder: Path, lang: str | None = None) -> Path:
    """Write the index page of a folder of reports.

    A folder with a file ``run.jsonl`` is a period: its page lists the last run of each report. Any other folder is the
    top: its page lists the reports of all periods in it.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    lang : {"vi", "en"}, optional
        Language of the page; by default that of its reports if all are in one, else Vietnamese.

    Returns
    -------
    pathlib.Path
        ``folder/index.html``. It is written beside and renamed, so that a reader never sees half a page.
    """
    if (folder / RUNS).is_file():
        name = folder.resolve().name
        lang = lang or language_of(read_runs(folder / RUNS).latest)
        title = _word(lang, "period_title", period=_words_of(name, lang))
        workbook = TABLES if (folder / TABLES).is_file() else ""
        page = _page(
            [(folder, name, "")], lang, title=title, nothing=_word(lang, "no_reports"), top=False, periods=[], workbook=workbook
        )
    else:
        inside = sorted((path for path in folder.iterdir() if (path / RUNS).is_file()), key=_newest_first)
        folders = [(path, path.name, f"{quote(path.name)}/") for path in inside]
        lang = lang or language_of(run for path in inside for run in read_runs(path / RUNS).latest)
        periods = [Link(_words_of(name, lang), f"{address}index.html") for _, name, address in folders]
        title = _word(lang, "top_title")
        page = _page(folders, lang, title=title, nothing=_word(lang, "no_periods"), top=True, periods=periods, workbook="")
    return write_text(folder / "index.html", page)


def _page(folders: list[tuple[Path, str, str]], lang: str, **values: object) -> str:
    """Fill the page with the reports of folders: each one's path, its name, and where it lies seen from the page."""
    rows: list[Row] = []
    unreadable = 0
    for folder, name, address in folders:
        runs = read_runs(folder / RUNS)
        rows += (_row(run, folder, name, address, lang) for run in runs.latest)
        unreadable += runs.unreadable
    statuses = [row.status for row in rows]
    script = source("index.js")
    return template("index.html.j2").render(
        lang=lang,
        word=partial(_word, lang),
        style=source("page.css"),
        script=script,
        script_hash=script_hash(script),
        rows=sorted(rows, key=_first_to_last),
        counts=[(status, statuses.count(status)) for status in STATUSES if status in statuses],
        unreadable=unreadable,
        marks="; ".join(term(f"display.key.{mark}", lang) for mark in _MARKS) if any(row.figures for row in rows) else "",
        **values,
    )


def _word(lang: str, key: str, **values: object) -> str:
    return term(f"index.{key}", lang, **values)


def _first_to_last(row: Row) -> tuple[Any, ...]:
    """Put what failed first, then what was cancelled, then the newest period, and its overview before the rest."""
    need = (row.status in BROKEN) + (row.status in UNFINISHED)
    return -need, -row.time, row.period, row.report != "overview", row.report, row.title, row.area


def _newest_first(folder: Path) -> tuple[int, str]:
    return -_time(folder.name), folder.name


def _time(name: str) -> int:
    """Order periods by their last month, then by their first; what is no period comes before all."""
    try:
        period = Period.parse(name)
    except UsageError:
        return 0
    return 10_000 * period.year + 100 * period.last_month + period.first_month


def _words_of(name: str, lang: str) -> str:
    """Say a period; a folder that is called otherwise keeps its name."""
    try:
        return format_period(Period.parse(name), lang)
    except UsageError:
        return _text(name)


def _row(run: Mapping[str, Any], folder: Path, name: str, address: str, lang: str) -> Row:
    status = status_of(run)
    period = _text(run.get("period")) or _text(name)
    area, report = _text(run.get("area")), _text(run.get("report"))
    return Row(
        status=status,
        place=STATUSES.index(status),
        kept=run.get("status") == "skipped",
        title=_text(run.get("title")) or report or "?",
        report=report,
        period=period,
        period_name=_words_of(period, lang),
        time=_time(period),
        area=area,
        area_name=_text(run.get("area_name")) or area,
        figures=tuple(_figures(run.get("headline"))),
        parameters=_others(run.get("parameters")),
        links=tuple(_link(folder, _text(path), address) for path in outputs_of(run)),
        error=_text(run.get("error")),
    )


def _text(value: object) -> str:
    """Write a value of a run as text that can be stored: half a letter pair becomes a question mark."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")


def _figures(headline: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give label and texts of the figures that say anything."""
    for figure in headline if isinstance(headline, list) else []:
        if isinstance(figure, Mapping):
            texts = tuple(filter(None, (_text(figure.get(name)) for name in _FIGURES)))
            if texts:
                yield _text(figure.get("label")), texts


def _others(parameters: object) -> dict[str, str]:
    given = parameters if isinstance(parameters, Mapping) else {}
    return {_text(name): _text(value) for name, value in given.items() if name not in {"period", "area"} and value is not None}


def _link(folder: Path, path: str, address: str) -> Link:
    inside = PurePosixPath(path)
    there = not inside.is_absolute() and ".." not in inside.parts and os.path.isfile(folder / inside)
    return Link(inside.suffix.lstrip(".").upper() or inside.name, address + quote(str(inside)) if there else "")
