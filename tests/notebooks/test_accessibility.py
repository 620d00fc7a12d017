"""What a reader who cannot see finds on the real pages; what axe-core says of each is asked where it is opened in a browser."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from ..browser import offline_page
from ..conformity import findings


def pages(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


def test_a_page_that_cannot_be_read_is_found_out(browser: Browser, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text(
        "<!DOCTYPE html><html><title>a</title><p style='color:#aaa;background:#fff'>nhạt quá<img src='data:,'>", encoding="utf-8"
    )

    context, page, _, _ = offline_page(browser)
    page.goto(file.as_uri())
    found = " ".join(findings(page))
    context.close()
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
