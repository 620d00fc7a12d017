from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display import bars
from bcanalysis.display.bars import Bar

PLOT_WIDTH = 336 - 24

ends = st.lists(st.tuples(st.floats(min_value=-1e6, max_value=1e6), st.floats(min_value=0, max_value=130)), min_size=1, max_size=8)


def test_zero_is_in_the_range_and_nothing_is_wasted_on_the_other_side():
    assert bars.scale([(30.0, 0.0)]) == (0.0, 30.0)
    assert bars.scale([(-30.0, 0.0)]) == (-30.0, 0.0)


def test_a_range_without_ink_is_not_empty():
    low, high = bars.scale([(0.0, 100.0)])

    assert low == 0.0
    assert high > 0


@given(ends)
def test_every_text_has_room_beside_its_bar_on_a_narrow_screen(texts):
    low, high = bars.scale(texts)
    unit = (high - low) / PLOT_WIDTH

    for end, width in texts:
        assert low <= end <= high
        if end >= 0:
            assert end + width * unit <= high + 1e-6 * (high - low)
        else:
            assert end - width * unit >= low - 1e-6 * (high - low)


def test_names_stand_above_their_bars_and_nothing_overlaps():
    places = bars.stack(["ngắn", "một tên dài hơn bốn mươi tám chữ cái nên phải xuống dòng"], ["1", "hai<br>dòng"])

    assert places.names == ("ngắn", "một tên dài hơn bốn mươi tám chữ cái nên phải<br>xuống dòng")
    # six pixels, a line of 16, a bar of 24 and six pixels; then six, two lines, a place of two lines, six
    assert places.zero_y == ((22.0, 46.0), (90.0, 130.0))
    assert places.name_y == (21.0, 89.0)
    assert places.bar_y == (34.0, 110.0)
    assert places.height == 136.0


def test_whiskers_too_small_to_be_seen_are_left_out():
    assert bars.whiskers([0.05, 0.05], [0.05, 0.05], (0.0, 100.0)) is None

    seen = bars.whiskers([0.05, 0.5], [0.05, 0.5], (0.0, 100.0))

    assert (seen["array"], seen["arrayminus"]) == ([None, 0.5], [None, 0.5])


def test_the_name_in_a_hover_box_stays_whole():
    name = "Giá trị sản xuất công nghiệp – Khu vực có vốn đầu tư nước ngoài (giá so sánh 2010)"

    assert bars.hover([name, "Nguồn: <b>"]) == f"{name}<br>Nguồn: &lt;b&gt;"


@pytest.mark.parametrize(("kind", "other_kind"), [("printed", "other_computed"), ("computed", "other_printed")])
def test_the_other_percent_is_of_the_other_kind(kind, other_kind):
    assert Bar("a", "1%", (), kind, 1.0, other=2.0).other_kind == other_kind
    assert Bar("a", "1%", (), kind, 1.0).other_kind is None


def test_a_bar_without_a_kind_has_no_ink():
    assert Bar("a", "lý do", ()).ends == (0.0,)
