"""Documents as PDF, set by typst: PDF/A-2a and PDF/UA-1, without a browser, the same bytes for the same document."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from bcanalysis.documents.blocks import Document, Picture
from bcanalysis.documents.pdf.faults import faults_of, places
from bcanalysis.documents.pdf.told import ENDINGS, Teller
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

    faults = list(faults_of(document))
    if faults:
        raise UsageError("document: " + "; ".join(faults))
    stamp = (made or datetime.now(UTC)).replace(microsecond=0)
    stamp = stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    face = typeface((layout.family, *layout.alike), system_fonts)
    try:
        try:
            content = _set(Teller(document, layout, breadth=face.breadth), face, stamp)
        except TypstError:  # perhaps of letters that no typeface has: PDF/A allows none
            content = _set(Teller(document, layout, partial(_shown, face), face.breadth), face, stamp)
    except TypstError as error:
        broken = "".join(
            f", {place}" for place, block in places(document) if isinstance(block, Picture) and not _draws(block, face)
        )
        got = f"document{broken}: got what cannot be set ({error.message})"
        raise UsageError(f"{got}; expected texts and whole pictures") from error
    return Pdf(content, face.family)


def _set(teller: Teller, face: Typeface, made: datetime) -> bytes:
    """Set a document."""
    told = {**teller.told(), "fonts": face.families, "bold_italic": face.bold_italic}
    data = {"document.json": json.dumps(told, ensure_ascii=False).encode(), **teller.pictures}
    return _compiled(files("bcanalysis.documents.pdf").joinpath("page.typ").read_bytes(), data, face, made)


def _compiled(page: bytes, data: Mapping[str, bytes], face: Typeface, made: datetime) -> bytes:
    """Let typst set a page in a folder of its own, outside of which it reads nothing."""
    from typst import compile as set_pages

    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in {**data, "page.typ": page}.items():
            (folder / file).write_bytes(content)
        return set_pages(folder / "page.typ", root=folder, font_paths=face.fonts, pdf_standards=STANDARDS, timestamp=made)


def _shown(face: Typeface, text: str) -> str:
    """Give a text with a sign in place of each letter that no typeface has."""
    return "".join(letter if letter.isascii() or _has(face, letter) else _UNSHOWN for letter in text)


def _draws(picture: Picture, face: Typeface) -> bool:
    """Tell whether a picture is whole."""
    from typst import TypstError

    page = f'#set document(title: "-", date: auto)\n#image("picture", format: "{ENDINGS[picture.mime]}", alt: "-")'
    try:
        _compiled(page.encode(), {"picture": b64decode(picture.data)}, face, datetime.now(UTC).replace(microsecond=0))
    except TypstError:
        return False
    return True


@lru_cache(maxsize=4096)
def _has(face: Typeface, letter: str) -> bool:
    return face.shows(letter)
