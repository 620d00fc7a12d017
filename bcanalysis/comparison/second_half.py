"""What the annual plan still asks of the second half, held against the first half and against the second halves of past years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.arrays import none_where
from bcanalysis.comparison.history import YEARS_NEEDED
from bcanalysis.comparison.plan import counts_towards_the_year, pace_to_plan, percent_of_plan
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import SERIES_NAMES
from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.vintages import RANKS, SERIES, known_at, speaking
from bcanalysis.periods import FIRST_YEAR, Period
from bcanalysis.rounding import Interval, growth_interval, printed_interval

MONTHS = 6
_PLACE = ["area", "area_vi", "area_en", "period"]
COLUMNS = [
    *_PLACE,
    *SERIES_NAMES,
    *(
        "value plan_pct plan_origin plan_printed_pct plan_half_unit plan_qualifier plan_computed_pct remaining_low remaining_high "
        "ratio_low ratio_high done_a_month needed_a_month_low needed_a_month_high past_period past_low past_high past_origin "
        "past_reason growth_low growth_high past_years past_ratio_low past_ratio_high scenario_reason year_low year_high "
        "year_pct_low year_pct_high"
    ).split(),
]
_PART = ["area", "indicator", "breakdown"]
_KEY = [*SERIES, "year"]
_PARTS = {("01-01", "06-30"): "half", ("01-01", "12-31"): "whole", ("07-01", "12-31"): "rest"}
_ENDS = ["low", "high"]
_RATIO = ["ratio_low", "ratio_high"]


def second_half(dataset: Dataset, comparison: pd.DataFrame, *, as_of: date | None = None) -> pd.DataFrame:
    """Compute what the second half of the year must bring for the annual plan to be met, and what it brought in past years.

    Parameters
    ----------
    dataset : Dataset
        The tables, for the past years.
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare` for a first half-year.
    as_of : datetime.date, optional
        Of the past years, only what was known then.

    Returns
    -------
    pandas.DataFrame
        One row for each series of the first half with a percent of its annual plan, as in
        :func:`~bcanalysis.comparison.plan.pace_to_plan`, with its ``remaining`` and ``ratio``; and

        - ``done_a_month`` and ``needed_a_month_low``/``_high``: averages of the six months done and of the six left;
        - ``past_period``, ``past_low``/``_high``: last year's second half, where it comes from (``past_origin``: ``stated``,
          ``one_source`` or ``two_sources``) or ``past_reason`` for there being none;
        - ``growth_low``/``_high``: the growth on it, in percent, that the plan asks for; NaN when the plan is met;
        - ``past_years``, ``past_ratio_low``/``_high``: how many past years are usable, and between which multiples of their first
          half their second half lay; ``year_low``/``_high`` and ``year_pct_low``/``_high``: the year, and its percent of the plan,
          if this second half grows out of the first as in those years. All NaN, with ``scenario_reason`` ``too_few_years``, when
          fewer than three are usable.

        Numbers are ends of intervals, in the unit of the series unless said otherwise. Any other period gives no row.

    Notes
    -----
    The second half of a past year is the year minus its first half on the same stated price basis, with full windows and no word
    such as "trên", preferably both from one source, for two sources may stand on two sides of a revision. Ratios are taken
    directly, ``year / first half - 1``, so that the rounding of the first half is not counted twice.

    Examples
    --------
    >>> from bcanalysis.comparison.compare import compare
    >>> from bcanalysis.dataset.load import load
    >>> dataset = load()
    >>> found = second_half(dataset, compare(dataset, "2018H1", indicators=["export_value"])).iloc[0]
    >>> print(round(found["ratio_low"], 3), round(found["ratio_high"], 3), found["past_reason"], found["scenario_reason"])
    1.478 1.484 no_second_half too_few_years
    """
    halves = comparison[comparison["period"].astype(str).str.endswith("H1")]
    rows = halves[counts_towards_the_year(halves)].reset_index(drop=True)
    rows = rows.assign(year=rows["period"].astype(str).str[:4].astype(int))
    pace = pd.concat([rows[_PLACE], pace_to_plan(rows)], axis=1)
    stated = _stated(dataset, rows, as_of)
    past = _second_halves(stated)
    return _as_in_past_years(_against_last_year(pace, rows, past, stated), rows, past)[COLUMNS]


def _against_last_year(pace: pd.DataFrame, rows: pd.DataFrame, past: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    last_year = rows["year"] - 1
    last = rows[SERIES].assign(year=last_year).merge(past, on=_KEY, how="left")
    needed = Interval(*(pace[f"remaining_{end}"].to_numpy(dtype=float) for end in _ENDS))
    growth = growth_interval(needed, Interval(*(last[end].to_numpy(dtype=float) for end in _ENDS)))
    met = (needed.high == 0) | np.isnan(needed.high)
    missing = last["low"].isna()
    return pace.assign(
        done_a_month=pace["value"] / MONTHS,
        needed_a_month_low=needed.low / MONTHS,
        needed_a_month_high=needed.high / MONTHS,
        past_period=[str(Period(year, 7, 12)) for year in last_year],
        past_low=last["low"],
        past_high=last["high"],
        past_origin=none_where(missing, last["origin"]),
        past_reason=none_where(~missing, _why_no_past(last[_KEY], stated)),
        growth_low=np.where(met, np.nan, growth.low),
        growth_high=np.where(met, np.nan, growth.high),
    )


def _as_in_past_years(pace: pd.DataFrame, rows: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """Let the second half grow out of the first as it did in past years."""
    earlier = rows[[*SERIES, "year"]].reset_index().merge(past, on=SERIES, suffixes=("", "_past"))
    ratios = earlier[earlier["year_past"] < earlier["year"]].groupby("index")
    found = ratios.agg(years=("ratio_low", "count"), low=("ratio_low", "min"), high=("ratio_high", "max")).reindex(rows.index)
    years = found["years"].fillna(0).astype(int)
    enough = years >= YEARS_NEEDED
    ratio = Interval(*(found[end].where(enough).to_numpy(dtype=float) for end in _ENDS))
    value = printed_interval(rows["value"].to_numpy(), rows["half_unit"].to_numpy(), rows["qualifier"].to_numpy())
    percent = percent_of_plan(rows)
    return pace.assign(
        past_years=years,
        past_ratio_low=ratio.low,
        past_ratio_high=ratio.high,
        scenario_reason=none_where(enough, "too_few_years"),
        year_low=value.low * (1 + ratio.low),
        year_high=value.high * (1 + ratio.high),
        year_pct_low=percent.low * (1 + ratio.low),
        year_pct_high=percent.high * (1 + ratio.high),
    )


def _stated(dataset: Dataset, rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """List what was stated of the first halves, the second halves and the whole of earlier years, on any price basis."""
    years = range(FIRST_YEAR, rows["year"].max()) if len(rows) else ()
    periods = tuple(f"{year}{part}" for year in years for part in ("H1", "H2", ""))
    asked = Selection("statements", area=tuple(rows["area"]), period=periods, indicator=tuple(rows["indicator"]))
    found = known_at(dataset.read(asked), as_of)
    window = zip(found["window_start"].dt.strftime("%m-%d"), found["window_end"].dt.strftime("%m-%d"), strict=True)
    found = found.assign(part=[_PARTS.get(days, "") for days in window], year=found["period"].str[:4].astype(int))
    return found[(found["part"] != "") & found["value"].notna()]


def _usable(stated: pd.DataFrame) -> pd.DataFrame:
    return stated[(stated["price_basis"] != "not_stated") & stated["qualifier"].eq("")]


def _second_halves(stated: pd.DataFrame) -> pd.DataFrame:
    """Give the second half of each series and year, and its multiple of the first; what one source says goes before two."""
    usable = _usable(stated)
    printed = printed_interval(usable["value"].to_numpy(), usable["half_unit"].to_numpy(), usable["qualifier"].to_numpy())
    order = usable.assign(low=printed.low, high=printed.high, place=usable["rank"].map(RANKS.index))
    order = order.sort_values(["place", "stated_to", "source"], ascending=[True, False, True], kind="stable")
    spoken = speaking(order)
    found = [
        _as_stated(spoken).assign(origin="stated"),
        _year_minus_half(order, [*_KEY, "source"]).assign(origin="one_source"),
        _year_minus_half(spoken, _KEY).assign(origin="two_sources"),
    ]
    return pd.concat(found)[[*_KEY, *_ENDS, *_RATIO, "origin"]].drop_duplicates(_KEY)


def _as_stated(spoken: pd.DataFrame) -> pd.DataFrame:
    rows = _of_part(spoken, "rest", _KEY).merge(_of_part(spoken, "half", _KEY), on=_KEY, how="left")
    half = _above_zero(rows)
    ratio = {"ratio_low": rows["rest_low"] / half.high, "ratio_high": rows["rest_high"] / half.low}
    return rows.assign(low=rows["rest_low"], high=rows["rest_high"], **ratio)


def _year_minus_half(statements: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Subtract the first half from the year; a year below its first half gives nothing."""
    rows = _of_part(statements, "whole", key).merge(_of_part(statements, "half", key), on=key)
    rows = rows[rows["whole_high"] >= rows["half_low"]]
    half = _above_zero(rows)
    ends = {
        "low": rows["whole_low"] - rows["half_high"],
        "high": rows["whole_high"] - rows["half_low"],
        "ratio_low": rows["whole_low"] / half.high - 1,
        "ratio_high": rows["whole_high"] / half.low - 1,
    }
    return rows.assign(**{name: end.clip(lower=0) for name, end in ends.items()})


def _of_part(statements: pd.DataFrame, part: str, key: list[str]) -> pd.DataFrame:
    """Give the ends of one part of the year, one row a key."""
    rows = statements.loc[statements["part"] == part, [*key, *_ENDS]].drop_duplicates(key)
    return rows.rename(columns={end: f"{part}_{end}" for end in _ENDS})


def _above_zero(rows: pd.DataFrame) -> Interval:
    usable = rows["half_low"] > 0
    return Interval(rows["half_low"].where(usable), rows["half_high"].where(usable))


def _why_no_past(asked: pd.DataFrame, stated: pd.DataFrame) -> np.ndarray:
    tests = {
        "sign_change": _whole_and_half(asked, _usable(stated), _KEY),
        "vague_second_half": _whole_and_half(asked, stated[stated["price_basis"] != "not_stated"], _KEY),
        "other_basis": _whole_and_half(asked, stated, [*_PART, "year"]),
    }
    return np.select(list(tests.values()), list(tests), default="no_second_half")


def _whole_and_half(asked: pd.DataFrame, stated: pd.DataFrame, key: list[str]) -> np.ndarray:
    """Tell for which keys a whole year and its first half were stated."""
    wanted = pd.MultiIndex.from_frame(asked[key])
    sides = [wanted.isin(pd.MultiIndex.from_frame(stated.loc[stated["part"] == part, key])) for part in ("whole", "half")]
    return np.logical_and(*sides)
