"""What a process asks for is noted, row by row where the library asks, table by table where anybody else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import bcanalysis as bc
from bcanalysis.comparison.history import first_half_shares
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.fingerprints import changes, fingerprints
from bcanalysis.dataset.load import load
from bcanalysis.dataset.reads import ELSEWHERE, Selection, asked, forget, from_told, note, told
from bcanalysis.errors import Fault

HERE = Selection("statements", area=("here",), period=("2018H1",))
STATEMENTS = [
    {"period": "2017H1", "value": 100},
    {"period": "2018H1", "value": 110, "source": "department"},
    {"period": "2018H1", "value": 30, "indicator": "cases"},
    {"period": "2018H1", "value": 70, "area": "old", "source": "paper"},
]
PLANS = [{"year": 2018, "value": 200}, {"year": 2018, "value": 90, "area": "old"}, {"year": 2019, "value": 220}]
MISPRINT = {"period": "2018H1", "printed": "7", "read_as": "70", "area": "old", "source": "paper"}


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    forget()


def with_cell(dataset: Dataset, table: str, row: int, **cells: object) -> Dataset:
    changed = dataset.unnoted(table).frame.copy()
    for column, value in cells.items():
        changed.loc[row, column] = value
    return with_table(dataset, table, changed)


def with_table(dataset: Dataset, table: str, frame: pd.DataFrame) -> Dataset:
    tables = {name: dataset.unnoted(name).frame for name in dataset.tables}
    return Dataset(dataset.folder, dataset.files, {**tables, table: frame.reset_index(drop=True)})


def changed_by(dataset: Dataset, other: Dataset, *selections: Selection) -> list[str]:
    return changes(fingerprints(dataset, selections), fingerprints(other, selections))


# Selections


def test_a_selection_says_the_same_in_whatever_order_its_codes_are_given():
    one, other = (Selection("plans", period=periods) for periods in (("2018", "2017", "2018"), ("2017", "2018")))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("wide", "narrow", "holds"),
    [
        (Selection("statements"), HERE, True),
        (HERE, Selection("statements"), False),
        (HERE, replace(HERE, indicator=("output",)), True),
        (replace(HERE, period=("2017H1", "2018H1")), HERE, True),
        (replace(HERE, area=("old",)), HERE, False),
        (replace(HERE, breakdown=("total",)), HERE, False),
        (replace(HERE, breakdown=("total",)), replace(HERE, breakdown=("fdi",)), False),
        (HERE, replace(HERE, breakdown=("fdi",)), True),
        (Selection("plans"), HERE, False),
        (Selection("places"), Selection("places", ended_before="2018-06-30"), True),
        (Selection("places", ended_before="2018-06-30"), Selection("places"), False),
        (Selection("places", ended_before="2018-06-30"), Selection("places", ended_before="2017-06-30"), False),
    ],
)
def test_a_selection_contains_what_asks_for_no_more(wide: Selection, narrow: Selection, holds: bool):
    assert wide.contains(narrow) is holds


# The log


def test_what_was_asked_twice_or_inside_something_else_is_told_once():
    for selection in (replace(HERE, indicator=("output",)), HERE, HERE, Selection("plans", area=("here",))):
        note(selection)
    assert asked() == (Selection("plans", area=("here",)), HERE)


def test_what_is_told_can_be_read_back():
    note(HERE)
    note(Selection("places", ended_before="2018-06-30"))
    assert from_told(told()) == asked()
    assert json.loads(told()) == [
        {"table": "places", "ended_before": "2018-06-30"},
        {"table": "statements", "area": ["here"], "period": ["2018H1"]},
    ]


def test_what_asks_for_no_code_at_all_is_not_told():
    note(Selection("statements", indicator=()))
    assert told() == "[]"


def test_a_process_that_forgets_begins_anew():
    note(HERE)
    forget()
    assert asked() == ()


# What is noted


def test_loading_and_checking_the_tables_is_no_reading(tiny):
    tiny.load(STATEMENTS)
    assert asked() == ()


@pytest.mark.parametrize(
    ("reading", "noted"),
    [
        (lambda found: found["observations"], "observations"),
        (lambda found: found.tables["plans"], "plans"),
        (lambda found: dict(found.tables)["corrections"], "corrections"),
        (lambda found: found["sources"], "sources"),
        (lambda found: found.statements, "statements"),
        (lambda found: found.labelled("corrections"), "corrections"),
        (lambda found: found.warnings, "warnings"),
        (repr, "observations"),
    ],
)
def test_a_table_that_is_taken_as_a_whole_is_noted_as_a_whole(tiny, reading: Callable[[Dataset], object], noted: str):
    reading(tiny(STATEMENTS))
    assert Selection(noted) in asked()


def test_catalogues_and_the_hashes_of_files_are_not_noted(tiny):
    found = tiny(STATEMENTS)
    assert (len(found["indicators"]), found.files, found.names("areas")["here"]) == (12, (), "Tỉnh này")
    assert asked() == ()


def test_a_report_that_reads_a_second_folder_is_never_up_to_date(tiny, small_data: Path):
    found = tiny.load(STATEMENTS)
    load(small_data)
    assert asked() == (Selection(ELSEWHERE),)
    assert changed_by(found, found, *asked()) == [ELSEWHERE]


def test_reading_the_same_folder_again_is_no_second_one(small_data: Path):
    load(small_data)
    load(small_data)
    assert asked() == ()


# What each question asks for


def test_a_comparison_asks_for_its_period_the_prior_year_and_the_plans_of_the_year(tiny):
    bc.compare(tiny(STATEMENTS, plans=PLANS), "2018H1", "here")
    assert asked() == (
        Selection("plans", area=("here",), period=("2018",), indicator=("cases", "output")),
        Selection("statements", area=("here",), period=("2017H1", "2018H1")),
    )


def test_a_comparison_of_headlines_asks_for_their_totals_and_what_stands_in_an_identity_with_them(tiny):
    bound = {"code": "bound", "relation": "output[fdi] <= sales"}
    total = {"code": "total", "relation": "sales <= output"}
    bc.compare(tiny(STATEMENTS, identities=[bound, total]), "2018H1", "here", headline=True)
    assert asked()[1:] == (
        Selection("statements", area=("here",), period=("2017H1", "2018H1"), indicator=("exports", "output"), breakdown=("total",)),
        Selection("statements", area=("here",), period=("2018H1",), indicator=("output", "sales")),
    )


def test_identities_ask_for_the_months_that_a_figure_is_composed_of(tiny):
    composed = {"period": "2018H1", "value": 120, "composed_of": "2018M01-M05 2018M06"}
    bc.identities(tiny([composed]), "2018H1", "here")
    months = Selection("statements", area=("here",), period=("2018M01-M05", "2018M06"), indicator=("output",), breakdown=("total",))
    assert asked() == (HERE, months)


def test_gaps_ask_which_figures_stand_on_file_and_not_what_they_say(tiny):
    bc.gaps(tiny(STATEMENTS), "2018H1", "here", themes=["market_surveillance"])
    assert asked() == (
        Selection("places", area=("here",), indicator=("fine", "fines", "parts"), ended_before="2018-06-30"),
        Selection("places", area=("here",), period=("2018H1",), indicator=("cases", "fine", "fines", "parts")),
    )


def test_history_asks_for_the_same_months_of_each_year(tiny):
    bc.history(tiny(STATEMENTS), "output", "1992H1", "here")
    halves = ("1990H1", "1991H1", "1992H1")
    assert asked() == (Selection("statements", area=("here",), period=halves, indicator=("output",), breakdown=("total",)),)


def test_shares_of_a_first_half_ask_for_the_years_before_of_what_is_on_file(tiny):
    first_half_shares(tiny([{"period": "1902H1", "value": 1}]), "1902H1", "here")
    assert asked()[0] == Selection("statements", area=("here",), period=("1900", "1900H1", "1901", "1901H1"), indicator=("output",))
    assert asked()[1].period == ("1902H1",)


def test_conflicts_and_misprints_ask_for_their_area(tiny):
    found = tiny(STATEMENTS)
    bc.conflicts(found, area="here", indicator="output")
    found.labelled("corrections", "here")
    assert asked() == (
        Selection("corrections", area=("here",)),
        Selection("statements", area=("here",), indicator=("output",)),
    )


# Fingerprints


@pytest.fixture
def found(tiny) -> Dataset:
    return tiny(STATEMENTS, plans=PLANS, corrections=[MISPRINT])


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (1, {"value": 111.0}),
        (1, {"stated_on": "2018-06-14"}),
        (2, {"note": "another"}),
        (1, {"period": "2019H1"}),
        (0, {"period": "2018H1"}),
        (3, {"area": "here"}),
    ],
)
def test_a_statement_that_is_reached_before_or_after_a_change_is_seen_to_change(found: Dataset, row: int, cells: dict):
    assert "statements" in changed_by(found, with_cell(found, "observations", row, **cells), HERE)


@pytest.mark.parametrize(("row", "cells"), [(0, {"value": 101.0}), (3, {"value": 71.0}), (3, {"source": "office"})])
def test_a_statement_that_is_not_reached_is_not_seen_to_change(found: Dataset, row: int, cells: dict):
    assert changed_by(found, with_cell(found, "observations", row, **cells), HERE) == []


def test_a_statement_that_is_added_or_taken_away_is_seen(found: Dataset):
    rows = found.unnoted("observations").frame
    assert changed_by(found, with_table(found, "observations", rows.drop(index=2)), HERE) == ["sources", "statements"]
    assert changed_by(found, with_table(found, "observations", rows.drop(index=0)), HERE) == []
    added = pd.concat([rows, rows.loc[[2]].assign(indicator="parts")])
    assert changed_by(found, with_table(found, "observations", added), HERE) == ["statements"]


def test_a_title_is_seen_to_change_where_a_row_cites_the_source(found: Dataset):
    sources = found["sources"]["code"].tolist()
    cited, not_cited = (with_cell(found, "sources", sources.index(code), title="Another") for code in ("department", "paper"))
    assert changed_by(found, cited, HERE) == ["sources"]
    assert changed_by(found, not_cited, HERE) == []


def test_a_rank_is_a_part_of_what_a_statement_says(found: Dataset):
    row = found["sources"]["code"].tolist().index("department")
    assert changed_by(found, with_cell(found, "sources", row, rank="press"), HERE) == ["sources", "statements"]


def test_a_correction_changes_the_statement_it_is_about(found: Dataset):
    changed = with_cell(found, "corrections", 0, read_as="71")
    assert changed_by(found, changed, HERE) == []
    assert changed_by(found, changed, replace(HERE, area=("old",))) == ["statements"]


def test_plans_are_told_apart_by_area_and_year(found: Dataset):
    selection = Selection("plans", area=("here",), period=("2018",))
    seen = [changed_by(found, with_cell(found, "plans", row, value=1.0), selection) for row in range(3)]
    assert seen == [["plans"], [], []]


def test_what_stands_on_file_is_told_apart_from_what_it_says(found: Dataset):
    places = Selection("places", area=("here",), ended_before="2018-06-30")
    rows = found.unnoted("observations").frame
    again = pd.concat([rows, rows.loc[[0]].assign(source="paper")])
    assert changed_by(found, with_cell(found, "observations", 0, value=1.0), places) == []
    assert changed_by(found, with_table(found, "observations", again), places) == []
    assert changed_by(found, with_cell(found, "observations", 1, window_end=pd.Timestamp("2018-05-31")), places) == ["places"]


@pytest.mark.parametrize("table", ["indicators", "breakdowns", "price_bases", "units", "areas"])
def test_a_catalogue_counts_for_every_report(found: Dataset, table: str):
    changed = with_cell(found, table, 0, name_vi="Tên khác")
    assert changed_by(found, changed) == [table]
    assert changed_by(found, changed, Selection(table, indicator=("cases",))) == [table]


def test_the_order_of_rows_counts_inside_an_indicator_and_in_a_whole_table_only(tiny):
    """Ties are decided by the order of rows, and a tie is between statements of one indicator."""
    one, other = {"period": "2018H1", "value": 110}, {"period": "2018H1", "value": 111}
    away = {"period": "2018H1", "value": 30, "indicator": "cases"}
    assert changed_by(tiny([one, other, away]), tiny([away, one, other]), HERE) == []
    assert changed_by(tiny([one, other, away]), tiny([other, one, away]), HERE) == ["statements"]
    assert changed_by(tiny([one, away]), tiny([away, one]), Selection("statements")) == ["statements"]


def test_rows_are_given_in_the_order_that_is_hashed(tiny):
    away = {"period": "2018H1", "value": 30, "indicator": "cases"}
    rows = tiny([{"period": "2017H1", "value": 100}, {"period": "2018H1", "value": 110}, away]).read(HERE)
    assert rows[["indicator", "value"]].to_numpy().tolist() == [["cases", 30], ["output", 110]]
    assert list(rows.index) == [0, 1]


def test_warnings_are_seen_to_change(found: Dataset):
    fault = Fault("observations.csv", 2, "value", "1", "2", severity="warning")
    warned = Dataset(found.folder, (), found.tables, (fault,))
    assert changed_by(found, warned, Selection("warnings")) == ["warnings"]


def test_how_a_file_is_written_makes_no_difference(small_data: Path):
    before = load(small_data)
    path = small_data / "observations.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    selections = [Selection("statements"), Selection("observations")]
    assert fingerprints(load(small_data), selections) == fingerprints(before, selections)


def test_a_selection_of_a_table_that_is_not_there_is_refused(found: Dataset):
    with pytest.raises(KeyError, match="tariffs"):
        fingerprints(found, [Selection("tariffs")])
