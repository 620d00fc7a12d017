"""What printed statements say, in a table's cell: the figure with its percents, when, by whom; and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bcanalysis.display import words
from bcanalysis.display.words import Row, known
from bcanalysis.wording.numbers import format_percent
from bcanalysis.wording.terms import term

Reader = Callable[[Row, str], Any]


def statement_text(statement: Row, decimals: int, lang: str) -> str:
    """Say what a publication states of a figure.

    Parameters
    ----------
    statement : mapping
        A statement of :func:`bcanalysis.quality.conflicts.conflicts`, with ``titles`` of its sources.
    decimals : int
        Usual decimals of the indicator.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        For example ``75.231, +26,8% so với cùng kỳ, bằng 110,6% kế hoạch (năm 2016; ARIT; không ghi ngày)``.
    """
    parts = []
    if known(statement["value"]):
        number = words.qualified(words.level_text(statement["value"], decimals, lang), statement["qualifier"], lang)
        parts.append(term("listings.statement.plan_on_file", lang, number=number) if statement["is_plan"] else number)
    for stem in ("growth", "plan"):
        if known(statement.get(f"{stem}_pct")) and not (stem == "growth" and statement["growth_pct"] == statement["value"]):
            pct = _percent(statement, stem, lang)
            text = term(f"listings.statement.{stem}", lang, pct=pct)
            parts.append(term("listings.statement.plan_on_file", lang, number=text) if statement["is_plan"] else text)
    return f"{', '.join(parts)} ({_whence(statement, lang)})"


def _percent(statement: Row, stem: str, lang: str) -> str:
    decimals = words.decimals_printed(statement[f"{stem}_half_unit"], 1)
    text = format_percent(statement[f"{stem}_pct"], decimals, lang, stem == "growth")
    return words.qualified(text, statement[f"{stem}_qualifier"], lang)


def _whence(statement: Row, lang: str) -> str:
    days = [words.date_text(day, lang) for day in str(statement["stated_on"] or "").split("/") if day]
    dated = " – ".join(days) or term("listings.undated", lang)
    return "; ".join(
        [words.period_text(statement["period"], lang), *statement["titles"], *([] if statement["is_plan"] else [dated])]
    )


def side(name: str) -> Reader:
    """Read one side of a disagreement: the interval, and the statements that give it."""

    def read(row: Row, lang: str) -> str:  # numpydoc ignore=GL08
        interval = interval_text(row[f"{name}_low"], row[f"{name}_high"], int(row["decimals"]) + 1, lang)
        return ": ".join(filter(None, [interval, statements(name)(row, lang)]))

    return read


def statements(name: str) -> Reader:
    """Read statements, one after the other."""

    def read(row: Row, lang: str) -> str:  # numpydoc ignore=GL08
        return "; ".join(statement_text(one, int(row["decimals"]), lang) for one in row[name])

    return read


def interval_text(low: float, high: float, decimals: int, lang: str) -> str:
    """Say an interval; nothing where nothing is known, or it is one number that stands beside it."""
    if not (known(low) and known(high)) or low == high or (low <= 0 and high == float("inf")):
        return ""
    return words.bracket_text(float("-inf") if low == 0 else low, high, decimals, lang)


def figure(row: Row, lang: str) -> str:
    """Name what statements are about: a figure, its annual plan, or the sum of its parts."""
    name, what = words.series_label(row, lang), row.get("what", "value")
    return name if what == "value" else f"{name}: " + term(f"listings.about.{what}", lang)


def class_text(row: Row, lang: str) -> str:
    """Name the class, and what it takes for granted."""
    about_plans = row["class"] == "different_series" and row.get("what") == "plan"
    name = words.named("two_plans" if about_plans else row["class"], "conflict", lang)
    return term("listings.same_basis", lang, name=name) if row.get("same_basis_assumed") else name


def revision(row: Row, lang: str) -> str:
    """Say how far a figure was revised: percent, of a rate points; nothing where the two can be the same number."""
    low, high = row["revision_low"], row["revision_high"]
    if not (known(low) and known(high)):
        return ""
    of_a_rate = row["unit"] == "percent"
    return term(f"listings.revised_by.{'points' if of_a_rate else 'percent'}", lang, text=words.bracket_text(low, high, 1, lang))
