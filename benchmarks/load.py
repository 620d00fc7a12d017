"""Loading and checking the tables, against pandas reading the same files."""

from __future__ import annotations

from benchmarks.measure import ROOT, python
from benchmarks.pairs import RUNS, compare

DATA = str(ROOT / "data")


def run(runs: int = RUNS) -> dict[str, dict[str, float]]:
    """Measure `import bcanalysis; load()` against `import pandas` and reading the same files."""
    ours = python(f"import bcanalysis as bc; bc.load({DATA!r})")
    theirs = python(f"import pandas as pd, pathlib; [pd.read_csv(f) for f in sorted(pathlib.Path({DATA!r}).glob('*.csv'))]")
    return compare(ours, theirs, runs)
