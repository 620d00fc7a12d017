"""The HTML exporter: an executed notebook as one page that needs no network."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Int, default

from bcanalysis.reports.exporters.cells import Limits
from bcanalysis.reports.exporters.page import print_page


class ReportExporter(HTMLExporter):
    """Prints an executed notebook as a self-contained report page.

    It is known to nbconvert as ``bcreport``: ``jupyter nbconvert --to bcreport report.ipynb``.

    Parameters
    ----------
    text_characters, table_rows, table_bytes, chart_bytes, page_bytes : int
        How much of the outputs is shown, see `bcanalysis.reports.exporters.cells.Limits`.
    """

    export_from_notebook = "bcanalysis report (HTML)"

    text_characters = Int(Limits.text_characters, help="Characters shown of one text.").tag(config=True)
    table_rows = Int(Limits.table_rows, help="Rows shown of one table.").tag(config=True)
    table_bytes = Int(Limits.table_bytes, help="Bytes shown of the markup of one output.").tag(config=True)
    chart_bytes = Int(Limits.chart_bytes, help="Bytes of the largest chart drawn.").tag(config=True)
    page_bytes = Int(Limits.page_bytes, help="Bytes of a page without plotly.js.").tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "base"  # nbconvert wants a name: this one adds no preprocessors; the page is printed by our own templates

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Print a notebook.

        Parameters
        ----------
        nb : nbformat.NotebookNode
            The executed notebook; it is not changed.
        resources : dict, optional
            What nbconvert knows about the file; ``resources["metadata"]["name"]`` is its name without ending.
        **kw : object
            Handed on to nbconvert, which ignores them.

        Returns
        -------
        tuple of str and dict
            The page and the resources, to which ``title`` and ``status`` of the report are added.
        """
        # Not HTMLExporter's own method: it would read our two megabytes again to add attributes of the lab template.
        prepared, known = Exporter.from_notebook_node(self, nb, resources, **kw)
        limits = Limits(self.text_characters, self.table_rows, self.table_bytes, self.chart_bytes, self.page_bytes)
        page = print_page(prepared, str(known["metadata"].get("name") or ""), limits)
        return page.html, known | {"title": page.title, "status": page.status}


def export_html(nb: NotebookNode, resources: dict[str, Any] | None = None) -> str:
    """Print an executed notebook as a self-contained report page.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed, and nothing in it is computed again.
    resources : dict, optional
        What nbconvert knows about the file, for example ``{"metadata": {"name": "overview"}}``.

    Returns
    -------
    str
        The page. The same notebook always gives the same text.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> page = export_html(new_notebook(cells=[new_markdown_cell("# Báo cáo")]))
    >>> page[page.index("<title>") : page.index("</title>")]
    '<title>Báo cáo'
    """
    exporter = ReportExporter()  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(nb, resources)
    return page
