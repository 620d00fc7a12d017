"""Statements moved from a CSV file into a database."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from ..sheets.servers import Server

NUMBERS = ["value", "half_unit", "growth_pct", "growth_half_unit", "plan_pct", "plan_half_unit"]
DAYS = ["window_start", "window_end", "stated_on"]


def declared(folder: Path, address: str, table: str = "observations") -> Path:
    """Let the descriptor of a folder say that statements lie in a table of a database."""
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource.update(path=address, dialect={"table": table})
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    return folder


def rows_of(folder: Path) -> tuple[list[str], list[list[str]]]:
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    (folder / "observations.csv").unlink()
    return heads, rows


def in_sqlite(folder: Path, *, typed: bool = False) -> Path:
    """Let the statements of a folder lie in a file of SQLite, in the order in which they lay, with a number of its own for each."""
    heads, rows = rows_of(folder)
    kinds = [("real" if name in NUMBERS else "date" if name in DAYS else "text") if typed else "text" for name in heads]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(heads, kinds, strict=True))
    cells = [[None if typed and cell == "" else cell for cell in row] for row in rows]
    with closing(sqlite3.connect(folder / "figures.db")) as connection, connection:
        connection.execute(f"create table observations (id integer primary key, {columns})")
        connection.executemany(f"insert into observations values (null{', ?' * len(heads)})", cells)  # noqa: S608
    return declared(folder, "sqlite:///figures.db")


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "figures.db")) as connection, connection:
        connection.execute(statement)


def in_postgresql(server: Server, folder: Path, table: str) -> Path:
    """Let the statements of a folder lie in a table with numbers, days and a key."""
    import psycopg

    heads, rows = rows_of(folder)
    kinds = ["numeric" if name in NUMBERS else "date" if name in DAYS[:2] else "text" for name in heads]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(heads, kinds, strict=True))
    cells = [[None if cell == "" and kind != "text" else cell for cell, kind in zip(row, kinds, strict=True)] for row in rows]
    with psycopg.connect(server.address) as connection:
        connection.execute(f"create table {table} (id serial primary key, {columns})")
        with connection.cursor() as cursor:
            cursor.executemany(f"insert into {table} values (default{', %s' * len(heads)})", cells)  # noqa: S608
    return declared(folder, server.address, table)


def write(server: Server, statement: str) -> None:
    import psycopg

    with psycopg.connect(server.address) as connection:
        connection.execute(statement)
