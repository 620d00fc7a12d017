"""Statements of publications in the cells of a table: the figure with its percents, when and by whom, and what follows from it."""

from __future__ import annotations

from typing import Any

import pytest

import bcanalysis as bc
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display import statements

STATEMENT: dict[str, Any] = {
    "period": "2016", "value": 75231.0, "qualifier": "", "growth_pct": 26.8, "growth_half_unit": 0.05, "growth_qualifier": "",
    "plan_pct": 110.6, "plan_half_unit": 0.05, "plan_qualifier": "", "stated_on": "", "is_plan": False, "titles": ("ARIT",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "lang", "words"),
    [
        ({}, "vi", "75.231, +26,8% so với cùng kỳ, bằng 110,6% kế hoạch (năm 2016; ARIT; không ghi ngày)"),
        ({}, "en", "75,231, +26.8% on the prior year, 110.6% of the plan (2016; ARIT; undated)"),
        ({"growth_pct": None, "plan_pct": None, "qualifier": "trên"}, "vi", "trên 75.231 (năm 2016; ARIT; không ghi ngày)"),
        ({"plan_pct": None, "stated_on": "2017-01-05"}, "vi", "75.231, +26,8% so với cùng kỳ (năm 2016; ARIT; 05/01/2017)"),
        ({"plan_pct": None, "growth_pct": -8.8}, "vi", "75.231, -8,8% so với cùng kỳ (năm 2016; ARIT; không ghi ngày)"),
        ({"value": 6.9, "growth_pct": 6.9, "plan_pct": None}, "vi", "6,9 (năm 2016; ARIT; không ghi ngày)"),  # itself a growth
        ({"is_plan": True, "growth_pct": None, "plan_pct": None}, "vi", "kế hoạch 75.231 (năm 2016; ARIT)"),
        ({"value": float("nan"), "plan_pct": None}, "vi", "+26,8% so với cùng kỳ (năm 2016; ARIT; không ghi ngày)"),
        ({"plan_pct": None, "growth_pct": None, "titles": ("A", "B")}, "vi", "75.231 (năm 2016; A; B; không ghi ngày)"),
    ],
)
def test_a_statement_says_its_figures_its_day_and_its_sources(changed: dict[str, Any], lang: str, words: str) -> None:
    assert statements.statement_text({**STATEMENT, **changed}, 0, lang) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (9493.5, 9506.5, "[9.493,5; 9.506,5]"),
        (0.0, 4760.0, "không quá 4.760,0"),
        (5514.8, float("inf"), "từ 5.514,8 trở lên"),
        (0.0, float("inf"), ""),
        (665760.0, 665760.0, ""),  # one number that stands beside it
        (float("nan"), float("nan"), ""),
        (-8.85, -8.75, "[-8,9; -8,8]"),
    ],
)
def test_an_interval_is_said_as_far_as_it_is_known(low: float, high: float, words: str) -> None:
    assert statements.interval_text(low, high, 1, "vi") == words


def test_percents_of_two_plans_are_called_so(dataset: Dataset) -> None:
    found = bc.conflicts(dataset, "2020", "bac-giang", "export_value", view="sets")
    (row,) = bc.table(found, "sets", "en").to_frame().to_numpy().tolist()
    assert row[0] == "Export value: annual plan"
    assert row[3].startswith("[9,493.5; 9,506.5]: 7,657, 80.6% of the plan (")
    assert row[4].startswith("[6,501.5; 6,598.2]: 11,200, 171% of the plan (")
    assert row[5] == "two different plans"


def test_a_plan_to_grow_says_so(tiny: Any) -> None:
    told = [{"period": "2017", "value": 101}]
    grow = {"year": 2018, "target_kind": "growth", "value": 15, "valid_from": "2018-01-01"}
    found = bc.conflicts(tiny(told, plans=[grow, grow | {"target_kind": "level", "value": 120}]), area="here", view="sets")
    (vietnamese,) = bc.table(found, "sets", "vi").to_frame().to_numpy().tolist()
    (english,) = bc.table(found, "sets", "en").to_frame().to_numpy().tolist()
    assert "[103,9; 104,8]: kế hoạch +15% so với cùng kỳ (năm 2018; Niên giám); kế hoạch 120 (năm 2018; Niên giám)" in vietnamese
    assert "[103.9; 104.8]: plan +15% on the prior year (2018; Niên giám); plan 120 (2018; Niên giám)" in english


def test_a_class_says_what_it_takes_for_granted(dataset: Dataset) -> None:
    found = bc.conflicts(dataset, "2018", "bac-giang", "industrial_output", view="sets")
    told = {row[0] + row[5] for row in bc.table(found, "sets", "en").to_frame().to_numpy().tolist()}
    assert "Industrial output value (current prices)revision, if on one price basis" in told


def test_only_intervals_that_say_more_than_the_print_are_shown(dataset: Dataset) -> None:
    found = bc.conflicts(dataset, "2018H1", "bac-giang", "export_value", view="intervals")
    assert found[["period", "what", "origin"]].to_numpy().tolist() == [
        ["2017H1", "value", "implied"],
        ["2018", "plan", "printed"],  # on file
        ["2018H1", "value", "printed"],
    ]
    (row,) = bc.table(found, "intervals", "vi").to_frame().to_numpy().tolist()
    assert row[1:4] == ["6 tháng đầu năm 2017", "triệu USD", "[2.946,5; 2.950,2]"]


def test_a_revision_is_percent_of_a_level_and_points_of_a_rate(dataset: Dataset) -> None:
    exports = bc.conflicts(dataset, "2024H1", "bac-giang", "export_value", view="revisions")
    (row,) = bc.table(exports, "revisions", "vi").to_frame().to_numpy().tolist()
    # 10 237.8 / 10 365 to 10 320.2 / 10 355
    assert row[-2:] == ["[-1,2; -0,3] %", "số đã điều chỉnh, không có trong dữ liệu"]
    grdp = bc.conflicts(dataset, "2021", "bac-ninh", "grdp_growth", view="revisions")
    told = bc.table(grdp, "revisions", "en").to_frame()
    assert [text for text in told["Size of the revision"] if "percentage points" in text]
