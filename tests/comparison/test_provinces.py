"""Areas side by side: one row each, gaps that are named, and what makes two areas unlike."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.comparison.compare import COLUMNS, compare
from bcanalysis.comparison.provinces import across
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError

FIGURE = {"period": "2018H1", "value": 100}
THREE = [{**FIGURE, "area": "here"}, {**FIGURE, "area": "old", "value": 200}, {**FIGURE, "area": "new", "value": 300}]
ALL = ["here", "old", "new"]


def warnings(dataset: Dataset, period: str = "2018H1", areas: list[str] | None = ALL) -> dict[str, tuple[str, ...]]:
    rows = across(dataset, period, ["output"], areas)
    assert not rows["area"].duplicated().any()
    return dict(zip(rows["area"], rows["warnings"], strict=True))


def with_one_other(**other: Any) -> list[dict[str, Any]]:
    """Let the figure of `here` differ from those of two others."""
    return [{**THREE[0], **other}, *THREE[1:]]


def test_the_half_year_2024_across_the_areas_on_file(dataset: Dataset) -> None:
    rows = across(dataset, "2024H1", ["industrial_output", "grdp_growth"])

    assert rows[["indicator", "area", "value"]].dropna().to_numpy().tolist() == [
        ["grdp_growth", "bac-giang", 14.4],
        ["grdp_growth", "ha-giang", 5.66],
        ["grdp_growth", "hai-duong", 10.0],
        ["grdp_growth", "lang-son", 4.72],
        ["grdp_growth", "thai-nguyen", 6.03],
        ["industrial_output", "bac-giang", 315145.0],
        ["industrial_output", "thai-nguyen", 424000.0],
    ]
    of = rows.set_index(["indicator", "area"])
    assert of.loc[("grdp_growth", "lang-son"), "warnings"] == ("other_source_rank",)
    assert of.loc[("industrial_output", "thai-nguyen"), "warnings"] == ("other_basis", "other_status")
    assert of.loc[("industrial_output", "bac-giang"), "warnings"] == ()
    assert of.loc[("industrial_output", "bac-ninh"), "warnings"] == ("not_on_file",)


def test_a_row_is_that_of_the_comparison_of_its_area(dataset: Dataset) -> None:
    rows = across(dataset, "2024H1", ["retail_sales"], ["bac-giang"])
    alone = compare(dataset, "2024H1", "bac-giang", indicators=["retail_sales"])

    assert list(rows.columns) == [*COLUMNS, "rank", "warnings"]
    pd.testing.assert_frame_equal(rows[COLUMNS], alone, check_dtype=False)


def test_areas_that_are_alike_have_no_remark(tiny) -> None:
    assert warnings(tiny(THREE[:2]), areas=["here", "old"]) == {"here": (), "old": ()}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"price_basis": "constant_2010"}, "other_basis"),
        ({"price_basis": "not_stated"}, "other_basis"),
        ({"window_end": "2018-06-15"}, "other_window"),
        ({"window_start": "2017-12-15"}, "other_window"),
        ({"status": "estimate"}, "other_status"),
        ({"source": "paper"}, "other_source_rank"),
    ],
)
def test_what_is_unlike_most_areas_is_marked_and_the_others_are_not(tiny, other: dict[str, str], code: str) -> None:
    found = warnings(tiny(with_one_other(**other)))

    assert found["here"] == (code,)
    assert found["old"] == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"price_basis": "current"}, {"price_basis": "constant_2010"}),
        ({}, {"window_end": "2018-06-15"}),
        ({"status": "estimate"}, {"status": "reported"}),
        ({"source": "office"}, {"source": "paper"}),
    ],
)
def test_of_two_that_are_equally_common_the_first_in_the_tables_leads(tiny, first: dict, second: dict) -> None:
    led = warnings(tiny([{**THREE[0], **second}, {**THREE[1], **first}]), areas=["here", "old"])

    assert led["old"] == ()
    assert len(led["here"]) == 1


def test_a_basis_that_is_not_stated_is_like_no_other_one_however_common(tiny) -> None:
    found = warnings(tiny([{**row, "price_basis": "not_stated"} for row in THREE[:2]]), areas=["here", "old"])

    assert found == {"here": ("other_basis",), "old": ("other_basis",)}


def test_an_indicator_is_judged_by_its_own_rows(tiny) -> None:
    exports = [{**row, "indicator": "exports", "price_basis": "not_applicable"} for row in THREE[:2]]
    rows = across(tiny([*THREE[:2], *exports]), "2018H1", ["exports", "output"], ["here", "old"])

    assert rows["indicator"].tolist() == ["output", "output", "exports", "exports"]
    assert rows["warnings"].tolist() == [()] * 4


def test_what_is_common_for_one_indicator_says_nothing_of_another(tiny) -> None:
    output = [{**THREE[0], "status": "reported"}, {**THREE[1], "status": "estimate"}]
    exports = [{**row, "indicator": "exports", "status": "reported"} for row in THREE[:2]]
    rows = across(tiny([*output, *exports]), "2018H1", ["exports", "output"], ["here", "old", "here"])

    assert rows["area"].tolist() == ["here", "old"] * 2
    assert rows["warnings"].tolist() == [("other_status",), (), (), ()]


@pytest.mark.parametrize(
    ("period", "changed"),
    [
        ("2018H1", {"new"}),  # it is not there yet
        ("2025H1", {"new"}),
        ("2025", {"old", "new"}),  # one ended and the other began on 1 July 2025
        ("2025H2", {"old", "new"}),
        ("2026H1", {"old", "new"}),  # the first half of 2025 was that of the old one
        ("2026H2", {"old"}),
        ("2027H1", {"old"}),
    ],
)
def test_a_merger_marks_the_areas_whose_borders_changed(tiny, period: str, changed: set[str]) -> None:
    found = warnings(tiny([{**row, "period": period} for row in THREE]), period)

    assert {area for area, codes in found.items() if "territory_changed" in codes} == changed


@pytest.mark.parametrize(("period", "areas"), [("2018H1", ["here", "old"]), ("2025", ALL), ("2026H1", ["here", "new"])])
def test_by_default_the_areas_are_those_on_file_that_existed_in_the_period(tiny, period: str, areas: list[str]) -> None:
    found = warnings(tiny([{**row, "period": "2020"} for row in THREE]), period, None)

    assert sorted(found) == sorted(areas)
    assert all("not_on_file" in codes for codes in found.values())


def test_an_area_without_a_figure_has_a_gap_and_no_zero(tiny) -> None:
    row = across(tiny(THREE[:1]), "2018H1", ["output"], ["old"]).iloc[0]

    assert row["warnings"] == ("not_on_file",)
    assert isnan(row["value"])
    assert isnan(row["growth_pct"])
    assert (row["growth_reason"], row["plan_reason"], row["flags"], row["area_vi"], row["label_vi"], row["unit_vi"]) == (
        "no_value", "no_value", (), "Tỉnh cũ", "Giá trị sản xuất", "tỷ đồng",
    )  # fmt: skip


def test_a_figure_that_is_said_to_be_missing_is_a_gap_too(tiny) -> None:
    row = across(tiny([{"period": "2018H1", "missing": "not_collected"}]), "2018H1", ["output"], ["here"]).iloc[0]

    assert row["warnings"] == ("not_on_file",)


def test_two_price_bases_of_an_area_are_two_rows_and_parts_are_none(tiny) -> None:
    rows = across(
        tiny([FIGURE, {**FIGURE, "price_basis": "constant_2010"}, {**FIGURE, "breakdown": "state"}]), "2018H1", ["output"], ["here"]
    )

    assert rows["price_basis"].tolist() == ["current", "constant_2010"]
    assert rows["warnings"].tolist() == [(), ("other_basis",)]


def test_of_nothing_asked_for_there_is_an_empty_table(tiny) -> None:
    for rows in (across(tiny(THREE), "2018H1", []), across(tiny(), "2018H1", ["output"])):
        assert rows.empty
        assert list(rows.columns) == [*COLUMNS, "rank", "warnings"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"period": "2018H3"}, "period: got"),
        ({"indicators": ["outputs"]}, "outputs"),
        ({"areas": ["nowhere"]}, "nowhere"),
    ],
)
def test_what_is_unknown_is_refused(tiny, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        across(tiny(), **{"period": "2018H1", "indicators": ["output"], "areas": ["here"], **asked})


FEW = settings(max_examples=settings().max_examples // 5)  # each example compares several times
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "value": st.integers(1, 900),
            "price_basis": st.sampled_from(["current", "constant_2010", "not_stated"]),
            "status": st.sampled_from(["estimate", "reported", "unknown"]),
            "source": st.sampled_from(["office", "department", "paper"]),
            "window_end": st.sampled_from(["2018-06-30", "2018-06-14", "2018-05-31"]),
        }
    ),
    min_size=3,
    max_size=3,
)


@FEW
@given(rows=ROWS, order=st.permutations(range(3)), scale=st.sampled_from([1, 10, 1000]))
def test_neither_the_order_of_the_rows_nor_the_size_of_the_figures_changes_a_warning(
    tiny_in, tmp_path_factory, rows: list, order: list[int], scale: int
) -> None:
    tiny = tiny_in(tmp_path_factory.getbasetemp())
    figures = [{**FIGURE, **row, "area": area} for row, area in zip(rows, ALL, strict=True)]
    moved = [{**figures[place], "value": figures[place]["value"] * scale} for place in order]

    assert warnings(tiny(moved), areas=ALL[::-1]) == warnings(tiny(figures))


@FEW
@given(rows=ROWS)
def test_not_every_area_is_unlike_most_unless_nobody_states_a_basis(tiny_in, tmp_path_factory, rows: list) -> None:
    tiny = tiny_in(tmp_path_factory.getbasetemp())
    found = warnings(tiny([{**FIGURE, **row, "area": area} for row, area in zip(rows, ALL, strict=True)]))

    for code in ("other_window", "other_status", "other_source_rank"):
        assert any(code not in codes for codes in found.values())
