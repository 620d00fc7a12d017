"""The chart and the tables of the second half, and of areas side by side."""

import pandas as pd
import pytest

from bcanalysis.display.charts import chart
from bcanalysis.display.headline import headline
from bcanalysis.display.tables import table

NAN = float("nan")
EXPORTS = {
    "area": "bac-giang", "area_vi": "Bắc Giang", "area_en": "Bắc Giang", "period": "2018H1",
    "indicator": "export_value", "breakdown": "total", "price_basis": "not_applicable", "price_basis_vi": "không áp dụng",
    "label_vi": "Kim ngạch xuất khẩu", "label_en": "Export value", "breakdown_vi": "", "breakdown_en": "",
    "unit_vi": "triệu USD", "unit_en": "million USD", "decimals": 0, "value": 3140.0,
    "remaining_low": 4660.0, "remaining_high": 4660.0, "ratio_low": 1.4783, "ratio_high": 1.4845,
    "done_a_month": 3140 / 6, "needed_a_month_low": 4660 / 6, "needed_a_month_high": 4660 / 6,
    "past_period": "2017H2", "past_low": NAN, "past_high": NAN, "past_origin": None, "past_reason": "no_second_half",
    "growth_low": NAN, "growth_high": NAN, "past_years": 0, "past_ratio_low": NAN, "past_ratio_high": NAN,
    "scenario_reason": "too_few_years", "year_low": NAN, "year_high": NAN, "year_pct_low": NAN, "year_pct_high": NAN,
}  # fmt: skip
PAST = {
    "past_low": 3900.5, "past_high": 3901.5, "past_origin": "two_sources", "past_reason": None, "growth_low": 19.44,
    "growth_high": 19.47, "past_years": 3, "past_ratio_low": 1.1, "past_ratio_high": 1.6, "scenario_reason": None,
    "year_low": 6593.0, "year_high": 8165.3, "year_pct_low": 84.5, "year_pct_high": 104.7,
}  # fmt: skip
MET = {**EXPORTS, "label_vi": "Bán lẻ", "remaining_low": 0.0, "remaining_high": 0.0, "ratio_low": 0.0, "ratio_high": 0.0,
       "needed_a_month_low": 0.0, "needed_a_month_high": 0.0}  # fmt: skip
OPEN = {**EXPORTS, "label_vi": "Nhập khẩu", "ratio_low": NAN, "ratio_high": NAN}


def frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def cells(name: str, *rows: dict, lang: str = "vi") -> list[dict[str, str]]:
    made = table(frame(*rows), name, lang)
    return [dict(zip([column.title for column in made.columns], [cell.text for cell in row], strict=True)) for row in made.rows]


def trace(figure, name: str):
    (found,) = [one for one in figure.data if one.name == name]
    return found


# The chart


def test_a_bar_goes_to_the_middle_of_the_ratio_and_says_its_ends():
    figure = chart(frame(EXPORTS), "second_half")

    assert trace(figure, "Cần đạt để hoàn thành kế hoạch năm").x == (pytest.approx((1.4783 + 1.4845) / 2),)
    assert trace(figure, "texts").text == ("\u00a0[1,478; 1,485]",)  # two decimals would not tell the ends apart
    assert figure.layout.meta["alt"] == (
        "Biểu đồ thanh. 6 tháng cuối năm phải bằng mấy lần 6 tháng đầu năm, Bắc Giang, 6 tháng đầu năm 2018. "
        "Kim ngạch xuất khẩu: [1,478; 1,485]. 6 tháng cuối năm của các năm trước: chưa đủ ba năm số liệu."
    )


def test_past_years_are_a_band_where_there_are_three_of_them_and_the_others_are_named():
    figure = chart(frame({**EXPORTS, **PAST}, {**EXPORTS, "label_en": "Imports"}), "second_half", "en")
    band = trace(figure, "Past years: from the lowest to the highest")

    assert band.base == (1.1,)
    assert band.x == (pytest.approx(0.5),)
    assert "Export value: [1.478; 1.485] (Past years (3): [1.10; 1.60]);" in figure.layout.meta["alt"]
    assert figure.layout.meta["alt"].endswith("Second halves of past years: fewer than three on file for Imports.")


def test_a_plan_that_is_met_and_a_ratio_that_is_open_say_so():
    figure = chart(frame(MET, OPEN), "second_half")

    assert trace(figure, "texts").text == ("\u00a0đã đạt", "\u00a0chưa xác định được")
    assert len(trace(figure, "Cần đạt để hoàn thành kế hoạch năm").x) == 1


def test_without_a_plan_the_chart_says_that_there_is_none():
    figure = chart(frame(EXPORTS).iloc[:0], "second_half", "en")

    assert len(figure.data) == 0
    assert figure.layout.meta["alt"].endswith("No figure of a first half has an annual plan")


# The tables


def test_the_table_of_the_second_half_says_what_is_left_in_all_and_a_month():
    exports, met = cells("second_half", EXPORTS, MET)

    assert exports == {
        "Chỉ tiêu": "Kim ngạch xuất khẩu",
        "ĐVT": "triệu USD",
        "6 tháng đầu năm": "3.140",
        "Còn phải thực hiện": "4.660",
        "Bằng mấy lần 6 tháng đầu năm": "[1,478; 1,485]",
        "Đã làm bình quân một tháng": "523,3",
        "Cần làm bình quân một tháng": "776,7",
    }
    assert (met["Còn phải thực hiện"], met["Cần làm bình quân một tháng"]) == ("đã đạt", "đã đạt")


def test_the_table_of_past_years_gives_ranges_or_reasons():
    known, unknown = cells("past_halves", {**EXPORTS, **PAST}, EXPORTS)

    assert list(known.values())[2:] == [
        "[3.900,5; 3.901,5]", "cả năm trừ nửa đầu năm, hai nguồn", "[19,4; 19,5]", "[1,10; 1,60]", "[6.593,0; 8.165,3]",
        "[84,5; 104,7]",
    ]  # fmt: skip
    assert list(unknown.values())[2:] == [
        "chưa có đủ số liệu nửa đầu năm và cả năm của năm trước", "", "", "chưa đủ số liệu (cần ít nhất 3 năm)", "", "",
    ]  # fmt: skip


# Areas side by side

FIGURE = {
    **EXPORTS, "half_unit": 0.5, "qualifier": None, "status": "estimate", "kind": "flow",
    "growth_pct": 6.5, "growth_origin": "printed", "growth_printed_pct": 6.5, "growth_half_unit": 0.05, "growth_qualifier": None,
    "growth_computed_pct": NAN, "growth_verdict": None, "growth_reason": "no_prior", "difference_pp": NAN,
    "plan_pct": NAN, "plan_origin": None, "plan_printed_pct": NAN, "plan_half_unit": NAN, "plan_qualifier": None,
    "plan_computed_pct": NAN, "plan": NAN, "plan_low": NAN, "plan_high": NAN, "prior": NAN, "prior_low": NAN, "prior_high": NAN,
    "stated_on": "2018-06-14", "source": "sct", "source_title": "Báo cáo", "warnings": (),
}  # fmt: skip
OTHER = {**FIGURE, "area": "lang-son", "area_vi": "Lạng Sơn", "area_en": "Lạng Sơn", "warnings": ("other_basis", "other_status")}
RATE = {
    **OTHER, "label_vi": "GRDP", "unit_vi": "%", "value": 5.5, "half_unit": 0.05, "kind": "rate", "growth_pct": NAN,
    "growth_reason": "rate", "difference_pp": 0.4, "warnings": (),
}  # fmt: skip
GAP = {**OTHER, "area": "bac-ninh", "area_vi": "Bắc Ninh", "area_en": "Bắc Ninh", "value": NAN, "warnings": ("not_on_file",)}


def test_areas_stand_side_by_side_with_their_remarks_and_without_gaps():
    rows = cells("provinces", FIGURE, OTHER, GAP)

    assert [(row["Địa phương"], row["Thực hiện"], row["Tăng, giảm so với cùng kỳ"]) for row in rows] == [
        ("Bắc Giang", "3.140 triệu USD", "6,5%"),
        ("Lạng Sơn", "3.140 triệu USD", "6,5%"),
    ]
    assert [row["Khác với phần lớn địa phương"] for row in rows] == ["", "khác hoặc không rõ cơ sở giá; khác tính chất số liệu"]


def test_a_rate_is_compared_in_points_and_a_missing_growth_says_why():
    rate, none = cells("provinces", RATE, {**FIGURE, "growth_pct": NAN})

    assert (rate["Thực hiện"], rate["Tăng, giảm so với cùng kỳ"]) == ("5,5%", "+0,4 điểm phần trăm")
    assert none["Tăng, giảm so với cùng kỳ"] == "chưa có số liệu cùng kỳ năm trước"


def test_coverage_counts_areas_not_rows_and_names_those_without_a_figure():
    second_basis = {**FIGURE, "price_basis": "current", "price_basis_vi": "giá thực tế"}

    (row,) = cells("coverage", FIGURE, second_basis, OTHER, GAP)

    assert row == {"Chỉ tiêu": "Kim ngạch xuất khẩu", "Số địa phương có số liệu": "2/3", "Chưa có số liệu": "Bắc Ninh"}


def test_a_chart_of_several_areas_names_them_and_one_of_one_area_does_not():
    several, one = chart(frame(FIGURE, OTHER), "growth"), chart(frame(FIGURE), "growth")

    assert trace(several, "names").text == ("Bắc Giang: Kim ngạch xuất khẩu", "Lạng Sơn: Kim ngạch xuất khẩu")
    assert trace(one, "names").text == ("Kim ngạch xuất khẩu",)
    assert [figure["label"] for figure in headline(frame(FIGURE, OTHER))] == [
        "Bắc Giang: Kim ngạch xuất khẩu", "Lạng Sơn: Kim ngạch xuất khẩu",
    ]  # fmt: skip


def test_statuses_say_how_far_each_figure_has_come():
    (row,) = cells("statuses", {**FIGURE, "status": "registered", "value": 5.0, "unit_vi": "tập thể"})

    assert row["Số liệu"] == "5 tập thể"
    assert row["Tính chất số liệu"] == "đăng ký"
