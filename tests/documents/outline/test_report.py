import json
import re
import shutil
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

import bcanalysis as bc
from bcanalysis.dataset import reads
from bcanalysis.dataset.fingerprints import fingerprints
from bcanalysis.dataset.load import load
from bcanalysis.documents import DOCUMENT_TYPE
from bcanalysis.documents.blocks import Annex, Document, Heading, Item, PageBreak, Paragraph, Picture, Run
from bcanalysis.documents.outline.html import to_html
from bcanalysis.documents.outline.model import Directive, Name, OutlineError
from bcanalysis.documents.outline.read import read_outline
from bcanalysis.documents.stored import from_json
from bcanalysis.errors import UsageError

from .outlines import FRONT


def line(*runs):
    return tuple(Run(text) for text in runs)


@pytest.fixture(scope="module")
def report(dataset):
    return bc.official_report(dataset, "2018H1", "bac-giang", "vi")


@pytest.fixture
def mine(tmp_path, dataset):
    """A folder of data whose outlines are the test's own."""
    shutil.copytree(dataset.folder, tmp_path / "data", ignore=shutil.ignore_patterns("outlines"))
    (tmp_path / "data" / "outlines").mkdir()
    return load(tmp_path / "data")


def put(mine, name, text):
    (mine.folder / "outlines" / name).write_text(text, encoding="utf-8")


def test_the_report_carries_its_document_a_page_and_plain_text(report):
    shown = report._repr_mimebundle_(include=None, exclude=None)

    assert sorted(shown) == ["application/vnd.bcanalysis.document+json", "text/html", "text/plain"]
    assert from_json(json.loads(json.dumps(shown[DOCUMENT_TYPE]))) == report.document


def test_page_and_plain_text_say_the_same_in_the_same_order(report):
    shown = report._repr_mimebundle_()
    page = BeautifulSoup(shown["text/html"], "html.parser").get_text(" ")
    places = [
        (page.find(words), shown["text/plain"].find(words))
        for words in ("I. TRIỂN KHAI", "920 vụ", "66.148 tỷ đồng", "487 hồ sơ", "năm 2018./.")
    ]

    assert all(min(pair) > 0 for pair in places)
    assert places == sorted(places)
    assert [first for first, _ in places] == sorted(first for first, _ in places)


def test_headings_tables_and_notes_of_the_page_are_real_ones(report):
    page = BeautifulSoup(report._repr_html_(), "html.parser")

    assert [heading.name for heading in page.find_all(re.compile("^h[2-6]$"))][:5] == ["h2", "h3", "h4", "h4", "h5"]
    assert page.find("table").caption.text.startswith("Kết quả thực hiện các chỉ tiêu")
    assert len(page.select("ol.footnotes li[id^=doc-note]")) == len(report.document.notes) == 4
    assert {link["href"] for link in page.select('a[href^="#doc-note"]')} == {f"#doc-note-{number}" for number in range(1, 5)}
    assert "Biểu đồ: Tăng trưởng so với cùng kỳ năm trước" in page.find("figcaption").text


def test_the_head_of_the_page_has_all_that_pdf_and_word_have(report):
    page = BeautifulSoup(report._repr_html_(), "html.parser")
    head = [line.text.replace("\N{NO-BREAK SPACE}", "_") for line in page.select(".official p")]

    assert head == [
        "Ủy ban nhân dân tỉnh Bắc Giang",
        "Sở Công Thương",
        "Số:______/BC-SCT",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Bắc Giang, ngày______tháng 6 năm 2018",
        "BÁO CÁO",
        "Kính gửi: Hội đồng Thi đua - Khen thưởng tỉnh Bắc Giang",
    ]


def test_several_addressees_are_a_list_and_without_any_nobody_is_addressed(report):
    def below_the_title(*addressees):
        head = replace(report.document.head, addressees=addressees)
        page = BeautifulSoup(to_html(replace(report.document, head=head)), "html.parser")
        return "|".join(line.text for line in page.select_one(".official h2").find_next_siblings(True))

    assert below_the_title("Tỉnh ủy", "HĐND <tỉnh>") == "Kính gửi:|Tỉnh ủyHĐND <tỉnh>"
    assert "Kính gửi" not in to_html(replace(report.document, head=replace(report.document.head, addressees=())))


def test_items_nest_and_letters_are_written_out():
    blocks = (
        Item(line("Một")),
        Item(line("Hai"), 2),
        Item(line("Ba"), 2),
        Item(line("Bốn")),
        *(Item(line(name), marker="letter") for name in "vwxyz"),
    )

    assert to_html(Document("T", "vi", blocks)) == (
        '<div class="bc-document" lang="vi"><div><h2>T</h2></div>'
        "<ul><li>Một<ul><li>Hai</li><li>Ba</li></ul></li><li>Bốn</li></ul>"
        "<p>a) v</p><p>b) w</p><p>c) x</p><p>d) y</p><p>đ) z</p></div>"
    )


def test_every_kind_of_block_has_its_html_and_letters_are_escaped():
    blocks = (
        Heading(line("a) <b>"), 4), Paragraph(line("Căn cứ"), "basis"), Paragraph(line("x  = 1"), "code"), Item(line("Sâu"), 2),
        Item(line("Số"), marker="number"), Picture("AAAA", "image/png", 'một "hình"'), PageBreak(),
    )  # fmt: skip
    html = to_html(Document("T", "vi", blocks, annexes=(Annex("Phụ lục", (Paragraph((Run("đậm", True, True),)),)),)))

    assert html.removeprefix('<div class="bc-document" lang="vi"><div><h2>T</h2></div>') == (
        "<h6>a) &lt;b&gt;</h6><p><em>Căn cứ</em></p><pre>x  = 1</pre><ul><li><ul><li>Sâu</li></ul></li></ul><p>1. Số</p>"
        '<img src="data:image/png;base64,AAAA" alt="một &quot;hình&quot;"><hr>'
        "<section><h2>Phụ lục</h2><p><em><strong>đậm</strong></em></p></section></div>"
    )


def test_without_an_outline_it_says_how_to_begin_one(mine):
    report = bc.official_report(mine, "2018H1", lang="en")

    assert report.document is None
    assert "to data/outlines/2018H1.md, set period and area" in str(report)
    assert sorted(report._repr_mimebundle_()) == ["text/html", "text/plain"]
    assert len(report.figures) == 0


def test_the_record_of_a_run_without_an_outline_has_no_data_and_the_way_to_begin(mine):
    report = bc.official_report(mine, "2018H1")
    record = bc.run_record(mine, report.figures, period="2018H1", area="bac-giang", lang="vi").content

    assert (record["status"], record["missing"], record["nothing"]) == (
        "no_data",
        [],
        "Chưa có đề cương nên chưa lập được báo cáo.",
    )
    assert record["how_to_add"] == str(report)


@pytest.mark.parametrize(
    ("files", "lang", "title"),
    [
        (["2018H1.md"], "en", "Kết quả"),
        (["2018H1.md", "2018H1.en.md"], "en", "In 2018H1.en.md"),
        (["2018H1.md", "2018H1.en.md"], "vi", "Kết quả"),
        (["2018H1.en.md"], "vi", None),
        (["2018H1.md", "2018H1.bac-giang.en.md", "2018H1.en.md"], "en", "In 2018H1.bac-giang.en.md"),
        (["2018H1.bac-giang.md", "2018H1.en.md"], "en", "In 2018H1.en.md"),
    ],
)
def test_the_outline_of_the_language_asked_for_is_taken_before_any_other(mine, files, lang, title):
    for name in files:
        english = FRONT.replace("title: Kết quả", f"title: In {name}\nlang: en")
        put(mine, name, (english if name.endswith(".en.md") else FRONT) + "Thân.")
    report = bc.official_report(mine, "2018H1", lang=lang)

    assert (report.document.title if report.document else None) == title


def test_the_english_outline_says_the_same_figures_as_the_vietnamese_one(dataset):
    outlines = [read_outline(dataset.folder / "outlines" / name).parts for name in ("2018H1.md", "2018H1.en.md")]
    called = [
        [
            piece.of if isinstance(part, Directive) else (piece.indicator, piece.breakdown, piece.price_basis)
            for part in parts
            for piece in ([part] if isinstance(part, Directive) else part.pieces)
            if isinstance(piece, Directive | Name) and getattr(piece, "form", "") != "window"
        ]
        for parts in outlines
    ]
    headings = [[part.level for part in parts if getattr(part, "kind", "") == "heading"] for parts in outlines]

    assert sorted(map(str, called[0])) == sorted(map(str, called[1]))
    assert len(called[0]) == 61
    assert headings[0] == headings[1]
    assert len(headings[0]) == 14


def test_the_english_report_has_english_numbers_and_words_throughout(dataset):
    report = bc.official_report(dataset, "2018H1", lang="en")
    text = str(report)

    assert report.document.lang == "en"
    assert "up 27.6% on the same period of the prior year" in text
    assert "6,981,038,000 VND" in text
    assert re.findall(r"\d+,\d+%|\d{1,3}(?:\.\d{3}){2,}", text) == []


def test_an_outline_of_another_area_is_not_taken(mine):
    put(mine, "2018H1.md", FRONT + "Thân.")
    report = bc.official_report(mine, "2018H1", "bac-ninh")

    assert report.document is None
    assert "data/outlines/2018H1.bac-ninh.md" in str(report)


def test_a_second_area_has_an_outline_of_its_own(mine):
    put(mine, "2018H1.md", FRONT + "Thân.")
    put(mine, "2018H1.bac-ninh.md", FRONT.replace("bac-giang", "bac-ninh").replace("UBND tỉnh", "UBND tỉnh Bắc Ninh") + "Thân.")

    assert bc.official_report(mine, "2018H1", "bac-ninh").document.head.superior == "UBND tỉnh Bắc Ninh"
    assert bc.official_report(mine, "2018H1", "bac-giang").document.head.superior == "UBND tỉnh"


def test_an_outline_named_by_its_file_must_fit_period_and_area(mine):
    put(mine, "mine.md", FRONT + "Thân.")
    with pytest.raises(OutlineError) as caught:
        bc.official_report(mine, "2019H1", "bac-ninh", outline=mine.folder / "outlines" / "mine.md")

    assert str(caught.value).splitlines() == [
        "2 faults in the outline:",
        '  mine.md, line 2, column 9: got the period "2018H1"; expected "2019H1", which the report is asked for',
        '  mine.md, line 3, column 7: got the area "bac-giang"; expected "bac-ninh", which the report is asked for',
    ]


def test_an_outline_that_is_not_there_is_an_error_if_it_was_named(mine):
    with pytest.raises(UsageError, match=r"got mine\.md; there is no such file"):
        bc.official_report(mine, "2018H1", outline="mine.md")


def test_an_outline_with_a_faulty_front_is_told_of_and_not_passed_over(mine):
    put(mine, "2018H1.md", FRONT.replace("symbol", "symbl") + "Thân.")
    with pytest.raises(OutlineError, match=r'2018H1\.md, line 6, column 1: got the key "symbl".*Did you mean "symbol"\?'):
        bc.official_report(mine, "2018H1")


def test_an_unknown_language_is_refused(mine):
    with pytest.raises(UsageError, match='language: got "vn"'):
        bc.official_report(mine, "2018H1", lang="vn")


def test_a_report_rests_on_the_outlines_of_its_period_and_on_no_other(mine):
    put(mine, "2018H1.md", FRONT + "Thân.")
    reads.forget()
    bc.official_report(mine, "2018H1")
    asked = reads.asked()

    def changed(name, text):
        before = fingerprints(load(mine.folder), asked)
        put(mine, name, text)
        after = fingerprints(load(mine.folder), asked)
        return [table for table in after if before[table] != after[table]]

    assert changed("2018H1.md", FRONT + "Thân khác.") == ["outlines"]
    assert changed("2018H1.bac-giang.md", FRONT + "Riêng.") == ["outlines"]
    assert changed("2019H1.md", FRONT + "Năm khác.") == []
