"""Run two commands in turn and compare them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict

from benchmarks.measure import Cost, measure

RUNS = 9


def compare(ours: Sequence[str], theirs: Sequence[str], runs: int = RUNS) -> dict[str, dict[str, float]]:
    """Run both in turn and give the medians of ours, of theirs, and of the ratio ours / theirs, pair by pair."""
    measure(ours), measure(theirs)  # files and byte code into the cache
    pairs = [(measure(ours), measure(theirs)) for _ in range(runs)]
    return {
        "ours": _medians([a for a, _ in pairs]),
        "theirs": _medians([b for _, b in pairs]),
        "ratio": _medians([Cost(a.wall / b.wall, a.cpu / b.cpu) for a, b in pairs]),
    }


def _medians(costs: Sequence[Cost]) -> dict[str, float]:
    return {name: statistics.median(asdict(cost)[name] for cost in costs) for name in ("wall", "cpu")}
