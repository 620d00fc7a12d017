"""Quotes from another language than the page's, and their mark."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import bcanalysis as bc
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.quotes import language_of, marked, quotes
from bcanalysis.display.table import Cell, Column, Table, table_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("3.140 triệu USD", "vi"),
        ("VND 53,840 billion", "en"),
        ("accounting for 71 percent", "en"),
        ("35,2%", None),
        ("03 CCN", None),
        ("bac-ninh", None),
        ("", None),
    ],
)
def test_a_quote_shows_its_language_by_its_letters(text: str, lang: str | None):
    assert language_of(text) == lang


def test_only_what_is_of_another_language_is_a_quote_and_each_once():
    frame = pd.DataFrame(
        {
            "source_title": ["Niên giám", "Niên giám", None],
            "printed": ["12,6 tỷ USD", "USD 12.6 billion", "12"],
            "label_vi": ["Xuất khẩu"] * 3,
        }
    )

    assert quotes(frame, "en") == ("Niên giám", "12,6 tỷ USD")
    assert quotes(frame, "vi") == ("USD 12.6 billion",)


def test_what_the_statements_inside_of_a_cell_quote_counts_too(dataset: Dataset):
    frame = pd.DataFrame(
        {"later": [({"value": 12.6, "titles": ["Niên giám", "Yearbook"]},)], "first": [{"printed": "12,6 tỷ USD"}]}
    )

    assert quotes(frame, "en") == ("Niên giám", "12,6 tỷ USD")
    sets = bc.conflicts(dataset, "2018", "bac-giang", "industrial_output", view="sets")
    page = BeautifulSoup(bc.table(sets, "sets", "en")._repr_html_(), "html.parser")
    assert [cell.text for cell in page.select("td") if "trang" in cell.text and cell.find(lang="vi") is None] == []
    assert "trang" in page.text


def test_a_quote_is_marked_wherever_it_stands_also_over_two_lines_and_the_longest_first():
    shown = marked("Source: Báo cáo số\n1 (Báo cáo)", ["Báo cáo", "Báo cáo số 1"])

    assert shown == 'Source: <span lang="vi">Báo cáo số\n1</span> (<span lang="vi">Báo cáo</span>)'


def test_hostile_text_stays_text_inside_and_outside_of_quotes():
    assert marked("<b>à</b> & <i>", ["<b>à</b>"]) == '<span lang="vi">&lt;b&gt;à&lt;/b&gt;</span> &amp; &lt;i&gt;'


@given(st.text(), st.lists(st.text(min_size=1).filter(str.strip), max_size=3))
def test_a_mark_changes_no_letter(text: str, quoted: list[str]):
    read = BeautifulSoup(marked(text, quoted).replace("\r", "&#13;"), "html.parser").get_text()

    assert read == text


def test_a_table_marks_its_cells_note_and_footnotes_and_keeps_its_quotes_in_a_notebook():
    table = Table("Sources", (Column("Source"),), ((Cell("Niên giám"),),), ("In Niên giám.",), "Of Niên giám", "en", ("Niên giám",))
    page = BeautifulSoup(table._repr_html_(), "html.parser")

    assert [(one.parent.name, one.text) for one in page.select('[lang="vi"]')] == [
        ("th", "Niên giám"),
        ("p", "Niên giám"),
        ("li", "Niên giám"),
    ]
    assert table_of(table.content()) == table
    assert table_of({key: value for key, value in table.content().items() if key != "quotes"}).quotes == ()


def test_the_english_table_of_a_comparison_marks_titles_and_printed_words(dataset: Dataset):
    shown = bc.table_comparison(bc.compare(dataset, "2018H1", indicators=["export_value"]), "en")
    page = BeautifulSoup(shown._repr_html_(), "html.parser")

    assert [one.text[:15] for one in page.select('[lang="vi"]')] == ["Báo cáo số 132/", "3.140 triệu USD"]
    assert (
        BeautifulSoup(
            bc.table_comparison(bc.compare(dataset, "2018H1", indicators=["export_value"]))._repr_html_(), "html.parser"
        ).select("span")
        == []
    )
