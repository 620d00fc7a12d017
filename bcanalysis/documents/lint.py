"""Where a Word file leaves the rules of a layout profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from bcanalysis.documents.profile import Part, Profile
from bcanalysis.documents.word.parts import parts
from bcanalysis.documents.word.reading import Seen, Sheet
from bcanalysis.documents.word.rules import Rules
from bcanalysis.errors import UsageError
from bcanalysis.wording.counting import LETTERS
from bcanalysis.wording.terms import term

if TYPE_CHECKING:
    from docx.document import Document as Package

_NEAR = 0.3  # mm and pt: what rounding in the file may change
_NEAR_SHARE = 0.03  # of the letters above: lines are drawn by hand
_WORDS = 6
_RUNNING = ("body", "item", "basis")
_LOOK_FREE = ("table", "table_head", "note")  # the decree is silent on their looks, and the words may stress
_ASKED = ("motto_country", "motto", "number", "date", "kind", "title", "addressees", "recipients_head", "signer")
_LETTERED = re.compile(r"([a-zđ])\)")
_DATE = re.compile(r"ngày\s*(\d*)\s*.*?tháng\s*(\d*)\s*năm", re.IGNORECASE)


@dataclass(frozen=True)
class Deviation:
    """Something in a file that is not as a profile asks.

    Parameters
    ----------
    place : str
        Where: paragraph and its first words, or section. Pages are made by the program that opens the file.
    got, expected : str
        What is there, and what the profile asks for.
    rule : str
        Which rule, by its code: ``paper``, ``margin``, ``size`` and so on.
    lang : {"vi", "en"}
        Language of the words.
    """

    place: str
    got: str
    expected: str
    rule: str
    lang: str = "vi"

    def __str__(self) -> str:
        """Say it in one line."""
        rule = term(f"lint.rule.{self.rule}", self.lang)
        return term("lint.deviation", self.lang, place=self.place, rule=rule, got=self.got, expected=self.expected)


def lint_docx(path: str | PathLike[str], layout: Profile, lang: str = "vi") -> list[Deviation]:
    """List where a Word file leaves a profile.

    Parameters
    ----------
    path : path
        The file, ours or another's. In another's the parts are found by their place and wording.
    layout : Profile
        What is asked.
    lang : {"vi", "en"}
        Language of what is said.

    Returns
    -------
    list of Deviation
        All deviations: first of the pages, then of the paragraphs in their order, last of what is missing.

    Raises
    ------
    UsageError
        If the file is no Word file.

    Examples
    --------
    >>> from bcanalysis.documents.profile import profile
    >>> lint_docx("report.pdf", profile())
    Traceback (most recent call last):
      ...
    bcanalysis.errors.UsageError: report.pdf: got no file that Word can open; expected a .docx file
    """
    try:
        package = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError(f"{Path(path).name}: got no file that Word can open; expected a .docx file") from error
    return list(_Reading(package, layout, lang).deviations())


class _Reading:
    """One file read against one profile."""

    def __init__(self, package: Package, layout: Profile, lang: str) -> None:
        self._package, self._layout, self._lang = package, layout, lang
        self._sheet = Sheet(package)
        self._lettered: dict[str, int] = {}

    def deviations(self) -> Iterator[Deviation]:
        for number, section in enumerate(self._package.sections, 1):
            place = self._say("section", number=number)
            yield from self._paper(place, section)
            yield from self._page_number(place, section, counts_anew=number == 1 or _starts(section))
        found = parts(self._sheet.paragraphs(), self._layout)
        for seen, part in found:
            yield from self._paragraph(seen, part)
        yield from self._rules(found)
        yield from self._whole([part for _, part in found], [seen.text for seen, part in found if part == "recipients"])

    def _paper(self, place: str, section: Any) -> Iterator[Deviation]:
        layout = self._layout
        sides = sorted((section.page_width.mm, section.page_height.mm))
        asked = sorted((layout.width, layout.height))
        if any(abs(got - wanted) > _NEAR for got, wanted in zip(sides, asked, strict=True)):
            yield self._deviation(place, _sheet_of(sides), _sheet_of(asked), "paper")
        for side, (low, high) in layout.margins_allowed.items():
            got = getattr(section, f"{side}_margin").mm
            if not low - _NEAR <= got <= high + _NEAR:
                name = self._say(f"margin.{side}")
                yield self._deviation(
                    place, f"{name} {self._measure(got)} mm", f"{name} {self._between(low, high, 'mm')}", "margin"
                )

    def _page_number(self, place: str, section: Any, *, counts_anew: bool) -> Iterator[Deviation]:
        asked = self._layout.page_number
        where = {"top": section.header, "bottom": section.footer}
        shown = {name: seen for name, part in where.items() if (seen := self._numbered(part)) is not None}
        wanted = asked["place"]
        if wanted not in shown:
            got = self._say(f"number_place.{next(iter(shown))}") if shown else self._say("none")
            yield self._deviation(place, got, self._say(f"number_place.{wanted}"), "page_number")
            return
        number = shown[wanted]
        if number.align != "center":
            yield self._deviation(place, self._say(number.align), self._say("center"), "page_number")
        low, high = asked["allowed"]
        if not all(low <= letters.size <= high for letters in number.letters):
            sizes = ", ".join(self._measure(letters.size) for letters in number.letters)
            yield self._deviation(place, f"{sizes} pt", self._between(low, high, "pt"), "page_number")
        first = section.first_page_header if wanted == "top" else section.first_page_footer
        hidden = section.different_first_page_header_footer and self._numbered(first) is None
        if counts_anew and asked["first"] > 1 and not hidden:
            yield self._deviation(place, self._say("number_shown"), self._say("number_hidden"), "page_number")

    def _numbered(self, part: Any) -> Seen | None:
        """Find the paragraph of a header or footer that holds the page number."""
        for element in part._element.iter(qn("w:p")):
            fields = [found.get(qn("w:instr"), "") for found in element.iter(qn("w:fldSimple"))]
            fields += [found.text or "" for found in element.iter(qn("w:instrText"))]
            if any(field.split()[:1] == ["PAGE"] for field in fields):
                return self._sheet.read(element)
        return None

    def _paragraph(self, seen: Seen, part: str) -> Iterator[Deviation]:
        place = self._say("paragraph", number=seen.number, words=_beginning(seen.text))
        body = self._layout.body
        how = self._layout.parts.get(part) or Part(body.size, body.allowed)
        letters = [one for one in seen.letters if not one.raised]
        families = sorted({one.family for one in letters} - {self._layout.family})
        if families and part != "code":
            yield self._deviation(place, ", ".join(families), self._layout.family, "typeface")
        if part in _RUNNING or part in self._layout.parts:
            low, high = how.allowed
            sizes = sorted({one.size for one in letters if not low <= one.size <= high})
            if sizes:
                yield self._deviation(place, f"{', '.join(map(self._measure, sizes))} pt", self._between(low, high, "pt"), "size")
        if part in self._layout.parts and part not in _LOOK_FREE:
            yield from self._look(place, seen, part, how)
        if part in _RUNNING:
            yield from self._running(place, seen)
        if part == "date":
            yield from self._date(place, seen.text)
        yield from self._letter(place, seen, part)

    def _look(self, place: str, seen: Seen, part: str, how: Part) -> Iterator[Deviation]:
        titled = part not in ("heading_2", "heading_3") or not seen.text.endswith((".", ";", ":", ","))
        for name, asked in (("bold", how.bold), ("italic", how.italic), ("upper", how.upper)):
            if (name == "bold" and not titled) or (name == "upper" and not asked):
                continue  # a numbered paragraph without a title is regular; capitals may stand anywhere
            if any(getattr(one, name) != asked for one in seen.letters if any(map(str.isalpha, one.text))):
                on, off = self._say(f"on.{name}"), self._say(f"off.{name}")
                yield self._deviation(place, off if asked else on, on if asked else off, name)
        if how.rule is not None and any(one.underlined for one in seen.letters):
            yield self._deviation(place, self._say("underlined"), self._say("drawn"), "underline")

    def _running(self, place: str, seen: Seen) -> Iterator[Deviation]:
        body = self._layout.body
        if seen.align != body.align:
            yield self._deviation(place, self._say(seen.align), self._say(body.align), "align")
        if not seen.marker and all(abs(seen.indent - indent) > _NEAR for indent in body.indents):
            asked = f" {self._say('or')} ".join(map(self._measure, body.indents))
            yield self._deviation(place, f"{self._measure(seen.indent)} mm", f"{asked} mm", "indent")
        if seen.spacing < body.after - _NEAR:
            asked = self._say("at_least", low=self._measure(body.after), unit="pt")
            yield self._deviation(place, f"{self._measure(seen.spacing)} pt", asked, "spacing")
        low, high = body.lines
        if not low - 0.01 <= seen.line <= high + 0.01:
            unit = self._say("lines")
            yield self._deviation(place, f"{self._measure(seen.line)} {unit}", self._between(low, high, unit), "line")

    def _date(self, place: str, text: str) -> Iterator[Deviation]:
        """Ask for a zero before days under 10 and before the months 1 and 2 only; an empty day waits for the registry."""
        found = _DATE.search(text)
        for unit, got, zero_below in zip(("ngày", "tháng"), found.groups() if found else (), (10, 3), strict=False):
            asked = f"{int(got):02d}" if got and int(got) < zero_below else got.lstrip("0")
            if got != asked:
                yield self._deviation(place, f"{unit} {got}", f"{unit} {asked}", "date")

    def _letter(self, place: str, seen: Seen, part: str) -> Iterator[Deviation]:
        """Follow the letters of a list: each is the next one of the Vietnamese alphabet."""
        found = _LETTERED.match(seen.marker or seen.text)
        if found is None or part in _LOOK_FREE:
            if part.startswith("heading_"):
                self._lettered.clear()
            return
        letter, kind = found.group(1), "heading" if part == "heading_4" else "item"
        if letter == "a":
            self._lettered[kind] = 0
            return
        asked = min(self._lettered.get(kind, -1) + 1, len(LETTERS) - 1)
        self._lettered[kind] = asked
        if letter != LETTERS[asked]:
            yield self._deviation(place, f"{letter})", f"{LETTERS[asked]})", "letters")

    def _rules(self, found: list[tuple[Seen, str]]) -> Iterator[Deviation]:
        """Measure the lines drawn below parts of an official head against the longest line of the part."""
        rules = Rules(self._package, self._sheet)
        official = any(part == "kind" for _, part in found)
        for name, how in self._layout.parts.items():
            told = [seen for seen, part in found if part == name]
            if not official or how.rule is None or not told or any(one.underlined for seen in told for one in seen.letters):
                continue
            place = self._say("paragraph", number=told[-1].number, words=_beginning(told[-1].text))
            length = rules.below(told[-1])
            if length is None:
                yield self._deviation(place, self._say("none"), self._say("drawn"), "underline")
                continue
            share, (low, high) = length / max(map(rules.longest_line, told)), how.rule
            if not low - _NEAR_SHARE <= share <= high + _NEAR_SHARE:
                asked = self._share(low) if low == high else self._say("shares", low=_percent(low), high=_percent(high))
                yield self._deviation(place, self._share(share), asked, "underline")

    def _share(self, share: float) -> str:
        return self._say("share", share=_percent(share))

    def _whole(self, found: list[str], recipients: list[str]) -> Iterator[Deviation]:
        place = self._say("document")
        for part in _ASKED:
            if part not in found:
                yield self._deviation(place, self._say("none"), term(f"official.style.{part}", self._lang), "missing")
        if "recipients_head" in found and not any("lưu" in line.lower() for line in recipients):
            yield self._deviation(place, self._say("none"), self._say("file_line"), "file_line")

    def _deviation(self, place: str, got: str, expected: str, rule: str) -> Deviation:
        return Deviation(place, got, expected, rule, self._lang)

    def _say(self, key: str, **values: object) -> str:
        return term(f"lint.{key}", self._lang, **values)

    def _between(self, low: float, high: float, unit: str) -> str:
        if low == high:
            return f"{self._measure(low)} {unit}"
        return self._say("from_to", low=self._measure(low), high=self._measure(high), unit=unit)

    def _measure(self, number: float) -> str:
        shown = f"{number:.1f}".removesuffix(".0")
        return shown.replace(".", ",") if self._lang == "vi" else shown


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"


def _starts(section: Any) -> bool:
    """Tell whether a section counts its pages anew."""
    found = section._sectPr.find(qn("w:pgNumType"))
    return found is not None and found.get(qn("w:start")) is not None


def _sheet_of(sides: list[float]) -> str:
    return " x ".join(f"{side:.0f}" for side in sides) + " mm"


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" ..." if len(words) > _WORDS else "")
