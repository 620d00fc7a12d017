"""What is to be made: each report's notebook, parameters and place, all checked before anything runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period
from bcanalysis.reports.notebooks import Notebook
from bcanalysis.wording.terms import LANGUAGES


@dataclass(frozen=True)
class Codes:
    """The codes that parameters may name.

    Parameters
    ----------
    areas, indicators : frozenset of str
        All codes.
    headline : tuple of str
        The headline indicators in their order.
    """

    areas: frozenset[str]
    indicators: frozenset[str]
    headline: tuple[str, ...] = ()


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
    def lang(self) -> str:
        """Language of the report."""
        return str(self.parameters.get("lang", self.notebook.parameters.get("lang", LANGUAGES[0])))


def plan_jobs(
    periods: Sequence[str],
    notebooks: Sequence[Notebook],
    given: Mapping[str, str],
    codes: Codes,
    *,
    each_headline: bool = False,
) -> list[Job]:
    """Lay out the reports of a batch.

    Parameters
    ----------
    periods : sequence of str
        Names of periods.
    notebooks : sequence of Notebook
        What to run for each.
    given : mapping of str to str
        Parameters as typed; one that only some of the notebooks know goes to those.
    codes : Codes
        The codes that exist.
    each_headline : bool
        Make a notebook with the parameter ``indicator`` once for each headline indicator, unless one is given.

    Returns
    -------
    list of Job
        Period by period, in the order of the notebooks.

    Raises
    ------
    UsageError
        If a period is impossible, a parameter unknown or of the wrong type, a code unknown, or two reports would be one file.
    """
    names = list(dict.fromkeys(str(Period.parse(text)) for text in periods))
    _refuse_unknown(given, notebooks)
    jobs = []
    for name in names:
        for notebook in notebooks:
            asked = {key: text for key, text in given.items() if key in notebook.parameters}
            wanted: Iterable[str | None] = (
                codes.headline if each_headline and "indicator" in notebook.parameters and "indicator" not in given else [None]
            )
            for indicator in wanted:
                texts = asked if indicator is None else {**asked, "indicator": indicator}
                jobs.append(_job(notebook, name, texts, codes))
    _refuse_collisions(jobs)
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


def _job(notebook: Notebook, period: str, texts: Mapping[str, str], codes: Codes) -> Job:
    defaults = notebook.parameters
    values = {name: _typed(notebook, name, text, defaults[name], codes) for name, text in texts.items()}
    changed = {name: value for name, value in values.items() if value != defaults[name]}
    return Job(notebook, period, {"period": period, **changed}, _stem(notebook, period, changed))


def _typed(notebook: Notebook, name: str, text: str, default: Any, codes: Codes) -> Any:
    known = {"area": codes.areas, "indicator": codes.indicators, "lang": frozenset(LANGUAGES)}.get(name)
    if known is not None and text not in known:
        raise UsageError(f'parameter {name}: got "{text}"; expected a known {name}. {nearest(text, known)}')
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
    return f"{folder}/{named}" + (f".{changed['lang']}" if "lang" in changed else "")


def _segment(name: str, value: Any) -> str:
    text = re.sub(r"[^\w.]+", "_", Path(value).name if name == "data" else str(value)).strip("_")
    return text if name == "indicator" else f"{name}_{text}"


def _refuse_collisions(jobs: Sequence[Job]) -> None:
    seen: dict[str, Job] = {}
    for job in jobs:
        other = seen.setdefault(job.stem.casefold(), job)
        if other is not job:
            raise UsageError(
                f"output: got {job.stem} for {other.notebook.path} and again for {job.notebook.path}; expected one report a file. "
                "Rename a notebook or make the two in two runs"
            )


def codes_of(dataset: Any) -> Codes:
    """List the codes of a dataset that parameters may name.

    Parameters
    ----------
    dataset : bcanalysis.dataset.load.Dataset
        The tables.

    Returns
    -------
    Codes
        Areas, indicators, and the headline indicators in order.
    """
    catalogue = dataset["indicators"]
    headline = catalogue[catalogue["headline"].notna()].sort_values("headline")["code"]
    return Codes(frozenset(dataset["areas"]["code"]), frozenset(catalogue["code"]), tuple(headline))


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
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise UsageError(f"out: got {path}, a file; expected a folder")
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    if not os.access(there, os.W_OK):
        raise UsageError(f"out: got {path}, where nothing may be written; expected a folder of yours, such as --out reports")
    return path
