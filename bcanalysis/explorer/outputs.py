"""Outputs of a cell that can be changed after it has run, and that are stored as they were last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import plotly.graph_objects as go


class Outputs:
    """One output for each part of a view, in their order; shown again, a part takes the place it had."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._shown: dict[str, Mapping[str, Any]] = {}

    def show(self, parts: Mapping[str, Any]) -> None:
        """Show all parts, or put those that have changed where they were shown before.

        Parameters
        ----------
        parts : mapping of str to object
            What to show, by name.
        """
        for name, part in parts.items():
            forms = _forms(part)
            if self._shown.get(name) == forms:
                continue
            if name in self._shown and isinstance(part, go.Figure):
                self._put(name, _room(part))  # JupyterLab draws a chart again only where something else stood in between
            self._put(name, forms)

    def _put(self, name: str, forms: Mapping[str, Any]) -> None:
        from IPython.display import display

        update = name in self._places
        place = self._places.setdefault(name, uuid4().hex)
        self._shown[name] = forms
        display(dict(forms), raw=True, display_id=place, update=update)  # type: ignore[no-untyped-call]


def _forms(part: Any) -> dict[str, Any]:
    """Give the forms of a part as a kernel shows it; a chart would display itself, and could not be changed."""
    if isinstance(part, go.Figure):
        from plotly.io import renderers

        return dict(renderers["plotly_mimetype"].to_mimebundle(part.to_dict()))
    from IPython.core.formatters import DisplayFormatter

    forms, _ = DisplayFormatter().format(part)  # type: ignore[no-untyped-call]
    return dict(forms)


def _room(chart: go.Figure) -> dict[str, str]:
    """Keep the room of a chart, so that the page does not jump."""
    return {"text/html": f'<div style="height:{chart.layout.height:.0f}px"></div>'}
