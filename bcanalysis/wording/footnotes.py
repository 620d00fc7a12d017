"""What a reader must know beside the sentence of a row: where a figure was printed, what could not be checked, what disagrees."""

from __future__ import annotations

import math
import re
from datetime import date

from bcanalysis.indicators import NOT_LEVELS
from bcanalysis.periods import Period
from bcanalysis.rounding import open_half_units
from bcanalysis.wording.numbers import (
    decimals_of,
    format_interval,
    format_number,
    format_percent,
    format_period,
    format_short_date,
    with_unit,
)
from bcanalysis.wording.statement import Change, Row, Statement, change
from bcanalysis.wording.terms import group, term

_CHECKED_DECIMALS = 2
_MOST_READINGS = 4
_UNSAID_REASONS = {None, "rate", "no_value"}


def footnotes(row: Row, lang: str = "vi") -> list[str]:
    """List what a reader must know about a row.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a comparison, as for :func:`bcanalysis.wording.sentences.sentence`.
    lang : {"vi", "en"}
        Language. Reasons of links are quoted as they were written.

    Returns
    -------
    list of str
        One footnote for each flag, reason and verdict that matters: on the value, on growth, on the plan, on declared links. Empty
        when there is nothing to add. That no prior figure is on file is said of economic results only; that no plan is, of
        headline totals only.

    Raises
    ------
    UsageError
        If the language is unknown, or the row has no period or no name of an indicator.

    Examples
    --------
    >>> row = {"label_vi": "Kim ngạch nhập khẩu", "period": "2018H1", "value": 3000.0, "half_unit": 0.5, "unit_vi": "triệu USD",
    ...        "growth_pct": 11.0, "growth_origin": "printed", "growth_half_unit": 0.5, "growth_reason": "no_prior",
    ...        "prior_low": 2690.1, "prior_high": 2715.4, "flags": ("printed_growth",)}
    >>> for footnote in footnotes(row):
    ...     print(footnote)
    Mức tăng 11% lấy theo nguồn công bố, chưa tính lại được do chưa có số liệu cùng kỳ năm trước; từ các số đã công bố suy ra số liệu cùng kỳ năm trước trong khoảng từ 2.690,1 đến 2.715,4 triệu USD.
    """  # noqa: E501 (the footnotes are as long as they are)
    statement = Statement(row, lang)
    found = [*_on_value(statement), *_on_growth(statement), *_on_plan(statement), *_on_links(statement)]
    return [footnote[0].upper() + footnote[1:] for footnote in found]


def contradictions(row: Row, lang: str = "vi") -> list[str]:
    """List what speaks against the value of a row: a correction, other sources, figures beside it.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a comparison.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    list of str
        The footnotes on these; empty where nothing speaks against it.

    Examples
    --------
    >>> contradictions({"label_en": "Exports", "period": "2018H1", "flags": ("identity_violated", "undated")}, "en")
    ['The figure does not agree with related figures of the same source.']
    """
    return _against(Statement(row, lang))


def _against(statement: Statement) -> list[str]:
    found, printed = [], statement.text("printed")
    if "correction" in statement.flags:
        found.append(statement.say("note.correction", printed=printed) if printed else statement.say("note.correction_unprinted"))
    return found + [statement.say(f"note.{flag}") for flag in ("conflict", "identity_violated") if flag in statement.flags]


def _on_value(statement: Statement) -> list[str]:
    found = []
    flags = statement.flags
    half_unit = statement.number("half_unit")
    if "open_unit" in flags and statement.value is not None and half_unit:
        found.append(_open_unit(statement, statement.value, half_unit))
    if "approximate" in flags and statement.value is not None:
        found.append(statement.say("note.approximate", amount=statement.value_amount()))
    found += _against(statement)
    found += [_window(statement, flag) for flag in ("partial_window", "longer_window") if flag in flags]
    if "undated" in flags:
        found.append(statement.say("note.undated"))
    found += [
        statement.say(f"note.{flag}", area=statement.word("area") or statement.text("area"))
        for flag in ("territory_ended", "rebuilt_base")
        if flag in flags
    ]
    return [footnote for footnote in found if footnote]


def _open_unit(statement: Statement, value: float, half_unit: float) -> str:
    """Show the readings that trailing zeros leave open; a figure that is only approximate has none."""
    half_units = open_half_units(value, half_unit)
    if len(half_units) < 2 or statement.text("qualifier") is not None:
        return ""
    sizes = [f"±{format_number(size, lang=statement.lang)}" for size in half_units]
    if len(sizes) > _MOST_READINGS:
        readings = statement.say("note.readings_range", first=sizes[0], last=sizes[-1])
    else:
        readings = statement.say("note.readings", first="; ".join(sizes[:-1]), last=sizes[-1])
    return statement.say(
        "note.open_unit",
        printed=statement.text("printed") or statement.value_amount(),
        readings=with_unit(readings, statement.word("unit")),
    )


def _window(statement: Statement, flag: str) -> str:
    """Say which days a value covers, where the sentence names neither one day nor a moment."""
    start, end = statement.day("window_start"), statement.day("window_end")
    if start is None or end is None or statement.when.shape in {"day", "moment"}:
        return ""
    days = [format_short_date(day, statement.lang) for day in (start, end)]
    window = statement.say("when.days", start=days[0], end=days[1])
    return statement.say(f"note.{flag}", window=window, period=_the_period(statement))


def _the_period(statement: Statement) -> str:
    name = format_period(statement.period, statement.lang)
    return name if statement.lang == "vi" or name[0].isdigit() else f"the {name}"


def _on_growth(statement: Statement) -> list[str]:
    if statement.kind in NOT_LEVELS:
        return []
    found = []
    flags, same = statement.flags, statement.same
    printed, computed = statement.number("growth_printed_pct"), statement.number("growth_computed_pct")
    verdict, reason = statement.text("growth_verdict"), statement.text("growth_reason")
    headline_printed = statement.text("growth_origin") == "printed" and statement.growth is not None
    if headline_printed and "base_not_revised" in flags and computed is not None and statement.prior is not None:
        opening = statement.say(
            "note.base_not_revised",
            change=_as_noun(statement),
            same=same,
            prior=statement.amount(statement.prior),
            computed=_moved(statement, computed),
        )
        found.append(_with_implied_prior(statement, opening))
    elif headline_printed and computed is None:
        said = {} if reason in _UNSAID_REASONS else {"reason": _reason(reason, statement.lang)}
        key = "note.growth_printed" if said else "note.growth_printed_only"
        found.append(_with_implied_prior(statement, statement.say(key, change=_as_noun(statement), **said)))
    elif verdict in {"disagree", "cannot_tell"} and printed is not None and computed is not None:
        found.append(
            statement.say(
                f"note.growth_{verdict}",
                same=same,
                printed=statement.printed_change(printed).words("moved", statement.lang, same=same),
                computed=_moved(statement, computed),
            )
        )
    elif reason == "base_in_doubt" and computed is not None and statement.prior is not None:
        found.append(
            statement.say(
                "note.base_in_doubt",
                same=same,
                reason=_reason(reason, statement.lang),
                prior=statement.amount(statement.prior),
                computed=_moved(statement, computed),
            )
        )
    elif statement.growth is None and _lack_matters(statement, reason):
        found.append(statement.say("note.no_growth", same=same, reason=_reason(reason, statement.lang)))
    return found


def _as_noun(statement: Statement) -> str:
    growth = statement.growth or Change("same", "")
    noun = growth.words("change", statement.lang, same=statement.same)
    pct = statement.number("growth_pct")
    if statement.text("growth_form") != "index" or pct is None:
        return noun
    half_unit = statement.number("growth_half_unit")
    index = format_percent(100 + pct, decimals_of(half_unit) if half_unit else None, statement.lang)
    return statement.say("change.as_index", change=noun, index=index)


def _moved(statement: Statement, pct: float) -> str:
    """Word a computed change as precisely as a check needs."""
    moved = change(pct, _CHECKED_DECIMALS, statement.lang, times_decimals=_CHECKED_DECIMALS)
    return moved.words("moved", statement.lang, same=statement.same)


def _with_implied_prior(statement: Statement, opening: str) -> str:
    interval = _interval(statement, "prior")
    if not interval:
        return f"{opening}."
    return f"{opening}; {statement.say('note.implied_prior', same=statement.same, interval=interval)}."


def _on_plan(statement: Statement) -> list[str]:
    found = []
    plan, pct = statement.number("plan"), statement.number("plan_pct")
    printed, computed = statement.number("plan_printed_pct"), statement.number("plan_computed_pct")
    verdict, reason = statement.text("plan_verdict"), statement.text("plan_reason")
    if plan is not None:
        found.append(_plan_on_file(statement, plan))
        now = statement.number("plan_now")
        if now is not None:
            found.append(_plan_on_file(statement, now, "plan_now", "note.plan_now"))
        found += [_plan_beside(statement, other) for other in statement.other_plans]
    if statement.text("plan_origin") == "printed" and pct is not None and computed is None:
        said = {} if reason in _UNSAID_REASONS else {"reason": _reason(reason, statement.lang)}
        key = "note.plan_printed" if said else "note.plan_printed_only"
        opening = statement.say(key, pct=_printed_share(statement, pct), **said)
        interval = "" if plan is not None else _interval(statement, "plan")
        found.append(f"{opening}; {statement.say('note.implied_plan', interval=interval)}." if interval else f"{opening}.")
    elif verdict in {"disagree", "cannot_tell"} and printed is not None and computed is not None:
        found.append(
            statement.say(
                f"note.plan_{verdict}",
                printed=_printed_share(statement, printed),
                computed=format_percent(computed, _CHECKED_DECIMALS, statement.lang),
            )
        )
    elif pct is None and _lack_matters(statement, reason):
        found.append(statement.say("note.no_plan", reason=_reason(reason, statement.lang)))
    return found


def _plan_on_file(statement: Statement, plan: float, stem: str = "plan", key: str = "note.plan") -> str:
    told = _decided(statement, statement.text(f"{stem}_body"), statement.text(f"{stem}_decided_on"))
    values = {"year": statement.period.year, "plan": statement.amount(plan)}
    return statement.say(f"{key}_by", by=told, **values) if told else statement.say(key, **values)


def _plan_beside(statement: Statement, other: Row) -> str:
    """Name a plan of another body that was in force at the same time, with the percent of it."""
    return statement.say(
        "note.plan_beside",
        year=statement.period.year,
        plan=statement.amount(other["plan"]),
        by=_decided(statement, other["body"], other["decided_on"]),
        pct=format_percent(other["plan_pct"], 1, statement.lang),
    )


def _decided(statement: Statement, body: str | None, decided_on: str | None) -> str:
    """Say who has set a plan, and when, as far as it is known."""
    by = [
        term(f"codes.plan_body.{body}", statement.lang) if body and f"plan_body.{body}" in group("codes") else body,
        _known_date(decided_on, statement.lang) if decided_on else None,
    ]
    return ", ".join(part for part in by if part)


def _printed_share(statement: Statement, pct: float) -> str:
    half_unit = statement.number("plan_half_unit")
    return format_percent(pct, decimals_of(half_unit) if half_unit else None, statement.lang)


def _on_links(statement: Statement) -> list[str]:
    """Say which comparisons rest on a declared link, each with its own reason."""
    return [
        _on_link(statement, flag, reason)
        for flag, reason in (("via_link", "link_reason"), ("plan_via_link", "plan_link_reason"))
        if flag in statement.flags
    ]


def _on_link(statement: Statement, flag: str, name: str) -> str:
    reason = statement.text(name)
    if reason is None:
        return statement.say(f"note.{flag}_bare", same=statement.same)
    return statement.say(f"note.{flag}", same=statement.same, reason=reason).replace(".”.", ".”")


def _lack_matters(statement: Statement, reason: str | None) -> bool:
    """Tell whether a reader is to be told why there is no percent; not every series is expected to have a prior or a plan."""
    if reason == "no_prior":
        return statement.is_achievement and statement.when.shape != "day"
    if reason == "no_plan":
        return statement.number("headline") is not None and statement.text("breakdown") in {None, "total"}
    return reason not in _UNSAID_REASONS


def _interval(statement: Statement, name: str) -> str:
    """Print an implied interval with one decimal more than the value has; empty if nothing is known."""
    low, high = statement.number(f"{name}_low"), statement.number(f"{name}_high")
    if low is None or high is None or (math.isinf(low) and math.isinf(high)):
        return ""
    decimals = 1 + (statement.decimals or 0)
    interval = format_interval(low, high, decimals, statement.lang, statement.word("unit"))
    bounded = math.isfinite(low) and math.isfinite(high)
    return statement.say("interval.within", interval=interval) if bounded else interval


def _reason(code: str | None, lang: str) -> str:
    return term(f"codes.reason.{code}", lang)


def _known_date(text: str, lang: str) -> str:
    """Print a date as far as it is known: a day, a month or a year; anything else stays as it is."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", text):
        return term("sentences.when.date", lang, date=format_short_date(date.fromisoformat(text[:10]), lang))
    if month := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return format_period(Period(int(month[1]), int(month[2]), int(month[2])), lang)
    return format_period(Period.parse(text), lang) if re.fullmatch(r"\d{4}", text) else text
