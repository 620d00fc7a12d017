"""Columns are as wide as their words ask for, letters become smaller before a table is cut, and what breaks is spread evenly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.annex import figures_annex
from bcanalysis.documents.columns import MOST_COLUMNS, columns_of, mark_of, notes_of
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.widths import width

LAYOUT = profile()
UPRIGHT, ON_ITS_SIDE = 160.0, 247.0  # mm of text on A4


def table_of(*titles, rows=()):
    return Table("", tuple(Column(title) for title in titles), tuple(tuple(map(Cell, row)) for row in rows))


def one(table, room=UPRIGHT):
    stand = columns_of(table, LAYOUT, room)
    [stretch] = stand.stretches
    return stand, stretch


def test_the_annex_of_the_reference_report_stands_in_one_piece_at_full_size(dataset):
    [figures] = figures_annex(dataset, "2018H1", "bac-giang", gaps=False).blocks
    stand, stretch = one(figures, ON_ITS_SIDE)

    assert stand.size == 11
    assert stretch.columns == tuple(range(11))
    assert max(stretch.widths) == stretch.widths[1] > 45  # the names of the indicators
    assert all(wide < 30 for wide in stretch.widths[3:])


def test_words_that_just_fit_at_the_size_of_the_profile_are_not_made_smaller():
    stand, _ = one(table_of(*["Nghiệp"] * 8))

    assert (stand.size, stand.head_size) == (11, 11)


def test_letters_become_smaller_before_a_table_is_cut():
    stand, _ = one(table_of(*["Doanhnghiệp"] * 7))

    assert (stand.size, stand.head_size) == (9.5, 9.5)  # with the room around it a word has 25,6 mm at 11 pt, 22,6 mm at 9,5 pt


def test_a_table_that_does_not_fit_with_the_smallest_letters_is_cut_at_full_size_and_repeats_its_first_column():
    stand = columns_of(table_of("Huyện", *["Doanhnghiệp"] * 8), LAYOUT, UPRIGHT)

    assert stand.size == 11
    assert [stretch.columns for stretch in stand.stretches] == [(0, 1, 2, 3, 4, 5), (0, 6, 7, 8)]


def test_what_names_the_rows_of_a_cut_table_stays_on_one_line():
    name = "Khu vực có vốn đầu tư"
    stand = columns_of(table_of("Huyện", *["Doanhnghiệp"] * 8, rows=[[name, *"12345678"]]), LAYOUT, UPRIGHT)

    assert all(stretch.widths[0] >= width(name, 11) + 2.8 for stretch in stand.stretches)


def test_numbers_stay_narrow_and_the_room_left_goes_to_words():
    cells = ((Cell("Xuất khẩu"), Cell("3.140", 3140.0)),)
    _, stretch = one(Table("", (Column("Chỉ tiêu"), Column("2018", True)), cells))

    assert stretch.widths[1] == pytest.approx(width("3.140", 11) + 2 * 1.4 + 0.6)
    assert sum(stretch.widths) == pytest.approx(UPRIGHT)


def test_a_column_that_says_four_times_as_much_is_twice_as_wide():
    _, stretch = one(table_of("a", "b", rows=[["lời " * 400, "lời " * 100]]))

    assert stretch.widths[0] / stretch.widths[1] == pytest.approx(2, abs=0.01)


def test_a_mark_stays_with_a_number_and_may_stand_above_an_interval():
    assert mark_of(Cell("66.148", mark="ước")) == "ước\N{NO-BREAK SPACE}"
    assert mark_of(Cell("[1,5; 2,5]", mark="suy ra")) == "suy\N{NO-BREAK SPACE}ra "
    assert mark_of(Cell("66.148")) == ""


def test_numbers_of_footnotes_may_stand_on_several_lines():
    cell = Cell("", notes=tuple(range(1, 40)))
    _, stretch = one(Table("", (Column("a"), Column("b")), ((cell, Cell("c " * 200)),)))

    assert notes_of(Cell("", notes=(3, 14))) == "3, 14"
    assert stretch.widths[0] < 60


def test_a_broader_typeface_asks_for_more_room():
    table = table_of(*["Doanhnghiệp"] * 5)

    assert columns_of(table, LAYOUT, UPRIGHT).size > columns_of(table, LAYOUT, UPRIGHT, breadth=1.3).size


def test_a_table_without_columns_has_no_widths():
    assert one(Table("", (), ()))[1].widths == ()


@given(
    words=st.lists(st.lists(st.text("abgđêộ19 ", min_size=1, max_size=40), min_size=2, max_size=2), min_size=1, max_size=90),
    room=st.sampled_from([UPRIGHT, ON_ITS_SIDE, 850.0]),
)
def test_every_column_stands_once_and_no_word_is_broken(words, room):
    titles, cells = zip(*words, strict=True)
    stand = columns_of(table_of(*titles, rows=[cells]), LAYOUT, room)

    assert [0, *(at for stretch in stand.stretches for at in stretch.columns if at)] == list(range(len(words)))
    for stretch in stand.stretches:
        assert stretch.columns[0] == 0
        assert len(stretch.columns) <= MOST_COLUMNS
        assert sum(stretch.widths) == pytest.approx(room)
        for at, wide in zip(stretch.columns, stretch.widths, strict=True):
            longest = max((width(word[:20], stand.size) for word in cells[at].split()), default=0)
            heading = max((width(word[:20], stand.head_size, bold=True) for word in titles[at].split()), default=0)
            assert wide >= max(longest, heading) + 2.8


def test_how_small_letters_become_is_the_profiles_to_say():
    parts = {**LAYOUT.parts, "table": replace(LAYOUT.parts["table"], allowed=(11.0, 14.0))}
    table = table_of(*["Doanhnghiệp"] * 7)

    assert len(columns_of(table, replace(LAYOUT, parts=parts), UPRIGHT).stretches) == 2
