"""New rows go into the tables all at once, with a record of them, and can be taken back.

The record of an import, `imports/ID.json` in the data folder, holds the rows it wrote. It takes its place together with the tables,
so that whatever happens the two agree.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bcanalysis.dataset.load import checked
from bcanalysis.dataset.proposed import Proposal
from bcanalysis.dataset.schema import TableSchema, read_schemas
from bcanalysis.dataset.tables import Table, read_tables
from bcanalysis.errors import DataError, Fault, UsageError, nearest
from bcanalysis.files import in_turn, replace_together
from bcanalysis.intake.preview import TABLES, Preview, preview

IMPORTS = "imports"


def apply(folder: Path, proposal: Proposal, file: str) -> tuple[str, Preview]:
    """Write proposed rows into the tables: all of them, or none.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.
    proposal : Proposal
        The rows.
    file : str
        Where they come from, for the record.

    Returns
    -------
    str
        The ID of the import; empty if a row is refused, or everything was on file already: then nothing is written.
    Preview
        What became of each row, judged by the tables as they were when it was this import's turn.

    Raises
    ------
    UsageError
        If other imports do not come to an end.
    """
    with in_turn(folder):
        found = preview(folder, proposal)
        rows = {table: found.written(table) for table in TABLES}
        if found.refusals or not any(rows.values()):
            return "", found
        schemas = read_schemas(folder)
        name = _next_id(folder)
        record = {"id": name, "file": file, "imported_on": date.today().isoformat(), "undone_on": None, "rows": rows}
        contents = {schemas[table].path: _with_rows(folder, schemas[table], new) for table, new in rows.items() if new}
        replace_together(folder, {**contents, f"{IMPORTS}/{name}.json": _as_json(record)})
    return name, found


def undo(folder: Path, name: str) -> dict[str, int]:
    """Take the rows of an import out of the tables again.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.
    name : str
        The ID of the import.

    Returns
    -------
    dict of str to int
        How many rows were taken out, by table.

    Raises
    ------
    UsageError
        If there is no such import, or it was undone already.
    DataError
        If one of its rows has been changed since, or the tables could not do without them; then nothing is taken out.
    """
    with in_turn(folder):
        records = {record["id"]: record for record in imports(folder)}
        if name not in records:
            raise UsageError(
                f'undo: got "{name}"; expected the ID of an import. {nearest(name, records) if records else "None is on record."}'
            )
        record = records[name]
        if record["undone_on"]:
            raise UsageError(f"undo: got {name}, which was undone on {record['undone_on']}")
        schemas = read_schemas(folder)
        read = read_tables(folder, {table: schema.path for table, schema in schemas.items()})
        rows = {table: new for table, new in record["rows"].items() if new}
        left = {table: _without(schemas[table], read[table], new, name) for table, new in rows.items()}
        _refuse_holes(folder, schemas, read, left)
        contents = {schemas[table].path: _csv(schemas[table], table_rows) for table, table_rows in left.items()}
        undone = {**record, "undone_on": date.today().isoformat()}
        replace_together(folder, {**contents, f"{IMPORTS}/{name}.json": _as_json(undone)})
    return {table: len(new) for table, new in rows.items()}


def imports(folder: Path) -> list[dict[str, Any]]:
    """List the records of imports, the oldest first.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.

    Returns
    -------
    list of dict
        ``id``, ``file``, ``imported_on``, ``undone_on`` (None if it stands) and ``rows`` by table.
    """
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / IMPORTS).glob("[0-9]*.json")]
    return sorted(found, key=lambda record: _order(record["id"]))


def _order(name: str) -> tuple[str, int]:
    day, _, number = name.rpartition("-")
    return day, int(number)


def _next_id(folder: Path) -> str:
    today = date.today().isoformat()
    numbers = [_order(record["id"])[1] for record in imports(folder) if _order(record["id"])[0] == today]
    return f"{today}-{max(numbers, default=0) + 1}"


def _with_rows(folder: Path, schema: TableSchema, new: Sequence[Mapping[str, str]]) -> bytes:
    """Give the bytes of a table with rows more, in the order of its key."""
    read = read_tables(folder, {schema.name: schema.path})[schema.name]
    own: list[Mapping[str, str]] = read.cells[list(schema.fields)].to_dict("records")  # type: ignore[assignment]
    return _csv(schema, [*own, *new])


def _without(schema: TableSchema, table: Table, rows: Sequence[Mapping[str, str]], name: str) -> list[dict[str, str]]:
    """Give the rows of a table without some of them, each of which must stand there as it was written."""
    fields = list(schema.fields)
    gone = Counter(tuple(row.get(field, "") for field in fields) for row in rows)
    left = []
    for record in table.cells[fields].to_dict("records"):
        key = tuple(record[field] for field in fields)
        if gone[key]:
            gone[key] -= 1
        else:
            left.append({str(field): str(text) for field, text in record.items()})
    missing = [key for key, count in gone.items() if count]
    if missing:
        hint = "It has been changed or removed since; take the others out by hand"
        raise DataError(
            [
                Fault(schema.path, 0, "", f"no row {', '.join(filter(None, key))}", f"it, as import {name} wrote it", hint)
                for key in missing
            ]
        )
    return left


def _refuse_holes(
    folder: Path, schemas: Mapping[str, TableSchema], read: Mapping[str, Table], left: Mapping[str, list[dict[str, str]]]
) -> None:
    """Refuse to take out what other rows rest on, such as the source of a figure that was typed since."""
    import pandas as pd

    candidate = dict(read)
    for name, rows in left.items():
        cells = pd.DataFrame(rows, columns=list(schemas[name].fields), dtype=str)
        candidate[name] = Table(read[name].file, cells)
    _, faults = checked(folder, schemas, candidate)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise DataError(errors)


def _csv(schema: TableSchema, rows: Sequence[Mapping[str, str]]) -> bytes:
    key = schema.primary_key or ("code",)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(schema.fields)
    writer.writerows(
        [row.get(name, "") for name in schema.fields] for row in sorted(rows, key=lambda row: [row.get(name, "") for name in key])
    )
    return text.getvalue().encode("utf-8")


def _as_json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
