from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bcanalysis.dataset.tables import FileUsed, hashed, read_table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.csv"


def test_cells_are_read_as_the_text_that_stands_there(file: Path) -> None:
    file.write_text('code,number,note\na,007,NA\nb, 1.0 ,"x, ""y"""\nc,,null\n', encoding="utf-8")
    table = read_table(file)
    assert table.faults == ()
    assert table.cells.to_dict("list") == {
        "code": ["a", "b", "c"],
        "number": ["007", " 1.0 ", ""],
        "note": ["NA", 'x, "y"', "null"],
    }


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_make_no_difference(ending: str, file: Path) -> None:
    file.write_bytes(ending.join(["code,name", "a,Hòa", ""]).encode())
    assert read_table(file).cells.to_dict("list") == {"code": ["a"], "name": ["Hòa"]}


def test_a_blank_line_is_a_row_of_another_length(file: Path) -> None:
    file.write_text("code,name\na,x\n\nb,y\n", encoding="utf-8")
    assert [(fault.row, fault.got, fault.expected) for fault in read_table(file).faults] == [(3, "1 cells", "2 cells")]


def test_a_file_with_a_header_alone_is_a_table_without_rows(file: Path) -> None:
    file.write_text("code,name\n", encoding="utf-8")
    table = read_table(file)
    assert table.faults == ()
    assert list(table.cells.columns) == ["code", "name"]
    assert len(table.cells) == 0


@pytest.mark.parametrize("text", ['code,note\na,"x\nb,y\n', 'code,note\n"a,x\nb,y\n'])
def test_a_quotation_mark_that_is_never_closed_is_told(text: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    assert [fault.table for fault in read_table(file).faults] == ["names.csv"]


def test_a_file_is_known_by_its_name_hash_and_size(file: Path) -> None:
    content = "code,name\na,Hòa\n".encode()
    file.write_bytes(content)
    expected = FileUsed("names.csv", hashlib.sha256(content).hexdigest(), 17)
    assert hashed(file) == expected
    assert read_table(file).file == expected


def test_a_file_that_cannot_be_decoded_is_still_known_by_its_hash(file: Path) -> None:
    file.write_bytes(b"code\n\xff\n")
    table = read_table(file)
    assert table.file.size == 7
    assert [fault.row for fault in table.faults] == [2]
