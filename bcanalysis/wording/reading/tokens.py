"""The words of a sentence by what they do in a statement: numbers, verbs of change, bases of comparison, marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from bcanalysis.wording.written import PERCENT, POINTS, TIMES, Number, numbers_in, read_vietnamese

NUMBERS = frozenset({"amount", "percent", "points", "times", "bare"})
BASES = frozenset({"same", "past", "plan", "other"})
_MARKS = {",": "comma", ";": "semicolon", ":": "colon", "(": "open", "[": "open", ")": "close", "]": "close", "=": "equal"}
_DASHES = "-–—"
_DASH = re.compile(r"(?<=\s)[-–—](?=\s)")
_MULTIPLES: Mapping[str, int | Decimal] = {"đôi": 2, "rưỡi": Decimal("1.5"), "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}  # "năm" is a year, "một" an article
_FOREIGN = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d{1,2}|\d+\.\d{4,}")  # 12.36 and 1,234.5 can be read in one way only
_DOUBLED = re.compile(
    r"(?<!\w)(?:tăng (?:(?:gần|hơn|trên) )?)?gấp (?:(?:gần|hơn|trên|khoảng) )?(đôi|rưỡi|hai|ba|bốn|năm)(?!\w)(?: lần)?",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(r"[\d.,]+ (?:con số|đồng (?:chí|bào|hồ))(?!\w)", re.IGNORECASE)  # "03 đồng chí" are no money
_SLASH = re.compile(r"(?<=[^\W\d_])/(?=\d)")  # 487 hồ sơ/10 lĩnh vực are two numbers
_RANGE = re.compile(r"\s*(?:[-–]|đến|tới)\s*")


@dataclass(frozen=True)
class Token:
    """A word, a phrase or a number, and what it does.

    Parameters
    ----------
    kind : str
        ``amount``, ``percent``, ``points``, ``times``, ``bare``, ``period``, ``mark``, or a kind of the grammar.
    text : str
        As written.
    start, end : int
        Its place in the sentence.
    value : decimal.Decimal or None
        Of a number; None where it cannot be read.
    unit : str
        Of a number, as written.
    note : str
        What is odd about a number: ``separator``, ``range``.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    note: str = ""


@cache
def grammar() -> dict[str, Any]:
    """Read the words of the grammar.

    Returns
    -------
    dict
        The tables of ``grammar.toml``, each pattern filled in.
    """
    told = tomllib.loads(files("bcanalysis.wording.reading").joinpath("grammar.toml").read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, pattern in told["parts"].items():
        parts[name] = f"(?:{_filled(pattern, parts)})"
    told["token"] = [
        (
            one["kind"],
            re.compile(rf"(?<!\w)(?:{'|'.join(_filled(words, parts) for words in one['words'])})(?![^\W\d])", re.IGNORECASE),
        )
        for one in told["token"]
    ]
    told["parts"] = parts
    told["light"] = frozenset(told["light"]["words"].split())
    return told


@cache
def edge(name: str, form: str) -> re.Pattern[str]:
    """Give a pattern of words of the grammar.

    Parameters
    ----------
    name : str
        A list of the grammar's table ``edges``.
    form : str
        The pattern, with ``WORDS`` where one of the words stands whole.

    Returns
    -------
    re.Pattern
        Knows no capitals.

    Examples
    --------
    >>> edge("cause", "WORDS").match("do thiếu đơn hàng")[0]
    'do'
    """
    words = grammar()["edges"][name].replace("\n", "|")
    return re.compile(form.replace("WORDS", rf"(?<!\w)(?:{words})(?!\w)"), re.IGNORECASE)


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: parts[found[1]], pattern)


@cache
def _units() -> tuple[str, ...]:
    units = grammar()["units"]
    names = [name for kind in ("money", "measures", "things") for name in re.split(r"[|\n]", units[kind])]
    return tuple(name.replace(r"\$", "$").replace(r"\.", ".").replace(r"\s?", " ") for name in names)


def tokens_in(text: str) -> list[Token]:
    """Divide a sentence into tokens.

    Parameters
    ----------
    text : str
        A sentence with single blanks.

    Returns
    -------
    list of Token
        In their order, without gaps.

    Examples
    --------
    >>> [(token.kind, token.text) for token in tokens_in("Xuất khẩu tăng 6,5% so với cùng kỳ")]
    [('words', 'Xuất khẩu'), ('rise', 'tăng'), ('percent', '6,5%'), ('same', 'so với cùng kỳ')]
    """
    fixed = _numbers(text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token = _phrase(text, at, fixed) or fixed.get(at) or _mark(text, at) or _word(text, at)
        if token.kind == "words" and found and found[-1].kind == "words":
            last = found.pop()
            token = Token("words", text[last.start : token.end], last.start, token.end)
        found.append(token)
        at = token.end
    return _without_empty_brackets(text, _without_dashes(text, found))


def _phrase(text: str, at: int, fixed: dict[int, Token]) -> Token | None:
    """Find a phrase of the grammar that begins here; a number inside it must be a year or a month, not a figure."""
    number = fixed.get(at)
    if number is not None and number.kind in NUMBERS:
        return None
    for kind, pattern in grammar()["token"]:
        match = pattern.match(text, at)
        if match is None or match.end() == at:
            continue
        inside = [one for one in fixed.values() if at < one.end and one.start < match.end()]
        if all(one.kind not in NUMBERS or kind == "past" or (one.kind == "bare" and one.end <= match.end()) for one in inside):
            ending = len(match[0]) - len(match[0].rstrip())
            return Token(kind, match[0].rstrip(), at, match.end() - ending)
    return None


def _mark(text: str, at: int) -> Token | None:
    kind = _MARKS.get(text[at]) or ("comma" if _DASH.match(text, at) else "")
    if not kind and text[at] in "-–+•*" and at == 0:
        kind = "comma"
    if not kind and not text[at].isalnum():
        kind = "mark"
    return Token(kind, text[at], at, at + 1) if kind else None


def _word(text: str, at: int) -> Token:
    match = re.compile(r"[\w/&.]*\w|\S").match(text, at)
    end = match.end() if match else at + 1
    return Token("words", text[at:end], at, end)


def _numbers(text: str) -> dict[int, Token]:
    """Give the numbers of a text by where they begin: figures by their unit, periods, and other numbers as marks or words."""
    special = [*map(_doubled, _DOUBLED.finditer(text)), *_fractions(text), *_in_words(text)]
    found = list(special)
    numbers = [one for one in numbers_in(_SLASH.sub(" ", text), _units()) if not (one.kind == "heading" and one.end == len(text))]
    for one in numbers:
        part_of = re.search(r"\d/$", text[max(0, one.start - 2) : one.start])  # "16/21 nhóm hàng"
        if one.kind == "figure" and _counts_nothing(text, one):
            found.append(Token("words", text[one.start : one.end], one.start, one.end))
        elif one.kind == "figure" and not part_of and not text.startswith(" con số", one.end):  # "tăng trưởng 2 con số"
            found.append(_figure(text, one))
        elif one.kind in {"period", "date", "year"}:
            found.append(Token("period", text[one.start : one.end], one.start, one.end))
        else:
            found.append(Token("mark" if one.kind == "heading" else "words", text[one.start : one.end], one.start, one.end))
    found = [
        one
        for one in found
        if not any(one is not two and one.start < two.end and two.start < one.end and one not in special for two in special)
    ]
    return {token.start: token for token in _ranges(text, sorted(found, key=lambda token: token.start))}


def _counts_nothing(text: str, number: Number) -> bool:
    """Tell whether the word behind a number is no thing that it counts: "2 con số", "3 ca sản xuất"."""
    word = number.unit.casefold()
    return _OTHER_WORDS.match(text, number.start) is not None or (word == "ca" and not _is_case(text, number))


def _is_case(text: str, number: Number) -> bool:
    """Tell whether a number of "ca" counts cases, and not shifts."""
    before, after = text[: number.start].rstrip(), text[number.end :].lstrip()
    found = edge("case_before", "WORDS(?: (?:trên|hơn|gần|khoảng))?$").search(before)
    return bool(found or edge("case_after", "WORDS").match(after))


def _fractions(text: str) -> Iterator[Token]:
    """Give "143/143 thủ tục" as 143 of its things."""
    for match in _counted()[0].finditer(text):
        value = read_vietnamese(match[1])
        if value is not None and not re.fullmatch(grammar()["units"]["breadth"], match[2], re.IGNORECASE):
            yield Token("amount", match[0], match.start(), match.end(), value, match[2])


def _in_words(text: str) -> Iterator[Token]:
    """Give "hai cụm công nghiệp" as 2 of its things."""
    for match in _counted()[1].finditer(text):
        yield Token("amount", match[0], match.start(), match.end(), Decimal(_COUNTS[match[1].casefold()]), match[2])


@cache
def _counted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a fraction of things, and of things counted in words; the longest name of a thing wins."""
    names, things = (
        "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        for known in (_units(), re.split(r"[|\n]", grammar()["units"]["things"]))
    )
    scaled = rf"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )*(?:{names})"
    fraction = rf"(?<![\w.,/])(\d[\d.]*(?:,\d+)?) ?/ ?\d[\d.]*(?:,\d+)?(?: \([^()]*\))? ({scaled})(?![\w/%])"
    in_words = rf"(?<!\w)(?<!thứ )(?<!quý )(?<!tháng )({'|'.join(_COUNTS)}) ({things})(?!\w)(?! số)"
    return re.compile(fraction, re.IGNORECASE), re.compile(in_words, re.IGNORECASE)


def _doubled(match: re.Match[str]) -> Token:
    note = "ambiguous" if match[0].casefold().startswith("tăng") else ""
    return Token("times", match[0], match.start(), match.end(), Decimal(_MULTIPLES[match[1].casefold()]), "lần", note)


def _figure(text: str, number: Number) -> Token:
    end, unit, value, note = number.end, number.unit, number.value, ""
    digits = re.match(r"[-+−]?([\d.,]*\d)", text[number.start : number.end])
    if value is None and digits and _FOREIGN.fullmatch(digits[1]):
        value, note = Decimal(digits[1].replace(",", "")), "separator"
    if number.name == PERCENT:
        kind = "percent"
    elif number.name.startswith("điểm") and number.name in {POINTS, "điểm %"}:
        kind = "points"
    elif number.name == TIMES:
        kind = "times"
    else:
        kind = "amount" if unit else "bare"
    per = re.compile(rf"(?:\s?/\s?(?:{grammar()['units']['per']}))+(?!\w)", re.IGNORECASE).match(text, end) if unit else None
    if per:
        end, unit = per.end(), unit + per[0]
    return Token(kind, text[number.start : end], number.start, end, value, unit, note)


def _ranges(text: str, found: list[Token]) -> list[Token]:
    """Join the two ends of a range; which of them is meant is not decided."""
    joined: list[Token] = []
    for token in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind in {"bare", token.kind}
            and token.kind in {"amount", "percent"}
            and _RANGE.fullmatch(text[last.end : token.start])
        ):
            joined[-1] = replace(token, text=text[last.start : token.end], start=last.start, value=None, note="range")
        else:
            joined.append(token)
    return joined


def _without_dashes(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Make words that a dash links one piece: "thương mại - dịch vụ"; before a capital it parts them."""
    found: list[Token] = []
    for token in tokens:
        links = len(found) > 1 and found[-1].text in _DASHES and found[-2].kind == "words"
        if links and token.kind == "words" and token.text[0].islower():
            first = found[-2]
            found[-2:] = [Token("words", text[first.start : token.end], first.start, token.end)]
        else:
            found.append(token)
    return found


def _without_empty_brackets(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Make a bracket that holds no number and no basis one piece of words with what stands before it."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        close = (
            next((place for place in range(at, len(tokens)) if tokens[place].kind == "close"), None)
            if token.kind == "open"
            else None
        )
        if close is not None and not any(
            one.kind in NUMBERS | BASES or one.kind in {"open", "flat"} for one in tokens[at + 1 : close]
        ):
            token = Token("words", text[token.start : tokens[close].end], token.start, tokens[close].end)
            at = close
        if token.kind == "words" and found and found[-1].kind == "words":
            last = found.pop()
            token = Token("words", text[last.start : token.end], last.start, token.end)
        found.append(token)
        at += 1
    return found
