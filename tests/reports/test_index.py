from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from bcanalysis.reports.index import write_index
from bcanalysis.reports.run_file import read_runs
from bcanalysis.reports.status import STATUSES
from bcanalysis.wording.terms import term

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


def test_a_row_says_status_report_area_figures_parameters_and_files(tmp_path):
    output = {"label": "Giá trị sản xuất", "value": "ước 66.148 tỷ đồng", "growth": "in +27,6%", "plan": "in 45,9% KH"}
    cases = {"label": "Số vụ", "value": "12 vụ", "growth": "", "plan": ""}
    parameters = {"period": "2018H1", "area": "bac-giang", "indicator": "export_value", "as_of": None}
    folder = folder_of(tmp_path / "2018H1", run(area_name="Bắc Giang", headline=[output, cases], parameters=parameters))
    (folder / "overview.html").touch()
    (folder / "overview.ipynb").touch()
    page = page_of(folder)
    assert page.title.string == "Các báo cáo 6 tháng đầu năm 2018"
    assert texts(page.select("thead th")) == [
        "Tình trạng",
        "Báo cáo",
        "Địa bàn",
        "Số liệu chính thực hiện; so cùng kỳ; % kế hoạch năm (KH)",
        "Tham số khác mặc định",
        "Tệp",
    ]
    assert rows_of(page) == [
        [
            "✓ Hoàn thành",
            "Tổng quan overview",
            "Bắc Giang",
            "Giá trị sản xuất: ước 66.148 tỷ đồng; in +27,6%; in 45,9% KH Số vụ: 12 vụ",
            "indicator = export_value",
            "HTML IPYNB",
        ]
    ]
    assert [link["href"] for link in page.select("td a")] == ["overview.html", "overview.ipynb"]
    assert page.select_one("th a")["href"] == "overview.html"
    assert page.select_one("header .made a")["href"] == "../index.html"


def test_what_failed_comes_first_then_what_was_cancelled_then_the_overview_and_the_others_by_name(tmp_path):
    folder = folder_of(
        tmp_path / "2018H1",
        run(report="trade", outputs=["trade.html"]),
        run(report="energy", outputs=["energy.html"], status="no_data"),
        run(report="zones", outputs=["zones.html"], status="cancelled"),
        run(),
        run(report="retail", outputs=["retail.html"], status="kernel_died", error="DeadKernelError: Kernel died"),
        run(report="plan", outputs=["plan.html"], status="failed", error="KeyError: 'retail_sales'"),
    )
    page = page_of(folder)
    assert [(row[0], row[1]) for row in rows_of(page)] == [
        ("✗ Lỗi", "Tổng quan plan KeyError: 'retail_sales'"),
        ("✗ Tiến trình tính toán dừng đột ngột", "Tổng quan retail DeadKernelError: Kernel died"),
        ("– Đã hủy", "Tổng quan zones"),
        ("✓ Hoàn thành", "Tổng quan overview"),
        ("○ Chưa có số liệu", "Tổng quan energy"),
        ("✓ Hoàn thành", "Tổng quan trade"),
    ]
    assert texts(page.select("[data-count-of]")) == [
        "Lỗi: 1",
        "Tiến trình tính toán dừng đột ngột: 1",
        "Đã hủy: 1",
        "Chưa có số liệu: 1",
        "Hoàn thành: 2",
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_status_has_its_words(lang):
    words = [term(f"index.{kind}_{status}", lang, count=1) for kind in ("status", "count") for status in STATUSES]
    assert len(set(words)) == 18


def test_a_report_that_the_last_run_kept_is_shown_as_what_it_is_with_a_remark(tmp_path):
    folder = folder_of(
        tmp_path / "2018H1",
        run(status="skipped", kept="ok"),
        run(report="trade", outputs=[], status="skipped", kept="no_data"),
    )
    page = page_of(folder)
    assert [row[0] for row in rows_of(page)] == [
        "✓ Hoàn thành giữ nguyên ở lần chạy cuối",
        "○ Chưa có số liệu giữ nguyên ở lần chạy cuối",
    ]
    assert [row["data-status"] for row in page.select("tbody tr")] == ["ok", "no_data"]
    assert texts(page.select("[data-count-of]")) == ["Chưa có số liệu: 1", "Hoàn thành: 1"]


@pytest.mark.parametrize("kept", [None, "failed", "skipped", ["ok"]])
def test_a_report_that_kept_no_good_page_never_passes_for_a_good_one(tmp_path, kept):
    page = page_of(folder_of(tmp_path / "2018H1", run(status="skipped", kept=kept)))
    assert [row["data-status"] for row in page.select("tbody tr")] == ["failed"]


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
    assert [row[0] for row in rows_of(page_of(folder_of(tmp_path / "2018H1", run(status="done"))))] == ["✗ Lỗi"]


def test_a_file_that_is_not_there_is_named_and_not_linked(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(outputs=["overview.pdf"])))
    assert rows_of(page)[0][5] == "PDF (không có tệp)"
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


def test_the_top_page_lists_the_reports_of_all_periods_the_newest_first_and_links_each_period(tmp_path):
    for name in ("2018H1", "2024H1", "2024", "2024Q1"):
        folder_of(tmp_path / name, run(report="trade", period=name, outputs=["bac ninh/trade.html"]), run(period=name, outputs=[]))
        (tmp_path / name / "bac ninh").mkdir()
        (tmp_path / name / "bac ninh" / "trade.html").touch()
    folder_of(tmp_path / "archive", run(period=None), run(report="trade", period="2023H1", outputs=[], status="failed"))
    (tmp_path / "2030H1").mkdir()
    page = page_of(tmp_path)
    assert page.title.string == "Danh mục báo cáo"
    assert [row[1:3] for row in rows_of(page)] == [
        ["Tổng quan trade", "6 tháng đầu năm 2023"],
        ["Tổng quan overview", "năm 2024"],
        ["Tổng quan trade", "năm 2024"],
        ["Tổng quan overview", "6 tháng đầu năm 2024"],
        ["Tổng quan trade", "6 tháng đầu năm 2024"],
        ["Tổng quan overview", "quý I năm 2024"],
        ["Tổng quan trade", "quý I năm 2024"],
        ["Tổng quan overview", "6 tháng đầu năm 2018"],
        ["Tổng quan trade", "6 tháng đầu năm 2018"],
        ["Tổng quan overview", "archive"],
    ]
    assert [link["href"] for link in page.select("tbody th a")] == [
        f"{name}/bac%20ninh/trade.html" for name in ("2024", "2024H1", "2024Q1", "2018H1")
    ]
    assert [(link.string, link["href"]) for link in page.select("nav a")] == [
        ("năm 2024", "2024/index.html"),
        ("6 tháng đầu năm 2024", "2024H1/index.html"),
        ("quý I năm 2024", "2024Q1/index.html"),
        ("6 tháng đầu năm 2018", "2018H1/index.html"),
        ("archive", "archive/index.html"),
    ]


def test_the_top_page_counts_the_lines_of_all_periods_that_cannot_be_read(tmp_path):
    for name in ("2018H1", "2024H1"):
        folder_of(tmp_path / name, run(), rest="[]\n")
    assert page_of(tmp_path).select_one("p.cut").string.startswith("Bỏ qua 2 dòng")


def test_folders_without_reports_say_so(tmp_path):
    empty, period = page_of(tmp_path), page_of(folder_of(tmp_path / "2018H1"))
    assert empty.select_one("main p").string == "Thư mục này chưa có báo cáo của kỳ nào."
    assert period.select_one("main p").string == "Kỳ này chưa lập báo cáo nào."
    assert empty.select("script") == period.select("script") == []


def test_hostile_text_stays_text_and_the_only_script_is_the_one_the_policy_names(tmp_path):
    payload = '</script><script>alert(1)</script>"><meta http-equiv=refresh content=0>'
    hostile = dict.fromkeys(("report", "title", "period", "area", "area_name", "error"), payload)
    figure = {"label": payload, "value": payload, "growth": payload, "plan": payload}
    folder_of(
        tmp_path / "2018H1",
        run(**hostile, headline=[figure], parameters={payload: payload}, outputs=[payload, "javascript:a.html"]),
    )
    page = page_of(tmp_path)
    assert page.select("[onclick], link") == []
    assert [meta.get("http-equiv") for meta in page.select("meta")] == ["Content-Security-Policy", None, None, None]
    digest = b64encode(sha256(page.select_one("script").string.encode()).digest()).decode()
    assert len(page.select("script")) == 1
    assert page.head.find("meta")["content"] == (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )
    assert page.select("tbody a") == []
    assert page.select_one("tbody").get_text().count(payload) == 11


@pytest.mark.parametrize("odd", [0, True, "a", ["b"], {"c": "d"}, [["e"]], [{"label": ["f"], "value": {}}], "\ud800", "x" * 5000])
def test_a_field_of_another_kind_than_expected_does_not_stop_the_page(tmp_path, odd):
    fields = ("report", "title", "period", "area", "area_name", "parameters", "status", "kept", "outputs", "error", "headline")
    lines = [json.dumps(line) + "\n" for line in (dict.fromkeys(fields, odd), run(outputs=[odd]))]
    folder_of(tmp_path / "2018H1", rest="".join(lines))
    assert {row["data-status"] for row in page_of(tmp_path).select("tbody tr")} == {"failed", "ok"}


def test_a_page_speaks_english_when_asked(tmp_path):
    page = page_of(folder_of(tmp_path / "2018H1", run(outputs=[])), "en")
    assert (page.html["lang"], page.title.string) == ("en", "Reports of first half of 2018")
    assert rows_of(page)[0][0] == "✓ Complete"


def test_the_same_folder_gives_the_same_page_and_nothing_is_left_beside_it(tmp_path):
    folder = folder_of(tmp_path / "2018H1", run())
    first = write_index(folder).read_bytes()
    assert write_index(folder).read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "run.jsonl"]


@pytest.mark.parametrize(
    ("languages", "title"), [(["en", "en"], "Reports of first half of 2018"), (["en", None], "Các báo cáo 6 tháng đầu năm 2018")]
)
def test_a_folder_of_reports_in_one_language_has_its_index_in_it(tmp_path, languages, title):
    runs = [
        run(parameters={"period": "2018H1", "lang": lang} if lang else {"period": "2018H1"}, outputs=[f"{number}.html"])
        for number, lang in enumerate(languages)
    ]
    folder = folder_of(tmp_path / "2018H1", *runs)
    pages = [BeautifulSoup(write_index(place).read_text(encoding="utf-8"), "html.parser") for place in (folder, tmp_path)]

    assert pages[0].title.string == title
    assert {page.html["lang"] for page in pages} == {"en" if title.startswith("R") else "vi"}
