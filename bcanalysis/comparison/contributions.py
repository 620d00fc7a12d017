"""Contributions of parts to the growth of their whole, in percentage points."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bcanalysis.arrays import blank_to_none, none_where
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError, nearest
from bcanalysis.indicators import NOT_LEVELS, contribution_pp
from bcanalysis.periods import Period
from bcanalysis.rounding import Interval, printed_interval

COLUMNS = "role breakdown label_vi label_en value growth_pct contribution_pp low high method reason".split()
ABOUT = "area period price_basis area_vi area_en price_basis_vi price_basis_en".split()


def contributions(
    dataset: Dataset,
    comparison: pd.DataFrame,
    indicator: str,
    dimension: str = "ownership",
    price_basis: str | None = None,
) -> pd.DataFrame:
    """Compute what each part of a dimension contributes to the growth of the total.

    Parameters
    ----------
    dataset : Dataset
        The tables of names.
    comparison : pandas.DataFrame
        Result of :func:`~bcanalysis.comparison.compare.compare` with all parts of the indicator.
    indicator : str
        Code of an indicator of levels.
    dimension : str
        A dimension of breakdowns.csv, such as ``ownership`` or ``branch``.
    price_basis : str, optional
        By default the basis with the most parts on file, the first of the catalogue where equal.

    Returns
    -------
    pandas.DataFrame
        Empty for rates, indices and shares, and where no part is on file for the whole period. Else one row for each part, then
        ``residual`` and ``total`` (column ``role``). Points in ``contribution_pp``, ``low`` and
        ``high``; ``method`` is

        - ``levels``: every part and the total are on file in both periods, from one source each and on one basis; the points are
          ``100 (x1 - x0) / X0``;
        - ``printed_growths``: they come from printed levels and growths, ``(x - x/(1+g)) / (X/(1+G))``, as intervals;
        - ``refused``: neither is possible, and ``reason`` says why (``part_missing``, ``no_printed_growth``, ``no_total``).

        The residual is what the parts leave, never spread over them; NaN if a part was refused for want of its figure and nothing
        can be said of the rest. Area, period and price basis stand in each row, with their names.

    Raises
    ------
    UsageError
        If the dimension, indicator or price basis is unknown.

    Notes
    -----
    Weights are those of the prior period (INSEE, *Contribution to growth*). Index-only series have no contributions.

    Examples
    --------
    >>> from bcanalysis.comparison.compare import compare
    >>> from bcanalysis.dataset.load import load
    >>> dataset = load()
    >>> parts = contributions(dataset, compare(dataset, "2018H1"), "industrial_output")
    >>> parts["method"].unique().tolist()
    ['printed_growths']
    """
    parts = _parts(dataset, dimension)
    dataset.require("indicators", indicator)
    if price_basis is not None:
        dataset.require("price_bases", price_basis)
    rows = comparison[comparison["indicator"] == indicator]
    levels = rows[_whole_window(rows) & ~rows["kind"].isin(NOT_LEVELS)]
    rows = _one_basis(levels, parts, price_basis).set_index("breakdown")
    if "total" not in rows.index or not rows.index.intersection(parts).size:
        return pd.DataFrame(columns=[*COLUMNS, *ABOUT])
    method = _levels if _complete(rows, parts) else _printed_growths
    total = rows.loc["total"]
    return blank_to_none(method(dataset, rows, parts)[COLUMNS].assign(**{name: total[name] for name in ABOUT}))


def _whole_window(rows: pd.DataFrame) -> pd.Series:
    periods = [Period.parse(name) for name in rows["period"]]
    starts, ends = (pd.to_datetime([getattr(period, end) for period in periods]) for end in ("start", "end"))
    whole: pd.Series = (rows["window_start"] == starts) & (rows["window_end"] == ends)
    return whole


def _parts(dataset: Dataset, dimension: str) -> list[str]:
    table = dataset["breakdowns"]
    if dimension not in set(table["dimension"]) or dimension == "total":
        known = sorted(set(table["dimension"]) - {"total"})
        raise UsageError(f'dimension: got "{dimension}"; expected one of breakdowns.csv. {nearest(dimension, known)}')
    return list(table[table["dimension"] == dimension].sort_values("order")["code"])


def _one_basis(rows: pd.DataFrame, parts: list[str], price_basis: str | None) -> pd.DataFrame:
    if price_basis is None:
        counts = rows[rows["breakdown"].isin(parts)].groupby("price_basis", sort=False).size()
        if counts.empty:
            return rows.iloc[:0]
        price_basis = str(counts.idxmax())
    return rows[(rows["price_basis"] == price_basis) & rows["breakdown"].isin(["total", *parts])]


def _complete(rows: pd.DataFrame, parts: list[str]) -> bool:
    """Tell whether every level is on file in both periods, from one vintage, and no printed growth disputes its base."""
    members = rows.reindex(["total", *parts])
    exact = members["value"].notna() & members["prior"].notna() & members["qualifier"].isna() & members["prior_qualifier"].isna()
    exact &= np.array([isinstance(flags, tuple) and "via_link" not in flags for flags in members["flags"]], dtype=bool)
    vintage = ["source", "stated_on", "prior_source", "prior_stated_on"]
    one_vintage = (members[vintage].nunique(dropna=False) == 1).all()
    return bool(exact.all() and one_vintage and not (members["growth_verdict"] == "disagree").any())


def _levels(dataset: Dataset, rows: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    members = rows.loc[parts]
    total = rows.loc["total"]
    points = contribution_pp(members["value"].to_numpy(), members["prior"].to_numpy(), total["prior"])
    whole = contribution_pp(total["value"], total["prior"], total["prior"])
    found = _frame(dataset, rows, parts, points, points, points, ["levels"] * len(parts), [None] * len(parts))
    rest = whole - points.sum()
    return _closed(found, rows, (rest, rest, rest), (whole, whole, whole), "levels")


def _printed_growths(dataset: Dataset, rows: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    members = rows.reindex(parts)
    members = members.assign(growth_printed_pct=members["growth_printed_pct"].where(_usable_growth(members)))
    total = rows.loc[["total"]]
    prior_total = _prior(total)
    change = _change(members)
    reasons = np.where(members["value"].isna(), "part_missing", np.where(_usable_growth(members), "", "no_printed_growth")).astype(
        object
    )
    if np.isnan(prior_total.low[0]):
        reasons = np.where(reasons == "", "no_total", reasons)
    refused = reasons != ""
    bounds = np.array([100 * end / base for end in (change.low, change.high) for base in (prior_total.low[0], prior_total.high[0])])
    low, high = bounds.min(axis=0), bounds.max(axis=0)
    middle = 100 * _middle_change(members) / (total["value"] / (1 + total["growth_printed_pct"] / 100)).iloc[0]
    low, middle, high = (np.where(refused, np.nan, ends) for ends in (low, middle, high))
    found = _frame(
        dataset, rows, parts, middle, low, high,
        np.where(refused, "refused", "printed_growths"), none_where(~refused, reasons),
    )  # fmt: skip
    growth = _growth_range(total)
    whole = (float(growth.low[0]), float(total["growth_printed_pct"].iloc[0]), float(growth.high[0]))
    rest = (whole[0] - np.nansum(high), whole[1] - np.nansum(middle), whole[2] - np.nansum(low))
    if refused.all():
        rest = (np.nan, np.nan, np.nan)
    method = "refused" if np.isnan(whole[1]) else "printed_growths"
    return _closed(found, rows, rest, whole, method)


def _usable_growth(rows: pd.DataFrame) -> pd.Series:
    """Tell which growths are printed without a word and leave a prior: from -100 % nothing can be inferred."""
    return (rows["growth_printed_pct"] > -100) & rows["growth_qualifier"].isna()


def _value_range(rows: pd.DataFrame) -> Interval:
    """Read "hơn 275,34 nghìn tỷ" by its digits alone: an open end would leave every contribution open."""
    words = [None] * len(rows)
    return printed_interval(rows["value"].to_numpy(dtype=float), rows["half_unit"].to_numpy(dtype=float), words)


def _growth_range(rows: pd.DataFrame) -> Interval:
    return printed_interval(
        rows["growth_printed_pct"].to_numpy(dtype=float),
        rows["growth_half_unit"].to_numpy(dtype=float),
        [None] * len(rows),
    )


def _prior(rows: pd.DataFrame) -> Interval:
    value, growth = _value_range(rows), _growth_range(rows)
    return Interval(value.low / (1 + growth.high / 100), value.high / (1 + growth.low / 100))


def _change(rows: pd.DataFrame) -> Interval:
    """Give ``x - x/(1+g)`` over the printed intervals: it grows with g; with x it grows when g is positive, and falls otherwise."""
    value, growth = _value_range(rows), _growth_range(rows)
    corners = [ends * (share / 100) / (1 + share / 100) for ends in (value.low, value.high) for share in (growth.low, growth.high)]
    return Interval(np.min(corners, axis=0), np.max(corners, axis=0))


def _middle_change(rows: pd.DataFrame) -> np.ndarray:
    share = rows["growth_printed_pct"].to_numpy(dtype=float) / 100
    return np.asarray(rows["value"].to_numpy(dtype=float) * share / (1 + share))


def _frame(
    dataset: Dataset,
    rows: pd.DataFrame,
    parts: list[str],
    middle: object,
    low: object,
    high: object,
    method: object,
    reason: object,
) -> pd.DataFrame:
    members = rows.reindex(parts)
    return pd.DataFrame(
        {
            "role": "part",
            "breakdown": parts,
            "label_vi": dataset.names("breakdowns", "vi").loc[parts].to_numpy(),
            "label_en": dataset.names("breakdowns", "en").loc[parts].to_numpy(),
            "value": members["value"].to_numpy(),
            "growth_pct": members["growth_pct"].to_numpy(),
            "contribution_pp": middle,
            "low": low,
            "high": high,
            "method": method,
            "reason": reason,
        }
    )


def _closed(
    parts: pd.DataFrame,
    rows: pd.DataFrame,
    rest: tuple[float, float, float],
    whole: tuple[float, float, float],
    method: str,
) -> pd.DataFrame:
    """Add the residual and the total as (low, middle, high)."""
    total = rows.loc["total"]
    gaps = "parts_refused" if (parts["method"] == "refused").any() else None
    rest_method = "refused" if np.isnan(rest[1]) else method
    names = ["total", total["label_vi"], total["label_en"], total["value"], total["growth_pct"]]
    closing = pd.DataFrame(
        [
            ["residual", None, None, None, np.nan, np.nan, rest[1], rest[0], rest[2], rest_method, gaps],
            ["total", *names, whole[1], whole[0], whole[2], method, None],
        ],
        columns=COLUMNS,
    )
    return pd.concat([parts, closing], ignore_index=True)
