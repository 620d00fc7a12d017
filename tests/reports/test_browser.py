"""The page as a reader's browser sees it: opened from a file, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page

from bcanalysis.reports.exporters.html import export_html

from ..browser import wait_for, wait_until_ready
from .notebooks_for_tests import chart, code, failed_cell, notebook, run_record, shown, words
from .reader import Reader

WIDE_TABLE = "<table><tbody><tr>" + "".join(f"<td>cột-rất-rộng-{number}</td>" for number in range(30)) + "</tr></tbody></table>"


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(browser, tmp_path)
    yield reader
    reader.close()


def report() -> list[NotebookNode]:
    return [
        words("# Tổng quan\n\n## 1. Xuất khẩu"),
        code("bc.chart(a)", chart("Xuất khẩu", alt="Xuất khẩu tăng.")),
        words("## 2. Nhập khẩu\n\n### Chi tiết"),
        code("bc.chart(b)", chart("Nhập khẩu"), chart("Bán lẻ")),
        code("bc.table(c)", shown(text_html=WIDE_TABLE)),
        run_record(),
    ]


def colour(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(f"(element) => getComputedStyle(element)['{name}']")


def test_every_chart_is_drawn_from_a_file_without_a_network(reader):
    page = reader.open_drawn(*report())
    assert page.locator(".js-plotly-plot").count() == page.locator("figure").count() == 3
    assert page.locator(".main-svg .point path").count() == 6
    assert page.locator("[data-not-drawn]:visible").count() == 0


@pytest.mark.parametrize(
    ("trace", "drawn"),
    [
        ({"type": "pie", "labels": ["Nhà nước", "FDI"], "values": [1, 3]}, ".slice path"),
        ({"type": "scatter", "x": [2017, 2018], "y": [1, 2], "mode": "lines+markers"}, ".scatterlayer .point"),
        ({"type": "heatmap", "x": ["T1", "T2"], "y": ["A"], "z": [[1, 2]]}, ".heatmaplayer image"),
        ({"type": "waterfall", "x": ["a", "b"], "y": [1, 2]}, ".waterfalllayer .point path"),
    ],
    ids=["pie", "line", "heatmap", "waterfall"],
)
def test_charts_of_every_kind_are_drawn_those_too_that_need_the_whole_library(reader, trace, drawn):
    page = reader.open(code("1", chart("Cơ cấu", data=[trace])))
    page.locator(drawn).first.wait_for(state="attached")
    assert page.locator("[data-not-drawn]:visible").count() == 0


FIRST_CHANGE = """document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => { window.changed ??= performance.now(); })
        .observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["hidden"]});
})"""


def test_what_the_page_does_begins_when_its_words_are_seen(reader):
    page = reader.open_drawn(*report())
    page.add_init_script(FIRST_CHANGE)
    page.reload()
    wait_until_ready(page)
    painted, changed = page.evaluate("[performance.getEntriesByName('first-contentful-paint')[0].startTime, window.changed]")
    assert 0 < painted < changed


def test_a_page_that_is_never_painted_does_it_after_a_second_because_it_may_be_printed(reader):
    page = reader.open_drawn(*report())
    page.add_init_script("window.PerformanceObserver = class { observe() {} }")
    page.add_init_script(FIRST_CHANGE)
    page.reload()
    wait_until_ready(page)
    assert page.evaluate("window.changed") >= 1000
    wait_for(page, "document.querySelectorAll('.main-svg .point path').length === 6")


def test_charts_speak_the_language_of_the_page(reader):
    page = reader.open_drawn(*report())
    assert page.locator(".ytick").all_text_contents()[:3] == ["0", "0,5", "1"]
    page.locator(".js-plotly-plot").first.hover()
    titles = page.locator(".modebar").first.locator("[data-title]").evaluate_all("(all) => all.map((one) => one.dataset.title)")
    assert titles == ["Phóng to vùng chọn", "Kéo", "Phóng to", "Thu nhỏ", "Vừa khung", "Về ban đầu", "Tải hình (PNG)"]


def test_a_chart_can_be_saved_as_a_picture(reader):
    page = reader.open_drawn(*report())
    page.locator(".js-plotly-plot").first.hover()
    with page.expect_download() as download:
        page.locator("[data-title='Tải hình (PNG)']").first.click()
    assert download.value.suggested_filename == "Xuất khẩu.png"
    assert Path(download.value.path()).read_bytes()[:4] == b"\x89PNG"


def test_a_chart_has_a_name_and_a_description_for_those_who_cannot_see_it(reader):
    page = reader.open_drawn(*report())
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    figures = [node for node in nodes if node["role"]["value"] == "figure"]
    told = [(node["name"]["value"], node.get("description", {}).get("value", "")) for node in figures]
    from_data = "Biểu đồ vẽ Tên, Giá trị: 2 hàng số liệu, từ “2017” đến “2018”."  # where its maker has said nothing
    assert told == [("Xuất khẩu", "Xuất khẩu tăng."), ("Nhập khẩu", from_data), ("Bán lẻ", from_data)]


def test_the_theme_button_turns_page_and_charts(reader):
    page = reader.open_drawn(*report())
    button = page.get_by_role("button", name="Nền tối")
    assert colour(page, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert colour(page, ".xtick text", "fill") == "rgb(27, 37, 41)"
    button.click()
    wait_for(page, "getComputedStyle(document.querySelector('.xtick text')).fill === 'rgb(227, 233, 235)'")
    assert colour(page, "body", "backgroundColor") == "rgb(18, 24, 27)"
    page.get_by_role("button", name="Nền sáng").click()
    assert colour(page, "body", "backgroundColor") == "rgb(255, 255, 255)"


def test_the_theme_follows_the_system_until_told_otherwise(reader):
    page = reader.open_drawn(*report(), color_scheme="dark")
    assert colour(page, "body", "backgroundColor") == "rgb(18, 24, 27)"
    assert colour(page, ".xtick text", "fill") == "rgb(227, 233, 235)"
    page.emulate_media(color_scheme="light")
    wait_for(page, "getComputedStyle(document.querySelector('.xtick text')).fill === 'rgb(27, 37, 41)'")
    assert page.get_by_role("button", name="Nền tối").is_visible()


def test_the_code_button_shows_and_hides_all_code_by_keyboard_too(reader):
    page = reader.open_drawn(*report())
    button = page.locator("[data-code-button]")
    assert page.locator("[data-code]").filter(visible=True).count() == 0, "not even its summary stands in the way"
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("code:has-text('bc.')").filter(visible=True).count() == 4
    assert (button.text_content(), button.get_attribute("aria-pressed")) == ("Ẩn mã", "true")
    page.keyboard.press("Space")
    assert page.locator("code:has-text('bc.')").filter(visible=True).count() == 0
    assert button.text_content() == "Hiện mã"


def test_the_first_tab_stop_leads_past_the_header(reader):
    page = reader.open_drawn(*report())
    page.keyboard.press("Tab")
    assert page.locator(":focus").text_content() == "Đến nội dung chính"
    assert page.locator(":focus").evaluate("(link) => link.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [360, 768])
def test_a_narrow_page_does_not_scroll_sideways_but_its_tables_do(reader, width):
    page = reader.open_drawn(*report(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    table = page.locator("main > .text .scroll")
    table.scroll_into_view_if_needed()  # only then is it laid out
    wait_for(page, "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('main > .text .scroll'))")
    assert page.locator(".main-svg").first.evaluate("(drawing) => drawing.getBoundingClientRect().width") <= width


def test_charts_follow_the_width_of_the_window(reader):
    page = reader.open_drawn(*report(), width=1280)
    page.set_viewport_size({"width": 500, "height": 800})
    wait_for(page, "document.querySelector('.main-svg').getBoundingClientRect().width <= 500")


def test_print_is_light_and_fits_the_paper_and_the_screen_is_as_before(reader):
    page = reader.open_drawn(*report(), color_scheme="dark")
    page.evaluate(
        """addEventListener("beforeprint", () => {
            window.printed = [...document.querySelectorAll(".plot")].map((plot) => [
                plot.querySelector(".main-svg").getAttribute("width"),
                getComputedStyle(plot.querySelector(".xtick text")).fill,
            ]);
        })"""
    )
    page.pdf(prefer_css_page_size=True)
    assert page.evaluate("window.printed") == [["640", "rgb(27, 37, 41)"]] * 3
    wait_for(page, "document.querySelector('.main-svg').getAttribute('width') > 1000")
    assert colour(page, "body", "backgroundColor") == "rgb(18, 24, 27)"
    assert colour(page, ".xtick text", "fill") == "rgb(227, 233, 235)"


def test_without_scripts_code_and_data_can_still_be_read(reader):
    page = reader.open(*report(), java_script_enabled=False)
    assert page.locator("noscript p").first.is_visible()
    assert page.locator("button").filter(visible=True).count() == 0
    assert page.get_by_text("bc.chart(a)").is_hidden()
    page.get_by_text("Mã lệnh 1").click()
    assert page.get_by_text("bc.chart(a)").is_visible()
    page.locator("figure summary").first.click()
    assert page.get_by_role("cell", name="1,5").first.is_visible()


def test_a_browser_that_cannot_unpack_the_library_points_to_the_data(reader):
    broken = export_html(notebook(*report())).replace("data-library>e", "data-library>f")
    page = reader.open(html=broken)
    page.locator("[data-not-drawn]:visible").nth(2).wait_for()
    assert page.locator("[data-plot]").filter(visible=True).count() == 0


def test_a_chart_that_cannot_be_drawn_does_not_take_the_others_with_it(reader):
    broken = code("1", chart("Hỏng", data=[{"type": "bar", "x": ["a"], "y": {"dtype": "f8", "bdata": "AQA="}}]))
    page = reader.open(broken, code("2", chart("Tốt")))
    page.locator("[data-not-drawn]:visible").wait_for()
    page.locator(".main-svg .point path").nth(1).wait_for()
    assert page.locator("[data-not-drawn]:visible").text_content().startswith("Trình duyệt không vẽ được biểu đồ “Hỏng”")


def test_hostile_content_does_nothing(reader):
    payload = "<script>alert(1)</script><img src=x onerror=alert(2)><a id=plot href='javascript:alert(3)'>bấm</a></script>\u2028"
    hostile = {"type": "bar", "name": payload, "x": [payload, "b"], "y": [1, 2], "text": [payload, ""]}
    page = reader.open_drawn(
        words(payload),
        code(payload, shown(text_html=payload), shown(text_markdown=payload), chart(payload, alt=payload, data=[hostile])),
        failed_cell(payload, payload),
    )
    page.get_by_text("bấm").first.click()
    page.wait_for_timeout(200)
    assert page.locator("figure .point path").count() == 2


def test_the_link_in_the_banner_leads_to_the_error(reader):
    page = reader.open(words("# T\n\n" + "dài\n\n" * 200), failed_cell())
    assert page.title() == "[LỖI] T"
    page.get_by_role("link", name="Xem chỗ bị lỗi").click()
    assert page.locator("section.failed").evaluate("(error) => error.getBoundingClientRect().top < innerHeight")
