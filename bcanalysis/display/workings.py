"""How each number of a comparison came about: its row, its source, the formula and the rounding, in sentences."""

from __future__ import annotations

from typing import Any

from bcanalysis.display import words
from bcanalysis.display.words import Row, known
from bcanalysis.periods import Period
from bcanalysis.rounding import printed_interval
from bcanalysis.wording.numbers import format_number, format_percent
from bcanalysis.wording.terms import term


def workings(row: Row, lang: str = "vi") -> dict[str, tuple[str, ...]]:
    """Say of each number in a row of a comparison how it came about.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    dict
        Sentences under ``value``, ``prior``, ``growth``, ``growth_computed``, ``plan`` and ``plan_pct``; what is not there has
        none. Nothing is computed: formulas stand with the figures and the results of the row.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> exports = bc.compare(bc.load(), "2018H1", indicators=["export_value"]).iloc[0]
    >>> workings(exports)["plan_pct"]
    ('Công thức: 3.140 ÷ 7.800 × 100 = 40,2564102564103%.', 'Làm tròn một lần, sau cùng, nửa đơn vị làm tròn lên.')
    """
    told = {
        "value": _value(row, lang),
        "prior": _prior(row, lang),
        "growth": _difference(row, lang) if known(row["difference_pp"]) else _percent(row, "growth", lang),
        "growth_computed": _computed(row, "growth", lang),
        "plan": _plan(row, lang),
        "plan_pct": _percent(row, "plan", lang),
    }
    return {name: tuple(lines) for name, lines in told.items() if lines}


def _say(key: str, lang: str, **values: object) -> str:
    return term(f"workings.{key}", lang, **values)


def _exact(value: Any, lang: str) -> str:
    return format_number(value, None, lang)


def _value(row: Row, lang: str) -> list[str]:
    if not known(row["value"]):
        return []
    lines = [_say("row", lang, place=_place("observations.csv", row, row["period"]))]
    if known(row.get("printed")):
        lines.append(_say("printed", lang, text=row["printed"]))
    return [*lines, *_rounded(row["value"], row.get("half_unit"), row.get("qualifier"), lang), *_sourced(row, "", lang)]


def _prior(row: Row, lang: str) -> list[str]:
    if known(row["prior"]):
        place = _place("observations.csv", row, row.get("prior_period"))
        return [_say("row", lang, place=place), _say("full", lang, text=_exact(row["prior"], lang)), *_sourced(row, "prior_", lang)]
    return _implied(row, "prior", "growth", lang)


def _plan(row: Row, lang: str) -> list[str]:
    if known(row["plan"]):
        place = _place("plans.csv", row, Period.parse(str(row["period"])).year)
        return [_say("row", lang, place=place), _say("full", lang, text=_exact(row["plan"], lang)), *_sourced(row, "plan_", lang)]
    return _implied(row, "plan", "plan", lang)


def _implied(row: Row, level: str, stem: str, lang: str) -> list[str]:
    if not (known(row[f"{level}_low"]) and known(row[f"{level}_high"])):
        return []
    percent = words.printed_pct_text(row, stem, lang, signed=stem == "growth")
    said = _say(f"implied_{level}", lang, value=words.value_text(row, lang), percent=percent)
    return [said, _say("once", lang)]


def _percent(row: Row, stem: str, lang: str) -> list[str]:
    if not known(row[f"{stem}_pct"]):
        return []
    if row[f"{stem}_origin"] != "printed":
        return _computed(row, stem, lang)
    text, form = words.printed_pct_text(row, stem, lang, signed=stem == "growth"), row.get(f"{stem}_form")
    as_rate = not known(form) or form in ("rate", "percent")
    named = {} if as_rate else {"form": words.named(form, f"{stem}_form", lang)}
    lines = [_say("printed" if as_rate else "printed_as", lang, text=text, **named)]
    if as_rate:
        lines += _rounded(row[f"{stem}_printed_pct"], row.get(f"{stem}_half_unit"), row.get(f"{stem}_qualifier"), lang)
    if known(row[f"{stem}_computed_pct"]) and known(row.get(f"{stem}_verdict")):
        computed = format_percent(row[f"{stem}_computed_pct"], None, lang, stem == "growth")
        lines.append(_say("beside", lang, text=computed, verdict=words.named(row[f"{stem}_verdict"], "verdict", lang)))
    return [*lines, *_sourced(row, "", lang)]


def _computed(row: Row, stem: str, lang: str) -> list[str]:
    if not known(row[f"{stem}_computed_pct"]):
        return []
    level, formula = ("prior", "growth") if stem == "growth" else ("plan", "plan_pct")
    reason, result = row.get("link_reason" if stem == "growth" else "plan_link_reason"), _exact(row[f"{stem}_computed_pct"], lang)
    if known(reason):
        said = _say("linked", lang, reason=reason, result=result)
    else:
        said = _say(formula, lang, value=_exact(row["value"], lang), result=result, **{level: _exact(row[level], lang)})
    return [said, _say("once", lang)]


def _difference(row: Row, lang: str) -> list[str]:
    result = format_number(row["difference_pp"], None, lang, signed=True)
    if not (known(row["value"]) and known(row["prior"])):
        return [_say("once", lang)]
    value, prior = _exact(row["value"], lang), _exact(row["prior"], lang)
    return [_say("difference", lang, value=value, prior=prior, result=result), _say("once", lang)]


def _rounded(value: float, half_unit: Any, qualifier: Any, lang: str) -> list[str]:
    if not known(half_unit):
        return []
    meant = printed_interval(value, half_unit, qualifier if known(qualifier) else None)
    if not (known(meant.low) and known(meant.high)):
        return []  # "khoảng" promises no ends
    decimals = words.decimals_printed(half_unit, 0) + 1
    return [_say("rounded", lang, text=words.bracket_text(float(meant.low), float(meant.high), decimals, lang))]


def _sourced(row: Row, stem: str, lang: str) -> list[str]:
    """Name the source, by its title where the row has it, and the day it was stated."""
    titles = (row.get(f"{stem}source_title"), row.get(f"{stem}source"))
    source = next((str(title) for title in titles if known(title)), "")
    day = row.get("plan_decided_on" if stem == "plan_" else f"{stem}stated_on")
    if not source:
        return []
    if not known(day):
        return [_say("source", lang, source=source)]
    return [_say("source_on", lang, source=source, day=words.date_text(str(day)[:10], lang))]


def _place(table: str, row: Row, period: Any) -> str:
    keys = ", ".join(str(row.get(name)) for name in ("area", "indicator", "breakdown", "price_basis"))
    return f"{table}: {keys}, {period}"
