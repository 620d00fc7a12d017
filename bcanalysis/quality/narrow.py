"""The statements that a question is about."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from bcanalysis.dataset.load import Dataset
from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period


def narrowed(
    dataset: Dataset,
    *,
    area: str | None = None,
    period: str | Period | None = None,
    indicator: str | None = None,
    themes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Keep the statements of an area, period, indicator or themes; None keeps all.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    area : str, optional
        Code of the area.
    period : str or Period, optional
        The period, by any of its names.
    indicator : str, optional
        Code of the indicator.
    themes : sequence of str, optional
        Themes of the catalogue.

    Returns
    -------
    pandas.DataFrame
        Statements, as :attr:`bcanalysis.dataset.load.Dataset.statements` has them.

    Raises
    ------
    UsageError
        If one of them is unknown.
    """
    kept = dataset.statements
    if area is not None:
        kept = kept[kept["area"] == dataset.require("areas", area)]
    if period is not None:
        kept = kept[kept["period"] == str(period if isinstance(period, Period) else Period.parse(period))]
    if indicator is not None:
        kept = kept[kept["indicator"] == dataset.require("indicators", indicator)]
    if themes is not None:
        kept = kept[kept["indicator"].isin(indicators_of(dataset, themes))]
    return kept


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
