from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import pytest

from bcanalysis.comparison.history import first_half_shares, history
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError


def test_the_first_halves_of_output_are_listed_as_they_were_stated_each_time(dataset: Dataset) -> None:
    found = history(dataset, "industrial_output", "2024H1")
    assert found[["period", "price_basis", "value", "speaks"]].to_numpy().tolist() == [
        ["2018H1", "constant_2010", 53840, True],
        ["2018H1", "current", 66148, True],
        ["2024H1", "current", 315145, False],  # repeated three days later
        ["2024H1", "current", 315145, True],
        ["2024H1", "current", 315100, False],  # "hơn 315,1 nghìn tỷ đồng"
        ["2016H1", "not_stated", 24860, True],
        ["2023H1", "not_stated", 238782, True],
    ]
    assert found["year"].tolist() == [2018, 2018, 2024, 2024, 2024, 2016, 2023]
    assert found["high"].tolist()[4] == inf
    assert (found["low"][1], found["high"][1]) == (66147.5, 66148.5)


def test_a_history_ends_at_its_period_and_has_only_its_months(dataset: Dataset) -> None:
    assert set(history(dataset, "industrial_output", "2018H1")["period"]) == {"2016H1", "2018H1"}
    assert set(history(dataset, "industrial_output", "2018")["period"].str.len()) == {4}


def test_a_history_as_of_a_day_has_what_was_known(dataset: Dataset) -> None:
    found = history(dataset, "industrial_output", "2024H1", as_of=date(2024, 6, 28))
    assert found.loc[found["year"] == 2024, ["source", "speaks"]].to_numpy().tolist() == [["vietnambiz-2024-06-28", True]]


def test_years_without_a_statement_have_no_row_and_may_be_all_of_them(dataset: Dataset) -> None:
    assert len(history(dataset, "industrial_output", "1999H1")) == 0
    assert len(history(dataset, "electricity_peak_load", "2024H1")) == 0


def test_a_missing_value_keeps_its_row(tiny) -> None:
    found = history(tiny([{"period": "2018H1", "missing": "nil"}, {"period": "2017H1", "value": 100}]), "output", "2018H1", "here")
    assert found["missing"].tolist() == ["", "nil"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"indicator": "industrial_ouput"}, r'Did you mean "industrial_output"\?'),
        ({"area": "bac-gaing"}, r'Did you mean "bac-giang"\?'),
        ({"breakdown": "non-state"}, r'Did you mean "non_state"\?'),
        ({"period": "2018H3"}, 'period: got "2018H3"'),
    ],
)
def test_a_history_of_what_is_unknown_is_refused(dataset: Dataset, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        history(dataset, **{"indicator": "industrial_output", "period": "2018H1", **asked})


# Shares of the first half


def years(halves: dict[int, float], wholes: dict[int, float], **more: Any) -> list[dict[str, Any]]:
    named = [(f"{year}H1", value) for year, value in halves.items()] + [(str(year), value) for year, value in wholes.items()]
    return [{"period": period, "value": value, "stated_on": f"{int(period[:4]) + 1}-02-01", **more} for period, value in named]


NOW = {"period": "2018H1", "value": 50, "stated_on": "2018-06-14"}
HALVES, WHOLES = {2015: 40, 2016: 45, 2017: 60}, {2015: 100, 2016: 100, 2017: 120}


def only(dataset: Dataset, **asked: Any) -> dict[str, Any]:
    (found,) = first_half_shares(dataset, "2018H1", "here", **asked).to_dict("records")
    return found


def test_no_series_of_2018_has_three_years_of_its_own(dataset: Dataset) -> None:
    found = first_half_shares(dataset, "2018H1")
    assert {"industrial_output", "export_value", "retail_sales"} <= set(found["indicator"])
    assert set(found["reason"]) == {"too_few_years"}
    assert found[["share_low", "share_median", "share_high"]].isna().all(axis=None)


def test_three_years_give_a_share(tiny) -> None:
    found = only(tiny([NOW, *years(HALVES, WHOLES)]))
    assert (found["share_low"], found["share_median"], found["share_high"]) == (40, 45, 50)
    assert (found["years"], found["reason"]) == (3, None)
    assert (found["indicator"], found["breakdown"], found["price_basis"]) == ("output", "total", "current")


@pytest.mark.parametrize(
    "rows",
    [
        years({2015: 40, 2016: 45, 2017: 60}, {2015: 100, 2016: 100}),
        years(HALVES, {2015: 100, 2016: 100, 2017: 0}),
        years(HALVES, WHOLES, price_basis="not_stated"),
        years(HALVES, WHOLES, price_basis="constant_2010"),
        years(HALVES, WHOLES, breakdown="fdi"),
        years(HALVES, WHOLES, area="old"),
        years(HALVES, WHOLES, qualifier="trên"),
        years({2016: 45, 2017: 60, 2018: 50}, {2016: 100, 2017: 120, 2018: 100}, source="paper"),
        [*years(HALVES, {}, window_start="2015-01-15"), *years({}, WHOLES)],
    ],
    ids=[
        "two years",
        "a year of nothing",
        "not stated",
        "other basis",
        "other part",
        "other area",
        "over",
        "the year itself",
        "window",
    ],
)
def test_fewer_than_three_usable_years_give_none(rows: list[dict[str, Any]], tiny) -> None:
    found = only(tiny([NOW, *rows]))
    assert found["reason"] == "too_few_years"
    assert found["years"] < 3
    assert found["share_median"] != found["share_median"]


def test_years_must_be_known_on_the_day(tiny) -> None:
    found = tiny([NOW, *years(HALVES, WHOLES)])
    assert only(found, as_of=date(2018, 6, 14))["years"] == 3
    early = first_half_shares(found, "2018H1", "here", as_of=date(2018, 1, 31))
    assert len(early) == 0  # not even the half-year itself is known
    late = tiny(
        [
            NOW,
            *years({2015: 40, 2016: 45}, {2015: 100, 2016: 100}),
            *(row | {"stated_on": "2018-12-01"} for row in years({2017: 60}, {2017: 120})),
        ]
    )
    assert only(late, as_of=date(2018, 6, 14))["years"] == 2
    assert only(late)["years"] == 3


def test_rates_and_stocks_have_no_shares(tiny) -> None:
    rows = [{**row, "indicator": code} for code in ("occupancy", "workers") for row in (NOW, *years(HALVES, WHOLES))]
    assert len(first_half_shares(tiny(rows), "2018H1", "here")) == 0


def test_shares_of_an_unknown_area_are_refused(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=r'areas: got "bac-gaing"; .*Did you mean "bac-giang"\?'):
        first_half_shares(dataset, "2018H1", "bac-gaing")


@pytest.mark.parametrize("period", ["2018", "2018H2", "2018Q1"])
def test_of_what_is_no_first_half_no_share_is_known(period: str, tiny) -> None:
    statements = [{"period": f"{year}{part}", "value": 100} for year in (2015, 2016, 2017) for part in ("", "H1")]
    found = first_half_shares(tiny([*statements, {"period": period, "value": 110}]), period, "here")
    assert found["reason"].tolist() == ["no_first_half"]
    assert found[["share_low", "share_median", "share_high"]].isna().all(axis=None)


def test_shares_can_be_asked_for_some_indicators(tiny) -> None:
    found = tiny([NOW, *years(HALVES, WHOLES), {**NOW, "indicator": "sales"}])
    assert set(first_half_shares(found, "2018H1", "here")["indicator"]) == {"output", "sales"}
    assert first_half_shares(found, "2018H1", "here", indicators=["sales", "workers"])["indicator"].tolist() == ["sales"]
    assert len(first_half_shares(found, "2018H1", "here", indicators=[])) == 0
    with pytest.raises(UsageError, match='indicators: got "sale"'):
        first_half_shares(found, "2018H1", "here", indicators=["sale"])
