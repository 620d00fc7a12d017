"""Every letter of a text arrives, and none of them becomes code."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Annex, Document, Heading, Item, Paragraph, Run
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import profile

from .pages import HEAD, MADE, SIGNATURE, opened, pages_of, poppler_reads, text, words_of

SMALL = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
ALL = SMALL + SMALL.upper() + "0123456789"
FACES = [(False, False), (True, False), (False, True), (True, True)]


def test_the_letters_tried_are_the_sixty_seven_of_vietnamese():
    assert len(SMALL) == len(set(SMALL)) == 67
    assert unicodedata.is_normalized("NFC", ALL)


@pytest.mark.parametrize("system_fonts", [True, False])
@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_all_vietnamese_letters_are_read_back_from_text_caption_and_cell(system_fonts, bold, italic):
    spelled = " ".join(ALL)
    table = Table("C " + spelled, (Column("T " + spelled),), ((Cell("O " + spelled),),), note="N " + spelled)
    document = Document("Chữ " + spelled, "vi", (Paragraph((Run(spelled, bold, italic),)), table, Paragraph(text(spelled), "code")))
    content = write_pdf(document, profile(), made=MADE, system_fonts=system_fonts).content
    expected = f"Chữ{ALL}{ALL}C{ALL}T{ALL}O{ALL}N{ALL}{ALL}"
    assert "".join(poppler_reads(content).split()) == expected
    # the monospaced face puts letters together from two, which only readers of replacement texts copy as one
    assert "".join(letter["text"] for page in opened(content) for letter in page.chars if letter["text"].strip()).startswith(
        expected[: -len(ALL)]
    )


@pytest.mark.parametrize("system_fonts", [True, False])
@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_no_two_vietnamese_letters_look_alike(system_fonts, bold, italic):
    spelled = ALL.replace("0", "") + "aeiouyAEIOUY"
    (page,) = pages_of(Document("Chữ", "vi", (Paragraph((Run("   ".join(spelled), bold, italic),)),)), system_fonts=system_fonts)
    picture = page.to_image(resolution=150).original.convert("1")
    scale = 150 / 72
    seen = {}
    for letter in (letter for letter in page.chars if letter["text"] in spelled and letter["top"] > 85):
        box = (letter["x0"] - 3, letter["top"] - 4, letter["x1"] + 3, letter["bottom"] + 4)
        cut = picture.crop(tuple(round(edge * scale) for edge in box))
        ink = cut.point(lambda dot: 255 - dot).getbbox()
        assert ink is not None, letter["text"]
        shape = cut.crop(ink)
        seen[letter["text"]] = (shape.size, shape.tobytes())
    assert set(seen) == set(spelled)
    assert len(set(seen.values())) == len(spelled)


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        (("Liberation Serif", ()), "Liberation Serif"),
        (("No Such Face", ("Nor This", "Liberation Serif")), "Liberation Serif"),
        (("No Such Face", ("Liberation Mono", "Liberation Serif")), "Liberation Mono"),
        (("No Such Face", ()), "Libertinus Serif"),
        (("OpenSymbol", ()), "Libertinus Serif"),  # without Vietnamese letters
    ],
)
def test_the_first_typeface_asked_for_that_has_vietnamese_is_used_and_told(asked, used):
    layout = replace(profile(), family=asked[0], alike=asked[1])
    made = write_pdf(Document("Chữ", "vi", (Paragraph(text(ALL)),)), layout, made=MADE)
    assert made.font == used
    with pdfplumber.open(io.BytesIO(made.content)) as read:
        assert {letter["fontname"].partition("+")[2].partition("-")[0] for letter in read.pages[0].chars} == {used.replace(" ", "")}


def test_without_system_fonts_the_built_in_typeface_is_used():
    assert write_pdf(Document("Chữ", "vi", ()), profile(), made=MADE, system_fonts=False).font == "Libertinus Serif"


def test_text_arrives_composed():
    apart = unicodedata.normalize("NFD", "Tiếng Việt được viết đúng")
    read = words_of(pages_of(Document(apart, "vi", (Paragraph(text(apart)),))))
    assert read == "Tiếng Việt được viết đúng Tiếng Việt được viết đúng"


def test_control_characters_are_left_out_and_line_breaks_become_spaces():
    assert (
        words_of(pages_of(Document("Báo\x00 cáo", "vi", (Paragraph(text("một\nhai\tba\x07 \x1bbốn\ud800")),))))
        == "Báo cáo một hai ba bốn"
    )


def test_code_keeps_its_lines_and_spaces():
    (page,) = pages_of(Document("Mã", "vi", (Paragraph(text("if x:\n    y = 1\n\n\tz"), "code"),)))
    _, first, second, third = page.extract_text_lines()
    assert [line["text"] for line in (first, second, third)] == ["if x:", "y = 1", "z"]
    width = page.search("if", regex=False)[0]["chars"][0]["width"]
    assert second["x0"] - first["x0"] == pytest.approx(4 * width, abs=0.01)
    assert third["x0"] == pytest.approx(second["x0"], abs=0.01)
    assert third["top"] - second["top"] == pytest.approx(2 * (second["top"] - first["top"]), abs=0.01)


def test_letters_that_no_typeface_has_are_shown_as_missing():
    read = words_of(pages_of(Document("Chữ 漢 a", "vi", (Paragraph(text("x🙂y \ue000 z")),))))
    assert read == "Chữ � a x�y � z"


CODE = [
    "#panic()",
    "#{1/0}",
    "= a",
    "- a",
    "+ a",
    "1. a",
    "$x$",
    "*a*",
    "_a_",
    "`a`",
    "@a",
    "<a>",
    "\\u{41}",
    "//a",
    "/*a*/",
    "~",
    "--",
    "...",
    '"a"',
    "'a'",
    "[a]",
    "{part}",
    "\\",
    "#",
    "a:b",
]


@pytest.mark.parametrize("code", CODE)
def test_nothing_that_looks_like_typst_is_run(code):
    table = Table(
        code, (Column(code), Column("b")), ((Cell(code, mark=code), Cell(code, notes=(1,))),), footnotes=(code,), note=code
    )
    blocks = (Heading(text(code), 1), Paragraph(text(code)), Item(text(code)), table, Paragraph(text(code), "code"))
    head = replace(HEAD, superior=code, issuer=code, symbol=code, place=code, kind=code, addressees=(code, code))
    end = replace(SIGNATURE, title=code, name=code, authority=code, recipients=(code,))
    pages = pages_of(Document(code, "vi", blocks, head, end, (code,), (Annex(code, blocks),)))
    squeezed = "".join(words_of(pages).split()).upper()
    assert squeezed.count("".join(code.split()).upper()) >= 33


SHOWN = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]) | st.sampled_from(ALL), max_size=40)


@settings(max_examples=40, deadline=None)
@given(title=SHOWN, body=SHOWN, cell=SHOWN, note=SHOWN)
def test_every_letter_of_title_text_cell_and_note_arrives_as_it_is(title, body, cell, note):
    table = Table(title, (Column(note),), ((Cell(cell),),), note=note)
    pages = pages_of(Document("T" + title, "vi", (Paragraph(text(body)), Item(text(body)), table)))
    read = "".join(letter["text"] for page in pages for letter in page.chars if letter["text"].strip())
    expected = f"T{title}{body}-{body}{title}{note}{cell}{note}"
    assert read == "".join(expected.split())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=6, max_size=6), st.booleans())
def test_any_text_at_all_can_be_set(texts, official):
    title, body, cell, note, heading, code = texts
    table = Table(title, (Column(note, True),), ((Cell(cell, mark=note, notes=(1,)),),), footnotes=(note,), note=note)
    blocks = (
        Heading(text(heading), 3),
        Paragraph(text(body)),
        Item(text(body)),
        table,
        Paragraph(text(code), "code"),
        Paragraph(text(code), "note"),
    )
    head = replace(HEAD, superior=title, issuer=body, place=cell, symbol=note, addressees=(heading,)) if official else None
    pages = pages_of(Document("T" + title, "vi", blocks, head, SIGNATURE, (note,), (Annex(title, blocks, True),)))
    assert len(pages) >= 2
