"""The reports that every side makes: real ones of the project's own figures, each with charts that have bars."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import ROOT

_DEFAULTS = {"area": "bac-giang", "lang": "vi"}  # of the notebooks: what is not said needs no parameter


@dataclass(frozen=True)
class Report:
    """One report: the notebook's name and the parameters handed to it."""

    notebook: str
    parameters: Mapping[str, str] = field(hash=False)

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return ROOT / "notebooks" / f"{self.notebook}.ipynb"


def choose(count: int) -> list[Report]:
    """Choose the first reports of a list that is always the same.

    It begins with the overview of 2018H1 and goes on with the overviews of every area and period for which a printed growth or
    percent of plan of a headline indicator is on file, in Vietnamese and English, and then with single headline indicators. Their
    order is mixed by a hash of the parameters, so that twelve are like sixty.
    """
    listed = [*sorted(_overviews(), key=_shuffled), *sorted(_indicators(), key=_shuffled)]
    first = Report("overview", {"period": "2018H1"})
    listed.remove(first)
    listed = [first, *listed]
    if count > len(listed):
        raise ValueError(f"reports: got {count}; expected at most {len(listed)}")
    return listed[:count]


def write_list(reports: Sequence[Report], file: Path) -> Path:
    """Write reports as a table: a column for the notebook and one for each parameter; an empty cell is the notebook's default."""
    columns = list(dict.fromkeys(name for report in reports for name in report.parameters))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["notebook", *columns], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({"notebook": report.notebook, **report.parameters} for report in reports)
    return file


def read_list(file: Path) -> list[Report]:
    """Read what `write_list` wrote."""
    with file.open(encoding="utf-8", newline="") as stream:
        return [Report(row.pop("notebook"), {name: text for name, text in row.items() if text}) for row in csv.DictReader(stream)]


def _overviews() -> Iterator[Report]:
    for area, period in dict.fromkeys((area, period) for area, period, _ in _printed()):
        yield from _in_both_languages("overview", period=period, area=area)


def _indicators() -> Iterator[Report]:
    for area, period, indicator in _printed():
        yield from _in_both_languages("indicator", period=period, area=area, indicator=indicator)


def _in_both_languages(notebook: str, **parameters: str) -> Iterator[Report]:
    for lang in ("vi", "en"):
        given = {**parameters, "lang": lang}
        yield Report(notebook, {name: text for name, text in given.items() if _DEFAULTS.get(name) != text})


def _printed() -> list[tuple[str, str, str]]:
    """List area, period and headline indicator wherever a growth or percent of plan is printed: those draw bars."""
    headline = {row["code"] for row in _table("indicators") if row["headline"]}
    rows = [row for row in _table("observations") if row["indicator"] in headline and row["breakdown"] == "total"]
    drawn = [row for row in rows if row["growth_pct"] or row["plan_pct"]]
    return list(dict.fromkeys((row["area"], row["period"], row["indicator"]) for row in drawn))


def _table(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _shuffled(report: Report) -> str:
    return hashlib.sha256(" ".join(report.parameters.values()).encode()).hexdigest()
