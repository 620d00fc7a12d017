"""From the cells of a table, read as its mapping says, to proposed rows; what cannot be read is a fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from bcanalysis.dataset.filled import SYMBOLS
from bcanalysis.dataset.proposed import Place, Proposal, plain, window_of
from bcanalysis.errors import Fault, UsageError, nearest
from bcanalysis.intake.heads import read_period
from bcanalysis.intake.layout import head_of
from bcanalysis.intake.mapping import IN_CATALOGUE, OPEN, UNKNOWN, Column, Mapping
from bcanalysis.intake.names import NO_FIGURES, Catalogue, name_key, read_label
from bcanalysis.intake.propose import FIGURES, named_rows
from bcanalysis.periods import Period
from bcanalysis.sheets.grid import Grid, Unread, column_number, letters
from bcanalysis.sheets.numbers import Number, read_number

_TARGET = re.compile(
    r"(?P<indicator>[a-z][a-z0-9_]*)(?:\.(?P<breakdown>[a-z0-9_]+))?(?:@(?P<basis>[a-z0-9_?]+))?(?::(?P<form>\w+|\?))?"
)
_QUALIFIER = re.compile(r"(khoảng|gần|trên|hơn|over|more than|nearly|about|some)\s+(?=[\d(-])", re.IGNORECASE)
_ROLES = (
    *FIGURES,
    "indicator",
    "number",
    NO_FIGURES,
    "unit",
    "period",
    "breakdown",
    "price_basis",
    "area",
    "status",
    "stated_on",
    "source",
    "note",
)
GIVEN = {
    "area": "a code of areas.csv", "source": "a code of sources.csv, or a new one with its title, publisher and rank",
    "stated_on": 'a day (2018-06-14), a month (2018-06), or "unknown"',
}  # fmt: skip
_STATUS = "estimate, reported, preliminary or final"
_DATE_HINT = "Excel has made a date of a number or a text; type it again, with an apostrophe before it"


def read_rows(grid: Grid, mapping: Mapping, catalogue: Catalogue, name: str) -> Proposal:
    """Read a table as its mapping says.

    Parameters
    ----------
    grid : Grid
        The sheet.
    mapping : Mapping
        How it is read.
    catalogue : Catalogue
        The names of the project.
    name : str
        Name of the mapping's file, for messages.

    Returns
    -------
    Proposal
        The rows, and all faults: first what the mapping leaves open, then what stands in the cells.
    """
    return _Reader(grid, mapping, catalogue, name).read()


class _Reader:
    def __init__(self, grid: Grid, mapping: Mapping, catalogue: Catalogue, name: str) -> None:
        self.grid, self.mapping, self.catalogue, self.name = grid, mapping, catalogue, name
        self.found = Proposal()
        self.file = grid.file + (f" [{grid.name}]" if grid.name else "")
        self.by_role: dict[str, list[tuple[int, Column]]] = {}
        for letter, column in mapping.columns.items():
            self.by_role.setdefault(column.role, []).append((column_number(letter), column))
        self.only = {role: places[0][0] for role, places in self.by_role.items()}
        self.figures = [column for role in FIGURES for column in self.by_role.get(role, [])]
        self.mark = mapping.decimal if mapping.decimal in (",", ".") else None
        self.periods: dict[str, Period | None] = {}
        self.factors: dict[tuple[str, str], Decimal] = {}
        self.targets: dict[str, tuple[str, str, str, str] | None] = {}

    def read(self) -> Proposal:
        self._check_mapping()
        if self.found.faults:
            return self.found
        if self.mapping.is_tidy:
            for row in range(self.mapping.rows[0] - 1, min(self.mapping.rows[1], len(self.grid.rows))):
                self._read_tidy(row)
        else:
            for row, path, label_unit in self._named_rows():
                self._read_wide(row, path, label_unit)
        return self.found

    # what the mapping leaves open

    def _open(self, key: str, expected: str, hint: str = "", got: str = "nothing") -> None:
        self.found.faults.append(Fault(self.name, 0, key, got, expected, hint))

    def _check_mapping(self) -> None:
        mapping, told = self.mapping, self.mapping.statement
        for key, expected in GIVEN.items():
            if key not in self.only and not told.get(key):
                self._open(f"statement.{key}", expected, f"Write it there, or give --{key.replace('_', '-')}")
        for letter, column in mapping.columns.items():
            self._check_column(letter, column)
        if "indicator" not in self.only:
            self._open("columns", "a column with the role indicator")
        if mapping.decimal == OPEN:
            self._open(
                "table.decimal",
                '"," or "."',
                "No number of the table settles it: 66.148 may be either; give --decimal",
                f'"{OPEN}"',
            )
        for path, target in mapping.names.items():
            self._check_target(path, target)
        for text, code in mapping.units.items():
            if code not in self.catalogue.factors:
                hint = "" if not code else nearest(code, self.catalogue.factors)
                self._open(f'units."{text}"', "a code of units.csv", hint, f'"{code}"' if code else "nothing")
        status = told.get("status")
        if not status and "status" not in self.only and any(not column.status for _, column in self.by_role.get("value", [])):
            titles = [f'"{column.title}"' for _, column in self.by_role["value"] if not column.status]
            self._open("statement.status", _STATUS, f"The head does not say it: {', '.join(titles)}; give --status")
        default = told.get("unit")
        if default and default != IN_CATALOGUE and default not in self.catalogue.factors:
            self._open("statement.unit", "a code of units.csv", nearest(default, self.catalogue.factors), f'"{default}"')

    def _check_column(self, letter: str, column: Column) -> None:
        key = f"columns.{letter}"
        title = (
            head_of(self.grid, self.mapping.head[0] - 1, self.mapping.head[1] - 1, column_number(letter))
            if column_number(letter) < self.grid.width
            else ""
        )
        if title != column.title:
            hint = "The mapping was made for another table: delete it for a new proposal (--like keeps its names)"
            self._open(key, f'the head "{column.title}"', hint, f'"{title}"')
        if column.role not in _ROLES:
            self._open(key, f"one of the roles {', '.join(_ROLES)}", f'Its head is "{column.title}"', f'the role "{column.role}"')
        elif column.role in FIGURES and not self.mapping.is_tidy:
            if column.role == "plan":
                if not re.fullmatch(r"(?:19|20)\d{2}", column.period):
                    self._open(f"{key}.period", "the year of the plan", f'Its head is "{column.title}"', f'"{column.period}"')
            elif self._period(column.period) is None:
                self._open(f"{key}.period", "a period such as 2018H1", f'Its head is "{column.title}"', f'"{column.period}"')
        if column.role == "growth_pct" and column.form not in ("rate", "index"):
            hint = f'Its head "{column.title}" does not tell whether 107,5 or 7,5 is meant for a rise of 7,5 %'
            self._open(f"{key}.form", "rate or index", hint, f'"{column.form}"')

    def _check_target(self, path: str, target: str) -> None:
        key = f'names."{path}"'
        if target == NO_FIGURES:
            return
        match = _TARGET.fullmatch(target)
        catalogue = self.catalogue
        if not match:
            near = catalogue.suggestion(read_label(path.rpartition(" > ")[2]).text)
            self._open(
                key,
                'a series such as export_value.fdi, or "ignore"',
                f"Perhaps {near}" if near else "Codes and their names are in indicators.csv",
                f'"{target}"' if target else "nothing",
            )
        elif match["indicator"] not in catalogue.unit_of:
            self._open(key, "a code of indicators.csv", nearest(match["indicator"], catalogue.unit_of), f'"{match["indicator"]}"')
        elif match["breakdown"] and match["breakdown"] not in set(catalogue.breakdowns.values()):
            self._open(
                key,
                "a code of breakdowns.csv",
                nearest(match["breakdown"], catalogue.breakdowns.values()),
                f'"{match["breakdown"]}"',
            )
        elif match["basis"] and match["basis"] not in catalogue.price_codes:
            self._open(key, f"one of the price bases {', '.join(catalogue.price_codes)}", "It follows the @", f'"{match["basis"]}"')
        elif match["form"] and match["form"] not in ("rate", "index"):
            hint = "The indicator is a growth: 7,5 is a rate, 107,5 an index; it follows the colon"
            self._open(key, "rate or index", hint, f'"{match["form"]}"')

    # what stands in the cells

    def _named_rows(self) -> Iterator[tuple[int, str, str]]:
        first, last = self.mapping.rows[0] - 1, self.mapping.rows[1] - 1
        named = named_rows(self.grid, first, last, self.only["indicator"], self.only.get("number"), self.catalogue)
        for row in named:
            yield row.row, row.path, row.label.unit
        names = {row.row for row in named}
        for place in range(first, min(last + 1, len(self.grid.rows))):
            if place not in names and self._figures(place):
                self._fault(place, self.only["indicator"], "a blank beside figures", "the name of the row")

    def _figures(self, row: int) -> list[tuple[int, Column]]:
        cells = self.grid.rows[row]
        return [(place, column) for place, column in self.figures if place < len(cells) and cells[place] is not None]

    def _read_wide(self, row: int, path: str, label_unit: str) -> None:
        figures = self._figures(row)
        if not figures:
            return
        series = self._series(row, path)
        if series is None:
            return
        told: dict[str, dict[str, tuple[int, Column, Number | str]]] = {}
        for place, column in figures:
            number = self._number(row, place)
            if number is not None:
                told.setdefault(column.period, {})[column.role] = (place, column, number)
        for period, parts in told.items():
            if "plan" in parts:
                self._add_plan(row, series, period, parts["plan"], label_unit)
            if set(parts) - {"plan"}:
                self._add(row, series, Period.parse(period), parts, label_unit, {})

    def _read_tidy(self, row: int) -> None:
        name = self._text(row, "indicator")
        figures = self._figures(row)
        if not figures and not name:
            return
        text = self._cell(row, self.only["period"])
        if isinstance(text, date):
            self._fault(row, self.only["period"], f"the date {text.isoformat()[:10]}", "a period such as 2018H1", _DATE_HINT)
            return
        period = self._period(self._text(row, "period"))
        if period is None:
            self._fault(
                row, self.only["period"], f'"{self._text(row, "period")}"', "a period such as 2018H1 or 6 tháng đầu năm 2018"
            )
            return
        series = self._series(row, name)
        if series is None:
            return
        parts = {}
        for place, column in figures:
            number = self._number(row, place)
            if number is not None:
                parts[column.role] = (place, column, number)
        given = {role: self._text(row, role) for role in ("area", "status", "stated_on", "source", "note") if role in self.only}
        if parts:
            self._add(row, series, period, parts, read_label(name).unit, {role: text for role, text in given.items() if text})

    def _series(self, row: int, path: str) -> tuple[str, str, str, str] | None:
        if path not in self.targets:
            self.targets[path] = self._target(path)
        target = self.targets[path]
        if target is None:
            if self.mapping.names.get(path) != NO_FIGURES:
                place = self.only["indicator"]
                self._fault(
                    row,
                    place,
                    f'the name "{path}"',
                    f"one that {self.name} tells",
                    'Add it under [names], "ignore" if it is not wanted',
                )
            return None
        indicator, breakdown, basis, form = target
        breakdown = self._text(row, "breakdown") or breakdown
        return (
            indicator,
            self.catalogue.breakdowns.get(name_key(breakdown), breakdown),
            self._text(row, "price_basis") or basis,
            form,
        )

    def _target(self, path: str) -> tuple[str, str, str, str] | None:
        text = self.mapping.names.get(path, path if path in self.catalogue.unit_of else "")
        match = _TARGET.fullmatch(text)
        if match is None or text == NO_FIGURES:
            return None
        return match["indicator"], match["breakdown"] or "total", match["basis"] or "not_applicable", match["form"] or ""

    def _common(self, row: int, series: tuple[str, str, str, str], given: dict[str, str]) -> dict[str, str]:
        told = {**self.mapping.statement, **given}
        stated = "" if told.get("stated_on") == UNKNOWN else told.get("stated_on", "")
        indicator, breakdown, basis, _ = series
        return {
            "area": told["area"], "indicator": indicator, "breakdown": breakdown, "price_basis": basis, "stated_on": stated,
            "source": told["source"], "note": self._text(row, "note"),
        }  # fmt: skip

    def _add(
        self,
        row: int,
        series: tuple[str, str, str, str],
        period: Period,
        parts: dict[str, tuple[int, Column, Number | str]],
        label_unit: str,
        given: dict[str, str],
    ) -> None:
        place, column, number = parts.get("value") or next(iter(parts.values()))
        found = {**self._common(row, series, given), **window_of(period)}
        found["status"] = column.status or given.get("status", "") or self.mapping.statement.get("status", "")
        if "value" not in parts:
            found["missing"] = "not_printed"
            found["status"] = found["status"] or UNKNOWN
        elif isinstance(number, str):
            found["missing"] = number
        else:
            cells = self._value(row, place, series, number, label_unit)
            if cells is None:
                return
            found |= cells
        for role, prefix in (("growth_pct", "growth"), ("plan_pct", "plan")):
            if role in parts and not isinstance(parts[role][2], str):
                _, its, percent = parts[role]
                found |= _percent(prefix, percent, its.form)  # type: ignore[arg-type]
        self.found.add("observations", found, self._place(row, place))

    def _add_plan(
        self, row: int, series: tuple[str, str, str, str], year: str, part: tuple[int, Column, Number | str], label_unit: str
    ) -> None:
        place, _, number = part
        if isinstance(number, str):
            return
        cells = self._value(row, place, series, number, label_unit)
        if cells is None:
            return
        found = self._common(row, series, {})
        del found["stated_on"]
        body = self.mapping.statement.get("plan_body") or "not_stated"
        found |= {"year": year, "target_kind": "level", "value": cells["value"], "body": body}
        self.found.add("plans", found, self._place(row, place))

    def _value(
        self, row: int, place: int, series: tuple[str, str, str, str], number: Number, label_unit: str
    ) -> dict[str, str] | None:
        """Give the value in the unit of its indicator, with its precision."""
        indicator, _, _, form = series
        factor = self._factor(row, indicator, label_unit)
        if factor is None:
            return None
        value, half = number.value * factor, number.half_unit * factor
        if self.catalogue.kind_of[indicator] == "rate":
            form = form or "rate"
            value = value - 100 if form == "index" else value
            return {"value": plain(value), "half_unit": plain(half)} | _percent("growth", Number(value, half), form, is_rate=True)
        if number.shortened and self._is_countable(indicator):
            expected = "all digits, for the unit is counted exactly"
            hint = "Excel has shortened it: widen the column, or format it as a number, and save again"
            self._fault(row, place, f'"{self._cell(row, place)}"', expected, hint)
            return None
        if number.shortened:
            expected, hint = "all digits", f"Excel has shortened it; it is read as {plain(value)}, give or take {plain(half)}"
            self.found.faults.append(self.grid.fault(row, place, f'"{self._cell(row, place)}"', expected, hint, "warning"))
        cell = self._cell(row, place)
        qualifier = _QUALIFIER.match(cell.strip()) if isinstance(cell, str) else None
        return {"value": plain(value), "half_unit": _plain(half), "qualifier": qualifier[1].lower() if qualifier else ""}

    @cached_property
    def _countable(self) -> set[str]:
        units = self.catalogue.tables["units"]
        return set(units.loc[units["countable"] == "true", "code"])

    def _is_countable(self, indicator: str) -> bool:
        return self.catalogue.unit_of[indicator] in self._countable

    def _factor(self, row: int, indicator: str, label_unit: str) -> Decimal | None:
        written = self._text(row, "unit") or label_unit
        if (indicator, written) in self.factors:
            return self.factors[indicator, written]
        default = self.mapping.statement.get("unit", "")
        own = self.catalogue.unit_of[indicator]
        code = (
            (self.mapping.units.get(written) or self.catalogue.unit(written))
            if written
            else own
            if default == IN_CATALOGUE
            else default
        )
        place = self.only.get("unit", self.only["indicator"])
        if not code:
            hint = "Tell it under [units], or give --unit catalogue if all figures are in the units of indicators.csv"
            self._fault(row, place, f'the unit "{written}"' if written else "no unit", f"one that can be turned into {own}", hint)
            return None
        base, factor = self.catalogue.factors[code]
        own_base, own_factor = self.catalogue.factors[own]
        if base != own_base:
            self._fault(row, place, f'the unit "{written or code}"', f"one that can be turned into {own}, the unit of {indicator}")
            return None
        return self.factors.setdefault((indicator, written), Decimal(factor) / Decimal(own_factor))

    def _number(self, row: int, place: int) -> Number | str | None:
        """Read a cell: a number, the symbol of a missing one, or None with a fault."""
        cell = self._cell(row, place)
        if type(cell) is float:
            return read_number(cell, self.mark)
        if isinstance(cell, Unread):
            self._fault(row, place, cell.got, cell.expected, cell.hint)
            return None
        if isinstance(cell, date | bool):
            got = f"the date {cell.isoformat()[:10]}" if isinstance(cell, date) else f"the word {cell}"
            self._fault(row, place, got, "a number", _DATE_HINT if isinstance(cell, date) else "")
            return None
        if isinstance(cell, str):
            if cell.strip() in SYMBOLS:
                return SYMBOLS[cell.strip()]
            cell = _QUALIFIER.sub("", cell.strip())
        number = read_number(cell, self.mark)
        if isinstance(number, str):
            hint = 'Nothing occurred is "-", not collected is "..."'
            self._fault(row, place, f'"{cell}"', number, hint)
            return None
        return number

    def _period(self, text: str) -> Period | None:
        if text not in self.periods:
            try:
                self.periods[text] = Period.parse(text)
            except UsageError:
                self.periods[text] = read_period(text)
        return self.periods[text]

    def _cell(self, row: int, place: int) -> object:
        cells = self.grid.rows[row]
        return cells[place] if place < len(cells) else None

    def _text(self, row: int, role: str) -> str:
        if role not in self.only:
            return ""
        cell = self._cell(row, self.only[role])
        if type(cell) is str:
            return cell.strip()
        if isinstance(cell, datetime | date):
            return cell.isoformat()[:10]
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return "" if cell is None or isinstance(cell, Unread) else str(cell).strip()

    def _place(self, row: int, place: int) -> Place:
        return Place(self.file, row + 1, letters(place) if self.grid.is_text else f"{letters(place)}{row + 1}")

    def _fault(self, row: int, place: int, got: str, expected: str, hint: str = "") -> None:
        self.found.faults.append(self.grid.fault(row, place, got, expected, hint))


_plain = lru_cache(plain)  # of half-units, which are few


def _percent(prefix: str, number: Number, form: str, *, is_rate: bool = False) -> dict[str, str]:
    value = number.value - 100 if form == "index" and not is_rate else number.value
    forms = {"growth": form or "rate", "plan": "percent"}
    return {f"{prefix}_pct": plain(value), f"{prefix}_half_unit": _plain(number.half_unit), f"{prefix}_form": forms[prefix]}
