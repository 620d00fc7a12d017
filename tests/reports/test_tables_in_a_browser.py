"""What a reader can do with the tables of a page: copy, download, sort, filter, link, ask how a number came about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page

from bcanalysis.display.table import TABLE_TYPE, Cell, Column, Table

from .notebooks_for_tests import code, run_record, shown, words
from .reader import Reader

TOLD = ("Công thức: 3.140 ÷ 7.800 × 100 = 40,2564%.", "Làm tròn một lần, sau cùng.")
SMALL = Table(
    "Kết quả 2018",
    (Column("Chỉ tiêu"), Column("Thực hiện", True), Column("% kế hoạch", True)),
    (
        (
            Cell("Xuất khẩu; nhập khẩu"),
            Cell("3.140", 3140.0, "ước", origin=("Số in trong nguồn.",)),
            Cell("40,3", 40.25641025641026, origin=TOLD),
        ),
        (Cell('Chè "xanh"'), Cell("...", notes=(1,)), Cell("-1,5", -1.5)),
    ),
    ("Chưa có số liệu.",),
)
LONG = Table(
    "Các xã",
    (Column("Xã"), Column("Tấn", True)),
    tuple((Cell(name), Cell(text, value)) for name, text, value in [
        ("Đèo Gia", "1.200", 1200.0), ("Ân Châu", "...", None), ("Dương Hưu", "-5", -5.0), ("Ôn Đình", "90,5", 90.5),
        *((f"Xã {number}", f"{number}", float(number)) for number in range(1, 13)),
    ]),
)  # fmt: skip


def output(table: Table) -> NotebookNode:
    cell = code("bc.table(x)", shown(text_html=table._repr_html_()))
    cell.outputs[0].data[TABLE_TYPE] = table.content()
    return cell


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(browser, tmp_path)
    yield reader
    reader.close()


def downloaded(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name="(CSV)").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def first_words(page: Page) -> list[str]:
    return page.locator("main tbody tr:visible").evaluate_all("(rows) => rows.map((row) => row.cells[0].innerText)")


def test_a_vietnamese_table_is_downloaded_for_vietnamese_excel_with_unrounded_numbers(reader):
    name, content = downloaded(reader.open(output(SMALL)))

    assert name == "Kết quả 2018.csv"
    assert content.decode("utf-8") == (
        '\ufeff"Chỉ tiêu";"Thực hiện";"Thực hiện: loại số";"% kế hoạch"\r\n'
        '"Xuất khẩu; nhập khẩu";"3140";"ước";"40,25641025641026"\r\n'
        '"Chè ""xanh""";"...";"";"-1,5"\r\n'
    )


def test_an_english_table_is_downloaded_with_commas_and_points(reader):
    _, content = downloaded(reader.open(words("# T"), output(SMALL), run_record(parameters={"lang": "en"})))

    assert content.decode("utf-8-sig").splitlines()[1] == '"Xuất khẩu; nhập khẩu","3140","ước","40.25641025641026"'


@pytest.mark.parametrize("text", ["=1+1", "+HYPERLINK(1)", "-2+3", "@SUM(A1)", "＝1"])
def test_what_a_spreadsheet_would_compute_is_downloaded_as_text(reader, text):
    hostile = Table("T", (Column("A"), Column("B")), ((Cell(text), Cell("x")),))

    assert downloaded(reader.open(output(hostile)))[1].decode("utf-8-sig").splitlines()[1] == f'"\'{text}";"x"'


def test_cells_across_several_columns_leave_blanks(reader):
    table = "<table><thead><tr><th rowspan='2'>a</th><th colspan='2'>b</th></tr><tr><th>c</th><th>d</th></tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>"
    _, content = downloaded(reader.open(code("1", shown(text_html=table))))

    assert content.decode("utf-8-sig").splitlines() == ['"a";"b";""', '"";"c";"d"', '"1";"2";"3"']


def test_a_table_is_copied_as_a_spreadsheet_takes_it(reader):
    page = reader.open(output(SMALL), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Sao chép bảng").click()
    page.get_by_text("Đã sao chép.").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        "Chỉ tiêu\tThực hiện\tThực hiện: loại số\t% kế hoạch",
        "Xuất khẩu; nhập khẩu\t3140\tước\t40,25641025641026",
        'Chè "xanh"\t...\t\t-1,5',
    ]


def test_a_table_of_sixteen_rows_is_sorted_by_its_numbers_and_by_the_vietnamese_alphabet(reader):
    page = reader.open(output(LONG))
    tons, names = page.get_by_role("button", name="Tấn"), page.get_by_role("button", name="Xã", exact=True)

    tons.click()
    assert [first_words(page)[place] for place in (0, 1, -3, -2, -1)] == ["Dương Hưu", "Xã 1", "Ôn Đình", "Đèo Gia", "Ân Châu"]
    tons.click()
    assert [first_words(page)[place] for place in (0, 1, -2, -1)] == ["Đèo Gia", "Ôn Đình", "Dương Hưu", "Ân Châu"], (
        "what is missing stays last"
    )
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    tons.click()
    assert first_words(page)[:3] == ["Đèo Gia", "Ân Châu", "Dương Hưu"], "a third time gives the order of the page"
    names.focus()
    page.keyboard.press("Enter")
    assert first_words(page)[:6] == ["Ân Châu", "Dương Hưu", "Đèo Gia", "Ôn Đình", "Xã 1", "Xã 2"]


def test_a_filter_needs_no_accents_says_how_many_rows_it_leaves_and_downloads_those(reader):
    page = reader.open(output(LONG))
    page.get_by_label("Lọc hàng").fill("deo GIA")

    assert first_words(page) == ["Đèo Gia"]
    assert page.locator(".finder [role=status]").text_content() == "1/16 hàng"
    assert downloaded(page)[1].decode("utf-8-sig").splitlines() == ['"Xã";"Tấn"', '"Đèo Gia";"1200"']
    page.get_by_label("Lọc hàng").fill("")
    assert len(first_words(page)) == 16


def test_a_table_of_fifteen_rows_has_neither(reader):
    page = reader.open(output(Table(LONG.title, LONG.columns, LONG.rows[:15])))

    assert page.locator(".finder, thead button").count() == 0
    assert page.get_by_role("button", name="Tải bảng (CSV)").count() == 1


def test_a_number_says_in_full_what_it_is_and_how_it_came_about_by_keyboard_alone(reader):
    page = reader.open(output(SMALL))
    page.get_by_role("region", name="Bảng: Kết quả 2018").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Xuất khẩu; nhập khẩu: % kế hoạch")

    assert page.locator(":focus").text_content() == "Xuất khẩu; nhập khẩu: % kế hoạch"
    assert card.locator("[data-exact]").text_content() == "40,25641025641026"
    assert card.locator("[data-origin] p").all_text_contents() == list(TOLD)
    assert card.locator("[data-others] dt").all_text_contents() == ["Xuất khẩu; nhập khẩu: Thực hiện"]
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.locator(":focus").text_content() == "40,3", "one is where one was"


def test_the_numbers_of_a_table_are_one_stop_of_the_tab_key_and_the_arrows_go_on(reader):
    page = reader.open(output(SMALL))
    page.locator("button.figure").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").text_content() == "-1,5"
    page.keyboard.press("ArrowLeft")
    assert page.locator(":focus").text_content() == "-1,5", "a gap is no number to stop at"
    assert page.locator("button.figure[tabindex='0']").all_text_contents() == ["-1,5"]
    page.keyboard.press("Tab")
    assert page.locator(":focus").text_content() != "40,3"


def test_the_address_of_a_number_leads_to_it(reader):
    page = reader.open(output(SMALL))
    page.get_by_role("button", name="-1,5").click()
    address = page.url
    page.keyboard.press("Escape")
    assert address.endswith("#r-ch%C3%A8-xanh--k%E1%BA%BF-ho%E1%BA%A1ch")

    again = page.context.new_page()
    again.goto(address)
    again.locator("td.pointed").wait_for()
    assert again.locator("td.pointed").inner_text() == "-1,5"
    assert again.locator(":focus").text_content() == "-1,5"


def test_an_address_that_is_none_is_passed_over(reader):
    page = reader.open(output(SMALL))
    page.evaluate("location.hash = '#%E0%A4%A'")
    page.evaluate("location.hash = '#nowhere'")
    assert page.locator(".pointed").count() == 0


def test_without_scripts_one_can_read_how_the_numbers_came_about(reader):
    page = reader.open(output(SMALL), java_script_enabled=False)
    page.get_by_text("Cách có từng số trong bảng").click()

    assert page.locator("dd").filter(visible=True).all_text_contents() == ["Số in trong nguồn.", "".join(TOLD)]
    assert page.locator("button, dialog").filter(visible=True).count() == 0


def test_nothing_of_what_one_can_do_is_out_of_reach_of_the_tab_key(reader):
    page = reader.open(output(LONG), output(SMALL))
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement === document.body ? null : document.activeElement.outerHTML.slice(0, 400)")
        if stop is None:
            break
        stops.append(stop)

    reached = " ".join(stops)
    assert all(
        name in reached for name in ("data-theme-button", "data-code-button", "data-copy", "data-save", 'type="search"', "<summary")
    )
    assert sum('class="scroll"' in stop for stop in stops) == 2
    assert sum(stop.startswith('<button type="button" class="figure"') for stop in stops) == 2, (
        "one stop for the numbers of a table"
    )
    assert sum("<summary" in stop for stop in stops) == 1, "the hidden code is no stop"


@pytest.mark.parametrize("width", [360, 1280, 3840])
def test_no_width_makes_the_page_scroll_sideways(reader, width):
    page = reader.open(output(LONG), output(SMALL), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("button.figure").first.click()
    card = page.get_by_role("dialog").bounding_box()
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= width


def test_a_row_is_named_by_its_words_and_not_by_its_running_number(reader):
    told = Cell("3.140", 3140.0, origin=("Số in trong nguồn.",))
    rows = ((Cell("I"), Cell("Thương mại"), Cell("")), (Cell(""), Cell("Xuất khẩu"), told))
    page = reader.open(output(Table("Biểu", (Column("STT"), Column("Chỉ tiêu"), Column("Thực hiện", True)), rows)))
    page.get_by_role("button", name="3.140").click()
    assert page.locator("[data-name]").text_content() == "Xuất khẩu: Thực hiện"
    assert page.url.endswith("#r-xu%E1%BA%A5t-kh%E1%BA%A9u--th%E1%BB%B1c-hi%E1%BB%87n")
    assert page.locator("[data-origins] dt").text_content() == "Xuất khẩu: Thực hiện"


def test_the_heads_of_a_long_table_are_repeated_on_each_sheet(reader, tmp_path):
    rows = tuple((Cell(f"Xã {number}"), Cell(f"{number}", float(number))) for number in range(1, 91))
    page = reader.open(output(dataclasses.replace(LONG, rows=rows)))
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "printed.pdf") as printed:
        sheets = [sheet.extract_text().splitlines() for sheet in printed.pages]

    with_rows = [sheet for sheet in sheets if any(line.startswith("Xã ") for line in sheet)]
    assert len(with_rows) > 1
    assert all("Xã Tấn" in sheet for sheet in with_rows)


def test_two_tables_of_one_name_are_told_apart(reader):
    page = reader.open(output(LONG), output(LONG))
    names = page.get_by_role("region").evaluate_all("(regions) => regions.map((region) => region.ariaLabel)")
    assert names == ["Bảng: Các xã", "Bảng: Các xã (2)"]


def test_the_tools_of_tables_are_not_printed(reader):
    page = reader.open(output(LONG), output(SMALL))
    page.emulate_media(media="print")
    assert page.locator(".table-tools, .finder, .origins, dialog").filter(visible=True).count() == 0
