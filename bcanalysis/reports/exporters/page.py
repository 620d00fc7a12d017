"""The page of an executed notebook: its frame, and what of the cells there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from bcanalysis.reports.exporters.cells import Form, Limits, Part, Reader, anchor_of_cell, page_word
from bcanalysis.reports.exporters.charts import embedded_json, number
from bcanalysis.reports.exporters.facts import Facts, facts_of
from bcanalysis.reports.exporters.fragments import Anchors, Heading
from bcanalysis.reports.exporters.plotly_library import library_for, script_hash
from bcanalysis.reports.exporters.provenance import provenance_of, sealed
from bcanalysis.reports.exporters.runs import Failure, Run, read_run
from bcanalysis.reports.status import UNFINISHED, Status
from bcanalysis.reports.templates import source, template

_SCRIPTS = ("seen.js", "page.js", "figures.js", "tables.js")
_PIECE = 1 << 16  # letters; a browser that is reading the library shows the page between two of its pieces, not within one
_BUTTONS_OF_A_CHART = {
    "save": "chart_save",
    "Zoom": "chart_zoom",
    "Pan": "chart_pan",
    "Zoom in": "chart_zoom_in",
    "Zoom out": "chart_zoom_out",
    "Autoscale": "chart_autoscale",
    "Reset axes": "chart_reset",
}
_VIETNAMESE_FORMAT = {
    "decimal": ",",
    "thousands": ".",
    "date": "%d/%m/%Y",
    "dayMonthYear": "%d/%m/%Y",
    "dayMonth": "%d/%m",
    "month": "%m/%Y",
    "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "months": [f"tháng {month}" for month in range(1, 13)],
    "shortMonths": [f"th.{month}" for month in range(1, 13)],
}


@dataclass(frozen=True)
class Page:
    """A printed notebook.

    Parameters
    ----------
    html : str
        The page.
    title : str
        Its title, without a mark of failure.
    status : str
        How the run ended, one of `bcanalysis.reports.status.STATUSES`.
    """

    html: str
    title: str
    status: Status


def print_page(nb: NotebookNode, file_name: str = "", limits: Limits | None = None, library: str | None = None) -> Page:
    """Print an executed notebook as one self-contained HTML page; nothing is computed again.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed.
    file_name : str
        Name of the notebook without ``.ipynb``: where the page points to when it cuts, and its last resort for a title.
    limits : Limits, optional
        How much to show.
    library : str, optional
        Relative address of a plotly.js that lies beside the page; by default the page holds its own.

    Returns
    -------
    Page
        The page. The same notebook always gives the same text.
    """
    limits = limits or Limits()
    run = read_run(nb)
    own_anchors = {"main", "card-name", *(anchor_of_cell(failure.cell) for failure in run.failures if failure.cell is not None)}
    reader = Reader(run.lang, file_name, limits, anchors=Anchors(own_anchors))
    parts = [part for position, cell in enumerate(nb.cells) for part in reader.parts(cell, position)]
    if run.status == "no_data":
        parts = []
    facts = facts_of(nb, run, reader.title, file_name)
    provenance = provenance_of(nb, run, file_name, library)
    render = partial(_render, run=run, facts=facts, provenance=provenance, beside=library)
    all_headings = [heading for part in parts for heading in part.forms[0].headings]
    frame = render(forms=[], headings=all_headings, draws=_kinds(part.forms[0] for part in parts), with_library=False)
    forms = _fit(parts, limits.page_bytes - len(frame.encode()))
    headings = [heading for form in forms for heading in form.headings]
    html = render(forms=forms, headings=headings, draws=_kinds(forms), with_library=True)
    return Page(sealed(html), facts.title, run.status)


def _fit(parts: Sequence[Part], room: int) -> list[Form]:
    """Choose for each part the fullest form there is room for: words and code first, then outputs in their order."""
    chosen: dict[int, Form] = {}
    for position in sorted(range(len(parts)), key=lambda position: parts[position].is_output):
        forms = parts[position].forms
        chosen[position] = next((form for form in forms if form.size <= room), forms[-1])
        room -= chosen[position].size
    return [chosen[position] for position in range(len(parts))]


def _kinds(forms: Iterable[Form]) -> frozenset[str]:
    return frozenset().union(*(form.draws for form in forms))


def _render(
    *,
    run: Run,
    facts: Facts,
    provenance: Mapping[str, Any],
    beside: str | None,
    forms: Sequence[Form],
    headings: Sequence[Heading],
    draws: frozenset[str],
    with_library: bool,
) -> str:
    script = Markup("").join(map(source, _SCRIPTS))
    library = library_for(draws)
    own = ["'self'", "file:"] if beside else [library.hash]  # a file has no origin of its own that "self" could mean
    scripts = [script_hash(script), *(own if draws else [])]
    return template("page.html.j2").render(
        word=partial(page_word, run.lang),
        run=run,
        record=run.record or {},
        facts=facts,
        title=facts.title,
        unfinished=run.status in UNFINISHED,
        failures=[(text, _place_shown(failure, forms)) for text, failure in zip(facts.failures, run.failures, strict=False)],
        body=[form.html for form in forms],
        headings=headings,
        script=script,
        style=source("page.css"),
        scripts=" ".join(scripts),
        library=_pieces(library.deflated) if draws and with_library and not beside else [],
        beside=beside,
        provenance=embedded_json(provenance),
        git=provenance["git"] or {},
        draws=bool(draws),
        chart_locale=embedded_json(_chart_locale(run.lang)),
        files=[{**file, "bytes": number(file.get("bytes"), run.lang)} for file in facts.files],
    )


def _pieces(text: str) -> list[str]:
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]


def _place_shown(failure: Failure, forms: Sequence[Form]) -> str | None:
    """Give the anchor of what a cell says of its failure; of a kernel that died it says nothing."""
    anchor = None if failure.cell is None else anchor_of_cell(failure.cell)
    return anchor if anchor and any(f'id="{anchor}"' in form.html for form in forms) else None


def _chart_locale(lang: str) -> dict[str, Any]:
    """Give the words, dates and separators of plotly in a language; its own are English."""
    words = {english: page_word(lang, key) for english, key in _BUTTONS_OF_A_CHART.items()}
    return {"dictionary": words, **({"format": _VIETNAMESE_FORMAT} if lang == "vi" else {})}
