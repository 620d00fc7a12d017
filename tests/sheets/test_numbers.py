from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.sheets.grid import Shown
from bcanalysis.sheets.numbers import Number, decimal_mark, looks_like_number, read_number


@pytest.mark.parametrize(
    ("cell", "mark", "value", "half"),
    [
        ("66.148", ",", "66148", "0.5"),
        ("27,6", ",", "27.6", "0.05"),
        ("27,60%", ",", "27.6", "0.005"),
        ("1.234.567,5", ",", "1234567.5", "0.05"),
        ("66 148", ",", "66148", "0.5"),
        ("66148", None, "66148", "0.5"),
        ("(2,5)", ",", "-2.5", "0.05"),
        ("\u22122,5", ",", "-2.5", "0.05"),
        ("66,148.5", ".", "66148.5", "0.05"),
        ("6,98E+09", ",", "6980000000", "5000000"),
        (66148, None, "66148", "0.5"),
        (11.0, None, "11", "0.5"),
        (27.6, None, "27.6", "0.05"),
        (0.1 + 0.2, None, "0.3", "0.05"),
        (Shown(11.0, 1), None, "11", "0.05"),
        (Shown(11.25, 1), None, "11.25", "0.005"),
    ],
)
def test_a_number_is_read_with_half_of_its_last_written_digit(cell, mark, value, half):
    number = read_number(cell, mark)

    assert isinstance(number, Number)
    assert (number.value, number.half_unit) == (Decimal(value), Decimal(half))


def test_a_number_that_excel_has_shortened_says_so():
    number = read_number("6,98E+09", ",")

    assert isinstance(number, Number)
    assert number.shortened


@pytest.mark.parametrize(("cell", "mark"), [("12.36", ","), ("1,234,567", ","), ("27,6", "."), ("1.23.456", ","), ("abc", ",")])
def test_a_number_with_the_other_mark_is_refused_not_read_a_hundred_times_too_large(cell, mark):
    assert str(read_number(cell, mark)).startswith("a number with a decimal")


def test_where_nothing_settles_the_mark_only_plain_digits_are_read():
    assert read_number("66.148", None) == "to know whether it has a decimal comma or a decimal point"


@pytest.mark.parametrize(
    ("texts", "mark", "evidence"),
    [
        (["66.148", "27,6"], ",", ["27,6"]),
        (["1.234.567"], ",", ["1.234.567"]),
        (["66.148,5"], ",", ["66.148,5"]),
        (["12.36"], ".", ["12.36"]),
        (["66.148", "12.36"], None, ["12.36"]),
        (["66,148", "27,6"], None, ["27,6"]),
        (["0,125"], ",", ["0,125"]),
        (["66.148", "3.140"], None, []),
        (["27,6", "12.36"], None, ["27,6", "12.36"]),
        (["6,98E+09"], ",", ["6,98E+09"]),
        (["66148"], None, []),
    ],
)
def test_the_mark_before_decimals_is_what_the_numbers_show(texts, mark, evidence):
    assert decimal_mark(texts) == (mark, evidence)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_a_number_written_in_vietnamese_reads_back_as_itself(number):
    written = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    found = read_number(written, ",")

    assert isinstance(found, Number)
    assert (found.value, found.half_unit) == (number, Decimal("0.005"))


def test_what_looks_like_a_number_may_be_text_but_no_word():
    looks = [looks_like_number(cell) for cell in (1, "66.148", "27,6 %", "(5)", "", "I", "2018H1", True, None)]
    assert looks == [True, True, True, True, False, False, False, False, False]
