"""What a user would write in Python: papermill's function in a loop and one exporter of nbconvert, kept.

Called with the list of reports, the output folder and the exporter's name.
"""

from __future__ import annotations

import sys
from pathlib import Path

import papermill
from nbconvert.exporters import get_exporter

from benchmarks.reports import read_list


def main(file: str, out: str, exporter_name: str) -> None:
    """Make every report of the list: an executed notebook and its page."""
    exporter = get_exporter(exporter_name)()
    for number, report in enumerate(read_list(Path(file)), start=1):
        notebook = Path(out) / f"{number}.ipynb"
        papermill.execute_notebook(report.path, notebook, dict(report.parameters), kernel_name="python3", progress_bar=False)
        page, _ = exporter.from_filename(str(notebook))
        notebook.with_suffix(".html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
