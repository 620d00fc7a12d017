"""The form: one control for each parameter of a view, made from what the parameter may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from bcanalysis.display.words import period_text
from bcanalysis.errors import BcError
from bcanalysis.periods import Period
from bcanalysis.reports import FORM_TYPE
from bcanalysis.reports.parameters import KINDS
from bcanalysis.wording.terms import term

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset
    from bcanalysis.explorer.explorer import Explorer
    from bcanalysis.explorer.view import View

_COLUMNS = (("indicators", "indicator"), ("period", "area", "price_basis", "as_of"), ("other_periods", "other_areas"))
_ROWS = {"indicators": 9, "other_periods": 5, "other_areas": 5}
Options = list[tuple[str, str]]


def show_form(explorer: Explorer, dataset: Dataset) -> None:
    """Show the form above the outputs; nothing where ipywidgets is not installed.

    Parameters
    ----------
    explorer : Explorer
        What it is filled in for.
    dataset : Dataset
        What is on file.
    """
    try:
        import ipywidgets
    except ImportError:
        return
    from IPython.display import display

    shown = _Form(ipywidgets, explorer, choices(dataset, explorer.view)).box._repr_mimebundle_()
    # on paper a form is nothing, not even its text
    display({**shown, FORM_TYPE: {}, "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]


def choices(dataset: Dataset, view: View) -> Mapping[str, Options]:
    """List what may be chosen for the parameters that name what is on file.

    Parameters
    ----------
    dataset : Dataset
        What is on file; a form is no part of a page, so that it has been asked is not noted.
    view : View
        What is chosen already; it is always among the options.

    Returns
    -------
    mapping of str to list of (str, str)
        Names and codes by parameter: the latest period first, the rest in the order of their tables.
    """
    places, lang = dataset.unnoted("places").frame, view.lang
    chosen = {name: set(text.split()) for name, text in view.parameters.items()}

    def named(table: str, codes: set[str]) -> Options:  # numpydoc ignore=GL08
        names = dataset.names(table, lang)
        return [(str(name), str(code)) for code, name in names.items() if code in codes]

    periods = set(places["period"]) | chosen["period"] | chosen["other_periods"]
    latest_first = sorted(map(Period.parse, periods), key=lambda period: (period.end, period.start), reverse=True)
    options: dict[str, Options] = {
        "period": [(period_text(period, lang), str(period)) for period in latest_first],
        "area": named("areas", set(places["area"]) | chosen["area"] | chosen["other_areas"]),
        "indicator": named("indicators", set(places["indicator"]) | chosen["indicators"]),
        "price_basis": [
            (term("explore.any.price_basis", lang), ""),
            *named("price_bases", set(dataset.unnoted("price_bases").frame["code"])),
        ],
    }
    return {name: options[kind.of] for name, kind in KINDS.items() if kind.of in options}


class _Form:
    """The controls, and what they do."""

    def __init__(self, widgets: Any, explorer: Explorer, options: Mapping[str, Options]) -> None:
        self._explorer, self._options, self._still = explorer, options, False
        self._controls = {name: self._control(widgets, name) for names in _COLUMNS for name in names}
        self._message = widgets.HTML()
        self._offer_close()
        for control in self._controls.values():
            control.observe(self._changed, "value")
        columns = [widgets.VBox([self._labelled(widgets, name) for name in names]) for names in _COLUMNS]
        for column in columns:
            column.layout.flex = "1 1 16rem"
        buttons = [self._button(widgets, "add", explorer.add_to_batch), self._button(widgets, "save", explorer.as_notebook)]
        self.box = widgets.VBox(
            [
                widgets.HBox(columns, layout=widgets.Layout(flex_flow="row wrap", grid_gap="0 1.5rem")),
                widgets.HTML(escape(self._word("many"))),
                widgets.HBox(buttons, layout=widgets.Layout(flex_flow="row wrap")),
                self._message,
            ]
        )

    def _word(self, key: str) -> str:
        return term(f"explore.{key}", self._explorer.view.lang)

    def _control(self, widgets: Any, name: str) -> Any:
        kind, text = KINDS[name], self._explorer.view.parameters[name]
        layout = widgets.Layout(width="calc(100% - 4px)")  # the rest is its margin
        if kind.of == "day":
            return widgets.DatePicker(value=date.fromisoformat(text) if text else None, layout=layout)
        options = self._options[name]
        if kind.many:
            return widgets.SelectMultiple(options=options, value=kind.parts(text), rows=_ROWS[name], layout=layout)
        return widgets.Dropdown(options=options, value=text, layout=layout)

    def _labelled(self, widgets: Any, name: str) -> Any:
        """Put the name above its control, where long names have room, and into the control for who cannot see."""
        control, label = self._controls[name], self._word(f"label.{name}")
        control.tooltip = label
        return widgets.VBox([widgets.HTML(f"<strong>{escape(label)}</strong>"), control])

    def _button(self, widgets: Any, key: str, action: Callable[[], str]) -> Any:
        button = widgets.Button(description=self._word(key), layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self._tell(action))
        return button

    def _tell(self, action: Callable[[], str]) -> None:
        """Do something, and show what it says, also where it says why not."""
        try:
            told = action()
        except (BcError, OSError) as error:
            told = str(error)
        self._message.value = escape(told)

    def _chosen(self) -> dict[str, str]:
        return {name: _text(control.value) for name, control in self._controls.items()}

    def _changed(self, _: object) -> None:
        if not self._still:
            self._tell(self._look)

    def _look(self) -> str:
        self._explorer.look(replace(self._explorer.view, **self._chosen()))
        self._offer_close()
        return ""

    def _offer_close(self) -> None:
        """Offer the indicators that are chosen to be looked at closely."""
        view, close = self._explorer.view, self._controls["indicator"]
        self._still = True
        try:
            close.options = [option for option in self._options["indicator"] if option[1] in view.indicators.split()]
            close.value = view.indicator
        finally:
            self._still = False


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else value or ""
