"""Harmless HTML as the blocks of a document: words, lists, tables, pictures; what is none of these becomes its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Block, Heading, Item, Paragraph, Picture, Run, Text
from bcanalysis.reports.exporters.fragments import looks_like_a_number

_HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 4}  # the title of the page is no heading of its document
_HOLDERS = {"div", "section", "article", "main", "body", "html", "[document]", "figure", "details", "blockquote", "center"}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite"}
_INLINE_IMAGE = re.compile(r"data:(image/(?:png|jpeg|svg\+xml));base64,(.+)", re.DOTALL)


def blocks_of(tree: BeautifulSoup, lang: str) -> list[Block]:
    """Read the blocks of a safe tree.

    Parameters
    ----------
    tree : bs4.BeautifulSoup
        What `bcanalysis.reports.exporters.fragments.safe_tree` gives.
    lang : {"vi", "en"}
        Language of its tables.

    Returns
    -------
    list of Block
        In reading order.
    """
    return list(_blocks(tree.children, lang))


def _blocks(nodes: Iterable[object], lang: str) -> Iterator[Block]:
    for is_block, group in groupby(nodes, key=_is_block):
        if not is_block:
            text = _text(group)
            if text:
                yield Paragraph(text)
            continue
        for node in group:
            assert isinstance(node, Tag)  # noqa: S101  (what is no tag is no block)
            yield from _block(node, lang)


def _is_block(node: object) -> bool:
    return isinstance(node, Tag) and (
        node.name in _HEADINGS or node.name in _HOLDERS or node.name in {"p", "ul", "ol", "table", "pre", "img", "hr", "dl"}
    )


def _block(tag: Tag, lang: str) -> Iterator[Block]:
    if tag.name in _HEADINGS:
        yield Heading(_text(tag.children), _HEADINGS[tag.name])
    elif tag.name == "p":
        yield from (block for image in tag.find_all("img") for block in _picture(image))
        text = _text(tag.children)
        if text:
            yield Paragraph(text)
    elif tag.name in {"ul", "ol"}:
        yield from _items(tag, 1)
    elif tag.name == "table":
        yield _table(tag, lang)
    elif tag.name == "pre":
        yield Paragraph((Run(tag.get_text().strip("\n")),), "code")
    elif tag.name == "img":
        yield from _picture(tag)
    else:
        yield from _blocks(tag.children, lang)


def _items(tag: Tag, level: int) -> Iterator[Item]:
    marker = "number" if tag.name == "ol" else "dash"
    for item in tag.find_all("li", recursive=False):
        inner = [child for child in item.children if not (isinstance(child, Tag) and child.name in {"ul", "ol"})]
        yield Item(_text(inner), min(level, 2), marker)  # type: ignore[arg-type]
        for child in item.find_all(["ul", "ol"], recursive=False):
            yield from _items(child, level + 1)


def _picture(tag: Tag) -> Iterator[Picture]:
    found = _INLINE_IMAGE.fullmatch(str(tag.get("src", "")))
    if found:
        yield Picture("".join(found[2].split()), found[1], str(tag.get("alt", "")))


def _table(tag: Tag, lang: str) -> Table:
    rows = [[_words(cell) for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")]
    caption = tag.find("caption")
    width = max((len(row) for row in rows), default=1)
    heads = len(tag.find_all("tr")) - len(tag.select("tbody > tr")) if tag.find("thead") else 0
    names = [" ".join(filter(None, column)) for column in zip(*(_padded(row, width) for row in rows[:heads]), strict=True)]
    body = [_padded(row, width) for row in rows[heads:]]
    numeric = [
        bool(body) and place > 0 and all(looks_like_a_number(row[place]) or not row[place] for row in body)
        for place in range(width)
    ]
    return Table(
        title=_words(caption) if isinstance(caption, Tag) else "",
        columns=tuple(Column(name, is_numeric) for name, is_numeric in zip(names or [""] * width, numeric, strict=True)),
        rows=tuple(tuple(Cell(text) for text in row) for row in body),
        lang=lang,
    )


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _text(nodes: Iterable[object]) -> Text:
    """Give the runs of inline nodes: spaces closed up, neighbours that look alike joined."""
    runs: list[Run] = []
    for letters, bold, italic in _letters(nodes, bold=False, italic=False):
        letters = re.sub(r"\s+", " ", letters)
        if not runs or runs[-1].text.endswith(" "):
            letters = letters.lstrip(" ")
        if letters and runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
            runs[-1] = Run(runs[-1].text + letters, bold, italic)
        elif letters:
            runs.append(Run(letters, bold, italic))
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].bold, runs[-1].italic)
    return tuple(run for run in runs if run.text)


def _letters(nodes: Iterable[object], *, bold: bool, italic: bool) -> Iterator[tuple[str, bool, bool]]:
    for node in nodes:
        if isinstance(node, NavigableString):
            yield str(node), bold, italic
        elif isinstance(node, Tag) and node.name == "br":
            yield " ", bold, italic
        elif isinstance(node, Tag):
            yield from _letters(node.children, bold=bold or node.name in _BOLD, italic=italic or node.name in _ITALIC)
