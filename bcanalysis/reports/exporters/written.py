"""A report in the forms an office files: PDF, Word and Excel, written from what its executed notebook shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbformat import NotebookNode

from bcanalysis.documents.profile import profile
from bcanalysis.reports.exporters.document import document_of
from bcanalysis.reports.exporters.runs import read_run
from bcanalysis.wording.terms import term


@dataclass(frozen=True)
class Written:
    """A report in one form.

    Parameters
    ----------
    content : bytes
        The file.
    notes : tuple of str
        What was not as asked for, such as a typeface that stands in for another.
    """

    content: bytes
    notes: tuple[str, ...] = ()


def write(nb: NotebookNode, file_name: str, form: str) -> Written:
    """Write an executed notebook as a document.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed, and nothing in it is computed again.
    file_name : str
        Its name without ending.
    form : {"pdf", "docx", "xlsx"}
        What to write.

    Returns
    -------
    Written
        The file. The same notebook gives the same bytes.
    """
    return {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}[form](nb, file_name)


def _pdf(nb: NotebookNode, file_name: str) -> Written:
    from bcanalysis.documents.pdf import write_pdf
    from bcanalysis.documents.pictures import drawn

    layout = profile()
    document = document_of(nb, file_name)
    made = write_pdf(drawn(document, "image/svg+xml"), layout, made=_moment(nb))
    asked = layout.family
    notes = () if made.font == asked else (term("documents.other_font", document.lang, asked=asked, used=made.font),)
    return Written(made.content, notes)


def _docx(nb: NotebookNode, file_name: str) -> Written:
    from bcanalysis.documents.docx import write_docx
    from bcanalysis.documents.pictures import drawn

    return Written(write_docx(drawn(document_of(nb, file_name), "image/png"), profile()))


def _xlsx(nb: NotebookNode, file_name: str) -> Written:
    return Written(write_tables([(nb, file_name)]))


def write_tables(reports: Sequence[tuple[NotebookNode, str]]) -> bytes:
    """Write the tables of reports as one workbook.

    Parameters
    ----------
    reports : sequence of (nbformat.NotebookNode, str)
        Executed notebooks, and their names without ending.

    Returns
    -------
    bytes
        The workbook.
    """
    from bcanalysis.documents.xlsx import write_workbook

    sheets = [sheet for nb, name in reports for sheet in sheets_of(nb, name)]
    first, name = reports[0]
    return write_workbook(sheets, _about(first, name, len(reports)), read_run(first).lang)


def _about(nb: NotebookNode, file_name: str, count: int) -> dict[str, Any]:
    raise NotImplementedError


def _moment(nb: NotebookNode) -> datetime | None:
    """Give the moment of the run, for a document says when it was made."""
    told = (read_run(nb).record or {}).get("executed_at")
    try:
        return None if told is None else datetime.fromisoformat(str(told))
    except ValueError:
        return None
