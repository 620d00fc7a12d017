"""The names that go with codes, so that wording and display need no tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset

LANGUAGES = ("vi", "en")
SERIES_NAMES = (
    "indicator breakdown price_basis label_vi label_en breakdown_vi breakdown_en price_basis_vi price_basis_en unit_vi unit_en "
    "decimals"
).split()
_SOURCES = ("source", "prior_source", "plan_source")
_TABLES = {"breakdown": "breakdowns", "price_basis": "price_bases", "area": "areas"}


def with_labels(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the names of the codes that stand in a frame.

    Parameters
    ----------
    dataset : Dataset
        The tables of names.
    rows : pandas.DataFrame
        With ``indicator`` and any of ``area``, ``breakdown``, ``price_basis``, ``source``, ``prior_source`` and ``plan_source``.

    Returns
    -------
    pandas.DataFrame
        With the indicator's ``unit``, ``decimals``, ``kind``, ``theme`` and ``headline``, and in Vietnamese and English (``_vi``,
        ``_en``) its ``label`` and ``unit``, and the ``breakdown`` (empty for the total), ``price_basis`` and ``area``; and
        the ``_title`` of each source.
    """
    catalogue = dataset["indicators"].set_index("code")
    unit = rows["indicator"].map(catalogue["unit"])
    added = {"unit": unit, "decimals": rows["indicator"].map(catalogue["decimals"]).fillna(0).astype(int)}
    added |= {name: rows["indicator"].map(catalogue[name]) for name in ("kind", "theme", "headline")}
    added |= {f"{column}_title": dataset.titles(rows[column]) for column in _SOURCES if column in rows}
    for lang in LANGUAGES:
        added[f"label_{lang}"] = rows["indicator"].map(catalogue[f"name_{lang}"])
        added[f"unit_{lang}"] = unit.map(dataset.names("units", lang))
        for column, table in _TABLES.items():
            if column in rows:
                named = rows[column].map(dataset.names(table, lang))
                added[f"{column}_{lang}"] = named.where(rows[column] != "total", "")
    return rows.assign(**added)
