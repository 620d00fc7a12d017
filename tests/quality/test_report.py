from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bcanalysis.quality.report import Found, check_all, contradictions, listing


@pytest.fixture(scope="module")
def found() -> Found:
    return check_all(Path(__file__).resolve().parents[2] / "data")


def test_all_that_can_be_found_is_found_at_once(found: Found) -> None:
    assert found["faults"] == []
    assert len(found["corrections"]) == 9
    assert sum(row["verdict"] == "violated" for row in found["identities"]) == 4
    assert {row["class"] for row in found["conflicts"]} == {"contradiction", "rounding", "revision", "different_series"}


def test_what_is_found_is_strict_json(found: Found) -> None:
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_contradictions_are_what_nothing_explains(found: Found) -> None:
    told = contradictions(found)
    assert {row["identity"] for row in told if "identity" in row} == {
        "market_food_safety_within_unsold",
        "output_by_branch",
        "output_by_ownership",
        "output_fdi_within_total",
    }
    assert {row["class"] for row in told if "class" in row} == {"contradiction"}
    assert not [row for row in told if row.get("verdict") == "holds"]


def test_the_listing_has_a_line_for_each_and_a_line_to_end_with(found: Found) -> None:
    text = listing(found)
    assert "Faults of the tables: none\n" in text
    assert (
        "violated    market_unsold_food_safety_value <= market_unsold_confiscated_value: "
        "52,500,000 against 13,816,000 vnd (bac-giang, 2018H1, bao-cao-132-bc-sct-2018)"
    ) in text
    assert 'printed "USD 12.4 million", read as "12400" (bacninh-gov-en-2017-08-02)' in text
    assert (
        "contradiction    grdp_growth, total, bac-giang, 2024H1, value: 14.14 (vietnambiz-2024-06-28, 2024-06-28) against 14.4"
        in text
    )
    assert text.splitlines()[-1].startswith("0 faults, 4 identities violated, ")


def test_faults_of_the_tables_leave_the_rest_unsaid(small_data: Path, edit: Callable[..., None]) -> None:
    edit(small_data, "observations.csv", 29, "value", "3140,5")
    found = check_all(small_data)
    assert (found["identities"], found["conflicts"], found["corrections"]) == ([], [], [])
    assert [(row["table"], row["row"], row["severity"]) for row in found["faults"]] == [("observations.csv", 29, "error")]
    assert 'error: observations.csv, line 29, value: got "3140,5"; expected a number' in listing(found)
    assert listing(found).splitlines()[-1].startswith("1 fault, ")
    assert json.loads(json.dumps(found)) == found


def test_a_warning_is_listed_and_is_no_fault_that_counts(tiny) -> None:
    folder = tiny.write(
        [
            {"period": f"{year}H1", "value": value}
            for year, value in ((2015, 90), (2016, 100), (2017, 1e5), (2018, 110), (2019, 120))
        ]
    )
    found = check_all(folder)
    assert "warning: observations.csv, line 4, value: got 100000; expected something near 100 and 110" in listing(found)
    assert listing(found).splitlines()[-1] == "0 faults, 0 identities violated, 0 contradictions between publications."
