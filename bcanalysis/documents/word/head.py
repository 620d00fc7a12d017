"""The head and the signature of an official document, each a table without lines that only places its parts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from bcanalysis.documents.blocks import Annex, Document, Head, Signature
from bcanalysis.documents.profile import Part, Profile
from bcanalysis.documents.registry import date_line, number_line
from bcanalysis.documents.word.elements import letters, one_line, paragraph, points, twips, w
from bcanalysis.documents.word.lists import Lists
from bcanalysis.documents.word.tables import bare_table
from bcanalysis.documents.word.widths import lines, width
from bcanalysis.wording.counting import roman
from bcanalysis.wording.terms import term

_SLACK = 2.0  # mm between the two columns and beside the widest line, for a typeface that is not quite ours
_RULE_WEIGHT = 6  # eighths of a point


def head(head: Head, layout: Profile, lang: str) -> Any:
    """Write who issues the document on the left; country, motto, place and time on the right."""
    country, motto = term("official.country", lang), term("official.motto", lang)
    number, date = number_line(head, lang), date_line(head, lang)
    told = {"motto_country": country, "motto": motto, "date": date}
    right = max(_width(_set(text, layout.parts[name]), layout.parts[name]) for name, text in told.items()) + _SLACK
    left = layout.text_width - right
    return bare_table(
        [left, right],
        [
            [part("superior", head.superior, layout), *with_rule("issuer", head.issuer, layout, left - _SLACK, left)],
            [part("motto_country", country, layout), *with_rule("motto", motto, layout, right, right)],
        ],
        [[part("number", number, layout)], [part("date", date, layout)]],
    )


def opening(document: Document, layout: Profile) -> list[Any]:
    """Write kind, title and addressees."""
    room = layout.text_width
    gap = paragraph("rule", spacing=w("spacing", after=points(layout.body.after)))
    if document.head is None:
        return [part("title", document.title, layout), gap]
    made = [part("kind", document.head.kind, layout), *with_rule("title", document.title, layout, room, room), gap]
    return [*made, *_addressees(document.head.addressees, layout, document.lang)]


def _addressees(names: tuple[str, ...], layout: Profile, lang: str) -> list[Any]:
    """Write one addressee in the middle; several one below the other, all beginning at one place, the longest in the middle."""
    to, shown = term("official.addressees", lang), [one_line(name) for name in names]
    if len(shown) < 2:
        return [paragraph("addressees", letters(f"{to} {name}"), jc=w("jc", val="center")) for name in shown]
    ends = [";"] * (len(shown) - 1) + ["."]
    told = [to, *(f"- {name}{end}" for name, end in zip(shown, ends, strict=True))]
    widest = max(_width(line, layout.parts["addressees"]) for line in told)
    beside = w("ind", left=twips(max(layout.text_width - widest, 0.0) / 2))
    return [paragraph("addressees", letters(line), ind=deepcopy(beside)) for line in told]


def signature(signature: Signature, layout: Profile, lang: str, lists: Lists) -> Any:
    """Write the recipients on the left, and who signs on the right, level with each other."""
    half = layout.text_width / 2
    left = (
        [part("recipients_head", term("official.recipients", lang), layout)] if signature.recipients else [paragraph("recipients")]
    )
    for place, name in enumerate(signature.recipients, 1):
        end = "." if place == len(signature.recipients) else ";"
        left.append(paragraph("recipients", letters(one_line(name) + end), numPr=lists.recipient()))
    titles = [part("signer", title, layout) for title in (signature.authority, signature.title) if title]
    return bare_table([half, half], [left, [*titles, part("signer_name", signature.name, layout)]])


def annex_title(annex: Annex, number: int, count: int, layout: Profile, lang: str) -> list[Any]:
    """Write the number of an annex, if there are several, and its title."""
    name = term("official.annex", lang) if count == 1 else term("official.annex_numbered", lang, number=roman(number))
    return [part("annex", name, layout), part("annex_title", annex.title, layout)]


def part(name: str, text: str, layout: Profile) -> Any:
    """Write one part in its style."""
    shown = _set(text, layout.parts[name])
    return paragraph(name, *([letters(shown)] if shown else []))


def with_rule(name: str, text: str, layout: Profile, room: float, column: float) -> list[Any]:
    """Write one part and the line drawn below it: the share of its longest line, in the middle of the column (mm)."""
    how = layout.parts[name]
    if how.rule_share is None:
        return [part(name, text, layout)]
    longest = max(_width(line, how) for line in lines(_set(text, how), room, how.size, bold=how.bold, italic=how.italic))
    beside = twips(max(column - longest * how.rule_share, 0.0) / 2)
    drawn = w("pBdr", w("top", val="single", sz=_RULE_WEIGHT, space=1, color="auto"))
    return [part(name, text, layout), paragraph("rule", pBdr=drawn, ind=w("ind", left=beside, right=beside))]


def _set(text: str, how: Part) -> str:
    shown = one_line(text)
    return shown.upper() if how.upper else shown


def _width(line: str, how: Part) -> float:
    return width(line, how.size, bold=how.bold, italic=how.italic)
