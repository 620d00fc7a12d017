"""All forms of one executed notebook, against nbconvert printing it with a browser; and batches of official reports."""

from __future__ import annotations

import csv
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bcanalysis.reports import FORMATS
from benchmarks.environments import with_lab
from benchmarks.measure import ROOT, Cost, measure, python
from benchmarks.pairs import RUNS, compare

BATCHES = ((3, FORMATS), (6, FORMATS), (12, FORMATS), (12, FORMATS[:1]))
_NOTEBOOK = "official_report"
_PERIOD = "2018H1"  # the only one with an outline on file
_MOST_ROUNDS = 3
_OURS = """
import sys
from pathlib import Path
from bcanalysis.reports.exporters.together import print_notebook
print_notebook(Path(sys.argv[1]))
"""


def run(runs: int = RUNS) -> dict[str, Any]:
    """Measure the forms of the overview of 2018H1, and batches of official reports."""
    return {"forms": _forms(runs), "batches": list(_batches(min(runs, _MOST_ROUNDS)))}


def _forms(runs: int) -> dict[str, dict[str, float]]:
    """Measure page, PDF, Word and Excel together against ``jupyter nbconvert --to webpdf``."""
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
        source, notebook = ROOT / "notebooks" / "overview.ipynb", str(Path(folder) / "overview.ipynb")
        measure([with_lab().program("papermill"), str(source), notebook, "-r", "period", _PERIOD])
        return compare([*python(_OURS), notebook], [*python("")[:1], "-m", "benchmarks.webpdf", notebook], runs)


def _batches(rounds: int) -> Iterator[dict[str, Any]]:
    """Measure every batch in turn, and give the medians; the first of all runs puts files and byte code into the cache."""
    _batch(*BATCHES[0])
    costs = [[_batch(*batch) for batch in BATCHES] for _ in range(rounds)]
    for (reports, forms), measured in zip(BATCHES, zip(*costs, strict=True), strict=True):
        medians = {name: statistics.median(getattr(cost, name) for cost in measured) for name in ("wall", "cpu")}
        yield {"reports": reports, "forms": list(forms), **medians}


def _batch(reports: int, forms: tuple[str, ...]) -> Cost:
    """Make official reports, each on tables and an outline of its own; those are copies."""
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as name:
        folder = Path(name)
        matrix, out = folder / "reports.csv", folder / "out"
        with matrix.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(["notebook", "period", "data"])
            for number in range(reports):
                table.writerow([_NOTEBOOK, _PERIOD, shutil.copytree(ROOT / "data", folder / f"data-{number}")])
        command = [with_lab().program("bcanalysis"), "report", "--matrix", str(matrix), "--format", ",".join(forms)]
        cost = measure([*command, "--out", str(out)])
        made = {form: len(list((out / _PERIOD).glob(f"{_NOTEBOOK}*.{form}"))) for form in forms}
        if set(made.values()) != {reports}:
            raise RuntimeError(f"documents: got {made}; expected {reports} of each")
    return cost
