"""Text written for a terminal."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_TITLE_OR_LINK = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain_text(text: str) -> str:
    r"""Strip colours, links and control characters.

    Parameters
    ----------
    text : str
        What a program wrote.

    Returns
    -------
    str
        The letters, with line ends and tabs.

    Examples
    --------
    >>> plain_text("\x1b[31mValueError\x1b[39m: \x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\")
    'ValueError: here'
    """
    return _CONTROL.sub("", _TITLE_OR_LINK.sub("", _COLOUR.sub("", text)))
