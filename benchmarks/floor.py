"""The floor: the same cells in one warm process, and the page's template alone.

No kernel, no messages, no file but the page; one process, so one processor. Called with the list of reports and the output folder.
"""

from __future__ import annotations

import json
import os
import sys

# Before anything is imported: the parser that JupyterLab brings takes two seconds to import and is needed for none of this.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
os.environ["PLOTLY_RENDERER"] = "plotly_mimetype"  # what plotly chooses by itself in a kernel

from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import nbformat  # noqa: E402
from IPython.core.displayhook import DisplayHook  # noqa: E402
from IPython.core.displaypub import CapturingDisplayPublisher  # noqa: E402
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402
from nbformat.v4 import new_code_cell, new_output  # noqa: E402
from traitlets.config import Config  # noqa: E402

from bcanalysis.reports.exporters.html import export_html  # noqa: E402
from benchmarks.reports import Report, read_list  # noqa: E402


class _Results(DisplayHook):
    """Keeps the value of a cell's last expression beside what the cell displayed, in every form IPython makes of it."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.shell.display_pub.publish(format_dict, md_dict or {})

    def finish_displayhook(self) -> None:
        pass


class _Shell(InteractiveShell):
    """IPython as a kernel has it, without the kernel."""

    displayhook_class = _Results
    display_pub_class = CapturingDisplayPublisher


def main(file: str, out: str) -> None:
    """Make the page of every report of the list."""
    shell = _Shell.instance(config=Config(HistoryManager={"enabled": False}))
    for number, report in enumerate(read_list(Path(file)), start=1):
        page = export_html(execute(report, shell), {"metadata": {"name": report.notebook}})
        (Path(out) / f"{number}.html").write_text(page, encoding="utf-8")


def execute(report: Report, shell: InteractiveShell) -> nbformat.NotebookNode:
    """Execute a report's cells, each report in a namespace of its own."""
    nb = nbformat.read(report.path, as_version=4)
    _inject(nb, report)
    shell.reset()
    for cell in nb.cells:
        if cell.cell_type == "code":
            done = shell.run_cell(cell.source, store_history=True)
            done.raise_error()
            cell.execution_count = done.execution_count
            shell.display_pub.outputs, shown = [], shell.display_pub.outputs
            cell.outputs = [new_output("display_data", output["data"], metadata=output["metadata"]) for output in shown]
    return nb


def _inject(nb: nbformat.NotebookNode, report: Report) -> None:
    """Put the parameters behind the cell of the defaults, as papermill does."""
    position = next(index for index, cell in enumerate(nb.cells) if "parameters" in cell.metadata.get("tags", []))
    source = "".join(["# Parameters\n", *(f"{name} = {json.dumps(text)}\n" for name, text in report.parameters.items())])
    nb.cells.insert(position + 1, new_code_cell(source, metadata={"tags": ["injected-parameters"]}))
    nb.metadata["papermill"] = {"parameters": dict(report.parameters)}


if __name__ == "__main__":
    main(*sys.argv[1:])
