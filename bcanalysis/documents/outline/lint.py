"""Where an outline leaves the rules of a layout profile, before any figure is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from bcanalysis.documents.lint import Deviation
from bcanalysis.documents.outline.model import Directive, Front, Outline, Passage, Place
from bcanalysis.documents.outline.read import read_outline
from bcanalysis.documents.profile import OFFICIAL, Profile, profile
from bcanalysis.documents.word.widths import lines
from bcanalysis.errors import Fault
from bcanalysis.wording.terms import term

_STOPS = (".", ";", ":", ",")
_SYMBOL = re.compile(r"[A-ZĐ]+(?:-[A-ZĐ]+)*")
_TYPED_SIGN = re.compile(r"^[-–+]|[.;,]$")
_Found: TypeAlias = tuple[Place, str, str, str]  # where, what is there, what is asked for, by which rule


def lint_outline(path: str | Path, layout: Profile | None = None, lang: str = "vi") -> list[Fault | Deviation]:
    """List what keeps an outline from being read, and where the document made of it would leave a profile.

    Parameters
    ----------
    path : str or pathlib.Path
        The outline.
    layout : Profile or None
        What is asked; by default the profile that the outline names.
    lang : {"vi", "en"}
        Language of what is said of the profile.

    Returns
    -------
    list of Fault or Deviation
        In the order of the file, faults of its writing before deviations at the same line; last what is missing.

    Raises
    ------
    UsageError
        If there is no such file, or it is no text in UTF-8.

    Examples
    --------
    >>> from bcanalysis.dataset.locate import find_data
    >>> lint_outline(find_data() / "outlines" / "2018H1.md")
    []
    """
    outline = read_outline(path)
    asked = layout or profile(outline.front.profile if outline.front else OFFICIAL)
    found = sorted(_Reading(outline, asked, lang).found(), key=lambda one: one[0])
    told: list[tuple[int, Fault | Deviation]] = [(fault.row, fault) for fault in outline.faults]
    for place, got, expected, rule in found:
        where = term("lint.line", lang, file=outline.file, line=place.line, column=place.column)
        told.append((place.line, Deviation(where, got, expected, rule, lang)))
    return [one for _, one in sorted(told, key=lambda one: one[0])]


class _Reading:
    """One outline read against one profile."""

    def __init__(self, outline: Outline, layout: Profile, lang: str) -> None:
        self._outline, self._layout, self._writing, self._lang = outline, layout, layout.writing, lang

    def found(self) -> Iterator[_Found]:
        if self._outline.front is not None:
            yield from self._head(self._outline.front)
            yield from self._end(self._outline.front)
        yield from self._bases()
        yield from self._headings()
        yield from self._annexes()

    def _head(self, front: Front) -> Iterator[_Found]:
        at, look = front.places, self._layout.parts["title"]
        shown = lines(front.title, self._layout.text_width, look.size, bold=look.bold, italic=look.italic)
        if len(shown) > self._writing.title_lines:
            asked = self._say("most_lines", count=self._writing.title_lines)
            yield at["title"], self._say("count_lines", count=len(shown)), asked, "title_length"
        if front.title.endswith(_STOPS):
            yield at["title"], _ended(front.title), self._say("no_stop"), "title_end"
        if not _SYMBOL.fullmatch(front.symbol):
            yield at["symbol"], f"“{front.symbol}”", self._say("symbol_form"), "symbol"
        if not front.addressees:
            yield at.get("addressees", at["title"]), self._say("none"), self._style("addressees"), "missing"
        yield from self._signs(front, "addressees", front.addressees)

    def _end(self, front: Front) -> Iterator[_Found]:
        at, writing = front.places, self._writing
        if front.authority and not front.authority.startswith(writing.authorities):
            yield at["authority"], f"“{front.authority}”", self._one_of(writing.authorities), "authority"
        titles = [word for word in front.signer_name.split() if word in writing.academic]
        if titles:
            yield at["signer_name"], f"“{' '.join(titles)}”", self._say("bare_name"), "signer_name"
        if front.lang == writing.lang and not front.recipients[-1].startswith(writing.filed):
            yield at["recipients"], f"“{front.recipients[-1]}”", self._say("file_line"), "file_line"
        yield from self._signs(front, "recipients", front.recipients)

    def _signs(self, front: Front, key: str, listed: tuple[str, ...]) -> Iterator[_Found]:
        """Look for the dashes and ends of lines that are set by themselves."""
        for line in listed:
            if _TYPED_SIGN.search(line):
                yield front.places[key], f"“{line}”", self._say("no_sign"), "sign"

    def _bases(self) -> Iterator[_Found]:
        bases = [part for part in self._passages() if part.kind == "basis"]
        for number, basis in enumerate(bases, 1):
            asked = self._writing.basis_last if number == len(bases) else self._writing.basis_end
            text = basis.source.text.rstrip()
            if not text.endswith(asked):
                yield basis.source.place(len(text) - 1), _ended(text), f"“{asked}”", "basis_end"

    def _headings(self) -> Iterator[_Found]:
        for heading in self._passages():
            text = heading.source.text.rstrip()
            if heading.kind == "heading" and heading.level == 1 and text.endswith(_STOPS):
                yield heading.source.place(len(text) - 1), _ended(text), self._say("no_stop"), "heading_end"

    def _annexes(self) -> Iterator[_Found]:
        """Ask that the text leads to what is appended."""
        named = [term("official.annex", self._lang_of_text).lower(), term("figures.title", self._lang_of_text).lower()]
        said = " ".join(part.source.text for part in self._passages()).lower()
        for part in self._outline.parts:
            if isinstance(part, Directive) and part.what == "annex" and not any(name in said for name in named):
                yield part.place, self._say("none"), self._say("annex_named"), "annex"

    @property
    def _lang_of_text(self) -> str:
        return self._outline.front.lang if self._outline.front else "vi"

    def _passages(self) -> Iterator[Passage]:
        return (part for part in self._outline.parts if isinstance(part, Passage))

    def _one_of(self, names: tuple[str, ...]) -> str:
        return self._say("one_of", names=", ".join(names))

    def _style(self, part: str) -> str:
        return term(f"official.style.{part}", self._lang)

    def _say(self, key: str, **values: object) -> str:
        return term(f"lint.{key}", self._lang, **values)


def _ended(text: str) -> str:
    return f"“{text[-1:]}”"
