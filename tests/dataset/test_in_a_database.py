"""Statements in a table of a database: the same figures as from CSV, of which a report fetches no more than it needs."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pandas as pd
import pytest
import sqlalchemy

import bcanalysis as bc
from bcanalysis.cli import main
from bcanalysis.dataset import database
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.fingerprints import fingerprints
from bcanalysis.dataset.load import load, read_dataset
from bcanalysis.dataset.proposed import Proposal
from bcanalysis.dataset.reads import Selection
from bcanalysis.errors import DataError, UsageError
from bcanalysis.intake.preview import preview
from bcanalysis.intake.source import proposed

from ..sheets.servers import Server, postgresql
from .in_databases import change, declared, in_postgresql, in_sqlite, write

HERE = Selection("statements", area=("here",), period=("2018H1",))
YEARS = [{"period": f"{year}H1", "value": 100 + year - 2010} for year in range(2010, 2020)]
EVERY_KIND = [
    Selection("statements", area=("bac-giang",), period=("2018H1", "2017H1")),
    Selection("statements", area=("bac-ninh",), indicator=("export_value",)),
    Selection("places", area=("bac-giang",), ended_before="2018-06-30"),
    Selection("plans", area=("bac-giang",)),
]


@pytest.fixture
def years(tiny) -> Dataset:
    return load(in_sqlite(tiny.write(YEARS)))


@pytest.fixture
def fetched(monkeypatch) -> list[tuple[str, ...]]:
    """All rows that databases have given since, each as texts."""
    rows: list[tuple[str, ...]] = []
    hashed = database._hashed

    def spied(read: list[list[str]]) -> tuple[str, int]:
        rows.extend(map(tuple, read))
        return hashed(read)

    monkeypatch.setattr(database, "_hashed", spied)
    return rows


@pytest.fixture
def asked_in_sql() -> Iterator[list[tuple[str, Any]]]:
    """Every statement of SQL that names the table of statements, with its values."""
    seen: list[tuple[str, Any]] = []

    def heard(_connection: object, _cursor: object, statement: str, values: Any, *_others: object) -> None:
        if "FROM observations" in statement:
            seen.append((statement, values))

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", heard)
    yield seen
    sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", heard)


# The same figures


@pytest.mark.parametrize("typed", [False, True])
def test_all_tables_are_those_of_the_same_rows_as_csv(dataset, small_data, typed):
    stored = load(in_sqlite(small_data, typed=typed))

    assert stored.stored is not None
    for table in dataset.tables:
        pd.testing.assert_frame_equal(stored[table], dataset[table], check_index_type=False)
    assert fingerprints(stored, EVERY_KIND) == fingerprints(dataset, EVERY_KIND)


@pytest.mark.parametrize("as_of", [None, "2018-06-14"])
def test_a_comparison_is_that_of_the_same_rows_as_csv(small_data, as_of):
    expected = bc.compare(load(small_data, as_of), "2018H1", "bac-giang")
    pd.testing.assert_frame_equal(bc.compare(load(in_sqlite(small_data), as_of), "2018H1", "bac-giang"), expected)


def test_the_whole_table_is_checked_as_one_of_csv_is(tiny):
    found, faults = read_dataset(in_sqlite(tiny.write(YEARS)))
    assert (len(found["observations"]), faults) == (10, [])


# No more than is needed


def test_a_comparison_fetches_its_own_rows_only(small_data, fetched):
    stored = load(in_sqlite(small_data))
    assert fetched == []

    bc.compare(stored, "2018H1", "bac-giang", headline=True)

    place = stored.stored.store.columns.index
    assert {row[place("area")] for row in fetched} == {"bac-giang"}
    assert {row[place("period")] for row in fetched} <= {"2018H1", "2017H1", "2018M01-M05", "2018M06"}
    assert 0 < len(set(fetched)) < 369


def test_a_period_of_ten_years_is_one_row_of_ten(years, fetched, asked_in_sql):
    found = years.read(HERE)

    assert found[["period", "value"]].to_numpy().tolist() == [["2018H1", 108.0]]
    assert [row[years.stored.store.columns.index("value")] for row in fetched] == ["108"]
    ((statement, values),) = asked_in_sql
    assert "WHERE" in statement
    assert sorted(values) == ["2018H1", "here"]


def test_what_is_asked_twice_is_fetched_once(years, asked_in_sql):
    years.read(HERE), years.read(HERE)
    assert len(asked_in_sql) == 1


@pytest.mark.parametrize("kind", ["text", "date", "datetime"])
def test_only_windows_that_ended_before_a_day_are_fetched(tiny, fetched, kind):
    folder = in_sqlite(tiny.write(YEARS))
    change(folder, f"alter table observations add column ended {kind}")
    change(folder, "update observations set ended = window_end")
    change(folder, "alter table observations drop column window_end")
    change(folder, "alter table observations rename column ended to window_end")
    load(folder).read(Selection("places", ended_before="2012-06-30"))
    assert len(fetched) == 2


def test_codes_that_are_stored_as_numbers_are_found(tiny):
    folder = in_sqlite(tiny.write([{"period": "2018", "value": 5}, {"period": "2017", "value": 4}]))
    change(folder, "alter table observations add column year integer")
    change(folder, "update observations set year = period")
    change(folder, "alter table observations drop column period")
    change(folder, "alter table observations rename column year to period")
    assert load(folder).read(Selection("statements", period=("2018",)))["value"].tolist() == [5.0]


def test_columns_of_the_database_that_are_not_declared_are_left_alone(years):
    assert "id" not in years["observations"]


def test_rows_without_a_primary_key_have_an_order_nevertheless(tiny):
    folder = in_sqlite(tiny.write(YEARS))
    change(folder, "create table others as select * from observations order by value desc")
    declared(folder, "sqlite:///figures.db", "others")
    assert load(folder)["observations"]["period"].tolist() == [row["period"] for row in YEARS]


# What a page is made from, and whether that has changed


def test_a_page_names_the_rows_that_were_read_and_where(years):
    before = years.used[1 + [*years.tables].index("observations")]
    years.read(HERE)
    name, after = "sqlite:///figures.db: observations", next(file for file in years.used if file.name == before.name)

    assert (before.name, before.size) == (name, 0)
    assert after.size > 0
    again = load(years.folder)
    again.read(HERE)
    assert after in again.used
    again.read(Selection("statements", period=("2011H1",)))
    assert after not in again.used


def test_rows_read_in_another_order_have_the_same_hash(years):
    other, later = load(years.folder), Selection("statements", period=("2011H1",))
    for dataset, selections in ((years, (HERE, later)), (other, (later, HERE))):
        for selection in selections:
            dataset.read(selection)
    assert years.used == other.used


def test_a_report_is_out_of_date_when_its_rows_change_and_not_when_others_do(years):
    before = fingerprints(years, [HERE])
    change(years.folder, "update observations set value = '7' where period = '2011H1'")
    assert fingerprints(load(years.folder), [HERE]) == before
    change(years.folder, "update observations set value = '7' where period = '2018H1'")
    assert fingerprints(load(years.folder), [HERE])["statements"] != before["statements"]


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_file_that_changes_under_a_report_is_told_and_is_never_up_to_date(tiny, journal, monkeypatch):
    folder = in_sqlite(tiny.write(YEARS))
    change(folder, f"pragma journal_mode = {journal}")
    with closing(sqlite3.connect(folder / "figures.db")) as other:
        monkeypatch.chdir(folder.parent)
        years = load(folder.name)
        monkeypatch.chdir("/")
        before = fingerprints(years, [HERE])
        other.execute("update observations set value = '7' where period = '2011H1'")
        other.commit()

        with pytest.raises(DataError, match=r"figures\.db: observations: got another file than a moment ago"):
            years.read(Selection("statements", period=("2011H1",)))
        assert fingerprints(years, [HERE])["statements"] not in (before["statements"], fingerprints(years, [HERE])["statements"])


# Faults


def test_a_fault_names_the_key_of_its_row(tiny):
    rows = [
        {"period": "2017H1", "value": 1},
        {"period": "2018H1", "value": "1e3"},
        {"period": "2018H1", "value": 5, "indicator": "no"},
    ]
    dataset = load(in_sqlite(tiny.write(rows)))

    with pytest.raises(DataError, match="2 faults in the data") as caught:
        dataset.read(HERE)
    found = {(fault.row, fault.column, fault.got) for fault in caught.value.faults}
    assert found == {(0, "value", '"1e3"'), (0, "indicator", '"no"')}
    assert "figures.db: observations (here, output, total, current, 2018H1," in str(caught.value)


def test_a_fault_of_other_rows_stops_nothing_until_the_whole_is_asked_for(tiny):
    folder = in_sqlite(tiny.write([{"period": "2017H1", "value": "many"}, {"period": "2018H1", "value": 5}]))

    assert load(folder).read(HERE)["value"].tolist() == [5.0]
    found, faults = read_dataset(folder)
    assert (found, [fault.got for fault in faults]) == (None, ['"many"'])


def test_a_table_a_file_or_a_column_that_is_not_there_is_told_when_the_folder_is_opened(tiny):
    folder = in_sqlite(tiny.write(YEARS))
    change(folder, "alter table observations drop column value")
    with pytest.raises(DataError, match=r"figures\.db: observations, value: got no such column"):
        load(folder)
    with pytest.raises(DataError, match='got no table "elsewhere"; expected a table or view'):
        load(declared(folder, "sqlite:///figures.db", "elsewhere"))
    with pytest.raises(DataError, match="got no such file; expected a database that is there"):
        load(declared(folder, "sqlite:///none.db"))


def test_only_statements_may_lie_in_a_database(tiny):
    folder = tiny.write(YEARS)
    descriptor = folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace('"plans.csv"', '"sqlite:///figures.db"'), encoding="utf-8")
    with pytest.raises(UsageError, match="got an address for plans; expected a file"):
        load(folder)


def test_an_import_does_not_write_into_a_database(years):
    with pytest.raises(UsageError, match=r"observations lie in sqlite:///figures.db: observations; expected a CSV table"):
        preview(years.folder, Proposal())
    with pytest.raises(UsageError, match="expected a CSV table"):
        proposed(years.folder, "figures.xlsx")


# PostgreSQL


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as running:
        write(running, "alter database postgres set datestyle = 'German, DMY'")  # days as text are 30.06.2018
        yield running


def test_postgresql_gives_the_figures_of_the_same_rows_as_csv(server, dataset, small_data, fetched):
    write(server, "create schema sct")
    stored = load(in_postgresql(server, small_data, "sct.figures"))

    assert fingerprints(stored, EVERY_KIND) == fingerprints(dataset, EVERY_KIND)
    assert len(fetched) < 369
    pd.testing.assert_frame_equal(bc.compare(stored, "2018H1", "bac-giang"), bc.compare(dataset, "2018H1", "bac-giang"))
    pd.testing.assert_frame_equal(stored["observations"], dataset["observations"], check_index_type=False)
    told = f"postgresql://127.0.0.1:{server.port}/postgres: sct.figures"
    assert told in [file.name for file in stored.used]
    assert told in repr(stored)


def test_postgresql_shows_the_rows_of_one_moment_whatever_is_written_meanwhile(server, tiny):
    years = load(in_postgresql(server, tiny.write(YEARS), "moment"))
    write(server, "update moment set value = 7")

    assert years.read(HERE)["value"].tolist() == [108.0]
    assert load(years.folder).read(HERE)["value"].tolist() == [7.0]
    assert not years.stored.store.has_changed


def test_a_moment_can_only_be_read_and_ends_with_its_dataset(server, tiny):
    import psycopg

    held = "select count(*) from pg_stat_activity where state = 'idle in transaction'"
    with psycopg.connect(server.address, autocommit=True) as connection:
        gc.collect()
        before = connection.execute(held).fetchone()[0]
        years = load(in_postgresql(server, tiny.write(YEARS), "held"))
        years.read(HERE)
        with pytest.raises(sqlalchemy.exc.InternalError, match="read-only transaction"):
            years.stored.store._moment.execute(sqlalchemy.text("delete from held"))
        years = load(years.folder)
        gc.collect()
        assert connection.execute(held).fetchone()[0] == before + 1
        del years
        gc.collect()
        assert connection.execute(held).fetchone()[0] == before


def test_a_wrong_password_is_told_without_it(server, tiny):
    folder = declared(tiny.write(YEARS), server.address.replace("secret", "not-that-one"))
    with pytest.raises(DataError, match="password authentication failed") as caught:
        load(folder)
    assert "not-that-one" not in str(caught.value)
    with pytest.raises(UsageError) as refused:
        load(declared(folder, "postgresql://tester:not-that-one@host:no-port/name"))
    assert "not-that-one" not in str(refused.value)


def test_a_server_that_stops_is_told_and_nothing_is_up_to_date(tiny, capsys, monkeypatch):
    with postgresql() as server:
        folder = in_postgresql(server, tiny.write(YEARS), "observations")
        compare = ["compare", "2018H1", "--area", "here", "--data", str(folder)]
        with pytest.raises(SystemExit, match="0"):
            main(compare)
        years = load(folder)
        as_text = database.as_text

        def stopped(cell: object) -> str:
            server.stop()
            return as_text(cell)

        monkeypatch.setattr(database, "AT_ONCE", 1)
        monkeypatch.setattr(database, "as_text", stopped)
        with pytest.raises(DataError, match=r"observations: got (an end of the connection after \d+ rows|no answer)") as caught:
            years["observations"]
        assert "secret" not in str(caught.value)
        assert years.stored.store.has_changed
        with pytest.raises(DataError, match="got no answer"):
            years.read(HERE)
        with pytest.raises(SystemExit, match="1"):
            main(compare)
        told = capsys.readouterr().err
        assert ("got no answer" in told, "secret" in told) == (True, False)
