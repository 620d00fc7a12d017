"""A dataset of an earlier day holds what was certainly known then, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

import bcanalysis as bc
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.load import load
from bcanalysis.errors import UsageError


def test_the_report_of_june_2018_is_known_on_its_day_and_not_the_day_before() -> None:
    assert bc.compare(load(as_of="2018-06-14"), "2018H1", indicators=["export_value"])["value"].tolist() == [3140]
    assert bc.compare(load(as_of="2018-06-13"), "2018H1").empty


def test_what_has_no_date_stays_out_and_is_counted(dataset: Dataset) -> None:
    then = dataset.known_on(date(2018, 6, 14))
    assert (then.statements["stated_on"] == "").sum() == 0
    # the province's page of 2018 in 2010 prices is undated: output in four parts, IIP in five, and GRDP
    assert bc.compare(then, "2018H1").attrs["undated"] == 10
    assert bc.compare(then, "2018H1", headline=True).attrs["undated"] == 1
    assert bc.compare(dataset, "2018H1").attrs["undated"] == 0


def test_the_day_counts_for_every_question(dataset: Dataset) -> None:
    then = dataset.known_on("2024-06-28")
    assert bc.history(then, "industrial_output", "2024H1")["stated_on"].max() == "2024-06-28"
    assert bc.across(then, "2024H1", ["grdp_growth"], ["bac-giang"])["value"].tolist() == [14.14]
    assert bc.conflicts(then, "2024H1", "bac-giang").empty  # the page of 1 July says 14.4
    assert "industrial_output" in bc.gaps(then, "2024M06")["indicator"].tolist()  # stated on 10 July
    assert "industrial_output" not in bc.gaps(dataset, "2024M06")["indicator"].tolist()


def test_plans_decided_later_are_unknown_then(dataset: Dataset) -> None:
    assert bc.compare(dataset.known_on("2023-12-31"), "2024H1").empty
    assert dataset.known_on("2017-12-31")["plans"].empty
    assert set(dataset.known_on("2018-06-14")["plans"]["year"]) == {2018}


def test_going_back_twice_is_going_back_to_the_earlier_day(dataset: Dataset) -> None:
    early, late = "2018-06-14", "2024-06-28"
    assert len(dataset.known_on(late).known_on(early).statements) == len(dataset.known_on(early).statements)
    assert dataset.known_on(early).known_on(late).as_of == date(2018, 6, 14)


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_day_is_today(dataset: Dataset, nothing: str | None) -> None:
    assert dataset.known_on(nothing) is dataset


def test_what_is_no_day_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match='as_of: got "2018-06"; expected a day such as 2018-06-14'):
        load("/nowhere", "2018-06")
