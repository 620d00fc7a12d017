from __future__ import annotations

import pandas as pd

from bcanalysis.display.headline import headline


def said(comparison: pd.DataFrame, lang: str = "vi") -> list[tuple[str, ...]]:
    return [tuple(figure.values()) for figure in headline(comparison, lang)]


def test_a_figure_is_said_as_printed_and_what_is_printed_or_an_estimate_is_marked(reference):
    assert headline(reference)[0] == {
        "label": "Giá trị sản xuất công nghiệp (giá hiện hành)",
        "value": "ước 66.148 tỷ đồng",
        "growth": "in +27,6%",
        "plan": "in 45,9% KH",
    }


def test_what_is_computed_has_no_mark(reference):
    assert said(reference)[1:3] == [
        ("Kim ngạch xuất khẩu", "ước 3.140 triệu USD", "in +6,5%", "40,3% KH"),
        ("Kim ngạch nhập khẩu", "ước 3.000 triệu USD", "in +11%", "40,0% KH"),
    ]


def test_the_first_four_rows_are_said_and_what_is_not_there_is_an_empty_text(mixed):
    assert said(mixed)[1:] == [
        ("Điện thương phẩm", "95 triệu kWh", "-5,0%", ""),
        ("Tốc độ tăng chỉ số sản xuất công nghiệp", "ước 14,25%", "+2,1 điểm phần trăm", ""),
        ("Số cụm công nghiệp thành lập mới", "3 cụm", "", ""),
    ]


def test_the_printed_word_stays_before_its_number_and_nothing_occurred_is_no_value(mixed):
    assert said(mixed.tail(2)) == [("Hồ sơ quá hạn", "", "", ""), ("Người dự mít tinh", "gần 3.000 người", "", "")]


def test_the_words_can_be_english(reference):
    assert said(reference, "en")[0] == (
        "Industrial output (current prices)",
        "est. 66,148 billion VND",
        "printed +27.6%",
        "printed 45.9% of plan",
    )


def test_a_frame_that_is_no_comparison_and_one_without_rows_have_no_headline(nothing):
    assert headline(nothing) == headline(pd.DataFrame({"value": [1.0]})) == []
