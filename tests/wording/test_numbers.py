from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from babel.numbers import format_decimal, parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import (
    decimals_of,
    decimals_to_tell_apart,
    format_date,
    format_interval,
    format_number,
    format_percent,
    format_period,
    format_points,
    format_short_date,
    in_period,
    with_unit,
)

# Whole numbers of thousandths, so that a float stands for one decimal number and a half is a half.
thousandths = st.integers(min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (66148, None, "66.148", "66,148"),
        (27.6, None, "27,6", "27.6"),
        (27.60, 1, "27,6", "27.6"),
        (11, 0, "11", "11"),
        (3140, 0, "3.140", "3,140"),
        (999, None, "999", "999"),
        (1000, None, "1.000", "1,000"),
        (6981038000, 0, "6.981.038.000", "6,981,038,000"),
        (51990.563, None, "51.990,563", "51,990.563"),
        (-2.23, None, "-2,23", "-2.23"),
        (0.125, 2, "0,13", "0.13"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "-3", "-3"),
        (12.449999999999999, 1, "12,5", "12.5"),
        (0.1 + 0.2, None, "0,3", "0.3"),
        (100, 1, "100,0", "100.0"),
        (1e15, None, "1.000.000.000.000.000", "1,000,000,000,000,000"),
        (-0.04, 1, "0,0", "0.0"),
        (-0.0, None, "0", "0"),
        (Decimal("12.36"), None, "12,36", "12.36"),
        (np.float64(45.936), 1, "45,9", "45.9"),
        (np.int64(1234), None, "1.234", "1,234"),
    ],
)
def test_numbers_have_the_separators_of_their_language_and_round_half_away_from_zero(value, decimals, vi, en):
    assert format_number(value, decimals) == vi
    assert format_number(value, decimals, lang="en") == en


def test_a_sign_is_printed_on_request_but_never_on_zero():
    assert format_number(16.2, signed=True) == "+16,2"
    assert format_number(-16.2, signed=True) == "-16,2"
    assert format_number(0.04, 1, signed=True) == "0,0"


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, -math.inf, np.float64("nan")])
def test_a_missing_number_is_refused_because_it_has_to_be_said_in_words(missing):
    with pytest.raises(ValueError, match="said in words"):
        format_number(missing)


def test_an_unknown_language_is_named():
    with pytest.raises(UsageError, match='got "fr"; expected one of vi, en'):
        format_number(1, lang="fr")


@given(thousandths, st.integers(min_value=0, max_value=3))
def test_a_strict_reader_reads_back_the_half_up_rounded_number(count, decimals):
    exact = Decimal(count).scaleb(-3)
    printed = format_number(float(exact), decimals)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert parse_decimal(printed, locale="vi", strict=True) == rounded


@given(thousandths)
def test_the_shortest_form_loses_nothing(count):
    exact = Decimal(count).scaleb(-3)
    assert parse_decimal(format_number(float(exact)), locale="vi", strict=True) == exact


@given(thousandths, st.integers(min_value=0, max_value=3))
def test_grouping_changes_no_digit(count, decimals):
    printed = format_number(count / 1000, decimals)
    assert printed.replace(".", "").replace(",", ".") == format_number(count / 1000, decimals, lang="en").replace(",", "")


@given(thousandths, st.integers(min_value=0, max_value=3))
def test_a_number_and_its_opposite_differ_by_the_sign_alone(count, decimals):
    positive, negative = format_number(abs(count) / 1000, decimals), format_number(-abs(count) / 1000, decimals)
    assert negative.removeprefix("-") == positive
    assert negative.startswith("-") == any(digit in positive for digit in "123456789")


@given(thousandths, st.sampled_from(["vi", "en"]))
def test_the_separators_are_those_of_the_unicode_tables(count, lang):
    exact = Decimal(count).scaleb(-3)
    assert format_number(float(exact), lang=lang) == format_decimal(exact, locale=lang, decimal_quantization=False)


@pytest.mark.parametrize(
    ("value", "decimals", "vi"),
    [(27.6, None, "27,6%"), (11, None, "11%"), (11, 1, "11,0%"), (-2.23, None, "-2,23%"), (1250.5, None, "1.250,5%")],
)
def test_a_percent_sign_follows_without_a_space(value, decimals, vi):
    assert format_percent(value, decimals) == vi


def test_points_are_named_and_counted():
    assert format_points(9.1) == "9,1 điểm phần trăm"
    assert format_points(-0.5, signed=True) == "-0,5 điểm phần trăm"
    assert format_points(1, lang="en") == "1 percentage point"
    assert format_points(-1, lang="en") == "-1 percentage point"
    assert format_points(2.5, lang="en") == "2.5 percentage points"


@pytest.mark.parametrize(
    ("low", "high", "decimals", "unit", "vi", "en"),
    [
        (51819.428, 51860.839, 1, "", "từ 51.819,4 đến 51.860,8", "from 51,819.4 to 51,860.8"),
        (2690.1, 2715.4, 0, "triệu USD", "từ 2.690 đến 2.715 triệu USD", "from 2,690 to 2,715 triệu USD"),
        (300, math.inf, 0, "tấn", "từ 300 tấn trở lên", "at least 300 tấn"),
        (-math.inf, 3000, None, "", "không quá 3.000", "at most 3,000"),
        (1.484, 1.484, 2, "", "1,48", "1.48"),
        (99.96, 100.04, 1, "%", "từ 99,96% đến 100,04%", "from 99.96% to 100.04%"),
    ],
)
def test_intervals_are_printed_with_their_ends(low, high, decimals, unit, vi, en):
    assert format_interval(low, high, decimals, unit=unit) == vi
    assert format_interval(low, high, decimals, lang="en", unit=unit) == en


@pytest.mark.parametrize(("low", "high"), [(2, 1), (math.nan, 1), (1, math.nan), (-math.inf, math.inf)])
def test_an_interval_without_order_or_ends_is_refused(low, high):
    with pytest.raises(ValueError, match="two ends in ascending order"):
        format_interval(low, high)


def test_a_unit_follows_after_a_space_and_a_percent_sign_without():
    assert with_unit("66.148", "tỷ đồng") == "66.148 tỷ đồng"
    assert with_unit("99,4", "phần trăm") == with_unit("99,4", "percent") == with_unit("99,4", "%") == "99,4%"
    assert with_unit("5", "") == "5"


@pytest.mark.parametrize(
    ("day", "long", "short", "english", "english_short"),
    [
        (date(2018, 6, 14), "ngày 14 tháng 6 năm 2018", "14/6/2018", "14 June 2018", "14 Jun 2018"),
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026", "05/01/2026", "5 January 2026", "5 Jan 2026"),
        (date(2018, 2, 28), "ngày 28 tháng 02 năm 2018", "28/02/2018", "28 February 2018", "28 Feb 2018"),
        (date(2018, 3, 9), "ngày 09 tháng 3 năm 2018", "09/3/2018", "9 March 2018", "9 Mar 2018"),
        (date(2017, 12, 1), "ngày 01 tháng 12 năm 2017", "01/12/2017", "1 December 2017", "1 Dec 2017"),
        (date(2018, 10, 10), "ngày 10 tháng 10 năm 2018", "10/10/2018", "10 October 2018", "10 Oct 2018"),
    ],
)
def test_dates_have_a_zero_only_before_days_under_ten_and_the_first_two_months(day, long, short, english, english_short):
    assert format_date(day) == long
    assert format_short_date(day) == short
    assert format_date(day, lang="en") == english
    assert format_short_date(day, lang="en") == english_short


@pytest.mark.parametrize(
    ("name", "vi", "en", "inside"),
    [
        ("2018", "năm 2018", "2018", "in 2018"),
        ("2018H1", "6 tháng đầu năm 2018", "first half of 2018", "in the first half of 2018"),
        ("2018H2", "6 tháng cuối năm 2018", "second half of 2018", "in the second half of 2018"),
        ("2018Q1", "quý I năm 2018", "first quarter of 2018", "in the first quarter of 2018"),
        ("2018Q4", "quý IV năm 2018", "fourth quarter of 2018", "in the fourth quarter of 2018"),
        ("2018M06", "tháng 6 năm 2018", "June 2018", "in June 2018"),
        ("2018M01", "tháng 01 năm 2018", "January 2018", "in January 2018"),
        ("2018M01-M05", "5 tháng đầu năm 2018", "first five months of 2018", "in the first five months of 2018"),
        ("2018M01-M11", "11 tháng đầu năm 2018", "first eleven months of 2018", "in the first eleven months of 2018"),
        ("2018M08-M12", "5 tháng cuối năm 2018", "last five months of 2018", "in the last five months of 2018"),
        ("2018M03-M05", "từ tháng 3 đến tháng 5 năm 2018", "March to May 2018", "from March to May 2018"),
    ],
)
def test_periods_are_named_as_reports_name_them(name, vi, en, inside):
    period = Period.parse(name)
    assert format_period(period) == vi
    assert in_period(period) == vi
    assert format_period(period, lang="en") == en
    assert in_period(period, lang="en") == inside


@given(st.integers(min_value=1990, max_value=2060), st.integers(min_value=1, max_value=12), st.integers(min_value=1, max_value=12))
def test_no_two_periods_of_a_year_have_one_name(year, first, last):
    period = Period(year, min(first, last), max(first, last))
    others = [Period(year, start, end) for start in range(1, 13) for end in range(start, 13)]
    assert [other for other in others if format_period(other) == format_period(period)] == [period]


@pytest.mark.parametrize(
    ("value", "threshold", "decimals", "needed"),
    [
        (99.96, 100, 1, 2),
        (99.94, 100, 1, 1),
        (100.04, 100, 1, 2),
        (100, 100, 1, 1),
        (99.9996, 100, 1, 4),
        (0.04, 0, 1, 2),
        (-99.97, -100, 1, 2),
        (45.9, 100, 1, 1),
    ],
)
def test_a_number_gets_the_decimals_that_put_it_on_the_true_side(value, threshold, decimals, needed):
    assert decimals_to_tell_apart(value, threshold, decimals) == needed


@given(thousandths, thousandths, st.integers(min_value=0, max_value=2))
def test_numbers_told_apart_look_different(one, other, decimals):
    left, right = one / 1000, other / 1000
    needed = decimals_to_tell_apart(left, right, decimals)
    assert needed >= decimals
    assert (format_number(left, needed) == format_number(right, needed)) == (one == other)


@pytest.mark.parametrize(
    ("half_unit", "decimals"), [(0.5, 0), (0.05, 1), (0.005, 2), (5, 0), (50, 0), (0.0005, 3), (0.5000000000000001, 0)]
)
def test_a_half_unit_tells_the_decimals_printed(half_unit, decimals):
    assert decimals_of(half_unit) == decimals
