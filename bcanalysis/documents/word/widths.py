"""How wide letters are, so that a rule can be as long as the text above it; the same on every machine, with or without fonts."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_EM = 2048
_MM_PER_PT = 25.4 / 72
_HORN = "\u031b"


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Measure a line of letters of the Times metric.

    Parameters
    ----------
    text : str
        The line.
    size : float
        Size of its letters in pt.
    bold, italic : bool
        How it is set.

    Returns
    -------
    float
        Its width in mm. A letter that is not on file counts as wide as a figure.

    Examples
    --------
    >>> round(width("2018", 72), 1)  # four figures of half the size each: 2 inches
    50.8
    """
    known = _widths("_".join(name for name, on in (("bold", bold), ("italic", italic)) if on) or "regular")
    return sum(known.get(letter, known["0"]) for letter in _bare(text)) / _EM * size * _MM_PER_PT


def lines(text: str, room: float, size: float, *, bold: bool = False, italic: bool = False) -> list[str]:
    """Break a text between words as a page does.

    Parameters
    ----------
    text : str
        The text.
    room : float
        Width of the lines in mm.
    size : float
        Size of its letters in pt.
    bold, italic : bool
        How it is set.

    Returns
    -------
    list of str
        The lines; a word that is wider than the room has one of its own.

    Examples
    --------
    >>> lines("2018 2019", 30, 72)
    ['2018', '2019']
    """
    broken: list[str] = []
    for word in text.split(" "):
        if broken and width(f"{broken[-1]} {word}", size, bold=bold, italic=italic) <= room:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return broken


@cache
def _widths(look: str) -> dict[str, int]:
    by_width = tomllib.loads(files("bcanalysis.documents.word").joinpath("times.toml").read_text(encoding="utf-8"))[look]
    return {letter: int(wide) for wide, letters in by_width.items() for letter in letters}


@cache
def _bare(text: str) -> str:
    """Take tones and hats off; keep the horn."""
    parts = unicodedata.normalize("NFD", text.replace("\u00a0", " "))
    kept = "".join(letter for letter in parts if letter == _HORN or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept)
