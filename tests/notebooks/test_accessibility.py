"""The real pages held to WCAG 2.2 AA: by axe-core, and where a machine cannot tell by looking at the page itself."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from ..conformity import grave_findings

FEW = ["2018H1/overview.html", "2018H1/index.html", "2018H1/official_report.html", "2024H1/data_quality.html"]


def pages(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


def test_axe_finds_nothing_serious_on_pages(browser: Browser, batch):
    """A few of them; all in the long suite."""
    for name in pages(batch.folder) if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else FEW:
        assert (name, grave_findings(browser, batch.folder / name)) == (name, [])


def test_a_page_that_cannot_be_read_is_found_out(browser: Browser, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text(
        "<!DOCTYPE html><html><title>a</title><p style='color:#aaa;background:#fff'>nhạt quá<img src='data:,'>", encoding="utf-8"
    )

    found = " ".join(grave_findings(browser, file))
    assert all(rule in found for rule in ("html-has-lang", "image-alt", "color-contrast"))


def test_headings_of_every_page_go_down_one_step_at_a_time(batch):
    for name in pages(batch.folder):
        tree = BeautifulSoup(batch.page(name), "html.parser")
        for dialog in tree.select("dialog"):
            dialog.decompose()
        levels = [int(heading.name[1]) for heading in tree.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert (name, levels[:1], levels.count(1)) == (name, [1], 1)
        assert (name, [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]) == (name, [])


def test_every_chart_of_every_page_has_a_name_a_description_and_its_data(batch):
    for name in pages(batch.folder):
        tree = BeautifulSoup(batch.page(name), "html.parser")
        for figure in tree.select("figure[data-chart]"):
            description = tree.find(id=figure.get("aria-describedby"))
            assert figure["aria-label"], name
            assert description is not None, (name, figure["aria-label"])
            assert len(description.get_text().split()) > 5, (name, figure["aria-label"])
            shows_nothing = "Không có số liệu cho kỳ này" in description.get_text()
            assert bool(figure.select("details table tbody tr")) != shows_nothing, (name, figure["aria-label"])
