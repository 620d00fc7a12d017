"""Whatever is printed of a series, the statements that are left give each figure an interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.quality.systems import FIGURE, Level, System, level_of

WINDOWS = {"H1": ("01-01", "06-30"), "Q1": ("01-01", "03-31"), "M06": ("06-01", "06-30"), "": ("01-01", "12-31")}
NAN = float("nan")


@st.composite
def statement(draw: st.DrawFn) -> dict[str, Any]:
    year, shape = draw(st.integers(2015, 2018)), draw(st.sampled_from(sorted(WINDOWS)))
    first, last = WINDOWS[shape]
    stated = draw(st.sampled_from(["", f"{year}-07-01", f"{year + 1}-03-01"]))
    percents = st.one_of(st.just(NAN), st.integers(-90, 150).map(float))
    return {
        "period": f"{year}{shape}", "window_start": pd.Timestamp(f"{year}-{first}"), "window_end": pd.Timestamp(f"{year}-{last}"),
        "value": float(draw(st.integers(0, 60))), "half_unit": draw(st.sampled_from([0.0, 0.5])),
        "qualifier": draw(st.sampled_from(["", "trên", "gần", "khoảng"])), "growth_pct": draw(percents), "growth_half_unit": 0.5,
        "growth_qualifier": "", "plan_pct": abs(draw(percents)), "plan_half_unit": 0.5, "plan_qualifier": "", "stated_on": stated,
        "stated_from": pd.Timestamp(stated) if stated else pd.NaT, "stated_to": pd.Timestamp(stated) if stated else pd.NaT,
        "rank": draw(st.sampled_from(["press", "department"])), "source": "paper", "sources": ("paper",), "is_plan": False,
        "price_basis": "current",
    }  # fmt: skip


@given(st.lists(statement(), min_size=1, max_size=9))
def test_statements_however_they_contradict_leave_an_interval_for_each_figure(rows: list[dict[str, Any]]) -> None:
    system = System(("here", "output", "total", "current"), tuple(rows), cumulative=True)
    for known in system.known.values():
        assert known.interval.low <= known.interval.high
    for numbers, _ in system.disagreeing:
        assert not all((number, FIGURE) in system.taken and (number, "prior") in system.taken for number in numbers) or any(
            (number, part) not in system.taken for number in numbers for part in ("plan", "times")
        )


@given(st.lists(statement(), min_size=1, max_size=9))
def test_a_lone_statement_about_each_figure_stands(rows: list[dict[str, Any]]) -> None:
    alone = {level_of(row): {**row, "growth_pct": NAN, "plan_pct": NAN, "qualifier": ""} for row in rows if row["value"] > 0}
    system = System(("here", "workers", "total", "current"), tuple(alone.values()), cumulative=False)
    assert system.disagreeing == []
    assert len(system.taken) == 5 * len(alone)


def test_the_base_of_a_window_is_the_same_window_a_year_before() -> None:
    leap = Level(pd.Timestamp("2024-02-01").date(), pd.Timestamp("2024-02-29").date())
    assert leap.a_year_before == Level(pd.Timestamp("2023-02-01").date(), pd.Timestamp("2023-02-28").date())
    assert leap.period == "2024M02"
    assert Level(pd.Timestamp("2018-01-01").date(), pd.Timestamp("2018-06-10").date()).period == "2018H1"
