"""Where each figure of report 132/BC-SCT appears: notebook, cell and page, read from an executed run.

``make figures`` runs the notebooks and writes the table into ``docs/figures-132.md``.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path

import bcanalysis as bc
from bcanalysis.display.words import series_label
from bcanalysis.documents.blocks import Heading, Item, Paragraph, Text, plain
from bcanalysis.documents.outline.model import Name, Passage
from bcanalysis.documents.outline.read import read_outline

from .conftest import ROOT, report, visible_text

TABLE = ROOT / "docs" / "figures-132.md"
SOURCE, PERIOD = "bao-cao-132-bc-sct-2018", "2018H1"
OFFICIAL = "official_report"
NOTEBOOKS = ("industry_and_energy", "trade_promotion", "market_surveillance", "administration", "emulation", "overview")
ARGUMENTS = (PERIOD, *(word for name in (*NOTEBOOKS, OFFICIAL) for word in ("--notebook", name)), "--format", "html,pdf")

_INTRO = """\
# The 57 figures of report 132/BC-SCT

Where each figure appears when the reports of 2018H1 are made: the notebook of its subject with the cell (its id) and the page of the
notebook's PDF, and the page of the official report's PDF that says it in a sentence. All of them stand in the annex of the official report as
well. Written by `make figures` from an executed run; a test makes the run again and compares.

| | Figure | As printed | Notebook | Cell | Page | Page of `official_report` |
|---:|---|---|---|---|---:|---:|
"""


@dataclass(frozen=True)
class Place:
    """Where a figure appears."""

    figure: str
    printed: str
    notebook: str
    cell: str
    page: int
    official_page: int


class Pages:
    """The words of a PDF, blanks folded, and on which page they stand."""

    def __init__(self, file: Path) -> None:
        read = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True).stdout.decode()
        self.pages = [_folded(page) for page in read.split("\f")[:-1]]
        self.text = " ".join(self.pages)

    def find(self, words: str, start: int = 0) -> int:
        """Find words, wherever their lines break."""
        return self.text.index(_folded(words), start)

    def page(self, offset: int) -> int:
        """Give the page, from 1, on which a letter of the text stands."""
        end = 0
        for number, page in enumerate(self.pages, 1):
            end += len(page) + 1
            if offset < end:
                return number
        raise IndexError(offset)


@dataclass(frozen=True)
class Made:
    """A notebook as it was executed, and its PDF."""

    folder: Path
    name: str

    @cached_property
    def cells(self) -> dict[str, str]:
        """The words that each cell shows."""
        notebook = json.loads((self.folder / f"{self.name}.ipynb").read_text(encoding="utf-8"))
        return {
            cell["id"]: " ".join(
                _folded(unescape(visible_text("".join(output.get("data", {}).get("text/html", ""))))) for output in cell["outputs"]
            )
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        }

    @cached_property
    def pdf(self) -> Pages:
        """Its pages."""
        return Pages(self.folder / f"{self.name}.pdf")


def walk(folder: Path, dataset: bc.Dataset) -> list[Place]:
    """Find all figures of the report in what a run has made, in the order of the official report."""
    figures = bc.compare(dataset, PERIOD)
    figures = figures[figures["source"] == SOURCE].reset_index(drop=True)
    made = [Made(folder, name) for name in NOTEBOOKS]
    official = Pages(folder / f"{OFFICIAL}.pdf")
    called = _called(dataset, official)
    found = []
    for at in range(len(figures)):
        row = figures.iloc[[at]]
        [sentence] = bc.sentences(row).texts
        notebook, cell = next((one, cell) for one in made for cell, shown in one.cells.items() if sentence in shown)
        key = row["indicator"].item(), row["breakdown"].item()
        place = called[key]
        page = notebook.pdf.page(notebook.pdf.find(sentence))
        label = series_label(row.iloc[0].to_dict(), "vi")
        found.append((place, Place(label, _printed(dataset, *key), notebook.name, cell, page, official.page(place))))
    return [place for _, place in sorted(found, key=lambda pair: pair[0])]


def table(places: list[Place]) -> str:
    """Write the table."""
    lines = (
        f"| {number} | {one.figure} | {one.printed} | `{one.notebook}` | `{one.cell}` | {one.page} | {one.official_page} |\n"
        for number, one in enumerate(places, 1)
    )
    return _INTRO + "".join(lines)


def _printed(dataset: bc.Dataset, indicator: str, breakdown: str) -> str:
    rows = dataset["observations"].query("source == @SOURCE and indicator == @indicator and breakdown == @breakdown")
    return str(rows["printed"].item())


def _called(dataset: bc.Dataset, pages: Pages) -> dict[tuple[str, str], int]:
    """Find for each figure that the outline calls the place of its words in the official report."""
    outline = read_outline(dataset.folder / "outlines" / f"{PERIOD}.md")
    passages = [part for part in outline.parts if isinstance(part, Passage)]
    document = bc.official_report(dataset, PERIOD).document
    blocks = [block for block in document.blocks if isinstance(block, Heading | Paragraph | Item)]
    found: dict[tuple[str, str], int] = {}
    start = 0
    for passage, block in zip(passages, blocks, strict=True):
        if not any(isinstance(piece, Name) for piece in passage.pieces):
            continue
        start = pages.find(plain(_unmarked(block.text))[:30], start)
        for name, before, words in _names(passage, block.text):
            found.setdefault(name, pages.find(words, start + len(_folded(before))))
    return found


def _names(passage: Passage, text: Text) -> list[tuple[tuple[str, str], str, str]]:
    """Give each figure that a passage calls, with the words before it and its own."""
    words = [piece for piece in passage.pieces if not hasattr(piece, "name")]  # marks of notes become no words
    runs = _unmarked(text)
    return [
        ((piece.indicator, piece.breakdown), plain(runs[:at]), run.text)
        for at, (piece, run) in enumerate(zip(words, runs, strict=True))
        if isinstance(piece, Name)
    ]


def _unmarked(text: Text) -> Text:
    return tuple(run for run in text if run.note is None)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run = report(Path(folder), *ARGUMENTS)
        if run.status:
            raise SystemExit(run.printed)
        TABLE.write_text(table(walk(Path(folder) / PERIOD, bc.load())), encoding="utf-8")
