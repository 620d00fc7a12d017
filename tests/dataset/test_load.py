from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bcanalysis.dataset.corrections import corrected
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.load import load, read_dataset
from bcanalysis.errors import DataError, UsageError

TABLES = [
    *("indicators", "breakdowns", "price_bases", "units", "areas", "area_changes"),
    *("sources", "observations", "plans", "links", "identities", "corrections"),
]


def test_the_published_figures_have_no_fault_and_no_warning(dataset: Dataset) -> None:
    assert dataset.warnings == ()
    assert len(dataset["observations"]) == 368  # 57 of the reference report and 311 of other publications
    assert len(dataset["plans"]) == 13
    assert list(dataset.tables) == TABLES


def test_every_cell_of_the_published_figures_is_read_as_it_stands(dataset: Dataset) -> None:
    for table in TABLES:
        with (dataset.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        found = dataset[table]
        assert list(found.columns) == header
        assert len(found) == len(rows)
        for place, column in enumerate(header):
            texts = [row[place] for row in rows]
            if pd.api.types.is_float_dtype(found[column]):
                np.testing.assert_array_equal(found[column], [float(text) if text else np.nan for text in texts])
            elif pd.api.types.is_datetime64_dtype(found[column]):
                assert ["" if pd.isna(day) else day.strftime("%Y-%m-%d") for day in found[column]] == texts
            else:
                assert found[column].tolist() == texts


def test_the_files_read_are_recorded_with_the_descriptor_first(dataset: Dataset) -> None:
    assert [file.name for file in dataset.files] == ["datapackage.json", *(f"{table}.csv" for table in TABLES)]
    assert all(len(file.sha256) == 64 and file.size > 0 for file in dataset.files)


def test_a_dataset_says_what_is_on_file(tiny) -> None:
    found = tiny.load([{"period": "2018H1", "value": 110}])
    assert repr(found) == f"<Dataset {found.folder}: 1 statements, 12 indicators>"


def test_names_come_in_both_languages(dataset: Dataset) -> None:
    assert dataset.names("areas")["bac-giang"] == "Bắc Giang"
    assert dataset.names("units", "en")["billion_vnd"] == "billion VND"


@pytest.mark.parametrize(
    ("table", "code", "suggestion"),
    [("indicators", "export_valeu", "export_value"), ("areas", "bac-gaing", "bac-giang"), ("areas", "bắc giang", "bac-giang")],
)
def test_an_unknown_code_is_refused_with_the_nearest(dataset: Dataset, table: str, code: str, suggestion: str) -> None:
    with pytest.raises(
        UsageError, match=rf'{table}: got "{code}"; expected a code of {table}\.csv\. Did you mean "{suggestion}"\?'
    ):
        dataset.require(table, code)


def test_a_known_code_is_given_back(dataset: Dataset) -> None:
    assert dataset.require("areas", "bac-giang") == "bac-giang"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"data: got .*nowhere; expected a folder with datapackage\.json"):
        load(tmp_path / "nowhere")


def test_tables_with_faults_give_no_dataset_but_every_fault(small_data: Path, edit: Callable[..., None]) -> None:
    edit(small_data, "observations.csv", 29, "value", "3140,5")
    found, faults = read_dataset(small_data)
    assert found is None
    assert [str(fault) for fault in faults] == [
        'observations.csv, line 29, value: got "3140,5"; expected a number such as 66148 or 27.6. '
        "The tables use a decimal point: write 3140.5"
    ]
    with pytest.raises(DataError, match="1 fault in the data:"):
        load(small_data)


def test_statements_have_vintage_and_rank(tiny) -> None:
    found = tiny([{"period": "2018H1", "value": 110, "stated_on": "2018-06", "source": "paper"}]).statements.iloc[0]
    assert (found["stated_from"], found["stated_to"]) == (pd.Timestamp("2018-06-01"), pd.Timestamp("2018-06-30"))
    assert found["rank"] == "press"
    assert not found["corrected"]


# Corrections


def test_a_correction_is_read_and_what_was_printed_is_kept(dataset: Dataset) -> None:
    """Half-year exports of Bắc Ninh, printed as 12.4 million USD: 11,683.6 million a year before, and 11.1 % more."""
    rows = dataset["observations"]
    here = (rows["area"] == "bac-ninh") & (rows["indicator"] == "export_value") & (rows["period"] == "2017H1")
    read = dataset.statements[here]
    assert read["value"].tolist() == [12400.0]
    assert read["corrected"].tolist() == [True]
    assert rows.loc[here, "value"].tolist() == [12.4]
    assert rows.loc[here, "printed"].str.contains("12.4 million").all()


def test_a_correction_touches_only_what_it_names(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 12.4},
        {"period": "2018H1", "value": 12.4, "source": "paper"},
        {"period": "2018", "value": 12.4},
        {"period": "2018H1", "value": 12.4, "breakdown": "fdi"},
    ]
    found = tiny(statements, corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12400"}])
    assert found.statements["value"].tolist() == [12400.0, 12.4, 12.4, 12.4]
    assert found.statements["corrected"].tolist() == [True, False, False, False]
    assert found["observations"]["value"].tolist() == [12.4] * 4


def test_a_correction_of_another_column_marks_the_statement_and_leaves_its_value(tiny) -> None:
    unit = {"period": "2018H1", "column": "printed", "printed": "110 TTHC", "read_as": "110 hồ sơ"}
    found = tiny([{"period": "2018H1", "value": 110}], corrections=[unit]).statements
    assert found["value"].tolist() == [110.0]
    assert found["corrected"].tolist() == [True]


def test_a_correction_of_the_growth_is_read(tiny) -> None:
    slip = {"period": "2018H1", "column": "growth_pct", "printed": "127,6", "read_as": "27.6"}
    found = tiny([{"period": "2018H1", "value": 110, "growth_pct": 127.6}], corrections=[slip]).statements
    assert found["growth_pct"].tolist() == [27.6]


def test_a_correction_leaves_another_vintage_of_the_same_source_alone(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 12.4, "printed": "12.4", "stated_on": "2018-06-14"},
        {"period": "2018H1", "value": 12650, "printed": "12650", "stated_on": "2018-07-14"},
    ]
    found = tiny(statements, corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12400"}]).statements
    assert found["value"].tolist() == [12400.0, 12650.0]


def test_a_correction_to_what_is_no_number_is_a_fault(tiny) -> None:
    folder = tiny.write(
        [{"period": "2018H1", "value": 12.4}], corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12.400,0"}]
    )
    with pytest.raises(DataError, match=r"corrections\.csv, line 2, read_as: got .12\.400,0."):
        load(folder)


def test_a_correction_of_nothing_is_told(tiny) -> None:
    """A misspelt place would otherwise leave the misprint standing without a word."""
    folder = tiny.write(
        [{"period": "2018H1", "value": 12.4}], corrections=[{"period": "2017H1", "printed": "12.4", "read_as": "12400"}]
    )
    assert [(fault.table, fault.row) for fault in read_dataset(folder)[1]] == [("corrections.csv", 2)]


def test_correcting_leaves_the_tables_given_alone(tiny) -> None:
    found = tiny([{"period": "2018H1", "value": 12.4}], corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12400"}])
    before = found["observations"].copy()
    assert corrected(found["observations"], found["corrections"])["value"].tolist() == [12400.0]
    pd.testing.assert_frame_equal(found["observations"], before)


# What no Table Schema can refer to


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        (
            "links",
            {"period": "2018H1", "other_price_basis": "not_stated", "other_period": "2017H1", "breakdown": "fdii"},
            "breakdown",
        ),
        ("identities", {"code": "sum", "relation": "cases = partss"}, "relation"),
        ("identities", {"code": "sum", "relation": "cases => parts"}, "relation"),
        ("identities", {"code": "sum", "relation": "cases[fdii] <= cases"}, "relation"),
        ("identities", {"code": "sum", "relation": "parts <= cases", "area": "heer"}, "area"),
        ("identities", {"code": "sum", "relation": "parts <= cases", "source": "offices"}, "source"),
    ],
    ids=["breakdown of a link", "unknown term", "no relation", "unknown part", "area of an identity", "source of an identity"],
)
def test_a_misspelt_rule_is_told_and_not_silently_without_effect(table: str, row: dict[str, str], column: str, tiny) -> None:
    folder = tiny.write([{"period": "2018H1", "value": 110}], **{table: [row]})
    assert [(fault.table, fault.row, fault.column) for fault in read_dataset(folder)[1]] == [(f"{table}.csv", 2, column)]
