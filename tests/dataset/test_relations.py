from __future__ import annotations

import pandas as pd
import pytest

from bcanalysis.dataset.relations import Relation, parse_relation
from bcanalysis.errors import UsageError


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("a = b", Relation(("a", "total"), "=", "+", (("b", "total"),))),
        ("a = b + c[x] + d", Relation(("a", "total"), "=", "+", (("b", "total"), ("c", "x"), ("d", "total")))),
        ("a=b*c", Relation(("a", "total"), "=", "*", (("b", "total"), ("c", "total")))),
        ("a[fdi] <= a", Relation(("a", "fdi"), "<=", "+", (("a", "total"),))),
        ("a <= b + c", Relation(("a", "total"), "<=", "+", (("b", "total"), ("c", "total")))),
    ],
)
def test_a_relation_is_read(text: str, relation: Relation) -> None:
    assert parse_relation(text) == relation
    assert relation.terms == (relation.left, *relation.right)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a =", "= a", "a >= b", "a == b", "a = b - c", "a = b + c * d", "a < b", "a = b = c", "A = b", "a[x = b", "a = 2"],
)
def test_what_is_no_relation_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r'relation: got ".*"; expected terms joined as in "a = b \+ c"'):
        parse_relation(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = b + a[x]", "Apples = Pears + Ripe"),
        ("a[x] <= a", "Apples – Ripe ≤ Apples"),
        ("a = b * b[x]", "Apples = Pears × Pears – Ripe"),
        ("a[x] = a + b[x]", "Apples – Ripe = Apples + Pears – Ripe"),
    ],
)
def test_a_relation_is_written_with_the_names_of_its_terms(text: str, words: str) -> None:
    labels, parts = pd.Series({"a": "Apples", "b": "Pears"}), pd.Series({"total": "Total", "x": "Ripe"})
    assert parse_relation(text).written(labels, parts) == words
