"""A report in all its forms at once."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bcanalysis.files import write_bytes
from bcanalysis.reports import FORMATS
from bcanalysis.startup import nothing_to_collect

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from bcanalysis.reports.exporters.forms import Written


def print_notebook(file: Path, forms: Collection[str] = FORMATS) -> dict[Path, tuple[str, ...]]:
    """Print an executed notebook beside itself.

    Parameters
    ----------
    file : pathlib.Path
        The notebook; nothing in it is computed again.
    forms : collection of str
        What to print, of `bcanalysis.reports.FORMATS`.

    Returns
    -------
    dict of pathlib.Path to tuple of str
        The files made, and what was not as asked for in each, such as a typeface that stands in for another.

    Examples
    --------
    >>> import nbformat, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     nbformat.write(nbformat.v4.new_notebook(), Path(folder, "a.ipynb"))
    ...     [made.name for made in print_notebook(Path(folder, "a.ipynb"), ["html", "xlsx"])]
    ['a.html', 'a.xlsx']
    """
    _begin(forms)
    _load_printer()
    from nbformat import convert, reader

    # nbformat's own way to read checks the notebook too, to log what is wrong: a twentieth of the time, and nobody reads it.
    nb = convert(reader.reads(file.read_text(encoding="utf-8")), 4)  # type: ignore[no-untyped-call]
    written = {form: done.result() for form, done in write_all(nb, file.stem, forms).items()}
    return {write_bytes(file.with_suffix(f".{form}"), one.content): one.notes for form, one in written.items()}


def write_all(nb: NotebookNode, file_name: str, forms: Collection[str] = FORMATS) -> dict[str, Future[Written]]:
    """Write an executed notebook in several forms side by side.

    Charts are drawn, pages are set and libraries are packed outside of Python's lock, each chart once for all forms.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; it is not changed, and nothing in it is computed again.
    file_name : str
        Its name without ending.
    forms : collection of str
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
    _begin(forms)
    _load_printer()
    from bcanalysis.reports.exporters.forms import write

    with ThreadPoolExecutor() as pool:
        return {form: pool.submit(write, nb, file_name, form) for form in forms}


def _begin(forms: Collection[str]) -> None:
    """Begin what needs no notebook and takes its time outside of Python's lock: meanwhile the printer is loaded."""
    if {"pdf", "docx"} & set(forms):
        from bcanalysis.documents.pictures.draw import get_ready

        get_ready()
    if "html" in forms:
        from bcanalysis.reports.exporters.plotly_library import basic

        Thread(target=lambda: basic().deflated).start()


@cache
def _load_printer() -> None:
    with nothing_to_collect():
        import_module("bcanalysis.reports.exporters.forms")
