"""Whether a report is up to date, and if not, why: what it rests on, then and now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.fingerprints import changes, fingerprints
from bcanalysis.dataset.load import load as load_tables
from bcanalysis.dataset.reads import Selection
from bcanalysis.own_code import source_sha256
from bcanalysis.reports.exporters.provenance import notebook_sha256
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.report import Outcome, Settings
from bcanalysis.reports.run_file import RUNS, read_runs
from bcanalysis.reports.status import DONE
from bcanalysis.reports.surroundings import versions

Load = Callable[[str], Dataset]
EVERYTHING = [Selection(table) for table in ("statements", "plans", "corrections")]


class Upkeep:
    """Knows what each report rests on now, and what its page rested on when it was made.

    Parameters
    ----------
    out : pathlib.Path
        The output folder.
    settings : Settings
        How reports are made.
    load : callable, optional
        Gives the tables of a folder, the same each time: they are what they were when the run began.
    """

    def __init__(self, out: Path, settings: Settings, load: Load | None = None) -> None:
        self._out = out
        self._settings = settings
        self._versions = versions()
        self._load = load or cache(load_tables)
        self._records: dict[str, dict[str, Outcome]] = {}

    def prepare(self, jobs: Sequence[Job]) -> list[Dataset]:
        """Read the tables now: what changes while the batch runs is then seen as a change by the next one.

        Parameters
        ----------
        jobs : sequence of Job
            What is going to be made.

        Returns
        -------
        list of Dataset
            The tables of each data folder.
        """
        return [self._load(data) for data in dict.fromkeys(job.data for job in jobs)]

    def basis(self, job: Job, outcome: Outcome) -> dict[str, Any]:
        """Say what a report that has just been made rests on.

        Parameters
        ----------
        job : Job
            The report.
        outcome : Outcome
            How it ended; its basis says which rows the notebook has read, None if nobody knows.

        Returns
        -------
        dict
            ``notebook``, ``parameters``, ``library``, ``packages``, ``form``, ``formats``, ``reads`` and ``data``.
        """
        return self._basis(job, outcome.basis.get("reads"))

    def last(self, job: Job) -> Outcome | None:
        """Give the last outcome on record.

        Parameters
        ----------
        job : Job
            The report.

        Returns
        -------
        Outcome or None
            None if it was never made.
        """
        if job.period not in self._records:
            self._records[job.period] = _outcomes(self._out / job.period / RUNS)
        return self._records[job.period].get(f"{job.stem}.html")

    def why(self, job: Job) -> list[str]:
        """Say why a report is to be made.

        Parameters
        ----------
        job : Job
            The report.

        Returns
        -------
        list of str
            The reasons; none if it is up to date.
        """
        last = self.last(job)
        if last is None:
            return ["never made"]
        status = last.kept or last.status
        if last.status == "cancelled" or status not in DONE:
            return [f"last time: {last.status}"]
        page = self._out / f"{job.stem}.html"
        missing = [file for file in last.outputs if not (self._out / job.period / file).is_file()]
        if missing:
            return [f"gone: {', '.join(missing)}"]
        if hashlib.sha256(page.read_bytes()).hexdigest() != last.page_sha256:
            return ["the page is not the one that was made"]
        return _differences(last.basis, self._basis(job, last.basis.get("reads")))

    def state(self, job: Job) -> dict[str, Any]:
        """Tell the state of a report.

        Parameters
        ----------
        job : Job
            The report.

        Returns
        -------
        dict
            ``place``, ``state`` (``up_to_date``, ``out_of_date``, ``missing``, or how it ended last), ``why``.
        """
        last, why = self.last(job), self.why(job)
        unsound = last is not None and (last.kept or last.status) not in DONE
        state = "missing" if last is None else last.status if unsound else "out_of_date" if why else "up_to_date"
        return {"place": f"{job.stem}.html", "state": state, "why": why}

    def _basis(self, job: Job, reads: list[Any] | None) -> dict[str, Any]:
        selections = EVERYTHING if reads is None else [Selection(**read) for read in reads]
        return {
            "notebook": notebook_sha256(list(job.notebook.cells), job.lang),
            "parameters": {**job.notebook.parameters, **job.parameters},
            "library": source_sha256(),
            "packages": self._versions,
            "form": "shared assets" if self._settings.shared_assets else "one file",
            "formats": sorted({"html", *self._settings.formats}),
            "reads": reads,
            "data": fingerprints(self._load(job.data), selections),
        }


def _outcomes(path: Path) -> dict[str, Outcome]:
    if not path.is_file():
        return {}
    found = {}
    for line in read_runs(path).latest:
        try:
            outcome = Outcome.read(line)
        except TypeError:
            continue  # a line of another version says too little to rely on
        if outcome.outputs:
            found[f"{outcome.period}/{outcome.outputs[0]}"] = outcome
    return found


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Name what has changed, from the notebook outwards."""
    whole = {"notebook": "the notebook", "library": "the library's code", "form": "the form of the page"}
    reasons = [f"changed: {words}" for key, words in whole.items() if then.get(key) != now[key]]
    for key, word in (("parameters", "parameter"), ("packages", "package")):
        old, new = then.get(key) or {}, now[key]
        reasons += [
            f"changed: {word} {name}, {old.get(name, 'none')} then, {new.get(name, 'none')} now"
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]
    reasons += [f"not made: {form}" for form in now["formats"] if form not in (then.get("formats") or ["html"])]
    tables = changes(then.get("data") or {}, now["data"])
    return reasons + ([f"changed: rows of {', '.join(tables)}"] if tables else [])
