"""A document as HTML for a page of analysis: semantic, without styles; charts leave their words and are shown beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Block, Chart, Document, Head, Heading, Item, PageBreak, Paragraph, Picture, Run, Text
from bcanalysis.documents.registry import date_line, number_line
from bcanalysis.wording.counting import letter
from bcanalysis.wording.terms import term

_TOP = 2  # the page's own title is its h1
_LAST = 6


def to_html(document: Document) -> str:
    """Write a document as HTML.

    Parameters
    ----------
    document : Document
        What to write.

    Returns
    -------
    str
        One ``div``, in the order of the document: head, body, signature, notes, annexes.

    Examples
    --------
    >>> to_html(Document("Báo cáo", "vi", (Paragraph((Run("Đạt "), Run("27,6%", bold=True))),)))
    '<div class="bc-document" lang="vi"><div><h2>Báo cáo</h2></div><p>Đạt <strong>27,6%</strong></p></div>'
    """
    parts = [_head(document), *_body(document.blocks, document.lang), _signature(document), _notes(document)]
    for annex in document.annexes:
        parts += [f"<section><h{_TOP}>{escape(annex.title)}</h{_TOP}>", *_body(annex.blocks, document.lang), "</section>"]
    return f'<div class="bc-document" lang="{escape(document.lang)}">{"".join(parts)}</div>'


def _head(document: Document) -> str:
    title = f"<h{_TOP}>{escape(document.title)}</h{_TOP}>"
    head = document.head
    if head is None:
        return f"<div>{title}</div>"
    lang = document.lang
    left = _p(head.superior) + _p(head.issuer, "strong") + _p(number_line(head, lang))
    right = "".join(_p(term(f"official.{words}", lang), "strong") for words in ("country", "motto")) + _p(
        date_line(head, lang), "em"
    )
    above = f'<div class="official-head"><div>{left}</div><div>{right}</div></div>{_p(head.kind, "strong")}'
    return f'<div class="official">{above}{title}{_addressees(head, lang)}</div>'


def _addressees(head: Head, lang: str) -> str:
    """Write one addressee on a line, several as a list."""
    to = term("official.addressees", lang)
    if len(head.addressees) < 2:
        return "".join(_p(f"{to} {name}") for name in head.addressees)
    return _p(to) + "<ul>" + "".join(f"<li>{escape(name)}</li>" for name in head.addressees) + "</ul>"


def _p(line: str, look: str = "") -> str:
    return f"<p><{look}>{escape(line)}</{look}></p>" if look else f"<p>{escape(line)}</p>"


def _signature(document: Document) -> str:
    signature = document.signature
    if signature is None:
        return ""
    recipients = "".join(f"<li>{escape(line)}</li>" for line in signature.recipients)
    lines = "".join(f"<p>{escape(line)}</p>" for line in (signature.authority, signature.title, signature.name) if line)
    return f"<div>{lines}<p>{escape(term('outline.recipients', document.lang))}</p><ul>{recipients}</ul></div>"


def _notes(document: Document) -> str:
    items = "".join(f'<li id="doc-note-{number}">{escape(note)}</li>' for number, note in enumerate(document.notes, 1))
    return f'<ol class="footnotes">{items}</ol>' if items else ""


def _body(blocks: Sequence[Block], lang: str) -> Iterator[str]:
    for kind, group in groupby(blocks, lambda block: block.marker if isinstance(block, Item) else ""):
        run = list(group)
        items = [block for block in run if isinstance(block, Item)]
        if kind == "dash":
            yield _list(items, lang)
        elif kind:
            yield from (f"<p>{_sign(kind, count)}{_text(item.text, lang)}</p>" for count, item in enumerate(items, 1))
        else:
            yield from (_block(block, lang) for block in run)


def _list(items: Sequence[Item], lang: str) -> str:
    """Write items with dashes as lists, the second level inside the item above it."""
    html, depth = "", 0
    for item in items:
        while depth > item.level:
            html, depth = html + "</li></ul>", depth - 1
        html += "</li>" if depth == item.level else ""
        while depth < item.level:
            html, depth = html + ("<ul>" if depth + 1 == item.level else "<ul><li>"), depth + 1
        html += f"<li>{_text(item.text, lang)}"
    return html + "</li></ul>" * depth


def _sign(marker: str, count: int) -> str:
    """Write out a letter or a number: no list of HTML counts with đ."""
    return f"{letter(count)}) " if marker == "letter" else f"{count}. "


def _block(block: Block, lang: str) -> str:
    if isinstance(block, Heading):
        level = min(_TOP + block.level, _LAST)
        return f"<h{level}>{_text(block.text, lang)}</h{level}>"
    if isinstance(block, Paragraph):
        if block.role == "code":
            return f"<pre>{_text(block.text, lang)}</pre>"
        return f"<p>{_text(block.text, lang)}</p>" if block.role != "basis" else f"<p><em>{_text(block.text, lang)}</em></p>"
    if isinstance(block, Table):
        return block._repr_html_()
    if isinstance(block, Chart):
        caption = escape(term("outline.chart", lang, title=block.title))
        return f"<figure><figcaption>{caption}</figcaption><p>{escape(block.alt)}</p></figure>"
    if isinstance(block, Picture):
        return f'<img src="data:{block.mime};base64,{block.data}" alt="{escape(block.alt)}">'
    assert isinstance(block, PageBreak)  # noqa: S101 (the last kind there is)
    return "<hr>"


def _text(text: Text, lang: str) -> str:
    return "".join(_run(run, lang) for run in text)


def _run(run: Run, lang: str) -> str:
    if run.note is not None:
        label = escape(term("display.table.footnote", lang, number=run.note))
        return f'<sup><a href="#doc-note-{run.note}" aria-label="{label}">{run.note}</a></sup>'
    html = escape(run.text)
    html = f"<strong>{html}</strong>" if run.bold else html
    return f"<em>{html}</em>" if run.italic else html
