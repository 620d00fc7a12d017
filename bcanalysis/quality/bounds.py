"""What bounds on levels, and on how many times one level is another, say together: exactly, on fractions.

"At least 66147.5", "between 1.2755 and 1.2765 times the prior", "45.9 % of the plan": each bounds how many times one unknown is
another, one of them being the number 1. In logarithms such bounds are differences; the tightest bound between two unknowns is then the
shortest path between them, and bounds that cannot all be true are a cycle that leads back below its start. Products of fractions
say the same without a rounding error.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite

from bcanalysis.rounding import Interval

ONE: Hashable = "1"  # the number that levels are multiples of
_DIGITS = 15  # what a float tells of a decimal number


@dataclass(frozen=True)
class Bound:
    """One unknown is at most so many times another one.

    Parameters
    ----------
    over, under : hashable
        The unknowns: ``over <= most * under``, both positive.
    most : fractions.Fraction
        How many times, at most.
    strict : bool
        Whether the bound itself is excluded.
    said : hashable, optional
        The statement that says so; None if it is so by nature.
    """

    over: Hashable
    under: Hashable
    most: Fraction
    strict: bool
    said: Hashable = None


@dataclass(frozen=True)
class Known:
    """Where an unknown lies, and by which statements.

    Parameters
    ----------
    interval : Interval
        Its ends; infinite, or zero below, where nothing bounds it.
    low_by, high_by : frozenset
        The statements that give each end.
    """

    interval: Interval
    low_by: frozenset[Hashable]
    high_by: frozenset[Hashable]


@dataclass(frozen=True)
class _Reach:
    """How far an unknown reaches, and by which statements; an end that is excluded is the tighter one."""

    most: Fraction
    strict: bool
    by: frozenset[Hashable]

    def through(self, bound: Bound) -> _Reach:
        by = self.by if bound.said is None else self.by | {bound.said}
        return _Reach(self.most * bound.most, self.strict or bound.strict, by)

    def is_tighter(self, other: _Reach | None) -> bool:
        return other is None or (self.most, not self.strict) < (other.most, not other.strict)


def between(over: Hashable, under: Hashable, interval: Interval, said: Hashable = None) -> list[Bound]:
    """Bound how many times one unknown is another.

    Parameters
    ----------
    over, under : hashable
        The unknowns; :data:`ONE` for `under` bounds a level.
    interval : Interval
        How many times; an end that is unknown, infinite or not above zero bounds nothing.
    said : hashable, optional
        The statement.

    Returns
    -------
    list of Bound
        None, one or two.

    Examples
    --------
    >>> [(bound.most, bound.strict) for bound in between("now", "prior", Interval(1.27, 1.28))]
    [(Fraction(32, 25), True), (Fraction(100, 127), False)]
    """
    found = []
    if isfinite(interval.high) and interval.high > 0:
        found.append(Bound(over, under, exact(interval.high), bool(interval.high_open), said))
    if isfinite(interval.low) and interval.low > 0:
        found.append(Bound(under, over, 1 / exact(interval.low), bool(interval.low_open), said))
    return found


def exact(number: float) -> Fraction:
    """Read the decimal number that a float stands for, to 15 digits.

    Parameters
    ----------
    number : float
        Any finite number.

    Returns
    -------
    fractions.Fraction
        That number exactly.

    Examples
    --------
    >>> exact(27.6 + 0.05)
    Fraction(553, 20)
    """
    return Fraction(f"{number:.{_DIGITS}g}")


def tightest(bounds: Sequence[Bound]) -> dict[Hashable, Known]:
    """Give the tightest interval of each unknown.

    Parameters
    ----------
    bounds : sequence of Bound
        Bounds that can all be true.

    Returns
    -------
    dict of hashable to Known
        By unknown.

    Raises
    ------
    ValueError
        If the bounds contradict each other.

    Examples
    --------
    >>> value = between("now", ONE, Interval(66147.5, 66148.5))
    >>> growth = between("now", "prior", Interval(1.2755, 1.2765))
    >>> prior = tightest(value + growth)["prior"].interval
    >>> round(prior.low, 1), round(prior.high, 1), prior.low_open
    (51819.4, 51860.8, True)
    """
    highs = _reached(bounds)
    lows = _reached([Bound(bound.under, bound.over, bound.most, bound.strict, bound.said) for bound in bounds])
    unknowns = {end for bound in bounds for end in (bound.over, bound.under)} - {ONE}
    return {unknown: _known(lows.get(unknown), highs.get(unknown)) for unknown in unknowns}


def _known(low: _Reach | None, high: _Reach | None) -> Known:
    interval = Interval(
        float(1 / low.most) if low else 0.0,
        float(high.most) if high else inf,
        low.strict if low else True,
        high.strict if high else True,
    )
    return Known(interval, low.by if low else frozenset(), high.by if high else frozenset())


def _reached(bounds: Sequence[Bound]) -> dict[Hashable, _Reach]:
    """Follow the bounds from the number 1 as far as they lead (Bellman and Ford)."""
    found = {ONE: _Reach(Fraction(1), False, frozenset())}
    for _ in range(len(bounds) + 1):
        changed = False
        for bound in bounds:
            if bound.under in found:
                reach = found[bound.under].through(bound)
                if reach.is_tighter(found.get(bound.over)):
                    found[bound.over] = reach
                    changed = True
        if not changed:
            return found
    raise ValueError("bounds: they contradict each other; expected bounds that can all be true")


def contradictions(bounds: Sequence[Bound], longest: int) -> list[tuple[Bound, ...]]:
    """List the smallest sets of statements that cannot all be true.

    Parameters
    ----------
    bounds : sequence of Bound
        Any bounds.
    longest : int
        Chains of more bounds than these are not looked for.

    Returns
    -------
    list of tuple of Bound
        For each set one chain of bounds, from an unknown back to itself, that shows the contradiction; the shortest first. No set
        holds another one.

    Examples
    --------
    >>> level = between("2016", ONE, Interval(75230.5, 75231.5), "75 231 in 2016")
    >>> later = between("2017", ONE, Interval(114374.5, 114375.5), "114 375 in 2017")
    >>> growth = between("2017", "2016", Interval(1.3275, 1.3285), "32.8 % more in 2017")
    >>> for chain in contradictions(level + later + growth, 4):
    ...     print(sorted(statements(chain)))
    ['114 375 in 2017', '32.8 % more in 2017', '75 231 in 2016']
    """
    leading: dict[Hashable, list[Bound]] = {}
    for bound in bounds:
        leading.setdefault(bound.under, []).append(bound)
    places = {unknown: place for place, unknown in enumerate(leading)}
    found: dict[frozenset[Hashable], tuple[Bound, ...]] = {}
    for start in leading:
        for chain in _cycles(start, leading, places, longest):
            told = statements(chain)
            if told not in found or len(chain) < len(found[told]):
                found[told] = chain
    smallest: list[frozenset[Hashable]] = []
    for told in sorted(found, key=len):
        if not any(less <= told for less in smallest):
            smallest.append(told)
    return [found[told] for told in smallest]


def _cycles(
    start: Hashable, leading: dict[Hashable, list[Bound]], places: dict[Hashable, int], longest: int
) -> Iterable[tuple[Bound, ...]]:
    """Walk every simple cycle through its first unknown that leads back below its start."""
    walk: list[tuple[Hashable, tuple[Bound, ...], Fraction, bool]] = [(start, (), Fraction(1), False)]
    while walk:
        here, chain, times, strict = walk.pop()
        passed = {bound.over for bound in chain}
        for bound in leading.get(here, []):
            most, excluded = times * bound.most, strict or bound.strict
            if bound.over == start:
                if most < 1 or (most == 1 and excluded):
                    yield (*chain, bound)
            elif len(chain) + 1 < longest and bound.over not in passed and places.get(bound.over, -1) > places[start]:
                walk.append((bound.over, (*chain, bound), most, excluded))


def statements(chain: Iterable[Bound]) -> frozenset[Hashable]:
    """Give the statements that bounds rest on.

    Parameters
    ----------
    chain : iterable of Bound
        Bounds.

    Returns
    -------
    frozenset
        What ``said`` holds of each, without None.

    Examples
    --------
    >>> sorted(statements([Bound("a", "b", Fraction(1), False, "x"), Bound("b", "c", Fraction(1), False)]))
    ['x']
    """
    return frozenset(bound.said for bound in chain if bound.said is not None)


def trusted(order: Iterable[Hashable], sets: Collection[frozenset[Hashable]]) -> set[Hashable]:
    """Take statements one after the other, and leave out each that contradicts those taken before it.

    Parameters
    ----------
    order : iterable of hashable
        Statements, those to trust most first.
    sets : collection of frozenset
        Sets of statements that cannot all be true.

    Returns
    -------
    set of hashable
        The statements taken.

    Examples
    --------
    >>> sorted(trusted(["b", "a", "c"], [frozenset("ab"), frozenset("ac")]))
    ['b', 'c']
    """
    taken: set[Hashable] = set()
    for statement in order:
        if not any(statement in one and one <= taken | {statement} for one in sets):
            taken.add(statement)
    return taken
