"""The names of indicators and their parts, found in the words of a report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bcanalysis.wording.reading.tokens import edge, grammar
from bcanalysis.wording.terms import group
from bcanalysis.wording.written import folded

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset

Codes = tuple[str | None, str | None]
_Words = tuple[str, ...]
_NOTHING: Codes = (None, None)
_TOTAL = "total"
_PERCENT = "percent"
_SHORT = 2  # words; so short a name names only what begins with it
_ALONE = frozenset(
    {
        "xuất khẩu",
        "nhập khẩu",
        "giá trị sản xuất",
        "chỉ số sản xuất",
        "sản xuất công nghiệp",
        "than",
        "bia",
        "giấy",
        "gạch",
        "du lịch",
    }
)


@dataclass(frozen=True)
class _Match:
    code: str
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first


@dataclass(frozen=True)
class Named:
    """Codes of indicator and part, where in the words their names begin, and how many words of a name were met."""

    codes: Codes = _NOTHING
    first: int = 0
    length: int = 0


class Names:
    """The names of a catalogue, ready for matching.

    Parameters
    ----------
    indicators, parts : mapping of str to sequence of str
        Names of each code; several codes may share one, and then it says nothing.
    around, before : iterable of str
        Words that may stand beside a name without making it another one, and before a short name.
    apart : iterable of str
        Words that make another thing of a name right behind them.
    rates : iterable of str
        Codes of indicators that are percents themselves, so that an amount is never theirs.
    """

    def __init__(
        self,
        indicators: Mapping[str, Iterable[str]],
        parts: Mapping[str, Iterable[str]],
        around: Iterable[str],
        before: Iterable[str],
        apart: Iterable[str] = (),
        rates: Iterable[str] = (),
    ) -> None:
        self._indicators = _by_words(indicators)
        self._parts = _by_words(parts)
        self._rates = frozenset(rates)
        self._apart = frozenset(word for text in apart for word, _, _ in folded(text))
        light = grammar()["light"]
        self._around = frozenset(word for text in (*around, *light) for word, _, _ in folded(text))
        self._before = frozenset(word for text in (*before, *light) for word, _, _ in folded(text))

    def of(self, subject: str, wide: str = "", thing: str = "", parent: Codes = _NOTHING) -> Named:
        """Give the codes of indicator and part that words name.

        Parameters
        ----------
        subject : str
            The words before the verb.
        wide : str
            The same with what stands before its commas.
        thing : str
            What is counted, with the words behind it; empty if the number is no count.
        parent : tuple
            The codes of the statement this one is a part of.

        Returns
        -------
        Named
            Indicator and breakdown, or None where the words are not known.
        """
        if edge("without", "WORDS").search(wide or subject):
            return Named()  # exports without those of FDI are another series
        found = self._named(wide or subject)
        if found.length:
            return found
        told = [self._named(subject), self._named(f"{subject} {thing}", counted=True) if thing else Named()]
        best = max(told, key=lambda one: one.length)
        if best.length:
            return Named(best.codes, len(wide), best.length)
        if parent[0] is not None:
            part = self._part_alone(subject) or self._part_alone(wide)
            if part is not None:
                counted = self._named(thing, counted=True).codes[0] if thing else None
                return Named((counted or parent[0], part))  # "huyện Hiệp Hòa 300 suất quà" after the value of all gifts
        return Named()

    def is_rate(self, codes: Codes) -> bool:
        """Tell whether an indicator is a percent itself: the growth of GRDP is one, and a GRDP in billions of dong is not it."""
        return codes[0] in self._rates

    def _named(self, words: str, counted: bool = False) -> Named:
        places = folded(words)
        folds = tuple(word for word, _, _ in places)
        for best in sorted(_matches(folds, self._indicators), key=lambda match: (-match.length, -match.first)):
            alone = best.length <= _SHORT or " ".join(folds[best.first : best.last]) in _folded_alone()
            if alone and any(word not in self._before for word in folds[: best.first]):
                continue
            if best.first and folds[best.first - 1] in self._apart:
                continue
            parts = [match for match in _matches(folds, self._parts) if match.last <= best.first or match.first >= best.last]
            part = max(parts, key=lambda match: match.length, default=None)
            rest = [word for at, word in enumerate(folds) if at >= best.last and not (part and part.first <= at < part.last)]
            if any(word not in self._around and not word.isdigit() for word in rest) and not counted:
                continue
            first = min(best.first, part.first) if part else best.first
            return Named((best.code, _TOTAL if part is None else part.code), places[first][1], best.length)
        return Named()

    def _part_alone(self, words: str) -> str | None:
        folds = tuple(word for word, _, _ in folded(words))
        part = max(_matches(folds, self._parts), key=lambda match: match.length, default=None)
        if part is None:
            return None
        rest = [word for at, word in enumerate(folds) if not part.first <= at < part.last]
        return None if any(word not in self._around for word in rest) else part.code


def names_of(dataset: Dataset) -> Names:
    """Give the names of a catalogue and those that reports use for them.

    Parameters
    ----------
    dataset : Dataset
        The tables.

    Returns
    -------
    Names
        With the names of ``indicators.csv`` and ``breakdowns.csv``.
    """
    beside = _others()["beside"]
    indicators, parts = _known(dataset["indicators"], dataset["breakdowns"])
    rates = dataset["indicators"].loc[dataset["indicators"]["unit"] == _PERCENT, "code"]
    return Names(indicators, parts, beside["around"].split(), beside["before"].split(), beside["apart"].split(), rates)


def _known(indicators: Any, breakdowns: Any) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    others = _others()
    heads = [*group("sentences")["heads.rate"]["vi"].split("|")]
    tails = group("sentences")["tails.index"]["vi"].split("|")
    names: dict[str, list[str]] = {}
    for code, name in zip(indicators["code"], indicators["name_vi"], strict=True):
        short = next((name.removeprefix(head) for head in heads if name.startswith(head)), name)
        short = next((short.removesuffix(tail) for tail in tails if short.endswith(tail)), short)
        names[code] = [name, short, *others["indicators"].get(code, "").split("|")]
    parts: dict[str, list[str]] = {}
    for code, name in zip(breakdowns["code"], breakdowns["name_vi"], strict=True):
        if code != _TOTAL:
            told = group("sentences").get(f"part.{code}", {}).get("vi", "")
            parts[code] = [name, told, *others["parts"].get(code, "").split("|")]
    return names, parts


@cache
def _others() -> dict[str, Any]:
    return tomllib.loads(files("bcanalysis.wording.reading").joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def _folded_alone() -> frozenset[str]:
    return frozenset(" ".join(word for word, _, _ in folded(name)) for name in _ALONE)


def _by_words(names: Mapping[str, Iterable[str]]) -> dict[str, dict[_Words, str]]:
    """Sort names by their first word; a name of two codes belongs to the first."""
    known: dict[str, dict[_Words, str]] = {}
    for code, called in names.items():
        for name in called:
            words = tuple(word for word, _, _ in folded(re.sub(r"\([^()]*\)$", "", name)))
            full = tuple(word for word, _, _ in folded(name))
            for one in {words, full} - {()}:
                known.setdefault(one[0], {}).setdefault(one, code)
    return known


def _matches(words: _Words, names: Mapping[str, Mapping[_Words, str]]) -> list[_Match]:
    return [
        _Match(code, at, at + len(name))
        for at, word in enumerate(words)
        for name, code in names.get(word, {}).items()
        if words[at : at + len(name)] == name
    ]
