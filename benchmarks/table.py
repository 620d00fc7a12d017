"""The results as the tables of README.md."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.medians import Medians, ratio
from benchmarks.rules import rules
from benchmarks.sides import SIDES, TITLES

README = Path(__file__).with_name("README.md")
START, END = "<!-- results: written by --render -->\n", "<!-- end of results -->"
ENVIRONMENTS = {"lab": "In the project's own environment, with JupyterLab", "no lab": "Without JupyterLab"}
_NONE = "–"


def write(content: Mapping[str, Any], readme: Path = README) -> None:
    """Put the tables between the two marks of the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{START}\n{render(content)}\n{END}{after}", encoding="utf-8")


def render(content: Mapping[str, Any]) -> str:
    """Give all tables as Markdown."""
    medians = Medians(content.get("runs", []))
    parts = [_machine(content), _rules(medians, content)]
    parts += [_sides(medians, environment) for environment in ENVIRONMENTS]
    parts += [_growth(medians), _load(content.get("load")), *_figures(content), *_documents(content.get("documents"))]
    parts += [_pages(content.get("pages")), _lab(content.get("lab"))]
    return "\n".join(part for part in parts if part)


def _machine(content: Mapping[str, Any]) -> str:
    machine = content.get("machine")
    if not machine:
        return ""
    runs = [*content.get("runs", []), machine]
    days, commits = (sorted({str(run[name]) for run in runs if run.get(name)}) for name in ("day", "commit"))
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items() if version)
    memory = f", {machine['memory'] / 2**30:.0f} GiB" if machine["memory"] else ""
    return (
        f"Measured on {' and '.join(days)} at {' and '.join(commits) or 'no commit'}: {machine['processor']}, "
        f"two of {machine['processors']} processors{memory}, {machine['system']}, Python {machine['python']}, {versions}.\n"
    )


def _rules(medians: Medians, content: Mapping[str, Any]) -> str:
    said = {True: "yes", False: "**no**", None: "not measured"}
    rows = [
        [rule.text, f"{'at least' if rule.at_least else 'at most'} {rule.limit:g}", _number(rule.measured, 2), said[rule.holds]]
        for rule in rules(medians, content)
    ]
    return _section("What must hold", ["what", "limit", "measured", "holds"], rows)


def _sides(medians: Medians, environment: str) -> str:
    order = list(SIDES)
    keys = sorted((reports, order.index(side)) for name, reports, side in medians.measured() if name == environment)
    rows = [_row(medians, environment, reports, order[position]) for reports, position in keys]
    head = ["reports", "side", "runs", "wall s", "/ ours", "CPU s", "/ ours", "peak MB", "driver MB", "written MB"]
    return _section(ENVIRONMENTS[environment], head, rows)


def _row(medians: Medians, environment: str, reports: int, side: str) -> list[str]:
    def of(quantity: str, of_side: str = side) -> float | None:
        return medians.of(environment, reports, of_side, quantity)

    driver = None if side.startswith("a") else of("driver")  # a shell, which says nothing
    return [
        str(reports),
        TITLES[side],
        str(medians.count(environment, reports, side)),
        _number(of("wall"), 1),
        _number(ratio(of("wall"), of("wall", "ours")), 2),
        _number(of("cpu"), 1),
        _number(ratio(of("cpu"), of("cpu", "ours")), 2),
        *(_number(ratio(size, 1e6), 0) for size in (of("peak"), driver)),
        _number(ratio(of("written"), 1e6), 1),
    ]


def _growth(medians: Medians) -> str:
    rows = []
    for side in SIDES:
        walls = [ratio(medians.of("lab", reports, side, "wall"), reports) for reports in (1, 12, 60)]
        slopes = [medians.further("lab", side, few, many) for few, many in ((1, 12), (12, 60))]
        if any(value is not None for value in walls[1:]):
            rows.append([TITLES[side], *(_number(value, 2) for value in (*walls, *slopes))])
    head = ["wall s for each report", "of 1", "of 12", "of 60", "each further, 1 to 12", "each further, 12 to 60"]
    return _section("How each grows", head, rows)


def _load(load: Mapping[str, Mapping[str, float]] | None) -> str:
    return _section("Loading the tables", _PAIR, [_pair("load and check / pandas reads", load)]) if load else ""


def _figures(content: Mapping[str, Any]) -> list[str]:
    parts = {"intake": "Importing a workbook", "panel": "Growth against the prior year"}
    head = [
        "rows",
        "names",
        "ours, wall s",
        "µs for each",
        "pandas / ours",
        "ours, CPU s",
        "pandas / ours",
        "memory, ours / pandas",
    ]
    return [
        _section(
            title,
            head,
            [
                [
                    f"{run['rows']:,}".replace(",", " "),
                    run.get("names", _NONE),
                    *(_number(run["ours"] * scale, 2) for scale in (1, 1e6 / run["rows"])),
                    *(_number(run.get(name), 2) for name in ("faster", "ours_cpu", "faster_cpu", "memory")),
                ]
                for run in content.get(part, ())
            ],
        )
        for part, title in parts.items()
    ]


def _documents(documents: Mapping[str, Any] | None) -> list[str]:
    if documents is None:
        return []
    batches = documents["batches"]
    page_only = {batch["reports"]: batch for batch in batches if batch["forms"] == ["html"]}
    rows = [
        [
            str(batch["reports"]),
            ", ".join(batch["forms"]),
            *(_number(batch[name] / batch["reports"], 2) for name in ("wall", "cpu")),
            *(_number(ratio(batch[name], page_only.get(batch["reports"], {}).get(name)), 2) for name in ("wall", "cpu")),
        ]
        for batch in batches
    ]
    head = ["official reports", "forms", "wall s for each", "CPU s for each", "wall / page only", "CPU / page only"]
    return [
        _section("All forms of an executed notebook", _PAIR, [_pair("HTML, PDF, Word and Excel / webpdf", documents["forms"])]),
        _section("Batches of official reports", head, rows),
    ]


def _pages(paints: Mapping[str, Mapping[str, float]] | None) -> str:
    rows = [
        [name, *(_number(paint[side], 0) for side in ("ours", "theirs")), _number(paint["ratio"], 2)]
        for name, paint in sorted((paints or {}).items())
    ]
    return _section("First paint of a page", ["page", "ours, ms", "nbconvert's, ms", "ratio"], rows)


def _lab(clicks: Mapping[str, Sequence[float]] | None) -> str:
    chosen = {"the first": lambda taken: taken[0], "median of all": statistics.median}
    rows = []
    for which, choose in chosen.items() if clicks else ():
        ours, stock = (choose(clicks[side]) for side in ("ours", "stock"))
        rows.append([which, str(len(clicks["ours"])), *(_number(value, 2) for value in (ours, stock, ours / stock))])
    head = ["click", "clicks", "bcanalysis lab, s", "stock JupyterLab, s", "ratio"]
    return _section("From a click in JupyterLab to the first output", head, rows)


_PAIR = ["what", "ours, wall s", "theirs", "ratio", "ours, CPU s", "theirs", "ratio"]


def _pair(what: str, sides: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [what, *(_number(sides[side][name], 2) for name in ("wall", "cpu") for side in ("ours", "theirs", "ratio"))]


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join([f"### {title}\n", *(f"| {' | '.join(line)} |" for line in lines), ""])


def _number(value: float | None, decimals: int) -> str:
    return _NONE if value is None else f"{value:.{decimals}f}"
