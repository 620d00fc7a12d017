"""An official report as others write it: no styles of ours, all settings by hand; it keeps to the decree."""

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

MOTTO, ISSUER, TITLE = 56.1, 42.9, 69.2  # mm, the widths of these words in Times


def foreign() -> Any:
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = SIDE.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("t", "2"), ("end", "")):
        run = letters(number, "2" if kind == "t" else "", 13)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text == "PAGE":
            field = OxmlElement("w:instrText")
            field.text = " PAGE  \\* MERGEFORMAT "
            run._r.append(field)
    head = file.add_table(2, 2)
    cell(head, 0, 0, ("UBND TỈNH BẮC GIANG", 13, ""), ("SỞ CÔNG THƯƠNG", 13, "b"))
    cell(head, 0, 1, ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "b"), ("Độc lập - Tự do - Hạnh phúc", 13, "b"))
    cell(head, 1, 0, ("Số: 132/BC-SCT", 13, ""))
    cell(head, 1, 1, ("Bắc Giang, ngày 14 tháng 6 năm 2018", 13, "i"))
    rule_as_border(head.cell(0, 1).paragraphs[-1], 78.7 - MOTTO)
    rule_as_shape(head.cell(0, 0).paragraphs[-1], 0.4 * ISSUER)
    for text, size, look in (
        ("BÁO CÁO", 14, "b"),
        ("Kết quả 6 tháng đầu năm", 14, "b"),
        ("Phương hướng 6 tháng cuối năm", 14, "b"),
        ("Kính gửi: UBND tỉnh Bắc Giang", 14, ""),
    ):
        letters(file.add_paragraph(), text, size, look).text = text
        file.paragraphs[-1].alignment = SIDE.CENTER
    rule_as_vml(named(file, "Phương hướng"), 0.45 * TITLE)
    for text, look in (
        ("Căn cứ Kế hoạch năm 2018;", "i"),
        ("I. KẾT QUẢ", "b"),
        ("1. Xuất khẩu", "b"),
        ("2. Sở đã trình UBND tỉnh phê duyệt.", ""),
        ("1.1. Thị trường", "b"),
        ("a) Trung Quốc", ""),
        ("b) Nhật Bản", ""),
        ("c) Hàn Quốc", ""),
        ("d) Hoa Kỳ", ""),
        ("đ) Đức", ""),
        ("e) Pháp", ""),
        ("g) Ý", ""),
        ("Xuất khẩu tăng 27,6% so với cùng kỳ.", ""),
        ("1.2. Mặt hàng", "b"),
        ("a) Gạo", ""),
        ("b) Vải", ""),
    ):
        running(file, text, look)
    figures = file.add_table(1, 2)
    cell(figures, 0, 0, ("f) Dệt may", 12, "b"))
    signature = file.add_table(1, 2)
    cell(signature, 0, 0, ("Nơi nhận:", 12, "bi"), ("- Như trên;", 11, ""), ("- Lưu: VT, KHTC.", 11, ""))
    cell(signature, 0, 1, ("GIÁM ĐỐC", 14, "b"), ("Nguyễn Văn An", 14, "b"))
    return file


def named(file: Any, words: str) -> Any:
    return next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith(words))


def rule_as_border(paragraph: Any, beside: float) -> None:
    """Draw the line below a paragraph as its border, `beside` mm shorter than its column."""
    border = OxmlElement("w:pBdr")
    border.append(OxmlElement("w:bottom"))
    border[0].set(qn("w:val"), "single")
    settings = paragraph._p.get_or_add_pPr()
    settings.append(border)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(beside / 2)


def rule_as_shape(paragraph: Any, long: float) -> None:
    """Draw it as Word does today."""
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")}><wp:anchor><wp:extent cx="{round(long * 36000)}" cy="0"/><a:graphic><a:graphicData>'
        '<a:prstGeom prst="line"/></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )
    paragraph.add_run()._r.append(drawing)


def rule_as_vml(paragraph: Any, long: float) -> None:
    """Draw it as Word did before 2010."""
    line = f'<v:line xmlns:v="urn:schemas-microsoft-com:vml" from="100pt,2pt" to="{100 + long / 25.4 * 72:.2f}pt,2pt"/>'
    paragraph.add_run()._r.append(parse_xml(f"<w:pict {nsdecls('w')}>{line}</w:pict>"))


def running(file: Any, text: str, look: str = "") -> Any:
    paragraph = file.add_paragraph()
    letters(paragraph, text, 14, look)
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent, form.space_after, form.line_spacing = SIDE.JUSTIFY, Mm(10), Pt(6), 1.0
    return paragraph


def cell(table: Any, row: int, column: int, *lines: tuple[str, int, str]) -> None:
    place = table.cell(row, column)
    for number, (text, size, look) in enumerate(lines):
        letters(place.paragraphs[0] if number == 0 else place.add_paragraph(), text, size, look)


def letters(paragraph: Any, text: str, size: int, look: str = "") -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold, run.font.italic = "Times New Roman", Pt(size), "b" in look, "i" in look
    return run
