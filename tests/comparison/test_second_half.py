"""What the second half must bring: worked out by hand on the reference report and on tiny tables."""

from __future__ import annotations

from datetime import date
from math import inf, isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.second_half import COLUMNS, second_half
from bcanalysis.dataset.dataset import Dataset

NOW = {"period": "2018H1", "value": 100}
PLAN = {"year": 2018, "value": 250}
PAST = [
    {"period": "2017H1", "value": 80},
    {"period": "2017", "value": 200},
    {"period": "2016H1", "value": 80},
    {"period": "2016", "value": 160},
    {"period": "2015H1", "value": 50},
    {"period": "2015", "value": 100},
]


def found(dataset: Dataset, period: str = "2018H1", **asked: Any) -> pd.DataFrame:
    return second_half(dataset, compare(dataset, period, "here"), **asked)


def only(dataset: Dataset, **asked: Any) -> pd.Series:
    rows = found(dataset, **asked)
    assert len(rows) == 1
    return rows.iloc[0]


# The half-year 2018


@pytest.mark.parametrize(
    ("indicator", "basis", "remaining", "ratio"),
    [
        ("industrial_output", "current", (77807.4, 78123.5), (1.176, 1.181)),
        ("export_value", "not_applicable", (4660.0, 4660.0), (1.478, 1.484)),
        ("import_value", "not_applicable", (4500.0, 4500.0), (1.4996, 1.5004)),
        ("retail_sales", "not_applicable", (13258.8, 13804.1), (1.105, 1.151)),
    ],
)
def test_the_second_half_of_2018_follows_the_printed_percents_and_the_plans_on_file(
    dataset: Dataset, half_year_2018: pd.DataFrame, indicator: str, basis: str, remaining: tuple, ratio: tuple
) -> None:
    rows = second_half(dataset, half_year_2018)
    row = rows[(rows["indicator"] == indicator) & (rows["price_basis"] == basis)].iloc[0]

    assert (row["remaining_low"], row["remaining_high"]) == pytest.approx(remaining, abs=0.05)
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx(ratio, abs=0.0005)
    assert row["done_a_month"] == pytest.approx(row["value"] / 6)
    assert (row["past_period"], row["past_reason"], row["scenario_reason"]) == ("2017H2", "no_second_half", "too_few_years")
    assert isnan(row["past_low"])
    assert isnan(row["year_low"])


def test_the_middle_of_what_is_left_of_output_is_what_the_implied_plan_leaves(
    dataset: Dataset, half_year_2018: pd.DataFrame
) -> None:
    row = second_half(dataset, half_year_2018).iloc[0]

    assert row["remaining_low"] < 144113 - 66148 < row["remaining_high"]
    assert (row["needed_a_month_low"], row["needed_a_month_high"]) == pytest.approx((12967.9, 13020.6), abs=0.05)


def test_output_of_2024_has_no_second_half_of_2023_on_its_price_basis(dataset: Dataset, half_year_2024: pd.DataFrame) -> None:
    row = second_half(dataset, half_year_2024).iloc[0]

    assert (row["indicator"], row["past_period"], row["past_reason"]) == ("industrial_output", "2023H2", "other_basis")
    assert (row["past_years"], row["scenario_reason"]) == (1, "too_few_years")  # 2018 alone


# By hand


def test_what_is_left_is_held_against_the_first_half_and_the_second_half_of_last_year(tiny) -> None:
    row = only(tiny([NOW, *PAST[:2]], plans=[PLAN]))

    assert (row["remaining_low"], row["remaining_high"]) == (150, 150)
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((100 / 40.2 - 1, 100 / 39.8 - 1))  # 100 ± 0.5 of 250
    assert (row["needed_a_month_low"], row["needed_a_month_high"]) == (25, 25)
    assert (row["past_period"], row["past_low"], row["past_high"]) == ("2017H2", 119, 121)  # 199.5 - 80.5, 200.5 - 79.5
    assert (row["past_origin"], row["past_reason"]) == ("one_source", None)
    assert (row["growth_low"], row["growth_high"]) == pytest.approx((100 * 29 / 121, 100 * 31 / 119))


def test_with_three_past_years_the_second_half_may_grow_as_it_did_in_them(tiny) -> None:
    row = only(tiny([NOW, *PAST], plans=[PLAN]))

    assert (row["past_years"], row["scenario_reason"]) == (3, None)
    assert row["past_ratio_low"] == pytest.approx(99.5 / 50.5 - 1)  # 2015
    assert row["past_ratio_high"] == pytest.approx(200.5 / 79.5 - 1)  # 2017
    assert (row["year_low"], row["year_high"]) == pytest.approx((196.0446, 253.4623))
    assert (row["year_pct_low"], row["year_pct_high"]) == pytest.approx((78.4178, 101.3849))


def test_with_two_past_years_there_is_no_scenario(tiny) -> None:
    row = only(tiny([NOW, *PAST[:4]], plans=[PLAN]))

    assert (row["past_years"], row["scenario_reason"]) == (2, "too_few_years")
    assert row[["past_ratio_low", "past_ratio_high", "year_low", "year_high", "year_pct_low", "year_pct_high"]].isna().all()


def test_a_year_that_is_not_over_before_the_period_does_not_count(tiny) -> None:
    own = [{"period": "2018", "value": 300}, {"period": "2019H1", "value": 100}, {"period": "2019", "value": 400}]
    row = only(tiny([NOW, *PAST[:4], *own], plans=[PLAN]))

    assert (row["past_years"], row["past_high"]) == (2, 121)


def test_a_second_half_within_one_source_goes_before_one_of_two_better_ones(tiny) -> None:
    rows = [
        {"period": "2017H1", "value": 90, "source": "office"},
        {"period": "2017", "value": 290, "source": "department"},
        {"period": "2017H1", "value": 80, "source": "paper"},
        {"period": "2017", "value": 200, "source": "paper"},
    ]
    one, two = only(tiny([NOW, *rows], plans=[PLAN])), only(tiny([NOW, *rows[:2]], plans=[PLAN]))

    assert (one["past_origin"], one["past_low"], one["past_high"]) == ("one_source", 119, 121)
    assert (two["past_origin"], two["past_low"], two["past_high"]) == ("two_sources", 199, 201)


def test_of_two_sources_that_tell_a_whole_year_the_better_one_speaks_and_then_the_later(tiny) -> None:
    better = [{**row, "source": "office", "stated_on": "2018-01-10"} for row in PAST[:2]]
    worse = [{"period": "2017H1", "value": 90, "source": "paper"}, {"period": "2017", "value": 290, "source": "paper"}]
    earlier = [{**row, "source": "paper-two", "stated_on": "2017-12-01"} for row in PAST[:2]]

    assert only(tiny([NOW, *worse, *better], plans=[PLAN]))["past_low"] == 119
    assert only(tiny([NOW, *worse, *earlier], plans=[PLAN]))["past_low"] == 199


def test_each_period_of_several_has_the_past_of_its_own(tiny) -> None:
    data = tiny([NOW, *PAST], plans=[PLAN, {"year": 2017, "value": 160}])
    both = pd.concat([compare(data, period, "here") for period in ("2018H1", "2017H1")])
    rows = second_half(data, both)

    assert rows["past_period"].tolist() == ["2017H2", "2016H2"]
    assert rows["past_years"].tolist() == [3, 2]


def test_a_past_first_half_of_nothing_makes_no_ratio(tiny) -> None:
    row = only(tiny([NOW, {"period": "2017H1", "value": 0}, {"period": "2017", "value": 120}], plans=[PLAN]))

    assert (row["past_low"], row["past_years"]) == (119, 0)


def test_a_second_half_that_a_source_states_goes_before_a_difference(tiny) -> None:
    row = only(tiny([NOW, *PAST, {"period": "2017H2", "value": 130}], plans=[PLAN]))

    assert (row["past_origin"], row["past_low"], row["past_high"]) == ("stated", 129.5, 130.5)
    assert row["past_ratio_high"] == pytest.approx(130.5 / 79.5)


def test_a_stated_second_half_without_its_first_half_is_shown_and_makes_no_ratio(tiny) -> None:
    row = only(tiny([NOW, {"period": "2017H2", "value": 130}], plans=[PLAN]))

    assert (row["past_low"], row["past_years"]) == (129.5, 0)


@pytest.mark.parametrize(
    ("past", "reason"),
    [
        ([], "no_second_half"),
        ([{"period": "2017", "value": 200}], "no_second_half"),
        ([{"period": "2017H1", "value": 80}], "no_second_half"),
        ([{**PAST[0], "price_basis": "constant_2010"}, PAST[1]], "other_basis"),
        ([{**row, "price_basis": "not_stated"} for row in PAST[:2]], "other_basis"),
        ([PAST[0], {**PAST[1], "qualifier": "trên"}], "vague_second_half"),
        ([{**PAST[0], "window_end": "2017-06-15"}, PAST[1]], "no_second_half"),
        ([PAST[0], {**PAST[1], "value": 70}], "sign_change"),
    ],
)
def test_without_a_second_half_of_last_year_a_reason_is_given(tiny, past: list, reason: str) -> None:
    row = only(tiny([NOW, *past], plans=[PLAN]))

    assert (row["past_reason"], row["past_origin"], row["past_years"]) == (reason, None, 0)
    assert row[["past_low", "past_high", "growth_low", "growth_high"]].isna().all()


def test_a_plan_that_is_met_asks_for_nothing_more_and_for_no_growth(tiny) -> None:
    row = only(tiny([{**NOW, "value": 260}, *PAST], plans=[PLAN]))

    assert (row["remaining_high"], row["needed_a_month_high"], row["ratio_high"]) == (0, 0, 0)
    assert isnan(row["growth_low"])
    assert row["year_pct_low"] == pytest.approx(100 * 259.5 / 250 * 99.5 / 50.5)  # the year goes on all the same


def test_after_nothing_in_last_years_second_half_there_is_no_growth(tiny) -> None:
    row = only(tiny([NOW, {"period": "2017H2", "value": 0}], plans=[PLAN]))

    assert isnan(row["growth_low"])
    assert row["past_high"] == 0.5


def test_an_open_figure_keeps_its_open_end(tiny) -> None:
    row = only(tiny([{**NOW, "qualifier": "trên", "plan_pct": 40.0}, *PAST]))

    assert row["remaining_high"] == row["year_high"] == inf


def test_as_of_a_day_the_past_is_what_was_known_then(tiny) -> None:
    late = [PAST[0], {**PAST[1], "stated_on": "2019-03-01"}]
    data = tiny([{**NOW, "stated_on": "2018-06-14"}, *late], plans=[PLAN])

    assert only(data)["past_low"] == 119
    assert only(data, as_of=date(2018, 6, 14))["past_reason"] == "no_second_half"


@pytest.mark.parametrize(("period", "end"), [("2018", "12-31"), ("2018Q1", "03-31"), ("2018M01-M05", "05-31"), ("2018H2", "12-31")])
def test_of_a_period_that_is_no_first_half_there_is_nothing(tiny, period: str, end: str) -> None:
    rows = found(tiny([{**NOW, "period": period, "plan_pct": 40.0, "window_end": f"2018-{end}"}]), period)

    assert rows.empty
    assert list(rows.columns) == COLUMNS


def test_of_nothing_on_file_there_is_an_empty_table_with_its_columns(dataset: Dataset, half_year_2018: pd.DataFrame) -> None:
    empty, full = second_half(dataset, compare(dataset, "1999H1")), second_half(dataset, half_year_2018)

    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns) == COLUMNS


# Laws

FEW = settings(max_examples=settings().max_examples // 5)  # each example compares several times
LEVELS = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 900)), min_size=3, max_size=3)


def years(levels: list[tuple[int, int]], scale: int = 1) -> list[dict[str, Any]]:
    halves = [{"period": f"{2015 + place}H1", "value": half * scale} for place, (half, _) in enumerate(levels)]
    wholes = [{"period": f"{2015 + place}", "value": (half + rest) * scale} for place, (half, rest) in enumerate(levels)]
    return [{**row, "half_unit": 0.5 * scale} for row in (*halves, *wholes)]


@FEW
@given(levels=LEVELS, scale=st.sampled_from([10, 1000]))
def test_another_unit_changes_levels_and_no_ratio(tiny_in, tmp_path_factory, levels: list, scale: int) -> None:
    tiny = tiny_in(tmp_path_factory.getbasetemp())
    small, large = (
        only(tiny([{**NOW, "value": 100 * k, "half_unit": 0.5 * k}, *years(levels, k)], plans=[{**PLAN, "value": 250 * k}]))
        for k in (1, scale)
    )
    ratios = [name for name in COLUMNS if name.startswith(("ratio", "past_ratio", "growth", "year_pct"))]
    levels_of = [name for name in COLUMNS if name.startswith(("remaining", "needed", "done", "past_low", "past_high", "year_"))]
    assert large[ratios].tolist() == pytest.approx(small[ratios].tolist(), nan_ok=True)
    plain = [name for name in levels_of if "pct" not in name]
    assert large[plain].tolist() == pytest.approx((small[plain] * scale).tolist(), nan_ok=True)


@FEW
@given(levels=LEVELS, order=st.permutations(range(7)))
def test_the_order_of_the_rows_is_irrelevant(tiny_in, tmp_path_factory, levels: list, order: list[int]) -> None:
    tiny = tiny_in(tmp_path_factory.getbasetemp())
    rows = [NOW, *years(levels)]
    pd.testing.assert_series_equal(
        only(tiny(rows, plans=[PLAN])), only(tiny([rows[place] for place in order], plans=[PLAN])), check_exact=True
    )


@FEW
@given(levels=LEVELS)
def test_the_year_as_in_past_years_holds_every_past_ratio(tiny_in, tmp_path_factory, levels: list) -> None:
    row = only(tiny_in(tmp_path_factory.getbasetemp())([NOW, *years(levels)], plans=[PLAN]))
    for half, rest in levels:
        assert row["past_ratio_low"] <= rest / half <= row["past_ratio_high"]
        assert row["year_low"] <= 100 * (half + rest) / half <= row["year_high"]
