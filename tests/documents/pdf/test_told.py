"""A document as data: markers counted, levels of headings without gaps, plain letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.documents.blocks import Annex, Document, Heading, Item, Paragraph, Run
from bcanalysis.documents.pdf.told import Teller, letters
from bcanalysis.documents.profile import profile


def blocks_of(*blocks):
    return Teller(Document("Tên", "vi", blocks), profile()).told()["document"]["blocks"]


def markers(*kinds):
    """The markers that items get, each given as its level and kind; None is a paragraph between them."""
    names = {"-": "dash", "a": "letter", "1": "number"}
    items = [Paragraph((Run("x"),)) if kind is None else Item((Run("x"),), int(kind[0]), names[kind[1]]) for kind in kinds]
    return " ".join(item["marker"] for block in blocks_of(*items) if block["is"] == "list" for item in block["items"])


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        (("1a", "1a", "1a"), "a) b) c)"),
        (("1a", "1-", "2-", "1a"), "a) - + b)"),
        (("11", "1a", "1a", "11", "1a"), "1. a) b) 2. a)"),
        (("1a", "21", "21", "1a", "21"), "a) 1. 2. b) 1."),
        (("1a", "1a", None, "1a"), "a) b) a)"),
        (("1-", "1-", "2-"), "- - +"),
    ],
)
def test_items_count_on_past_lower_ones_and_anew_below_higher_ones(kinds, shown):
    assert markers(*kinds) == shown


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12), st.booleans())
def test_the_levels_of_headings_leave_no_gap(levels, annexed):
    headings = tuple(Heading((Run("x"),), level) for level in levels)
    document = Document("Tên", "vi", () if annexed else headings, annexes=(Annex("Biểu", headings),) if annexed else ())
    told = Teller(document, profile()).told()["document"]
    depths = [block["depth"] for block in (told["annexes"][0] if annexed else told)["blocks"]]
    before = int(annexed)  # the title of an annex is a heading of the first level
    for depth, level in zip(depths, levels, strict=True):
        assert depth == min(level + annexed, before + 1)
        before = depth


@given(st.text())
def test_letters_once_cleaned_stay_as_they_are(text):
    assert letters(letters(text)) == letters(text)
    letters(text).encode()  # no half letters
    assert letters(text, keep="\n").count("\n") == text.count("\n")


def test_what_cannot_be_set_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="got a block of the type Run; expected one that can be set"):
        blocks_of(Run("x"))
