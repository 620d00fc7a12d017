"""What differs from run to run and says nothing: addresses in memory, names of temporary files, ids drawn by chance."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,16}\b")
_CELL_FILE = re.compile(r"(?<![^\s\"'<>(])[^\s\"'<>()]{0,300}\bipykernel_\d+[/\\](\d+\.py)")
_STYLER = re.compile(r"\bid=\"(T_[0-9a-f]{5})\"")
_DRAWN_ID = re.compile(r"(?<=\bid=\")[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\")")


def stable_text(text: str) -> str:
    """Blank what differs from run to run in the text of an output.

    Parameters
    ----------
    text : str
        What a program wrote.

    Returns
    -------
    str
        The same without addresses, and with the names of cells' temporary files but not their folders.

    Examples
    --------
    >>> stable_text("<object at 0x7f41e6a44810>")
    '<object at 0x…>'
    >>> stable_text("/tmp/ipykernel_4711/3485564072.py:1: UserWarning: !")
    '3485564072.py:1: UserWarning: !'
    """
    named = _CELL_FILE.sub(r"\1", text) if "ipykernel_" in text else text  # a long text is not searched for nothing
    return _ADDRESS.sub("0x…", named)


def stable_markup(markup: str) -> str:
    """Blank what differs from run to run in the markup of an output.

    Parameters
    ----------
    markup : str
        HTML from a notebook.

    Returns
    -------
    str
        The same with fixed ids for the tables of pandas' Styler and the charts of plotly.

    Examples
    --------
    >>> stable_markup('<table id="T_8f3a1"><td id="T_8f3a1_row0_col0">')
    '<table id="T"><td id="T_row0_col0">'
    """
    for name in dict.fromkeys(_STYLER.findall(markup)):
        markup = markup.replace(name, "T")
    return stable_text(_DRAWN_ID.sub("output", markup))
