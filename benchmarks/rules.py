"""What must hold of batches and documents, and what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.medians import Medians, ratio

_A, _B = ("a", "a-stock"), ("b", "b-stock")


@dataclass(frozen=True)
class Rule:
    """One thing that must hold: a number and its limit, which is a floor or a ceiling."""

    text: str
    measured: float | None
    limit: float
    at_least: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether it holds, None if it was not measured."""
        if self.measured is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def rules(medians: Medians, content: Mapping[str, Any] | None = None) -> list[Rule]:
    """Judge what was measured, run by run or in parts.

    Against (a) and (b) counts the cheaper of their two pages, so that our ratio is not flattered.
    """

    def ours(reports: int, quantity: str = "wall", environment: str = "lab") -> float | None:
        return medians.of(environment, reports, "ours", quantity)

    per_report = {count: ratio(ours(count), count) for count in (12, 60)}
    return [
        Rule("12 reports: wall time of (a) / ours", ratio(medians.cheapest("lab", 12, _A), ours(12)), 20, at_least=True),
        Rule(
            "the same, with our put-off import in its kernels",
            ratio(medians.of("lab", 12, "a-helped", "wall"), ours(12)),
            20,
            at_least=True,
        ),
        Rule("12 reports: wall time of (b) / ours", ratio(medians.cheapest("lab", 12, _B), ours(12)), 6, at_least=True),
        Rule(
            "12 reports, no JupyterLab: wall time of (a) / ours",
            ratio(medians.cheapest("no lab", 12, _A), ours(12, environment="no lab")),
            8,
            at_least=True,
        ),
        Rule("12 reports: wall time of ours / (c), the floor", ratio(ours(12), medians.of("lab", 12, "c", "wall")), 1.5),
        Rule("1 report: wall time of ours / (a)", ratio(ours(1), medians.cheapest("lab", 1, _A)), 0.25),
        Rule("wall time for each report of ours, 60 reports / 12", ratio(per_report[60], per_report[12]), 1.0),
        Rule("memory of our driver, 200 reports / 12", ratio(ours(200, "driver"), ours(12, "driver")), 1.2),
        Rule("processes of ours left behind, 12 reports", ours(12, "left_behind"), 0),
        *_of_documents((content or {}).get("documents", {})),
        *_of_figures("importing", (content or {}).get("intake", ())),
        *_of_figures("growth of", (content or {}).get("panel", ())),
        *_of_pages((content or {}).get("pages", {})),
        *_of_lab((content or {}).get("lab", {})),
    ]


def _of_pages(paints: Mapping[str, Mapping[str, float]]) -> list[Rule]:
    if not paints:
        return []
    worst = max(paints, key=lambda name: paints[name]["ratio"])
    title = f"first paint of a page / of nbconvert's own, the latest of {len(paints)} ({worst})"
    return [Rule(title, paints[worst]["ratio"], 1.0)]


def _of_lab(clicks: Mapping[str, Sequence[float]]) -> list[Rule]:
    if not clicks:
        return []
    ours, stock = clicks["ours"], clicks["stock"]
    title = "from a click in JupyterLab to the first output: ours / a stock kernel"
    return [
        Rule(title, statistics.median(ours) / statistics.median(stock), 0.5),
        Rule(f"{title}, the first click", ours[0] / stock[0], 0.5),
    ]


def _of_figures(what: str, measured: Sequence[Mapping[str, Any]]) -> list[Rule]:
    """Judge the largest size: against pandas, and how much more each row takes than at the smallest."""
    found = []
    for names in dict.fromkeys(run.get("names", "") for run in measured):
        runs = [run for run in measured if run.get("names", "") == names]
        few, many = (choose(runs, key=lambda run: run["rows"]) for choose in (min, max))
        least, most = (f"{run['rows']:,}".replace(",", " ") for run in (few, many))
        title = f"{what} {most} rows" + (f", names as {names}" if names else "")
        found += [
            Rule(f"{title}: wall time of pandas / ours", many["faster"], 3, at_least=True),
            Rule(f"{title}: memory of ours / pandas", many["memory"], 2),
            Rule(f"{title}: seconds for each / with {least}", _each(many) / _each(few), 1.5),
        ]
    return found


def _each(run: Mapping[str, Any]) -> float:
    return float(run["ours"] / run["rows"])


def _of_documents(documents: Mapping[str, Any]) -> list[Rule]:
    each = {(batch["reports"], len(batch["forms"])): batch["wall"] / batch["reports"] for batch in documents.get("batches", ())}
    forms = documents.get("forms", {}).get("ratio", {})
    return [
        Rule("all forms of an executed notebook / nbconvert's webpdf, wall time", forms.get("wall"), 0.33),
        Rule("wall time for each official report, 12 reports / 3", ratio(each.get((12, 4)), each.get((3, 4))), 1.0),
    ]
