"""The real pages walked with the Tab key alone: everything is reached, in the order it is read, and can be seen where it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from ..browser import offline_page
from .test_pages_in_a_browser import wait_for_charts

CONTROLS = "a[href], button, input, select, summary, [tabindex]"
IN_ORDER = f"""() => {{
    window.controls = [...document.querySelectorAll("{CONTROLS}")].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
    return window.controls.map((one) => one.outerHTML.slice(0, 200));
}}"""
STOP = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const [box, style] = [one.getBoundingClientRect(), getComputedStyle(one)];
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return [window.controls.indexOf(one), inView && outlined];
}"""


def opened(browser: Browser, batch, name: str) -> Page:
    _, page, _, _ = offline_page(browser)
    page.goto((batch.folder / f"{name}.html").as_uri())
    wait_for_charts(page, page.locator("figure[data-chart]").count())
    return page


def stop_once_settled(page: Page) -> list | None:
    """Give the control that has the focus, and whether it can be seen; tables that come into view take some frames to be laid out."""
    for _ in range(20):
        stop = page.evaluate(STOP)
        if stop is None or stop[1]:
            break
        page.wait_for_timeout(50)
    return stop


@pytest.mark.parametrize("name", ["2018H1/overview", "2018H1/data_quality", "index"])
def test_the_tab_key_reaches_every_control_in_reading_order_shows_where_it_is_and_leaves_the_page(browser: Browser, batch, name):
    page = opened(browser, batch, name)
    controls = page.evaluate(IN_ORDER)
    stops = []
    for _ in range(len(controls) + 1):
        page.keyboard.press("Tab")
        stop = stop_once_settled(page)
        if stop is None:
            break
        stops.append(stop)

    assert len(controls) > 40
    assert [controls[place] for place, _ in stops] == controls
    assert [controls[place] for place, seen in stops if not seen] == []
    assert stop is None, "after the last control the page is left"
    page.context.close()


def test_enter_opens_what_a_number_tells_and_escape_leads_back_to_it(browser: Browser, batch):
    page = opened(browser, batch, "2018H1/overview")
    number = page.locator("button.figure").first
    number.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    assert page.locator(":focus").text_content() == "Giá trị sản xuất công nghiệp (giá thực tế): Thực hiện"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    assert number.evaluate("(button) => button === document.activeElement")
    page.context.close()


def test_space_and_enter_unfold_the_data_of_a_chart_and_fold_it_again(browser: Browser, batch):
    page = opened(browser, batch, "2018H1/overview")
    page.locator("figure summary").first.focus()
    page.keyboard.press("Space")
    assert page.locator("figure details table").first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('figure .scroll')"), "what is unfolded comes next"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.locator("figure details table").first.is_hidden()
    page.context.close()
