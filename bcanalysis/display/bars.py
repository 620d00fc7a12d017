"""Horizontal bars, one below the other, each with its name above it and its figures at its end.

The vertical axis counts pixels, so names of one line and of three stand at the same distance from their bars. Names
above the bars leave the whole width to the figures, on a phone too; with figures at the bars no grid is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from bcanalysis.display import style
from bcanalysis.display.style import AMBER, AMBER_EDGE, BLUE, CLEAR, GAP, GREY, LINE, NARROW, RULE

THICK = 16
KEY_WIDTH = 44
_NAME_WIDTH, _TEXT_WIDTH = 48, 28
_VISIBLE = 0.003
_SPACE = "\u00a0"

_BARS: dict[str, dict[str, Any]] = {
    "computed": {"color": BLUE, "line": {"color": BLUE, "width": 1.5}},
    "printed": {
        "color": BLUE,
        "line": {"color": BLUE, "width": 1.5},
        "pattern": {"shape": "/", "fillmode": "replace", "bgcolor": CLEAR, "size": 6, "solidity": 0.3},
    },
    "rate": {
        "color": AMBER_EDGE,
        "line": {"color": AMBER_EDGE, "width": 1.5},
        "pattern": {"shape": ".", "fillmode": "replace", "bgcolor": CLEAR, "size": 6, "solidity": 0.4},
    },
}
_DIAMOND = {"size": 11, "color": AMBER, "line": {"color": AMBER_EDGE, "width": 1.5}}
_OTHERS = {
    "other_computed": _DIAMOND | {"symbol": "diamond"},
    "other_printed": _DIAMOND | {"symbol": "diamond-open", "color": AMBER_EDGE},
}
KINDS = (*_BARS, *_OTHERS)


@dataclass(frozen=True)
class Bar:
    """One bar of a percent.

    Parameters
    ----------
    name : str
        Plain name, to stand above the bar.
    text : str
        Plain figures, to stand at its end; for a bar without a length, the reason.
    hover : tuple of str
        Plain lines of the hover box.
    kind : {"computed", "printed", "rate"} or None
        Where the length comes from; None for no bar.
    length : float
        Percent; ignored without a kind.
    whisker : float
        Half of the last printed digit; 0 for none.
    other : float or None
        The percent reckoned the other way, where the two disagree.
    """

    name: str
    text: str
    hover: tuple[str, ...]
    kind: str | None = None
    length: float = 0.0
    whisker: float = 0.0
    other: float | None = None

    @property
    def other_kind(self) -> str | None:
        """How the other percent was reckoned."""
        if self.other is None:
            return None
        return "other_computed" if self.kind == "printed" else "other_printed"

    @property
    def ends(self) -> tuple[float, ...]:
        """Where ink is, beside zero."""
        if self.kind is None:
            return (0.0,)
        other = () if self.other is None else (self.other,)
        return (0.0, self.length - self.whisker, self.length + self.whisker, *other)


@dataclass(frozen=True)
class Stack:
    """Where names and bars stand, in pixels from the top.

    Parameters
    ----------
    names : tuple of str
        Wrapped names.
    name_y, bar_y : tuple of float
        Bottom of each name; middle of each bar.
    zero_y : tuple of (float, float)
        Where the line at zero passes each bar: top and bottom.
    height : float
        Height of the whole stack.
    """

    names: tuple[str, ...]
    name_y: tuple[float, ...]
    bar_y: tuple[float, ...]
    zero_y: tuple[tuple[float, float], ...]
    height: float


def stack(names: Sequence[str], texts: Sequence[str]) -> Stack:
    """Lay out names and bars.

    Parameters
    ----------
    names : sequence of str
        Plain names, one a bar.
    texts : sequence of str
        Wrapped texts beside the bars, which may need more lines than a bar is thick.

    Returns
    -------
    Stack
        Their places.
    """
    wrapped = tuple(style.wrap(name, _NAME_WIDTH) for name in names)
    name_y, zero_y, y = [], [], 0.0
    for name, text in zip(wrapped, texts, strict=True):
        y += GAP / 2 + LINE * style.lines(name)
        name_y.append(y - 1)
        room = max(THICK, LINE * style.lines(text)) + 8
        zero_y.append((y, y + room))
        y += room + GAP / 2
    bar_y = tuple((top + bottom) / 2 for top, bottom in zero_y)
    return Stack(wrapped, tuple(name_y), bar_y, tuple(zero_y), y)


def scale(ends: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Find a horizontal range in which all ink and every text beside it has room on a narrow screen.

    Parameters
    ----------
    ends : sequence of (float, float)
        Ends of the ink and the width in pixels of the text that stands there: to the right of an end at or above zero,
        else to the left.

    Returns
    -------
    tuple of float
        Lower and upper end of the range; zero is always inside.

    Examples
    --------
    >>> low, high = scale([(30.0, 39.0), (0.0, 0.0)])
    >>> low, round(high, 2)
    (0.0, 34.29)
    """
    right = [(end, width) for end, width in ends if end >= 0] + [(0.0, 0.0)]
    left = [(-end, width) for end, width in ends if end < 0] + [(0.0, 0.0)]
    unit = max((e + f) / max(NARROW - 2 * GAP - v - w, 2 * THICK) for e, v in right for f, w in left) or 1 / NARROW
    return min(0.0, *(-end - width * unit for end, width in left)), max(end + width * unit for end, width in right)


def wrap_text(text: str) -> str:
    """Break the text beside a bar into lines."""
    return style.wrap(text, _TEXT_WIDTH)


def hover(lines: Sequence[str]) -> str:
    """Make the hover text of plain lines; the first one is a name and stays whole."""
    return "<br>".join(style.wrap(line, 60 if place else len(line) or 1) for place, line in enumerate(lines))


def add_frame(figure: go.Figure, places: Stack, span: tuple[float, float], suffix: str = "") -> None:
    """Write the names above their bars, from the left edge, draw the line at zero, and set the axes.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A canvas; traces are added to it.
    places : Stack
        Where names and bars stand.
    span : (float, float)
        Horizontal range.
    suffix : str
        What stands after the numbers of the scale.
    """
    figure.add_scatter(
        name="zero",
        mode="lines",
        x=[0.0, 0.0, None] * len(places.zero_y),
        y=[y for top, bottom in places.zero_y for y in (top, bottom, None)],
        line={"color": RULE, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.add_scatter(
        name="names",
        mode="text",
        x=[span[0]] * len(places.names),
        y=places.name_y,
        text=places.names,
        textposition="top right",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_xaxes(range=span, ticksuffix=suffix, nticks=6, showgrid=False, zeroline=False, ticks="outside", showline=True)
    figure.update_yaxes(range=(places.height, 0), visible=False)


def add_texts(
    figure: go.Figure, places: Stack, ends: Sequence[float], texts: Sequence[str], indents: Sequence[int] | None = None
) -> None:
    """Write the wrapped texts beside the ends of the bars.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A canvas; a trace is added to it.
    places : Stack
        Where the bars stand.
    ends : sequence of float
        Where the texts stand: to the right of an end at or above zero, else to the left.
    texts : sequence of str
        Wrapped texts.
    indents : sequence of int, optional
        Spaces between end and text; one by default.
    """
    spaces = [_SPACE * indent for indent in indents or [1] * len(texts)]
    figure.add_scatter(
        name="texts",
        mode="text",
        x=ends,
        y=places.bar_y,
        text=[
            space + text.replace("<br>", "<br>" + space) if end >= 0 else text.replace("<br>", space + "<br>") + space
            for end, text, space in zip(ends, texts, spaces, strict=True)
        ],
        textposition=["middle right" if end >= 0 else "middle left" for end in ends],
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def whiskers(above: Sequence[float], below: Sequence[float], span: tuple[float, float]) -> dict[str, Any] | None:
    """Give ranges as whiskers of bars: only those wide enough to be seen, None where there are none."""
    least = _VISIBLE * (span[1] - span[0])
    ends = [[length if max(pair) > least else None for length in pair] for pair in zip(above, below, strict=True)]
    if not any(any(pair) for pair in ends):
        return None
    return {
        "array": [up for up, _ in ends],
        "arrayminus": [down for _, down in ends],
        "symmetric": False,
        "color": GREY,
        "thickness": 1.5,
        "width": 4,
    }


def key_names(bars: Sequence[Bar], words: dict[str, str]) -> dict[str, str]:
    """Choose the keys that bars need, wrapped.

    Parameters
    ----------
    bars : sequence of Bar
        The bars.
    words : dict
        Plain name of each of `KINDS`.

    Returns
    -------
    dict
        Wrapped names of the kinds that occur, in the order in which they are drawn.
    """
    used = {kind for bar in bars for kind in (bar.kind, bar.other_kind)}
    return {kind: style.wrap(words[kind], KEY_WIDTH) for kind in KINDS if kind in used}


def add_bars(figure: go.Figure, bars: Sequence[Bar], places: Stack, span: tuple[float, float], keys: dict[str, str]) -> None:
    """Draw bars by their kinds, and the percent reckoned the other way as a diamond.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A canvas; traces are added to it.
    bars : sequence of Bar
        The bars.
    places : Stack
        Their places.
    span : (float, float)
        Horizontal range.
    keys : dict
        From :func:`key_names`.
    """
    for kind, key in keys.items():
        mine = [(bar, y) for bar, y in zip(bars, places.bar_y, strict=True) if kind in (bar.kind, bar.other_kind)]
        common = {
            "name": key,
            "y": [y for _, y in mine],
            "hovertext": [hover(bar.hover) for bar, _ in mine],
            "hoverinfo": "text",
        }
        if kind in _OTHERS:
            figure.add_scatter(mode="markers", x=[bar.other for bar, _ in mine], marker=_OTHERS[kind], **common)
        else:
            halves = [bar.whisker for bar, _ in mine]
            figure.add_bar(
                orientation="h",
                x=[bar.length for bar, _ in mine],
                width=THICK,
                marker=_BARS[kind],
                error_x=whiskers(halves, halves, span),
                **common,
            )
