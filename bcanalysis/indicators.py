"""The arithmetic of half-year accounts: growth against the prior year, percent of annual plan, contributions, pace to plan.

Everything here is pure and unrounded. Numbers may be floats, or arrays and Series of them; what cannot be computed is NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.panel import values_a_year_before

Numbers = Any  # a float or an array or Series of floats, and the same comes back

# Kinds of indicator that are not levels: they change by percentage points, so have neither growth nor a percent of a plan.
NOT_LEVELS = ("rate", "index", "share")


def growth_pct(current: Numbers, prior: Numbers) -> Numbers:
    """Compute growth, in percent of the prior level.

    Parameters
    ----------
    current, prior : float, numpy.ndarray or pandas.Series
        Levels in one unit, price basis, window and territory; NaN is missing. Two Series are aligned by their index.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        ``100 (current - prior) / prior``; NaN where a level is missing or :func:`growth_reason` names a reason.
        Zero on a positive prior is -100.

    Notes
    -----
    Growth is defined on a positive prior and a current level not below zero (OECD, *Glossary of statistical terms*, percentage
    change).

    Examples
    --------
    >>> growth_pct(110.0, 100.0)
    10.0
    >>> growth_pct(5.0, 0.0)
    nan
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = 100 * np.subtract(current, prior) / prior
        defined = np.greater(prior, 0) & np.greater_equal(current, 0)
    return _where(defined, growth)


def growth_reason(current: Numbers, prior: Numbers) -> Any:
    """Say why there is no growth.

    Parameters
    ----------
    current, prior : float or numpy.ndarray
        The levels; NaN is missing.

    Returns
    -------
    str, None or numpy.ndarray of them
        ``no_value``, ``no_prior``, ``zero_prior`` or ``sign_change``; None where growth exists.

    Examples
    --------
    >>> growth_reason(5.0, 0.0), growth_reason(5.0, 4.0)
    ('zero_prior', None)
    """
    current, prior = np.asarray(current, dtype=float), np.asarray(prior, dtype=float)
    tests = [np.isnan(current), np.isnan(prior), prior == 0, (prior < 0) | (current < 0)]
    return _REASONS[np.select(tests, [1, 2, 3, 4], default=0)]


_REASONS = np.array([None, "no_value", "no_prior", "zero_prior", "sign_change"], dtype=object)


def growth_vs_prior_year(levels: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Compute growth against the same period of the prior year, matched by period, for one series or for many at once.

    Parameters
    ----------
    levels : pandas.Series or pandas.DataFrame
        Levels (each series in one unit, price basis and territory), indexed by period names such as ``2018H1``, or by
        what tells the series apart and, as the level ``period`` or the last one, by period names. Or a table of the columns
        ``value`` and ``period`` and of those that tell the series apart, all others. The order is irrelevant, gaps are gaps.

    Returns
    -------
    pandas.DataFrame
        Indexed like `levels`: ``prior`` (the level a year before, NaN if not there), ``growth_pct`` (percent) and ``reason``
        (why there is no growth; None where there is).

    Raises
    ------
    UsageError
        If a period of a series stands twice or is no period, or a table has no such columns.

    Examples
    --------
    >>> growth_vs_prior_year(pd.Series({"2018H1": 110.0, "2017H1": 100.0, "2020H1": 90.0}))
            prior  growth_pct    reason
    2018H1  100.0        10.0      None
    2017H1    NaN         NaN  no_prior
    2020H1    NaN         NaN  no_prior
    >>> exports = {("bac-giang", "2018H1"): 110.0, ("thai-nguyen", "2017H1"): 90.0, ("bac-giang", "2017H1"): 100.0}
    >>> growth_vs_prior_year(pd.Series(exports))["growth_pct"].tolist()
    [10.0, nan, nan]
    >>> table = pd.Series(exports, name="value").rename_axis(["area", "period"]).reset_index()
    >>> growth_vs_prior_year(table)["growth_pct"].tolist()
    [10.0, nan, nan]
    """
    prior = values_a_year_before(levels)
    values = (levels["value"] if isinstance(levels, pd.DataFrame) else levels).to_numpy(dtype=float)
    reason = pd.Series(growth_reason(values, prior), index=levels.index, dtype=object)
    found = {"prior": prior, "growth_pct": growth_pct(values, prior), "reason": reason}
    return pd.DataFrame(found, index=levels.index, copy=False)


def percent_of_annual_plan(value: Numbers, plan: Numbers) -> Numbers:
    """Compute how much of the annual plan is done, in percent.

    Parameters
    ----------
    value : float, numpy.ndarray or pandas.Series
        The level so far this year; NaN is missing.
    plan : float, numpy.ndarray or pandas.Series
        The annual plan for the same series: same unit, price basis, territory and year.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        ``100 value / plan``; NaN where either is missing or the plan is not above zero. Unrounded: 99.96 is not a plan met.

    Examples
    --------
    >>> round(percent_of_annual_plan(3140.0, 7800.0), 3)
    40.256
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 100 * np.divide(value, plan)
        defined = np.greater(plan, 0)
    return _where(defined, share)


def remaining_to_plan(value: Numbers, plan: Numbers) -> Numbers:
    """Compute what the plan still asks for.

    Parameters
    ----------
    value, plan : float, numpy.ndarray or pandas.Series
        Level so far and annual plan, in one unit.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        ``plan - value``, in the unit of the series; below zero when the plan is already exceeded.

    Examples
    --------
    >>> remaining_to_plan(3140.0, 7800.0)
    4660.0
    """
    remaining = np.subtract(plan, value)
    return remaining if np.ndim(remaining) else float(remaining)


def required_second_half_ratio(plan_pct: Numbers) -> Numbers:
    """Compute what the second half must bring, as a multiple of the first half, for the plan to be met.

    Parameters
    ----------
    plan_pct : float, numpy.ndarray or pandas.Series
        Percent of the annual plan done in the first half.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        ``100 / p - 1``, taken directly from the percent and not from a difference of rounded numbers.

    Examples
    --------
    >>> round(required_second_half_ratio(40.3), 3)
    1.481
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.divide(100, plan_pct) - 1
    return _where(np.greater(plan_pct, 0), ratio)


def contribution_pp(current: Numbers, prior: Numbers, prior_total: Numbers) -> Numbers:
    """Compute a part's contribution to the growth of the total, in percentage points.

    Parameters
    ----------
    current, prior : float, numpy.ndarray or pandas.Series
        The part's levels in both periods.
    prior_total : float
        The total of the prior period: the weight base.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        ``100 (current - prior) / prior_total``. The parts of a complete, additive split sum to the total's growth (INSEE,
        *Contribution to growth*).

    Examples
    --------
    >>> contribution_pp(60.0, 50.0, 100.0)
    10.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        points = 100 * np.subtract(current, prior) / prior_total
    return _where(np.greater(prior_total, 0), points)


def _where(defined: Any, result: Any) -> Any:
    if isinstance(result, pd.Series):
        return result.where(np.broadcast_to(defined, result.shape))
    kept = np.where(defined, result, np.nan)
    return kept if kept.ndim else float(kept)
