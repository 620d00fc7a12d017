from base64 import b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bcanalysis.documents.blocks import Chart
from bcanalysis.documents.pictures.data import chart_table, count_points, decoded


def texts(figure, lang="vi"):
    table = chart_table(Chart(figure, "Biểu đồ", "Mô tả."), lang)
    return [[column.title for column in table.columns], *([cell.text for cell in row] for row in table.rows)]


def test_a_table_of_a_chart_names_series_and_axes():
    figure = {
        "data": [
            {"name": "Xuất khẩu", "x": ["2017", "2018"], "y": [2948.4, 3140]},
            {"name": "Nhập khẩu", "x": ["2018"], "y": [3000]},
        ],
        "layout": {"xaxis": {"title": {"text": "Năm"}}, "yaxis": {"title": {"text": "Triệu USD"}}},
    }

    assert texts(figure) == [
        ["Dãy số liệu", "Năm", "Triệu USD"],
        ["Xuất khẩu", "2017", "2.948,4"],
        ["Xuất khẩu", "2018", "3.140"],
        ["Nhập khẩu", "2018", "3.000"],
    ]


def test_cells_hold_the_unrounded_numbers_and_show_them_short():
    cell = chart_table(Chart({"data": [{"y": [0.9177638020203416]}]})).rows[0][0]

    assert (cell.text, cell.value) == ("0,918", 0.9177638020203416)


def test_a_point_without_a_number_is_a_gap_and_no_zero():
    table = chart_table(Chart({"data": [{"x": ["a", "b", "c"], "y": [None, float("nan"), float("inf")]}]}))

    assert [(row[1].text, row[1].value) for row in table.rows] == [("·", None)] * 3


def test_helping_lines_and_axes_without_a_scale_are_left_out():
    figure = {
        "data": [
            {"name": "zero", "hoverinfo": "skip", "x": [0, 0], "y": [1, 2]},
            {"name": "Số in", "hoverinfo": "text", "hovertext": ["Kim ngạch &lt;xuất&gt;<br>Nguồn: A"], "x": [6.5], "y": [34.0]},
        ],
        "layout": {"xaxis": {"ticksuffix": "%"}, "yaxis": {"visible": False}},
    }

    assert texts(figure) == [["Dãy số liệu", "Nội dung", "x (%)"], ["Số in", "Kim ngạch <xuất>", "6,5"]]


def test_years_on_an_axis_have_no_separators():
    assert texts({"data": [{"x": [2018], "y": [24860]}], "layout": {"xaxis": {"tickformat": "d"}}}) == [
        ["x", "y"],
        ["2018", "24.860"],
    ]


def test_a_field_of_values_has_a_row_for_each_of_them():
    figure = {"data": [{"type": "heatmap", "x": ["T1", "T2"], "y": ["A"], "z": [[1, 2]]}]}

    assert texts(figure) == [["x", "y", "z"], ["T1", "A", "1"], ["T2", "A", "2"]]


def test_shares_of_a_pie_are_its_labels_and_values():
    assert texts({"data": [{"type": "pie", "labels": ["Nhà nước"], "values": [12.5]}]}, "en") == [
        ["labels", "values"],
        ["Nhà nước", "12.5"],
    ]


def test_only_the_first_300_points_are_listed_and_the_others_counted():
    table = chart_table(Chart({"data": [{"y": list(range(1000))}, {"y": [1, 2]}]}))

    assert len(table.rows) == 300
    assert table.note == "Còn 702 điểm số liệu không liệt kê ở đây."


def test_300_points_are_all_listed_without_a_word():
    assert chart_table(Chart({"data": [{"y": [1] * 300}]})).note == ""


def test_a_chart_without_points_says_what_it_shows():
    assert chart_table(Chart({"data": []}, "Biểu đồ", "Không có số liệu cho kỳ này.")).note == "Không có số liệu cho kỳ này."


@given(arrays(st.sampled_from(["<f8", "<f4", "<i4", "<u2", "|i1", "|u1"]), st.tuples(st.integers(0, 4), st.integers(1, 3))))
def test_packed_numbers_are_unpacked_as_they_were(numbers):
    packed = {
        "dtype": numbers.dtype.str[1:],
        "bdata": b64encode(numbers.tobytes()).decode(),
        "shape": "{}, {}".format(*numbers.shape),
    }

    assert np.array_equal(
        np.array(decoded(packed), dtype=numbers.dtype).reshape(numbers.shape), numbers, equal_nan=numbers.dtype.kind == "f"
    )


@pytest.mark.parametrize(("value", "values"), [([1, None], [1, None]), ((2,), [2]), (None, []), ("abc", []), (5, [])])
def test_what_is_not_packed_stays_and_what_is_no_list_is_empty(value, values):
    assert decoded(value) == values


def test_points_are_counted_by_the_longest_list_of_each_trace():
    assert count_points({"data": [{"x": [1, 2, 3], "y": [1]}, {"z": {"dtype": "i1", "bdata": "AQIDBA==", "shape": "2, 2"}}]}) == 7


def test_a_number_too_long_to_be_written_out_is_written_short():
    assert texts({"data": [{"y": [1e30, -2.5e-7]}]}) == [["y"], ["1e+30"], ["-0,00000025"]]
