from __future__ import annotations

import pandas as pd
import pytest

from bcanalysis.errors import UsageError
from bcanalysis.wording.footnotes import contradictions, footnotes
from bcanalysis.wording.phrases import FORMS, phrase, reason_absent
from bcanalysis.wording.sentences import sentence

ROW = {
    "indicator": "cases", "label_vi": "Số vụ kiểm tra", "label_en": "Inspections", "period": "2018H1", "kind": "count",
    "theme": "market_surveillance", "value": 7.0, "half_unit": 0.5, "unit_vi": "vụ", "unit_en": "cases", "status": "reported",
    "window_start": "2018-01-01", "window_end": "2018-06-10", "breakdown": "total", "price_basis": "not_applicable",
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "vi", "en"),
    [
        ("value", "07 vụ", "7 cases"),
        ("number", "07", "7"),
        ("unit", "vụ", "cases"),
        ("name", "số vụ kiểm tra", "inspections"),
        ("window", "tính đến ngày 10/6/2018", "as of 10 Jun 2018"),
        ("growth", "", ""),
        ("plan", "", ""),
    ],
)
def test_each_form_has_its_words_in_both_languages(form, vi, en):
    assert (phrase(ROW, form, "vi"), phrase(ROW, form, "en")) == (vi, en)


def test_the_sentence_is_the_usual_one_without_its_full_stop():
    assert phrase(ROW, "sentence") + "." == sentence(ROW)


def test_a_name_tells_its_part_and_its_price_basis():
    row = ROW | {"breakdown": "fdi", "breakdown_vi": "Khu vực FDI", "price_basis": "current", "price_basis_vi": "giá thực tế"}

    assert phrase(row, "name") == "số vụ kiểm tra – Khu vực FDI (giá thực tế)"


def test_a_number_keeps_the_word_printed_before_it():
    assert phrase(ROW | {"qualifier": "trên", "value": 300.0}, "number") == "trên 300"


def test_a_missing_value_has_neither_number_nor_amount():
    assert [phrase(ROW | {"value": float("nan")}, form) for form in ("value", "number")] == ["", ""]


def test_a_row_of_a_frame_is_as_good_as_a_mapping():
    assert [phrase(pd.Series(ROW), form) for form in FORMS] == [phrase(ROW, form) for form in FORMS]


@pytest.mark.parametrize(
    ("row", "form", "reason"),
    [
        ({"growth_reason": "other_basis"}, "growth", "the price bases differ or are not stated"),
        ({}, "growth", "no figure on file for the same period of the prior year"),
        ({}, "plan", "no annual plan on file"),
        ({"missing": "suppressed"}, "value", "withheld"),
        ({}, "value", "no figure on file"),
    ],
)
def test_what_a_row_does_not_say_has_a_reason(row, form, reason):
    assert reason_absent(ROW | row, form) == reason


def test_an_unknown_language_is_refused():
    with pytest.raises(UsageError, match='language: got "fr"'):
        phrase(ROW, "value", "fr")


def test_contradictions_are_those_of_the_footnotes_that_speak_against_the_value():
    row = ROW | {"flags": ("conflict", "identity_violated", "partial_window", "correction", "undated"), "printed": "7 cái"}
    found = contradictions(row)

    assert [text[:20] for text in found] == ["Số in trong nguồn (“", "Các nguồn công bố số", "Số liệu không khớp v"]
    assert set(found) < set(footnotes(row))
