"""What each number of a sentence says: a value, a growth, an index, a multiple, a part of the plan, a change, or none of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bcanalysis.wording.reading.tokens import BASES, NUMBERS, Token, edge, grammar
from bcanalysis.wording.reading.when import year_in

VERBS = frozenset({"rise", "fall", "equal", "beyond", "share", "than", "multiple"})
BREAKS = frozenset({"comma", "semicolon", "colon", "open", "close", "and", "part"})
_TO_A_LEVEL = re.compile(r"(?:lên|tới|đến|xuống|còn)$", re.IGNORECASE)
_GROWTH_NOUN = re.compile(r"(?:tăng trưởng|(?:tốc độ|mức|nhịp độ|đà) (?:tăng|giảm))", re.IGNORECASE)
_NO_LEVEL = re.compile(r"(?:không|chưa) (?:tăng|giảm)$|ổn định", re.IGNORECASE)
_A_YEAR = re.compile(r"\s?/\s?(?:năm|tháng|quý|ngày)(?!\w)", re.IGNORECASE)
_LED = ("so", "nếu", "khi", "mà")


_LOWEST_INDEX = 50  # percent; a number against a basis, without any verb, is taken for a change below it and for an index above
_SEPARATES = frozenset({"comma", "semicolon", "and"})
Said = tuple[str, Decimal | None]
_NOTHING: Said = ("none", None)
_ASIDE: Said = ("aside", None)  # it is no statement, but what it speaks of may be spoken of further


@dataclass(frozen=True)
class Fact:
    """A number and what it says.

    Parameters
    ----------
    role : str
        ``value``, ``planned`` (the plan itself), ``growth``, ``index``, ``ratio``, ``times`` (a multiple that can be meant in two
        ways), ``plan``, ``over``, ``change``, ``listed`` (a number without a unit), ``aside`` (no statement, but its subject is
        spoken of further), or ``none``.
    number : Decimal or None
        The number as it counts for its role: a fall is negative.
    token : Token
        The number as written.
    first, last : int
        The first and last token of its phrase, with verb and basis.
    base : Token or None
        What it is compared with.
    qualifier : str
        The word before it.
    note : str
        What is not clear about it.
    beside : bool
        Whether it stands in brackets behind another number.
    """

    role: str
    number: Decimal | None
    token: Token
    first: int
    last: int
    base: Token | None = None
    qualifier: str = ""
    note: str = ""
    measure: str = ""
    verb: str = ""
    level: bool = False


@dataclass(frozen=True)
class _Phrase:
    """The words before a number that govern it."""

    first: int
    verb: Token | None
    base: Token | None
    qualifier: str
    flags: frozenset[str]

    @property
    def kind(self) -> str:
        return "" if self.verb is None else self.verb.kind

    @property
    def growth(self) -> str:
        """Whether the clause is about a growth: ``rise``, ``fall``, or empty."""
        return "fall" if "shrinks" in self.flags else "rise" if "grows" in self.flags else ""


def is_light(words: str) -> bool:
    """Tell whether words stand beside a verb and name nothing."""
    light = grammar()["light"]
    if re.search(r"(?<!\w)(?:chỉ|tổng) số", words, re.IGNORECASE):
        return False
    return all(word.casefold() in light for word in re.findall(r"\w+", words))


def facts_in(tokens: Sequence[Token]) -> list[Fact]:
    """Tell what the numbers of a sentence say.

    Parameters
    ----------
    tokens : sequence of Token
        A sentence.

    Returns
    -------
    list of Fact
        In their order.

    Examples
    --------
    >>> from bcanalysis.wording.reading.tokens import tokens_in
    >>> facts = facts_in(tokens_in("Xuất khẩu đạt 3.140 triệu USD, bằng 97,77% so với cùng kỳ, vượt 10,6% kế hoạch"))
    >>> [(fact.role, str(fact.number)) for fact in facts]
    [('value', '3140'), ('index', '97.77'), ('over', '10.6')]
    """
    facts: list[Fact] = []
    for at, token in enumerate(tokens):
        if token.kind in NUMBERS:
            facts.append(_fact(tokens, at, facts))
        elif token.kind in {"flat", "nothing"} and (told := _without_number(tokens, at)):
            facts.append(told)
    return facts


def _fact(tokens: Sequence[Token], at: int, before: Sequence[Fact]) -> Fact:
    token = tokens[at]
    phrase = _phrase(tokens, at, before[-1].last if before else -1)
    base, last, measure = _base_after(tokens, at, phrase)
    base = base or phrase.base or _leading(tokens, phrase.first, before)
    if base is None and token.kind == "percent":
        base = _base_of_the_row(tokens, at, phrase) or _base_of_the_list(tokens, phrase, before)
    role, number = _role(tokens, at, phrase, base, before)
    note = token.note
    if role == "ratio" and base is None and not measure and at + 1 < len(tokens) and tokens[at + 1].kind == "words":
        note = "" if edge("cause", "WORDS").match(tokens[at + 1].text) else "other_basis"  # "gấp 1,5 lần hội chợ năm trước"
    if role == "times" or (role == "ratio" and token.note == "ambiguous"):
        note = "ambiguous_multiple"
    if token.note == "range":
        number = None
    return Fact(
        role, number, token, phrase.first, last, base, phrase.qualifier, note, measure, phrase.kind, "level" in phrase.flags
    )


def _role(tokens: Sequence[Token], at: int, phrase: _Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    token = tokens[at]
    value = token.value
    done = before[-1].last if before else -1
    if _is_of_the_prior_period(tokens, phrase.first, done, phrase.verb is not None or token.kind == "amount"):
        return _NOTHING
    if token.kind == "percent":
        return _percent(tokens, at, phrase, base, before)
    if token.kind == "times":
        return _times(token, phrase, base)
    if token.kind == "amount":
        return _amount(tokens, at, phrase, base, before), value
    if token.kind == "bare":
        if base is not None and base.kind == "same" and phrase.kind in {"", "equal"}:
            return ("index", value) if _speaks_of_index(tokens, phrase.first) else _NOTHING
        follows = tokens[at + 1].kind if at + 1 < len(tokens) else "comma"
        ends = follows in {"comma", "semicolon", "close", "and", "open"} or (follows == "mark" and tokens[at + 1].text == ".")
        return ("listed", value) if ends and phrase.kind in {"", "equal"} else _NOTHING
    return _NOTHING


def _percent(tokens: Sequence[Token], at: int, phrase: _Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    token, kind, flags, value = tokens[at], phrase.kind, phrase.flags, tokens[at].value
    if kind == "than" or "apart" in flags:
        return _NOTHING
    against = "" if base is None else base.kind
    if against == "other" or _A_YEAR.match(token.unit.removeprefix("%")) or ("average" in flags and against != "same"):
        return _ASIDE
    if against == "plan" and "bracket" in flags and kind == "beyond":
        return _NOTHING  # "vượt mục tiêu (13%)": by so much, or a target of so much
    if against == "plan":
        return ("over", _signed(value, kind)) if kind in {"rise", "fall", "beyond"} and "level" not in flags else ("plan", value)
    if kind in {"share", "multiple"}:
        return _ASIDE
    if base is None and _follows(tokens, at, edge("object", "WORDS")):
        return _NOTHING
    if kind == "beyond":
        return ("growth" if against else "over"), value
    if kind in {"rise", "fall"}:
        return "growth", _signed(value, kind)
    if kind == "equal":
        return _equal(tokens, at, phrase, base, before)
    return _without_verb(tokens, at, phrase, base, before)


def _equal(tokens: Sequence[Token], at: int, phrase: _Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    """Read "đạt 14,1%" or "bằng 97,77%": a growth where growth is spoken of, an index against a basis or of an index."""
    value = tokens[at].value
    if phrase.growth:
        return "growth", _signed(value, phrase.growth)
    if base is not None or _speaks_of_index(tokens, phrase.first) or _inherits_index(tokens, at, before):
        return "index", value
    return ("plan", value) if before and before[-1].role == "planned" else _ASIDE


def _without_verb(tokens: Sequence[Token], at: int, phrase: _Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    """Read a percent by its sign, by the change it explains, by its basis, or like the one before it in a list."""
    token, value, last = tokens[at], tokens[at].value, before[-1] if before else None
    if token.text[0] in "+-−":
        return "growth", value
    if last is not None and last.role == "change" and _only_marks(tokens[last.last + 1 : phrase.first]):
        return "growth", _signed(value, last.verb)
    if base is not None and last is not None and last.role in {"growth", "index"} and last.token.kind == "percent":
        return _like(last, value)
    if phrase.growth:
        return "growth", _signed(value, phrase.growth)
    if base is not None:
        return ("growth" if value is not None and value < _LOWEST_INDEX else "index"), value
    if last is None or last.token.kind != "percent":
        return _after_heading_verb(tokens, at, before)
    between = [one.kind for one in tokens[last.last + 1 : at]]
    listed = bool(between) and between[0] in _SEPARATES and all(kind in _SEPARATES | {"words", "qualifier"} for kind in between)
    return _like(last, value) if listed and last.role in {"growth", "plan", "index"} else _NOTHING


def _like(last: Fact, value: Decimal | None) -> Said:
    return last.role, _signed(value, "fall" if last.role == "growth" and (last.number or 0) < 0 else "")


def _signed(value: Decimal | None, verb: str) -> Decimal | None:
    return -value if value is not None and verb == "fall" else value


def _follows(tokens: Sequence[Token], at: int, words: re.Pattern[str]) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == "words" and words.match(tokens[at + 1].text) is not None


def _after_heading_verb(tokens: Sequence[Token], at: int, before: Sequence[Fact]) -> Said:
    """Read the first percent of a list behind "tăng khá:" or "giảm:"."""
    for place in range(at - 1, -1, -1):
        if tokens[place].kind in NUMBERS or tokens[place].kind in {"semicolon", "close"}:
            break
        if tokens[place].kind == "colon" and place and tokens[place - 1].kind in {"rise", "fall"} | BASES:
            verb = next((one for one in reversed(tokens[:place]) if one.kind in {"rise", "fall"}), None)
            if verb is not None:
                return "growth", _signed(tokens[at].value, verb.kind)
    return _NOTHING


def _times(token: Token, phrase: _Phrase, base: Token | None) -> Said:
    kind = "multiple" if token.text[0] not in "0123456789" else phrase.kind
    if kind not in {"multiple", "rise", "equal", "fall"} or (base is not None and base.kind == "other"):
        return _NOTHING
    if base is not None and base.kind == "plan":
        return "plan", None if token.value is None else token.value * 100
    said = token.text if token.text[0] not in "0123456789" else "" if phrase.verb is None else phrase.verb.text
    if kind == "fall":
        return _NOTHING
    if kind == "rise" or said.casefold().startswith("tăng"):
        return "times", token.value
    if kind == "equal" and base is None:
        return _NOTHING
    return "ratio", token.value


def _amount(tokens: Sequence[Token], at: int, phrase: _Phrase, base: Token | None, before: Sequence[Fact]) -> str:
    token, kind, flags = tokens[at], phrase.kind, phrase.flags
    if token.value is None or token.note == "range" or kind == "than":
        return "none"
    named = phrase.first and tokens[phrase.first - 1].kind == "words" and not is_light(tokens[phrase.first - 1].text)
    if before and at > 1 and tokens[at - 1].text == "/" and before[-1].token.unit == token.unit:
        return "none"  # what the number before is a part of
    if kind == "" and phrase.base is not None:
        return "planned" if phrase.base.kind == "plan" else "none"
    if ("from" in flags and at + 1 < len(tokens) and tokens[at + 1].kind in {"to", "period"}) or (
        "from" in flags and _soon(tokens, at, "to")
    ):
        return "none"
    if kind in {"rise", "fall"}:
        return "value" if "level" in flags else "change"
    if kind == "" and named and phrase.first > 1 and _is_change(tokens[phrase.first - 2]) and "level" not in flags:
        return "change"  # "tăng vốn thêm 120 triệu USD"
    if kind == "beyond" and base is not None and base.kind == "plan":
        return "change"
    last = before[-1] if before else None
    if last is not None and kind in {"", "equal"} and _only_marks(tokens[last.last + 1 : phrase.first]):
        bracket = any(one.kind == "open" for one in tokens[last.last + 1 : phrase.first + 1])
        if last.role in {"growth", "change", "over"} and (
            bracket or (phrase.verb is not None and phrase.verb.text.startswith("tương"))
        ):
            return "change"
    if "average" in flags and not named and re.search(r"/\s?(?:tháng|ngày|năm|quý)$", token.unit):
        return "none"
    return "value"


def _is_change(token: Token) -> bool:
    return token.kind in {"rise", "fall"} and not _GROWTH_NOUN.match(token.text)


def _soon(tokens: Sequence[Token], at: int, kind: str) -> bool:
    """Tell whether a kind of word follows before the next number, mark or verb."""
    for token in tokens[at + 1 : at + 6]:
        if token.kind == kind:
            return True
        if token.kind in NUMBERS or (token.kind in {"semicolon", "comma"} and at):
            return False
    return False


def _only_marks(tokens: Sequence[Token]) -> bool:
    return all(token.kind in {"comma", "open", "close", "mark", "and", "qualifier", "equal"} for token in tokens)


def _phrase(tokens: Sequence[Token], at: int, done: int) -> _Phrase:
    """Walk left from a number to the verb that governs it."""
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
    return _Phrase(first, verb, base, qualifier, frozenset(flags))


def _before_the_verb(tokens: Sequence[Token], place: int, done: int, base: Token | None) -> tuple[Token | None, int]:
    """Look for a basis before the verb: "so với cùng kỳ tăng 5%", "so với kế hoạch năm, đạt 45,9%"."""
    left = place - 1
    while left > done and (
        tokens[left].kind in {"qualifier", "average", "joint"}
        or (tokens[left].kind == "words" and is_light(tokens[left].text))
        or (tokens[left].kind in {"comma", "colon"} and left - 1 > done and _is_led(tokens[left - 1]))
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
            _GROWTH_NOUN.match(token.text) or left == place - 1 or tokens[left + 1].kind in BASES
        ):
            return token
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


def _base_after(tokens: Sequence[Token], at: int, phrase: _Phrase) -> tuple[Token | None, int, str]:
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


def _is_led(token: Token) -> bool:
    """Tell whether a token is a basis with "so với" before it."""
    return token.kind in BASES and token.text.casefold().startswith(_LED)


def _leading(tokens: Sequence[Token], first: int, before: Sequence[Fact]) -> Token | None:
    """Find a basis at the head of the sentence or clause that holds for all that follows: "So với tháng trước, ..."."""
    taken = {fact.base.start for fact in before if fact.base is not None}
    for place in range(first - 1, -1, -1):
        token = tokens[place]
        if _is_led(token):
            opens = place == 0 or tokens[place - 1].kind in {"comma", "semicolon", "open", "and"}
            if token.start not in taken and opens:
                return token
        if (
            token.kind in NUMBERS
            and token.kind != "bare"
            and any(fact.token is token and fact.base is not None and fact.base.start > token.start for fact in before)
        ):
            return None
    return None


def _base_of_the_row(tokens: Sequence[Token], at: int, phrase: _Phrase) -> Token | None:
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


def _base_of_the_list(tokens: Sequence[Token], phrase: _Phrase, before: Sequence[Fact]) -> Token | None:
    """Go on with another basis in a list of changes: "A tăng 4,2% so với tháng trước; B giảm 0,8%"."""
    last = before[-1] if before else None
    if last is None or last.base is None or last.base.kind != "other" or phrase.kind not in {"rise", "fall"}:
        return None
    kinds = [token.kind for token in tokens[last.last + 1 : phrase.first]]
    alone = all(fact.role == "aside" for fact in before)
    return last.base if alone and "words" in kinds and set(kinds) <= _SEPARATES | {"words"} else None


def _base_of_the_pair(tokens: Sequence[Token], at: int) -> Token | None:
    """Find the basis of "bằng 112% về số dự án và bằng 87% về vốn so với cùng kỳ"."""
    kinds = [token.kind for token in tokens[at + 1 : at + 7]]
    match = re.match(r"(?:measure )?and equal percent (?:measure )?same", " ".join(kinds))
    return tokens[at + 1 + len(match[0].split()) - 1] if match else None


def _is_of_the_prior_period(tokens: Sequence[Token], first: int, done: int, told: bool) -> bool:
    """Tell whether a clause speaks of the prior period itself: "(cùng kỳ năm 2017 tăng 9,6%)"."""
    if not told:
        return False
    for place in range(first, done, -1):
        token = tokens[place]
        if token.kind == "same" and not token.text.casefold().startswith((*_LED, "với", "của")):
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
                    return not head.text.casefold().startswith((*_LED, "với"))
                return head.kind == "period" and year_in(head.text) is not None and place > 0 and done >= 0
            depth -= 1
    return False


def _speaks_of_index(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether the words before a number name an index."""
    for token in reversed(tokens[:first]):
        if token.kind in NUMBERS or token.kind in {"semicolon", "part"}:
            return False
        if token.kind == "words" and re.search(r"chỉ số|\b(?:IIP|CPI)\b", token.text, re.IGNORECASE):
            return True
    return False


def _inherits_index(tokens: Sequence[Token], at: int, before: Sequence[Fact]) -> bool:
    """Tell whether a list of growths goes on with an index: "tăng 17,6%; ngành khai khoáng bằng 91,2%"."""
    last = before[-1] if before else None
    if last is None or last.role not in {"growth", "index"}:
        return False
    between = tokens[last.last + 1 : at]
    return any(token.kind == "words" and not is_light(token.text) for token in between) and not any(
        token.kind in NUMBERS for token in between
    )


def _without_number(tokens: Sequence[Token], at: int) -> Fact | None:
    token = tokens[at]
    if token.kind == "nothing":
        return Fact("value", Decimal(0), token, at, at)
    if at > 1 and tokens[at - 1].kind == "words" and tokens[at - 2].kind == "bare":
        return None  # "1 ngành tương đương cùng kỳ" counts branches
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    ahead = tokens[at - 1] if at else None
    base = (
        after
        if after is not None and after.kind in {"same", "past"}
        else ahead
        if ahead is not None and ahead.kind == "same"
        else None
    )
    if base is None:
        alone = token.text.casefold() == "tương đương"
        return Fact("growth", Decimal(0), token, at, at) if alone else None
    unclear = bool(_NO_LEVEL.search(token.text)) and "," not in token.text
    return Fact(
        "growth",
        None if unclear else Decimal(0),
        token,
        at,
        at + 1 if base is after else at,
        base,
        note="ambiguous_flat" if unclear else "",
    )


def speaks_of_quantity(measure: str) -> bool:
    """Tell whether a growth is told of quantities, not of money."""
    return bool(edge("quantity", "WORDS").search(measure))
