"""Documents as PDF, set by typst: PDF/A-2a and PDF/UA-1, without a browser, the same bytes for the same document."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Block, Chart, Document, Heading, Item, Paragraph, Picture, Text, plain
from bcanalysis.documents.pdf.told import ENDINGS, Teller, letters
from bcanalysis.documents.pdf.typefaces import STANDARDS, Typeface, typeface
from bcanalysis.documents.profile import Profile
from bcanalysis.errors import UsageError

_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Pdf:
    """A PDF.

    Parameters
    ----------
    content : bytes
        The file.
    font : str
        The typeface it is really set in, which may stand in for the one asked for.
    """

    content: bytes
    font: str


def write_pdf(document: Document, layout: Profile, *, made: datetime | None = None, system_fonts: bool = True) -> Pdf:
    """Write a document as PDF.

    Parameters
    ----------
    document : Document
        What to write, its charts drawn before as pictures.
    layout : Profile
        How it is set.
    made : datetime or None
        When it was made, which the file tells; by default now. Without a time zone it counts as UTC. The same document made
        at the same time gives the same bytes.
    system_fonts : bool
        Whether to look for the typefaces of the system; without them the built-in one is used.

    Returns
    -------
    Pdf
        The file and the typeface used. Letters that no typeface has are shown as the sign of a missing letter.

    Raises
    ------
    UsageError
        If the document has no title or holds what cannot be set; all faults together.

    Examples
    --------
    >>> from bcanalysis.documents.profile import profile
    >>> made = write_pdf(Document("Báo cáo", "vi", ()), profile(), system_fonts=False)
    >>> made.content[:8], made.font
    (b'%PDF-1.7', 'Libertinus Serif')
    """
    from typst import TypstError

    faults = list(_faults(document))
    if faults:
        raise UsageError("document: " + "; ".join(faults))
    stamp = (made or datetime.now(UTC)).replace(microsecond=0)
    stamp = stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    face = typeface((layout.family, *layout.alike), system_fonts)
    try:
        try:
            content = _set(Teller(document), layout, face, stamp)
        except TypstError:  # perhaps of letters that no typeface has: PDF/A allows none
            content = _set(Teller(document, partial(_shown, face)), layout, face, stamp)
    except TypstError as error:
        raise UsageError(
            f"document: got what cannot be set ({error.message}); expected texts, tables and whole pictures"
        ) from error
    return Pdf(content, face.family)


def _set(teller: Teller, layout: Profile, face: Typeface, made: datetime) -> bytes:
    """Set a document in a folder of its own, outside of which typst reads nothing."""
    from typst import compile as set_pages

    told = {**teller.told(layout), "fonts": face.families, "bold_italic": face.bold_italic}
    with TemporaryDirectory() as folder:
        (Path(folder) / "document.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        for name, content in teller.pictures.items():
            (Path(folder) / name).write_bytes(content)
        return set_pages(_template(), root=folder, font_paths=face.fonts, pdf_standards=STANDARDS, timestamp=made)


def _shown(face: Typeface, text: str) -> str:
    """Give a text with a sign in place of each letter that no typeface has."""
    return "".join(letter if letter.isascii() or _has(face, letter) else _UNSHOWN for letter in text)


@lru_cache(maxsize=4096)
def _has(face: Typeface, letter: str) -> bool:
    return face.shows(letter)


@cache
def _template() -> bytes:
    return (files("bcanalysis.documents.pdf") / "page.typ").read_bytes()


def _faults(document: Document) -> Iterator[str]:
    """List what cannot be set."""
    if not letters(document.title).strip():
        yield "title: got no letters; expected a title, without which a PDF is not accessible"
    for number, block in enumerate(document.blocks, 1):
        yield from _block_faults(f"block {number}", block, len(document.notes))
    for at, annex in enumerate(document.annexes, 1):
        for number, block in enumerate(annex.blocks, 1):
            yield from _block_faults(f"annex {at}, block {number}", block, len(document.notes))


def _block_faults(place: str, block: Block, notes: int) -> Iterator[str]:
    if isinstance(block, Chart):
        yield f"{place}: got a chart that is not drawn; expected a picture or a table. Draw the charts of the document first."
    if isinstance(block, Picture):
        yield from _picture_faults(place, block)
    if isinstance(block, Table):
        if not block.columns:
            yield f"{place}: got a table without columns; expected at least one"
        if ragged := [number for number, row in enumerate(block.rows, 1) if len(row) != len(block.columns)]:
            yield f"{place}, row {ragged[0]}: got {len(block.rows[ragged[0] - 1])} cells; expected {len(block.columns)}, one for each column"
    if isinstance(block, Heading | Paragraph | Item):
        yield from _text_faults(place, block.text, notes)
    if isinstance(block, Heading) and not letters(plain(block.text)).strip():
        yield f"{place}: got a heading without letters; expected some"


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
