"""The workbook that an analyst fills in: one row for each figure of the catalogue, its codes locked, what is on file filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from bcanalysis.dataset.filled import COLUMNS, FIRST_ROW, HIDDEN, SETTINGS, SOURCE_FIELDS, Template
from bcanalysis.dataset.vintages import SERIES, speaking
from bcanalysis.files import written_aside
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bcanalysis.dataset.dataset import Dataset

_BLANK_ROWS = 20  # at the end, for series that are not listed
_STATUSES = ("estimate", "reported", "preliminary", "final")
_RANKS = ("statistics_office", "department", "government", "press")
_LISTS = "lists"
_WIDTHS = {"indicator": 24, "breakdown": 14, "price_basis": 14, "label": 78, "unit": 12, "status": 14, "source": 16, "note": 24}
_USUAL_WIDTH, _HEAD_HEIGHT = 15, 48
_FIGURES = ("prior", "plan", "first", "last", "whole")
_TYPED = (*_FIGURES, "status", "source", "note")


def write_template(dataset: Dataset, period: str, area: str, path: Path, lang: str = "vi") -> Path:
    """Write the workbook of one period and area.

    Parameters
    ----------
    dataset : Dataset
        The catalogues, and what is on file.
    period : str
        The period, such as ``2025H1``.
    area : str
        Code of the area.
    path : pathlib.Path
        The file to write.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    pathlib.Path
        The file. Prior figures and plans that are on file stand in it already.

    Raises
    ------
    UsageError
        If there is no such period or area.
    """
    from xlsxwriter import Workbook

    whole = Period.parse(period)
    dataset.require("areas", area)
    sheets = (term("intake.sheet.figures", lang), term("intake.sheet.sources", lang))
    words = {term(f"codes.status.{code}", lang): code for code in _STATUSES}
    words |= {term(f"codes.rank.{code}", lang): code for code in _RANKS}
    about = Template(str(whole), area, lang, sheets, words)
    rows = _rows(dataset, area)
    with written_aside(path) as aside, Workbook(str(aside), {"strings_to_numbers": False}) as book:
        sheet, sources, lists, hidden = (book.add_worksheet(name) for name in (*sheets, _LISTS, HIDDEN))
        _write_lists(lists, dataset, about)
        on_file = _write_figures(book, sheet, dataset, about, rows)
        _write_sources(book, sources, dataset, about)
        for line, cells in enumerate(replace(about, on_file=on_file).described()):
            hidden.write_row(line, 0, cells)
        lists.hide()
        hidden.very_hidden()
    return path


def own_source(area: str, period: str) -> str:
    """Name the source that a workbook is by itself."""
    return f"bieu-nhap-{Period.parse(period).name.lower()}-{area}"


def _rows(dataset: Dataset, area: str) -> pd.DataFrame:
    """List the series: those on file for the area, and the total of every other indicator of the catalogue."""
    statements = dataset["observations"]
    here = statements.loc[statements["area"] == area, SERIES[1:]].drop_duplicates()
    catalogue = dataset["indicators"]
    totals = catalogue.loc[~catalogue["code"].isin(here["indicator"]), ["code"]].rename(columns={"code": "indicator"})
    usual = statements.groupby("indicator")["price_basis"].agg(lambda bases: bases.mode().iloc[0])
    bases = totals["indicator"].map(usual).fillna("not_applicable")
    rows = pd.concat([here, totals.assign(breakdown="total", price_basis=bases)])
    order = {
        name: {code: place for place, code in enumerate(dataset[name]["code"])}
        for name in ("indicators", "breakdowns", "price_bases")
    }
    places = {"indicator": "indicators", "price_basis": "price_bases", "breakdown": "breakdowns"}
    keys = pd.DataFrame({column: rows[column].map(order[table]) for column, table in places.items()})
    return rows.iloc[keys.reset_index(drop=True).sort_values(list(places)).index].reset_index(drop=True)


def _write_figures(
    book: Workbook, sheet: Worksheet, dataset: Dataset, about: Template, rows: pd.DataFrame
) -> dict[tuple[int, str], tuple[str, dict[str, str]]]:
    lang = about.lang
    typed = {"locked": False, "bg_color": "#FFF9DB", "border": 1, "border_color": "#BFBFBF", "valign": "top"}
    shown = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
    grey = book.add_format({**shown, "font_color": "#8C8C8C", "font_size": 8})
    plain, open_cell = book.add_format(shown), book.add_format(typed)
    wrapped = book.add_format({**typed, "text_wrap": True, "num_format": "@"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#DDE7F3"}
    )
    numbers = {
        count: book.add_format({**typed, "num_format": "#,##0" + ("." + "0" * count if count else "")}) for count in range(5)
    }
    _write_top(book, sheet, dataset, about, wrapped)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(
            column, column, _WIDTHS.get(name, _USUAL_WIDTH), None, {"hidden": name in _FIGURES and not _used(name, about)}
        )
        sheet.write_string(FIRST_ROW - 1, column, _heading(name, about), head)
    sheet.set_row(FIRST_ROW - 1, _HEAD_HEIGHT)
    catalogue = dataset["indicators"].set_index("code")
    before = _before(dataset, about)
    on_file: dict[tuple[int, str], tuple[str, dict[str, str]]] = {}
    series = zip(rows["indicator"], rows["breakdown"], rows["price_basis"], strict=True)
    for row, codes in enumerate(series, FIRST_ROW):
        indicator = catalogue.loc[codes[0]]
        for column, text in enumerate((*codes, _label(dataset, codes, lang), dataset.names("units", lang)[indicator["unit"]])):
            sheet.write_string(row, column, text, grey if column < len(codes) else plain)
        number = numbers[int(indicator["decimals"])]
        for name in _TYPED:
            column = COLUMNS.index(name)
            sheet.write_blank(row, column, None, number if name in _FIGURES else wrapped)
            if (name, codes) in before:
                on_file[row + 1, name] = before[name, codes]
                sheet.write_number(row, column, float(before[name, codes][1]["value"]), number)
    last = FIRST_ROW + len(rows) + _BLANK_ROWS - 1
    for row in range(FIRST_ROW + len(rows), last + 1):
        for column in range(len(COLUMNS)):
            sheet.write_blank(row, column, None, open_cell)
    _add_choices(sheet, dataset, about, FIRST_ROW + len(rows), last)
    sheet.freeze_panes(FIRST_ROW, COLUMNS.index("unit"))
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    return on_file


def _used(name: str, about: Template) -> bool:
    return about.parts is not None or name not in ("first", "last")


def _heading(name: str, about: Template) -> str:
    whole, lang = Period.parse(about.period), about.lang
    parts = about.parts or (whole, whole)
    if name == "plan":
        return term("intake.head.plan", lang, year=whole.year)
    periods = {
        "prior": ("achieved", whole.prior_year),
        "first": ("achieved", parts[0]),
        "last": ("estimated", parts[1]),
        "whole": ("estimated", whole),
    }
    if name in periods:
        word, period = periods[name]
        return term(f"intake.head.{word}", lang, period=format_period(period, lang))
    return term(f"intake.head.{name}", lang)


def _write_top(book: Workbook, sheet: Worksheet, dataset: Dataset, about: Template, typed: Any) -> None:
    lang = about.lang
    title = term(
        "intake.title", lang, period=format_period(Period.parse(about.period), lang), area=dataset.names("areas", lang)[about.area]
    )
    sheet.write_string(0, COLUMNS.index("label"), title.upper(), book.add_format({"bold": True, "font_size": 14}))
    told = book.add_format({"italic": True, "font_color": "#595959"})
    for line, key in enumerate(("how.cells", "how.codes"), 1):
        sheet.write_string(line, COLUMNS.index("label"), term(f"intake.{key}", lang), told)
    named = book.add_format({"bold": True, "align": "right"})
    for name, (row, column) in SETTINGS.items():
        sheet.write_string(row, COLUMNS.index("label"), term(f"intake.setting.{name}", lang), named)
        text = own_source(about.area, about.period) if name == "source" else ""
        sheet.merge_range(row, column, row, column + 2, text, typed)


def _label(dataset: Dataset, codes: tuple[str, str, str], lang: str) -> str:
    indicator, breakdown, basis = codes
    parts = dataset.names("breakdowns", lang)[breakdown] if breakdown != "total" else ""
    name = dataset.names("indicators", lang)[indicator]
    prices = "" if basis == "not_applicable" else f" ({dataset.names('price_bases', lang)[basis]})"
    return f"    - {parts}{prices}" if parts else f"{name}{prices}"


def _before(dataset: Dataset, about: Template) -> dict[tuple[str, tuple[str, str, str]], tuple[str, dict[str, str]]]:
    """Give the rows on file that a cell of the workbook repeats, by column and series."""
    whole = Period.parse(about.period)
    found: dict[tuple[str, tuple[str, str, str]], tuple[str, dict[str, str]]] = {}
    prior = dataset.statements
    prior = prior[
        (prior["area"] == about.area) & (prior["period"] == str(whole.prior_year)) & prior["value"].notna() & ~prior["corrected"]
    ]
    prior = prior[
        (prior["window_start"] == pd.Timestamp(whole.prior_year.start))
        & (prior["window_end"] == pd.Timestamp(whole.prior_year.end))
    ]
    plans = dataset["plans"]
    plans = plans[
        (plans["area"] == about.area)
        & (plans["year"] == whole.year)
        & (plans["target_kind"] == "level")
        & plans["value_high"].isna()
    ]
    latest = plans.sort_values(["valid_from", "decided_on"], na_position="first", kind="stable").drop_duplicates(
        SERIES, keep="last"
    )
    for name, table, rows in (("prior", "observations", speaking(prior) if len(prior) else prior), ("plan", "plans", latest)):
        told = rows[list(dataset[table].columns)]
        for record in told.to_dict("records"):
            codes = (record["indicator"], record["breakdown"], record["price_basis"])
            found[name, codes] = (table, {str(column): _cell(value) for column, value in record.items()})
    return found


def _cell(value: Any) -> str:
    """Write a typed cell as the tables do."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.15g}" if value % 1 else f"{value:.0f}"
    return "" if pd.isna(value) else str(value)


def _write_sources(book: Workbook, sheet: Worksheet, dataset: Dataset, about: Template) -> None:
    lang = about.lang
    head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1})
    typed = book.add_format({"locked": False, "bg_color": "#FFF9DB", "border": 1, "border_color": "#BFBFBF", "num_format": "@"})
    for column, name in enumerate(SOURCE_FIELDS):
        sheet.write_string(0, column, term(f"intake.source.{name}", lang), head)
        for row in range(1, _BLANK_ROWS + 1):
            sheet.write_blank(row, column, None, typed)
    names = {"period": format_period(Period.parse(about.period), lang), "area": dataset.names("areas", lang)[about.area]}
    own = (
        own_source(about.area, about.period),
        term("intake.source.own_title", lang, **names),
        term("intake.source.own_publisher", lang),
    )
    sheet.write_row(1, 0, [*own, term("codes.rank.department", lang)], typed)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(SOURCE_FIELDS) - 1, 28)
    ranks = [word for word, code in about.words.items() if code in _RANKS]
    sheet.data_validation(
        1, SOURCE_FIELDS.index("rank"), _BLANK_ROWS, SOURCE_FIELDS.index("rank"), {"validate": "list", "source": ranks}
    )
    sheet.protect()


def _write_lists(sheet: Worksheet, dataset: Dataset, about: Template) -> None:
    for column, codes in enumerate(_lists(dataset, about).values()):
        sheet.write_column(0, column, codes)


def _lists(dataset: Dataset, about: Template) -> dict[str, list[str]]:
    sources = [own_source(about.area, about.period), *dataset["sources"]["code"]]
    tables = {"indicator": "indicators", "breakdown": "breakdowns", "price_basis": "price_bases"}
    return {**{column: list(dataset[table]["code"]) for column, table in tables.items()}, "source": sources}


def _add_choices(sheet: Worksheet, dataset: Dataset, about: Template, first_open: int, last: int) -> None:
    """Add the drop-down lists, and refuse in figures what is neither a number nor a symbol."""
    lang = about.lang
    refused = {"error_message": term("intake.refused.choice", lang), "ignore_blank": True}
    for place, (name, codes) in enumerate(_lists(dataset, about).items()):
        letter = chr(ord("A") + place)
        listed = {"validate": "list", "source": f"={_LISTS}!${letter}$1:${letter}${len(codes)}", **refused}
        column = COLUMNS.index(name)
        sheet.data_validation(
            FIRST_ROW if name == "source" else first_open, column, last, column, listed | {"error_type": "warning"}
        )
        if name == "source":
            sheet.data_validation(*SETTINGS["source"], *SETTINGS["source"], listed | {"error_type": "warning"})
    statuses = [word for word, code in about.words.items() if code in _STATUSES]
    column = COLUMNS.index("status")
    sheet.data_validation(FIRST_ROW, column, last, column, {"validate": "list", "source": statuses, **refused})
    first, final = COLUMNS.index("prior"), COLUMNS.index("whole")
    cell = f"{chr(ord('A') + first)}{FIRST_ROW + 1}"
    number = {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({cell}),{cell}="-",{cell}="...")',
        "error_message": term("intake.refused.number", lang),
    }
    sheet.data_validation(FIRST_ROW, first, last, final, number)
