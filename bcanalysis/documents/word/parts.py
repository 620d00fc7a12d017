"""Which part of an official document a paragraph is: by our styles, or else by its place and wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bcanalysis.documents.profile import Profile
from bcanalysis.documents.word.reading import Seen
from bcanalysis.documents.word.styles import style_name
from bcanalysis.wording.terms import LANGUAGES

OWN = ("body", "item", "code", "picture", "caption", "rule")  # parts of ours beside those of the profile

_KINDS = frozenset(
    "báo cáo|tờ trình|kế hoạch|quyết định|thông báo|chương trình|đề án|dự án|phương án|hướng dẫn|chỉ thị|nghị quyết|biên bản".split(
        "|"
    )
)
_HEADINGS = {"heading_1": r"[IVX]+\.\s", "heading_3": r"\d+\.\d+\.?\s", "heading_2": r"\d+\.\s", "heading_4": r"[a-zđ]\)\s"}
_HEAD = {
    "motto_country": r"cộng h(òa|oà) xã hội",
    "motto": r"độc lập\s*[-–]\s*tự do",
    "number": r"số\s*:",
    "date": r".*ngày\b.*tháng\b.*năm",
}


def parts(paragraphs: Iterable[Seen], layout: Profile) -> list[tuple[Seen, str]]:
    """Name the part of each paragraph, "body" where it is none other."""
    seen = list(paragraphs)
    named = {style_name(part, lang).lower(): part for lang in LANGUAGES for part in (*OWN, *layout.parts)}
    found = [named.get(one.style.lower(), "") for one in seen]
    by_wording = list(_by_wording(seen, found))
    return list(zip(seen, _issuers(seen, by_wording), strict=True))


def _by_wording(seen: list[Seen], styled: list[str]) -> Iterator[str]:
    """Walk from the head to the end; what came before says what may come."""
    past: set[str] = set()
    before, signed = "", -1  # the part before; the table that holds the signature
    for one, known in zip(seen, styled, strict=True):
        part = known or _worded(one, before, past, signed)
        if part == "recipients_head" and one.place is not None:
            signed = one.place.table
        past.add(part)
        before = part
        yield part


def _worded(one: Seen, before: str, past: set[str], signed: int) -> str:
    said = one.text.lower()
    if "kind" not in past:
        head = next((part for part, form in _HEAD.items() if re.match(form, said)), "")
        if head or said in _KINDS:
            return head or "kind"
        if one.place is not None and one.place.table == 0:
            return "head"
    if said.startswith("nơi nhận"):
        return "recipients_head"
    if before in ("recipients_head", "recipients") and one.place is None and said.startswith("-"):
        return "recipients"
    if one.place is not None and one.place.table == signed:
        if one.place.column == 0:
            return "recipients"
        return "signer" if one.text.upper() == one.text else "signer_name"
    if one.place is not None:
        return "table"
    if said.startswith("kính gửi") or (before == "addressees" and said.startswith("-")):
        return "addressees"
    if before == "kind" or (before == "title" and one.align == "center"):
        return "title"
    if said.startswith("căn cứ") and not past & set(_HEADINGS):
        return "basis"
    if re.fullmatch(r"phụ lục(\s+[ivxlc\d]+)?", said):
        return "annex"
    if before == "annex":
        return "annex_title"
    return next((part for part, form in _HEADINGS.items() if re.match(form, one.text)), "body")


def _issuers(seen: list[Seen], found: list[str]) -> list[str]:
    """Name the bodies in the head: the last is the one that issues, those above it are superior."""
    heads = [number for number, part in enumerate(found) if part == "head"]
    named = list(found)
    for number in heads:
        named[number] = "issuer" if number == heads[-1] else "superior"
    return named
