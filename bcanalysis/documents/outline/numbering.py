"""The numbers of headings and the letters of lists, typed by the analyst: they must run on."""

from __future__ import annotations

import re

from bcanalysis.documents.outline.model import Faults, Place
from bcanalysis.wording.counting import LETTERS, roman

_NUMBER = re.compile(r"(?P<number>[\w.]+[.)])\s+\S")


class Numbering:
    """Follow the numbers through a file.

    Parameters
    ----------
    faults : Faults
        Where faults are added.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._counts = [0, 0, 0, 0]
        self._letter = -1

    def heading(self, level: int, text: str, place: Place) -> None:
        """Check the number of a heading."""
        self._letter = -1
        above = self._counts[level - 2] if level > 1 else 1
        if not above and not (level == 4 and self._counts[1]):  # a) may stand right below 1.
            self._faults.add(place, f"a heading of level {level} without one of level {level - 1} above it", "no level left out")
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        expected, found = self._expected(level), _NUMBER.match(text)
        if not found or found["number"] != expected:
            got = f'"{found["number"]}"' if found else "a heading without its number"
            self._faults.add(place, got, f'"{expected}"', "Numbers of headings run on: I. II.; 1. 2.; 1.1. 1.2.; a) b).")

    def item(self, letter: str, place: Place) -> None:
        """Check the letter of an item; an a) begins a new list."""
        following = 0 if letter == LETTERS[0] else self._letter + 1
        expected = LETTERS[min(following, len(LETTERS) - 1)]
        if letter != expected:
            self._faults.add(place, f'"{letter})"', f'"{expected})"', f"Vietnamese lists count {', '.join(LETTERS[:8])} ...")
        self._letter = following

    def _expected(self, level: int) -> str:
        count = self._counts[level - 1]
        if level == 1:
            return f"{roman(count)}."
        if level == 4:
            return f"{LETTERS[min(count, len(LETTERS)) - 1]})"
        return f"{count}." if level == 2 else f"{self._counts[1]}.{count}."
