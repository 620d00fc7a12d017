"""The charts of growth and of percent of plan: one bar a series, from a comparison."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from bcanalysis.comparison.history import shares_beside
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display import bars, style, words
from bcanalysis.display.bars import Bar
from bcanalysis.display.words import Row, known
from bcanalysis.wording.numbers import format_percent
from bcanalysis.wording.terms import term

ENOUGH_YEARS = 3
WHOLE = 100.0
_BAND_THICK = bars.THICK + 6
_LINE_MARK = 1.4  # plotly draws a line mark this much longer than its size
_PAST_DIAMOND = 4


def chart_growth(comparison: pd.DataFrame, lang: str = "vi") -> go.Figure:
    """Draw growth against the same period of the prior year, one bar a series.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of a comparison, one row a series; growth in percent.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    plotly.graph_objects.Figure
        Printed growth is hatched, computed growth is solid; where the two disagree the other one is a diamond. A rate is drawn by
        its own value. A series without growth keeps its row and says why. Whiskers are the rounding of a printed number. The text
        alternative is ``layout.meta["alt"]``.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> chart_growth(bc.compare(bc.load(), "2018H1", indicators=["export_value"])).data[0].x
    (6.5,)
    """
    title = term("display.growth.title", lang)
    if comparison.empty:
        return style.blank(title, "", [term("display.nothing", lang)], lang=lang)
    table = words.rows(comparison)
    drawn = [_bar(row, name, "growth", lang) for row, name in zip(table, words.names_of(table, lang), strict=True)]
    return _chart(drawn, "growth", title, words.heading(comparison, lang), lang)


def chart_plan(
    comparison: pd.DataFrame, lang: str = "vi", expected: pd.DataFrame | None = None, dataset: Dataset | None = None
) -> go.Figure:
    """Draw the percent of the annual plan, one bar a series, against the whole plan and against past years.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of a comparison, one row a series.
    lang : {"vi", "en"}
        Language.
    expected : pandas.DataFrame, optional
        Share of the year that the same period had in past years: ``indicator``, ``breakdown``, ``price_basis``, ``share_low``,
        ``share_high``, ``share_median`` (percent of the year), ``years`` (how many).
    dataset : Dataset, optional
        Where to take these shares from, if they are not given.

    Returns
    -------
    plotly.graph_objects.Figure
        A dashed line marks the whole plan. Past years are a band with their median where a series has at least three of them; where
        not, a note says that there is not enough data. There is no line at 50 % and no colour of praise or blame.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> figure = chart_plan(bc.compare(bc.load(), "2018H1", indicators=["export_value"]))
    >>> round(figure.data[0].x[0], 1)
    40.3
    """
    title = term("display.plan.title", lang)
    if comparison.empty:
        return style.blank(title, "", [term("display.nothing", lang)], lang=lang)
    table = words.rows(comparison)
    if expected is None and dataset is not None:
        expected = shares_beside(dataset, comparison)
    shares = _past_years(expected, table)
    names = words.names_of(table, lang)
    drawn = [_bar(row, name, "plan", lang, share) for row, name, share in zip(table, names, shares, strict=True)]
    return _chart(drawn, "plan", title, words.heading(comparison, lang), lang, shares)


def _bar(row: Row, name: str, stem: str, lang: str, share: Row | None = None) -> Bar:
    hover = words.hover_text(row, stem, lang)
    if share is not None:
        hover.append(_share_text(share, lang))
    if stem == "growth" and row["kind"] == "rate" and known(row["value"]):
        decimals = words.decimals_printed(row["half_unit"], int(row["decimals"]))
        text = words.qualified(format_percent(row["value"], decimals, lang), row["qualifier"], lang)
        return Bar(name, text, tuple(hover), "rate", row["value"], _whisker(row["half_unit"], row["qualifier"]))
    if not known(row[f"{stem}_pct"]):
        return Bar(name, _absence(row, stem, lang), tuple(hover))
    printed = row[f"{stem}_origin"] == "printed"
    texts = {"printed": words.printed_pct_text, "computed": words.computed_pct_text}
    kind, against = ("printed", "computed") if printed else ("computed", "printed")
    text, other = texts[kind](row, stem, lang), None
    if row[f"{stem}_verdict"] == "disagree" and known(row[f"{stem}_{against}_pct"]):
        other = float(row[f"{stem}_{against}_pct"])
        text += f" {'◆' if printed else '◇'} {texts[against](row, stem, lang)}"
    whisker = _whisker(row[f"{stem}_half_unit"], row[f"{stem}_qualifier"]) if printed else 0.0
    return Bar(name, text, tuple(hover), kind, float(row[f"{stem}_pct"]), whisker, other)


def _whisker(half_unit: Any, qualifier: Any) -> float:
    return float(half_unit) if known(half_unit) and not known(qualifier) else 0.0


def _absence(row: Row, stem: str, lang: str) -> str:
    reason = row[f"{stem}_reason"]
    text = words.named(reason, "reason", lang) if known(reason) else term("display.no_reason", lang)
    if stem == "growth" and known(row["difference_pp"]):
        text += "; " + words.points_text(row["difference_pp"], lang)
    return text


def _chart(drawn: list[Bar], stem: str, title: str, subtitle: str, lang: str, shares: list[Row | None] | None = None) -> go.Figure:
    """Draw growth, or percent of plan when the shares of past years (some of them, or none) are given."""
    plan, usable = shares is not None, shares or [None] * len(drawn)
    texts = [bars.wrap_text(bar.text) for bar in drawn]
    places = bars.stack([bar.name for bar in drawn], texts)
    reach = [_reach(bar, share) for bar, share in zip(drawn, usable, strict=True)]
    indents = [1 if bar.other is None else _PAST_DIAMOND for bar in drawn]
    span = bars.scale(
        [(end, style.text_width(text, indent)) for end, text, indent in zip(reach, texts, indents, strict=True)]
        + [(end, 0.0) for bar in drawn for end in bar.ends]
        + ([(WHOLE, 2.0 * style.GAP)] if plan else [])
    )
    keys = bars.key_names(drawn, {kind: term(f"display.{stem}.{kind}", lang) for kind in bars.KINDS})
    past = {key: style.wrap(term(f"display.plan.{key}", lang), bars.KEY_WIDTH) for key in ("expected", "median") if any(usable)}
    full = {"full": style.wrap(term("display.plan.full", lang), bars.KEY_WIDTH)} if plan else {}
    notes = _notes(drawn, usable, lang) if plan else []
    figure = style.canvas(
        title,
        subtitle,
        lang=lang,
        alt=_alt(title, subtitle, drawn, usable, notes, lang),
        plot_height=places.height,
        keys=[*past.values(), *keys.values(), *full.values()],
        notes=notes,
    )
    if past:
        _add_shares(figure, drawn, usable, places, past)
    bars.add_bars(figure, drawn, places, span, keys)
    bars.add_texts(figure, places, reach, texts, indents)
    bars.add_frame(figure, places, span, "%")
    if plan:
        line = {"color": style.RULE, "dash": "dash", "width": 2}
        figure.add_vline(x=WHOLE, line=line, name=full["full"], showlegend=True)
    return figure


def _reach(bar: Bar, share: Row | None) -> float:
    """Find the end of the ink at which the text of a bar stands."""
    ends = [*bar.ends, *([] if share is None else [float(share["share_high"])])]
    return min(ends) if bar.length < 0 and max(ends) <= 0 else max(ends)


def _past_years(expected: pd.DataFrame | None, table: list[dict[str, Any]]) -> list[Row | None]:
    """Find for each series its past years, where they are enough to be judged against."""
    if expected is None:
        return [None] * len(table)
    key = [name for name in ("area", "period", "indicator", "breakdown", "price_basis") if name in expected]
    enough = (row for row in words.rows(expected) if row["years"] >= ENOUGH_YEARS and known(row["share_median"]))
    past = {tuple(row[name] for name in key): row for row in enough}
    return [past.get(tuple(row[name] for name in key)) for row in table]


def _share_text(share: Row, lang: str) -> str:
    low, high, median = (format_percent(share[f"share_{end}"], 1, lang) for end in ("low", "high", "median"))
    return term("display.plan.expected_row", lang, years=int(share["years"]), low=low, high=high, median=median)


def _notes(drawn: list[Bar], shares: list[Row | None], lang: str) -> list[str]:
    lacking = [bar.name for bar, share in zip(drawn, shares, strict=True) if bar.kind and share is None]
    if not lacking:
        return []
    if len(lacking) == sum(bar.kind is not None for bar in drawn):
        return [term("display.plan.too_few", lang)]
    return [term("display.plan.too_few_for", lang, names="; ".join(lacking))]


def _add_shares(figure: go.Figure, drawn: list[Bar], shares: list[Row | None], places: bars.Stack, keys: dict[str, str]) -> None:
    mine = [(share, y, bar) for share, y, bar in zip(shares, places.bar_y, drawn, strict=True) if share is not None]
    at = [y for _, y, _ in mine]
    figure.add_bar(
        name=keys["expected"],
        orientation="h",
        base=[share["share_low"] for share, _, _ in mine],
        x=[share["share_high"] - share["share_low"] for share, _, _ in mine],
        y=at,
        width=_BAND_THICK,
        marker={"color": style.BAND},
        hoverinfo="skip",
    )
    figure.add_scatter(
        name=keys["median"],
        mode="markers",
        x=[share["share_median"] for share, _, _ in mine],
        y=at,
        marker={"symbol": "line-ns", "size": _BAND_THICK / _LINE_MARK, "line": {"color": style.AMBER_EDGE, "width": 3}},
        hovertext=[bars.hover(bar.hover) for _, _, bar in mine],
        hoverinfo="text",
    )


def _alt(title: str, subtitle: str, drawn: list[Bar], shares: list[Row | None], notes: list[str], lang: str) -> str:
    said = [
        f"{bar.name}: {bar.text}" + (f" ({_share_text(share, lang)})" if share is not None else "")
        for bar, share in zip(drawn, shares, strict=True)
    ]
    return " ".join([term("display.alt.bars", lang), f"{title}, {subtitle}.", f"{'; '.join(said)}.", *notes])
