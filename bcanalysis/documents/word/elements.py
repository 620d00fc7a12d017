"""Elements of WordprocessingML, written as short calls; and letters as XML can hold them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

_MM = 1440 / 25.4  # twips, twentieths of a point
_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def w(tag: str, *children: Any, **attributes: object) -> Any:
    """Make an element of the main namespace; ``True`` and ``False`` become what Word reads."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(int(value)) if isinstance(value, bool) else str(value))
    made.extend(child for child in children if child is not None)
    return made


def twips(mm: float) -> int:
    """Give a length in mm as Word counts it."""
    return round(mm * _MM)


def points(pt: float) -> int:
    """Give a length in pt as Word counts it."""
    return round(pt * 20)


def halves(pt: float) -> int:
    """Give a size of letters as Word counts it, in half points."""
    return round(pt * 2)


def clean(text: str) -> str:
    """Leave out what XML cannot hold, and compose the letters."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """Make line breaks and tabs spaces: a break inside a justified paragraph would stretch its line."""
    return re.sub(r"\s*[\n\t]\s*", " ", clean(text))


def letters(text: str, size: float | None = None, **look: bool) -> Any:
    """Make a run of letters; of size and look only what differs from its style is given."""
    marks = [w(tag) for tag in ("b", "i") if look.get(tag)]
    marks += _size(size)
    if look.get("raised"):
        marks.append(w("vertAlign", val="superscript"))
    return w("r", w("rPr", *marks) if marks else None, _t(text))


def sized(size: float | None) -> Any:
    """Give the letters of a paragraph's own mark a size that differs from its style: it is as high as the line."""
    return w("rPr", *_size(size)) if size else None


def _size(size: float | None) -> list[Any]:
    return [w(tag, val=halves(size)) for tag in ("sz", "szCs")] if size else []


def paragraph(style: str, *runs: Any, **direct: Any) -> Any:
    """Make a paragraph of a named style; direct settings are elements by their names, in the order that the schema asks for."""
    order = ("keepNext", "pageBreakBefore", "numPr", "pBdr", "spacing", "ind", "jc", "rPr", "sectPr")
    settings = [direct[name] for name in order if direct.get(name) is not None]
    return w("p", w("pPr", w("pStyle", val=style), *settings), *runs)


def _t(text: str) -> Any:
    made = w("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
