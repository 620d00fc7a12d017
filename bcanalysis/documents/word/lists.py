"""Lists as Word counts them.

Word knows no Vietnamese letters: its own would follow d by e, and write f, j, w and z. Each letter is therefore a list marker of
its own. Items stay items of a list, for the eye, the screen reader and the copy; only a letter put between is chosen by hand.
"""

from __future__ import annotations

from typing import Any

from bcanalysis.documents.blocks import Item
from bcanalysis.documents.word.elements import twips, w
from bcanalysis.wording.counting import letter

DASHES = ("-", "+")

_LEVELS = 9  # as many as Word has


class Lists:
    """The lists of one document; gives each item its place in them.

    Parameters
    ----------
    indent : float
        Of the first line of items, in mm.
    """

    def __init__(self, indent: float) -> None:
        self._indent = twips(indent)
        self._kinds: list[Any] = []
        self._lists: list[Any] = []
        self._shared: dict[str, int] = {}
        self._running: dict[int, tuple[str, int, int]] = {}  # by level: marker, list, count

    def end(self) -> None:
        """Say that something other than an item comes: the next item begins a list."""
        self._running.clear()

    def place(self, item: Item) -> Any:
        """Give the element that makes a paragraph this item."""
        level = min(item.level, _LEVELS)
        marker, number, count = self._running.get(level, ("", 0, 0))
        for deeper in [other for other in self._running if other > level]:
            del self._running[deeper]
        first = marker != item.marker
        count = 1 if first else count + 1
        if item.marker == "letter":
            number = self._marked(f"{letter(count)})", self._indent)
        elif item.marker == "dash":
            number = self._marked("", self._indent)
        elif first:
            number = self._numbered()
        self._running[level] = (item.marker, number, count)
        return _numbering(number, level - 1)

    def recipient(self) -> Any:
        """Give the element that puts a dash before a recipient."""
        return _numbering(self._marked("", 0), 0)

    def elements(self) -> list[Any]:
        """Give what the numbering part of the document holds."""
        return [*self._kinds, *self._lists]

    def _marked(self, marker: str, indent: int) -> int:
        """Find the list of a marker, or of the dashes by level, which all such items share."""
        key = f"{marker}|{indent}"
        if key not in self._shared:
            self._shared[key] = self._kind(
                [_level(level, "none" if marker else "bullet", marker or DASHES[level % 2], indent) for level in range(_LEVELS)]
            )
        return self._shared[key]

    def _numbered(self) -> int:
        return self._kind([_level(level, "decimal", f"%{level + 1}.", self._indent) for level in range(_LEVELS)])

    def _kind(self, levels: list[Any]) -> int:
        number = len(self._kinds) + 1
        self._kinds.append(w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number))
        self._lists.append(w("num", w("abstractNumId", val=number), numId=number))
        return number


def _level(level: int, form: str, text: str, indent: int) -> Any:
    place = w("pPr", w("ind", left=0, firstLine=indent))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("suff", val="space"),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        place,
        ilvl=level,
    )


def _numbering(number: int, level: int) -> Any:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))
