import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.annex import figures_table
from bcanalysis.documents.excel import workbook as xlsx
from bcanalysis.documents.excel.workbook import About, Sheet, write_workbook

ABOUT = About(
    "Báo cáo 6 tháng", "6 tháng đầu năm 2018", "Bắc Giang", datetime(2018, 6, 14, 8, 30, tzinfo=UTC), {"bcanalysis": "0.1.0"}
)
EXPORTS = Table(
    "Xuất khẩu theo năm",
    (Column("Năm"), Column("Triệu USD", True), Column("So cùng kỳ (%)", True)),
    (
        (Cell("2017"), Cell("2.948,4", 2948.4, notes=(1,)), Cell("x", notes=(2,))),
        (Cell("2018"), Cell("3.140", 3140.0, "ước"), Cell("6,5", 6.4984, "in")),
    ),
    ("Số đã điều chỉnh.", "Chưa có số liệu cùng kỳ năm trước."),
    "ước: số ước tính",
)


def opened(*sheets, about=ABOUT, lang="vi"):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(sheets, about, lang)))


def texts(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def one_column(*cells, numeric=True):
    return Table("T", (Column("Giá trị", numeric),), tuple((cell,) for cell in cells))


def test_a_workbook_begins_with_cover_contents_and_notes():
    book = opened(Sheet("Xuất khẩu", EXPORTS, "overview"))

    assert book.sheetnames == ["Bìa", "Mục lục", "Ghi chú", "Xuất khẩu"]
    assert texts(book["Bìa"]) == [
        ["Báo cáo 6 tháng"],
        [],
        ["Kỳ báo cáo", "6 tháng đầu năm 2018"],
        ["Địa bàn", "Bắc Giang"],
        ["Lập lúc", "ngày 14 tháng 6 năm 2018, 08:30"],
        ["bcanalysis", "0.1.0"],
    ]


def test_the_contents_lead_to_each_table_and_each_table_back():
    contents = opened(Sheet("Xuất khẩu", EXPORTS, "overview"), Sheet("Nhập 'khẩu'", EXPORTS))["Mục lục"]

    assert texts(contents)[2:] == [["STT", "Bảng", "Nguồn", "Số dòng"], [1, "Xuất khẩu", "overview", 2], [2, "Nhập 'khẩu'", 2]]
    assert [contents.cell(row, 2).hyperlink.location for row in (4, 5)] == ["'Xuất khẩu'!A1", "'Nhập ''khẩu'!A1"]
    assert opened(Sheet("Xuất khẩu", EXPORTS))["Xuất khẩu"]["A2"].hyperlink.location == "'Mục lục'!A1"


def test_a_table_stands_with_its_numbers_and_what_is_said_below():
    assert texts(opened(Sheet("Xuất khẩu", EXPORTS, "Báo cáo 132"))["Xuất khẩu"]) == [
        ["Xuất khẩu theo năm"],
        ["Mục lục"],
        ["Năm", "Triệu USD", "So cùng kỳ (%)", "Chú thích"],
        ["2017", 2948.4, "x [2]", "[1]"],
        ["2018", 3140, 6.4984],
        [],
        ["ước: số ước tính"],
        ["[1] Số đã điều chỉnh."],
        ["[2] Chưa có số liệu cùng kỳ năm trước."],
        ["Nguồn: Báo cáo 132"],
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell("66.148", 66148.0), "#,##0"),
        (Cell("27,6", 27.64), "#,##0.0"),
        (Cell("3.140", 3140.0, "ước"), '"ước "#,##0;"ước "-#,##0'),
        (Cell("trên 40.000", 40000.0), '"trên "#,##0;"trên "-#,##0'),
        (Cell("-0,5 điểm %", -0.5), '#,##0.0" điểm %"'),
        (Cell("2018", 2018.0), "0"),
        (Cell("25,9 (không khớp)", 25.94), '#,##0.0" (không khớp)"'),
    ],
)
def test_a_number_looks_as_it_was_printed(cell, shown):
    assert opened(Sheet("S", one_column(cell)))["S"]["A4"].number_format == shown


def test_words_for_which_there_is_no_format_stand_beside_the_number():
    row = texts(opened(Sheet("S", one_column(Cell("từ 1 đến 3", 2.0))))["S"])[3]

    assert row == [2, "từ 1 đến 3"]


def test_words_beyond_what_excel_can_keep_of_formats_stand_beside_the_number(monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_FORMATS", 1)
    sheet = opened(Sheet("S", one_column(Cell("1", 1.0), Cell("gần 2", 2.0))))["S"]

    assert texts(sheet)[3:5] == [[1], [2, "gần 2"]]
    assert sheet["A5"].number_format == "General"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-",
        "- Kinh tế nhà nước",
        "@SUM(A1)",
        "\tx",
        '=HYPERLINK("http://a.b")',
        "http://a.b",
        "mailto:a@b.c",
        "123",
        "<r></r>",
    ],
)
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    made = write_workbook(
        [Sheet("S", one_column(Cell(text), numeric=False), text)], About(text, text, text, ABOUT.made, {text: text}, (text,))
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert book["S"]["A4"].value.rstrip(" ") == text
    assert book["S"]["A4"].hyperlink is None
    assert book["S"]["A4"].quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not any(b"<f>" in parts.read(name) or b'TargetMode="External"' in parts.read(name) for name in parts.namelist())


def test_sheets_have_legal_and_different_names():
    titles = [
        "Xuất/nhập: [2018]*?",
        "xuất nhập 2018",
        "",
        "Bìa",
        "History",
        "'a'",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ",
        "Tổng mức bán lẻ hàng hóa và doanh thu du lịch",
        "😀" * 20,
    ]
    names = opened(*(Sheet(title, EXPORTS) for title in titles)).sheetnames[3:]

    assert names == [
        "Xuất nhập 2018",
        "xuất nhập 2018 (2)",
        "Bảng",
        "Bìa (2)",
        "History (2)",
        "a",
        "Tổng mức bán lẻ hàng hóa và doa",
        "Tổng mức bán lẻ hàng hóa và (2)",
        "😀" * 15,
    ]


def test_a_text_longer_than_a_cell_is_cut_and_that_is_said():
    sheet = opened(Sheet("S", one_column(Cell("đ" * 40_000), numeric=False)))["S"]

    assert len(sheet["A4"].value) == 32_767
    assert sheet["A4"].value.endswith("đ…")
    assert texts(sheet)[-1] == ["1 ô có nội dung dài hơn mức Excel cho phép nên đã bị cắt bớt, cuối ô có dấu “…”."]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    book = opened(Sheet("S", one_column(*(Cell(str(number), float(number)) for number in range(5)))))

    assert book.sheetnames[3:] == ["S", "S (2)", "S (3)"]
    assert [texts(book[name])[0] for name in book.sheetnames[3:]] == [["T (phần 1/3)"], ["T (phần 2/3)"], ["T (phần 3/3)"]]
    assert [texts(book[name])[3:] for name in book.sheetnames[3:]] == [[[0], [1]], [[2], [3]], [[4]]]
    assert [row[1] for row in texts(book["Mục lục"])[3:]] == ["S (phần 1/3)", "S (phần 2/3)", "S (phần 3/3)"]


def test_a_table_wider_than_a_sheet_goes_on_beside_the_names_of_its_rows(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_COLUMNS", 4)
    wide = Table("T", tuple(Column(name) for name in "abcde"), (tuple(Cell(name) for name in "12345"),))
    book = opened(Sheet("S", wide))

    assert [texts(book[name])[2:4] for name in book.sheetnames[3:]] == [
        [["a", "b", "c"], ["1", "2", "3"]],
        [["a", "d", "e"], ["1", "4", "5"]],
    ]


def test_a_table_of_excels_own_size_fits_and_a_row_more_does_not():
    row = (Cell("1"),)

    assert len(list(xlsx._fitting(Table("T", (Column("a"),), (row,) * (1_048_576 - 8))))) == 1
    assert len(list(xlsx._fitting(Table("T", (Column("a"),), (row,) * (1_048_576 - 7))))) == 2


def test_pages_are_a4_as_wide_as_the_paper_with_the_headings_on_each(dataset):
    figures = figures_table(dataset, "2018H1", "bac-giang", themes=["trade"])
    sheet = opened(Sheet("Biểu số liệu", figures))["Biểu số liệu"]

    assert (
        sheet.page_setup.paperSize,
        sheet.page_setup.orientation,
        sheet.page_setup.fitToHeight,
    ) == (9, "landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.page_margins.left == pytest.approx(30 / 25.4)
    assert sheet["A4"].font.name == "Times New Roman"
    assert (sheet["A4"].value, sheet["A4"].font.bold, sheet["A5"].font.bold) == ("I", True, False)
    assert opened(Sheet("S", EXPORTS))["S"].page_setup.orientation != "landscape"


def test_the_same_tables_are_the_same_bytes_whatever_the_time():
    assert write_workbook([Sheet("S", EXPORTS)], ABOUT) == write_workbook([Sheet("S", EXPORTS)], ABOUT)


def test_the_file_tells_when_its_figures_were_put_together():
    here = About("T", "", "", datetime(2018, 6, 14, 8, 30, tzinfo=timezone(timedelta(hours=7))))

    assert opened(about=here).properties.created == datetime(2018, 6, 14, 1, 30)
    assert texts(opened(about=here, lang="en")["Cover"])[-1] == ["Made", "14 June 2018, 08:30"]


def test_a_table_of_three_hundred_columns_is_written_whole():
    wide = Table("T", tuple(Column(str(number), True) for number in range(300)), ((Cell("1,5", 1.5),) * 300,) * 500)

    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_workbook([Sheet("S", wide)], ABOUT)))
        .get_sheet_by_name("S")
        .to_python()
    )

    assert len(rows) == 503
    assert rows[-1] == [1.5] * 300


def test_a_number_that_is_none_is_its_text():
    assert texts(opened(Sheet("S", one_column(Cell("∞", float("inf")), Cell("·", float("nan")))))["S"])[3:5] == [["∞"], ["·"]]


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20).filter(lambda text: "_x" not in text)
cells = st.one_of(
    st.builds(Cell, words),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Cell(repr(number), number)),
    st.integers(-(10**15), 10**15).map(lambda number: Cell(f"{number:,}".replace(",", "."), float(number))),
)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows):
    table = Table("T", (Column("a"), Column("b", True), Column("c", True)), tuple(map(tuple, rows)))
    made = write_workbook([Sheet("S", table)], ABOUT)
    expected = [[cell.text if cell.value is None else cell.value for cell in row] for row in rows]

    by_openpyxl = openpyxl.load_workbook(io.BytesIO(made))["S"].iter_rows(
        min_row=4, max_row=3 + len(rows), max_col=3, values_only=True
    )
    by_calamine = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("S").to_python()[3 : 3 + len(rows)]
    )

    assert [list(row) for row in by_openpyxl] == expected
    assert [row[:3] for row in by_calamine] == expected
