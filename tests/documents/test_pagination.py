"""The official report of the reference period has the same pages as PDF and as a Word file, and its annex is one table."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest

from bcanalysis.documents.blocks import Chart
from bcanalysis.documents.outline.report import official_report
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.write import write_docx

from .office import saved_as
from .pdf.pages import MADE, opened, words_of

MOST_PAGES = 14


@pytest.fixture(scope="module")
def report(dataset):
    """The report without its charts, which are pictures of a fixed size."""
    document = official_report(dataset, "2018H1").document
    return replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Chart)))


@pytest.fixture(scope="module")
def pages(report):
    return opened(write_pdf(report, profile(), made=MADE).content)


def lengths(pages):
    """Count the pages of each part: upright ones, and those that lie on their side."""
    return [len(list(group)) for _, group in groupby(page.width < page.height for page in pages)]


def test_the_annex_is_one_table_with_its_headings_on_each_page(pages):
    annex = [page for page in pages if page.width > page.height]
    with_rows = [page for page in annex if page.lines]

    assert "(phần" not in words_of(pages)
    assert len(pages) <= MOST_PAGES
    assert len(with_rows) > 4
    assert all(page.extract_text().count("STT") == 1 for page in with_rows)


def test_no_cell_of_the_annex_leaves_its_column(pages):
    for page in (page for page in pages if page.lines):
        uprights = [line for line in page.lines if line["height"] > line["width"]]
        for letter in (letter for letter in page.chars if letter["text"].strip()):
            crossing = [line for line in uprights if line["top"] < letter["top"] and letter["bottom"] < line["bottom"]]
            assert not any(letter["x0"] + 0.1 < line["x0"] < letter["x1"] - 0.1 for line in crossing)


def test_word_has_the_same_pages_within_one_for_each_part(report, pages, tmp_path):
    word = opened(saved_as("pdf", write_docx(report, profile()), tmp_path).read_bytes())

    assert all(abs(one - other) <= 1 for one, other in zip(lengths(pages), lengths(word), strict=True))
    assert "(phần" not in words_of(word)
