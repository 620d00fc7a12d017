"""Arithmetic on printed numbers: rounding half-up, intervals, implied values, three-valued verdicts.

A printed number is a statement about an unknown exact one. Rounding half away from zero makes a printed ``v`` with half-unit ``h``
mean the half-open interval ``[v - h, v + h)``, mirrored for negatives. Words move the interval: "trên 300" is ``[300, inf)``,
"gần 3.000" is below 3.000, "khoảng" promises nothing.

Intervals hold scalars or NumPy arrays alike; an unknown end is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcanalysis.arrays import none_where

Numbers = Any  # a float or an array of floats; NumPy's own stubs cannot say "the same shape as the input"

AT_LEAST = frozenset({"trên", "hơn", "over", "more than"})
BELOW = frozenset({"gần", "nearly"})
ABOUT = frozenset({"khoảng", "about", "some"})

_SIGNIFICANT = 15
_TOLERANCE = 1e-12


def half_up(value: float, decimals: int) -> Decimal:
    """Round half away from zero, on decimals.

    Parameters
    ----------
    value : float
        Any finite number. It is first read to 15 significant digits, so that 12.45 computed as 12.449999999999999 is a half.
    decimals : int
        Decimals to keep; negative keeps tens, hundreds, ...

    Returns
    -------
    decimal.Decimal
        The rounded number with exactly `decimals` decimals; never a negative zero.

    Raises
    ------
    ValueError
        If `value` is missing or infinite: what is missing is to be said, not printed.

    Notes
    -----
    Vietnamese accounting practice rounds a final 5 up (Decree 174/2016/NĐ-CP, article 4); Python and NumPy round half to even.

    Examples
    --------
    >>> half_up(0.125, 2), half_up(-2.5, 0), half_up(66148, -1)
    (Decimal('0.13'), Decimal('-3'), Decimal('66150'))
    """
    if not np.isfinite(value):
        raise ValueError(f"rounding: got {value}; expected a finite number")
    exact = Decimal(f"{value:.{_SIGNIFICANT}g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


@dataclass(frozen=True)
class Interval:
    """Where an exact number may lie: from `low` to `high`, each end open or closed.

    Parameters
    ----------
    low, high : float or numpy.ndarray
        The ends; NaN where nothing is known.
    low_open, high_open : bool or numpy.ndarray
        Whether the end itself is excluded.
    """

    low: Numbers
    high: Numbers
    low_open: Numbers = False
    high_open: Numbers = True

    @classmethod
    def exactly(cls, value: Numbers) -> Interval:
        """Make the interval of a number that is known exactly, such as a plan."""
        return cls(value, value, False, False)

    def lies_in(self, other: Interval) -> Numbers:
        """Tell whether every number of this interval is in the other one."""
        low = _before(other.low, self.low) | _same(other.low, self.low) & (np.logical_not(other.low_open) | self.low_open)
        high = _before(self.high, other.high) | _same(self.high, other.high) & (np.logical_not(other.high_open) | self.high_open)
        return low & high

    def misses(self, other: Interval) -> Numbers:
        """Tell whether no number is in both intervals."""
        below = _before(self.high, other.low) | _same(self.high, other.low) & np.logical_or(self.high_open, other.low_open)
        above = _before(other.high, self.low) | _same(other.high, self.low) & np.logical_or(other.high_open, self.low_open)
        return below | above

    def scaled(self, factor: Numbers) -> Interval:
        """Multiply by a positive factor."""
        return Interval(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def __add__(self, other: Interval) -> Interval:
        """Add two intervals."""
        return Interval(
            self.low + other.low,
            self.high + other.high,
            np.logical_or(self.low_open, other.low_open),
            np.logical_or(self.high_open, other.high_open),
        )

    def __sub__(self, other: Interval) -> Interval:
        """Subtract another interval."""
        return Interval(
            self.low - other.high,
            self.high - other.low,
            np.logical_or(self.low_open, other.high_open),
            np.logical_or(self.high_open, other.low_open),
        )


def printed_interval(value: Numbers, half_unit: Numbers, qualifier: Any = None) -> Interval:
    """Give the numbers that a printed one may stand for.

    Parameters
    ----------
    value : float or numpy.ndarray
        The printed number.
    half_unit : float or numpy.ndarray
        Half of its last printed digit, in the same unit.
    qualifier : str, None or sequence of them
        The word printed with it: "trên", "hơn", "gần", "khoảng" or their English forms.

    Returns
    -------
    Interval
        ``[v - h, v + h)``, ``[v, inf)`` after "trên" or "hơn", below ``v`` after "gần", unknown after "khoảng"; mirrored for
        negatives.

    Raises
    ------
    ValueError
        If a qualifier is none of the known words.

    Examples
    --------
    >>> printed_interval(66148, 0.5)
    Interval(low=66147.5, high=66148.5, low_open=False, high_open=True)
    >>> printed_interval(300, 0.5, "trên").high
    inf
    """
    if np.ndim(value) == 0:
        return _scalars(_printed(np.atleast_1d(value), half_unit, np.array([qualifier], dtype=object)))
    if qualifier is None or isinstance(qualifier, str):
        qualifier = np.full(np.shape(value), qualifier, dtype=object)
    return _printed(np.asarray(value, dtype=float), half_unit, np.asarray(qualifier, dtype=object))


def _printed(value: NDArray[Any], half_unit: Numbers, words: NDArray[Any]) -> Interval:
    meanings = {word: _meaning(word) for word in set(words.tolist())}
    kind = np.array([meanings[word] for word in words.tolist()])
    value = value.astype(float)
    negative = value < 0
    low = np.select([kind == "at_least", kind == "below", kind == "about"], [value, -np.inf, np.nan], value - half_unit)
    high = np.select([kind == "at_least", kind == "below", kind == "about"], [np.inf, value, np.nan], value + half_unit)
    fall = negative & np.isin(kind, ["at_least", "below"])  # "giảm hơn 5 %" is a larger fall
    low, high = (
        np.where(fall, np.where(kind == "below", value, -np.inf), low),
        np.where(fall, np.where(kind == "below", np.inf, value), high),
    )
    plain = kind == "plain"
    low_open = plain & (value <= 0) | (kind == "below") | (fall & (kind == "at_least"))
    high_open = ~(plain & negative) & ~(fall & (kind == "at_least"))
    return Interval(low, high, low_open, high_open)


def _meaning(word: Any) -> str:
    if word is None or word == "" or word != word:
        return "plain"
    for meaning, words in (("at_least", AT_LEAST), ("below", BELOW), ("about", ABOUT)):
        if word in words:
            return meaning
    raise ValueError(f'qualifier: got "{word}"; expected one of {", ".join(sorted(AT_LEAST | BELOW | ABOUT))}')


def _scalars(interval: Interval) -> Interval:
    ends = (interval.low, interval.high, interval.low_open, interval.high_open)
    low, high, low_open, high_open = (end.item() for end in ends)
    return Interval(low, high, low_open, high_open)


def printed_range(value: Numbers, half_unit: Numbers, qualifier: Any, loose: Any = True) -> tuple[Numbers, Numbers]:
    """Give the numbers whose printed form this may be, when a word such as "trên" is read narrowly.

    "Trên 342 nghìn tỷ" promises no upper end, and yet is said of a number that begins with 342; and who says "trên 23.000" counts
    in thousands. This reading serves to find repeats and contradictions, never to compute.

    Parameters
    ----------
    value, half_unit : float or numpy.ndarray
        The printed number and half of its last printed digit.
    qualifier : str, None or sequence of them
        The word printed with it.
    loose : bool or sequence of bool
        Whether trailing zeros beside a word are read as round: true of levels, not of percents ("khoảng 30 %" does not count in
        tens).

    Returns
    -------
    tuple of float or numpy.ndarray
        Low and high end, both inside.

    Examples
    --------
    >>> printed_range(315100.0, 50.0, "hơn"), printed_range(80000.0, 0.5, "khoảng")
    ((315100.0, 315200.0), (70000.0, 90000.0))
    """
    scalar = np.ndim(value) == 0
    words = [qualifier] if scalar else list(np.broadcast_to(np.asarray(qualifier, dtype=object), np.shape(value)))
    meanings = {word: _meaning(word) for word in set(words)}
    kind = np.array([meanings[word] for word in words])
    value, unit = np.atleast_1d(np.asarray(value, dtype=float)), 2 * np.atleast_1d(np.asarray(half_unit, dtype=float))
    unit = np.broadcast_to(unit, value.shape).copy()
    for place in np.flatnonzero((kind != "plain") & np.isfinite(value) & loose):
        unit[place] = 2 * open_half_units(value[place], unit[place] / 2)[-1]
    down = np.select([kind == "at_least", kind == "below", kind == "about"], [0, 1, 1], default=0.5)
    up = np.select([kind == "at_least", kind == "below", kind == "about"], [1, 0, 1], default=0.5)
    down, up = np.where(value < 0, up, down), np.where(value < 0, down, up)
    low, high = value - down * unit, value + up * unit
    return (low.item(), high.item()) if scalar else (low, high)


def growth_interval(current: Interval, prior: Interval) -> Interval:
    """Give the growth rates, in percent, that two intervals of levels allow.

    Parameters
    ----------
    current, prior : Interval
        Levels in one unit; `prior` above zero.

    Returns
    -------
    Interval
        Percent; NaN where the prior may be zero or below.

    Examples
    --------
    >>> found = growth_interval(Interval(315144.5, 315145.5), Interval(238781.5, 238782.5))
    >>> round(found.low, 4), round(found.high, 4)
    (31.9797, 31.9807)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = np.where(np.asarray(prior.low) > 0, 1.0, np.nan)
        low = np.where(np.isinf(prior.high), -100.0, 100 * (current.low - prior.high) / prior.high) * usable
        high = 100 * (current.high - prior.low) / prior.low * usable
    return Interval(
        _like(low, prior.low),
        _like(high, prior.low),
        np.logical_or(current.low_open, prior.high_open),
        np.logical_or(current.high_open, prior.low_open),
    )


def ratio_interval(value: Interval, plan: Interval) -> Interval:
    """Give the percents of a plan that two intervals of levels allow.

    Parameters
    ----------
    value, plan : Interval
        Levels in one unit; `plan` above zero.

    Returns
    -------
    Interval
        Percent; NaN where the plan may be zero or below.
    """
    growth = growth_interval(value, plan)
    return Interval(growth.low + 100, growth.high + 100, growth.low_open, growth.high_open)


def implied_prior(value: Interval, growth_pct: Interval) -> Interval:
    """Give the prior-year levels that a printed value and its printed growth imply.

    Parameters
    ----------
    value : Interval
        The level now.
    growth_pct : Interval
        Growth against the prior year, in percent.

    Returns
    -------
    Interval
        ``value / (1 + growth)`` at its extremes; NaN where growth may be -100 % or less.

    Examples
    --------
    >>> prior = implied_prior(printed_interval(66148, 0.5), printed_interval(27.6, 0.05))
    >>> round(prior.low, 1), round(prior.high, 1)
    (51819.4, 51860.8)
    """
    return _quotient(
        value, Interval(1 + growth_pct.low / 100, 1 + growth_pct.high / 100, growth_pct.low_open, growth_pct.high_open)
    )


def implied_plan(value: Interval, plan_pct: Interval) -> Interval:
    """Give the annual plans that a printed value and its printed percent of plan imply.

    Parameters
    ----------
    value : Interval
        The level now.
    plan_pct : Interval
        Percent of the annual plan.

    Returns
    -------
    Interval
        ``100 value / percent`` at its extremes.

    Examples
    --------
    >>> plan = implied_plan(printed_interval(66148, 0.5), printed_interval(45.9, 0.05))
    >>> round(plan.low, 1), round(plan.high, 1)
    (143955.4, 144271.5)
    """
    return _quotient(value, plan_pct.scaled(0.01))


def _quotient(top: Interval, bottom: Interval) -> Interval:
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = np.where(np.asarray(bottom.low) > 0, 1.0, np.nan)
        low = np.minimum(top.low / bottom.high, top.low / bottom.low) * usable
        high = np.maximum(top.high / bottom.low, top.high / bottom.high) * usable
    return Interval(
        _like(low, bottom.low),
        _like(high, bottom.low),
        np.logical_or(top.low_open, bottom.high_open),
        np.logical_or(top.high_open, bottom.low_open),
    )


def verdict(computed: Interval, printed: Interval) -> Any:
    """Compare what is computed with what is printed.

    Parameters
    ----------
    computed, printed : Interval
        In one unit; scalars or arrays.

    Returns
    -------
    str, None or numpy.ndarray of them
        ``agree`` when the computed interval lies in the printed one, ``disagree`` when they have nothing in common, else
        ``cannot_tell``; None where one of them is unknown.

    Examples
    --------
    >>> verdict(Interval.exactly(45.95), printed_interval(45.9, 0.05))
    'disagree'
    >>> verdict(Interval(38.0, 38.3), printed_interval(38.2, 0.05))
    'cannot_tell'
    """
    known = ~np.isnan(np.asarray(computed.low + computed.high)) | np.isinf(np.asarray(computed.low))
    known = known & ~(np.isnan(np.asarray(printed.low)) | np.isnan(np.asarray(computed.low)))
    found = np.where(computed.misses(printed), "disagree", np.where(computed.lies_in(printed), "agree", "cannot_tell")).astype(
        object
    )
    found = none_where(~known, found)
    return found if found.ndim else found.item()


def open_half_units(value: float, half_unit: float) -> tuple[float, ...]:
    """Give the half-units that the trailing zeros of a printed whole number leave open.

    Parameters
    ----------
    value : float
        The printed number.
    half_unit : float
        Half of its last printed digit.

    Returns
    -------
    tuple of float
        `half_unit` first, then ten, a hundred, ... times as much, one for each trailing zero.

    Examples
    --------
    >>> open_half_units(3140, 0.5), open_half_units(12600, 50), open_half_units(66148, 0.5)
    ((0.5, 5.0), (50,), (0.5,))
    """
    if half_unit == 0:
        return (half_unit,)
    digits = half_up(abs(value) / (2 * half_unit), 0)
    zeros = len(str(int(digits))) - len(str(int(digits)).rstrip("0")) if digits else 0
    return (half_unit, *(half_unit * 10.0**power for power in range(1, zeros + 1)))


def _same(left: Numbers, right: Numbers) -> Numbers:
    with np.errstate(invalid="ignore"):
        near = np.abs(np.subtract(left, right)) <= _TOLERANCE * np.maximum(1, np.maximum(np.abs(left), np.abs(right)))
    finite = np.isfinite(left) & np.isfinite(right)
    return np.equal(left, right) | near & finite


def _before(left: Numbers, right: Numbers) -> Numbers:
    return np.less(left, right) & np.logical_not(_same(left, right))


def _like(result: Numbers, model: Numbers) -> Numbers:
    return float(result) if np.ndim(result) == 0 else result
