"""The same indicators across areas, and why two areas may not be alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from bcanalysis.arrays import blank_to_none, none_where
from bcanalysis.comparison.compare import COLUMNS, compare
from bcanalysis.comparison.territory import merged as of_a_merged_area
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.vintages import RANKS, STATUSES
from bcanalysis.periods import Period

_MEANS_TOTAL = ("breakdown_vi", "breakdown_en")


def across(
    dataset: Dataset,
    period: str | Period,
    indicators: Iterable[str],
    areas: Sequence[str] | None = None,
    *,
    merged: str | None = None,
) -> pd.DataFrame:
    """Set the totals of indicators side by side across areas, with what stands in the way of comparing them.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period, such as ``2018H1``.
    indicators : iterable of str
        Codes of the indicators.
    areas : sequence of str, optional
        Codes of the areas; by default those that existed in the period and have a figure of these indicators on file, for whatever
        period.
    merged : str, optional
        Code of a merged area, or of one that was merged into it: tell what its parts say of it instead
        (:func:`bcanalysis.comparison.territory.merged`); levels add up, rates and indices do not.

    Returns
    -------
    pandas.DataFrame
        One row for each area and series of totals, by indicator in the catalogue's order and then by area: the columns of
        :func:`~bcanalysis.comparison.compare.compare`, ``rank`` (of the source) and ``warnings``, a tuple of codes. An area without
        a figure has a row without numbers and the warning ``not_on_file``. ``other_basis``, ``other_window``, ``other_status`` and
        ``other_source_rank`` mark what differs from most areas, for this indicator; of two that are equally common the one that
        comes first in the tables leads, of windows the one closest to the period. A basis that is not stated is like no other one.
        ``territory_changed`` marks an area that did not
        exist, with its present borders, from the beginning of the prior-year period to the end of the period.

    Raises
    ------
    UsageError
        If the period, an indicator or an area is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> found = across(load(), "2018H1", ["export_value"], ["bac-giang", "bac-ninh"])
    >>> found[["area", "value", "warnings"]].to_numpy().tolist()
    [['bac-giang', 3140.0, ()], ['bac-ninh', nan, ('not_on_file',)]]
    """
    period = period if isinstance(period, Period) else Period.parse(period)
    asked = {dataset.require("indicators", code) for code in indicators}
    codes = [code for code in dataset["indicators"]["code"] if code in asked]
    if merged is not None:
        return of_a_merged_area(dataset, period, codes, dataset.require("areas", merged))
    places = (
        _on_file(dataset, period, codes) if areas is None else [dataset.require("areas", code) for code in dict.fromkeys(areas)]
    )
    figures = pd.concat([compare(dataset, period, area, indicators=codes) for area in places or list(dataset["areas"]["code"][:1])])
    figures = figures[(figures["breakdown"] == "total") & figures["value"].notna()]
    rows = _with_gaps(dataset, period, figures, codes, places)
    ranks = dataset.unnoted("sources").frame.set_index("code")["rank"]  # noted with the statements of these sources
    rows = rows.assign(rank=none_where(rows["source"].isna(), rows["source"].map(ranks)))
    return rows.assign(warnings=pd.Series(_warnings(dataset, period, rows), index=rows.index, dtype=object))


def _on_file(dataset: Dataset, period: Period, indicators: Sequence[str]) -> list[str]:
    areas = dataset["areas"]
    existed = ~(areas["valid_from"] > pd.Timestamp(period.end)) & ~(areas["valid_to"] < pd.Timestamp(period.start))
    stated = dataset.read(Selection("places", indicator=tuple(indicators)))["area"]
    return list(areas.loc[existed & areas["code"].isin(stated), "code"])


def _with_gaps(
    dataset: Dataset, period: Period, figures: pd.DataFrame, codes: Sequence[str], places: Sequence[str]
) -> pd.DataFrame:
    """Put the areas of each indicator together; an area without a figure has a row without numbers."""
    wanted = pd.DataFrame([(code, area) for code in codes for area in places], columns=["indicator", "area"], dtype=object)
    rows = wanted.merge(figures, on=["indicator", "area"], how="left")
    missing = rows["value"].isna()
    rows = rows.assign(
        breakdown="total",
        period=str(period),
        growth_reason=rows["growth_reason"].where(~missing, "no_value"),
        plan_reason=rows["plan_reason"].where(~missing, "no_value"),
        flags=rows["flags"].where(~missing, pd.Series([()] * len(rows), index=rows.index, dtype=object)),
    )
    return blank_to_none(with_labels(dataset, rows)[COLUMNS], keep=_MEANS_TOTAL)


def _warnings(dataset: Dataset, period: Period, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    on_file = rows["value"].notna()
    figures = rows[on_file]
    first, last = (figures[f"window_{end}"] for end in ("start", "end"))
    distance = (first - pd.Timestamp(period.start)).abs() + (last - pd.Timestamp(period.end)).abs()
    bases = {code: place for place, code in enumerate(dataset["price_bases"]["code"])}
    tests = {
        "not_on_file": ~on_file,
        "other_basis": _unlike_most(figures, figures["price_basis"], figures["price_basis"].map(bases))
        | (figures["price_basis"] == "not_stated"),
        "other_window": _unlike_most(figures, first.astype(str) + "/" + last.astype(str), distance),
        "other_status": _unlike_most(figures, figures["status"], _places(figures["status"], STATUSES)),
        "other_source_rank": _unlike_most(figures, figures["rank"], _places(figures["rank"], RANKS)),
        "territory_changed": rows["area"].isin(_changed(dataset, period)),
    }
    marks = {code: test.reindex(rows.index, fill_value=False).to_numpy(dtype=bool) for code, test in tests.items()}
    return [tuple(code for code, marked in marks.items() if marked[row]) for row in range(len(rows))]


def _places(codes: pd.Series, order: Sequence[str]) -> pd.Series:
    return codes.map({code: place for place, code in enumerate(order)}).fillna(len(order))


def _unlike_most(figures: pd.DataFrame, told: pd.Series, order: pd.Series) -> pd.Series:
    """Tell which rows differ from what is most common for their indicator; of equally common ones the first in order leads."""
    rows = pd.DataFrame({"indicator": figures["indicator"], "told": told.fillna(""), "order": order})
    rows["times"] = rows.groupby(["indicator", "told"])["told"].transform("size")
    leading = rows.sort_values(["times", "order", "told"], ascending=[False, True, True]).drop_duplicates("indicator")
    return rows["told"] != rows["indicator"].map(leading.set_index("indicator")["told"])


def _changed(dataset: Dataset, period: Period) -> pd.Series:
    areas = dataset["areas"]
    began = areas["valid_from"] > pd.Timestamp(period.prior_year.start)
    ended = areas["valid_to"] < pd.Timestamp(period.end)
    codes: pd.Series = areas.loc[began | ended, "code"]
    return codes
