"""The house's own listings: which columns of a frame are shown, and how a row of them reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import pandas as pd

from bcanalysis.display import statements, words
from bcanalysis.display.words import Row, known
from bcanalysis.wording.numbers import format_number, format_percent, with_unit
from bcanalysis.wording.terms import term

# What a reader must see first.
_FIRST = {
    "identities": ("verdict", ["violated", "missing", "cannot_tell", "holds"]),
    **dict.fromkeys(("conflicts", "sets", "remainders"), ("class", ["contradiction", "revision", "rounding", "different_series"])),
}
_CHECKABLE = ("growth_printed_pct", "growth_computed_pct", "plan_printed_pct", "plan_computed_pct")
_UNTIL_MET = ("remaining", "needed_a_month")
Reader = Callable[[Row, str], Any]


def _level(name: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        return words.level_text(row[name], int(row["decimals"]), lang) if known(row[name]) else ""

    return read


def _range(stem: str, decimals: int | None = None) -> Reader:
    def read(row: Row, lang: str) -> str:
        low, high = row[f"{stem}_low"], row[f"{stem}_high"]
        if not (known(low) and known(high)):
            return ""
        if stem in _UNTIL_MET and high == 0:
            return term("listings.met", lang)
        places = int(row["decimals"]) + 1 if decimals is None else decimals
        return words.level_text(low, places, lang) if low == high else words.bracket_text(low, high, places, lang)

    return read


def _code(name: str, kind: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        return words.named(row[name], kind, lang) if known(row[name]) else ""

    return read


def _text(name: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        found = row.get(f"{name}_{lang}", row.get(name))
        return str(found) if known(found) else ""

    return read


def _period(name: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        return words.period_text(row[name], lang) if known(row[name]) else ""

    return read


def _percent(stem: str, origin: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        if not known(row[f"{stem}_{origin}_pct"]):
            return ""
        return words.printed_pct_text(row, stem, lang) if origin == "printed" else words.computed_pct_text(row, stem, lang)

    return read


def _plan_percent(row: Row, lang: str) -> str:
    if not known(row["plan_pct"]):
        return ""
    return (
        words.printed_pct_text(row, "plan", lang) if row["plan_origin"] == "printed" else words.computed_pct_text(row, "plan", lang)
    )


def _reading(row: Row, lang: str) -> str:
    parts = [("value", row["value_half_unit"]), ("growth", row["growth_half_unit"]), ("plan", row["plan_half_unit"])]
    told = [
        term(f"listings.reading.{name}", lang, half_unit=format_number(unit, None, lang)) for name, unit in parts if known(unit)
    ]
    return "; ".join(told)


def _a_month(row: Row, lang: str) -> str:
    return words.level_text(row["done_a_month"], int(row["decimals"]) + 1, lang)


def _range_or_reason(stem: str, reason: str, decimals: int | None = None) -> Reader:
    """Read a range, or why there is none."""
    number, why = _range(stem, decimals), _code(reason, "reason")

    def read(row: Row, lang: str) -> str:
        return str(number(row, lang) or why(row, lang))

    return read


def _value(row: Row, lang: str) -> str:
    return with_unit(words.value_text(row, lang), str(row[f"unit_{lang}"]))


def _growth(row: Row, lang: str) -> str:
    if known(row["growth_pct"]):
        printed = row["growth_origin"] == "printed"
        return (words.printed_pct_text if printed else words.computed_pct_text)(row, "growth", lang)
    if row["growth_reason"] == "rate":  # the indicator is itself a growth rate or a share
        return words.points_text(row["difference_pp"], lang) if known(row["difference_pp"]) else ""
    return words.named(row["growth_reason"], "reason", lang)


def _plain_mean(row: Row, lang: str) -> str:
    return format_number(row["plain_mean"], int(row["decimals"]), lang) if known(row["plain_mean"]) else ""


def _merged_growth(row: Row, lang: str) -> str:
    return format_percent(row["growth_pct"], 1, lang) if known(row["growth_pct"]) else ""


def _parts(row: Row, lang: str) -> str:
    return "; ".join(f"{part[f'area_{lang}']}:\u00a0{_part(part, row, lang)}" for part in row["parts"])


def _part(part: Row, row: Row, lang: str) -> str:
    if not known(part["value"]):
        return term("display.symbol.not_on_file", lang)
    decimals = words.decimals_printed(part["half_unit"], int(row["decimals"]))
    return words.qualified(format_number(part["value"], decimals, lang), part["qualifier"], lang)


def _warnings(row: Row, lang: str) -> str:
    return "; ".join(words.named(code, "warning", lang) for code in row["warnings"])


def _missing_areas(row: Row, lang: str) -> str:
    return "; ".join(row[f"missing_{lang}"])


def _side(side: str) -> Reader:
    def read(row: Row, lang: str) -> str:
        decimals = int(row["decimals"]) if row["what"] == "value" else 2
        number = words.qualified(words.level_text(row[side], decimals, lang), row[f"{side}_qualifier"], lang)
        days = [words.date_text(day, lang) for day in str(row[f"{side}_stated_on"] or "").split("/") if day]
        told = [row[f"{side}_source_title"], " – ".join(days) or term("listings.undated", lang)]
        basis = row[f"{side}_basis_{lang}"]
        return f"{number} ({'; '.join([*told, *([basis] if known(basis) and basis else [])])})"

    return read


def _figure(row: Row, lang: str) -> str:
    name = words.series_label(row, lang)
    return name if row["what"] == "value" else f"{name}: " + term(f"listings.what.{row['what']}", lang)


def _interval(row: Row, lang: str) -> str:
    return statements.interval_text(row["low"], row["high"], int(row["decimals"]) + 1, lang)


def _printed(row: Row, lang: str) -> str:
    return statements.interval_text(row["printed_low"], row["printed_high"], int(row["decimals"]) + 1, lang)


# Of each listing: the key of a column's heading, and how a row is read for it.
LISTINGS: Mapping[str, Mapping[str, Reader]] = {
    "pace": {
        "indicator": words.series_label,
        "unit": _text("unit"),
        "value": _level("value"),
        "plan_pct": _plan_percent,
        "remaining": _range("remaining"),
        "ratio": _range("ratio", 2),
    },
    "second_half": {
        "indicator": words.series_label,
        "unit": _text("unit"),
        "value": _level("value"),
        "remaining": _range("remaining"),
        "ratio": _range("ratio", 2),
        "done_a_month": _a_month,
        "needed_a_month": _range("needed_a_month"),
    },
    "past_halves": {
        "indicator": words.series_label,
        "unit": _text("unit"),
        "past": _range_or_reason("past", "past_reason"),
        "past_origin": _code("past_origin", "half_origin"),
        "needed_growth": _range("growth", 1),
        "past_ratio": _range_or_reason("past_ratio", "scenario_reason", 2),
        "year": _range("year"),
        "year_pct": _range("year_pct", 1),
    },
    "statuses": {
        "indicator": words.series_label,
        "value": _value,
        "status": _code("status", "status"),
        "source": _text("source_title"),
    },
    "provinces": {
        "indicator": words.series_label,
        "area": _text("area"),
        "value": _value,
        "status": _code("status", "status"),
        "growth": _growth,
        "plan_pct": _plan_percent,
        "warnings": _warnings,
    },
    "merged": {
        "indicator": words.series_label,
        "unit": _text("unit"),
        "parts": _parts,
        "value": _level("value"),
        "prior": _level("prior"),
        "growth": _merged_growth,
        "reason": _code("reason", "reason"),
        "plain_mean": _plain_mean,
        "weight": _range("weight", 1),
    },
    "coverage": {
        "indicator": _text("label"),
        "on_file": _text("on_file"),
        "missing": _missing_areas,
    },
    "readings": {
        "indicator": words.series_label,
        "unit": _text("unit"),
        "value": _level("value"),
        "reading": _reading,
        "prior": _range("prior"),
        "plan": _range("plan"),
    },
    "verdicts": {
        "indicator": words.series_label,
        "growth_printed": _percent("growth", "printed"),
        "growth_computed": _percent("growth", "computed"),
        "growth_verdict": _code("growth_verdict", "verdict"),
        "growth_reason": _code("growth_reason", "reason"),
        "plan_printed": _percent("plan", "printed"),
        "plan_computed": _percent("plan", "computed"),
        "plan_verdict": _code("plan_verdict", "verdict"),
    },
    "identities": {
        "relation": _text("relation"),
        "left": _level("left"),
        "right": _level("right"),
        "unit": _text("unit"),
        "verdict": _code("verdict", "identity"),
        "kind": _code("kind", "identity_kind"),
        "source": _text("source_title"),
    },
    "conflicts": {
        "figure": _figure,
        "period": _period("period"),
        "unit": _text("unit"),
        "first": _side("first"),
        "later": _side("later"),
        "class": _code("class", "conflict"),
    },
    "sets": {
        "figure": statements.figure,
        "period": _period("period"),
        "unit": _text("unit"),
        "first": statements.side("first"),
        "later": statements.side("later"),
        "class": statements.class_text,
    },
    "remainders": {
        "figure": words.series_label,
        "period": _period("period"),
        "unit": _text("unit"),
        "first": statements.side("first"),
        "later": statements.side("later"),
        "class": statements.class_text,
    },
    "intervals": {
        "figure": statements.figure,
        "period": _period("period"),
        "unit": _text("unit"),
        "interval": _interval,
        "printed": _printed,
        "origin": _code("origin", "interval"),
        "statements": statements.statements("statements"),
    },
    "revisions": {
        "figure": words.series_label,
        "period": _period("period"),
        "unit": _text("unit"),
        "first": statements.statements("first"),
        "later": statements.side("later"),
        "revision": statements.revision,
        "rests_on": _code("rests_on", "base"),
    },
    "corrections": {
        "figure": words.series_label,
        "area": _text("area"),
        "period": _period("period"),
        "printed": _text("printed"),
        "read_as": _text("read_as"),
        "reason": _text("reason"),
        "source": _text("source_title"),
    },
    "gaps": {
        "indicator": _text("label"),
        "unit": _text("unit"),
        "theme": _code("theme", "theme"),
        "last_period": _period("last_period"),
    },
}
# A column in which reasons stand beside numbers is none of these: numbers do not wrap.
NUMERIC = frozenset(
    (
        "value plan_pct remaining ratio prior plan growth_printed growth_computed plan_printed plan_computed left right "
        "done_a_month needed_a_month needed_growth year year_pct interval growth plain_mean weight"
    ).split()
)


def _to_check(rows: list[Row]) -> list[Row]:
    return [row for row in rows if any(known(row[percent]) for percent in _CHECKABLE)]


def _on_file(rows: list[Row]) -> list[Row]:
    return [row for row in rows if known(row["value"])]


def _coverage(rows: list[Row]) -> list[Row]:
    """Say for each indicator of how many areas a figure is on file, and of which none is."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["indicator"], []).append(row)
    return [_covered(of_one) for of_one in found.values()]


def _covered(rows: list[Row]) -> Row:
    areas = {row["area"] for row in rows}
    lacking = [row for row in rows if not known(row["value"])]
    told = {f"missing_{lang}": [row[f"area_{lang}"] for row in lacking] for lang in ("vi", "en")}
    return {**rows[0], **told, "on_file": f"{len(areas) - len(lacking)}/{len(areas)}"}


def _not_as_printed(rows: list[Row]) -> list[Row]:
    """Keep what is known otherwise than by its own print, and between two ends."""
    return [row for row in rows if row["origin"] != "printed" and row["low"] > 0 and isfinite(row["high"])]


# Listings that are of some of the rows, or of what these say together.
_PREPARED: Mapping[str, Callable[[list[Row]], list[Row]]] = {
    "verdicts": _to_check,
    "provinces": _on_file,
    "coverage": _coverage,
    "intervals": _not_as_printed,
}


def heading(name: str, key: str, lang: str) -> str:
    """Give the caption (key ``title``) or a column's heading of a listing."""
    return term(f"listings.{name}.{key}", lang)


def in_words(name: str, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Read a frame for one of the house's listings.

    Parameters
    ----------
    name : str
        Name of the listing.
    frame : pandas.DataFrame
        What the listing is of, with the names of its codes.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    pandas.DataFrame
        One text column for each column of the listing in which something stands. What contradicts comes first; of
        ``verdicts``, the rows with something to check; of ``provinces``, those with a figure; of ``intervals``, what is known
        otherwise than by its own print; ``coverage`` has a row for each indicator.
    """
    rows: list[Row] = list(words.rows(frame))
    rows = _PREPARED[name](rows) if name in _PREPARED else rows
    if name in _FIRST:
        column, order = _FIRST[name]
        rows = sorted(rows, key=lambda row: order.index(row[column]))
    texts = pd.DataFrame({key: [read(row, lang) for row in rows] for key, read in LISTINGS[name].items()}, dtype=object)
    return texts.loc[:, (texts != "").any()] if len(texts) else texts
