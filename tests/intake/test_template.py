from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import bcanalysis as bc
from bcanalysis.dataset.filled import COLUMNS, FIRST_ROW
from bcanalysis.dataset.load import load, read_dataset
from bcanalysis.errors import DataError, UsageError
from bcanalysis.intake.template import write_template

PERIODS = {"prior": "2030H1", "first": "2031M01-M05", "last": "2031M06", "whole": "2031H1"}
WORDS = {"ước tính": "estimate", "thực hiện": "reported", "sơ bộ": "preliminary", "chính thức": "final"}


@pytest.fixture
def project(tiny, tmp_path, monkeypatch) -> Path:
    """Work inside a project with one prior figure and one plan on file."""
    figure = {"indicator": "exports", "price_basis": "not_applicable"}
    statement = {**figure, "period": "2030H1", "value": 1900, "growth_pct": 5.5, "stated_on": "2030-07-01"}
    tiny.write([statement], plans=[{**figure, "year": 2031, "value": 5000, "body": "UBND"}])
    (tmp_path / "project").mkdir()
    tiny.folder.rename(tmp_path / "project" / "data")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def template(project) -> Path:
    return write_template(load(), "2031H1", "here", project / "2031H1.xlsx")


def fill(path: Path, cells: dict[tuple[str, str], object], stated_on: object = "2031-06-20") -> Path:
    """Type into the workbook: values by (indicator, column)."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(FIRST_ROW + 1, sheet.max_row + 1) if sheet.cell(row, 1).value}
    sheet["F5"] = stated_on
    for (indicator, column), value in cells.items():
        sheet.cell(rows[indicator], COLUMNS.index(column) + 1).value = value
    book.save(path.with_name("filled.xlsx"))
    return path.with_name("filled.xlsx")


def test_the_workbook_has_a_row_for_every_indicator_with_locked_codes_and_lists_to_choose_from(template):
    sheet = load_workbook(template).worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(FIRST_ROW + 1, FIRST_ROW + 13)}

    assert set(rows) == set(load()["indicators"]["code"])
    heads = [cell.value for cell in sheet[FIRST_ROW]]
    assert heads[5:11] == [
        "Thực hiện 6 tháng đầu năm 2030",
        "Kế hoạch năm 2031",
        "Thực hiện 5 tháng đầu năm 2031",
        "Ước tháng 6 năm 2031",
        "Ước 6 tháng đầu năm 2031",
        "Tính chất số liệu",
    ]
    assert sheet.protection.sheet
    exports = sheet[rows["exports"]]
    assert [cell.protection.locked for cell in exports] == [True] * 5 + [False] * 8
    assert [cell.value for cell in exports][:7] == ["exports", "total", "not_applicable", "Xuất khẩu", "triệu USD", 1900, 5000]
    assert sheet.cell(rows["prices"], 6).number_format == "#,##0.00"
    lists = {(rule.formula1, str(rule.sqref)) for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert {('"ước tính,thực hiện,sơ bộ,chính thức"', "K9:K40"), ("lists!$D$1:$D$7", "L9:L40"), ("lists!$D$1:$D$7", "F4")} <= lists


def test_an_english_workbook_speaks_english_and_reads_back_the_same(project):
    path = write_template(load(), "2031H1", "here", project / "a.xlsx", lang="en")
    assert load_workbook(path).sheetnames[:2] == ["Figures", "Sources"]

    rows = load(fill(path, {("sales", "whole"): 12.5, ("sales", "status"): "estimate"}))["observations"]
    assert rows[rows["indicator"] == "sales"][["value", "status"]].values.tolist() == [[12.5, "estimate"]]


def test_figures_on_file_come_back_as_they_were_and_with_their_growth(template):
    rows = load(fill(template, {}))

    assert rows["observations"][["indicator", "value", "growth_pct", "source", "stated_on"]].values.tolist() == [
        ["exports", 1900.0, 5.5, "office", "2030-07-01"]
    ]
    assert rows["plans"][["indicator", "value", "body"]].values.tolist() == [["exports", 5000.0, "UBND"]]


def test_a_figure_on_file_that_is_changed_is_a_statement_of_the_workbook(template):
    rows = load(fill(template, {("exports", "prior"): 1950, ("exports", "plan"): 5200}))

    assert rows["observations"][["value", "source", "stated_on", "status"]].values.tolist() == [
        [1950.0, "bieu-nhap-2031h1-here", "2031-06-20", "reported"]
    ]
    assert rows["plans"][["value", "source", "body"]].values.tolist() == [[5200.0, "bieu-nhap-2031h1-here", "not_stated"]]


def test_growth_and_percent_of_plan_are_computed_from_the_workbook_alone(template):
    cells = {("exports", "first"): 2000, ("exports", "last"): 375, ("exports", "whole"): 2375, ("exports", "status"): "ước tính"}
    comparison = bc.compare(load(fill(template, cells)), "2031H1", "here")

    row = comparison.iloc[0]
    assert (row["value"], row["growth_computed_pct"], row["plan_computed_pct"], row["source"]) == (
        2375,
        25.0,
        47.5,
        "bieu-nhap-2031h1-here",
    )


def test_the_command_line_takes_the_workbook_for_data(template, bcanalysis):
    path = fill(template, {("exports", "whole"): 2375, ("exports", "status"): "ước tính"})
    status, said, _ = bcanalysis("compare", "2031H1", "--area", "here", "--data", path)

    assert status == 0
    assert "2.375" in said


def test_half_a_year_is_composed_of_its_parts_and_their_sum_is_checked(template, bcanalysis):
    cells = {("exports", "first"): 2000, ("exports", "last"): 300, ("exports", "whole"): 2375, ("exports", "status"): "ước tính"}
    path = fill(template, cells)
    whole = load(path)["observations"].query("period == '2031H1'").iloc[0]

    assert whole["composed_of"] == "2031M01-M05 2031M06"
    assert "2031M01-M05" in bcanalysis("check", "--data", path)[1]


figures = st.decimals(min_value=-(10**7), max_value=10**9, places=3).map(float)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["output", "sales", "workers"]), st.sampled_from(list(PERIODS))), figures, max_size=8
    ),
    st.sampled_from(list(WORDS)),
)
def test_whatever_is_filled_in_reads_back_as_the_same_observations(template, cells, word):
    typed = {**cells, **{(indicator, "status"): word for indicator, _ in cells}}
    rows = load(fill(template, typed))["observations"]

    mine = rows[rows["source"] == "bieu-nhap-2031h1-here"]
    read = {(row.indicator, row.period): (row.value, row.status) for row in mine.itertuples()}
    expected = {
        (indicator, PERIODS[column]): (value, "reported" if column in ("prior", "first") else WORDS[word])
        for (indicator, column), value in cells.items()
    }
    assert read == expected


def test_symbols_dashes_and_dates_are_what_they_say(template):
    cells = {("workers", "whole"): "-", ("sales", "whole"): "...", ("workers", "status"): "sơ bộ", ("sales", "status"): "sơ bộ"}
    rows = load(fill(template, cells, stated_on=date(2031, 6, 20)))["observations"].set_index("indicator")

    assert rows["missing"].to_dict() == {"exports": "", "sales": "not_collected", "workers": "nil"}
    assert rows.loc["sales", "stated_on"] == "2031-06-20"


def test_numbers_typed_as_text_are_read_as_vietnamese(template):
    cells = {
        ("sales", "whole"): "66.148,5",
        ("workers", "whole"): "1.250",
        ("sales", "status"): "ước tính",
        ("workers", "status"): "ước tính",
    }
    rows = load(fill(template, cells))["observations"].set_index("indicator")

    assert rows["value"].to_dict() == {"exports": 1900.0, "sales": 66148.5, "workers": 1250.0}


def test_eleven_in_a_cell_with_one_decimal_is_eleven_point_nought(project):
    path = write_template(load(), "2031H1", "here", project / "a.xlsx")
    rows = load(fill(path, {("fines", "whole"): 11, ("fines", "status"): "ước tính"}))["observations"].set_index("indicator")

    assert (rows.loc["fines", "value"], rows.loc["fines", "half_unit"]) == (11, 0.05)


def test_all_faults_of_a_filled_workbook_are_told_with_their_cells(template):
    cells = {
        ("sales", "whole"): "12.36",
        ("sales", "first"): date(2031, 6, 5),
        ("workers", "whole"): "=1+1",
        ("workers", "status"): "ước",
    }
    cells |= {("output", "price_basis"): "giá nào", ("output", "first"): 5}
    path = fill(template, cells, stated_on=None)
    dataset, faults = read_dataset(path)

    assert dataset is None
    told = [str(fault).removeprefix("filled.xlsx [Số liệu], ") for fault in faults]
    assert any(text.startswith("line 5, F5: got a blank; expected stated_on") for text in told)
    assert any("H" in text and text.endswith("type it again") and "the date 2031-06-05; expected a number" in text for text in told)
    assert any('got "12.36"; expected a number with a decimal comma, such as 1.234,5' in text for text in told)
    assert any("a formula that was never computed" in text for text in told)
    assert any("got a blank; expected what the figures are: estimate" in text for text in told)
    assert any('(price_basis): got "giá nào"; expected a code of price_bases' in text for text in told)


def test_another_workbook_is_no_data(project):
    Workbook().save(project / "a.xlsx")
    with pytest.raises(
        DataError, match=r"a workbook without a filled cell|another workbook; expected one that bcanalysis template"
    ):
        load(project / "a.xlsx")
    book = Workbook()
    book.active["A1"] = 1
    book.save(project / "a.xlsx")
    with pytest.raises(
        DataError, match=r"a\.xlsx: got another workbook; expected one that bcanalysis template has made\. Make one"
    ):
        load(project / "a.xlsx")


def test_a_filled_workbook_is_imported_as_it_is(template, bcanalysis, project):
    path = fill(template, {("exports", "whole"): 2375, ("exports", "status"): "ước tính", ("exports", "prior"): 1900})

    status, said, _ = bcanalysis("import", path, "--apply")

    assert (status, said.splitlines()[-2]) == (0, "Rows: 2 added, 0 revised, 2 repeated, 0 refused")
    assert load()["observations"]["value"].tolist() == [1900.0, 2375.0]
    assert "bieu-nhap-2031h1-here" in set(load()["sources"]["code"])


def test_the_command_writes_the_workbook_and_does_not_write_over_one(bcanalysis, project):
    assert bcanalysis("template", "2031H1", "--area", "here")[:2] == (0, "2031H1-here.xlsx\n")
    assert (project / "2031H1-here.xlsx").is_file()
    status, _, err = bcanalysis("template", "2031H1", "--area", "here")
    assert status == 2
    assert "which is there already; expected another name, or --force" in err
    assert bcanalysis("template", "2031H1", "--area", "here", "--force")[0] == 0
    assert bcanalysis("template", "2031H1", "--area", "here", "--out", "a.csv")[0] == 2
    with pytest.raises(UsageError, match=r"expected a code of areas\.csv"):
        write_template(load(), "2031H1", "nowhere", project / "b.xlsx")


@pytest.mark.parametrize(
    ("period", "parts"), [("2031H2", ("5 tháng", "tháng 12")), ("2031Q1", ("2 tháng", "tháng 3")), ("2031M06", None)]
)
def test_other_periods_have_parts_of_their_own(period, parts, project):
    sheet = load_workbook(write_template(load(), period, "here", project / "a.xlsx")).worksheets[0]
    hidden = [column for column in sheet.column_dimensions.values() if column.hidden]

    assert [(column.min, column.max) for column in hidden] == ([(8, 9)] if parts is None else [])
    if parts:
        assert parts[1] in sheet.cell(FIRST_ROW, 9).value


def test_the_sheet_saved_as_text_with_semicolons_goes_in_too(template, bcanalysis, project):
    """As a Vietnamese Excel saves it: semicolons, decimal commas, shortened numbers, and only the first sheet."""
    sheet = load_workbook(template).worksheets[0]
    lines = []
    for row in sheet.iter_rows(values_only=True):
        cells = ["" if cell is None else str(cell).replace(".", ",") if isinstance(cell, float) else str(cell) for cell in row]
        if cells[0] == "exports":
            cells[9], cells[10] = "2375,5", "ước tính"
        if cells[0] == "fines":
            cells[9] = "6,98E+09"
        lines.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in cells))
    (project / "a.csv").write_text("\r\n".join(lines), encoding="utf-8-sig")

    given = ["--area", "here", "--source", "department", "--stated-on", "2031-06-20", "--status", "reported"]
    status, said, err = bcanalysis("import", "a.csv", *given, "--apply")

    assert status == 0, said + err
    rows = load()["observations"].query("period == '2031H1'").set_index("indicator")
    assert rows["value"].to_dict() == {"exports": 2375.5, "fines": 6.98e9}
    assert rows["half_unit"].to_dict() == {"exports": 0.05, "fines": 5e6}
    assert rows["status"].to_dict() == {"exports": "estimate", "fines": "estimate"}
