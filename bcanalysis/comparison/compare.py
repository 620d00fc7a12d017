"""The comparison of a period: one row for each series on file, against the prior year and the annual plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.arrays import blank_to_none
from bcanalysis.comparison.growth import against_prior_year
from bcanalysis.comparison.plan import against_plan
from bcanalysis.comparison.territory import ends_within, with_rebuilt_base
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.relations import Term, parse_relation
from bcanalysis.dataset.vintages import WINDOW, known_at, speaking
from bcanalysis.periods import Period
from bcanalysis.quality.compositions import COMPOSITION
from bcanalysis.quality.conflicts import differing
from bcanalysis.quality.identities import beside, judgements
from bcanalysis.quality.narrow import narrowed
from bcanalysis.rounding import open_half_units

COLUMNS = (
    "area indicator breakdown price_basis period window_start window_end unit value half_unit printed qualifier status "
    "stated_on source prior prior_period prior_qualifier prior_source prior_stated_on prior_low prior_high growth_pct "
    "growth_origin growth_printed_pct growth_half_unit growth_qualifier growth_form growth_computed_pct growth_verdict "
    "growth_reason difference_pp plan plan_low plan_high plan_body plan_decided_on plan_source plan_now plan_now_body "
    "plan_now_decided_on plan_others plan_pct plan_origin plan_printed_pct plan_half_unit plan_qualifier plan_form "
    "plan_computed_pct plan_verdict plan_reason missing flags link_reason plan_link_reason note label_vi label_en breakdown_vi "
    "breakdown_en unit_vi unit_en price_basis_vi price_basis_en area_vi area_en source_title prior_source_title plan_source_title "
    "decimals kind theme headline"
).split()
_PART = ["area", "indicator", "breakdown"]
_EMPTY_MEANS_TOTAL = ("breakdown_vi", "breakdown_en")


def compare(
    dataset: Dataset,
    period: str | Period,
    area: str = "bac-giang",
    *,
    as_of: date | None = None,
    themes: list[str] | None = None,
    indicators: list[str] | None = None,
    headline: bool = False,
) -> pd.DataFrame:
    """Compare a period with the same period of the prior year and with the annual plan.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period, such as ``2018H1``.
    area : str
        Code of the area.
    as_of : datetime.date, optional
        Show what was known then; statements without a date stay out (``result.attrs["undated"]`` counts them).
    themes, indicators : list of str, optional
        Keep only these themes or indicators.
    headline : bool
        Keep only the totals of the catalogue's headline indicators.

    Returns
    -------
    pandas.DataFrame
        One row for each series (indicator, breakdown, price basis, window) on file for the period, in the catalogue's order.
        ``growth_pct`` and ``plan_pct`` are the headline percents, with their origin (printed or computed), both versions and the
        verdict between them; ``prior_low``/``prior_high`` and ``plan_low``/``plan_high`` are the levels that the printed percents
        imply; ``growth_reason`` and ``plan_reason`` say why nothing was computed; ``flags`` is a tuple of codes. Percents are
        percents (12.5), unrounded where computed. Missing numbers are NaN, missing texts None.

    Raises
    ------
    UsageError
        If the period, area, a theme or an indicator is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> row = compare(load(), "2018H1").iloc[0]
    >>> print(row.indicator, row.value, row.growth_pct, row.growth_origin, row.plan_pct)
    industrial_output 66148.0 27.6 printed 45.9
    """
    period = period if isinstance(period, Period) else Period.parse(period)
    own = _own(dataset, [period, period.prior_year], area, themes, indicators, headline)
    known = known_at(own, as_of)
    here, spoken = known[known["period"] == str(period)], speaking(known)
    now, before = (spoken[spoken["period"] == str(year)] for year in (period, period.prior_year))
    now = now[now["breakdown"] == "total"] if headline else now
    before = with_rebuilt_base(dataset, area, period.prior_year, before, list(now["indicator"].unique()))
    rows = against_prior_year(dataset, period, area, now, before)
    rows = against_plan(dataset, period, rows, as_of)
    rows = with_labels(dataset, blank_to_none(rows))
    rows = rows.assign(conflict=_contradicted(dataset, rows, here), identity_violated=_violated(dataset, rows, period, area, as_of))
    rows = rows.assign(territory_ended=ends_within(dataset, area, period))
    rows = rows.assign(flags=pd.Series(_flags(rows, period), index=rows.index, dtype=object))
    result = blank_to_none(_in_catalogue_order(dataset, rows)[COLUMNS], keep=_EMPTY_MEANS_TOTAL)
    undated = own["stated_to"].isna() & (own["period"] == str(period))
    left_out = 0 if dataset.undated is None else len(_own(dataset.undated, [period], area, themes, indicators, headline))
    result.attrs["undated"] = left_out + (int(undated.sum()) if as_of is not None else 0)
    return result


def headlines(comparison: pd.DataFrame) -> pd.DataFrame:
    """Keep the totals of the headline indicators.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`compare`.

    Returns
    -------
    pandas.DataFrame
        Those rows, as ``compare(..., headline=True)`` gives them.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> headlines(compare(load(), "2018H1"))["indicator"].tolist()
    ['industrial_output', 'industrial_output', 'export_value', 'import_value', 'retail_sales']
    """
    found: pd.DataFrame = comparison[comparison["headline"].notna() & (comparison["breakdown"] == "total")]
    return found.reset_index(drop=True)


def _own(
    dataset: Dataset,
    periods: Sequence[Period],
    area: str,
    themes: list[str] | None,
    indicators: list[str] | None,
    headline: bool,
) -> pd.DataFrame:
    if not headline:
        return narrowed(dataset, area=area, periods=periods, themes=themes, indicators=indicators)
    for code in indicators or []:
        dataset.require("indicators", code)
    codes = [code for code in _headline_codes(dataset) if indicators is None or code in indicators]
    linked = [part for part in dataset["links"]["other_breakdown"].unique() if part]  # a total may be compared with these
    return narrowed(dataset, area=area, periods=periods, themes=themes, indicators=codes, breakdowns=["total", *linked])


def _headline_codes(dataset: Dataset) -> pd.Series:
    return dataset["indicators"].loc[dataset["indicators"]["headline"].notna(), "code"]


def _in_catalogue_order(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    catalogue = {code: place for place, code in enumerate(dataset["indicators"]["code"])}
    parts = dataset["breakdowns"].set_index("code")["order"]
    bases = {code: place for place, code in enumerate(dataset["price_bases"]["code"])}
    keys = pd.DataFrame(
        {
            "headline": rows["headline"].fillna(np.inf),
            "indicator": rows["indicator"].map(catalogue),
            "price_basis": rows["price_basis"].map(bases),
            "breakdown": rows["breakdown"].map(parts),
            "window_end": rows["window_end"],
        }
    )
    return rows.loc[keys.sort_values(list(keys.columns), kind="stable").index].reset_index(drop=True)


def _contradicted(dataset: Dataset, rows: pd.DataFrame, statements: pd.DataFrame) -> np.ndarray:
    """Tell which of the statements that speak are contradicted by another one."""
    if not statements.duplicated([*_PART, "period", *WINDOW]).any():  # nobody says anything beside it
        return np.zeros(len(rows), dtype=bool)
    told = ["price_basis", "source", "stated_on"]
    found = differing(dataset, statements, ["value"])
    found = found[found["class"] == "contradiction"]
    sides = [
        found[[*_PART, f"{side}_basis", f"{side}_source", f"{side}_stated_on"]].set_axis([*_PART, *told], axis=1)
        for side in ("first", "later")
    ]
    spoken = rows[[*_PART, *told]].fillna({"stated_on": ""})
    return pd.MultiIndex.from_frame(spoken).isin(pd.MultiIndex.from_frame(pd.concat(sides)))


def _violated(dataset: Dataset, rows: pd.DataFrame, period: Period, area: str, as_of: date | None) -> np.ndarray:
    """Tell which statements are terms of an identity that their source violates."""
    parts = set(zip(rows["indicator"], rows["breakdown"], strict=True))
    found = judgements(dataset, narrowed(dataset, area=area, periods=[period], indicators=beside(dataset, parts)), as_of=as_of)
    broken = [row for row in found if row["verdict"] == "violated"]
    violated = {
        (*term, row["price_basis"], row["source"])
        for row in broken
        for term in [(row["indicator"], row["breakdown"]), *_terms(row)]
    }
    spoken = zip(rows["indicator"], rows["breakdown"], rows["price_basis"], rows["source"], strict=True)
    return np.array([statement in violated for statement in spoken], dtype=bool)


def _terms(identity: Mapping[Any, Any]) -> tuple[Term, ...]:
    return () if identity["kind"] == COMPOSITION else parse_relation(identity["relation"]).terms


def _flags(rows: pd.DataFrame, period: Period) -> list[tuple[str, ...]]:
    tests = {
        "printed_growth": rows["growth_origin"] == "printed",
        "base_not_revised": rows["base_not_revised"],
        "base_in_doubt": rows["growth_reason"] == "base_in_doubt",
        "via_link": rows["via_link"],
        "plan_via_link": rows["plan_via_link"],
        "conflict": rows["conflict"],
        "open_unit": _unit_is_open(rows),
        "approximate": rows["qualifier"].notna(),
        "identity_violated": rows["identity_violated"],
        "partial_window": (rows["window_end"] < pd.Timestamp(period.end)) | (rows["window_start"] > pd.Timestamp(period.start)),
        "longer_window": (rows["window_end"] > pd.Timestamp(period.end)) | (rows["window_start"] < pd.Timestamp(period.start)),
        "correction": rows["corrected"],
        "undated": rows["stated_on"].isna(),
        "territory_ended": (rows["growth_reason"] == "other_territory") | rows["territory_ended"],
        "rebuilt_base": rows["prior_rebuilt"].eq(True),
    }
    marks = {code: test.to_numpy(dtype=bool) for code, test in tests.items()}
    return [tuple(code for code, marked in marks.items() if marked[row]) for row in range(len(rows))]


def _unit_is_open(rows: pd.DataFrame) -> pd.Series:
    measured = rows["kind"].isin(["flow", "stock"]) & rows["value"].notna() & rows["printed"].notna()
    scaled = ~rows["unit"].isin(["vnd"])
    found = [
        bool(asked) and len(open_half_units(value, half_unit)) > 1
        for asked, value, half_unit in zip(measured & scaled, rows["value"], rows["half_unit"], strict=True)
    ]
    return pd.Series(found, index=rows.index, dtype=bool)
