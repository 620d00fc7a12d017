"""Run two commands in turn and compare them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

RUNS = 9


@dataclass(frozen=True)
class Cost:
    """What one run of a command cost, in seconds."""

    wall: float
    cpu: float


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end and take its wall and processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def python(code: str) -> list[str]:
    """Make the command that runs a piece of Python in this environment."""
    return [sys.executable, "-c", code]


def compare(ours: Sequence[str], theirs: Sequence[str], runs: int = RUNS) -> tuple[Cost, Cost, Cost]:
    """Run both in turn and give the medians of ours, of theirs, and of the ratio ours / theirs, pair by pair."""
    measure(ours), measure(theirs)  # files and byte code into the cache
    pairs = [(measure(ours), measure(theirs)) for _ in range(runs)]
    median = statistics.median
    return (
        Cost(median(a.wall for a, _ in pairs), median(a.cpu for a, _ in pairs)),
        Cost(median(b.wall for _, b in pairs), median(b.cpu for _, b in pairs)),
        Cost(median(a.wall / b.wall for a, b in pairs), median(a.cpu / b.cpu for a, b in pairs)),
    )
