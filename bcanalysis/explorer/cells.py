"""A view as a notebook in the house form: title, parameters, import, and a few cells that call the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bcanalysis.display.words import period_text
from bcanalysis.explorer.view import View
from bcanalysis.wording.terms import LANGUAGES, term

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from bcanalysis.dataset.dataset import Dataset

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_ALWAYS = ("period", "area", "lang", "data", "as_of", "indicators", "indicator")
_COMPARED = "bc.compare(dataset, {period}, {area}, indicators=indicators.split())"
_TOTALS = '{figures}[{figures}["breakdown"] == "total"]'
_ON_BASIS = '{figures} = {figures}[{figures}["price_basis"] == price_basis]'


def notebook_of(view: View, dataset: Dataset) -> NotebookNode:
    """Write the notebook that makes a view.

    Parameters
    ----------
    view : View
        A settled view.
    dataset : Dataset
        The tables, for names.

    Returns
    -------
    nbformat.NotebookNode
        Not run. Each area and period that is set beside has a table of its own.
    """
    from nbformat.v4 import new_notebook

    cells = list(_cells(view, dataset))
    for number, cell in enumerate(cells):
        cell["id"] = f"view-{number:02}"
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    notebook: NotebookNode = new_notebook(cells=cells, metadata=metadata)  # type: ignore[no-untyped-call]
    return notebook


def parameters_cell(names: tuple[str, ...], view: View, lang: str) -> str:
    """Write the cell of parameters, each with its comment.

    Parameters
    ----------
    names : tuple of str
        Which parameters.
    view : View
        Their values.
    lang : {"vi", "en"}
        Language of the comments.

    Returns
    -------
    str
        A line for each.

    Examples
    --------
    >>> print(parameters_cell(("period", "area"), View("2018H1", "bac-giang"), "en"))
    period = "2018H1"  # the period: 2018H1, 2018, 2018Q1, 2018M06, 2018M01-M05
    area = "bac-giang"  # the area: a code of data/areas.csv
    """
    return "\n".join(f'{name} = "{view.parameters[name]}"  # {term(f"explore.comment.{name}", lang)}' for name in names)


def _cells(view: View, dataset: Dataset) -> Iterator[NotebookNode]:
    names = (*_ALWAYS, "price_basis") if view.price_basis else _ALWAYS
    yield from _texts("title", "question", view, dataset)
    yield _code(parameters_cell(names, view, view.lang), "parameters")
    more = ", ".join(f'"{name}": {name}' for name in names[5:])
    record = "bc.run_record(dataset, figures, period=period, area=area, lang=lang, data=data, as_of=as_of, **choice)"
    past = "past = bc.history(dataset, indicator, period, area)"
    for code in (
        "import bcanalysis as bc",
        _lines("dataset = bc.load(data, as_of)", *_figures("figures", "period", "area", view), f"choice = {{{more}}}", record),
    ):
        yield _code(code)
    yield from _texts("text.result", None, view, dataset)
    yield _code(f"totals = {_TOTALS.format(figures='figures')}\nbc.table_comparison(totals, lang)")
    yield _code('bc.chart(totals, "growth", lang)')
    yield _code('bc.chart(totals, "plan", lang, dataset=dataset)')
    for area, period in view.places[1:]:
        yield from _texts("text.beside", None, view, dataset, (area, period))
        beside = _figures("beside", f'"{period}"', f'"{area}"', view)
        yield _code(_lines(*beside, f"bc.table_comparison({_TOTALS.format(figures='beside')}, lang)"))
    yield from _texts("text.close", None, view, dataset)
    basis = [_ON_BASIS.format(figures="past")] if view.price_basis else []
    yield _code(_lines(past, *basis, 'bc.chart(past, "history", lang)'))
    yield _code('bc.chart(bc.contributions(dataset, figures, indicator), "contributions", lang)')
    yield from _texts("text.end", None, view, dataset)


def _figures(name: str, period: str, area: str, view: View) -> list[str]:
    compared = f"{name} = {_COMPARED.format(period=period, area=area)}"
    return [compared, _ON_BASIS.format(figures=name)] if view.price_basis else [compared]


def _code(source: str, *tags: str) -> NotebookNode:
    return _cell("code", source, *tags)


def _cell(kind: str, source: str, *tags: str) -> NotebookNode:
    from nbformat import v4

    new = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}[kind]
    cell: NotebookNode = new(source, metadata={"tags": list(tags)} if tags else {})  # type: ignore[no-untyped-call]
    return cell


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _texts(
    key: str, second: str | None, view: View, dataset: Dataset, place: tuple[str, str] | None = None
) -> Iterator[NotebookNode]:
    """Give a text in each language, side by side."""
    area, period = place or view.places[0]
    for lang in LANGUAGES:
        names = dataset.names("indicators", lang)
        values = {
            "names": ", ".join(str(names[code]) for code in view.indicators.split()),
            "name": names[view.indicator],
            "place": f"{dataset.names('areas', lang)[area]}, {period_text(period, lang)}",
        }
        heading = "# " if second else ""
        said = [term(f"explore.{part}", lang, **values) for part in (key, second) if part]
        yield _cell("markdown", heading + "\n\n".join(said), f"lang-{lang}")
