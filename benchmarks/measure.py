"""What one command costs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Cost:
    """What one run of a command took, with everything it started.

    Parameters
    ----------
    wall, cpu : float
        Seconds by the clock, and of processors.
    peak : int or None
        The most memory at one moment of all its processes, in bytes of PSS; None where the system does not tell.
    driver : int or None
        The most memory of the first process alone, in bytes of RSS.
    left_behind : int
        Processes that had to be ended afterwards.
    """

    wall: float
    cpu: float
    peak: int | None = None
    driver: int | None = None
    left_behind: int = 0


def measure(command: Sequence[str]) -> Cost:
    """Run a command in the project's folder to its end, and take what it cost."""
    with tempfile.TemporaryFile() as errors:
        supervisor = [sys.executable, "-m", "benchmarks.supervise", *command]
        run = subprocess.run(supervisor, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, check=False)
        told = json.loads(run.stdout or "{}")
        status = told.pop("status", run.returncode or 1)
        if status != 0:
            errors.seek(0)
            tail = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)} ended with status {status}:\n{tail}")
    return Cost(**told)


def python(code: str) -> list[str]:
    """Make the command that runs a piece of Python in this environment."""
    return [sys.executable, "-c", code]
