from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcanalysis.display.table import Cell, Column, Table, table_of

SMALL = Table(
    "Kết quả Đợt 1",
    (Column("Chỉ tiêu"), Column("Thực hiện", True), Column("Ghi chú")),
    (
        (Cell("Xuất khẩu"), Cell("3.140", 3140.0, "ước"), Cell("", notes=(1, 2))),
        (Cell("Nhập khẩu"), Cell("...", notes=(2,)), Cell("")),
    ),
    ("Số làm tròn.", "Chưa có số liệu."),
    "ước: số ước tính",
)


class Outline(HTMLParser):
    """Collect elements, ids, links and texts, and check that elements are closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.elements, self.ids, self.links, self.texts = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.open.append(tag)
        self.elements.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def outline(table):
    parser = Outline()
    parser.feed(table._repr_html_())
    parser.close()
    assert parser.open == []
    return parser


def test_the_html_has_a_caption_and_scopes():
    html = SMALL._repr_html_()

    assert html.startswith('<div class="bc-table" lang="vi"><table class="bc"><caption>Kết quả Đợt 1</caption><thead><tr>')
    assert '<th scope="col">Chỉ tiêu</th><th scope="col" class="num">Thực hiện</th>' in html
    assert '<tr><th scope="row">Xuất khẩu</th><td class="num"><small class="mark">ước</small>&nbsp;3.140</td>' in html


def test_running_numbers_before_the_names_name_no_row():
    rows = ((Cell("I"), Cell("Công nghiệp")), (Cell(""), Cell("Trong đó:")), (Cell("1"), Cell("Than")))
    html = Table("Biểu", (Column("STT"), Column("Chỉ tiêu")), rows)._repr_html_()

    assert '<tr><td>I</td><th scope="row">Công nghiệp</th></tr><tr><td></td><th scope="row">Trong đó:</th></tr>' in html


def test_where_every_column_has_blanks_the_first_one_names_the_rows():
    rows = ((Cell("Than"), Cell("")), (Cell(""), Cell("tấn")))
    html = Table("Biểu", (Column("Chỉ tiêu"), Column("ĐVT")), rows)._repr_html_()

    assert '<tr><th scope="row">Than</th><td></td></tr><tr><th scope="row"></th><td>tấn</td></tr>' in html


def test_footnote_links_lead_to_the_footnotes():
    found = outline(SMALL)

    first, second = found.ids
    assert found.links == [f"#{first}", f"#{second}", f"#{second}"]
    assert first.startswith("fn-ket-qua-dot-1-")
    assert first.endswith("-1")


def test_footnotes_stand_in_an_ordered_list_below_the_note():
    assert '</table><p class="note">ước: số ước tính</p><ol class="footnotes"><li id="fn-' in SMALL._repr_html_()


def test_a_table_without_footnotes_has_no_list():
    assert "<ol" not in dataclasses.replace(SMALL, rows=(), footnotes=(), note="")._repr_html_()


def test_a_footnote_is_announced_by_name():
    assert 'aria-label="Chú thích 2">2</a>' in SMALL._repr_html_()
    assert 'aria-label="Note 2">2</a>' in dataclasses.replace(SMALL, lang="en")._repr_html_()


def test_two_tables_of_one_title_share_no_footnote_names():
    other = dataclasses.replace(SMALL, footnotes=("Số làm tròn.", "Khác."))

    assert not set(outline(SMALL).ids) & set(outline(other).ids)
    assert outline(SMALL).ids == outline(dataclasses.replace(SMALL)).ids


def test_a_table_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'title'"):
        SMALL.title = "khác"


@given(st.text(), st.text(), st.text())
@example("<b>a</b>", "<i>b</i>", "<u>c</u>")
@example('" onclick="alert(1)', "</td><td>", "</ol>")
def test_no_text_brings_markup_of_its_own(title, cell, note):
    table = Table(title, (Column(title), Column(cell, True)), ((Cell(cell), Cell(note, 1.0, cell, (1,))),), (note,), note)
    found = outline(table)

    assert {tag for tag, _ in found.elements} <= {
        "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "sup", "a", "p", "ol", "li",
    }  # fmt: skip
    assert len(found.elements) == len(outline(dataclasses.replace(table, title="x")).elements)


def test_the_plain_text_is_aligned():
    assert str(SMALL) == (
        "Kết quả Đợt 1\n"
        "\n"
        "Chỉ tiêu   Thực hiện  Ghi chú\n"
        "Xuất khẩu  ước 3.140  [1] [2]\n"
        "Nhập khẩu    ... [2]\n"
        "\n"
        "ước: số ước tính\n"
        "[1] Số làm tròn.\n"
        "[2] Chưa có số liệu."
    )


def test_the_frame_has_the_numbers_behind_the_cells():
    frame = SMALL.to_frame()

    assert list(frame.columns) == ["Chỉ tiêu", "Thực hiện", "Ghi chú"]
    assert frame.to_numpy().tolist() == [["Xuất khẩu", 3140.0, ""], ["Nhập khẩu", "...", ""]]


def test_a_table_that_travelled_is_the_same_table_with_its_origins():
    told = dataclasses.replace(SMALL, rows=((Cell("a", 1.5, "ước", (1,), ("Công thức.",)), Cell("b"), Cell("c")),))

    assert table_of(told.content()) == told
    assert told.content()["rows"][0] == [["a", 1.5, "ước", [1], ["Công thức."]], ["b", None, "", []], ["c", None, "", []]]
