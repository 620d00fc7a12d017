"""From a table to a preview: what is refused, why, and that the tables stay as they were."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from bcanalysis.dataset.load import load

GIVEN = ["--area", "here", "--source", "department", "--stated-on", "2031-06-20", "--status", "reported", "--unit", "catalogue"]
TABLE = "Chỉ tiêu;6 tháng 2030;6 tháng 2031\nXuất khẩu;2.000;2.500,5\n"


@pytest.fixture
def take_in(bcanalysis, folder, tmp_path):
    """Import a text, or rows of a workbook, and give the status and what was said."""

    def importing(content: str | list[list[object]], *options: str) -> tuple[int, str]:
        path = tmp_path / ("a.csv" if isinstance(content, str) else "a.xlsx")
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            book = Workbook()
            for row in content:
                book.active.append(row)
            book.save(path)
        before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
        status, said, err = bcanalysis("import", path, "--data", folder, *GIVEN, *options)
        if status or "--apply" not in options:
            assert {file.name: file.read_bytes() for file in folder.glob("*.csv")} == before
        return status, said + err

    return importing


def test_the_preview_says_of_each_row_what_becomes_of_it_and_writes_nothing(take_in):
    status, said = take_in(TABLE)

    assert status == 0
    assert "a.csv: encoding utf-8\n" in said
    assert 'a.csv: cells parted by ";"' in said
    assert 'decimal = ","' in said
    assert (
        "revised   observations: here exports total not_applicable 2030H1 = 2000; on file 1900 (department)   [a.csv, line 2, B]"
        in said
    )
    assert "added     observations: here exports total not_applicable 2031H1 = 2500.5   [a.csv, line 2, C]" in said
    assert "1 added, 1 revised, 0 repeated, 0 refused" in said
    assert "Nothing is written yet: --apply writes the rows." in said


def test_a_revision_is_a_new_vintage_beside_the_old_one(take_in, folder):
    take_in(TABLE, "--apply")

    rows = load(folder)["observations"][["period", "value", "stated_on", "half_unit"]]
    assert rows.values.tolist() == [
        ["2030H1", 1900.0, "2030-07-01", 0.5],
        ["2030H1", 2000.0, "2031-06-20", 0.5],
        ["2031H1", 2500.5, "2031-06-20", 0.05],
    ]


def test_the_same_table_again_adds_nothing(take_in):
    take_in(TABLE, "--apply")
    status, said = take_in(TABLE, "--apply")

    assert status == 0
    assert "0 added, 0 revised, 2 repeated, 0 refused" in said
    assert "Nothing is written: everything is on file already." in said


def test_another_value_under_the_same_source_and_day_is_refused(take_in):
    take_in(TABLE, "--apply")
    status, said = take_in(TABLE.replace("2.500,5", "2.600,5"), "--apply")

    assert status == 1
    assert (
        "a.csv, line 2, C: got another row with a key that is on file: value 2600.5 for 2500.5; expected a key of its own." in said
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            TABLE + "Xuất khẩu;;2.600,5\n",
            "a.csv, line 3, C: got value 2600.5, where a.csv, line 2, C has 2500.5 for the same key; expected one row",
        ),
        (
            TABLE + "Xuất khẩu khác;1,5;1\n",
            'names."Xuất khẩu khác": got nothing; expected a series such as export_value.fdi, or "ignore". Perhaps exports',
        ),
        (TABLE.replace("2.500,5", "12.36"), 'table.decimal: got "?"; expected "," or "."'),
        ("Chỉ tiêu;6 tháng 2030;Số khác\nXuất khẩu;1,5;2\n", 'columns.C: got the role ""; expected one of the roles'),
        ("Chỉ tiêu;6 tháng 2030\nXuất khẩu;66.148\n", 'table.decimal: got "?"; expected "," or "."'),
        ("Chỉ tiêu;Tăng trưởng\nXuất khẩu;1,5\n", 'columns.B.period: got ""; expected a period such as 2018H1'),
        ("Chỉ tiêu;6T 2031;So cùng kỳ\nXuất khẩu;1,5;107\n", 'columns.C.form: got "?"; expected rate or index'),
        ("Tên gọi;6T 2031\nXuất khẩu;1,5\n", "a.csv: got no column that is headed as names of indicators"),
        ("Chỉ tiêu;6T 2031\nGiá trị sản xuất;1,5\n", 'names."Giá trị sản xuất": got "?"; expected one of the price bases current'),
        (
            "Chỉ tiêu;6T 2031\nTiền phạt;6,98E+09\nSố vụ;6,98E+03\n",
            'line 3, B: got "6,98E+03"; expected all digits, for the unit is counted exactly',
        ),
    ],
)
def test_what_is_not_certain_is_refused_with_its_place(content, told, take_in):
    status, said = take_in(content, "--apply")

    assert status == 1
    assert told in said


@pytest.mark.parametrize("cell", ["12.36", "2500 tỷ", "2,000,5", "ước 5"])
def test_a_cell_that_is_no_number_in_the_way_of_its_table_is_refused(cell, take_in):
    status, said = take_in(TABLE.replace("2.500,5", cell), "--decimal", ",", "--apply")

    assert status == 1
    assert (
        f'a.csv, line 2, C: got "{cell}"; expected a number with a decimal comma, such as 1.234,5. Nothing occurred is "-"' in said
    )


def test_a_number_that_excel_has_shortened_is_read_as_far_as_it_goes_and_said_so(take_in, folder):
    status, said = take_in("Chỉ tiêu;6T 2031\nTiền phạt;6,98E+09\n", "--apply")

    assert status == 0
    assert 'got "6,98E+09"; expected all digits. Excel has shortened it; it is read as 6980000000, give or take 5000000' in said
    assert load(folder)["observations"].query("indicator == 'fines'")[["value", "half_unit"]].values.tolist() == [[6.98e9, 5e6]]


def test_all_faults_are_told_together(take_in):
    status, said = take_in("Chỉ tiêu;6T 2031;Số khác\nKhông có;1,5;2\nCũng không;1;2\n")

    assert status == 1
    assert sum(line.startswith("refused") for line in said.splitlines()) == 3


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (date(2031, 6, 5), "the date 2031-06-05; expected a number. Excel has made a date of a number or a text"),
        ("=1+1", "a formula that was never computed; expected its value"),
        ("#DIV/0!", "the error #DIV/0!; expected a value"),
        (True, "the word True; expected a number"),
    ],
)
def test_cells_of_a_workbook_that_are_no_figures_are_refused(cell, told, take_in):
    status, said = take_in([["Chỉ tiêu", "6 tháng 2031", "6 tháng 2030"], ["Xuất khẩu", cell, 5]], "--apply")

    assert status == 1
    assert f"a.xlsx [Sheet], line 2, B2: got {told}" in said


def test_a_date_where_a_period_should_be_is_refused(take_in):
    head = [["Chỉ tiêu", date(2031, 6, 1)], ["Xuất khẩu", 5]]
    tidy = [["indicator", "period", "value"], ["exports", date(2031, 6, 1), 5]]

    assert (
        "a.xlsx [Sheet], line 1, B1: got the date 2031-06-01 in a head; expected a period such as 6 tháng/2018" in take_in(head)[1]
    )
    status, said = take_in(tidy)
    assert status == 1
    assert "a.xlsx [Sheet], line 2, B2: got the date 2031-06-01; expected a period such as 2018H1" in said


def test_a_tidy_table_goes_in_by_its_codes(take_in, folder):
    rows = [
        ["indicator", "breakdown", "price_basis", "period", "value", "growth_pct", "area"],
        ["output", "fdi", "current", "2031H1", 66148, 27.6, "here"],
        ["iip_growth", "total", "not_applicable", "2031M01-M05", 7.5, None, "here"],
    ]
    said = take_in([row[:5] + row[6:] for row in rows], "--apply")[1]

    assert "2 added" in said
    found = load(folder)["observations"].query("period != '2030H1'")
    assert found[["indicator", "breakdown", "price_basis", "period", "value", "growth_pct"]].fillna(0).values.tolist() == [
        ["iip_growth", "total", "not_applicable", "2031M01-M05", 7.5, 7.5],
        ["output", "fdi", "current", "2031H1", 66148.0, 0.0],
    ]


def test_units_are_turned_into_those_of_the_catalogue_exactly(take_in, folder):
    take_in("Chỉ tiêu;ĐVT;6T 2031\nXuất khẩu;USD;1234567,1\nTiền phạt;Tỷ đồng;0,052\n", "--apply")

    found = load(folder)["observations"].query("period == '2031H1'")[["indicator", "value", "half_unit"]]
    assert found.values.tolist() == [["exports", 1.2345671, 0.00000005], ["fines", 52.0, 0.5]]


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("tỷ đồng", 'line 2, B: got the unit "tỷ đồng"; expected one that can be turned into million_usd'),
        ("thúng", 'units."thúng": got nothing; expected a code of units.csv'),
    ],
)
def test_a_unit_of_another_kind_or_none_is_refused(unit, told, take_in):
    assert told in take_in(f"Chỉ tiêu;ĐVT;6T 2031\nXuất khẩu;{unit};1\n")[1]


def test_an_index_of_an_indicator_that_is_a_growth_must_be_told(take_in, folder, tmp_path):
    table = "Chỉ tiêu;ĐVT;6T 2031\nChỉ số sản xuất;%;107,5\n"
    status, said = take_in(table)
    assert status == 1
    assert 'names."Chỉ số sản xuất": got "?"; expected rate or index' in said

    mapping = tmp_path / "a.csv.mapping.toml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("iip_growth:?", "iip_growth:index"), encoding="utf-8")
    assert take_in(table, "--apply")[0] == 0
    row = load(folder)["observations"].query("indicator == 'iip_growth'").iloc[0]
    assert (row["value"], row["growth_pct"], row["growth_form"]) == (7.5, 7.5, "index")


def test_a_mapping_is_not_used_for_a_table_with_other_heads(take_in):
    take_in(TABLE)
    status, said = take_in(TABLE.replace("6 tháng 2031", "6 tháng 2032"), "--apply")

    assert status == 1
    assert 'columns.C: got "6 tháng 2032"; expected the head "6 tháng 2031". The mapping was made for another table' in said


def test_an_earlier_mapping_lends_its_names_to_the_table_of_the_next_year(take_in, tmp_path):
    take_in("Chỉ tiêu;6T 2031\nHàng bán ra nước ngoài;1,5\n")
    old = tmp_path / "a.csv.mapping.toml"
    text = old.read_text(encoding="utf-8").replace('"Hàng bán ra nước ngoài" = ""', '"Hàng bán ra nước ngoài" = "exports"')
    (tmp_path / "old.toml").write_text(text, encoding="utf-8")
    old.unlink()

    status, said = take_in("Chỉ tiêu;6T 2032\nHàng bán ra nước ngoài;2,5\n", "--like", str(tmp_path / "old.toml"))

    assert status == 0
    assert "here exports total not_applicable 2032H1 = 2.5" in said


def test_a_mapping_that_is_damaged_is_told(take_in, tmp_path):
    (tmp_path / "a.csv.mapping.toml").write_text("[table]\nsheets = 1\n[other]\n", encoding="utf-8")
    status, said = take_in(TABLE)

    assert status == 1
    assert "a.csv.mapping.toml, table.sheets: got an unknown key; expected one of decimal, head, rows, sheet" in said
    assert "a.csv.mapping.toml, other: got an unknown section" in said


def test_values_of_another_scale_than_the_years_beside_them_are_pointed_out(take_in, tmp_path):
    take_in(TABLE, "--apply")
    said = take_in("Chỉ tiêu;6T/2032\nXuất khẩu;2.700.000\n", "--mapping", str(tmp_path / "new.toml"))[1]

    assert "warning: a.csv, line 2, B (value): got 2.7e+06; expected something near" in said


def test_a_database_goes_in_by_its_address(bcanalysis, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect(tmp_path / "figures.db") as connection:
        connection.execute("create table figures (indicator text, period text, value real)")
        connection.execute("insert into figures values ('exports', '2031H1', 2500.5)")
    connection.close()

    status, said, _ = bcanalysis(
        "import", f"sqlite:///{tmp_path}/figures.db", "--sheet", "figures", "--data", folder, *GIVEN, "--apply"
    )

    assert status == 0
    assert "added     observations: here exports total not_applicable 2031H1 = 2500.5" in said
    assert Path("figures.mapping.toml").is_file()
    assert load(folder)["observations"]["value"].tolist() == [1900.0, 2500.5]


def test_the_help_of_the_command_needs_no_tables():
    import subprocess
    import sys

    code = "import sys; from bcanalysis.cli import app; sys.exit(bool({'pandas', 'plotly', 'python_calamine', 'xlrd'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
