"""A row of a comparison as one sentence of an official report, in Vietnamese or English.

The sentence says what the row says and nothing more: which indicator, when, how much, how that compares with the prior year and
with the annual plan. It names no cause and passes no judgement. What a reader must know beside it stands in its footnotes.
"""

from __future__ import annotations

from bcanalysis.rounding import half_up
from bcanalysis.wording.footnotes import footnotes
from bcanalysis.wording.labels import subject, verb
from bcanalysis.wording.numbers import decimals_of, decimals_to_tell_apart, format_percent, format_points
from bcanalysis.wording.statement import Row, Statement, change, format_multiple, multiple_decimals, qualified
from bcanalysis.wording.terms import group

__all__ = ["footnotes", "growth_clause", "plan_clause", "sentence"]

_HONOURS = {"proposed", "registered", "granted"}
_HALF_OF_ONE = 0.5


def sentence(row: Row, lang: str = "vi") -> str:
    """Put a row of a comparison into words.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a comparison; ``period`` and ``label_vi`` (or ``label_en``) are needed, every other column may be missing.
        Percents are percents, 12.5 for 12.5 %.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        One sentence. A missing value is said in the words of its symbol; missing growth and a missing plan are not mentioned.

    Raises
    ------
    UsageError
        If the language is unknown, or the row has no period or no name of an indicator.

    Examples
    --------
    >>> row = {
    ...     "indicator": "industrial_output", "label_vi": "Giá trị sản xuất công nghiệp", "label_en": "Industrial output value",
    ...     "price_basis": "current", "period": "2018H1", "value": 66148.0, "half_unit": 0.5, "status": "estimate",
    ...     "unit_vi": "tỷ đồng", "unit_en": "billion dong", "growth_pct": 27.6, "growth_origin": "printed",
    ...     "growth_half_unit": 0.05, "plan_pct": 45.9, "plan_origin": "printed", "plan_half_unit": 0.05,
    ... }
    >>> print(sentence(row))
    Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng, tăng 27,6% so với cùng kỳ năm trước, đạt 45,9% kế hoạch năm.
    >>> print(sentence(row, lang="en"))
    Industrial output value (current prices) in the first half of 2018 is estimated at 66,148 billion dong, up 27.6% on the same period of the prior year, 45.9% of the annual plan.
    """  # noqa: E501 (the sentences are as long as they are)
    statement = Statement(row, lang)
    clauses = [clause for clause in _clauses(statement) if clause]
    text = ", ".join(clauses) + "."
    return text[0].upper() + text[1:]


def _clauses(statement: Statement) -> list[str]:
    """Give the clauses of the sentence, in their order; an empty one is not said."""
    if statement.value is None:
        return _without_value(statement)
    if statement.kind == "rate":
        return [_rate(statement, statement.value), _points(statement, statement.value)]
    if statement.kind == "index":
        return [_index(statement), _points(statement, statement.value)]
    if statement.kind == "share":
        return [_level(statement), _share_change(statement)]
    if statement.is_balance:
        return _balance(statement, statement.value)
    return [_level(statement), growth_clause(statement), plan_clause(statement)]


def _level(statement: Statement) -> str:
    if statement.status in _HONOURS:
        return statement.say(f"state.{statement.status}", subject=subject(statement), amount=statement.value_amount())
    if _is_nothing(statement):
        return _nil(statement)
    form = "reach" if statement.is_achievement and statement.status != "unknown" else "be"
    return statement.say(
        "state.value",
        subject=subject(statement, counted=True),
        verb=verb(statement, form),
        amount=statement.value_amount(),
    )


def _is_nothing(statement: Statement) -> bool:
    """Tell whether a zero says that nothing occurred; a zero of a coarse or decimal print may be a small amount."""
    if statement.value != 0 or statement.kind not in {"flow", "count"}:
        return False
    return statement.decimals in {0, None} and (statement.number("half_unit") or 0) <= _HALF_OF_ONE


def _nil(statement: Statement) -> str:
    return statement.say("state.bare", subject=subject(statement), verb=verb(statement, "nil"))


def _without_value(statement: Statement) -> list[str]:
    """Say why there is no value; where the source prints only the growth or the percent of plan, say that."""
    missing = _missing(statement)
    if missing in {"unknown", "not_printed"}:
        if statement.growth is not None:
            return [_growth_alone(statement), plan_clause(statement)]
        if plan := plan_clause(statement):
            return [statement.say("state.clause", subject=subject(statement), clause=plan)]
    if missing == "nil":
        return [_nil(statement)]
    return [statement.say(f"absent.{missing}", subject=subject(statement))]


def _missing(statement: Statement) -> str:
    """Give the code of a missing value; the row may carry the code or the symbol printed in a table."""
    given = statement.text("missing") or "unknown"
    symbols = {entry[statement.lang]: key for key, entry in group("codes").items() if key.startswith("missing_symbol.")}
    return symbols.get(given, given).removeprefix("missing_symbol.")


def _growth_alone(statement: Statement) -> str:
    growth = statement.growth
    if growth is None:
        return ""
    shape = growth.form if growth.form in {"same", "times"} else "change"
    return statement.say(
        f"state.{shape}",
        subject=subject(statement, counted=True),
        verb=verb(statement, growth.form),
        pct=growth.size,
        times=growth.size,
        same=statement.same,
    )


def growth_clause(statement: Statement) -> str:
    """Tell how the value compares with the prior year.

    Parameters
    ----------
    statement : Statement
        The row.

    Returns
    -------
    str
        For example ``tăng 27,6% so với cùng kỳ năm trước``; empty where nothing can be said.
    """
    if statement.growth is not None:
        return statement.growth.words("growth", statement.lang, same=statement.same)
    reason, prior = statement.text("growth_reason"), statement.prior
    if reason == "zero_prior":
        return statement.say("growth.from_nothing", same=statement.same)
    if reason == "sign_change" and prior is not None and statement.value is not None:
        difference = statement.value - prior
        return statement.say(
            f"growth.level_{'rise' if difference > 0 else 'fall'}",
            difference=statement.amount(abs(difference), statement.decimals),
            prior=statement.amount(prior, statement.decimals),
            same=statement.same,
        )
    return ""


def _rate(statement: Statement, value: float) -> str:
    size = change(value, statement.decimals, statement.lang, statement.text("qualifier"), multiples=False)
    return statement.say(
        "state.same" if size.form == "same" else "state.change",
        subject=subject(statement),
        verb=verb(statement, size.form),
        pct=size.size,
        same=statement.same,
    )


def _index(statement: Statement) -> str:
    return statement.say(
        "state.index",
        subject=subject(statement),
        verb=verb(statement, "equal"),
        pct=statement.value_amount(),
        same=statement.same,
    )


def _points(statement: Statement, value: float) -> str:
    """Compare a rate or an index with the prior year's, in percentage points.

    Two rises are compared with each other, and two falls by their size; a rise after a fall, or the reverse, is told as such.
    """
    difference, prior = statement.number("difference_pp"), statement.prior
    if difference is None or prior is None:
        return ""
    decimals, same, lang = _difference_decimals(statement), statement.same, statement.lang
    points = format_points(abs(difference), decimals, lang)
    told = {"prior": format_percent(abs(prior), lang=lang), "same": same}
    moved = "level" if statement.kind == "index" or prior == 0 else "rise" if prior > 0 else "fall"
    if moved != "level" and (value < 0) != (prior < 0):
        return statement.say(f"points.after_{moved}", points=points, **told)
    before = statement.say(f"before.{moved}", **told)
    if half_up(difference, decimals) == 0:
        return statement.say("points.same", before=before)
    above = (difference > 0) != (moved == "fall")
    return statement.say(f"points.{'above' if above else 'below'}", points=points, before=before)


def _share_change(statement: Statement) -> str:
    difference = statement.number("difference_pp")
    if difference is None:
        return ""
    decimals = _difference_decimals(statement)
    if half_up(difference, decimals) == 0:
        return statement.say("growth.same", same=statement.same)
    points = format_points(abs(difference), decimals, statement.lang)
    return statement.say(f"growth.{'rise' if difference > 0 else 'fall'}", pct=points, same=statement.same)


def _difference_decimals(statement: Statement) -> int:
    """Count the decimals of a difference: those of the finer of its two terms, two at the most for the prior one."""
    shown = 2 if statement.decimals is None else statement.decimals
    prior = statement.prior
    exact = next((enough for enough in (0, 1) if prior is None or half_up(prior, enough) == half_up(prior, 2)), 2)
    return max(shown, exact)


def _balance(statement: Statement, value: float) -> list[str]:
    """Tell a trade balance: a surplus or a deficit, and from which of them it turned."""
    side = "surplus" if value > 0 else "deficit"
    prior, reason = statement.prior, statement.text("growth_reason")
    if value == 0:
        return [statement.say("state.bare", subject=subject(statement), verb=verb(statement, "balance"))]
    amount = qualified(statement.text("qualifier"), statement.amount(abs(value), statement.decimals), statement.lang)
    before = None if prior is None else statement.amount(abs(prior), statement.decimals)
    if reason == "sign_change" and prior is not None and prior * value < 0:
        turned = statement.say(
            f"state.to_{side}",
            subject=subject(statement),
            verb=verb(statement, "turn"),
            prior=before,
            same=statement.same,
            amount=amount,
        )
        return [turned, plan_clause(statement)]
    opening = statement.say("state.value", subject=subject(statement), verb=verb(statement, side), amount=amount)
    if reason == "zero_prior":
        growth = statement.say("growth.from_balance", same=statement.same)
    elif reason == "sign_change" and before is not None:
        growth = statement.say(f"growth.from_{side}", prior=before, same=statement.same)
    else:
        growth = growth_clause(statement)
    return [opening, growth, plan_clause(statement)]


def plan_clause(statement: Statement) -> str:
    """Tell how much of the annual plan is done; whether it is met is decided on the unrounded percent.

    Parameters
    ----------
    statement : Statement
        The row.

    Returns
    -------
    str
        For example ``đạt 45,9% kế hoạch năm``; empty where nothing can be said.
    """
    pct = statement.number("plan_pct")
    if pct is None:
        return ""
    printed = statement.text("plan_origin") == "printed"
    word = statement.text("plan_qualifier" if printed else "qualifier")  # a percent of "gần 150" is no surer than that
    half_unit = statement.number("plan_half_unit") if printed else None
    decimals = decimals_of(half_unit) if half_unit else None if printed else 1
    undecided = bool(half_unit) and abs(pct - 100) <= (half_unit or 0)
    computed = statement.number("plan_computed_pct")
    if undecided and computed is not None:
        pct, undecided = computed, False
    if word is not None or undecided:
        return statement.say("plan.part", pct=qualified(word, format_percent(pct, decimals, statement.lang), statement.lang))
    return _share_of_plan(statement, pct, decimals, multiple_decimals(half_unit))


def _share_of_plan(statement: Statement, pct: float, decimals: int | None, times_decimals: int) -> str:
    lang = statement.lang
    if half_up(pct, 9) == 100:
        return statement.say("plan.met", pct=format_percent(100, 0, lang))
    if pct >= 200:
        return statement.say("plan.times", times=format_multiple(pct / 100, times_decimals, lang))
    needed = decimals
    if decimals is not None:
        needed = max(decimals_to_tell_apart(pct, 100, decimals), decimals_to_tell_apart(pct, 0, decimals))
    if pct > 100:
        return statement.say("plan.beyond", pct=format_percent(pct - 100, needed, lang))
    nearly = needed != decimals and pct > 50
    return statement.say("plan.nearly" if nearly else "plan.part", pct=format_percent(pct, needed, lang))
