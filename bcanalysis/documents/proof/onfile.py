"""The figures on file for a period, as a document may print them, and the series that its words name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from bcanalysis.comparison.plan import pace_to_plan
from bcanalysis.comparison.readings import readings
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.words import Row, computed_decimals, decimals_printed, known, rows, series_label
from bcanalysis.wording.numbers import format_number, with_unit
from bcanalysis.wording.terms import group, term
from bcanalysis.wording.written import PERCENT, POINTS, TIMES, Number, folded, numbers_in

_ALIKE = 0.6  # share of the words of a name that a sentence must hold to be taken for it
_PERCENT_ROLES = {"growth": "growth", "plan": "plan_pct"}

Words = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A figure on file.

    Parameters
    ----------
    series : int
        Row of the comparison.
    role : str
        ``value``, ``prior``, ``plan``, ``growth``, ``plan_pct``, ``points``, ``times``, ``half_unit``.
    value : decimal.Decimal
        Unrounded, in its unit.
    decimals : int
        With how many it is printed.
    unit : str
        Name of the unit without scale, in small letters.
    scale : int
        Power of ten of the unit.
    signed : bool
        Whether its sign is part of it: a fall is no rise, but a deficit prints without its sign.
    words : str
        Its name and what is printed.
    counts : str
        What it counts, as its name says, in small letters; empty if its unit is no thing.
    implied : bool
        Whether it only follows from printed figures, such as the end of an interval.
    """

    series: int
    role: str
    value: Decimal
    decimals: int
    unit: str
    scale: int
    signed: bool
    words: str
    counts: str
    implied: bool = False

    def comparable(self, number: Number) -> bool:
        """Tell whether a number may be meant for this figure: the same unit, a scale alone, or no unit at all."""
        if number.name:
            # "mỗi suất 300.000 đồng" is told in đồng/suất; "11 doanh nghiệp" are what a series of "đơn vị" counts by its name
            return number.name in (self.unit, self.unit.partition("/")[0]) or self.counts.startswith(number.name)
        return not number.scale or self.unit not in {PERCENT, POINTS, TIMES}

    def told(self, number: Number, value: Decimal) -> Decimal:
        """Give a value of this figure in the scale of a number, without its sign where that is not printed."""
        scaled = value.scaleb(self.scale - number.scale) if number.unit else value
        return scaled if self.signed else abs(scaled)

    def distance(self, number: Number) -> float:
        """Tell how far off a number is."""
        return math.inf if number.value is None else float(abs(self.told(number, self.value) - number.value))


class OnFile:
    """What is on file for a period.

    Parameters
    ----------
    figures : sequence of Figure
        The figures.
    units : sequence of str
        Names of units without scale.
    labels, parts : mapping
        Series by the words of their names, and by those of their parts and price bases.
    quotes : set of str
        What the sources print, as footnotes quote it.
    year : int
        Year in which the period ends; 0 if nothing is on file.
    """

    def __init__(
        self,
        figures: Sequence[Figure],
        units: Sequence[str],
        labels: Mapping[Words, set[int]],
        parts: Mapping[Words, set[int]],
        quotes: frozenset[str],
        year: int = 0,
    ) -> None:
        self.figures = tuple(figures)
        self.year = year
        self.units = tuple(units)
        self.quotes = quotes
        self._labels, self._parts = labels, parts

    def unit(self, words: str) -> Number | None:
        """Read words that are nothing but a unit, such as ``tỷ đồng``."""
        text = f"1 {words.strip()}"
        found = numbers_in(text, self.units)
        return found[0] if len(found) == 1 and found[0].unit and found[0].end == len(text) else None

    def named(self, sentence: str, position: int) -> tuple[tuple[int, frozenset[int]], ...]:
        """Find the series that a sentence names.

        Parameters
        ----------
        sentence : str
            The sentence, or the name of a row.
        position : int
            Where the number stands in it.

        Returns
        -------
        tuple
            Places and series of the names: those before the number, the nearest first, then those after it; narrowed to the
            parts and price bases named before the number. A part that is named alone stands for its series.
        """
        tokens = folded(sentence)
        names, parts = list(_mentions(tokens, self._labels)), list(_mentions(tokens, self._parts))
        before = [mention for mention in names if mention[0] < position][::-1]
        after = [mention for mention in names if mention[0] >= position]
        told = [series for place, series in reversed(parts) if place < position]
        if not names:
            return tuple((place, frozenset(series)) for place, series in reversed(parts) if place < position)[:1]
        return tuple((place, _narrowed(series, told)) for place, series in [*before, *after])

    def after(self, sentence: str, position: int) -> frozenset[int]:
        """Find the series of the part that a sentence names next after a number, as in "100 suất cho xã Cẩm Đàn"."""
        parts = _mentions(folded(sentence), self._parts)
        return next((frozenset(series) for place, series in parts if place >= position), frozenset())

    def alike(self, sentence: str) -> frozenset[int]:
        """Find the series that a sentence seems to be about: most words of its name are there, and of no other as many."""
        words = {word for word, _, _ in folded(sentence)}
        shares = {name: sum(word in words for word in name) / len(name) for name in self._labels if len(name) > 1}
        best = max(shares.values(), default=0.0)
        names = [name for name, share in shares.items() if share == best]
        return frozenset(self._labels[names[0]]) if best >= _ALIKE and len(names) == 1 else frozenset()


def figures_on_file(comparison: pd.DataFrame, dataset: Dataset, lang: str = "vi") -> OnFile:
    """Gather the figures of a comparison, with what they imply, and the names of their series.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`bcanalysis.compare`.
    dataset : Dataset
        The tables, for the units.
    lang : {"vi", "en"}
        Language in which the figures are named; they are looked for by their Vietnamese names.

    Returns
    -------
    OnFile
        What is on file.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> dataset = bc.load()
    >>> found = figures_on_file(bc.compare(dataset, "2018H1", indicators=["import_value"]), dataset)
    >>> print(found.figures[0].words)
    Kim ngạch nhập khẩu: 3.000 triệu USD
    """
    units = [str(name) for name in dataset["units"].loc[dataset["units"]["factor"] == 1, "name_vi"]]
    series = rows(comparison)
    places = {_key(row): place for place, row in enumerate(series)}
    figures = [figure for place, row in enumerate(series) for figure in _figures(place, row, units, lang)]
    levels = {"prior_low": "prior", "prior_high": "prior", "plan_low": "plan", "plan_high": "plan", "value_half_unit": "half_unit",
              "growth_half_unit": "half_unit", "plan_half_unit": "half_unit",
              "remaining_low": "remaining", "remaining_high": "remaining", "ratio_low": "ratio", "ratio_high": "ratio"}  # fmt: skip
    for implied in (readings(comparison), pace_to_plan(comparison)):
        for row in rows(implied):
            place = places[_key(row)]
            for name in levels.keys() & row.keys():
                if known(row[name]) and math.isfinite(row[name]):
                    figures.append(_figure(place, series[place], levels[name], row[name], 1, units, lang, implied=True))
    labels: dict[Words, set[int]] = {}
    parts: dict[Words, set[int]] = {}
    for place, row in enumerate(series):
        for name in _names(str(row["label_vi"])):
            labels.setdefault(_words(name), set()).add(place)
        for name in _part_names(row):
            parts.setdefault(_words(name), set()).add(place)
    quotes = frozenset(str(row["printed"]) for row in series if known(row["printed"]))
    return OnFile(figures, units, labels, parts, quotes, max((row["window_end"].year for row in series), default=0))


def _key(row: Row) -> Words:
    return tuple(str(row[name]) for name in ("indicator", "breakdown", "price_basis"))


def _figures(place: int, row: Row, units: Sequence[str], lang: str) -> Iterator[Figure]:
    usual = int(row["decimals"]) if known(row["decimals"]) else 0
    levels = {"value": decimals_printed(row["half_unit"], usual), "prior": usual, "plan": usual, "plan_now": usual}
    for name, decimals in levels.items():
        if known(row[name]):
            yield _figure(place, row, name.removesuffix("_now"), row[name], decimals, units, lang)
    for end in ("prior_low", "prior_high", "plan_low", "plan_high"):
        if known(row[end]) and math.isfinite(row[end]):
            yield _figure(place, row, end.partition("_")[0], row[end], usual + 1, units, lang, implied=True)
    for stem, role in _PERCENT_ROLES.items():
        if known(row[f"{stem}_printed_pct"]):
            yield _figure(place, row, role, row[f"{stem}_printed_pct"], decimals_printed(row[f"{stem}_half_unit"], 1), units, lang)
        if known(row[f"{stem}_computed_pct"]):
            yield _figure(place, row, role, row[f"{stem}_computed_pct"], computed_decimals(row, stem), units, lang)
        if role == "growth" and known(row["growth_pct"]) and row["growth_pct"] >= 100:
            yield _figure(place, row, "times", 1 + row["growth_pct"] / 100, 1, units, lang)
    if known(row["difference_pp"]):
        yield _figure(place, row, "points", row["difference_pp"], 1, units, lang)


_UNITS = {"growth": PERCENT, "plan_pct": PERCENT, "points": POINTS, "times": TIMES, "ratio": TIMES}


def _figure(
    place: int, row: Row, role: str, value: float, decimals: int, units: Sequence[str], lang: str, implied: bool = False
) -> Figure:
    called = _UNITS.get(role) or str(row["unit_vi"])
    unit = numbers_in(f"1 {called}", units)
    name, scale = (unit[0].name, unit[0].scale) if unit else (called, 0)
    shown = called if role in _UNITS else str(row[f"unit_{lang}"])
    printed = with_unit(format_number(value, decimals, lang), shown)
    return Figure(
        place,
        role,
        Decimal(f"{value:.15g}"),
        decimals,
        name,
        scale,
        name == PERCENT,
        term(f"proof.role.{role}", lang, name=series_label(row, lang), figure=printed),
        str(row["label_vi"]).lower() if row["kind"] == "count" and role not in _UNITS else "",
        implied,
    )


def _names(label: str) -> Iterator[str]:
    """Give the ways a label is written: whole, without its bracket, by its abbreviation, without "Tốc độ tăng"."""
    heads = [head for head in term("sentences.heads.rate").split("|") if head and label.startswith(head)]
    for name in (label, label.removeprefix(heads[0]) if heads else label):
        yield name
        yield re.sub(r"\s*\([^)]*\)", "", name)
    yield from re.findall(r"\(([A-Z]{3,})\)", label)


def _part_names(row: Row) -> Iterator[str]:
    if row["breakdown"] != "total":
        yield str(row["breakdown_vi"])
        part = group("sentences").get(f"part.{row['breakdown']}")
        if part:
            yield part["vi"]
    if row["price_basis"] not in {"not_applicable", "not_stated"}:
        yield str(row["price_basis_vi"])


def _words(name: str) -> Words:
    return tuple(word for word, _, _ in folded(name))


def _mentions(tokens: Sequence[tuple[str, int, int]], names: Mapping[Words, set[int]]) -> Iterator[tuple[int, set[int]]]:
    """Find names in a text, the longest one at each place, and none inside another."""
    lengths = sorted({len(name) for name in names if name}, reverse=True)
    place = 0
    while place < len(tokens):
        for length in lengths:
            name = tuple(word for word, _, _ in tokens[place : place + length])
            if name in names:
                yield tokens[place][1], names[name]
                place += length - 1
                break
        place += 1


def _narrowed(series: Iterable[int], told: Iterable[set[int]]) -> frozenset[int]:
    found = frozenset(series)
    for part in told:
        found = found & part or found
    return found
