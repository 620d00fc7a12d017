import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bcanalysis.cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _inside_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


KEYS = (
    "indicator breakdown price_basis period window_end unit value qualifier status stated_on source prior prior_low prior_high "
    "growth_pct growth_origin growth_printed_pct growth_computed_pct growth_verdict growth_reason plan plan_low plan_high plan_pct "
    "plan_printed_pct plan_computed_pct plan_verdict flags"
).split()


def test_compare_prints_one_json_object_for_each_series(capsys):
    status, out, _ = run(capsys, "compare", "2024H1", "--json")
    rows = json.loads(out)
    output = rows[0]

    assert status == 0
    assert list(output)[: len(KEYS)] == KEYS
    assert (output["indicator"], output["breakdown"], output["price_basis"]) == ("industrial_output", "total", "current")
    assert (output["growth_pct"], output["growth_origin"], output["growth_verdict"]) == (28, "printed", "disagree")
    assert output["growth_computed_pct"] == pytest.approx(31.98, abs=0.005)  # 315 145 / 238 782 - 1
    assert (output["prior"], round(output["prior_low"]), round(output["prior_high"])) == (238782, 245249, 247173)
    assert {"base_not_revised", "via_link"} <= set(output["flags"])


def test_an_open_interval_is_null_in_json(capsys):
    _, out, _ = run(capsys, "compare", "2024H1", "--json")
    foreign = next(row for row in json.loads(out) if row["breakdown"] == "fdi")

    assert foreign["prior_low"] is not None
    assert foreign["prior_high"] is None  # "hơn 275,34 nghìn tỷ" has no upper end


def test_compare_prints_a_table_for_people(capsys):
    status, out, _ = run(capsys, "compare", "2018H1")

    assert status == 0
    assert "66.148" in out
    assert "27,6" in out


def test_compare_as_of_a_day_says_how_many_undated_statements_it_leaves_out(capsys):
    status, out, err = run(capsys, "compare", "2018H1", "--as-of", "2018-06-14", "--json")

    assert status == 0
    assert {row["source"] for row in json.loads(out)} == {"bao-cao-132-bc-sct-2018"}
    assert err.startswith("10 undated statements were left out")  # 4 of output at 2010 prices, 5 of IIP, 1 of GRDP


def test_a_period_with_nothing_on_file_is_no_error(capsys):
    assert run(capsys, "compare", "1999H1")[:2] == (0, "Nothing on file for 1999H1 in bac-giang.\n")
    assert run(capsys, "compare", "1999H1", "--json")[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "2018H3"), 'got "2018H3"'),
        (("compare", "2018H1", "--area", "bac-gian"), 'Did you mean "bac-giang"'),
        (("compare", "2018H1", "--as-of", "14/6/2018"), "does not match the format"),
        (("compare", "2018H1", "--data", "nowhere"), "expected a folder with datapackage.json"),
        (("report", "2018H1", "--notebook", "overveiw"), 'Did you mean "overview"'),
        (("report", "2018H1", "--format", "xml"), 'got "xml"; expected some of html, pdf'),
        (("report", "2018H1", "-p", "indicator", "export_valeu"), 'Did you mean "export_value"'),
        (("report", "2018H1", "-p", "colour", "red"), 'got "colour"'),
        (("report", "2018H1", "--area", "bac-ninh", "-p", "area", "bac-ninh"), "got area twice"),
        (("report", "2018H1", "--jobs", "0"), "0 is not in the range"),
        (("report",), "period: got none; expected one, such as"),
        (("report", "2018H1", "--memory", "viel"), 'memory: got "viel"; expected a number of bytes'),
        (("report", "2018H1", "--matrix", "none.csv"), "matrix: got periods as well"),
        (("report", "--matrix", "none.csv"), "expected a CSV file in UTF-8"),
        (("report", "2018H1..2016H1"), "expected the earlier period first"),
        (("report", "2018H1", "--name", "{nothing}"), 'name: got "{nothing}"'),
        (("reprot", "2018H1"), "No such command 'reprot'"),
    ],
)
def test_misuse_ends_with_2_and_writes_nothing(capsys, monkeypatch, tmp_path, arguments, message):
    if arguments[0] == "report":
        arguments = (*arguments, "--out", str(tmp_path / "out"))
    status, out, err = run(capsys, *arguments)

    assert status == 2
    assert out == ""
    assert message in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_misuse_is_refused_before_papermill_is_imported():
    code = (
        "import sys\n"
        "from bcanalysis.cli import main\n"
        "try:\n    main(['report', '2018H1', '-p', 'indicator', 'nonsense'])\n"
        "finally:\n    print(sorted({'papermill', 'nbformat', 'jupyter_client'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)

    assert (run.returncode, run.stdout) == (2, "[]\n")


def test_check_lists_what_contradicts_in_the_report_of_2018_and_nothing_more(capsys):
    status, out, _ = run(capsys, "check", "--json")
    found = json.loads(out)
    of_the_report = [row for row in found["identities"] if row["source"] == "bao-cao-132-bc-sct-2018"]
    violated = [row["relation"] for row in of_the_report if row["verdict"] == "violated"]
    misprints = [row["printed"] for row in found["corrections"] if row["source"] == "bao-cao-132-bc-sct-2018"]

    assert status == 0
    assert violated == ["market_unsold_food_safety_value <= market_unsold_confiscated_value"]
    assert {row["verdict"] for row in of_the_report} == {"holds", "violated"}
    assert len(of_the_report) >= 10
    assert misprints == ["474 TTHC"]
    assert found["faults"] == []


def test_check_for_people_ends_with_a_count(capsys):
    status, out, _ = run(capsys, "check")

    assert status == 0
    assert (
        "violated    market_unsold_food_safety_value <= market_unsold_confiscated_value: 52,500,000 against 13,816,000 vnd" in out
    )
    assert out.splitlines()[-1].startswith("0 faults, 4 identities violated, ")


def test_strict_check_fails_on_contradictions_in_publications(capsys):
    assert run(capsys, "check", "--strict")[0] == 1


@pytest.fixture
def damaged(tmp_path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for file in (ROOT / "data").glob("*.*"):
        (folder / file.name).write_bytes(file.read_bytes())
    table = folder / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",66148,", ',"66148,5",', 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [("compare", "2018H1"), ("check",), ("report", "2018H1")], ids=lambda command: command[0])
def test_a_fault_in_a_table_ends_with_1_and_a_readable_list(capsys, damaged, tmp_path, command):
    out_option = ("--out", str(tmp_path / "out")) if command[0] == "report" else ()
    status, out, err = run(capsys, *command, "--data", str(damaged), *out_option)

    assert status == 1
    assert (
        'value: got "66148,5"; expected a number such as 66148 or 27.6. The tables use a decimal point: write 66148.5' in out + err
    )
    assert "Traceback" not in out + err
    assert not (tmp_path / "out").exists()


def test_a_reader_that_has_gone_is_no_error():
    command = f"{sys.executable} -m bcanalysis check | head -n 1"
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)

    assert (run.returncode, run.stderr) == (0, "")


def test_the_version_is_told(capsys):
    assert run(capsys, "--version")[:2] == (0, "bcanalysis, version 0.1.0\n")


def test_running_outside_a_project_says_where_it_looked(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "compare", "2018H1")

    assert status == 2
    assert f"data/: none found in {tmp_path} or above" in err


def test_a_fault_of_ours_is_said_in_a_line_and_shown_in_full_on_demand(capsys, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("bcanalysis.quality.report.check_all", broken)
    status, _, err = run(capsys, "check")

    assert status == 1
    assert err.startswith("Error: ZeroDivisionError: division by zero. This is a fault of bcanalysis itself")
    monkeypatch.setenv("BCANALYSIS_DEBUG", "1")
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        main(["check"])


def test_the_interrupt_key_ends_with_130(capsys, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bcanalysis.quality.report.check_all", interrupted)
    status, _, err = run(capsys, "check")

    assert status == 130
    assert "Cancelled" in err


def test_the_module_runs_as_a_program():
    run = subprocess.run(
        [sys.executable, "-m", "bcanalysis", "--help"], capture_output=True, text=True, cwd=ROOT, check=False, env=os.environ
    )

    assert run.returncode == 0
    assert "report    Make the reports of one or more periods" in run.stdout


PAST_REPORT = "Báo cáo kết quả 6 tháng đầu năm 2018\n\nKim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ.\n"


def test_read_prints_a_json_list_of_statements_with_their_places(capsys, tmp_path):
    (tmp_path / "report.txt").write_text(PAST_REPORT, encoding="utf-8")
    status, out, err = run(capsys, "read", str(tmp_path / "report.txt"), "--json")
    [found] = json.loads(out)

    assert (status, err) == (0, "")
    assert PAST_REPORT[found["start"] : found["end"]] == found["text"]
    assert (found["indicator"], found["breakdown"], found["value"], found["unit"]) == ("export_value", "total", 3140, "triệu USD")
    assert (found["growth_pct"], found["plan_pct"], found["period"], found["status"]) == (6.5, None, "2018H1", "estimate")


def test_read_lists_the_statements_for_people(capsys, tmp_path):
    (tmp_path / "report.txt").write_text(PAST_REPORT, encoding="utf-8")
    status, out, _ = run(capsys, "read", str(tmp_path / "report.txt"))

    assert status == 0
    assert out.splitlines()[:2] == [
        "Kim ngạch xuất khẩu [export_value]",
        "    3.140 triệu USD · tăng 6,5% so với cùng kỳ · 2018H1 · ước tính",
    ]


def test_a_report_that_cannot_be_read_ends_with_1_and_one_that_is_not_there_with_2(capsys, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")

    broken = run(capsys, "read", str(tmp_path / "broken.pdf"), "--json")
    absent = run(capsys, "read", str(tmp_path / "none.pdf"))

    assert (broken[0], broken[1]) == (1, "")
    assert "broken.pdf: got a file that cannot be read as .pdf" in broken[2]
    assert (absent[0], absent[1]) == (2, "")
    assert "got no file" in absent[2]


def test_a_report_as_of_a_day_hands_the_day_to_the_notebook_and_has_a_place_of_its_own(capsys, tmp_path):
    arguments = ("report", "2018H1", "--notebook", "overview", "--out", str(tmp_path), "--dry-run", "--json")
    status, out, _ = run(capsys, *arguments, "--as-of", "2018-06-14")
    (planned,) = json.loads(out)

    assert status == 0
    assert planned["parameters"] == {"period": "2018H1", "as_of": "2018-06-14"}
    assert planned["place"] == "2018H1/overview-as_of_2018_06_14"
    assert run(capsys, *arguments, "--as-of", "June 2018")[0] == 2


def test_check_as_of_a_day_knows_only_what_was_stated_by_then(capsys):
    now, then = (json.loads(run(capsys, "check", "--json", *day)[1]) for day in ((), ("--as-of", "2018-06-14")))

    assert len(now["sets"]) == 25
    assert then["sets"] == []  # what contradicts was printed later, or nobody knows when
    assert {row["source"] for row in then["identities"] if row["period"] == "2018H1"} == {"bao-cao-132-bc-sct-2018"}


def test_check_lists_sets_of_statements_and_months_that_are_left(capsys):
    _, out, _ = run(capsys, "check")

    assert "Statements that cannot all be true: 25" in out
    assert (
        "different_series export_value, total, bac-giang, 2020, plan: 9,493.5 to 9,506.5 (2020M01-M09, baobacgiang-en-344653) against "
        "6,501.5 to 6,598.2 (2020, vccinews-2021-10-25) million_usd"
    ) in out
    assert "industrial_output, total, bac-giang, 2018M06, a month: 11,607.6 to 11,616.7" in out
