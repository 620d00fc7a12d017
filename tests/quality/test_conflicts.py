from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.quality.conflicts import conflicts

SIDES = ["first", "first_source", "later", "later_source"]


def told(dataset: Dataset, **asked: Any) -> list[tuple[str, str, float, float]]:
    """Give what, class, and the two figures of each pair."""
    return list(conflicts(dataset, **asked)[["what", "class", "first", "later"]].itertuples(index=False, name=None))


def pair(tiny: Any, first: dict[str, Any], later: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    first, later = (
        {"source": "paper", "stated_on": "2018-06-14", **first},
        {"source": "paper-two", "stated_on": "2018-07-01", **later},
    )
    return told(tiny([{"period": "2018H1", "value": 111, **statement} for statement in (first, later)]))


# The publications


@pytest.mark.parametrize(
    ("area", "period", "expected"),
    [
        ("bac-giang", "2018H1", [("value", "different_series", 53840, 66148)]),  # constant 2010 and current prices
        ("bac-giang", "2024", [("value", "revision", 13.85, 13.87)]),  # growth of 2024: of February, and of spring 2025
        ("bac-giang", "2024Q1", [("value", "revision", 14.18, 13.96)]),
        ("bac-ninh", "2022H1", [("growth", "contradiction", 4, 9), ("value", "contradiction", 24300, 21000)]),
        ("bac-ninh", "2020", [("value", "revision", 1.36, 3.32)]),
    ],
)
def test_the_differences_of_the_publications_have_their_kind(
    dataset: Dataset, area: str, period: str, expected: list[tuple[str, str, float, float]]
) -> None:
    assert told(dataset, area=area, period=period) == expected


def test_the_half_year_2024_has_one_contradiction_and_a_figure_repeated_in_fewer_digits(dataset: Dataset) -> None:
    found = conflicts(dataset, "2024H1", "bac-giang").set_index("indicator")
    growth = found.loc["grdp_growth"]
    assert (growth["class"], growth["first"], growth["later"], growth["unit"]) == ("contradiction", 14.14, 14.4, "percent")
    assert (growth["first_stated_on"], growth["later_source"]) == ("2024-06-28", "doanhnghiepvathuonghieu-2024-07-01")
    assert found.loc[["industrial_output"], "class"].tolist() == ["rounding", "rounding"]
    assert set(found.loc[["industrial_output"], "first_qualifier"]) == {"hơn", ""}


def test_conflicts_can_be_asked_for_one_area_period_and_indicator(dataset: Dataset) -> None:
    assert set(conflicts(dataset, area="bac-ninh")["area"]) == {"bac-ninh"}
    assert set(conflicts(dataset, period="2018")["period"]) == {"2018"}
    assert set(conflicts(dataset, indicator="grdp_growth")["indicator"]) == {"grdp_growth"}


def test_as_of_a_day_only_what_was_stated_by_then_can_conflict(dataset: Dataset) -> None:
    assert len(conflicts(dataset, "2024H1", "bac-giang", as_of=date(2024, 6, 30))) == 0
    assert told(dataset, area="bac-giang", period="2024H1", as_of=date(2024, 7, 1)) == [("value", "contradiction", 14.14, 14.4)]


def test_what_is_unknown_is_refused_and_is_not_free_of_conflicts(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=r'Did you mean "bac-giang"\?'):
        conflicts(dataset, area="bac-gaing")
    with pytest.raises(UsageError, match='period: got "2018H3"'):
        conflicts(dataset, period="2018H3")
    with pytest.raises(UsageError, match=r'Did you mean "grdp_growth"\?'):
        conflicts(dataset, indicator="grpd_growth")


def test_another_name_of_a_period_is_the_same_period(dataset: Dataset) -> None:
    assert len(conflicts(dataset, "2018M01-M06", "bac-giang")) == 1


# Kinds of difference


def test_the_same_figure_twice_is_no_conflict(tiny) -> None:
    assert pair(tiny, {}, {}) == []
    assert pair(tiny, {}, {"qualifier": "khoảng"}) == []
    assert pair(tiny, {}, {"value": 112, "period": "2017H1"}) == []
    assert pair(tiny, {}, {"value": 112, "window_end": "2018-05-31"}) == []
    assert pair(tiny, {}, {"value": 112, "area": "old"}) == []


@pytest.mark.parametrize(
    ("first", "later", "kind"),
    [
        ({}, {"value": 151}, "revision"),
        ({"status": "estimate"}, {"value": 151, "status": "final"}, "revision"),
        ({}, {"value": 150, "half_unit": 5}, "contradiction"),  # who revises does not lose digits
        ({}, {"value": 151, "stated_on": "2018-06-14"}, "contradiction"),
        ({"stated_on": "2018-06"}, {"value": 151, "stated_on": "2018-06-30"}, "contradiction"),  # June may be the 30th
        ({}, {"value": 151, "stated_on": ""}, "contradiction"),  # nobody knows which came first
        ({"status": "estimate"}, {"value": 151, "stated_on": "", "status": "final"}, "revision"),  # the status tells
        ({"status": "final"}, {"value": 151, "stated_on": "2018-06-14", "status": "final"}, "contradiction"),
        ({}, {"value": 110, "half_unit": 5}, "rounding"),
        ({"value": 110, "half_unit": 5}, {}, "rounding"),
        ({}, {"value": 112}, "rounding"),  # one last digit, as sums make it
        ({}, {"value": 113}, "revision"),
        ({}, {"value": 110, "half_unit": 5, "qualifier": "hơn"}, "rounding"),
        ({"value": 315145}, {"value": 315100, "half_unit": 50, "qualifier": "hơn"}, "rounding"),
        ({"value": 315145}, {"value": 315200, "half_unit": 50, "qualifier": "gần"}, "rounding"),
        ({"value": 315145}, {"value": 315200, "half_unit": 50, "qualifier": "hơn"}, "contradiction"),
        ({}, {"value": 151, "price_basis": "constant_2010"}, "different_series"),
    ],
)
def test_a_difference_has_its_kind(first: dict[str, Any], later: dict[str, Any], kind: str, tiny) -> None:
    ((what, found, *_),) = pair(tiny, first, later)
    assert (what, found) == ("value", kind)


def test_a_rate_has_no_last_digit_to_spare(tiny) -> None:
    rate = {"indicator": "iip_growth", "half_unit": 0.05}
    assert pair(tiny, {**rate, "value": 8.6}, {**rate, "value": 8.7, "stated_on": "2018-06-14"}) == [
        ("value", "contradiction", 8.6, 8.7)
    ]


def test_about_thirty_percent_is_not_twenty_one(tiny) -> None:
    """ "Khoảng 30 %" of a rate is not everything from 20 to 40."""
    about = {"indicator": "iip_growth", "value": 30, "qualifier": "khoảng"}
    ((_, kind, *_),) = pair(tiny, about, {"indicator": "iip_growth", "value": 21, "stated_on": "2018-06-14"})
    assert kind == "contradiction"


def test_growths_and_percents_of_plan_are_compared_within_one_series(tiny) -> None:
    first = {"growth_pct": 10, "plan_pct": 45}
    assert pair(tiny, first, {"growth_pct": 12, "plan_pct": 50}) == [("growth", "revision", 10, 12), ("plan", "revision", 45, 50)]
    assert pair(tiny, first, {"growth_pct": 12, "plan_pct": 50, "price_basis": "constant_2010"}) == []


def test_the_growth_of_a_rate_is_its_value_and_listed_once(tiny) -> None:
    rates = [{"indicator": "iip_growth", "value": value, "growth_pct": value} for value in (8.6, 9.6)]
    assert pair(tiny, *rates) == [("value", "revision", 8.6, 9.6)]


@pytest.mark.parametrize("turned", [False, True])
def test_the_earlier_statement_stands_first_whatever_the_rows(turned: bool, tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 111, "source": "paper", "stated_on": "2018-06-14"},
        {"period": "2018H1", "value": 151, "source": "office", "stated_on": "2018-07-01"},
    ]
    found = conflicts(tiny(statements[::-1] if turned else statements))
    assert found[SIDES].to_numpy().tolist() == [[111, "paper", 151, "office"]]


def test_three_statements_make_three_pairs(tiny) -> None:
    statements = [{"period": "2018H1", "value": value, "stated_on": f"2018-0{value // 100}-14"} for value in (600, 700, 800)]
    assert [(first, later) for _, _, first, later in told(tiny(statements))] == [(600, 700), (600, 800), (700, 800)]


def test_a_misprint_that_is_corrected_is_no_conflict(tiny) -> None:
    statements = [{"period": "2018H1", "value": value, "source": source} for value, source in ((12400, "paper"), (12.4, "office"))]
    assert told(tiny(statements, corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12400"}])) == []


def test_no_statements_have_no_conflicts(tiny) -> None:
    found = conflicts(tiny())
    assert len(found) == 0
    assert {"class", "first", "later", "unit"} <= set(found.columns)


@settings(max_examples=settings().max_examples // 10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(dataset: Dataset, random) -> None:
    def pairs(of: Dataset) -> list[Any]:
        rows = conflicts(of)[["area", "indicator", "breakdown", "period", "what", "class", *SIDES]].to_numpy().tolist()
        return sorted([*row[:6], *sorted([row[6:8], row[8:]])] for row in rows)

    order = list(range(len(dataset["observations"])))
    random.shuffle(order)
    shuffled = dataset["observations"].iloc[order].reset_index(drop=True)
    assert pairs(replace(dataset, tables={**dataset.tables, "observations": shuffled})) == pairs(dataset)
