"""The reports that a gallery shows: title, question, address and, where there is a browser, pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bs4 import BeautifulSoup

_LOOKED_AT = "document.querySelector('.official-head, figure[data-chart]') ?? document.querySelector('main table, main h2')"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shown:
    """A report in a gallery.

    Parameters
    ----------
    address, title, question : str
        Where its page lies, seen from the gallery; what it is called, and asks.
    pictures : dict of str to str
        Address of its picture for each theme; none without a browser.
    """

    address: str
    title: str
    question: str
    pictures: dict[str, str] = field(default_factory=dict)


def gallery(site: Path, reports: str) -> list[Shown]:
    """Read the reports in a folder of a site, the overview first, and take their pictures."""
    files = sorted((site / reports).glob("*.html"), key=lambda file: (file.stem != "overview", file.stem))
    shown = [_read(file, site) for file in files if file.stem != "index"]
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser:
        for report, theme, picture in _pictures(browser, site, shown):
            report.pictures[theme] = picture
    return shown


def _read(file: Path, site: Path) -> Shown:
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    question = page.select_one("main p:not(nav p)")
    title = page.title.get_text() if page.title else file.stem  # says so when the report has failed
    return Shown(quote(file.relative_to(site).as_posix()), title, question.get_text() if question else "")


def _pictures(browser: str, site: Path, shown: list[Shown]) -> Iterator[tuple[Shown, str, str]]:
    """Photograph the first chart of each page, or its first table, in both themes."""
    from playwright.sync_api import sync_playwright

    (site / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_context(viewport={"width": 640, "height": 480}, offline=True).new_page()
        for report in shown:
            page.goto(f"{site.resolve().as_uri()}/{report.address}")
            page.evaluate(f"({_LOOKED_AT}).scrollIntoView()")
            if page.locator("figure[data-chart]").count():
                page.wait_for_selector("figure .main-svg", state="attached")
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                picture = f"pictures/{Path(report.address).stem}-{theme}.png"
                page.screenshot(path=site / picture)
                yield report, theme, picture
        chromium.close()
