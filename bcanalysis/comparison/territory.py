"""Areas that were merged: levels of their parts add up to a base; rates and indices of their parts say nothing of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import LANGUAGES, with_labels
from bcanalysis.dataset.vintages import WINDOW, speaking
from bcanalysis.indicators import NOT_LEVELS, growth_pct, growth_reason
from bcanalysis.periods import Period
from bcanalysis.quality.narrow import narrowed
from bcanalysis.rounding import Interval, printed_interval

_FIGURE = ["indicator", "breakdown", "price_basis", *WINDOW]
COLUMNS = ("area indicator breakdown price_basis parts value prior growth_pct reason plain_mean weight_low weight_high").split()


def parts_of(dataset: Dataset, area: str) -> list[str]:
    """List the areas that were merged into one.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str
        Code of an area.

    Returns
    -------
    list of str
        Codes; empty for an area that is no merged one. One part alone is not the whole.
    """
    changes = dataset["area_changes"]
    parts = list(changes.loc[(changes["successor"] == area) & (changes["kind"] == "merged"), "area"])
    return parts if len(parts) > 1 else []


def ends_within(dataset: Dataset, area: str, period: Period) -> bool:
    """Tell whether an area, with its borders, ended before a period did.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str
        Code of the area.
    period : Period
        The period.

    Returns
    -------
    bool
        Whether the last day of the area lies inside the period or before it.
    """
    last = dataset["areas"].set_index("code")["valid_to"][area]
    return bool(last < pd.Timestamp(period.end))


def summed(dataset: Dataset, area: str, period: Period, indicators: Sequence[str]) -> pd.DataFrame:
    """Add up the levels of the areas that were merged into one.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str
        Code of the merged area.
    period : Period
        The period.
    indicators : sequence of str
        Codes of indicators.

    Returns
    -------
    pandas.DataFrame
        One statement for each figure of levels that is on file for every part, on one stated price basis and for the same days:
        ``value`` and ``half_unit`` are sums, ``source`` names all sources, ``rebuilt`` is true. Rates, indices and shares have
        none.
    """
    parts = parts_of(dataset, area)
    kinds = dataset["indicators"].set_index("code")["kind"]
    levels = [code for code in indicators if kinds[code] not in NOT_LEVELS]
    spoken = pd.concat([speaking(narrowed(dataset, area=part, periods=[period], indicators=levels)) for part in parts or [area]])
    usable = spoken[spoken["value"].notna() & (spoken["price_basis"] != "not_stated")]
    groups = usable.groupby(_FIGURE, sort=False)
    whole = usable[(groups["area"].transform("nunique") == len(parts)) & (len(parts) > 0)]
    together = whole.groupby(_FIGURE, sort=False)
    sums = whole.drop_duplicates(_FIGURE).set_index(_FIGURE)
    return sums.assign(
        area=area,
        value=together["value"].sum(),
        half_unit=together["half_unit"].sum(),
        qualifier=together["qualifier"].max(),
        source=together["source"].agg(" + ".join),
        stated_on=together["stated_on"].max(),
        stated_to=together["stated_to"].max(),
        tied=together["tied"].any(),
        rebuilt=True,
    ).reset_index()


def with_rebuilt_base(dataset: Dataset, area: str, period: Period, before: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    """Add to the prior-year figures of a merged area the sums of its parts, where it has none of its own.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str
        Code of the area.
    period : Period
        The prior-year period.
    before : pandas.DataFrame
        The statements that speak for it.
    indicators : sequence of str
        Codes of the indicators that are compared.

    Returns
    -------
    pandas.DataFrame
        `before`, with ``rebuilt`` (bool).
    """
    own = before.assign(rebuilt=False)
    if not parts_of(dataset, area) or not len(indicators):
        return own
    sums = summed(dataset, area, period, indicators)
    known = pd.MultiIndex.from_frame(own[_FIGURE])
    new = sums[~pd.MultiIndex.from_frame(sums[_FIGURE]).isin(known)]
    return pd.concat([own, new], ignore_index=True) if len(new) else own


def merged(dataset: Dataset, period: Period, indicators: Sequence[str], area: str) -> pd.DataFrame:
    """Say what can be said of a merged area in the year of the merger and the one after, when its prior year is that of its parts.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : Period
        The period.
    indicators : sequence of str
        Codes of indicators, of which the totals are taken.
    area : str
        The merged area, or one that was merged into it.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator; none where nothing was merged in that year or the one before. ``parts`` are what the parts print
        for the period. Of levels, ``value`` and ``prior`` are published for the whole or the sums of its parts, and ``growth_pct``
        is computed on these. Of rates ``value`` is what is published for the whole, ``plain_mean`` what the mean of the parts would
        say, wrongly, and ``weight_low``, ``weight_high`` the share of the first of two parts that the published rate implies.
        ``reason`` says why there is no growth: ``part_not_on_file``, ``rates_do_not_add``.
    """
    changes = dataset["area_changes"]
    successors = changes.loc[(changes["area"] == area) & (changes["kind"] == "merged"), "successor"]
    whole = str(successors.iloc[0]) if len(successors) else area
    parts = parts_of(dataset, whole)
    years = {when.year for when in changes.loc[changes["successor"] == whole, "changed_on"]}
    if not parts or not years & {period.year, period.year - 1}:
        return with_labels(dataset, pd.DataFrame(columns=COLUMNS))
    kinds = dataset["indicators"].set_index("code")["kind"]
    rows = [(_of_a_rate if kinds[code] in NOT_LEVELS else _of_a_level)(dataset, period, code, whole, parts) for code in indicators]
    return with_labels(dataset, pd.DataFrame(rows, columns=COLUMNS))


def _of_a_level(dataset: Dataset, period: Period, indicator: str, whole: str, parts: Sequence[str]) -> dict[str, Any]:
    now, before = (_levels(dataset, when, indicator, whole) for when in (period, period.prior_year))
    both = now.merge(before, on="price_basis", suffixes=("", "_before")).head(1).to_dict("records")
    told = _printed(dataset, period, indicator, parts)
    found = {"area": whole, "indicator": indicator, "breakdown": "total", "price_basis": "not_applicable", "parts": told}
    if not both:
        return found | {"reason": "part_not_on_file"}
    row = both[0]
    return found | {
        "price_basis": row["price_basis"],
        "value": row["value"],
        "prior": row["value_before"],
        "growth_pct": growth_pct(row["value"], row["value_before"]),
        "reason": growth_reason(row["value"], row["value_before"]) or None,
    }


def _levels(dataset: Dataset, period: Period, indicator: str, whole: str) -> pd.DataFrame:
    """Give the totals of a merged area for the whole of a period, by price basis: published, or else the sums of its parts."""
    own = speaking(narrowed(dataset, area=whole, periods=[period], indicators=[indicator], breakdowns=["total"]))
    rows = pd.concat([own[own["value"].notna()], summed(dataset, whole, period, [indicator])], ignore_index=True)
    full = (rows["window_start"] == pd.Timestamp(period.start)) & (rows["window_end"] == pd.Timestamp(period.end))
    usable = rows[full & (rows["breakdown"] == "total") & (rows["price_basis"] != "not_stated")]
    return usable.drop_duplicates("price_basis")[["price_basis", "value"]]


def _printed(dataset: Dataset, period: Period, indicator: str, areas: Sequence[str]) -> tuple[dict[str, Any], ...]:
    """Give what is on file of the totals of areas, one after the other; the value of one without a figure is NaN."""
    names = {lang: dataset.names("areas", lang) for lang in LANGUAGES}
    found = []
    for area in areas:
        rows = speaking(narrowed(dataset, area=area, periods=[period], indicators=[indicator], breakdowns=["total"]))
        row = next(iter(rows[rows["value"].notna()].to_dict("records")), {"value": np.nan, "half_unit": np.nan, "qualifier": ""})
        told = {name: row[name] for name in ("value", "half_unit", "qualifier")}
        found.append({"area": area, **{f"area_{lang}": names[lang][area] for lang in LANGUAGES}, **told})
    return tuple(found)


def _of_a_rate(dataset: Dataset, period: Period, indicator: str, whole: str, parts: Sequence[str]) -> dict[str, Any]:
    own, *told = _printed(dataset, period, indicator, [whole, *parts])
    values = np.array([part["value"] for part in told])
    weight = _weight(own, told)
    return {
        "area": whole,
        "indicator": indicator,
        "breakdown": "total",
        "price_basis": "not_applicable",
        "parts": tuple(told),
        "value": own["value"],
        "reason": "rates_do_not_add",
        "plain_mean": values.mean(),
        "weight_low": weight.low,
        "weight_high": weight.high,
    }


def _weight(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> Interval:
    """Give the percent that the first of two parts weighs in a rate published for the whole, which is their weighted mean."""
    if len(parts) != 2:
        return Interval(np.nan, np.nan)
    one, other, all_of = (printed_interval(row["value"], row["half_unit"], row["qualifier"]) for row in (*parts, whole))
    ends = [
        100 * (together - second) / (first - second)
        for first in (one.low, one.high)
        for second in (other.low, other.high)
        for together in (all_of.low, all_of.high)
        if first != second
    ]
    return Interval(min(ends, default=np.nan), max(ends, default=np.nan))
