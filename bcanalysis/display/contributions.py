"""The chart of contributions: a waterfall from the parts to the growth of their whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from bcanalysis.display import bars, style, words
from bcanalysis.display.style import AMBER, AMBER_EDGE, BLUE, CLEAR, GREY
from bcanalysis.display.words import Row, known
from bcanalysis.wording.numbers import decimals_to_tell_apart, format_number
from bcanalysis.wording.terms import term

_MARKERS: dict[str, dict[str, Any]] = {
    "up": {"color": BLUE, "line": {"color": BLUE, "width": 1.5}},
    "down": {
        "color": AMBER_EDGE,
        "line": {"color": AMBER_EDGE, "width": 1.5},
        "pattern": {"shape": "\\", "fillmode": "replace", "bgcolor": AMBER, "size": 6, "solidity": 0.25},
    },
    "residual": {
        "color": GREY,
        "line": {"color": GREY, "width": 1.5},
        "pattern": {"shape": ".", "fillmode": "replace", "bgcolor": CLEAR, "size": 6, "solidity": 0.4},
    },
    "total": {"color": style.BAND, "line": {"color": GREY, "width": 1.5}},
}
_DECIMALS = 2


def chart_contributions(contributions: pd.DataFrame, lang: str = "vi") -> go.Figure:
    """Draw what each part contributes to the growth of the whole, in percentage points.

    Parameters
    ----------
    contributions : pandas.DataFrame
        One row a part, then the residual and the total: ``role`` (part, residual, total), ``label_vi``, ``label_en``,
        ``contribution_pp``, ``low``, ``high``, ``method`` (levels, printed_growths, refused) and ``reason``.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    plotly.graph_objects.Figure
        A waterfall: each bar starts where the one before ended, the residual is a bar of its own, the total starts at
        zero. Whiskers and brackets are intervals. A refused part keeps its row and says why; when every part is refused
        there are no bars and the chart says why. The text alternative is ``layout.meta["alt"]``.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> dataset = bc.load()
    >>> figure = chart_contributions(bc.contributions(dataset, bc.compare(dataset, "2018H1"), "industrial_output"))
    >>> [trace.name for trace in figure.data if trace.type == "bar"]
    ['Làm tăng', 'Phần còn lại, chưa phân bổ', 'Tăng trưởng chung']
    """
    table = words.rows(contributions)
    title = _title(table, lang)
    parts = [row for row in table if row["role"] == "part"]
    if not table:
        return style.blank(title, "", [term("display.nothing", lang)], lang=lang)
    if not any(known(row["contribution_pp"]) for row in parts):
        reasons = [f"{_name(row, lang)}: {_reason(row, lang)}" for row in parts]
        return style.blank(title, "", [term("display.contributions.refused", lang), *reasons], lang=lang)
    starts = _starts(table)
    texts = [bars.wrap_text(_text(row, lang)) for row in table]
    places = bars.stack([_name(row, lang) for row in table], texts)
    ink = [_ink(row, start) for row, start in zip(table, starts, strict=True)]
    reach = [max(ends) if max(ends) >= 0 else min(ends) for ends in ink]
    span = bars.scale(
        [(end, style.text_width(text)) for end, text in zip(reach, texts, strict=True)]
        + [(end, 0.0) for ends in ink for end in ends]
    )
    keys = {
        kind: term(f"display.contributions.{kind}", lang)
        for kind in _MARKERS
        if kind in {_kind(row) for row in table if known(row["contribution_pp"])}
    }
    methods = dict.fromkeys(row["method"] for row in table if row["method"] in ("levels", "printed_growths"))
    notes = [term(f"display.contributions.{method}", lang) for method in methods]
    about = words.heading(contributions, lang) if "period" in contributions else ""
    unit = ": ".join(part for part in (about, term("display.contributions.unit", lang)) if part)
    said = "; ".join(f"{_name(row, lang)}: {_text(row, lang)}" for row in table)
    figure = style.canvas(
        title,
        unit,
        lang=lang,
        alt=" ".join([term("display.alt.waterfall", lang), f"{title}. {unit}: {said}.", *notes]),
        plot_height=places.height,
        keys=list(keys.values()),
        notes=notes,
    )
    _add_connectors(figure, table, starts, places)
    _add_bars(figure, table, starts, places, span, keys, lang)
    bars.add_texts(figure, places, reach, texts)
    bars.add_frame(figure, places, span)
    return figure


def _title(table: list[dict[str, Any]], lang: str) -> str:
    whole = [words.series_label(row, lang) for row in table if row["role"] == "total" and known(row[f"label_{lang}"])]
    return ": ".join([term("display.contributions.title", lang), *whole[:1]])


def _name(row: Row, lang: str) -> str:
    if row["role"] == "part":
        return str(row[f"label_{lang}"])
    with_gaps = row["role"] == "residual" and row.get("reason") == "parts_refused"
    return term("display.contributions.residual_with_gaps" if with_gaps else f"display.contributions.{row['role']}", lang)


def _reason(row: Row, lang: str) -> str:
    return words.named(row["reason"], "reason", lang) if known(row["reason"]) else term("display.no_reason", lang)


def _text(row: Row, lang: str) -> str:
    if not known(row["contribution_pp"]):
        return _reason(row, lang)
    if not _is_range(row):
        return format_number(row["contribution_pp"], _DECIMALS, lang, signed=True)
    decimals = decimals_to_tell_apart(row["low"], row["high"], _DECIMALS)
    point = format_number(row["contribution_pp"], decimals, lang, signed=True)
    return f"{point} {words.bracket_text(row['low'], row['high'], decimals, lang)}"


def _is_range(row: Row) -> bool:
    return known(row["low"]) and known(row["high"]) and row["low"] < row["high"]


def _kind(row: Row) -> str:
    return str(row["role"]) if row["role"] != "part" else "up" if row["contribution_pp"] >= 0 else "down"


def _starts(table: list[dict[str, Any]]) -> list[float]:
    """Say where each bar starts: where the one before ended, the total at zero."""
    starts, reached = [], 0.0
    for row in table:
        starts.append(0.0 if row["role"] == "total" else reached)
        if row["role"] != "total" and known(row["contribution_pp"]):
            reached += row["contribution_pp"]
    return starts


def _ink(row: Row, start: float) -> tuple[float, ...]:
    """Say where there is ink: from the start to the ends of bar and whisker; a reason stands at zero or beyond."""
    if not known(row["contribution_pp"]):
        return (max(start, 0.0),)
    return (start, *(start + row[name] for name in ("contribution_pp", "low", "high") if known(row[name])))


def _add_connectors(figure: go.Figure, table: list[dict[str, Any]], starts: list[float], places: bars.Stack) -> None:
    """Draw where one bar ends and the next begins; the names between them stay clear."""
    steps = [place for place, row in enumerate(table) if row["role"] != "total"]
    stubs = [
        (starts[after], *ends)
        for before, after in pairwise(steps)
        for ends in ((places.bar_y[before], places.zero_y[before][1]), (places.zero_y[after][0], places.bar_y[after]))
    ]
    figure.add_scatter(
        name="connectors",
        mode="lines",
        x=[x for at, _, _ in stubs for x in (at, at, None)],
        y=[y for _, top, bottom in stubs for y in (top, bottom, None)],
        line={"color": style.RULE, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_bars(
    figure: go.Figure,
    table: list[dict[str, Any]],
    starts: list[float],
    places: bars.Stack,
    span: tuple[float, float],
    keys: dict[str, str],
    lang: str,
) -> None:
    placed = [entry for entry in zip(table, starts, places.bar_y, strict=True) if known(entry[0]["contribution_pp"])]
    for kind, key in keys.items():
        mine = [entry for entry in placed if _kind(entry[0]) == kind]
        above = [row["high"] - row["contribution_pp"] if known(row["high"]) else 0.0 for row, _, _ in mine]
        below = [row["contribution_pp"] - row["low"] if known(row["low"]) else 0.0 for row, _, _ in mine]
        figure.add_bar(
            name=key,
            orientation="h",
            base=[start for _, start, _ in mine],
            x=[row["contribution_pp"] for row, _, _ in mine],
            y=[y for _, _, y in mine],
            width=bars.THICK,
            marker=_MARKERS[kind],
            error_x=bars.whiskers(above, below, span),
            hovertext=[bars.hover(_hover(row, lang)) for row, _, _ in mine],
            hoverinfo="text",
        )


def _hover(row: Row, lang: str) -> list[str]:
    lines = [_name(row, lang), words.points_text(row["contribution_pp"], lang, None)]
    if _is_range(row):
        lines.append(term("display.hover.range", lang, text=words.bracket_text(row["low"], row["high"], 3, lang)))
    return lines
