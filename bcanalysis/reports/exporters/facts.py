"""What every form of a report says around its contents: what it is about, how the run ended, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from nbformat import NotebookNode

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.reports.exporters.runs import Run
from bcanalysis.reports.status import UNFINISHED
from bcanalysis.wording.numbers import format_period, format_short_date
from bcanalysis.wording.terms import term

_MISSING_SHOWN = 20
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Facts:
    """The frame of a report, in words.

    Parameters
    ----------
    title : str
        Its title, without a mark of failure.
    period, area : str
        What it is about; empty where nobody says.
    executed_at, as_of : str
        The moment of the run, and the day up to which figures count.
    failures : tuple of str
        A line for each thing that went wrong, in order.
    missing : tuple of str
        Indicators without a figure, where there is no report for want of them; the first twenty.
    more_missing : int
        How many more.
    how_to_add : str
        How they are added.
    files : tuple of mapping
        The files that were read.
    """

    title: str
    period: str
    area: str
    executed_at: str
    as_of: str
    failures: tuple[str, ...]
    missing: tuple[str, ...]
    more_missing: int
    how_to_add: str
    files: tuple[Mapping[str, Any], ...]


def facts_of(nb: NotebookNode, run: Run, heading: str, file_name: str) -> Facts:
    """Put the frame of a report into words.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook.
    run : Run
        Its run.
    heading : str
        Its first main heading; may be empty.
    file_name : str
        Its name without ending, the last resort for a title.

    Returns
    -------
    Facts
        The frame.
    """
    record, lang = run.record or {}, run.lang
    title = heading or str(record.get("title") or nb.metadata.get("title") or "") or file_name or term("page.untitled", lang)
    subject = str(record.get("subject") or "")
    missing = [str(item.get("label") or item.get("code")) for item in mappings(record.get("missing"))]
    unknown = term("page.failed_unknown", lang)
    return Facts(
        title=f"{title}: {subject}" if subject else title,
        period=_period(run.parameters.get("period"), lang),
        area=str(record.get("area_name") or run.parameters.get("area") or ""),
        executed_at=_moment(record.get("executed_at"), lang),
        as_of=_day(record.get("as_of") or run.parameters.get("as_of"), lang),
        failures=tuple(
            term(f"page.{run.status}", lang, error=failure.text or unknown) for failure in run.failures if run.status in UNFINISHED
        ),
        missing=tuple(missing[:_MISSING_SHOWN]),
        more_missing=max(0, len(missing) - _MISSING_SHOWN),
        how_to_add=str(record.get("how_to_add") or ""),
        files=tuple(mappings(record.get("files"))),
    )


def mappings(value: object) -> list[Mapping[str, Any]]:
    """Keep the mappings of a list that came from outside.

    Parameters
    ----------
    value : object
        Hopefully a list of mappings.

    Returns
    -------
    list of mapping
        Those that are some; none if it is no list.
    """
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _moment(text: object, lang: str) -> str:
    """Write a moment in the time of Vietnam; what is no moment with a time zone is written as it is."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text or "")
    if moment.tzinfo is None:
        return str(text)
    local = moment.astimezone(_VIETNAM)
    return term("page.moment", lang, time=f"{local:%H:%M}", day=format_short_date(local.date(), lang))


def _day(text: object, lang: str) -> str:
    try:
        return format_short_date(date.fromisoformat(str(text)), lang)
    except ValueError:
        return str(text or "")


def _period(name: object, lang: str) -> str:
    try:
        return format_period(Period.parse(str(name)), lang)
    except UsageError:
        return str(name or "")
