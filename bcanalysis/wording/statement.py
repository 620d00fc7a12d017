"""One row of a comparison, read for wording: what is missing is None, and amounts, times and changes have their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.rounding import half_up
from bcanalysis.wording.english import unit_for
from bcanalysis.wording.numbers import (
    check_language,
    decimals_of,
    decimals_to_tell_apart,
    format_number,
    format_percent,
    format_period,
    format_short_date,
    in_period,
    with_unit,
)
from bcanalysis.wording.terms import group, term

if TYPE_CHECKING:
    import pandas as pd

Row: TypeAlias = "Mapping[str, Any] | pd.Series[Any]"

_ECONOMIC_THEMES = {None, "industry", "energy", "trade", "economy"}


@dataclass(frozen=True)
class When:
    """The time a value is for: its words, whether they name a `period`, a `year`, a `day` or a `moment`, and its last day alone."""

    words: str
    shape: str
    until: str = ""


@dataclass(frozen=True)
class Change:
    """A change against the prior year: its form (`rise`, `fall`, `same` or `times`) and its size as printed."""

    form: str
    size: str

    def words(self, family: str, lang: str, **values: str) -> str:
        """Fill the sentence of this form; `family` is the first part of its key."""
        return term(f"sentences.{family}.{self.form}", lang, pct=self.size, times=self.size, **values)


class Statement:
    """A row of a comparison, read in one language.

    Parameters
    ----------
    row : mapping or pandas.Series
        The columns of a comparison; an absent column is missing.
    lang : {"vi", "en"}
        Language.

    Raises
    ------
    UsageError
        If the language is unknown, or the row has no period or no name of an indicator.
    """

    def __init__(self, row: Row, lang: str) -> None:
        check_language(lang)
        self._row = row
        self.lang = lang
        for needed in ("period", f"label_{lang}"):
            if self.text(needed) is None:
                raise UsageError(f'sentence: got a row without "{needed}"; expected a row of a comparison')
        self.period = Period.parse(str(row["period"]))
        self.label = self.word("label")
        self.kind = self.text("kind") or "flow"
        self.status = self.text("status") or "unknown"
        self.flags = frozenset(self._present("flags") or ())
        self.value = self.number("value")
        self.prior = self.number("prior")

    def number(self, name: str) -> float | None:
        """Give a number, or None if it is missing."""
        found = self._present(name)
        return None if found is None else float(found)

    def text(self, name: str) -> str | None:
        """Give a text, or None if it is missing or empty."""
        found = self._present(name)
        return None if found is None or found == "" else str(found)

    def word(self, stem: str) -> str:
        """Give a name in the language of the statement; empty if there is none."""
        return self.text(f"{stem}_{self.lang}") or ""

    def day(self, name: str) -> date | None:
        """Give a date, or None if it is missing."""
        found = self._present(name)
        if isinstance(found, datetime):
            return found.date()
        return date.fromisoformat(found) if isinstance(found, str) else found

    @property
    def other_plans(self) -> tuple[Row, ...]:
        """The plans of other bodies that were in force at the same time."""
        return tuple(self._present("plan_others") or ())

    def _present(self, name: str) -> Any:
        found = self._row.get(name)
        return None if found is None or found != found else found

    def say(self, key: str, **values: object) -> str:
        """Fill a text of the group ``sentences``."""
        return term(f"sentences.{key}", self.lang, **values)

    @property
    def is_balance(self) -> bool:
        """Whether the value is a trade balance, which has a surplus or a deficit instead of a sign."""
        return self.text("indicator") == "trade_balance"

    @property
    def is_achievement(self) -> bool:
        """Whether the value is an economic result that is "reached", not a plain count of things or cases."""
        return self.kind == "flow" and self.text("theme") in _ECONOMIC_THEMES

    @property
    def decimals(self) -> int | None:
        """The decimals of the value: as printed, else those of the indicator, else None (the shortest exact form)."""
        half_unit, usual = self.number("half_unit"), self.number("decimals")
        if half_unit:
            return decimals_of(half_unit)
        return None if usual is None else int(usual)

    @cached_property
    def when(self) -> When:
        """The time the value is for."""
        start, end, period = self.day("window_start"), self.day("window_end"), self.period
        if end is None:
            return self._named(period)
        last = format_short_date(end, self.lang)
        if self.kind == "stock":
            return When(self.say("when.moment", end=last), "moment")
        start = start or period.start
        whole = _whole_months(start, end)
        if whole is not None:
            return self._named(whole)
        if start == end:
            return When(self.say("when.day", end=last), "day")
        if start == period.start and end < period.end:
            until = self.say("when.moment", end=last)
            return When(self.say("when.so_far", period=in_period(period, self.lang), end=last), "period", until)
        return When(self.say("when.days", start=format_short_date(start, self.lang), end=last), "period")

    def _named(self, period: Period) -> When:
        return When(in_period(period, self.lang), "year" if period.months == 12 else "period")

    @cached_property
    def same(self) -> str:
        """The words for what the value is compared with."""
        prior = self.text("prior_period")
        if prior is not None and Period.parse(prior) != self.period.prior_year:
            return format_period(Period.parse(prior), self.lang)
        return self.say(f"same.{'year' if self.when.shape == 'day' else self.when.shape}")

    def amount(self, value: float, decimals: int | None = None) -> str:
        """Print a value of this series with its unit."""
        number, unit = self.digits(value, decimals), self.word("unit")
        return with_unit(number, unit_for(number, unit) if self.lang == "en" else unit)

    def digits(self, value: float, decimals: int | None = None) -> str:
        """Print a value of this series; small counts take their customary zero in Vietnamese."""
        if decimals is not None:
            decimals = decimals_to_tell_apart(value, 0, decimals)
        number = format_number(value, decimals, self.lang)
        if self.lang == "vi" and self.kind in {"count", "stock"} and len(number) == 1 and number != "0":
            number = f"0{number}"
        return number

    def value_amount(self) -> str:
        """Print the value as the source qualifies it; empty if there is none."""
        return "" if self.value is None else qualified(self.text("qualifier"), self.amount(self.value, self.decimals), self.lang)

    @cached_property
    def growth(self) -> Change | None:
        """The headline growth."""
        pct = self.number("growth_pct")
        if pct is None:
            return None
        return self.printed_change(pct) if self.text("growth_origin") == "printed" else change(pct, 1, self.lang)

    def printed_change(self, pct: float) -> Change:
        """Word a growth as precisely as its source prints it."""
        half_unit = self.number("growth_half_unit")
        return change(
            pct,
            decimals_of(half_unit) if half_unit else None,
            self.lang,
            self.text("growth_qualifier"),
            multiple_decimals(half_unit),
        )


def change(
    pct: float,
    decimals: int | None,
    lang: str,
    qualifier: str | None = None,
    times_decimals: int = 1,
    multiples: bool = True,
) -> Change:
    """Word a change in percent.

    Parameters
    ----------
    pct : float
        Percent, unrounded.
    decimals : int or None
        Decimals to print; None for the shortest exact form.
    lang : {"vi", "en"}
        Language.
    qualifier : str, optional
        The word printed with it.
    times_decimals : int
        Decimals of a multiple.
    multiples : bool
        Whether a level that has doubled is told as a multiple.

    Returns
    -------
    Change
        A change that is zero even with two decimals is no change; one of 100 percent or more is a multiple of the prior level.
    """
    if half_up(pct, max(2, decimals or 0)) == 0:
        return Change("same", "")
    if multiples and pct >= 100:
        return Change("times", qualified(qualifier, format_multiple(1 + pct / 100, times_decimals, lang), lang))
    if half_up(pct, 9) == -100:
        decimals = 0  # nothing is left, exactly
    elif decimals is not None:
        decimals = max(decimals_to_tell_apart(pct, 0, decimals), decimals_to_tell_apart(pct, -100, decimals))
    return Change("rise" if pct > 0 else "fall", qualified(qualifier, format_percent(abs(pct), decimals, lang), lang))


def multiple_decimals(half_unit: float | None) -> int:
    """Count the decimals of a multiple that a percent with this half-unit allows: one if unknown, two at the most."""
    return min(2, decimals_of(half_unit / 100)) if half_unit else 1


def format_multiple(level: float, decimals: int, lang: str) -> str:
    """Print how many times; a whole multiple has no decimals."""
    whole = half_up(level, 9) == half_up(level, 0)
    return format_number(level, 0 if whole else decimals, lang)


def qualified(word: str | None, text: str, lang: str) -> str:
    """Put a qualifier before a number, in the language of the sentence.

    Parameters
    ----------
    word : str or None
        The word as printed, Vietnamese or English; one without a known twin stays as it is.
    text : str
        The number.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        The number with its qualifier.

    Examples
    --------
    >>> qualified("over", "300", "vi"), qualified("gần", "3,000", "en"), qualified(None, "5", "vi")
    ('trên 300', 'nearly 3,000', '5')
    """
    if word is None:
        return text
    entries = (entry for key, entry in group("sentences").items() if key.startswith("qualifier."))
    known = next((entry[lang] for entry in entries if word.casefold() in entry.values()), word)
    return f"{known} {text}"


def _whole_months(start: date, end: date) -> Period | None:
    """Give the period with exactly these days, if there is one."""
    if start.year != end.year or start > end:
        return None
    period = Period(start.year, start.month, end.month)
    return period if (period.start, period.end) == (start, end) else None
