from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bcanalysis.dataset.load import read_dataset
from bcanalysis.errors import Fault

Faults = Callable[[Path], list[Fault]]


STATEMENT_FAULTS = {
    "a window that ends before it begins": (
        3, {"window_start": "2018-06-30", "window_end": "2018-01-01"},
        ("window_end", "a day before window_start", "a window that ends after it begins", ""),
    ),
    "neither a value nor a symbol": (5, {"missing": ""}, ("value", "a blank", "a number, or a symbol in `missing`", "")),
    "a symbol beside a value": (3, {"missing": "nil"}, ("missing", "a symbol beside a value", "one of the two", "Zero is a value")),
    "a value without precision": (3, {"half_unit": ""}, ("half_unit", "a blank", "half of the value's last printed digit", "")),
    "a growth without precision": (
        3, {"growth_half_unit": ""},
        ("growth_half_unit", "a blank", "half of its last printed digit, for growth_pct has a value", ""),
    ),
    "a growth without form": (
        3, {"growth_form": ""}, ("growth_form", "a blank", "the form it was printed in, for growth_pct has a value", ""),
    ),
    "a percent without precision": (
        3, {"plan_half_unit": ""}, ("plan_half_unit", "a blank", "half of its last printed digit, for plan_pct has a value", ""),
    ),
    "a percent without form": (
        3, {"plan_form": ""}, ("plan_form", "a blank", "the form it was printed in, for plan_pct has a value", ""),
    ),
    "a rate that is not its own growth": (
        4, {"value": "9.4"},
        ("growth_pct", "another number than value", "the value again: this indicator is itself a growth", ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "cells", "told"), STATEMENT_FAULTS.values(), ids=STATEMENT_FAULTS)
def test_a_statement_against_itself_is_told(
    line: int, cells: dict[str, str], told: tuple[str, str, str, str], sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    for column, text in cells.items():
        edit(sound, "observations.csv", line, column, text)
    assert faults_of(sound) == [Fault("observations.csv", line, *told)]


def test_zero_is_a_value(tiny) -> None:
    assert tiny.load([{"period": "2018H1", "value": 0}])["observations"]["value"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2018-06-14", "2018-06"), ("2018-06", "2018-06-30"), ("", "2018-06-14"), ("2018-06-01/2018-07-10", "2018-07-01/2018-07-20")],
)
def test_vintages_of_one_source_that_may_be_the_same_day_overlap(first: str, second: str, tiny, faults_of: Faults) -> None:
    folder = tiny.write(
        [{"period": "2018H1", "value": 110, "stated_on": first}, {"period": "2018H1", "value": 111, "stated_on": second}]
    )
    assert faults_of(folder) == [
        Fault(
            "observations.csv",
            3,
            "stated_on",
            f'"{second}" for a figure that line 2 states on "{first}"',
            "vintages of one source that do not overlap",
            "Two statements of one source need two dates",
        )
    ]


def test_a_day_that_cannot_be_read_is_a_fault_where_a_source_speaks_twice_too(tiny, faults_of: Faults) -> None:
    statements = [
        {"period": "2018H1", "value": value, "stated_on": day} for value, day in ((110, "14/6/2018"), (111, "2018-07-14"))
    ]
    assert [(fault.row, fault.column, fault.got) for fault in faults_of(tiny.write(statements))] == [
        (2, "stated_on", '"14/6/2018"')
    ]


@pytest.mark.parametrize(("first", "second"), [("2018-06-14", "2018-07"), ("2018-05", "2018-06")])
def test_vintages_on_different_days_are_two_statements(first: str, second: str, tiny) -> None:
    statements = [{"period": "2018H1", "value": value, "stated_on": day} for value, day in ((110, first), (111, second))]
    assert len(tiny.load(statements)["observations"]) == 2


def test_two_sources_may_speak_on_one_day(tiny) -> None:
    assert (
        len(tiny.load([{"period": "2018H1", "value": 110, "source": source} for source in ("office", "paper")])["observations"])
        == 2
    )


# Values off the scale of their years


YEARS = {2014: 80, 2015: 85, 2016: 90, 2017: 100, 2018: 110, 2019: 120}  # lines 2 to 7


def first_halves(levels: dict[int, float]) -> list[dict[str, object]]:
    return [{"period": f"{year}H1", "value": level} for year, level in levels.items()]


@pytest.mark.parametrize(
    ("year", "value", "line"),
    [
        (2017, 2201, 5),  # 24 times 90 and 20.01 times 110
        (2017, 2199, None),  # 19.99 times 110
        (2017, 4.4, 5),  # 90 is 20.5 times as much
        (2017, 4.6, None),
        (2014, 0.08, 2),  # only a later year beside it
        (2019, 120000, 7),
    ],
)
def test_a_value_twenty_times_off_the_years_beside_it_is_a_warning(year: int, value: float, line: int | None, tiny) -> None:
    found, faults = read_dataset(tiny.write(first_halves(YEARS | {year: value})))
    assert found is not None
    assert [(fault.severity, fault.row, fault.column) for fault in faults] == ([("warning", line, "value")] if line else [])
    assert found.warnings == tuple(faults)


def test_the_warning_names_the_years_beside_it_and_stops_nothing(tiny) -> None:
    assert tiny.load(first_halves(YEARS | {2017: 100000})).warnings == (
        Fault(
            "observations.csv",
            5,
            "value",
            "100000",
            "something near 90 and 110, the years beside it",
            "If it stands so in the source, add a row to corrections.csv",
            "warning",
        ),
    )


def test_a_correction_silences_the_warning(tiny) -> None:
    slip = {"period": "2017H1", "printed": "100.000", "read_as": "100"}
    assert tiny.load(first_halves(YEARS | {2017: 100000}), corrections=[slip]).warnings == ()


def test_a_true_jump_can_be_confirmed(tiny) -> None:
    """The hint says: if it stands so in the source, add a row to corrections.csv. So a row that confirms the value must do."""
    confirmed = {"period": "2017H1", "printed": "100.000 tỷ đồng", "read_as": "100000", "reason": "a new plant"}
    assert tiny.load(first_halves(YEARS | {2017: 100000}), corrections=[confirmed]).warnings == ()


def test_other_windows_series_and_rates_are_not_beside_it(tiny) -> None:
    statements = [
        {"period": "2017H1", "value": 10},
        {"period": "2018", "value": 1000},
        {"period": "2018H1", "value": 1000, "price_basis": "constant_2010"},
        {"period": "2018H1", "value": 1000, "breakdown": "fdi"},
        {"period": "2018H1", "value": 1000, "area": "old"},
        {"period": "2017H1", "value": 0.1, "indicator": "iip_growth"},
        {"period": "2018H1", "value": 12, "indicator": "iip_growth"},
        {"period": "2017H1", "value": 0.1, "indicator": "prices"},
        {"period": "2018H1", "value": 12, "indicator": "prices"},
        {"period": "2017H1", "value": 0.1, "indicator": "occupancy"},
        {"period": "2018H1", "value": 12, "indicator": "occupancy"},
        {"period": "2017H1", "value": 0, "indicator": "cases"},
        {"period": "2018H1", "value": 500, "indicator": "cases"},
        {"period": "2017H1", "indicator": "fines", "missing": "nil"},
        {"period": "2018H1", "value": 500, "indicator": "fines"},
    ]
    assert tiny.load(statements).warnings == ()


def test_several_statements_of_one_year_stand_for_it_by_their_middle(tiny) -> None:
    """Of 100, 101 and 5000 in 2017 the last is odd (90 and 110 beside it), and the years beside it are not."""
    repeats = [
        {"period": "2017H1", "value": value, "source": source}
        for value, source in ((100, "office"), (101, "paper"), (5000, "province"))
    ]
    found = tiny.load([{"period": "2016H1", "value": 90}, *repeats, {"period": "2018H1", "value": 110}])
    assert [fault.row for fault in found.warnings] == [5]


def test_warnings_stand_among_the_faults_by_line(tiny, edit: Callable[..., None]) -> None:
    folder = tiny.write(first_halves(YEARS | {2017: 100000}))
    edit(folder, "observations.csv", 7, "half_unit", "")
    assert [(fault.severity, fault.row) for fault in read_dataset(folder)[1]] == [("warning", 5), ("error", 7)]
