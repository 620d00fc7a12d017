"""What was measured, kept as JSON: run by run, so that a part can be measured again without the rest."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT

FOLDER = ROOT / "benchmarks" / "results"
_PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "jupyterlab", "pandas", "plotly")


class Results:
    """The results in a file, written after every change: a long run that is stopped loses nothing."""

    def __init__(self, file: Path = FOLDER / "results.json") -> None:
        self.file = file
        self.content: dict[str, Any] = {"runs": []}
        if file.exists():
            self.content.update(json.loads(file.read_text(encoding="utf-8")))

    def begin(self, measured_again: Collection[tuple[str, int, str]] = ()) -> None:
        """Note machine and day, and drop the runs (environment, reports, side) that are about to be measured again."""
        self.content["machine"] = machine()
        self.content["runs"] = [
            run for run in self.content["runs"] if (run["environment"], run["reports"], run["side"]) not in measured_again
        ]
        self._write()

    def add(self, run: Mapping[str, Any]) -> None:
        """Keep one run of a batch."""
        made = self.content["machine"]
        self.content["runs"].append({**run, "day": made["day"], "commit": made["commit"]})
        self._write()

    def note(self, name: str, content: Any) -> None:
        """Keep the result of another benchmark under its name."""
        self.content[name] = content
        self._write()

    def _write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        aside = self.file.with_suffix(".part")
        aside.write_text(json.dumps(self.content, ensure_ascii=False, indent=1), encoding="utf-8")
        aside.replace(self.file)


def machine() -> dict[str, Any]:
    """Describe the machine, the day, the commit and the versions of what is compared."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory": memory,
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
        "day": date.today().isoformat(),
        "commit": _commit(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    try:
        run = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return run.stdout.strip() or None
