"""Documents as PDF, set by typst: PDF/A-2a and PDF/UA-1, without a browser, the same bytes for the same document."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Block, Chart, Document, Heading, Item, Paragraph, Picture, Text, plain
from bcanalysis.documents.pdf.told import ENDINGS, Teller, letters
from bcanalysis.documents.profile import Profile
from bcanalysis.errors import UsageError

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

_STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
_BUILT_IN = "Libertinus Serif"  # typst carries it, with all Vietnamese letters
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
    fonts = _fonts(system_fonts)
    known = set(fonts.families())
    family = next((name for name in (layout.family, *layout.alike) if name in known), _BUILT_IN)
    wanted = [family, _BUILT_IN] if family != _BUILT_IN else [family]
    try:
        try:
            content = _set(Teller(document), layout, wanted, fonts, stamp)
        except TypstError:  # perhaps of letters that no typeface has: PDF/A allows none
            show = lambda text: "".join(letter if _shows(letter, system_fonts) else _UNSHOWN for letter in text)
            content = _set(Teller(document, show), layout, wanted, fonts, stamp)
    except TypstError as error:
        raise UsageError(f"document: got what cannot be set ({error.message}); expected texts, tables and whole pictures") from error
    return Pdf(content, family)


def _set(teller: Teller, layout: Profile, family: list[str], fonts: Fonts, made: datetime) -> bytes:
    """Set a document in a folder of its own, outside of which typst reads nothing."""
    from typst import compile as set_pages

    told: dict[str, Any] = {**teller.told(layout), "fonts": family}
    with TemporaryDirectory() as folder:
        (Path(folder) / "document.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        for name, content in teller.pictures.items():
            (Path(folder) / name).write_bytes(content)
        return set_pages(_template(), root=folder, font_paths=fonts, pdf_standards=_STANDARDS, timestamp=made)


@cache
def _template() -> bytes:
    return (files("bcanalysis.documents.pdf") / "page.typ").read_bytes()


@cache
def _fonts(system: bool) -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=system)


@lru_cache(maxsize=4096)
def _shows(letter: str, system_fonts: bool) -> bool:
    """Tell whether a typeface has a letter, by setting a page with it."""
    from typst import TypstError
    from typst import compile as set_pages

    if letter.isascii():
        return True
    page = f'#set document(title: "-", date: auto)\n#set text(lang: "vi", font: "{_BUILT_IN}")\n#"\\u{{{ord(letter):x}}}"'
    try:
        set_pages(page.encode(), font_paths=_fonts(system_fonts), pdf_standards=_STANDARDS, timestamp=0)
    except TypstError:
        return False
    return True


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
