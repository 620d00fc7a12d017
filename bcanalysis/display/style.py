"""One look for every chart: light, dark and grey print; desk, phone and paper.

Nothing here is registered with plotly or changes its defaults. A chart is laid out in pixels from the top: title, plot,
scale, notes, keys, each below the other, so that nothing overlaps at any width from 360 pixels up. Colours are told
apart by lightness too, and never alone: patterns, markers and dashes carry the same meaning. Backgrounds are
transparent; the page decides them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

FONT = "Segoe UI, Roboto, Noto Sans, Helvetica Neue, Liberation Sans, Arial, sans-serif"
SEPARATORS = {"vi": ",.", "en": ".,"}

BLUE, AMBER, TEAL, PURPLE, GREY = "#2f74b5", "#f2b04e", "#1f9e89", "#8f5fbf", "#767676"
AMBER_EDGE = "#a86a00"
BAND = "rgba(127,127,127,0.4)"
RULE = "rgba(127,127,127,0.8)"
GRID = "rgba(127,127,127,0.25)"
CLEAR = "rgba(0,0,0,0)"

LINE = 16
GAP = 12
NARROW = 336
_TITLE, _SUBTITLE, _SCALE, _KEY = 22, 17, 28, 19
_LETTER = 6.3


@dataclass(frozen=True)
class Series:
    """How one of several lines is drawn, so that it is told apart without its colour.

    Parameters
    ----------
    color : str
        Colour of line and marker.
    dash : str
        Plotly name of the dash.
    """

    color: str
    dash: str


SERIES = (
    Series(BLUE, "solid"),
    Series(AMBER_EDGE, "dash"),
    Series(TEAL, "dot"),
    Series(PURPLE, "dashdot"),
    Series(GREY, "longdash"),
)


def wrap(text: str, width: int, balanced: bool = False) -> str:
    """Break a text into lines and make it harmless for plotly, which reads some HTML.

    Parameters
    ----------
    text : str
        Plain text.
    width : int
        Letters a line may have; a longer word keeps its line to itself.
    balanced : bool
        Make the lines about equally long, for titles.

    Returns
    -------
    str
        Lines joined by ``<br>``, with ``&``, ``<`` and ``>`` escaped.

    Examples
    --------
    >>> wrap("Giá trị sản xuất công nghiệp <b>", 20)
    'Giá trị sản xuất<br>công nghiệp &lt;b&gt;'
    """
    lines = _fill(text, width)
    if balanced:
        lines = next(tried for narrow in range(1, width + 1) if len(tried := _fill(text, narrow)) <= len(lines))
    return "<br>".join(escape(line, quote=False) for line in lines)


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def lines(wrapped: str) -> int:
    """Count the lines of a wrapped text."""
    return wrapped.count("<br>") + 1 if wrapped else 0


def text_width(wrapped: str, indent: int = 1) -> float:
    """Estimate how wide a text is, in pixels at the body size, with the spaces before it."""
    return (max(len(line) for line in wrapped.split("<br>")) + indent) * _LETTER


def template() -> go.layout.Template:
    """Make the house template: fonts, axes, keys and hover boxes of every chart.

    Returns
    -------
    plotly.graph_objects.layout.Template
        A new template, registered nowhere.
    """
    axis: dict[str, Any] = {
        "gridcolor": GRID,
        "linecolor": RULE,
        "zeroline": True,
        "zerolinecolor": RULE,
        "zerolinewidth": 1.5,
        "exponentformat": "none",
        "separatethousands": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12},
            "title": {
                "font": {"size": 16, "weight": 600},
                "x": 0,
                "xref": "container",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
            },
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "xaxis": axis,
            "yaxis": axis,
            "bargap": 0,
            "barmode": "overlay",
            "legend": {
                "orientation": "h",
                "entrywidth": 1,
                "entrywidthmode": "fraction",
                "x": 0,
                "xanchor": "left",
                "y": 0,
                "yref": "container",
                "yanchor": "bottom",
                "bgcolor": CLEAR,
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "hoverlabel": {"align": "left", "namelength": -1, "font": {"family": FONT, "size": 12}},
            "hovermode": "closest",
        }
    )


def canvas(
    title: str,
    subtitle: str,
    *,
    lang: str,
    alt: str,
    plot_height: float,
    keys: Sequence[str] = (),
    notes: Sequence[str] = (),
    left: float = GAP,
) -> go.Figure:
    """Make an empty chart with its title, notes and room for everything.

    Parameters
    ----------
    title, subtitle : str
        Plain text; broken into lines here.
    lang : {"vi", "en"}
        Language: decides the separators of numbers.
    alt : str
        The chart in words, for those who cannot see it; kept in ``layout.meta["alt"]``.
    plot_height : float
        Height of the plot alone, in pixels.
    keys : sequence of str
        Wrapped names of the keys (legend entries) that will stand below, one under the other.
    notes : sequence of str
        Plain sentences to stand below the scale.
    left : float
        Room for the labels of a vertical scale, in pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart, without data.
    """
    # plotly lets the lines of a title grow both ways from its place; half of them are pushed down again below
    head, sub = wrap(title, 38, balanced=True), wrap(subtitle, 46)
    foot = "<br>".join(wrap(note, 50) for note in notes)
    top = 2 * GAP + _TITLE * lines(head) + _SUBTITLE * lines(sub)
    key_lines = sum(lines(key) for key in keys)
    bottom = _SCALE + LINE * lines(foot) + _KEY * key_lines + (GAP if foot or keys else 0)
    figure = go.Figure(
        layout={
            "template": template(),
            "title": {"text": head, "pad": {"l": GAP, "t": GAP + (lines(head) - 1) * _TITLE / 2}},
            "separators": SEPARATORS[lang],
            "meta": {"alt": alt},
            "height": plot_height + top + bottom,
            "margin": {"l": left, "r": GAP, "t": top, "b": bottom},
            "showlegend": bool(keys),
        }
    )
    if sub:
        figure.add_annotation(text=sub, y=1, yanchor="bottom", yshift=GAP, font={"size": 13}, **_place(left))
    if foot:
        figure.add_annotation(text=foot, y=0, yanchor="top", yshift=-_SCALE, **_place(left))
    return figure


def blank(title: str, subtitle: str, reasons: Sequence[str], *, lang: str) -> go.Figure:
    """Make a chart that says why there is nothing to draw.

    Parameters
    ----------
    title, subtitle : str
        Plain text.
    reasons : sequence of str
        Plain sentences; the first is the headline of the absence.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    plotly.graph_objects.Figure
        A chart without traces or scales, and one annotation.
    """
    text = "<br>".join(wrap(reason, 46) for reason in reasons)
    alt = ". ".join(part for part in (title, subtitle, *reasons) if part)
    figure = canvas(title, subtitle, lang=lang, alt=alt, plot_height=LINE * lines(text) + 2 * GAP)
    figure.update_layout(xaxis_visible=False, yaxis_visible=False)
    figure.add_annotation(text=text, y=0.5, yanchor="middle", **_place(GAP))
    return figure


def _place(left: float) -> dict[str, Any]:
    """Place a text at the left edge of a chart whose plot begins `left` pixels from it."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": GAP - left,
        "yref": "paper",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "borderwidth": 0,
    }
