"""An executed notebook as a document: the official one it carries, or else what its cells show, in their order."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from bcanalysis.display.table import TABLE_TYPE, table_of
from bcanalysis.documents import DOCUMENT_TYPE
from bcanalysis.documents.blocks import Block, Chart, Document, Heading, Item, Paragraph, Picture, Run
from bcanalysis.documents.stored import from_json
from bcanalysis.reports import FORM_TYPE, RECORD_TYPE
from bcanalysis.reports.exporters.cells import IMAGE_TYPES, joined, markdown_html
from bcanalysis.reports.exporters.charts import FIGURE_TYPE, is_figure, read_chart
from bcanalysis.reports.exporters.facts import Facts, facts_of
from bcanalysis.reports.exporters.fragments import safe_tree, take_title
from bcanalysis.reports.exporters.markup import blocks_of
from bcanalysis.reports.exporters.runs import Run as NotebookRun
from bcanalysis.reports.exporters.runs import error_text, read_run
from bcanalysis.reports.exporters.stable import stable_markup, stable_text
from bcanalysis.reports.exporters.terminal import plain_text
from bcanalysis.reports.status import UNFINISHED
from bcanalysis.wording.terms import LANGUAGES, term

_LONGEST_TEXT = 20_000  # letters of one output; the page cuts at the same


def document_of(nb: NotebookNode, file_name: str = "") -> Document:
    """Read a document from an executed notebook; nothing is computed again.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed.
    file_name : str
        Its name without ending, the last resort for a title.

    Returns
    -------
    Document
        The official document, where a run that ended well shows one; else the notebook's words, tables and charts. A run that did
        not end well says so first, in every form.
    """
    run = read_run(nb)
    official = _official(nb) if run.status == "ok" else None
    if official is not None:
        return official
    title, blocks = "", []
    for cell in nb.cells:
        found, heading = _cell(cell, run)
        title = title or heading
        blocks += found
    facts = facts_of(nb, run, title, file_name)
    shown = [] if run.status == "no_data" else blocks
    return Document(
        title=term(f"page.title_{run.status}", run.lang, title=facts.title) if run.status in UNFINISHED else facts.title,
        lang=run.lang,
        blocks=(*_opening(facts, run), *shown, *_closing(facts, run)),
    )


def _official(nb: NotebookNode) -> Document | None:
    return next((from_json(output.data[DOCUMENT_TYPE]) for output in _outputs(nb) if DOCUMENT_TYPE in output.get("data", {})), None)


def _outputs(nb: NotebookNode) -> Iterator[NotebookNode]:
    return (output for cell in nb.cells for output in cell.get("outputs", []))


def _opening(facts: Facts, run: NotebookRun) -> Iterator[Block]:
    about = ", ".join(filter(None, (facts.area, facts.period)))
    if about:
        yield _said(about, italic=True)
    for failure in facts.failures:
        yield _said(failure, bold=True)
    if facts.failures:
        yield _said(term("page.failed_advice", run.lang), bold=True)
    if run.status == "no_data":
        yield _said(facts.nothing, bold=True)
        if facts.missing:
            yield Heading((Run(term("page.missing", run.lang)),), 1)
            yield from (Item((Run(label),)) for label in facts.missing)
        if facts.more_missing:
            yield _said(term("page.missing_more", run.lang, count=facts.more_missing))
        if facts.how_to_add:
            yield Heading((Run(facts.how),), 1)
            yield from (_said(line) for line in facts.how_to_add.splitlines() if line.strip())


def _closing(facts: Facts, run: NotebookRun) -> Iterator[Block]:
    """Say where the figures come from; when is left to the page, so that the same figures make the same document."""
    yield Heading((Run(term("page.run", run.lang)),), 1)
    if run.record is None:
        yield _said(term("page.run_unknown", run.lang))
    for file in facts.files:
        yield Item((Run(f"{file.get('name', '')}: SHA-256 {file.get('sha256', '')}"),))


def _said(text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold=bold, italic=italic),), "note" if italic else "body")


def _cell(cell: NotebookNode, run: NotebookRun) -> tuple[list[Block], str]:
    """Give the blocks of a cell, and its main heading, which is the title of the first that has one."""
    tags = set(cell.metadata.get("tags", []))
    other_languages = {f"lang-{lang}" for lang in LANGUAGES if lang != run.lang}
    if "papermill-error-cell-tag" in tags or not cell.source.strip():
        return [], ""
    if cell.cell_type == "markdown" and not tags & other_languages:
        tree = safe_tree(markdown_html(cell.source, cell.get("attachments")))
        title = take_title(tree)
        return blocks_of(tree, run.lang), title
    return [block for output in cell.get("outputs", []) for block in _output(output, run.lang)], ""


def _output(output: NotebookNode, lang: str) -> list[Block]:
    if output.output_type == "error":
        return [_said(error_text(output), bold=True)]
    if output.output_type == "stream":
        return [_code(joined(output.text))] if output.name == "stdout" else []
    return [] if {RECORD_TYPE, FORM_TYPE} & set(output.data) else _value(output.data, output.get("metadata", {}), lang)


def _value(data: Mapping[str, Any], metadata: Mapping[str, Any], lang: str) -> list[Block]:
    """Give the richest of the representations of a value that a document can hold."""
    if TABLE_TYPE in data:
        return [table_of(data[TABLE_TYPE])]
    if is_figure(data.get(FIGURE_TYPE)):
        figure = data[FIGURE_TYPE]
        chart = read_chart(figure, lang)
        return [Chart({"data": figure["data"], "layout": figure.get("layout", {})}, chart.title, chart.alternative)]
    if "text/html" in data:
        return blocks_of(safe_tree(stable_markup(joined(data["text/html"]))), lang)
    for kind in IMAGE_TYPES:
        if kind in data:
            content = joined(data[kind])
            encoded = b64encode(content.encode()).decode() if kind == "image/svg+xml" else "".join(content.split())
            own = metadata.get(kind)
            return [
                Picture(encoded, kind, str((own.get("alt") if isinstance(own, Mapping) else None) or metadata.get("alt") or ""))
            ]
    if "text/markdown" in data:
        return blocks_of(safe_tree(markdown_html(joined(data["text/markdown"]))), lang)
    return [_code(joined(data["text/plain"]))] if "text/plain" in data else []


def _code(text: str) -> Paragraph:
    return Paragraph((Run(stable_text(plain_text(text))[:_LONGEST_TEXT].rstrip("\n")),), "code")
