"""From the prose of a past report to rows: what is proposed, what is left out and why, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcanalysis.dataset.load import load
from bcanalysis.errors import UsageError
from bcanalysis.intake.prose import proposed_from_report

GIVEN = ["--area", "here", "--source", "report-2031", "--stated-on", "2031-06-20"]
NEW = ["--title", "Báo cáo 6 tháng", "--publisher", "Sở Công Thương", "--rank", "department"]
REPORT = """Báo cáo kết quả 6 tháng đầu năm 2031

Xuất khẩu ước đạt trên 2.500 triệu USD, tăng 25% so với cùng kỳ, đạt 48,1% kế hoạch năm.
"""


@pytest.fixture
def read(bcanalysis, folder, tmp_path):
    """Take in a report, and give the status and what was said."""

    def reading(text: str, *options: str) -> tuple[int, str]:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
        status, said, err = bcanalysis("read", path, "--data", folder, "--import", *options)
        if status or "--apply" not in options:
            assert {file.name: file.read_bytes() for file in folder.glob("*.csv")} == before
        return status, said + err

    return reading


def test_the_preview_says_of_each_statement_what_becomes_of_it_and_writes_nothing(read):
    text = REPORT + "So với năm 2030: 6 tháng đầu năm 2030 xuất khẩu đạt 1.950 triệu USD.\n"
    status, said = read(text, *GIVEN, *NEW)

    assert status == 0
    assert "added     sources: report-2031 = Báo cáo 6 tháng   [report.txt]" in said
    assert (
        "added     observations: here exports total not_applicable 2031H1 = 2500, growth 25, plan 48.1   [report.txt, line 3, 38–125]"
        in said
    )
    assert "revised   observations: here exports total not_applicable 2030H1 = 1950; on file 1900 (department)" in said
    assert "2 added, 1 revised, 0 repeated, 0 refused\n" in said
    assert "Nothing is written yet: --apply writes the rows." in said


def test_applied_the_statements_stand_in_the_tables_with_the_report_as_their_source_and_can_be_taken_out(read, bcanalysis, folder):
    before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
    status, said = read(REPORT, *GIVEN, *NEW, "--apply")
    row = load(folder)["observations"].query("period == '2031H1'").iloc[0]

    assert status == 0
    assert row[["value", "half_unit", "printed", "qualifier", "status", "stated_on", "source"]].tolist() == [
        2500.0, 0.5, "2.500 triệu USD", "trên", "estimate", "2031-06-20", "report-2031",
    ]  # fmt: skip
    assert row[["growth_pct", "growth_half_unit", "growth_form", "plan_pct", "plan_form"]].tolist() == [
        25.0,
        0.5,
        "rate",
        48.1,
        "percent",
    ]
    name = said.rpartition("--undo ")[2].strip()
    assert bcanalysis("import", "--data", folder, "--list")[1] == f"{name}  report.txt: 1 sources, 1 observations\n"
    assert bcanalysis("import", "--data", folder, "--undo", name)[0] == 0
    assert {file.name: file.read_bytes() for file in folder.glob("*.csv")} == before


def test_the_same_report_again_adds_nothing(read):
    read(REPORT, *GIVEN, *NEW, "--apply")
    status, said = read(REPORT, *GIVEN, "--apply")

    assert status == 0
    assert "0 added, 0 revised, 1 repeated, 0 refused\nNothing is written: everything is on file already." in said


def test_all_that_the_options_leave_open_is_told_together(read):
    status, said = read(REPORT, "--source", "departmen")

    assert status == 1
    assert "report.txt, area: got nothing; expected a code of areas.csv. Give --area" in said
    assert 'report.txt, source: got "departmen"; expected a code of sources.csv, or a new one with its title' in said
    assert "department" in said
    assert (
        'report.txt, stated_on: got nothing; expected a day (2018-06-14), a month (2018-06), or "unknown". Give --stated-on' in said
    )


def test_a_day_that_is_unknown_stays_blank(read, folder):
    read(REPORT, "--area", "here", "--source", "department-two", "--stated-on", "unknown", "--apply")

    assert load(folder)["observations"].query("period == '2031H1'")["stated_on"].tolist() == [""]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Năm 2031 sản lượng mật ong đạt 12 tấn.", "expected an indicator of indicators.csv"),
        ("Trong tháng, xuất khẩu đạt 2.500 triệu USD.", "expected a period. Give --period for figures that name none"),
        ("Năm 2031 phấn đấu xuất khẩu đạt 5.000 triệu USD.", "expected what was achieved. It is an aim"),
        ("Năm 2031 xuất khẩu đạt 72.000 tỷ đồng.", "expected a unit of what exports is measured in"),
        ("Năm 2031 xuất khẩu tăng 200 triệu USD.", "expected a value, a growth or a percent of the plan. A mere change"),
        (
            "Năm 2031 xuất khẩu tăng gấp 2 lần so với cùng kỳ.",
            "expected words with one meaning. “increased ... times” can be meant",
        ),
        ("Năm 2031 xuất khẩu đạt 12.36 triệu USD.", "expected words with one meaning. a point as decimal mark"),
        ("Năm 2031 xuất khẩu đạt tối đa 500 triệu USD.", "expected a word of the tables before the number"),
    ],
)
def test_what_is_no_figure_of_the_tables_is_left_out_with_the_reason(words, why, read):
    status, said = read(words, *GIVEN, *NEW)

    assert status == 0
    assert said.startswith("left out  report.txt, line 1, ")
    assert f'{words[-25:-1]}"; {why}' in said
    assert "0 added, 0 revised, 0 repeated, 0 refused, 1 left out\nNothing is written yet" in said


def test_what_is_left_out_stops_none_of_the_others(read, folder):
    assert read(REPORT + "Sản lượng mật ong đạt 12 tấn.\n", *GIVEN, *NEW, "--apply")[0] == 0

    assert load(folder)["observations"]["value"].tolist() == [1900.0, 2500.0]


def test_a_growth_alone_is_a_figure_whose_value_was_not_printed(read):
    said = read("6 tháng đầu năm 2031, xuất khẩu tăng trên 17% so với cùng kỳ.", *GIVEN, *NEW)[1]

    assert "here exports total not_applicable 2031H1 = not_printed, growth 17 " in said


def test_what_two_sentences_say_of_one_figure_is_put_together_from_the_more_exact_words(read, folder):
    text = "Năm 2031 xuất khẩu đạt gần 3 tỷ USD.\nNăm 2031 xuất khẩu đạt 2.960 triệu USD, tăng 18%.\nNăm 2031 xuất khẩu đạt 47,5% kế hoạch.\n"
    status, said = read(text, *GIVEN, *NEW, "--status", "reported", "--apply")
    row = load(folder)["observations"].query("period == '2031'").iloc[0]

    assert status == 0
    assert (
        said.count("got another statement of exports 2031; expected one row for each figure. It agrees with report.txt, line 1")
        == 2
    )
    assert row[["value", "half_unit", "printed", "growth_pct", "plan_pct", "status"]].tolist() == [
        2960.0, 0.5, "2.960 triệu USD", 18.0, 47.5, "reported",
    ]  # fmt: skip
    assert row["qualifier"] == ""


def test_what_two_sentences_say_differently_is_refused_until_one_is_left_out(read, folder):
    text = "Năm 2031 xuất khẩu đạt 2.960 triệu USD.\nNăm 2031 xuất khẩu đạt 3.050 triệu USD.\n"
    status, said = read(text, *GIVEN, *NEW, "--apply")

    assert status == 1
    assert (
        "report.txt, line 2, 49–78: got value 3050 of exports 2031, where report.txt, line 1, 9–38 has 2960; "
        "expected one number for each figure. Leave one of them out: --skip and where it begins, such as --skip 49" in said
    )
    assert read(text, *GIVEN, *NEW, "--skip", "9", "--apply")[0] == 0
    assert load(folder)["observations"].query("period == '2031'")["value"].tolist() == [3050.0]


def test_a_place_where_no_statement_begins_cannot_be_left_out(read):
    status, said = read(REPORT, *GIVEN, *NEW, "--skip", "5")

    assert status == 1
    assert "report.txt, skip: got 5; expected the letter at which a statement begins" in said


def test_a_period_that_is_given_is_that_of_figures_that_name_none_only(read):
    text = "Xuất khẩu đạt 2.500 triệu USD. Năm 2029, xuất khẩu đạt 1.800 triệu USD."
    said = read(text, *GIVEN, *NEW, "--period", "2031H1")[1]

    assert "exports total not_applicable 2031H1 = 2500 " in said
    assert "exports total not_applicable 2029 = 1800 " in said


def test_as_json_every_row_has_its_cells_and_place_and_what_is_left_out_its_reason(read):
    status, said = read(REPORT + "Sản lượng mật ong đạt 12 tấn.\n", *GIVEN, *NEW, "--json")
    told = json.loads(said)

    assert (status, told["import"], told["counts"]) == (
        0, None, {"added": 2, "revised": 0, "repeated": 0, "refused": 0, "left out": 1},
    )  # fmt: skip
    assert told["rows"][1]["row"]["printed"] == "2.500 triệu USD"
    assert told["rows"][1]["place"] == {"file": "report.txt", "line": 3, "cell": "38–125"}
    assert told["left_out"][0]["got"] == '"Sản lượng mật ong đạt 12 tấn"'


@pytest.mark.parametrize("option", [["--apply"], ["--area", "here"], ["--skip", "0"], ["--period", "2031"]])
def test_options_of_an_import_without_it_are_wrong_usage(option, bcanalysis, tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    status, _, err = bcanalysis("read", tmp_path / "report.txt", *option)

    assert status == 2
    assert "got options of an import; expected --import with them" in err


def test_an_area_that_is_not_on_file_is_refused_at_the_place_of_the_statement(read):
    status, said = read(REPORT, "--area", "nowhere", "--source", "department", "--stated-on", "2031-06-20")

    assert status == 1
    assert "refused   observations: nowhere exports" in said
    assert "error: report.txt, line 3, 38–125 (area): got" in said


def test_a_period_that_is_none_is_wrong_usage(folder: Path):
    settings = {"area": "here", "source": "department", "stated_on": "unknown"}

    with pytest.raises(UsageError, match="period: got"):
        proposed_from_report(folder, "Xuất khẩu đạt 2.500 triệu USD.", "report.txt", settings, "mùa hè")
