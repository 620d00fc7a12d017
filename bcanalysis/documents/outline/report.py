"""The official report of a period, as a notebook shows it and carries it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.dataset import OUTLINES, Dataset
from bcanalysis.dataset.reads import ELSEWHERE, Selection, note
from bcanalysis.documents import DOCUMENT_TYPE
from bcanalysis.documents.blocks import Chart, Document, Item, plain
from bcanalysis.documents.outline.fill import fill
from bcanalysis.documents.outline.html import to_html
from bcanalysis.documents.outline.model import Faults, Front, Outline, OutlineError
from bcanalysis.documents.outline.read import read_outline
from bcanalysis.documents.stored import to_json
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import check_language
from bcanalysis.wording.terms import term


@dataclass(frozen=True)
class OfficialReport:
    """An official report, or word of how to begin one.

    Parameters
    ----------
    document : Document or None
        The report; None where no outline of the period is on file.
    figures : pandas.DataFrame
        The comparison that it rests on; without rows where there is no report.
    how_to_begin : str
        What to do where there is none.
    """

    document: Document | None
    figures: pd.DataFrame
    how_to_begin: str = ""

    def __str__(self) -> str:
        """Give the letters of the report, one block a line."""
        if self.document is None:
            return self.how_to_begin
        lines = [self.document.title]
        for block in self.document.blocks:
            text = getattr(block, "text", None)
            mark = "" if not isinstance(block, Item) else "+ " if block.level > 1 else "- "
            lines.append(mark + plain(text) if text is not None else block.title if isinstance(block, Chart) else str(block))
        return "\n".join([*lines, *(f"[{number}] {note}" for number, note in enumerate(self.document.notes, 1))])

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.how_to_begin)}</p>" if self.document is None else to_html(self.document)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        shown: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": str(self)}
        return shown if self.document is None else {DOCUMENT_TYPE: to_json(self.document), **shown}


def official_report(
    dataset: Dataset, period: str | Period, area: str = "bac-giang", lang: str = "vi", outline: str | Path | None = None
) -> OfficialReport:
    """Make the official report of a period from its outline and the figures on file.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    period : str or Period
        The period, such as ``2018H1``.
    area : str
        Code of the area.
    lang : {"vi", "en"}
        Language that is asked for. The report is in the language of its outline, and that of another language is taken where
        there is none of this one.
    outline : str or pathlib.Path, optional
        The outline; by default that of the area in the folder ``outlines`` of the tables: ``PERIOD.LANG.md`` if there is one, else
        ``PERIOD.md``, and before each of these the file that has the area in its name as well, such as ``PERIOD.AREA.LANG.md``.

    Returns
    -------
    OfficialReport
        Shows itself as a page, and carries the document from which PDF and Word are written.

    Raises
    ------
    UsageError
        If the language, area or period is unknown, there is no file as named, or the outline has faults: all of them are listed.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> report = official_report(bc.load(), "2018H1")
    >>> report.document.head.issuer, len(report.figures) > 57
    ('Sở Công Thương', True)
    >>> official_report(bc.load(), "2018H1", lang="en").document.head.issuer
    'Department of Industry and Trade'
    """
    check_language(lang)
    period = period if isinstance(period, Period) else Period.parse(period)
    figures = compare(dataset, period, area)
    note(Selection(ELSEWHERE) if outline else Selection(OUTLINES, period=(str(period),)))
    found = read_outline(outline) if outline else _on_file(dataset, period, area, lang)
    if found is None:
        none, words = figures.head(0), _how_to_begin(dataset, period, area, lang)
        none.attrs = {**figures.attrs, "nothing": term("outline.none", lang), "how_to_add": words}
        return OfficialReport(None, none, words)
    if found.front is not None:
        _check_fits(found, found.front, period, area)
    return OfficialReport(fill(found, dataset), figures)


def _on_file(dataset: Dataset, period: Period, area: str, lang: str) -> Outline | None:
    """Find the outline of an area, its language first: in a file that has the area in its name, else in one that is of the area."""
    for tongue in (f".{lang}", ""):
        own, shared = (dataset.folder / OUTLINES / f"{period}{of}{tongue}.md" for of in (f".{area}", ""))
        if own.is_file():
            return read_outline(own)
        found = read_outline(shared) if shared.is_file() else None
        if found and (found.front is None or found.front.area == area):
            return found
    return None


def _how_to_begin(dataset: Dataset, period: Period, area: str, lang: str) -> str:
    taken = (dataset.folder / OUTLINES / f"{period}.md").is_file()
    name = f"{period}.{area}.md" if taken else f"{period}.md"
    return term("outline.no_outline", lang, data=dataset.folder.name, file=f"{dataset.folder.name}/{OUTLINES}/{name}")


def _check_fits(outline: Outline, front: Front, period: Period, area: str) -> None:
    """Refuse an outline of another period or area."""
    faults = Faults(outline.file, outline.faults)
    for key, got, expected in (("period", front.period, period), ("area", front.area, area)):
        if got != expected:
            faults.add(front.places[key], f'the {key} "{got}"', f'"{expected}", which the report is asked for')
    if len(faults.found) > len(outline.faults):
        raise OutlineError(faults.found)
