"""The exporters of documents as nbconvert knows them: ``jupyter nbconvert --to bcpdf report.ipynb``, and bcdocx, bcxlsx."""

from __future__ import annotations

from typing import Any, ClassVar

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from bcanalysis.reports.exporters.forms import write


class _DocumentExporter(Exporter):
    """Writes an executed notebook as a document; nothing is computed again."""

    form: ClassVar[str]

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return f".{self.form}"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Write a notebook.

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
        tuple of bytes and dict
            The document and the resources.
        """
        prepared, known = super().from_notebook_node(nb, resources, **kw)
        written = write(prepared, str(known["metadata"].get("name") or ""), self.form)
        for note in written.notes:
            self.log.warning(note)
        return written.content, known


class PdfExporter(_DocumentExporter):
    """Known to nbconvert as ``bcpdf``."""

    export_from_notebook = "bcanalysis report (PDF)"
    output_mimetype = "application/pdf"
    form = "pdf"


class DocxExporter(_DocumentExporter):
    """Known to nbconvert as ``bcdocx``."""

    export_from_notebook = "bcanalysis report (Word)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    form = "docx"


class XlsxExporter(_DocumentExporter):
    """Known to nbconvert as ``bcxlsx``."""

    export_from_notebook = "bcanalysis report (Excel)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    form = "xlsx"
