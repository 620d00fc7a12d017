"""Documents as Word files that can be edited: named styles, real lists and tables, by the measures of a profile."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.shared import Mm

from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Block, Chart, Document, Heading, Item, PageBreak, Paragraph, Picture, Text
from bcanalysis.documents.profile import Profile
from bcanalysis.documents.word.elements import clean, letters, one_line, paragraph, w
from bcanalysis.documents.word.head import annex_title, head, opening, signature
from bcanalysis.documents.word.lists import Lists
from bcanalysis.documents.word.package import empty_package, pack
from bcanalysis.documents.word.pages import first_section, next_section, text_height
from bcanalysis.documents.word.styles import HEADING_LEVELS, style_id, styles
from bcanalysis.documents.word.tables import table
from bcanalysis.errors import UsageError

_DRAWN = ("image/png", "image/jpeg")
_TALLEST = 0.8  # of the page: a picture leaves room for what is said of it


def write_docx(document: Document, layout: Profile) -> bytes:
    """Write a document as a Word file.

    Parameters
    ----------
    document : Document
        What it says. Charts must have been drawn: a picture in the place of each.
    layout : Profile
        How it is set.

    Returns
    -------
    bytes
        The file; of the same document and layout always the same.

    Raises
    ------
    UsageError
        If it holds a chart, a picture that Word cannot show, a heading or an item of a level that there is not, or a number
        of a note that is not there; all of them together.

    Examples
    --------
    >>> from bcanalysis.documents.blocks import Run
    >>> from bcanalysis.documents.profile import profile
    >>> write_docx(Document("Báo cáo", "vi", (Paragraph((Run("Tăng 27,6%."),)),)), profile())[:2]
    b'PK'
    """
    faults = list(_faults(document))
    if faults:
        raise UsageError("document: " + "; ".join(faults))
    return pack(_Writing(document, layout).package())


class _Writing:
    """One document on its way into a package."""

    def __init__(self, document: Document, layout: Profile) -> None:
        official = document.head is not None
        self._document, self._layout = document, layout
        self._package = empty_package(one_line(document.title), document.lang, styles(layout, document.lang, official=official))
        self._body = self._package.element.body
        self._lists = Lists(layout.body.indent if official else 0.0)
        self._landscape = False
        self._break_due = False

    def package(self) -> Any:
        document, layout = self._document, self._layout
        first_section(self._package, layout)
        if document.head is not None:
            self._add(head(document.head, layout, document.lang))
        self._add(*opening(document, layout))
        self._blocks(document.blocks)
        self._notes()
        if document.signature is not None:
            self._hold_to_next()
            self._add(signature(document.signature, layout, document.lang, self._lists), paragraph("rule"))
        for number, annex in enumerate(document.annexes, 1):
            self._landscape = annex.landscape
            next_section(self._package, layout, landscape=annex.landscape)
            self._add(*annex_title(annex, number, len(document.annexes), layout, document.lang))
            self._blocks(annex.blocks)
        self._package.part.numbering_part.element.extend(self._lists.elements())
        return self._package

    def _add(self, *made: Any) -> None:
        for element in made:
            self._body.sectPr.addprevious(element)

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        self._lists.end()
        self._break_due = False
        for block in blocks:
            if isinstance(block, PageBreak):
                self._break_due = True
                continue
            if not isinstance(block, Item):
                self._lists.end()
            start = w("pageBreakBefore") if self._break_due else None
            self._break_due = False
            self._add(*self._block(block, start))
        self._lists.end()

    def _block(self, block: Block, start: Any) -> Iterator[Any]:
        if isinstance(block, Heading):
            upper = self._layout.parts[f"heading_{block.level}"].upper
            yield paragraph(style_id(f"heading_{block.level}"), *_runs(block.text, upper=upper), pageBreakBefore=start)
        elif isinstance(block, Paragraph):
            runs = _code(block.text) if block.role == "code" else _runs(block.text)
            yield paragraph(block.role, *runs, pageBreakBefore=start)
        elif isinstance(block, Item):
            yield paragraph("item", *_runs(block.text), numPr=self._lists.place(block), pageBreakBefore=start)
        elif isinstance(block, Table):
            yield from table(block, self._layout, self._layout.room(landscape=self._landscape), start)
        elif isinstance(block, Picture):
            yield paragraph("picture", self._picture(block), pageBreakBefore=start)

    def _picture(self, picture: Picture) -> Any:
        stream = BytesIO(b64decode(picture.data))
        image = Image.from_blob(stream.getvalue())
        room = (
            Mm(self._layout.room(landscape=self._landscape)),
            Mm(text_height(self._layout, landscape=self._landscape) * _TALLEST),
        )
        share = min(1.0, room[0] / image.width, room[1] / image.height)
        inline = self._package.part.new_pic_inline(stream, round(image.width * share), round(image.height * share))
        inline.docPr.set("descr", clean(picture.alt))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # untold, it is an eighth of an inch to LibreOffice
        return w("r", w("drawing", inline))

    def _notes(self) -> None:
        for number, text in enumerate(self._document.notes, 1):
            begin, end = w("bookmarkStart", id=number, name=_anchor(number)), w("bookmarkEnd", id=number)
            self._add(paragraph("note", begin, letters(str(number), raised=True), end, letters(f" {one_line(text)}")))

    def _hold_to_next(self) -> None:
        """Keep the last paragraph on the page of the signature, which never stands alone."""
        last = self._body.sectPr.getprevious()
        if last.tag == qn("w:p"):
            last.get_or_add_pPr().get_or_add_keepNext()


def _runs(text: Text, *, upper: bool = False) -> list[Any]:
    made = []
    for run in text:
        said = one_line(run.text)
        if run.note is not None:
            made.append(w("hyperlink", letters(str(run.note), raised=True), anchor=_anchor(run.note)))
        elif said:
            made.append(letters(said.upper() if upper else said, b=run.bold, i=run.italic))
    return made


def _code(text: Text) -> list[Any]:
    """Keep spaces and line breaks."""
    made: list[Any] = []
    for number, line in enumerate(clean("".join(run.text for run in text)).split("\n")):
        made += [*([w("r", w("br"))] if number else []), letters(line.expandtabs(4))]
    return made


def _anchor(note: int) -> str:
    return f"note_{note}"


def _faults(document: Document) -> Iterator[str]:
    """Say what Word cannot hold, block by block."""
    places = [(f"block {number}", block) for number, block in enumerate(document.blocks, 1)]
    for annex_number, annex in enumerate(document.annexes, 1):
        places += [(f"annex {annex_number}, block {number}", block) for number, block in enumerate(annex.blocks, 1)]
    for place, block in places:
        if isinstance(block, Chart):
            yield f'{place}: got the chart "{block.title}"; expected a picture of it ({", ".join(_DRAWN)})'
        elif isinstance(block, Picture):
            if not _shows(block):
                yield f'{place}: got a picture "{block.mime}" that cannot be shown; expected a sound one of {", ".join(_DRAWN)}'
        elif isinstance(block, Heading) and block.level not in HEADING_LEVELS:
            yield f"{place}: got a heading of level {block.level}; expected {HEADING_LEVELS[0]} to {HEADING_LEVELS[-1]}"
        elif isinstance(block, Item) and block.level < 1:
            yield f"{place}: got an item of level {block.level}; expected 1 or more"
        if isinstance(block, Heading | Paragraph | Item):
            for run in block.text:
                if run.note is not None and not 1 <= run.note <= len(document.notes):
                    yield f"{place}: got note {run.note}; expected one of the {len(document.notes)} notes of the document"


def _shows(picture: Picture) -> bool:
    if picture.mime not in _DRAWN:
        return False
    try:
        Image.from_blob(b64decode(picture.data, validate=True))
    except (NotBase64, UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
        return False
    return True
