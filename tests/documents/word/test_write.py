from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pdfplumber
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Annex, Chart, Document, Heading, Item, PageBreak, Paragraph, Picture, Run, Signature
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.write import write_docx
from bcanalysis.errors import UsageError

from ..office import saved_as
from ..samples import FIGURES, HEAD, OFFICIAL, opened, png, text, with_blocks

BLANK = "\u00a0" * 6


def texts(file):
    return [paragraph.text for paragraph in file.paragraphs]


def paragraph_of(file, said):
    return next(paragraph for paragraph in file.paragraphs if paragraph.text == said)


def attribute(element, path, name="val"):
    found = element.find(path, {"w": element.nsmap["w"]})
    return None if found is None else found.get(qn(f"w:{name}"))


def numbering_of(file, said):
    """Give the text that the list of a paragraph puts before it, and the number of the list."""
    place = paragraph_of(file, said)._p.pPr.numPr
    kinds = file.part.numbering_part.element
    number = place.numId.val
    kind = next(num for num in kinds.num_lst if num.numId == number).abstractNumId.val
    levels = kinds.find(f"w:abstractNum[@w:abstractNumId='{kind}']", kinds.nsmap)
    level = levels.find(f"w:lvl[@w:ilvl='{place.ilvl.val}']", kinds.nsmap)
    return attribute(level, "w:lvlText"), number


def test_paper_margins_and_typeface_are_those_of_the_profile():
    file = opened(OFFICIAL)
    section = file.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.02), pytest.approx(297, abs=0.02))
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    defaults = file.styles.element.find(".//w:docDefaults//w:rFonts", file.styles.element.nsmap)
    assert {defaults.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}


@pytest.mark.parametrize(
    ("name", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 13, True, None),
        ("Tiêu ngữ", 14, True, None),
        ("Cơ quan chủ quản", 13, None, None),
        ("Cơ quan ban hành", 13, True, None),
        ("Số ký hiệu", 13, None, None),
        ("Địa danh và thời gian", 14, None, True),
        ("Tên loại văn bản", 14, True, None),
        ("Trích yếu", 14, True, None),
        ("Căn cứ", 14, None, True),
        ("Nội dung", 14, None, None),
        ("Heading 1", 14, True, None),
        ("Heading 4", 14, None, None),
        ("Nơi nhận", 12, True, True),
        ("Danh sách nơi nhận", 11, None, None),
        ("Chức vụ người ký", 14, True, None),
        ("Phụ lục", 14, True, None),
        ("Ô bảng", 11, None, None),
        ("Ghi chú", 11, None, None),
    ],
)
def test_each_part_has_a_style_of_its_own_with_the_letters_of_the_decree(name, size, bold, italic):
    font = opened(OFFICIAL).styles[name].font
    assert (font.size.pt, font.bold, font.italic) == (size, bold, italic)


def test_running_text_is_justified_indented_and_spaced_as_the_profile_sets():
    form = opened(OFFICIAL).styles["Nội dung"].paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert form.first_line_indent.mm == pytest.approx(12.7, abs=0.02)
    assert (form.space_after, form.line_spacing) == (Pt(6), pytest.approx(1.15))


def test_another_profile_gives_other_measures():
    wider = replace(profile(), body=replace(profile().body, size=13, indent=10, line=1.5, after=8))
    file = docx.Document(BytesIO(write_docx(OFFICIAL, wider)))
    form = file.styles["Nội dung"].paragraph_format
    assert form.first_line_indent.mm == pytest.approx(10, abs=0.02)
    assert (file.styles["Nội dung"].font.size, form.space_after, form.line_spacing) == (Pt(13), Pt(8), 1.5)


def test_headings_are_headings_to_word_too():
    file = opened(OFFICIAL)
    found = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "I. KẾT QUẢ"),
        ("Heading 2", "1. Xuất khẩu"),
        ("Heading 3", "1.1. Thị trường"),
        ("Heading 4", "a) Trung Quốc"),
    ]
    assert [attribute(file.styles[f"Heading {level}"].element, "w:pPr/w:outlineLvl") for level in (1, 2, 3, 4)] == [
        "0",
        "1",
        "2",
        "3",
    ]


def test_the_head_leaves_number_and_day_to_the_registry():
    left, right = opened(OFFICIAL).tables[0].columns
    said = [[p.text for cell in side.cells for p in cell.paragraphs if p.text] for side in (left, right)]
    assert said == [
        ["UBND TỈNH BẮC GIANG", "SỞ CÔNG THƯƠNG", f"Số:{BLANK}/BC-SCT"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"Bắc Giang, ngày{BLANK}tháng 6 năm 2018"],
    ]


@pytest.mark.parametrize(("month", "said"), [(1, "tháng 01 năm"), (2, "tháng 02 năm"), (3, "tháng 3 năm"), (12, "tháng 12 năm")])
def test_only_january_and_february_have_a_zero(month, said):
    file = opened(with_blocks(head=replace(HEAD, month=month)))
    assert said in file.tables[0].cell(1, 1).text


def rule_lengths(file, layout_width):
    """Give the length in mm of each drawn line, by the column it stands in."""
    found = []
    for paragraph in file.element.body.iter(qn("w:p")):
        if paragraph.pPr is not None and paragraph.pPr.find(qn("w:pBdr")) is not None:
            cell = paragraph.getparent()
            wide = int(attribute(cell, "w:tcPr/w:tcW", "w")) * 25.4 / 1440 if cell.tag == qn("w:tc") else layout_width
            found.append(wide - paragraph.pPr.ind.left.mm - paragraph.pPr.ind.right.mm)
    return found


def test_drawn_lines_are_as_long_as_the_decree_asks_and_nothing_is_underlined():
    file = opened(OFFICIAL)
    issuer, motto, title = rule_lengths(file, 160)
    # "SỞ CÔNG THƯƠNG" in bold Times: 19154/2048 of 13 pt = 121,58 pt = 42,9 mm; drawn is the middle of 0,33 and 0,5 of it
    assert issuer == pytest.approx(0.415 * 42.9, abs=0.1)
    # "Độc lập - Tự do - Hạnh phúc" at 14 pt is 60,5 mm wide
    assert motto == pytest.approx(60.5, abs=0.3)
    assert 1 / 3 < title / 77 < 1 / 2 + 0.01
    assert file.element.body.find(".//w:u", file.element.nsmap) is None


def test_one_addressee_stands_in_the_line_and_several_below_it():
    several = replace(OFFICIAL, head=replace(HEAD, addressees=("Bộ Công Thương", "UBND tỉnh")))
    assert "Kính gửi: UBND tỉnh Bắc Giang" in texts(opened(OFFICIAL))
    told = texts(opened(several))
    begin = told.index("Kính gửi:")
    assert told[begin : begin + 3] == ["Kính gửi:", "- Bộ Công Thương;", "- UBND tỉnh."]


def test_items_are_items_of_lists_with_dash_and_plus_by_level():
    file = opened(OFFICIAL)
    assert numbering_of(file, "Dệt may;")[0] == "-"
    assert numbering_of(file, "Sợi;")[0] == "+"


def test_letters_follow_the_vietnamese_alphabet():
    file = opened(with_blocks(*(Item(text(f"mục {number}"), 1, "letter") for number in range(24))))
    said = [numbering_of(file, f"mục {number}")[0] for number in range(24)]
    assert said == [*(f"{letter})" for letter in "abcdđeghiklmnopqrstuvxy"), "aa)"]


def test_each_numbered_list_counts_anew_and_goes_on_around_items_below_it():
    numbers = [Item(text(said), 1, "number") for said in ("một", "hai", "lại một")]
    file = opened(with_blocks(numbers[0], Item(text("dưới"), 2), numbers[1], Paragraph(text("Và:")), numbers[2]))
    lists = [numbering_of(file, said) for said in ("một", "hai", "lại một")]
    assert [form for form, _ in lists] == ["%1."] * 3
    assert lists[0][1] == lists[1][1] != lists[2][1]


def test_another_marker_begins_another_list():
    kinds = ("letter", "dash", "letter", "letter")
    file = opened(with_blocks(*(Item(text(f"mục {number}"), 1, kind) for number, kind in enumerate(kinds))))
    assert [numbering_of(file, f"mục {number}")[0] for number in range(4)] == ["a)", "-", "a)", "b)"]


def test_a_table_has_a_repeated_heading_fixed_columns_and_whole_rows():
    file = opened(with_blocks(FIGURES))
    table = file.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Chỉ tiêu", "Triệu USD"],
        ["Xuất khẩu", "ước\u00a03.1401"],
        ["Nhập khẩu", "..."],
    ]
    rows = table._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert attribute(table._tbl, "w:tblPr/w:tblLayout", "type") == "fixed"
    assert sum(column.w.mm for column in table._tbl.tblGrid.gridCol_lst) == pytest.approx(160, abs=0.1)
    assert table.cell(1, 1).paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert table.cell(1, 0).paragraphs[0].alignment is None


def test_marks_of_figures_are_slanted():
    mark, figure, note = opened(with_blocks(FIGURES)).tables[0].cell(1, 1).paragraphs[0].runs
    assert (mark.text, mark.italic, figure.italic, note.text) == ("ước\u00a0", True, None, "1")


def test_letters_that_were_made_smaller_for_a_table_to_fit_say_so_in_each_cell_and_empty_line():
    names = ("Doanhnghiệp",) * 7
    wide = Table("Rộng", tuple(Column(name) for name in names), ((Cell("1", 1.0, "ước", (1,)), *(Cell("") for _ in names[1:])),))
    [table] = opened(with_blocks(wide)).tables
    sizes = {run.font.size.pt for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs}
    marks = {attribute(paragraph, "w:pPr/w:rPr/w:sz") for paragraph in table._tbl.iter(qn("w:p"))}
    assert (sizes, marks) == ({9.5}, {"19"})


def test_notes_of_a_table_stand_below_it():
    said = texts(opened(with_blocks(FIGURES)))
    assert said[-3:] == ["Kết quả thực hiện", "Nguồn: Sở Công Thương.", "1 Số ước tính."]


@given(columns=st.integers(1, 150))
@settings(max_examples=15, deadline=None)
def test_a_wide_table_is_cut_into_parts_that_lose_no_column(columns):
    names = [f"C{number}" for number in range(columns)]
    wide = Table("Rộng", tuple(Column(name) for name in names), (tuple(Cell(name) for name in names),))
    parts = [[cell.text for cell in table.rows[1].cells] for table in opened(with_blocks(wide)).tables]
    assert all(part[0] == "C0" and len(part) <= 63 for part in parts)
    assert ["C0", *(name for part in parts for name in part[1:])] == names


def test_three_hundred_narrow_columns_are_cut_at_sixty_three():
    small = replace(profile(), width=900.0)
    wide = Table("Rộng", tuple(Column("x") for _ in range(300)), ())
    file = docx.Document(BytesIO(write_docx(with_blocks(wide), small)))
    assert [len(table.columns) for table in file.tables] == [63, 63, 63, 63, 52]  # 1 + 4 x 62 + 51 = 300
    assert texts(file)[2] == "Rộng (phần 1/5)"


def test_five_thousand_rows_are_written():
    long = Table("Dài", (Column("Mã"), Column("Số", True)), tuple((Cell(f"m{row}"), Cell(str(row))) for row in range(5000)))
    file = opened(with_blocks(long))
    assert len(file.tables[0]._tbl.tr_lst) == 5001


def test_a_picture_has_words_for_who_cannot_see_it_and_stays_within_the_text():
    file = opened(with_blocks(Picture(png(2000, 400), "image/png", "Xuất khẩu tăng")))
    shape = file.inline_shapes[0]
    assert shape._inline.docPr.get("descr") == "Xuất khẩu tăng"
    assert (shape.width.mm, shape.height.mm) == (pytest.approx(160, abs=0.1), pytest.approx(32, abs=0.1))


def test_a_tall_picture_leaves_room_on_its_page_and_none_beside_it():
    shape = opened(with_blocks(Picture(png(100, 2000), "image/png"))).inline_shapes[0]
    assert (shape.height.mm, shape.width.mm) == (pytest.approx(205.6, abs=0.1), pytest.approx(10.28, abs=0.1))  # 0,8 of 257 mm
    assert [shape._inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4


def test_a_small_picture_keeps_its_size():
    shape = opened(with_blocks(Picture(png(72, 72), "image/png"))).inline_shapes[0]
    assert shape.width.inches == pytest.approx(1)


def test_what_word_cannot_hold_is_refused_all_together():
    blocks = (
        Chart({}, "Xuất khẩu"),
        Picture("PHN2Zz4=", "image/svg+xml"),
        Picture("AAAA", "image/png"),
        Heading(text("V"), 5),
        Paragraph((Run("", note=2),)),
    )
    said = (
        r'^document: block 1: got the chart "Xuất khẩu"; expected a picture of it .*; '
        r'block 2: got a picture "image/svg\+xml" .*; block 3: got a picture "image/png" .*; '
        r"block 4: got a heading of level 5; expected 1 to 4; block 5: got note 2; expected one of the 1 notes of the document; "
        r"annex 1, block 1: got an item of level 0; expected 1 or more$"
    )
    with pytest.raises(UsageError, match=said):
        write_docx(with_blocks(*blocks, notes=("a",), annexes=(Annex("b", (Item(text("c"), 0),)),)), profile())


def test_a_note_is_a_raised_number_that_leads_to_its_words():
    file = opened(OFFICIAL)
    link = file.element.body.find(".//w:hyperlink", file.element.nsmap)
    place = file.element.body.find(".//w:bookmarkStart", file.element.nsmap)
    assert link.get(qn("w:anchor")) == place.get(qn("w:name")) == "note_1"
    assert attribute(link, "w:r/w:rPr/w:vertAlign") == "superscript"
    assert "1 Theo Cục Thống kê." in texts(file)


def test_the_signature_is_one_row_that_cannot_split():
    table = opened(OFFICIAL).tables[2]
    assert [[p.text for p in cell.paragraphs] for cell in table.rows[0].cells] == [
        ["Nơi nhận:", "Như trên;", "Lưu: VT, KHTC."],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn An"],
    ]
    assert len(table.rows) == 1
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_signature_never_stands_alone_on_a_page():
    assert paragraph_of(opened(OFFICIAL), "1 Theo Cục Thống kê.").paragraph_format.keep_with_next


def test_pages_are_numbered_in_the_middle_of_the_head_from_the_second():
    section = opened(OFFICIAL).sections[0]
    number = section.header.paragraphs[0]
    assert section.different_first_page_header_footer
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert (number.style.paragraph_format.alignment, number.style.font.size) == (WD_ALIGN_PARAGRAPH.CENTER, Pt(13))
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert section.header_distance.mm == pytest.approx(10, abs=0.02)


def test_an_annex_is_a_section_that_counts_anew_on_its_side_where_asked():
    several = replace(OFFICIAL, annexes=(*OFFICIAL.annexes, Annex("Khác", ())))
    file = opened(several)
    assert [section.orientation for section in file.sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
        WD_ORIENTATION.PORTRAIT,
    ]
    assert [attribute(section._sectPr, "w:pgNumType", "start") for section in file.sections] == ["1", "1", "1"]
    assert file.sections[1].header.is_linked_to_previous
    assert file.sections[1].page_width.mm == pytest.approx(297, abs=0.02)
    assert [p.text for p in file.paragraphs if p.style.name == "Phụ lục"] == ["Phụ lục I", "Phụ lục II"]
    assert [p.text for p in file.paragraphs if p.style.name == "Tên phụ lục"] == ["SỐ LIỆU CHI TIẾT", "KHÁC"]


def test_the_only_annex_has_no_number():
    file = opened(OFFICIAL)
    assert [p.text for p in file.paragraphs if p.style.name == "Phụ lục"] == ["Phụ lục"]


def test_a_page_break_belongs_to_the_block_after_it():
    file = opened(with_blocks(Paragraph(text("một")), PageBreak(), Paragraph(text("hai")), PageBreak()))
    assert paragraph_of(file, "hai").paragraph_format.page_break_before
    assert paragraph_of(file, "một").paragraph_format.page_break_before is None


def test_only_code_keeps_its_line_breaks():
    file = opened(with_blocks(Paragraph(text("x = 1\n    y = 2"), "code"), Paragraph(text("một\nhai\tba"))))
    assert texts(file)[-2:] == ["x = 1\n    y = 2", "một hai ba"]
    breaks = [p.style.name for p in file.paragraphs if p._p.find(f".//{qn('w:br')}") is not None]
    assert breaks == ["Mã lệnh"]


def test_letters_are_composed_and_what_xml_cannot_hold_is_left_out():
    assert texts(opened(with_blocks(Paragraph(text("Ho\u0300a\x00\x0b\ud800 bình\ufffe")))))[-1] == "Hòa bình"


@given(said=st.text(max_size=40))
@settings(max_examples=30, deadline=None)
def test_whatever_is_said_makes_a_file_that_opens(said):
    cell = Table(said, (Column(said),), ((Cell(said),),))
    file = opened(
        with_blocks(Paragraph(text(said)), Paragraph(text(said), "code"), cell, title=said, head=replace(HEAD, place=said))
    )
    assert len(file.tables) == 2


def test_the_file_says_its_title_and_language_and_no_author():
    file = opened(OFFICIAL)
    told = file.core_properties
    assert (told.title, told.language) == ("Kết quả công tác 6 tháng đầu năm", "vi-VN")
    assert (told.author, told.last_modified_by, told.comments, told.created) == ("", "", "", None)
    assert attribute(file.styles.element, ".//w:docDefaults//w:lang") == "vi-VN"


def test_the_same_document_gives_the_same_bytes():
    assert write_docx(OFFICIAL, profile()) == write_docx(OFFICIAL, profile())
    with ZipFile(BytesIO(write_docx(OFFICIAL, profile()))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name or "custom" in name or "app" in name]


def test_without_a_head_the_document_is_plain():
    file = opened(with_blocks(Paragraph(text("Lời.")), title="Phân tích"))
    assert [said for said in texts(file) if said] == ["Phân tích", "Lời."]
    assert file.styles["Nội dung"].paragraph_format.first_line_indent == 0
    assert not file.tables


def test_an_english_document_has_english_words_and_styles():
    file = opened(replace(OFFICIAL, lang="en"))
    assert "Independence - Freedom - Happiness" in file.tables[0].cell(0, 1).text
    assert file.styles["Running text"].font.size == Pt(14)
    assert file.core_properties.language == "en-GB"


def test_a_signature_without_recipients_or_name_leaves_their_places_free():
    table = opened(with_blocks(head=HEAD, signature=Signature("Giám đốc"))).tables[1]
    assert [[p.text for p in cell.paragraphs] for cell in table.rows[0].cells] == [[""], ["GIÁM ĐỐC", ""]]


def test_readers_see_the_whole_signature_and_the_numbers_of_pages(tmp_path):
    filling = [Paragraph(text(f"Đoạn {number}. " + "Sở Công Thương báo cáo kết quả. " * 3)) for number in range(27)]
    letters = [Item(text(f"mục {number}"), 1, "letter") for number in range(6)]
    document = replace(OFFICIAL, blocks=(*letters, *filling))
    with pdfplumber.open(saved_as("pdf", write_docx(document, profile()), tmp_path)) as pages:
        said = [page.extract_text() or "" for page in pages.pages]
        sizes = [(round(page.width), round(page.height)) for page in pages.pages]
    firsts = [page.split("\n")[0] for page in said]
    body = said[:-1]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in firsts[0]
    assert firsts[1:-1] == [str(number) for number in range(2, len(body) + 1)]
    assert firsts[-1] == "Phụ lục"
    assert sizes[-1] == (842, 595)
    assert [f"{letter}) mục {number}" in said[0] for number, letter in enumerate("abcdđe")] == [True] * 6
    signed = [page for page in body if "Nơi nhận" in page]
    assert len(signed) == 1
    assert all(part in signed[0] for part in ("KT. GIÁM ĐỐC", "Nguyễn Văn An", "- Lưu: VT, KHTC."))
    assert "Theo Cục Thống kê" in signed[0]


def test_the_blocks_of_a_document_come_in_their_order():
    document = Document("T", "vi", (Paragraph(text("một")), FIGURES, Paragraph(text("hai"))))
    assert [said for said in texts(opened(document)) if said] == [
        "T",
        "một",
        "Kết quả thực hiện",
        "Nguồn: Sở Công Thương.",
        "1 Số ước tính.",
        "hai",
    ]
