from __future__ import annotations

from typing import Any

import pandas as pd

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.readings import readings
from bcanalysis.dataset.dataset import Dataset

UNITS = ["value_half_unit", "growth_half_unit", "plan_half_unit"]


def told(half_year: pd.DataFrame, indicator: str) -> list[list[Any]]:
    found = readings(half_year[half_year["indicator"] == indicator])
    return (
        found[[*UNITS, "prior_low", "prior_high", "plan_low", "plan_high"]]
        .round(2)
        .astype(object)
        .where(lambda cells: cells == cells, None)
        .to_numpy()
        .tolist()
    )


def test_the_two_readings_of_3140(half_year_2018: pd.DataFrame) -> None:
    assert told(half_year_2018, "export_value") == [
        [0.5, 0.05, 0.05, 2946.50, 2950.21, 7780.67, 7802.48],  # to the unit
        [5.0, 0.05, 0.05, 2942.28, 2954.44, 7769.52, 7813.66],  # to the nearest ten
    ]


def test_the_readings_of_3000_and_of_11_percent(half_year_2018: pd.DataFrame) -> None:
    assert told(half_year_2018, "import_value") == [
        [0.5, 0.5, None, 2690.13, 2715.38, None, None],
        [5.0, 0.5, None, 2686.10, 2719.46, None, None],
        [50.0, 0.5, None, 2645.74, 2760.18, None, None],
        [500.0, 0.5, None, 2242.15, 3167.42, None, None],
        [0.5, 0.05, None, 2701.04, 2704.37, None, None],  # were 11 % printed for 11,0
    ]


def test_the_readings_of_47_percent(half_year_2018: pd.DataFrame) -> None:
    assert told(half_year_2018, "retail_sales") == [
        [0.5, 0.05, 0.5, 10658.82, 10669.19, 25255.79, 25801.08],
        [0.5, 0.05, 0.05, 10658.82, 10669.19, 25497.34, 25553.78],
    ]


def test_66148_has_one_reading(half_year_2018: pd.DataFrame) -> None:
    found = readings(half_year_2018)
    assert len(found[(found["indicator"] == "industrial_output") & (found["price_basis"] == "current")]) == 1


def test_what_implies_nothing_has_no_reading(tiny) -> None:
    statements = [
        {"value": 110},  # nothing printed beside it
        {"breakdown": "state", "missing": "nil", "growth_pct": 10},
        {"breakdown": "fdi", "value": 110, "qualifier": "khoảng", "growth_pct": 10},
        {"breakdown": "mining", "value": 110, "growth_pct": 10, "growth_qualifier": "khoảng"},
        {"indicator": "cases", "value": 300, "growth_pct": 10},  # a count is exact
        {"indicator": "iip_growth", "value": 10, "growth_pct": 10},
    ]
    found = compare(tiny([{"period": "2018H1", **statement} for statement in statements]), "2018H1", "here")
    assert len(found) == 6
    assert len(readings(found)) == 0


def test_readings_of_no_figures_are_an_empty_table(dataset: Dataset) -> None:
    found = readings(compare(dataset, "1999H1"))
    assert len(found) == 0
    assert {"indicator", "label_vi", *UNITS, "prior_low", "plan_high"} <= set(found.columns)
