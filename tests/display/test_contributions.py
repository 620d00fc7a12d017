from __future__ import annotations

import pytest

from bcanalysis.display.contributions import chart_contributions

NAN = float("nan")


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def bar_traces(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_each_bar_starts_where_the_one_before_ended_and_the_total_at_zero(parts):
    drawn = traces(chart_contributions(parts))

    assert (drawn["Làm giảm"].base, drawn["Làm giảm"].x) == ((0.0,), (-1.5,))
    assert (drawn["Làm tăng"].base, drawn["Làm tăng"].x) == ((-1.5, 2.75), (4.25, 24.25))
    assert (drawn["Phần còn lại, chưa phân bổ"].base, drawn["Phần còn lại, chưa phân bổ"].x) == ((27.0,), (0.6,))
    assert (drawn["Tăng trưởng chung"].base, drawn["Tăng trưởng chung"].x) == ((0.0,), (27.6,))


def test_a_total_that_stands_first_moves_no_bar(parts):
    drawn = traces(chart_contributions(parts.iloc[[4, 0, 1, 2, 3]]))

    assert drawn["Làm tăng"].base == (-1.5, 2.75)


def test_adding_taking_and_residual_differ_in_pattern(parts):
    shapes = [trace.marker.pattern.shape for trace in bar_traces(chart_contributions(parts))]

    assert shapes == [None, "\\", ".", None]


def test_intervals_are_whiskers_and_brackets(parts):
    drawn = traces(chart_contributions(parts))

    assert drawn["Phần còn lại, chưa phân bổ"].error_x.array == pytest.approx((0.9,))
    assert drawn["Phần còn lại, chưa phân bổ"].error_x.arrayminus == pytest.approx((0.9,))
    assert [text.strip() for text in drawn["texts"].text] == [
        "-1,50 [-1,60; -1,40]",
        "+4,25 [4,10; 4,40]",
        "+24,25 [23,90; 24,60]",
        "+0,60 [-0,30; 1,50]",
        "+27,60 [27,55; 27,65]",
    ]


def test_contributions_from_levels_have_no_interval(parts):
    exact = parts.assign(low=parts["contribution_pp"], high=parts["contribution_pp"], method="levels")
    figure = chart_contributions(exact)

    assert [trace.error_x.array for trace in bar_traces(figure)] == [None] * 4
    assert traces(figure)["texts"].text[0].strip() == "-1,50"
    assert figure.layout.annotations[1].text == "Tính từ giá trị của hai kỳ."


def test_title_names_the_whole_and_the_alternative_all_parts(parts):
    figure = chart_contributions(parts)

    assert figure.layout.title.text == "Đóng góp vào mức tăng trưởng:<br>Giá trị sản xuất công nghiệp"
    assert figure.layout.annotations[0].text == "điểm phần trăm"
    assert figure.layout.meta["alt"] == (
        "Biểu đồ thác nước. Đóng góp vào mức tăng trưởng: Giá trị sản xuất công nghiệp. điểm phần trăm: "
        "Khu vực nhà nước: -1,50 [-1,60; -1,40]; Khu vực ngoài nhà nước: +4,25 [4,10; 4,40]; "
        "Khu vực có vốn đầu tư nước ngoài: +24,25 [23,90; 24,60]; Phần còn lại, chưa phân bổ: +0,60 [-0,30; 1,50]; "
        "Tăng trưởng chung: +27,60 [27,55; 27,65]. Tính từ tốc độ tăng đã in; số trong ngoặc là khoảng có thể."
    )


def test_a_refused_part_keeps_its_row_and_says_why(parts):
    some = parts.copy()
    some.loc[1, ["contribution_pp", "low", "high"]] = NAN
    some.loc[1, ["method", "reason"]] = ["refused", "no_printed_growth"]
    drawn = traces(chart_contributions(some))

    assert drawn["texts"].text[1].replace("<br>\u00a0", " ").strip() == "nguồn không in mức tăng, giảm"
    assert (drawn["texts"].x[1], drawn["texts"].textposition[1]) == (0.0, "middle right")
    assert drawn["Làm tăng"].base == (-1.5,)


def test_when_every_part_is_refused_there_is_no_bar_and_the_reasons_stand_there(refused):
    figure = chart_contributions(refused)

    assert not figure.data
    assert figure.layout.annotations[0].text.split("<br>") == [
        "Không tính được mức đóng góp",
        "Khu vực nhà nước: nguồn không in mức tăng,",
        "giảm",
        "Khu vực có vốn đầu tư nước ngoài: thiếu số",
        "liệu của bộ phận này",
    ]


def test_no_rows_say_that_there_are_no_figures(parts):
    figure = chart_contributions(parts.iloc[:0])

    assert figure.layout.annotations[0].text == "Không có số liệu cho kỳ này"
    assert not figure.data


def test_a_bar_below_zero_is_written_to_its_left_unless_it_begins_at_zero(parts):
    falling = parts.iloc[[0, 1, 4]].assign(contribution_pp=[-3.0, -2.0, -5.0], low=NAN, high=NAN)
    texts = traces(chart_contributions(falling))["texts"]

    assert texts.x == (0.0, -5.0, 0.0)
    assert texts.textposition == ("middle right", "middle left", "middle right")


def test_the_names_stay_clear_of_the_steps(parts):
    figure = chart_contributions(parts)
    steps, names, zero = (traces(figure)[name] for name in ("connectors", "names", "zero"))
    tops = [y for y in steps.y if y is not None]

    # every step is drawn inside the place of a bar, and names stand above those places
    assert all(any(top <= y <= bottom for top, bottom in zip(zero.y[::3], zero.y[1::3], strict=True)) for y in tops)
    assert all(name < top for name, top in zip(names.y, zero.y[::3], strict=True))


def test_hover_has_full_precision(parts):
    exact = parts.assign(contribution_pp=[-1.5, 4.25, 24.123456, 0.6, 27.6])

    assert traces(chart_contributions(exact))["Làm tăng"].hovertext[1].split("<br>") == [
        "Khu vực có vốn đầu tư nước ngoài",
        "+24,123456 điểm phần trăm",
        "Khoảng có thể: [23,900; 24,600]",
    ]


def test_hostile_names_are_text(parts):
    figure = chart_contributions(parts.assign(label_vi="<img src=x onerror=alert(1)>"))

    assert "<img" not in figure.layout.title.text
    assert not [text for trace in figure.data for text in (*(trace.text or ()), *(trace.hovertext or ())) if "<img" in text]


def test_a_waterfall_is_small_and_the_same_each_time(parts):
    assert len(chart_contributions(parts).to_json().encode()) < 15_000
    assert chart_contributions(parts).to_json() == chart_contributions(parts).to_json()


def test_an_english_chart_is_english(parts):
    figure = chart_contributions(parts, "en")

    assert [trace.name for trace in bar_traces(figure)] == ["Adds", "Takes away", "Residual, not spread", "Growth of the total"]
    assert traces(figure)["texts"].text[1].strip() == "+4.25 [4.10; 4.40]"
