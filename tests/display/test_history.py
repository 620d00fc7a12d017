from __future__ import annotations

import pandas as pd
import pytest

from bcanalysis.display.history import chart_history

NAN = float("nan")


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def test_each_price_basis_has_a_line_of_its_own(years):
    drawn = traces(chart_history(years))

    assert drawn["giá hiện hành"].x == (2016, 2017, 2018, 2019, 2020, 2021)
    assert drawn["giá so sánh 2010"].x == (2016, 2017)
    assert drawn["giá hiện hành"].line.dash != drawn["giá so sánh 2010"].line.dash


def test_the_line_breaks_at_a_year_without_a_figure(years):
    figure = chart_history(years)
    line = traces(figure)["giá hiện hành"]

    assert line.y == (42000.0, 51840.0, 66148.0, None, 98000.0, 120500.0)
    assert line.connectgaps is False
    assert figure.layout.annotations[1].text == "Đường đứt quãng ở năm không có số liệu."


def test_a_line_without_gaps_has_no_note(years):
    figure = chart_history(years[years["year"] < 2019])

    assert len(figure.layout.annotations) == 1


def test_marks_tell_the_status(years):
    figure = chart_history(years)

    assert traces(figure)["giá hiện hành"].marker.symbol == (
        "circle",
        "circle",
        "circle-open",
        "diamond-open",
        "circle-open",
        "circle-open",
    )
    assert [trace.name for trace in figure.data][3:] == [
        "Tính chất: chính thức, thực hiện",
        "Tính chất: ước tính",
        "Tính chất: nguồn không nêu",
    ]


def test_the_statement_that_does_not_speak_is_shown_beside_the_line(years):
    other = traces(chart_history(years))["Số công bố khác của cùng kỳ"]

    assert (other.x, other.y, other.mode) == ((2018,), (65900.0,), "markers")
    assert other.marker.symbol == ("diamond-open",)


def test_a_tie_is_two_marks_and_a_gap_not_a_pick(years):
    tied = years.assign(speaks=True)
    drawn = traces(chart_history(tied))

    assert drawn["giá hiện hành"].y == (42000.0, 51840.0, None, None, 98000.0, 120500.0)
    assert drawn["Số công bố khác của cùng kỳ"].y == (66148.0, 65900.0)


def test_a_basis_that_is_not_stated_is_not_joined_even_with_itself(years):
    figure = chart_history(years.assign(price_basis="not_stated", price_basis_vi="nguồn không nêu").iloc[[0, 2]])
    marks = traces(figure)["Nguồn không nêu cơ sở giá (không nối)"]

    assert marks.mode == "markers+text"
    assert marks.y == (42000.0, None, 66148.0)
    assert len(figure.layout.annotations) == 1


def test_whole_years_and_half_years_are_two_lines(years):
    both = pd.concat([years.iloc[:2], years.iloc[:2].assign(period=["2016", "2017"], value=[90000.0, 110000.0])])
    drawn = traces(chart_history(both.assign(low=NAN, high=NAN)))

    assert drawn["giá hiện hành, 6 tháng đầu năm"].y == (42000.0, 51840.0)
    assert drawn["giá hiện hành, năm"].y == (90000.0, 110000.0)


def test_only_the_ends_of_a_line_are_written_out(years):
    drawn = traces(chart_history(years))

    assert drawn["giá hiện hành"].text == ("42.000", "", "", "", "", "120.500")
    assert drawn["giá so sánh 2010"].text == ("24.860", "29.100")


def test_of_two_values_written_for_one_year_the_lower_stands_below_its_mark(years):
    drawn = traces(chart_history(years))

    assert drawn["giá hiện hành"].textposition[0] == "top center"
    assert drawn["giá so sánh 2010"].textposition[0] == "bottom center"


def test_ranges_are_whiskers_where_they_can_be_seen(years):
    assert traces(chart_history(years))["giá hiện hành"].error_y.array is None

    wide = years.iloc[:2].assign(low=[40000.0, float("-inf")], high=[44000.0, 51840.0])
    error = traces(chart_history(wide))["giá hiện hành"].error_y

    assert (error.array, error.arrayminus) == ((2000.0, 0.0), (2000.0, 0.0))


def test_title_subtitle_and_alternative_are_made_from_the_data(years):
    figure = chart_history(years.iloc[:2])

    assert figure.layout.title.text == "Giá trị sản xuất công<br>nghiệp qua các năm"
    assert figure.layout.annotations[0].text.replace("<br>", " ") == (
        "Bắc Giang, 6 tháng đầu năm 2016 – 6 tháng đầu năm 2017, tỷ đồng"
    )
    assert figure.layout.meta["alt"] == (
        "Biểu đồ đường. Giá trị sản xuất công nghiệp qua các năm, "
        "Bắc Giang, 6 tháng đầu năm 2016 – 6 tháng đầu năm 2017, tỷ đồng. "
        "giá hiện hành: 6 tháng đầu năm 2016: 42.000 tỷ đồng (chính thức); "
        "6 tháng đầu năm 2017: 51.840 tỷ đồng (thực hiện)."
    )


def test_the_hover_box_names_range_status_day_and_source(years):
    hover = traces(chart_history(years))["giá hiện hành"].hovertext

    assert hover[0].split("<br>") == [
        "6 tháng đầu năm 2016: 42.000 tỷ đồng",
        "Khoảng có thể: từ 41.999,5 đến 42.000,5 tỷ đồng",
        "Tình trạng: chính thức",
        "Công bố: 14/6/2018",
        "Nguồn: Báo cáo của Sở",
    ]
    assert hover[3] == ""


def test_years_are_whole_and_at_most_eight_are_written(years):
    assert chart_history(years).layout.xaxis.dtick == 1
    assert chart_history(years).layout.xaxis.tickformat == "d"

    decades = pd.concat([years.iloc[:1], years.iloc[:1].assign(year=2000, period="2000H1")])

    assert chart_history(decades).layout.xaxis.dtick == 3


def test_levels_are_drawn_from_zero(years):
    assert chart_history(years).layout.yaxis.range == pytest.approx((0.0, 1.15 * 120500.5))


def test_an_unknown_day_is_left_out(years):
    undated = years.iloc[:1].assign(stated_on=None)

    assert "Công bố" not in traces(chart_history(undated))["giá hiện hành"].hovertext[0]


@pytest.mark.parametrize("rows", [slice(0, 0), slice(0, 2)])
def test_a_history_without_values_says_so(years, rows):
    figure = chart_history(years.iloc[rows].assign(value=NAN))

    assert figure.layout.annotations[0].text == "Không có số liệu cho kỳ này"
    assert not figure.data


def test_an_unlabelled_empty_history_is_no_error():
    assert chart_history(pd.DataFrame(), "en").layout.title.text == "Figures over the years"


def test_hostile_names_are_text(years):
    hostile = "<img src=x onerror=alert(1)>"
    figure = chart_history(years.assign(label_vi=hostile, price_basis_vi=hostile, source_title=hostile, unit_vi=hostile))

    assert "<img" not in figure.layout.title.text
    assert not [trace.name for trace in figure.data if "<img" in trace.name]
    assert not [text for trace in figure.data for text in trace.hovertext or () if "<img" in text]
    assert hostile in figure.layout.meta["alt"]


def test_the_order_of_statements_does_not_matter(years):
    turned = chart_history(years.iloc[::-1])

    assert {trace.name: (trace.x, trace.y) for trace in turned.data} == {
        trace.name: (trace.x, trace.y) for trace in chart_history(years).data
    }


def test_a_history_is_small(years):
    assert len(chart_history(years).to_json().encode()) < 15_000
