"""The table of figures ("Biểu số liệu"): all indicators of the catalogue against the prior year and the annual plan."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import pandas as pd

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.plan import plans_in_force
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display import words
from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.display.tables import table_comparison
from bcanalysis.display.words import Row
from bcanalysis.documents.blocks import Annex
from bcanalysis.periods import Period
from bcanalysis.quality.narrow import indicators_of
from bcanalysis.wording.counting import roman
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term

_KINDS = {12: "year", 6: "half", 3: "quarter", 1: "month"}
_NOT_FIGURES = {"number", "indicator", "unit", "notes"}
_FIGURES = ("value", "prior", "growth", "plan", "plan_pct", "notes")  # what of a told comparison is shown
Key: TypeAlias = tuple[str, str, str]  # indicator, breakdown, price basis
Cells: TypeAlias = dict[str, Cell]  # by what they show


@dataclass(frozen=True)
class _Shown:
    """A column of the layout."""

    shows: str
    of: str = "period"
    kinds: Sequence[str] = (*_KINDS.values(), "months")
    estimated: bool = False


@dataclass(frozen=True)
class _OnFile:
    """The figures by the months they are of and by series, what is said below them, and what of all that is quoted."""

    cells: Mapping[str, Mapping[Key, Cells]]
    footnotes: tuple[str, ...] = ()
    note: str = ""
    quotes: tuple[str, ...] = ()

    def series(self, indicator: str) -> set[Key]:
        """Give the series of an indicator."""
        return {key for of_these in self.cells.values() for key in of_these if key[0] == indicator}

    def cell(self, column: _Shown, key: Key, gap: Cell) -> Cell:
        """Give a figure; the gap where it is not on file, and nothing where there is nothing to note."""
        return self.cells.get(column.of, {}).get(key, {}).get(column.shows, Cell("") if column.shows == "notes" else gap)


def figures_table(
    dataset: Dataset, period: str | Period, area: str, lang: str = "vi", *, themes: list[str] | None = None, gaps: bool = True
) -> Table:
    """Set the figures of a period as the table that is appended to an official report.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period, such as ``2018H1``; which months stand beside it follows its kind.
    area : str
        Code of the area.
    lang : {"vi", "en"}
        Language.
    themes : list of str, optional
        Only these themes of the catalogue.
    gaps : bool
        With the indicators of which nothing is on file; without them the note says how many there are.

    Returns
    -------
    Table
        A section for each theme (I, II), a row for each indicator (1), those that belong to another below it (1.1), and the parts
        of one under "Trong đó". Figures are marked as in :func:`bcanalysis.display.tables.table_comparison`, and unrounded in
        ``Cell.value``. What nobody has on file is "...", what cannot be computed "x": never a zero. Of a series with
        several windows the longest is told.

    Raises
    ------
    UsageError
        If the period, area or a theme is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> figures = figures_table(load(), "2018H1", "bac-giang", themes=["trade"])
    >>> [column.title for column in figures.columns[3:6]]
    ['Thực hiện 6 tháng đầu năm 2017', 'Kế hoạch năm 2018', 'Thực hiện 5 tháng đầu năm 2018']
    >>> [cell.plain for cell in figures.rows[1]][:6]
    ['1', 'Kim ngạch xuất khẩu', 'triệu USD', 'suy ra [2.946,5; 2.950,2]', '7.800', '...']
    """
    whole = period if isinstance(period, Period) else Period.parse(period)
    columns = [column for column in _layout() if _kind(whole) in column.kinds]
    on_file = _on_file(dataset, whole, {column.of for column in columns}, area, lang, themes)
    catalogue = dataset["indicators"] if themes is None else _of_themes(dataset, themes)
    listed = catalogue if gaps else catalogue[catalogue["code"].isin(_with_parents(catalogue, on_file))]
    lines = list(_lines(dataset, listed, columns, on_file, lang))
    heads = tuple(
        Column(_title(column, whole, cells, lang), column.shows not in _NOT_FIGURES)
        for column, cells in zip(columns, zip(*lines, strict=True), strict=True)
    )
    rows, footnotes = _renumbered(lines, on_file.footnotes)
    title = ", ".join([term("display.table.title", lang), str(dataset.names("areas", lang)[area]), format_period(whole, lang)])
    note = _note(rows, len(catalogue) - len(listed), on_file.note, lang)
    return Table(title, heads, rows, footnotes, note, lang, on_file.quotes)


def figures_annex(
    dataset: Dataset, period: str | Period, area: str, lang: str = "vi", *, themes: list[str] | None = None, gaps: bool = True
) -> Annex:
    """Make the table of figures an annex on pages that lie on their side.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period.
    area : str
        Code of the area.
    lang : {"vi", "en"}
        Language.
    themes : list of str, optional
        Only these themes of the catalogue.
    gaps : bool
        With the indicators of which nothing is on file.

    Returns
    -------
    Annex
        The table of :func:`figures_table`, its title that of the annex.

    Raises
    ------
    UsageError
        If the period, area or a theme is unknown.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> figures_annex(load(), "2018H1", "bac-giang", themes=["charity"]).title
    'Biểu số liệu'
    """
    return Annex(
        term("figures.title", lang), (figures_table(dataset, period, area, lang, themes=themes, gaps=gaps),), landscape=True
    )


@cache
def _layout() -> tuple[_Shown, ...]:
    text = files("bcanalysis.documents").joinpath("layouts", "figures.toml").read_text(encoding="utf-8")
    return tuple(_Shown(**column) for column in tomllib.loads(text)["column"])


def _kind(period: Period) -> str:
    aligned = period.last_month % period.months == 0 and period.months in _KINDS
    return _KINDS[period.months] if aligned else "months"


def _months(whole: Period, of: str) -> Period:
    """Give the months of a column."""
    if of == "prior":
        return whole.prior_year
    if of == "before":
        return Period(whole.year, whole.first_month, whole.last_month - 1)
    return Period(whole.year, whole.last_month, whole.last_month) if of == "last" else whole


def _on_file(dataset: Dataset, whole: Period, asked: set[str], area: str, lang: str, themes: list[str] | None) -> _OnFile:
    """Tell all figures in one table of the house, so that marks, footnotes and sources are the same everywhere."""
    order = [of for of in ("period", "before", "last") if of in asked]
    frames = {of: compare(dataset, _months(whole, of), area, themes=themes) for of in (*order, "prior")}
    here = words.rows(frames["period"])
    told_here = {_key(row) for row in here}
    linked = {(*_key(row)[:2], row["prior"]) for row in here if "via_link" in row["flags"]}
    before = words.rows(frames["prior"])  # a row of the period tells its own prior figure, its own basis or linked to another
    frames["prior"] = frames["prior"][
        [_key(row) not in told_here and (*_key(row)[:2], row["value"]) not in linked for row in before]
    ]
    filled = {of: frame for of, frame in frames.items() if len(frame)}
    cells: dict[str, dict[Key, Cells]] = {of: {} for of in order}
    told = Table("", (), ())
    if filled:
        frame = pd.concat(filled.values(), ignore_index=True)
        told = table_comparison(frame, lang)
        titles = [column.title for column in told.columns]
        places = {name: titles.index(term(f"display.table.{name}", lang)) for name in _FIGURES}
        months = [of for of, frame in filled.items() for _ in range(len(frame))]
        longest = sorted(
            zip(months, words.rows(frame), told.rows, strict=True), key=lambda told: told[1]["window_start"] - told[1]["window_end"]
        )
        for of, row, line in longest:
            found = {name: _plain(line[place], lang) for name, place in places.items()}
            if of == "prior":
                cells["period"].setdefault(_key(row), {"prior": found["value"]})
            else:
                cells[of].setdefault(_key(row), found)
    linked = {(*_key(row)[:2], row["plan"]) for row in here if "plan_via_link" in row["flags"]}
    for key, plan in _plans(dataset, whole, area, lang).items():
        if (*key[:2], plan.value) not in linked:
            cells["period"].setdefault(key, {}).setdefault("plan", plan)
    return _OnFile(cells, told.footnotes, told.note, told.quotes)


def _plain(cell: Cell, lang: str) -> Cell:
    """Take from a gap its footnote: one line below the table says what the symbol means."""
    return Cell(cell.text) if cell == replace(cell, value=None, text=term("display.symbol.not_on_file", lang)) else cell


def _plans(dataset: Dataset, whole: Period, area: str, lang: str) -> dict[Key, Cell]:
    """Give the plans on file, of several versions the last one."""
    plans = plans_in_force(dataset, whole.year, area=(area,)).sort_values("in_force_from", na_position="first", kind="stable")
    decimals = dataset["indicators"].set_index("code")["decimals"]
    return {
        _key(row): Cell(words.level_text(row["value"], int(decimals[row["indicator"]]), lang), row["value"])
        for row in words.rows(plans[plans["value_high"].isna()])
    }


def _key(row: Row) -> Key:
    return row["indicator"], row["breakdown"], row["price_basis"]


def _of_themes(dataset: Dataset, themes: list[str]) -> pd.DataFrame:
    catalogue = dataset["indicators"]
    return catalogue[catalogue["code"].isin(indicators_of(dataset, themes))]


def _with_parents(catalogue: pd.DataFrame, on_file: _OnFile) -> set[str]:
    """List the indicators of which anything is on file, and those they belong to."""
    parents = dict(zip(catalogue["code"], catalogue["parent"], strict=True))
    found = {code for code in parents if on_file.series(code)}
    reached = set(found)
    while found:
        found = {parents[code] for code in found if parents.get(code)} - reached
        reached |= found
    return reached


def _lines(
    dataset: Dataset, catalogue: pd.DataFrame, columns: Sequence[_Shown], on_file: _OnFile, lang: str
) -> Iterator[tuple[Cell, ...]]:
    gap = Cell(term("display.symbol.not_on_file", lang))
    for section, theme in enumerate(catalogue["theme"].drop_duplicates(), 1):
        yield _texts(columns, number=roman(section), indicator=words.named(theme, "theme", lang).upper())
        for number, row in _numbered(words.rows(catalogue[catalogue["theme"] == theme])):
            for key, texts in _of_indicator(dataset, row, on_file.series(row["code"]), lang):
                line = _texts(columns, **{"number": number, **texts})
                if key is None:
                    yield line
                else:
                    yield tuple(
                        cell if column.shows in texts or column.shows == "number" else on_file.cell(column, key, gap)
                        for column, cell in zip(columns, line, strict=True)
                    )


def _texts(columns: Sequence[_Shown], **texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(texts.get(column.shows, "")) for column in columns)


def _numbered(rows: Sequence[Row], parent: str = "", prefix: str = "") -> Iterator[tuple[str, Row]]:
    """Give each indicator its number; those that belong to another one of them come below it."""
    codes = {row["code"] for row in rows}
    children = [row for row in rows if (row["parent"] if row["parent"] in codes else "") == parent]
    for place, row in enumerate(children, 1):
        yield f"{prefix}{place}", row
        yield from _numbered(rows, row["code"], f"{prefix}{place}.")


def _of_indicator(dataset: Dataset, row: Row, series: set[Key], lang: str) -> Iterator[tuple[Key | None, dict[str, str]]]:
    """Give the lines of an indicator: on each price basis its total and, under "of which", its parts."""
    unit = str(dataset.names("units", lang)[row["unit"]])
    bases, parts = dataset.names("price_bases", lang), dataset.names("breakdowns", lang)
    on_bases = [basis for basis in bases.index if basis in {key[2] for key in series}]
    for place, basis in enumerate(on_bases or ["not_applicable"]):
        named = {f"label_{lang}": row[f"name_{lang}"], "price_basis": basis, f"price_basis_{lang}": bases[basis]}
        unnumbered = {"number": ""} if place else {}
        yield (row["code"], "total", basis), {"indicator": words.series_label(named, lang), "unit": unit, **unnumbered}
        below = [(row["code"], part, basis) for part in parts.index if part != "total" and (row["code"], part, basis) in series]
        if below:
            yield None, {"number": "", "indicator": term("figures.of_which", lang)}
        for key in below:
            yield key, {"number": "", "indicator": f"- {parts[key[1]]}", "unit": unit}


def _title(column: _Shown, whole: Period, cells: Sequence[Cell], lang: str) -> str:
    """Name a column; one is called an estimate as soon as one of its figures is, or if it will be one."""
    if column.shows not in ("value", "prior", "plan"):
        return term(f"figures.column.{column.shows}", lang)
    marks = {cell.mark for cell in cells if cell.value is not None}
    estimated = column.shows == "value" and (term("display.mark.estimate", lang) in marks or (column.estimated and not marks))
    when = format_period(_months(whole, "prior" if column.shows == "prior" else column.of), lang)
    return term(f"figures.column.{'estimate' if estimated else column.shows}", lang, period=when, year=whole.year)


def _renumbered(
    lines: Sequence[tuple[Cell, ...]], footnotes: Sequence[str]
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    """Keep the footnotes that are referred to, and number them as they come."""
    used = {old: new for new, old in enumerate(dict.fromkeys(note for line in lines for cell in line for note in cell.notes), 1)}
    rows = tuple(tuple(replace(cell, notes=tuple(used[note] for note in cell.notes)) for cell in line) for line in lines)
    return rows, tuple(footnotes[old - 1] for old in used)


def _note(rows: Iterable[tuple[Cell, ...]], left_out: int, told: str, lang: str) -> str:
    """Say below the table what its symbols mean, and what is left out, before the words of the house."""
    shown = {cell.text for line in rows for cell in line}
    symbols = {name: term(f"display.symbol.{name}", lang) for name in ("not_on_file", "not_computed")}
    keys = [term(f"figures.key.{name}", lang, symbol=symbol) for name, symbol in symbols.items() if symbol in shown]
    gaps = [term("figures.left_out", lang, count=left_out)] if left_out else []
    return "; ".join([*keys, *gaps, *filter(None, [told])])
