"""When a figure was stated, what was known at a date, and which statement speaks for a period."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.errors import UsageError
from bcanalysis.rounding import printed_range

SERIES = ["area", "indicator", "breakdown", "price_basis"]
WINDOW = ["window_start", "window_end"]
_KEY = [*SERIES, "period", *WINDOW]
RANKS = ("statistics_office", "department", "government", "press")
STATUSES = ("forecast", "planned", "estimate", "preliminary", "reported", "final")

_STATED = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def stated_between(text: str) -> tuple[date, date] | None:
    """Read the days between which a figure was stated.

    Parameters
    ----------
    text : str
        ``2018-06-14``, ``2018-06`` (some day of that month), ``2018-06-14/2018-07-01`` (between the two), or blank.

    Returns
    -------
    tuple of datetime.date or None
        First and last possible day; None when nothing is known.

    Raises
    ------
    ValueError
        If the text is none of these forms or no day of the calendar.

    Examples
    --------
    >>> stated_between("2021-06")
    (datetime.date(2021, 6, 1), datetime.date(2021, 6, 30))
    """
    if not text:
        return None
    parts = text.split("/")
    ends = [_STATED.fullmatch(part) for part in parts]
    if len(parts) > 2 or None in ends:
        raise ValueError(f'stated_on: got "{text}"')
    first, last = _day(ends[0], last=False), _day(ends[-1], last=True)
    if last < first:
        raise ValueError(f'stated_on: got "{text}", which ends before it begins')
    return first, last


def _day(match: re.Match[str] | None, *, last: bool) -> date:
    assert match is not None  # noqa: S101  (the caller has looked)
    year, month = int(match[1]), int(match[2])
    if match[3]:
        return date(year, month, int(match[3]))
    return date(year, month, monthrange(year, month)[1] if last else 1)


def with_vintage(observations: pd.DataFrame) -> pd.DataFrame:
    """Add the first and last day on which each statement may have been made.

    Parameters
    ----------
    observations : pandas.DataFrame
        With the column ``stated_on``.

    Returns
    -------
    pandas.DataFrame
        With ``stated_from`` and ``stated_to`` (datetime64, NaT where nothing is known).
    """
    known = {text: stated_between(text) for text in observations["stated_on"].unique()}
    ends = pd.DataFrame(
        [[text, *(days or (None, None))] for text, days in known.items()],
        columns=["stated_on", "stated_from", "stated_to"],
    ).set_index("stated_on")
    return observations.join(ends.astype("datetime64[us]"), on="stated_on")


def known_at(statements: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Keep what was known at a date.

    Parameters
    ----------
    statements : pandas.DataFrame
        Result of :func:`with_vintage`.
    as_of : datetime.date or None
        The date; None keeps everything.

    Returns
    -------
    pandas.DataFrame
        Statements certainly made by then. Undated ones are left out: nobody can say that they were known.
    """
    return statements if as_of is None else statements[statements["stated_to"] <= pd.Timestamp(as_of)]


def read_day(text: date | str | None) -> date | None:
    """Read a day as of which something is asked.

    Parameters
    ----------
    text : datetime.date, str or None
        A day, or its ISO text.

    Returns
    -------
    datetime.date or None
        The day; None for None or a blank.

    Raises
    ------
    UsageError
        If the text is no day.

    Examples
    --------
    >>> read_day("2018-06-14"), read_day("")
    (datetime.date(2018, 6, 14), None)
    """
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f'as_of: got "{text}"; expected a day such as 2018-06-14, or nothing for today') from None


def decided_by(plans: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Keep the plans that were in force at a date.

    Parameters
    ----------
    plans : pandas.DataFrame
        With ``decided_on`` and ``valid_from``.
    as_of : datetime.date or None
        The date; None keeps everything.

    Returns
    -------
    pandas.DataFrame
        Plans of which the later of decision and validity is not after the date; those with neither are left out.
    """
    return plans if as_of is None else plans[plans[["decided_on", "valid_from"]].max(axis=1) <= pd.Timestamp(as_of)]


def speaking(statements: pd.DataFrame) -> pd.DataFrame:
    """Choose the statement that speaks for each series, period and window.

    One with a value before one without; the best source rank first; then a rounded repeat points to its original; then the latest
    date, an unknown one counting as the earliest. What still differs is no matter of picking:
    :func:`bcanalysis.quality.conflicts.conflicts` shows it.

    Parameters
    ----------
    statements : pandas.DataFrame
        With ``rank`` (of the source), ``stated_to`` and the columns of observations.

    Returns
    -------
    pandas.DataFrame
        One row for each series, period and window, with ``tied`` (bool): others of the same rank and day say something else, and
        the one shown is no better than they are.
    """
    figures = statements.groupby(_KEY, dropna=False).ngroup()
    several = figures.duplicated(keep=False)
    alone = statements[~several].assign(tied=False)
    found = pd.concat([alone, _chosen(statements[several].assign(_group=figures[several]))]) if several.any() else alone
    return found.loc[figures[found.index].sort_values(kind="stable").index]


def _chosen(statements: pd.DataFrame) -> pd.DataFrame:
    """Choose among statements that share their ``_group`` with another one."""
    told = statements["value"].notna()
    told_by_another = told.groupby(statements["_group"]).transform("any")
    statements = statements[told | ~told_by_another]
    order = statements["rank"].map({rank: place for place, rank in enumerate(RANKS)})
    best = statements[order == order.groupby(statements["_group"]).transform("min")]
    best = best[~_repeats_a_finer_one(best)]
    best = best.sort_values(["_group", "stated_to", "source"], na_position="first", kind="stable")
    latest = best.groupby("_group")["stated_to"].transform("max")
    last = best[(best["stated_to"] == latest) | latest.isna()]
    tied = last.groupby("_group")["value"].nunique() > 1
    chosen = best.groupby("_group").tail(1)
    return chosen.join(tied.rename("tied"), on="_group").drop(columns="_group")


def _repeats_a_finer_one(statements: pd.DataFrame) -> pd.Series:
    pairs = (
        statements[["_group", "value", "half_unit", "qualifier"]]
        .reset_index()
        .merge(statements[["_group", "value", "half_unit"]], on="_group", suffixes=("", "_fine"))
    )
    finer = pairs["half_unit_fine"] < pairs["half_unit"]
    pairs = pairs[finer & pairs["value"].notna()]
    low, high = printed_range(pairs["value"].to_numpy(), pairs["half_unit"].to_numpy(), pairs["qualifier"].to_numpy())
    inside = (pairs["value_fine"].to_numpy() >= low) & (pairs["value_fine"].to_numpy() <= high)
    return pd.Series(statements.index.isin(pairs.loc[inside, "index"]), index=statements.index)


def status_order(status: pd.Series) -> pd.Series:
    """Place statuses in the order in which figures mature; NaN for those outside it."""
    return status.map({name: place for place, name in enumerate(STATUSES)}).astype(float).where(status != "", np.nan)
