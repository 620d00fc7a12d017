"""What each number of a sentence says: a value, a growth, an index, a multiple, a part of the plan, a change, or none of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bcanalysis.wording.reading.bases import basis_of, is_of_the_prior_period
from bcanalysis.wording.reading.fact import SEPARATES, Fact, is_light
from bcanalysis.wording.reading.governing import GROWTH_NOUN, Phrase, is_led, phrase_before
from bcanalysis.wording.reading.tokens import BASES, NUMBERS, Token, edge, grammar

Said = tuple[str, Decimal | None]

_NOTHING: Said = ("none", None)
_ASIDE: Said = ("aside", None)  # it is no statement, but what it speaks of may be spoken of further
_SIGNS = "+-−"
_LOWEST_INDEX = 50  # percent; a number against a basis, without any verb, is taken for a change below it and for an index above
_NO_LEVEL = re.compile(r"(?:không|chưa) (?:tăng|giảm)$|ổn định", re.IGNORECASE)
_ENDS_IN_A_LEVEL = re.compile(r"(?:lên|xuống|còn)$", re.IGNORECASE)  # "giảm xuống 16,1%" tells what is left
_A_YEAR = re.compile(r"\s?/\s?(?:năm|tháng|quý|ngày)(?!\w)", re.IGNORECASE)


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
    phrase = phrase_before(tokens, at, before[-1].last if before else -1)
    base, last, measure = basis_of(tokens, at, phrase, before)
    role, number = _role(tokens, at, phrase, base, before)
    note = token.note
    if role == "ratio" and base is None and not measure and at + 1 < len(tokens) and tokens[at + 1].kind in {"words", "average"}:
        note = "" if edge("cause", "WORDS").match(tokens[at + 1].text) else "other_basis"  # "gấp 1,5 lần hội chợ năm trước"
    if role == "times" or (role == "ratio" and token.note == "ambiguous"):
        note = "ambiguous_multiple"
    if token.note == "range":
        number = None
    fell = role == "change" and phrase.kind in {"", "equal"} and before and (before[-1].number or 0) < 0
    return Fact(role, number, token, phrase.first, last, base, phrase.qualifier, note, measure, "fall" if fell else phrase.kind)


def _role(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    token = tokens[at]
    value = token.value
    done = before[-1].last if before else -1
    if is_of_the_prior_period(tokens, phrase.first, done, phrase.verb is not None or token.kind == "amount"):
        return _NOTHING
    if token.kind == "percent":
        return _percent(tokens, at, phrase, base, before)
    if token.kind == "times":
        return _times(tokens, at, phrase, base)
    if token.kind == "amount":
        return _amount(tokens, at, phrase, base, before), value
    if token.kind == "bare":
        if base is not None and base.kind == "same" and phrase.kind in {"", "equal"}:
            return ("index", value) if _speaks_of_index(tokens, phrase.first) else _NOTHING
        follows = tokens[at + 1].kind if at + 1 < len(tokens) else "comma"
        ends = follows in {"comma", "semicolon", "close", "and", "open"} or (follows == "mark" and tokens[at + 1].text == ".")
        return ("listed", value) if ends and phrase.kind in {"", "equal"} else _NOTHING
    return _NOTHING


def _percent(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    token, kind, flags, value = tokens[at], phrase.kind, phrase.flags, tokens[at].value
    if kind == "than" or "apart" in flags:
        return _NOTHING
    if "from" in flags and _soon(tokens, at, "to"):
        return _ASIDE  # "tăng từ 54,2% lên 56,8%" tells two levels
    against = "" if base is None else base.kind
    if against == "other" or _A_YEAR.match(token.unit.removeprefix("%")) or ("average" in flags and against != "same"):
        return _ASIDE
    if against == "plan" and "bracket" in flags and kind == "beyond":
        return _NOTHING  # "vượt mục tiêu (13%)": by so much, or a target of so much
    if against == "plan" and kind in {"rise", "fall", ""} and base is phrase.base and base is not None and not is_led(base):
        return _NOTHING  # "(KH cả năm tăng 14%)", "(kế hoạch 12%)" tell what the plan is
    if against == "plan":
        return ("over", _signed(value, kind)) if kind in {"rise", "fall", "beyond"} and "level" not in flags else ("plan", value)
    if kind in {"share", "multiple"}:
        return _ASIDE
    if base is None and _follows(tokens, at, edge("object", "WORDS")):
        return _NOTHING
    if kind == "beyond":
        return ("growth" if against else "over"), value
    if kind in {"rise", "fall"}:
        return _change(tokens, at, phrase, base)
    if kind == "equal":
        return _equal(tokens, at, phrase, base, before)
    return _without_verb(tokens, at, phrase, base, before)


def _change(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None) -> Said:
    """Read "tăng 6,5%": a growth, if it tells no level, no threshold, and not what it is compared with."""
    verb = "" if phrase.verb is None else phrase.verb.text.casefold()
    if "bracket" in phrase.flags and verb.endswith("hơn"):
        return _NOTHING  # "thấp hơn cùng kỳ (41,5%)"
    if base is None and phrase.qualifier and phrase.first and _ends_in_a_count(tokens[phrase.first - 1]):
        return _NOTHING  # "12/63 địa phương tăng trên 8%"
    if base is None and _ENDS_IN_A_LEVEL.search(verb):
        return _ASIDE
    return "growth", _signed(tokens[at].value, phrase.kind)


def _equal(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    """Read "đạt 14,1%" or "bằng 97,77%": a growth where growth is spoken of, an index against a basis or of an index."""
    value = tokens[at].value
    if phrase.growth:
        return "growth", _signed(value, phrase.growth)
    if tokens[at].text[0] in _SIGNS or (base is None and before and (before[-1].role, before[-1].verb) == ("growth", "equal")):
        return "growth", value  # "tốc độ tăng của ngành A là -7,25%; ngành B là 6,9%"
    if base is not None or _speaks_of_index(tokens, phrase.first) or _inherits_index(tokens, at, before):
        return "index", value
    if before and before[-1].role == "planned":
        return "plan", value
    rows = [fact.role for fact in before if fact.token.kind == "percent" and fact.verb == "equal"]
    if rows and before[-1].role == "value" and rows[-1] in {"index", "plan"}:
        return rows[-1], value  # "A 12 tỷ, bằng 98% cùng kỳ; B 8 tỷ, bằng 110%"
    return _ASIDE


def _without_verb(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None, before: Sequence[Fact]) -> Said:
    """Read a percent by its sign, by the change it explains, by its basis, or like the one before it in a list."""
    token, value, last = tokens[at], tokens[at].value, before[-1] if before else None
    if token.text[0] in _SIGNS:
        return "growth", value
    if (
        base is not None
        and base is phrase.base
        and base.kind == "same"
        and not is_led(base)
        and tokens[phrase.first - 1].kind == "open"
    ):
        return _NOTHING  # "52,3% (cùng kỳ 48,1%)"
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
    if between[:1] == ["close"] and between[-1] == "open":
        between = between[1:-1]  # "A (108%), B (103%)"
    listed = bool(between) and between[0] in SEPARATES and all(kind in SEPARATES | {"words", "qualifier"} for kind in between)
    return _like(last, value) if listed and last.role in {"growth", "plan", "index"} else _NOTHING


def _like(last: Fact, value: Decimal | None) -> Said:
    return last.role, _signed(value, "fall" if last.role == "growth" and (last.number or 0) < 0 else "")


def _signed(value: Decimal | None, verb: str) -> Decimal | None:
    return -value if value is not None and verb == "fall" else value


def _follows(tokens: Sequence[Token], at: int, words: re.Pattern[str]) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == "words" and words.match(tokens[at + 1].text) is not None


def _after_heading_verb(tokens: Sequence[Token], at: int, before: Sequence[Fact]) -> Said:
    """Read the first percent of a list behind "tăng khá:", "tốc độ tăng giá trị sản xuất:" or "vượt kế hoạch gồm:"."""
    value = tokens[at].value
    for place in range(at - 1, 0, -1):
        if tokens[place].kind in NUMBERS or tokens[place].kind in {"semicolon", "close"}:
            break
        if tokens[place].kind == "colon":
            head = list(tokens[: place - 1] if tokens[place - 1].kind == "part" else tokens[:place])
            verb = next((one for one in reversed(head) if one.kind in {"rise", "fall"}), None)
            if head and head[-1].kind == "plan" and value is not None and value >= _LOWEST_INDEX:
                return "plan", value
            if verb is not None and (head[-1].kind in {"rise", "fall"} | BASES or GROWTH_NOUN.match(verb.text)):
                return "growth", _signed(value, verb.kind)
    return _NOTHING


def _times(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None) -> Said:
    token, after = tokens[at], tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if after in {"rise", "fall"}:
        return _NOTHING  # "gấp 1,7 lần mức tăng của cả nước"
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


def _amount(tokens: Sequence[Token], at: int, phrase: Phrase, base: Token | None, before: Sequence[Fact]) -> str:
    token, kind, flags = tokens[at], phrase.kind, phrase.flags
    if token.value is None or token.note == "range" or kind == "than":
        return "none"
    if at and tokens[at - 1].kind == "bare":
        return "none"  # "1 9.245 tỷ đồng": two numbers, or one that is torn
    if _tells_how_many(tokens, at):
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


def _ends_in_a_count(token: Token) -> bool:
    return re.search(rf"\d (?:{grammar()['units']['breadth']})$", token.text, re.IGNORECASE) is not None


def _tells_how_many(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an amount counts what has grown or fallen: "trong 20 sản phẩm chủ yếu, 14 sản phẩm tăng, 6 sản phẩm giảm"."""
    if not re.fullmatch(grammar()["units"]["breadth"], tokens[at].unit, re.IGNORECASE):
        return False
    behind = [token for token in tokens[at + 1 : at + 4] if token.kind != "words" or not is_light(token.text)]
    after = [token.kind for token in behind] + ["end"] * 2
    moves = after[0] in {"rise", "fall", "flat"} and after[1] not in NUMBERS
    return moves or (at > 0 and tokens[at - 1].text.casefold().endswith("trong"))


def _is_change(token: Token) -> bool:
    return token.kind in {"rise", "fall"} and not GROWTH_NOUN.match(token.text)


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
