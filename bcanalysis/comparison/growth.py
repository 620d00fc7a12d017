"""Growth against the prior year: which figure is the prior one, what was printed, what is computed, and which leads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bcanalysis.arrays import none_where
from bcanalysis.comparison.links import linked_parts, links_between
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.vintages import SERIES, WINDOW
from bcanalysis.indicators import NOT_LEVELS, growth_pct, growth_reason
from bcanalysis.periods import Period
from bcanalysis.rounding import growth_interval, implied_prior, printed_interval, verdict

_PART = ["indicator", "breakdown"]
_PRIOR = {
    "value": "prior",
    "half_unit": "prior_half_unit",
    "qualifier": "prior_qualifier",
    "source": "prior_source",
    "stated_on": "prior_stated_on",
    "stated_to": "prior_stated_to",
    "tied": "prior_tied",
    "rebuilt": "prior_rebuilt",
}


def against_prior_year(dataset: Dataset, period: Period, area: str, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Add to each statement its prior-year figure and growth.

    Parameters
    ----------
    dataset : Dataset
        Catalogue, areas and links.
    period : Period
        The period of `now`.
    area : str
        Code of the area.
    now, before : pandas.DataFrame
        The statements that speak for the period and for the one a year before.

    Returns
    -------
    pandas.DataFrame
        `now` with the prior and growth columns of a comparison, and ``via_link``, ``base_not_revised`` (bool).

    Notes
    -----
    A prior is taken from the same price basis, window and part; across them only through a declared link. A basis that is not
    stated equals nothing, not even another one that is not stated.

    Growth computed on a prior in doubt is kept beside, and gives no headline: where a later printed growth shows that the page of
    the prior has been revised (``base_in_doubt``), where another source of its rank and day contradicts it (``prior_conflict``),
    and where it is printed with a word such as "trên" (``vague_prior``).
    """
    rows = _with_prior(dataset, period, now.reset_index(drop=True), before)
    kind = rows["indicator"].map(dataset["indicators"].set_index("code")["kind"])
    level = ~kind.isin(NOT_LEVELS).to_numpy()
    rows = rows.assign(kind=kind, prior_period=none_where(rows["prior"].isna(), str(period.prior_year)))
    value, prior = rows["value"].to_numpy(), rows["prior"].to_numpy()
    reason = np.where(level, growth_reason(value, prior), np.where(np.isnan(value), "no_value", "rate"))
    reason = np.where(reason == "no_prior", rows["no_prior_because"], reason)
    computed = np.where(level, growth_pct(value, prior), np.nan)
    printed = np.where(level, rows["growth_pct"], np.nan)
    value_range = printed_interval(value, rows["half_unit"].to_numpy(), rows["qualifier"].to_numpy())
    growth_range = printed_interval(printed, rows["growth_half_unit"].to_numpy(), rows["growth_qualifier"].to_numpy())
    prior_range = printed_interval(prior, rows["prior_half_unit"].to_numpy(), rows["prior_qualifier"].to_numpy())
    agreement = verdict(growth_interval(value_range, prior_range), growth_range)
    agreement = none_where(np.isnan(computed) | np.isnan(printed), agreement)
    implied = implied_prior(value_range, growth_range).scaled(np.where(value >= 0, 1.0, np.nan))
    headline, origin = _headline(printed, computed, agreement, newer=rows["prior_stated_to"] > rows["stated_to"])
    stated_after = rows["stated_from"].fillna(pd.Timestamp(period.start)) > rows["prior_stated_to"].fillna(
        pd.Timestamp(period.prior_year.end)
    )
    unrevised = (agreement == "disagree") & (origin == "printed") & stated_after.to_numpy()
    alone = (origin == "computed") & np.isnan(printed)
    doubts = {
        "base_in_doubt": _base_in_doubt(rows, unrevised),
        "prior_conflict": rows["prior_tied"].eq(True).to_numpy(),
        "vague_prior": rows["prior_qualifier"].fillna("").ne("").to_numpy(),
    }
    doubtful = alone & np.logical_or.reduce(list(doubts.values()))
    headline, origin = np.where(doubtful, np.nan, headline), none_where(doubtful, origin)
    reason = np.where(doubtful, np.select(list(doubts.values()), list(doubts), default=""), reason)
    return rows.drop(columns=["growth_pct", "no_prior_because"]).assign(
        prior_low=implied.low,
        prior_high=implied.high,
        growth_pct=headline,
        growth_origin=origin,
        growth_printed_pct=printed,
        growth_computed_pct=computed,
        growth_verdict=agreement,
        growth_reason=reason,
        difference_pp=np.where(level, np.nan, value - prior),
        base_not_revised=unrevised,
    )


def _base_in_doubt(rows: pd.DataFrame, unrevised: np.ndarray) -> np.ndarray:
    """Tell whether a prior comes from a page whose figures for the same indicator are known to have been revised since."""
    page = rows["indicator"] + " " + rows["prior_source"].fillna("").astype(str)
    return np.asarray(page.isin(page[unrevised]))


def _headline(printed: np.ndarray, computed: np.ndarray, agreement: np.ndarray, newer: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Let the computed growth lead where it agrees with the printed one, stands alone, or rests on a newer prior.

    A printed growth leads where there is no other, where the rounding of the levels leaves the computed one in doubt, and where the
    two disagree and the prior on file is no newer: the publisher knew a base that is not on file.
    """
    disputed = (agreement == "disagree") & ~newer.to_numpy()
    lead = ~np.isnan(printed) & (np.isnan(computed) | (agreement == "cannot_tell") | pd.isna(agreement) | disputed)
    headline = np.where(lead, printed, computed)
    return headline, none_where(np.isnan(headline), np.where(lead, "printed", "computed"))


def _with_prior(dataset: Dataset, period: Period, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    before = before[before["value"].notna()]
    shifted = before.assign(**{end: _a_year_later(before[end]) for end in WINDOW})
    candidates = shifted[[*_PART, "price_basis", *WINDOW, *_PRIOR]].rename(columns=_PRIOR)
    found = _same_basis(now, candidates).assign(via_link=False, link_reason=None)
    links = links_between(dataset, "prior_year", period, str(period.prior_year))
    if len(links):
        found = pd.concat([found, _linked(links, now, candidates).assign(via_link=True)])
    found = found.drop_duplicates("index").set_index("index").reindex(now.index)
    rows = now.join(found[[*_PRIOR.values(), "via_link", "link_reason"]].astype({"prior": float, "prior_half_unit": float}))
    return rows.assign(
        via_link=rows["via_link"].eq(True),
        prior_stated_to=pd.to_datetime(rows["prior_stated_to"]),
        no_prior_because=_why_no_prior(dataset, period, now, candidates),
    )


def _a_year_later(days: pd.Series) -> pd.Series:
    """Shift days by a year; the last day of February stays the last."""
    shifted = days + pd.DateOffset(years=1)
    return shifted.where(~days.dt.is_month_end, shifted + pd.offsets.MonthEnd(0))


def _same_basis(now: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    stated = candidates[candidates["price_basis"] != "not_stated"]
    return now[[*SERIES, *WINDOW]].reset_index().merge(stated, on=[*_PART, "price_basis", *WINDOW])


def _linked(links: pd.DataFrame, now: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    paired = linked_parts(now[[*SERIES, *WINDOW]].reset_index(), links)
    others = {"price_basis": "other_price_basis", "breakdown": "other_breakdown", **{end: f"other_{end}" for end in WINDOW}}
    paired = paired.merge(candidates.rename(columns=others), on=["indicator", "other_price_basis", "other_breakdown"])
    same_window = (paired[WINDOW].to_numpy() == paired[[f"other_{end}" for end in WINDOW]].to_numpy()).all(axis=1)
    usable: pd.DataFrame = paired.assign(elsewhere=~same_window)[same_window | (paired["windows"] == "any")]
    paired = usable.sort_values("elsewhere", kind="stable")  # the same days before others
    return paired.assign(prior=paired["prior"] * paired["factor"], prior_half_unit=paired["prior_half_unit"] * paired["factor"])


def _why_no_prior(dataset: Dataset, period: Period, now: pd.DataFrame, candidates: pd.DataFrame) -> np.ndarray:
    areas = dataset["areas"].set_index("code").loc[now["area"]]
    began = areas["valid_from"].to_numpy() > np.datetime64(period.prior_year.end)
    ended = areas["valid_to"].to_numpy() < np.datetime64(period.start)
    part = pd.MultiIndex.from_frame(now[["indicator", "breakdown"]])
    same_part = part.isin(pd.MultiIndex.from_frame(candidates[["indicator", "breakdown"]]))
    same_basis = pd.MultiIndex.from_frame(now[["indicator", "breakdown", "price_basis"]]).isin(
        pd.MultiIndex.from_frame(candidates[["indicator", "breakdown", "price_basis"]])
    )
    not_stated = (now["price_basis"] == "not_stated").to_numpy()
    return np.select(
        [began | ended, same_part & same_basis & ~not_stated, same_part],
        ["other_territory", "other_window", "other_basis"],
        default="no_prior",
    )
