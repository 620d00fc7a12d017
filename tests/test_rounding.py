from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bcanalysis.rounding import (
    Interval,
    growth_interval,
    half_up,
    implied_plan,
    implied_prior,
    open_half_units,
    printed_interval,
    printed_range,
    ratio_interval,
    verdict,
)

NEAR = 1e-9


def holds(interval: Interval, number: float) -> bool:
    """Whether a number lies in an interval, by its ends alone."""
    above = number > interval.low if interval.low_open else number >= interval.low
    below = number < interval.high if interval.high_open else number <= interval.high
    return bool(above and below)


def ends(interval: Interval, decimals: int = 1) -> tuple[float, float]:
    return round(interval.low, decimals), round(interval.high, decimals)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(st.integers(-20, 20))
    width = draw(st.integers(0, 10))
    if width == 0:
        return Interval.exactly(float(low))
    return Interval(float(low), float(low + width), draw(st.booleans()), draw(st.booleans()))


# rounding


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (0.5, 0, "1"),
        (1.005, 2, "1.01"),  # the float is 1.00499999999999989...
        (66148.0, -1, "66150"),
        (66145.0, -1, "66150"),
        (99.96, 1, "100.0"),
        (40.25641, 1, "40.3"),
        (7.0, 2, "7.00"),
        (6981038000.5, 0, "6981038001"),
    ],
)
def test_a_half_rounds_up(number: float, decimals: int, rounded: str) -> None:
    assert half_up(number, decimals) == Decimal(rounded)


@pytest.mark.parametrize(("number", "rounded"), [(-2.5, "-3"), (-0.5, "-1"), (-2.4, "-2"), (-23.45, "-23")])
def test_a_negative_half_rounds_away_from_zero(number: float, rounded: str) -> None:
    assert half_up(number, 0) == Decimal(rounded)


def test_exactly_the_asked_decimals_are_kept() -> None:
    assert str(half_up(7.0, 2)) == "7.00"
    assert str(half_up(12.5, 0)) == "13"


def test_a_half_that_floating_point_missed_is_still_a_half() -> None:
    assert half_up(12.449999999999999, 1) == Decimal("12.5")
    assert half_up(0.1 + 0.2 - 0.15, 1) == Decimal("0.2")  # 0.15000000000000002


def test_there_is_no_negative_zero() -> None:
    assert str(half_up(-0.04, 1)) == "0.0"


@pytest.mark.parametrize("missing", [nan, inf, -inf])
def test_what_is_missing_cannot_be_rounded(missing: float) -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        half_up(missing, 1)


@given(st.integers(-(10**14), 10**14), st.integers(0, 6), st.integers(-3, 6))
def test_rounding_agrees_with_decimal_arithmetic(digits: int, places: int, decimals: int) -> None:
    exact = Decimal(digits).scaleb(-places)  # at most 15 digits, so that the float stands for exactly this number
    expected = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(float(exact), decimals) == expected


# printed numbers


@pytest.mark.parametrize(
    ("value", "half_unit", "low", "high"),
    [(66148, 0.5, 66147.5, 66148.5), (27.6, 0.05, 27.55, 27.65), (11, 0.5, 10.5, 11.5), (12600, 50, 12550, 12650)],
)
def test_a_printed_number_holds_its_lower_end_and_not_its_upper(value: float, half_unit: float, low: float, high: float) -> None:
    found = printed_interval(value, half_unit)
    assert (found.low, found.high) == pytest.approx((low, high), abs=NEAR)
    assert (found.low_open, found.high_open) == (False, True)


def test_a_negative_printed_number_is_mirrored() -> None:
    assert printed_interval(-2, 0.5) == Interval(-2.5, -1.5, True, False)


def test_a_printed_zero_holds_neither_end() -> None:
    assert printed_interval(0, 0.5) == Interval(-0.5, 0.5, True, True)


@pytest.mark.parametrize("word", ["trên", "hơn", "over", "more than"])
def test_over_is_at_least(word: str) -> None:
    assert printed_interval(300, 0.5, word) == Interval(300.0, inf, False, True)


@pytest.mark.parametrize("word", ["gần", "nearly"])
def test_nearly_is_below(word: str) -> None:
    assert printed_interval(3000, 0.5, word) == Interval(-inf, 3000.0, True, True)


@pytest.mark.parametrize("word", ["khoảng", "about", "some"])
def test_about_promises_nothing(word: str) -> None:
    found = printed_interval(14700, 0.5, word)
    assert isnan(found.low)
    assert isnan(found.high)


@pytest.mark.parametrize("word", ["hơn", "trên"])
def test_over_a_fall_is_a_larger_fall(word: str) -> None:
    """ "Giảm hơn 5 %" is -5 or below, as printed intervals are mirrored for negatives."""
    assert holds(printed_interval(-5, 0.05, word), -5.3)
    assert not holds(printed_interval(-5, 0.05, word), 4.0)


def test_nearly_a_fall_is_a_smaller_fall() -> None:
    """ "Giảm gần 5 %" is above -5."""
    assert holds(printed_interval(-5, 0.05, "gần"), -4.9)
    assert not holds(printed_interval(-5, 0.05, "gần"), -5.3)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match=r'qualifier: got "xấp xỉ"; expected one of about, .*trên'):
        printed_interval(300, 0.5, "xấp xỉ")


@pytest.mark.parametrize("word", [None, "", nan])
def test_a_blank_word_is_no_word(word: object) -> None:
    found = printed_interval(np.array([300.0]), np.array([0.5]), [word])
    assert (found.low.tolist(), found.high.tolist()) == ([299.5], [300.5])


def test_an_array_is_read_number_by_number() -> None:
    found = printed_interval(np.array([300.0, 300, -2, nan]), np.array([0.5, 0.5, 0.5, 0.5]), ["trên", None, None, None])
    assert found.low.tolist()[:3] == [300.0, 299.5, -2.5]
    assert found.high.tolist()[:3] == [inf, 300.5, -1.5]
    assert isnan(found.low[3])
    assert found.low_open.tolist()[:3] == [False, False, True]


def test_an_array_of_one_stays_an_array() -> None:
    assert np.shape(printed_interval(np.array([3.0]), np.array([0.5])).low) == (1,)


@given(st.integers(-200, 200), st.integers(-1700, 1700), st.sampled_from([1, 10, 100]))
def test_a_printed_interval_holds_exactly_what_rounds_to_the_number(printed: int, eighths: int, unit: int) -> None:
    number = unit * eighths / 8  # exact in binary, and often on a half
    rounded = Decimal(eighths) / 8
    is_it = rounded.quantize(Decimal(1), ROUND_HALF_UP) == printed
    assert holds(printed_interval(printed * unit, unit / 2), number) == is_it


@pytest.mark.parametrize(
    ("value", "half_unit", "word", "expected"),
    [
        (66148.0, 0.5, None, (66147.5, 66148.5)),
        (315100.0, 50.0, "hơn", (315100.0, 315200.0)),
        (342000.0, 500.0, "trên", (342000.0, 343000.0)),
        (23000.0, 0.5, "trên", (23000.0, 24000.0)),  # who says "trên 23.000" counts in thousands
        (3000.0, 0.5, "gần", (2000.0, 3000.0)),
        (14700.0, 0.5, "khoảng", (14600.0, 14800.0)),
        (12.36, 0.005, "hơn", (12.36, 12.37)),
    ],
)
def test_a_word_read_narrowly_stays_within_one_last_digit(
    value: float, half_unit: float, word: str | None, expected: tuple[float, float]
) -> None:
    assert printed_range(value, half_unit, word) == pytest.approx(expected, abs=NEAR)


def test_a_narrow_reading_of_an_array_leaves_the_missing_missing() -> None:
    low, high = printed_range(np.array([300.0, nan]), np.array([0.5, nan]), ["trên", "trên"])
    assert (low[0], high[0]) == (300.0, 400.0)
    assert isnan(low[1])
    assert isnan(high[1])


def test_over_a_fall_read_narrowly_is_the_larger_fall() -> None:
    assert printed_range(-5.0, 0.5, "hơn") == pytest.approx((-6.0, -5.0))


@pytest.mark.parametrize(
    ("value", "half_unit", "units"),
    [
        (3140, 0.5, (0.5, 5.0)),
        (3000, 0.5, (0.5, 5.0, 50.0, 500.0)),
        (66148, 0.5, (0.5,)),
        (12600, 50, (50,)),
        (12000, 50, (50, 500.0)),
        (22.4, 0.05, (0.05,)),
        (0, 0.5, (0.5,)),
        (-30, 0.5, (0.5, 5.0)),
    ],
)
def test_trailing_zeros_leave_the_unit_open(value: float, half_unit: float, units: tuple[float, ...]) -> None:
    assert open_half_units(value, half_unit) == pytest.approx(units)


# implied levels: the reference report, half-year 2018


@pytest.mark.parametrize(
    ("value", "half_unit", "growth", "growth_half_unit", "low", "high"),
    [
        (66148, 0.5, 27.6, 0.05, 51819.4, 51860.8),
        (3140, 0.5, 6.5, 0.05, 2946.5, 2950.2),
        (3140, 5, 6.5, 0.05, 2942.3, 2954.4),
        (3000, 0.5, 11, 0.5, 2690.1, 2715.4),
        (3000, 0.5, 11, 0.05, 2701.0, 2704.4),
        (3000, 50, 11, 0.5, 2645.7, 2760.2),
        (11997, 0.5, 12.5, 0.05, 10658.8, 10669.2),
        (14700, 50, 12.36, 0.005, 13037.9, 13128.0),
        (315145, 0.5, 28, 0.5, 245248.6, 247172.9),
    ],
)
def test_a_value_and_its_growth_imply_the_prior(
    value: float, half_unit: float, growth: float, growth_half_unit: float, low: float, high: float
) -> None:
    found = implied_prior(printed_interval(value, half_unit), printed_interval(growth, growth_half_unit))
    assert ends(found) == (low, high)


@pytest.mark.parametrize(
    ("value", "half_unit", "percent", "percent_half_unit", "low", "high"),
    [
        (66148, 0.5, 45.9, 0.05, 143955.4, 144271.5),
        (3140, 0.5, 40.3, 0.05, 7780.7, 7802.5),
        (3140, 5, 40.3, 0.05, 7769.5, 7813.7),
        (11997, 0.5, 47, 0.5, 25255.8, 25801.1),
        (11997, 0.5, 47, 0.05, 25497.3, 25553.8),
    ],
)
def test_a_value_and_its_percent_imply_the_plan(
    value: float, half_unit: float, percent: float, percent_half_unit: float, low: float, high: float
) -> None:
    assert ends(implied_plan(printed_interval(value, half_unit), printed_interval(percent, percent_half_unit))) == (low, high)


def test_the_surplus_of_the_year_before_is_the_difference_of_implied_intervals() -> None:
    exports = implied_prior(printed_interval(3140, 0.5), printed_interval(6.5, 0.05))
    imports = implied_prior(printed_interval(3000, 0.5), printed_interval(11, 0.5))
    assert ends(exports - imports) == (231.1, 260.1)  # 2946.5 - 2715.4 and 2950.2 - 2690.1


def test_growth_of_total_trade_follows_from_the_sums() -> None:
    exports, imports = printed_interval(3140, 0.5), printed_interval(3000, 0.5)
    before = implied_prior(exports, printed_interval(6.5, 0.05)) + implied_prior(imports, printed_interval(11, 0.5))
    assert ends(growth_interval(exports + imports, before), 2) == (8.36, 8.95)


def test_an_implied_end_is_reached_where_both_of_its_numbers_are() -> None:
    # exactly 110 over [1.0995, 1.1005): the upper end uses the closed 1.0995, the lower one the open 1.1005
    found = implied_prior(Interval.exactly(110.0), printed_interval(10, 0.05))
    assert (bool(found.low_open), bool(found.high_open)) == (True, False)
    # [109.5, 110.5) over exactly 1.1
    found = implied_prior(printed_interval(110, 0.5), Interval.exactly(10.0))
    assert (bool(found.low_open), bool(found.high_open)) == (False, True)


def test_growth_of_at_least_so_much_bounds_the_prior_from_above() -> None:
    found = implied_prior(printed_interval(110, 0.5), printed_interval(10, 0.05, "hơn"))
    assert found.low == 0.0
    assert found.high == pytest.approx(110.5 / 1.1)


@pytest.mark.parametrize("growth", [-100, -99.98])
def test_a_fall_that_may_be_total_implies_no_prior(growth: float) -> None:
    found = implied_prior(printed_interval(1, 0.5), printed_interval(growth, 0.05))
    assert isnan(found.low)
    assert isnan(found.high)


def test_a_vague_growth_implies_no_prior() -> None:
    assert isnan(implied_prior(printed_interval(110, 0.5), printed_interval(10, 0.05, "khoảng")).low)


def test_a_level_below_zero_implies_nothing_upside_down() -> None:
    """Growth is not defined on a level below zero; what is given must at least have its ends in order."""
    found = implied_prior(printed_interval(-100, 0.5), printed_interval(10, 0.5))
    assert isnan(found.low) or found.low <= -100.5 / 1.095 < -99.5 / 1.105 <= found.high


@given(st.integers(50, 10**6), st.integers(20, 300), st.integers(0, 2), st.integers(0, 2))
def test_the_implied_prior_holds_the_true_one(prior: int, percent: int, value_decimals: int, growth_decimals: int) -> None:
    current = Decimal(prior) * percent / 100
    value = half_up(float(current), value_decimals)
    growth = half_up(float(100 * (current - prior) / prior), growth_decimals)
    found = implied_prior(
        printed_interval(float(value), 0.5 * 10.0**-value_decimals), printed_interval(float(growth), 0.5 * 10.0**-growth_decimals)
    )
    assert found.low - NEAR * prior <= prior <= found.high + NEAR * prior


@given(st.integers(50, 10**6), st.integers(1, 10**6), st.integers(0, 2), st.integers(0, 2))
def test_the_implied_plan_holds_the_true_one(plan: int, done: int, value_decimals: int, percent_decimals: int) -> None:
    assume(100 * done >= plan)
    value, percent = half_up(done / 7, value_decimals), half_up(100 * done / 7 / plan, percent_decimals)
    assume(percent >= 1)
    found = implied_plan(
        printed_interval(float(value), 0.5 * 10.0**-value_decimals), printed_interval(float(percent), 0.5 * 10.0**-percent_decimals)
    )
    assert found.low - NEAR * plan <= plan <= found.high + NEAR * plan


# growth and percents of intervals, and verdicts


def test_growth_of_two_printed_levels_is_an_interval() -> None:
    found = growth_interval(printed_interval(315145, 0.5), printed_interval(238782, 0.5))
    # 315144.5 / 238782.5 and 315145.5 / 238781.5
    assert ends(found, 4) == (31.9797, 31.9807)
    assert (bool(found.low_open), bool(found.high_open)) == (True, True)


def test_growth_on_a_prior_that_may_be_zero_is_unknown() -> None:
    found = growth_interval(printed_interval(5, 0.5), printed_interval(0, 0.5))
    assert isnan(found.low)
    assert isnan(found.high)


def test_growth_on_a_prior_known_only_from_below_is_bounded_from_above() -> None:
    """110 against "trên 100": at most 110.5 / 100, and never under -100 %."""
    found = growth_interval(printed_interval(110, 0.5), printed_interval(100, 0.5, "trên"))
    assert (found.low, found.high) == pytest.approx((-100, 10.5))


def test_a_percent_of_plan_is_an_interval_too() -> None:
    found = ratio_interval(printed_interval(12600, 50), Interval.exactly(33000.0))
    assert ends(found, 3) == (38.03, 38.333)  # 12550 / 33000 and 12650 / 33000


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (Interval(45.86, 45.92), "agree"),
        (Interval(45.85, 45.95), "agree"),  # ends like the printed ones
        (Interval(45.8, 45.92), "cannot_tell"),
        (Interval(45.9, 46.2), "cannot_tell"),
        (Interval(45.0, 47.0), "cannot_tell"),
        (Interval(45.96, 46.0), "disagree"),
        (Interval(45.95, 46.0), "disagree"),  # 45.95 would print as 46.0
        (Interval(45.7, 45.85, False, True), "disagree"),  # touches the lower end without reaching it
        (Interval(45.7, 45.85, False, False), "cannot_tell"),  # reaches it
        (Interval.exactly(45.85), "agree"),
        (Interval.exactly(45.95), "disagree"),
        (Interval(nan, nan), None),
    ],
)
def test_a_verdict_has_three_values(computed: Interval, expected: str | None) -> None:
    assert verdict(computed, printed_interval(45.9, 0.05)) == expected


def test_the_verdicts_of_2024() -> None:
    output = growth_interval(printed_interval(315145, 0.5), printed_interval(238782, 0.5))
    assert verdict(output, printed_interval(28, 0.5)) == "disagree"
    exports = ratio_interval(printed_interval(12600, 50), Interval.exactly(33000.0))
    assert verdict(exports, printed_interval(38.2, 0.05)) == "cannot_tell"


def test_2950_is_a_prior_of_exports_only_if_they_were_above_3140() -> None:
    printed = printed_interval(6.5, 0.05)
    assert verdict(growth_interval(Interval.exactly(3140.0), Interval.exactly(2950.0)), printed) == "disagree"
    assert verdict(growth_interval(printed_interval(3140, 0.5), Interval.exactly(2950.0)), printed) == "cannot_tell"


def test_about_gives_no_verdict() -> None:
    assert verdict(Interval.exactly(12.0), printed_interval(12.36, 0.005, "khoảng")) is None


@pytest.mark.parametrize(("computed", "expected"), [(12.5, "agree"), (12.36, "agree"), (12.3, "disagree")])
def test_over_is_judged_from_below_only(computed: float, expected: str) -> None:
    assert verdict(Interval.exactly(computed), printed_interval(12.36, 0.005, "hơn")) == expected


def test_an_open_end_cannot_lie_in_a_closed_interval() -> None:
    assert verdict(Interval(29.0, inf), printed_interval(28, 0.5)) == "disagree"
    assert verdict(Interval(28.0, inf), printed_interval(28, 0.5)) == "cannot_tell"
    assert verdict(Interval(28.0, inf), printed_interval(28, 0.5, "hơn")) == "agree"


def test_verdicts_of_arrays_come_one_by_one() -> None:
    computed = Interval(np.array([45.86, 46.0, 45.8, nan]), np.array([45.9, 46.1, 45.9, nan]))
    printed = printed_interval(np.full(4, 45.9), np.full(4, 0.05), [None] * 4)
    assert verdict(computed, printed).tolist() == ["agree", "disagree", "cannot_tell", None]


def test_a_growth_at_the_end_of_its_interval_is_not_lost_to_floating_point() -> None:
    # 110.25 against 100 is 10.25, the closed lower end of 10.3 to one decimal
    computed = growth_interval(Interval.exactly(110.25), Interval.exactly(100.0))
    assert verdict(computed, printed_interval(10.3, 0.05)) == "agree"


@given(intervals(), intervals())
def test_no_interval_both_lies_in_another_and_misses_it(one: Interval, other: Interval) -> None:
    assert not (one.lies_in(other) and one.misses(other))
    assert one.misses(other) == other.misses(one)
    assert one.lies_in(one)


@given(intervals(), intervals(), st.integers(-160, 240))
def test_intervals_keep_what_their_words_promise(one: Interval, other: Interval, eighths: int) -> None:
    number = eighths / 8
    if one.lies_in(other) and holds(one, number):
        assert holds(other, number)
    if one.misses(other):
        assert not (holds(one, number) and holds(other, number))


@given(intervals(), intervals(), st.integers(0, 4), st.integers(0, 4))
def test_sums_and_differences_hold_those_of_their_numbers(one: Interval, other: Interval, step: int, other_step: int) -> None:
    number = one.low + (one.high - one.low) * step / 4
    other_number = other.low + (other.high - other.low) * other_step / 4
    assume(holds(one, number) and holds(other, other_number))
    assert holds(one + other, number + other_number)
    assert holds(one - other, number - other_number)
    assert holds(one.scaled(2.0), 2 * number)


@given(st.integers(100, 10**6), st.integers(100, 10**6), st.integers(0, 2))
def test_truly_printed_figures_never_disagree(prior: int, current: int, decimals: int) -> None:
    """Whoever rounds a value, its prior and its growth from the truth is never told that they contradict each other."""
    true_prior, true_current = prior / 7, current / 7
    growth = half_up(100 * (true_current - true_prior) / true_prior, decimals)
    levels = [printed_interval(float(half_up(level, 0)), 0.5) for level in (true_current, true_prior)]
    assert verdict(growth_interval(*levels), printed_interval(float(growth), 0.5 * 10.0**-decimals)) != "disagree"
