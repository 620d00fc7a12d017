"""Statements in a Parquet file: the same figures as from CSV, of which a report reads no more than it needs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars
import pytest

import bcanalysis as bc
from bcanalysis.comparison.history import first_half_shares
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.fingerprints import fingerprints
from bcanalysis.dataset.load import load, read_dataset
from bcanalysis.dataset.parquet import ParquetFile
from bcanalysis.dataset.proposed import Proposal
from bcanalysis.dataset.reads import Selection, asked, forget
from bcanalysis.errors import DataError, UsageError
from bcanalysis.intake.preview import preview

NUMBERS = ["value", "half_unit", "growth_pct", "growth_half_unit", "plan_pct", "plan_half_unit"]
DAYS = ["window_start", "window_end"]
HERE = Selection("statements", area=("here",), period=("2018H1",))
YEARS = [{"period": f"{year}H1", "value": 100 + year - 2010} for year in range(2010, 2020)]
Stored = Callable[..., Path]


def in_parquet(folder: Path, *, typed: bool = False) -> Path:
    """Let the statements of a folder lie in a Parquet file, as texts or as numbers and days."""
    rows = polars.read_csv(folder / "observations.csv", infer_schema=False).fill_null("")
    if typed:
        blank = [polars.when(polars.col(name) != "").then(polars.col(name)).alias(name) for name in rows.columns]
        rows = rows.select(blank).with_columns(polars.col(NUMBERS).cast(polars.Float64), polars.col(DAYS).str.to_date())
        rows = rows.with_columns(polars.col("area", "status").cast(polars.Categorical))
    rows.write_parquet(folder / "observations.parquet")
    (folder / "observations.csv").unlink()
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource.update(path="observations.parquet", format="parquet")
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    return folder


@pytest.fixture
def years(tiny) -> Dataset:
    return load(in_parquet(tiny.write(YEARS)))


@pytest.fixture
def read_rows(monkeypatch) -> list[pd.DataFrame]:
    """All rows that have been read from Parquet files since."""
    read: list[pd.DataFrame] = []
    cells = ParquetFile.cells

    def spied(self: ParquetFile, selections: Sequence[Selection] | None = None) -> pd.DataFrame:
        read.append(cells(self, selections))
        return read[-1]

    monkeypatch.setattr(ParquetFile, "cells", spied)
    return read


# The same figures


@pytest.mark.parametrize("typed", [False, True])
def test_all_tables_are_those_of_the_same_rows_as_csv(dataset, small_data, typed):
    stored = load(in_parquet(small_data, typed=typed))

    assert stored.stored is not None
    for table in dataset.tables:
        pd.testing.assert_frame_equal(stored[table], dataset[table], check_index_type=False)
    pd.testing.assert_frame_equal(stored.statements, dataset.statements, check_index_type=False)


@pytest.mark.parametrize("as_of", [None, "2018-06-14", "2024-12-31"])
def test_every_comparison_is_that_of_the_same_rows_as_csv(small_data, as_of):
    plain = load(small_data, as_of)
    pages = plain["observations"][["period", "area"]].drop_duplicates().itertuples(index=False, name=None)
    expected = {page: bc.compare(plain, *page) for page in pages}
    stored = load(in_parquet(small_data), as_of)

    assert len(expected) > 5
    for page, rows in expected.items():
        found = bc.compare(stored, *page)
        pd.testing.assert_frame_equal(found, rows)
        assert found.attrs["undated"] == rows.attrs["undated"]


def test_gaps_and_conflicts_are_those_of_the_same_rows_as_csv(dataset, small_data):
    stored = load(in_parquet(small_data))

    pd.testing.assert_frame_equal(bc.gaps(stored, "2018H1"), bc.gaps(dataset, "2018H1"))
    pd.testing.assert_frame_equal(bc.conflicts(stored, "2018", "bac-giang"), bc.conflicts(dataset, "2018", "bac-giang"))


@pytest.mark.parametrize("typed", [False, True])
def test_what_a_report_rests_on_has_the_hash_of_the_same_rows_as_csv(dataset, small_data, typed):
    asked_for = [
        Selection("statements", area=("bac-giang",), period=("2018H1", "2017H1")),
        Selection("statements", area=("bac-ninh",), indicator=("export_value",)),
        Selection("places", area=("bac-giang",), ended_before="2018-06-30"),
        Selection("plans", area=("bac-giang",)),
    ]
    assert fingerprints(load(in_parquet(small_data, typed=typed)), asked_for) == fingerprints(dataset, asked_for)


def test_the_warnings_are_those_of_the_whole_table(tiny):
    folder = tiny.write(
        [{"period": "2016H1", "value": 100}, {"period": "2017H1", "value": 9000}, {"period": "2018H1", "value": 110}]
    )
    expected, found = load(folder).warnings, load(in_parquet(folder)).warnings

    assert (expected[1].table, expected[1].row, expected[1].got) == ("observations.csv", 3, "9000")
    assert found == tuple(replace(fault, table="observations.parquet", row=fault.row - 1) for fault in expected)


# No more than is needed


def test_a_comparison_reads_its_own_rows_only(small_data, read_rows):
    stored = load(in_parquet(small_data))
    assert read_rows == []

    bc.compare(stored, "2018H1", "bac-giang", headline=True)

    rows = pd.concat(read_rows)
    assert set(rows["area"]) == {"bac-giang"}
    assert set(rows["period"]) <= {"2018H1", "2017H1", "2018M01-M05", "2018M06"}
    assert len(rows) < 369


def test_a_period_of_ten_years_is_one_row_of_ten(years, read_rows):
    found = years.read(HERE)

    assert found[["period", "value"]].to_numpy().tolist() == [["2018H1", 108.0]]
    assert [frame["value"].tolist() for frame in read_rows] == [["108"]]


def test_what_is_asked_twice_is_read_once(years, read_rows):
    years.read(HERE), years.read(HERE)
    assert len(read_rows) == 1


def test_only_windows_that_ended_before_a_day_are_read(years, read_rows):
    years.read(Selection("places", ended_before="2012-06-30"))
    assert [frame["period"].tolist() for frame in read_rows] == [["2010H1", "2011H1"]]


def test_a_selection_is_noted_as_it_was_asked(years):
    forget()
    years.read(HERE)
    assert asked() == (HERE,)


def test_showing_the_dataset_reads_no_statement(years, read_rows):
    assert "observations.parquet statements" in repr(years)
    assert read_rows == []


# Faults


def test_faults_of_the_rows_asked_for_are_told_together_with_their_rows(tiny):
    rows = [
        {"period": "2017H1", "value": 1},
        {"period": "2018H1", "value": "1e3"},
        {"period": "2018H1", "value": 5, "indicator": "no"},
    ]
    dataset = load(in_parquet(tiny.write(rows)))

    with pytest.raises(DataError, match="2 faults in the data") as caught:
        dataset.read(HERE)
    assert [(fault.table, fault.row, fault.column, fault.got) for fault in caught.value.faults] == [
        ("observations.parquet", 2, "value", '"1e3"'),
        ("observations.parquet", 3, "indicator", '"no"'),
    ]


def test_a_fault_of_other_rows_stops_nothing_until_the_whole_is_asked_for(tiny):
    folder = in_parquet(tiny.write([{"period": "2017H1", "value": "many"}, {"period": "2018H1", "value": 5}]))
    dataset = load(folder)

    assert dataset.read(HERE)["value"].tolist() == [5.0]
    with pytest.raises(DataError, match='line 1, value: got "many"'):
        dataset.read(Selection("statements"))
    found, faults = read_dataset(folder)
    assert found is None
    assert [(fault.row, fault.got) for fault in faults] == [(1, '"many"')]


def test_a_correction_of_no_statement_is_told_when_the_whole_is_asked_for(tiny):
    wrong = {"period": "2016H1", "printed": "7", "read_as": "70"}
    folder = in_parquet(tiny.write(YEARS[7:8], corrections=[wrong]))

    assert len(load(folder).statements) == 1
    assert [fault.table for fault in read_dataset(folder)[1]] == ["corrections.csv"]


def test_a_column_too_few_is_told_when_the_folder_is_opened(tiny):
    folder = in_parquet(tiny.write(YEARS))
    file = folder / "observations.parquet"
    polars.read_parquet(file).drop("value").write_parquet(file)

    with pytest.raises(DataError, match=r"observations\.parquet, line 1, value: got no such column"):
        load(folder)


def test_a_file_that_is_no_parquet_file_is_told(tiny):
    folder = in_parquet(tiny.write(YEARS))
    (folder / "observations.parquet").write_bytes(b"PAR1 but not at the end")

    with pytest.raises(DataError, match=r"observations.parquet: got a file that cannot be read"):
        load(folder)


def test_a_file_that_changes_under_a_report_is_told_and_is_never_up_to_date(years):
    before = fingerprints(years, [HERE])
    file = years.folder / "observations.parquet"
    os.utime(file, ns=(1, 1))

    with pytest.raises(DataError, match="got another file than a moment ago"):
        years.read(Selection("statements", period=("2011H1",)))
    assert fingerprints(years, [HERE])["statements"] not in (before["statements"], fingerprints(years, [HERE])["statements"])


def test_an_import_does_not_write_beside_a_parquet_file(years):
    with pytest.raises(UsageError, match=r"observations lie in observations.parquet; expected a CSV table"):
        preview(years.folder, Proposal())


def test_a_report_of_one_period_reads_its_periods_and_those_of_past_shares(tiny, read_rows):
    rows = [
        {"area": area, "period": f"{year}{part}", "value": 100}
        for area in ("here", "new")
        for year in range(2010, 2020)
        for part in ("H1", "H2", "")
    ]
    dataset = load(in_parquet(tiny.write(rows)))

    bc.compare(dataset, "2018H1", "here")
    assert {tuple(sorted(set(frame["period"]))) for frame in read_rows} == {("2017H1", "2018H1"), ("2018H1",)}

    read_rows.clear()
    first_half_shares(dataset, "2018H1", "here")
    earlier = tuple(sorted(f"{year}{part}" for year in range(2010, 2018) for part in ("H1", "")))
    assert [tuple(sorted(frame["period"])) for frame in read_rows] == [("2018H1",), earlier]
    assert {area for frame in read_rows for area in frame["area"]} == {"here"}
