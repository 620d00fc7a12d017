"""Links, identities and corrections must name what is there, or they would do nothing, silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from bcanalysis.dataset.relations import parse_relation
from bcanalysis.dataset.schema import line_of
from bcanalysis.dataset.vintages import SERIES
from bcanalysis.errors import Fault, UsageError, nearest

CORRECTABLE = ("value", "half_unit", "growth_pct", "plan_pct")
_ANY = "*"


def check_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check what statements, links, identities and corrections refer to.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The typed tables.

    Yields
    ------
    Fault
        For each place that is named and does not exist, or no longer did.
    """
    yield from _after_the_area(tables["observations"], tables["areas"], tables["area_changes"])
    parts = tables["breakdowns"]["code"]
    yield from _unknown("links.csv", tables["links"], "breakdown", [*parts, _ANY])
    yield from _unknown("links.csv", tables["links"], "other_breakdown", [*parts, ""])
    yield from _unknown("identities.csv", tables["identities"], "area", [*tables["areas"]["code"], _ANY])
    yield from _unknown("identities.csv", tables["identities"], "source", [*tables["sources"]["code"], _ANY])
    for row, relation in tables["identities"]["relation"].items():
        yield from _relation_faults(line_of(row), relation, tables["indicators"]["code"], parts)
    yield from _correction_faults(tables["observations"], tables["corrections"])


def corrections_of(observations: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Pair each correction with the statements it is about.

    Parameters
    ----------
    observations : pandas.DataFrame
        Statements as published.
    corrections : pandas.DataFrame
        The corrections.

    Returns
    -------
    pandas.DataFrame
        ``index`` (of the statement), ``correction`` (of the correction), ``column`` and ``read_as``. Where a source states a figure
        more than once, the correction is about the statement printed so.
    """
    key = [*SERIES, "period", "source"]
    told = corrections.rename_axis("correction").reset_index().rename(columns={"printed": "misprint"})
    pairs = observations[[*key, "printed"]].reset_index().merge(told, on=key)
    alone = pairs.groupby("correction")["index"].transform("size") == 1
    return pairs.loc[alone | (pairs["printed"] == pairs["misprint"]), ["index", "correction", "column", "read_as"]]


def _after_the_area(observations: pd.DataFrame, areas: pd.DataFrame, changes: pd.DataFrame) -> Iterator[Fault]:
    """Find statements about days after the last one of their area: a district after 30 June 2025, a province after its merger."""
    ended = observations["area"].map(areas.drop_duplicates("code").set_index("code")["valid_to"])
    successors = changes.drop_duplicates("area").set_index("area")["successor"]
    for row in observations.index[observations["window_start"] > ended]:
        area = observations["area"].loc[row]
        hint = f"Its successor is {successors[area]}" if area in successors else ""
        expected = f"a window that begins by {ended.loc[row]:%Y-%m-%d}, the last day of {area}"
        yield Fault("observations.csv", line_of(row), "area", f'"{area}"', expected, hint)


def _unknown(file: str, table: pd.DataFrame, column: str, known: Iterable[str]) -> Iterator[Fault]:
    codes = list(known)
    for row, code in table.loc[~table[column].isin(codes), column].items():
        yield Fault(file, line_of(row), column, f'"{code}"', "a known code or *", nearest(code, codes))


def _relation_faults(line: int, text: str, indicators: Iterable[str], parts: Iterable[str]) -> Iterator[Fault]:
    try:
        terms = parse_relation(text).terms
    except UsageError:
        yield Fault(
            "identities.csv", line, "relation", f'"{text}"', 'a relation such as "a = b + c", "a = b * c" or "a[part] <= a"'
        )
        return
    for codes, known in (({term[0] for term in terms}, set(indicators)), ({term[1] for term in terms}, set(parts))):
        for code in sorted(codes - known):
            yield Fault("identities.csv", line, "relation", f'"{code}"', "known indicators and breakdowns", nearest(code, known))


def _correction_faults(observations: pd.DataFrame, corrections: pd.DataFrame) -> Iterator[Fault]:
    pairs = corrections_of(observations, corrections)
    for row in corrections.index.difference(pd.Index(pairs["correction"])):
        hint = "Area, indicator, breakdown, price basis, period and source must be those of the statement"
        yield Fault("corrections.csv", line_of(row), "", "a correction of no statement", "a statement of observations.csv", hint)
    numbers = corrections[corrections["column"].isin(CORRECTABLE)]
    wrong = numbers["read_as"][pd.to_numeric(numbers["read_as"], errors="coerce").isna()]
    for row, text in wrong.items():
        yield Fault("corrections.csv", line_of(row), "read_as", f'"{text}"', "a number such as 12400")
