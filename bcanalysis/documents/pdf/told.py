"""A document as the data that ``page.typ`` sets: plain letters, markers already counted, pictures as files."""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import singledispatchmethod
from itertools import groupby
from typing import Any

from bcanalysis.display.table import Cell, Table
from bcanalysis.documents.blocks import Block, Document, Head, Heading, Item, PageBreak, Paragraph, Picture, Text, plain
from bcanalysis.documents.columns import ABOVE, PADDING, Stretch, columns_of, mark_of, notes_of
from bcanalysis.documents.profile import Profile
from bcanalysis.documents.registry import date_line, number_line
from bcanalysis.wording.counting import letter, roman
from bcanalysis.wording.terms import term

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}  # names of files and, for typst, of formats
_LINES, _LETTER = 20, 0.25  # of a low row; mm of a broad letter of 1 pt
_RANKS = ("number", "letter", "dash")  # from high to low


def letters(text: str, keep: str = "") -> str:
    """Give the letters of a text in NFC without control characters; line breaks and tabs become spaces unless kept."""
    spaced = ("".join(" " if letter in "\n\r\t\v\f\x85\u2028\u2029" and letter not in keep else letter) for letter in text)
    shown = (letter for letter in spaced if letter in keep or unicodedata.category(letter) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(shown))


@dataclass
class Teller:
    """Tells a document as data.

    Parameters
    ----------
    document : Document
        The document, its charts drawn.
    layout : Profile
        How it is set.
    show : callable
        What is left of a text when the letters that no typeface has are gone.
    breadth : float
        How much broader than those of Times the letters of the typeface may be.
    pictures : dict
        File names and contents of the pictures met so far.
    """

    document: Document
    layout: Profile
    show: Callable[[str], str] = str
    breadth: float = 1.0
    pictures: dict[str, bytes] = field(default_factory=dict)
    _landscape: bool = False

    def told(self) -> dict[str, Any]:
        """Tell measures, words and document."""
        document, layout, lang = self.document, self.layout, self.document.lang
        words = {key: term(f"official.{key}", lang) for key in ("country", "motto", "addressees", "recipients", "notes")}
        parts = {name: {**asdict(part), "rule_share": part.rule_share} for name, part in layout.parts.items()}
        return {
            "measures": {**asdict(layout), "parts": parts},
            "words": words,
            "document": {
                "lang": lang,
                "title": self.text(document.title),
                "author": self.text(document.head.issuer) if document.head else "",
                "head": self._head(document.head) if document.head else None,
                "blocks": self._blocks(document.blocks),
                "notes": [self.text(note) for note in document.notes],
                "signature": self._texts(asdict(document.signature)) if document.signature else None,
                "annexes": [self._annex(number) for number in range(len(document.annexes))],
            },
        }

    def text(self, text: str) -> str:
        """Give what is shown of a text."""
        return self.show(letters(text))

    def _texts(self, value: Any) -> Any:
        """Give what is shown of all texts in it."""
        if isinstance(value, dict):
            return {name: self._texts(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self._texts(part) for part in value]
        return self.text(value) if isinstance(value, str) else value

    def _head(self, head: Head) -> dict[str, Any]:
        lang = self.document.lang
        lines = {"number": number_line(head, lang), "date": date_line(head, lang)}
        told: dict[str, Any] = self._texts({**asdict(head), **lines})
        return told

    def _annex(self, at: int) -> dict[str, Any]:
        annexes, lang = self.document.annexes, self.document.lang
        name = term("official.annex_numbered", lang, number=roman(at + 1)) if len(annexes) > 1 else term("official.annex", lang)
        annex = annexes[at]
        self._landscape = annex.landscape
        return {
            "name": name,
            "title": self.text(annex.title),
            "landscape": annex.landscape,
            "blocks": self._blocks(annex.blocks, below=1),
        }

    def _blocks(self, blocks: Iterable[Block], below: int = 0) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        depth = below
        for is_item, run in groupby(blocks, lambda block: isinstance(block, Item)):
            if is_item:
                told += self._lists(block for block in run if isinstance(block, Item))
                continue
            for block in run:
                shown = self._block(block)
                if isinstance(block, Heading):
                    if not any(run.get("text", "").strip() for run in shown["text"]):
                        continue  # nothing to be found under
                    # readers of tags want no level left out
                    depth = shown["depth"] = min(block.level + below, depth + 1)
                told.append(shown)
        return told

    def _lists(self, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
        """Tell items that follow each other as lists of one kind, counting on past what stands lower between them."""
        counted: dict[tuple[int, int], int] = {}
        for (level, marker), group in groupby(items, lambda item: (item.level, item.marker)):
            rank = (level, _RANKS.index(marker))
            counted = {other: number for other, number in counted.items() if other <= rank}
            shown = []
            for item in group:
                counted[rank] = counted.get(rank, 0) + 1
                shown.append({"marker": _marker(marker, level, counted[rank]), "text": self._runs(item.text)})
            yield {"is": "list", "items": shown}

    @singledispatchmethod
    def _block(self, block: Any) -> dict[str, Any]:
        raise TypeError(f"document: got a block of the type {type(block).__name__}; expected one that can be set")

    @_block.register
    def _(self, block: Heading) -> dict[str, Any]:
        return {"is": "heading", "level": block.level, "text": self._runs(block.text)}

    @_block.register
    def _(self, block: Paragraph) -> dict[str, Any]:
        if block.role == "code":
            code = self.show(letters(plain(block.text).expandtabs(4), keep="\n"))
            return {"is": "paragraph", "role": "code", "code": code}
        return {"is": "paragraph", "role": block.role, "text": self._runs(block.text)}

    @_block.register
    def _(self, block: Picture) -> dict[str, Any]:
        name = f"{len(self.pictures) + 1}.{ENDINGS[block.mime]}"
        content = b64decode(block.data)
        self.pictures[name] = self.show(content.decode(errors="replace")).encode() if name.endswith("svg") else content
        return {
            "is": "picture",
            "file": f"/{name}",
            "alt": self.text(block.alt).strip() or term("official.picture", self.document.lang),
        }

    @_block.register
    def _(self, block: PageBreak) -> dict[str, Any]:
        return {"is": "break"}

    @_block.register
    def _(self, block: Table) -> dict[str, Any]:
        stand = columns_of(block, self.layout, self.layout.room(landscape=self._landscape), self.breadth)
        return {
            "is": "table",
            "lang": block.lang,
            "title": self.text(block.title),
            "columns": [{"title": self.text(column.title), "numeric": column.numeric} for column in block.columns],
            "whole": all(_is_low(block, stretch, stand.size) for stretch in stand.stretches),
            "padding": {"x": PADDING, "y": ABOVE},
            **asdict(stand),
            "rows": [[self._cell(cell) for cell in row] for row in block.rows],
            "note": self.text(block.note),
            "footnotes": [self.text(footnote) for footnote in block.footnotes],
            "words": {key: term(f"official.{key}", block.lang) for key in ("part_of", "cut")},
        }

    def _cell(self, cell: Cell) -> str | dict[str, Any]:
        text = self.text(cell.text)
        return {"text": text, "mark": self.text(mark_of(cell)), "notes": notes_of(cell)} if cell.mark or cell.notes else text

    def _runs(self, text: Text) -> list[dict[str, Any]]:
        return [
            {"text": self.text(run.text), "bold": run.bold, "italic": run.italic} if run.note is None else {"note": run.note}
            for run in text
        ]


def _is_low(table: Table, stretch: Stretch, size: float) -> bool:
    """Tell whether no row is so high that it might not fit on a page, and has to break."""
    room = [_LINES * wide / (_LETTER * size) for wide in stretch.widths]
    return all(len(row[at].text) <= most for row in table.rows for at, most in zip(stretch.columns, room, strict=True))


def _marker(marker: str, level: int, number: int) -> str:
    if marker == "dash":
        return "-" if level == 1 else "+"
    return f"{letter(number)})" if marker == "letter" else f"{number}."
