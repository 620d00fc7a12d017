"""Named styles, one for each part of a profile, so that who edits the document keeps its look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bcanalysis.documents.profile import Part, Profile
from bcanalysis.documents.word.elements import halves, points, twips, w
from bcanalysis.wording.terms import term

HEADING_LEVELS = (1, 2, 3, 4)
RULE_GAP, RULE_HEIGHT = 2.0, 3.0  # pt: an empty line that carries a drawn rule at its top
GRID = "Grid"  # the style of tables
CODE_FAMILY = "Courier New"

_SIGNING_LINES = 4  # left free for signature and seal
_JUSTIFY = {"justify": "both"}
_WORDS_OWN = {"Header": "header", **{f"Heading{level}": f"heading {level}" for level in HEADING_LEVELS}}
_CENTRED = ("motto_country", "motto", "superior", "issuer", "number", "date", "kind", "title", "signer", "signer_name")
_HELD = ("kind", "title", "addressees", "signer", "signer_name")  # never the last on a page


def style_id(part: str) -> str:
    """Name the style of a part: headings and the page number are those that Word itself knows."""
    if part == "page_number":
        return "Header"
    return "Heading" + part[-1] if part.startswith("heading_") else part


def style_name(part: str, lang: str) -> str:
    """Name the style of a part for the reader."""
    made = style_id(part)
    return _WORDS_OWN.get(made) or term(f"official.style.{part}", lang)


def styles(layout: Profile, lang: str, *, official: bool) -> list[Any]:
    """Make all styles of a document, the plain look without indents."""
    normal = w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", w("widowControl")),
        type="paragraph",
        default=True,
        styleId="Normal",
    )
    character = w("style", w("name", val="Default Paragraph Font"), type="character", default=True, styleId="DefaultParagraphFont")
    indent = twips(layout.body.indent) if official else 0
    made = [_part_style(name, part, settings, lang) for name, part, settings in _parts(layout, indent)]
    return [_defaults(layout, lang), normal, character, *_table_styles(), *made]


def _parts(layout: Profile, indent: int) -> Iterator[tuple[str, Part, list[Any]]]:
    """Give each part with its settings, which stand in the order that the schema asks for."""
    body = layout.body
    plain = Part(body.size, body.allowed)
    note = layout.parts["note"]
    number = Part(float(layout.page_number["size"]), layout.page_number["allowed"])
    yield "body", plain, _running(layout, indent)
    yield "item", plain, _running(layout, indent)
    yield "code", note, [_spacing(after=body.after), _side("left")]
    yield "picture", plain, [w("keepNext"), _spacing(after=body.after), _side("center")]
    yield (
        "caption",
        Part(body.size, body.allowed, bold=True),
        [w("keepNext"), _spacing(body.after, body.after / 2), _side("center")],
    )
    yield "page_number", number, [_side("center")]
    yield (
        "rule",
        plain,
        [w("spacing", before=points(RULE_GAP), after=0, line=points(RULE_HEIGHT), lineRule="exact"), _side("center")],
    )
    for name, part in layout.parts.items():
        if name.startswith("heading_"):
            outline = w("outlineLvl", val=int(name[-1]) - 1)
            yield name, part, [w("keepNext"), w("keepLines"), *_running(layout, indent), outline]
        elif name == "basis":
            yield name, part, _running(layout, indent)
        elif name in ("annex", "annex_title"):
            outlined = [w("outlineLvl", val=0)] if name == "annex" else []
            yield name, part, [w("keepNext"), _spacing(after=body.after), _side("center"), *outlined]
        else:
            yield name, part, _still(name, part, body.after)


def _running(layout: Profile, indent: int) -> list[Any]:
    """Give the settings of running text, new ones each time: an element has one place only."""
    body = layout.body
    spacing = w("spacing", before=0, after=points(body.after), line=round(body.line * 240), lineRule="auto")
    return [spacing, w("ind", firstLine=indent), _side(_JUSTIFY.get(body.align, body.align))]


def _spacing(before: float = 0, after: float = 0) -> Any:
    return w("spacing", before=points(before), after=points(after))


def _side(name: str) -> Any:
    return w("jc", val=name)


def _still(name: str, part: Part, gap: float) -> list[Any]:
    """Give the settings of a part that stands in a head, a table or a signature."""
    before = {"note": gap / 2, "number": gap, "date": gap, "kind": 3 * gap, "signer_name": _SIGNING_LINES * part.size}.get(
        name, 0.0
    )
    after = {"addressees": gap}.get(name, 0.0)
    settings = [_spacing(before, after), _side("center" if name in _CENTRED else "left")]
    return [w("keepNext"), *settings] if name in _HELD else settings


def _part_style(name: str, part: Part, settings: list[Any], lang: str) -> Any:
    family = [_fonts(CODE_FAMILY)] if name == "code" else []
    look = [w(tag) for tag, on in (("b", part.bold), ("i", part.italic), ("caps", part.upper)) if on]
    size = [w("sz", val=halves(part.size)), w("szCs", val=halves(part.size))]
    following = "body" if name in ("title", "addressees") or name.startswith("heading_") else None
    return w(
        "style",
        w("name", val=style_name(name, lang)),
        w("basedOn", val="Normal"),
        w("next", val=following) if following else None,
        w("qFormat"),
        w("pPr", *settings),
        w("rPr", *family, *look, *size),
        type="paragraph",
        customStyle=style_id(name) == name,
        styleId=style_id(name),
    )


def _defaults(layout: Profile, lang: str) -> Any:
    size = halves(layout.body.size)
    tongue = {"vi": "vi-VN", "en": "en-GB"}[lang]
    letters = w(
        "rPr",
        _fonts(layout.family),
        w("color", val="000000"),
        w("sz", val=size),
        w("szCs", val=size),
        w("lang", val=tongue, eastAsia=tongue),
    )
    return w(
        "docDefaults",
        w("rPrDefault", letters),
        w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
    )


def _fonts(family: str) -> Any:
    return w("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family)


def _table_styles() -> list[Any]:
    bare = w("style", w("name", val="Normal Table"), type="table", default=True, styleId="TableNormal")
    lines = [
        w(side, val="single", sz=4, space=0, color="auto") for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    grid = w(
        "style",
        w("name", val="Table Grid"),
        w("basedOn", val="TableNormal"),
        w("tblPr", w("tblBorders", *lines)),
        type="table",
        styleId=GRID,
    )
    return [bare, grid]
