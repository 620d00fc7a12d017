from __future__ import annotations

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import UsageError
from bcanalysis.indicators import (
    contribution_pp,
    growth_pct,
    growth_reason,
    growth_vs_prior_year,
    percent_of_annual_plan,
    remaining_to_plan,
    required_second_half_ratio,
)

LEVELS = st.floats(0.01, 1e9)
ANY_LEVEL = st.one_of(st.just(nan), st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000))


@pytest.mark.parametrize(
    ("current", "prior", "growth"),
    [(110, 100, 10.0), (90, 100, -10.0), (100, 100, 0.0), (0, 100, -100.0), (250, 100, 150.0), (315145, 238782, 31.980216)],
)
def test_growth_is_the_change_in_percent_of_the_prior(current: float, prior: float, growth: float) -> None:
    assert growth_pct(current, prior) == pytest.approx(growth, abs=1e-6)


@pytest.mark.parametrize(
    ("current", "prior", "reason"),
    [
        (5.0, 0.0, "zero_prior"),
        (0.0, 0.0, "zero_prior"),
        (5.0, -4.0, "sign_change"),
        (-5.0, 4.0, "sign_change"),
        (-5.0, -4.0, "sign_change"),  # one loss against another has no growth either
        (5.0, nan, "no_prior"),
        (nan, 4.0, "no_value"),
        (nan, nan, "no_value"),
    ],
)
def test_without_a_positive_prior_and_a_level_there_is_no_growth_but_a_reason(current: float, prior: float, reason: str) -> None:
    assert isnan(growth_pct(current, prior))
    assert growth_reason(current, prior) == reason


@pytest.mark.parametrize(("current", "prior"), [(5.0, 4.0), (0.0, 4.0)])
def test_where_there_is_growth_there_is_no_reason(current: float, prior: float) -> None:
    assert growth_reason(current, prior) is None


def test_growth_of_arrays_comes_number_by_number() -> None:
    current, prior = np.array([110.0, 0, 5, nan]), np.array([100.0, 100, 0, 1])
    np.testing.assert_array_equal(growth_pct(current, prior), [10.0, -100, nan, nan])
    assert growth_reason(current, prior).tolist() == [None, None, "zero_prior", "no_value"]


def test_growth_of_two_series_is_matched_by_index_and_not_by_position() -> None:
    current = pd.Series({"2018H1": 110.0, "2018H2": 300.0})
    prior = pd.Series({"2018H2": 200.0, "2018H1": 100.0})
    found = growth_pct(current, prior)
    assert found["2018H1"] == 10.0
    assert found["2018H2"] == 50.0


def test_what_is_not_defined_is_matched_by_index_too() -> None:
    found = growth_pct(pd.Series({"b": 5.0, "a": 110.0}), pd.Series({"a": 100.0, "b": 0.0}))
    assert found["a"] == 10.0
    assert isnan(found["b"])


@given(LEVELS, LEVELS, st.floats(1e-3, 1e3))
def test_the_unit_leaves_growth_unchanged(current: float, prior: float, factor: float) -> None:
    assert growth_pct(current * factor, prior * factor) == pytest.approx(growth_pct(current, prior), rel=1e-9, abs=1e-9)


@given(ANY_LEVEL, ANY_LEVEL)
def test_growth_is_missing_exactly_where_a_reason_says_so(current: float, prior: float) -> None:
    assert isnan(growth_pct(current, prior)) == (growth_reason(current, prior) is not None)


@given(LEVELS, LEVELS)
def test_growth_leads_from_the_prior_to_the_current_level(current: float, prior: float) -> None:
    assert prior * (1 + growth_pct(current, prior) / 100) == pytest.approx(current, rel=1e-9, abs=prior * 1e-12)


def test_growth_matches_by_period_whatever_the_order_and_the_gaps() -> None:
    levels = pd.Series({"2018H1": 110.0, "2020H1": 90.0, "2017H1": 100.0, "2018M01-M05": 95.0, "2019H1": 0.0})
    found = growth_vs_prior_year(levels)
    assert list(found.index) == ["2018H1", "2020H1", "2017H1", "2018M01-M05", "2019H1"]
    np.testing.assert_array_equal(found["prior"], [100.0, 0.0, nan, nan, 110.0])
    np.testing.assert_array_equal(found["growth_pct"], [10.0, nan, nan, nan, -100.0])
    assert found["reason"].tolist() == [None, "zero_prior", "no_prior", "no_prior", None]


def test_two_names_of_one_period_are_one_period() -> None:
    assert growth_vs_prior_year(pd.Series({"2018M01-M06": 110.0, "2017H1": 100.0}))["growth_pct"].iloc[0] == 10.0


@pytest.mark.parametrize(
    ("names", "told"), [(["2018H1", "2018H1"], "2018H1"), (["2018H1", "2017H1", "2018M01-M06"], "2018H1; 2018M01-M06")]
)
def test_a_period_given_twice_is_refused(names: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=f"got {told} more than once"):
        growth_vs_prior_year(pd.Series(1.0, index=names))


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(UsageError, match='got "first half"'):
        growth_vs_prior_year(pd.Series({"first half": 1.0}))


def test_the_levels_given_are_left_alone() -> None:
    levels = pd.Series({"2018M01-M06": 110.0, "2017H1": 100.0})
    growth_vs_prior_year(levels)
    assert levels.to_dict() == {"2018M01-M06": 110.0, "2017H1": 100.0}


@pytest.mark.parametrize(
    ("value", "plan", "percent"), [(3140, 7800, 40.25641), (120, 100, 120.0), (0, 100, 0.0), (99.96, 100, 99.96)]
)
def test_percent_of_plan_is_unrounded(value: float, plan: float, percent: float) -> None:
    assert percent_of_annual_plan(value, plan) == pytest.approx(percent, abs=1e-5)


@pytest.mark.parametrize(("value", "plan"), [(nan, 100.0), (5.0, nan), (5.0, 0.0), (5.0, -100.0)])
def test_without_a_plan_above_zero_there_is_no_percent(value: float, plan: float) -> None:
    assert isnan(percent_of_annual_plan(value, plan))


def test_a_series_of_levels_against_one_plan_gives_a_series() -> None:
    found = percent_of_annual_plan(pd.Series({"2018Q1": 20.0, "2018H1": 45.0}), 100.0)
    assert found.to_dict() == {"2018Q1": 20.0, "2018H1": 45.0}


def test_what_remains_is_the_plan_less_the_level_and_below_zero_when_exceeded() -> None:
    assert remaining_to_plan(3140.0, 7800.0) == 4660.0
    assert remaining_to_plan(120.0, 100.0) == -20.0
    np.testing.assert_array_equal(remaining_to_plan(np.array([40.0, nan]), np.array([100.0, 100.0])), [60.0, nan])


@pytest.mark.parametrize("levels", [np.array([40.0, 30.0]), pd.Series([40.0, 30.0])])
def test_several_levels_can_share_one_plan(levels: np.ndarray | pd.Series) -> None:
    assert remaining_to_plan(levels, 100.0).tolist() == [60.0, 70.0]


@pytest.mark.parametrize(
    ("percent", "ratio"),
    [(50.0, 1.0), (40.3, 1.48139), (40.35, 1.47831), (40.25, 1.48447), (45.9, 1.17865), (100.0, 0.0), (25.0, 3.0)],
)
def test_the_second_half_must_bring_what_is_left_over_what_was_done(percent: float, ratio: float) -> None:
    assert required_second_half_ratio(percent) == pytest.approx(ratio, abs=1e-5)


@pytest.mark.parametrize("percent", [0.0, -5.0, nan])
def test_nothing_done_gives_no_ratio(percent: float) -> None:
    assert isnan(required_second_half_ratio(percent))


@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6))
def test_the_required_ratio_times_the_first_half_is_what_remains(value: float, plan: float) -> None:
    ratio = required_second_half_ratio(percent_of_annual_plan(value, plan))
    assert ratio * value == pytest.approx(remaining_to_plan(value, plan), rel=1e-6, abs=1e-6 * plan)


def test_a_contribution_is_the_change_in_percent_of_the_prior_total() -> None:
    assert contribution_pp(60.0, 50.0, 100.0) == 10.0
    assert contribution_pp(40.0, 50.0, 200.0) == -5.0


@pytest.mark.parametrize("total", [0.0, -10.0, nan])
def test_without_a_positive_prior_total_there_is_no_contribution(total: float) -> None:
    assert isnan(contribution_pp(60.0, 50.0, total))


def test_a_series_of_parts_against_one_total_gives_a_series() -> None:
    current, prior = pd.Series({"state": 30.0, "fdi": 80.0}), pd.Series({"state": 25.0, "fdi": 75.0})
    assert contribution_pp(current, prior, 100.0).to_dict() == {"state": 5.0, "fdi": 5.0}


@given(st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=6))
def test_contributions_of_all_parts_sum_to_the_growth_of_the_whole(parts: list[tuple[float, float]]) -> None:
    current, prior = np.array(parts).T
    points = contribution_pp(current, prior, prior.sum())
    assert points.sum() == pytest.approx(growth_pct(current.sum(), prior.sum()), rel=1e-6, abs=1e-6)
