"""The lines drawn below parts of a head, however they were drawn: as a border of a paragraph, or as a shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from bcanalysis.documents.word.reading import Seen, Sheet
from bcanalysis.documents.word.widths import lines, width

if TYPE_CHECKING:
    from docx.document import Document as Package

_TWIP, _EMU = 25.4 / 1440, 1 / 36000  # mm
_CELL_MARGIN = 108  # twips beside the letters of a cell, where a table does not say
_LINE_SHAPES = ("line", "straightConnector1")
_FLAT = 10  # times as wide as high, at least: a line that lies
_UNITS = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "": 25.4 / 96}
_LENGTH = re.compile(r"\s*(?P<number>-?[\d.]+)\s*(?P<unit>pt|mm|cm|in|px|)\s*")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"


class Rules:
    """The drawn lines of a file.

    Parameters
    ----------
    package : docx.document.Document
        The file.
    sheet : Sheet
        Its styles.
    """

    def __init__(self, package: Package, sheet: Sheet) -> None:
        self._sheet = sheet
        section: Any = package.sections[0]
        self._page = float(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)
        self._paragraphs = list(package.element.body.iter(qn("w:p")))

    def below(self, seen: Seen) -> float | None:
        """Give the length in mm of the line below a paragraph; None where there is none."""
        element = self._paragraphs[seen.number - 1]
        own = self._border(element, "bottom")
        if own is not None:
            return own
        found = list(_shapes(element))
        following = element.getnext()
        while not found and following is not None and following.tag == qn("w:p") and not _says(following):
            borders = (self._border(following, side) for side in ("top", "bottom"))
            found = [length for length in borders if length is not None] or list(_shapes(following))
            following = following.getnext()
        return found[0] if found else None

    def longest_line(self, seen: Seen) -> float:
        """Give the width in mm of the longest line of a paragraph."""
        shown = [(one.text.upper() if one.upper else one.text, one) for one in seen.letters]
        whole = sum(width(text, one.size, bold=one.bold, italic=one.italic) for text, one in shown)
        room = self._room(self._paragraphs[seen.number - 1])
        if whole <= room or not shown:
            return whole
        look = shown[0][1]
        broken = lines("".join(text for text, _ in shown), room, look.size, bold=look.bold, italic=look.italic)
        return max(width(line, look.size, bold=look.bold, italic=look.italic) for line in broken)

    def _border(self, element: Any, side: str) -> float | None:
        settings = self._sheet.settings(element)
        drawn = next(
            (found for found in (one.find(f"{qn('w:pBdr')}/{qn(f'w:{side}')}") for one in settings) if found is not None), None
        )
        if drawn is None or drawn.get(qn("w:val")) in ("none", "nil"):
            return None
        beside = sum(self._indent(settings, *names) for names in (("left", "start"), ("right", "end")))
        return self._room(element) - beside * _TWIP

    def _indent(self, settings: list[Any], *names: str) -> float:
        for one in settings:
            found = one.find(qn("w:ind"))
            for name in names:
                if found is not None and found.get(qn(f"w:{name}")) is not None:
                    return float(found.get(qn(f"w:{name}")))
        return 0.0

    def _room(self, element: Any) -> float:
        """Give the width in mm that a paragraph has: that of its cell, or of the page."""
        cell = next(element.iterancestors(qn("w:tc")), None)
        if cell is None:
            return self._page
        table = next(cell.iterancestors(qn("w:tbl")))
        told = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        wide: float = float(told.get(qn("w:w"))) if told is not None and told.get(qn("w:type")) == "dxa" else _of_grid(cell, table)
        margins = (table.find(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/{qn(f'w:{side}')}") for side in ("left", "right"))
        beside = sum(_CELL_MARGIN if one is None else float(one.get(qn("w:w"))) for one in margins)
        return max(wide - beside, 0.0) * _TWIP if wide else self._page


def _of_grid(cell: Any, table: Any) -> float:
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    at = cell.getparent().findall(qn("w:tc")).index(cell)
    return float(columns[at].get(qn("w:w"), 0)) if at < len(columns) else 0.0


def _says(element: Any) -> bool:
    return any((found.text or "").strip() for found in element.iter(qn("w:t")))


def _shapes(element: Any) -> Iterator[float]:
    """Give the lengths of the lying lines that are drawn at a paragraph; what stands in for old programs comes last."""
    for drawing in element.iter(qn("w:drawing")):
        extent = next(drawing.iter(f"{_WP}extent"), None)
        shapes = {shape.get("prst") for shape in drawing.iter(f"{_A}prstGeom")}
        if extent is not None and shapes & set(_LINE_SHAPES):
            long, high = int(extent.get("cx")), int(extent.get("cy"))
            if long >= _FLAT * high:
                yield long * _EMU
    for line in element.iter(f"{_VML}line"):
        (left, top), (right, bottom) = (_point(line.get(name, "0,0")) for name in ("from", "to"))
        if abs(right - left) >= _FLAT * abs(bottom - top):
            yield abs(right - left)
    for shape in element.iter(f"{_VML}shape"):
        style = _style(shape.get("style", ""))
        if shape.get("type") == "#_x0000_t32" and _mm(style.get("width", "")) >= _FLAT * _mm(style.get("height", "")):
            yield _mm(style.get("width", ""))


def _point(text: str) -> tuple[float, float]:
    across, _, down = text.partition(",")
    return _mm(across), _mm(down)


def _style(text: str) -> Mapping[str, str]:
    return {name.strip(): value for name, _, value in (part.partition(":") for part in text.split(";"))}


def _mm(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found["number"]) * _UNITS[found["unit"]] if found else 0.0
