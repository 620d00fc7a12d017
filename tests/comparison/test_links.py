from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.links import links_between
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import DataError
from bcanalysis.periods import Period
from bcanalysis.wording.footnotes import footnotes


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


# Across windows and coverage too, only a declared link allows a comparison

NOW = {"period": "2018H1", "value": 110}
LINK = {"breakdown": "total", "period": "2018H1", "other_price_basis": "current", "other_period": "2017H1"}


def prior_of(tiny: Any, prior: dict[str, Any], *links: dict[str, Any], headline: bool = False) -> dict[str, Any]:
    (found,) = compare(tiny([NOW, {"period": "2017H1"} | prior], links=links), "2018H1", "here", headline=headline).to_dict(
        "records"
    )
    return found


def test_another_window_is_compared_through_a_link_that_says_so(tiny: Any) -> None:
    to_may = {"value": 100, "window_end": "2017-05-31"}
    refused = prior_of(tiny, to_may)
    assert (refused["growth_reason"], np.isnan(refused["prior"])) == ("other_window", True)
    assert np.isnan(prior_of(tiny, to_may, LINK)["prior"])  # the link says nothing of windows
    found = prior_of(tiny, to_may, LINK | {"windows": "any", "reason": "June was not counted in 2017"})
    assert (found["prior"], found["growth_pct"], found["flags"]) == (100, pytest.approx(10), ("via_link",))
    assert any(
        "“June was not counted in 2017.”" in note or "“June was not counted in 2017”" in note for note in footnotes(found, "en")
    )


@pytest.mark.parametrize("headline", [False, True])
def test_another_coverage_is_compared_through_a_link_that_names_it(headline: bool, tiny: Any) -> None:
    covered = {"value": 50, "breakdown": "state"}
    assert prior_of(tiny, covered)["growth_reason"] == "no_prior"
    found = prior_of(tiny, covered, LINK | {"other_breakdown": "state", "factor": 2}, headline=headline)
    assert (found["prior"], found["growth_pct"], found["flags"]) == (100, pytest.approx(10), ("via_link",))


def test_of_two_windows_that_a_link_allows_the_same_one_is_taken(tiny: Any) -> None:
    rows = [NOW, {"period": "2017H1", "value": 90, "window_end": "2017-05-31"}, {"period": "2017H1", "value": 100}]
    (found,) = compare(tiny(rows, links=[LINK | {"windows": "any"}]), "2018H1", "here").to_dict("records")
    assert (found["prior"], found["flags"]) == (100, ())


def test_a_coverage_that_is_not_there_is_a_fault(tiny: Any) -> None:
    with pytest.raises(DataError, match=r'links\.csv.*other_breakdown: got "stat".*Did you mean "state"\?'):
        tiny.load([NOW], links=[LINK | {"other_breakdown": "stat"}])
