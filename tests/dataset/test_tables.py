from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from bcanalysis.dataset.tables import FileUsed, hashed, read_table
from bcanalysis.errors import Fault

DAMAGE = "Save as 'CSV UTF-8' from a file that still shows the letters rightly"
QUOTES = "Decimals have a point; a text with a comma needs quotation marks"


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


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    assert read_table(file).faults == (
        Fault("names.csv", 0, "", "no file", "a CSV file", "Every table of datapackage.json must be there"),
    )


@pytest.mark.parametrize("content", ["", "\n", " \n"])
def test_an_empty_file_is_told(content: str, file: Path) -> None:
    file.write_text(content, encoding="utf-8")
    assert read_table(file).faults == (Fault("names.csv", 1, "", "an empty file", "a header row"),)


@pytest.mark.parametrize(
    "text",
    ["code,name\na,x\nb,y, z\n", 'code,name\na,"x, y"\nb,y, z\n', 'code,name\na,"x"\nb,y, z'],
    ids=["plain", "quoted", "no end"],
)
def test_a_row_of_another_length_is_told(text: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    assert read_table(file).faults == (Fault("names.csv", 3, "", "3 cells", "2 cells", QUOTES),)


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x85"], ids=["line separator", "vertical tab", "next line"])
def test_a_mark_that_is_no_line_break_of_csv_is_not_taken_for_one(mark: str, file: Path) -> None:
    """Word puts such marks into cells; the row has its two cells all the same."""
    file.write_text(f"code,name\na,one{mark}two\n", encoding="utf-8")
    assert read_table(file).faults == ()
    assert read_table(file).cells["name"].tolist() == [f"one{mark}two"]


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (b"code,name\ncurrent,gi\xe1 hi\xea\xf2n h\xe0nh\n", 2, "0xe1"),  # Windows' Vietnamese, cp1258
        ("code,name\ncurrent,giá hiện hành\n".encode("utf-16"), 1, "0xff"),  # Excel's "Unicode text"
    ],
    ids=["cp1258", "utf-16"],
)
def test_a_file_in_another_encoding_is_told(content: bytes, line: int, byte: str, file: Path) -> None:
    file.write_bytes(content)
    assert read_table(file).faults == (Fault("names.csv", line, "", f"byte {byte} that is not UTF-8", "UTF-8", DAMAGE),)


def test_a_byte_order_mark_is_no_fault(file: Path) -> None:
    file.write_text("\ufeffcode,name\na,Hòa\n", encoding="utf-8")
    table = read_table(file)
    assert table.faults == ()
    assert list(table.cells.columns) == ["code", "name"]


# What happened to letters on the way


def told(file: Path, text: str, column: str = "name") -> list[Fault]:
    file.write_text(f'code,{column}\na,Hòa\nb,"{text}"\n', encoding="utf-8")
    return list(read_table(file).faults)


def test_text_whose_marks_are_stored_apart_is_told(file: Path) -> None:
    apart = unicodedata.normalize("NFD", "Bắc Giang")
    hint = "Letters and their marks are stored apart; compose them"
    assert told(file, apart) == [Fault("names.csv", 3, "name", f'"{apart}"', 'NFC text: "Bắc Giang"', hint)]


@pytest.mark.parametrize(
    "name", ["Bắc Giang", "Bộ Công Thương", "Lạng Sơn", "Điện lực", "Nhà nước", "Nhiều", "Sở", "điểm phần trăm"]
)
def test_text_that_excel_read_in_another_encoding_is_told_with_the_right_letters(name: str, file: Path) -> None:
    """Windows shows the five bytes that its code page 1252 does not know as control characters."""
    unknown = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    damaged = "".join(chr(byte) if byte in unknown else bytes([byte]).decode("cp1252") for byte in name.encode())
    hint = "UTF-8 was read as another encoding. " + DAMAGE
    assert told(file, damaged) == [Fault("names.csv", 3, "name", f'"{damaged}"', f'"{name}"', hint)]


def test_bac_giang_is_recognised_in_its_damaged_form(file: Path) -> None:
    assert [(fault.got, fault.expected) for fault in told(file, "Báº¯c Giang")] == [('"Báº¯c Giang"', '"Bắc Giang"')]


def test_question_marks_for_letters_are_told(file: Path) -> None:
    hint = "Letters were lost in an encoding without them. " + DAMAGE
    assert told(file, "B?c Giang") == [Fault("names.csv", 3, "name", '"B?c Giang"', "letters, not question marks", hint)]


def test_the_mark_for_a_lost_letter_is_told(file: Path) -> None:
    assert [fault.expected for fault in told(file, "B\ufffdc Giang")] == ["letters, not the mark for a lost one (U+FFFD)"]


@pytest.mark.parametrize("text", ["Vì sao tăng?", "Tăng bao nhiêu? 12,5%", "khẩu Â vị", "3 m², 5 µm, 7 °C", "Ã"])
def test_a_question_and_a_strange_letter_are_no_damage(text: str, file: Path) -> None:
    assert told(file, text) == []


@pytest.mark.parametrize("column", ["address", "note"])
def test_an_address_may_have_a_query(column: str, file: Path) -> None:
    assert told(file, "https://example.vn/tin?id=1", column) == []
