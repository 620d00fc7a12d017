"""Loading and checking the tables, against pandas reading the same files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pairs import Cost, compare, python

DATA = Path(__file__).parents[1] / "data"


def run() -> tuple[str, Cost, Cost, Cost]:
    """Measure `import bcanalysis; load()` against `import pandas` and reading the same files."""
    ours = python(f"import bcanalysis as bc; bc.load({str(DATA)!r})")
    theirs = python(f"import pandas as pd, pathlib; [pd.read_csv(f) for f in sorted(pathlib.Path({str(DATA)!r}).glob('*.csv'))]")
    return ("load and check / pandas reads", *compare(ours, theirs))
