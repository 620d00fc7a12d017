"""What of a document cannot be set as PDF."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterator

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Block, Chart, Document, Heading, Item, Paragraph, Picture, Text
from bcanalysis.documents.pdf.told import ENDINGS, letters


def faults_of(document: Document) -> Iterator[str]:
    """Name all that cannot be set."""
    if not letters(document.title).strip():
        yield "title: got no letters; expected a title, without which a PDF is not accessible"
    for place, block in places(document):
        yield from _block_faults(place, block, len(document.notes))


def places(document: Document) -> Iterator[tuple[str, Block]]:
    """Give each block and where it is."""
    for number, block in enumerate(document.blocks, 1):
        yield f"block {number}", block
    for at, annex in enumerate(document.annexes, 1):
        for number, block in enumerate(annex.blocks, 1):
            yield f"annex {at}, block {number}", block


def _block_faults(place: str, block: Block, notes: int) -> Iterator[str]:
    if isinstance(block, Chart):
        yield f"{place}: got a chart that is not drawn; expected a picture or a table. Draw the charts of the document first."
    if isinstance(block, Picture):
        yield from _picture_faults(place, block)
    if isinstance(block, Table):
        if not block.columns:
            yield f"{place}: got a table without columns; expected at least one"
        for number, row in enumerate(block.rows, 1):
            if len(row) != len(block.columns):
                yield f"{place}, row {number}: got {len(row)} cells; expected {len(block.columns)}, one for each column"
    if isinstance(block, Heading | Paragraph | Item):
        yield from _text_faults(place, block.text, notes)


def _text_faults(place: str, text: Text, notes: int) -> Iterator[str]:
    for run in text:
        if run.note is not None and not 1 <= run.note <= notes:
            yield f"{place}: got a mark of note {run.note}; expected one of the {notes} notes of the document"


def _picture_faults(place: str, picture: Picture) -> Iterator[str]:
    if picture.mime not in ENDINGS:
        yield f"{place}: got a picture of the type {picture.mime}; expected one of {', '.join(ENDINGS)}"
    try:
        b64decode(picture.data, validate=True)
    except NoBase64 as error:
        yield f"{place}: got a picture whose data is no base64 ({error}); expected its bytes in base64"
