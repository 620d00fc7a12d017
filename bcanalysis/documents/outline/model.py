"""What an outline holds once it is read: each part knows its line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, TypeAlias

from bcanalysis.documents.profile import OFFICIAL
from bcanalysis.errors import Fault, UsageError
from bcanalysis.periods import Period


@dataclass(frozen=True, order=True)
class Place:
    """A line and a column of the file, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """Text as it is written, its lines joined by spaces.

    Parameters
    ----------
    lines : tuple of (Place, str)
        Where each line begins, and what stands there.
    """

    lines: tuple[tuple[Place, str], ...]

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(text for _, text in self.lines)

    def place(self, offset: int) -> Place:
        """Give the place of a letter of the text."""
        starts = list(accumulate((len(text) + 1 for _, text in self.lines), initial=0))[:-1]
        number = bisect_right(starts, offset) - 1
        start, _ = self.lines[number]
        return Place(start.line, start.column + offset - starts[number])


@dataclass(frozen=True)
class Words:
    """Words of the analyst."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Name:
    """A figure by name, ``{indicator.breakdown@price_basis:form}``; one that opens a sentence has a capital."""

    indicator: str
    breakdown: str
    price_basis: str
    form: str
    place: Place
    bold: bool = False
    italic: bool = False
    opens: bool = False


@dataclass(frozen=True)
class Mark:
    """The mark of a note, ``[^name]``."""

    name: str
    place: Place


Piece: TypeAlias = Words | Name | Mark


@dataclass(frozen=True)
class Passage:
    """A heading, a legal basis, a paragraph, an item of a list or a note."""

    kind: Literal["heading", "basis", "paragraph", "item", "note"]
    source: Source
    pieces: tuple[Piece, ...]
    level: int = 1
    marker: Literal["dash", "letter"] = "dash"


@dataclass(frozen=True)
class Directive:
    """What is made from the figures on file, ``{{table headline}}``."""

    what: str
    of: str
    place: Place


@dataclass(frozen=True)
class Front:
    """What stands before the text.

    Parameters
    ----------
    period : Period
        What the report is about.
    area, lang, profile : str
        Code of the area, language, layout.
    superior, issuer, symbol, place, kind, title : str
        Parts of the head.
    addressees : tuple of str
        To whom.
    authority, signer_title, signer_name : str
        Who signs; the name may stay open.
    recipients : tuple of str
        Who receives a copy.
    places : mapping of str to Place
        Where the value of each key stands.
    """

    period: Period
    area: str
    superior: str
    issuer: str
    symbol: str
    place: str
    title: str
    signer_title: str
    recipients: tuple[str, ...]
    lang: str = "vi"
    profile: str = OFFICIAL
    kind: str = "BÁO CÁO"
    addressees: tuple[str, ...] = ()
    authority: str = ""
    signer_name: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Outline:
    """An outline.

    Parameters
    ----------
    file : str
        Name of its file.
    front : Front or None
        What stands before the text; None if that has faults.
    parts : tuple of Passage or Directive
        The text.
    notes : mapping of str to Passage
        The notes by name.
    faults : tuple of Fault
        What is wrong in its writing; filling tells of them together with what is wrong in its figures.
    """

    file: str
    front: Front | None
    parts: tuple[Passage | Directive, ...]
    notes: Mapping[str, Passage]
    faults: tuple[Fault, ...] = ()


class OutlineError(UsageError):
    """An outline has faults; all of them are in `faults`, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.row, int(fault.column.removeprefix("column ") or 0))))
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the outline:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class Faults:
    """The faults of one file, as they are found.

    Parameters
    ----------
    file : str
        Its name.
    found : sequence of Fault
        Those already known.
    """

    def __init__(self, file: str, found: Sequence[Fault] = ()) -> None:
        self.file = file
        self.found = list(found)

    def add(self, place: Place, got: str, expected: str, hint: str = "") -> None:
        """Add a fault."""
        self.found.append(Fault(self.file, place.line, f"column {place.column}", got, expected, hint))
