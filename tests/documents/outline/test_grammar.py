import pytest

from bcanalysis.documents.blocks import Heading, Item, Paragraph, Run, plain
from bcanalysis.documents.outline import front
from bcanalysis.documents.outline.read import parse, read_outline
from bcanalysis.errors import UsageError

from .outlines import FIRST, FRONT, faults, filled, only_fault


def blocks(dataset, body):
    return filled(dataset, body).blocks


def test_the_front_matter_becomes_head_and_signature(dataset):
    front = FRONT.replace("title: Kết quả", "title: Kết quả 6 tháng\naddressees:\n- Tỉnh ủy\n- HĐND tỉnh\nauthority: KT. GIÁM ĐỐC")
    document = filled(dataset, "Đoạn.", front)

    assert (document.title, document.lang) == ("Kết quả 6 tháng", "vi")
    head = document.head
    assert (head.superior, head.issuer, head.symbol, head.place) == ("UBND tỉnh", "Sở Công Thương", "BC-SCT", "Bắc Giang")
    assert (head.month, head.year, head.kind, head.addressees) == (6, 2018, "BÁO CÁO", ("Tỉnh ủy", "HĐND tỉnh"))
    signature = document.signature
    assert (signature.authority, signature.title, signature.name, signature.recipients) == (
        "KT. GIÁM ĐỐC",
        "GIÁM ĐỐC",
        "",
        ("Lưu",),
    )


def test_the_layout_named_in_the_front_matter_is_that_of_the_document(dataset, monkeypatch):
    monkeypatch.setattr(front, "profile", {"mine": None}.__getitem__)

    assert filled(dataset, "Thân.").profile == "nd30_2020"
    assert filled(dataset, "Thân.", FRONT.replace("place:", "profile: mine\nplace:")).profile == "mine"


def test_headings_of_four_levels_keep_their_numbers(dataset):
    body = "# I. MỘT\n## 1. Hai\n### 1.1. Ba\n#### a) Bốn\n#### b) Bốn nữa\n### 1.2. Ba nữa\n## 2. Hai nữa\n#### a) Bốn mới\n# II. MỘT NỮA\n## 1. Lại một"
    told = [(block.level, plain(block.text)) for block in blocks(dataset, body) if isinstance(block, Heading)]

    assert told == [
        (1, "I. MỘT"), (2, "1. Hai"), (3, "1.1. Ba"), (4, "a) Bốn"), (4, "b) Bốn nữa"), (3, "1.2. Ba nữa"),
        (2, "2. Hai nữa"), (4, "a) Bốn mới"), (1, "II. MỘT NỮA"), (2, "1. Lại một"),
    ]  # fmt: skip


def test_lines_up_to_an_empty_one_are_one_paragraph(dataset):
    assert [plain(block.text) for block in blocks(dataset, "Một\nhai\n\nba\n")] == ["Một hai", "ba"]


def test_items_of_three_kinds_go_on_until_the_next_mark(dataset):
    found = blocks(dataset, "- Một\n  tiếp\n+ Hai\na) Ba\nb) Bốn")

    assert found == (
        Item((Run("Một tiếp"),), 1), Item((Run("Hai"),), 2), Item((Run("Ba"),), 1, "letter"), Item((Run("Bốn"),), 1, "letter"),
    )  # fmt: skip


def test_letters_of_a_list_are_in_vietnamese_order_and_begin_again_at_a(dataset):
    letters = "abcdđeghiklmnopqrstuvxy"
    body = "\n".join(f"{letter}) Ý" for letter in letters) + "\na) Ý\nb) Ý"

    assert len(blocks(dataset, body)) == 25


def test_a_legal_basis_has_its_role(dataset):
    found = blocks(dataset, "> Căn cứ một;\n> Căn cứ hai,\n\nThân bài.")

    assert [(plain(block.text), block.role) for block in found] == [
        ("Căn cứ một;", "basis"), ("Căn cứ hai,", "basis"), ("Thân bài.", "body"),
    ]  # fmt: skip


def test_bold_and_italic_may_nest_and_escapes_are_plain_letters(dataset):
    [paragraph] = blocks(dataset, r"Một **hai *ba*** bốn \*năm\* \{sáu\}")

    assert paragraph.text == (
        Run("Một "), Run("hai ", bold=True), Run("ba", bold=True, italic=True), Run(" bốn *năm* {sáu}"),
    )  # fmt: skip


def test_notes_are_numbered_as_they_come_and_one_text_has_one_number(dataset):
    document = filled(dataset, "Một[^b], hai[^a], ba[^b].\n\n[^a]: Chú thích a.\n[^b]: Chú thích b\ntiếp.")

    assert plain(document.blocks[0].text) == "Một[1], hai[2], ba[1]."
    assert document.notes == ("Chú thích b tiếp.", "Chú thích a.")


def test_a_note_may_call_figures(dataset):
    document = filled(dataset, "Một.[^a]\n\n[^a]: Bán lẻ {retail_sales:value}.")

    assert document.notes == ("Bán lẻ 11.997 tỷ đồng.",)


def test_text_is_composed_whatever_the_file_has(dataset):
    assert blocks(dataset, "Tie\u0302\u0301n") == (Paragraph((Run("Tiến"),)),)


@pytest.mark.parametrize(
    ("body", "column", "said"),
    [
        ("# II. MỘT", 3, 'got "II."; expected "I."'),
        ("# I. MỘT\n# III. HAI", 3, 'got "III."; expected "II."'),
        ("# I. MỘT\n## Hai", 4, 'got a heading without its number; expected "1."'),
        ("# I. MỘT\n## 1. Hai\n### 2.1. Ba", 5, 'got "2.1."; expected "1.1."'),
        ("# I. MỘT\n### 1.1. Ba", 5, "got a heading of level 3 without one of level 2 above it"),
        ("# I. MỘT\n## 1. Hai\n#### b) Bốn", 6, 'got "b)"; expected "a)"'),
        ("a) Một\nc) Hai", 4, 'got "c)"; expected "b)"'),
        ("d) Một", 4, 'got "d)"; expected "a)"'),
        ("a) Một\n# I. HAI\nb) Ba", 4, 'got "b)"; expected "a)"'),
        ("a) A\nb) B\nc) C\nd) D\ne) E", 4, 'got "e)"; expected "đ)"'),
        ("Đạt {retail_sales", 5, "got { that never closes"),
        ("Đạt retail_sales}", 17, "got } that nothing opens"),
        ("Đạt **nhiều", 5, "got ** that never closes"),
        ("Đạt {retail sales}", 5, "got {retail sales}; expected {indicator.breakdown@price_basis:form}"),
        ("Đạt {retail_sales:vlaue}", 5, 'Did you mean "value"?'),
        ("Đạt {{table headline}} ở đây", 5, "expected a directive on a line of its own"),
        ("{{tabel headline}}", 1, 'Did you mean "table"?'),
        ("{{chart grwoth}}", 1, 'Did you mean "growth"?'),
        ("Đạt[^ghi_chu].\n\n[^ghi_chú]: Chú.\n\nThêm[^ghi_chú].", 4, 'Did you mean "ghi_chú"?'),
        ("Đạt.\n\n[^a]: Chú.", 7, "got the note [^a] that no text refers to"),
        ("Đạt[^a].\n\n[^a]: Chú.\n[^a]: Lại.", 7, "got the note [^a] again"),
        ("Đạt[^a].\n\n[^a]: Chú[^a].", 10, "got [^a] inside a note"),
    ],
)  # fmt: skip
def test_a_fault_of_writing_is_told_with_its_column(dataset, body, column, said):
    [(line, found, _)] = [fault for fault in faults(dataset, body) if said in fault[2]]

    assert found == column
    assert FIRST <= line < FIRST + len(body.splitlines())


def test_the_column_of_a_fault_counts_on_its_own_line(dataset):
    assert only_fault(dataset, "Dòng một\n  dòng hai {retail_sales:vlaue}")[:2] == (FIRST + 1, 12)


def test_the_faults_of_writing_and_of_figures_come_together_in_the_order_of_the_file(dataset):
    found = faults(dataset, "Đạt {exprot_value} và {retail_sales:vlaue}.\n\n# II. SAI\n\n{{table trad}}")

    assert [(line, column) for line, column, _ in found] == [(13, 5), (13, 23), (15, 3), (17, 1)]


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("symbol: BC-SCT", "symbl: BC-SCT", (6, 1), 'Did you mean "symbol"?'),
        ("symbol: BC-SCT\n", "", (11, 1), 'got no "symbol"; expected "symbol:" with its value'),
        ("recipients:\n- Lưu\n", "recipients:\n", (10, 12), 'expected "recipients:" with its items'),
        ("place: Bắc Giang", "place: Bắc Giang\nplace: Hà Nội", (8, 1), "it stands in line 7 already"),
        ("place: Bắc Giang", "place Bắc Giang", (7, 1), 'expected "key: value"'),
        ("place: Bắc Giang", "- Bắc Giang", (7, 1), 'expected "key: value"'),
        ("period: 2018H1", "period: 2018H3", (2, 9), 'got the period "2018H3"'),
        ("area: bac-giang", "area: bac-gaing", (3, 7), 'Did you mean "bac-giang"?'),
        ("area: bac-giang", "area: bac-giang\nlang: vn", (4, 7), 'got the language "vn"; expected one of vi, en'),
        ("area: bac-giang", "area: bac-giang\nprofile: nd30", (4, 10), "nd30_2020"),
        ("---\nperiod", "period", (1, 1), "got no front matter"),
    ],
)  # fmt: skip
def test_a_fault_of_the_front_matter_is_told_with_line_and_column(dataset, old, new, place, said):
    found = faults(dataset, "Đoạn.", FRONT.replace(old, new))

    assert [fault[:2] for fault in found if said in fault[2]] == [place]


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(UsageError, match=r"outline: got 2018H1\.md; there is no such file"):
        read_outline(tmp_path / "2018H1.md")


def test_bytes_that_are_no_text_are_said_so(tmp_path):
    path = tmp_path / "2018H1.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"2018H1\.md: got bytes that are no UTF-8"):
        read_outline(path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "2018H1.md"
    path.write_bytes(b"\xef\xbb\xbf" + (FRONT + "Đoạn.").replace("\n", "\r\n").encode())

    assert read_outline(path).faults == ()


def test_a_name_that_nearly_closes_does_not_swallow_the_next(dataset):
    outline = parse(FRONT + "Đạt {retail_sales và {export_value}.", "mine.md")

    assert [(fault.row, fault.column, fault.got) for fault in outline.faults] == [(13, "column 5", "{ that never closes")]
