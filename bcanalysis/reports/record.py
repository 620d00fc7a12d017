"""The record of a run, kept inside the notebook as one output of its own MIME type.

It travels with the notebook whoever runs it: this command, plain papermill, or an analyst by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.headline import headline
from bcanalysis.own_code import source_sha256
from bcanalysis.quality.gaps import gaps
from bcanalysis.reports import RECORD_TYPE
from bcanalysis.reports.surroundings import commit, versions
from bcanalysis.wording.terms import term


@dataclass(frozen=True)
class RunRecord:
    """What a run used and what it found.

    Parameters
    ----------
    content : mapping
        JSON content of the record.
    """

    content: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {RECORD_TYPE: dict(self.content), "text/plain": str(self)}

    def __str__(self) -> str:
        """Say the outcome in a line."""
        lang = self.content["parameters"].get("lang", "vi")
        files = len(self.content["files"])
        return term(f"record.{self.content['status']}", lang, figures=self.content["figures"], files=files)


def run_record(dataset: Dataset, figures: pd.DataFrame, *, themes: Sequence[str] | None = None, **parameters: object) -> RunRecord:
    """Record what a notebook used, for its page to print.

    Parameters
    ----------
    dataset : Dataset
        The tables that were read.
    figures : pandas.DataFrame
        What the report is about; without a row in it the report is one of nothing on file, and its page says what is missing, or
        what its ``attrs`` hold as ``nothing`` and ``how_to_add``.
    themes : sequence of str, optional
        The themes whose missing indicators are listed then; by default all.
    **parameters : object
        The notebook's parameters; ``period`` and ``area`` at least.

    Returns
    -------
    RunRecord
        Shows itself as the record; ``content`` has status, parameters, the first figures in words, files with SHA-256, versions
        and the time of the run.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> dataset = bc.load()
    >>> record = run_record(dataset, bc.compare(dataset, "1999H1"), period="1999H1", area="bac-giang", lang="vi")
    >>> record.content["status"]
    'no_data'
    """
    lang = str(parameters.get("lang", "vi"))
    found = len(figures)
    why: dict[str, Any] = {str(name): figures.attrs[name] for name in ("nothing", "how_to_add") if name in figures.attrs}
    missing = [] if found or why else _missing(dataset, str(parameters["period"]), str(parameters["area"]), themes, lang)
    return RunRecord(
        {
            "status": "ok" if found else "no_data",
            "figures": found,
            "headline": headline(figures, lang),
            "parameters": dict(parameters),
            "subject": _subject(dataset, parameters.get("indicator"), lang),
            "area_name": str(dataset.names("areas", lang).get(str(parameters["area"]), parameters["area"])),
            "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in dataset.used],
            "versions": versions(),
            "source_sha256": source_sha256(),
            "git": commit(dataset.folder),
            "executed_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "undated_left_out": int(figures.attrs.get("undated", 0)),
            "missing": missing,
            "how_to_add": "" if found else _how_to_add(parameters, lang),
            **why,
        }
    )


def _how_to_add(parameters: Mapping[str, object], lang: str) -> str:
    data = str(parameters.get("data") or "")
    option = f" --data {data}" if data else ""
    return term(
        "record.how_to_add", lang, data=data or "data", option=option, **{key: parameters[key] for key in ("period", "area")}
    )


def _subject(dataset: Dataset, indicator: object, lang: str) -> str:
    return "" if not indicator else str(dataset.names("indicators", lang)[dataset.require("indicators", str(indicator))])


def _missing(dataset: Dataset, period: str, area: str, themes: Sequence[str] | None, lang: str) -> list[dict[str, str]]:
    rows = gaps(dataset, period, area, list(themes) if themes else None)
    return [{"code": code, "label": label} for code, label in zip(rows["indicator"], rows[f"label_{lang}"], strict=True)]
