"""Every conflict among the published figures is on a list, with its class, sources and intervals, and nothing else is found.

The list is known_conflicts.csv. Its intervals were worked out from the printed numbers alone: 114 375 ± 0.5 with +32.8 ± 0.05 % is
a prior of 114 374.5 / 1.3285 to 114 375.5 / 1.3275, that is 86 093.0 to 86 158.6. A new figure that contradicts another one, or
one that no longer does, is a change of this list.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bcanalysis.quality.report import check_all
from bcanalysis.rounding import half_up

LIST = Path(__file__).with_name("known_conflicts.csv")
Line = tuple[str, ...]
NAMES = "found_by area indicator breakdown period what class first first_sources later later_sources".split()


def number(value: float) -> str:
    return f"{value:.6g}" if abs(value) < 100 else str(half_up(value, 1)).removesuffix(".0")


def ends(row: dict[str, Any], side: str) -> str:
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    if low == high:
        return number(low)
    return f"{number(low) if low else ''}..{'' if high is None else number(high)}"


def sources(statements: list[dict[str, Any]]) -> str:
    return " ".join(f"{one['period']}:{'+'.join(one['sources'])}" for one in statements)


def of_a_pair(row: dict[str, Any]) -> Line:
    place = tuple(row[name] for name in ("area", "indicator", "breakdown", "period", "what", "class"))
    return "conflicts", *place, number(row["first"]), row["first_source"], number(row["later"]), row["later_source"]


def taken_together(found_by: str, row: dict[str, Any]) -> Line:
    place = tuple(row.get(name, "a month") for name in ("area", "indicator", "breakdown", "period", "what", "class"))
    return found_by, *place, ends(row, "first"), sources(row["first"]), ends(row, "later"), sources(row["later"])


def of_an_identity(row: dict[str, Any]) -> Line:
    place = row["area"], row["indicator"], row["breakdown"], row["period"], row["identity"], "contradiction"
    return "identities", *place, number(row["left"]), row["source"], number(row["right"]), row["source"]


@pytest.fixture(scope="module")
def found() -> set[Line]:
    check = json.loads(json.dumps(check_all(), allow_nan=False))
    return {
        *(of_a_pair(row) for row in check["conflicts"]),
        *(taken_together(view, row) for view in ("sets", "remainders") for row in check[view]),
        *(of_an_identity(row) for row in check["identities"] if row["verdict"] == "violated"),
    }


@pytest.fixture(scope="module")
def expected() -> set[Line]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in NAMES) for row in csv.DictReader(file)}


def test_everything_on_the_list_is_found(found: set[Line], expected: set[Line]) -> None:
    assert sorted(expected - found) == []


def test_everything_found_is_on_the_list(found: set[Line], expected: set[Line]) -> None:
    assert sorted(found - expected) == []


def test_the_list_has_the_conflicts_that_readers_ask_about(expected: set[Line]) -> None:
    of = {(line[0], *line[2:8], line[9]) for line in expected if line[1] == "bac-giang"}
    output = ("industrial_output", "total")
    assert {
        ("identities", "industrial_output", "fdi", "2022", "output_fdi_within_total", "contradiction", "358300", "342000"),
        ("sets", "trade_total", "total", "2023H1", "prior_sum", "contradiction", "19653.9..19752.6", "19455.7..19620.8"),
        ("sets", "export_value", "total", "2023H1", "value", "revision", "10355..10365", "10237.8..10320.2"),
        ("sets", *output, "2016", "value", "revision", "75230.5..75231.5", "86093..86158.6"),
        ("sets", *output, "2017", "value", "revision", "114374.5..114375.5", "120177.7..120269.2"),
        ("remainders", *output, "2018M06", "a month", "revision", "11607.6..11616.7", "8064.1..8110.5"),
        ("sets", "export_value", "total", "2020", "plan", "different_series", "9493.5..9506.5", "6501.5..6598.2"),
        ("sets", *output, "2024", "plan", "different_series", "665760", "664140.2..664786.3"),
        ("conflicts", *output, "2018H1", "value", "different_series", "53840", "66148"),
    } <= of
    values_of_2018 = {side for line in of if line[:5] == ("conflicts", *output, "2018", "value") for side in line[6:]}
    assert values_of_2018 == {"158500", "158570", "159000", "159295", "159296"}
