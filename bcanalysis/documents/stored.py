"""Documents as JSON, so that an executed notebook can carry one: written and read back they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import (
    Annex,
    Chart,
    Document,
    Head,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
)

_KINDS: Mapping[str, type] = {
    kind.__name__.lower(): kind
    for kind in (Annex, Cell, Chart, Column, Document, Head, Heading, Item, PageBreak, Paragraph, Picture, Run, Signature, Table)
}
_KIND = "is"


def to_json(value: Any) -> Any:
    """Write a document, or a part of one, as what JSON can hold.

    Parameters
    ----------
    value : Document or part of one
        What to write.

    Returns
    -------
    dict
        Its fields, those that are as by default left out, and ``is``, the kind.

    Examples
    --------
    >>> to_json(Run("tăng", bold=True))
    {'is': 'run', 'text': 'tăng', 'bold': True}
    """
    if is_dataclass(value):
        told = {part.name: getattr(value, part.name) for part in fields(value)}
        usual = {part.name: part.default for part in fields(value)}
        kept = {name: to_json(part) for name, part in told.items() if not (part == usual[name] and type(part) is type(usual[name]))}
        return {_KIND: type(value).__name__.lower(), **kept}
    if isinstance(value, list | tuple):
        return [to_json(part) for part in value]
    return value


def from_json(value: Any) -> Any:
    """Read what :func:`to_json` has written.

    Parameters
    ----------
    value : dict
        What JSON gave.

    Returns
    -------
    Document or part of one
        The same as was written.

    Raises
    ------
    ValueError
        If it names a kind that there is not.

    Examples
    --------
    >>> from_json({"is": "item", "text": [{"is": "run", "text": "a"}], "level": 2})
    Item(text=(Run(text='a', bold=False, italic=False, note=None),), level=2, marker='dash')
    """
    if isinstance(value, Mapping) and _KIND in value:
        kind = _KINDS.get(str(value[_KIND]))
        if kind is None:
            raise ValueError(f"document: got a part of the kind {value[_KIND]!r}; expected one of {', '.join(sorted(_KINDS))}")
        if kind is Chart:  # plotly's JSON is kept as it is
            return Chart(**{name: part for name, part in value.items() if name != _KIND})
        return kind(**{name: from_json(part) for name, part in value.items() if name != _KIND})
    return tuple(from_json(part) for part in value) if isinstance(value, list) else value
