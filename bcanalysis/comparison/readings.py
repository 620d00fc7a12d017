"""What a printed figure implies under each reading that its digits leave open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bcanalysis.dataset.labels import SERIES_NAMES
from bcanalysis.rounding import implied_plan, implied_prior, open_half_units, printed_interval

WHOLE_PERCENT = 0.5


def readings(comparison: pd.DataFrame) -> pd.DataFrame:
    """List the implied prior and plan of each row under every reading of its digits.

    "3.140" may be to the unit or to the nearest ten; "11 %" may be rounded to a whole percent or stand for 11,0.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare`.

    Returns
    -------
    pandas.DataFrame
        One row for each series and reading: names, ``value_half_unit``, ``growth_half_unit`` and ``plan_half_unit`` (NaN where
        nothing was printed), ``prior_low``, ``prior_high``, ``plan_low``, ``plan_high``. The first row of a series is the reading
        used elsewhere.

    Examples
    --------
    >>> from bcanalysis.comparison.compare import compare
    >>> from bcanalysis.dataset.load import load
    >>> found = readings(compare(load(), "2018H1", indicators=["import_value"]))
    >>> found.loc[found["growth_half_unit"] == 0.05, ["prior_low", "prior_high"]].iloc[0].round(1).tolist()
    [2701.0, 2704.4]
    """
    measured = comparison[comparison["kind"].isin(["flow", "stock"]) & comparison["value"].notna()]
    measured = measured[measured["growth_printed_pct"].notna() | measured["plan_printed_pct"].notna()]
    lines = [_variants(row) for row in measured.to_dict("records")]
    rows = pd.DataFrame([line for variants in lines for line in variants], columns=[*SERIES_NAMES, *_ASKED])
    value = printed_interval(
        rows["value"].to_numpy(dtype=float), rows["value_half_unit"].to_numpy(dtype=float), rows["qualifier"].to_numpy()
    )
    growth = printed_interval(
        rows["growth_pct"].to_numpy(dtype=float),
        rows["growth_half_unit"].to_numpy(dtype=float),
        rows["growth_qualifier"].to_numpy(),
    )
    plan = printed_interval(
        rows["plan_pct"].to_numpy(dtype=float),
        rows["plan_half_unit"].to_numpy(dtype=float),
        rows["plan_qualifier"].to_numpy(),
    )
    prior, whole = implied_prior(value, growth), implied_plan(value, plan)
    implied = rows[[*SERIES_NAMES, "value", "value_half_unit", "growth_half_unit", "plan_half_unit"]].assign(
        prior_low=prior.low,
        prior_high=prior.high,
        plan_low=whole.low,
        plan_high=whole.high,
    )
    return implied.dropna(subset=["prior_low", "plan_low"], how="all").reset_index(drop=True)


_ASKED = (
    "value value_half_unit qualifier growth_pct growth_half_unit growth_qualifier plan_pct plan_half_unit plan_qualifier"
).split()


def _variants(row: Mapping[Any, Any]) -> list[list[object]]:
    value, half_unit = row["value"], row["half_unit"]
    printed = [row["growth_printed_pct"], row["growth_half_unit"], row["growth_qualifier"]]
    planned = [row["plan_printed_pct"], row["plan_half_unit"], row["plan_qualifier"]]
    names = [row[name] for name in SERIES_NAMES]
    found = [[*names, value, unit, row["qualifier"], *printed, *planned] for unit in open_half_units(value, half_unit)]
    if WHOLE_PERCENT in (printed[1], planned[1]):
        found.append([*names, value, half_unit, row["qualifier"], *_to_one_decimal(printed), *_to_one_decimal(planned)])
    return found


def _to_one_decimal(percent: list[object]) -> list[object]:
    return [percent[0], 0.05 if percent[1] == WHOLE_PERCENT else percent[1], percent[2]]
