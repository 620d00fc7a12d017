"""Where the sides run: the project's own environment, as analysts have it, and one without JupyterLab."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT
from benchmarks.results import FOLDER


@dataclass(frozen=True)
class Environment:
    """A Python environment: its name in the results, and the folder of its programs."""

    name: str
    programs: Path

    def program(self, name: str) -> str:
        """Give the path of one of its programs."""
        return str(self.programs / name)


def with_lab() -> Environment:
    """Give the environment that runs the benchmark."""
    return Environment("lab", Path(sys.executable).parent)


def without_lab() -> Environment:
    """Give an environment with what bcanalysis needs and nothing more, made when it is missing."""
    folder = FOLDER / "without-lab"
    programs = folder / "bin"
    asked, made = [ROOT / "pyproject.toml", ROOT / "constraints.txt"], folder / ".ready"
    if not made.exists() or made.stat().st_mtime < max(file.stat().st_mtime for file in asked):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [programs / "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", ROOT / "constraints.txt"]
        subprocess.run([*pip, "--editable", ROOT], check=True)
        made.touch()
    return Environment("no lab", programs)
