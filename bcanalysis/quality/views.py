"""What can be asked about the statements of publications taken together, each as a frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import with_labels
from bcanalysis.periods import Period
from bcanalysis.quality.reconcile import INTERVALS, REMAINDERS, SETS, intervals, remainders, sets
from bcanalysis.quality.revisions import COLUMNS as REVISIONS
from bcanalysis.quality.revisions import revisions
from bcanalysis.quality.sums import implied_sums
from bcanalysis.quality.systems import systems

_STATEMENTS = ("first", "later", "statements")
_ORDER = ["area", "indicator", "breakdown", "price_basis", "period"]


def _sets(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(sets(systems(dataset, statements)) + implied_sums(dataset, statements), columns=SETS)


def _intervals(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(intervals(systems(dataset, statements)), columns=INTERVALS)


def _remainders(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(remainders(systems(dataset, statements)), columns=REMAINDERS)


def _revisions(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    found = revisions(systems(dataset, statements), systems(dataset, statements, rates=True))
    return pd.DataFrame(found, columns=REVISIONS)


VIEWS: Mapping[str, Callable[[Dataset, pd.DataFrame], pd.DataFrame]] = {
    "sets": _sets,
    "intervals": _intervals,
    "remainders": _remainders,
    "revisions": _revisions,
}


def seen(dataset: Dataset, statements: pd.DataFrame, view: str, period: Period | None) -> pd.DataFrame:
    """Look at statements in one of the views.

    Parameters
    ----------
    dataset : Dataset
        Catalogue, plans and identities.
    statements : pandas.DataFrame
        All statements about the figures asked for, of all periods.
    view : str
        A key of :data:`VIEWS`.
    period : Period, optional
        Only what is about this period, its prior-year base or the plan of its year.

    Returns
    -------
    pandas.DataFrame
        The rows with their names, by series and period; statements have the titles of their sources.
    """
    found = VIEWS[view](dataset, statements)
    found = found if period is None else found[_about(found, period)]
    found = found.sort_values(_ORDER, kind="stable").reset_index(drop=True)
    titles: dict[Any, str] = dataset.unnoted("sources").frame.set_index("code")["title"].to_dict()
    for name in _STATEMENTS:
        if name in found:
            found[name] = pd.Series([_titled(one, titles) for one in found[name]], index=found.index, dtype=object)
    return with_labels(dataset, found)


def _about(found: pd.DataFrame, period: Period) -> pd.Series:
    plans = found["what"].isin(["plan", "plan_sum"]) if "what" in found else pd.Series(False, index=found.index)
    figures = ~plans & found["period"].isin([str(period), str(period.prior_year)])
    return figures | (plans & (found["period"] == str(period.year)))


def _titled(statements: tuple[dict[str, Any], ...], titles: Mapping[Any, str]) -> tuple[dict[str, Any], ...]:
    return tuple({**one, "titles": tuple(titles[code] for code in one["sources"])} for one in statements)
