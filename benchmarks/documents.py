"""All forms of one report from its executed notebook, against nbconvert printing it to PDF with a browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import ROOT, measure, python
from benchmarks.pairs import RUNS, compare

_OURS = """
import sys
from pathlib import Path
import nbformat
from bcanalysis.reports.exporters.page import print_page
from bcanalysis.reports.exporters.forms import write
file = Path(sys.argv[1])
nb = nbformat.read(file, as_version=4)
file.with_suffix(".html").write_text(print_page(nb, file.stem).html, encoding="utf-8")
for form in ("pdf", "docx", "xlsx"):
    file.with_suffix("." + form).write_bytes(write(nb, file.stem, form).content)
"""


def run(runs: int = RUNS) -> dict[str, dict[str, float]]:
    """Measure page, PDF, Word and Excel together against ``jupyter nbconvert --to webpdf``, for the overview of 2018H1."""
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
        notebook = Path(folder) / "overview.ipynb"
        measure(["papermill", str(ROOT / "notebooks" / "overview.ipynb"), str(notebook), "-r", "period", "2018H1"])
        return compare([*python(_OURS), str(notebook)], [*python("")[:1], "-m", "benchmarks.webpdf", str(notebook)], runs)
