"""A plotly figure as a page needs it: its name, its text alternative, its JSON and its figures as a table."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import numpy as np
from markupsafe import Markup

from bcanalysis.display.quotes import marked
from bcanalysis.rounding import half_up
from bcanalysis.wording.numbers import format_number
from bcanalysis.wording.terms import term

FIGURE_TYPE = "application/vnd.plotly.v1+json"

_MARK_UP = re.compile(r"</?(?:a|b|em|i|s|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"</?a\b[^<>]*>?", re.IGNORECASE)  # plotly draws links; where they lead is nobody's to vouch for
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LARGE = 1e12  # no decimals to speak of
_DANGEROUS_IN_HTML = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Sheet:
    """A table of texts.

    Parameters
    ----------
    columns : tuple of str
        Column heads; the first column names the rows.
    rows : tuple of tuple of str
        One text for each column; empty where there is no value.
    quotes : tuple of str
        What in the texts is quoted from another language.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    quotes: tuple[str, ...] = ()

    def html(self, text: str) -> Markup:
        """Give one of the texts as HTML, quotes marked with their language."""
        return Markup(marked(text, self.quotes))  # noqa: S704 (marked escapes)


@dataclass(frozen=True)
class Chart:
    """A figure ready for a page.

    Parameters
    ----------
    title : str
        Title of the figure, empty when it has none.
    caption : tuple of str
        Title and subtitle where the page is to print them above the chart, because the chart keeps no room for them.
    alternative : str
        What the figure shows, in words; empty when its maker gave none (``layout.meta.alt``).
    json : markupsafe.Markup
        ``{"data": ..., "layout": ...}``, escaped so that no text in it can end a script element.
    kinds : frozenset of str
        Kinds of its traces, as plotly names them.
    sheet : Sheet or None
        The figures it draws; None when they cannot be read.
    """

    title: str
    caption: tuple[str, ...]
    alternative: str
    json: Markup
    kinds: frozenset[str]
    sheet: Sheet | None


def is_figure(value: object) -> bool:
    """Tell whether an output value is a plotly figure.

    Parameters
    ----------
    value : object
        What stands under the MIME type of plotly.

    Returns
    -------
    bool
        True if there is a list of traces.
    """
    return isinstance(value, Mapping) and isinstance(value.get("data"), list)


def read_chart(figure: Mapping[str, Any], lang: str) -> Chart:
    """Read a figure from a notebook output.

    Parameters
    ----------
    figure : mapping
        The figure as plotly wrote it.
    lang : {"vi", "en"}
        Language of the table heads and numbers.

    Returns
    -------
    Chart
        The figure, without a fixed width: the page decides how wide a chart is. A title for which no top margin is set
        is taken out as well, for plotly cuts a long one off on a narrow screen.
    """
    layout = {key: value for key, value in (figure.get("layout") or {}).items() if key != "width"}
    caption = _title_lines(layout)
    margin = layout.get("margin") or {}
    if "t" in margin:
        title, caption = " ".join(caption[:1]), ()
    else:
        title = " ".join(caption[:1])
        layout = {key: value for key, value in layout.items() if key != "title"} | {"margin": {"t": 40} | margin}
    meta = layout.get("meta")
    alternative = meta.get("alt") if isinstance(meta, Mapping) else None
    return Chart(
        title=title,
        caption=caption,
        alternative=alternative if isinstance(alternative, str) else "",
        json=embedded_json(_without_links({"data": figure["data"], "layout": layout})),
        kinds=frozenset(_kind(trace) for trace in figure["data"]),
        sheet=_readable_sheet(figure["data"], layout, lang),
    )


def embedded_json(value: object) -> Markup:
    r"""Write JSON that is safe inside a script element.

    Parameters
    ----------
    value : object
        Anything JSON can hold; NaN and the infinities become null.

    Returns
    -------
    markupsafe.Markup
        JSON text with ``<``, ``>``, ``&``, U+2028 and U+2029 escaped.

    Examples
    --------
    >>> print(embedded_json({"a": "</script>", "b": float("nan")}))
    {"a":"\u003c/script\u003e","b":null}
    """
    finite = json.loads(json.dumps(value), parse_constant=lambda _: None)
    text = json.dumps(finite, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.translate(_DANGEROUS_IN_HTML))  # noqa: S704


def values(array: object) -> list[Any]:
    """Read an array of a trace.

    Parameters
    ----------
    array : object
        A list, None, or a typed array ``{"dtype": ..., "bdata": ..., "shape": ...}`` (little-endian, base64).

    Returns
    -------
    list
        Its values; nested lists for two dimensions; empty for None.

    Raises
    ------
    ValueError
        If a typed array cannot be decoded.
    TypeError
        If it is no array.

    Examples
    --------
    >>> values({"dtype": "i2", "bdata": "AQACAA=="})
    [1, 2]
    """
    if array is None:
        return []
    if isinstance(array, Mapping) and "bdata" in array:
        flat = np.frombuffer(base64.b64decode(array["bdata"]), np.dtype(array["dtype"]).newbyteorder("<"))
        shape = array.get("shape")
        sizes = [int(size) for size in str(shape).split(",")] if shape is not None else [-1]
        return list(flat.reshape(sizes).tolist())
    if isinstance(array, list):
        return array
    raise TypeError(f"got {type(array).__name__}; expected an array")


def number(value: object, lang: str) -> str:
    """Write a number of a data table.

    Parameters
    ----------
    value : object
        A number; anything else is written as a label.
    lang : {"vi", "en"}
        Language of the separators.

    Returns
    -------
    str
        The number with at most four decimals, six below 1; empty for None, NaN and the infinities.

    Examples
    --------
    >>> number(66148, "vi"), number(31.98264525, "vi"), number(1234.5, "en"), number(float("nan"), "vi")
    ('66.148', '31,9826', '1,234.5', '')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return label(value)
    if not math.isfinite(value):
        return ""
    size = abs(value)
    rounded = half_up(value, 4 if size >= 1 else 6) if size < _LARGE else value
    return format_number(rounded, None, lang)


def label(value: object) -> str:
    """Write the name of a bar, point or slice.

    Parameters
    ----------
    value : object
        A text, number or date; a list for names in several levels; None for none.

    Returns
    -------
    str
        The text without plotly's mark-up and entities; numbers ungrouped, because they are mostly years.

    Examples
    --------
    >>> label("<b>Xuất khẩu</b><br>(triệu USD)"), label(2018), label(None)
    ('Xuất khẩu (triệu USD)', '2018', '')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, list | tuple):
        return " – ".join(label(part) for part in value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return " ".join(unescape(_MARK_UP.sub("", _LINE_BREAK.sub(" ", str(value)))).split())


@dataclass(frozen=True)
class _Trace:
    name: str
    labels: tuple[str, ...]
    numbers: tuple[str, ...]
    texts: tuple[str, ...]


def _title_lines(part: object) -> tuple[str, ...]:
    """Read title and subtitle of a figure or axis."""
    title = part.get("title") if isinstance(part, Mapping) else None
    subtitle = title.get("subtitle") if isinstance(title, Mapping) else None
    texts = (label(text.get("text") if isinstance(text, Mapping) else text) for text in (title, subtitle))
    return tuple(text for text in texts if text)


def _title(part: object) -> str:
    return " ".join(_title_lines(part))


def _kind(trace: Mapping[str, Any]) -> str:
    return str(trace.get("type") or "scatter")  # as plotly takes it


def _readable_sheet(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], lang: str) -> Sheet | None:
    try:
        sheet = _sheet(traces, layout, lang)
    except (TypeError, ValueError, KeyError):
        return None
    meta = layout.get("meta")
    quoted = meta.get("quotes") if isinstance(meta, Mapping) else None
    told = tuple(text for text in quoted if isinstance(text, str)) if isinstance(quoted, list) else ()
    return replace(sheet, quotes=told) if sheet.rows else None


def _sheet(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], lang: str) -> Sheet:
    """Put the traces side by side when they name the same points, else one below the other."""
    if len(traces) == 1 and traces[0].get("z") is not None:
        return _matrix(traces[0], layout, lang)
    shown = [trace for trace in traces if trace.get("hoverinfo") != "skip"]  # the rest is decoration
    read = [trace for trace in (_read_trace(trace, layout, lang) for trace in shown) if any(trace.numbers)]
    axis, other = ("yaxis", "xaxis") if any(_is_horizontal(trace) for trace in shown) else ("xaxis", "yaxis")
    names = _title(layout.get(axis)) or term("page.data_label", lang)
    amounts = _title(layout.get(other)) or term("page.data_value", lang)
    if len({trace.labels for trace in read}) == 1 and _tell_apart([trace.name for trace in read]):
        return _side_by_side(read, names, amounts, lang)
    with_text = any(any(trace.texts) for trace in read)
    rows = tuple(
        (trace.name, name, amount, text)[: 3 + with_text]
        for trace in read
        for name, amount, text in zip(trace.labels, trace.numbers, trace.texts, strict=True)
    )
    columns = (term("page.data_series", lang), names, amounts, term("page.data_text", lang))
    return Sheet(columns[: 3 + with_text], rows)


def _side_by_side(traces: Sequence[_Trace], names: str, amounts: str, lang: str) -> Sheet:
    columns, parts = [names], [traces[0].labels]
    for trace in traces:
        columns.append(trace.name or amounts)
        parts.append(trace.numbers)
        if any(trace.texts):
            columns.append(term("page.data_text_of", lang, name=trace.name or amounts))
            parts.append(trace.texts)
    return Sheet(tuple(columns), tuple(zip(*parts, strict=True)))


def _matrix(trace: Mapping[str, Any], layout: Mapping[str, Any], lang: str) -> Sheet:
    grid = values(trace["z"])
    across = _names(trace.get("x"), max(map(len, grid), default=0))
    down = _names(trace.get("y"), len(grid))
    rows = tuple((name, *(number(value, lang) for value in line)) for name, line in zip(down, grid, strict=True))
    return Sheet((_title(layout.get("yaxis")) or term("page.data_label", lang), *across), rows)


def _read_trace(trace: Mapping[str, Any], layout: Mapping[str, Any], lang: str) -> _Trace:
    along, up = ("y", "x") if _is_horizontal(trace) else ("x", "y")
    if "values" in trace:
        along, up = "labels", "values"
    amounts = values(trace.get(up))
    numbers = tuple(number(value, lang) for value in amounts)
    labels = _names(trace.get(along), len(amounts))
    texts = _texts(trace.get("hovertext") or trace.get("text"), len(amounts))
    if _is_hidden(layout, along, trace) and any(texts):
        # positions on a hidden axis are no data: what stands there is named by the first line of its text
        labels = tuple(lines[0] for lines in texts)
        texts = [lines[1:] for lines in texts]
    return _Trace(
        name=label(trace.get("name")),
        labels=labels,
        numbers=numbers,
        texts=tuple(
            "" if text.strip("+% ") in (name, amount) else text
            for text, name, amount in zip(map("\n".join, texts), labels, numbers, strict=True)
        ),
    )


def _without_links(value: Any) -> Any:
    """Give a part of a figure with texts that lead nowhere."""
    if isinstance(value, str):
        return _LINK.sub("", value) if "<" in value else value
    if isinstance(value, Mapping):
        return {key: _without_links(part) for key, part in value.items()}
    return [_without_links(part) for part in value] if isinstance(value, list) else value


def _is_hidden(layout: Mapping[str, Any], letter: str, trace: Mapping[str, Any]) -> bool:
    axis = str(trace.get(f"{letter}axis") or letter)
    settings = layout.get(f"{letter}axis{axis[1:]}")
    return isinstance(settings, Mapping) and settings.get("visible") is False


def _texts(array: object, count: int) -> list[list[str]]:
    """Read the texts of the points, each as its lines."""
    read = [array] * count if isinstance(array, str) else values(array) or [""] * count
    return [[label(line) for line in _LINE_BREAK.split("" if text is None else str(text))] for text in read]


def _names(array: object, count: int) -> tuple[str, ...]:
    """Name the points; plotly counts them from 0 where they have no names."""
    read = values(array)
    if not read:
        return tuple(str(position) for position in range(count))
    levels = [level for level in read if isinstance(level, list)]
    points: list[Any] = list(zip(*levels, strict=True)) if len(levels) == len(read) else read
    return tuple(label(point) for point in points[:count])


def _is_horizontal(trace: Mapping[str, Any]) -> bool:
    return trace.get("orientation") == "h"


def _tell_apart(names: Sequence[str]) -> bool:
    """Tell whether the names of the traces can be the heads of columns."""
    return len(names) == 1 or (all(names) and len(set(names)) == len(names))
