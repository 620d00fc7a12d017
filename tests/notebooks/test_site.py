"""The documentation as a site: its links lead somewhere, and a browser opens it from files without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from bcanalysis.errors import UsageError
from docs import site as documentation
from docs.gallery import gallery
from docs.site import PAGES, ROOT, address, build

from ..browser import offline_page
from ..conformity import findings

WRITTEN = [address(page) for page in PAGES]
BESIDES = ("https://", "http://")


@pytest.fixture(scope="module")
def site(batch, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(batch.folder / "2018H1", folder / "reports" / "2018H1")
    subprocess.run(
        [sys.executable, "-m", "docs.site", os.path.relpath(folder, ROOT)], cwd=ROOT, check=True
    )  # one browser in a process is all
    return folder


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


def tree_of(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def test_every_page_of_the_documentation_is_part_of_the_site():
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= set(PAGES)
    assert len(set(WRITTEN)) == len(PAGES)


def test_every_link_anchor_and_picture_is_there(site):
    for name in WRITTEN:
        page = tree_of(site / name)
        targets = [tag[kind] for kind in ("href", "src", "srcset") for tag in page.find_all(attrs={kind: True})]
        assert len(targets) > len(PAGES)
        for target in targets:
            path, _, anchor = unquote(target).partition("#")
            if target.startswith(BESIDES):
                continue
            file = site / (path or name)
            assert file.is_file(), f"{name}: {target}"
            assert not anchor or tree_of(file).find(id=anchor), f"{name}: {target}"


def test_a_link_that_leads_nowhere_is_refused(no_browser, tmp_path, monkeypatch):
    monkeypatch.setattr(documentation, "markdown_html", lambda text: '<h1>A</h1><a href="docs/lost.md">b</a>')

    with pytest.raises(
        UsageError, match=re.escape("README.md: got a link to docs/lost.md; expected one of README.md, docs/gallery.md,")
    ):
        build(tmp_path)


def test_the_gallery_shows_every_report_with_its_question_the_overview_first(site, batch):
    shown = tree_of(site / "gallery.html").select(".gallery li")
    links = [item.a["href"] for item in shown]

    assert links[0] == "reports/2018H1/overview.html"
    assert {Path(link).name for link in links} == {path.name for path in (batch.folder / "2018H1").glob("*.html")} - {"index.html"}
    assert shown[0].a.get_text().strip() == "Tổng quan các chỉ tiêu chủ yếu"
    assert all(item.get_text().strip().endswith("?") for item in shown)


def test_without_a_browser_the_gallery_is_a_list(no_browser, site):
    first = gallery(site, "reports/2018H1")[0]

    assert (first.title, first.pictures) == ("Tổng quan các chỉ tiêu chủ yếu", {})


@pytest.mark.usefixtures("browser")
def test_each_report_has_a_picture_for_light_and_one_for_dark(site):
    items = tree_of(site / "gallery.html").select(".gallery li")

    for item in items:
        light, dark = ((site / tag[kind]).read_bytes() for tag, kind in ((item.img, "src"), (item.source, "srcset")))
        assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
        assert light != dark


def test_a_bar_inside_a_table_is_a_bar(site):
    codes = [code.get_text() for code in tree_of(site / "commands.html").select("td code")]

    assert "--lang [vi|en]" in codes


def test_vietnamese_blocks_say_so_and_english_ones_do_not(site):
    page = tree_of(site / "index.html")
    heading = page.find("h2", string=re.compile("Bắt đầu nhanh"))
    vietnamese = heading.find_next("ol").find_all("li")

    assert [block.get("lang") for block in [heading, *vietnamese]] == ["vi"] * (1 + len(vietnamese))
    assert page.find("p", string=re.compile("For analysts in Vietnamese")).get("lang") is None
    assert tree_of(site / "pipeline.html").blockquote.p["lang"] == "vi"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_opens_every_page_without_a_word_a_network_or_a_sideways_scroll(browser: Browser, site, width):
    context, page, said, asked = offline_page(browser)
    page.set_viewport_size({"width": width, "height": 800})
    for name in WRITTEN:
        page.goto((site / name).as_uri())
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
        assert page.evaluate("[...document.images].every((image) => image.loading === 'lazy' || image.naturalWidth > 0)"), name
    context.close()

    assert said == []
    assert [address for address in asked if not address.startswith(site.as_uri())] == []


def test_axe_finds_nothing_serious_and_headings_go_down_one_step_at_a_time(browser: Browser, site):
    for name in ("index.html", "gallery.html", "pipeline.html"):
        levels = [int(heading.name[1]) for heading in tree_of(site / name).find_all(re.compile(r"h[1-6]"))]
        context, page, *_ = offline_page(browser)
        with context:
            page.goto((site / name).as_uri())
            assert (name, findings(page)) == (name, [])
        assert levels.count(1) == 1
        assert (name, [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]) == (name, [])
