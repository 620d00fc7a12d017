from __future__ import annotations

import json

import pandas as pd

from bcanalysis.comparison.listing import as_records


def test_a_comparison_becomes_records_of_plain_values(half_year_2018: pd.DataFrame) -> None:
    records = as_records(half_year_2018)
    assert len(records) == 67
    first = records[0]
    assert (first["indicator"], first["value"], first["growth_pct"], first["plan_pct"]) == ("industrial_output", 66148, 27.6, 45.9)
    assert (first["window_start"], first["window_end"]) == ("2018-01-01", "2018-06-30")
    assert first["prior_low"] == 66147.5 / 1.2765
    assert first["flags"] == ["printed_growth"]


def test_what_is_missing_or_without_bound_is_none(half_year_2024: pd.DataFrame) -> None:
    records = as_records(half_year_2024)
    of_fdi = next(record for record in records if record["breakdown"] == "fdi")
    assert of_fdi["prior_low"] is not None
    assert of_fdi["prior_high"] is None  # "hơn 275,34 nghìn tỷ đồng" bounds the prior from below alone
    assert (of_fdi["plan"], of_fdi["plan_decided_on"], of_fdi["missing"]) == (None, None, None)


def test_records_are_strict_json(half_year_2018: pd.DataFrame, half_year_2024: pd.DataFrame) -> None:
    for half_year in (half_year_2018, half_year_2024, half_year_2018.iloc[:0]):
        records = as_records(half_year)
        assert json.loads(json.dumps(records, allow_nan=False)) == records


def test_a_day_of_decision_is_iso_text(half_year_2018: pd.DataFrame) -> None:
    (exports,) = as_records(half_year_2018[half_year_2018["indicator"] == "export_value"])
    assert exports["plan_decided_on"] == "2017-12-01"
