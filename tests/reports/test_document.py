"""An executed notebook as a document."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from bcanalysis.display.table import TABLE_TYPE, Cell, Column, Table
from bcanalysis.documents import DOCUMENT_TYPE
from bcanalysis.documents.blocks import Chart, Document, Heading, Item, Paragraph, Picture, Run, plain
from bcanalysis.documents.stored import from_json, to_json
from bcanalysis.reports import RECORD_TYPE
from bcanalysis.reports.exporters.document import document_of

TABLE = Table(
    "Xuất khẩu", (Column("Năm"), Column("Triệu USD", True)), ((Cell("2018"), Cell("3.140", 3140.0, "ước", (1,))),), ("Ước.",)
)
FIGURE = {"data": [{"type": "bar", "x": [1], "y": ["a"]}], "layout": {"title": {"text": "Tăng trưởng"}, "meta": {"alt": "Một cột"}}}


def shown(*outputs: dict[str, object]) -> NotebookNode:
    return new_code_cell("1", execution_count=1, outputs=[new_output("display_data", data=data) for data in outputs])


def body(*cells: NotebookNode, **parameters: str) -> tuple[object, ...]:
    nb = new_notebook(cells=list(cells), metadata={"papermill": {"parameters": parameters}} if parameters else {})
    blocks = document_of(nb, "report").blocks
    end = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and "lập từ đâu" in plain(block.text))
    return blocks[:end]


def test_words_of_a_notebook_become_headings_paragraphs_and_lists():
    text = "# Tổng quan\n\nMột **câu** có *chữ nghiêng*.\n\n## Kết quả\n\n- thứ nhất\n- thứ hai\n  - trong đó\n\n1. một"

    assert body(new_markdown_cell(text)) == (
        Paragraph((Run("Một "), Run("câu", bold=True), Run(" có "), Run("chữ nghiêng", italic=True), Run("."))),
        Heading((Run("Kết quả"),), 1),
        Item((Run("thứ nhất"),)),
        Item((Run("thứ hai"),)),
        Item((Run("trong đó"),), 2),
        Item((Run("một"),), 1, "number"),
    )
    assert document_of(new_notebook(cells=[new_markdown_cell(text)])).title == "Tổng quan"


def test_a_table_of_ours_keeps_the_numbers_behind_its_cells():
    cell = shown({TABLE_TYPE: TABLE.content(), "text/html": TABLE._repr_html_()})

    assert body(cell) == (TABLE,)


def test_any_other_table_is_read_from_its_markup():
    markup = "<table><thead><tr><th></th><th>tỷ đồng</th></tr></thead><tbody><tr><th>a</th><td>66.148</td></tr></tbody></table>"

    assert body(shown({"text/html": markup})) == (Table("", (Column(""), Column("tỷ đồng", True)), ((Cell("a"), Cell("66.148")),)),)


def test_charts_pictures_and_plain_values_are_kept():
    png = "iVBORw0KGgo="
    cell = shown({"application/vnd.plotly.v1+json": FIGURE}, {"image/png": png, "text/plain": "<Figure>"}, {"text/plain": "3 < 4"})

    assert body(cell) == (
        Chart(FIGURE, "Tăng trưởng", "Một cột"),
        Picture(png, "image/png"),
        Paragraph((Run("3 < 4"),), "code"),
    )


def test_what_could_do_harm_becomes_words_or_nothing():
    markup = '<p onclick="x()">a<script>alert(1)</script><img src="http://example.org/a.png" alt="hình"></p><style>p{}</style>'

    assert [plain(block.text) for block in body(shown({"text/html": markup}))] == ["a<script>alert(1)</script>hình"]


def test_the_other_language_stays_out():
    cells = [new_markdown_cell(text, metadata={"tags": [tag]}) for text, tag in (("Xin chào", "lang-vi"), ("Hello", "lang-en"))]

    assert body(*cells) == (Paragraph((Run("Xin chào"),)),)


def test_the_official_document_is_taken_as_it_is():
    official = Document("Kết quả", "vi", (Heading((Run("I. KẾT QUẢ"),), 1), TABLE, Chart(FIGURE)), notes=("một",))
    nb = new_notebook(cells=[new_markdown_cell("# Báo cáo"), shown({DOCUMENT_TYPE: to_json(official)})])

    assert document_of(nb) == official


def test_a_failed_run_says_so_first_and_never_shows_the_official_document():
    official = Document("Kết quả", "vi", ())
    error = new_output("error", ename="ValueError", evalue="không có số", traceback=[])
    failed = new_code_cell("1", execution_count=2, outputs=[error])
    document = document_of(new_notebook(cells=[new_markdown_cell("# Báo cáo"), shown({DOCUMENT_TYPE: to_json(official)}), failed]))

    assert document.title == "[LỖI] Báo cáo"
    assert [plain(block.text) for block in document.blocks[:2]] == [
        "Báo cáo này CHƯA hoàn thành / bị lỗi: ValueError: không có số",
        "Không dùng số liệu trên trang này để báo cáo.",
    ]


def test_where_nothing_is_on_file_only_that_is_said():
    record = {
        "status": "no_data",
        "parameters": {"period": "1999H1", "lang": "vi"},
        "missing": [{"label": "Xuất khẩu"}],
        "files": [],
    }
    document = document_of(new_notebook(cells=[new_markdown_cell("# Tổng quan\n\nLời văn"), shown({RECORD_TYPE: record})]))

    assert [plain(block.text) for block in document.blocks] == [
        "6 tháng đầu năm 1999",
        "Chưa có số liệu nên chưa lập được báo cáo.",
        "Số liệu còn thiếu",
        "Xuất khẩu",
        "Báo cáo này được lập từ đâu",
    ]


def test_a_document_survives_being_stored():
    document = Document("a", "vi", (TABLE, Item((Run("b", note=1),), 2, "letter"), Chart(FIGURE, "c", "d")), notes=("n",))

    assert from_json(to_json(document)) == document


def test_an_unknown_kind_of_part_is_refused():
    with pytest.raises(ValueError, match="got a part of the kind 'movie'; expected one of annex, cell"):
        from_json({"is": "movie"})
