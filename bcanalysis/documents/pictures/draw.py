"""Charts become pictures; a chart that cannot be drawn becomes its table, never a blank."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, Literal
from zlib import crc32

from bcanalysis.documents.blocks import Block, Chart, Document, Paragraph, Picture, Run
from bcanalysis.documents.pdf.typefaces import Typeface, typeface
from bcanalysis.documents.pictures.data import chart_table, count_points, decoded
from bcanalysis.documents.profile import profile
from bcanalysis.errors import BcError, UsageError, nearest
from bcanalysis.wording.terms import term

Mime = Literal["image/svg+xml", "image/png"]
MOST_POINTS = 200_000
_DPI = 200
_SCREEN_DPI = 96  # plotly's pixels are those of a screen
_MM = 25.4
_USUAL_HEIGHT = 450  # plotly's own
_SANS = ("Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans")  # in the order in which charts ask for them


class UndrawnError(BcError):
    """A chart that cannot be drawn; its text says why."""


def drawn(document: Document, mime: Mime, engine: str = "mirage") -> Document:
    """Make every chart of a document, and of its annexes, a picture.

    Parameters
    ----------
    document : Document
        What to print.
    mime : {"image/svg+xml", "image/png"}
        What the pictures shall be; a PNG is as wide as the text of the page at 200 dots an inch.
    engine : {"mirage", "kaleido"}
        What draws: plotly-mirage, or kaleido through a browser.

    Returns
    -------
    Document
        Without charts. One that cannot be drawn is its data as a table, after a note that says so.

    Raises
    ------
    UsageError
        If there is no such engine or kind of picture.

    Examples
    --------
    >>> chart = Chart({"data": [{"type": "mesh3d", "x": [1], "y": [2], "z": [3]}]}, "Khối")
    >>> note, table = drawn(Document("Báo cáo", "vi", (chart,)), "image/svg+xml").blocks
    >>> table.columns[0].title, table.rows[0][0].value
    ('x', 1.0)
    """
    blocks = tuple(_drawn(document.blocks, mime, engine, document.lang))
    annexes = tuple(replace(annex, blocks=tuple(_drawn(annex.blocks, mime, engine, document.lang))) for annex in document.annexes)
    return replace(document, blocks=blocks, annexes=annexes)


def _drawn(blocks: Iterable[Block], mime: Mime, engine: str, lang: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Chart):
            yield from _picture(block, mime, engine, lang)
        else:
            yield block


def _picture(chart: Chart, mime: Mime, engine: str, lang: str) -> Iterator[Block]:
    try:
        found = draw(chart.figure, mime, engine)
    except UndrawnError:
        yield Paragraph((Run(term("figures.chart.undrawn", lang)),), role="note")
        yield _data(chart, lang)
        return
    data = found.encode() if isinstance(found, str) else found
    yield Picture(b64encode(data).decode("ascii"), mime, chart.alt or chart.title)


def _data(chart: Chart, lang: str) -> Block:
    """Give the data of a chart, or, where even they cannot be read, what is said of it in words."""
    try:
        return chart_table(chart, lang)
    except (AttributeError, LookupError, TypeError, ValueError):
        words = ". ".join(text for text in (chart.title, chart.alt, term("figures.chart.unread", lang)) if text)
        return Paragraph((Run(words),), role="note")


def draw(figure: Mapping[str, Any], mime: Mime, engine: str = "mirage") -> bytes | str:
    """Draw a chart.

    Parameters
    ----------
    figure : mapping
        ``data`` and ``layout`` as plotly writes them. A chart that sets no width is laid out as wide as the text of a page, so
        that its letters are printed in their own size.
    mime : {"image/svg+xml", "image/png"}
        What to draw.
    engine : {"mirage", "kaleido"}
        What draws.

    Returns
    -------
    str or bytes
        SVG, the same for the same figure, or PNG.

    Raises
    ------
    UsageError
        If there is no such engine or kind of picture.
    UndrawnError
        If the engine is not installed, knows one of the traces not, or fails; or if there are more than 200 000 points.

    Examples
    --------
    >>> draw({"data": [{"y": [0] * 300_000}]}, "image/png")
    Traceback (most recent call last):
      ...
    bcanalysis.documents.pictures.draw.UndrawnError: chart: got 300000 points; expected 200000 at most
    """
    if engine not in _ENGINES:
        raise UsageError(f'engine: got "{engine}"; expected one of {", ".join(_ENGINES)}. {nearest(engine, _ENGINES)}')
    if mime not in ("image/svg+xml", "image/png"):
        raise UsageError(f'picture: got "{mime}"; expected image/svg+xml or image/png')
    try:
        points = count_points(figure)
        if points > MOST_POINTS:
            raise UndrawnError(f"chart: got {points} points; expected {MOST_POINTS} at most")
        layout = figure.get("layout") or {}
        inches = profile().text_width / _MM
        width = layout.get("width") or round(inches * _SCREEN_DPI)
        sized = {**layout, "width": width, "height": layout.get("height") or _USUAL_HEIGHT, "autosize": False}
        return _ENGINES[engine]({"data": list(figure.get("data") or ()), "layout": sized}, mime, inches * _DPI / width)
    except ImportError as error:
        raise UndrawnError(f"chart: {engine} is not installed ({error})") from error
    except (AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
        if isinstance(error, BcError):
            raise
        raise UndrawnError(f"chart: {engine} cannot draw it ({str(error).splitlines()[0] if str(error) else error!r})") from error


def get_ready() -> None:
    """Begin to start the engine and to look for the typeface, as long as four charts take, while the caller does something else."""
    for begin in (_engine, _typeface):
        _brush(os.getpid()).submit(begin)


def _engine() -> Any:
    from mirage.engine import get_engine

    return get_engine()


def _by_mirage(figure: dict[str, Any], mime: Mime, scale: float) -> bytes | str:
    traces = [{**_unpacked(trace), "type": _plain(trace.get("type", "scatter"))} for trace in figure["data"]]
    told = json.dumps({"data": traces, "layout": _unpacked(figure["layout"])}, sort_keys=True)
    svg = _brush(os.getpid()).submit(_svg, told).result()
    return svg if mime == "image/svg+xml" else _painted(svg, scale)


@cache
def _brush(process: int) -> ThreadPoolExecutor:
    """Give the one thread of a process that draws: an engine serves only its own, and takes as long to start as three charts."""
    return ThreadPoolExecutor(1, f"charts-{process}")


@lru_cache(maxsize=32)  # of one report every form has the same charts
def _svg(figure: str) -> str:
    import quickjs

    told, engine = json.loads(figure), _engine()
    script = engine.context
    unknown = json.loads(script.eval(_UNKNOWN % json.dumps(sorted({trace["type"] for trace in told["data"]}))))
    if unknown:  # it would draw them as lines
        raise UndrawnError(f"chart: got traces {', '.join(unknown)}, which mirage cannot draw")
    try:
        script.eval(_SEEDED % crc32(figure.encode()))
        svg: str = engine.render_svg(told["data"], told["layout"])
    except quickjs.JSException as error:
        raise RuntimeError(str(error)) from error
    return _GENERIC.sub(f"{_typeface().family}, sans-serif", svg)


def _painted(svg: str, scale: float) -> bytes:
    """Let typst paint a drawing, as it does on the pages of a PDF."""
    from typst import compile as set_pages

    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing), format: "svg")'
    return set_pages(page, sys_inputs={"drawing": svg}, font_paths=_typeface().fonts, format="png", ppi=scale * _SCREEN_DPI)


def _typeface() -> Typeface:
    return typeface(_SANS, system_fonts=True)


def _unpacked(value: Any) -> Any:
    """Write out all packed numbers, which this engine cannot read."""
    if isinstance(value, Mapping):
        return decoded(value) if "bdata" in value else {name: _unpacked(part) for name, part in value.items()}
    return [_unpacked(part) for part in value] if isinstance(value, list) else value


def _plain(kind: str) -> str:
    """Draw as vectors what a browser would draw by its graphics card."""
    return kind.removesuffix("gl")


_GENERIC = re.compile(r"(?<=, )sans-serif(?=;)")  # typst knows typefaces by their names alone
# A trace that is known has a type among its attributes; the list of all of them would take as long as three charts.
_UNKNOWN = "JSON.stringify(%s.filter(function (kind) { return !Plotly.PlotSchema.getTraceValObject({type: kind}, ['type']); }))"
# plotly names its clips and patterns at random: the same chart shall be the same bytes.
_SEEDED = """
(function (state) {
    Math.random = function () { state = (state * 16807 + 1) %% 2147483647; return state / 2147483647; };
})(%d)"""


def _by_kaleido(figure: dict[str, Any], mime: Mime, scale: float) -> bytes | str:
    import kaleido

    layout = figure["layout"]
    options = {"width": layout["width"], "height": layout["height"], "scale": 1 if mime == "image/svg+xml" else scale}
    page = kaleido.PageGenerator(mathjax=False)  # else it asks the network for it
    form = "svg" if mime == "image/svg+xml" else "png"
    made: bytes = kaleido.calc_fig_sync(figure, {**options, "format": form}, kopts={"page_generator": page})
    return made.decode() if mime == "image/svg+xml" else made


_ENGINES: Mapping[str, Callable[[dict[str, Any], Mime, float], bytes | str]] = {"mirage": _by_mirage, "kaleido": _by_kaleido}
