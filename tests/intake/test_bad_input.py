"""Files that cannot be taken in: a clear message, exit status 1, and the tables as they were."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from ..sheets.packages import locked_workbook, workbook_of


def empty(path):
    path.write_bytes(b"")


def truncated(path):
    Workbook().save(path)
    path.write_bytes(path.read_bytes()[:-40])


def bomb(path):
    workbook_of(path, b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * (3 << 20))


def full(path):
    workbook_of(path, b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def text_without_figures(path):
    path.write_bytes("Không có bảng nào\n".encode())


@pytest.mark.parametrize(
    ("spoil", "name", "told"),
    [
        (locked_workbook, "a.xlsx", "a workbook locked by a password"),
        (empty, "a.xlsx", "an empty file"),
        (empty, "a.csv", "an empty file"),
        (truncated, "a.xlsx", "no whole workbook"),
        (bomb, "a.xlsx", "more than 2 MB when unpacked"),
        (full, "a.xlsx", "1048576 rows, all that such a sheet can hold"),
        (text_without_figures, "a.csv", "no column that is headed as names of indicators"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_told_and_changes_nothing(spoil, name, told, bcanalysis, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("bcanalysis.sheets.workbooks.MOST_BYTES", 2 << 20)
    spoil(tmp_path / name)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    status, said, err = bcanalysis("import", tmp_path / name, "--data", folder, "--apply")

    assert status == 1
    assert told in err + said
    assert name in err + said
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_call_that_makes_no_sense_is_told(bcanalysis, folder, tmp_path):
    assert bcanalysis("import", "--data", folder)[0] == 2
    assert bcanalysis("import", tmp_path / "none.xlsx", "--data", folder)[0] == 2
    status, _, err = bcanalysis("import", "mysql://host/name", "--sheet", "t", "--data", folder)
    assert (status, "expected sqlite:// or postgresql://" in err) == (2, True)
    assert bcanalysis("import", "--list", "--data", folder)[:2] == (0, "No imports on record.\n")
