"""What a page shows of each cell of a notebook, from its fullest form to a note that it is left out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from bcanalysis.display.quotes import marked
from bcanalysis.display.table import Table
from bcanalysis.reports import FORM_TYPE, RECORD_TYPE
from bcanalysis.reports.exporters.charts import FIGURE_TYPE, Chart, Sheet, is_figure, number, read_chart
from bcanalysis.reports.exporters.figures import add_numbers, house_table, origins_of
from bcanalysis.reports.exporters.fragments import (
    Anchors,
    Heading,
    body_rows,
    cut_rows,
    drop_last_row,
    finish,
    looks_like_a_number,
    safe_tree,
    slug,
    take_title,
)
from bcanalysis.reports.exporters.runs import error_text
from bcanalysis.reports.exporters.stable import stable_markup, stable_text
from bcanalysis.reports.exporters.terminal import plain_text
from bcanalysis.reports.templates import template
from bcanalysis.wording.terms import LANGUAGES, term

_COMMENT = re.compile(r"(?<=# )[^#\n]*[^#\s\x00-\x7f][^#\n]*")  # comments of the parameters are in Vietnamese
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
IMAGE_TYPES = ("image/svg+xml", "image/png", "image/jpeg")


@dataclass(frozen=True)
class Limits:
    """How much of the outputs a page shows before it points to the notebook instead.

    Parameters
    ----------
    text_characters : int
        Characters of one text.
    table_rows : int
        Rows of one table.
    table_bytes : int
        Bytes of the markup of one output.
    chart_bytes : int
        Bytes of the JSON of one chart.
    page_bytes : int
        Bytes of the page, plotly.js (0.5 MB, or 2.0 MB where a page needs the whole of it) not counted.
    """

    text_characters: int = 20_000
    table_rows: int = 500
    table_bytes: int = 200_000
    chart_bytes: int = 500_000
    page_bytes: int = 240_000


@dataclass(frozen=True)
class Form:
    """One way to show a part of the notebook.

    Parameters
    ----------
    html : markupsafe.Markup
        The markup.
    headings : tuple of Heading
        The headings in it.
    draws : frozenset of str
        Kinds of the traces plotly.js is to draw in it; empty where it has nothing to draw.
    """

    html: Markup
    headings: tuple[Heading, ...] = ()
    draws: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """The markup's length in bytes."""
        return len(self.html.encode())


@dataclass(frozen=True)
class Part:
    """A part of the notebook and the ways to show it.

    Parameters
    ----------
    forms : tuple of Form
        The fullest first; the last one is short and always shown if no other has room.
    is_output : bool
        False for words and code, which come before outputs when room is short.
    """

    forms: tuple[Form, ...]
    is_output: bool = True


@dataclass
class Reader:
    """Reads the cells of one notebook in their order.

    Parameters
    ----------
    lang : {"vi", "en"}
        Language of the page.
    file_name : str
        Name of the notebook without ``.ipynb``; may be empty.
    limits : Limits
        How much to show.
    anchors : Anchors
        The ids that are taken; those of the cells are added.
    title : str
        The first main heading, once it was met.
    """

    lang: str
    file_name: str
    limits: Limits
    anchors: Anchors
    title: str = ""
    _counts: dict[str, int] = field(default_factory=dict)

    def parts(self, cell: NotebookNode, position: int) -> Iterator[Part]:
        """Give what is to be shown of a cell.

        Parameters
        ----------
        cell : nbformat.NotebookNode
            The cell.
        position : int
            Its position in the notebook, from 0.

        Yields
        ------
        Part
            Its words or code, then its outputs.
        """
        tags = set(cell.metadata.get("tags", []))
        other_languages = {f"lang-{lang}" for lang in LANGUAGES if lang != self.lang}
        if "papermill-error-cell-tag" in tags or not cell.source.strip():
            return
        if cell.cell_type == "markdown" and not tags & other_languages:
            prose = self._markup(markdown_html(cell.source, cell.get("attachments")), may_hold_title=True)
            yield Part((prose, self._note("cut_output")), is_output=False)
        if cell.cell_type == "code":
            yield Part((self._code(cell), self._note("cut_output")), is_output=False)
            if cell.execution_count is None and not cell.outputs:
                yield Part((self._note("not_run"),), is_output=False)
            for output in cell.outputs:
                yield from self._output(output, position)

    def _output(self, output: NotebookNode, position: int) -> Iterator[Part]:
        if output.output_type == "error":
            anchor = anchor_of_cell(position)
            yield Part((self._error(output, anchor), self._error(output, anchor, with_traceback=False)))
        elif output.output_type == "stream":
            yield Part((self._stream(output), self._note("cut_output")))
        elif output.data and not {RECORD_TYPE, FORM_TYPE} & set(output.data):
            forms = self._data(output)
            yield Part((*forms, self._note("cut_output")) if forms else (self._note("not_shown"),))

    def _data(self, output: NotebookNode) -> tuple[Form, ...]:
        """Show the richest of the representations of a value."""
        data: Mapping[str, Any] = output.data
        if is_figure(data.get(FIGURE_TYPE)):
            return self._chart(read_chart(data[FIGURE_TYPE], self.lang))
        table = house_table(data)
        if table is not None:
            return self._table(table)
        if "text/html" in data:
            return (self._markup(stable_markup(joined(data["text/html"]))),)
        for kind in IMAGE_TYPES:
            if kind in data:
                return (self._image(kind, joined(data[kind]), output.get("metadata", {})),)
        if "text/markdown" in data:
            return (self._markup(markdown_html(joined(data["text/markdown"]))),)
        return (self._text("text", stable_text(joined(data["text/plain"]))),) if "text/plain" in data else ()

    def _table(self, table: Table) -> tuple[Form, ...]:
        """Show a table of ours with the numbers behind it, and how they came about where there is room for that too."""
        tree, cut = self._readable(table._repr_html_())
        element = next(iter(tree.find_all("table")))
        add_numbers(element, table)
        origins = tuple(origins_of(table, len(body_rows(element))))
        html, headings = finish(tree, self.anchors, self.lang)
        word = partial(page_word, self.lang)
        show = partial(_block, "markup", html=html, cut=self._cut("cut_table") if cut else "", word=word)
        plain = Form(show(), headings)
        told = partial(_marked, quoted=table.quotes)
        return (Form(show(origins=origins, told=told), headings), plain) if origins else (plain,)

    def _markup(self, markup: str, *, may_hold_title: bool = False) -> Form:
        tree, cut = self._readable(markup)
        if may_hold_title and not self.title:
            self.title = take_title(tree)
        html, headings = finish(tree, self.anchors, self.lang)
        return Form(_block("markup", html=html, cut=self._cut("cut_table") if cut else ""), headings)

    def _readable(self, markup: str) -> tuple[BeautifulSoup, bool]:
        """Give harmless markup, and whether something of it had to be cut."""
        most = self.limits.table_bytes
        too_long = len(markup.encode()) > most
        tree = safe_tree(markup.encode()[:most].decode(errors="ignore") if too_long else markup)
        if too_long:
            drop_last_row(tree)
        return tree, cut_rows(tree, self.limits.table_rows) or too_long

    def _code(self, cell: NotebookNode) -> Form:
        comments = () if self.lang == LANGUAGES[0] else tuple(_COMMENT.findall(cell.source))
        return self._text("code", cell.source, number=self._next("code"), html=partial(_marked, quoted=comments))

    def _stream(self, output: NotebookNode) -> Form:
        return self._text("warnings" if output.name == "stderr" else "text", stable_text(joined(output.text)))

    def _text(self, block: str, text: str, **values: object) -> Form:
        most = self.limits.text_characters
        clean = plain_text(text)
        cut = self._cut("cut_text", count=number(most, self.lang)) if len(clean) > most else ""
        return Form(_block(block, word=partial(page_word, self.lang), text=clean[:most], cut=cut, **values))

    def _error(self, output: NotebookNode, anchor: str, *, with_traceback: bool = True) -> Form:
        traceback = "\n".join(output.get("traceback", [])) if with_traceback else ""
        return self._text("error", stable_text(plain_text(traceback)), error=error_text(output), anchor=anchor)

    def _image(self, kind: str, content: str, metadata: Mapping[str, Any]) -> Form:
        own = metadata.get(kind)
        alternative = (own.get("alt") if isinstance(own, Mapping) else None) or metadata.get("alt")
        alternative = alternative or page_word(self.lang, "image", number=self._next("image"))
        if kind == "image/svg+xml":
            content = b64encode(content.encode()).decode()
        if not _BASE64.fullmatch(content):
            return self._note("not_shown")
        return Form(_block("image", kind=kind, content="".join(content.split()), alternative=alternative))

    def _chart(self, chart: Chart) -> tuple[Form, ...]:
        position = self._next("chart")
        name = chart.title or page_word(self.lang, "chart", number=position)
        if not chart.alternative and chart.sheet:
            chart = replace(chart, alternative=self._described(chart.sheet))
        show = partial(
            _block,
            "chart",
            word=partial(page_word, self.lang),
            name=name,
            region=self.anchors.name_table(name, self.lang),
            chart=chart,
            anchor=self.anchors.claim(f"c-{slug(chart.title)[:60].strip('-')}" if chart.title else f"chart-{position}"),
            sheet=self._cut_sheet(chart.sheet),
            is_number=looks_like_a_number,
        )
        cut_sheet = self._cut("cut_table") if chart.sheet and len(chart.sheet.rows) > self.limits.table_rows else ""
        drawn = Form(show(cut="", cut_sheet=cut_sheet), draws=chart.kinds)
        listed = Form(show(cut=self._cut("cut_chart"), cut_sheet=cut_sheet))
        fits = len(chart.json.encode()) <= self.limits.chart_bytes
        return (drawn, listed) if fits else (listed,)

    def _described(self, sheet: Sheet) -> str:
        """Say in words what a chart draws whose maker has not said it."""
        first, last = sheet.rows[0][0], sheet.rows[-1][0]
        columns = ", ".join(sheet.columns)
        return page_word(
            self.lang, "chart_described", columns=columns, count=number(len(sheet.rows), self.lang), first=first, last=last
        )

    def _cut_sheet(self, sheet: Sheet | None) -> Sheet | None:
        return replace(sheet, rows=sheet.rows[: self.limits.table_rows]) if sheet else None

    def _note(self, key: str) -> Form:
        return Form(_block("note", text=self._cut(key)))

    def _cut(self, key: str, **values: object) -> str:
        rows = number(self.limits.table_rows, self.lang)
        return page_word(self.lang, key, file=f"{self.file_name or '*'}.ipynb", rows=rows, **values)

    def _next(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]


def page_word(lang: str, key: str, **values: object) -> str:
    """Give the words around a page.

    Parameters
    ----------
    lang : {"vi", "en"}
        Language.
    key : str
        Key of the group ``page``.
    **values : object
        Fill the places of the text.

    Returns
    -------
    str
        The words.
    """
    return term(f"page.{key}", lang, **values)


def anchor_of_cell(position: int) -> str:
    """Give the id under which the error of a cell is found.

    Parameters
    ----------
    position : int
        Position of the cell in the notebook, from 0.

    Returns
    -------
    str
        The id.
    """
    return f"cell-{position + 1}"


def _marked(text: str, quoted: Sequence[str]) -> Markup:
    return Markup(marked(text, quoted))  # noqa: S704 (marked escapes)


def _block(macro: str, /, **values: object) -> Markup:
    fill = getattr(template("blocks.html.j2").module, macro)
    return Markup(fill(**values))  # noqa: S704


def markdown_html(source: str, attachments: dict[str, dict[str, str]] | None = None) -> str:
    """Render Markdown as Jupyter does.

    Parameters
    ----------
    source : str
        The Markdown.
    attachments : dict, optional
        Pictures of the cell by name and MIME type.

    Returns
    -------
    str
        HTML, not yet harmless.
    """
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def joined(value: object) -> str:
    """Join a text that a notebook stores as a list of lines.

    Parameters
    ----------
    value : str or list of str
        The text.

    Returns
    -------
    str
        One text.
    """
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
