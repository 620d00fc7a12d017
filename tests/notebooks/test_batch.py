"""What `make report` makes from the real figures."""

import html
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from .conftest import ROOT, report, undated, visible_text, write_notebook

PAGES = [
    "administration", "data_quality", "emulation", "indicator", "indicator-export_value", "indicator-import_value",
    "indicator-retail_sales", "industry_and_energy", "market_surveillance", "official_report", "overview", "provinces", "second_half",
    "trade_promotion",
]  # fmt: skip
PERIODS = ("2018H1", "2024H1")


def test_the_batch_ends_well(batch):
    assert batch.status == 0, batch.printed


@pytest.mark.parametrize("period", PERIODS)
def test_each_period_has_an_index_eleven_reports_and_one_for_each_headline_indicator(batch, period):
    assert sorted(path.stem for path in (batch.folder / period).glob("*.html")) == sorted([*PAGES, "index"])
    assert sorted(path.stem for path in (batch.folder / period).glob("*.ipynb")) == PAGES
    assert (batch.folder / "index.html").is_file()


@pytest.mark.parametrize("period", PERIODS)
def test_every_report_says_how_it_ended_in_record_page_and_index(batch, period):
    without = ("administration", "emulation", "market_surveillance", "official_report", "trade_promotion")  # figures, or an outline
    nothing_on_file = {f"{name}.html" for name in without} if period == "2024H1" else set()
    index = batch.page(f"{period}/index.html")

    records = batch.records(period)

    assert sorted(records) == sorted(f"{name}.html" for name in PAGES)
    for place, record in records.items():
        status = "no_data" if place in nothing_on_file else "ok"
        assert record["status"] == status
        assert f'<meta name="bcanalysis-status" content="{status}">' in batch.page(f"{period}/{place}")
        assert record["title"] in html.unescape(index)
        assert (record["period"], record["area"], record["error"]) == (period, "bac-giang", None)
        assert record["parameters"]["period"] == period
        assert record["seconds"] > 0


def test_the_overview_of_2018_shows_what_report_132_prints_and_what_that_implies(batch):
    text = visible_text(batch.page("2018H1/overview.html"))

    for sentence in (
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng, tăng 27,6% so với cùng kỳ năm trước, "
        "đạt 45,9% kế hoạch năm.",
        "6 tháng đầu năm 2018 ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ năm trước, đạt 40,3% kế hoạch năm.",
        "6 tháng đầu năm 2018 ước đạt 3.000 triệu USD, tăng 11% so với cùng kỳ năm trước, đạt 40,0% kế hoạch năm.",
        "6 tháng đầu năm 2018 ước đạt 11.997 tỷ đồng, tăng 12,5% so với cùng kỳ năm trước, đạt 47% kế hoạch năm.",
    ):
        assert sentence in text
    for low, high in (
        ("51.819,4", "51.860,8"), ("143.955,4", "144.271,5"), ("2.946,5", "2.950,2"), ("2.942,3", "2.954,4"), ("2.690,1", "2.715,4"),
        ("2.701,0", "2.704,4"), ("10.658,8", "10.669,2"), ("7.780,7", "7.802,5"), ("25.255,8", "25.801,1"),
    ):  # fmt: skip
        assert f"{low}; {high}" in text or f"từ {low} đến {high}" in text, (low, high)
    assert text.count("lấy theo nguồn công bố") >= 4  # marked as printed
    assert "chưa đủ số liệu" in text  # no share of the first half in past years


def test_the_overview_of_2024_leads_with_the_printed_growth_and_shows_the_computed_one_and_the_link(batch):
    text = visible_text(batch.page("2024H1/overview.html"))

    assert "ước đạt 315.145 tỷ đồng, tăng 28% so với cùng kỳ năm trước" in text
    assert "31,98%" in text
    assert "từ 245.248,6 đến 247.172,9" in text
    assert "nguồn năm 2023 không nêu cơ sở giá" in text  # the reason of the declared link, as written in links.csv
    assert "-12" not in text  # the non-state sector by naive parts


def test_the_contradictions_of_report_132_are_shown(batch):
    text = visible_text(batch.page("2018H1/data_quality.html"))

    assert "52.500.000" in text
    assert "13.816.000" in text
    assert "474 TTHC" in text
    assert "không khớp" in text.lower() or "vi phạm" in text.lower()


def test_a_page_without_figures_is_short_and_says_what_is_missing_and_how_to_add_it(batch):
    page = batch.page("2024H1/market_surveillance.html")
    text = visible_text(page)

    assert len(page) < 45_000
    assert "Số vụ kiểm tra" in text
    assert "data/observations.csv" in text
    assert "bcanalysis report 2024H1 --area bac-giang" in text
    assert "<figure" not in page


@pytest.mark.parametrize("period", PERIODS)
def test_pages_are_small_self_contained_and_know_their_files(batch, period):
    for name in PAGES:
        page = batch.page(f"{period}/{name}.html")
        assert len(page.encode()) < 2_200_000
        assert not re.search(r'(?:src|href)="(?:https?:)?//', re.sub(r'<a [^>]*href="https?://', "<a ", page))
        assert "observations.csv" in page
        assert re.search(r"\b[0-9a-f]{64}\b", page)


def test_the_executed_notebook_carries_the_record_of_its_run(batch):
    notebook = json.loads(batch.page("2018H1/overview.ipynb"))
    (record,) = [
        output["data"]["application/vnd.bcanalysis.run+json"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.bcanalysis.run+json" in output.get("data", {})
    ]

    assert record["status"] == "ok"
    assert record["parameters"] == {"period": "2018H1", "area": "bac-giang", "lang": "vi", "data": "", "as_of": ""}
    assert [file["name"] for file in record["files"]][:2] == ["datapackage.json", "indicators.csv"]
    assert {"bcanalysis", "pandas", "plotly", "papermill", "nbconvert"} <= set(record["versions"])


def test_plain_papermill_and_nbconvert_give_the_same_page_as_the_batch(batch, tmp_path):
    tools = Path(sys.executable).parent
    executed = tmp_path / "overview.ipynb"
    subprocess.run(
        [tools / "papermill", "notebooks/overview.ipynb", executed, "-p", "period", "2018H1", "--no-progress-bar"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run([tools / "jupyter", "nbconvert", "--to", "bcreport", executed], cwd=tmp_path, check=True, capture_output=True)

    plain = (tmp_path / "overview.html").read_text(encoding="utf-8")
    assert undated(plain) == undated(batch.page("2018H1/overview.html"))


def test_english_and_another_area_have_their_own_places_and_words(tmp_path):
    made = report(tmp_path, "2022H1", "--area", "bac-ninh", "--lang", "en", "--notebook", "overview")
    text = visible_text(made.page("2022H1/bac-ninh/overview.en.html"))

    assert made.status == 0, made.printed
    assert '<html lang="en"' in made.page("2022H1/bac-ninh/overview.en.html")
    assert "24,300 million USD" in text
    assert "up 4% on the same period of the prior year" in text
    assert "kế hoạch năm" not in text


def test_a_notebook_that_raises_gives_a_page_that_says_so_and_the_others_are_still_made(tmp_path):
    broken = write_notebook(tmp_path, "broken", "1 / 0", "print('never')")
    sound = write_notebook(tmp_path, "sound", "print('xong')")
    made = report(tmp_path / "out", "2018H1", "--notebook", str(broken), "--notebook", str(sound))
    page, records = made.page("2018H1/broken.html"), made.records("2018H1")

    assert made.status == 1
    assert records["broken.html"]["status"] == "failed"
    assert "ZeroDivisionError: division by zero" in records["broken.html"]["error"]
    assert records["sound.html"]["status"] == "ok"
    assert '<meta name="bcanalysis-status" content="failed">' in page
    assert "ZeroDivisionError" in visible_text(page)
    assert "Ô này chưa chạy" in visible_text(page)
    assert "ZeroDivisionError" in visible_text(made.page("2018H1/index.html"))
    assert "FAILED" in made.printed
    assert "Traceback" not in made.printed


def test_a_kernel_that_dies_is_a_failed_report_and_not_a_completed_one(tmp_path):
    dying = write_notebook(tmp_path, "dying", "import os\nos._exit(7)", "print('never')")
    made = report(tmp_path / "out", "2018H1", "--notebook", str(dying))

    assert made.status == 1
    assert made.records("2018H1")["dying.html"]["status"] == "kernel_died"
    assert made.records("2018H1")["dying.html"]["error"] == "the kernel ended with exit status 7"
    assert '<meta name="bcanalysis-status" content="kernel_died">' in made.page("2018H1/dying.html")


def test_outcomes_can_be_had_as_json(tmp_path):
    sound = write_notebook(tmp_path, "sound", "print('xong')")
    made = report(tmp_path / "out", "2018H1", "--notebook", str(sound), "--json")
    (outcome,) = json.loads(made.printed)

    assert (outcome["report"], outcome["status"], outcome["outputs"]) == ("sound", "ok", ["sound.html", "sound.ipynb"])


def test_running_again_counts_the_last_line_of_a_report(tmp_path):
    sound = write_notebook(tmp_path, "sound", "print('xong')")
    report(tmp_path / "out", "2018H1", "--notebook", str(write_notebook(tmp_path, "sound", "1 / 0")))
    write_notebook(tmp_path, "sound", "print('xong')")
    made = report(tmp_path / "out", "2018H1", "--notebook", str(sound))

    assert (made.folder / "2018H1/run.jsonl").read_text(encoding="utf-8").count("\n") == 2
    assert made.records("2018H1")["sound.html"]["status"] == "ok"
    assert "ZeroDivisionError" not in made.page("2018H1/index.html")


def test_a_notebook_finds_the_figures_run_from_its_own_folder_as_in_jupyterlab(tmp_path):
    executed = tmp_path / "administration.ipynb"
    command = [
        Path(sys.executable).parent / "papermill",
        "notebooks/administration.ipynb",
        executed,
        "--cwd",
        "notebooks",
        "--no-progress-bar",
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    assert "487" in executed.read_text(encoding="utf-8")


def test_a_notebook_that_cannot_even_start_is_a_failed_report_and_the_others_are_made(tmp_path):
    (tmp_path / "odd").mkdir()
    odd = write_notebook(tmp_path / "odd", "odd", "print('xong')")
    content = json.loads(odd.read_text(encoding="utf-8"))
    content["cells"].append({"cell_type": "code", "metadata": {}, "source": {"no": "text"}, "outputs": [], "execution_count": None})
    odd.write_text(json.dumps(content), encoding="utf-8")
    sound = write_notebook(tmp_path, "sound", "print('xong')")
    made = report(tmp_path / "out", "2018H1", "--notebook", str(odd), "--notebook", str(sound))

    assert made.status == 1
    assert made.records("2018H1")["sound.html"]["status"] == "ok"
    assert "Traceback" not in made.printed


def test_a_batch_that_is_interrupted_keeps_what_was_finished_and_ends_with_130(tmp_path):
    quick = write_notebook(tmp_path, "quick", "print('xong')")
    slow = write_notebook(tmp_path, "slow", "import time\ntime.sleep(4)")
    never = write_notebook(tmp_path, "zzz", "print('không bao giờ')")
    command = [sys.executable, "-m", "bcanalysis", "report", "2018H1", "--jobs", "1", "--out", str(tmp_path / "out")]
    for path in (quick, slow, never):
        command += ["--notebook", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    record = tmp_path / "out/2018H1/run.jsonl"
    while not record.exists():
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)

    assert process.returncode == 130, printed
    assert "Traceback" not in printed
    assert (tmp_path / "out/2018H1/quick.html").is_file()
    assert not (tmp_path / "out/2018H1/zzz.html").exists()
    assert "quick.html" in (tmp_path / "out/2018H1/index.html").read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "out/2018H1").iterdir() if path.name.startswith(".")] == []


def plain_papermill(folder: Path, notebook: Path, *arguments: str) -> str:
    """Run with papermill's own command and engine, and export with nbconvert's."""
    scripts, executed = Path(sys.executable).parent, folder / "executed.ipynb"
    subprocess.run(
        [scripts / "papermill", notebook, executed, *arguments, "--no-progress-bar"], cwd=ROOT, capture_output=True, check=False
    )
    command = [scripts / "jupyter", "nbconvert", "--to", "bcreport", executed]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return executed.with_suffix(".html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cells", "arguments", "status", "said"),
    [
        (("import os\nos._exit(7)", "print('sau')"), (), "failed", "the run broke off here: the kernel died, or the time was up"),
        (("import time\ntime.sleep(60)",), ("--execution-timeout", "3"), "failed", "KeyboardInterrupt"),
        (("print(period)",), ("-p", "perod", "2018H1"), "bad_parameters", "parameter: got perod; expected some of period"),
        (("print(period)",), ("-p", "period", "2018"), "bad_parameters", "parameter period: got 2018; expected str"),
        (("bytearray(10**15)",), (), "out_of_memory", "MemoryError"),
        (("import bcanalysis as bc\nbc.compare(bc.load(), period)",), ("-r", "period", "2018H3"), "bad_parameters", '"2018H3"'),
    ],
)
def test_the_page_tells_what_plain_papermill_does_not(tmp_path, cells, arguments, status, said):
    page = plain_papermill(tmp_path, write_notebook(tmp_path, "plain", *cells), *arguments)

    assert f'<meta name="bcanalysis-status" content="{status}">' in page
    assert said in html.unescape(visible_text(page))


def test_our_engine_serves_plain_papermill_too_and_its_notebook_tells_how_it_ended(tmp_path):
    dying = write_notebook(tmp_path, "dying", "import os\nos._exit(7)", "print('sau')")
    plain_papermill(tmp_path, dying, "--engine", "bcanalysis")
    executed = nbformat.read(tmp_path / "executed.ipynb", as_version=4)

    assert executed["metadata"]["bcanalysis"]["status"] == "kernel_died"
    assert executed["metadata"]["bcanalysis"]["error"] == "the kernel ended with exit status 7"
    assert [cell["metadata"]["papermill"]["status"] for cell in executed["cells"] if cell["source"] == "print('sau')"] == [
        "pending"
    ]
