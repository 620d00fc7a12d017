"""Tiny executed notebooks, built in memory as papermill would leave them on disk."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

RECORD_TYPE = "application/vnd.bcanalysis.run+json"
FIGURE_TYPE = "application/vnd.plotly.v1+json"

RECORD: dict[str, Any] = {
    "report": "overview",
    "title": "Tổng quan",
    "status": "ok",
    "parameters": {"period": "2018H1", "area": "bac-giang", "lang": "vi", "as_of": None},
    "files": [{"name": "data/observations.csv", "sha256": "ab" * 32, "bytes": 12345}],
    "versions": {"bcanalysis": "0.1.0", "pandas": "3.1.1"},
    "executed_at": "2026-11-22T09:00:00+00:00",
    "missing": [],
    "how_to_add": "",
    "as_of": None,
}


def notebook(*cells: NotebookNode, **metadata: Any) -> NotebookNode:
    """Give a notebook of these cells; their ids are fixed, so that two notebooks of the same cells are the same."""
    for position, cell in enumerate(cells):
        cell["id"] = f"cell{position}"
    return new_notebook(cells=list(cells), metadata=metadata)


def words(source: str, *tags: str) -> NotebookNode:
    """Give a markdown cell."""
    return new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


def code(source: str = "1", *outputs: NotebookNode, tags: tuple[str, ...] = (), ran: bool = True) -> NotebookNode:
    """Give a code cell with its outputs."""
    metadata = {"tags": list(tags)} if tags else {}
    return new_code_cell(source, outputs=list(outputs), execution_count=1 if ran else None, metadata=metadata)


def shown(metadata: dict[str, Any] | None = None, /, **data: Any) -> NotebookNode:
    """Give a displayed value; ``text_html`` stands for ``text/html`` and so on."""
    return new_output("display_data", {key.replace("_", "/", 1): value for key, value in data.items()}, metadata=metadata or {})


def shown_as(mime: str, value: Any) -> NotebookNode:
    """Give a displayed value of one MIME type."""
    return new_output("display_data", {mime: value, "text/plain": "<plain text>"})


def chart(title: str = "Xuất khẩu", alt: str | None = None, **changes: Any) -> NotebookNode:
    """Give a displayed bar chart of two bars, its values stored as plotly stores NumPy arrays."""
    trace = {"type": "bar", "x": ["2017", "2018"], "y": {"dtype": "f8", "bdata": "AAAAAAAA+D8AAAAAAAAEQA=="}}
    layout: dict[str, Any] = {"title": {"text": title}}
    if alt is not None:
        layout["meta"] = {"alt": alt}
    return shown_as(FIGURE_TYPE, {"data": [trace], "layout": layout, "config": {"plotlyServerURL": "https://plot.ly"}} | changes)


def run_record(**changes: Any) -> NotebookNode:
    """Give a code cell whose output is the run record."""
    return code("bc.finish()", shown_as(RECORD_TYPE, RECORD | changes))


def failed_cell(name: str = "ZeroDivisionError", value: str = "division by zero") -> NotebookNode:
    """Give a code cell that ended in an error with a coloured traceback."""
    traceback = ["\x1b[31mTraceback\x1b[39m (most recent call last)", f"{name}: {value}"]
    return code("1 / 0", new_output("error", ename=name, evalue=value, traceback=traceback))


def stream(text: str, name: str = "stdout") -> NotebookNode:
    """Give an output written to the standard output or error."""
    return new_output("stream", name=name, text=text)
