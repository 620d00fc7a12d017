"""A workbook that `bcanalysis template` has made and somebody has filled in, as rows of the tables.

The first sheet is for people. A hidden one says what it is about, so that nothing there is guessed: its period and area, the
words of the drop-down lists with their codes, and the rows that were on file when the workbook was made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bcanalysis.dataset.proposed import Place, Proposal, plain, window_of, with_proposed
from bcanalysis.dataset.schema import TableSchema
from bcanalysis.dataset.tables import FileUsed, Table, hashed
from bcanalysis.errors import DataError, Fault
from bcanalysis.periods import Period
from bcanalysis.sheets.grid import Grid, Unread, letters
from bcanalysis.sheets.numbers import read_number
from bcanalysis.sheets.workbooks import ENDINGS, has_sheet, read_workbook

MARK, VERSION = "bcanalysis template", 1
HIDDEN = "bcanalysis"
COLUMNS = (
    "indicator",
    "breakdown",
    "price_basis",
    "label",
    "unit",
    "prior",
    "plan",
    "first",
    "last",
    "whole",
    "status",
    "source",
    "note",
)
FIRST_ROW = 8  # of the figures, from 0
SETTINGS = {"source": (3, 5), "stated_on": (4, 5)}  # row and column, from 0, of what holds for all figures
SOURCE_FIELDS = ("code", "title", "publisher", "rank", "published_on", "address")
SYMBOLS = {"-": "nil", "–": "nil", "...": "not_collected", "…": "not_collected"}
_MARKS = {"vi": ",", "en": "."}
_FIGURES = ("prior", "plan", "first", "last", "whole")


@dataclass(frozen=True)
class Template:
    """What a workbook is about.

    Parameters
    ----------
    period, area, lang : str
        As it was made for.
    sheets : tuple of str
        The titles of the sheets for figures and for sources.
    words : mapping of str to str
        Code by word of the drop-down lists.
    on_file : mapping
        The row of a table that filled a cell when the workbook was made, by (line, column).
    """

    period: str
    area: str
    lang: str
    sheets: tuple[str, str]
    words: Mapping[str, str]
    on_file: Mapping[tuple[int, str], tuple[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Period, Period] | None:
        """The months before the last one of the period, and the last one; None for a single month."""
        whole = Period.parse(self.period)
        if whole.months == 1:
            return None
        return Period(whole.year, whole.first_month, whole.last_month - 1), Period(whole.year, whole.last_month, whole.last_month)

    def described(self) -> list[list[str]]:
        """Write it as the rows of the hidden sheet."""
        rows = [[MARK, str(VERSION)], ["period", self.period], ["area", self.area], ["lang", self.lang], ["sheets", *self.sheets]]
        rows += (["word", word, code] for word, code in self.words.items())
        rows += (
            ["on file", str(line), column, table, json.dumps(row, ensure_ascii=False)]
            for (line, column), (table, row) in self.on_file.items()
        )
        return rows


def is_workbook(place: str | Path) -> bool:
    """Tell whether a place of data is a workbook rather than a folder."""
    return Path(place).suffix.lower() in ENDINGS


def read_template(path: Path) -> Template | None:
    """Read what a workbook is about.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.

    Returns
    -------
    Template or None
        None for a workbook that `bcanalysis template` has not made.

    Raises
    ------
    DataError
        If the workbook cannot be read, or was made by a version that is not known here.
    """
    if not has_sheet(path, HIDDEN):
        return None
    try:
        grid = read_workbook(path, HIDDEN)[0]
    except DataError as error:
        if any(fault.got == f'no sheet "{HIDDEN}"' for fault in error.faults):
            return None
        raise
    if grid.rows[0][0] != MARK:
        return None
    if str(grid.rows[0][1]) != str(VERSION):
        hint = "Make a new one with bcanalysis template"
        raise DataError([grid.fault(0, 1, f"a workbook of version {grid.rows[0][1]}", f"version {VERSION}", hint)])
    told = {str(row[0]): [str(cell) for cell in row[1:] if cell is not None] for row in grid.rows}
    words = {str(row[1]): str(row[2]) for row in grid.rows if row[0] == "word"}
    on_file = {(int(str(row[1])), str(row[2])): (str(row[3]), json.loads(str(row[4]))) for row in grid.rows if row[0] == "on file"}
    sheets = (told["sheets"][0], told["sheets"][1])
    return Template(told["period"][0], told["area"][0], told["lang"][0], sheets, words, on_file)


def read_filled(path: Path, template: Template, cells: Mapping[str, Any], schemas: Mapping[str, TableSchema]) -> Proposal:
    """Read the figures of a filled workbook.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    template : Template
        What it is about.
    cells : mapping of str to pandas.DataFrame
        The cells of the project's tables, for its catalogues.
    schemas : mapping of str to TableSchema
        Their declarations.

    Returns
    -------
    Proposal
        Observations, plans and new sources; rows that were on file when it was made and are unchanged come as they were.
    """
    figures, sources = (read_workbook(path, sheet)[0] for sheet in template.sheets)
    proposal = Proposal()
    _read_sources(sources, template, set(cells["sources"]["code"]), proposal)
    settings = {name: _text(figures, row, column) for name, (row, column) in SETTINGS.items()}
    for name, (row, column) in SETTINGS.items():
        if not settings[name]:
            proposal.faults.append(figures.fault(row, column, "a blank", f"{name} of the figures"))
    for row in range(FIRST_ROW, len(figures.rows)):
        _read_row(figures, row, template, settings, proposal)
    return proposal


def filled_tables(path: Path, schemas: Mapping[str, TableSchema], read: Mapping[str, Table]) -> dict[str, Table]:
    """Give the tables of a project with the figures of a filled workbook instead of its own.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    schemas : mapping of str to TableSchema
        The declarations.
    read : mapping of str to Table
        The project's tables.

    Returns
    -------
    dict of str to Table
        The observations and plans of the workbook; the project's sources and those of the workbook; no corrections, for these are
        about the project's own rows.

    Raises
    ------
    DataError
        If the workbook cannot be read or was not made by `bcanalysis template`.
    """
    template = read_template(path)
    if template is None:
        hint = "Make one with bcanalysis template, or take this one in with bcanalysis import"
        raise DataError([Fault(path.name, 0, "", "another workbook", "one that bcanalysis template has made", hint)])
    proposal = read_filled(path, template, {name: table.cells for name, table in read.items()}, schemas)
    corrections = Table(read["corrections"].file, read["corrections"].cells.iloc[:0])
    tables: dict[str, Table] = {"corrections": corrections}
    for name in ("observations", "plans", "sources"):
        tables[name] = with_proposed(read[name], schemas[name], proposal, instead=name != "sources")
    used: FileUsed = hashed(path)
    whole = tables["observations"]
    tables["observations"] = type(whole)(used, whole.cells, (*whole.faults, *proposal.faults), places=whole.places)  # type: ignore[call-arg,attr-defined]
    return tables


def _read_sources(grid: Grid, template: Template, known: set[str], proposal: Proposal) -> None:
    for row in range(1, len(grid.rows)):
        told = {name: _text(grid, row, column) for column, name in enumerate(SOURCE_FIELDS)}
        if any(told.values()) and told["code"] not in known:
            told["rank"] = template.words.get(told["rank"], told["rank"])
            proposal.add("sources", told, Place(f"{grid.file} [{grid.name}]", row + 1))


def _read_row(grid: Grid, row: int, template: Template, settings: Mapping[str, str], proposal: Proposal) -> None:
    told = {
        name: _text(grid, row, COLUMNS.index(name))
        for name in ("indicator", "breakdown", "price_basis", "status", "source", "note")
    }
    filled = [name for name in _FIGURES if _cell(grid, row, COLUMNS.index(name)) is not None]
    if not filled:
        return
    if not told["indicator"]:
        hint = "Choose it from the list in the first column"
        proposal.faults.append(grid.fault(row, 0, "a blank", "the code of an indicator, for the line has figures", hint))
        return
    area = {"area": template.area}
    series = {**area, **{name: told[name] for name in ("indicator", "breakdown", "price_basis")}}
    common = {**series, "source": told["source"] or settings["source"], "stated_on": settings["stated_on"], "note": told["note"]}
    status = template.words.get(told["status"], told["status"])
    whole = Period.parse(template.period)
    if not status and set(filled) & {"last", "whole"}:
        hint = "Choose it from the list"
        proposal.faults.append(
            grid.fault(row, COLUMNS.index("status"), "a blank", "what the figures are: estimate, reported, ...", hint)
        )
    periods = {"prior": (whole.prior_year, "reported"), "whole": (whole, status)}
    if template.parts:
        periods |= {"first": (template.parts[0], "reported"), "last": (template.parts[1], status)}
    for name in filled:
        column = COLUMNS.index(name)
        place = Place(f"{grid.file} [{grid.name}]", row + 1, f"{letters(column)}{row + 1}")
        figure = _figure(grid, row, column, template, proposal)
        if figure is None:
            continue
        table, before = template.on_file.get((row + 1, name), ("", {}))
        if before and figure.get("value") == before["value"]:
            proposal.add(table, dict(before), place)
        elif name == "plan":
            if "value" in figure:
                year = {"year": str(whole.year), "target_kind": "level", "body": "not_stated"}
                kept = {key: common[key] for key in ("source", "note")}
                proposal.add("plans", {**series, **year, **kept, "value": figure["value"]}, place)
        else:
            period, word = periods[name]
            row_of_it = {**common, **window_of(period), **figure, "status": word}
            if name == "whole" and template.parts and {"first", "last"} <= set(filled):
                row_of_it["composed_of"] = " ".join(str(part) for part in template.parts)
            proposal.add("observations", row_of_it, place)


def _figure(grid: Grid, row: int, column: int, template: Template, proposal: Proposal) -> dict[str, str] | None:
    cell = _cell(grid, row, column)
    if isinstance(cell, str) and cell.strip() in SYMBOLS:
        return {"missing": SYMBOLS[cell.strip()]}
    if isinstance(cell, Unread):
        proposal.faults.append(grid.fault(row, column, cell.got, cell.expected, cell.hint))
        return None
    if isinstance(cell, bool | date):
        shown = cell.isoformat() if isinstance(cell, date) else str(cell)
        hint = "Excel has made a date of a number typed with another decimal mark; type it again" if isinstance(cell, date) else ""
        proposal.faults.append(
            grid.fault(row, column, f"the {'date' if isinstance(cell, date) else 'word'} {shown}", "a number", hint)
        )
        return None
    number = read_number(cell, _MARKS[template.lang])
    if isinstance(number, str):
        proposal.faults.append(grid.fault(row, column, f'"{cell}"', number, 'Nothing occurred is "-", not collected is "..."'))
        return None
    return {"value": plain(number.value), "half_unit": plain(number.half_unit)}


def _cell(grid: Grid, row: int, column: int) -> object:
    return grid.rows[row][column] if row < len(grid.rows) and column < grid.width else None


def _text(grid: Grid, row: int, column: int) -> str:
    cell = _cell(grid, row, column)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None or isinstance(cell, Unread) else str(cell).strip()
