"""The words between two numbers: the subject they name, the period, and whether parts of a whole begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bcanalysis.wording.reading.fact import BREAKS, is_light
from bcanalysis.wording.reading.tokens import Token, edge
from bcanalysis.wording.reading.when import months_in, year_in


class Piece:
    """The words before a fact: the subject they name, and the period.

    Parameters
    ----------
    text : str
        The sentence.
    segment : list of Token
        The tokens between the number before and the phrase of this one.
    first : bool
        Whether they begin the sentence.
    spoken : bool
        Whether the sentence has named a subject already.
    """

    def __init__(self, text: str, segment: list[Token], first: bool, spoken: bool) -> None:
        self.text = text
        self.opens_parts = any(token.kind == "part" for token in segment)
        rest = segment if first else _behind_the_fact(segment)
        self.broken = bool(rest) and not first
        self.closed = any(token.kind == "semicolon" for token in segment)
        self.bracketed = len(rest) > 1 and rest[-1].kind == "open"  # the subject stands before its bracket: "khai khoáng (+16,2%)"
        if self.bracketed:
            rest = rest[:-1]
        for place in range(len(rest) - 1, -1, -1):
            if rest[place].kind in {"semicolon", "part", "close"} or (rest[place].kind == "open"):
                rest = rest[place + 1 :]
                break
        self.rest = rest
        self.cumulative = any(token.kind == "words" and edge("cumulative", "WORDS").search(token.text) for token in rest)
        periods = [token for token in rest if token.kind == "period" and (months_in(token.text) or year_in(token.text))]
        self.period = next((token for token in periods if months_in(token.text)), periods[0] if periods else None)
        pieces = _split(rest, {"comma", "colon"})
        while pieces and not _content(pieces[-1]) and len(pieces) > 1 and (_ended_by_colon(rest, pieces) or not spoken or first):
            pieces.pop()
        narrow = pieces[-1] if pieces else []
        self.adjacent = bool(_content(narrow))
        self.subject, self.begin = _named(text, narrow)
        self.wide = next((token.start for piece in pieces for token in piece), segment[0].start if segment else 0)
        if not self.subject and self.period is not None:
            self.begin = self.period.start
        self.told_from = segment[0].start if segment else None


def _ended_by_colon(rest: Sequence[Token], pieces: Sequence[Sequence[Token]]) -> bool:
    last = pieces[-1]
    before = last[0].start if last else rest[-1].end + 1 if rest else 0
    marks = [token for token in rest if token.kind in {"comma", "colon"} and token.start < before]
    return bool(marks) and marks[-1].kind == "colon"


def _behind_the_fact(segment: list[Token]) -> list[Token]:
    """Drop the words that still belong to the number before."""
    for place, token in enumerate(segment):
        if token.kind in BREAKS:
            return segment[place:] if token.kind in {"semicolon", "part", "open", "close"} else segment[place + 1 :]
    return []


def _split(tokens: Sequence[Token], kinds: set[str]) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _content(tokens: Sequence[Token]) -> list[Token]:
    """Give the tokens that name something."""
    return [
        token
        for token in tokens
        if (token.kind == "words" and not is_light(token.text) and re.search(r"[^\W\d_]", token.text))
        or (token.kind in {"rise", "fall"} and re.search(r"tăng trưởng|tốc độ", token.text, re.IGNORECASE))
    ]


def _named(text: str, tokens: Sequence[Token]) -> tuple[str, int]:
    """Give the words of a subject without what leads to it and what leads on to the verb."""
    content = _content(tokens)
    if not content:
        return "", tokens[0].start if tokens else 0
    while tokens[0].kind == "period":
        tokens = tokens[1:]
    while tokens[-1] is not content[-1] and (tokens[-1].kind != "words" or is_light(tokens[-1].text)):
        tokens = tokens[:-1]
    start, end = tokens[0].start, tokens[-1].end
    head = edge("head", r"^(?:\W|WORDS)+").match(text[start:end])
    if head and start + head.end() < end:
        start += head.end()
    return edge("tail", '(?:[^\\w)”"’]|WORDS)+$').sub("", text[start:end]), start
