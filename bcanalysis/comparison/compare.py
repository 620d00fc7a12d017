"""The comparison of a period: one row for each series on file, against the prior year and the annual plan."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from bcanalysis.comparison.growth import against_prior_year
from bcanalysis.comparison.plan import against_plan
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.load import Dataset
from bcanalysis.dataset.vintages import known_at, speaking
from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.quality.conflicts import conflicts
from bcanalysis.rounding import open_half_units

COLUMNS = [
    "area",
    "indicator",
    "breakdown",
    "price_basis",
    "period",
    "window_start",
    "window_end",
    "unit",
    "value",
    "half_unit",
    "printed",
    "qualifier",
    "status",
    "stated_on",
    "source",
    "prior",
    "prior_period",
    "prior_source",
    "prior_low",
    "prior_high",
    "growth_pct",
    "growth_origin",
    "growth_printed_pct",
    "growth_half_unit",
    "growth_qualifier",
    "growth_form",
    "growth_computed_pct",
    "growth_verdict",
    "growth_reason",
    "difference_pp",
    "plan",
    "plan_low",
    "plan_high",
    "plan_body",
    "plan_decided_on",
    "plan_source",
    "plan_pct",
    "plan_origin",
    "plan_printed_pct",
    "plan_half_unit",
    "plan_qualifier",
    "plan_form",
    "plan_computed_pct",
    "plan_verdict",
    "plan_reason",
    "missing",
    "flags",
    "link_reason",
    "note",
    "label_vi",
    "label_en",
    "breakdown_vi",
    "breakdown_en",
    "unit_vi",
    "unit_en",
    "price_basis_vi",
    "price_basis_en",
    "area_vi",
    "area_en",
    "source_title",
    "decimals",
    "kind",
    "theme",
    "headline",
]


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
    dataset.require("areas", area)
    own = dataset.statements[dataset.statements["area"] == area]
    own = _keep(dataset, own, themes, indicators)
    if headline:
        own = own[own["indicator"].isin(_headline_codes(dataset)) & (own["breakdown"] == "total")]
    known = known_at(own, as_of)
    now = speaking(known[known["period"] == str(period)])
    rows = against_prior_year(dataset, period, area, now, speaking(known[known["period"] == str(period.prior_year)]))
    rows = against_plan(dataset, period, rows, as_of)
    rows = with_labels(dataset, _none_for_blank(rows))
    rows = rows.assign(conflict=_contradicted(dataset, rows, period, as_of))
    rows = rows.assign(flags=pd.Series(_flags(rows, period), index=rows.index, dtype=object))
    result = _none_for_blank(_in_catalogue_order(dataset, rows)[COLUMNS])
    undated = own["stated_to"].isna() & (own["period"] == str(period))
    result.attrs["undated"] = int(undated.sum()) if as_of is not None else 0
    return result


def _keep(dataset: Dataset, statements: pd.DataFrame, themes: list[str] | None, indicators: list[str] | None) -> pd.DataFrame:
    catalogue = dataset["indicators"]
    kept = statements
    if indicators is not None:
        for code in indicators:
            dataset.require("indicators", code)
        kept = kept[kept["indicator"].isin(indicators)]
    if themes is not None:
        unknown = sorted(set(themes) - set(catalogue["theme"]))
        if unknown:
            known = ", ".join(sorted(set(catalogue["theme"])))
            raise UsageError(f"theme: got {', '.join(unknown)}; expected some of {known}")
        kept = kept[kept["indicator"].isin(catalogue.loc[catalogue["theme"].isin(themes), "code"])]
    return kept


def _headline_codes(dataset: Dataset) -> pd.Series:
    return dataset["indicators"].loc[dataset["indicators"]["headline"].notna(), "code"]


def _none_for_blank(rows: pd.DataFrame) -> pd.DataFrame:
    texts = [name for name in rows.columns if rows[name].dtype == "str" or rows[name].dtype == object]
    filled = {name: rows[name].astype(object) for name in texts if not name.startswith("breakdown_")}
    return rows.assign(**{name: column.where(column.notna() & (column != ""), None) for name, column in filled.items()})


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


def _contradicted(dataset: Dataset, rows: pd.DataFrame, period: Period, as_of: date | None) -> np.ndarray:
    key = ["area", "indicator", "breakdown", "price_basis"]
    found = conflicts(dataset, period=str(period), as_of=as_of)
    found = found[(found["class"] == "contradiction") & (found["what"] == "value")]
    sides = [found[[*key[:3], f"{side}_basis"]].set_axis(key, axis=1) for side in ("first", "later")]
    return pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(pd.concat(sides)))


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
        "partial_window": rows["window_end"] < pd.Timestamp(period.end),
        "longer_window": (rows["window_end"] > pd.Timestamp(period.end)) | (rows["window_start"] < pd.Timestamp(period.start)),
        "correction": rows["corrected"],
        "undated": rows["stated_on"].isna(),
        "territory_ended": rows["growth_reason"] == "other_territory",
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
