"""Read an outline: front matter, headings, paragraphs, lists, legal bases, notes and directives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from bcanalysis.documents.outline.front import FENCE, read_front
from bcanalysis.documents.outline.model import Directive, Faults, Front, Mark, Outline, Passage, Place, Source
from bcanalysis.documents.outline.numbering import Numbering
from bcanalysis.documents.outline.pieces import cut
from bcanalysis.documents.outline.roll import STALE
from bcanalysis.errors import UsageError, nearest

_MARKED = re.compile(r"(?P<heading>#+)\s+|(?P<basis>>)\s+|(?P<dash>[-+])\s+|(?P<letter>[a-zđ])\)\s+|\[\^(?P<note>[^\[\]\s]+)\]:\s*")
_DIRECTIVE = re.compile(r"\{\{(?P<inside>.*)\}\}")
_DEEPEST = 4
DIRECTIVES = {"sentences": (), "table": (), "chart": ("growth", "plan"), "annex": ("figures",)}
_LEVELS = {"-": 1, "+": 2}

Lines = Sequence[tuple[int, str]]


def read_outline(path: str | Path) -> Outline:
    """Read the outline of a report.

    Parameters
    ----------
    path : str or pathlib.Path
        A Markdown file as ``data/README.md`` describes it.

    Returns
    -------
    Outline
        Its parts; what is wrong in it is in ``faults``, and is told when it is filled, together with what is wrong in its figures.

    Raises
    ------
    UsageError
        If there is no such file, or it is no text in UTF-8.

    Examples
    --------
    >>> from bcanalysis.dataset.locate import find_data
    >>> outline = read_outline(find_data() / "outlines" / "2018H1.md")
    >>> outline.front.symbol, outline.faults
    ('BC-SCT', ())
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"outline: got {Path(path).name}; there is no such file") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{Path(path).name}: got bytes that are no UTF-8; expected an outline as text in UTF-8") from error
    return parse(text, Path(path).name)


def parse(text: str, file: str) -> Outline:
    """Read the text of an outline.

    Parameters
    ----------
    text : str
        What the file says.
    file : str
        Its name.

    Returns
    -------
    Outline
        As :func:`read_outline` gives it.

    Examples
    --------
    >>> str(parse("Đạt kết quả.", "mine.md").faults[0])
    'mine.md, line 1, column 1: got no front matter; expected a first line "---", keys, and a second line "---"'
    """
    faults = Faults(file)
    lines = list(enumerate(unicodedata.normalize("NFC", text).splitlines(), 1))
    front, body = _split(lines, faults)
    reader = _Reader(faults)
    for number, line in lines:
        for mark in STALE.finditer(line):
            place = Place(number, mark.start() + 1)
            faults.add(
                place,
                f'"{mark[0]}"',
                "words that hold for this period",
                "Look at what the mark encloses, mend it, take the mark away.",
            )
    for number, line in body:
        reader.take(number, line)
    reader.close()
    reader.check_notes()
    return Outline(file, front, tuple(reader.parts), reader.notes, tuple(faults.found))


def _split(lines: Lines, faults: Faults) -> tuple[Front | None, Lines]:
    fences = [number for number, line in lines if line.rstrip() == FENCE][:2]
    if fences[:1] != [1] or len(fences) < 2:
        faults.add(Place(1, 1), "no front matter", f'a first line "{FENCE}", keys, and a second line "{FENCE}"')
        return None, lines
    return read_front(lines[1 : fences[1] - 1], Place(fences[1], 1), faults), lines[fences[1] :]


class _Reader:
    """Take lines and make parts of them."""

    def __init__(self, faults: Faults) -> None:
        self.parts: list[Passage | Directive] = []
        self.notes: dict[str, Passage] = {}
        self._faults = faults
        self._numbering = Numbering(faults)
        self._marker: re.Match[str] | None = None
        self._lines: list[tuple[Place, str]] = []

    def take(self, number: int, line: str) -> None:
        text = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        place = Place(number, column)
        if not text:
            self.close()
        elif directive := _DIRECTIVE.fullmatch(text):
            self.close()
            self._direct(directive["inside"].split(), text, place)
        elif marker := _MARKED.match(text):
            self.close()
            self._marker = marker
            self._lines = [(Place(number, column + marker.end()), text[marker.end() :])]
            if marker["heading"]:
                self.close()
        else:
            self._lines.append((place, text))

    def close(self) -> None:
        """Make a part of the lines taken."""
        marker, lines = self._marker, self._lines
        self._marker, self._lines = None, []
        if not lines:
            return
        source = Source(tuple(lines))
        pieces = cut(source, self._faults)
        place = lines[0][0]
        if marker is None:
            self.parts.append(Passage("paragraph", source, pieces))
        elif marker["heading"]:
            level = min(len(marker["heading"]), _DEEPEST)
            if len(marker["heading"]) > _DEEPEST:
                self._faults.add(place, f"a heading of level {len(marker['heading'])}", f"one of the levels 1 to {_DEEPEST}")
            self._numbering.heading(level, source.text, place)
            self.parts.append(Passage("heading", source, pieces, level))
        elif marker["basis"]:
            self.parts.append(Passage("basis", source, pieces))
        elif marker["note"]:
            if marker["note"] in self.notes:
                self._faults.add(place, f"the note [^{marker['note']}] again", "each note once")
            self.notes[marker["note"]] = Passage("note", source, pieces)
        elif marker["letter"]:
            self._numbering.item(marker["letter"], place)
            self.parts.append(Passage("item", source, pieces, marker="letter"))
        else:
            self.parts.append(Passage("item", source, pieces, _LEVELS[marker["dash"]]))

    def check_notes(self) -> None:
        """See that notes and their marks belong together."""
        passages = [part for part in self.parts if isinstance(part, Passage)]
        marks = [piece for passage in passages for piece in passage.pieces if isinstance(piece, Mark)]
        for mark in marks:
            if mark.name not in self.notes:
                hint = nearest(mark.name, self.notes) if self.notes else ""
                self._faults.add(mark.place, f"[^{mark.name}]", f"a line [^{mark.name}]: with its text", hint)
        for name, note in self.notes.items():
            if name not in {mark.name for mark in marks}:
                self._faults.add(note.source.place(0), f"the note [^{name}] that no text refers to", f"[^{name}] in the text")
            for piece in note.pieces:
                if isinstance(piece, Mark):
                    self._faults.add(piece.place, f"[^{piece.name}] inside a note", "notes without notes of their own")

    def _direct(self, words: list[str], text: str, place: Place) -> None:
        what, of = words if len(words) == 2 else ("", "")
        if what not in DIRECTIVES:
            shapes = "{{sentences headline}}, {{table THEME}}, {{chart growth}}, {{chart plan}} or {{annex figures}}"
            self._faults.add(place, text, shapes, nearest(words[0], DIRECTIVES) if words else "")
        elif DIRECTIVES[what] and of not in DIRECTIVES[what]:
            self._faults.add(place, text, f"{what} of {' or '.join(DIRECTIVES[what])}", nearest(of, DIRECTIVES[what]))
        else:
            self.parts.append(Directive(what, of, place))
