"""Our own official report holds nothing that is not on file, and a changed digit in any of its figures is found."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.documents.blocks import Chart, Heading, Item, Paragraph, Run, plain
from bcanalysis.documents.outline.model import Name, Passage
from bcanalysis.documents.outline.read import read_outline
from bcanalysis.documents.outline.report import official_report
from bcanalysis.documents.profile import profile
from bcanalysis.documents.proof.check import proof
from bcanalysis.documents.word.write import write_docx

FIGURES = 57
DIGITS = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def report(dataset):
    document = official_report(dataset, "2018H1").document
    return replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Chart)))


@pytest.fixture(scope="module")
def told(dataset, report):
    """Each figure that the outline calls: the runs of its paragraph, and which of them is the figure."""
    passages = [part for part in read_outline(dataset.folder / "outlines" / "2018H1.md").parts if isinstance(part, Passage)]
    blocks = [block for block in report.blocks if isinstance(block, Heading | Paragraph | Item)]
    found = {}
    for passage, block in zip(passages, blocks, strict=True):
        runs = [run for run in block.text if run.note is None]
        pieces = [piece for piece in passage.pieces if not hasattr(piece, "name")]  # marks of notes are no runs
        for at, (piece, run) in enumerate(zip(pieces, runs, strict=True)):
            if isinstance(piece, Name) and piece.form != "window" and DIGITS.search(run.text):
                found.setdefault((piece.indicator, piece.breakdown), (runs, at))
    return found


def test_our_own_word_file_holds_nothing_that_differs(report, dataset, tmp_path):
    file = tmp_path / "official.docx"
    file.write_bytes(write_docx(report, profile()))
    found = proof(file, dataset, "2018H1")

    assert len(found) > 250
    assert [str(one) for one in found if one.verdict == "different"] == []
    assert len([one for one in found if one.verdict == "unknown"]) < 10  # anniversaries, possible errors of round figures


def test_the_report_calls_all_figures_of_the_reference(told):
    assert len(told) == FIGURES


@pytest.mark.parametrize("seed", range(5))
def test_a_changed_digit_in_any_figure_is_found(seed, told, dataset, tmp_path):
    file = tmp_path / "edited.txt"
    known = set(compare(dataset, "2018H1")["value"])  # a change that gives another figure on file may pass for that one
    changes = [_changed(runs, at, Random(f"{seed} {name}"), known) for name, (runs, at) in told.items()]  # noqa: S311 (a sample)
    file.write_text("\n".join(line for line, _ in changes), encoding="utf-8")
    found = proof(file, dataset, "2018H1")
    passed = []
    for line, (name, (_, number)) in enumerate(zip(told, changes, strict=True), 1):
        verdicts = {one.verdict for one in found if one.place == f"dòng {line}" and number in DIGITS.findall(one.text)}
        if not verdicts & {"different", "unknown"}:
            passed.append((name, number, verdicts))

    assert passed == [], passed


def _changed(runs: list[Run], at: int, random: Random, known: set[float]) -> tuple[str, str]:
    """Give the words of a paragraph with one digit of one of its figures changed, and that figure."""
    text = runs[at].text
    number = DIGITS.search(text, text.find("đạt ") + 1)  # a whole sentence names its period first
    written = number.group()
    places = [place for place, letter in enumerate(written) if letter.isdigit()]
    changes = [
        written[:place] + digit + written[place + 1 :] for place in places for digit in "123456789" if digit != written[place]
    ]
    changed = random.choice([one for one in changes if float(one.replace(".", "").replace(",", ".")) not in known])
    return plain((*runs[:at], Run(text[: number.start()] + changed + text[number.end() :]), *runs[at + 1 :])), changed
