"""A series over the years: its level, as stated each time, and the share of the year that its first half made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.arrays import none_where
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.vintages import SERIES, WINDOW, known_at, speaking
from bcanalysis.periods import FIRST_YEAR, Period
from bcanalysis.quality.narrow import narrowed
from bcanalysis.rounding import printed_interval

YEARS_NEEDED = 3


def history(
    dataset: Dataset,
    indicator: str,
    period: str | Period,
    area: str = "bac-giang",
    breakdown: str = "total",
    *,
    as_of: date | None = None,
) -> pd.DataFrame:
    """List what was stated of one indicator for the same months of each year up to a period.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    indicator : str
        Code of the indicator.
    period : str or Period
        The last period; ``2018H1`` gives the first halves of all years on file up to 2018.
    area, breakdown : str
        Codes.
    as_of : datetime.date, optional
        What was known then.

    Returns
    -------
    pandas.DataFrame
        One row for each statement: ``period``, ``year``, ``value``, ``low``, ``high`` (its printed interval), ``speaks`` (bool: it
        is the one used), status, basis, source and names. Years without a statement have no row.

    Raises
    ------
    UsageError
        If a code or the period is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> history(load(), "export_value", "2018H1")[["period", "value"]].to_numpy().tolist()
    [['2014H1', 874.4], ['2018H1', 3140.0]]
    """
    period = period if isinstance(period, Period) else Period.parse(period)
    all_years = [Period(year, period.first_month, period.last_month) for year in range(1990, period.year + 1)]
    asked = narrowed(dataset, area=area, periods=all_years, indicators=[indicator], breakdowns=[breakdown])
    rows = known_at(asked, as_of)
    chosen = speaking(rows)
    key = [*SERIES, "period", *WINDOW, "source", "stated_on"]
    rows = rows.merge(chosen[key].assign(speaks=True), on=key, how="left")
    printed = printed_interval(rows["value"].to_numpy(), rows["half_unit"].to_numpy(), rows["qualifier"].to_numpy())
    rows = rows.assign(year=rows["period"].str[:4].astype(int), speaks=rows["speaks"].eq(True), low=printed.low, high=printed.high)
    return with_labels(dataset, rows).sort_values(["price_basis", "year", "stated_to", "source"]).reset_index(drop=True)


def first_half_shares(
    dataset: Dataset,
    period: str | Period,
    area: str = "bac-giang",
    *,
    indicators: Iterable[str] | None = None,
    as_of: date | None = None,
) -> pd.DataFrame:
    """Compute which share of the year the first half made in the years before, for each series of a period.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        A first half-year; of any other period no share is known.
    area : str
        Code of the area.
    indicators : iterable of str, optional
        Only these indicators.
    as_of : datetime.date, optional
        What was known then; by default what is known now.

    Returns
    -------
    pandas.DataFrame
        One row for each series of levels on file for the period: ``indicator``, ``breakdown``, ``price_basis``, ``years`` (how many
        years are usable), ``share_low``, ``share_median``, ``share_high`` (percent of the year) and ``reason``: ``too_few_years``
        when fewer than three are, ``no_first_half`` when the period is none; the shares are NaN then.

    Raises
    ------
    UsageError
        If the area or an indicator is unknown.

    Notes
    -----
    A year is usable when its first half and its whole are on file on the same stated basis and with full windows. Years at or after
    the period do not count.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> first_half_shares(load(), "2018H1")["reason"].unique().tolist()
    ['too_few_years']
    """
    period = period if isinstance(period, Period) else Period.parse(period)
    series = ["indicator", "breakdown", "price_basis"]
    kinds = dataset["indicators"].set_index("code")["kind"]
    asked = kinds if indicators is None else kinds[[dataset.require("indicators", code) for code in indicators]]
    now = _on_a_basis(dataset, area, [period], asked.index[asked.isin(["flow", "count"])], as_of)
    wanted = now[series].drop_duplicates(ignore_index=True)
    nothing = wanted.assign(years=0, share_low=np.nan, share_median=np.nan, share_high=np.nan, reason="too_few_years")
    if (period.first_month, period.last_month) != (1, 6):
        return nothing.assign(reason="no_first_half")
    earlier = [Period(year, 1, last_month) for year in range(FIRST_YEAR, period.year) for last_month in (6, 12)]
    known = _on_a_basis(dataset, area, earlier, wanted["indicator"], as_of)
    if known.empty:
        return nothing
    halves = _level_by_year(known[known["period"].str.endswith("H1")], series, "half", "06-30")
    wholes = _level_by_year(known[~known["period"].str.endswith("H1")], series, "whole", "12-31")
    both = halves.merge(wholes, on=[*series, "year"])
    both["share"] = 100 * both["half"] / both["whole"].where(both["whole"] > 0)
    found = both.groupby(series)["share"].agg(years="count", share_low="min", share_median="median", share_high="max").reset_index()
    result = wanted.merge(found, on=series, how="left").fillna({"years": 0}).astype({"years": int})
    enough = result["years"] >= YEARS_NEEDED
    for name in ("share_low", "share_median", "share_high"):
        result[name] = result[name].where(enough)
    return result.assign(reason=none_where(enough, "too_few_years")).reset_index(drop=True)


def shares_beside(dataset: Dataset, comparison: pd.DataFrame) -> pd.DataFrame:
    """Compute the shares of past first halves for the series of a comparison, of one or more areas and periods.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    comparison : pandas.DataFrame
        Result of :func:`bcanalysis.compare`, or several of them one below the other.

    Returns
    -------
    pandas.DataFrame
        As :func:`first_half_shares`, with the columns ``area`` and ``period``.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> dataset = bc.load()
    >>> int(shares_beside(dataset, bc.compare(dataset, "2018H1", headline=True))["years"].max())
    0
    """
    found = [
        first_half_shares(dataset, period, area, indicators=rows["indicator"].unique()).assign(area=area, period=period)
        for (area, period), rows in _by_place(comparison)
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _by_place(comparison: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    for place, rows in comparison.groupby(["area", "period"], sort=False):
        area, period = place
        yield (str(area), str(period)), rows


def _on_a_basis(
    dataset: Dataset, area: str, periods: Iterable[Period], indicators: Iterable[str], as_of: date | None
) -> pd.DataFrame:
    known = known_at(narrowed(dataset, area=area, periods=periods, indicators=indicators), as_of)
    return speaking(known[known["price_basis"] != "not_stated"])


def _level_by_year(statements: pd.DataFrame, series: list[str], name: str, last_day: str) -> pd.DataFrame:
    whole_window = (statements["window_start"].dt.strftime("%m-%d") == "01-01") & (
        statements["window_end"].dt.strftime("%m-%d") == last_day
    )
    rows = statements[whole_window & statements["qualifier"].eq("")]
    levels: pd.DataFrame = rows.assign(year=rows["period"].str[:4].astype(int))[[*series, "year", "value"]]
    return levels.rename(columns={"value": name})
