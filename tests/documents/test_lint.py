from copy import deepcopy
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.documents.blocks import Heading, Item, PageBreak, Paragraph, Run
from bcanalysis.documents.lint import Deviation, lint_docx
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.write import write_docx
from bcanalysis.errors import UsageError

from .foreign import ISSUER, TITLE, foreign, running
from .office import saved_as
from .samples import HEAD, OFFICIAL, SIGNATURE, text, with_blocks


def ours():
    return docx.Document(BytesIO(write_docx(OFFICIAL, profile())))


def told(file, folder, lang="vi"):
    path = folder / "document.docx"
    file.save(str(path))
    return [(found.rule, found.got, found.expected) for found in lint_docx(path, profile(), lang)]


def every(file):
    """Give all paragraphs, those in tables too."""
    return [docx.text.paragraph.Paragraph(found, file._body) for found in file.element.body.iter(qn("w:p"))]


def named(file, words):
    return next(paragraph for paragraph in every(file) if paragraph.text.startswith(words))


def said(words, new):
    """Plant other words."""

    def plant(file):
        first, *others = named(file, words).runs
        first.text = new
        for other in others:
            other.text = ""

    return plant


def font(words, **changes):
    """Plant letters that look otherwise."""

    def plant(file):
        for run in named(file, words).runs:
            for name, value in changes.items():
                setattr(run.font, name, value)

    return plant


def form(words, **changes):
    """Plant other settings of a paragraph."""

    def plant(file):
        for name, value in changes.items():
            setattr(named(file, words).paragraph_format, name, value)

    return plant


def page(**changes):
    """Plant other pages, in the first section."""

    def plant(file):
        for name, value in changes.items():
            setattr(file.sections[0], name, value)

    return plant


def without(*words):
    """Take paragraphs away."""

    def plant(file):
        for begin in words:
            element = named(file, begin)._p
            element.getparent().remove(element)

    return plant


def number_to_the_right(file):
    file.sections[0].header.paragraphs[0].alignment = SIDE.RIGHT


def number_in_the_foot(file):
    section = file.sections[0]
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0]._p.extend(section.header.paragraphs[0]._p)


def number_on_the_first_page(file):
    section = file.sections[0]
    section.first_page_header.is_linked_to_previous = False
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    section.first_page_header.paragraphs[0]._p.append(field)


def large_number(file):
    for run in file.sections[0].header.paragraphs[0]._p.iter(qn("w:r")):
        docx.text.run.Run(run, file._body).font.size = Pt(10)


def small_country(file):
    said("CỘNG H", "Cộng hòa xã hội chủ nghĩa Việt Nam")(file)
    font("Cộng h", all_caps=False)(file)


FAULTS = {
    "paper": (page(page_width=Mm(216), page_height=Mm(279)), ("paper", "216 x 279 mm", "210 x 297 mm")),
    "margin too narrow": (page(left_margin=Mm(25)), ("margin", "trái 25 mm", "trái 30 đến 35 mm")),
    "margin too wide": (page(bottom_margin=Mm(25.4)), ("margin", "dưới 25,4 mm", "dưới 20 đến 25 mm")),
    "number not in the middle": (number_to_the_right, ("page_number", "canh phải", "canh giữa")),
    "number in the foot": (number_in_the_foot, ("page_number", "số trang ở lề dưới", "số trang ở lề trên")),
    "number on the first page": (number_on_the_first_page, ("page_number", "có số trang ở trang đầu", "không hiện số ở trang đầu")),
    "number on all pages": (
        page(different_first_page_header_footer=False),
        ("page_number", "có số trang ở trang đầu", "không hiện số ở trang đầu"),
    ),
    "number too small": (large_number, ("page_number", "10 pt", "13 đến 14 pt")),
    "typeface": (font("Xuất khẩu tăng", name="Arial"), ("typeface", "Arial", "Times New Roman")),
    "small body": (font("Xuất khẩu tăng", size=Pt(12)), ("size", "12 pt", "13 đến 14 pt")),
    "large recipients": (font("Nơi nhận", size=Pt(14)), ("size", "14 pt", "12 pt")),
    "thin country": (font("CỘNG H", bold=False), ("bold", "không đậm", "đậm")),
    "small country": (small_country, ("upper", "in thường", "in hoa")),
    "bold superior": (font("UBND TỈNH", bold=True), ("bold", "đậm", "không đậm")),
    "thin issuer": (font("SỞ CÔNG", bold=False), ("bold", "không đậm", "đậm")),
    "upright date": (font("Bắc Giang,", italic=False), ("italic", "đứng", "nghiêng")),
    "upright basis": (font("Căn cứ", italic=False), ("italic", "đứng", "nghiêng")),
    "thin heading": (font("I. K", bold=False), ("bold", "không đậm", "đậm")),
    "bold point": (font("a) T", bold=True), ("bold", "đậm", "không đậm")),
    "upright recipients": (font("Nơi nhận", italic=False), ("italic", "đứng", "nghiêng")),
    "underlined motto": (font("Độc lập", underline=True), ("underline", "gạch chân chữ", "đường kẻ riêng")),
    "underlined title": (font("Kết quả", underline=True), ("underline", "gạch chân chữ", "đường kẻ riêng")),
    "not justified": (form("Xuất khẩu tăng", alignment=SIDE.LEFT), ("align", "canh trái", "canh đều hai bên")),
    "not indented": (form("Xuất khẩu tăng", first_line_indent=Mm(0)), ("indent", "0 mm", "10 hoặc 12,7 mm")),
    "set close": (form("Xuất khẩu tăng", space_after=Pt(3)), ("spacing", "3 pt", "ít nhất 6 pt")),
    "lines too wide": (form("Xuất khẩu tăng", line_spacing=2.0), ("line", "2 dòng", "1 đến 1,5 dòng")),
    "lines of fixed height": (form("Xuất khẩu tăng", line_spacing=Pt(32.2)), ("line", "2 dòng", "1 đến 1,5 dòng")),
    "month with a zero": (said("Bắc Giang,", "Bắc Giang, ngày 14 tháng 06 năm 2018"), ("date", "tháng 06", "tháng 6")),
    "January without": (said("Bắc Giang,", "Bắc Giang, ngày     tháng 1 năm 2018"), ("date", "tháng 1", "tháng 01")),
    "day without a zero": (said("Bắc Giang,", "Bắc Giang, ngày 5 tháng 6 năm 2018"), ("date", "ngày 5", "ngày 05")),
    "no addressee": (without("Kính gửi"), ("missing", "không có", "Kính gửi")),
    "nothing on file": (said("Lưu", "Chi cục Quản lý thị trường."), ("file_line", "không có", "một dòng “Lưu: VT, ...”")),
}


def in_foreign(name):
    return said("- Lưu", "- Chi cục Quản lý thị trường.") if name == "nothing on file" else FAULTS[name][0]


def test_our_own_documents_deviate_nowhere(tmp_path):
    assert told(ours(), tmp_path) == []


def test_our_own_documents_deviate_nowhere_when_another_program_has_saved_them(tmp_path):
    # two pages: of a section of one page LibreOffice forgets what the head of a second one would show
    longer = replace(OFFICIAL, blocks=(*OFFICIAL.blocks, PageBreak(), Paragraph(text("Sở Công Thương báo cáo."))))
    saved = saved_as("docx", write_docx(longer, profile()), tmp_path)
    assert lint_docx(saved, profile()) == []


def test_a_sound_document_of_others_deviates_nowhere(tmp_path):
    assert told(foreign(), tmp_path) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_planted_in_ours_is_found_and_nothing_else(name, tmp_path):
    plant, expected = FAULTS[name]
    file = ours()
    plant(file)
    # pages after the body share its header: what is wrong there is said for each section
    assert set(told(file, tmp_path)) == {expected}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_planted_in_another_s_is_found_and_nothing_else(name, tmp_path):
    file = foreign()
    in_foreign(name)(file)
    assert told(file, tmp_path) == [FAULTS[name][1]]


def small_raised_sign(file):
    run = named(file, "Xuất khẩu tăng").add_run("1")
    run.font.superscript, run.font.size, run.font.name = True, Pt(9), "Times New Roman"


def section_that_counts_on(file):
    file.add_section().different_first_page_header_footer = False


def words_in_a_drawing(file):
    box = OxmlElement("w:txbxContent")
    words = named(file, "Xuất khẩu tăng")
    box.append(deepcopy(words._p))
    docx.text.paragraph.Paragraph(box[0], file._body).runs[0].font.name = "Arial"
    words.add_run()._r.append(box)


def basis_in_the_body(file):
    running(file, "Căn cứ tình hình thực tế, Sở đề nghị.")


def several_addressees(file):
    first = named(file, "Kính gửi")
    second = deepcopy(first._p)
    first._p.addnext(second)
    first.runs[0].text = "Kính gửi:"
    docx.text.paragraph.Paragraph(second, file._body).runs[0].text = "- UBND tỉnh Bắc Giang."


@pytest.mark.parametrize(
    "plant", [small_raised_sign, section_that_counts_on, words_in_a_drawing, basis_in_the_body, several_addressees]
)
def test_what_the_decree_allows_is_no_deviation(plant, tmp_path):
    file = foreign()
    plant(file)
    assert told(file, tmp_path) == []


def longer(words, share):
    """Stretch the shape below some words."""

    def plant(file):
        [extent] = named(file, words)._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
        extent.set("cx", str(round(share * ISSUER * 36000)))

    return plant


def border_over_the_whole_cell(file):
    form("Độc lập", left_indent=Mm(0), right_indent=Mm(0))(file)


def no_shape(file):
    for line in named(file, "Phương hướng")._p.iter("{urn:schemas-microsoft-com:vml}line"):
        line.getparent().remove(line)


def line_that_stands(file):
    [line] = named(file, "Phương hướng")._p.iter("{urn:schemas-microsoft-com:vml}line")
    line.set("to", "100pt,90pt")


def line_in_the_next_paragraph(file):
    words = named(file, "Phương hướng")
    [line] = words._p.iter("{urn:schemas-microsoft-com:vml}line")
    words.insert_paragraph_before("")._p.append(line.getparent().getparent())
    words._p.addnext(words._p.getprevious())


def connector(file):
    no_shape(file)
    style = f"position:absolute;width:{0.4 * TITLE / 25.4 * 72:.1f}pt;height:0"
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t32" style="{style}"/>'
    named(file, "Phương hướng").add_run()._r.append(parse_xml(f"<w:pict {nsdecls('w')}>{shape}</w:pict>"))


SHORT = "dài bằng 33% đến 50% dòng chữ"


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (longer("SỞ CÔNG", 0.2), [("dài bằng 20% dòng chữ", SHORT)]),
        (longer("SỞ CÔNG", 1.0), [("dài bằng 100% dòng chữ", SHORT)]),
        (border_over_the_whole_cell, [("dài bằng 140% dòng chữ", "dài bằng 100% dòng chữ")]),
        (no_shape, [("không có", "đường kẻ riêng")]),
        (line_that_stands, [("không có", "đường kẻ riêng")]),
        (longer("SỞ CÔNG", 0.5), []),
        (line_in_the_next_paragraph, []),
        (connector, []),
    ],
)
def test_drawn_lines_of_others_are_measured_against_the_words_above_them(plant, expected, tmp_path):
    file = foreign()
    plant(file)
    assert told(file, tmp_path) == [("underline", *found) for found in expected]


def test_drawn_lines_of_ours_are_measured_too(tmp_path):
    file = ours()
    rule = docx.text.paragraph.Paragraph(named(file, "Độc lập")._p.getnext(), file._body)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(25)
    [(name, got, expected)] = told(file, tmp_path)
    assert (name, expected) == ("underline", "dài bằng 100% dòng chữ")
    assert got != expected


def test_each_list_may_begin_with_a(tmp_path):
    letters = [Item(text("Quý"), 1, "letter")] * 2
    document = replace(OFFICIAL, blocks=(*letters, Paragraph(text("Và:")), *letters))
    file = docx.Document(BytesIO(write_docx(document, profile())))
    assert told(file, tmp_path) == []


def test_the_indent_of_list_items_is_that_of_their_list(tmp_path):
    file = ours()
    form("Dệt may", first_line_indent=Mm(0))(file)
    assert told(file, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("đ) Đ", "e) Đức", [("letters", "e)", "đ)")]),
        ("g) Ý", "f) Ý", [("letters", "f)", "g)")]),
        ("g) Ý", "h) Ý", [("letters", "h)", "g)")]),
        ("b) N", "c) Nhật Bản", [("letters", "c)", "b)")]),
        ("a) G", "b) Gạo", [("letters", "b)", "a)")]),  # a heading before it: the letters begin anew
    ],
)
def test_letters_out_of_vietnamese_order_are_found(old, new, expected, tmp_path):
    file = foreign()
    said(old, new)(file)
    assert told(file, tmp_path) == expected


def test_the_letters_that_word_counts_itself_leave_the_vietnamese_order_at_the_fifth(tmp_path):
    file = ours()
    kinds = file.part.numbering_part.element
    place = named(file, "Quý một")._p.pPr.numPr
    level = kinds.findall(qn("w:abstractNum"))[place.numId.val - 1].findall(qn("w:lvl"))[0]
    level.find(qn("w:numFmt")).set(qn("w:val"), "lowerLetter")
    level.find(qn("w:lvlText")).set(qn("w:val"), "%1)")
    first = named(file, "Quý một")
    named(file, "Quý hai")._p.pPr.numPr.numId.val = place.numId.val
    for _ in range(4):
        first._p.addnext(deepcopy(first._p))
    assert told(file, tmp_path) == [("letters", "e)", "đ)"), ("letters", "f)", "e)")]


def test_deviations_say_where_in_the_language_asked_for(tmp_path):
    file = foreign()
    form("Xuất khẩu tăng", first_line_indent=Mm(5))(file)
    path = tmp_path / "document.docx"
    file.save(str(path))
    assert [str(found) for found in lint_docx(path, profile())] == [
        "đoạn 23 “Xuất khẩu tăng 27,6% so với ...”: lùi đầu dòng: hiện là 5 mm; cần 10 hoặc 12,7 mm"
    ]
    assert lint_docx(path, profile(), "en") == [
        Deviation("paragraph 23 “Xuất khẩu tăng 27,6% so với ...”", "5 mm", "10 or 12.7 mm", "indent", "en")
    ]


def test_an_empty_file_lacks_all_that_is_asked_for(tmp_path):
    file = docx.Document(BytesIO(write_docx(with_blocks(), profile())))
    found = told(file, tmp_path)
    assert {(rule, got) for rule, got, _ in found} == {("missing", "không có")}
    assert [expected for _, _, expected in found] == [
        "Quốc hiệu",
        "Tiêu ngữ",
        "Số ký hiệu",
        "Địa danh và thời gian",
        "Tên loại văn bản",
        "Kính gửi",
        "Nơi nhận",
        "Chức vụ người ký",
    ]


def test_another_profile_asks_for_other_measures(tmp_path):
    path = tmp_path / "document.docx"
    path.write_bytes(write_docx(OFFICIAL, profile()))
    stricter = replace(profile(), family="Arial", margins_allowed={**profile().margins_allowed, "left": (32.0, 35.0)})
    found = {(one.rule, one.got, one.expected) for one in lint_docx(path, stricter)}
    assert found == {("margin", "trái 30 mm", "trái 32 đến 35 mm"), ("typeface", "Times New Roman", "Arial")}


@pytest.mark.parametrize("content", [b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_file_is_refused(content, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"^report\.docx: got no file that Word can open; expected a \.docx file$"):
        lint_docx(path, profile())


WORDS = st.text("aăâbcđe ơư", min_size=1, max_size=12).map(lambda said: "Sở " + said)
BLOCKS = st.one_of(
    WORDS.map(lambda said: Paragraph(text(said, Run(said, bold=True, italic=True)))),
    WORDS.map(lambda said: Paragraph(text(said), "basis")),
    WORDS.map(lambda said: Paragraph(text(said), "code")),
    st.builds(lambda said, level: Heading(text(said), level), WORDS, st.integers(1, 4)),
    st.builds(
        lambda said, level, marker: Item(text(said), level, marker),
        WORDS,
        st.integers(1, 3),
        st.sampled_from(["dash", "letter", "number"]),
    ),
)


@given(blocks=st.lists(BLOCKS, max_size=12), month=st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_whatever_we_write_deviates_nowhere(blocks, month, tmp_path_factory):
    document = with_blocks(*blocks, title="Kết quả", head=replace(HEAD, month=month), signature=SIGNATURE)
    file = docx.Document(BytesIO(write_docx(document, profile())))
    assert told(file, tmp_path_factory.mktemp("law")) == []
