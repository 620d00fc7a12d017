"""Estimates put together from months on file, and whether the sum holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import LANGUAGES
from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.vintages import SERIES, speaking

COMPOSITION = "composition"


def parts_of(wholes: pd.DataFrame) -> Selection:
    """Name the statements that may be parts of figures composed of periods.

    Parameters
    ----------
    wholes : pandas.DataFrame
        Statements with ``composed_of``.

    Returns
    -------
    Selection
        Those of the same areas, indicators and breakdowns for the periods that are named.
    """
    areas, indicators, breakdowns = (tuple(wholes[name]) for name in ("area", "indicator", "breakdown"))
    periods = tuple(" ".join(wholes["composed_of"]).split())
    return Selection("statements", areas, periods, indicators, breakdowns)


def compositions(dataset: Dataset, wholes: pd.DataFrame, parts: pd.DataFrame) -> list[dict[str, Any]]:
    """Check figures that say which periods they are the sum of.

    Parameters
    ----------
    dataset : Dataset
        The tables of names.
    wholes : pandas.DataFrame
        Statements with ``composed_of``, with their ranges in base units (``low``, ``high``, ``base_value``, ``factor``).
    parts : pandas.DataFrame
        All statements that may be parts, with their ranges.

    Returns
    -------
    list of dict
        One record for each figure: the columns of an identity. The parts are the statements that speak for their
        periods; where one is not on file the verdict is ``missing``.
    """
    on_file = {tuple(row[name] for name in (*SERIES, "period")): row for row in speaking(parts).to_dict("records")}
    return [_record(dataset, whole, on_file) for whole in wholes.to_dict("records")]


def _record(dataset: Dataset, whole: Mapping[Any, Any], parts: Mapping[Any, Mapping[Any, Any]]) -> dict[str, Any]:
    periods = whole["composed_of"].split()
    found = [parts.get((*(whole[name] for name in SERIES), period)) for period in periods]
    known = [part for part in found if part is not None]
    total = sum(part["base_value"] for part in known)
    low, high = sum(part["low"] for part in known), sum(part["high"] for part in known)
    verdict = "holds" if whole["low"] <= high and low <= whole["high"] else "violated"
    relation = f"{whole['period']} = {' + '.join(periods)}"
    labels = {f"relation_{lang}": f"{dataset.names('indicators', lang)[whole['indicator']]}: {relation}" for lang in LANGUAGES}
    return {
        **{name: whole[name] for name in ("area", "period", "source", "price_basis", "indicator", "breakdown", "unit")},
        **labels,
        "identity": COMPOSITION,
        "relation": f"{whole['indicator']}[{whole['breakdown']}]: {relation}",
        "kind": COMPOSITION,
        "left": whole["value"],
        "right": total / whole["factor"],
        "difference": (whole["base_value"] - total) / whole["factor"],
        "verdict": "missing" if len(known) < len(found) else verdict,
        "reason": "",
    }
