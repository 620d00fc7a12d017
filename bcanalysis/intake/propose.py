"""A mapping proposed for a table: what its words say for certain is taken over, what they do not is left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bcanalysis.errors import DataError, Fault
from bcanalysis.intake.heads import Head, read_head
from bcanalysis.intake.layout import Layout, Row, find_layout, rows_of
from bcanalysis.intake.mapping import OPEN, Column, Mapping
from bcanalysis.intake.names import Catalogue, name_key, unit_key
from bcanalysis.periods import Period
from bcanalysis.sheets.grid import Grid, column_number, letters
from bcanalysis.sheets.numbers import Number, decimal_mark, looks_like_number, read_number

FIGURES = ("value", "growth_pct", "plan_pct", "plan")
_AGREES = 0.51  # percent points between a growth and the levels beside it, printed without decimals


def propose(grids: Sequence[Grid], catalogue: Catalogue, like: Mapping | None = None) -> Mapping:
    """Propose how a file is read.

    Parameters
    ----------
    grids : sequence of Grid
        Its sheets.
    catalogue : Catalogue
        The names of the project.
    like : Mapping, optional
        An earlier mapping, whose names and units count as decided.

    Returns
    -------
    Mapping
        The proposal; what is left open is an empty text or a question mark.

    Raises
    ------
    DataError
        If no sheet, or more than one, has a table; or a head is a date.
    """
    found = [(grid, layout) for grid in grids if (layout := find_layout(grid)) is not None]
    if len(found) != 1:
        raise DataError([_not_one_table(grids, [grid for grid, _ in found])])
    grid, layout = found[0]
    faults = [
        grid.fault(row, column, f"the date {cell.isoformat()[:10]} in a head", "a period such as 6 tháng/2018", _DATE_HINT)
        for row in range(layout.head[0], layout.head[1] + 1)
        for column, cell in enumerate(grid.rows[row])
        if isinstance(cell, date)
    ]
    if faults:
        raise DataError(faults)
    columns = _columns(grid, layout)
    indicator = next((letter for letter, column in columns.items() if column.role == "indicator"), letters(layout.indicator))
    columns[indicator] = Column("indicator", columns[indicator].title)
    tidy = any(column.role == "period" for column in columns.values())
    typed = [
        cell
        for cells in grid.rows[layout.rows[0] : layout.rows[1] + 1]
        for cell in cells
        if isinstance(cell, str) and looks_like_number(cell)
    ]
    mark, _ = decimal_mark(typed)
    whole = all(text.strip().lstrip("-").isdigit() for text in typed)
    rows = _distinct(grid, layout) if tidy else _rows(grid, layout, catalogue, columns)
    names, notes = _names(rows, catalogue, like)
    if tidy and "price_basis" in {column.role for column in columns.values()}:
        names = {name: target.removesuffix(f"@{OPEN}") for name, target in names.items()}
    return Mapping(
        grid.name,
        (layout.head[0] + 1, layout.head[1] + 1),
        (layout.rows[0] + 1, layout.rows[1] + 1),
        mark or ("" if whole else OPEN),
        {"plan_body": "not_stated", **_default_unit(grid, layout, catalogue)},
        {},
        _with_forms(grid, layout, columns, mark),
        {name: target for name, target in names.items() if target not in catalogue.unit_of or name != target},
        _units(grid, layout, columns, rows, catalogue, like),
        notes,
    )


_DATE_HINT = "Excel has made a date of a text such as 6/2018; type '6/2018 with an apostrophe before it, and import again"


def _not_one_table(grids: Sequence[Grid], found: Sequence[Grid]) -> Fault:
    file = grids[0].file
    if found:
        return Fault(
            file, 0, "", f"tables in {len(found)} sheets: {', '.join(grid.name for grid in found)}", "one", "Name it with --sheet"
        )
    hint = 'The head of the names is "Chỉ tiêu", "Nội dung" or "indicator"; or write the mapping by hand'
    return Fault(file, 0, "", "no column that is headed as names of indicators", "a table with a head", hint)


def _columns(grid: Grid, layout: Layout) -> dict[str, Column]:
    heads = [read_head(text) if text else Head("ignore") for text in layout.heads]
    dated = {column: head.period for column, head in enumerate(heads) if head.role == "value" and head.period is not None}
    columns: dict[str, Column] = {}
    for column, head in enumerate(heads):
        title = layout.heads[column]
        if column == layout.number:
            columns[letters(column)] = Column("number", title)
        elif head.role in FIGURES and "period" not in {other.role for other in heads}:
            period = _period(head, column, dated)
            columns[letters(column)] = Column(head.role, title, period, head.status, head.form)
        elif head.role not in ("", "ignore"):
            columns[letters(column)] = Column(head.role, title, form=head.form)
        elif any(cell is not None for cell in [row[column] for row in grid.rows[layout.rows[0] : layout.rows[1] + 1]]):
            columns[letters(column)] = Column(head.role, title)
    return columns


def _period(head: Head, column: int, dated: dict[int, Period]) -> str:
    """Give the period of a column of figures: its own, or that of the column it stands beside."""
    if head.role == "plan":
        return str(head.year or "")
    if head.period is not None and head.role == "value":
        return str(head.period)
    nearest = min(dated, key=lambda other: (other > column, abs(other - column)), default=None)  # to the left first
    if nearest is None:
        return ""
    beside = dated[nearest]
    if head.role in ("growth_pct", "plan_pct"):
        return str(beside if head.period is None or head.same_period else head.period)
    if not head.same_period:
        return ""
    return str(Period(head.year, beside.first_month, beside.last_month) if head.year else beside.prior_year)


def _with_forms(grid: Grid, layout: Layout, columns: dict[str, Column], mark: str | None) -> dict[str, Column]:
    """Settle from the levels beside it whether a growth is written as a rate or an index, where its words do not tell."""
    places = {letter: column for column, letter in enumerate(map(letters, range(grid.width)))}
    levels = {column.period: places[letter] for letter, column in columns.items() if column.role == "value"}
    found = dict(columns)
    for letter, column in columns.items():
        if column.role != "growth_pct" or column.form or not column.period:
            continue
        prior = levels.get(str(Period.parse(column.period).prior_year))
        forms = {
            form
            for cells in grid.rows[layout.rows[0] : layout.rows[1] + 1]
            if prior is not None and column.period in levels
            for form in _form(cells[levels[column.period]], cells[prior], cells[places[letter]], mark)
        }
        found[letter] = Column(column.role, column.title, column.period, column.status, forms.pop() if len(forms) == 1 else OPEN)
    return found


def _form(current: object, prior: object, printed: object, mark: str | None) -> list[str]:
    numbers = [read_number(cell, mark) if looks_like_number(cell) else "" for cell in (current, prior, printed)]
    now, before, told = (float(number.value) if isinstance(number, Number) else None for number in numbers)
    if now is None or before is None or told is None or before <= 0:
        return []
    index = 100 * now / before
    agreed = [form for form, value in (("index", index), ("rate", index - 100)) if abs(told - value) <= _AGREES]
    return agreed or ["neither"]


def _rows(grid: Grid, layout: Layout, catalogue: Catalogue, columns: dict[str, Column]) -> list[Row]:
    """List the rows that hold figures; the others are headings."""
    places = [column_number(letter) for letter, column in columns.items() if column.role in FIGURES]
    rows = named_rows(grid, *layout.rows, layout.indicator, layout.number, catalogue)
    return [row for row in rows if any(grid.rows[row.row][place] is not None for place in places)]


def named_rows(grid: Grid, first: int, last: int, indicator: int, number: int | None, catalogue: Catalogue) -> list[Row]:
    """List the rows of a table with a name; a known indicator is no part of the one above it, even below "Trong đó:"."""
    rows = rows_of(grid, first, last, indicator, number)
    wholes = frozenset(row.label.text for row in rows if name_key(row.label.text) in catalogue.indicators)
    return rows_of(grid, first, last, indicator, number, wholes)


def _distinct(grid: Grid, layout: Layout) -> list[Row]:
    """List each name of a tidy table once, with the first row it stands in."""
    from bcanalysis.intake.names import read_label

    first: dict[str, int] = {}
    for row in range(layout.rows[0], layout.rows[1] + 1):
        cell = grid.rows[row][layout.indicator]
        if cell is not None:
            first.setdefault(str(cell).strip(), row)
    return [Row(row, name, read_label(name), "") for name, row in first.items()]


def _names(rows: Sequence[Row], catalogue: Catalogue, like: Mapping | None) -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    notes: dict[str, str] = {}
    last_whole = ""
    for row in rows:
        known = (like.names if like else {}).get(row.path)
        target = known or _target(row, catalogue, names.get(row.parent, "") or last_whole)
        if row.path not in names:
            names[row.path] = target
        if target and "." not in target and target != "ignore":
            last_whole = target
        near = "" if target else catalogue.suggestion(row.label.text)
        if near:
            notes[row.path] = f"perhaps {near}"
    return names, notes


def _target(row: Row, catalogue: Catalogue, whole: str) -> str:
    key = name_key(row.label.text)
    written = catalogue.price_basis(row.label.price_basis) if row.label.price_basis else ""
    if row.label.text in catalogue.unit_of or key in catalogue.indicators:
        code = row.label.text if row.label.text in catalogue.unit_of else catalogue.indicators[key]
        form = (
            f":{OPEN}"
            if catalogue.kind_of[code] == "rate"
            and "chỉ số" in row.label.text.casefold()
            and "tốc độ" not in row.label.text.casefold()
            else ""
        )
        prices = written if row.label.price_basis else ""
        if code in catalogue.priced or row.label.price_basis:
            prices = prices or OPEN
        return code + (f"@{prices}" if prices else "") + form
    if key in catalogue.breakdowns and whole:
        indicator, _, rest = whole.partition("@")
        series = indicator.partition(".")[0] + f".{catalogue.breakdowns[key]}"
        prices = written or rest
        return series + (f"@{prices}" if prices else "")
    return ""


def _default_unit(grid: Grid, layout: Layout, catalogue: Catalogue) -> dict[str, str]:
    """Find a unit that stands above the table for all of it: "Đơn vị tính: tỷ đồng"."""
    for cells in grid.rows[: layout.head[0]]:
        texts = [str(cell) for cell in cells if isinstance(cell, str)]
        for text, following in [*pairwise([*texts, ""])]:
            words = text.casefold()
            if words.startswith(("đơn vị tính", "đvt", "đơn vị:")):
                written = text.partition(":")[2].strip() or following
                if catalogue.unit(written):
                    return {"unit": catalogue.unit(written)}
    return {}


def _units(
    grid: Grid, layout: Layout, columns: dict[str, Column], rows: Sequence[Row], catalogue: Catalogue, like: Mapping | None
) -> dict[str, str]:
    texts: list[str] = []
    for column, letter in enumerate(map(letters, range(grid.width))):
        if letter in columns and columns[letter].role == "unit":
            texts += [
                str(cells[column]).strip() for cells in grid.rows[layout.rows[0] : layout.rows[1] + 1] if cells[column] is not None
            ]
    texts += [row.label.unit for row in rows if row.label.unit]
    known = like.units if like else {}
    return {text: known.get(text) or catalogue.unit(text) for text in dict.fromkeys(texts) if unit_key(text)}
