"""The real pages as a reader's browser shows them: opened from a file, without a network."""

import json
import time

import pytest
from playwright.sync_api import Browser, Page

PLOTLY = "application/vnd.plotly.v1+json"


def charts_in(notebook: str) -> int:
    cells = json.loads(notebook)["cells"]
    return sum(PLOTLY in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


def wait_for_charts(page: Page, count: int) -> None:
    end = time.monotonic() + 20
    while page.evaluate("document.querySelectorAll('.js-plotly-plot .main-svg').length") < count and time.monotonic() < end:
        page.wait_for_timeout(50)


@pytest.mark.parametrize("period", ["2018H1", "2024H1"])
def test_every_page_draws_its_charts_says_nothing_and_asks_for_nothing(browser: Browser, batch, period):
    for file in sorted((batch.folder / period).glob("*.html")):
        said, asked = [], []
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(file.as_uri())
        notebook = file.with_suffix(".ipynb")
        expected = charts_in(notebook.read_text(encoding="utf-8")) if notebook.exists() else 0
        wait_for_charts(page, expected)

        drawn = page.evaluate(
            "[...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot.querySelector('.main-svg')).length"
        )
        assert (file.name, drawn) == (file.name, expected)
        assert (file.name, said) == (file.name, [])
        assert (file.name, asked) == (file.name, [file.as_uri()])
        context.close()


@pytest.mark.parametrize("name", ["overview", "data_quality", "market_surveillance"])
def test_a_page_fits_a_phone(browser: Browser, batch, name):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((batch.folder / "2018H1" / f"{name}.html").as_uri())

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
