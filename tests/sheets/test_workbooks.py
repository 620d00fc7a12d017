from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from bcanalysis.errors import DataError
from bcanalysis.sheets.grid import Shown, Unread
from bcanalysis.sheets.read import read_grids
from bcanalysis.sheets.workbooks import read_workbook

from .packages import locked_workbook, open_document_of, workbook_of

SMALL = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def typed_workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["B2"], sheet["C2"], sheet["D2"], sheet["B3"], sheet["C3"] = "Chỉ tiêu", date(2018, 6, 1), 11, 66148.25, "  thụt"
    sheet["D2"].number_format = "#,##0.0"
    sheet["D3"], sheet["D3"].number_format = 0.276, "0.0%"
    sheet.merge_cells("B5:D5")
    sheet["B5"] = "gộp"
    book.create_sheet("ẩn").sheet_state = "hidden"
    book.save(path)
    return path


def test_cells_keep_their_places_their_kinds_and_the_decimals_they_show(tmp_path):
    (grid,) = read_workbook(typed_workbook(tmp_path / "a.xlsx"))

    assert (grid.name, grid.rows[0]) == ("Biểu 1", [None, None, None, None])
    assert grid.rows[1] == [None, "Chỉ tiêu", date(2018, 6, 1), 11.0]
    assert grid.rows[2] == [None, 66148.25, "  thụt", 27.6]
    eleven, percent = grid.rows[1][3], grid.rows[2][3]
    assert isinstance(eleven, Shown)
    assert isinstance(percent, Shown)
    assert (eleven.decimals, eleven.percent, percent.decimals, percent.percent) == (1, False, 1, True)
    assert grid.spread(4, 5) == [[None, "gộp", "gộp", "gộp"]]


@pytest.fixture
def saved_as(tmp_path):
    """Save the workbook a.xlsx by LibreOffice as one of another kind, with its formulas computed."""

    def saving(ending: str) -> Path:
        program = shutil.which("soffice")
        if program:
            user = f"-env:UserInstallation=file://{tmp_path}/profile"
            command = [program, user, "--headless", "--convert-to", ending, "--outdir", "saved", "a.xlsx"]
            subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        if not (tmp_path / f"saved/a.{ending}").exists():
            reason = "NO LIBREOFFICE CALC: workbooks of its kinds were not read"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        return tmp_path / f"saved/a.{ending}"

    return saving


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_workbooks_of_other_programs_give_the_same_cells(ending, saved_as, tmp_path):
    typed_workbook(tmp_path / "a.xlsx")
    (grid,) = read_workbook(saved_as(ending), "Biểu 1")

    assert grid.rows[1] == [None, "Chỉ tiêu", date(2018, 6, 1), 11]
    assert grid.rows[2] == [None, 66148.25, "  thụt", 27.6]
    assert [(cell.decimals, cell.percent) for cell in (grid.rows[1][3], grid.rows[2][3])] == [(1, False), (1, True)]


@pytest.mark.parametrize("lines", [1, 900])  # an old workbook keeps few cells otherwise than many
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_percents_are_read_as_they_are_shown_and_errors_are_no_blanks_in_every_kind_of_workbook(ending, lines, saved_as, tmp_path):
    book = Workbook()
    for line in range(1, lines + 1):
        cells = [0.276, -0.0223, 12.765, "=1/0", "=NA()", "=1/8", 0.5, 7]
        for column, (value, shown) in enumerate(
            zip(cells, ["0.0%", "0.00%", "#,##0%", "0.0", "0%", "0.0%", "0%", "General"], strict=True), 1
        ):
            book.active.cell(line, column, value).number_format = shown
    book.save(tmp_path / "a.xlsx")

    rows = read_workbook(saved_as(ending))[0].rows

    assert len(rows) == lines
    assert rows[-1][:3] + rows[-1][5:] == [27.6, -2.23, 1276.5, 12.5, 50.0, 7.0]
    assert [cell.got for cell in rows[-1][3:5]] == ["the error #DIV/0!", "the error #N/A"]
    shown = [(cell.decimals, cell.percent) for cell in rows[-1] if isinstance(cell, Shown)]
    assert shown == [(1, True), (2, True), (0, True), (1, True), (0, True)]


def percent_of_libreoffice(value: float, shown: str, times: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="percentage" office:value="{value}" table:number-columns-repeated="{times}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def test_cells_of_libreoffice_that_are_repeated_all_show_the_same_and_those_behind_them_stay_in_their_places(tmp_path):
    twice, once = percent_of_libreoffice(0.276, "27,6%", 2), percent_of_libreoffice(0.05, "5%")
    row = f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{twice}{once}</table:table-row>'
    last = f"<table:table-row>{once}</table:table-row>"

    rows = read_workbook(open_document_of(tmp_path / "a.ods", row + last))[0].rows

    assert rows == [[None, 27.6, 27.6, 5.0], [None, 27.6, 27.6, 5.0], [5.0, None, None, None]]


def test_a_spreadsheet_of_libreoffice_that_brings_entities_is_refused(tmp_path):
    cell = '<table:table-cell office:value-type="percentage" office:value="0.276"><text:p>27,6%</text:p></table:table-cell>'
    path = open_document_of(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            head = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' if name == "content.xml" else b""
            package.writestr(name, head + content)

    with pytest.raises(DataError, match=r"a\.ods: got a file that is no whole workbook \(a document type, which no table needs\)"):
        read_workbook(path)


def led_back(saved_as, tmp_path, table_at: int, sector_of: Callable[[bytes], int]) -> Path:
    """Save an old workbook in whose table, named in the head at a place, behind a sector comes the same sector."""
    typed_workbook(tmp_path / "a.xlsx")
    path = saved_as("xls")
    content = bytearray(path.read_bytes())
    sector = sector_of(content)
    entry = 512 * (1 + int.from_bytes(content[table_at : table_at + 4], "little")) + 4 * sector
    content[entry : entry + 4] = sector.to_bytes(4, "little")
    path.write_bytes(content)
    return path


def test_an_old_workbook_whose_sectors_lead_back_to_themselves_is_refused(saved_as, tmp_path):
    path = led_back(saved_as, tmp_path, 76, lambda content: int.from_bytes(content[48:52], "little"))  # the directory

    with pytest.raises(DataError, match=r"a\.xls: got a file that is no whole workbook"):
        read_workbook(path)


def test_an_old_workbook_whose_small_sectors_lead_back_to_themselves_is_refused(saved_as, tmp_path):
    path = led_back(saved_as, tmp_path, 60, lambda content: 0)

    with pytest.raises(DataError, match=r"a\.xls: got a file that is no whole workbook \(its parts contradict each other\)"):
        read_workbook(path)


def test_an_old_workbook_whose_sectors_serve_twice_is_read_as_excel_reads_it(saved_as, tmp_path):
    book = Workbook()
    for row in range(1, 901):
        book.active.cell(row, 1, 0.276).number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    path = saved_as("xls")
    content = bytearray(path.read_bytes())
    directory = 512 * (1 + int.from_bytes(content[48:52], "little"))
    first_of_small_ones, first_of_workbook = directory + 116, directory + 128 + 116
    content[first_of_small_ones : first_of_small_ones + 4] = content[first_of_workbook : first_of_workbook + 4]
    path.write_bytes(content)

    assert read_workbook(path)[0].rows == [[27.6]] * 900


def test_an_old_workbook_that_is_cut_off_is_refused(saved_as, tmp_path):
    typed_workbook(tmp_path / "a.xlsx")
    path = saved_as("xls")
    content = path.read_bytes()

    for kept in range(8, len(content) - 512, 512):
        path.write_bytes(content[:kept])
        with pytest.raises(DataError, match=r"a\.xls: got a file that is no whole workbook \(.+\).*Copy it again"):
            read_workbook(path)


def test_an_old_workbook_with_something_behind_its_end_is_read_without_a_word(saved_as, tmp_path):
    typed_workbook(tmp_path / "a.xlsx")
    path = saved_as("xls")
    path.write_bytes(path.read_bytes() + b"behind")

    code = "from pathlib import Path; from bcanalysis.sheets.workbooks import read_workbook; read_workbook(Path('saved/a.xls'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, timeout=60)

    assert (done.stdout, done.stderr) == (b"", b"")


def test_an_old_workbook_with_a_password_is_refused(saved_as, tmp_path):
    typed_workbook(tmp_path / "a.xlsx")
    path = saved_as("xls")
    who_saved_it, how_it_is_locked = b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"  # kinds of records, both 112 bytes long here
    content = path.read_bytes()
    assert content.count(who_saved_it) == 1
    path.write_bytes(content.replace(who_saved_it, how_it_is_locked))

    with pytest.raises(
        DataError, match=r"a\.xls: got a workbook locked by a password; expected one that can be read\. Open it in Excel"
    ):
        read_workbook(path)


def test_letters_and_marks_that_are_stored_apart_are_composed(tmp_path):
    book = Workbook()
    book.active["A1"] = "Gia\u0301 tri\u0323"
    book.save(tmp_path / "a.xlsx")

    assert read_workbook(tmp_path / "a.xlsx")[0].rows == [["Giá trị"]]


def test_a_formula_that_was_never_computed_and_an_error_are_no_blanks(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["C1"] = "=1+1", 5, "#REF!"
    book.save(tmp_path / "a.xlsx")

    (cells,) = read_workbook(tmp_path / "a.xlsx")[0].rows

    assert [cell.got if isinstance(cell, Unread) else cell for cell in cells] == [
        "a formula that was never computed",
        5,
        "the error #REF!",
    ]


def test_a_formula_of_libreoffice_that_was_never_computed_is_refused(tmp_path):
    row = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    with pytest.raises(DataError, match=r"a\.ods: got a formula that was never computed; expected its value\. Open the workbook"):
        read_workbook(open_document_of(tmp_path / "a.ods", row))


def test_a_locked_workbook_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(
        DataError, match=r"a\.xlsx: got a workbook locked by a password; expected one that can be read\. Open it in Excel"
    ):
        read_workbook(locked_workbook(tmp_path / "a.xlsx"))


def test_an_old_workbook_under_a_new_name_is_told_by_its_name(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    with pytest.raises(DataError, match=r"an old workbook of Excel under another name.*ends in \.xls"):
        read_workbook(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("kept", "told"), [(0, "an empty file; expected a workbook"), (900, "no whole workbook"), (-30, "no whole workbook")]
)
def test_an_empty_or_truncated_workbook_is_refused(kept, told, tmp_path):
    content = typed_workbook(tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(content[:kept])
    with pytest.raises(DataError, match=told):
        read_workbook(tmp_path / "a.xlsx")


def test_a_damaged_part_is_refused(tmp_path):
    content = bytearray(typed_workbook(tmp_path / "a.xlsx").read_bytes())
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place : place + 40] = b"\xff" * 40
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(DataError, match="no whole workbook"):
        read_workbook(tmp_path / "a.xlsx")


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("bcanalysis.sheets.workbooks.MOST_BYTES", 8 << 20)
    workbook_of(tmp_path / "a.xlsx", SMALL + b" " * (9 << 20))

    assert (tmp_path / "a.xlsx").stat().st_size < 100_000
    with pytest.raises(DataError, match="more than 8 MB when unpacked"):
        read_workbook(tmp_path / "a.xlsx")


def test_a_sheet_that_is_full_to_the_last_row_is_refused(tmp_path):
    rows = SMALL + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with pytest.raises(DataError, match=r"a\.xlsx \[Sheet\]: got 1048576 rows, all that such a sheet can hold.*cut off"):
        read_workbook(workbook_of(tmp_path / "a.xlsx", rows))


def test_a_last_row_that_is_only_formatted_does_no_harm(tmp_path):
    rows = SMALL + b'<row r="1048576" hidden="1"><c r="A1048576" s="0"/></row>'
    assert read_workbook(workbook_of(tmp_path / "a.xlsx", rows))[0].rows == [[1.0]]


@pytest.mark.parametrize("cell", [b'<c r="XFD500000"><v>1</v></c>', b'<c s="0" r="XFD500000"><v>1</v></c>'])
def test_a_cell_far_from_all_others_is_refused_before_memory_is_taken_for_the_room_between(cell, tmp_path):
    with pytest.raises(DataError, match="500000 rows and up to 16384 columns; expected at most 20000000 cells"):
        read_workbook(workbook_of(tmp_path / "a.xlsx", SMALL + b'<row r="500000">' + cell + b"</row>"))


def test_repeated_rows_of_libreoffice_that_are_too_many_are_refused(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="1024" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    with pytest.raises(DataError, match="too many cells"):
        read_workbook(open_document_of(tmp_path / "a.ods", row))


def test_a_workbook_without_figures_and_a_sheet_that_is_not_there_are_refused(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="a workbook without a filled cell"):
        read_workbook(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match='no sheet "Biểu 2"; expected one of its sheets: Sheet'):
        read_workbook(tmp_path / "a.xlsx", "Biểu 2")


def test_cells_typed_in_an_old_font_are_refused_with_advice(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["A2"] = "Gi¸ trÞ s¶n xuÊt", "Kim ng¹ch xuÊt khÈu"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match=r"the old font encoding TCVN3; expected Unicode\. Convert it.*UniKey"):
        read_grids(tmp_path / "a.xlsx")
