"""The parts of an official document stand where the profile puts them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bcanalysis.documents.blocks import Annex, Document, Heading, Item, PageBreak, Paragraph, Run
from bcanalysis.documents.profile import profile

from .pages import HEAD, MM, SENTENCE, SIGNATURE, find, find_all, pages_of, text, words_of

TITLE = "Kết quả công tác 6 tháng đầu năm"
REPORT = Document(
    TITLE,
    "vi",
    (
        Paragraph(text("Căn cứ chương trình công tác năm 2018;"), "basis"),
        Paragraph(
            text(
                "Mở đầu. ",
                SENTENCE * 4,
                Run("in đậm", bold=True),
                " và ",
                Run("in nghiêng", italic=True),
                ", xem",
                Run("", note=1),
                ".",
            )
        ),
        Heading(text("I. Kết quả đạt được"), 1),
        Heading(text("1. Công nghiệp"), 2),
        Heading(text("1.1. Cụm công nghiệp"), 3),
        Heading(text("a) Hạ tầng"), 4),
        Paragraph(text("Hai dòng. ", SENTENCE * 2)),
        Paragraph(text("Hết.")),
    ),
    HEAD,
    SIGNATURE,
    ("Số liệu ước tính.",),
    (Annex("Biểu số liệu", (Paragraph(text("Nội dung phụ lục.")),)),),
)


@pytest.fixture(scope="module")
def report():
    return pages_of(REPORT)


@pytest.mark.parametrize(
    ("words", "size", "bold", "italic"),
    [
        ("UBND TỈNH BẮC GIANG CỘNG", 13, False, False),
        ("SỞ CÔNG THƯƠNG", 13, True, False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
        ("Số:", 13, False, False),
        ("Bắc Giang, ngày", 14, False, True),
        ("BÁO CÁO", 14, True, False),
        (TITLE, 14, True, False),
        ("Kính gửi:", 14, False, False),
        ("Căn cứ chương trình công tác", 14, False, True),
        ("Mở đầu.", 14, False, False),
        ("in đậm", 14, True, False),
        ("in nghiêng", 14, False, True),
        ("I. KẾT QUẢ ĐẠT ĐƯỢC", 14, True, False),
        ("1. Công nghiệp", 14, True, False),
        ("1.1. Cụm công nghiệp", 14, True, False),
        ("a) Hạ tầng", 14, False, False),
        ("Ghi chú", 11, True, False),
        ("Số liệu ước tính.", 11, False, False),
        ("GIÁM ĐỐC", 14, True, False),
        ("Trần Quang Tấn", 14, True, False),
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("- Lưu: VT, VP.", 11, False, False),
        ("Phụ lục", 14, True, False),
        ("BIỂU SỐ LIỆU", 14, True, False),
    ],
)
def test_each_part_has_the_size_and_style_of_the_decree(report, words, size, bold, italic):
    found = find_all(report, words)[0]
    assert (found.size, found.bold, found.italic) == (size, bold, italic)


def test_every_letter_stands_within_the_margins(report):
    for page in report:
        assert (float(page.width), float(page.height)) == pytest.approx((595.28, 841.89), abs=0.01)
        numbers = [letter for letter in page.chars if letter["top"] < 20 * MM]
        assert all(letter["text"].isdigit() for letter in numbers)
        for letter in (letter for letter in page.chars if letter["text"].strip()):
            assert letter["x0"] >= 30 * MM - 0.01
            assert letter["x1"] <= 595.28 - 20 * MM + 0.01
            assert letter["bottom"] <= 841.89 - 20 * MM


def test_running_text_is_indented_justified_and_spaced_as_the_profile_says(report):
    first = find(report, "Mở đầu.")
    assert first.left == pytest.approx((30 + 12.7) * MM, abs=0.01)
    lines = [
        line
        for line in report[0].extract_text_lines()
        if first.baseline - 14 < line["top"] < find(report, "I. KẾT QUẢ ĐẠT ĐƯỢC").baseline - 20
    ]
    assert len(lines) > 4
    for line in lines[1:]:
        assert line["x0"] == pytest.approx(30 * MM, abs=0.01)
    for line in lines[:-1]:
        assert line["x1"] == pytest.approx(595.28 - 20 * MM, abs=0.01)
    steps = {round(after["top"] - line["top"], 1) for line, after in pairwise(lines[:-1])}
    assert steps == {18.5}  # 14 pt x 1.15 for a single line x 1.15 lines
    assert find(report, "Hết.").baseline - find_all(report, "như sau.")[-1].baseline == pytest.approx(18.515 + 6, abs=0.01)


def test_the_page_begins_at_the_upper_margin(report):
    assert find(report, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").baseline == pytest.approx(20 * MM + 0.9 * 13, abs=0.01)


def test_other_measures_of_the_profile_change_the_page():
    usual = profile()
    smaller = {name: replace(part, size=part.size - 1.5, bold=not part.bold, upper=False) for name, part in usual.parts.items()}
    other = replace(
        usual,
        margins=replace(usual.margins, left=35, top=25, right=15),
        body=replace(usual.body, size=13, indent=10, line=1.5, after=9, align="left"),
        page_number={**usual.page_number, "first": 1, "size": 14},
        parts=smaller,
    )
    pages = pages_of(REPORT, other)
    for words, size, bold in [
        ("UBND tỉnh Bắc Giang Cộng", 11.5, True),
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", 11.5, False),
        ("Độc lập - Tự do - Hạnh phúc", 12.5, False),
        ("Sở Công Thương Độc", 11.5, False),
        ("Số:", 11.5, True),
        ("BÁO CÁO", 12.5, False),
        (TITLE, 12.5, False),
        ("Kính gửi:", 12.5, True),
        ("I. Kết quả đạt được", 12.5, False),
        ("a) Hạ tầng", 12.5, True),
        ("Số liệu ước tính.", 9.5, True),
        ("Nơi nhận:", 10.5, False),
        ("- Như trên;", 9.5, True),
        ("Biểu số liệu", 12.5, False),
        ("Mở đầu.", 13, False),
    ]:
        found = find_all(pages, words)[0]
        assert (words, found.size, found.bold) == (words, size, bold)
    assert find(pages, "Mở đầu.").left == pytest.approx((35 + 10) * MM, abs=0.01)
    assert find(pages, "Cộng hòa xã hội chủ nghĩa Việt Nam").baseline == pytest.approx(25 * MM + 0.9 * 11.5, abs=0.01)
    assert find(pages, "Hết.").baseline - find_all(pages, "như sau.")[-1].baseline == pytest.approx(13 * 1.15 * 1.5 + 9, abs=0.01)
    assert [page.crop((0, 0, page.width, 20 * MM)).extract_text() for page in pages] == ["1", "2", "1"][-len(pages) :]
    assert any(line["x1"] < 595.28 - 15 * MM - 1 for line in pages[0].extract_text_lines()[8:12])  # not justified


def test_the_motto_has_a_line_as_long_as_itself_and_the_issuer_one_of_a_third_to_half(report):
    for words, low, high in [("Độc lập - Tự do - Hạnh phúc", 1, 1), ("SỞ CÔNG THƯƠNG", 0.33, 0.5), (TITLE, 0.33, 0.5)]:
        above = find(report, words)
        below = [
            line
            for line in report[0].lines
            if above.baseline < line["top"] < above.baseline + 12 and line["x0"] < above.right and above.left < line["x1"]
        ]
        (rule,) = below
        assert low - 0.001 <= rule["width"] / above.width <= high + 0.001
        assert (rule["x0"] + rule["x1"]) / 2 == pytest.approx((above.left + above.right) / 2, abs=0.01)


def test_the_line_below_a_long_title_is_a_share_of_its_longest_line():
    pages = pages_of(
        replace(REPORT, title="Kết quả công tác thi đua, khen thưởng sáu tháng đầu năm, phương hướng nhiệm vụ sáu tháng cuối năm")
    )
    upper, lower = (
        find(pages, "Kết quả công tác thi đua, khen thưởng sáu tháng đầu năm, phương hướng"),
        find(pages, "nhiệm vụ sáu tháng cuối năm"),
    )
    (rule,) = [line for line in pages[0].lines if lower.baseline < line["top"] < lower.baseline + 12]
    assert rule["width"] == pytest.approx(0.415 * upper.width, abs=0.01)


def test_the_registry_fills_in_number_and_day():
    assert "Số: /BC-SCT Bắc Giang, ngày tháng 6 năm 2018" in words_of(pages_of(REPORT))
    letters = "".join(letter["text"] for letter in pages_of(REPORT)[0].chars)
    assert "Số:      /BC-SCTBắc Giang, ngày      tháng" in letters.replace("\N{NO-BREAK SPACE}", " ")


def test_number_and_date_stand_on_one_line(report):
    assert find(report, "Số:").baseline == pytest.approx(find(report, "Bắc Giang, ngày").baseline, abs=0.01)


@pytest.mark.parametrize(("month", "said"), [(1, "tháng 01 năm"), (2, "tháng 02 năm"), (3, "tháng 3 năm"), (12, "tháng 12 năm")])
def test_only_the_first_two_months_have_a_zero(month, said):
    assert said in words_of(pages_of(replace(REPORT, head=replace(HEAD, month=month))))


def test_an_english_document_has_english_words_about_it():
    shown = words_of(pages_of(replace(REPORT, lang="en")))
    for words in [
        "SOCIALIST REPUBLIC OF VIET NAM",
        "Independence - Freedom - Happiness",
        "No.: /BC-SCT",
        "To: UBND",
        "Recipients:",
        "Notes",
        "Annex BIỂU",
    ]:
        assert words in shown


def test_several_addressees_stand_on_lines_of_their_own():
    pages = pages_of(replace(REPORT, head=replace(HEAD, addressees=("UBND tỉnh Bắc Giang", "Bộ Công Thương"))))
    first, second = find(pages, "- UBND tỉnh Bắc Giang;"), find(pages, "- Bộ Công Thương.")
    assert first.left == second.left
    assert first.baseline < second.baseline
    assert find(pages, "Kính gửi:").baseline == first.baseline


def test_without_addressees_nobody_is_addressed():
    assert "Kính gửi" not in words_of(pages_of(replace(REPORT, head=replace(HEAD, addressees=()))))


def test_pages_are_numbered_in_the_upper_margin_from_the_second_on_and_annexes_anew():
    filler = (Paragraph(text("Đoạn.")), PageBreak(), Paragraph(text("Đoạn.")), PageBreak(), Paragraph(text("Đoạn.")))
    annexes = (Annex("Một", filler[:3]), Annex("Hai", filler, landscape=True))
    pages = pages_of(replace(REPORT, blocks=filler, annexes=annexes))
    shown = [page.crop((0, 0, page.width, 20 * MM)).extract_text() for page in pages]
    assert shown == ["", "2", "3", "", "2", "", "2", "3"]
    number = pages[1].crop((0, 0, pages[1].width, 20 * MM)).chars[0]
    assert round(number["size"], 2) == 13
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((30 + 160 / 2) * MM, abs=0.01)
    assert [page.width < page.height for page in pages] == [True, True, True, True, True, False, False, False]


def test_page_numbers_go_to_the_lower_margin_if_the_profile_says_so():
    layout = profile()
    blocks = (Paragraph(text("Đoạn.")), PageBreak(), Paragraph(text("Đoạn.")))
    _, second, *_ = pages_of(replace(REPORT, blocks=blocks), replace(layout, page_number={**layout.page_number, "place": "bottom"}))
    assert second.crop((0, 841.89 - 20 * MM, second.width, second.height)).extract_text() == "2"


def test_two_annexes_are_numbered_and_one_is_not():
    one, two = Annex("Biểu một", ()), Annex("Biểu hai", ())
    assert "Phụ lục BIỂU MỘT" in words_of(pages_of(replace(REPORT, annexes=(one,))))
    both = words_of(pages_of(replace(REPORT, annexes=(one, two))))
    assert "Phụ lục I BIỂU MỘT" in both
    assert "Phụ lục II BIỂU HAI" in both


@pytest.mark.parametrize("before", range(12, 22))
def test_signature_and_recipients_stay_together_wherever_the_page_ends(before):
    blocks = tuple(Paragraph(text(f"Đoạn {number}.")) for number in range(before))
    pages = pages_of(replace(REPORT, blocks=blocks, notes=(), annexes=()))
    recipients, signer, name = find(pages, "Nơi nhận:"), find(pages, "GIÁM ĐỐC"), find(pages, "Trần Quang Tấn")
    assert recipients.page == find(pages, "- Lưu: VT, VP.").page == signer.page == name.page
    assert recipients.baseline == pytest.approx(signer.baseline, abs=0.01)
    assert recipients.left == pytest.approx(30 * MM, abs=0.01)
    assert name.baseline - signer.baseline > 4 * 14  # room for the signature
    assert (signer.left + signer.right) / 2 == pytest.approx((name.left + name.right) / 2, abs=0.01)


def test_the_filler_of_the_test_above_reaches_over_a_page_end():
    ends = [
        find(
            pages_of(replace(REPORT, blocks=tuple(Paragraph(text("Đoạn.")) for _ in range(before)), notes=(), annexes=())),
            "Nơi nhận:",
        ).page
        for before in (12, 21)
    ]
    assert ends == [1, 2]


def test_who_signs_for_another_says_so_above_the_title():
    pages = pages_of(replace(REPORT, signature=replace(SIGNATURE, authority="KT. GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC")))
    assert find(pages, "KT. GIÁM ĐỐC").baseline == pytest.approx(find(pages, "Nơi nhận:").baseline, abs=0.01)
    assert find(pages, "PHÓ GIÁM ĐỐC").baseline > find(pages, "KT. GIÁM ĐỐC").baseline


@pytest.mark.parametrize("before", range(18, 27))
def test_a_heading_is_never_the_last_line_of_a_page(before):
    blocks = (
        *(Paragraph(text("Đoạn.")) for _ in range(before)),
        Heading(text("I. Kết quả"), 1),
        Heading(text("1. Công nghiệp"), 2),
        Paragraph(text("Theo sau.")),
    )
    pages = pages_of(replace(REPORT, blocks=blocks, notes=(), annexes=(), signature=None))
    assert find(pages, "I. KẾT QUẢ").page == find(pages, "1. Công nghiệp").page == find(pages, "Theo sau.").page


def test_lists_count_by_the_vietnamese_alphabet_and_wrap_to_the_margin():
    blocks = (
        *(Item(text(f"mục {number}"), marker="letter") for number in range(1, 9)),
        Item(text("Gạch. ", SENTENCE * 2)),
        Item(text("Cộng."), level=2),
        Item(text("Một."), marker="number"),
        Item(text("Hai."), marker="number"),
    )
    pages = pages_of(replace(REPORT, blocks=blocks))
    shown = words_of(pages)
    for said in [
        "a) mục 1",
        "b) mục 2",
        "c) mục 3",
        "d) mục 4",
        "đ) mục 5",
        "e) mục 6",
        "g) mục 7",
        "h) mục 8",
        "+ Cộng.",
        "1. Một.",
        "2. Hai.",
    ]:
        assert said in shown
    assert find(pages, "- Gạch.").left == pytest.approx((30 + 12.7) * MM, abs=0.01)
    wrapped = next(line for line in pages[0].extract_text_lines() if line["top"] > find(pages, "- Gạch.").baseline)
    assert wrapped["x0"] == pytest.approx(30 * MM, abs=0.01)


def test_notes_are_raised_in_the_text_and_listed_at_its_end(report):
    mark, _listed = [letter for letter in report[0].chars if letter["text"] == "1" and letter["size"] < 10]
    line = find(report, "xem")
    assert float(report[0].height) - mark["matrix"][5] < line.baseline - 3
    shown = words_of(report)
    assert shown.index("Hết.") < shown.index("Ghi chú 1 Số liệu ước tính.") < shown.index("Nơi nhận:")


def test_without_a_head_the_document_has_the_plain_look_of_an_analysis():
    pages = pages_of(replace(REPORT, head=None, signature=None, title="Tổng quan 6 tháng"))
    shown = words_of(pages)
    assert shown.startswith("Tổng quan 6 tháng Căn cứ")
    assert "CỘNG HÒA" not in shown
    title = find(pages, "Tổng quan 6 tháng")
    assert (title.size, title.bold) == (14, True)
    assert title.font.startswith("LiberationSerif")
