"""What became of figures after they were first published, and on which base later growth rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from operator import sub
from typing import Any

from bcanalysis.dataset.vintages import STATUSES
from bcanalysis.quality.reconcile import ENDS, KEY, told
from bcanalysis.quality.systems import Level, Row, System, has_value, level_of, trust
from bcanalysis.rounding import Interval, growth_interval, implied_prior, printed_interval

COLUMNS = [*KEY, "period", "first", "later", "origin", *ENDS, "revision_low", "revision_high", "rests_on"]


def revisions(levels: Iterable[System], rates: Iterable[System]) -> list[dict[str, Any]]:
    """List what was said of each figure after its first statement.

    Parameters
    ----------
    levels, rates : iterable of System
        Statements, series by series.

    Returns
    -------
    list of dict
        One record for each later statement that is another number (``origin`` printed), and for each printed growth of the year
        after it (``implied``: the base that the growth was computed on), with the columns :data:`COLUMNS`. ``revision_low`` and
        ``revision_high`` are percent of the first figure, of rates points; NaN where the two can be the same number. ``rests_on``
        says of a growth whether its base is the ``first`` statement, the ``latest`` one, or a ``revised`` one that is not on file.
    """
    found = [record for system in levels for record in (*_printed(system, growth_interval), *_implied(system))]
    return found + [record for system in rates for record in _printed(system, sub)]


def _printed(system: System, moved: Callable[[Interval, Interval], Interval]) -> Iterator[dict[str, Any]]:
    for level, (first, *others) in _in_time(system):
        for row in others:
            if _value(first).misses(_value(row)) and _revises(row, first):
                yield _record(system, level, first, row, "printed", _value(row), moved, "")


def _implied(system: System) -> Iterator[dict[str, Any]]:
    for level, rows in _in_time(system):
        first, latest = rows[0], rows[-1]
        for row in system.rows:
            base = None if row["is_plan"] or level_of(row).a_year_before != level else _base(row)
            if base is not None:
                fits = [name for name, one in (("first", first), ("latest", latest)) if not _value(one).misses(base)]
                yield _record(system, level, first, row, "implied", base, growth_interval, fits[0] if fits else "revised")


def _in_time(system: System) -> list[tuple[Level, list[Row]]]:
    """Give the statements of each figure, the first one first."""
    told_of: dict[Level, list[Row]] = {}
    for row in sorted(system.rows, key=trust):
        if not row["is_plan"] and has_value(row):
            told_of.setdefault(level_of(row), []).append(row)
    return sorted(told_of.items())


def _revises(later: Row, first: Row) -> bool:
    """Tell whether a statement is known to be the later one, by date or by status, and is not coarser."""
    if later["stated_on"] and first["stated_on"]:
        in_order = first["stated_to"] < later["stated_from"]
    else:
        places = [STATUSES.index(row["status"]) if row["status"] in STATUSES else -1 for row in (first, later)]
        in_order = 0 <= places[0] < places[1]
    return bool(in_order and later["half_unit"] <= first["half_unit"])


def _base(row: Row) -> Interval | None:
    """Give the base that a printed growth was computed on."""
    base = implied_prior(_value(row), printed_interval(row["growth_pct"], row["growth_half_unit"], row["growth_qualifier"]))
    return base if base.low > 0 and isfinite(base.low + base.high) else None


def _value(row: Row) -> Interval:
    return printed_interval(row["value"], row["half_unit"], row["qualifier"])


def _record(
    system: System,
    level: Level,
    first: Row,
    later: Row,
    origin: str,
    then: Interval,
    moved: Callable[[Interval, Interval], Interval],
    rests_on: str,
) -> dict[str, Any]:
    before = _value(first)
    by = moved(then, before) if before.misses(then) else Interval(float("nan"), float("nan"))
    return {
        **dict(zip(KEY, system.key, strict=True)),
        "period": level.period,
        "first": told([first]),
        "later": told([later]),
        "origin": origin,
        "first_low": before.low,
        "first_high": before.high,
        "later_low": then.low,
        "later_high": then.high,
        "revision_low": by.low,
        "revision_high": by.high,
        "rests_on": rests_on,
    }
