"""Whether the priors and plans behind the printed percents add up, where the identities say that the figures do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.relations import Relation, Term, parse_relation
from bcanalysis.dataset.vintages import WINDOW
from bcanalysis.periods import Period
from bcanalysis.quality.reconcile import told
from bcanalysis.rounding import Interval, implied_plan, implied_prior, printed_interval

_PUBLICATION = ["area", "period", "source", "price_basis", "stated_on", *WINDOW]
Row = Mapping[Any, Any]


def implied_sums(dataset: Dataset, statements: pd.DataFrame) -> list[dict[str, Any]]:
    """List the sums that hold neither for the priors nor for the plans that a publication's percents imply.

    A whole cannot grow less than each of its parts: what its growth says of the prior must be the sum of what theirs say. The same
    holds of plans and percents of plan.

    Parameters
    ----------
    dataset : Dataset
        The identities that hold everywhere.
    statements : pandas.DataFrame
        All statements about the figures asked for.

    Returns
    -------
    list of dict
        One record for each sum that cannot be, with the columns of :data:`bcanalysis.quality.reconcile.SETS`: on one side the
        whole, on the other the sum of its parts; ``what`` is ``prior_sum`` (``period`` is then the prior one) or ``plan_sum``.
    """
    relations = [
        parse_relation(row["relation"])
        for row in dataset["identities"].to_dict("records")
        if {row["area"], row["period"], row["source"]} == {"*"}
    ]
    sums = [relation for relation in relations if relation.sign == "=" and relation.joined_by == "+"]
    terms = {term for relation in sums for term in relation.terms}
    rows = statements[pd.MultiIndex.from_frame(statements[["indicator", "breakdown"]]).isin(list(terms))]
    found: dict[tuple[Any, ...], dict[Term, Row]] = {}
    for row in rows.assign(is_plan=False).to_dict("records"):
        found.setdefault(tuple(row[name] for name in _PUBLICATION), {})[row["indicator"], row["breakdown"]] = row
    return [
        record
        for _, lines in sorted(found.items())
        for relation in sums
        if set(relation.terms) <= lines.keys()
        for what in ("prior_sum", "plan_sum")
        for record in _judged(relation, lines, what)
    ]


def _judged(relation: Relation, lines: Mapping[Term, Row], what: str) -> list[dict[str, Any]]:
    whole, parts = lines[relation.left], [lines[term] for term in relation.right]
    one, other = _implied(whole, what), reduce(add, (_implied(part, what) for part in parts))
    if not np.isfinite([one.low, one.high, other.low, other.high]).all() or not one.misses(other):
        return []
    period = Period.parse(whole["period"])
    return [
        {
            **{name: whole[name] for name in ("area", "indicator", "breakdown", "price_basis")},
            "period": str(period.prior_year) if what == "prior_sum" else str(period.year),
            "what": what,
            "class": "contradiction",
            "first_low": one.low,
            "first_high": one.high,
            "later_low": other.low,
            "later_high": other.high,
            "first": told([{**whole, "sources": (whole["source"],)}]),
            "later": told([{**part, "sources": (part["source"],)} for part in parts]),
            "same_basis_assumed": False,
        }
    ]


def _implied(row: Row, what: str) -> Interval:
    value = printed_interval(row["value"], row["half_unit"], row["qualifier"])
    if what == "prior_sum":
        return implied_prior(value, printed_interval(row["growth_pct"], row["growth_half_unit"], row["growth_qualifier"]))
    return implied_plan(value, printed_interval(row["plan_pct"], row["plan_half_unit"], row["plan_qualifier"]))
