"""A report in its forms: the page, and what an office files: PDF, Word and Excel, written from what its executed notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nbformat import NotebookNode

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Document
from bcanalysis.documents.profile import profile
from bcanalysis.reports.exporters.document import document_of
from bcanalysis.reports.exporters.facts import facts_of
from bcanalysis.reports.exporters.runs import read_run
from bcanalysis.wording.terms import term

_NEVER = datetime(1980, 1, 1, tzinfo=UTC)  # of a notebook that does not say when it was run


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
    """Write an executed notebook in one form.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed, and nothing in it is computed again.
    file_name : str
        Its name without ending.
    form : {"html", "pdf", "docx", "xlsx"}
        What to write.

    Returns
    -------
    Written
        The file. The same notebook gives the same bytes.
    """
    return {"html": _html, "pdf": _pdf, "docx": _docx, "xlsx": _xlsx}[form](nb, file_name)


def _html(nb: NotebookNode, file_name: str) -> Written:
    from bcanalysis.reports.exporters.page import print_page

    return Written(print_page(nb, file_name).html.encode())


def _pdf(nb: NotebookNode, file_name: str) -> Written:
    from bcanalysis.documents.pdf import write_pdf
    from bcanalysis.documents.pictures.draw import drawn

    document = document_of(nb, file_name)
    layout = profile(document.profile)
    made = write_pdf(drawn(document, "image/svg+xml"), layout, made=_moment(nb))
    asked = layout.family
    notes = () if made.font == asked else (term("documents.other_font", document.lang, asked=asked, used=made.font),)
    return Written(made.content, notes)


def _docx(nb: NotebookNode, file_name: str) -> Written:
    from bcanalysis.documents.pictures.draw import drawn
    from bcanalysis.documents.word.write import write_docx

    document = document_of(nb, file_name)
    return Written(write_docx(drawn(document, "image/png"), profile(document.profile)))


def _xlsx(nb: NotebookNode, file_name: str) -> Written:
    return Written(write_tables([(nb, file_name)]))


def write_tables(reports: Sequence[tuple[NotebookNode, str]], title: str = "") -> bytes:
    """Write the tables of reports as one workbook.

    Parameters
    ----------
    reports : sequence of (nbformat.NotebookNode, str)
        Executed notebooks, and their names without ending; at least one.
    title : str
        Title of the workbook; by default that of the first report.

    Returns
    -------
    bytes
        The workbook: cover, contents, notes, and a sheet for each table.
    """
    from bcanalysis.documents.excel.workbook import About, Sheet, write_workbook

    documents = [document_of(nb, name) for nb, name in reports]
    facts = [facts_of(nb, read_run(nb), document.title, name) for (nb, name), document in zip(reports, documents, strict=True)]
    sheets = [Sheet(table.title, table, document.title) for document in documents for table in _tables(document)]
    first = reports[0][0]
    record = read_run(first).record or {}
    about = About(
        title=title or documents[0].title,
        period=", ".join(dict.fromkeys(one.period for one in facts if one.period)),
        area=", ".join(dict.fromkeys(one.area for one in facts if one.area)),
        made=max(filter(None, (_moment(nb) for nb, _ in reports)), default=_NEVER),
        versions={str(name): str(version) for name, version in dict(record.get("versions") or {}).items()},
        notes=tuple(dict.fromkeys(failure for one in facts for failure in one.failures)),
    )
    return write_workbook(sheets, about, documents[0].lang)


def _tables(document: Document) -> Iterator[Table]:
    """Give the tables of a document, those of its annexes after those of its body."""
    for blocks in (document.blocks, *(annex.blocks for annex in document.annexes)):
        yield from (block for block in blocks if isinstance(block, Table))


def _moment(nb: NotebookNode) -> datetime | None:
    """Give the moment of the run, for a document says when it was made."""
    told = (read_run(nb).record or {}).get("executed_at")
    try:
        return None if told is None else datetime.fromisoformat(str(told))
    except ValueError:
        return None
