from __future__ import annotations

import json

import plotly.io as pio
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display import style


def luminance(color):
    """Give the relative luminance of a hex colour (WCAG 2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def chart(**changes):
    return style.canvas("Tiêu đề", "Bắc Giang", **({"lang": "vi", "alt": "Lời", "plot_height": 100} | changes))


def test_a_text_is_wrapped_between_words():
    assert style.wrap("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", 28) == (
        "Tổng mức bán lẻ hàng hóa và<br>doanh thu dịch vụ tiêu dùng"
    )


def test_a_word_longer_than_a_line_keeps_its_line():
    assert style.wrap("a bbbbbbbbbb c", 4) == "a<br>bbbbbbbbbb<br>c"


def test_a_balanced_text_has_lines_of_about_one_length():
    assert style.wrap("Giá trị sản xuất công nghiệp qua các năm", 38) == "Giá trị sản xuất công nghiệp qua các<br>năm"
    assert (
        style.wrap("Giá trị sản xuất công nghiệp qua các năm", 38, balanced=True) == "Giá trị sản xuất công<br>nghiệp qua các năm"
    )


def test_markup_in_a_text_is_escaped():
    assert style.wrap('<a href="javascript:x">A&B</a>', 60) == '&lt;a href="javascript:x"&gt;A&amp;B&lt;/a&gt;'


@given(st.text(), st.integers(min_value=1, max_value=60), st.booleans())
def test_no_text_brings_markup_of_its_own(text, width, balanced):
    assert "<" not in style.wrap(text, width, balanced).replace("<br>", "")


def test_lines_of_nothing_are_none():
    assert [style.lines(text) for text in ("", "một", "một<br>hai")] == [0, 1, 2]


def test_separators_follow_the_language():
    assert chart().layout.separators == ",."
    assert chart(lang="en").layout.separators == ".,"


def test_the_alternative_is_kept_in_the_meta():
    assert chart().layout.meta == {"alt": "Lời"}


def test_backgrounds_are_transparent_and_the_font_has_no_colour_of_its_own():
    house = chart().layout.template.layout

    assert (house.paper_bgcolor, house.plot_bgcolor) == ("rgba(0,0,0,0)", "rgba(0,0,0,0)")
    assert house.font.color is None


def test_each_line_of_title_note_and_keys_adds_its_own_room():
    plain, more = chart(), chart(notes=["Một.", "Hai."], keys=["a", "b<br>c"])

    assert plain.layout.height == 100 + plain.layout.margin.t + plain.layout.margin.b
    # two notes of 16 pixels, three lines of keys of 19, one gap of 12
    assert more.layout.height - plain.layout.height == 2 * 16 + 3 * 19 + 12
    assert more.layout.margin.t == plain.layout.margin.t


def test_a_title_of_two_lines_gets_the_room_of_two_lines():
    long = style.canvas("Giá trị sản xuất công nghiệp qua các năm", "", lang="vi", alt="", plot_height=100)

    assert long.layout.title.text == "Giá trị sản xuất công<br>nghiệp qua các năm"
    assert long.layout.margin.t == 2 * 12 + 2 * 22
    assert long.layout.title.pad.t == 12 + 11


def test_the_house_look_changes_nothing_outside_its_charts():
    before = pio.templates.default, set(pio.templates)

    chart()
    style.blank("Tiêu đề", "", ["Không có gì"], lang="vi")

    assert (pio.templates.default, set(pio.templates)) == before


def test_an_empty_chart_is_small():
    assert len(json.dumps(chart().to_plotly_json(), default=str)) < 2500


def test_a_blank_chart_says_why_and_draws_nothing():
    blank = style.blank("Tiêu đề", "Bắc Giang", ["Không có số liệu", "vì <lý do>"], lang="vi")

    assert [note.text for note in blank.layout.annotations] == ["Bắc Giang", "Không có số liệu<br>vì &lt;lý do&gt;"]
    assert blank.layout.meta["alt"] == "Tiêu đề. Bắc Giang. Không có số liệu. vì <lý do>"
    assert not blank.data
    assert blank.layout.xaxis.visible is False


def test_lines_and_marks_are_seen_on_white_and_on_dark_paper():
    for color in {series.color for series in style.SERIES} | {style.BLUE, style.AMBER_EDGE, style.GREY}:
        assert contrast(color, "#ffffff") >= 3
        assert contrast(color, "#181818") >= 3


def test_no_two_series_share_a_dash():
    assert len({series.dash for series in style.SERIES}) == len(style.SERIES)
