"""Relations that figures of one publication must satisfy, and whether they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.labels import LANGUAGES, with_labels
from bcanalysis.dataset.load import Dataset
from bcanalysis.dataset.relations import Relation, parse_relation
from bcanalysis.dataset.vintages import WINDOW
from bcanalysis.quality.narrow import narrowed
from bcanalysis.rounding import printed_range

COLUMNS = "identity relation kind area period source price_basis left right difference unit verdict reason".split()
Range = tuple[float, float]


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
    statements = narrowed(dataset, area=area, period=period, themes=themes)
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
    for keys, group in rows.groupby(["area", "period", "source", "price_basis", "stated_on", *WINDOW], sort=True):
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
