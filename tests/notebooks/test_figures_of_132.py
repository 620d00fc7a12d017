"""The table of where the figures of the reference report appear is that of a run, and each of its rows is true."""

import re

import pytest

from . import figures_of_132 as figures
from .conftest import report

ROW = re.compile(r"\| (\d+) \| (.+) \| (.+) \| `(\w+)` \| `([\w-]+)` \| (\d+) \| (\d+) \|")
ROWS = [found.groups() for line in figures.TABLE.read_text(encoding="utf-8").splitlines() if (found := ROW.fullmatch(line))]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    made = report(tmp_path_factory.mktemp("figures"), *figures.ARGUMENTS)
    assert made.status == 0, made.printed
    return made.folder / figures.PERIOD


@pytest.fixture(scope="module")
def made(run):
    return {name: figures.Made(run, name) for name in (*figures.NOTEBOOKS, figures.OFFICIAL)}


def test_the_table_is_what_a_run_gives(run, dataset):
    places = figures.walk(run, dataset)

    assert len(places) == 57
    assert figures.table(places) == figures.TABLE.read_text(encoding="utf-8"), "make figures"


def test_the_table_has_a_row_for_each_figure():
    assert [int(row[0]) for row in ROWS] == list(range(1, 58))
    assert len({row[1] for row in ROWS}) == 57


@pytest.mark.parametrize(("figure", "printed", "notebook", "cell", "page", "official_page"), [row[1:] for row in ROWS])
def test_each_figure_stands_in_that_cell_and_on_those_pages(figure, printed, notebook, cell, page, official_page, made):
    digits = re.search(r"[1-9][\d.,]*", printed)
    said = re.compile(
        rf"(?<![\d,.])0?{re.escape(digits[0])}(?![\d])" if digits else printed.removeprefix("không có "), re.IGNORECASE
    )

    assert said.search(made[notebook].cells[cell])
    assert said.search(made[notebook].pdf.pages[int(page) - 1])
    assert said.search(made[figures.OFFICIAL].pdf.pages[int(official_page) - 1])
