"""Tables flow over pages, are cut where they are too wide, and never leave the page."""

from __future__ import annotations

import pytest

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Document, Item, Paragraph
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import profile

from .pages import MADE, MM, find, find_all, pages_of, poppler_reads, text, words_of

SMALL = Table(
    "Một số chỉ tiêu chủ yếu",
    (Column("Chỉ tiêu"), Column("6 tháng 2018", True), Column("So cùng kỳ (%)", True)),
    (
        (Cell("Xuất khẩu"), Cell("3.140", 3140.0, "ước", (1, 2)), Cell("+27,6")),
        (Cell("Bán lẻ"), Cell("12.360"), Cell("…")),
    ),
    footnotes=("Số ước tính.", "Nguồn không nêu cơ sở giá."),
    note="Nguồn: Sở Công Thương.",
)


def set_alone(*blocks, lang="vi"):
    return pages_of(Document("Bảng", lang, blocks))


def on_the_page(pages):
    return all(
        letter["x0"] >= 30 * MM - 0.01 and letter["x1"] <= (210 - 20) * MM + 0.01 and letter["bottom"] <= (297 - 20) * MM + 0.01
        for page in pages
        for letter in page.chars
        if letter["text"].strip()
    )


def test_a_table_has_caption_headings_marks_footnote_numbers_and_the_notes_below():
    assert words_of(set_alone(SMALL)).startswith(
        "Bảng Một số chỉ tiêu chủ yếu Chỉ tiêu 6 tháng 2018 So cùng kỳ (%) Xuất khẩu ước 3.1401, 2 +27,6 Bán lẻ 12.360 … "
        "Nguồn: Sở Công Thương. 1 Số ước tính. 2 Nguồn không nêu cơ sở giá."
    )


def test_the_parts_of_a_table_have_their_sizes_and_styles():
    pages = set_alone(SMALL)
    found = {words: find_all(pages, words)[0] for words in ("Một số chỉ tiêu", "Chỉ tiêu", "Bán lẻ", "ước", "Nguồn:")}
    assert {words: (look.size, look.bold, look.italic) for words, look in found.items()} == {
        "Một số chỉ tiêu": (14, True, False),
        "Chỉ tiêu": (11, True, False),
        "Bán lẻ": (11, False, False),
        "ước": (11, False, True),
        "Nguồn:": (11, False, False),
    }


def test_numbers_stand_to_the_right_and_words_to_the_left():
    pages = set_alone(SMALL)
    assert find(pages, "12.360").right == pytest.approx(find(pages, "1, 2").right, abs=0.01)
    assert find(pages, "+27,6").right == pytest.approx(find(pages, "…").right, abs=0.01)
    assert find(pages, "Xuất khẩu").left == pytest.approx(find(pages, "Bán lẻ").left, abs=0.01)


def test_footnote_numbers_are_raised():
    pages = set_alone(SMALL)
    assert find(pages, "1, 2").size < 8
    assert find(pages, "1, 2").baseline < find(pages, "3.140").baseline - 2


def test_five_thousand_rows_flow_over_pages_each_with_the_headings():
    rows = tuple((Cell(f"Huyện {number}"), Cell(f"{number},5")) for number in range(5000))
    table = Table("Dài", (Column("Tên huyện"), Column("Tỷ đồng", True)), rows)
    shown = poppler_reads(write_pdf(Document("Bảng", "vi", (table,)), profile(), made=MADE).content).split("\f")[:-1]
    assert len(shown) > 50
    assert all(text.count("Tên huyện Tỷ đồng") == 1 for text in shown)
    found = [line for text in shown for line in text.splitlines() if line.startswith("Huyện ")]
    assert found == [f"Huyện {number} {number},5" for number in range(5000)]


def test_a_caption_stays_with_the_first_rows_wherever_the_page_ends():
    for before in range(25, 33):
        pages = set_alone(*(Paragraph(text("Đoạn.")) for _ in range(before)), SMALL)
        assert find(pages, "Một số chỉ tiêu chủ yếu").page == find_all(pages, "So cùng kỳ")[0].page == find(pages, "Xuất khẩu").page


def test_three_hundred_columns_are_cut_into_parts_that_repeat_the_first_column():
    columns = (Column("Huyện"), *(Column(f"Năm {number}", True) for number in range(1, 300)))
    rows = tuple((Cell(f"Lục Ngạn {row}"), *(Cell(f"{row}.{number:03}") for number in range(1, 300))) for row in (1, 2))
    pages = set_alone(Table("Rộng", columns, rows))
    shown = words_of(pages)
    parts = shown.count("Rộng (phần ")
    assert parts > 10
    assert f"Rộng (phần 1/{parts})" in shown
    assert f"Rộng (phần {parts}/{parts})" in shown
    assert f"Bảng có 300 cột nên được chia thành {parts} phần; cột đầu lặp lại ở mỗi phần." in shown
    assert shown.count("Lục Ngạn 1 ") == shown.count("Lục Ngạn 2 ") == parts
    words = list(dict.fromkeys(shown.split()))  # headings come again where a part goes over a page end
    assert [word for word in words if word.isdigit() and 99 < int(word) < 300] == [str(number) for number in range(100, 300)]
    assert [word for word in words if word.startswith("2.")] == [f"2.{number:03}" for number in range(1, 300)]
    assert on_the_page(pages)


def test_a_row_stands_on_one_page_unless_it_is_higher_than_a_page():
    sentence = "Chưa có số liệu cùng kỳ năm trước trong nguồn đã công bố của cơ quan thống kê. "
    columns = (Column("Mã"), Column("Giải thích"), Column("Nguồn"))
    rows = tuple(
        (Cell(f"m{at:02}"), Cell(f"Đầu {at:02}. {sentence * (5 + at % 4)} Cuối {at:02}."), Cell(sentence * 2)) for at in range(40)
    )
    pages = set_alone(Table("Dài", columns, rows))
    assert len(pages) > 3
    for at in range(40):
        assert find(pages, f"Đầu {at:02}.").page == find(pages, f"Cuối {at:02}.").page

    high = set_alone(Table("Cao", columns, ((Cell("m"), Cell("Đầu. " + sentence * 120 + " Cuối."), Cell("")),)))
    assert find(high, "Đầu.").page == 1
    assert find(high, "Cuối.").page == len(high) > 1
    assert on_the_page(high)


def test_a_table_that_fits_is_not_cut():
    assert "(phần" not in words_of(set_alone(SMALL))
    assert "được chia" not in words_of(set_alone(SMALL))


def test_words_of_an_english_table_are_english():
    columns = tuple(Column(f"Column{number}") for number in range(30))
    shown = words_of(set_alone(Table("Wide", columns, ((Cell("a"),) * 30,), lang="en")))
    assert "Wide (part 2/" in shown
    assert "The table has 30 columns and is cut into" in shown


def test_long_words_wrap_and_stay_in_their_cells():
    long = "x" * 150
    cells = (Cell(long), Cell(long, mark="m" * 60, notes=tuple(range(1, 30))), Cell("ngắn"))
    pages = set_alone(
        Table(long, (Column(long), Column(long, True), Column("c")), (cells,), footnotes=(long,) * 2, note=long),
        Paragraph(text("https://example.vn/" + "a" * 200)),
        Item(text(long)),
        Paragraph(text("  y = '" + "z" * 200 + "'"), "code"),
    )
    assert on_the_page(pages)
    edges = sorted({round(line["x0"], 1) for page in pages for line in page.lines if line["height"] > line["width"]})
    assert len(edges) == 4
    for page in pages:
        for found in (letter for letter in page.chars if letter["text"] == "m" and "Italic" in letter["fontname"]):
            assert edges[1] <= found["x0"]
            assert found["x1"] <= edges[2]


def test_long_words_are_copied_without_gaps():
    first, second = "https://example.vn/" + "abcde" * 9, "https://example.vn/" + "edcba" * 9
    pages = set_alone(Paragraph(text(f"Xem {first} và {second}.")))
    assert "".join(letter["text"] for letter in pages[0].chars) == f"BảngXem {first} và {second}."


def test_signs_at_the_end_of_a_line_stay_within_the_margin():
    assert on_the_page(set_alone(Paragraph(text("ba, bốn - năm. " * 200))))


def test_a_title_of_six_hundred_letters_wraps_and_stays_on_the_page():
    pages = pages_of(Document("Kết quả thực hiện nhiệm vụ " * 23, "vi", (SMALL,)))
    assert on_the_page(pages)
    assert words_of(pages).count("Kết quả thực hiện nhiệm vụ") == 23


def test_a_column_of_sentences_gets_more_room_than_one_of_numbers():
    columns = (Column("Mã"), Column("Giá trị", True), Column("Giải thích"))
    rows = ((Cell("a"), Cell("12,5"), Cell("Chưa có số liệu cùng kỳ năm trước trong nguồn đã công bố của cơ quan thống kê. " * 3)),)
    pages = set_alone(Table("Rộng hẹp", columns, rows))
    edges = sorted({round(line["x0"], 1) for line in pages[0].lines if line["height"] > line["width"]})
    assert edges[3] - edges[2] > 2 * (edges[2] - edges[1])


def test_a_table_without_rows_shows_its_headings():
    assert words_of(set_alone(Table("Trống", (Column("Huyện"), Column("Số", True)), ()))) == "Bảng Trống Huyện Số"
