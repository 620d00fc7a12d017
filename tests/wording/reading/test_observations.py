from __future__ import annotations

import pytest

import bcanalysis as bc
from bcanalysis.wording.reading.names import names_of
from bcanalysis.wording.reading.observations import proposed_observations
from bcanalysis.wording.reading.reader import read_statements

DATASET = bc.load()
NAMES = names_of(DATASET)


def proposals(text, **more):
    return proposed_observations(read_statements(text, NAMES), DATASET, "bao-cao-2018", "bac-giang", "2018-06-14", **more)


def test_a_statement_becomes_a_row_of_observations_with_the_report_as_source():
    [made] = proposals(
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt trên 66.148 tỷ đồng, bằng 127,6% so với cùng kỳ, vượt 1,5% kế hoạch."
    )

    assert made.row == {
        "area": "bac-giang",
        "indicator": "industrial_output",
        "breakdown": "total",
        "price_basis": "current",
        "period": "2018H1",
        "window_start": "2018-01-01",
        "window_end": "2018-06-30",
        "window_origin": "inferred",
        "value": "66148",
        "half_unit": "0.5",
        "printed": "66.148 tỷ đồng",
        "qualifier": "trên",
        "status": "estimate",
        "stated_on": "2018-06-14",
        "source": "bao-cao-2018",
        "missing": "",
        "growth_pct": "27.6",
        "growth_half_unit": "0.05",
        "growth_form": "index",
        "growth_qualifier": "",
        "plan_pct": "101.5",
        "plan_half_unit": "0.05",
        "plan_form": "excess",
        "plan_qualifier": "",
    }
    assert set(made.row) <= set(DATASET["observations"].columns)


@pytest.mark.parametrize(
    ("printed", "value", "half_unit"),
    [
        ("3,14 tỷ USD", "3140", "5"),
        ("3.140 triệu USD", "3140", "0.5"),
        ("3.140.000 nghìn USD", "3140", "0.0005"),
        ("3 tỷ 140 triệu USD", "3140", "0.5"),
    ],
)
def test_a_value_is_entered_in_the_unit_of_its_indicator(printed, value, half_unit):
    [made] = proposals(f"Năm 2018 kim ngạch xuất khẩu đạt {printed}.")

    assert (made.row["value"], made.row["half_unit"], made.row["printed"]) == (value, half_unit, printed)


@pytest.mark.parametrize(
    ("words", "indicator", "value"),
    [
        ("đã thực hiện xử lý 826 vụ vi phạm", "market_violations", "826"),
        ("thực hiện 20 cuộc kiểm tra", "inspection_rounds", "20"),
        ("thành lập 03 CCN", "new_industrial_clusters", "3"),
    ],
)
def test_things_are_counted_in_the_unit_that_their_name_begins_with(words, indicator, value):
    [made] = proposals(f"Năm 2018 {words}.")

    assert made.row is not None, made.reason
    assert (made.row["indicator"], made.row["value"], made.row["half_unit"]) == (indicator, value, "0.5")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Năm 2018 sản lượng mật ong đạt 12 tấn.", "no_indicator"),
        ("Kim ngạch xuất khẩu đạt 3.140 triệu USD.", "no_period"),
        ("Năm 2018 phấn đấu kim ngạch xuất khẩu đạt 7.800 triệu USD.", "plan"),
        ("Năm 2018 kim ngạch xuất khẩu đạt 72.000 tỷ đồng.", "unit"),
        ("Năm 2018 kim ngạch xuất khẩu bình quân đạt 620 triệu USD/tháng.", "unit"),
        ("Năm 2018 kim ngạch xuất khẩu tăng 200 triệu USD.", "nothing_to_enter"),
        ("Năm 2018 kim ngạch xuất khẩu tăng gấp 2 lần.", "ambiguous"),
        ("Năm 2018 kim ngạch xuất khẩu đạt 3140.5 triệu USD.", "ambiguous"),
        ("Năm 2018 kim ngạch xuất khẩu đạt tối đa 3.140 triệu USD.", "qualifier"),
        ("Năm 2018 GRDP đạt 76 nghìn tỷ đồng.", "no_indicator"),
        ("Năm 2018 kim ngạch xuất khẩu (không tính khu vực FDI) đạt 310 triệu USD.", "no_indicator"),
    ],
)
def test_what_cannot_be_entered_says_why(text, reason):
    [made] = proposals(text)

    assert (made.row, made.reason) == (None, reason)


@pytest.mark.parametrize(
    ("word", "known"), [("xấp xỉ", "khoảng"), ("ngót", "gần"), ("đúng", ""), ("vào khoảng", "khoảng"), ("hơn", "hơn")]
)
def test_words_before_a_number_are_entered_as_the_tables_know_them(word, known):
    [made] = proposals(f"Năm 2018 kim ngạch xuất khẩu đạt {word} 3.140 triệu USD.")

    assert made.row["qualifier"] == known


def test_what_is_ambiguous_beside_a_clear_value_leaves_the_value():
    [made] = proposals("Năm 2018 kim ngạch xuất khẩu đạt 3.140 triệu USD, tăng 2 lần.", status="reported")

    assert (made.row["value"], made.row["status"], "growth_pct" in made.row) == ("3140", "reported", False)


def test_a_growth_alone_has_no_value_on_file_and_says_that_it_was_not_printed():
    [made] = proposals("Kim ngạch xuất khẩu tăng trên 17% so với cùng kỳ.", period="2018H1")

    assert (made.row["missing"], made.row["growth_pct"], made.row["growth_half_unit"]) == ("not_printed", "17", "0.5")
    assert (made.row["growth_qualifier"], made.row["price_basis"], "value" in made.row) == ("trên", "not_applicable", False)


def test_a_rate_is_entered_as_its_growth():
    [made] = proposals("GRDP 6 tháng đầu năm 2024 tăng 14,14%.")

    assert (made.row["indicator"], made.row["value"], made.row["half_unit"], made.row["growth_pct"]) == (
        "grdp_growth",
        "14.14",
        "0.005",
        "14.14",
    )
