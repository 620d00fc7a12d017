"""Fill an outline with the figures on file: the analyst's words stay as they are, the figures come from the data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from bcanalysis.comparison.compare import headlines
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.prose import sentences
from bcanalysis.display.tables import table_comparison
from bcanalysis.documents.annex import figures_annex
from bcanalysis.documents.blocks import Annex, Block, Chart, Document, Head, Heading, Item, Paragraph, Run, Signature, Text, plain
from bcanalysis.documents.outline.figures import Figures
from bcanalysis.documents.outline.model import Directive, Faults, Front, Mark, Name, Outline, OutlineError, Passage, Words
from bcanalysis.documents.outline.typed import TypedFigures
from bcanalysis.errors import nearest
from bcanalysis.wording.terms import term


def fill(outline: Outline, dataset: Dataset) -> Document:
    """Make the document of an outline.

    Parameters
    ----------
    outline : Outline
        The analyst's text, as :func:`bcanalysis.documents.outline.read.read_outline` gives it.
    dataset : Dataset
        The figures.

    Returns
    -------
    Document
        The text with its figures; notes say where a figure is contradicted by another one or read as corrected.

    Raises
    ------
    OutlineError
        If the outline has faults, in its writing or in its figures; the error lists all of them.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> from bcanalysis.dataset.locate import find_data
    >>> from bcanalysis.documents.outline.read import read_outline
    >>> document = fill(read_outline(find_data() / "outlines" / "2018H1.md"), bc.load())
    >>> document.head.symbol, document.head.month, document.head.year
    ('BC-SCT', 6, 2018)
    """
    faults = Faults(outline.file, outline.faults)
    front = outline.front
    areas = list(dataset["areas"]["code"])
    if front is not None and front.area not in areas:
        place = front.places["area"]
        faults.add(place, f'the area "{front.area}"', "a code of areas.csv", nearest(front.area, areas))
    if front is None or front.area not in areas:
        raise OutlineError(faults.found)
    document = _Filling(outline, front, dataset, faults).document()
    if faults.found:
        raise OutlineError(faults.found)
    return document


class _Filling:
    def __init__(self, outline: Outline, front: Front, dataset: Dataset, faults: Faults) -> None:
        self._outline, self._front, self._dataset, self._faults = outline, front, dataset, faults
        self._figures = Figures(dataset, front, faults)
        self._typed = TypedFigures(dataset, self._figures.rows, front.lang, faults)
        self._notes: dict[str, int] = {}
        self._annexes: list[Annex] = []

    def document(self) -> Document:
        front = self._front
        blocks = tuple(block for part in self._outline.parts for block in self._blocks(part))
        return Document(
            title=front.title,
            lang=front.lang,
            blocks=blocks,
            head=Head(
                superior=front.superior,
                issuer=front.issuer,
                symbol=front.symbol,
                place=front.place,
                month=front.period.last_month,
                year=front.period.year,
                kind=front.kind,
                addressees=front.addressees,
            ),
            signature=Signature(front.signer_title, front.signer_name, front.authority, front.recipients),
            notes=tuple(self._notes),
            annexes=tuple(self._annexes),
            profile=front.profile,
        )

    def _blocks(self, part: Passage | Directive) -> Iterator[Block]:
        if isinstance(part, Directive):
            yield from self._made(part)
            return
        self._typed.check(part)
        text = self._text(part)
        if part.kind == "heading":
            yield Heading(text, part.level)
        elif part.kind == "item":
            yield Item(text, part.level, part.marker)
        else:
            yield Paragraph(text, "basis" if part.kind == "basis" else "body")

    def _text(self, passage: Passage) -> Text:
        return tuple(run for piece in passage.pieces for run in self._runs(piece))

    def _runs(self, piece: Words | Name | Mark) -> Iterator[Run]:
        if isinstance(piece, Words):
            yield Run(piece.text, piece.bold, piece.italic)
        elif isinstance(piece, Mark):
            if piece.name in self._outline.notes:
                yield self._note(self._note_texts[piece.name])
        elif (row := self._figures.find(piece)) is not None:
            yield Run(self._figures.words(piece, row), piece.bold, piece.italic)
            yield from (self._note(text) for text in self._figures.notes(row))

    @cached_property
    def _note_texts(self) -> Mapping[str, str]:
        return {name: self._note_text(note) for name, note in self._outline.notes.items()}

    def _note_text(self, note: Passage) -> str:
        self._typed.check(note)
        pieces = (piece for piece in note.pieces if isinstance(piece, Words | Name))
        return plain(tuple(run for piece in pieces for run in self._runs(piece) if run.note is None))

    def _note(self, text: str) -> Run:
        return Run("", note=self._notes.setdefault(text, len(self._notes) + 1))

    def _made(self, directive: Directive) -> Iterator[Block]:
        lang = self._front.lang
        if directive.what == "chart":
            yield self._chart(directive.of)
        elif directive.what == "annex":
            self._annex()
        elif (found := self._figures.of(directive.of, directive.place)) is not None:
            if found.empty:
                theme = self._figures.theme_name(directive.of)
                yield Paragraph((Run(term("outline.nothing", lang, theme=theme), italic=True),))
            elif directive.what == "table":
                yield table_comparison(found, lang)
            else:
                yield from (Item((Run(text),)) for text in sentences(found, lang).texts)

    def _chart(self, of: str) -> Chart:
        from bcanalysis.display.charts import chart  # plotly is slow to load, and few outlines draw

        lang = self._front.lang
        figure = chart(headlines(self._figures.comparison), of, lang)
        content: Mapping[str, Any] = json.loads(figure.to_json())
        return Chart(content, term(f"display.{of}.title", lang), str(content["layout"]["meta"]["alt"]))

    def _annex(self) -> None:
        front = self._front
        self._annexes.append(figures_annex(self._dataset, front.period, front.area, front.lang, gaps=False))
