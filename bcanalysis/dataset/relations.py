"""The relations that identities.csv writes down."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from bcanalysis.errors import UsageError

Term = tuple[str, str]
_TERM = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)(?:\[(?P<breakdown>[a-z0-9_]+)\])?")


@dataclass(frozen=True)
class Relation:
    """A relation such as ``a = b + c``, ``a = b * c`` or ``a <= b``.

    Parameters
    ----------
    left : tuple of str
        Indicator and breakdown.
    sign : {"=", "<="}
        What must hold.
    joined_by : {"+", "*"}
        How the right-hand terms are joined.
    right : tuple of tuple of str
        The right-hand terms.
    """

    left: Term
    sign: str
    joined_by: str
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms."""
        return (self.left, *self.right)

    def written(self, labels: pd.Series, parts: pd.Series) -> str:
        """Write the relation with the names of its terms."""
        first = _name(labels[self.left[0]], parts[self.left[1]], self.left[1])
        rest = [
            parts[part] if indicator == self.left[0] and part != "total" else _name(labels[indicator], parts[part], part)
            for indicator, part in self.right
        ]
        sign, joint = {"<=": "≤"}.get(self.sign, self.sign), {"*": "×"}.get(self.joined_by, self.joined_by)
        return f"{first} {sign} " + f" {joint} ".join(rest)


def _name(label: str, part: str, code: str) -> str:
    return label if code == "total" else f"{label} – {part}"


def parse_relation(text: str) -> Relation:
    """Read a relation.

    Parameters
    ----------
    text : str
        Such as ``market_total_value = market_fines + market_destroyed_value`` or ``output[fdi] <= output``.

    Returns
    -------
    Relation
        Its parts.

    Raises
    ------
    UsageError
        If the text has another form.

    Examples
    --------
    >>> parse_relation("a[fdi] <= a")
    Relation(left=('a', 'fdi'), sign='<=', joined_by='+', right=(('a', 'total'),))
    """
    sign = "<=" if "<=" in text else "="
    left, _, right = text.partition(sign)
    joined_by = "*" if "*" in right else "+"
    terms = [_TERM.fullmatch(term.strip()) for term in (left, *right.split(joined_by))]
    if not right or any(term is None for term in terms):
        raise UsageError(f'relation: got "{text}"; expected terms joined as in "a = b + c", "a = b * c" or "a[part] <= a"')
    first, *rest = [(term["indicator"], term["breakdown"] or "total") for term in terms if term]
    return Relation(first, sign, joined_by, tuple(rest))
