from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display.percents import WHOLE, chart_growth, chart_plan

NAN = float("nan")


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def bar_traces(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def bar_set(figure):
    """Give the bars without their places: kind, length, text alternative of the hover box."""
    return {
        (trace.name, length, hover)
        for trace in bar_traces(figure)
        for length, hover in zip(trace.x, trace.hovertext or [""] * len(trace.x), strict=True)
    }


def past(**cells):
    row = {
        "indicator": "export_value",
        "breakdown": "total",
        "price_basis": "not_applicable",
        "share_low": 42.0,
        "share_high": 47.0,
        "share_median": 44.5,
        "years": 3,
        "reason": None,
    }
    return row | cells


@pytest.fixture
def expected():
    return pd.DataFrame([past(), past(indicator="import_value", years=2, share_low=NAN, share_high=NAN, share_median=NAN)])


def test_growth_of_the_reference_report_is_drawn_as_printed(reference):
    printed = traces(chart_growth(reference))["Số in trong báo cáo"]

    assert printed.x == (27.6, 6.5, 11.0, 12.5)
    assert printed.orientation == "h"
    assert printed.marker.pattern.shape == "/"


def test_printed_and_computed_growth_differ_in_pattern_not_only_in_colour(mixed):
    drawn = traces(chart_growth(mixed))

    assert drawn["Tính từ số liệu của hai kỳ"].x == (-5.0,)
    assert drawn["Tính từ số liệu của hai kỳ"].marker.pattern.shape is None
    assert drawn["Số in trong báo cáo"].marker.pattern.shape == "/"
    assert drawn["Chỉ tiêu bản thân là tốc độ tăng"].marker.pattern.shape == "."


def test_names_texts_title_and_subtitle_are_those_of_the_comparison(reference):
    figure = chart_growth(reference)

    assert figure.layout.title.text == "Tăng trưởng so với cùng kỳ năm trước"
    assert figure.layout.annotations[0].text == "Bắc Giang, 6 tháng đầu năm 2018"
    assert traces(figure)["names"].text == (
        "Giá trị sản xuất công nghiệp (giá hiện hành)",
        "Kim ngạch xuất khẩu",
        "Kim ngạch nhập khẩu",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ<br>tiêu dùng",
    )
    assert [text.strip() for text in traces(figure)["texts"].text] == ["27,6%", "6,5%", "11%", "12,5%"]


def test_the_text_alternative_says_every_figure(reference):
    assert chart_growth(reference).layout.meta["alt"] == (
        "Biểu đồ thanh. Tăng trưởng so với cùng kỳ năm trước, Bắc Giang, 6 tháng đầu năm 2018. "
        "Giá trị sản xuất công nghiệp (giá hiện hành): 27,6%; Kim ngạch xuất khẩu: 6,5%; Kim ngạch nhập khẩu: 11%; "
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng: 12,5%."
    )


def test_an_english_chart_is_english(reference):
    figure = chart_growth(reference, "en")

    assert figure.layout.separators == ".,"
    assert figure.layout.title.text == "Growth against the same<br>period of the prior year"
    assert [text.strip() for text in traces(figure)["texts"].text] == ["27.6%", "6.5%", "11%", "12.5%"]


def test_a_growth_rounded_to_a_whole_percent_has_a_whisker_and_a_finer_one_has_none(reference):
    error = traces(chart_growth(reference))["Số in trong báo cáo"].error_x

    assert error.array == (None, None, 0.5, None)
    assert error.arrayminus == (None, None, 0.5, None)


def test_a_qualified_growth_says_its_word_and_has_no_whisker(make, reference):
    rows = reference.assign(growth_qualifier=["trên", None, "gần", None])
    figure = chart_growth(rows)

    assert [text.strip() for text in traces(figure)["texts"].text][:3] == ["trên 27,6%", "6,5%", "gần 11%"]
    assert traces(figure)["Số in trong báo cáo"].error_x.array is None


def test_a_disputed_growth_shows_the_computed_one_as_a_diamond_with_both_figures(disputed):
    figure = chart_growth(disputed)
    drawn = traces(figure)

    assert drawn["Số in trong báo cáo"].x == (28.0,)
    assert drawn["Tính từ số liệu: không khớp số in"].x == (31.98021626420752,)
    assert drawn["Tính từ số liệu: không khớp số in"].marker.symbol == "diamond"
    assert drawn["texts"].text[0].strip() == "28% ◆ 32,0%"
    assert drawn["texts"].x == (31.98021626420752,)


def test_where_the_computed_growth_leads_the_printed_one_is_the_diamond(disputed):
    rows = disputed.assign(growth_origin="computed", growth_pct=31.98021626420752)
    drawn = traces(chart_growth(rows))

    assert drawn["Số in: không khớp số tính được"].x == (28.0,)
    assert drawn["texts"].text[0].strip() == "32,0% ◇ 28%"


def test_growths_that_agree_have_no_diamond(disputed):
    figure = chart_growth(disputed.assign(growth_verdict="cannot_tell"))

    assert not [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers"]


def test_the_hover_box_has_full_precision_and_the_source(disputed):
    hover = traces(chart_growth(disputed))["Số in trong báo cáo"].hovertext[0].split("<br>")

    assert hover == [
        "Giá trị sản xuất công nghiệp (giá hiện hành)",
        "Thực hiện: 315.145 tỷ đồng",
        "Tăng trưởng, số in: 28%",
        "Tăng trưởng, tính từ số liệu: 31,9802162642075%",
        "Cùng kỳ năm trước: 238.782 tỷ đồng",
        "Tình trạng: ước tính",
        "Công bố: 28/6/2024",
        "Nguồn: Báo cáo 6 tháng đầu năm 2024",
    ]


def test_rows_without_growth_keep_their_place_and_say_why_at_zero(mixed):
    texts = traces(chart_growth(mixed))["texts"]
    said = {text.strip().replace("<br>\u00a0", " ") for text in texts.text}

    assert len(texts.text) == 6
    assert "chưa có số liệu cùng kỳ năm trước" in said
    assert texts.x[3:] == (0.0, 0.0, 0.0)


def test_a_rate_is_drawn_by_its_own_value(mixed):
    figure = chart_growth(mixed)

    assert traces(figure)["Chỉ tiêu bản thân là tốc độ tăng"].x == (14.25,)
    assert traces(figure)["texts"].text[2].strip() == "14,25%"


def test_an_index_says_its_difference_in_points(make, mixed):
    rows = mixed[mixed["kind"] == "rate"].assign(kind="index")
    text = traces(chart_growth(rows))["texts"].text[0].replace("<br>\u00a0", " ").strip()

    assert text.endswith("; +2,1 điểm phần trăm")


def test_a_fall_is_written_left_of_its_bar(mixed):
    texts = traces(chart_growth(mixed))["texts"]

    assert (texts.x[1], texts.textposition[1], texts.text[1]) == (-5.0, "middle left", "-5,0%\u00a0")
    assert (texts.textposition[0], texts.text[0]) == ("middle right", "\u00a027,6%")
    assert texts.x[0] == pytest.approx(27.65)  # beyond the whisker


@pytest.mark.parametrize("chart", [chart_growth, chart_plan])
def test_a_comparison_without_rows_says_so(chart, nothing):
    for empty in (nothing, pd.DataFrame()):
        figure = chart(empty)

        assert figure.layout.annotations[0].text == "Không có số liệu cho kỳ này"
        assert not figure.data


@pytest.mark.parametrize("chart", [chart_growth, chart_plan])
@given(order=st.permutations(range(6)))
def test_the_order_of_rows_does_not_change_the_set_of_bars(chart, mixed, order):
    shuffled, straight = chart(mixed.iloc[order]), chart(mixed)

    assert bar_set(shuffled) == bar_set(straight)
    assert set(traces(shuffled)["names"].text) == set(traces(straight)["names"].text)
    assert shuffled.layout.height == straight.layout.height


@pytest.mark.parametrize("chart", [chart_growth, chart_plan])
def test_a_chart_is_the_same_each_time_and_leaves_its_input_alone(chart, mixed):
    before = mixed.copy(deep=True)

    assert chart(mixed).to_json() == chart(mixed).to_json()
    pd.testing.assert_frame_equal(mixed, before)


@pytest.mark.parametrize("chart", [chart_growth, chart_plan])
def test_hostile_names_are_text(chart, reference):
    hostile = '<img src=x onerror="alert(1)"> %{x} & <a href="javascript:alert(1)">a</a>'
    figure = chart(reference.assign(label_vi=hostile, source_title=hostile, area_vi=hostile))
    shown = [text for trace in figure.data for text in (*(trace.text or ()), *(trace.hovertext or ()))]
    shown += [note.text for note in figure.layout.annotations]

    assert shown
    assert not [text for text in shown if "<img" in text or "<a" in text]
    assert all(trace.hovertemplate is None for trace in figure.data)


@pytest.mark.parametrize("chart", [chart_growth, chart_plan])
def test_a_chart_of_the_headline_figures_is_small(chart, reference):
    assert len(chart(reference).to_json().encode()) < 15_000


def test_percents_of_plan_of_the_reference_report(reference):
    drawn = traces(chart_plan(reference))

    assert drawn["Số in trong báo cáo"].x == (45.9, 47.0)
    assert drawn["Tính theo kế hoạch hiện có"].x == (40.256410256410255, 40.0)
    assert [text.strip() for text in drawn["texts"].text] == ["45,9%", "40,3%", "40,0%", "47%"]


def test_an_implied_plan_has_the_whisker_of_its_printed_percent(reference):
    drawn = traces(chart_plan(reference))

    assert drawn["Số in trong báo cáo"].error_x.array == (None, 0.5)
    assert drawn["Tính theo kế hoạch hiện có"].error_x.array is None


def test_the_whole_plan_is_the_only_line(reference, expected):
    for figure in (chart_plan(reference), chart_plan(reference, expected=expected)):
        assert [(line.x0, line.x1, line.name) for line in figure.layout.shapes] == [(100, 100, "Kế hoạch cả năm (100%)")]


def test_nothing_is_red_or_green(reference, expected):
    text = chart_plan(reference, expected=expected).to_json().lower()

    assert not [color for color in ("red", "green", "#d62728", "#2ca02c") if f'"{color}"' in text]


def test_past_years_are_a_band_and_a_median_for_series_with_enough_of_them(reference, expected):
    drawn = traces(chart_plan(reference, expected=expected))
    band, median = drawn["Các năm trước: tỷ trọng cùng kỳ trong cả năm"], drawn["Trung vị của các tỷ trọng đó"]

    assert (band.base, band.x) == ((42.0,), (5.0,))
    assert median.x == (44.5,)
    assert band.y == median.y == (drawn["Tính theo kế hoạch hiện có"].y[0],)
    assert median.hovertext[0].endswith("<br>Các năm trước (3 năm): từ 42,0% đến 47,0%, trung vị 44,5%")


def test_series_without_enough_past_years_are_named_in_a_note(reference, expected):
    note = chart_plan(reference, expected=expected).layout.annotations[1].text.replace("<br>", " ")

    assert note == (
        "Tỷ trọng cùng kỳ các năm trước: chưa đủ số liệu đối với Giá trị sản xuất công nghiệp (giá hiện hành); "
        "Kim ngạch nhập khẩu; Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng."
    )


def test_without_past_years_there_is_no_band_and_the_note_says_so(reference):
    figure = chart_plan(reference)

    assert figure.layout.annotations[1].text == "Tỷ trọng cùng kỳ các năm trước: chưa đủ số liệu."
    assert "Trung vị của các tỷ trọng đó" not in traces(figure)


def test_a_series_without_a_percent_of_plan_is_not_said_to_lack_past_years(mixed):
    assert chart_plan(mixed).layout.annotations[1].text == "Tỷ trọng cùng kỳ các năm trước: chưa đủ số liệu."


def test_past_years_of_another_price_basis_do_not_count(reference):
    other = pd.DataFrame([past(price_basis="current")])

    assert "Trung vị của các tỷ trọng đó" not in traces(chart_plan(reference, expected=other))


def test_a_plan_just_missed_does_not_read_as_met(make, reference):
    missed = reference.iloc[[1]].assign(plan_pct=99.96, plan_computed_pct=99.96)

    assert traces(chart_plan(missed))["texts"].text[0].strip() == "99,96%"


def test_a_disputed_percent_of_plan_shows_both(reference):
    disputed = reference.iloc[[1]].assign(plan_printed_pct=41.3, plan_verdict="disagree")
    drawn = traces(chart_plan(disputed))

    assert drawn["Số in: không khớp số tính được"].x == (41.3,)
    assert drawn["texts"].text[0].strip() == "40,3% ◇ 41,3%"


def test_all_of_the_plan_and_every_text_is_in_the_range(reference):
    low, high = chart_plan(reference).layout.xaxis.range

    assert low == 0.0
    assert high > WHOLE
