"""How one table is read, as a small file that people can read and change: nothing about it is guessed silently."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as Items
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from bcanalysis.errors import DataError, Fault
from bcanalysis.files import write_text

SETTINGS = ("area", "source", "stated_on", "status", "unit", "plan_body")
SOURCE_FIELDS = ("title", "publisher", "rank", "published_on", "address")
UNKNOWN, IN_CATALOGUE = "unknown", "catalogue"
OPEN = "?"
_TOP = """\
# How {file} is read. Made by `bcanalysis import`; change what is wrong, fill in what is "" or "?", and run the import again.
"""
_NOTES = {
    "table": "lines are those of the sheet, from 1; decimal is the mark before decimals in numbers that are typed as text",
    "statement": 'what holds for all rows; stated_on may be "unknown", unit may be "catalogue": the units of indicators.csv',
    "source": "needed if the source is not in sources.csv yet",
    "columns": "role: indicator, unit, value, growth_pct, plan_pct, plan, a column of observations.csv; ignore, number: not read",
    "names": 'INDICATOR or INDICATOR.BREAKDOWN, @PRICE_BASIS where prices matter, :index for "bằng 107,5"; or "ignore"',
    "units": "as written, and the code of units.csv",
}


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Parameters
    ----------
    role : str
        What it holds.
    title : str
        Its head when the mapping was made; a file with another head is refused.
    period, status, form : str
        Of a column of figures: the period, what the figures are, how growth is written; empty if it has none.
    """

    role: str
    title: str = ""
    period: str = ""
    status: str = ""
    form: str = ""


@dataclass(frozen=True)
class Mapping:
    """How a table is read.

    Parameters
    ----------
    sheet : str
        The sheet; empty where there is only one table.
    head, rows : tuple of int
        First and last line of the head and of the figures, from 1.
    decimal : str
        The mark before decimals in texts: a comma, a point, or empty where no number is a text.
    statement : mapping of str to str
        What holds for all rows: area, source, stated_on, status, unit, plan_body.
    source : mapping of str to str
        What ``sources.csv`` needs if the source is new.
    columns : mapping of str to Column
        By letter.
    names : mapping of str to str
        Series by name of a row; a part by the name of its whole too: ``Xuất khẩu > FDI``.
    units : mapping of str to str
        Code by unit as written.
    notes : mapping of str to str
        Remarks on names, for people.
    """

    sheet: str = ""
    head: tuple[int, int] = (1, 1)
    rows: tuple[int, int] = (2, 2)
    decimal: str = ""
    statement: Items[str, str] = field(default_factory=dict)
    source: Items[str, str] = field(default_factory=dict)
    columns: Items[str, Column] = field(default_factory=dict)
    names: Items[str, str] = field(default_factory=dict)
    units: Items[str, str] = field(default_factory=dict)
    notes: Items[str, str] = field(default_factory=dict)

    @property
    def is_tidy(self) -> bool:
        """Whether each line is one figure, its period in a column."""
        return any(column.role == "period" for column in self.columns.values())

    def told(self, settings: Items[str, str | None]) -> Mapping:
        """Give the mapping with settings that were given for this time; None leaves one as it is."""
        given = {name: value for name, value in settings.items() if value is not None}
        statement = {**self.statement, **{name: value for name, value in given.items() if name in SETTINGS}}
        source = {**self.source, **{name: value for name, value in given.items() if name in SOURCE_FIELDS}}
        return replace(self, statement=statement, source=source)

    def written(self, file: str) -> str:
        """Write it as TOML."""
        parts = [_TOP.format(file=file)]
        decimal = {"decimal": self.decimal}
        table: dict[str, Any] = {"sheet": self.sheet, "head": list(self.head), "rows": list(self.rows), **decimal}
        parts.append(_section("table", table))
        parts.append(_section("statement", {name: self.statement.get(name, "") for name in SETTINGS}))
        parts.append(_section("source", {name: self.source.get(name, "") for name in SOURCE_FIELDS}))
        told = {
            letter: {
                one.name: getattr(column, one.name) for one in fields(Column) if one.name == "role" or getattr(column, one.name)
            }
            for letter, column in self.columns.items()
        }
        parts.append(_section("columns", told))
        parts.append(_section("names", self.names, self.notes))
        parts.append(_section("units", self.units))
        return "\n".join(parts)


def write_mapping(path: Path, mapping: Mapping, file: str) -> Path:
    """Save a mapping.

    Parameters
    ----------
    path : pathlib.Path
        The file to write.
    mapping : Mapping
        The mapping.
    file : str
        Name of the table file it is for.

    Returns
    -------
    pathlib.Path
        The file.
    """
    return write_text(path, mapping.written(file))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping.

    Parameters
    ----------
    path : pathlib.Path
        Its file.

    Returns
    -------
    Mapping
        The mapping.

    Raises
    ------
    DataError
        If it is no TOML, or has parts that a mapping has not.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        known = {"table": {"sheet", "head", "rows", "decimal"}, "statement": set(SETTINGS), "source": set(SOURCE_FIELDS)}
        faults = [
            Fault(path.name, 0, f"{section}.{name}", "an unknown key", f"one of {', '.join(sorted(names))}")
            for section, names in known.items()
            for name in told.get(section, {})
            if name not in names
        ]
        faults += [
            Fault(path.name, 0, section, "an unknown section", f"one of {', '.join(_NOTES)}")
            for section in told
            if section not in _NOTES
        ]
        if faults:
            raise DataError(faults)
        table = told.get("table", {})
        columns = {letter.upper(): Column(**values) for letter, values in told.get("columns", {}).items()}
        return Mapping(
            str(table.get("sheet", "")), _pair(table["head"]), _pair(table["rows"]), table.get("decimal", ""),
            _texts(told.get("statement", {})), _texts(told.get("source", {})), columns,
            _texts(told.get("names", {})), _texts(told.get("units", {})),
        )  # fmt: skip
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, DataError):
            raise
        hint = "Mend it, or delete it: the next import proposes a new one"
        raise DataError([Fault(path.name, 0, "", f"{error}", "a mapping as bcanalysis import writes it", hint)]) from None


def _pair(lines: Any) -> tuple[int, int]:
    first, last = lines
    return int(first), int(last)


def _texts(values: Items[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _section(name: str, values: Items[str, Any], notes: Items[str, str] | None = None) -> str:
    lines = [f"# {_NOTES[name]}", f"[{name}]"]
    for key, value in values.items():
        note = (notes or {}).get(key)
        lines.append(f"{_key(key)} = {_value(value)}" + (f"  # {note}" if note else ""))
    return "\n".join(lines) + "\n"


def _key(text: str) -> str:
    return text if text.replace("_", "").isalnum() and text.isascii() else _value(text)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(inside)}" for name, inside in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
