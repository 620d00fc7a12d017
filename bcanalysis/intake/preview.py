"""What an import would do, row by row; refused is what the checks refuse that the tables must pass anyway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bcanalysis.dataset.load import checked
from bcanalysis.dataset.proposed import Place, Proposal, with_proposed
from bcanalysis.dataset.schema import TableSchema, read_schemas
from bcanalysis.dataset.tables import Table, read_tables
from bcanalysis.dataset.vintages import SERIES
from bcanalysis.errors import DataError, Fault, UsageError

ADDED, REVISED, REPEATED, REFUSED, LEFT_OUT = "added", "revised", "repeated", "refused", "left out"
_FIGURE = {"observations": [*SERIES, "period", "window_end"], "plans": [*SERIES, "year", "target_kind"]}
TABLES = ("sources", "observations", "plans")


@dataclass(frozen=True)
class Line:
    """What becomes of one proposed row.

    Parameters
    ----------
    what : str
        ``added``, ``revised``, ``repeated`` or ``refused``.
    table : str
        The table it is for.
    row : mapping of str to str
        Its cells.
    place : Place
        Where it was read.
    before : str
        The value on file that it revises, with its source.
    faults : tuple of Fault
        Why it is refused, or what to look at.
    """

    what: str
    table: str
    row: Mapping[str, str]
    place: Place
    before: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Parameters
    ----------
    lines : tuple of Line
        One for each proposed row, in the order of the file.
    faults : tuple of Fault
        What stands in the file and gave no row, and what else is against the import.
    left_out : tuple of Fault
        What stands in the file and stops nothing, with the reason why it is no row.
    """

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[Fault, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are added, revised, repeated and refused, and how much is left out, if anything is."""
        counted = Counter(line.what for line in self.lines)
        left_out = {LEFT_OUT: len(self.left_out)} if self.left_out else {}
        return {what: counted.get(what, 0) for what in (ADDED, REVISED, REPEATED, REFUSED)} | left_out

    @property
    def refusals(self) -> list[Fault]:
        """Everything for which the import is refused."""
        faults = [*self.faults, *(fault for line in self.lines for fault in line.faults)]
        return [fault for fault in faults if fault.severity == "error"]

    def written(self, table: str) -> list[Mapping[str, str]]:
        """Give the rows that would be written into a table."""
        return [line.row for line in self.lines if line.table == table and line.what in (ADDED, REVISED)]


def preview(folder: Path, proposal: Proposal) -> Preview:
    """Tell what would become of proposed rows.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.
    proposal : Proposal
        The rows.

    Returns
    -------
    Preview
        Each row with what becomes of it.

    Raises
    ------
    DataError
        If the tables on file have faults already.
    UsageError
        If the tables that an import writes are no CSV files.
    """
    schemas = to_be_written(folder)
    read = read_tables(folder, {name: schema.path for name, schema in schemas.items()})
    dataset, faults = checked(folder, schemas, read)
    if dataset is None:
        raise DataError([fault for fault in faults if fault.severity == "error"])
    lines, kept = _sorted_out(schemas, read, proposal)
    candidate = {**read, **{name: with_proposed(read[name], schemas[name], kept) for name in TABLES}}
    _, found = checked(folder, schemas, candidate)
    new = set(found) - set(faults)
    by_cell: dict[tuple[str, int, str], list[Fault]] = {}
    for fault in sorted(new):
        by_cell.setdefault((fault.table, fault.row, fault.column.partition(" ")[0]), []).append(fault)
    judged = [_judged(line, by_cell) for line in lines]
    told = {fault for line in judged for fault in line.faults}
    return Preview(tuple(judged), (*proposal.faults, *sorted(new - told)), tuple(proposal.left_out))


def to_be_written(folder: Path) -> dict[str, TableSchema]:
    """Read the declarations of tables that an import is to write.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder.

    Returns
    -------
    dict of str to TableSchema
        By table name.

    Raises
    ------
    UsageError
        If they are no CSV files.
    """
    schemas = read_schemas(folder)
    for schema in (schemas[name] for name in TABLES):
        if schema.stays:
            hint = "Add the rows with what writes there"
            raise UsageError(f"import: {schema.name} lie in {schema.path}; expected a CSV table. {hint}")
    return schemas


def _sorted_out(schemas: Mapping[str, TableSchema], read: Mapping[str, Table], proposal: Proposal) -> tuple[list[Line], Proposal]:
    """Set aside what is on file already and what two rows say differently; the rest goes to the checks."""
    lines: list[Line] = []
    kept = Proposal()
    for name in TABLES:
        schema, cells = schemas[name], read[name].cells
        keys = _keys(schema)
        on_file = {key: line for line, key in enumerate(zip(*(cells[column].tolist() for column in keys), strict=True))}
        figures = _figures(name, cells)
        seen: dict[tuple[str, ...], tuple[Mapping[str, str], Place]] = {}
        for row, place in zip(proposal.rows.get(name, []), proposal.places.get(name, []), strict=True):
            key = tuple([row.get(column, "") for column in keys])
            if key in on_file or key in seen:
                before: Mapping[str, str] = (
                    dict(zip(schema.fields, cells.iloc[on_file[key]][list(schema.fields)], strict=True))
                    if key in on_file
                    else seen[key][0]
                )
                differing = [column for column in schema.fields if row.get(column, "") != before.get(column, "")]
                at = None if key in on_file else seen[key][1]
                why = (_taken(schema, row, before, differing, place, at),) if differing else ()
                lines.append(Line(REFUSED if differing else REPEATED, name, row, place, faults=why))
                continue
            seen[key] = (row, place)
            kept.add(name, row, place)
            told = figures.get(tuple([row[column] for column in _FIGURE[name]]), "") if name in _FIGURE else ""
            revises = bool(told) and not told.startswith(f"{row.get('value', '')} ")
            lines.append(Line(REVISED if revises else ADDED, name, row, place, told))
    return lines, kept


def _keys(schema: TableSchema) -> tuple[str, ...]:
    return schema.primary_key or ("code",)


def _figures(name: str, cells: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Give the last value on file of each figure, with its source."""
    if name not in _FIGURE:
        return {}
    columns = [cells[column] for column in (*_FIGURE[name], "value", "source")]
    return {tuple(key): f"{value} ({source})" for *key, value, source in zip(*columns, strict=True) if value}


def _taken(
    schema: TableSchema, row: Mapping[str, str], before: Mapping[str, str], differing: list[str], place: Place, at: Place | None
) -> Fault:
    """Tell of a row whose key another one has, on file or, if that has a place, in the same table."""
    if at is not None:
        column = differing[0]
        got = f"{column} {row.get(column) or 'blank'}, where {at} has {before.get(column) or 'blank'} for the same key"
        hint = "Two rows of the table are the same series and period"
        return Fault(place.file, place.line, place.cell, got, "one row for each key", hint)
    shown = ", ".join(f"{column} {row.get(column) or 'blank'} for {before[column] or 'blank'}" for column in differing[:3])
    hint = "A statement on file is never changed; a new one has a source or date of its own (stated_on)"
    if schema.name == "sources":
        hint = "A source on file keeps its title; give another code"
    return Fault(place.file, place.line, place.cell, f"another row with a key that is on file: {shown}", "a key of its own", hint)


def _judged(line: Line, by_cell: Mapping[tuple[str, int, str], list[Fault]]) -> Line:
    """Give a line with what the checks say of it."""
    if line.what in (REPEATED, REFUSED):
        return line
    faults = tuple(by_cell.get((line.place.file, line.place.line, line.place.cell), []))
    refused = any(fault.severity == "error" for fault in faults)
    return Line(REFUSED if refused else line.what, line.table, line.row, line.place, line.before, faults)
