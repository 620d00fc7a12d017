"""What a document says, whatever it is written as: texts, lists, tables, charts and pictures, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from bcanalysis.display.table import Table
from bcanalysis.documents.profile import OFFICIAL


@dataclass(frozen=True)
class Run:
    """Letters that look alike.

    Parameters
    ----------
    text : str
        The letters; no line breaks.
    bold, italic : bool
        How they are set.
    note : int or None
        Instead of letters, the raised number of a note of the document, from 1.
    """

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


Text: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is ``I.``, 2 is ``1.``, 3 is ``1.1.`` and 4 is ``a)``; the number is part of its text."""

    text: Text
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: of the body, of the legal bases, of a note, or of code that keeps its spaces and line breaks."""

    text: Text
    role: Literal["body", "basis", "note", "code"] = "body"


@dataclass(frozen=True)
class Item:
    """One item of a list; level 1 is ``-``, level 2 is ``+``; a lettered one counts a) b) c) d) đ) e), a numbered one 1. 2. 3."""

    text: Text
    level: int = 1
    marker: Literal["dash", "letter", "number"] = "dash"


@dataclass(frozen=True)
class Chart:
    """A chart: plotly's own JSON, and what it shows in words.

    Parameters
    ----------
    figure : mapping
        ``data`` and ``layout`` as plotly writes them.
    title, alt : str
        Caption, and the words for those who cannot see it.
    """

    figure: Mapping[str, Any] = field(hash=False)
    title: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that came ready-made: its bytes in base64, its MIME type (``image/png``, ``image/jpeg``, ``image/svg+xml``)."""

    data: str
    mime: str
    alt: str = ""


@dataclass(frozen=True)
class PageBreak:
    """A new page begins."""


Block: TypeAlias = Heading | Paragraph | Item | Table | Chart | Picture | PageBreak


@dataclass(frozen=True)
class Head:
    """The head of an official document, by the parts of Decree 30/2020.

    Parameters
    ----------
    superior, issuer : str
        The body above, and the body that issues the document.
    symbol : str
        What follows the number, ``BC-SCT``; the number itself is the registry's.
    place : str
        Where it is issued.
    month, year : int
        When; the day is the registry's.
    kind : str
        ``BÁO CÁO``.
    addressees : tuple of str
        To whom; may be empty.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    month: int
    year: int
    kind: str = "BÁO CÁO"
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs, and who receives a copy.

    Parameters
    ----------
    authority : str
        ``KT. GIÁM ĐỐC`` and the like above the title; empty if the head of the body signs.
    title, name : str
        Title and name.
    recipients : tuple of str
        The lines under "Nơi nhận", without dash and end sign.
    """

    title: str
    name: str = ""
    authority: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annex:
    """What is appended, on pages of its own numbering.

    Parameters
    ----------
    title : str
        Its title.
    blocks : tuple of Block
        What it says.
    landscape : bool
        Whether its pages lie on their side.
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """A document.

    Parameters
    ----------
    title : str
        Its title (of an official document: the summary below the kind).
    lang : {"vi", "en"}
        Its language.
    blocks : tuple of Block
        The body.
    head : Head or None
        The official head; without it the document has the plain look of an analysis.
    signature : Signature or None
        The official end.
    notes : tuple of str
        Notes to which runs refer, the first one number 1.
    annexes : tuple of Annex
        What is appended.
    profile : str
        Code of the layout in which it is set.
    """

    title: str
    lang: str
    blocks: tuple[Block, ...]
    head: Head | None = None
    signature: Signature | None = None
    notes: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    profile: str = OFFICIAL


def plain(text: Text) -> str:
    """Give the letters of a text alone, notes as ``[1]``.

    Parameters
    ----------
    text : tuple of Run
        The text.

    Returns
    -------
    str
        Its letters.

    Examples
    --------
    >>> plain((Run("tăng "), Run("27,6%", bold=True), Run("", note=1)))
    'tăng 27,6%[1]'
    """
    return "".join(run.text if run.note is None else f"[{run.note}]" for run in text)
