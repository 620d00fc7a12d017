"""The statements that a question is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.reads import Selection
from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period


def narrowed(
    dataset: Dataset,
    *,
    area: str | None = None,
    periods: Iterable[str | Period] | None = None,
    indicators: Iterable[str] | None = None,
    themes: Sequence[str] | None = None,
    breakdowns: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Give the statements of an area, periods, indicators, themes and breakdowns, and note that they were asked for; None is any.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str, optional
        Code of the area.
    periods : iterable of str or Period, optional
        The periods, by any of their names.
    indicators : iterable of str, optional
        Codes of indicators.
    themes : sequence of str, optional
        Themes of the catalogue; of `indicators` only those in them are kept.
    breakdowns : iterable of str, optional
        Codes of breakdowns.

    Returns
    -------
    pandas.DataFrame
        Statements, as :attr:`bcanalysis.dataset.dataset.Dataset.statements` has them.

    Raises
    ------
    UsageError
        If one of them is unknown.
    """
    asked = Selection(
        "statements",
        area=None if area is None else (dataset.require("areas", area),),
        period=None if periods is None else tuple(str(_period(name)) for name in periods),
        indicator=_indicators(dataset, indicators, themes),
        breakdown=None if breakdowns is None else tuple(dataset.require("breakdowns", code) for code in breakdowns),
    )
    return dataset.read(asked)


def _period(name: str | Period) -> Period:
    return name if isinstance(name, Period) else Period.parse(name)


def _indicators(dataset: Dataset, indicators: Iterable[str] | None, themes: Sequence[str] | None) -> tuple[str, ...] | None:
    of_themes = None if themes is None else tuple(indicators_of(dataset, themes))
    if indicators is None:
        return of_themes
    named = set(indicators)
    for unknown in sorted(named - set(dataset["indicators"]["code"])):
        dataset.require("indicators", unknown)
    return tuple(named if of_themes is None else named.intersection(of_themes))


def indicators_of(dataset: Dataset, themes: Sequence[str]) -> pd.Series:
    """List the indicators of themes.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    themes : sequence of str
        Themes of the catalogue.

    Returns
    -------
    pandas.Series
        Codes in the catalogue's order.

    Raises
    ------
    UsageError
        If a theme is unknown.
    """
    catalogue = dataset["indicators"]
    known = set(catalogue["theme"])
    unknown = sorted(set(themes) - known)
    if unknown:
        raise UsageError(
            f"theme: got {', '.join(unknown)}; expected some of {', '.join(sorted(known))}. {nearest(unknown[0], known)}"
        )
    return catalogue.loc[catalogue["theme"].isin(themes), "code"]
