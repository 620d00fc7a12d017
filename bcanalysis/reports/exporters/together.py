"""A report in all its forms at once."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from bcanalysis.reports import FORMATS
from bcanalysis.startup import nothing_to_collect

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from bcanalysis.reports.exporters.forms import Written


def write_all(nb: NotebookNode, file_name: str, forms: Iterable[str] = FORMATS) -> dict[str, Future[Written]]:
    """Write an executed notebook in several forms side by side.

    Charts are drawn, pages are set and libraries are packed outside of Python's lock, each chart once for all forms.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed, and nothing in it is computed again.
    file_name : str
        Its name without ending.
    forms : iterable of str
        What to write, of `bcanalysis.reports.FORMATS`.

    Returns
    -------
    dict of str to concurrent.futures.Future
        The forms in their order, all done: ``result()`` gives what was written, or raises what went wrong.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> written = write_all(new_notebook(cells=[new_markdown_cell("# Báo cáo")]), "a", ["docx", "xlsx"])
    >>> {form: done.result().content[:2] for form, done in written.items()}
    {'docx': b'PK', 'xlsx': b'PK'}
    """
    asked = list(forms)
    with ThreadPoolExecutor() as pool:
        if {"pdf", "docx"} & set(asked):
            from bcanalysis.documents.pictures.draw import get_ready

            get_ready()
        if "html" in asked:
            from bcanalysis.reports.exporters.plotly_library import deflated_plotly

            pool.submit(deflated_plotly)
        _load_printer()  # meanwhile
        from bcanalysis.reports.exporters.forms import write

        return {form: pool.submit(write, nb, file_name, form) for form in asked}


@cache
def _load_printer() -> None:
    with nothing_to_collect():
        import_module("bcanalysis.reports.exporters.forms")
