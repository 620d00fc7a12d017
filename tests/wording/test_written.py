from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.wording.numbers import format_number
from bcanalysis.wording.written import folded, numbers_in, read_vietnamese

UNITS = ("đồng", "USD", "tấn", "đồng/suất", "m³")


def figures(text):
    return [(str(one.value), one.unit, one.name, one.scale) for one in numbers_in(text, UNITS) if one.kind == "figure"]


def others(text):
    return [(text[one.start : one.end], one.kind) for one in numbers_in(text, UNITS) if one.kind != "figure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("66.148 tỷ đồng", ("66148", "tỷ đồng", "đồng", 9)),
        ("6.981.038.000 đồng", ("6981038000", "đồng", "đồng", 0)),
        ("60.000.000 đ.", ("60000000", "đ", "đồng", 0)),
        ("3,14 TỶ USD", ("3.14", "TỶ USD", "usd", 9)),
        ("3,14 tỉ đô la Mỹ", ("3.14", "tỉ đô la Mỹ", "usd", 9)),
        ("16 nghìn 800 tỷ", ("16800", "tỷ", "", 9)),
        ("16,8 nghìn tỷ đồng", ("16.8", "nghìn tỷ đồng", "đồng", 12)),
        ("3 tỷ 140 triệu USD", ("3140", "triệu USD", "usd", 6)),
        ("22,4 triệu/doanh nghiệp", ("22.4", "triệu", "", 6)),
        ("300.000 đồng/suất", ("300000", "đồng/suất", "đồng/suất", 0)),
        ("-23,5%", ("-23.5", "%", "phần trăm", 0)),
        ("9,1 điểm phần trăm", ("9.1", "điểm phần trăm", "điểm phần trăm", 0)),
        ("5.000 m³", ("5000", "m³", "m³", 0)),
        ("2018 tấn", ("2018", "tấn", "tấn", 0)),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(text, expected):
    assert figures(text) == [expected]


def test_a_total_and_a_unit_with_a_digit_are_figures_and_the_number_of_a_document_is_none():
    units = ("vụ", "m3")
    found = numbers_in("Tổng số: 245 vụ, 5,6 triệu m3", units)

    assert [(one.kind, str(one.value), one.unit) for one in found] == [("figure", "245", "vụ"), ("figure", "5.6", "triệu m3")]
    assert [one.kind for one in numbers_in("Số: 132", units)] == ["document"]


def test_dates_documents_and_the_like_are_no_figures_and_the_longest_reading_wins():
    text = "2.1. Quyết định số 118/2015/QĐ-UBND ngày 03/4/2015; từ 1/7 đến 31/12/2018, 6 tháng đầu năm 2018, Điều 5, QH15"
    assert figures(text) == []
    assert others(text) == [
        ("2.1.", "heading"),
        ("Quyết định số 118/2015/QĐ-UBND", "document"),
        ("ngày 03/4/2015", "date"),
        ("từ 1/7", "date"),
        ("31/12/2018", "date"),
        ("6 tháng đầu năm 2018", "period"),
        ("Điều 5", "place"),
        ("QH15", "code"),
    ]


def test_a_ratio_is_no_date():
    assert figures("143/143 thủ tục") == [("143", "", "", 0)]


def test_what_a_share_is_of_is_a_figure_if_it_has_a_unit():
    assert figures("40/43 tấn") == [("40", "", "", 0), ("43", "tấn", "tấn", 0)]
    assert figures("24/3; 132/QĐ-BCT") == [("24", "", "", 0)]


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_what_is_printed_is_read_back(value):
    assert read_vietnamese(format_number(value, 2)) == Decimal(value)


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=12))
def test_what_can_be_read_has_dots_between_threes_and_one_comma(digits):
    sound = re.fullmatch(r"(\d+|\d{1,3}(\.\d{3})+)(,\d+)?", digits) is not None
    assert (read_vietnamese(digits) is not None) == sound


def test_words_are_the_same_in_any_case_and_tone_placement():
    assert [word for word, _, _ in folded("HOÀ, thuỷ")] == [word for word, _, _ in folded("hòa thủy")]
    assert [word for word, _, _ in folded("bán")] != [word for word, _, _ in folded("bàn")]
