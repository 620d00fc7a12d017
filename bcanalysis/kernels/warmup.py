"""What a kernel would do first, done beforehand: import the libraries and use each of them once.

The first use of a library costs as much as its import. Nothing that looks at its surroundings when it is imported is loaded here:
plotly chooses how to show a chart by the kernel it finds itself in.
"""

from __future__ import annotations

import contextlib
import os
from importlib import import_module

from bcanalysis.dataset.reads import forget
from bcanalysis.errors import BcError
from bcanalysis.startup import defer_iri_grammar, nothing_to_collect

_NEEDED_BY_EVERY_REPORT = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel_launcher",
    "nbformat",
    "plotly.graph_objects",
    "bcanalysis.display.charts",
    "bcanalysis.reports.record",
)
LARGEST_DATA = 5_000_000  # bytes; larger tables would hold up the first kernel longer than they speed it up


def load_libraries() -> dict[str, str]:
    """Import what notebooks use.

    Returns
    -------
    dict of str to str
        What the libraries have put into the environment when they were imported.
    """
    before = dict(os.environ)
    defer_iri_grammar()
    with nothing_to_collect():
        for name in _NEEDED_BY_EVERY_REPORT:
            import_module(name)
    return {name: value for name, value in os.environ.items() if name not in before}


def use_libraries() -> None:
    """Do once what notebooks do; keep nothing of what was computed."""
    with nothing_to_collect():  # what is here stays; children that walk over it would copy it all
        _use_kernel()
        _use_plotly()
        with contextlib.suppress(BcError, OSError):  # no tables here, or faulty ones: the notebook says so better
            _use_tables()
    forget()  # what was read here is not what a report reads


def _use_kernel() -> None:
    import_module("IPython.core.completer")
    from IPython.core.formatters import DisplayFormatter

    DisplayFormatter().format("")  # type: ignore[no-untyped-call]


def _use_plotly() -> None:
    import plotly.graph_objects as go

    import_module("plotly.express")
    go.Figure(go.Bar(x=[0.0], y=["a"], text=["a"])).update_layout(title="a").to_plotly_json()


def _use_tables() -> None:
    import bcanalysis as bc
    from bcanalysis.dataset.locate import find_data

    if sum(file.stat().st_size for file in find_data(None).glob("*.csv")) > LARGEST_DATA:
        return
    dataset = bc.load()
    newest = dataset["observations"].sort_values("window_end").iloc[-1]
    period, area = str(newest["period"]), str(newest["area"])
    indicator = str(newest["indicator"])
    lang = "vi"  # the other language differs in words, not in what is used
    figures = bc.compare(dataset, period, area)
    bc.run_record(dataset, figures, period=period, area=area, lang=lang)
    for shown in (
        bc.sentences(figures, lang),
        bc.table_comparison(figures, lang),
        bc.table(bc.pace_to_plan(figures), "pace", lang),
        bc.table(bc.readings(figures), "readings", lang),
        bc.table(bc.identities(dataset, period, area), "identities", lang),
        bc.table(bc.gaps(dataset, period, area), "gaps", lang),
        bc.table(bc.conflicts(dataset, area), "conflicts", lang),
    ):
        shown._repr_html_() if hasattr(shown, "_repr_html_") else str(shown)
    for chart in (
        bc.chart(figures, "growth", lang),
        bc.chart(figures, "plan", lang, dataset=dataset),
        bc.chart(bc.history(dataset, indicator, period, area), "history", lang),
        bc.chart(bc.contributions(dataset, figures, indicator), "contributions", lang),
    ):
        chart.to_plotly_json() if hasattr(chart, "to_plotly_json") else str(chart)
