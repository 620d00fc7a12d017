"""Hostile text in whatever reaches a page stays text: nothing is executed, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser

from bcanalysis.display.table import TABLE_TYPE, Cell, Column, Table

from .hostile import ALL, PAYLOADS, links_away, traces, use_everything
from .notebooks_for_tests import chart, code, failed_cell, run_record, shown, stream, words
from .reader import Reader

HOSTILE_TABLE = Table(
    ALL,
    (Column(ALL), Column(ALL, True)),
    tuple((Cell(text), Cell(f"1 {text}", 1.0, text, (1,), (text,))) for text in PAYLOADS),
    (ALL,),
    ALL,
)


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(browser, tmp_path)
    yield reader
    reader.close()


def hostile_table() -> NotebookNode:
    cell = code(ALL, shown(text_html=HOSTILE_TABLE._repr_html_()))
    cell.outputs[0].data[TABLE_TYPE] = HOSTILE_TABLE.content()
    return cell


def forged_table() -> NotebookNode:
    """A notebook may say that it has a table of ours, and have none."""
    cell = code("1", shown(text_html=f"<table><caption>{ALL}</caption><tbody><tr><td>{ALL}</td></tr></tbody></table>"))
    cell.outputs[0].data[TABLE_TYPE] = {"title": ALL, "rows": ALL}
    return cell


def hostile_chart() -> NotebookNode:
    trace = {
        "type": "bar",
        "name": ALL,
        "x": list(PAYLOADS),
        "y": [1] * len(PAYLOADS),
        "hovertext": list(PAYLOADS),
        "hoverinfo": "text",
    }
    layout = {"title": {"text": ALL}, "xaxis": {"title": {"text": ALL}}, "annotations": [{"text": text} for text in PAYLOADS]}
    return chart(alt=ALL, data=[trace], layout=layout | {"margin": {"t": 40}})


PLACES = {
    "words": lambda: [words(ALL), *(words(f"# {text}\n\n## {text}\n\n- {text}") for text in PAYLOADS)],
    "code": lambda: [code(ALL), code("1", stream(ALL), stream(ALL, "stderr"), shown(text_plain=ALL))],
    "markup": lambda: [code("1", *(shown(text_html=text) for text in PAYLOADS), *(shown(text_markdown=text) for text in PAYLOADS))],
    "frame": lambda: [code("1", shown(text_html=pd.DataFrame(dict.fromkeys(PAYLOADS[:4], PAYLOADS)).to_html()))],
    "table": lambda: [hostile_table()],
    "forged table": lambda: [forged_table()],
    "chart": lambda: [code("1", hostile_chart())],
    "image": lambda: [code("1", shown({"alt": ALL}, image_png=ALL), shown(image_svg_xml=ALL))],
    "error": lambda: [failed_cell(ALL, ALL), run_record(status="failed")],
    "record": lambda: [
        run_record(
            title=ALL,
            area_name=ALL,
            parameters={ALL: ALL},
            files=[{"name": ALL, "sha256": ALL}],
            versions={ALL: ALL},
            how_to_add=ALL,
        )
    ],
    "nothing": lambda: [
        run_record(status="no_data", missing=[{"code": ALL, "label": ALL}], how_to_add=ALL, title=ALL, area_name=ALL)
    ],
}
WRITTEN_BY_AN_AUTHOR = {"words", "markup", "forged table"}  # links to https may stand there, and lead away when they are followed


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_stays_text_in(reader, place):
    page = reader.open(words("# Thử"), *PLACES[place]())
    page.wait_for_timeout(300)
    use_everything(page)

    assert traces(page) == []
    assert place in WRITTEN_BY_AN_AUTHOR or links_away(page) == []
    assert page.url.split("#")[0] == reader.file.as_uri()


def test_the_payloads_would_be_noticed(browser, tmp_path):
    """Without our exporter the same texts do leave traces, so that the tests above are no idle ones."""
    file = tmp_path / "naive.html"
    some = [text for text in PAYLOADS if text.startswith(("<img src=x", "<a href='javascript", "<base"))]
    file.write_text(f"<!DOCTYPE html><body>{''.join(some)}", encoding="utf-8")
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_timeout(200)
    found = traces(page)
    context.close()

    assert {"executed", "javascript:window.hit=1"} <= set(found)
