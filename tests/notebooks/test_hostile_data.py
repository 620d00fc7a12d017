"""Hostile text in the tables and the outline reaches every page as text: from the CSV file to the reader's browser."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser

from ..browser import offline_page
from ..reports.hostile import PAYLOADS, links_away, traces, use_everything
from .conftest import ROOT, report

FIELDS = {
    "indicators.csv": ("name_vi", "name_en", "definition"),
    "units.csv": ("name_vi", "name_en"),
    "areas.csv": ("name_vi", "name_en", "note"),
    "breakdowns.csv": ("name_vi", "name_en"),
    "price_bases.csv": ("name_vi", "name_en"),
    "sources.csv": ("title", "publisher"),
    "observations.csv": ("note",),
    "corrections.csv": ("reason",),
    "links.csv": ("reason",),
}
IN_ONE_LINE = [text for text in PAYLOADS if "\u2028" not in text]  # a table's fault of its own
NOTEBOOKS = ("overview", "indicator", "data_quality", "market_surveillance", "official_report")


def poison(file: Path, fields: Sequence[str]) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    payloads = cycle(IN_ONE_LINE)
    for row in rows:
        row |= {field: f"{row[field]} {next(payloads)}" for field in fields if field in row and (row[field] or field == "note")}
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def poisoned(folder: Path) -> Path:
    shutil.copytree(ROOT / "data", folder)
    for name, fields in FIELDS.items():
        poison(folder / name, fields)
    outline = folder / "outlines" / "2018H1.md"
    harmless_to_the_grammar = [text for text in IN_ONE_LINE if not any(letter in text for letter in "{}0123456789")]
    outline.write_text(outline.read_text(encoding="utf-8") + "\n\n" + "\n\n".join(harmless_to_the_grammar) + "\n", encoding="utf-8")
    return folder


def look(browser: Browser, file: Path) -> Iterator[object]:
    context, page, said, asked = offline_page(browser)
    page.goto(file.as_uri())
    page.wait_for_timeout(1000)
    use_everything(page)
    yield from (traces(page), links_away(page), said, [address for address in asked if address != file.as_uri()])
    context.close()


def test_hostile_tables_and_outlines_make_pages_that_execute_and_fetch_nothing(browser: Browser, tmp_path):
    chosen = [part for name in NOTEBOOKS for part in ("--notebook", name)]
    made = report(tmp_path / "out", "2018H1", *chosen, "--data", str(poisoned(tmp_path / "data")))
    pages = sorted((tmp_path / "out").rglob("*.html"))

    assert made.status == 0, made.printed
    assert len(pages) == len(NOTEBOOKS) + 2, made.printed
    assert all("onerror" in page.read_text(encoding="utf-8") for page in pages), "the texts have reached each page"
    for page in pages:
        assert (page.name, *look(browser, page)) == (page.name, [], [], [], [])
