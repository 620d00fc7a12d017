from __future__ import annotations

from bcanalysis.comparison.links import links_between
from bcanalysis.dataset.load import Dataset
from bcanalysis.periods import Period


def test_the_links_of_2024_allow_the_prior_year_and_the_plan(dataset: Dataset) -> None:
    prior = links_between(dataset, "prior_year", Period.parse("2024H1"), "2023H1")
    assert prior[["linked_breakdown", "price_basis", "other_price_basis", "factor"]].to_numpy().tolist() == [
        ["*", "current", "not_stated", 1]
    ]
    plan = links_between(dataset, "annual_plan", Period.parse("2024H1"), "2024")
    assert plan[["linked_breakdown", "price_basis", "other_price_basis", "factor"]].to_numpy().tolist() == [
        ["total", "current", "not_stated", 1]
    ]


def test_nothing_else_is_linked(dataset: Dataset) -> None:
    assert len(links_between(dataset, "prior_year", Period.parse("2018H1"), "2017H1")) == 0
    assert len(links_between(dataset, "prior_year", Period.parse("2024H1"), "2022H1")) == 0
