from __future__ import annotations

import pytest

from bcanalysis.wording.english import agree, unit_for


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Export value", "is estimated at"),
        ("Exports of telephones and parts", "are estimated at"),
        ("Retail sales of goods and consumer services", "are estimated at"),
        ("Value of electricity sales", "is estimated at"),
        ("Violations handled", "are estimated at"),
        ("People trained in chemical safety", "are estimated at"),
        ("Electricity sold to households", "is estimated at"),
        ("Gross regional domestic product (GRDP)", "is estimated at"),
    ],
)
def test_the_verb_agrees_with_the_noun_before_the_first_preposition(label, expected):
    assert agree("is estimated at", label) == expected


def test_a_verb_without_number_stays():
    assert agree("stood at", "Violations handled") == "stood at"
    assert agree("was unchanged on", "Violations handled") == "were unchanged on"


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("1", "cases", "case"),
        ("1", "beneficiaries", "beneficiary"),
        ("1", "units inspected", "unit inspected"),
        ("1", "people", "person"),
        ("1", "million USD", "million USD"),
        ("1", "thousand pieces", "thousand pieces"),
        ("1", "kWh", "kWh"),
        ("1", "", ""),
        ("1.5", "cases", "cases"),
        ("11", "cases", "cases"),
    ],
)
def test_one_takes_the_singular_of_a_unit(number, unit, expected):
    assert unit_for(number, unit) == expected
