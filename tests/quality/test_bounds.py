"""Bounds on levels and on how many times one level is another: what follows from them, and which of them cannot all be true."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.quality.bounds import ONE, Bound, between, contradictions, exact, statements, tightest, trusted
from bcanalysis.rounding import Interval


def test_a_printed_level_with_its_growth_and_percent_of_plan_bounds_prior_and_plan() -> None:
    # 66 148 with +27.6 % and 45.9 % of the plan
    bounds = [
        *between("now", ONE, Interval(66147.5, 66148.5), "value"),
        *between("now", "prior", Interval(1.2755, 1.2765), "growth"),
        *between("now", "plan", Interval(0.4585, 0.4595), "share"),
    ]
    known = tightest(bounds)
    assert known["prior"].interval.low == pytest.approx(66147.5 / 1.2765, rel=1e-15)
    assert known["prior"].interval.high == pytest.approx(66148.5 / 1.2755, rel=1e-15)
    assert (round(known["plan"].interval.low, 1), round(known["plan"].interval.high, 1)) == (143955.4, 144271.5)
    assert known["plan"].low_by == {"value", "share"}


def test_three_statements_narrow_what_each_leaves_open() -> None:
    # 3.63 billion (3 625 to 3 635), and 6.2 billion (6 150 to 6 250) with +70.8 % on it
    bounds = [
        *between(2016, ONE, Interval(3625, 3635), "2016"),
        *between(2017, ONE, Interval(6150, 6250), "2017"),
        *between(2017, 2016, Interval(1.7075, 1.7085), "growth"),
    ]
    found = tightest(bounds)[2017].interval
    assert (found.low, found.high) == (3625 * 1.7075, 3635 * 1.7085)  # 6 189.7 to 6 210.4


def test_touching_ends_contradict_only_where_one_of_them_is_excluded() -> None:
    below, above = between("x", ONE, Interval(1, 2, False, True), "below 2"), between("x", ONE, Interval(2, 3), "from 2")
    assert [statements(chain) for chain in contradictions(below + above, 4)] == [{"below 2", "from 2"}]
    upto = between("x", ONE, Interval(1, 2, False, False), "up to 2")
    assert contradictions(upto + above, 4) == []
    assert tightest(upto + above)["x"].interval == Interval(2.0, 2.0, False, False)


def test_an_end_that_is_open_bounds_nothing() -> None:
    assert between("x", ONE, Interval(float("nan"), float("nan"))) == []
    assert len(between("x", ONE, Interval(300.0, inf))) == 1
    assert tightest(between("x", ONE, Interval(300.0, inf), "over 300"))["x"].interval.high == inf


def test_two_growths_of_one_pair_contradict_without_any_level() -> None:
    growths = between("x", "y", Interval(1.035, 1.045), "+4 %") + between("x", "y", Interval(1.085, 1.095), "+9 %")
    assert [statements(chain) for chain in contradictions(growths, 4)] == [{"+4 %", "+9 %"}]


def test_only_the_smallest_sets_are_listed() -> None:
    levels = between("x", ONE, Interval(1, 2), "a") + between("x", ONE, Interval(3, 4), "b")
    other = between("y", ONE, Interval(1, 2), "c") + between("y", "x", Interval(1, 1, False, False), "same")
    found = {statements(chain) for chain in contradictions(levels + other, 6)}
    assert found == {frozenset("ab"), frozenset({"b", "c", "same"})}


def test_what_cannot_all_be_true_has_no_tightest_interval() -> None:
    with pytest.raises(ValueError, match="bounds: they contradict each other"):
        tightest(between("x", ONE, Interval(1, 2)) + between("x", ONE, Interval(3, 4)))


def test_a_float_stands_for_the_decimal_number_it_was_printed_as() -> None:
    assert exact(0.1 + 0.2) == Fraction(3, 10)
    assert exact(66147.5) == Fraction(132295, 2)


def test_statements_that_contradict_those_trusted_more_are_left_out_one_by_one() -> None:
    sets = [frozenset({1, 2, 3}), frozenset({3, 4})]
    assert trusted([1, 2, 3, 4], sets) == {1, 2, 4}
    assert trusted([4, 3, 2, 1], sets) == {4, 2, 1}


LEVELS = st.lists(st.integers(1, 60), min_size=3, max_size=5)


@st.composite
def printed(draw: st.DrawFn) -> tuple[list[int], list[Bound]]:
    """Draw true levels, and bounds that are all true of them."""
    levels, bounds = draw(LEVELS), []
    for number in range(draw(st.integers(2, 7))):
        over = draw(st.integers(0, len(levels) - 1))
        under = draw(st.integers(-1, len(levels) - 1).filter(lambda place, over=over: place != over))
        times = Fraction(levels[over], levels[under] if under >= 0 else 1)
        slack = Fraction(draw(st.integers(0, 40)), 100)
        name = ONE if under < 0 else under
        bounds += [
            Bound(over, name, times * (1 + slack), slack > 0, number),
            Bound(name, over, (1 + slack) / times, slack > 0, number),
        ]
    return levels, bounds


@given(printed())
def test_what_is_true_is_never_contradicted_and_lies_in_its_interval(case: tuple[list[int], list[Bound]]) -> None:
    levels, bounds = case
    assert contradictions(bounds, 12) == []
    for unknown, known in tightest(bounds).items():
        low, high = known.interval.low, known.interval.high
        assert low <= levels[unknown] * (1 + 1e-12)
        assert high >= levels[unknown] * (1 - 1e-12)


@given(printed(), st.integers(2, 50))
def test_a_false_statement_is_found_and_without_any_one_of_a_set_the_rest_can_be_true(
    case: tuple[list[int], list[Bound]], times: int
) -> None:
    levels, bounds = case
    wrong = between(0, ONE, Interval.exactly(float(levels[0] * times * 2)), "wrong")
    found = contradictions(bounds + wrong, 12)
    for chain in found:
        told = statements(chain)
        assert "wrong" in told  # the rest is true
        for one in told:
            tightest([bound for bound in bounds + wrong if bound.said in told - {one}])  # raises if it contradicts itself
    kept = trusted(["wrong", *range(7)], [statements(chain) for chain in found])
    tightest([bound for bound in bounds + wrong if bound.said in kept])
