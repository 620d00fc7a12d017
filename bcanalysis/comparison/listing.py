"""A comparison as plain records, for machines to read."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

STATED = (
    "indicator breakdown price_basis period window_end unit value qualifier status stated_on source prior prior_low prior_high "
    "growth_pct growth_origin growth_printed_pct growth_computed_pct growth_verdict growth_reason plan plan_low plan_high plan_pct "
    "plan_printed_pct plan_computed_pct plan_verdict flags"
).split()
BESIDE = (
    "area window_start printed half_unit missing prior_period prior_source difference_pp plan_body plan_decided_on plan_source "
    "plan_origin plan_now plan_now_body plan_now_decided_on plan_others plan_reason link_reason plan_link_reason note"
).split()


def as_records(comparison: pd.DataFrame) -> list[dict[str, Any]]:
    """List a comparison, one record for each series.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare`.

    Returns
    -------
    list of dict
        Numbers unrounded, days as ISO text; what is missing or unbounded is None.

    Examples
    --------
    >>> from bcanalysis.comparison.compare import compare
    >>> from bcanalysis.dataset.load import load
    >>> as_records(compare(load(), "2018H1"))[0]["window_end"]
    '2018-06-30'
    """
    rows = comparison[[*STATED, *BESIDE]].to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or value is pd.NaT:
        return None
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else value
