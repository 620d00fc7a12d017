"""The chart of one indicator over the years: every statement, and a line through those that speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from bcanalysis.display import bars, style, words
from bcanalysis.display.words import Row, known
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import format_interval, format_number
from bcanalysis.wording.terms import term

_SYMBOLS = {
    "final": "circle",
    "reported": "circle",
    "preliminary": "circle-open-dot",
    "estimate": "circle-open",
    "planned": "triangle-up-open",
    "forecast": "triangle-up-open",
}
_OTHER_SYMBOL = "diamond-open"
_PLOT_HEIGHT = 300
_VISIBLE = 0.01
_YEARS_LABELLED = 8


@dataclass(frozen=True)
class _Line:
    """The statements of one series, and how it is drawn."""

    name: str
    look: style.Series
    statements: tuple[Row, ...]

    @property
    def key(self) -> str:
        """Its name in the keys."""
        return style.wrap(self.name, bars.KEY_WIDTH)

    @property
    def comparable(self) -> bool:
        """Whether its years may be joined: what has no stated basis equals nothing, itself included."""
        return bool(self.statements[0]["price_basis"] != "not_stated")

    @property
    def joined(self) -> dict[int, Row]:
        """The statement of each year that is on the line: the one that speaks, if it speaks alone."""
        speaking = [row for row in self.statements if row["speaks"]]
        voices = Counter(row["year"] for row in speaking)
        return {row["year"]: row for row in speaking if voices[row["year"]] == 1}

    @property
    def loose(self) -> list[Row]:
        """The statements beside the line."""
        joined = self.joined
        return [row for row in self.statements if row is not joined.get(row["year"])]

    @property
    def years(self) -> range:
        """Every year from the first of the line to its last."""
        return range(min(self.joined), max(self.joined) + 1) if self.joined else range(0)


def chart_history(history: pd.DataFrame, lang: str = "vi") -> go.Figure:
    """Draw the level of one indicator over the years.

    Parameters
    ----------
    history : pandas.DataFrame
        One row a statement: ``period``, ``year``, ``value``, ``low``, ``high``, ``status``, ``speaks`` (bool),
        ``price_basis``, the names of a comparison, ``stated_on``, ``source``, ``source_title``. Statements without a
        value are left out.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    plotly.graph_objects.Figure
        One line for each price basis (and form of period), never joined across; it breaks at a year without a figure
        and at a year for which two statements speak. A basis that is not stated has marks and no line. The mark tells
        the status. Every statement is shown, those beside the line smaller. Whiskers are printed ranges wide enough to
        be seen. The text alternative is ``layout.meta["alt"]``.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> chart_history(bc.history(bc.load(), "export_value", "2018H1")).layout.title.text
    'Kim ngạch xuất khẩu qua các năm'
    """
    title = _title(history, lang)
    stated = history[history["value"].notna()] if len(history) else history
    if stated.empty:
        return style.blank(title, "", [term("display.nothing", lang)], lang=lang)
    table = sorted(words.rows(stated), key=lambda row: (row["year"], str(row["period"]), str(row["stated_on"]), str(row["source"])))
    series = _series(table, lang)
    loose = [(row, line.look.color) for line in series for row in line.loose]
    marks = _marks(table, lang)
    others = {"others": term("display.history.others", lang)} if loose else {}
    broken = any(len(line.joined) < len(line.years) for line in series if line.comparable)
    notes = [term("display.history.gap", lang)] if broken else []
    low, high = _span(table)
    figure = style.canvas(
        title,
        _subtitle(table, lang),
        lang=lang,
        alt=_alt(title, _subtitle(table, lang), series, notes, lang),
        plot_height=_PLOT_HEIGHT,
        keys=[*(line.key for line in series), *others.values(), *marks.values()],
        notes=notes,
        left=style.text_width(format_number(high, 0, lang)) + style.GAP,
    )
    tops = _tops(series)
    for line in series:
        _add_line(figure, line, tops, lang)
    if loose:
        _add_loose(figure, loose, others["others"], lang)
    for symbol, name in marks.items():
        figure.add_scatter(name=name, mode="markers", x=[None], y=[None], marker=_marker(symbol, 9, style.GREY), hoverinfo="skip")
    first, last = table[0]["year"], table[-1]["year"]
    step = -(-(last - first + 1) // _YEARS_LABELLED)
    figure.update_xaxes(range=(first - 0.6, last + 0.6), tick0=first, dtick=step, tickformat="d", showgrid=False, zeroline=False)
    figure.update_yaxes(range=(low, high), nticks=6)
    return figure


def _title(history: pd.DataFrame, lang: str) -> str:
    if history.empty:
        return term("display.history.title_plain", lang)
    return term("display.history.title", lang, name=", ".join(history[f"label_{lang}"].drop_duplicates()))


def _subtitle(table: Sequence[Row], lang: str) -> str:
    def distinct(column: str) -> list[str]:
        return list(dict.fromkeys(str(row[column]) for row in table if known(row.get(column))))

    ends = words.period_text(table[0]["period"], lang), words.period_text(table[-1]["period"], lang)
    span = ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
    return ", ".join([*distinct(f"area_{lang}"), *distinct(f"breakdown_{lang}"), span, *distinct(f"unit_{lang}")])


def _series(table: Sequence[Row], lang: str) -> list[_Line]:
    """Part the statements into series: breakdown, price basis and months of the year, in order of appearance."""
    several_parts = len({row.get("breakdown") for row in table}) > 1
    several_forms = len({_months(row) for row in table}) > 1
    found: dict[str, list[Row]] = {}
    for row in table:
        basis = {"not_applicable": "all", "not_stated": "not_stated"}.get(row["price_basis"])
        name = [term(f"display.history.{basis}", lang) if basis else str(row[f"price_basis_{lang}"])]
        if several_parts:
            name.insert(0, str(row[f"breakdown_{lang}"] if known(row[f"breakdown_{lang}"]) else row[f"label_{lang}"]))
        if several_forms:
            name.append(words.period_text(row["period"], lang).replace(str(row["year"]), "").strip())
        found.setdefault(", ".join(name), []).append(row)
    return [
        _Line(name, style.SERIES[place % len(style.SERIES)], tuple(statements))
        for place, (name, statements) in enumerate(found.items())
    ]


def _months(row: Row) -> tuple[int, int]:
    period = Period.parse(str(row["period"]))
    return period.first_month, period.last_month


def _symbol(row: Row | None) -> str:
    return _SYMBOLS.get(row["status"], _OTHER_SYMBOL) if row else _OTHER_SYMBOL


def _marks(table: Sequence[Row], lang: str) -> dict[str, str]:
    """Name the marks that occur by the statuses they stand for."""
    used = {row["status"] for row in table}
    statuses = [status for status in _SYMBOLS if status in used] + sorted(used - set(_SYMBOLS), key=str)
    names: dict[str, list[str]] = {}
    for status in statuses:
        names.setdefault(_SYMBOLS.get(status, _OTHER_SYMBOL), []).append(words.named(status, "status", lang))
    return {
        symbol: style.wrap(term("display.history.mark", lang, names=", ".join(said)), bars.KEY_WIDTH)
        for symbol, said in names.items()
    }


def _marker(symbol: str | list[str], size: int | list[int], color: str | list[str]) -> dict[str, Any]:
    return {"symbol": symbol, "size": size, "color": color, "line": {"color": color, "width": 2}}


def _span(table: Iterable[Row]) -> tuple[float, float]:
    ends = [row[name] for row in table for name in ("value", "low", "high") if known(row[name]) and isfinite(row[name])]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return 1.15 * low, 1.15 * high or 1.0


def _ends(line: _Line) -> set[int]:
    """Give the years whose values are written out: the first and the last."""
    return {min(line.joined), max(line.joined)} if line.joined else set()


def _tops(series: Iterable[_Line]) -> dict[int, float]:
    """Give the highest value written out for each year: it is written above its mark, the others below theirs."""
    tops: dict[int, float] = {}
    for line in series:
        for year in _ends(line):
            tops[year] = max(line.joined[year]["value"], tops.get(year, line.joined[year]["value"]))
    return tops


def _add_line(figure: go.Figure, line: _Line, tops: dict[int, float], lang: str) -> None:
    drawn = [line.joined.get(year) for year in line.years]
    ends, color = _ends(line), line.look.color
    years: list[int | None] = [*line.years]
    figure.add_scatter(
        name=line.key,
        mode="lines+markers+text" if line.comparable else "markers+text",
        x=years or [None],
        y=[row["value"] if row else None for row in drawn] or [None],
        text=[words.value_text(row, lang) if row and row["year"] in ends else "" for row in drawn],
        textposition=[
            "bottom center" if row and row["value"] < tops.get(row["year"], row["value"]) else "top center" for row in drawn
        ],
        cliponaxis=False,
        connectgaps=False,
        line={"color": color, "dash": line.look.dash, "width": 2.5},
        marker=_marker([_symbol(row) for row in drawn], 9, color),
        error_y=_whiskers(drawn, color),
        hovertext=[_hover(row, lang) if row else "" for row in drawn],
        hoverinfo="text",
    )


def _add_loose(figure: go.Figure, loose: Sequence[tuple[Row, str]], name: str, lang: str) -> None:
    rows = [row for row, _ in loose]
    figure.add_scatter(
        name=name,
        mode="markers",
        x=[row["year"] for row in rows],
        y=[row["value"] for row in rows],
        cliponaxis=False,
        marker=_marker([_symbol(row) for row in rows], [9 if row["speaks"] else 6 for row in rows], [c for _, c in loose]),
        error_y=_whiskers(rows, style.GREY),
        hovertext=[_hover(row, lang) for row in rows],
        hoverinfo="text",
    )


def _whiskers(drawn: Sequence[Row | None], color: str) -> dict[str, Any] | None:
    """Give the printed ranges as whiskers; None where none is wide enough to be seen."""

    def reach(row: Row | None, name: str) -> float:
        return abs(row[name] - row["value"]) if row and known(row[name]) and isfinite(row[name]) else 0.0

    above, below = ([reach(row, name) for row in drawn] for name in ("high", "low"))
    most = max((abs(row["value"]) for row in drawn if row), default=0.0)
    if max([*above, *below], default=0.0) <= _VISIBLE * most:
        return None
    return {"array": above, "arrayminus": below, "symmetric": False, "color": color, "thickness": 1.5, "width": 4}


def _hover(row: Row, lang: str) -> str:
    lines = [_say(row, lang)]
    if known(row["low"]) and known(row["high"]) and row["low"] < row["high"]:
        text = f"{format_interval(row['low'], row['high'], None, lang)} {row[f'unit_{lang}']}"
        lines.append(term("display.hover.range", lang, text=text))
    lines += [term(f"display.hover.{key}", lang, text=text) for key, text in words.provenance(row, lang)]
    return bars.hover(lines)


def _say(row: Row, lang: str) -> str:
    value = f"{words.value_text(row, lang)} {row[f'unit_{lang}']}"
    return term("display.history.row", lang, period=words.period_text(row["period"], lang), value=value)


def _alt(title: str, subtitle: str, series: Iterable[_Line], notes: Sequence[str], lang: str) -> str:
    said = [
        f"{line.name}: " + "; ".join(f"{_say(row, lang)} ({words.named(row['status'], 'status', lang)})" for row in line.statements)
        for line in series
    ]
    return " ".join([term("display.alt.lines", lang), f"{title}, {subtitle}.", *(f"{text}." for text in said), *notes])
