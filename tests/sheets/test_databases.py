from __future__ import annotations

import sqlite3
from decimal import Decimal

import pytest

from bcanalysis.errors import DataError, UsageError
from bcanalysis.sheets import databases
from bcanalysis.sheets.databases import is_address, read_database, where_it_is, without_password

from .servers import postgresql

ROWS = [["chỉ_tiêu", "2018H1"], ["Xuất khẩu", 3140.0], ["Nhập khẩu", None]]


@pytest.fixture
def sqlite(tmp_path):
    with sqlite3.connect(tmp_path / "figures.db") as connection:
        connection.execute('create table "Số liệu" ("chỉ_tiêu" text, "2018H1" real)')
        connection.executemany('insert into "Số liệu" values (?, ?)', ROWS[1:])
    connection.close()
    return f"sqlite:///{tmp_path}/figures.db"


def test_the_only_table_of_a_database_is_read_with_the_names_of_its_columns(sqlite):
    grid = read_database(sqlite)

    assert grid.rows == ROWS
    assert grid.name == "Số liệu"


def test_of_several_tables_one_must_be_named(sqlite, tmp_path):
    with sqlite3.connect(tmp_path / "figures.db") as connection:
        connection.execute("create table other (a)")
    connection.close()

    with pytest.raises(DataError, match=r"got 2 tables \(Số liệu, other\); expected one, or the name of one with --sheet"):
        read_database(sqlite)
    assert read_database(sqlite, "Số liệu").rows == ROWS


def test_a_table_a_file_or_an_address_that_is_not_there_is_told(sqlite, tmp_path):
    with pytest.raises(DataError, match='no table "none"; expected a table or view'):
        read_database(sqlite, "none")
    with pytest.raises(DataError, match="no such file; expected a database that is there"):
        read_database(f"sqlite:///{tmp_path}/none.db")
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(UsageError, match="an address that cannot be read"):
        read_database("://")
    with pytest.raises(UsageError, match='an address of "mysql"; expected sqlite:// or postgresql://'):
        read_database("mysql://host/name")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "figures.db").write_bytes(b"no database" * 100)
    with pytest.raises(DataError, match=r"got no answer \(file is not a database\)"):
        read_database(f"sqlite:///{tmp_path}/figures.db")


def test_an_address_is_known_by_its_sign_and_shown_without_its_password():
    assert [is_address(text) for text in ("sqlite:///a.db", "a.csv", "C:\\a.csv")] == [True, False, False]
    assert without_password("postgresql://me:secret@host/name") == "postgresql://me:***@host/name"


def test_a_server_that_nobody_answers_at_is_told_without_the_password():
    with pytest.raises(DataError, match="no answer") as caught:
        read_database("postgresql://me:secret@127.0.0.1:9/name", "t")
    assert "secret" not in str(caught.value)


def test_postgresql_is_read_through_its_address_and_may_go_away_while_it_is_read(monkeypatch):
    import psycopg

    with postgresql() as server:
        with psycopg.connect(server.address) as connection:
            connection.execute('create table "số liệu" ("chỉ_tiêu" text, "2018H1" numeric)')
            for row in ROWS[1:]:
                connection.execute(
                    'insert into "số liệu" values (%s, %s)', [row[0], None if row[1] is None else Decimal(str(row[1]))]
                )
            connection.execute("create schema sct")
            connection.execute("create table sct.long as select g as id, 'x' || g as name from generate_series(1, 60000) g")

        assert read_database(server.address, "số liệu").rows == ROWS
        assert len(read_database(server.address, "sct.long").rows) == 60_001

        cells = []

        def cut_off(cell: object) -> object:
            cells.append(cell)
            if len(cells) == 1:
                server.stop()
            return cell

        monkeypatch.setattr(databases, "_plain", cut_off)
        with pytest.raises(DataError, match=r"got an end of the connection after \d+ rows.*Nothing was taken from it") as caught:
            read_database(server.address, "sct.long")
        assert "secret" not in str(caught.value)


def test_readers_are_told_where_a_table_is_but_not_who_asks_nor_how():
    address = "postgresql://me:secret@host:5433/name?password=secret&sslmode=require"
    assert where_it_is(address, "sct.figures") == "postgresql://host:5433/name: sct.figures"
    assert without_password(address) == "postgresql://me:***@host:5433/name?sslmode=require"
    assert where_it_is("sqlite:///figures.db", "figures") == "sqlite:///figures.db: figures"
