"""Tables: a comparison as an official table with footnotes, and any frame with its codes in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.display import words
from bcanalysis.display.listings import LISTINGS, NUMERIC, heading, in_words
from bcanalysis.display.quotes import quotes
from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.display.words import Row, known
from bcanalysis.display.workings import workings
from bcanalysis.errors import UsageError, nearest
from bcanalysis.wording.numbers import format_number
from bcanalysis.wording.sentences import footnotes
from bcanalysis.wording.terms import term

__all__ = ["Cell", "Column", "Table", "table", "table_comparison"]

_NUMERIC = {"value", "prior", "growth", "growth_computed", "plan", "plan_pct"}
_COLUMNS = ("indicator", "unit", "value", "prior", "growth", "growth_computed", "plan", "plan_pct", "notes")
_NOT_ON_FILE = {"no_prior", "no_plan"}
_MOST_DECIMALS, _MOST_PCT_DECIMALS = 3, 2

# The kinds of codes a column may hold, by the last word of its name.
_KINDS = {
    "class": ("conflict", "flag"),
    "flags": ("flag",),
    "kind": ("kind", "identity_kind", "link_kind", "target_kind"),
    "verdict": ("verdict", "identity"),
    "form": ("growth_form", "plan_form"),
    "body": ("plan_body",),
    "origin": ("origin", "window_origin"),
}
# A column of codes gives way to the column of their names.
_NAMED_BY = {
    "indicator": "label",
    "breakdown": "breakdown",
    "price_basis": "price_basis",
    "unit": "unit",
    "area": "area",
    "source": "source_title",
}


class _Notes:
    """The footnotes of one table; the same words have the same number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        sentence = text[:1].upper() + text[1:]
        sentence = sentence if sentence.endswith(".") else f"{sentence}."
        return self._numbers.setdefault(sentence, len(self._numbers) + 1)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._numbers)


def table_comparison(comparison: pd.DataFrame, lang: str = "vi") -> Table:
    """Set a comparison as a table: achieved, prior year, growth as printed and as computed, plan, and the notes.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of a comparison, one row a series.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    Table
        One row a series, in the order given. Numbers stand as precisely as they were printed; a prior or a plan that is
        not on file stands as the interval that the printed percents imply. A cell without a number has a symbol ("..."
        not on file, "x" cannot be computed, "-" nothing occurred) and a footnote that says why.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> exports = bc.table_comparison(bc.compare(bc.load(), "2018H1", indicators=["export_value"]))
    >>> [cell.plain for cell in exports.rows[0][:4]]
    ['Kim ngạch xuất khẩu', 'triệu USD', 'ước 3.140', 'suy ra [2.946,5; 2.950,2]']
    """
    title = term("display.table.title", lang)
    columns = tuple(Column(term(f"display.table.{name}", lang), name in _NUMERIC) for name in _COLUMNS)
    if comparison.empty:
        return Table(title, columns, (), (), term("display.nothing", lang), lang)
    notes = _Notes()
    table = words.rows(comparison)
    rows = tuple(_row(row, name, notes, lang) for row, name in zip(table, words.names_of(table, lang), strict=True))
    marks = {cell.mark for row in rows for cell in row}
    keys = [name for name in ("estimate", "preliminary", "printed", "implied") if term(f"display.mark.{name}", lang) in marks]
    note = ". ".join([*filter(None, ["; ".join(term(f"display.key.{name}", lang) for name in keys)]), *_sources(comparison, lang)])
    return Table(f"{title}, {words.heading(comparison, lang)}", columns, rows, notes.texts, note, lang, quotes(comparison, lang))


def _sources(comparison: pd.DataFrame, lang: str) -> list[str]:
    """Name the sources of the figures, each once, with the day they were stated where it is known."""
    told = dict.fromkeys((row.get("source_title"), row.get("stated_on")) for row in words.rows(comparison))
    names = [f"{title} ({words.date_text(day, lang)})" if known(day) else str(title) for title, day in told if known(title)]
    return [term("display.table.sources", lang, names="; ".join(names))] if names else []


def _row(row: Row, name: str, notes: _Notes, lang: str) -> tuple[Cell, ...]:
    origins = workings(row, lang)
    cells = (
        Cell(name),
        Cell(str(row[f"unit_{lang}"])),
        _value(row, notes, lang),
        _level(row, "prior", "growth_reason", "no_prior", notes, lang),
        _growth(row, notes, lang),
        _growth_computed(row, notes, lang),
        _level(row, "plan", "plan_reason", "no_plan", notes, lang),
        _plan_pct(row, notes, lang),
        Cell("", notes=tuple(dict.fromkeys(notes.number(text) for text in footnotes(row, lang)))),
    )
    return tuple(replace(cell, origin=origins.get(name, ())) for name, cell in zip(_COLUMNS, cells, strict=True))


def _value(row: Row, notes: _Notes, lang: str) -> Cell:
    if not known(row["value"]):
        code = row["missing"] if known(row["missing"]) else "unknown"
        symbol = words.named(code, "missing_symbol", lang) or term("display.symbol.blank", lang)
        return Cell(symbol, notes=(notes.number(words.named(code, "missing", lang)),))
    status = row["status"] if row["status"] in ("estimate", "preliminary") else None
    mark = term(f"display.mark.{status}", lang) if status else ""
    return Cell(words.value_text(row, lang), row["value"], mark)


def _level(row: Row, name: str, reason: str, otherwise: str, notes: _Notes, lang: str) -> Cell:
    """Give the prior level or the plan: on file, else the implied interval, else why not."""
    decimals = int(row["decimals"])
    if known(row[name]):
        return Cell(words.level_text(row[name], decimals, lang), row[name])
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if known(low) and known(high):
        more = words.decimals_printed(row["half_unit"], decimals) + 1
        return Cell(words.bracket_text(low, high, more, lang), mark=term("display.mark.implied", lang))
    code = row[reason] if known(row[reason]) and row[reason] not in ("rate", "no_value") else otherwise
    return _absent(code, notes, lang)


def _growth(row: Row, notes: _Notes, lang: str) -> Cell:
    if not known(row["growth_pct"]):
        if known(row["difference_pp"]):
            points = format_number(row["difference_pp"], 1, lang, signed=True)
            return Cell(term("display.table.points", lang, text=points), row["difference_pp"])
        return _absent(row["growth_reason"], notes, lang)
    return _headline(row, "growth", lang)


def _headline(row: Row, stem: str, lang: str) -> Cell:
    value = row[f"{stem}_pct"]
    if row[f"{stem}_origin"] == "printed":
        decimals = words.decimals_printed(row[f"{stem}_half_unit"], 1)
        text = words.qualified(format_number(value, decimals, lang), row[f"{stem}_qualifier"], lang)
        return Cell(text, value, term("display.mark.printed", lang))
    return Cell(format_number(value, words.computed_decimals(row, stem), lang), value)


def _growth_computed(row: Row, notes: _Notes, lang: str) -> Cell:
    value = row["growth_computed_pct"]
    if not known(value):
        return _absent(row["growth_reason"], notes, lang)
    return Cell(_judged(format_number(value, words.computed_decimals(row, "growth"), lang), row["growth_verdict"], lang), value)


def _plan_pct(row: Row, notes: _Notes, lang: str) -> Cell:
    if not known(row["plan_pct"]):
        return _absent(row["plan_reason"], notes, lang)
    cell = _headline(row, "plan", lang)
    verdict = row["plan_verdict"] if row["plan_verdict"] == "disagree" else None
    return Cell(_judged(cell.text, verdict, lang), cell.value, cell.mark)


def _judged(text: str, verdict: Any, lang: str) -> str:
    return f"{text} ({words.named(verdict, 'verdict', lang)})" if known(verdict) else text


def _absent(reason: Any, notes: _Notes, lang: str) -> Cell:
    """Give the symbol of a figure that is not there, and the footnote that says why."""
    code = reason if known(reason) else "no_value"
    symbol = "not_on_file" if code in _NOT_ON_FILE else "not_computed"
    return Cell(term(f"display.symbol.{symbol}", lang), notes=(notes.number(words.named(code, "reason", lang)),))


def table(frame: pd.DataFrame, title: str, lang: str = "vi", columns: Sequence[str] | None = None) -> Table:
    """Set any frame as a table: headings, codes, numbers, dates and periods in words.

    Parameters
    ----------
    frame : pandas.DataFrame
        The first column names the rows; the index is not shown.
    title : str
        The caption; or the name of a house listing, which has a caption and columns of its own: ``conflicts``, ``corrections``,
        ``gaps``, ``identities``, ``pace``, ``readings``; ``second_half`` and ``past_halves`` of a second half; ``provinces`` and
        ``coverage`` of areas side by side, ``merged`` of a merged one; ``sets``, ``remainders``, ``intervals`` and ``revisions`` of
        statements taken together; ``statuses`` and ``verdicts`` of a comparison.
    lang : {"vi", "en"}
        Language.
    columns : sequence of str, optional
        Which columns, in which order; ``label`` stands for ``label_vi`` or ``label_en``. By default those of the
        listing, as far as there is something in them, or else all of them; in one language, with names instead of codes.

    Returns
    -------
    Table
        Percents have two decimals at the most, other numbers three; years have no separators. What is missing is left
        blank.

    Raises
    ------
    UsageError
        If a column is not in the frame.

    Examples
    --------
    >>> print(table(pd.DataFrame({"year": [2018], "growth_verdict": ["disagree"]}), "Kiểm tra", columns=["year"]))
    Kiểm tra
    <BLANKLINE>
    Năm
    2018
    """
    note = term("display.no_rows", lang) if frame.empty else ""
    if title in LISTINGS and columns is None:
        texts = in_words(title, frame, lang)
        heads = tuple(Column(heading(title, str(key), lang), key in NUMERIC) for key in texts)
        cells = tuple(tuple(Cell(text) for text in row) for row in texts.itertuples(index=False, name=None))
        return Table(heading(title, "title", lang), heads, cells, (), note, lang, quotes(frame, lang))
    names = [_column(frame, name, lang) for name in columns] if columns is not None else _in_one_language(frame, lang)
    heads = tuple(Column(_heading(name, lang), _is_numeric(frame[name], name)) for name in names)
    rows = tuple(tuple(_cell(name, row, lang) for name in names) for row in words.rows(frame))
    return Table(title, heads, rows, (), note, lang, quotes(frame, lang))


def _column(frame: pd.DataFrame, name: str, lang: str) -> str:
    found = next((column for column in (name, f"{name}_{lang}") if column in frame), None)
    if found is None:
        raise UsageError(f'table: got column "{name}"; expected one of the frame. {nearest(name, map(str, frame.columns))}')
    return found


def _in_one_language(frame: pd.DataFrame, lang: str) -> list[str]:
    other = "_en" if lang == "vi" else "_vi"
    present = {str(name) for name in frame.columns}

    def gives_way(name: str) -> bool:
        named = _NAMED_BY.get(name, name)
        return name == "decimals" or bool({named, f"{named}_{lang}"} & (present - {name}))

    return [str(name) for name in frame.columns if not str(name).endswith(other) and not gives_way(str(name))]


def _heading(name: str, lang: str) -> str:
    stem = name.removesuffix(f"_{lang}")
    found = (words.word(f"column.{key}", lang) for key in (name, stem))
    return next((text for text in found if text), stem.replace("_", " "))


def _is_numeric(column: pd.Series[Any], name: str) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)) and name != "year"


def _cell(name: str, row: Row, lang: str) -> Cell:
    value = row[name]
    if isinstance(value, (tuple, list)):
        return Cell("; ".join(_text(name, part, lang) for part in value))
    if not known(value):
        return Cell("")
    if isinstance(value, (bool, np.bool_)):
        return Cell(term("display.yes" if value else "display.no", lang))
    if isinstance(value, (int, float, np.number)):
        number = float(value)
        return Cell(str(int(number))) if name == "year" else Cell(_number(name, number, row, lang), number)
    return Cell(_text(name, value, lang))


def _number(name: str, value: float, row: Row, lang: str) -> str:
    """Write a number: in full where that is short, else with the decimals its column deserves."""
    if not np.isfinite(value):
        return "∞" if value > 0 else "-∞"
    exact = format_number(value, None, lang)
    if name.endswith("half_unit"):
        return exact
    if name.endswith(("_pct", "_pp")) or name.startswith("share"):
        most = _MOST_PCT_DECIMALS
    elif name.endswith(("_low", "_high")) and known(row.get("decimals")) and not name.startswith("ratio"):
        most = int(row["decimals"]) + 1
    else:
        most = _MOST_DECIMALS
    return min(exact, format_number(value, most, lang), key=len)


def _text(name: str, value: Any, lang: str) -> str:
    if isinstance(value, date):
        return words.date_text(value.isoformat()[:10], lang)
    text, last = str(value), name.rpartition("_")[2]
    if last == "on":
        return words.date_text(text, lang)
    if last == "period":
        return _period(text, lang)
    if last == "qualifier":
        return words.qualified("", text, lang).strip()
    found = (words.word(f"{kind}.{text}", lang) for kind in _KINDS.get(last, (last,)))
    return next((named for named in found if named), text)


def _period(text: str, lang: str) -> str:
    try:
        return words.period_text(text, lang)
    except UsageError:
        return text
