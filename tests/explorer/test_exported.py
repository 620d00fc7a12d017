"""The explorer as a page: made by papermill like any report, whole without its form."""

import re

import pytest
from playwright.sync_api import Browser

from ..notebooks.conftest import Batch, report, visible_text


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Batch:
    chosen = ("-p", "indicators", "export_value import_value", "-p", "other_periods", "2024H1")
    return report(tmp_path_factory.mktemp("explored"), "2018H1", "--notebook", "explore", *chosen)


@pytest.fixture(scope="module")
def page(made) -> str:
    (file,) = (made.folder / "2018H1").glob("explore*.html")
    return file.read_text(encoding="utf-8")


def test_it_is_a_report_of_what_its_parameters_choose(made, page):
    (record,) = [record for place, record in made.records("2018H1").items() if place.startswith("explore")]
    text = visible_text(page)

    assert (made.status, record["status"]) == (0, "ok")
    assert "Đang xem: Bắc Giang, 6 tháng đầu năm 2018; Bắc Giang, 6 tháng đầu năm 2024." in text
    assert "6 tháng đầu năm 2024: Kim ngạch nhập khẩu" in text
    assert "66.148" not in text


def test_there_is_no_form_on_it_and_no_trace_of_one(page):
    text = visible_text(page)
    for words in ("Giữ phím Ctrl", "Thêm vào danh sách", "VBox", "widget", "không trình bày được"):
        assert words not in text
    assert re.findall(r"<(?:select|input)\b[^>]*>", page) == [
        '<input type="search" autocomplete="off" spellcheck="false">'
    ]  # of tables


def test_opened_offline_it_draws_all_charts_asks_for_nothing_and_says_nothing(made, page, browser: Browser):
    (file,) = (made.folder / "2018H1").glob("explore*.html")
    context = browser.new_context()
    context.set_offline(True)
    opened, said, asked = context.new_page(), [], []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    opened.locator("[data-plot] .main-svg").nth(3).wait_for(state="attached")

    assert opened.locator("[data-plot]").count() == 4
    assert (said, asked) == ([], [file.as_uri()])
    context.close()


def test_a_batch_of_all_notebooks_has_no_explorer(tmp_path):
    planned = report(tmp_path, "2018H1", "--dry-run")
    assert planned.status == 0
    assert "overview.html" in planned.printed
    assert "explore" not in planned.printed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("indicators", "export_value exports"), 'parameter indicators: got "exports"; expected a known indicator.'),
        (("other_areas", "bac-nin"), 'parameter other_areas: got "bac-nin"; expected a known area. Did you mean "bac-ninh"?'),
        (("price_basis", "curent"), 'Did you mean "current"?'),
        (("other_periods", "2018H3"), 'period: got "2018H3"'),
        (("as_of", "14/6/2018"), '"14/6/2018"'),
    ],
)
def test_the_command_line_refuses_before_anything_runs_what_the_form_would_not_offer(tmp_path, given, said):
    refused = report(tmp_path / "out", "2018H1", "--notebook", "explore", "-p", *given)
    assert refused.status == 2
    assert said in refused.printed
    assert not (tmp_path / "out").exists()
