"""Printed statements about a series taken together, on tiny tables whose intervals are worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.quality.conflicts import conflicts

ENDS = ["first_low", "first_high", "later_low", "later_high"]


def seen(tiny: Any, view: str, statements: list[dict[str, Any]], plans: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    return conflicts(tiny(statements, plans=plans or []), area="here", view=view)


def ends(found: pd.DataFrame) -> list[list[float]]:
    return found[ENDS].round(2).to_numpy().tolist()


# Sets of statements that cannot all be true

FIRST = {"period": "2016", "value": 101, "source": "paper"}
RAISED = {"period": "2017", "value": 151, "growth_pct": 25.0, "source": "paper-two"}  # on 120.8, not 101


def test_a_later_growth_tells_that_the_base_was_revised(tiny: Any) -> None:
    found = seen(tiny, "sets", [FIRST, RAISED])
    assert found[["period", "what", "class"]].to_numpy().tolist() == [["2016", "value", "revision"]]
    # 150.5 / 1.2505 to 151.5 / 1.2495
    assert ends(found) == [[100.5, 101.5, 120.35, 121.25]]
    assert found["first"][0][0]["sources"] == ("paper",)
    assert found["later"][0][0]["sources"] == ("paper-two",)


def test_a_growth_that_fits_its_base_is_no_conflict(tiny: Any) -> None:
    assert seen(tiny, "sets", [FIRST, RAISED | {"value": 126}]).empty


def test_of_one_source_it_is_a_contradiction(tiny: Any) -> None:
    found = seen(tiny, "sets", [FIRST, RAISED | {"source": "paper"}])
    assert found["class"].tolist() == ["contradiction"]


def test_what_holds_when_trailing_zeros_are_round_differs_by_rounding(tiny: Any) -> None:
    # 1500 as printed to the unit implies 1199.6 to 1200.4 for 2016; to the hundred, 1160 to 1240
    found = seen(tiny, "sets", [FIRST | {"value": 1203}, RAISED | {"value": 1500, "growth_half_unit": 0.0005}])
    assert found["class"].tolist() == ["rounding"]


def test_percents_of_two_plans_are_two_series_side_by_side(tiny: Any) -> None:
    parts = [
        {"period": "2020H1", "value": 40, "plan_pct": 50.0, "source": "paper"},
        {"period": "2020", "value": 90, "plan_pct": 180.0, "source": "paper-two"},
    ]
    found = seen(tiny, "sets", parts)
    assert found[["period", "what", "class"]].to_numpy().tolist() == [["2020", "plan", "different_series"]]
    # 39.5 / 50.05 % to 40.5 / 49.95 %; 89.5 / 180.05 % to 90.5 / 179.95 %
    assert ends(found) == [[78.92, 81.08, 49.71, 50.29]]


def test_a_plan_on_file_takes_part(tiny: Any) -> None:
    told = [{"period": "2020", "value": 103, "plan_pct": 105.0, "source": "paper"}]
    plans = [{"year": 2020, "value": 100, "valid_from": "2020-01-01"}]
    found = seen(tiny, "sets", told, plans)
    # 102.5 / 105.05 % to 103.5 / 104.95 %
    assert ends(found) == [[100, 100, 97.57, 98.62]]
    assert found["first"][0][0]["is_plan"]


BASE = {"period": "2017", "value": 101, "source": "office"}
GROW = {"year": 2018, "target_kind": "growth", "value": 15, "valid_from": "2018-01-01", "source": "province"}


def level(value: float) -> dict[str, Any]:
    return GROW | {"target_kind": "level", "value": value}


def test_a_plan_to_grow_and_the_planned_level_tell_the_base_that_was_taken(tiny: Any) -> None:
    found = seen(tiny, "sets", [BASE], [GROW, level(120)])
    assert found[["period", "what", "class"]].to_numpy().tolist() == [["2017", "value", "revision"]]
    # 120 / 1.155 to 120 / 1.145
    assert ends(found) == [[100.5, 101.5, 103.9, 104.8]]
    assert [(row["is_plan"], row["value"], row["growth_pct"]) for row in found["later"][0]] == [
        (True, pytest.approx(float("nan"), nan_ok=True), 15),
        (True, 120, pytest.approx(float("nan"), nan_ok=True)),
    ]


def test_a_plan_to_grow_that_fits_is_no_conflict_and_narrows_its_base(tiny: Any) -> None:
    assert seen(tiny, "sets", [BASE], [GROW, level(116)]).empty
    found = seen(tiny, "intervals", [BASE], [GROW, level(116)])
    # 116 / 1.145, below 101.5; 116 / 1.155 is below 100.5
    assert found[["period", "what", "origin"]].to_numpy().tolist() == [["2017", "value", "narrowed"], ["2018", "plan", "printed"]]
    assert found[["low", "high"]].round(2).to_numpy().tolist() == [[100.5, 101.31], [116, 116]]


def test_the_digits_of_a_plan_to_grow_are_taken_at_their_word(tiny: Any) -> None:
    found = seen(tiny, "intervals", [{"period": "2018H1", "value": 50}], [GROW | {"value": 15.25}, level(120)])
    # 120 / 1.15255 to 120 / 1.15245
    assert found[["period", "what", "origin"]].to_numpy().tolist()[0] == ["2017", "value", "implied"]
    assert found[["low", "high"]].round(3).to_numpy().tolist()[0] == [104.117, 104.126]


def test_a_percent_of_plan_speaks_against_a_plan_to_grow(tiny: Any) -> None:
    half = {"period": "2018H1", "value": 41, "plan_pct": 40.0, "source": "paper"}
    found = seen(tiny, "sets", [BASE, half], [GROW])
    assert found[["period", "what", "class"]].to_numpy().tolist() == [["2017", "value", "revision"]]
    # 40.5 / 40.05 % / 1.155 to 41.5 / 39.95 % / 1.145
    assert ends(found) == [[100.5, 101.5, 87.55, 90.72]]


def test_plans_to_grow_between_two_numbers_and_those_of_rates_bound_nothing(tiny: Any) -> None:
    assert seen(tiny, "sets", [BASE], [GROW | {"value_high": 16}, level(120)]).empty
    rate = {"indicator": "iip_growth", "price_basis": "not_applicable"}
    assert seen(tiny, "sets", [BASE | rate], [GROW | rate, level(120) | rate]).empty


def test_five_months_cannot_exceed_the_half_year(tiny: Any) -> None:
    months = {"period": "2018M01-M05", "window_start": "2018-01-01", "window_end": "2018-05-31", "value": 70, "source": "paper"}
    found = seen(tiny, "sets", [months, {"period": "2018H1", "value": 66, "source": "paper-two"}])
    assert len(found) == 1
    stock = {"indicator": "workers", "price_basis": "not_applicable"}  # people in May may be more than in June
    assert seen(tiny, "sets", [months | stock, {"period": "2018H1", "value": 66, "source": "paper-two"} | stock]).empty


def test_two_stated_bases_stay_two_series(tiny: Any) -> None:
    assert seen(tiny, "sets", [FIRST | {"price_basis": "constant_2010"}, RAISED]).empty


def test_a_basis_that_is_not_stated_is_read_on_the_usual_one_and_said_so(tiny: Any) -> None:
    found = seen(tiny, "sets", [FIRST | {"price_basis": "not_stated"}, RAISED])
    assert found[["price_basis", "same_basis_assumed"]].to_numpy().tolist() == [["current", True]]
    assert seen(tiny, "sets", [FIRST, RAISED])["same_basis_assumed"].tolist() == [False]


def test_pages_that_repeat_a_statement_are_one_with_several_sources(tiny: Any) -> None:
    found = seen(tiny, "sets", [FIRST, RAISED, RAISED | {"source": "office"}])
    assert [one["sources"] for one in found["later"][0]] == [("paper-two", "office")]


def test_vague_words_keep_one_end_or_none(tiny: Any) -> None:
    assert seen(tiny, "sets", [FIRST | {"qualifier": "trên"}, RAISED]).empty  # over 101 may be 121
    assert len(seen(tiny, "sets", [FIRST | {"qualifier": "gần"}, RAISED])) == 1  # nearly 101 may not
    assert seen(tiny, "sets", [FIRST | {"qualifier": "khoảng"}, RAISED]).empty


def test_a_whole_that_grows_less_than_each_of_its_parts_cannot_be(tiny: Any) -> None:
    part = {"period": "2018H1", "source": "paper", "breakdown": "state", "value": 50, "growth_pct": 25.0}  # on 40
    rows = [part, part | {"breakdown": "fdi"}, part | {"breakdown": "total", "value": 100, "growth_pct": 20.0}]  # on 83, not 80
    relation = "output = output[state] + output[fdi]"
    identity = {"code": "by_ownership", "relation": relation}
    found = conflicts(tiny(rows, identities=[identity]), area="here", view="sets")
    assert found[["period", "what", "class"]].to_numpy().tolist() == [["2017H1", "prior_sum", "contradiction"]]
    # 99.5 / 1.2005 to 100.5 / 1.1995; twice 49.5 / 1.2505 to 50.5 / 1.2495
    assert ends(found) == [[82.88, 83.78, 79.17, 80.83]]


# Months that are left


def test_a_june_far_off_the_months_before_is_told(tiny: Any) -> None:
    later = {"period": "2019M01-M05", "window_start": "2019-01-01", "window_end": "2019-05-31", "value": 130, "growth_pct": 30.0}
    rows = [{"period": "2018H1", "value": 105, "source": "paper"}, later | {"source": "paper-two"}]
    found = seen(tiny, "remainders", rows)
    assert found[["period", "within", "class"]].to_numpy().tolist() == [["2018M06", "2018H1", "revision"]]
    # five months of 2018: 129.5 / 1.3005 to 130.5 / 1.2995, 99.58 to 100.42; a month 19.92 to 20.08, June 4.08 to 5.92
    assert ends(found) == [[19.92, 20.08, 4.08, 5.92]]


def test_months_at_the_usual_pace_are_not_told(tiny: Any) -> None:
    assert seen(tiny, "remainders", [{"period": "2018H1", "value": 100}, {"period": "2018", "value": 220}]).empty


# The tightest interval


def told(found: pd.DataFrame) -> list[list[Any]]:
    return found[["period", "what", "low", "high", "origin"]].round(2).to_numpy().tolist()


def test_prior_and_plan_are_implied_by_what_is_printed(tiny: Any) -> None:
    found = seen(tiny, "intervals", [{"period": "2018H1", "value": 100, "growth_pct": 25.0, "plan_pct": 50.0}])
    assert told(found) == [
        ["2017H1", "value", 79.57, 80.43, "implied"],  # 99.5 / 1.2505 to 100.5 / 1.2495
        ["2018", "plan", 198.8, 201.2, "implied"],  # 99.5 / 50.05 % to 100.5 / 49.95 %
        ["2018H1", "value", 99.5, 100.5, "printed"],
    ]


def test_of_statements_that_contradict_each_other_the_later_one_gives_the_interval(tiny: Any) -> None:
    found = seen(tiny, "intervals", [FIRST, RAISED]).set_index("period")
    assert found.loc["2016", ["origin", "printed_low", "printed_high"]].tolist() == ["revised", 100.5, 101.5]
    assert found.loc["2016", ["low", "high"]].astype(float).round(2).tolist() == [120.35, 121.25]
    assert found.loc["2017", "origin"] == "printed"


def test_two_figures_narrow_each_other_through_a_growth(tiny: Any) -> None:
    rows = [FIRST | {"value": 100, "half_unit": 5}, RAISED | {"value": 125, "growth_half_unit": 0.0005}]
    found = told(seen(tiny, "intervals", rows))
    assert found[0] == ["2016", "value", 99.6, 100.4, "narrowed"]  # 124.5 / 1.25 to 125.5 / 1.25


def test_of_a_period_its_base_and_its_plan_are_shown(dataset: Dataset) -> None:
    found = conflicts(dataset, "2018H1", "bac-giang", "industrial_output", view="intervals")
    assert found[found["price_basis"] == "current"][["period", "what", "low", "high"]].round(1).to_numpy().tolist() == [
        ["2017H1", "value", 51819.4, 51860.8],
        ["2018", "plan", 143963.4, 144093.6],  # 159 296 at 110.6 % and 66 148 at 45.9 %
        ["2018H1", "value", 66147.5, 66148.5],
    ]


# Revisions


def test_a_growth_is_told_with_the_base_it_rests_on(tiny: Any) -> None:
    found = seen(tiny, "revisions", [FIRST, RAISED])
    assert found[["period", "origin", "rests_on"]].to_numpy().tolist() == [["2016", "implied", "revised"]]
    # 120.35 / 101.5 - 1 to 121.25 / 100.5 - 1
    assert found[["revision_low", "revision_high"]].round(1).to_numpy().tolist() == [[18.6, 20.6]]


def test_the_base_may_be_the_first_statement_or_the_latest(tiny: Any) -> None:
    latest = {"period": "2016", "value": 121, "source": "paper", "stated_on": "2017-05-01"}
    found = seen(tiny, "revisions", [FIRST | {"stated_on": "2016-12-31"}, latest, RAISED])
    assert found[["origin", "rests_on"]].to_numpy().tolist() == [["printed", ""], ["implied", "latest"]]
    fits_the_first = seen(tiny, "revisions", [FIRST, RAISED | {"value": 126}])
    assert fits_the_first["rests_on"].tolist() == ["first"]
    assert fits_the_first["revision_low"].isna().all()


def test_a_rate_is_revised_by_points(tiny: Any) -> None:
    rate = {"period": "2018", "indicator": "iip_growth", "price_basis": "not_applicable", "half_unit": 0.05}
    rows = [
        rate | {"value": 6.9, "growth_pct": 6.9, "stated_on": "2018-12-29", "source": "paper"},
        rate | {"value": 6.4, "growth_pct": 6.4, "stated_on": "2019-12-31", "source": "paper-two"},
    ]
    found = seen(tiny, "revisions", rows)
    assert found[["revision_low", "revision_high"]].round(2).to_numpy().tolist() == [[-0.6, -0.4]]


def test_a_later_statement_in_fewer_digits_is_no_revision(tiny: Any) -> None:
    coarse = {"period": "2016", "value": 130, "half_unit": 5, "source": "paper", "stated_on": "2017-05-01"}
    assert seen(tiny, "revisions", [FIRST | {"stated_on": "2016-12-31"}, coarse]).empty


def test_as_of_a_day_only_what_was_known_is_reconciled(tiny: Any) -> None:
    data = tiny([FIRST, RAISED])
    assert conflicts(data.known_on("2017-12-30"), area="here", view="sets").empty
    assert len(conflicts(data.known_on("2017-12-31"), area="here", view="sets")) == 1


def test_a_view_that_is_not_there_is_refused_with_the_nearest(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=r'conflicts: got view "set"; expected one of pairs, sets.*Did you mean "sets"\?'):
        conflicts(dataset, view="set")
