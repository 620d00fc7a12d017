"""What a number is compared with: the basis behind it, before it, at the head of its sentence, or at the end of its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bcanalysis.wording.reading.fact import BREAKS, SEPARATES, Fact, is_light
from bcanalysis.wording.reading.governing import LED, Phrase, is_led
from bcanalysis.wording.reading.tokens import BASES, NUMBERS, Token
from bcanalysis.wording.reading.when import year_in


def basis_of(tokens: Sequence[Token], at: int, phrase: Phrase, before: Sequence[Fact]) -> tuple[Token | None, int, str]:
    """Find what a number is compared with.

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.
    at : int
        The number.
    phrase : Phrase
        The words that govern it.
    before : sequence of Fact
        What the sentence has said before.

    Returns
    -------
    tuple
        The basis or None, the last token of the phrase, and what is measured, if that is said ("về lượng").
    """
    base, last, measure = _base_after(tokens, at, phrase)
    base = base or phrase.base or _leading(tokens, phrase.first, before)
    if base is None and tokens[at].kind == "percent":
        base = _base_of_the_row(tokens, at, phrase) or _base_of_the_list(tokens, phrase, before)
    return base, last, measure


def _base_after(tokens: Sequence[Token], at: int, phrase: Phrase) -> tuple[Token | None, int, str]:
    """Find the basis that follows a number, and how far its phrase reaches."""
    place, measure = at + 1, ""
    if place < len(tokens) and tokens[place].kind == "measure":
        measure, place = tokens[place].text, place + 1
    here = tokens[place : place + 3]
    kinds = [token.kind for token in here] + ["end"] * 3
    if kinds[0] in BASES:
        if here[0].kind == "plan" and tokens[at].kind == "amount" and phrase.kind not in {"beyond", "rise", "fall"}:
            return None, at, measure
        return here[0], place, measure
    if kinds[:2] == ["mark", "plan"] and here[0].text == "/" and tokens[at].kind == "percent":
        return here[1], place + 1, measure
    if kinds[0] == "period" and tokens[at].kind == "times":
        return replace(here[0], kind="past"), place, measure  # "gấp 3,4 lần năm 2015"
    if kinds[0] == "close" and kinds[1] in BASES and tokens[at].kind == "percent":
        return here[1], place + 1, measure
    if kinds[0] == "open" and kinds[1] in BASES:
        if kinds[2] == "close":
            return here[1], place + 2, measure
        if kinds[1] == "plan" and phrase.kind == "equal" and tokens[at].kind == "percent":
            return here[1], place - 1, measure
    if kinds[0] in {"comma", "and"} and kinds[1] == "percent" and tokens[at].kind == "percent":
        base, _, _ = _base_after(tokens, place + 1, phrase)
        return base, at, measure
    return None, (place - 1 if measure else at), measure


def _leading(tokens: Sequence[Token], first: int, before: Sequence[Fact]) -> Token | None:
    """Find a basis at the head of the sentence or clause that holds for all that follows: "So với tháng trước, ..."."""
    taken = {fact.base.start for fact in before if fact.base is not None}
    for place in range(first - 1, -1, -1):
        token = tokens[place]
        if is_led(token):
            if tokens[place + 1].kind == "colon":
                return token  # "so với cùng kỳ: A 107,9%; B 95,1%"
            opens = place == 0 or tokens[place - 1].kind in {"comma", "semicolon", "open", "and"}
            told = any(one.kind == "period" for one in tokens[place + 1 : first])
            if opens and (token.start not in taken or (place == 0 and token.kind in {"other", "past"} and not told)):
                return token
        if (
            token.kind in NUMBERS
            and token.kind != "bare"
            and any(fact.token is token and fact.base is not None and fact.base.start > token.start for fact in before)
        ):
            return None
    return None


def _base_of_the_row(tokens: Sequence[Token], at: int, phrase: Phrase) -> Token | None:
    """Find a basis that is told once, at the end of a row of like changes: "A tăng 5%, B tăng 3% so với tháng trước"."""
    if phrase.kind == "equal":
        return _base_of_the_pair(tokens, at)
    if phrase.kind not in {"rise", "fall"}:
        return None
    named = False
    for place in range(at + 1, len(tokens)):
        token = tokens[place]
        if token.kind in {"semicolon", "open", "close", "colon", "part", "period", "amount"} or token.kind in BASES | {
            "equal",
            "than",
            "share",
        }:
            return None
        named = named or (token.kind == "words" and not is_light(token.text))
        if token.kind == "percent":
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            if after is not None and after.kind == "other" and named:
                return after
    return None


def _base_of_the_list(tokens: Sequence[Token], phrase: Phrase, before: Sequence[Fact]) -> Token | None:
    """Go on with another basis in a list of changes: "A tăng 4,2% so với tháng trước; B giảm 0,8%"."""
    last = before[-1] if before else None
    if last is None or last.base is None or last.base.kind != "other" or phrase.kind not in {"rise", "fall"}:
        return None
    kinds = [token.kind for token in tokens[last.last + 1 : phrase.first]]
    alone = all(fact.role == "aside" for fact in before)
    return last.base if alone and "words" in kinds and set(kinds) <= SEPARATES | {"words", "part", "colon"} else None


def _base_of_the_pair(tokens: Sequence[Token], at: int) -> Token | None:
    """Find the basis of "bằng 112% về số dự án và bằng 87% về vốn so với cùng kỳ", "A bằng 99%; B bằng 105% so với cùng kỳ"."""
    kinds = " ".join(token.kind for token in tokens[at + 1 :])
    between = r"(?:and |(?:comma|semicolon) (?:(?:words|comma|and) )+)"
    match = re.match(rf"(?:measure )?{between}equal percent (?:measure )?same(?! (?:comma |and )?percent)", kinds)
    if match is None:
        return None
    place = at + len(match[0].split())
    verbs = {token.text.casefold() for token in tokens[at - 1 : place] if token.kind == "equal"}
    return tokens[place] if len(verbs) == 1 else None


def is_of_the_prior_period(tokens: Sequence[Token], first: int, done: int, told: bool) -> bool:
    """Tell whether a clause speaks of the prior period itself: "(cùng kỳ năm 2017 tăng 9,6%)".

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.
    first : int
        The first token of the phrase of a number.
    done : int
        The last token that belongs to the number before.
    told : bool
        Whether the number has a verb or a unit, so that it can be a figure of that period.

    Returns
    -------
    bool
        Whether the number is one of the prior period.
    """
    if not told:
        return False
    for place in range(first, done, -1):
        token = tokens[place]
        if token.kind == "same" and not token.text.casefold().startswith((*LED, "với", "của")):
            return (
                place == 0 or tokens[place - 1].kind in {"open", "comma", "semicolon", "and"} or tokens[place - 1].kind == "words"
            )
        if token.kind in BREAKS - {"colon"} or (place < first and token.kind in BASES | NUMBERS):
            break
    return _in_an_older_bracket(tokens, first, done)


def _in_an_older_bracket(tokens: Sequence[Token], first: int, done: int) -> bool:
    """Tell whether a bracket begins with the prior period: "(cùng kỳ đạt 12 tỷ, tăng 5%)", "(năm 2017 tăng 10,1%)"."""
    depth = 0
    for place in range(first, -1, -1):
        if tokens[place].kind == "close" and place < first:
            depth += 1
        if tokens[place].kind == "open":
            if depth == 0:
                head = tokens[place + 1] if place + 1 < len(tokens) else None
                behind = tokens[place + 2] if place + 2 < len(tokens) else None
                if head is None or behind is None or behind.kind == "close":
                    return False
                if head.kind == "same":
                    return not head.text.casefold().startswith((*LED, "với"))
                return head.kind == "period" and year_in(head.text) is not None and place > 0 and done >= 0
            depth -= 1
    return False
