"""Statements about one figure that differ, pair by pair, and what kind of difference it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import LANGUAGES, with_labels
from bcanalysis.dataset.vintages import WINDOW, known_at, status_order
from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period
from bcanalysis.quality.narrow import narrowed
from bcanalysis.quality.views import VIEWS, seen
from bcanalysis.rounding import printed_range

WHAT = {
    "value": ("value", "half_unit", "qualifier"),
    "growth": ("growth_pct", "growth_half_unit", "growth_qualifier"),
    "plan": ("plan_pct", "plan_half_unit", "plan_qualifier"),
}
COLUMNS = (
    "area indicator breakdown period what class first first_qualifier first_basis first_stated_on first_source "
    "later later_qualifier later_basis later_stated_on later_source unit"
).split()
_NAMES = [
    "decimals", "first_source_title", "later_source_title",
    *(f"{name}_{lang}" for name in ("label", "breakdown", "area", "unit", "first_basis", "later_basis") for lang in LANGUAGES),
]  # fmt: skip
_FIGURE = ["area", "indicator", "breakdown", "period", *WINDOW]
_TOLD = ["value", "price_basis", "status", "source", "stated_on", "stated_from", "stated_to"]  # of each of the two statements


def conflicts(
    dataset: Dataset,
    period: str | None = None,
    area: str | None = None,
    indicator: str | None = None,
    *,
    as_of: date | None = None,
    view: str = "pairs",
) -> pd.DataFrame:
    """List the statements of publications that differ: pair by pair about one figure, or taken together.

    Parameters
    ----------
    dataset : Dataset
        The tables, values as printed and after declared corrections.
    period, area, indicator : str, optional
        Only this period, area or indicator; of the views but ``pairs`` also the prior-year base and the annual plan of the period.
    as_of : datetime.date, optional
        Only what was stated by then.
    view : {"pairs", "sets", "remainders", "intervals", "revisions"}
        What is listed, see below.

    Returns
    -------
    pandas.DataFrame
        ``pairs``: one row for each pair and each of value, growth and percent of plan (column ``what``) on which it differs, the
        earlier statement first where the order is known. ``class`` is

        - ``different_series``: the two name different price bases, and so do not contradict;
        - ``rounding``: one is the other in fewer digits, or two levels differ by one last digit;
        - ``revision``: the later one is at least as precise, by date or by status (estimate, preliminary, final);
        - ``contradiction``: none of these explains the difference.

        A growth printed for an indicator that is itself a growth is its value, and not listed again.

        The others take levels, growths and percents of plan of all publications together, a printed number as an interval:

        - ``sets``: the smallest sets of statements that cannot all be true, with the interval that each side gives of the figure or
          plan (:func:`bcanalysis.quality.reconcile.sets`), and the sums that the percents of one publication break
          (:func:`bcanalysis.quality.sums.implied_sums`); a percent of another plan is a ``different_series``;
        - ``remainders``: the months that two figures of a year leave, where they are far off those before;
        - ``intervals``: the tightest interval of each figure and plan;
        - ``revisions``: what was said of a figure after its first statement, and on which base later growth rests.

        There a statement without a price basis is read on the one that most others have, and ``same_basis_assumed`` says so.

    Raises
    ------
    UsageError
        If the period, area, indicator or view is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> dataset = load()
    >>> conflicts(dataset, "2018H1", "bac-giang")["class"].tolist()
    ['different_series']
    >>> plans = conflicts(dataset, "2020", "bac-giang", "export_value", view="sets")
    >>> plans[["first_low", "first_high", "later_low", "later_high"]].round(0).to_numpy().tolist()
    [[9493.0, 9507.0, 6501.0, 6598.0]]
    """
    if view != "pairs":
        if view not in VIEWS:
            raise UsageError(f'conflicts: got view "{view}"; expected one of pairs, {", ".join(VIEWS)}. {nearest(view, VIEWS)}')
        together = narrowed(dataset, area=area, indicators=None if indicator is None else [indicator])
        about = None if period is None else Period.parse(period)
        known = dataset.known_on(as_of)
        return seen(known, known_at(together, as_of), view, about)
    statements = narrowed(
        dataset,
        area=area,
        periods=None if period is None else [period],
        indicators=None if indicator is None else [indicator],
    )
    return _named(dataset, differing(dataset, known_at(statements, as_of)))


def differing(dataset: Dataset, statements: pd.DataFrame, what: Collection[str] = tuple(WHAT)) -> pd.DataFrame:
    """List the pairs that differ among some statements.

    Parameters
    ----------
    dataset : Dataset
        The catalogue.
    statements : pandas.DataFrame
        All statements about the figures asked for.
    what : collection of str
        On what they may differ.

    Returns
    -------
    pandas.DataFrame
        As :func:`conflicts`, without names.
    """
    catalogue = dataset["indicators"].set_index("code")
    asked = [*_FIGURE, *(name for one in what for name in WHAT[one]), *_TOLD]
    pairs = _pairs(statements.loc[statements.duplicated(_FIGURE, keep=False), list(dict.fromkeys(asked))])
    pairs["is_level"] = pairs["indicator"].map(catalogue["kind"]).isin(["flow", "stock", "count"])
    found = [_differing_in(pairs[pairs["is_level"]] if one == "growth" else pairs, one) for one in what]
    result = pd.concat(found, ignore_index=True)
    order = ["area", "indicator", "breakdown", "period", "what", "first", "later"]
    return result.sort_values(order).reset_index(drop=True)


def _named(dataset: Dataset, result: pd.DataFrame) -> pd.DataFrame:
    named = with_labels(dataset, result)
    percent = result["what"] != "value"
    named = named.assign(**{f"{side}_source_title": dataset.titles(result[f"{side}_source"]) for side in ("first", "later")})
    named = named.assign(**{"unit": named["unit"].mask(percent, "percent")})
    for lang in LANGUAGES:
        bases = dataset.names("price_bases", lang)
        named[f"unit_{lang}"] = named[f"unit_{lang}"].mask(percent, "%")
        for side in ("first", "later"):
            named[f"{side}_basis_{lang}"] = result[f"{side}_basis"].map(bases).mask(result[f"{side}_basis"] == "not_applicable", "")
    return named[[*COLUMNS, *_NAMES]]


def _pairs(statements: pd.DataFrame) -> pd.DataFrame:
    """Pair the statements about each figure, the earlier first: by date, else by status, else by their order in the table.

    An undated statement that repeats a dated one is placed with it.
    """
    same = statements.groupby([*_FIGURE, "value"])
    ordered = statements.assign(
        status_order=status_order(statements["status"]),
        line=statements.index,
        stated_from=statements["stated_from"].fillna(same["stated_from"].transform("min")),
        stated_to=statements["stated_to"].fillna(same["stated_to"].transform("min")),
    )
    pairs = ordered.merge(ordered, on=_FIGURE, suffixes=("_first", "_later"))
    earlier, later = (
        (pairs["stated_to_first"] < pairs["stated_from_later"]),
        (pairs["stated_to_later"] < pairs["stated_from_first"]),
    )
    less, more = (
        (pairs["status_order_first"] < pairs["status_order_later"]),
        (pairs["status_order_first"] > pairs["status_order_later"]),
    )
    by_line = pairs["line_first"] < pairs["line_later"]
    precedes = np.select([earlier, later, less, more], [True, False, True, False], default=by_line)
    return pairs[precedes & (pairs["line_first"] != pairs["line_later"])].reset_index(drop=True)


def _differing_in(pairs: pd.DataFrame, what: str) -> pd.DataFrame:
    value, half_unit, qualifier = WHAT[what]
    first, later = pairs[f"{value}_first"].to_numpy(float), pairs[f"{value}_later"].to_numpy(float)
    pairs = pairs[~(np.isnan(first) | np.isnan(later) | (first == later))]
    kinds = np.select(
        [_different_bases(pairs), _is_rounding(pairs, value, half_unit, qualifier), _is_revision(pairs, half_unit)],
        ["different_series", "rounding", "revision"],
        default="contradiction",
    )
    if what != "value":  # percents are compared within one series only
        pairs, kinds = pairs[kinds != "different_series"], kinds[kinds != "different_series"]
    told = {"": value, "_qualifier": qualifier, "_basis": "price_basis", "_stated_on": "stated_on", "_source": "source"}
    sides = {f"{side}{name}": pairs[f"{column}_{side}"] for side in ("first", "later") for name, column in told.items()}
    return pairs[["area", "indicator", "breakdown", "period"]].assign(what=what, **{"class": kinds}, **sides)


def _different_bases(pairs: pd.DataFrame) -> pd.Series:
    stated = (pairs["price_basis_first"] != "not_stated") & (pairs["price_basis_later"] != "not_stated")
    return stated & (pairs["price_basis_first"] != pairs["price_basis_later"])


def _is_rounding(pairs: pd.DataFrame, value: str, half_unit: str, qualifier: str) -> np.ndarray:
    """Tell whether the finer value lies in the coarser one's printed range, or two levels differ by one last digit, as sums do."""
    one, other = (pairs[f"{value}_{side}"].to_numpy(float) for side in ("first", "later"))
    one_unit, other_unit = (pairs[f"{half_unit}_{side}"].to_numpy(float) for side in ("first", "later"))
    one_word, other_word = (pairs[f"{qualifier}_{side}"].to_numpy(object) for side in ("first", "later"))
    one_is_coarser = one_unit >= other_unit
    low, high = printed_range(
        np.where(one_is_coarser, one, other),
        np.where(one_is_coarser, one_unit, other_unit),
        np.where(one_is_coarser, one_word, other_word),
        pairs["is_level"].to_numpy() & (value == "value"),
    )
    finer = np.where(one_is_coarser, other, one)
    inside = (finer >= low) & (finer <= high)
    last_digit = (np.abs(one - other) <= (one_unit + other_unit) * (1 + 1e-9)) & (one_unit == other_unit)
    return np.asarray(inside | (last_digit & pairs["is_level"].to_numpy() & (value == "value")))


def _is_revision(pairs: pd.DataFrame, half_unit: str) -> np.ndarray:
    """Tell whether the later statement is known to be later, and is not coarser: who revises does not lose digits."""
    by_date = pairs["stated_from_later"] > pairs["stated_to_first"]
    matured = pairs["status_order_later"] > pairs["status_order_first"]
    undated = pairs["stated_to_first"].isna() | pairs["stated_to_later"].isna()
    no_coarser = pairs[f"{half_unit}_later"] <= pairs[f"{half_unit}_first"] * (1 + 1e-9)
    return np.asarray((by_date | (undated & matured)) & no_coarser)
