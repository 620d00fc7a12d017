"""The data of a chart as a table: what is told where the chart cannot be drawn."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any

import numpy as np

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Chart
from bcanalysis.wording.numbers import format_number
from bcanalysis.wording.terms import term

MOST_ROWS = 300
_MOST_DECIMALS, _MOST_DIGITS = 3, 1e15
_FIELDS = ("x", "y", "z", "labels", "values", "theta", "r", "lon", "lat", "locations", "open", "high", "low", "close")
_Point = dict[str, Any]


def decoded(values: Any) -> Any:
    """Read numbers as plotly writes them: as they are, or packed as bytes.

    Parameters
    ----------
    values : list, tuple or dict
        A list; or ``dtype``, ``bdata`` (base64, little-endian) and, of more than one dimension, ``shape``.

    Returns
    -------
    list
        The values, lists in lists where there are two dimensions; empty for what is no list.

    Raises
    ------
    ValueError
        If the bytes are no numbers of their type and shape.

    Examples
    --------
    >>> decoded({"dtype": "i2", "bdata": "AQACAAMABAA=", "shape": "2, 2"})
    [[1, 2], [3, 4]]
    """
    if isinstance(values, Mapping) and "bdata" in values:
        kind = np.dtype(str(values["dtype"]).rstrip("c")).newbyteorder("<")  # u1c: the bytes of a picture
        numbers = np.frombuffer(b64decode(values["bdata"], validate=True), dtype=kind)
        shape = values.get("shape")
        return (
            numbers.reshape([int(length) for length in str(shape).strip("()[]").split(",") if length]) if shape else numbers
        ).tolist()
    return list(values) if isinstance(values, Sequence) and not isinstance(values, str) else []


def count_points(figure: Mapping[str, Any]) -> int:
    """Count the points of a chart.

    Parameters
    ----------
    figure : mapping
        ``data`` and ``layout`` as plotly writes them.

    Returns
    -------
    int
        Of each trace its longest list, all added.

    Examples
    --------
    >>> count_points({"data": [{"x": [1, 2], "y": [3, 4]}, {"z": [[1, 2], [3, 4]]}]})
    6
    """
    return sum(
        max((np.size(np.asarray(decoded(trace.get(name)), dtype=object)) for name in _FIELDS), default=0)
        for trace in _traces(figure)
    )


def chart_table(chart: Chart, lang: str = "vi") -> Table:
    """Set the data of a chart as a table.

    Parameters
    ----------
    chart : Chart
        The chart.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    Table
        One row a point: its series, its name where it has one, and its coordinates with the titles of their axes. Helping
        lines that a reader cannot point at, and axes without a scale, are left out; a point without a number is a gap. A line
        below says how many points were left out beyond the first 300.

    Raises
    ------
    ValueError
        If its data cannot be read.

    Examples
    --------
    >>> print(chart_table(Chart({"data": [{"name": "Xuất khẩu", "x": ["2017", "2018"], "y": [2948.4, None]}]}, "Kim ngạch")))
    Kim ngạch
    <BLANKLINE>
    Dãy số liệu  x     y
    Xuất khẩu    2017  2.948,4
    Xuất khẩu    2018  ·
    """
    layout = chart.figure.get("layout") or {}
    traces = _told(_traces(chart.figure))
    points = list(islice((point for trace in traces for point in _points(trace, layout)), MOST_ROWS))
    left_out = sum(1 for trace in traces for _ in _points(trace, layout)) - len(points)
    present = {name for point in points for name in point}
    fields = [name for name in ("series", "label", *_FIELDS) if name in present]
    plain_numbers = {name for name in fields if _axis(layout, name).get("tickformat") == "d"}  # years have no separators
    numeric = {name for name in fields if any(_is_number(point.get(name)) for point in points)}
    heads = tuple(Column(_head(name, layout, lang), name in numeric) for name in fields)
    rows = tuple(tuple(_cell(point.get(name), name in plain_numbers, lang) for name in fields) for point in points)
    note = term("figures.chart.left_out", lang, count=format_number(left_out, 0, lang)) if left_out else ""
    nothing = "" if rows else chart.alt or term("display.no_rows", lang)
    return Table(chart.title or chart.alt, heads, rows, (), note or nothing, lang)


def _traces(figure: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [trace for trace in figure.get("data") or () if isinstance(trace, Mapping)]


def _told(traces: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out what only helps to draw: traces that say nothing when pointed at."""
    return [trace for trace in traces if trace.get("hoverinfo") != "skip"] or traces


def _points(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterator[_Point]:
    lists = {name: decoded(trace.get(name)) for name in _FIELDS if _has_scale(layout, name)}
    lists = {name: values for name, values in lists.items() if values}
    labels = [_first_line(text) for text in decoded(trace.get("hovertext"))]
    series = {"series": trace["name"]} if _known(trace.get("name")) else {}
    if isinstance(next(iter(lists.get("z", ())), None), list):
        for row, (line, values) in enumerate(zip(decoded(trace.get("y")) or range(len(lists["z"])), lists["z"], strict=False)):
            columns = lists.get("x") or range(len(values))
            for column, value in zip(columns, values, strict=False):
                yield {**series, "x": column, "y": line if "y" in lists else row, "z": value}
        return
    for place in range(max(map(len, lists.values()), default=0)):
        point = {name: values[place] if place < len(values) else None for name, values in lists.items()}
        yield {**series, **({"label": labels[place]} if place < len(labels) else {}), **point}


def _axis(layout: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    axis = layout.get(f"{name}axis")
    return axis if isinstance(axis, Mapping) else {}


def _has_scale(layout: Mapping[str, Any], name: str) -> bool:
    return _axis(layout, name).get("visible") is not False


def _head(name: str, layout: Mapping[str, Any], lang: str) -> str:
    if name in ("series", "label"):
        return term(f"figures.chart.{name}", lang)
    axis = _axis(layout, name)
    title = axis.get("title")
    text = title.get("text") if isinstance(title, Mapping) else title
    head = _first_line(text) if _known(text) else name
    suffix = str(axis.get("ticksuffix") or "").strip()
    return f"{head} ({suffix})" if suffix else head


def _first_line(text: Any) -> str:
    return unescape(str(text).partition("<br>")[0])


def _known(value: Any) -> bool:
    """Tell whether JSON says something: no null, no NaN, no empty text."""
    return value is not None and value == value and value != ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(value: Any, plain_number: bool, lang: str) -> Cell:
    if not _known(value) or (isinstance(value, float) and not np.isfinite(value)):
        return Cell(term("display.symbol.blank", lang))
    if not _is_number(value):
        return Cell(_first_line(value))
    if plain_number or abs(value) >= _MOST_DIGITS:
        return Cell(f"{value:.15g}", float(value))
    short = round(value, _MOST_DECIMALS) if abs(value) >= 1 else float(f"{value:.{_MOST_DECIMALS}g}")  # a small number is no zero
    return Cell(format_number(short, None, lang), float(value))
