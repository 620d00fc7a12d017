"""What all printed statements about a series say together: where each figure lies, and which of them cannot all be true."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pandas as pd

from bcanalysis.quality.bounds import ONE, Bound, Known, statements, tightest
from bcanalysis.quality.systems import (
    FIGURE,
    NOT_STATED,
    PLAN,
    Level,
    Row,
    System,
    bounds_of,
    has_value,
    level_of,
    plan_of,
    stated,
    trust,
)
from bcanalysis.rounding import Interval

KEY = ["area", "indicator", "breakdown", "price_basis"]
ENDS = ["first_low", "first_high", "later_low", "later_high"]
SETS = [*KEY, "period", "what", "class", *ENDS, "first", "later", "same_basis_assumed"]
INTERVALS = [*KEY, "period", "what", "low", "high", "printed_low", "printed_high", "origin", "statements"]
REMAINDERS = [*KEY, "period", "within", "class", *ENDS, "first", "later"]
# How many times the months before those that follow in a year make on file, where both figures are of one publication and basis.
USUAL_PACE = Interval(0.7, 2.0)
_TOLD = (
    "period value half_unit qualifier growth_pct growth_half_unit growth_qualifier plan_pct plan_half_unit plan_qualifier "
    "stated_on sources is_plan price_basis"
).split()
Statement = dict[str, Any]


def told(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """Give what statements say, in the order of their periods.

    Parameters
    ----------
    rows : iterable of mapping
        Statements of a system.

    Returns
    -------
    tuple of dict
        Figures, words and sources; of a plan ``period`` is its year.
    """
    ordered = sorted(rows, key=lambda row: (row["window_end"], row["is_plan"]))
    return tuple({name: row[name] for name in _TOLD} | {"period": _period(row)} for row in ordered)


def _period(row: Row) -> str:
    return str(row["window_end"].year) if row["is_plan"] else str(row["period"])


def sets(found: Iterable[System]) -> list[dict[str, Any]]:
    """List the smallest sets of statements that cannot all be true.

    Parameters
    ----------
    found : iterable of System
        Statements, series by series.

    Returns
    -------
    list of dict
        One record for each set, with the columns :data:`SETS`: the oldest or least of its statements on one side, the others on the
        other, and the interval that each side gives for the figure or plan they disagree on (``what``: ``value``, ``plan``).
        Statements about one figure that differ are listed pair by pair elsewhere, and not here.
    """
    return [
        _set(system, numbers, chain)
        for system in found
        for numbers, chain in system.disagreeing
        if len({(_period(system.rows[number]), system.rows[number]["is_plan"]) for number in numbers}) > 1
    ]


def _set(system: System, numbers: frozenset[int], chain: tuple[Bound, ...]) -> dict[str, Any]:
    about, sides = _sides(system, numbers, chain)
    rows = [[system.rows[number] for number in side] for side in sides]
    one, other = (_side(system, side, about) for side in sides)
    return {
        **dict(zip(KEY, system.key, strict=True)),
        "period": about.period,
        "what": PLAN if about.is_plan else "value",
        "class": _class(system, rows, about, sides),
        **_ends("first", one),
        **_ends("later", other),
        "first": told(rows[0]),
        "later": told(rows[1]),
        "same_basis_assumed": _assumed([row for side in rows for row in side]),
    }


def _sides(system: System, numbers: frozenset[int], chain: tuple[Bound, ...]) -> tuple[Level, list[list[int]]]:
    """Say what a set disagrees on, and part it into the oldest or least of its statements and the others.

    Of a plan to grow by so much, the base is what is disagreed on: the statements part into those that reach it through the plan,
    and those that do not.
    """

    def in_order(some: Iterable[int]) -> list[int]:
        return sorted(some, key=lambda number: trust(system.rows[number]))

    to_grow = [place for place, bound in enumerate(chain) if bound.said is not None and _is_target(system.rows[bound.said[0]])]
    if len(to_grow) == 1 and chain[0].under == ONE:
        (place,) = to_grow
        base = next(end for end in (chain[place].over, chain[place].under) if not end.is_plan)
        turn = place + (base == chain[place].over)
        parts = [in_order({number for number, _ in statements(part)}) for part in (chain[:turn], chain[turn:])]
        return base, sorted(parts, key=lambda side: trust(system.rows[side[0]]))
    first, *others = in_order(numbers)
    return _disputed(system.rows[first], chain), [[first], others]


def _is_target(row: Row) -> bool:
    return bool(row["is_plan"] and not has_value(row))


def _disputed(first: Row, chain: tuple[Bound, ...]) -> Level:
    """Say what a set disagrees on: the plan if it is about one, else the figure of the statement that others speak against."""
    plans = [bound.over for bound in chain if isinstance(bound.over, Level) and bound.over.is_plan]
    if plans:
        return plans[0]
    return plan_of(first) if first["is_plan"] else level_of(first)


def _side(system: System, numbers: Iterable[int], about: Level, *, open_zeros: bool = False) -> Interval:
    """Give where a figure lies by some statements alone."""
    bounds = [bound for number in numbers for bound in bounds_of(system.rows[number], number, open_zeros=open_zeros)]
    known = tightest(bounds + system.by_nature).get(about)
    return known.interval if known else Interval(0.0, float("inf"))


def _class(system: System, rows: list[list[Row]], about: Level, sides: list[list[int]]) -> str:
    """Say what explains a set: round numbers, two plans, a base that was revised since, or nothing."""
    one, other = (_side(system, side, about, open_zeros=True) for side in sides)
    if not one.misses(other):
        return "rounding"
    sources = {source for side in rows for row in side for source in row["sources"]}
    if about.is_plan and len(sources) > 1:
        return "different_series"
    later = max(stated(row)[1] for row in rows[0]) < min(stated(row)[0] for row in rows[1])
    return "revision" if later and len(sources) > 1 else "contradiction"


def _assumed(rows: list[Row]) -> bool:
    """Tell whether statements meet only if a basis that is not stated is that of the others."""
    sources = {source for row in rows for source in row["sources"]}
    return len(sources) > 1 and any(row["price_basis"] == NOT_STATED for row in rows)


def _ends(name: str, interval: Interval) -> dict[str, float]:
    return {f"{name}_low": interval.low, f"{name}_high": interval.high}


def intervals(found: Iterable[System]) -> list[dict[str, Any]]:
    """Give the tightest interval of each figure and plan that statements bound.

    Parameters
    ----------
    found : iterable of System
        Statements, series by series.

    Returns
    -------
    list of dict
        One record for each, with the columns :data:`INTERVALS`. ``origin`` is ``printed`` where the print of the figure itself is
        the tightest, ``narrowed`` where others narrow it, ``revised`` where they speak against it (its own print stands in
        ``printed_low``, ``printed_high``), ``implied`` where there is none; ``statements`` are those behind the ends.
    """
    return [
        _interval(system, about, known)
        for system in found
        for about, known in sorted(system.known.items(), key=lambda one: (one[0].end, one[0].start, one[0].is_plan))
        if isinstance(about, Level)
    ]


def _interval(system: System, about: Level, known: Known) -> dict[str, Any]:
    own = [number for number, row in enumerate(system.rows) if _is_of(row, about)]
    printed = [_side(system, [number], about) for number in own]
    part = PLAN if about.is_plan else FIGURE
    stands = [number for number in own if (number, part) in system.taken]
    behind = sorted({number for number, _ in known.low_by | known.high_by})
    alone = set(behind) <= set(stands)
    origin = "implied" if not own else "revised" if not stands else "printed" if alone else "narrowed"
    widest = Interval(
        min((one.low for one in printed), default=float("nan")), max((one.high for one in printed), default=float("nan"))
    )
    return {
        **dict(zip(KEY, system.key, strict=True)),
        "period": about.period,
        "what": PLAN if about.is_plan else "value",
        "low": known.interval.low,
        "high": known.interval.high,
        **_ends("printed", widest),
        "origin": origin,
        "statements": told(system.rows[number] for number in behind),
    }


def _is_of(row: Row, about: Level) -> bool:
    return bool(has_value(row) and (plan_of(row) if row["is_plan"] else level_of(row)) == about)


def remainders(found: Iterable[System]) -> list[dict[str, Any]]:
    """List the months that two figures of a year leave between them, where they are far off the pace of those before.

    Parameters
    ----------
    found : iterable of System
        Statements, series by series.

    Returns
    -------
    list of dict
        One record for each, with the columns :data:`REMAINDERS`: ``period`` are the months that are left, ``within`` the longer
        period; ``first`` is what a month made before, ``later`` what a month is left, each an interval with its statements.
    """
    return [record for system in found if system.cumulative for record in _remainders(system)]


def _remainders(system: System) -> list[dict[str, Any]]:
    levels = sorted(
        (level for level in system.known if isinstance(level, Level) and not level.is_plan),
        key=lambda level: (level.start, level.end),
    )
    beside = [(part, whole) for part, whole in pairwise(levels) if part.start == whole.start]
    found = [_remainder(system, part, whole) for part, whole in beside if part.end.month < whole.end.month]
    return [record for record in found if record is not None]


def _remainder(system: System, part: Level, whole: Level) -> dict[str, Any] | None:
    before, total = system.known[part], system.known[whole]
    rest = total.interval - before.interval
    months = whole.end.month - part.end.month
    done = before.interval.scaled(1 / (part.end.month - part.start.month + 1))
    left = rest.scaled(1 / months)
    if not (done.low > 0 and left.low > 0 and left.high < float("inf") and _is_off(left, done)):
        return None
    behind = [sorted({number for number, _ in one.low_by | one.high_by}) for one in (before, total)]
    rows = [[system.rows[number] for number in numbers] for numbers in behind]
    implied = [not any(_is_of(row, about) for row in side) for side, about in zip(rows, (part, whole), strict=True)]
    if all(implied):
        return None
    assumed = len({row["price_basis"] for side in rows for row in side}) > 1
    return {
        **dict(zip(KEY, system.key, strict=True)),
        "period": Level(part.end + pd.Timedelta(days=1).to_pytimedelta(), whole.end).period,
        "within": whole.period,
        "class": "revision" if any(implied) else "different_series" if assumed else "contradiction",
        **_ends("first", done),
        **_ends("later", left),
        "first": told(rows[0]),
        "later": told(rows[1]),
    }


def _is_off(left: Interval, done: Interval) -> bool:
    return bool(left.high < USUAL_PACE.low * done.low or left.low > USUAL_PACE.high * done.high)
