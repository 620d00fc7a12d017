"""The tables as `datapackage.json` declares them, and the check of cells against that declaration.

The descriptor is a Data Package with Table Schemas, so other tools can read and validate the tables too. The check here is
vectorised because `load` runs it each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.locate import DESCRIPTOR
from bcanalysis.dataset.parquet import is_parquet
from bcanalysis.dataset.stored import OBSERVATIONS
from bcanalysis.errors import Fault, UsageError, nearest
from bcanalysis.sheets.databases import is_address, where_it_is

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SHAPES: dict[str, tuple[re.Pattern[str], str]] = {
    "number": (_NUMBER, "a number such as 66148 or 27.6"),
    "integer": (_INTEGER, "a whole number such as 2018"),
    "date": (_DATE, "a date such as 2018-06-14"),
}


@dataclass(frozen=True)
class TableSchema:
    """One table of the descriptor.

    Parameters
    ----------
    name : str
        Name of the table.
    path : str
        Its file inside the data folder; of a table of a database where that is, fit to be shown.
    fields : mapping of str to mapping
        Field name to its Table Schema declaration.
    primary_key : tuple of str
        Fields that tell rows apart.
    foreign_keys : tuple
        ``(field, other table, other field)``.
    address : str, optional
        The address of the database that holds it, with all that is needed to be let in.
    within : str, optional
        Its name there, ``schema.table`` outside the usual schema.
    """

    name: str
    path: str
    fields: Mapping[str, Mapping[str, Any]]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]
    address: str = field(default="", repr=False)
    within: str = ""

    @property
    def stays(self) -> bool:
        """Whether its rows stay where they lie until they are asked for."""
        return bool(self.address) or is_parquet(self.path)

    def of_type(self, *types: str) -> list[str]:
        """List the fields of the given types."""
        return [name for name, spec in self.fields.items() if spec["type"] in types]


def read_schemas(folder: Path) -> dict[str, TableSchema]:
    """Read the declarations of all tables.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.

    Returns
    -------
    dict of str to TableSchema
        By table name, in the descriptor's order.

    Raises
    ------
    UsageError
        If the descriptor is no JSON or lacks a part, or names an address for another table than that of statements.
    """
    try:
        package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        found = {resource["name"]: _schema(resource) for resource in package["resources"]}
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder / DESCRIPTOR}: got {error!r}; expected a Data Package with tabular resources") from error
    for name in (name for name, schema in found.items() if schema.address and name != OBSERVATIONS):
        raise UsageError(
            f"{folder / DESCRIPTOR}: got an address for {name}; expected a file: only {OBSERVATIONS} may lie in a database"
        )
    return found


def _schema(resource: Mapping[str, Any]) -> TableSchema:
    schema = resource["schema"]
    key = schema.get("primaryKey", [])
    path, address, within = resource["path"], "", ""
    if is_address(path):
        address, within = path, resource.get("dialect", {}).get("table", resource["name"])
        path = where_it_is(address, within)
    return TableSchema(
        resource["name"],
        path,
        {field["name"]: field for field in schema["fields"]},
        (key,) if isinstance(key, str) else tuple(key),
        tuple(_foreign_key(resource["name"], key) for key in schema.get("foreignKeys", [])),
        address,
        within,
    )


def _foreign_key(table: str, key: Mapping[str, Any]) -> tuple[str, str, str]:
    reference = key["reference"]
    return _one(key["fields"]), reference["resource"] or table, _one(reference["fields"])


def _one(fields: str | list[str]) -> str:
    return fields if isinstance(fields, str) else fields[0]


def check_table(schema: TableSchema, cells: pd.DataFrame) -> list[Fault]:
    """Check the cells of one table against its declaration.

    Parameters
    ----------
    schema : TableSchema
        The declaration.
    cells : pandas.DataFrame
        The cells as text.

    Returns
    -------
    list of Fault
        Columns missing or unknown, blanks, cells of another type, forbidden values, repeated keys.
    """
    faults = list(_check_columns(schema, cells))
    for name, spec in schema.fields.items():
        if name in cells.columns:
            faults += _check_cells(schema.path, name, spec, cells[name])
    if schema.primary_key and set(schema.primary_key) <= set(cells.columns):
        faults += _check_key(schema, cells)
    return faults


def _check_columns(schema: TableSchema, cells: pd.DataFrame) -> Iterator[Fault]:
    for name in schema.fields:
        if name not in cells.columns:
            yield Fault(schema.path, 1, name, "no such column", f'the column "{name}"', nearest(name, cells.columns))
    for name in cells.columns:
        if name not in schema.fields:
            yield Fault(schema.path, 1, str(name), "an unknown column", "only declared columns", nearest(name, schema.fields))


def _check_cells(path: str, name: str, spec: Mapping[str, Any], cells: pd.Series) -> Iterator[Fault]:
    constraints = spec.get("constraints", {})
    fault_at = partial(_faults, path, name, cells)
    texts = cells.unique().tolist()
    filled = [text for text in texts if text]
    if constraints.get("required") and len(filled) < len(texts):
        yield from fault_at([""], "a value", "Nothing is left blank here; a missing figure has its symbol in `missing`")
    if spec["type"] in _SHAPES:
        shape, expected = _SHAPES[spec["type"]]
        for text in (text for text in filled if not shape.fullmatch(text)):
            yield from fault_at([text], expected, _day_hint(text) if spec["type"] == "date" else _number_hint(text))
        filled = [text for text in filled if shape.fullmatch(text)]
        if spec["type"] == "date":
            yield from fault_at(_no_such_day(filled), "a day of the calendar", "")
    if "enum" in constraints:
        allowed = [str(value) for value in constraints["enum"]]
        for text in (text for text in filled if text not in allowed):
            yield from fault_at([text], "one of the known words", nearest(text, allowed))
    if "pattern" in constraints:
        pattern = re.compile(constraints["pattern"], re.ASCII)
        expected = f"text like {spec.get('example') or constraints['pattern']}"
        for text in (text for text in filled if not pattern.fullmatch(text)):
            yield from fault_at([text], expected, _day_hint(text))
    for bound, beyond, words in (("minimum", -1, "at least"), ("maximum", 1, "at most")):
        if bound in constraints:
            limit = float(constraints[bound])
            out = [text for text in filled if (float(text) - limit) * beyond > 0]
            yield from fault_at(out, f"{words} {constraints[bound]}", "")
    if constraints.get("unique"):
        repeated = cells[(cells != "") & cells.duplicated()]
        yield from (Fault(path, line_of(row), name, f'"{text}" again', "each value once") for row, text in repeated.items())


def _faults(path: str, name: str, cells: pd.Series, texts: list[str], expected: str, hint: str) -> Iterator[Fault]:
    if not len(texts):
        return
    for row, text in cells[cells.isin(texts)].items():
        yield Fault(path, line_of(row), name, f'"{text}"' if text else "a blank", expected, hint)


def line_of(row: Any) -> int:
    """Give the line of a file in which a row of its table stands."""
    return int(row) + 2


def _day_hint(text: str) -> str:
    found = _DAY_FIRST.fullmatch(text.strip())
    return f"The year comes first: write {found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else ""


def _number_hint(text: str) -> str:
    stripped = text.strip().replace("\u00a0", "")
    if re.fullmatch(r"-?\d{1,3},\d{3}", stripped):
        whole, fraction = stripped.replace(",", ""), stripped.replace(",", ".")
        return f"The tables know no grouping and use a decimal point: write {whole} or {fraction}"
    if re.fullmatch(r"-?\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d+)?", stripped) and not _NUMBER.fullmatch(stripped):
        digits = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", stripped)
        return f"The tables know no grouping: write {digits.replace(',', '.')} if that is meant"
    if re.fullmatch(r"-?\d+,\d+", stripped):
        return f"The tables use a decimal point: write {stripped.replace(',', '.')}"
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?[eE][+-]?\d+", stripped):
        return "Excel shortened this number; write all its digits"
    more_than_a_number = re.search(r"\d", text) and re.search(r"[^\d.,\s]", text)
    return "Units, words and signs go into their own columns" if more_than_a_number else ""


def _no_such_day(texts: list[str]) -> list[str]:
    days = pd.to_datetime(pd.Series(texts, dtype=object), format="%Y-%m-%d", errors="coerce")
    return [text for text, missing in zip(texts, days.isna(), strict=True) if missing]


def _check_key(schema: TableSchema, cells: pd.DataFrame) -> Iterator[Fault]:
    key = list(schema.primary_key)
    repeated = cells[key].duplicated()
    if not repeated.any():
        return
    rows = zip(cells.index, cells[key].itertuples(index=False, name=None), strict=True)
    first = {values: row for row, values in reversed(list(rows))}
    for row in cells.index[repeated]:
        values = tuple(cells.loc[row, key])
        shown = ", ".join(value for value in values if value)
        yield Fault(
            schema.path,
            row + 2,
            "",
            f"the key ({shown}) again",
            "each key once",
            f"It stands in line {first[values] + 2} already",
        )


def check_codes(schema: TableSchema, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check that every code of a table stands in the table it refers to.

    Parameters
    ----------
    schema : TableSchema
        The referring table.
    tables : mapping of str to pandas.DataFrame
        The cells of all tables, by name.

    Yields
    ------
    Fault
        For each unknown code.
    """
    cells = tables[schema.name]
    for column, other, other_column in schema.foreign_keys:
        if column not in cells.columns or other_column not in tables.get(other, pd.DataFrame()).columns:
            continue
        known = tables[other][other_column].tolist()
        codes = {*known, ""}
        for code in (code for code in cells[column].unique().tolist() if code not in codes):
            hint = f"{nearest(code, known)} A new one is first added to {other}.csv"
            yield from _faults(schema.path, column, cells[column], [code], f"a code of {other}", hint)


def typed(schema: TableSchema, cells: pd.DataFrame) -> pd.DataFrame:
    """Turn text into numbers and dates.

    Parameters
    ----------
    schema : TableSchema
        The declaration.
    cells : pandas.DataFrame
        Cells; what is faulty among them becomes a blank.

    Returns
    -------
    pandas.DataFrame
        Numbers as float64 (blank: NaN), dates as datetime64 (blank: NaT), texts as they are (blank: empty).
    """
    columns = {}
    for name in schema.fields:
        column = cells[name]
        if schema.fields[name]["type"] in ("number", "integer"):
            column = _numbers(column)
        elif schema.fields[name]["type"] == "date":
            column = pd.to_datetime(column.where(column != ""), format="%Y-%m-%d", errors="coerce")
        columns[name] = column
    return pd.DataFrame(columns)


def _numbers(texts: pd.Series) -> pd.Series:
    values = texts.to_numpy(dtype=object, copy=True)
    values[values == ""] = np.nan
    try:
        numbers = values.astype(float)
    except ValueError:  # some are none
        numbers = pd.to_numeric(values, errors="coerce").astype(float)
    return pd.Series(numbers, index=texts.index)
