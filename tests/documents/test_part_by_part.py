"""Each part of the profile measured on the pages of both writers: in our PDF, and in Word's file as LibreOffice sets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bcanalysis.documents.blocks import PageBreak, Paragraph
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.write import write_docx

from .office import saved_as
from .pdf.pages import MADE, MM, SENTENCE, find_all, opened
from .samples import OFFICIAL, text

LAYOUT = profile()
WORDS = {
    "motto_country": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "superior": "UBND TỈNH BẮC GIANG",
    "issuer": "SỞ CÔNG THƯƠNG",
    "number": "Số:",
    "date": "Bắc Giang, ngày",
    "kind": "BÁO CÁO",
    "title": "Kết quả công tác 6 tháng đầu năm",
    "addressees": "Kính gửi:",
    "basis": "Căn cứ Kế hoạch năm 2018;",
    "heading_1": "I. KẾT QUẢ",
    "heading_2": "1. Xuất khẩu",
    "heading_3": "1.1. Thị trường",
    "heading_4": "a) Trung Quốc",
    "signer": "PHÓ GIÁM ĐỐC",
    "signer_name": "Nguyễn Văn An",
    "recipients_head": "Nơi nhận:",
    "recipients": "Như trên;",
    "annex": "Phụ lục",
    "annex_title": "SỐ LIỆU CHI TIẾT",
    "table": "Nhập khẩu",
    "table_head": "Triệu USD",
    "note": "Nguồn: Sở Công Thương.",
}
RULED = [name for name, part in LAYOUT.parts.items() if part.rule]
LONG = replace(OFFICIAL, blocks=(*OFFICIAL.blocks, Paragraph(text("Mở đầu. ", SENTENCE * 3)), PageBreak(), Paragraph(text("Hết."))))


@pytest.fixture(scope="module", params=["pdf", "word"])
def pages(request, tmp_path_factory):
    if request.param == "pdf":
        return opened(write_pdf(LONG, LAYOUT, made=MADE).content)
    return opened(saved_as("pdf", write_docx(LONG, LAYOUT), tmp_path_factory.mktemp("word")).read_bytes())


def test_every_part_of_the_profile_is_measured():
    assert set(WORDS) == set(LAYOUT.parts)
    assert RULED == ["motto", "issuer", "title"]


@pytest.mark.parametrize("name", WORDS)
def test_the_letters_of_a_part_are_those_of_the_profile(name, pages):
    part, found = LAYOUT.parts[name], find_all(pages, WORDS[name])[0]

    assert found.size == pytest.approx(part.size, abs=0.05)
    assert part.allowed[0] - 0.05 <= found.size <= part.allowed[1] + 0.05
    assert (found.bold, found.italic) == (part.bold, part.italic)
    assert any(name in found.font for name in ("Times", *(family.replace(" ", "") for family in LAYOUT.alike)))


@pytest.mark.parametrize("name", RULED)
def test_the_line_below_a_part_has_its_share_and_stands_in_its_middle(name, pages):
    low, high = LAYOUT.parts[name].rule
    above = find_all(pages, WORDS[name])[0]
    drawn = [
        (one["x0"], one["x1"])
        for one in (*pages[0].lines, *pages[0].rects)
        if 0 < one["top"] - above.baseline < 12 and one["height"] < 2 and one["x0"] < above.right and above.left < one["x1"]
    ]
    left, right = min(start for start, _ in drawn), max(end for _, end in drawn)

    assert low - 0.02 <= (right - left) / above.width <= high + 0.02
    assert (left + right) / 2 == pytest.approx((above.left + above.right) / 2, abs=1)


def test_paper_and_margins_are_those_of_the_profile(pages):
    margins = LAYOUT.margins
    for page in pages:
        wide, high = sorted((float(page.width), float(page.height)), reverse=page.width > page.height)
        sides = sorted((LAYOUT.width * MM, LAYOUT.height * MM), reverse=page.width > page.height)
        assert (wide, high) == pytest.approx(sides, abs=0.5)
        letters = [one for one in page.chars if one["text"].strip() and one["top"] > margins.top * MM - 1]
        assert min(one["x0"] for one in letters) >= margins.left * MM - 0.5
        assert max(one["x1"] for one in letters) <= wide - margins.right * MM + 0.5
        assert max(one["bottom"] for one in letters) <= high - margins.bottom * MM + 1


def test_running_text_is_indented_justified_and_spaced_as_the_profile_says(pages):
    body = LAYOUT.body
    first = find_all(pages, "Mở đầu.")[0]
    page = pages[first.page - 1]
    lines = [line for line in page.extract_text_lines() if line["top"] > first.baseline]

    assert first.left == pytest.approx((LAYOUT.margins.left + body.indent) * MM, abs=0.3)
    assert lines[0]["x0"] == pytest.approx(LAYOUT.margins.left * MM, abs=0.3)
    assert lines[0]["x1"] == pytest.approx((LAYOUT.width - LAYOUT.margins.right) * MM, abs=1.5)
    assert lines[1]["top"] - lines[0]["top"] == pytest.approx(
        body.size * 1.15 * body.line, abs=0.3
    )  # a line of Times is 1,15 of its size


def test_page_numbers_stand_in_the_middle_of_the_upper_margin_from_the_second_page_on(pages):
    asked, margins = LAYOUT.page_number, LAYOUT.margins
    above = [[one for one in page.chars if one["bottom"] < margins.top * MM and one["text"].strip()] for page in pages]
    shown = ["".join(one["text"] for one in letters) for letters in above]

    assert shown[:2] == ["", "2"]
    assert shown[-1] == ""  # the first page of the annex
    [number] = above[1]
    assert number["size"] == pytest.approx(asked["size"], abs=0.05)
    middle = (margins.left + LAYOUT.text_width / 2) * MM
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx(middle, abs=0.5)


def test_parts_of_the_head_stand_beside_each_other_and_the_signature_is_level(pages):
    def where(name):
        return find_all(pages, WORDS[name])[0]

    assert where("superior").baseline == pytest.approx(where("motto_country").baseline, abs=0.5)
    assert where("number").baseline == pytest.approx(where("date").baseline, abs=1)
    assert where("superior").right < where("motto_country").left
    for name in ("kind", "title"):
        middle = (where(name).left + where(name).right) / 2
        assert middle == pytest.approx((LAYOUT.margins.left + LAYOUT.text_width / 2) * MM, abs=1)
    signed = [where("recipients_head"), where("signer_name"), find_all(pages, "KT. GIÁM ĐỐC")[0]]
    assert len({one.page for one in signed}) == 1
    assert signed[0].baseline == pytest.approx(signed[2].baseline, abs=2)
    assert signed[0].left == pytest.approx(LAYOUT.margins.left * MM, abs=1)
