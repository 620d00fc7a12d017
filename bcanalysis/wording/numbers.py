"""Numbers, percents, dates and periods as Vietnamese official documents print them, with an English twin.

Rounding is the last thing that happens to a number, and it happens here: half away from zero. The separators are those of the
Unicode CLDR for ``vi`` and ``en``; they are kept as data because they are two characters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import SupportsFloat

from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period
from bcanalysis.rounding import half_up
from bcanalysis.wording.terms import LANGUAGES, term

# Python groups with a comma and marks decimals with a point; Vietnamese does the reverse.
_SEPARATORS: Mapping[str, dict[int, int]] = {"vi": str.maketrans(",.", ".,"), "en": {}}

_MOST_DECIMALS = 12
_PERCENT_UNITS = frozenset({"%", "percent", "phần trăm"})


def check_language(lang: str) -> None:
    """Refuse a language that has no words here.

    Parameters
    ----------
    lang : str
        ``vi`` or ``en``.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if lang not in LANGUAGES:
        raise UsageError(f'language: got "{lang}"; expected one of {", ".join(LANGUAGES)}. {nearest(lang, LANGUAGES)}')


def format_number(value: SupportsFloat, decimals: int | None = None, lang: str = "vi", signed: bool = False) -> str:
    """Print a number with the separators of a language.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int, optional
        Decimals to print, after rounding half away from zero; the shortest exact form (15 significant digits) if left out.
    lang : {"vi", "en"}
        ``66.148`` and ``27,6``, or ``66,148`` and ``27.6``.
    signed : bool
        Print ``+`` before a positive number.

    Returns
    -------
    str
        The digits; never a negative zero.

    Raises
    ------
    UsageError
        If the number is missing or infinite: what is missing has to be said in words, before anything is printed.

    Examples
    --------
    >>> format_number(66148), format_number(27.6), format_number(-2.25, 1), format_number(3140, 1, lang="en")
    ('66.148', '27,6', '-2,3', '3,140.0')
    >>> format_number(-0.04, 1), format_number(16.2, signed=True)
    ('0,0', '+16,2')
    """
    check_language(lang)
    number = _finite(value)
    digits = _shortest(number) if decimals is None else half_up(number, decimals)
    sign = "+" if signed and digits > 0 else ""
    return sign + f"{digits:,f}".translate(_SEPARATORS[lang])


def format_percent(value: SupportsFloat, decimals: int | None = None, lang: str = "vi", signed: bool = False) -> str:
    """Print a percentage, without a space before the sign.

    Parameters
    ----------
    value : float
        Percent: 27.6 means 27.6 %.
    decimals : int, optional
        As in :func:`format_number`.
    lang : {"vi", "en"}
        Language.
    signed : bool
        Print ``+`` before a positive number.

    Returns
    -------
    str
        For example ``27,6%``.

    Examples
    --------
    >>> format_percent(27.6), format_percent(11, 0), format_percent(45.936, 1, lang="en")
    ('27,6%', '11%', '45.9%')
    """
    return format_number(value, decimals, lang, signed) + "%"


def format_points(value: SupportsFloat, decimals: int | None = None, lang: str = "vi", signed: bool = False) -> str:
    """Print a difference of two percentages.

    Parameters
    ----------
    value : float
        Percentage points.
    decimals : int, optional
        As in :func:`format_number`.
    lang : {"vi", "en"}
        Language.
    signed : bool
        Print ``+`` before a positive number.

    Returns
    -------
    str
        For example ``9,1 điểm phần trăm``.

    Examples
    --------
    >>> format_points(9.1), format_points(1, lang="en")
    ('9,1 điểm phần trăm', '1 percentage point')
    """
    number = format_number(value, decimals, lang, signed)
    return term(f"sentences.unit.{'point' if number.lstrip('+-') == '1' else 'points'}", lang, number=number)


def with_unit(number: str, unit: str) -> str:
    """Put a unit after a printed number: a percent sign without a space, any other unit after one.

    Parameters
    ----------
    number : str
        The number as printed.
    unit : str
        The unit as it is called; may be empty.

    Returns
    -------
    str
        For example ``66.148 tỷ đồng`` or ``99,4%``.

    Examples
    --------
    >>> with_unit("66.148", "tỷ đồng"), with_unit("99,4", "phần trăm"), with_unit("5", "")
    ('66.148 tỷ đồng', '99,4%', '5')
    """
    return number + _after(unit)


def format_interval(low: SupportsFloat, high: SupportsFloat, decimals: int | None = None, lang: str = "vi", unit: str = "") -> str:
    """Print the interval in which a number lies.

    Parameters
    ----------
    low, high : float
        The ends, `low` not above `high`; an infinite end means there is no bound on that side.
    decimals : int, optional
        As in :func:`format_number`; more are printed where both ends would otherwise look the same.
    lang : {"vi", "en"}
        Language.
    unit : str
        The unit, printed where the language wants it: a percent sign after both ends, any other unit once.

    Returns
    -------
    str
        ``từ 51.819,4 đến 51.860,8``, ``từ 300 trở lên``, ``không quá 3.000``; one number if both ends are the same number.

    Raises
    ------
    UsageError
        If an end is missing, both are infinite or they stand in the wrong order.

    Examples
    --------
    >>> format_interval(51819.428, 51860.839, 1)
    'từ 51.819,4 đến 51.860,8'
    >>> format_interval(300, math.inf, 0, unit="tấn"), format_interval(-math.inf, 3000, lang="en")
    ('từ 300 tấn trở lên', 'at most 3,000')
    """
    check_language(lang)
    first, last = float(low), float(high)
    if not first <= last or (math.isinf(first) and math.isinf(last)):
        raise UsageError(f"interval: got {low} to {high}; expected two ends in ascending order, at most one of them infinite")
    printed, after = (format_percent, "") if unit in _PERCENT_UNITS else (format_number, _after(unit))
    if math.isinf(last):
        return term("sentences.interval.from", lang, low=printed(first, decimals, lang), unit=after)
    if math.isinf(first):
        return term("sentences.interval.up_to", lang, high=printed(last, decimals, lang), unit=after)
    if decimals is not None:
        decimals = decimals_to_tell_apart(first, last, decimals)
    ends = printed(first, decimals, lang), printed(last, decimals, lang)
    if ends[0] == ends[1]:
        return ends[0] + after
    return term("sentences.interval.both", lang, low=ends[0], high=ends[1], unit=after)


def format_date(day: date, lang: str = "vi") -> str:
    """Print a date in words.

    Parameters
    ----------
    day : datetime.date
        The date.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        ``ngày 05 tháng 01 năm 2026``: as Decree 30/2020/NĐ-CP asks, a zero stands only before days under 10 and months 1 and 2.

    Examples
    --------
    >>> import datetime
    >>> format_date(datetime.date(2018, 6, 14)), format_date(datetime.date(2026, 1, 5))
    ('ngày 14 tháng 6 năm 2018', 'ngày 05 tháng 01 năm 2026')
    >>> format_date(datetime.date(2018, 6, 4), lang="en")
    '4 June 2018'
    """
    check_language(lang)
    return term("sentences.date.long", lang, day=_day(day, lang), month=_month(day.month, lang), year=day.year)


def format_short_date(day: date, lang: str = "vi") -> str:
    """Print a date in figures.

    Parameters
    ----------
    day : datetime.date
        The date.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        ``14/6/2018``, ``08/6/2018``, ``05/01/2026``, with the zeros of :func:`format_date`; in English, where figures alone
        would be read in two ways, ``14 Jun 2018``.

    Examples
    --------
    >>> import datetime
    >>> format_short_date(datetime.date(2018, 6, 8)), format_short_date(datetime.date(2018, 6, 8), lang="en")
    ('08/6/2018', '8 Jun 2018')
    """
    check_language(lang)
    month = _month(day.month, lang)[:3]  # a figure in Vietnamese; English months are shortened to their first three letters
    return term("sentences.date.short", lang, day=_day(day, lang), month=month, year=day.year)


def format_period(period: Period, lang: str = "vi") -> str:
    """Print a period in words.

    Parameters
    ----------
    period : Period
        The period.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        For example ``6 tháng đầu năm 2018`` or ``first half of 2018``.

    Examples
    --------
    >>> for name in ("2018", "2018H1", "2018H2", "2018Q1", "2018M06", "2018M01-M05", "2018M03-M05"):
    ...     print(format_period(Period.parse(name)), "|", format_period(Period.parse(name), lang="en"))
    năm 2018 | 2018
    6 tháng đầu năm 2018 | first half of 2018
    6 tháng cuối năm 2018 | second half of 2018
    quý I năm 2018 | first quarter of 2018
    tháng 6 năm 2018 | June 2018
    5 tháng đầu năm 2018 | first five months of 2018
    từ tháng 3 đến tháng 5 năm 2018 | March to May 2018
    """
    check_language(lang)
    form, values = _form(period, lang)
    return term(f"sentences.period.{form}", lang, **values, year=period.year)


def in_period(period: Period, lang: str = "vi") -> str:
    """Print a period as it stands inside a sentence.

    Parameters
    ----------
    period : Period
        The period.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        The same words as :func:`format_period` in Vietnamese; in English with the preposition they need.

    Examples
    --------
    >>> in_period(Period.parse("2018H1")), in_period(Period.parse("2018H1"), lang="en"), in_period(Period.parse("2018"), lang="en")
    ('6 tháng đầu năm 2018', 'in the first half of 2018', 'in 2018')
    """
    check_language(lang)
    form, _ = _form(period, lang)
    shape = form if form in {"year", "month", "span"} else "part"
    return term(f"sentences.in_period.{shape}", lang, period=format_period(period, lang))


def decimals_to_tell_apart(value: SupportsFloat, threshold: SupportsFloat, decimals: int) -> int:
    """Count the decimals a number needs so that its printed form stands on the true side of a threshold.

    Parameters
    ----------
    value : float
        The unrounded number.
    threshold : float
        What it is judged against, for example 100 percent of a plan.
    decimals : int
        The fewest decimals to print.

    Returns
    -------
    int
        `decimals`, or as many more as are needed: 99.96 printed with one decimal would be 100,0, which is not true.

    Examples
    --------
    >>> decimals_to_tell_apart(99.96, 100, 1), decimals_to_tell_apart(99.94, 100, 1), decimals_to_tell_apart(100, 100, 1)
    (2, 1, 1)
    """
    number, edge = _finite(value), _finite(threshold)
    if _shortest(number) == _shortest(edge):
        return decimals
    for enough in range(decimals, _MOST_DECIMALS):
        if half_up(number, enough) != half_up(edge, enough):
            return enough
    return max(decimals, _MOST_DECIMALS)


def decimals_of(half_unit: SupportsFloat) -> int:
    """Count the decimals with which a number was printed.

    Parameters
    ----------
    half_unit : float
        Half of the last printed digit, above zero.

    Returns
    -------
    int
        0 for whole numbers, and for tens, hundreds, ...

    Examples
    --------
    >>> decimals_of(0.05), decimals_of(0.5), decimals_of(50), decimals_of(0.005)
    (1, 0, 0, 2)
    """
    return max(0, -_shortest(2 * _finite(half_unit)).adjusted())


def _after(unit: str) -> str:
    if unit in _PERCENT_UNITS:
        return "%"
    return f" {unit}" if unit else ""


def _finite(value: SupportsFloat | None) -> float:
    number = math.nan if value is None else float(value)
    if not math.isfinite(number):
        raise UsageError(f"number: got {value}; expected a finite number. A missing number is to be said in words, not printed.")
    return number


def _shortest(number: float) -> Decimal:
    """Read a number to 15 significant digits, as rounding does, without its trailing zeros and without a negative zero."""
    return Decimal(f"{number:.15g}").normalize() + 0


def _day(day: date, lang: str) -> str:
    return f"{day.day:02d}" if lang == "vi" else f"{day.day}"


def _month(month: int, lang: str) -> str:
    return term(f"sentences.month.{month}", lang)


def _form(period: Period, lang: str) -> tuple[str, dict[str, str]]:
    """Choose how a period is called, and the words that call needs."""
    first, last, count = period.first_month, period.last_month, period.months
    if count == 12:
        return "year", {}
    if count == 1:
        return "month", {"month": _month(first, lang)}
    if count == 6 and last % 6 == 0:
        return f"half_{last // 6}", {}
    if count == 3 and last % 3 == 0:
        return "quarter", {"quarter": term(f"sentences.quarter.{last // 3}", lang)}
    if first == 1:
        return "first_months", {"count": term(f"sentences.count.{count}", lang)}
    if last == 12:
        return "last_months", {"count": term(f"sentences.count.{count}", lang)}
    return "span", {"first": _month(first, lang), "last": _month(last, lang)}
