from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.integers(1, 12))
    return Period(draw(st.integers(1900, 2099)), first, draw(st.integers(first, 12)))


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("2018", 2018, 1, 12),
        ("2018H1", 2018, 1, 6),
        ("2018H2", 2018, 7, 12),
        ("2018Q1", 2018, 1, 3),
        ("2018Q3", 2018, 7, 9),
        ("2018Q4", 2018, 10, 12),
        ("2018M06", 2018, 6, 6),
        ("2018M12", 2018, 12, 12),
        ("2018M01-M05", 2018, 1, 5),
        (" 2018H1 ", 2018, 1, 6),
    ],
)
def test_a_period_is_read_from_its_name(text: str, year: int, first: int, last: int) -> None:
    period = Period.parse(text)
    assert (period.year, period.first_month, period.last_month) == (year, first, last)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2018M01-M06", "2018H1"),
        ("2018M07-M12", "2018H2"),
        ("2018M01-M12", "2018"),
        ("2018M10-M12", "2018Q4"),
        ("2018M05-M05", "2018M05"),
        ("2018M02-M04", "2018M02-M04"),  # three months, but no quarter
        ("2018M01-M09", "2018M01-M09"),
    ],
)
def test_a_period_has_one_shortest_name(text: str, name: str) -> None:
    assert str(Period.parse(text)) == name
    assert Period.parse(text) == Period.parse(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018H3",
        "2018H0",
        "2018Q5",
        "2018M00",
        "2018M13",
        "2018M6",
        "2018M01-05",
        "2018h1",
        "18H1",
        "3018",
        "6T/2018",
        "H1 2018",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError, match=r"expected a year, half-year, .* such as 2018, 2018H1, 2018Q2, 2018M06 or 2018M01-M05"):
        Period.parse(text)


@pytest.mark.parametrize(("first", "last"), [(6, 1), (0, 3), (1, 13)])
def test_months_out_of_order_or_out_of_the_year_are_refused(first: int, last: int) -> None:
    with pytest.raises(UsageError, match=f"got months {first} to {last}"):
        Period(2018, first, last)


def test_a_run_of_months_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="got months 5 to 1"):
        Period.parse("2018M05-M01")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018H1", date(2018, 1, 1), date(2018, 6, 30)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2024M02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023M02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2000M02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2018Q3", date(2018, 7, 1), date(2018, 9, 30)),
    ],
)
def test_a_period_knows_its_first_and_last_day(text: str, start: date, end: date) -> None:
    assert (Period.parse(text).start, Period.parse(text).end) == (start, end)


def test_the_prior_year_has_the_same_months() -> None:
    assert str(Period.parse("2018H1").prior_year) == "2017H1"
    assert str(Period.parse("2018M01-M05").prior_year) == "2017M01-M05"
    assert Period.parse("2025M02").prior_year.end == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2018H1", "2018H2"),
        ("2018M01-M09", "2018Q4"),
        ("2018Q1", "2018M04-M12"),
        ("2018M01-M11", "2018M12"),
        ("2018", None),
        ("2018H2", None),
    ],
)
def test_the_rest_of_the_year_begins_the_month_after(text: str, rest: str | None) -> None:
    found = Period.parse(text).rest_of_year()
    assert (None if found is None else str(found)) == rest


def test_periods_sort_by_time() -> None:
    names = ["2018H2", "2018", "2017H1", "2018H1", "2018M02"]
    assert [str(period) for period in sorted(map(Period.parse, names))] == ["2017H1", "2018H1", "2018", "2018M02", "2018H2"]


@given(periods())
def test_a_name_reads_back_as_its_period(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods())
def test_the_window_of_a_period_has_its_months(period: Period) -> None:
    assert (period.start.month, period.end.month) == (period.first_month, period.last_month)
    assert period.months == period.end.month - period.start.month + 1
    assert period.start.day == 1
    assert date.fromordinal(period.end.toordinal() + 1).day == 1
