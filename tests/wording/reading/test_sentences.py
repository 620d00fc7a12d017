"""Every sentence of sentences.txt is read as it was worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import bcanalysis as bc
from bcanalysis.wording.reading.names import names_of
from bcanalysis.wording.reading.reader import PastStatement, read_statements

NAMES = names_of(bc.load())
COUNTED = ("value", "growth_pct", "plan_pct")
FIELDS = {
    "growth": "growth_pct",
    "plan": "plan_pct",
    "over": "plan_over_pct",
    "index": "index_pct",
    "ratio": "ratio",
    "change": "change",
}


def said(line: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in line.strip().split("; "):
        name, _, rest = part.partition(" ")
        if name == "value":
            number, _, unit = rest.partition(" ")
            told |= {"value": Decimal(number), "unit": unit or None}
        else:
            told[FIELDS.get(name, name)] = Decimal(rest) if name in FIELDS else None if rest == "None" else rest
    return told


def cases() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    sentence, told = "", []
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            told.append(said(line))
        elif line and not line.startswith("#"):
            if sentence:
                yield sentence, told
            sentence, told = line, []
    yield sentence, told


CASES = list(cases())


def as_told(found: PastStatement, told: dict[str, Any]) -> dict[str, Any]:
    """Give of a statement what its line tells; numbers the line does not tell count as missing."""
    seen = {name: getattr(found, name) for name in (*COUNTED, *told) if name != "ambiguous"}
    if "ambiguous" in told:
        seen["ambiguous"] = told["ambiguous"] if told["ambiguous"] in found.ambiguous else found.ambiguous
    return seen


@pytest.mark.parametrize(("sentence", "told"), CASES, ids=[sentence[:60] for sentence, _ in CASES])
def test_a_sentence_says_what_was_worked_out_by_hand(sentence, told):
    found = read_statements(sentence, NAMES)

    assert len(found) == len(told), [one.text for one in found]
    expected = [dict.fromkeys(COUNTED) | one for one in told]
    assert [as_told(one, line) for one, line in zip(found, told, strict=True)] == expected


def test_read_together_the_sentences_give_the_same_numbers():
    together = read_statements("\n\n".join(sentence for sentence, _ in CASES), NAMES)
    alone = [one for sentence, _ in CASES for one in read_statements(sentence, NAMES)]

    def numbers(found):
        return Counter((name, getattr(one, name)) for one in found for name in COUNTED if getattr(one, name) is not None)

    assert numbers(together) == numbers(alone)


def test_there_are_hundreds_of_sentences_and_each_stands_once():
    assert len(CASES) >= 400
    assert [sentence for sentence, count in Counter(sentence for sentence, _ in CASES).items() if count > 1] == []
