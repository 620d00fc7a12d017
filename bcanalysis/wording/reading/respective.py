"""Rows of names and rows of numbers that belong together: "xuất khẩu và nhập khẩu lần lượt đạt 3.140 và 3.000 triệu USD"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bcanalysis.wording.reading.fact import VERBS
from bcanalysis.wording.reading.tokens import NUMBERS, Token

_LINKS = frozenset({"comma", "and"})


def one_by_one(tokens: Sequence[Token]) -> list[Token]:
    """Tell a clause with "lần lượt" once for each of its names.

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.

    Returns
    -------
    list of Token
        The same, with such a clause told name by name, parted by semicolons; unchanged where names and numbers are not as many.

    Examples
    --------
    >>> from bcanalysis.wording.reading.tokens import tokens_in
    >>> told = one_by_one(tokens_in("Xuất khẩu và nhập khẩu lần lượt tăng 6,5% và 11%"))
    >>> " ".join(token.text for token in told)
    'Xuất khẩu tăng 6,5% ; nhập khẩu tăng 11%'
    """
    told: list[Token] = []
    for clause in _clauses(tokens):
        told += _told(clause) if any(_is_joint(token) for token in clause) else clause
    return told


def shares(tokens: Sequence[Token]) -> dict[int, tuple[int, int]]:
    """Tell which of the statements before each number of a row with "lần lượt" belongs to.

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.

    Returns
    -------
    dict
        Where a number begins, to its place in the row and the length of the row.
    """
    told: dict[int, tuple[int, int]] = {}
    for place, token in enumerate(tokens):
        if _is_joint(token):
            row = next((run for run in _runs(list(tokens)) if run[0] > place), [])
            told |= {tokens[at].start: (number, len(row)) for number, at in enumerate(row) if len(row) > 1}
    return told


def _is_joint(token: Token) -> bool:
    return token.kind == "joint" or (token.kind in VERBS and "lần lượt" in token.text.casefold())


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        clauses[-1].append(token)
        if token.kind == "semicolon":
            clauses.append([])
    return clauses


def _told(clause: list[Token]) -> list[Token]:
    runs = [run for run in _runs(clause) if len(run) > 1]
    if not runs:
        return clause
    count = len(runs[0])
    opening = next(
        place for place, token in enumerate(clause) if token.kind not in _LINKS | {"words", "period", "part", "same", "colon"}
    )
    names = [place for place in range(opening) if clause[place].kind == "words"][-count:]
    between = [place for place in range(names[0], opening) if place not in names] if names else []
    if len(names) != count or any(clause[place].kind not in _LINKS | {"period"} for place in between):
        return clause
    variants = [_variant(clause, names, [run for run in runs if len(run) == count], at) for at in range(count)]
    return [token for at, variant in enumerate(variants) for token in (variant if not at else [_break(variant[0]), *variant])]


def _break(token: Token) -> Token:
    return Token("semicolon", ";", token.start, token.start)


def _variant(clause: list[Token], names: list[int], runs: list[list[int]], at: int) -> list[Token]:
    """Keep one name, and of each row the number that belongs to it."""
    dropped = {place for place in range(names[0], names[-1] + 1) if place != names[at]}
    units: dict[int, Token] = {}
    for run in runs:
        dropped |= {place for place in range(run[0], run[-1] + 1) if place != run[at]}
        units[run[at]] = clause[run[-1]]
    kept = [place for place in range(len(clause)) if place not in dropped and clause[place].kind != "joint"]
    if at:
        kept = [place for place in kept if place >= names[0]]
    return [_like(clause[place], units[place]) if place in units else clause[place] for place in kept]


def _like(number: Token, last: Token) -> Token:
    return replace(number, kind=last.kind, unit=last.unit) if number.kind == "bare" else number


def _runs(clause: list[Token]) -> list[list[int]]:
    """Find rows of numbers that only commas and "và" part."""
    runs: list[list[int]] = []
    for place, token in enumerate(clause):
        if token.kind not in NUMBERS:
            continue
        before = runs[-1][-1] if runs else None
        if before is not None and all(one.kind in _LINKS for one in clause[before + 1 : place]) and place > before + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
