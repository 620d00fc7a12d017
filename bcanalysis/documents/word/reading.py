"""What a Word file looks like: paragraphs with the settings that are in force, wherever they were made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from docx.document import Document as Package

_OFF = ("0", "false", "none", "off")
_ALIGNED = {"both": "justify", "start": "left", "end": "right"}
_MM, _POINT = 25.4 / 1440, 1 / 20
_LINE = 240  # Word counts lines in so many parts
_LINE_HEIGHT = 1.15  # of the size: a single line of Times


@dataclass(frozen=True)
class Letters:
    """Letters of a paragraph that look alike; `size` in pt."""

    text: str
    family: str
    size: float
    bold: bool
    italic: bool
    upper: bool
    underlined: bool
    raised: bool


@dataclass(frozen=True)
class Place:
    """A cell of a table: which table of the file, which row, which column; from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Seen:
    """A paragraph as it is set; lengths in mm, spaces in pt, `line` in lines."""

    number: int
    text: str
    style: str
    letters: tuple[Letters, ...]
    align: str
    indent: float
    spacing: float
    line: float
    marker: str
    place: Place | None


class Sheet:
    """The styles and the numbering of a file, by which a paragraph is read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = package.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        self._usual = next((key for key, style in self._styles.items() if _is_usual(style)), "")
        self._letters = list(styles.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
        self._paragraphs = list(styles.iterfind(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}"))
        self._counts: dict[tuple[str, str], int] = {}

    def paragraphs(self) -> Iterator[Seen]:
        """Read all paragraphs of the body that say something, in order, those in tables too; not those in drawings."""
        tables = {table: number for number, table in enumerate(self._package.element.body.iter(qn("w:tbl")))}
        for number, element in enumerate(self._package.element.body.iter(qn("w:p")), 1):
            drawn = next(element.iterancestors(qn("w:txbxContent")), None) is not None
            if not drawn and Paragraph(element, self._package._body).text.strip():
                yield self.read(element, number, _place(element, tables))

    def read(self, element: Any, number: int = 0, place: Place | None = None) -> Seen:
        """Read one paragraph."""
        style, settings = self._style(element), self.settings(element)
        own_runs = (
            run for run in element.iter(qn("w:r")) if next(run.iterancestors(qn("w:p"))) is element
        )  # not those in drawings
        letters = tuple(self._read_letters(run, style) for run in own_runs if _said(run).strip())
        size = max((one.size for one in letters), default=0.0)
        named = self._styles.get(style)
        return Seen(
            number=number,
            text=unicodedata.normalize("NFC", Paragraph(element, self._package._body).text).strip(),
            style="" if named is None else (_value(named, "w:name") or ""),
            letters=letters,
            align=_align(_first(settings, "w:jc", "val") or "left"),
            indent=_number(_first(settings, "w:ind", "firstLine")) * _MM,
            spacing=max(_number(_first(settings, "w:spacing", side)) for side in ("before", "after")) * _POINT,
            line=_lines(_first(settings, "w:spacing", "line"), _first(settings, "w:spacing", "lineRule"), size),
            marker=self._marker(settings),
            place=place,
        )

    def settings(self, element: Any) -> list[Any]:
        """Give what is set for a paragraph, the nearest first."""
        own = element.find(qn("w:pPr"))
        return [*([own] if own is not None else []), *self._chain(self._style(element), "w:pPr"), *self._paragraphs]

    def _style(self, element: Any) -> str:
        return _value(element.find(qn("w:pPr")), "w:pStyle") or self._usual

    def _read_letters(self, run: Any, style: str) -> Letters:
        own = run.find(qn("w:rPr"))
        named = self._chain(_value(own, "w:rStyle") or "", "w:rPr")
        settings = [*([own] if own is not None else []), *named, *self._chain(style, "w:rPr"), *self._letters]
        text = _said(run)
        theme = _first(settings, "w:rFonts", "asciiTheme")
        return Letters(
            text=text,
            family=_first(settings, "w:rFonts", "ascii") or (f"theme {theme}" if theme else ""),
            size=_number(_first(settings, "w:sz", "val") or "20") / 2,
            bold=_on(settings, "w:b"),
            italic=_on(settings, "w:i"),
            upper=text.upper() == text or _on(settings, "w:caps"),
            underlined=_on(settings, "w:u"),
            raised=_first(settings, "w:vertAlign", "val") == "superscript",
        )

    def _chain(self, style: str, kind: str) -> list[Any]:
        """Give the settings of a style, then of the style it is based on, and so on."""
        found, seen = [], set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            found += element.findall(qn(kind))
            style = _value(element, "w:basedOn") or ""
        return found

    def _marker(self, settings: list[Any]) -> str:
        """Give what a list puts before a paragraph, letters counted as Word counts them."""
        number, level = (_within(settings, "w:numPr", tag) for tag in ("w:numId", "w:ilvl"))
        if number is None or number == "0":
            return ""
        form, text = self._levels.get((number, level or "0"), ("", ""))
        if form != "lowerLetter":
            return text
        kind = (number, level or "0")
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{chr(ord('a') + (self._counts[kind] - 1) % 26)})"

    @cached_property
    def _levels(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Give form and text of each level of each list."""
        if not any(relation.reltype.endswith("/numbering") for relation in self._package.part.rels.values()):
            return {}
        element = self._package.part.numbering_part.element
        kinds = {kind.get(qn("w:abstractNumId")): kind for kind in element.findall(qn("w:abstractNum"))}
        found = {}
        for number in element.findall(qn("w:num")):
            kind = kinds.get(_value(number, "w:abstractNumId"))
            for level in [] if kind is None else kind.findall(qn("w:lvl")):
                shown = (_value(level, "w:numFmt") or "", _value(level, "w:lvlText") or "")
                found[number.get(qn("w:numId")), level.get(qn("w:ilvl"))] = shown
        return found


def _said(run: Any) -> str:
    return "".join(found.text or "" for found in run.findall(qn("w:t")))


def _place(element: Any, tables: dict[Any, int]) -> Place | None:
    cell = next(element.iterancestors(qn("w:tc")), None)
    if cell is None:
        return None
    row = cell.getparent()
    table = next(element.iterancestors(qn("w:tbl")))
    return Place(tables[table], table.findall(qn("w:tr")).index(row), row.findall(qn("w:tc")).index(cell))


def _is_usual(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _value(parent: Any, tag: str) -> str | None:
    found = None if parent is None else parent.find(qn(tag))
    return None if found is None else found.get(qn("w:val"))


def _first(settings: Iterable[Any], tag: str, name: str) -> str | None:
    """Give an attribute from the nearest setting that has it."""
    for setting in settings:
        found = setting.find(qn(tag))
        if found is not None and found.get(qn(f"w:{name}")) is not None:
            return str(found.get(qn(f"w:{name}")))
    return None


def _within(settings: Iterable[Any], outer: str, tag: str) -> str | None:
    return next((_value(found, tag) for found in (setting.find(qn(outer)) for setting in settings) if found is not None), None)


def _on(settings: Iterable[Any], tag: str) -> bool:
    for setting in settings:
        found = setting.find(qn(tag))
        if found is not None:
            return found.get(qn("w:val"), "1") not in _OFF
    return False


def _align(name: str) -> str:
    return _ALIGNED.get(name, name)


def _number(text: str | None) -> float:
    return float(text or 0)


def _lines(line: str | None, rule: str | None, size: float) -> float:
    if line is None:
        return 1.0
    if rule in ("exact", "atLeast"):
        return float(line) * _POINT / (size * _LINE_HEIGHT) if size else 1.0
    return float(line) / _LINE
