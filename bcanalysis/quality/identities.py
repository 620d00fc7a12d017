"""Relations that figures of one publication must satisfy, and whether they do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import LANGUAGES, with_labels
from bcanalysis.dataset.relations import Relation, Term, parse_relation
from bcanalysis.dataset.vintages import WINDOW, known_at
from bcanalysis.quality.compositions import compositions, parts_of
from bcanalysis.quality.narrow import narrowed
from bcanalysis.rounding import printed_range

COLUMNS = "identity relation kind area period source price_basis left right difference unit verdict reason".split()
_STATED = ["area", "period", "source", "price_basis"]
_PUBLICATION = [*_STATED, "stated_on", *WINDOW]
_NAMED = ("indicators", "breakdowns")
_RELATIONS = [f"relation_{lang}" for lang in LANGUAGES]
_NOT_OF_A_RELATION = ["theme", "headline", *(f"label_{lang}" for lang in LANGUAGES)]
Range = tuple[float, float]


def identities(
    dataset: Dataset,
    period: str | None = None,
    area: str | None = None,
    *,
    themes: list[str] | None = None,
    as_of: date | None = None,
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
    as_of : datetime.date, optional
        Only what was stated by then.

    Returns
    -------
    pandas.DataFrame
        One row for each identity, area, period, source and price basis, and one for each figure that names the periods it is
        composed of: ``left`` and ``right`` in the unit of the left term,
        ``difference`` (left minus right) and ``verdict``: ``holds`` when the printed numbers can be exactly so, ``violated`` when
        they cannot, ``cannot_tell`` when a bound is within rounding. Countable units are exact; other numbers are
        intervals of their last printed digit.

    Raises
    ------
    UsageError
        If the period, area or a theme is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> found = identities(load(), "2018H1", "bac-giang", themes=["market_surveillance"])
    >>> found.loc[found["verdict"] == "violated", "relation"].tolist()
    ['market_unsold_food_safety_value <= market_unsold_confiscated_value']
    """
    periods = None if period is None else [period]
    records = judgements(dataset, narrowed(dataset, area=area, periods=periods, themes=themes), as_of=as_of)
    found = pd.DataFrame(records, columns=[*COLUMNS, "indicator", "breakdown", *_RELATIONS])
    return with_labels(dataset, found).drop(columns=_NOT_OF_A_RELATION).assign(kind=found["kind"])


def judgements(dataset: Dataset, statements: pd.DataFrame, *, as_of: date | None = None) -> list[dict[str, Any]]:
    """Check the identities that have all of their terms among some statements, and their sums of periods.

    Parameters
    ----------
    dataset : Dataset
        The identities, and the figures that sums are made of.
    statements : pandas.DataFrame
        All statements about the figures asked for.
    as_of : datetime.date, optional
        Only what was stated by then.

    Returns
    -------
    list of dict
        The rows of :func:`identities`, without names.
    """
    figures = _figures(dataset, statements, as_of)
    publications = _publications(figures)
    records = [row for identity in dataset["identities"].to_dict("records") for row in _check(dataset, identity, publications)]
    composed = figures[figures["composed_of"] != ""]
    if len(composed):
        records += compositions(dataset, composed, _figures(dataset, dataset.read(parts_of(composed)), as_of))
    return records


def beside(dataset: Dataset, parts: Collection[Term]) -> set[str]:
    """List the indicators that stand in an identity with one of these parts.

    Parameters
    ----------
    dataset : Dataset
        The identities.
    parts : collection of tuple of str
        Indicators and breakdowns.

    Returns
    -------
    set of str
        Codes, those of the parts themselves among them.
    """
    relations = [parse_relation(relation).terms for relation in dataset["identities"]["relation"]]
    terms = [term for terms in relations if not set(terms).isdisjoint(parts) for term in terms]
    return {indicator for indicator, _ in [*terms, *parts]}


def _figures(dataset: Dataset, statements: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    known = known_at(statements, as_of)
    return _with_ranges(dataset, known[known["value"].notna()])


def _with_ranges(dataset: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    """Add the range of each value in base units; what cannot be divided is exact."""
    catalogue = dataset["indicators"].set_index("code")
    units = dataset["units"].set_index("code")
    unit = statements["indicator"].map(catalogue["unit"])
    factor = unit.map(units["factor"]).astype(float)
    exact = (unit.map(units["countable"]) == "true") & (statements["qualifier"] == "")
    low, high = printed_range(
        statements["value"].to_numpy(),
        statements["half_unit"].where(~exact, 0).to_numpy(),
        statements["qualifier"].to_numpy(),
    )
    return statements.assign(
        low=low * factor, high=high * factor, base_value=statements["value"] * factor, factor=factor, unit=unit
    )


def _publications(figures: pd.DataFrame) -> dict[tuple[Any, ...], dict[Term, dict[Any, Any]]]:
    """Put together what one source has stated on one day of one area, period, basis and window, by indicator and breakdown."""
    found: dict[tuple[Any, ...], dict[Term, dict[Any, Any]]] = {}
    used = [*_PUBLICATION, "indicator", "breakdown", "value", "low", "high", "base_value", "factor", "unit"]
    for line in figures[used].to_dict("records"):
        found.setdefault(tuple(line[name] for name in _PUBLICATION), {})[line["indicator"], line["breakdown"]] = line
    return {key: found[key] for key in sorted(found)}


def _check(
    dataset: Dataset, identity: Mapping[Any, Any], publications: Mapping[tuple[Any, ...], Mapping[Term, Mapping[Any, Any]]]
) -> list[dict[str, Any]]:
    relation = parse_relation(str(identity["relation"]))
    terms = set(relation.terms)
    scope = [(place, identity[name]) for place, name in enumerate(_STATED) if identity.get(name, "*") != "*"]
    found = [
        (key, lines)
        for key, lines in publications.items()
        if terms <= lines.keys() and all(key[place] == code for place, code in scope)
    ]
    if not found:
        return []
    told = {
        **{name: identity[name] for name in ("relation", "kind", "reason")},
        "identity": identity["code"],
        **{f"relation_{lang}": relation.written(*(dataset.names(table, lang) for table in _NAMED)) for lang in LANGUAGES},
        "indicator": relation.left[0],
        "breakdown": relation.left[1],
    }
    return [{**told, **dict(zip(_STATED, key, strict=False)), **_judge(relation, lines)} for key, lines in found]


def _judge(relation: Relation, lines: Mapping[Any, Mapping[Any, Any]]) -> dict[str, object]:
    left = lines[relation.left]
    right = _joined(relation, [(lines[term]["low"], lines[term]["high"]) for term in relation.right])
    value = _joined(relation, [(lines[term]["base_value"],) * 2 for term in relation.right])[0]
    verdict = _verdict(relation.sign, (left["low"], left["high"]), right)
    factor = left["factor"]
    return {
        "left": left["value"],
        "right": value / factor,
        "difference": (left["base_value"] - value) / factor,
        "unit": left["unit"],
        "verdict": verdict,
    }


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
