"""What a kernel would do first, done beforehand: import the libraries and use each of them once.

The first use of a library costs as much as its import. Nothing that looks at its surroundings when it is imported is loaded here:
plotly chooses how to show a chart by the kernel it finds itself in. Of the tables that are used here only one thing is kept: that
these bytes were checked, for kernels that find the very same.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from typing import Any

from bcanalysis.dataset.handed import handed_on
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
_WHEN_A_KERNEL_STARTS = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
)
_WHEN_A_CHART_IS_SHOWN = ("plotly.io._base_renderers",)  # all that plotly's choice of a renderer itself imports
_END = object()
_checked = contextlib.ExitStack()  # to the end of this process
_places: list[str] = []
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


def checked_tables() -> str:
    """Say where tables lie that were checked here, see `bcanalysis.dataset.handed`.

    Returns
    -------
    str
        What another process is to be told; empty if none were.
    """
    return "".join(_places)


def use_libraries() -> None:
    """Do once what notebooks do; keep nothing of what was computed but which tables are sound."""
    for _ in uses():
        pass


def uses() -> Iterator[None]:
    """Do once what notebooks do, a step at a time; who does not want the rest goes no further.

    Yields
    ------
    None
        After each step, of some hundredths of a second.
    """
    steps = chain(_use_kernel(), _use_plotly(), _use_tables())
    while True:
        with nothing_to_collect():  # what is here stays; children that walk over it would copy it all
            ended = next(steps, _END) is _END
        forget()  # what was read here is not what a report reads
        if ended:
            return
        yield


def _use_kernel() -> Iterator[None]:
    for name in _WHEN_A_KERNEL_STARTS:
        import_module(name)
    from IPython.core.formatters import DisplayFormatter

    DisplayFormatter().format("")  # type: ignore[no-untyped-call]
    yield


def _use_plotly() -> Iterator[None]:
    import plotly.graph_objects as go

    go.Figure(go.Bar(x=[0.0], y=["a"], text=["a"])).update_layout(title="a").to_plotly_json()
    yield
    for name in _WHEN_A_CHART_IS_SHOWN:
        import_module(name)
    yield


def _use_tables() -> Iterator[None]:
    import bcanalysis as bc
    from bcanalysis.dataset.locate import find_data
    from bcanalysis.dataset.schema import read_schemas

    with contextlib.suppress(BcError, OSError):  # no tables here, or faulty ones: the notebook says so better
        found = find_data(None)
        if sum(file.stat().st_size for file in found.glob("*.csv")) > LARGEST_DATA:
            return
        if read_schemas(found)["observations"].stays:  # each report reads its own, and no child inherits a connection
            return
        dataset = bc.load()
        _places[:] = [_checked.enter_context(handed_on([dataset]))]
        yield
        newest = dataset["observations"].sort_values("window_end").iloc[-1]
        period, area, indicator = (str(newest[name]) for name in ("period", "area", "indicator"))
        lang = "vi"  # the other language differs in words, not in what is used
        figures = bc.compare(dataset, period, area)
        yield
        for use in (  # what is not here costs no more the first time than later
            lambda: bc.run_record(dataset, figures, period=period, area=area, lang=lang),
            lambda: bc.sentences(figures, lang),
            lambda: bc.table_comparison(figures, lang),
            lambda: bc.chart(figures, "growth", lang),
            lambda: bc.chart(figures, "plan", lang, dataset=dataset),
            lambda: bc.table(bc.pace_to_plan(figures), "pace", lang),
            lambda: bc.table(bc.readings(figures), "readings", lang),
            lambda: bc.chart(bc.contributions(dataset, figures, indicator), "contributions", lang),
        ):
            _show(use())
            yield


def _show(found: Any) -> None:
    for form in ("to_plotly_json", "_repr_html_", "__str__"):  # a chart that shows itself as a page would choose its renderer
        if hasattr(found, form):
            getattr(found, form)()
            return
