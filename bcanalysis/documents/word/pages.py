"""Pages: paper, margins, the page number, and sections that count anew."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Mm

from bcanalysis.documents.profile import Profile
from bcanalysis.documents.word.elements import letters, paragraph, w
from bcanalysis.documents.word.styles import style_id

if TYPE_CHECKING:
    from docx.document import Document as Package
    from docx.section import Section


def first_section(package: Package, layout: Profile) -> None:
    """Set the pages of the body, with the number that all later sections show too."""
    section = package.sections[0]
    lay(section, layout, landscape=False)
    at_top = layout.page_number["place"] == "top"
    _say(section.header if at_top else section.footer, w("fldSimple", letters("2"), instr="PAGE"))
    if int(layout.page_number["first"]) > 1:
        section.different_first_page_header_footer = True
        _say(section.first_page_header if at_top else section.first_page_footer)


def next_section(package: Package, layout: Profile, *, landscape: bool) -> None:
    """End the pages so far; what follows has pages of its own, counted from 1."""
    body = package.element.body
    own = body.sectPr
    closed = deepcopy(own)
    last = own.getprevious()
    if last is None or last.tag != qn("w:p"):
        last = paragraph("rule")
        own.addprevious(last)
    last.get_or_add_pPr().append(closed)
    for child in list(own):
        if child.tag in (qn("w:headerReference"), qn("w:footerReference")):
            own.remove(child)
    section = package.sections[-1]
    lay(section, layout, landscape=landscape)


def lay(section: Section, layout: Profile, *, landscape: bool) -> None:
    """Set paper and margins; numbers count from 1."""
    width, height = (layout.height, layout.width) if landscape else (layout.width, layout.height)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    margins = layout.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(margins.top / 2), Mm(margins.bottom / 2)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(qn("w:pgMar")).addnext(w("pgNumType", start=1))


def text_height(layout: Profile, *, landscape: bool) -> float:
    """Give the height of the text of such pages, in mm."""
    return (layout.width if landscape else layout.height) - layout.margins.top - layout.margins.bottom


def _say(place: Any, *runs: Any) -> None:
    place.is_linked_to_previous = False
    for old in list(place._element):
        place._element.remove(old)
    place._element.append(paragraph(style_id("page_number"), *runs))
