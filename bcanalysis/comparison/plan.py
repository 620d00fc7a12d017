"""Percent of the annual plan: which version of the plan, what was printed, what is computed; and the pace it asks for."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.arrays import none_where
from bcanalysis.comparison.links import linked_parts, links_between
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import SERIES_NAMES
from bcanalysis.dataset.reads import Codes, Selection
from bcanalysis.dataset.vintages import SERIES
from bcanalysis.indicators import NOT_LEVELS, percent_of_annual_plan, remaining_to_plan, required_second_half_ratio
from bcanalysis.periods import Period
from bcanalysis.rounding import Interval, implied_plan, printed_interval, ratio_interval, verdict

_PERCENT = ["plan_pct", "plan_origin", "plan_printed_pct", "plan_half_unit", "plan_qualifier", "plan_computed_pct"]
_OF_ANOTHER = ("value", "body", "decided_on", "source")
_PLAN = {
    "value": "plan_start",
    "value_high": "plan_end",
    "body": "plan_body",
    "decided_on": "plan_decided_on",
    "source": "plan_source",
}


def against_plan(dataset: Dataset, period: Period, rows: pd.DataFrame, as_of: date | None = None) -> pd.DataFrame:
    """Add to each row its annual plan and the percent of it.

    Parameters
    ----------
    dataset : Dataset
        Plans and links.
    period : Period
        The period of the rows.
    rows : pandas.DataFrame
        Statements with their growth.
    as_of : datetime.date, optional
        Plans decided later are unknown.

    Returns
    -------
    pandas.DataFrame
        The rows with the plan columns of a comparison, and ``plan_via_link`` (bool).

    Notes
    -----
    The plan is the version in force when the value was stated; a later one that is known (``plan_now``) stands beside it. Its basis
    must be the value's; across bases a declared link is needed. A plan is a decision, and so an exact number; one that is set as a
    range gives no percent, and its ends are shown. Plans of other bodies that were in force at the same time stand beside it
    (``plan_others``), each with the percent of it.
    """
    rows = _with_plan(dataset, period, rows, as_of)
    level = ~rows["kind"].isin(NOT_LEVELS).to_numpy()
    value = rows["value"].to_numpy()
    printed = np.where(level, rows["plan_pct"], np.nan)
    plan = np.where(level & rows["plan_end"].isna(), rows["plan_start"], np.nan)
    computed = percent_of_annual_plan(value, plan)
    value_range = printed_interval(value, rows["half_unit"].to_numpy(), rows["qualifier"].to_numpy())
    percent_range = printed_interval(printed, rows["plan_half_unit"].to_numpy(), rows["plan_qualifier"].to_numpy())
    agreement = verdict(ratio_interval(value_range, Interval.exactly(plan)), percent_range)
    agreement = none_where(np.isnan(computed) | np.isnan(printed), agreement)
    implied = implied_plan(value_range, percent_range)
    lead = ~np.isnan(printed) & (np.isnan(computed) | (agreement == "cannot_tell"))
    headline = np.where(lead, printed, computed)
    ranged = rows["plan_end"].notna().to_numpy() & level
    reason = np.select(
        [np.isnan(value), ~level, ranged, plan <= 0, ~np.isnan(plan)],
        ["no_value", "rate", "plan_is_a_range", "zero_plan", ""],
        default=rows["no_plan_because"].astype(str),
    )
    return rows.drop(columns=["no_plan_because", "plan_start", "plan_end"]).assign(
        plan=plan,
        plan_low=np.where(ranged & np.isnan(printed), rows["plan_start"], implied.low),
        plan_high=np.where(ranged & np.isnan(printed), rows["plan_end"], implied.high),
        plan_pct=headline,
        plan_origin=none_where(np.isnan(headline), np.where(lead, "printed", "computed")),
        plan_printed_pct=printed,
        plan_computed_pct=computed,
        plan_verdict=agreement,
        plan_reason=none_where(reason == "", reason),
    )


def _with_plan(dataset: Dataset, period: Period, rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    codes = {"area": tuple(rows["area"]), "indicator": tuple(rows["indicator"])}
    plans = plans_in_force(dataset, period.year, as_of, **codes)[[*SERIES, "in_force_from", *_PLAN]].rename(columns=_PLAN)
    asking = rows[[*SERIES, "stated_to"]].reset_index()
    found = asking.merge(plans[plans["price_basis"] != "not_stated"], on=SERIES).assign(plan_via_link=False, plan_link_reason=None)
    links = links_between(dataset, "annual_plan", period, str(period.year))
    if len(links):
        found = pd.concat([found, _linked(links, asking, plans).assign(plan_via_link=True)])
    newest_first = found.sort_values(["plan_via_link", "in_force_from"], ascending=[True, False], kind="stable")
    chosen = newest_first[_in_force(newest_first)].drop_duplicates("index").set_index("index").reindex(rows.index)
    newest = newest_first.drop_duplicates("index").set_index("index").reindex(rows.index)
    others = _others(newest_first[_in_force(newest_first)], rows)
    changed = chosen["plan_start"].notna() & newest["plan_start"].ne(chosen["plan_start"])
    return rows.join(chosen[list(_PLAN.values())].astype({"plan_start": float, "plan_end": float})).assign(
        plan_via_link=chosen["plan_via_link"].eq(True),
        plan_decided_on=pd.to_datetime(chosen["plan_decided_on"]),
        plan_link_reason=chosen["plan_link_reason"],
        plan_now=newest["plan_start"].astype(float).where(changed),
        plan_now_body=newest["plan_body"].where(changed),
        plan_now_decided_on=pd.to_datetime(newest["plan_decided_on"]).where(changed),
        plan_others=pd.Series([others.get(row, ()) for row in rows.index], index=rows.index, dtype=object),
        no_plan_because=np.where(rows.index.isin(_on_any_basis(asking, plans)), "other_basis", "no_plan"),
    )


def _others(in_force: pd.DataFrame, rows: pd.DataFrame) -> dict[Hashable, tuple[dict[str, object], ...]]:
    """List for each row the plans of other bodies that were in force beside the one that is used, with the percent of each.

    A body's later plan takes the place of its earlier one; plans of two bodies stand side by side.
    """
    latest = in_force[in_force["plan_end"].isna()].drop_duplicates(["index", "plan_body"])
    beside = latest[latest.duplicated("index")]
    found: dict[Hashable, tuple[dict[str, object], ...]] = {}
    for index, plan, body, decided, source in beside[["index", *(_PLAN[name] for name in _OF_ANOTHER)]].itertuples(index=False):
        day = None if pd.isna(decided) else f"{decided:%Y-%m-%d}"
        percent = float(percent_of_annual_plan(rows["value"].loc[index], plan))
        told = {"plan": plan, "body": body, "decided_on": day, "source": source, "plan_pct": percent}
        found[index] = (*found.get(index, ()), told)
    return found


def _in_force(found: pd.DataFrame) -> pd.Series:
    """Leave out plans decided after the statement; a day that is not known rules nothing out."""
    decided_later = found["in_force_from"].to_numpy() > found["stated_to"].to_numpy()
    return pd.Series(~decided_later, index=found.index)


def _on_any_basis(asking: pd.DataFrame, plans: pd.DataFrame) -> pd.Series:
    """List the rows for which some plan was in force, whatever its price basis."""
    found = asking.drop(columns="price_basis").merge(plans, on=["area", "indicator", "breakdown"])
    in_force: pd.DataFrame = found[_in_force(found)]
    return in_force["index"]


def _linked(links: pd.DataFrame, asking: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    others = {"price_basis": "other_price_basis", "breakdown": "other_breakdown"}
    on = ["area", "indicator", "other_price_basis", "other_breakdown"]
    linked = linked_parts(asking, links).merge(plans.rename(columns=others), on=on)
    scaled = {end: linked[end] * linked["factor"] for end in ("plan_start", "plan_end")}
    return linked.assign(**scaled).rename(columns={"link_reason": "plan_link_reason"})


def plans_in_force(
    dataset: Dataset, year: int, as_of: date | None = None, *, area: Codes = None, indicator: Codes = None
) -> pd.DataFrame:
    """List the annual plans for levels of a year, all versions.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    year : int
        The plan's year.
    as_of : datetime.date, optional
        Plans decided later are left out.
    area, indicator : tuple of str, optional
        Only plans of these areas and indicators.

    Returns
    -------
    pandas.DataFrame
        Rows of plans.csv with ``in_force_from``: the later of decision and validity, NaT where neither is known.
    """
    plans = dataset.read(Selection("plans", area=area, period=(str(year),), indicator=indicator))
    plans = plans[plans["target_kind"] == "level"]
    plans = plans.assign(in_force_from=plans[["decided_on", "valid_from"]].max(axis=1))
    if as_of is not None:
        plans = plans[plans["in_force_from"] <= pd.Timestamp(as_of)]
    return plans


def pace_to_plan(comparison: pd.DataFrame) -> pd.DataFrame:
    """Compute what the rest of the year must bring for the plan to be met.

    Of the printed percent and the one computed on a plan on file, the printed one is used unless the two disagree.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare` for a first half-year.

    Returns
    -------
    pandas.DataFrame
        One row for each series with a plan percent that runs from January to the end of the period: the series and its names,
        ``value``, ``plan_pct`` with its origin, ``remaining_low``, ``remaining_high`` (in the unit of the series; equal when the
        plan is on file, 0 when it is met) and ``ratio_low``, ``ratio_high``: the rest of the year as a multiple of what is done,
        ``100/p - 1``; NaN where the percent has an open end.

    Examples
    --------
    >>> from bcanalysis.comparison.compare import compare
    >>> from bcanalysis.dataset.load import load
    >>> pace = pace_to_plan(compare(load(), "2018H1", indicators=["export_value"]))
    >>> pace[["remaining_low", "ratio_low", "ratio_high"]].round(3).to_numpy().tolist()
    [[4660.0, 1.478, 1.484]]
    """
    rows = comparison[counts_towards_the_year(comparison)].reset_index(drop=True)
    percent = percent_of_plan(rows)
    bounded = np.isfinite(percent.low) & np.isfinite(percent.high) & np.greater(percent.low, 0)
    plan_low = np.where(rows["plan"].notna(), rows["plan"], rows["plan_low"])
    plan_high = np.where(rows["plan"].notna(), rows["plan"], rows["plan_high"])
    ends = {
        "remaining_low": remaining_to_plan(rows["value"].to_numpy(), plan_low),
        "remaining_high": remaining_to_plan(rows["value"].to_numpy(), plan_high),
        "ratio_low": required_second_half_ratio(np.where(bounded, percent.high, np.nan)),
        "ratio_high": required_second_half_ratio(np.where(bounded, percent.low, np.nan)),
    }
    return rows[[*SERIES_NAMES, "value", *_PERCENT]].assign(**{name: np.maximum(end, 0) for name, end in ends.items()})


def percent_of_plan(comparison: pd.DataFrame) -> Interval:
    """Give where the percent of the annual plan lies: as printed, unless the plan on file says otherwise.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare`.

    Returns
    -------
    Interval
        Percent, one interval a row; NaN where nothing is known.
    """
    value = printed_interval(comparison["value"].to_numpy(), comparison["half_unit"].to_numpy(), comparison["qualifier"].to_numpy())
    printed = printed_interval(
        comparison["plan_printed_pct"].to_numpy(dtype=float),
        comparison["plan_half_unit"].to_numpy(dtype=float),
        comparison["plan_qualifier"].to_numpy(),
    )
    computed = ratio_interval(value, Interval.exactly(comparison["plan"].to_numpy(dtype=float)))
    print_holds = comparison["plan_printed_pct"].notna().to_numpy() & (comparison["plan_verdict"] != "disagree").to_numpy()
    return Interval(np.where(print_holds, printed.low, computed.low), np.where(print_holds, printed.high, computed.high))


def counts_towards_the_year(comparison: pd.DataFrame) -> pd.Series:
    """Tell which figures have a percent of plan and run from January to the end of their period, with months still to come.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare`.

    Returns
    -------
    pandas.Series
        One bool a row.
    """
    start, end = comparison["window_start"], comparison["window_end"]
    period_end = pd.to_datetime([Period.parse(name).end for name in comparison["period"]])
    so_far = (start.dt.day_of_year == 1) & (end == period_end) & (end.dt.month < 12)
    asked: pd.Series = so_far & comparison["plan_pct"].notna() & (comparison["value"] > 0)
    return asked
