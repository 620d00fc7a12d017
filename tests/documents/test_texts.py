from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
import typst

from bcanalysis.documents.texts import text_of
from bcanalysis.errors import DataError, UsageError
from bcanalysis.wording.reading.reader import read_statements

SENTENCE = (
    "Kim ngạch xuất khẩu 6 tháng đầu năm 2018 ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ năm trước, đạt 40,3% kế hoạch năm, "
    "trong đó khu vực có vốn đầu tư nước ngoài đạt 2.810 triệu USD, tăng 7,2% so với cùng kỳ."
)
NUMBERS = [(3140, 6.5, 40.3), (2810, 7.2, None)]


def numbers(path: Path) -> list[tuple[Any, Any, Any]]:
    records = [one.record() for one in read_statements(text_of(path))]
    return [(record["value"], record["growth_pct"], record["plan_pct"]) for record in records]


def write_docx(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph(SENTENCE)
    document.save(str(path))
    return path


def write_pdf(path: Path, text: str = SENTENCE) -> Path:
    page = f'#set page(width: 120mm, height: 150mm, margin: 15mm, numbering: "1")\n#set par(justify: true)\n= Báo cáo\n{text}\n\n- Một ý khác.\n'
    source = path.with_suffix(".typ")
    source.write_text(page, encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def test_plain_text_is_given_letter_by_letter_and_composed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + unicodedata.normalize("NFD", "Xuất khẩu\r\n  đạt 5 tấn")).encode())

    assert text_of(path) == "Xuất khẩu\n  đạt 5 tấn"


def test_plain_text_in_utf_16_is_read_too(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-16")

    assert text_of(path) == SENTENCE


@pytest.mark.parametrize("ending", ["txt", "docx", "html", "pdf"])
def test_the_same_statements_come_from_every_kind_of_file(tmp_path, ending):
    path = tmp_path / f"report.{ending}"
    if ending == "docx":
        write_docx(path)
    elif ending == "pdf":
        write_pdf(path)
    else:
        path.write_text(f"<html><body><p>{SENTENCE}</p></body></html>" if ending == "html" else SENTENCE, encoding="utf-8")

    assert numbers(path) == NUMBERS


def test_lines_of_a_pdf_are_joined_to_paragraphs_and_page_numbers_dropped(tmp_path):
    lines = text_of(write_pdf(tmp_path / "a.pdf")).splitlines()

    assert lines[:2] == ["Báo cáo", SENTENCE]
    assert [line for line in lines if line.strip().isdigit()] == []


def with_password(path: Path) -> None:
    plain = write_pdf(path.with_name("plain.pdf"))
    with pikepdf.open(plain) as file:
        file.save(path, encryption=pikepdf.Encryption(user="x", owner="y"))


def without_text(path: Path) -> None:
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(path)


@pytest.mark.parametrize(
    ("name", "made", "message"),
    [
        ("a.pdf", with_password, "got a file with a password; expected a PDF that opens"),
        ("a.pdf", without_text, "got no text; expected a report in words. Recognise its letters"),
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.7\ncut short"), "cannot be read as .pdf"),
        ("a.pdf", lambda path: path.write_bytes(b""), "cannot be read as .pdf"),
        (
            "a.docx",
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)),
            "got a file with a password, or in the old format",
        ),
        ("a.docx", lambda path: path.write_bytes(b"PK\x03\x04cut short"), "cannot be read as .docx"),
        ("a.docx", lambda path: path.write_bytes(b""), "cannot be read as .docx"),
        ("a.txt", lambda path: path.write_bytes("giá trị".encode("utf-16-be") + b"\xff\xfe\xb8"), "got letters that are not UTF-8"),
        ("a.txt", lambda path: path.write_text(" \n "), "got no text"),
        ("a.html", lambda path: path.write_text("<html></html>"), "got no text"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong_with_it(tmp_path, name, made, message):
    path = tmp_path / name
    made(path)

    with pytest.raises(DataError, match=message):
        text_of(path)


@pytest.mark.parametrize(
    ("name", "message"), [("none.txt", "got no file"), ("report.doc", "got a .doc file; expected .txt, .docx")]
)
def test_a_wrong_name_is_misuse(tmp_path, name, message):
    with pytest.raises(UsageError, match=message):
        text_of(tmp_path / name)
