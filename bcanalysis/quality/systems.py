"""The printed statements about one series as bounds on its levels and plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.proposed import plain
from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.vintages import RANKS
from bcanalysis.indicators import NOT_LEVELS
from bcanalysis.periods import Period
from bcanalysis.quality.bounds import ONE, Bound, Known, between, can_be_true, contradictions, statements, tightest, trusted
from bcanalysis.rounding import Interval, implied_plan, implied_prior, open_half_units, printed_interval

SERIES = ["area", "indicator", "breakdown"]
LONGEST_CHAIN = 5
_SAYING = (
    "is_plan window_start window_end value half_unit qualifier growth_pct growth_half_unit growth_qualifier "
    "plan_pct plan_half_unit plan_qualifier"
).split()
# The parts of a statement: its figure; the prior and the plan that follow from its percents, which were those of its day even if
# the figure has been revised since; and the percents themselves, which hold of the figure only.
FIGURE, PRIOR, PLAN, TIMES, SHARE = PARTS = ("figure", "prior", "plan", "times", "share")
NOT_STATED, GROWTH = "not_stated", "growth"
Row = Mapping[str, Any]


@dataclass(frozen=True, order=True)
class Level:
    """The level of a series in a window, or the plan of a year: what statements are about.

    Parameters
    ----------
    start, end : datetime.date
        The window; of a plan its year.
    is_plan : bool
        Whether it is the plan.
    """

    start: date
    end: date
    is_plan: bool = False

    @property
    def a_year_before(self) -> Level:
        """The same window of the prior year."""
        return Level(_a_year_before(self.start), _a_year_before(self.end))

    @property
    def period(self) -> str:
        """The name of the months that the window touches."""
        return str(Period(self.end.year, self.start.month if self.start.year == self.end.year else 1, self.end.month))


def _a_year_before(day: date) -> date:
    earlier = (pd.Timestamp(day) - pd.DateOffset(years=1)).date()
    next_day: date = (pd.Timestamp(day) + pd.Timedelta(days=1)).date()
    return (earlier + pd.offsets.MonthEnd(0)).date() if next_day.day == 1 else earlier


@dataclass(frozen=True)
class System:
    """What is printed of one series, with what follows from it.

    Parameters
    ----------
    key : tuple of str
        Area, indicator, breakdown and the price basis on which the statements are read.
    rows : tuple of mapping
        The statements; then the plans on file.
    cumulative : bool
        Whether a longer window of the year holds at least as much as one inside it.
    """

    key: tuple[str, str, str, str]
    rows: tuple[Row, ...]
    cumulative: bool

    @cached_property
    def bounds(self) -> list[Bound]:
        """All bounds, with those that hold by nature."""
        return self.printed + self.by_nature

    @cached_property
    def printed(self) -> list[Bound]:
        """The bounds that statements give."""
        return [bound for number, row in enumerate(self.rows) for bound in bounds_of(row, number)]

    @cached_property
    def by_nature(self) -> list[Bound]:
        """The bounds that hold whatever is printed: what flows adds up."""
        levels = {end for bound in self.printed for end in (bound.over, bound.under) if isinstance(end, Level) and not end.is_plan}
        return sorted(_within(levels), key=lambda bound: (bound.under, bound.over)) if self.cumulative else []

    @cached_property
    def contradictions(self) -> list[tuple[Bound, ...]]:
        """The smallest sets of statements that cannot all be true, as chains of bounds.

        What a percent says of the plan is among the bounds; that it also binds the level to it adds no set, and chains without end.
        """
        return contradictions([bound for bound in self.bounds if not _is_share(bound)], LONGEST_CHAIN)

    @cached_property
    def disagreeing(self) -> list[tuple[frozenset[int], tuple[Bound, ...]]]:
        """The smallest sets of whole statements (their numbers) that cannot all be true, each with a chain that shows it."""
        found = [(frozenset(number for number, _ in statements(chain)), chain) for chain in self.contradictions]
        found = sorted({numbers: (numbers, chain) for numbers, chain in reversed(found)}.values(), key=lambda one: len(one[0]))
        smallest: list[tuple[frozenset[int], tuple[Bound, ...]]] = []
        for numbers, chain in found:
            if not any(less <= numbers for less, _ in smallest):
                smallest.append((numbers, chain))
        return smallest

    @cached_property
    def taken(self) -> set[tuple[int, str]]:
        """What is said (number of a statement, and part of it) and left when of each contradiction the older part is set aside."""
        newest = sorted(range(len(self.rows)), key=lambda number: trust(self.rows[number]), reverse=True)
        order = [(number, part) for number in newest for part in PARTS if part != SHARE]
        taken = trusted(order, [statements(chain) for chain in self.contradictions])
        for said in reversed(order):  # a chain that is longer than was looked for: the oldest gives way until the rest can be true
            if can_be_true(self._bounds_of(taken)):
                break
            taken.discard(said)
        for said in ((number, SHARE) for number in newest):
            if can_be_true(self._bounds_of(taken | {said})):
                taken.add(said)
        return taken

    @cached_property
    def known(self) -> dict[Any, Known]:
        """The tightest interval of each level and plan, by the statements taken."""
        return tightest(self._bounds_of(self.taken))

    def _bounds_of(self, taken: set[tuple[int, str]]) -> list[Bound]:
        """Give the bounds that statements give, a percent only with the figure it is of; and those by nature."""
        figures = {number for number, part in taken if part == FIGURE}
        stands = {said for said in taken if said[1] not in (TIMES, SHARE) or said[0] in figures}
        return [bound for bound in self.printed if bound.said in stands] + self.by_nature


def _is_share(bound: Bound) -> bool:
    return bound.said is not None and bound.said[1] == SHARE


def trust(row: Row) -> tuple[Any, ...]:
    """Order statements: the latest is trusted most, then the best source, then the finest digits."""
    rank = RANKS.index(row["rank"]) if row["rank"] in RANKS else len(RANKS)
    return (stated(row)[1], -rank, -row["half_unit"] if row["half_unit"] == row["half_unit"] else 0.0)


def stated(row: Row) -> tuple[date, date]:
    """Give the days between which a statement was made; of an undated one, the last day that it is about."""
    ends = [row["window_end"] if pd.isna(end) else end for end in (row["stated_from"], row["stated_to"])]
    return ends[0].date(), ends[1].date()


def has_value(row: Row) -> bool:
    """Tell whether a statement has a number, and not a growth alone."""
    return bool(np.isfinite(row["value"]))


def level_of(row: Row) -> Level:
    """Give what a statement's value is about."""
    return Level(row["window_start"].date(), row["window_end"].date())


def plan_of(row: Row) -> Level:
    """Give the plan that a statement's percent is of."""
    year = row["window_end"].year
    return Level(date(year, 1, 1), date(year, 12, 31), is_plan=True)


def bounds_of(row: Row, number: int, *, open_zeros: bool = False) -> list[Bound]:
    """Bound the levels and plans that a statement is about.

    Parameters
    ----------
    row : mapping
        A statement, or a plan on file (``is_plan``): a level, or how much more than the level of the prior year.
    number : int
        Its number, by which the bounds tell where they come from.
    open_zeros : bool
        Whether trailing zeros of the level are read as round.

    Returns
    -------
    list of Bound
        By its value, its growth and its percent of plan; empty for a word such as "khoảng", and for what is not above zero.
    """
    growth = printed_interval(row["growth_pct"], row["growth_half_unit"], row["growth_qualifier"])
    times = Interval(1 + growth.low / 100, 1 + growth.high / 100, growth.low_open, growth.high_open)
    if row["is_plan"]:
        plan = plan_of(row)
        return [
            *between(plan, ONE, Interval.exactly(row["value"]), (number, PLAN)),
            *between(plan, Level(plan.start, plan.end).a_year_before, times, (number, TIMES)),
        ]
    level = level_of(row)
    half_unit = open_half_units(row["value"], row["half_unit"])[-1] if open_zeros and row["value"] > 0 else row["half_unit"]
    value = printed_interval(row["value"], half_unit, row["qualifier"])
    share = printed_interval(row["plan_pct"], row["plan_half_unit"], row["plan_qualifier"]).scaled(0.01)
    return [
        *between(level, ONE, value, (number, FIGURE)),
        *between(level, level.a_year_before, times, (number, TIMES)),
        *between(level, plan_of(row), share, (number, SHARE)),
        *between(level.a_year_before, ONE, implied_prior(value, growth), (number, PRIOR)),
        *between(plan_of(row), ONE, implied_plan(value, share.scaled(100)), (number, PLAN)),
    ]


def _within(levels: set[Level]) -> Iterator[Bound]:
    """Bound each window by the next larger ones of the year that hold it: what flows adds up."""
    for inner in levels:
        around = [outer for outer in levels if outer != inner and _holds(outer, inner)]
        for outer in around:
            if not any(_holds(outer, between_them) for between_them in around if between_them != outer):
                yield from between(outer, inner, Interval(1.0, np.inf, False))


def _holds(outer: Level, inner: Level) -> bool:
    return outer.end.year == inner.end.year and outer.start <= inner.start and inner.end <= outer.end


def systems(dataset: Dataset, found: pd.DataFrame, *, rates: bool = False) -> list[System]:
    """Put statements together, series by series.

    Parameters
    ----------
    dataset : Dataset
        Catalogue and plans.
    found : pandas.DataFrame
        All statements about the figures asked for.
    rates : bool
        Whether those of rates, indices and shares are put together, instead of levels; they have no plans, and bound nothing.

    Returns
    -------
    list of System
        One for each series of which something is on file. A statement whose price basis is not stated is read on the
        basis that most others of its indicator and area have: whether it fits there is what is asked. Two stated bases stay two
        series.
    """
    kinds = dataset["indicators"].set_index("code")["kind"]
    rows = found[found["indicator"].map(kinds).isin(NOT_LEVELS) == rates].assign(is_plan=False)
    if not rates:
        rows = pd.concat([rows, _plans(dataset, rows)], ignore_index=True)
    rows = rows.assign(read_on=_leading_basis(dataset, rows).where(rows["price_basis"] == NOT_STATED, rows["price_basis"]))
    return [
        System(key, _without_repeats(group), kinds[key[1]] != "stock") for key, group in _groups(rows) if not group["is_plan"].all()
    ]


def _groups(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str, str, str], pd.DataFrame]]:
    for (area, indicator, breakdown, basis), group in rows.groupby([*SERIES, "read_on"], sort=True):
        yield (str(area), str(indicator), str(breakdown), str(basis)), group


def _without_repeats(rows: pd.DataFrame) -> tuple[Row, ...]:
    """Put statements that say the same of one figure into one, the earliest of them, with all ``sources``."""
    records: list[Row] = sorted([dict(row) for row in rows.to_dict("records")], key=trust)  # type: ignore[arg-type]
    alike: dict[tuple[str, ...], Row] = {}
    for row in records:
        same = tuple(str(row[name]) for name in _SAYING)
        sources = (*(alike[same]["sources"] if same in alike else ()), row["source"])
        alike[same] = {**alike.get(same, row), "sources": sources}
    return tuple(alike.values())


def _plans(dataset: Dataset, levels: pd.DataFrame) -> pd.DataFrame:
    asked = Selection("plans", area=tuple(levels["area"]), indicator=tuple(levels["indicator"]))
    plans = dataset.read(asked)
    plans = plans[plans["target_kind"].isin(["level", GROWTH]) & plans["value_high"].isna()]
    plans = plans.merge(levels[SERIES].drop_duplicates(), on=SERIES)
    year_end = pd.to_datetime(plans["year"].map("{:.0f}-12-31".format))
    in_force = plans[["decided_on", "valid_from"]].max(axis=1)
    sources = dataset.unnoted("sources").frame.set_index("code")
    dated = {"window_start": year_end, "window_end": year_end, "stated_from": in_force, "stated_to": in_force}
    rank = plans["source"].map(sources["rank"])
    to_grow = plans["target_kind"] == GROWTH
    growth = {"growth_pct": plans["value"].where(to_grow), "growth_half_unit": plans["value"].map(_half_unit).where(to_grow)}
    level = {"value": plans["value"].mask(to_grow), "half_unit": to_grow.map({True: np.nan, False: 0.0})}
    return plans.assign(**dated, **level, **growth, rank=rank, qualifier="", growth_qualifier="", stated_on="", is_plan=True)


def _half_unit(number: float) -> float:
    """Give half of the last digit that a number has; zeros after it are not known to be meant."""
    decimals = len(plain(Decimal(str(number))).partition(".")[2])
    return 0.5 / float(10**decimals)


def _leading_basis(dataset: Dataset, rows: pd.DataFrame) -> pd.Series:
    """Give for each row the stated basis that is the most common for its area and indicator; none if there is none."""
    order = {code: place for place, code in enumerate(dataset["price_bases"]["code"])}
    told = rows[rows["price_basis"] != NOT_STATED]
    times = told.groupby(["area", "indicator", "price_basis"]).size().reset_index(name="times")
    times = times.assign(order=times["price_basis"].map(order)).sort_values(["times", "order"], ascending=[False, True])
    leading = times.drop_duplicates(["area", "indicator"])[["area", "indicator", "price_basis"]]
    found = rows[["area", "indicator"]].merge(leading, on=["area", "indicator"], how="left")["price_basis"]
    return pd.Series(found.fillna(NOT_STATED).to_numpy(), index=rows.index)
