"""The file is PDF/A-2a and PDF/UA-1, says what it is, and is the same each time it is made."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pytest

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Annex, Chart, Document, Heading, Item, Paragraph, Picture, Run
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import profile
from bcanalysis.errors import UsageError

from .pages import HEAD, MADE, MM, SIGNATURE, opened, pages_of, text, words_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#369"/><text x="9" y="30">Tăng trưởng</text></svg>'
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
TABLE = Table("Bảng số", (Column("Huyện"), Column("Số", True)), ((Cell("Lục Ngạn"), Cell("1,5")),))


def drawing(width=900, height=450, alt="Tăng trưởng theo năm"):
    return Picture(base64.b64encode(SVG.format(width=width, height=height).encode()).decode(), "image/svg+xml", alt)


REPORT = Document(
    "Kết quả công tác 6 tháng",
    "vi",
    (
        Heading(text("I. Một"), 1),
        Paragraph(text("Đoạn", Run("", note=1), ".")),
        Heading(text("1.1. Ba"), 3),
        Item(text("mục")),
        TABLE,
        drawing(),
    ),
    HEAD,
    SIGNATURE,
    ("Ghi chú một.",),
    (Annex("Biểu", (Heading(text("1. Hai"), 2), TABLE), landscape=True),),
)


@pytest.fixture(scope="module")
def made():
    return write_pdf(REPORT, profile(), made=MADE).content


@pytest.fixture(scope="module")
def read(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf


def tags(pdf):
    """The tags of a document in reading order, each with its element."""

    def below(element):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield str(kid.S), kid
                yield from below(kid)

    return list(below(pdf.Root.StructTreeRoot))


def test_the_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1(read):
    with read.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        assert told["dc:title"] == "Kết quả công tác 6 tháng"


def test_title_language_author_and_tags_are_told(read):
    assert str(read.docinfo["/Title"]) == "Kết quả công tác 6 tháng"
    assert str(read.docinfo["/Author"]) == "Sở Công Thương"
    assert str(read.Root.Lang) == "vi"
    assert read.Root.MarkInfo.Marked is True
    assert read.Root.ViewerPreferences.DisplayDocTitle is True


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_language_is_that_of_the_document(lang):
    content = write_pdf(Document("Title", lang, ()), profile(), made=MADE).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == lang


def test_headings_lists_tables_and_pictures_have_their_tags_in_reading_order(read):
    names = [name for name, _ in tags(read) if name in {"/H1", "/H2", "/H3", "/L", "/Table", "/Figure", "/Caption"}]
    # the second heading is of the third level by its number, and of the second in the tags: none is left out
    found = [name for name in names if name != "/Caption"]
    assert found == ["/H1", "/H2", "/L", "/Table", "/Figure", "/H1", "/H1", "/H2", "/Table"]
    assert {"/TH", "/TD", "/LI", "/Lbl", "/Link"} <= {name for name, _ in tags(read)}


def test_pictures_have_words_for_those_who_cannot_see_them(read):
    assert [str(element.Alt) for name, element in tags(read) if name == "/Figure"] == ["Tăng trưởng theo năm"]


def test_a_picture_without_words_is_at_least_called_one():
    content = write_pdf(replace(REPORT, blocks=(drawing(alt=" "),)), profile(), made=MADE).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [str(element.Alt) for name, element in tags(pdf) if name == "/Figure"] == ["Hình"]


@pytest.mark.parametrize("system_fonts", [True, False])
def test_every_typeface_is_in_the_file(system_fonts):
    content = write_pdf(REPORT, profile(), made=MADE, system_fonts=system_fonts).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        described = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert described
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()) for thing in described)


def test_the_same_document_gives_the_same_bytes(made):
    assert write_pdf(REPORT, profile(), made=MADE).content == made
    assert write_pdf(REPORT, profile(), made=MADE.astimezone(timezone(timedelta(hours=7)))).content == made
    assert write_pdf(REPORT, profile(), made=MADE.replace(tzinfo=None, microsecond=5)).content == made
    assert write_pdf(REPORT, profile(), made=MADE + timedelta(days=1)).content != made


def test_the_file_tells_when_it_was_made(read):
    assert str(read.docinfo["/CreationDate"]).startswith("D:20180614080000")
    before = datetime.now(UTC).strftime("D:%Y%m%d")
    with pikepdf.open(io.BytesIO(write_pdf(REPORT, profile()).content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"])[:10] >= before


def test_a_wide_picture_is_as_wide_as_the_text_and_a_small_one_as_it_is():
    for width, height, shown in [(900, 450, (160 * MM, 80 * MM)), (100, 40, (75, 30)), (100, 4000, (6.425 * MM, 257 * MM))]:
        (rect, *_) = [thing for page in pages_of(Document("Hình", "vi", (drawing(width, height),))) for thing in page.rects]
        assert (rect["width"], rect["height"]) == pytest.approx(shown, abs=0.05)


def test_pictures_of_points_are_set_too():
    pages = opened(write_pdf(Document("Hình", "vi", (Picture(DOT, "image/png", "Chấm"),)), profile(), made=MADE).content)
    assert len(pages[0].images) == 1


def test_words_in_a_drawing_can_be_read():
    assert "Tăng trưởng" in words_of(pages_of(Document("Hình", "vi", (drawing(),))))


def test_letters_of_a_drawing_that_no_typeface_has_are_shown_as_missing():
    svg = base64.b64decode(drawing().data).decode().replace("Tăng", "漢🙂")
    picture = Picture(base64.b64encode(svg.encode()).decode(), "image/svg+xml", "")
    assert "�� trưởng" in words_of(pages_of(Document("Hình", "vi", (picture,))))


def test_all_faults_are_named_together():
    faulty = Document(
        " ",
        "vi",
        (
            Chart({}, "Tăng trưởng"),
            Paragraph(text("a", Run("", note=3))),
            Picture("AAAA", "image/gif"),
            Picture("?", "image/png"),
            Table("t", (Column("a"), Column("b")), ((Cell("1"), Cell("2")), (Cell("1"),))),
            Table("t", (), ()),
        ),
        notes=("Một.",),
        annexes=(Annex("Biểu", (Item(text(Run("", note=0))),)),),
    )
    with pytest.raises(UsageError, match="document: ") as caught:
        write_pdf(faulty, profile())
    assert str(caught.value).removeprefix("document: ").split("; ") == [
        "title: got no letters",
        "expected a title, without which a PDF is not accessible",
        "block 1: got a chart that is not drawn",
        "expected a picture or a table. Draw the charts of the document first.",
        "block 2: got a mark of note 3",
        "expected one of the 1 notes of the document",
        "block 3: got a picture of the type image/gif",
        "expected one of image/png, image/jpeg, image/svg+xml",
        "block 4: got a picture whose data is no base64 (Only base64 data is allowed)",
        "expected its bytes in base64",
        "block 5, row 2: got 1 cells",
        "expected 2, one for each column",
        "block 6: got a table without columns",
        "expected at least one",
        "annex 1, block 1: got a mark of note 0",
        "expected one of the 1 notes of the document",
    ]


@pytest.mark.parametrize(
    ("data", "mime"), [("AAAA", "image/png"), (DOT, "image/jpeg"), ("PHN2Zz4=", "image/svg+xml"), ("", "image/png")]
)
def test_a_broken_picture_is_an_error_of_the_document(data, mime):
    with pytest.raises(UsageError, match=r"document, block 2: got what cannot be set .*; expected texts and whole pictures"):
        write_pdf(Document("Hình", "vi", (drawing(), Picture(data, mime, "Hỏng"))), profile())


def test_a_heading_without_letters_is_left_out():
    content = write_pdf(
        Document("Mục", "vi", (Heading(text(" "), 1), Heading((), 2), Heading(text("1. Một"), 2))), profile(), made=MADE
    ).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [name for name, _ in tags(pdf) if name.startswith("/H")] == ["/H1"]
