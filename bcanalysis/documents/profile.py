"""The layout of documents as data: which measures a profile sets, and which it allows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bcanalysis.errors import UsageError, nearest

OFFICIAL = "nd30_2020"
_SMALLEST, _LARGEST = 4.0, 72.0  # pt
_LEAST_TEXT = 50.0  # mm


@dataclass(frozen=True)
class Part:
    """How one part of a document is set.

    Parameters
    ----------
    size : float
        Size of its letters in pt.
    allowed : tuple of float
        The smallest and the largest size allowed.
    bold, italic, upper : bool
        How its letters are set.
    rule : tuple of float or None
        The shortest and longest drawn line below it, as shares of its longest line; None for no line.
    """

    size: float
    allowed: tuple[float, float]
    bold: bool = False
    italic: bool = False
    upper: bool = False
    rule: tuple[float, float] | None = None

    @property
    def rule_share(self) -> float | None:
        """The share that is drawn: the middle of what is allowed."""
        return None if self.rule is None else sum(self.rule) / 2


@dataclass(frozen=True)
class Margins:
    """Four lengths in mm."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True)
class Body:
    """How running text is set: pt, mm and lines."""

    size: float
    allowed: tuple[float, float]
    indent: float
    indents: tuple[float, ...]
    after: float
    line: float
    lines: tuple[float, float]
    align: str


@dataclass(frozen=True)
class Writing:
    """How the words of a document are written.

    Parameters
    ----------
    title_lines : int
        On how many lines the summary stands at most.
    basis_end, basis_last : str
        With which sign a legal basis ends, and the last one of them.
    authorities : tuple of str
        With what begins the line that says for whom somebody signs.
    academic : tuple of str
        What the name of a signer does not carry.
    filed : str
        With what begins the last line of the recipients.
    lang : str
        The language whose words these are; of an outline in another one they are not asked.
    """

    title_lines: int
    basis_end: str
    basis_last: str
    authorities: tuple[str, ...]
    academic: tuple[str, ...]
    filed: str
    lang: str


@dataclass(frozen=True)
class Profile:
    """A layout.

    Parameters
    ----------
    name, title : str
        Code, and the rule it comes from.
    width, height : float
        Paper in mm, upright.
    margins : Margins
        What is set.
    margins_allowed : mapping of str to tuple of float
        The least and most of each.
    family : str
        The typeface asked for.
    alike : tuple of str
        Typefaces of the same widths, in the order in which they stand in for it.
    page_number : mapping
        ``size``, ``allowed``, ``first`` (the first page that shows one) and ``place``.
    body : Body
        Running text.
    parts : mapping of str to Part
        All other parts by name.
    writing : Writing
        How words are written.
    """

    name: str
    title: str
    width: float
    height: float
    margins: Margins
    margins_allowed: Mapping[str, tuple[float, float]]
    family: str
    alike: tuple[str, ...]
    page_number: Mapping[str, Any]
    body: Body
    parts: Mapping[str, Part]
    writing: Writing

    @property
    def text_width(self) -> float:
        """Width of the text on an upright page, in mm."""
        return self.width - self.margins.left - self.margins.right

    def room(self, *, landscape: bool) -> float:
        """Width of the text on a page that stands upright or lies on its side, in mm."""
        return self.text_width + (self.height - self.width if landscape else 0.0)


def profile(name: str = OFFICIAL) -> Profile:
    """Read a profile that comes with the package.

    Parameters
    ----------
    name : str
        Its code.

    Returns
    -------
    Profile
        The layout.

    Raises
    ------
    UsageError
        If there is none of the name.

    Examples
    --------
    >>> profile().parts["recipients"].size
    11.0
    """
    folder = files("bcanalysis.documents") / "profiles"
    known = sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    if name not in known:
        raise UsageError(f'profile: got "{name}"; expected one of {", ".join(known)}. {nearest(name, known)}')
    return read_profile((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def read_profile(text: str, file: str) -> Profile:
    """Read a profile, refusing measures that no page can have.

    Parameters
    ----------
    text : str
        TOML.
    file : str
        Its name, for what is said of it.

    Returns
    -------
    Profile
        The layout.

    Raises
    ------
    UsageError
        If it is no TOML, lacks a part, or sets what is impossible or outside its own limits; all faults together.

    Examples
    --------
    >>> read_profile("name = 'mine'", "mine.toml")
    Traceback (most recent call last):
      ...
    bcanalysis.errors.UsageError: mine.toml: got no title, paper, font, page_number, body, writing, part;
    expected all parts of a profile
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: got text that is no TOML ({error}); expected a profile") from error
    missing = [name for name in ("name", "title", "paper", "font", "page_number", "body", "writing", "part") if name not in found]
    if missing:
        raise UsageError(f"{file}: got no {', '.join(missing)}; expected all parts of a profile")
    try:
        read = _profile(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file}: got {error!r}; expected the measures of a profile") from error
    faults = _faults(read)
    if faults:
        raise UsageError(f"{file}: " + "; ".join(faults))
    return read


def _profile(found: Mapping[str, Any]) -> Profile:
    paper, font, body = found["paper"], found["font"], found["body"]
    return Profile(
        name=str(found["name"]),
        title=str(found["title"]),
        width=float(paper["width"]),
        height=float(paper["height"]),
        margins=Margins(**{side: float(length) for side, length in paper["margins"].items()}),
        margins_allowed={side: _pair(ends) for side, ends in paper["allowed"].items()},
        family=str(font["family"]),
        alike=tuple(map(str, font.get("alike", ()))),
        page_number={**found["page_number"], "allowed": _pair(found["page_number"]["allowed"])},
        body=Body(
            size=float(body["size"]),
            allowed=_pair(body["allowed"]),
            indent=float(body["indent"]),
            indents=tuple(map(float, body["indents"])),
            after=float(body["after"]),
            line=float(body["line"]),
            lines=_pair(body["lines"]),
            align=str(body["align"]),
        ),
        parts={name: _part(given) for name, given in found["part"].items()},
        writing=_writing(found["writing"]),
    )


def _part(given: Mapping[str, Any]) -> Part:
    rule = given.get("rule")
    styles = {name: bool(given.get(name, False)) for name in ("bold", "italic", "upper")}
    return Part(float(given["size"]), _pair(given["allowed"]), **styles, rule=None if rule is None else _pair(rule))


def _writing(given: Mapping[str, Any]) -> Writing:
    return Writing(
        title_lines=int(given["title_lines"]),
        basis_end=str(given["basis_end"]),
        basis_last=str(given["basis_last"]),
        authorities=tuple(map(str, given["authorities"])),
        academic=tuple(map(str, given["academic"])),
        filed=str(given["filed"]),
        lang=str(given["lang"]),
    )


def _pair(ends: Sequence[float]) -> tuple[float, float]:
    low, high = ends
    return float(low), float(high)


def _faults(read: Profile) -> list[str]:
    """List the measures that no page can have, or that leave the limits beside them."""
    faults = []
    margins = vars(read.margins)
    for side, length in margins.items():
        low, high = read.margins_allowed[side]
        if not low <= length <= high:
            faults.append(f"margin {side}: got {length:g} mm; expected {low:g} to {high:g}")
    if read.text_width < _LEAST_TEXT or read.height - read.margins.top - read.margins.bottom < _LEAST_TEXT:
        faults.append(
            f"paper: got {read.width:g} x {read.height:g} mm, which leaves no room for text; expected {_LEAST_TEXT:g} mm of it"
        )
    sizes = {
        "page_number": (float(read.page_number["size"]), read.page_number["allowed"]),
        "body": (read.body.size, read.body.allowed),
        **{name: (part.size, part.allowed) for name, part in read.parts.items()},
    }
    for name, (size, (low, high)) in sizes.items():
        if not (_SMALLEST <= size <= _LARGEST and low <= size <= high):
            faults.append(f"{name}: got {size:g} pt; expected {max(low, _SMALLEST):g} to {min(high, _LARGEST):g}")
    if not read.body.lines[0] <= read.body.line <= read.body.lines[1]:
        faults.append(f"body line: got {read.body.line:g} lines; expected {read.body.lines[0]:g} to {read.body.lines[1]:g}")
    if read.body.indent not in read.body.indents:
        faults.append(
            f"body indent: got {read.body.indent:g} mm; expected one of {', '.join(f'{mm:g}' for mm in read.body.indents)}"
        )
    return faults
