"""What is to be made: each report's notebook, parameters and place, all checked before anything runs."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from zlib import crc32

from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period
from bcanalysis.reports.notebooks import Notebook
from bcanalysis.reports.parameters import check_parameter
from bcanalysis.wording.terms import LANGUAGES

_LONGEST = 100  # letters of a file's name that lists parameters; a name has 255 bytes at the most


@dataclass(frozen=True)
class Codes:
    """The codes that parameters may name.

    Parameters
    ----------
    areas, indicators : frozenset of str
        All codes.
    headline : tuple of str
        The headline indicators in their order.
    price_bases : frozenset of str
        All codes.
    """

    areas: frozenset[str]
    indicators: frozenset[str]
    headline: tuple[str, ...] = ()
    price_bases: frozenset[str] = frozenset()

    @property
    def known(self) -> dict[str, Collection[str]]:
        """The codes by what they are codes of, as parameters are checked by them."""
        return {"area": self.areas, "indicator": self.indicators, "price_basis": self.price_bases, "lang": LANGUAGES}


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    notebook : Notebook
        What is run.
    period : str
        The period's name.
    parameters : mapping
        What is handed to the notebook: the period and what differs from its defaults.
    stem : str
        Place of its files inside the output folder, without their endings, such as ``2018H1/overview``.
    """

    notebook: Notebook
    period: str
    parameters: Mapping[str, Any] = field(hash=False)
    stem: str

    @property
    def area(self) -> str:
        """Code of the area."""
        return str(self.parameters.get("area", self.notebook.parameters.get("area", "")))

    @property
    def data(self) -> str:
        """The folder of tables as the notebook is told it; empty for the project's own."""
        return str(self.parameters.get("data") or self.notebook.parameters.get("data") or "")

    @property
    def lang(self) -> str:
        """Language of the report."""
        return str(self.parameters.get("lang", self.notebook.parameters.get("lang", LANGUAGES[0])))


def expand_periods(texts: Sequence[str]) -> list[str]:
    """Spell out ranges of periods.

    Parameters
    ----------
    texts : sequence of str
        Periods, or ranges such as ``2016H1..2025H1``. A range between the same part of two years is that part of each year;
        any other goes on period by period.

    Returns
    -------
    list of str
        Names of periods, each once, in the order asked for.

    Raises
    ------
    UsageError
        If a period is impossible, or a range runs backwards or between periods of different lengths.

    Examples
    --------
    >>> expand_periods(["2016H1..2018H1", "2018"])
    ['2016H1', '2017H1', '2018H1', '2018']
    >>> expand_periods(["2017Q3..2018Q1"])
    ['2017Q3', '2017Q4', '2018Q1']
    """
    return list(dict.fromkeys(name for text in texts for name in _expand(text)))


def _expand(text: str) -> list[str]:
    first, dots, last = text.partition("..")
    start = Period.parse(first)
    if not dots:
        return [str(start)]
    end = Period.parse(last)
    months = start.last_month - start.first_month + 1
    if months != end.last_month - end.first_month + 1 or (start.first_month - end.first_month) % months:
        raise UsageError(f'period: got "{text}"; expected a range between periods of one kind, such as 2016H1..2025H1')
    step = 12 if start.first_month == end.first_month else months
    begins = range(12 * start.year + start.first_month, 12 * end.year + end.first_month + 1, step)
    if not begins:
        raise UsageError(f'period: got "{text}"; expected the earlier period first')
    places = [divmod(begin - 1, 12) for begin in begins]
    return [str(Period(year, month + 1, month + months)) for year, month in places]


def plan_jobs(
    periods: Sequence[str],
    notebooks: Sequence[Notebook],
    given: Mapping[str, str],
    codes: Codes,
    *,
    areas: Sequence[str] = (),
    each_headline: bool = False,
    name: str | None = None,
) -> list[Job]:
    """Lay out the reports of a batch.

    Parameters
    ----------
    periods : sequence of str
        Names of periods, or ranges of them.
    notebooks : sequence of Notebook
        What to run for each.
    given : mapping of str to str
        Parameters as typed; one that only some of the notebooks know goes to those.
    codes : Codes
        The codes that exist.
    areas : sequence of str
        The areas, one after the other; by default each notebook's own.
    each_headline : bool
        Make a notebook with the parameter ``indicator`` once for each headline indicator, unless one is given.
    name : str, optional
        How the outputs are named inside the period's folder: a template such as ``{area}/{notebook}``.

    Returns
    -------
    list of Job
        Period by period, in the order of the notebooks.

    Raises
    ------
    UsageError
        If a period is impossible, a parameter unknown or of the wrong type, a code unknown, or two reports would be one file.
    """
    _refuse_unknown({**given, **({"area": ""} if areas else {})}, notebooks)
    jobs = []
    for period in expand_periods(periods):
        for area in dict.fromkeys(areas) or [None]:
            for notebook in notebooks:
                chosen = given if area is None else {**given, "area": area}
                asked = {key: text for key, text in chosen.items() if key in notebook.parameters}
                wanted: Iterable[str | None] = (
                    codes.headline if each_headline and "indicator" in notebook.parameters and "indicator" not in given else [None]
                )
                for indicator in wanted:
                    texts = asked if indicator is None else {**asked, "indicator": indicator}
                    jobs.append(job_of(notebook, period, texts, codes, name))
    refuse_collisions(jobs)
    return jobs


def _refuse_unknown(given: Mapping[str, str], notebooks: Sequence[Notebook]) -> None:
    for notebook in notebooks:
        if "period" not in notebook.parameters:
            raise UsageError(f'{notebook.path.name}: its parameters have no "period"; expected one, such as period = "2018H1"')
    if "period" in given:
        raise UsageError("parameter: got period; expected the period as an argument, such as: bcanalysis report 2018H1")
    known = {name for notebook in notebooks for name in notebook.parameters}
    for name in given:
        if name not in known:
            raise UsageError(f'parameter: got "{name}"; expected a parameter of {_names(notebooks)}. {nearest(name, known)}')


def _names(notebooks: Sequence[Notebook]) -> str:
    return ", ".join(notebook.name for notebook in notebooks)


def job_of(notebook: Notebook, period: str, texts: Mapping[str, str], codes: Codes, name: str | None = None) -> Job:
    """Lay out one report.

    Parameters
    ----------
    notebook : Notebook
        What is run.
    period : str
        Name of the period.
    texts : mapping of str to str
        Its other parameters as typed.
    codes : Codes
        The codes that exist.
    name : str, optional
        Template of its place inside the period's folder.

    Returns
    -------
    Job
        The report.

    Raises
    ------
    UsageError
        If a parameter does not fit, or the template names an unknown one or leads out of the folder.
    """
    defaults = notebook.parameters
    values = {key: _typed(notebook, key, text, defaults[key], codes) for key, text in texts.items()}
    changed = {key: value for key, value in values.items() if value != defaults[key]}
    stem = _named(notebook, period, {**defaults, **values}, name) if name else _stem(notebook, period, changed)
    return Job(notebook, period, {"period": period, **changed}, stem)


def _named(notebook: Notebook, period: str, values: Mapping[str, Any], template: str) -> str:
    """Fill in a template; a value cannot open a folder, the template can."""
    fields = {key: re.sub(r"[^\w.-]+", "_", str(value)).strip("._") for key, value in values.items()}
    fields |= {"notebook": notebook.name, "period": period}
    try:
        place = PurePosixPath(template.format_map(fields))
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        known = ", ".join(f"{{{key}}}" for key in sorted(fields))
        raise UsageError(f'name: got "{template}"; expected a template of {known} ({error})') from None
    inside = PurePosixPath(*place.parts[1:]) if place.parts[:1] == (period,) else place
    if inside.is_absolute() or ".." in inside.parts or not inside.name or any(part.startswith(".") for part in inside.parts):
        raise UsageError(f'name: got "{template}", which gives {place}; expected a place inside the period\'s folder')
    return (PurePosixPath(period) / inside).as_posix()


def _typed(notebook: Notebook, name: str, text: str, default: Any, codes: Codes) -> Any:
    check_parameter(name, text, codes.known, default)
    try:
        return _READ[type(default)](text)
    except (KeyError, ValueError):
        kind = type(default).__name__
        raise UsageError(f'parameter {name} of {notebook.name}: got "{text}"; expected {kind}, such as {default!r}') from None


def _read_bool(text: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


_READ: Mapping[type, Any] = {str: str, int: int, float: float, bool: _read_bool}


def _stem(notebook: Notebook, period: str, changed: Mapping[str, Any]) -> str:
    folder = f"{period}/{changed['area']}" if "area" in changed else period
    rest = {name: value for name, value in changed.items() if name not in ("area", "lang")}
    named = "-".join([notebook.name, *(_segment(name, value) for name, value in sorted(rest.items()))])
    if len(named) > _LONGEST:
        named = f"{named[:_LONGEST]}-{crc32(named.encode()):08x}"
    return f"{folder}/{named}" + (f".{changed['lang']}" if "lang" in changed else "")


def _segment(name: str, value: Any) -> str:
    text = re.sub(r"[^\w.]+", "_", Path(value).name if name == "data" else str(value)).strip("_")
    return text if name == "indicator" else f"{name}_{text}"


def refuse_collisions(jobs: Sequence[Job]) -> None:
    """Refuse a batch in which two reports would be one file.

    Parameters
    ----------
    jobs : sequence of Job
        The reports.

    Raises
    ------
    UsageError
        If two have one place; letters are compared without case, as some file systems do.
    """
    seen: dict[str, Job] = {}
    for job in jobs:
        other = seen.setdefault(job.stem.casefold(), job)
        if other is not job:
            raise UsageError(
                f"output: got {job.stem} for {other.notebook.path} and again for {job.notebook.path}; expected one report a file. "
                "Name the outputs with --name, rename a notebook, or make the two in two runs"
            )


def codes_of(dataset: Any) -> Codes:
    """List the codes of a dataset that parameters may name.

    Parameters
    ----------
    dataset : bcanalysis.dataset.dataset.Dataset
        The tables.

    Returns
    -------
    Codes
        Areas, indicators, the headline indicators in order, and price bases.
    """
    catalogue = dataset["indicators"]
    headline = catalogue[catalogue["headline"].notna()].sort_values("headline")["code"]
    return Codes(
        frozenset(dataset["areas"]["code"]),
        frozenset(catalogue["code"]),
        tuple(headline),
        frozenset(dataset["price_bases"]["code"]),
    )


def output_folder(folder: str | Path) -> Path:
    """Give the folder for reports, refusing one that cannot be written.

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder.

    Returns
    -------
    pathlib.Path
        The same.

    Raises
    ------
    UsageError
        If a file stands in its place, or nothing may be written there.
    """
    if "://" in str(folder):
        raise UsageError(f"out: got {folder}; expected a folder, or --cluster as well: an address is written by the workers of one")
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise UsageError(f"out: got {path}, a file; expected a folder")
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    if not os.access(there, os.W_OK):
        raise UsageError(f"out: got {path}, where nothing may be written; expected a folder of yours, such as --out reports")
    return path
