"""The chart of the second half: what the plan asks for as a multiple of the first half, beside what past years brought."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from bcanalysis.display import bars, style, words
from bcanalysis.display.bars import Bar
from bcanalysis.display.words import Row, known
from bcanalysis.wording.terms import term

_NEEDED = "computed"  # a solid bar
_BAND_THICK = bars.THICK + 6
_DECIMALS = 2


def chart_second_half(found: pd.DataFrame, lang: str = "vi") -> go.Figure:
    """Draw what the second half must bring as a multiple of the first, one bar a series, against the same ratio of past years.

    Parameters
    ----------
    found : pandas.DataFrame
        Result of :func:`bcanalysis.second_half`.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar to the middle of the possible ratios, its whisker from the lowest to the highest. Past years are a band where a series
        has at least three of them; where not, a note says so. There is no line at 1 and no colour of praise or blame.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> dataset = bc.load()
    >>> exports = bc.second_half(dataset, bc.compare(dataset, "2018H1", indicators=["export_value"]))
    >>> round(chart_second_half(exports).data[0].x[0], 2)
    1.48
    """
    title = term("display.second_half.title", lang)
    if found.empty:
        return style.blank(title, "", [term("display.second_half.nothing", lang)], lang=lang)
    table = words.rows(found)
    drawn = [_bar(row, name, lang) for row, name in zip(table, words.names_of(table, lang), strict=True)]
    texts = [bars.wrap_text(bar.text) for bar in drawn]
    places = bars.stack([bar.name for bar in drawn], texts)
    reach = [max(*bar.ends, row["past_ratio_high"] if _has_past(row) else 0.0) for row, bar in zip(table, drawn, strict=True)]
    span = bars.scale([(end, style.text_width(text)) for end, text in zip(reach, texts, strict=True)])
    keys = bars.key_names(drawn, {kind: term("display.second_half.needed", lang) for kind in bars.KINDS})
    past = style.wrap(term("display.second_half.past", lang), bars.KEY_WIDTH)
    banded = [(row, y) for row, y in zip(table, places.bar_y, strict=True) if _has_past(row)]
    notes = _notes(table, drawn, lang)
    subtitle = words.heading(found, lang)
    figure = style.canvas(
        title,
        subtitle,
        lang=lang,
        alt=_alt(title, subtitle, table, drawn, notes, lang),
        plot_height=places.height,
        keys=[*([past] if banded else []), *keys.values()],
        notes=notes,
    )
    if banded:
        figure.add_bar(
            name=past,
            orientation="h",
            base=[row["past_ratio_low"] for row, _ in banded],
            x=[row["past_ratio_high"] - row["past_ratio_low"] for row, _ in banded],
            y=[y for _, y in banded],
            width=_BAND_THICK,
            marker={"color": style.BAND},
            hoverinfo="skip",
        )
    bars.add_bars(figure, drawn, places, span, keys)
    bars.add_texts(figure, places, reach, texts)
    bars.add_frame(figure, places, span)
    return figure


def _bar(row: Row, name: str, lang: str) -> Bar:
    hover = (name, *([_past_text(row, lang)] if _has_past(row) else []))
    if row["remaining_high"] == 0:
        return Bar(name, term("listings.met", lang), hover, _NEEDED, 0.0)
    if not known(row["ratio_low"]):
        return Bar(name, term("display.second_half.open", lang), hover)
    low, high = row["ratio_low"], row["ratio_high"]
    text = words.bracket_text(low, high, _DECIMALS, lang)
    return Bar(
        name,
        text,
        (name, term("display.second_half.hover", lang, text=text), *hover[1:]),
        _NEEDED,
        (low + high) / 2,
        (high - low) / 2,
    )


def _has_past(row: Row) -> bool:
    return known(row["past_ratio_low"])


def _past_text(row: Row, lang: str) -> str:
    text = words.bracket_text(row["past_ratio_low"], row["past_ratio_high"], _DECIMALS, lang)
    return term("display.second_half.past_row", lang, years=int(row["past_years"]), text=text)


def _notes(table: Sequence[Row], drawn: Sequence[Bar], lang: str) -> list[str]:
    lacking = [bar.name for row, bar in zip(table, drawn, strict=True) if not _has_past(row)]
    if not lacking:
        return []
    if len(lacking) == len(table):
        return [term("display.second_half.too_few", lang)]
    return [term("display.second_half.too_few_for", lang, names="; ".join(lacking))]


def _alt(title: str, subtitle: str, table: Sequence[Row], drawn: Sequence[Bar], notes: Sequence[str], lang: str) -> str:
    said = [
        f"{bar.name}: {bar.text}" + (f" ({_past_text(row, lang)})" if _has_past(row) else "")
        for row, bar in zip(table, drawn, strict=True)
    ]
    return " ".join([term("display.alt.bars", lang), f"{title}, {subtitle}.", f"{'; '.join(said)}.", *notes])
