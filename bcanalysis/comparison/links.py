"""Declared links: the only licence to compare figures on two price bases."""

from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.load import Dataset
from bcanalysis.periods import Period


def links_between(dataset: Dataset, kind: str, period: Period, other_period: str) -> pd.DataFrame:
    """List the links of one kind between two periods.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    kind : {"prior_year", "annual_plan"}
        What the link allows.
    period : Period
        The period of the figures.
    other_period : str
        The period they may be compared with.

    Returns
    -------
    pandas.DataFrame
        ``area``, ``indicator``, ``linked_breakdown`` (``*`` for any), ``price_basis``, ``other_price_basis``, ``factor``
        (multiplies the other side) and ``link_reason``.
    """
    links = dataset["links"]
    chosen = links[(links["kind"] == kind) & (links["period"] == str(period)) & (links["other_period"] == other_period)]
    columns = ["area", "indicator", "breakdown", "price_basis", "other_price_basis", "factor", "reason"]
    return chosen[columns].rename(columns={"breakdown": "linked_breakdown", "reason": "link_reason"})
