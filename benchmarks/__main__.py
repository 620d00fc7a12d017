"""Run the benchmarks: all of them, which takes about an hour, or a part."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import batch, documents, intake, lab, load, pages, panel, table
from benchmarks.environments import with_lab, without_lab
from benchmarks.results import Results
from benchmarks.sides import SIDES

LAB = {1: tuple(SIDES), 12: tuple(SIDES), 60: ("ours", "a", "b", "c"), 200: ("ours",)}
PARTS = {"load": load, "intake": intake, "panel": panel, "documents": documents, "pages": pages, "lab": lab}
NO_LAB = {1: ("ours", "a", "b", "c"), 12: ("ours", "a", "b", "c")}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for and keep it; render the tables once everything was measured."""
    asked = _parser().parse_args(arguments)
    results = Results()
    everything = not (asked.only or asked.reports or asked.sides or asked.without_lab or asked.render)
    for name, part in PARTS.items():
        if everything or asked.only == name:
            results.begin()
            results.note(name, part.run(asked.repeat or part.RUNS))
    if not asked.render and asked.only in (None, "batch"):
        for run in batch.run(_steps(asked), results):
            print(_line(run), flush=True)
    if everything or asked.render:
        table.write(results.content)
    print(table.render(results.content))


def _line(run: Mapping[str, Any]) -> str:
    what = f"{run['environment']:6} {run['reports']:4} {run['side']:8}"
    return f"{what} {run['wall']:8.2f} s wall {run['cpu']:8.2f} s CPU {(run['peak'] or 0) / 1e6:6.0f} MB"


def _steps(asked: argparse.Namespace) -> list[batch.Step]:
    chosen = [(without_lab, NO_LAB)] if asked.without_lab else [(with_lab, LAB)]
    if not (asked.without_lab or asked.reports or asked.sides):
        chosen.append((without_lab, NO_LAB))
    return [
        step
        for environment, usual in chosen
        for reports in asked.reports or usual
        for step in batch.plan(environment(), reports, asked.sides or usual.get(reports, ("ours",)), asked.repeat)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=[*PARTS, "batch"], help="measure only this")
    parser.add_argument("--reports", type=int, nargs="+", metavar="N", help="numbers of reports (1 12 60 200)")
    parser.add_argument("--sides", nargs="+", choices=list(SIDES), help="sides to run")
    parser.add_argument("--repeat", type=int, metavar="K", help="runs of each; by default 5, 3 or 1 by what they take")
    parser.add_argument("--without-lab", action="store_true", help="in an environment without JupyterLab only")
    parser.add_argument("--render", action="store_true", help="measure nothing; write the tables of README.md from what is kept")
    return parser


if __name__ == "__main__":
    main()
