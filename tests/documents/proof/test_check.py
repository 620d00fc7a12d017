from __future__ import annotations

import re
from copy import deepcopy
from zipfile import ZipFile

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.comparison.compare import compare, headlines
from bcanalysis.dataset.load import load
from bcanalysis.display.prose import sentences
from bcanalysis.display.tables import table_comparison
from bcanalysis.documents.proof.check import proof
from bcanalysis.errors import UsageError

EXPORTS = "Kim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ, đạt 40,3% kế hoạch năm."


@pytest.fixture(scope="module")
def dataset():
    return load()


@pytest.fixture(scope="module")
def figures(dataset):
    return compare(dataset, "2018H1")


@pytest.fixture
def read(tmp_path, dataset):
    """Check a text of one or more lines."""

    def checked(text, period="2018H1", **more):
        file = tmp_path / "văn bản.txt"
        file.write_text(text, encoding="utf-8")
        return proof(file, dataset, period, **more)

    return checked


def verdicts(found):
    return [(one.text, one.verdict) for one in found]


def test_a_word_file_of_our_own_sentences_and_table_holds_nothing_that_is_not_on_file(tmp_path, dataset, figures):
    document = docx.Document()
    document.add_heading("2.1. Kết quả 6 tháng đầu năm 2018", 1)
    for text in sentences(figures).texts:
        document.add_paragraph(text)
    shown = table_comparison(headlines(figures))
    grid = document.add_table(rows=0, cols=len(shown.columns))
    for line in [[column.title for column in shown.columns], *([cell.plain for cell in row] for row in shown.rows)]:
        for cell, text in zip(grid.add_row().cells, line, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "2"
    document.sections[0].footer.paragraphs[0].text = "Xuất khẩu đạt 3.140 triệu USD"
    document.save(tmp_path / "own.docx")
    found = proof(tmp_path / "own.docx", dataset, "2018H1")
    assert [one for one in found if one.verdict not in {"same", "rounded"}] == []
    assert len(found) > 100
    assert found.left_out["page"] == 1
    assert [one.place for one in found][-1] == "chân trang, đoạn 1"


def test_a_changed_digit_in_a_cell_is_found_with_its_row_and_column(tmp_path, dataset):
    document = docx.Document()
    grid = document.add_table(rows=0, cols=4)
    for line in (["Chỉ tiêu", "ĐVT", "Thực hiện", "So cùng kỳ (%)"], ["Kim ngạch xuất khẩu", "triệu USD", "3.740", "6,5"]):
        for cell, text in zip(grid.add_row().cells, line, strict=True):
            cell.text = text
    document.save(tmp_path / "cells.docx")
    wrong, right = proof(tmp_path / "cells.docx", dataset, "2018H1")
    assert (wrong.place, wrong.text, wrong.unit, wrong.verdict) == ("bảng 1, hàng 2, cột 3", "3.740", "triệu USD", "different")
    assert wrong.on_file == "Kim ngạch xuất khẩu: 3.140 triệu USD"
    assert (right.text, right.unit, right.verdict) == ("6,5", "%", "same")


def test_tracked_insertions_are_read_deletions_are_not_and_raised_digits_are_no_part_of_a_figure(tmp_path, dataset):
    document = docx.Document()
    paragraph = document.add_paragraph("Kim ngạch xuất khẩu đạt ")
    paragraph.add_run("DELETED")
    paragraph.add_run("INSERTED")
    paragraph.add_run(" triệu USD, tăng 6,5%")
    paragraph.add_run("12").font.superscript = True
    document.save(tmp_path / "plain.docx")
    with ZipFile(tmp_path / "plain.docx") as plain, ZipFile(tmp_path / "tracked.docx", "w") as tracked:
        for name in plain.namelist():
            part = plain.read(name)
            if name == "word/document.xml":
                text = part.decode()
                text = text.replace(
                    "<w:r><w:t>DELETED</w:t></w:r>", '<w:del w:id="1"><w:r><w:delText>3.140</w:delText></w:r></w:del>'
                )
                text = text.replace("<w:r><w:t>INSERTED</w:t></w:r>", '<w:ins w:id="2"><w:r><w:t>3.150</w:t></w:r></w:ins>')
                part = text.encode()
            tracked.writestr(name, part)
    assert verdicts(proof(tmp_path / "tracked.docx", dataset, "2018H1")) == [("3.150 triệu USD", "different"), ("6,5%", "same")]


def test_footnotes_text_boxes_and_merged_cells_are_read_in_their_places(tmp_path, dataset):
    document = docx.Document()
    grid = document.add_table(rows=2, cols=4)
    for place, text in enumerate(["Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Thực hiện"]):
        grid.rows[0].cells[place].text = text
    grid.rows[1].cells[0].merge(grid.rows[1].cells[1]).text = "Kim ngạch xuất khẩu"
    grid.rows[1].cells[2].text, grid.rows[1].cells[3].text = "7.800 triệu USD", "3.141 triệu USD"
    box = OxmlElement("w:txbxContent")
    box.append(deepcopy(document.add_paragraph("Kim ngạch nhập khẩu đạt 3.000 triệu USD")._p))
    document.paragraphs[-1].clear().add_run("")._r.append(box)
    package = document.part.package
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>Đạt 3.140 triệu USD</w:t></w:r></w:p></w:footnote></w:footnotes>'
    document.part.relate_to(
        Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, note.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES
    )
    document.save(tmp_path / "parts.docx")
    assert [(one.place, one.text, one.verdict) for one in proof(tmp_path / "parts.docx", dataset, "2018H1")] == [
        ("bảng 1, hàng 2, cột 3", "7.800 triệu USD", "same"),
        ("bảng 1, hàng 2, cột 4", "3.141 triệu USD", "different"),
        ("đoạn 1", "3.000 triệu USD", "same"),
        ("chú thích cuối trang, đoạn 1", "3.140 triệu USD", "same"),
    ]


def test_a_page_is_read_without_its_scripts_and_with_its_tables(tmp_path, dataset, figures):
    file = tmp_path / "page.html"
    table = table_comparison(headlines(figures))._repr_html_()
    file.write_text(f"<script>var a = 12;</script><p>{EXPORTS}</p>{table}", encoding="utf-8")
    found = proof(file, dataset, "2018H1")
    assert {one.verdict for one in found} == {"same"}
    assert (found[0].place, found[0].text) == ("bảng 1, hàng 2, cột 3", "66.148")
    assert "12" not in [one.text for one in found]


def test_rounded_scaled_and_spelled_out_forms_of_a_figure_are_the_figure(read):
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3,14 tỷ USD")) == [("3,14 tỷ USD", "same")]
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3,1 tỷ USD")) == [("3,1 tỷ USD", "rounded")]
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3 tỷ 140 triệu USD")) == [("3 tỷ 140 triệu USD", "same")]
    assert verdicts(read("Giá trị sản xuất công nghiệp đạt 66 nghìn 148 tỷ")) == [("66 nghìn 148 tỷ", "same")]
    assert verdicts(read("Giá trị sản xuất công nghiệp đạt trên 66.100 tỷ đồng")) == [("66.100 tỷ đồng", "rounded")]
    assert verdicts(read("Giá trị sản xuất công nghiệp đạt trên 66.200 tỷ đồng")) == [("66.200 tỷ đồng", "different")]
    assert verdicts(read("tăng 28% so với cùng kỳ")) == [("28%", "rounded")]


def test_names_are_found_in_any_case_and_tone_placement(read):
    one = read("TỔNG MỨC BÁN LẺ HÀNG HOÁ VÀ DOANH THU DỊCH VỤ TIÊU DÙNG đạt 11.998 tỷ đồng")[0]
    assert (one.verdict, one.on_file[-15:]) == ("different", " 11.997 tỷ đồng")


def test_a_fall_is_no_rise(read):
    branch = "Chỉ số sản xuất công nghiệp (IIP) ngành cung cấp nước, quản lý và xử lý rác thải, nước thải"
    assert verdicts(read(f"{branch} giảm 23,5%")) == [("23,5%", "same")]
    assert verdicts(read(f"{branch} tăng 23,5%")) == [("23,5%", "different")]


def test_growth_and_percent_of_plan_are_told_apart_and_an_excess_over_the_plan_is_read(read):
    swapped = EXPORTS.replace("6,5%", "#").replace("40,3%", "6,5%").replace("#", "40,3%")
    assert verdicts(read(swapped)) == [("3.140 triệu USD", "same"), ("40,3%", "different"), ("6,5%", "different")]


def test_an_excess_over_the_plan_is_no_percent_of_it(read):
    assert verdicts(read("Kim ngạch xuất khẩu đạt 40,3% kế hoạch năm")) == [("40,3%", "same")]
    assert verdicts(read("Kim ngạch xuất khẩu vượt 40,3% kế hoạch năm")) == [("40,3%", "different")]


def test_a_long_number_that_prints_another_figure_of_its_unit_is_that_figure(read):
    one = read("Tiền bán hàng tịch thu là 6.981.038.000 đồng")[0]
    assert (one.verdict, one.on_file[-20:]) == ("same", ": 6.981.038.000 đồng")


def test_a_name_in_a_clause_of_its_own_accuses_no_later_number(read):
    assert verdicts(read("Đã rà soát số vụ vi phạm đã xử lý; nơi khác kiểm tra 777 vụ")) == [("777 vụ", "unknown")]


def test_both_ends_of_a_range_have_its_unit_and_quotes_of_a_source_are_left_out(read):
    text = "Kim ngạch xuất khẩu cùng kỳ năm trước từ 2.946,5 đến 2.950,2 triệu USD; nguồn in “3.140 triệu USD”"
    found = read(text)
    assert [(one.text, one.unit, one.verdict) for one in found] == [
        ("2.946,5", "triệu USD", "same"),
        ("2.950,2 triệu USD", "triệu USD", "same"),
    ]
    assert found.left_out == {"quote": 1}


def test_a_table_tells_ordinals_multiples_and_columns_that_say_nothing_we_know(tmp_path, dataset):
    file = tmp_path / "table.html"
    file.write_text(
        "<table><tr><th>STT</th><th>Chỉ tiêu</th><th>ĐVT</th><th>Phần còn lại gấp mấy lần phần đã làm</th><th>Kế hoạch năm</th>"
        "<th>Tỷ trọng (%)</th></tr><tr><td>1</td><td>Kim ngạch xuất khẩu</td><td>triệu USD</td><td>[1,478; 1,484]</td><td>7.900</td>"
        "<td>99,1</td></tr></table>",
        encoding="utf-8",
    )
    found = proof(file, dataset, "2018H1")
    assert [(one.text, one.unit, one.verdict) for one in found] == [
        ("1,478", "lần", "rounded"),
        ("1,484", "lần", "rounded"),
        ("7.900", "triệu USD", "different"),
        ("99,1", "%", "unknown"),
    ]
    assert found[2].on_file.endswith("kế hoạch năm: 7.800 triệu USD")
    assert found.left_out == {"heading": 1}


def test_a_unit_that_was_changed_is_a_difference(read):
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3.140 tỷ USD"))[0][1] == "different"
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3.140 tỷ đồng"))[0][1] == "different"


def test_a_number_whose_separators_are_not_vietnamese_has_no_value_and_differs(read):
    one = read("Kim ngạch xuất khẩu tăng 6.5% so với cùng kỳ")[0]
    assert (one.text, one.value, one.verdict) == ("6.5%", None, "different")


def test_what_no_figure_fits_is_unknown_and_a_later_number_of_the_sentence_is_not_held_against_its_subject(read):
    assert verdicts(read("Đã trồng 4.321 tấn rau.")) == [("4.321 tấn", "unknown")]
    text = "Kim ngạch xuất khẩu đạt 3.140 triệu USD, trong đó doanh nghiệp A đạt 777 triệu USD"
    assert verdicts(read(text)) == [("3.140 triệu USD", "same"), ("777 triệu USD", "unknown")]


def test_numbers_that_are_no_figures_are_counted_by_what_they_are(read):
    found = read(
        "1. Căn cứ Quyết định số 118/2015/QĐ-UBND ngày 03/4/2015, Điều 5\n"
        "Số: 05/BC-SCT; 6 tháng đầu năm 2018; giai đoạn 2016 - 2020; ngày 14 tháng 6 năm 2018\n"
        "Điện thoại: 0204.3854.370; QH15"
    )
    assert verdicts(found) == []
    assert found.left_out == {"heading": 1, "document": 2, "date": 2, "place": 1, "period": 1, "year": 1, "phone": 1, "code": 1}


def test_the_summary_and_the_lines_name_what_differs(read):
    assert str(read(f"Năm 2018: {EXPORTS}".replace("3.140", "3.141"), lang="en")) == (
        "line 1: 3.141 triệu USD (different): … Năm 2018: Kim ngạch xuất khẩu ước đạt 3.141 triệu USD, tăng 6,5% so với cùng kỳ, đạt 40,3% kế …; "
        "on file: Export value: 3,140 million USD\n"
        "3 figures: 2 same, 0 rounded, 1 different, 0 that no figure fits; 1 numbers that are no figures were left out."
    )


def test_the_json_holds_every_field(read):
    assert read("Kim ngạch xuất khẩu đạt 3,14 tỷ USD năm 2018").to_json() == {
        "figures": [
            {
                "place": "dòng 1",
                "words": "Kim ngạch xuất khẩu đạt 3,14 tỷ USD năm 2018",
                "text": "3,14 tỷ USD",
                "value": 3.14,
                "unit": "tỷ USD",
                "verdict": "same",
                "on_file": "Kim ngạch xuất khẩu: 3.140 triệu USD",
            }
        ],
        "left_out": {"year": 1},
    }


def test_a_file_of_another_kind_a_missing_one_and_a_broken_one_are_refused(tmp_path, dataset):
    with pytest.raises(UsageError, match=r"a\.pdf: got a \.pdf file; expected \.docx, \.htm, \.html, \.txt"):
        proof(tmp_path / "a.pdf", dataset, "2018H1")
    for name in ("a.docx", "a.txt"):
        with pytest.raises(UsageError, match=r"got no file; expected one to read"):
            proof(tmp_path / name, dataset, "2018H1")
    (tmp_path / "b.docx").write_bytes(b"no package")
    with pytest.raises(UsageError, match=r"b\.docx: got a file that cannot be read as \.docx"):
        proof(tmp_path / "b.docx", dataset, "2018H1")


SENTENCES = [
    "Giá trị sản xuất công nghiệp (giá thực tế) ước đạt 66.148 tỷ đồng, tăng 27,6% so với cùng kỳ, đạt 45,9% kế hoạch năm.",
    EXPORTS,
    "Số vụ vi phạm đã xử lý là 826 vụ.",
    "Tiền xử phạt vi phạm hành chính là 2.258.108.000 đồng.",
]
DIGITS = [(text, match.start()) for text in SENTENCES for match in re.finditer(r"\d", text)]


@given(place=st.sampled_from(DIGITS), digit=st.sampled_from("0123456789"))
def test_any_other_digit_makes_a_figure_another_one(place, digit, dataset, tmp_path_factory):
    text, position = place
    changed = text[:position] + digit + text[position + 1 :]
    file = tmp_path_factory.mktemp("edited") / "edited.txt"
    file.write_text(changed, encoding="utf-8")
    found = proof(file, dataset, "2018H1")
    wrong = [one for one in found if one.verdict != "same"]
    assert (len(found), len(wrong)) == (len(proof_of(text, dataset, tmp_path_factory)), 0 if changed == text else 1)


def proof_of(text, dataset, folders):
    file = folders.mktemp("sound") / "sound.txt"
    file.write_text(text, encoding="utf-8")
    return proof(file, dataset, "2018H1")


def test_both_numbers_of_a_share_are_read(read):
    assert verdicts(read("43/43 công đoàn cơ sở đăng ký")) == [("43", "same"), ("43 công đoàn", "same")]
    assert verdicts(read("43/63 công đoàn cơ sở đăng ký"))[1][1] in {"different", "unknown"}


def test_what_is_named_once_does_not_speak_for_other_numbers_of_the_sentence(read):
    said = "Trao 450 suất quà: 300 suất cho huyện Hiệp Hòa, {} suất cho xã Cẩm Đàn và 40 suất cho đoàn viên công đoàn ngành"

    assert {verdict for _, verdict in verdicts(read(said.format(100)))} == {"same"}
    assert dict(verdicts(read(said.format(170))))["170 suất"] == "different"


def test_the_figure_of_another_series_is_not_taken_for_that_of_the_series_named(read):
    assert verdicts(read("Kim ngạch xuất khẩu đạt 3.000 triệu USD")) == [("3.000 triệu USD", "different")]


def test_a_column_of_the_year_before_is_held_against_what_is_known_of_it(tmp_path, dataset):
    document = docx.Document()
    grid = document.add_table(rows=0, cols=5)
    for line in (
        ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện 6 tháng đầu năm 2017", "Ước 6 tháng đầu năm 2018"],
        ["IV", "THƯƠNG MẠI", "", "", ""],
        ["1.1", "Kim ngạch xuất khẩu", "triệu USD", "suy ra [2.946,5; 2.950,2]", "ước 3.140"],
        ["1.2", "Kim ngạch xuất khẩu", "triệu USD", "suy ra [2.964,5; 2.950,2]", "ước 3.410"],
    ):
        for cell, text in zip(grid.add_row().cells, line, strict=True):
            cell.text = text
    document.save(tmp_path / "annex.docx")

    found = proof(tmp_path / "annex.docx", dataset, "2018H1")
    assert verdicts(found) == [
        ("2.946,5", "same"),
        ("2.950,2", "same"),
        ("3.140", "same"),
        ("2.964,5", "different"),
        ("2.950,2", "same"),
        ("3.410", "different"),
    ]
    assert found.left_out["heading"] == 2


def test_raised_numbers_of_footnotes_take_no_unit_away_and_powers_stay(tmp_path, dataset):
    document = docx.Document()
    paragraph = document.add_paragraph("Hàng thuộc lĩnh vực an toàn thực phẩm trị giá 52.500.000 đồng")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("; nước 5 m")
    paragraph.add_run("3").font.superscript = True
    document.save(tmp_path / "raised.docx")

    assert [one.text for one in proof(tmp_path / "raised.docx", dataset, "2018H1")] == ["52.500.000 đồng", "5 m³"]
