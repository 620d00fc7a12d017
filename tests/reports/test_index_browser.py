"""The landing page of a large batch as a reader's browser sees it: opened from a file, without a network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from bcanalysis.reports.index import write_index

PERIODS = ("2018H1", "2023", "2024H1", "2024Q1", "2024Q3")
AREAS = {"bac-giang": "Bắc Giang", "an-giang": "An Giang", "da-nang": "Đà Nẵng", "dong-nai": "Đồng Nai", "ha-noi": "Hà Nội"}
NOTEBOOKS = {"overview": "Tổng quan", "trade": "Xuất khẩu", "retail": "Bán lẻ", "energy": "Điện"}
FIGURE = {"label": "Giá trị sản xuất", "value": "ước 66.148 tỷ đồng", "growth": "in +27,6%", "plan": "in 45,9% KH"}
HOSTILE = (
    "</script><script>alert(1)</script>\"><meta http-equiv=refresh content='0;url=javascript:alert(2)'><img src=x onerror=alert(3)>"
)


def status_of(number: int) -> str:
    """One report failed in each hundred, one ran out of time, two have no figures."""
    return {0: "failed", 1: "timed_out", 2: "no_data", 3: "no_data"}.get(number % 100, "ok")


def write_runs(folder: Path, lines: list[dict[str, Any]]) -> None:
    for line in lines:
        (folder / line["period"]).mkdir(parents=True, exist_ok=True)
        for path in line["outputs"]:
            file = folder / line["period"] / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"<!DOCTYPE html><title>{line['period']} {path}</title>", encoding="utf-8")
        with (folder / line["period"] / "run.jsonl").open("a", encoding="utf-8") as runs:
            runs.write(json.dumps(line, ensure_ascii=False) + "\n")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five periods of five areas, four notebooks each with five numbers of top rows: 500 reports."""
    folder = tmp_path_factory.mktemp("batch") / "báo cáo 100% #1"
    wanted = [(period, area, report, top) for top in range(5) for report in NOTEBOOKS for area in AREAS for period in PERIODS]
    lines = [
        {
            "report": report,
            "title": NOTEBOOKS[report],
            "period": period,
            "area": area,
            "area_name": AREAS[area],
            "parameters": {"period": period, "area": area, "top": top},
            "status": status_of(number),
            "outputs": [f"{area}/{report}-top {top}.html"],
            "error": "TimeoutError: 600 s" if status_of(number) == "timed_out" else None,
            "headline": [FIGURE] * 4,
        }
        for number, (period, area, report, top) in enumerate(wanted)
    ]
    write_runs(folder, lines)
    for period in PERIODS:
        write_index(folder / period)
    write_index(folder)
    return folder


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages offline; at the end, the browser has said nothing and asked for files alone."""
    said, asked = [], []

    def opened(file: Path, state: str = "", width: int = 1280, **settings: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri() + state)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert said == [], "the page is silent on the console"
    assert [url for url in asked if not url.startswith("file:")] == []


def shown(page: Page) -> Locator:
    return page.locator("tbody tr").filter(visible=True)


def count(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def column(page: Page, number: int) -> list[str]:
    """The distinct texts of a column, from top to bottom."""
    cells = page.evaluate(
        "(number) => [...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[number].textContent.trim())",
        number,
    )
    return list(dict.fromkeys(cells))


def test_500_reports_are_listed_what_failed_first(visit, batch):
    page = visit(batch / "index.html")
    assert (count(page), shown(page).count()) == ("500 / 500 báo cáo", 500)
    statuses = page.evaluate("[...document.querySelectorAll('tbody tr')].map((row) => row.dataset.status)")
    assert set(statuses[:10]) == {"failed", "timed_out"}
    assert set(statuses[10:]) == {"no_data", "ok"}
    assert page.locator("header li button").all_inner_texts() == [
        "Lỗi: 5",
        "Quá thời gian: 5",
        "Chưa có số liệu: 10",
        "Hoàn thành: 480",
    ]


def test_filters_work_together_and_the_address_keeps_them_over_a_reload(visit, batch):
    page = visit(batch / "index.html")
    choice(page, "Kỳ").select_option(label="năm 2023")
    assert count(page) == "100 / 500 báo cáo"
    choice(page, "Địa bàn").select_option(label="Đà Nẵng")
    choice(page, "Loại báo cáo").select_option(label="trade")
    assert (count(page), column(page, 2), column(page, 3)) == ("5 / 500 báo cáo", ["năm 2023"], ["Đà Nẵng"])
    assert page.url.endswith("#report=trade&period=2023&area=da-nang")
    page.reload()
    assert count(page) == "5 / 500 báo cáo"
    assert choice(page, "Địa bàn").input_value() == "da-nang"
    page.get_by_role("button", name="Đặt lại").click()
    assert (count(page), page.url) == ("500 / 500 báo cáo", (batch / "index.html").as_uri())


def test_an_address_that_names_what_is_not_there_chooses_nothing(visit, batch):
    page = visit(batch / "index.html", "#area=nowhere&sort=shape&order=desc&q=")
    assert count(page) == "500 / 500 báo cáo"
    page.evaluate("location.hash = '#status=no_data'")
    page.wait_for_timeout(50)
    assert count(page) == "10 / 500 báo cáo"


@pytest.mark.parametrize("words", ["da nang dien", "ĐÀ NẴNG Điện", "  đà   DIEN nang"])
def test_the_search_ignores_case_tone_marks_and_order(visit, batch, words):
    page = visit(batch / "index.html")
    page.get_by_label("Tìm").fill(words)
    assert (count(page), column(page, 3)) == ("25 / 500 báo cáo", ["Đà Nẵng"])


def test_the_count_of_a_status_shows_its_reports_and_all_again(visit, batch):
    page = visit(batch / "index.html")
    button = page.get_by_role("button", name="Quá thời gian: 5")
    button.click()
    assert (count(page), column(page, 0)) == ("5 / 500 báo cáo", ["✗ Quá thời gian"])
    assert (button.get_attribute("aria-pressed"), choice(page, "Tình trạng").input_value()) == ("true", "timed_out")
    button.click()
    assert (count(page), button.get_attribute("aria-pressed")) == ("500 / 500 báo cáo", "false")


def test_columns_sort_by_the_vietnamese_alphabet_by_time_and_by_need(visit, batch):
    page = visit(batch / "index.html")
    page.get_by_role("button", name="Địa bàn").click()
    assert column(page, 3) == ["An Giang", "Bắc Giang", "Đà Nẵng", "Đồng Nai", "Hà Nội"]
    assert page.get_by_role("columnheader", name="Địa bàn").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Kỳ").click()
    assert column(page, 2) == ["6 tháng đầu năm 2018", "năm 2023", "quý I năm 2024", "6 tháng đầu năm 2024", "quý III năm 2024"]
    page.get_by_role("button", name="Kỳ").click()
    assert column(page, 2)[0] == "quý III năm 2024"
    assert page.get_by_role("columnheader", name="Kỳ", exact=True).get_attribute("aria-sort") == "descending"
    assert page.locator("[aria-sort]").count() == 1
    page.reload()
    assert column(page, 2)[0] == "quý III năm 2024"
    page.get_by_role("button", name="Tình trạng").click()
    assert column(page, 0) == ["✗ Lỗi", "✗ Quá thời gian", "○ Chưa có số liệu", "✓ Hoàn thành"]


def test_the_keyboard_is_enough_and_the_skip_link_keeps_what_is_chosen(visit, batch):
    page = visit(batch / "index.html", "#q=da+nang")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for key in ["Tab", "Tab", "Tab", "Tab", "Tab"]:
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Control+A")
    page.keyboard.type("ha noi")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert column(page, 3) == ["Hà Nội"]
    assert page.get_by_role("columnheader", name="Tình trạng").get_attribute("aria-sort") == "ascending"
    assert page.url.endswith("#q=ha+noi&sort=status&order=asc")


def test_a_folder_that_was_moved_still_leads_from_page_to_page(visit, batch, tmp_path):
    moved = Path(shutil.copytree(batch, tmp_path / "đã chuyển"))
    page = visit(moved / "index.html", "#status=failed")
    page.get_by_role("link", name="6 tháng đầu năm 2024").click()
    assert page.title() == "Các báo cáo 6 tháng đầu năm 2024"
    page.get_by_label("Tìm").fill("hà nội retail top = 3")
    shown(page).get_by_role("link", name="Bán lẻ").first.click()
    assert page.title() == "2024H1 ha-noi/retail-top 3.html"
    page.go_back()
    page.get_by_role("link", name="Báo cáo của tất cả các kỳ").click()
    assert page.url == (moved / "index.html").as_uri()
    page.wait_for_load_state()
    addresses = page.evaluate("[...document.querySelectorAll('tbody a')].map((link) => link.href)")
    assert len(addresses) == 1000
    assert {address.rpartition("/")[2] for address in addresses if "ha-noi/retail" in address} == {
        f"retail-top%20{top}.html" for top in range(5)
    }


def test_without_scripts_the_table_is_whole_and_there_are_no_tools(visit, batch):
    page = visit(batch / "index.html", java_script_enabled=False)
    assert shown(page).count() == 500
    assert page.locator("button, select, input").filter(visible=True).count() == 0
    assert page.get_by_text("Lỗi: 5").is_visible()


@pytest.mark.parametrize("width", [360, 768, 1280, 2000])
def test_no_width_scrolls_sideways(visit, batch, width):
    page = visit(batch / "index.html", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_rows_are_a_table_to_those_who_cannot_see_them(visit, batch):
    page = visit(batch / "index.html", "#status=failed", width=360)
    row = page.get_by_role("table", name="Bảng các báo cáo").get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 6


def test_paper_shows_what_is_chosen_and_no_tools(visit, batch):
    page = visit(batch / "index.html", "#status=no_data")
    page.emulate_media(media="print")
    assert shown(page).count() == 10
    assert count(page) == "10 / 500 báo cáo"
    assert page.locator("select, input, td.links").filter(visible=True).count() == 0


def test_hostile_text_does_nothing(visit, tmp_path):
    hostile = dict.fromkeys(("report", "title", "area", "area_name", "error"), HOSTILE)
    line = {
        **hostile,
        "period": "2018H1",
        "status": "ok",
        "parameters": {HOSTILE: HOSTILE},
        "headline": [dict.fromkeys(FIGURE, HOSTILE)],
    }
    write_runs(
        tmp_path,
        [{**line, "outputs": []}, {**line, "title": "javascript", "parameters": {}, "outputs": ["javascript:alert(4).html"]}],
    )
    write_index(tmp_path)
    page = visit(tmp_path / "index.html")
    page.get_by_label("Tìm").fill("<script>")
    page.get_by_role("button", name="Báo cáo", exact=True).click()
    page.wait_for_timeout(200)
    assert (count(page), page.url.partition("#")[0]) == ("2 / 2 báo cáo", (tmp_path / "index.html").as_uri())
    assert page.evaluate("document.querySelectorAll('script, img, meta[http-equiv=refresh]').length") == 1
    page.get_by_role("link", name="javascript").first.click()
    assert page.title() == "2018H1 javascript:alert(4).html"
