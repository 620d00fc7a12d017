"""Indicators of the catalogue without a figure."""

from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.reads import Selection
from bcanalysis.periods import Period
from bcanalysis.quality.narrow import indicators_of


def gaps(dataset: Dataset, period: str | Period, area: str = "bac-giang", themes: list[str] | None = None) -> pd.DataFrame:
    """List what the catalogue knows and nobody has entered for a period.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period.
    area : str
        Code of the area.
    themes : list of str, optional
        Only these themes.

    Returns
    -------
    pandas.DataFrame
        One row for each missing indicator, in the catalogue's order: ``indicator``, ``label_vi``, ``label_en``, ``unit_vi``,
        ``unit_en``, ``theme`` and ``last_period``, the latest period of any length on file before it (None if there is none).

    Raises
    ------
    UsageError
        If the period, area or a theme is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> "export_value" in gaps(load(), "2018H1")["indicator"].tolist()
    False
    """
    period = period if isinstance(period, Period) else Period.parse(period)
    dataset.require("areas", area)
    catalogue = dataset["indicators"]
    wanted = tuple(catalogue["code"] if themes is None else indicators_of(dataset, themes))
    here = Selection("places", area=(area,), period=(str(period),), indicator=wanted)
    missing = catalogue[catalogue["code"].isin(wanted) & ~catalogue["code"].isin(dataset.read(here)["indicator"])]
    before = Selection("places", area=(area,), indicator=tuple(missing["code"]), ended_before=period.end.isoformat())
    last = dataset.read(before).sort_values("window_end", kind="stable").groupby("indicator")["period"].last()
    last_period = missing["code"].map(last)
    return pd.DataFrame(
        {
            "indicator": missing["code"],
            "label_vi": missing["name_vi"],
            "label_en": missing["name_en"],
            "unit_vi": missing["unit"].map(dataset.names("units", "vi")),
            "unit_en": missing["unit"].map(dataset.names("units", "en")),
            "theme": missing["theme"],
            "last_period": last_period.astype(object).where(last_period.notna(), None),
        }
    ).reset_index(drop=True)
