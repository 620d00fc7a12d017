from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from bcanalysis.reports.index import read_runs, write_index

OVERVIEW = {
    "report": "overview",
    "title": "Tổng quan",
    "period": "2018H1",
    "area": "bac-giang",
    "parameters": {"period": "2018H1", "area": "bac-giang"},
    "status": "ok",
    "seconds": 2.5,
    "outputs": ["overview.html", "overview.ipynb"],
    "error": None,
}


def run(**changes: object) -> dict[str, object]:
    return OVERVIEW | changes


def folder_of(folder: Path, *runs: dict[str, object], rest: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in runs)
    (folder / "run.jsonl").write_text(lines + rest, encoding="utf-8")
    return folder


def page_of(folder: Path, lang: str = "vi") -> BeautifulSoup:
    written = write_index(folder, lang)
    assert written == folder / "index.html"
    return BeautifulSoup(written.read_text(encoding="utf-8"), "html.parser")


def texts(cells: list[Tag]) -> list[str]:
    return [" ".join(cell.get_text(" ").split()) for cell in cells]


def rows_of(page: BeautifulSoup) -> list[list[str]]:
    return [texts(row.find_all(["th", "td"])) for row in page.select("tbody tr")]


def test_a_row_says_status_report_area_parameters_and_files(tmp_path):
    folder = folder_of(tmp_path / "2018H1", run(parameters={"period": "2018H1", "indicator": "export_value", "as_of": None}))
    (folder / "overview.html").touch()
    (folder / "overview.ipynb").touch()
    page = page_of(folder)
    assert page.title.string == "Các báo cáo 6 tháng đầu năm 2018"
    assert texts(page.select("thead th")) == ["Tình trạng", "Báo cáo", "Địa bàn", "Tham số khác mặc định", "Tệp"]
    assert rows_of(page) == [["✓ Hoàn thành", "Tổng quan overview", "bac-giang", "indicator = export_value", "HTML IPYNB"]]
    assert [link["href"] for link in page.select("td a")] == ["overview.html", "overview.ipynb"]
    assert page.select_one("th a")["href"] == "overview.html"


def test_failed_reports_come_first_then_those_without_data_then_the_good_ones_by_name(tmp_path):
    folder = folder_of(
        tmp_path / "2018H1",
        run(report="trade", outputs=["trade.html"]),
        run(report="energy", outputs=["energy.html"], status="no_data"),
        run(report="plan", outputs=["plan.html"]),
        run(report="retail", outputs=["retail.html"], status="failed", error="KeyError: 'retail_sales'"),
    )
    page = page_of(folder)
    assert [row["data-status"] for row in page.select("tbody tr")] == ["failed", "no_data", "ok", "ok"]
    assert [(row[0], row[1]) for row in rows_of(page)] == [
        ("✗ Bị lỗi", "Tổng quan retail KeyError: 'retail_sales'"),
        ("○ Chưa có số liệu", "Tổng quan energy"),
        ("✓ Hoàn thành", "Tổng quan plan"),
        ("✓ Hoàn thành", "Tổng quan trade"),
    ]
    assert texts(page.select("header .made")) == ["Bị lỗi: 1; chưa có số liệu: 1; hoàn thành: 2. Các kỳ khác"]


def test_the_last_run_of_a_report_counts(tmp_path):
    folder = folder_of(tmp_path, run(status="failed", error="old"), run(report="trade", outputs=["trade.html"]), run())
    assert [(line["report"], line["status"]) for line in read_runs(folder / "run.jsonl").latest] == [
        ("overview", "ok"),
        ("trade", "ok"),
    ]


def test_a_run_that_wrote_no_page_is_known_by_report_area_and_parameters(tmp_path):
    other_area = run(area="bac-ninh", outputs=[])
    folder = folder_of(tmp_path, run(), other_area, run(outputs=[], status="failed"))
    latest = read_runs(folder / "run.jsonl").latest
    assert [(line["area"], line["status"]) for line in latest] == [("bac-giang", "failed"), ("bac-ninh", "ok")]


def test_a_run_that_wrote_the_page_of_another_run_takes_its_place(tmp_path):
    folder = folder_of(tmp_path, run(parameters={"top": 5}), run(parameters={"top": 10}))
    assert [line["parameters"] for line in read_runs(folder / "run.jsonl").latest] == [{"top": 10}]


@pytest.mark.parametrize("rest", ['{"report": "trade", "sta', "\xff", "3", "[]"])
def test_a_last_line_that_is_still_being_written_is_ignored(tmp_path, rest):
    runs = read_runs(folder_of(tmp_path, run(), rest=rest) / "run.jsonl")
    assert ([line["report"] for line in runs.latest], runs.unreadable) == (["overview"], 0)


def test_a_whole_last_line_without_its_end_counts(tmp_path):
    runs = read_runs(folder_of(tmp_path, rest=json.dumps(run())) / "run.jsonl")
    assert [line["report"] for line in runs.latest] == ["overview"]


def test_lines_that_cannot_be_read_are_counted_on_the_page(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(), rest='{"torn\n[]\n\n'))
    assert page.select_one("p.cut").string == ("Bỏ qua 2 dòng không đọc được trong run.jsonl; danh sách dưới đây có thể thiếu.")


def test_an_unusual_line_separator_inside_a_text_does_not_tear_its_line(tmp_path):
    runs = read_runs(folder_of(tmp_path, run(title="Tổng\u2028quan\x85")) / "run.jsonl")
    assert [line["title"] for line in runs.latest] == ["Tổng\u2028quan\x85"]


def test_an_unknown_status_never_passes_for_a_good_one(tmp_path):
    assert [row[0] for row in rows_of(page_of(folder_of(tmp_path / "2018H1", run(status="done"))))] == ["✗ Bị lỗi"]


def test_a_file_that_is_not_there_is_named_and_not_linked(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(outputs=["overview.pdf"])))
    assert rows_of(page)[0][4] == "PDF (không có tệp)"
    assert page.select("tbody a") == []


@pytest.mark.parametrize("path", ["/etc/hostname", "../outside.html", "javascript:alert(1).html", "https://example.org/a.html"])
def test_links_lead_to_files_of_the_folder_alone(tmp_path, path):
    (tmp_path / "outside.html").touch()
    assert page_of(folder_of(tmp_path / "2018H1", run(outputs=[path]))).select("tbody a") == []


def test_links_are_relative_and_escaped(tmp_path):
    folder = folder_of(tmp_path / "2018H1", run(outputs=["a\\tổng quan #1.html"]))
    (folder / "a").mkdir()
    (folder / "a" / "tổng quan #1.html").touch()
    assert page_of(folder).select_one("td a")["href"] == "a/t%E1%BB%95ng%20quan%20%231.html"


def test_headlines_stand_under_the_title(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(headline=["Xuất khẩu tăng 6,5%", "Đạt 40,3% kế hoạch"])))
    assert rows_of(page)[0][1] == "Tổng quan overview Xuất khẩu tăng 6,5% Đạt 40,3% kế hoạch"


def test_the_top_page_lists_the_periods_the_newest_first(tmp_path):
    for name in ("2018H1", "2024H1", "2024", "2024Q1", "archive"):
        folder_of(tmp_path / name, run(), run(report="trade", outputs=["trade.html"], status="failed"))
    (tmp_path / "2030H1").mkdir()
    page = page_of(tmp_path)
    assert page.title.string == "Các kỳ báo cáo"
    assert rows_of(page) == [
        ["năm 2024", "1", "0", "1"],
        ["6 tháng đầu năm 2024", "1", "0", "1"],
        ["quý I năm 2024", "1", "0", "1"],
        ["6 tháng đầu năm 2018", "1", "0", "1"],
        ["archive", "1", "0", "1"],
    ]
    assert [link["href"] for link in page.select("tbody a")] == [
        "2024/index.html",
        "2024H1/index.html",
        "2024Q1/index.html",
        "2018H1/index.html",
        "archive/index.html",
    ]


def test_folders_without_reports_say_so(tmp_path):
    assert page_of(tmp_path).select_one("main p").string == "Thư mục này chưa có báo cáo của kỳ nào."
    assert page_of(folder_of(tmp_path / "2018H1")).select_one("main p").string == "Kỳ này chưa lập báo cáo nào."


def test_hostile_text_stays_text_and_no_script_is_allowed(tmp_path):
    payload = "<script>alert(1)</script>"
    hostile = run(title=payload, area=payload, error=payload, headline=[payload], parameters={payload: payload}, outputs=[payload])
    page = page_of(folder_of(tmp_path / "2018H1", hostile))
    first = page.head.find("meta")
    assert page.select("script, [onclick], link") == []
    assert (first["http-equiv"], first["content"]) == (
        "Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'",
    )
    assert page.get_text().count(payload) == 6


def test_a_page_speaks_english_when_asked(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(outputs=[])), "en")
    assert (page.html["lang"], page.title.string) == ("en", "Reports of first half of 2018")
    assert rows_of(page)[0][0] == "✓ Complete"


def test_the_same_folder_gives_the_same_page_and_nothing_is_left_beside_it(tmp_path):
    folder = folder_of(tmp_path / "2018H1", run())
    first = write_index(folder).read_bytes()
    assert write_index(folder).read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "run.jsonl"]
