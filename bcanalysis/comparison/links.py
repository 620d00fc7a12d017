"""Declared links: the only licence to compare figures on two price bases, of two coverages or for two windows."""

from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.periods import Period

_COLUMNS = "area indicator breakdown price_basis other_price_basis other_breakdown windows factor reason".split()


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
        ``area``, ``indicator``, ``linked_breakdown`` (``*`` for any), ``price_basis``, ``other_price_basis``, ``other_breakdown``
        (empty for the same), ``windows`` (``any`` where the other side may cover other days of its year), ``factor`` (multiplies
        the other side) and ``link_reason``.
    """
    links = dataset["links"]
    chosen = links[(links["kind"] == kind) & (links["period"] == str(period)) & (links["other_period"] == other_period)]
    columns = [
        "area",
        "indicator",
        "breakdown",
        "price_basis",
        "other_price_basis",
        "other_breakdown",
        "windows",
        "factor",
        "reason",
    ]
    return chosen[columns].rename(columns={"breakdown": "linked_breakdown", "reason": "link_reason"})


def linked_parts(asking: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Pair rows with the links that are about them.

    Parameters
    ----------
    asking : pandas.DataFrame
        Rows with their series.
    links : pandas.DataFrame
        Result of :func:`links_between`.

    Returns
    -------
    pandas.DataFrame
        One row for each pair, a link of the very part before one of any; ``other_breakdown`` is filled in.
    """
    paired = asking.merge(links, on=["area", "indicator", "price_basis"])
    paired = paired[(paired["linked_breakdown"] == "*") | (paired["linked_breakdown"] == paired["breakdown"])]
    own = paired["other_breakdown"].where(paired["other_breakdown"] != "", paired["breakdown"])
    return paired.assign(other_breakdown=own).sort_values("linked_breakdown", key=lambda part: part == "*", kind="stable")
