"""The real pages as a reader's browser shows them: opened from a file, without a network."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ..browser import offline_page, wait_until_ready
from ..conformity import findings
from .conftest import ROOT, Batch, report

PLOTLY = "application/vnd.plotly.v1+json"
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem != "explore")
OF_INDICATORS = [f"indicator-{name}" for name in ("export_value", "import_value", "retail_sales")]
IN_A_PERIOD = ["index", *NOTEBOOKS, *OF_INDICATORS]
PAGES = ["index", *(f"{period}/{name}" for period in ("2018H1", "2024H1") for name in IN_A_PERIOD)]
FEW = {"index", "2018H1/overview", "2024H1/data_quality", "2024H1/emulation"}  # tell the colours of all, which have one style sheet
IN_THE_DARK = set(PAGES) if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else FEW


def charts_in(notebook: str) -> int:
    cells = json.loads(notebook)["cells"]
    return sum(PLOTLY in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


def wait_for_charts(page: Page, count: int) -> None:
    wait_until_ready(page)
    end = time.monotonic() + 20
    while page.evaluate("document.querySelectorAll('.js-plotly-plot .main-svg').length") < count and time.monotonic() < end:
        page.wait_for_timeout(50)


@dataclass(frozen=True)
class Look:
    """What a browser made of a page."""

    charts: int
    drawn: int
    said: list[str]
    asked: list[str]
    found: list[str]


def look(browser: Browser, file: Path, *, dark: bool = True) -> Look:
    context, page, said, asked = offline_page(browser)
    page.goto(file.as_uri())
    notebook = file.with_suffix(".ipynb")
    shows_nothing = 'data-status="no_data"' in file.read_text(encoding="utf-8")
    expected = charts_in(notebook.read_text(encoding="utf-8")) if notebook.exists() and not shows_nothing else 0
    wait_for_charts(page, expected)
    drawn = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot.querySelector('.main-svg')).length"
    )
    found = findings(page, dark=dark)
    context.close()
    return Look(expected, drawn, said, asked, found)


@pytest.fixture(scope="module", params=PAGES)
def opened(request, browser: Browser, batch: Batch) -> tuple[Path, Look]:
    """Each page of the batch, opened once."""
    file = batch.folder / f"{request.param}.html"
    return file, look(browser, file, dark=request.param in IN_THE_DARK)


def test_a_page_draws_all_its_charts(opened):
    _, seen = opened
    assert seen.drawn == seen.charts


def test_a_page_says_nothing_on_the_console_and_asks_for_nothing_but_itself(opened):
    file, seen = opened
    assert (seen.said, seen.asked) == ([], [file.as_uri()])


def test_axe_finds_nothing_on_a_page(opened):
    _, seen = opened
    assert seen.found == []


def test_the_pages_opened_are_all_there_are(batch):
    assert sorted(str(path.relative_to(batch.folder).with_suffix("")) for path in batch.folder.rglob("*.html")) == sorted(PAGES)


def test_pages_with_shared_assets_are_small_and_draw_their_charts_from_the_file_beside_them(browser: Browser, tmp_path):
    made = report(tmp_path / "out", "2018H1", "--notebook", "overview", "--notebook", "indicator", "--shared-assets")
    pages = sorted(path for path in made.folder.glob("*/*.html") if path.name != "index.html")
    (library,) = (made.folder / "assets").iterdir()

    assert (made.status, len(pages)) == (0, 2), made.printed
    assert (
        40 * max(path.stat().st_size + path.with_suffix(".ipynb").stat().st_size for path in pages) + library.stat().st_size < 20e6
    )
    for file in pages:
        seen = look(browser, file)
        assert seen == Look(seen.charts, seen.charts, [], [file.as_uri(), library.as_uri()], [])
        assert seen.charts > 0


@pytest.mark.parametrize("name", ["overview", "data_quality", "market_surveillance"])
def test_a_page_fits_a_phone(browser: Browser, batch, name):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((batch.folder / "2018H1" / f"{name}.html").as_uri())
    wait_until_ready(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_every_chart_of_the_overview_has_a_name_a_description_and_its_data(browser: Browser, batch):
    context = browser.new_context()
    page = context.new_page()
    page.goto((batch.folder / "2018H1" / "overview.html").as_uri())
    figures = page.evaluate(
        """[...document.querySelectorAll('figure')].map((figure) => [
            figure.getAttribute('aria-label') || figure.getAttribute('aria-labelledby'),
            (document.getElementById(figure.getAttribute('aria-describedby')) || {}).textContent,
            figure.querySelectorAll('details table tbody tr').length,
        ])"""
    )

    assert len(figures) == 3
    for name, description, rows in figures:
        assert name
        assert len(description.split()) > 10
        assert rows > 0
    context.close()
