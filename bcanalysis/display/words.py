"""What charts and tables say about one row of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

import pandas as pd

from bcanalysis.periods import Period
from bcanalysis.wording import statement
from bcanalysis.wording.numbers import (
    decimals_of,
    decimals_to_tell_apart,
    format_interval,
    format_number,
    format_percent,
    format_period,
    format_points,
    format_short_date,
)
from bcanalysis.wording.terms import group, term

Row = Mapping[str, Any]

_FEW = 3  # letters: a decimal separator and two decimals


def known(value: Any) -> bool:
    """Tell whether a cell holds something: not None, not NaN, not an empty text."""
    return value is not None and value is not pd.NA and value is not pd.NaT and value == value and value != ""


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a frame, in order, each as a dictionary."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in frame.to_numpy(dtype=object).tolist()]


def word(key: str, lang: str) -> str | None:
    """Give the word for a code or a column, from the words of the codes or else of the display; None if there is none."""
    return next((term(f"{name}.{key}", lang) for name in ("codes", "display") if key in group(name)), None)


def named(code: Any, kind: str, lang: str) -> str:
    """Give the name of a code, or the code itself where it has none.

    Parameters
    ----------
    code : str
        For example ``no_prior``.
    kind : str
        Its kind: ``reason``, ``status``, ``verdict``, ``flag``, ...
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        The words.
    """
    found = word(f"{kind}.{code}", lang)
    return str(code) if found is None else found


def decimals_printed(half_unit: Any, otherwise: int) -> int:
    """Count the decimals of a printed number; `otherwise` where its half-unit is not known."""
    return decimals_of(half_unit) if known(half_unit) else otherwise


def series_label(row: Row, lang: str) -> str:
    """Name a series: indicator, breakdown, price basis.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        For example ``Giá trị sản xuất công nghiệp – Kinh tế nhà nước (giá hiện hành)``.
    """
    text = str(row[f"label_{lang}"])
    if known(row.get(f"breakdown_{lang}")):
        text += f" – {row[f'breakdown_{lang}']}"
    if known(row.get(f"price_basis_{lang}")) and row.get("price_basis") != "not_applicable":
        text += f" ({row[f'price_basis_{lang}']})"
    return text


def names_of(table: Sequence[Row], lang: str) -> list[str]:
    """Name the series of rows; where they are of several areas or periods, each with its area or its period first."""
    areas = len({row.get("area") for row in table}) > 1
    periods = len({row.get("period") for row in table}) > 1

    def place(row: Row) -> str:  # numpydoc ignore=GL08
        named = [*([str(row[f"area_{lang}"])] if areas else []), *([period_text(row["period"], lang)] if periods else [])]
        return f"{', '.join(named)}: " if named else ""

    return [place(row) + series_label(row, lang) for row in table]


def qualified(text: str, qualifier: Any, lang: str) -> str:
    """Put the printed word ("trên", "gần", ...) before a number, in the language of the page."""
    return statement.qualified(str(qualifier), text, lang) if known(qualifier) else text


def value_text(row: Row, lang: str) -> str:
    """Say the value with the decimals printed and its qualifier, without unit or status."""
    decimals = decimals_printed(row.get("half_unit"), int(row["decimals"]) if known(row.get("decimals")) else 0)
    return qualified(format_number(row["value"], decimals, lang), row.get("qualifier"), lang)


def level_text(value: float, decimals: int, lang: str) -> str:
    """Say a level whose printed form is not in the row: its own digits when they are few, else the usual decimals."""
    exact = format_number(value, None, lang)
    usual = format_number(value, decimals, lang)
    return exact if len(exact) <= len(usual) + _FEW else usual


def printed_pct_text(row: Row, stem: str, lang: str, signed: bool = False) -> str:
    """Say a printed percent, growth or plan, as precisely as it was printed.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    stem : {"growth", "plan"}
        Which percent.
    lang : {"vi", "en"}
        Language.
    signed : bool
        Print ``+`` before a positive percent.

    Returns
    -------
    str
        For example ``trên 27,6%``.
    """
    decimals = decimals_printed(row.get(f"{stem}_half_unit"), 1)
    return qualified(format_percent(row[f"{stem}_printed_pct"], decimals, lang, signed), row.get(f"{stem}_qualifier"), lang)


def computed_pct_text(row: Row, stem: str, lang: str, signed: bool = False) -> str:
    """Say a computed percent, growth or plan."""
    return format_percent(row[f"{stem}_computed_pct"], computed_decimals(row, stem), lang, signed)


def computed_decimals(row: Row, stem: str) -> int:
    """Count the decimals of a computed percent: one, as many as the printed one has, or what it takes not to seem a plan met."""
    decimals = max(1, decimals_printed(row.get(f"{stem}_half_unit"), 1))
    return decimals_to_tell_apart(row[f"{stem}_computed_pct"], 100, decimals) if stem == "plan" else decimals


def points_text(difference: float, lang: str, decimals: int | None = 1) -> str:
    """Say a difference of rates, with its sign."""
    return format_points(difference, decimals, lang, signed=True)


def bracket_text(low: float, high: float, decimals: int, lang: str) -> str:
    """Say an interval briefly, in brackets; in words where an end is open."""
    if not (isfinite(low) and isfinite(high)):
        return format_interval(low, high, decimals, lang)
    decimals = decimals_to_tell_apart(low, high, decimals)
    return f"[{format_number(low, decimals, lang)}; {format_number(high, decimals, lang)}]"


def date_text(stated_on: Any, lang: str) -> str:
    """Say the day of a statement; what is no full date is left as it is."""
    try:
        return format_short_date(date.fromisoformat(str(stated_on)), lang)
    except ValueError:
        return str(stated_on)


def period_text(period: Any, lang: str) -> str:
    """Say a period in words."""
    return format_period(Period.parse(str(period)), lang)


def heading(comparison: pd.DataFrame, lang: str) -> str:
    """Say what a comparison is about: area and period; several of them are all named."""
    areas = [str(area) for area in comparison[f"area_{lang}"].drop_duplicates()]
    periods = [period_text(period, lang) for period in comparison["period"].drop_duplicates()]
    return ", ".join([*areas, *periods])


def hover_text(row: Row, stem: str, lang: str) -> list[str]:
    """Say all that is behind a bar, in full precision: figures, status, date, source.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    stem : {"growth", "plan"}
        What the bar shows.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    list of str
        Plain lines, the name of the series first.
    """

    def line(key: str, text: str) -> None:  # numpydoc ignore=GL08
        lines.append(term(f"display.hover.{key}", lang, text=text))

    lines = [series_label(row, lang)]
    unit = str(row[f"unit_{lang}"])
    if known(row["value"]):
        line("value", f"{value_text(row, lang)} {unit}")
    for origin in ("printed", "computed"):
        percent = row[f"{stem}_{origin}_pct"]
        if known(percent):
            text = format_percent(percent, None, lang) if origin == "computed" else printed_pct_text(row, stem, lang)
            line(f"{stem}_{origin}", text)
    against = "prior" if stem == "growth" else "plan"
    level = row_level(row, against, lang)
    if level:
        line(against, f"{level} {unit}")
    for key, text in provenance(row, lang):
        line(key, text)
    return lines


def provenance(row: Row, lang: str) -> list[tuple[str, str]]:
    """Say status, day and source of a figure, as far as they are known: pairs of key and text."""
    said = []
    if known(row["status"]):
        said.append(("status", named(row["status"], "status", lang)))
    if known(row["stated_on"]):
        said.append(("stated_on", date_text(row["stated_on"], lang)))
    if known(row["source"]):
        said.append(("source", str(row["source_title"] if known(row.get("source_title")) else row["source"])))
    return said


def row_level(row: Row, name: str, lang: str) -> str:
    """Say the prior level or the plan: on file, else the implied interval, else nothing.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    name : {"prior", "plan"}
        Which level.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        For example ``7.800`` or ``[51.819,4; 51.860,8]``; empty where nothing is known.
    """
    decimals = int(row["decimals"]) if known(row.get("decimals")) else 0
    if known(row[name]):
        return level_text(row[name], decimals, lang)
    if known(row[f"{name}_low"]) and known(row[f"{name}_high"]):
        return format_interval(row[f"{name}_low"], row[f"{name}_high"], decimals + 1, lang)
    return ""
