"""Opens a page offline, as from a USB stick, and keeps what the browser says and asks for."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from playwright.sync_api import Browser, Page

from bcanalysis.reports.exporters.html import export_html

from ..browser import wait_for, wait_until_ready
from .notebooks_for_tests import notebook


class Reader:
    """Opens pages offline and keeps what the browser says and asks for."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.file = folder / "báo cáo.html"
        self.said: list[str] = []
        self.asked: list[str] = []

    def open(self, *cells: NotebookNode, html: str | None = None, width: int = 1280, **settings: object) -> Page:
        self.file.write_text(html or export_html(notebook(*cells)), encoding="utf-8")
        context = self.browser.new_context(viewport={"width": width, "height": 800}, **settings)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(self.file.as_uri())
        if settings.get("java_script_enabled", True):
            wait_until_ready(page)
        return page

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()
        assert self.said == [], f"the page is not silent on the console: {self.said}"
        assert set(self.asked) == {self.file.as_uri()}, "nothing is asked for but the page itself"

    def open_drawn(self, *cells: NotebookNode, **settings: object) -> Page:
        page = self.open(*cells, **settings)
        wait_for(page, "[...document.querySelectorAll('[data-plot]')].every((plot) => plot.querySelector('.main-svg .point path'))")
        return page
