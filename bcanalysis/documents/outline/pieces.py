"""A line of an outline, cut into words, figures by name and marks of notes."""

from __future__ import annotations

import re
from dataclasses import replace

from bcanalysis.documents.outline.model import Faults, Mark, Name, Piece, Place, Source, Words
from bcanalysis.errors import nearest
from bcanalysis.wording.phrases import FORMS

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*{}\[\]])|(?P<double>\{\{[^{}]*\}\})|\{(?P<name>[^{}]*)\}|\[\^(?P<note>[^\[\]\s]+)\]"
    r"|(?P<style>\*\*|\*)|(?P<brace>[{}])"
)
_NAME = re.compile(r"(?P<indicator>\w+)(?:\.(?P<breakdown>\w+))?(?:@(?P<basis>\w+))?(?::(?P<form>\w+))?")
_OPENING = re.compile(r"(?:^|[.!?]\s+)\**$")
TOTAL = "total"


def cut(source: Source, faults: Faults) -> tuple[Piece, ...]:
    """Cut a text into its pieces.

    Parameters
    ----------
    source : Source
        The text as written.
    faults : Faults
        Where faults are added.

    Returns
    -------
    tuple of Piece
        The pieces; what stands in braces that are no name is left out, and told as a fault.

    Examples
    --------
    >>> [first, figure] = cut(Source(((Place(3, 1), "Đạt **{retail_sales:growth}**"),)), Faults("mine.md"))
    >>> first.text, figure.indicator, figure.form, figure.bold, figure.place
    ('Đạt ', 'retail_sales', 'growth', True, Place(line=3, column=7))
    """
    text, pieces = source.text, list[Piece]()
    opened: dict[str, Place] = {}
    words, start = "", 0

    def close() -> None:  # numpydoc ignore=GL08
        nonlocal words
        if words:
            pieces.append(Words(words, "**" in opened, "*" in opened))
        words = ""

    for token in _TOKEN.finditer(text):
        words += text[start : token.start()]
        start, place = token.end(), source.place(token.start())
        if token["escaped"]:
            words += token["escaped"]
            continue
        close()
        if token["style"]:
            if opened.pop(token["style"], None) is None:
                opened[token["style"]] = place
        elif token["note"]:
            pieces.append(Mark(token["note"], place))
        elif token["name"] is not None:
            found = _name(token["name"], place, faults)
            opens = bool(_OPENING.search(text[: token.start()]))
            pieces += [replace(found, bold="**" in opened, italic="*" in opened, opens=opens)] if found else []
        elif token["double"]:
            faults.add(place, f"{token['double']} inside a line", "a directive on a line of its own, empty lines around it")
        elif token["brace"] == "{":
            faults.add(place, "{ that never closes", "{indicator} or {indicator:form}", "A brace to be printed is \\{.")
        else:
            faults.add(place, "} that nothing opens", "{indicator} or {indicator:form}", "A brace to be printed is \\}.")
    words += text[start:]
    close()
    for style, place in opened.items():
        faults.add(place, f"{style} that never closes", f"{style}words{style}", "An asterisk to be printed is \\*.")
    return tuple(pieces)


def _name(written: str, place: Place, faults: Faults) -> Name | None:
    found = _NAME.fullmatch(written)
    if not found:
        faults.add(place, f"{{{written}}}", "{indicator.breakdown@price_basis:form}; all but the indicator may be left out")
        return None
    form = found["form"] or "value"
    if form not in FORMS:
        faults.add(place, f'the form "{form}" of {{{written}}}', f"one of {', '.join(FORMS)}", nearest(form, FORMS))
        return None
    return Name(found["indicator"], found["breakdown"] or TOTAL, found["basis"] or "", form, place)
