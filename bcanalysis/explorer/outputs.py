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

    def show(self, parts: Mapping[str, Any]) -> None:
        """Show all parts, or put them where they were shown before.

        Parameters
        ----------
        parts : mapping of str to object
            What to show, by name.
        """
        from IPython.display import display

        for name, part in parts.items():
            update = name in self._places
            place = self._places.setdefault(name, uuid4().hex)
            data, metadata = _forms(part)
            display(data, metadata=metadata, raw=True, display_id=place, update=update)  # type: ignore[no-untyped-call]


def _forms(part: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the forms of a part as a kernel shows it; a chart would display itself, and could not be changed."""
    if isinstance(part, go.Figure):
        from plotly.io import renderers

        return renderers["plotly_mimetype"].to_mimebundle(part.to_dict()), {}
    from IPython.core.formatters import DisplayFormatter

    data, metadata = DisplayFormatter().format(part)  # type: ignore[no-untyped-call]
    return data, metadata
