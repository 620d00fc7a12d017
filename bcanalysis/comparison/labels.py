"""The names that go with the codes of a comparison, so that wording and display need no tables."""

from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.load import Dataset


def with_labels(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add unit, kind, theme and the Vietnamese and English names of every code.

    Parameters
    ----------
    dataset : Dataset
        The tables of names.
    rows : pandas.DataFrame
        With ``area``, ``indicator``, ``breakdown``, ``price_basis`` and ``source``.

    Returns
    -------
    pandas.DataFrame
        With ``unit``, ``decimals``, ``kind``, ``theme``, ``headline``, ``label_*``, ``breakdown_*`` (empty for the total),
        ``unit_*``, ``price_basis_*``, ``area_*`` and ``source_title``.
    """
    catalogue = dataset["indicators"].set_index("code")
    unit = rows["indicator"].map(catalogue["unit"])
    added = {
        "unit": unit,
        "decimals": rows["indicator"].map(catalogue["decimals"]).fillna(0).astype(int),
        "kind": rows["indicator"].map(catalogue["kind"]),
        "theme": rows["indicator"].map(catalogue["theme"]),
        "headline": rows["indicator"].map(catalogue["headline"]),
        "source_title": rows["source"].map(dataset["sources"].set_index("code")["title"]),
    }
    for lang in ("vi", "en"):
        breakdown = rows["breakdown"].map(dataset.names("breakdowns", lang))
        added |= {
            f"label_{lang}": rows["indicator"].map(dataset.names("indicators", lang)),
            f"breakdown_{lang}": breakdown.where(rows["breakdown"] != "total", ""),
            f"unit_{lang}": unit.map(dataset.names("units", lang)),
            f"price_basis_{lang}": rows["price_basis"].map(dataset.names("price_bases", lang)),
            f"area_{lang}": rows["area"].map(dataset.names("areas", lang)),
        }
    return rows.assign(**added)
