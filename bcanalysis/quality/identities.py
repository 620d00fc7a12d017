"""Relations that figures of one publication must satisfy, and whether they do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.labels import LANGUAGES, with_labels
from bcanalysis.dataset.load import Dataset
from bcanalysis.dataset.vintages import WINDOW
from bcanalysis.errors import UsageError
from bcanalysis.rounding import printed_range

COLUMNS = "identity relation kind area period source price_basis left right difference unit verdict reason".split()
_TERM = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)(?:\[(?P<breakdown>[a-z0-9_]+)\])?")
Term = tuple[str, str]
Range = tuple[float, float]


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

    def written(self, labels: Mapping[Any, str], parts: Mapping[Any, str]) -> str:
        """Write the relation with the names of its terms."""
        whole = labels[self.left[0]]
        first = whole + (f" – {parts[self.left[1]]}" if self.left[1] != "total" else "")
        rest = [parts[part] if part != "total" else labels[indicator] for indicator, part in self.right]
        sign, joint = {"<=": "≤"}.get(self.sign, self.sign), {"*": "×"}.get(self.joined_by, self.joined_by)
        return f"{first} {sign} " + f" {joint} ".join(rest)


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


def identities(
    dataset: Dataset, period: str | None = None, area: str | None = None, *, themes: list[str] | None = None
) -> pd.DataFrame:
    """Check every identity on the figures of each publication that has all of its terms.

    Parameters
    ----------
    dataset : Dataset
        The tables; values are read as printed and after declared corrections.
    period, area : str, optional
        Only this period or area.
    themes : list of str, optional
        Only figures of these themes.

    Returns
    -------
    pandas.DataFrame
        One row for each identity, area, period, source and price basis: ``left`` and ``right`` in the unit of the left term,
        ``difference`` (left minus right) and ``verdict``: ``holds`` when the printed numbers can be exactly so, ``violated`` when
        they cannot, ``cannot_tell`` when a bound is within rounding. Countable units are exact; other numbers are
        intervals of their last printed digit.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> found = identities(load(), "2018H1", "bac-giang", themes=["market_surveillance"])
    >>> found.loc[found["verdict"] == "violated", "relation"].tolist()
    ['market_unsold_food_safety_value <= market_unsold_confiscated_value']
    """
    statements = dataset.statements
    if period is not None:
        statements = statements[statements["period"] == period]
    if area is not None:
        statements = statements[statements["area"] == area]
    if themes is not None:
        catalogue = dataset["indicators"]
        statements = statements[statements["indicator"].isin(catalogue.loc[catalogue["theme"].isin(themes), "code"])]
    statements = _with_ranges(dataset, statements[statements["value"].notna()])
    found = [row for identity in dataset["identities"].to_dict("records") for row in _check(dataset, identity, statements)]
    return _named(dataset, pd.DataFrame(found, columns=COLUMNS))


def _named(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Add the relation in words, and the names of unit, area and source."""
    relations = {text: parse_relation(text) for text in found["relation"].unique()}
    indicator = found["relation"].map(lambda text: relations[text].left[0]) if len(found) else found["relation"]
    named = with_labels(dataset, found.assign(indicator=indicator))
    for lang in LANGUAGES:
        labels, parts = dataset.names("indicators", lang), dataset.names("breakdowns", lang)
        texts = {text: relation.written(labels, parts) for text, relation in relations.items()}
        named[f"relation_{lang}"] = found["relation"].map(texts)
    return named.drop(columns=["indicator", "theme", "headline", *(f"label_{lang}" for lang in LANGUAGES)]).assign(
        kind=found["kind"]
    )


def _with_ranges(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    """Add the range of each value in base units; what cannot be divided is exact."""
    catalogue = dataset["indicators"].set_index("code")
    units = dataset["units"].set_index("code")
    unit = statements["indicator"].map(catalogue["unit"])
    factor = unit.map(units["factor"])
    exact = (unit.map(units["countable"]) == "true") & (statements["qualifier"] == "")
    low, high = printed_range(
        statements["value"].to_numpy(),
        statements["half_unit"].where(~exact, 0).to_numpy(),
        statements["qualifier"].to_numpy(),
    )
    return statements.assign(
        low=low * factor, high=high * factor, base_value=statements["value"] * factor, factor=factor, unit=unit
    )


def _check(dataset: Dataset, identity: Mapping[Any, Any], statements: pd.DataFrame) -> list[list[object]]:
    relation = parse_relation(str(identity["relation"]))
    part = pd.Series(list(zip(statements["indicator"], statements["breakdown"], strict=True)), index=statements.index, dtype=object)
    rows = statements[part.isin(list(relation.terms))]
    for column in ("area", "period", "source"):
        if identity[column] != "*":
            rows = rows[rows[column] == identity[column]]
    results = []
    for keys, group in rows.groupby(["area", "period", "source", "price_basis", *WINDOW], sort=True):
        lines = {(line["indicator"], line["breakdown"]): line for line in group.to_dict("records")}
        if set(relation.terms) <= set(lines):
            results.append(
                [
                    identity["code"],
                    identity["relation"],
                    identity["kind"],
                    *keys[:4],
                    *_judge(relation, lines),
                    identity["reason"],
                ]
            )
    return results


def _judge(relation: Relation, lines: Mapping[Any, Mapping[Any, Any]]) -> list[object]:
    left = lines[relation.left]
    right = _joined(relation, [(lines[term]["low"], lines[term]["high"]) for term in relation.right])
    value = _joined(relation, [(lines[term]["base_value"],) * 2 for term in relation.right])[0]
    verdict = _verdict(relation.sign, (left["low"], left["high"]), right)
    factor = left["factor"]
    return [left["value"], value / factor, (left["base_value"] - value) / factor, left["unit"], verdict]


def _joined(relation: Relation, terms: list[Range]) -> Range:
    lows, highs = zip(*terms, strict=True)
    join = np.sum if relation.joined_by == "+" else np.prod
    return float(join(lows)), float(join(highs))


def _verdict(sign: str, left: Range, right: Range) -> str:
    slack = 1e-9 * max(abs(left[1]), abs(right[1]), 1.0)
    if sign == "=":
        return "holds" if left[0] <= right[1] + slack and right[0] <= left[1] + slack else "violated"
    if left[1] <= right[0] + slack:
        return "holds"
    return "violated" if left[0] > right[1] + slack else "cannot_tell"
