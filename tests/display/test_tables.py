from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display.tables import table, table_comparison
from bcanalysis.errors import UsageError

NAN = float("nan")


def plain(shown):
    """Give the cells as text, without the numbers of footnotes."""
    return [[" ".join(part for part in (cell.mark, cell.text) if part) for cell in row] for row in shown.rows]


def column(shown, title):
    return [row[[head.title for head in shown.columns].index(title)] for row in plain(shown)]


def noted(shown, row, place):
    return [shown.footnotes[number - 1] for number in shown.rows[row][place].notes]


def test_the_reference_report_as_a_table(reference):
    assert [row[:8] for row in plain(table_comparison(reference))] == [
        [
            "Giá trị sản xuất công nghiệp (giá hiện hành)",
            "tỷ đồng",
            "ước 66.148",
            "suy ra [51.819,4; 51.860,8]",
            "in 27,6",
            "...",
            "suy ra [143.955,4; 144.271,5]",
            "in 45,9",
        ],
        ["Kim ngạch xuất khẩu", "triệu USD", "ước 3.140", "suy ra [2.946,5; 2.950,2]", "in 6,5", "...", "7.800", "40,3"],
        ["Kim ngạch nhập khẩu", "triệu USD", "ước 3.000", "suy ra [2.690,1; 2.715,4]", "in 11", "...", "7.500", "40,0"],
        [
            "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
            "tỷ đồng",
            "ước 11.997",
            "suy ra [10.658,8; 10.669,2]",
            "in 12,5",
            "...",
            "suy ra [25.255,8; 25.801,1]",
            "in 47",
        ],
    ]


def test_title_and_headings(reference):
    shown = table_comparison(reference)

    assert shown.title == "Kết quả thực hiện các chỉ tiêu, Bắc Giang, 6 tháng đầu năm 2018"
    assert [head.title for head in shown.columns] == [
        "Chỉ tiêu",
        "ĐVT",
        "Thực hiện",
        "Cùng kỳ năm trước",
        "So cùng kỳ (%)",
        "Tính từ số liệu (%)",
        "Kế hoạch năm",
        "% kế hoạch",
        "Ghi chú",
    ]
    assert [head.numeric for head in shown.columns] == [False, False, True, True, True, True, True, True, False]


def test_the_note_explains_the_marks_that_occur(reference, make):
    assert table_comparison(reference).note == (
        "ước: số ước tính; in: số in trong nguồn, không tính lại; suy ra: khoảng suy ra từ các số đã in. "
        "Nguồn: Báo cáo số 132/BC-SCT (14/6/2018)"
    )


def test_the_note_names_each_source_once_and_nothing_where_none_is_known(make):
    plain_figure = {"value": 5.0, "half_unit": 0.5, "status": "final"}
    twice = make({**plain_figure, "source_title": "Trang A"}, {**plain_figure, "source_title": "Trang A"})

    assert table_comparison(make({**plain_figure, "source_title": None})).note == ""
    assert table_comparison(twice).note.count("Trang A") == 1


def test_a_disputed_growth_stands_beside_the_computed_one_with_the_verdict(disputed):
    row = table_comparison(disputed)

    assert plain(row)[0][2:6] == ["ước 315.145", "238.782", "in 28", "32,0 (không khớp)"]
    assert row.rows[0][5].value == 31.98021626420752


def test_a_computed_growth_has_as_many_decimals_as_the_printed_one(disputed):
    finer = disputed.assign(growth_printed_pct=22.58, growth_pct=22.58, growth_half_unit=0.005, growth_computed_pct=21.6216)

    assert plain(table_comparison(finer))[0][4:6] == ["in 22,58", "21,62 (không khớp)"]


def test_a_disputed_percent_of_plan_says_so_and_one_that_agrees_does_not(reference):
    exports = reference.iloc[[1]]

    assert column(table_comparison(exports.assign(plan_verdict="disagree")), "% kế hoạch") == ["40,3 (không khớp)"]
    assert column(table_comparison(exports), "% kế hoạch") == ["40,3"]


def test_a_plan_just_missed_does_not_read_as_met(reference):
    missed = reference.iloc[[1]].assign(plan_pct=99.96, plan_computed_pct=99.96)

    assert column(table_comparison(missed), "% kế hoạch") == ["99,96"]


def test_a_cell_without_a_number_has_a_symbol_and_says_why(mixed):
    shown = table_comparison(mixed)

    assert plain(shown)[3][3:8] == ["...", "...", "...", "...", "..."]
    assert noted(shown, 3, 3) == ["Chưa có số liệu cùng kỳ năm trước."]
    assert noted(shown, 3, 7) == ["Chưa có số liệu kế hoạch năm."]


def test_nothing_occurred_is_a_dash_and_growth_of_it_cannot_be_computed(mixed):
    shown = table_comparison(mixed)

    assert plain(shown)[4][2] == "-"
    assert noted(shown, 4, 2) == ["Không phát sinh."]
    assert plain(shown)[4][4] == "x"
    assert noted(shown, 4, 4) == ["Chưa có giá trị của kỳ báo cáo."]


def test_a_value_that_no_source_prints_is_not_an_unmarked_blank(make):
    shown = table_comparison(make({"missing": "not_printed", "growth_reason": "no_value"}))

    assert plain(shown)[0][2] == "·"
    assert noted(shown, 0, 2) == ["Nguồn không nêu giá trị."]


def test_a_rate_is_compared_in_points(mixed):
    shown = table_comparison(mixed)

    assert plain(shown)[2][2:6] == ["ước 14,25", "...", "+2,1 điểm %", "x"]
    assert noted(shown, 2, 5) == ["Chỉ tiêu là tốc độ tăng, chỉ số hoặc tỷ lệ, chỉ so sánh bằng điểm phần trăm."]


def test_a_qualifier_stands_before_its_number_in_the_language_of_the_page(mixed):
    assert column(table_comparison(mixed), "Thực hiện")[5] == "gần 3.000"
    assert column(table_comparison(mixed, "en"), "Achieved")[5] == "nearly 3,000"


def test_an_open_interval_is_said_in_words(reference):
    opened = reference.iloc[[0]].assign(plan_high=float("inf"))

    assert column(table_comparison(opened), "Kế hoạch năm") == ["suy ra từ 143.955,4 trở lên"]


def test_the_same_footnote_has_one_number(mixed):
    shown = table_comparison(mixed)

    assert len(set(shown.footnotes)) == len(shown.footnotes)
    assert shown.rows[0][5].notes == shown.rows[3][3].notes == (1,)


def test_every_number_of_a_footnote_has_a_footnote_and_none_is_idle(mixed):
    shown = table_comparison(mixed)
    used = {number for row in shown.rows for cell in row for number in cell.notes}

    assert used == set(range(1, len(shown.footnotes) + 1))


def test_the_notes_column_leads_to_the_notes_of_the_row(mixed):
    shown = table_comparison(mixed)

    assert noted(shown, 5, 8)[0].startswith("Nguồn chỉ nêu số gần đúng (gần 3.000 người)")


def test_part_and_price_basis_are_in_the_name(reference):
    part = reference.iloc[[0]].assign(breakdown="state", breakdown_vi="Kinh tế nhà nước")

    assert column(table_comparison(part), "Chỉ tiêu") == ["Giá trị sản xuất công nghiệp – Kinh tế nhà nước (giá hiện hành)"]


def test_a_level_on_file_keeps_its_own_digits(reference):
    rows = reference.iloc[[0, 0]].assign(prior=[24616.2, 100.0 / 3])

    assert column(table_comparison(rows), "Cùng kỳ năm trước") == ["24.616,2", "33"]


def test_a_comparison_without_rows_keeps_its_headings_and_says_so(nothing):
    for empty in (nothing, pd.DataFrame()):
        shown = table_comparison(empty)

        assert len(shown.columns) == 9
        assert shown.rows == ()
        assert shown.note == "Không có số liệu cho kỳ này"
        assert "Không có số liệu cho kỳ này" in shown._repr_html_()
        assert shown.to_frame().empty


@given(order=st.permutations(range(6)))
def test_the_order_of_rows_does_not_change_the_set_of_rows(mixed, order):
    def facts(rows):
        shown = table_comparison(rows)
        return {
            tuple((cell.mark, cell.text, frozenset(shown.footnotes[number - 1] for number in cell.notes)) for cell in row)
            for row in shown.rows
        }

    assert facts(mixed.iloc[order]) == facts(mixed)


def test_the_comparison_is_left_alone(mixed):
    before = mixed.copy(deep=True)

    table_comparison(mixed)

    pd.testing.assert_frame_equal(mixed, before)


def test_hostile_names_are_text(reference):
    hostile = "<script>alert(1)</script>"
    html = table_comparison(reference.assign(label_vi=hostile, unit_vi=hostile, note=hostile, printed=hostile))._repr_html_()

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_any_frame_has_its_headings_and_codes_in_words():
    frame = pd.DataFrame(
        {
            "relation": ["a = b"],
            "period": ["2018H1"],
            "verdict": ["violated"],
            "class": ["contradiction"],
            "missing": ["nil"],
            "growth_reason": ["no_prior"],
            "reason": ["too_few_years"],
            "status": ["estimate"],
        }
    )
    shown = table(frame, "Kiểm tra")

    assert [head.title for head in shown.columns] == [
        "Công thức",
        "Kỳ báo cáo",
        "Kết luận",
        "Loại khác biệt",
        "Lý do thiếu số liệu",
        "Lý do không tính được mức tăng, giảm",
        "Lý do",
        "Tính chất số liệu",
    ]
    assert plain(shown) == [
        [
            "a = b",
            "6 tháng đầu năm 2018",
            "không khớp",
            "mâu thuẫn",
            "không phát sinh",
            "chưa có số liệu cùng kỳ năm trước",
            "chưa đủ số liệu (cần ít nhất 3 năm)",
            "ước tính",
        ]
    ]


def test_numbers_of_any_frame_have_separators_and_years_have_none():
    frame = pd.DataFrame(
        {"year": [2018], "left": [6981038000.0], "growth_pct": [31.98264], "value_half_unit": [0.0005], "years": [4]}
    )

    assert plain(table(frame, "Số")) == [["2018", "6.981.038.000", "31,98", "0,0005", "4"]]
    assert plain(table(frame, "Số", "en")) == [["2018", "6,981,038,000", "31.98", "0.0005", "4"]]
    assert [head.numeric for head in table(frame, "Số").columns] == [False, True, True, True, True]


def test_ends_of_a_range_have_one_decimal_more_than_their_indicator():
    frame = pd.DataFrame({"prior_low": [51819.428], "ratio_low": [1.17897], "decimals": [0]})

    assert plain(table(frame, "Khoảng")) == [["51.819,4", "1,179"]]


def test_dates_flags_and_truths_of_any_frame_are_words():
    frame = pd.DataFrame(
        {
            "stated_on": ["2018-06-14", "2018-06", None],
            "window_end": pd.to_datetime(["2018-06-30", "2018-06-10", None]),
            "flags": [("conflict", "undated"), (), ("new_flag",)],
            "speaks": [True, False, True],
            "value": [1.0, NAN, float("inf")],
        }
    )

    assert plain(table(frame, "Ngày")) == [
        ["14/6/2018", "30/6/2018", "các nguồn công bố khác nhau; không rõ ngày công bố", "có", "1"],
        ["2018-06", "10/6/2018", "", "không", ""],
        ["", "", "new_flag", "có", "∞"],
    ]


def test_names_take_the_place_of_codes_in_one_language():
    frame = pd.DataFrame(
        {
            "indicator": ["export_value"],
            "label_vi": ["Kim ngạch xuất khẩu"],
            "label_en": ["Exports"],
            "unit_vi": ["triệu USD"],
            "unit_en": ["million USD"],
            "decimals": [0],
        }
    )

    assert plain(table(frame, "Tên")) == [["Kim ngạch xuất khẩu", "triệu USD"]]
    assert plain(table(frame, "Names", "en")) == [["Exports", "million USD"]]


def test_chosen_columns_stand_in_their_order():
    frame = pd.DataFrame({"value": [1.0], "label_vi": ["a"], "label_en": ["b"], "extra": ["c"]})

    assert plain(table(frame, "Chọn", columns=["label", "value"])) == [["a", "1"]]
    assert [head.title for head in table(frame, "Chọn", "en", columns=["extra", "label"]).columns] == ["extra", "Indicator"]


def test_an_unknown_column_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match=r'got column "valeu"; expected one of the frame\. Did you mean "value"\?'):
        table(pd.DataFrame({"value": [1.0]}), "Chọn", columns=["valeu"])


def test_a_frame_without_rows_says_so():
    shown = table(pd.DataFrame({"value": pd.Series([], dtype=float)}), "Trống")

    assert shown.note == "Không có dòng nào."
    assert shown.columns[0].numeric


def test_what_is_no_period_is_left_as_it_is():
    assert plain(table(pd.DataFrame({"period": ["*"]}), "Kỳ")) == [["*"]]


def test_a_qualifier_of_any_frame_is_in_the_language_of_the_page():
    frame = pd.DataFrame({"first_qualifier": ["over", None]})

    assert plain(table(frame, "Từ")) == [["trên"], [""]]
