"""Making reports, against what a user would run instead: whole commands from cold, all sides in turn in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.environments import Environment
from benchmarks.measure import measure
from benchmarks.reports import choose
from benchmarks.results import Results
from benchmarks.sides import SIDES

_CHART = b"data-figure>"  # what our page holds for every chart; nbconvert's own page draws none
_ROUNDS = {1: 5, 12: 3, 60: 1}
_ONCE = {12: ("a-stock", "b-stock", "a-helped", "b-helped"), 60: ("a", "b")}  # these take minutes


@dataclass(frozen=True)
class Step:
    """One run of one side."""

    environment: Environment
    reports: int
    side: str

    @property
    def key(self) -> tuple[str, int, str]:
        """What runs of the same have in common."""
        return (self.environment.name, self.reports, self.side)


def plan(environment: Environment, reports: int, sides: Sequence[str], repeat: int | None = None) -> list[Step]:
    """Lay out the runs for a number of reports round by round, every side once in a round; by default some only in the first."""
    return [
        Step(environment, reports, side)
        for number in range(repeat or _ROUNDS.get(reports, 1))
        for side in sides
        if repeat or number == 0 or side not in _ONCE.get(reports, ())
    ]


def run(steps: Sequence[Step], results: Results) -> Iterator[dict[str, Any]]:
    """Measure every step. Each side runs once before, unmeasured: files and byte code come from the cache for all."""
    results.begin({step.key for step in steps})
    for environment, side in dict.fromkeys((step.environment, step.side) for step in steps):
        _measured(Step(environment, 1, side))
    for step in steps:
        measured = _measured(step)
        results.add(measured)
        yield measured


def _measured(step: Step) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
        out = Path(folder) / "out"
        out.mkdir()
        command = SIDES[step.side](step.environment, choose(step.reports), out)
        cost = measure(command)
        files = [path for path in out.rglob("*") if path.is_file()]
        pages = [path for path in files if path.suffix == ".html" and path.name != "index.html"]
        drawn = [path for path in pages if step.side.endswith("-stock") or _CHART in path.read_bytes()]
        if len(drawn) != step.reports:
            raise RuntimeError(f"{step.side}: got {len(pages)} pages, {len(drawn)} with charts; expected {step.reports}")
        written = sum(path.stat().st_size for path in files)
    return {**dict(zip(("environment", "reports", "side"), step.key, strict=True)), **asdict(cost), "written": written}
