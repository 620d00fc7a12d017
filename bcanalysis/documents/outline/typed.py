"""Figures that the analyst has typed by hand, held against what is on file.

A typed figure is a number with a unit, or a percent. It is held against the data only in a sentence that names an indicator, by its
label or by ``{its_code}``; there it must be one of that indicator's figures, rounded as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.words import Row, known, rows
from bcanalysis.documents.outline.figures import written
from bcanalysis.documents.outline.model import Faults, Passage
from bcanalysis.wording.phrases import phrase
from bcanalysis.wording.terms import term

_CALLED = re.compile(r"\{(?P<code>\w+)[^{}]*\}")
_MASKED = re.compile(r"\{[^{}]*\}|\[\^[^\[\]]*\]|\*|\\")
_END = re.compile(r"[.!?](?=\s|$)")
_NUMBER = r"(?<![\w.,/-])(?P<number>\d[\d.,]*(?<=\d))"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEPARATORS = {"vi": (".", ","), "en": (",", ".")}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_LEVELS = ("value", "prior", "plan")
_ALIASES = {"đồng": "đ"}
_EXACT = 1e-9
PERCENT = "percent"


@dataclass(frozen=True)
class Unit:
    """A unit in the words of a text: its base unit and the factor to it."""

    base: str
    factor: float


class TypedFigures:
    """Hold typed figures against those on file.

    Parameters
    ----------
    dataset : Dataset
        Names of indicators and units.
    figures : sequence of mapping
        Rows of the comparison.
    lang : {"vi", "en"}
        Language of the text.
    faults : Faults
        Where faults are added.
    """

    def __init__(self, dataset: Dataset, figures: Sequence[Row], lang: str, faults: Faults) -> None:
        self._lang, self._faults = lang, faults
        self._units = {str(unit["code"]): unit for unit in rows(dataset["units"])}
        self._rows: dict[str, list[Row]] = {}
        for row in figures:
            self._rows.setdefault(str(row["indicator"]), []).append(row)
        labels = dataset.names("indicators", lang)
        self._labels = {code: _phrase_pattern(str(labels[code])) for code in self._rows}

    def check(self, passage: Passage) -> None:
        """Check the sentences of a passage."""
        text = passage.source.text
        bare = _MASKED.sub(lambda part: " " * len(part[0]), text)
        ends = [0, *(end.end() for end in _END.finditer(bare)), len(bare)]
        for start, end in pairwise(ends):
            self._check_sentence(passage, text[start:end], bare[start:end], start)

    def _check_sentence(self, passage: Passage, text: str, bare: str, start: int) -> None:
        numbers = [found for found in self._pattern.finditer(bare) if not self._is_year(found["number"], bare[: found.start()])]
        if not numbers:
            return
        called = {found["code"] for found in _CALLED.finditer(text)}
        codes = [code for code in self._rows if code in called or self._labels[code].search(bare)]
        about = [row for code in codes for row in self._rows[code]]
        for found in numbers:
            place = passage.source.place(start + found.start("number"))
            typed = _read(found["number"], self._lang)
            if typed is None:
                self._faults.add(place, f'"{found[0]}"', f"a number as {self._lang} writes it", self._other_way(found["number"]))
                continue
            candidates, form = self._candidates(about, bare, found)
            value, half_unit = typed
            if candidates and not any(_within(value, half_unit, low, high) for low, high in candidates):
                known_as = [row for row in about if phrase(row, form, self._lang)]
                told = ", ".join(f"{phrase(row, form, self._lang)} ({written(row, form)})" for row in known_as)
                self._faults.add(
                    place, f'"{found[0]}"', f"what is on file: {told}", "Call the figure by its name instead of typing it."
                )

    def _is_year(self, number: str, before: str) -> bool:
        """Tell the year of "năm 2018 đơn thư giảm", which has no unit, from a number that has one."""
        return bool(_YEAR.fullmatch(number)) and bool(self._cue("year").search(before))

    def _candidates(self, about: Sequence[Row], bare: str, found: re.Match[str]) -> tuple[list[tuple[float, float]], str]:
        """Give what the number may be, as intervals in the unit in which it is typed, and the form that would print it."""
        before, after = bare[: found.start()], bare[found.end() :]
        if found["percent"]:
            for cue, sign in (("rise", 1), ("fall", -1)):
                if self._cue(cue).search(before):
                    return [(sign * pct, sign * pct) for row in about for pct in _growths(row)], "growth"
            if self._cue("plan").search(before) and re.match(rf"\s*(?:{term('outline.cue.of_plan', self._lang)})", after):
                return [(pct, pct) for row in about for pct in _percents(row, "plan")], "plan"
        units = [Unit(PERCENT, 1.0)] if found["percent"] else self._words_of_units[found["unit"].casefold()]
        scale = 1.0
        for word in (found["scale"] or "").casefold().split():
            scale *= self._scales[word]
        return [
            (low * own.factor / (unit.factor * scale), high * own.factor / (unit.factor * scale))
            for row in about
            for own in [self._unit(row["unit"])]
            for unit in units
            if own.base == unit.base
            for low, high in _levels(row)
        ], "value"

    def _unit(self, code: str) -> Unit:
        return Unit(str(self._units[code]["base"]), float(self._units[code]["factor"]))

    def _cue(self, name: str) -> re.Pattern[str]:
        about = term("outline.cue.about", self._lang)
        return re.compile(rf"\b(?:{term(f'outline.cue.{name}', self._lang)})\s+(?:(?:{about})\s+)*$", re.IGNORECASE)

    def _other_way(self, number: str) -> str:
        group, decimal = _SEPARATORS[self._lang]
        swapped = number.translate(str.maketrans(group + decimal, decimal + group))
        return (
            f'Did you mean "{swapped}"?' if _read(swapped, self._lang) else f'Groups of three digits, "{decimal}" before decimals.'
        )

    @cached_property
    def _scales(self) -> Mapping[str, float]:
        return {word: size for name, size in _SCALES.items() for word in term(f"outline.cue.{name}", self._lang).split("|")}

    @cached_property
    def _words_of_units(self) -> Mapping[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for code, unit in self._units.items():
            name = str(unit[f"name_{self._lang}"])
            for word in filter(None, (name, _ALIASES.get(name))):
                found.setdefault(word.casefold(), []).append(self._unit(code))
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        units = "|".join(_spaced(word) for word in sorted(self._words_of_units, key=len, reverse=True))
        scales = "|".join(self._scales)
        return re.compile(
            rf"{_NUMBER}\s*(?:(?P<percent>%)|(?P<scale>(?:(?:{scales})\s+)*?)(?P<unit>{units})(?![\w/]))", re.IGNORECASE
        )


def _phrase_pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_spaced(label)}(?!\w)", re.IGNORECASE)


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _read(number: str, lang: str) -> tuple[float, float] | None:
    """Read a number strictly as its language writes it: its value and half of its last digit; None if it is written otherwise."""
    group, decimal = (re.escape(sign) for sign in _SEPARATORS[lang])
    if not re.fullmatch(rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{decimal}\d+)?", number):
        return None
    whole, _, rest = number.partition(_SEPARATORS[lang][1])
    return float(whole.replace(_SEPARATORS[lang][0], "") + "." + (rest or "0")), 0.5 * 10 ** -len(rest)


def _within(value: float, half_unit: float, low: float, high: float) -> bool:
    slack = half_unit + _EXACT * max(abs(value), 1.0)
    return low - slack <= value <= high + slack


def _levels(row: Row) -> Iterator[tuple[float, float]]:
    for name in _LEVELS:
        if known(row[name]):
            yield row[name], row[name]
        elif name != "value" and known(row[f"{name}_low"]) and known(row[f"{name}_high"]):
            yield row[f"{name}_low"], row[f"{name}_high"]


def _percents(row: Row, stem: str) -> Iterable[float]:
    return [row[name] for name in (f"{stem}_pct", f"{stem}_printed_pct", f"{stem}_computed_pct") if known(row[name])]


def _growths(row: Row) -> Iterable[float]:
    return [row["value"]] if row["kind"] == "rate" and known(row["value"]) else _percents(row, "growth")
