"""The browser that tests open pages in: the system's Chromium, without a network."""

import os
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    reason = "NO BROWSER: pages were not opened; install Chromium to test what readers see"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


def wait_for(page: Page, expression: str, seconds: float = 15) -> None:
    """Ask again and again from outside: what Playwright would put into the page to wait, the policy of the page forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"in vain: {expression}"
        page.wait_for_timeout(50)


def wait_until_ready(page: Page) -> None:
    """What a page does begins when its words have been seen."""
    wait_for(page, "!document.querySelector('[data-tools]')?.hidden")


def offline_page(browser: Browser) -> tuple[BrowserContext, Page, list[str], list[str]]:
    """Open a page without a network; what it says on the console and what it asks for is listed."""
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.set_offline(True)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return context, page, said, asked
