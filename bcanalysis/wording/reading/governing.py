"""The words before a number that govern it: its verb, its qualifier, and what the clause is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bcanalysis.wording.reading.fact import BREAKS, VERBS, is_light
from bcanalysis.wording.reading.tokens import BASES, NUMBERS, Token

GROWTH_NOUN = re.compile(r"(?:tăng trưởng|(?:tốc độ|mức|nhịp độ|đà) (?:tăng|giảm))", re.IGNORECASE)
_TO_A_LEVEL = re.compile(r"(?:lên|tới|đến|xuống|còn)$", re.IGNORECASE)
LED = ("so", "nếu", "khi", "mà")


@dataclass(frozen=True)
class Phrase:
    """The words before a number that govern it.

    Parameters
    ----------
    first : int
        Its first token.
    verb, base : Token or None
        Its verb, and a basis that stands before the number.
    qualifier : str
        The word right before the number.
    flags : frozenset of str
        ``average``, ``joint``, ``from``, ``to``, ``level`` (a level that is reached), ``bracket``, ``apart``, ``grows``,
        ``shrinks``.
    """

    first: int
    verb: Token | None
    base: Token | None
    qualifier: str
    flags: frozenset[str]

    @property
    def kind(self) -> str:
        """Kind of the verb, or empty."""
        return "" if self.verb is None else self.verb.kind

    @property
    def growth(self) -> str:
        """Whether the clause is about a growth: ``rise``, ``fall``, or empty."""
        return "fall" if "shrinks" in self.flags else "rise" if "grows" in self.flags else ""


def phrase_before(tokens: Sequence[Token], at: int, done: int) -> Phrase:
    """Walk left from a number to the verb that governs it.

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.
    at : int
        The number.
    done : int
        The last token that belongs to the number before.

    Returns
    -------
    Phrase
        Without a verb where none stands right before the number.
    """
    flags: set[str] = set()
    base: Token | None = None
    qualifier = ""
    first, place = at, at - 1
    while place > done:
        token = tokens[place]
        if token.kind == "qualifier":
            qualifier = qualifier or token.text
        elif token.kind in {"average", "joint", "from", "to"}:
            flags.add(token.kind)
        elif token.kind in BASES and base is None:
            base = token
        elif token.kind == "period" and place > done + 1 and tokens[place - 1].text.casefold().endswith("hơn"):
            base = replace(token, kind="past")  # "cao hơn quý I 300 triệu USD"
        elif token.kind == "open" and place > done + 1 and tokens[place - 1].kind in VERBS | BASES:
            flags.add("bracket")
        elif token.kind == "apart" or (token.kind == "colon") or (token.kind == "words" and is_light(token.text)):
            pass
        else:
            break
        first = place
        place -= 1
    verb = tokens[place] if place > done and tokens[place].kind in VERBS else None
    if verb is None and base is None and first < at:  # light words alone belong to the subject, not to the number
        first = next((one for one in range(first, at) if tokens[one].kind not in {"words", "colon"}), at)
    if verb is not None:
        first = place
        base, first = _before_the_verb(tokens, place, done, base)
    if verb is not None and verb.kind == "equal":
        changed = _change_before(tokens, place, done)
        if changed is not None:
            flags |= {"grows", "shrinks"} if changed.kind == "fall" else {"grows"}
    if verb is None and place > done and tokens[place].kind in {"words", "period"}:
        changed = _change_before(tokens, place + 1, done)
        if changed is not None:
            flags |= {"grows", "shrinks"} if changed.kind == "fall" else {"grows"}
    if (verb is not None and (_TO_A_LEVEL.search(verb.text) or "to" in flags)) or "to" in flags:
        flags.add("level")
    if _is_apart(tokens, place, done):
        flags.add("apart")
    if verb is not None and "bình quân" in verb.text.casefold():
        flags.add("average")
    return Phrase(first, verb, base, qualifier, frozenset(flags))


def _before_the_verb(tokens: Sequence[Token], place: int, done: int, base: Token | None) -> tuple[Token | None, int]:
    """Look for a basis before the verb: "so với cùng kỳ tăng 5%", "so với kế hoạch năm, đạt 45,9%"."""
    left = place - 1
    while left > done and (
        tokens[left].kind in {"qualifier", "average", "joint"}
        or (tokens[left].kind == "words" and is_light(tokens[left].text))
        or (tokens[left].kind in {"comma", "colon"} and left - 1 > done and is_led(tokens[left - 1]))
    ):
        left -= 1
    if left > done and tokens[left].kind in BASES and (base is None or (base.kind == "plan" and tokens[left].kind != "plan")):
        return tokens[left], left
    return base, place


def _change_before(tokens: Sequence[Token], place: int, done: int) -> Token | None:
    """Find the growth that a clause is about: "tốc độ tăng trưởng GRDP đạt", "giảm so với cùng kỳ là"."""
    for left in range(place - 1, done, -1):
        token = tokens[left]
        if token.kind in {"rise", "fall"} and (
            GROWTH_NOUN.match(token.text) or left == place - 1 or tokens[left + 1].kind in BASES
        ):
            return token
        if token.kind == "comma" and left == place - 1:
            continue  # "tốc độ tăng trưởng ở mức 2 con số, đạt 12,4%"
        if token.kind in BREAKS - {"and", "open", "close"} or token.kind in NUMBERS:
            return None
    return None


def _is_apart(tokens: Sequence[Token], place: int, done: int) -> bool:
    for left in range(place, done, -1):
        if tokens[left].kind == "apart":
            return True
        if tokens[left].kind in {"semicolon", "open"}:
            return False
    return False


def is_led(token: Token) -> bool:
    """Tell whether a token is a basis with "so với" before it.

    Parameters
    ----------
    token : Token
        A token of a sentence.

    Returns
    -------
    bool
        False for "cùng kỳ năm trước" alone.
    """
    return token.kind in BASES and token.text.casefold().startswith(LED)
