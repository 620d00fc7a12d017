"""The numbers of a sentence put together: which of them speak of one indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bcanalysis.wording.reading.fact import VERBS, Fact, speaks_of_quantity
from bcanalysis.wording.reading.facts import facts_in
from bcanalysis.wording.reading.governing import is_led
from bcanalysis.wording.reading.respective import one_by_one, shares
from bcanalysis.wording.reading.subjects import Piece
from bcanalysis.wording.reading.tidy import Stretch
from bcanalysis.wording.reading.tokens import Token, edge, grammar, tokens_in
from bcanalysis.wording.reading.when import is_prior_year, months_in, year_in

_CHANGES = frozenset({"growth", "index", "ratio", "times"})
_AIMS = frozenset({"planned", "forecast"})


@dataclass
class Draft:
    """A statement that is being put together."""

    start: int
    end: int
    subject: str = ""
    wide: str = ""  # all words before the verb, in which a name with commas stands whole
    places: tuple[int, int] | None = None  # where `wide` begins and where `subject` does; None for words of another statement
    after: str = ""
    parent: Draft | None = None
    part: bool = False
    headless: bool = False  # whether it opens its sentence with a change, before anything is named
    codes: tuple[str | None, str | None] = (None, None)
    value: Fact | None = None
    growth: Fact | None = None
    plan: Fact | None = None
    ratio: Fact | None = None
    change: Fact | None = None
    months: tuple[int, int] | None = None
    year: int | None = None
    named_year: int | None = None  # the year that its own sentence names
    dated: bool = False  # whether its own sentence names the part of the year
    status: str | None = None
    national: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def tells(self) -> bool:
        """Whether anything is said."""
        return any((self.value, self.growth, self.plan, self.ratio, self.change))

    def slot(self, role: str) -> str:
        """Name the place that a fact of a role takes."""
        return {"index": "growth", "over": "plan", "times": "ratio", "listed": "value"}.get(role, role)


@dataclass
class Context:
    """What the sentences before have said: the indicator spoken of, the part of the year, the year, and whether these are aims."""

    subject: str = ""
    months: tuple[int, int] | None = None
    year: int | None = None
    heading: str = ""
    parent: Draft | None = None
    status: str | None = None


def drafts_in(sentence: Stretch, context: Context) -> list[Draft]:
    """Give the statements of a sentence.

    Parameters
    ----------
    sentence : Stretch
        A sentence.
    context : Context
        What was said before; it is brought up to date.

    Returns
    -------
    list of Draft
        In their order.
    """
    tokens = one_by_one(tokens_in(sentence.text))
    return [draft for draft in _Sentence(sentence.text, tokens, context).drafts() if draft.tells and not draft.national]


class _Sentence:
    def __init__(self, text: str, tokens: Sequence[Token], context: Context) -> None:
        self.text, self.tokens, self.context = text, tokens, context
        self.found: list[Draft] = []
        self.current: Draft | None = None
        self.parent: Draft | None = context.parent
        self.opened: list[tuple[Draft | None, Draft | None]] = []
        self.status = context.status
        self.shares = shares(tokens)

    def drafts(self) -> list[Draft]:
        done = -1
        for fact in facts_in(self.tokens):
            self._step(done + 1, fact)
            done = max(done, fact.last)
        self._date_the_plan()
        self._remember()
        return self.found

    def _date_the_plan(self) -> None:
        """Give aims the year of the plan that the sentence begins with: "Kế hoạch năm 2019: xuất khẩu 1.350 triệu USD"."""
        opening = next((token for token in self.tokens[:2] if token.kind == "plan"), None)
        year = None if opening is None or is_led(opening) else year_in(opening.text)
        for draft in self.found if year is not None else ():
            if draft.status == "planned" and not draft.dated:
                draft.months, draft.year, draft.dated = (1, 12), year, True

    def _step(self, begin: int, fact: Fact) -> None:
        """Take in one fact and the words between it and the fact before."""
        segment = list(self.tokens[begin : fact.first]) if begin <= fact.first else []
        inside = self._brackets(segment)
        piece = Piece(self.text, segment, begin == 0, self.current is not None or bool(self.found))
        self._carry_status(piece, fact)
        if piece.opens_parts and self.current is not None and self.current.tells:
            self.parent = self.current.parent if self.current.part and not inside else self.current
            self.parent = self.parent or self.current
        for token in self.tokens[fact.first : fact.last + 1]:
            if token.kind == "open":
                self.opened.append((self.current, self.parent))
        if fact.role == "aside":
            if piece.subject:
                self._begin(fact, piece)
        elif fact.role != "none":
            self._place(fact.role, fact, piece, inside)
        for token in self.tokens[fact.first : fact.last + 1]:
            if token.kind == "close" and self.opened:
                self.current, self.parent = self.opened.pop()

    def _brackets(self, segment: Sequence[Token]) -> bool:
        for token in segment:
            if token.kind == "open":
                self.opened.append((self.current, self.parent))
            elif token.kind == "close" and self.opened:
                self.current, self.parent = self.opened.pop()
        return bool(self.opened)

    def _place(self, role: str, fact: Fact, piece: Piece, inside: bool) -> None:
        if role == "planned" or (role == "value" and self._is_same_in_other_words(fact, piece)):
            self._place_beside(fact, piece)
            return
        if self._is_shared(role, fact, piece) or self._is_of_the_other_measure(role, fact, piece):
            return
        fresh = self._is_fresh(role, piece, inside)
        if fresh is None:
            return
        if fresh and self._is_told_ahead(role, piece):
            draft = self._name(piece, fact)
        else:
            draft = self._begin(fact, piece) if fresh or self.current is None else self.current
        if role == "listed":
            unit = self._unit_of_the_list(piece, fact)
            if unit is None:
                self._drop(draft)
                return
            note = "unit_of_the_list" if unit else ""
            fact = replace(fact, role="value", token=replace(fact.token, kind="amount", unit=unit), note=note)
        if role in _CHANGES and not self._is_of_the_prior_year(draft, fact):
            return
        slot, told_first = draft.slot(role), not draft.tells
        if getattr(draft, slot) is None:
            setattr(draft, slot, fact)
        if fact.note:
            draft.notes.append(fact.note)
        last = fact.last + 1 if self._closes(fact.last + 1, draft.start) else fact.last
        draft.end = max(draft.end, self.tokens[last].end)
        if draft.status is None and (self.status not in _AIMS or told_first):
            draft.status = self.status

    def _is_of_the_prior_year(self, draft: Draft, fact: Fact) -> bool:
        """Tell whether a change is one against the same period of the prior year; a multiple is kept in any case."""
        if fact.base is not None and (fact.base.kind == "past" or year_in(fact.base.text) is not None):
            if fact.base.kind == "same" and (year_in(fact.base.text) or 0) < self._latest_same():
                return False  # beside "cùng kỳ năm 2021" a number against 2019 is none against the prior year
            named = draft.named_year or (self._latest_year() if fact.base.kind == "past" else None)
            same = is_prior_year(fact.base.text, draft.months if draft.dated else None, named)
            if named is None and is_prior_year(fact.base.text, draft.months, self.context.year):
                same = True  # the year of the report may confirm a basis, not rule it out
            if fact.role in {"ratio", "times"}:
                draft.notes += [] if same else ["other_basis"]
            elif same is False:
                return False
            elif same is None:
                draft.notes.append("basis_year")
        elif fact.base is not None and edge("season", "WORDS").search(fact.base.text):
            draft.notes.append("basis_year")  # lychees have one season in a year, rice has two
        if fact.role not in {"growth", "index"}:
            return True
        if edge("share", r"^\W*(?:trong đó |riêng )?WORDS|(?:tỷ|tỉ) trọng").search(draft.subject):
            return False
        return draft.value is None or not fact.measure or not _other_measure(fact, draft.value)

    def _drop(self, draft: Draft) -> None:
        if draft in self.found and not draft.tells:
            self.found.remove(draft)

    def _is_shared(self, role: str, fact: Fact, piece: Piece) -> bool:
        """Give a number of a row to its statement: "A 512 MW, B 9,8 triệu kWh, tăng lần lượt 12,1% và 10,7%"."""
        at, count = self.shares.get(fact.token.start, (0, 0))
        told = [draft for draft in self.found if draft.tells]
        if not count or piece.subject or len(told) < count or role not in {"growth", "index", "plan", "over"}:
            return False
        draft = told[at - count]
        if getattr(draft, draft.slot(role)) is None:
            setattr(draft, draft.slot(role), fact)
        return True

    def _is_of_the_other_measure(self, role: str, fact: Fact, piece: Piece) -> bool:
        """Give a growth of quantities to the quantity, and one of money to the sum: "12 tấn, trị giá 3 tỷ, tăng 5% về lượng"."""
        current = self.current
        if role not in {"growth", "index"} or not fact.measure or piece.subject or current is None or current.value is None:
            return False
        place = self.found.index(current)
        before = self.found[place - 1] if place and _other_measure(fact, current.value) else None
        if before is None or before.value is None or before.growth is not None or _other_measure(fact, before.value):
            return False
        before.growth = fact
        return True

    def _is_same_in_other_words(self, fact: Fact, piece: Piece) -> bool:
        """Tell whether an amount says the one before in another unit: "14.700 kWh, tương đương 24,3 triệu đồng"."""
        said = self.text[self.tokens[fact.first].start : fact.token.start].casefold()
        return said.startswith("tương") and not piece.subject and self.current is not None and self.current.value is not None

    def _place_beside(self, fact: Fact, piece: Piece) -> None:
        """Take in what stands beside a statement, such as its plan; what follows goes on about that statement."""
        before = self.current
        beside = self._begin(fact, piece)
        beside.value, beside.status = fact, "planned" if fact.role == "planned" else beside.status
        if before is not None:
            self.current = before

    def _closes(self, place: int, start: int) -> bool:
        """Tell whether a token closes a bracket that was opened inside a statement."""
        if place >= len(self.tokens) or self.tokens[place].kind != "close":
            return False
        words = self.text[start : self.tokens[place].start]
        return words.count("(") > words.count(")")

    def _is_fresh(self, role: str, piece: Piece, inside: bool) -> bool | None:
        """Tell whether a fact begins a statement (True), belongs to the one before (False), or says nothing new (None)."""
        current = self.current
        if piece.subject and not (role in {"change"} and not piece.adjacent):
            return True
        if current is None:
            return True
        taken = getattr(current, current.slot(role)) is not None
        if piece.cumulative and taken and not inside:
            return True
        if piece.period is not None and (taken or piece.broken or role == "value"):
            if inside and (year := year_in(piece.period.text)) is not None and current.year is not None and year < current.year:
                return None
            return not inside or taken or None
        if not taken:
            return False
        if role in {"value", "listed"}:
            return True
        return None

    def _is_told_ahead(self, role: str, piece: Piece) -> bool:
        """Tell whether the sentence begins with changes of what it names now: "Tăng 16,5% so với cùng kỳ, xuất khẩu đạt ..."."""
        draft = self.current
        return (
            role == "value" and draft is not None and draft.value is None and draft.tells and draft.headless
            and self.found == [draft] and bool(piece.subject) and not piece.closed and not piece.opens_parts
        )  # fmt: skip

    def _name(self, piece: Piece, fact: Fact) -> Draft:
        """Give a statement that has begun with its changes the words that name it."""
        ahead = self.found.pop()
        draft = self._begin(fact, piece)
        draft.start, draft.growth, draft.plan, draft.ratio, draft.change = (
            ahead.start, ahead.growth, ahead.plan, ahead.ratio, ahead.change,
        )  # fmt: skip
        draft.notes = [*ahead.notes, *draft.notes]
        if not draft.dated:
            draft.months, draft.year, draft.named_year, draft.dated = ahead.months, ahead.year, ahead.named_year, ahead.dated
        return draft

    def _begin(self, fact: Fact, piece: Piece) -> Draft:
        first = piece.begin if piece.subject or piece.period is not None else self.tokens[fact.first].start
        draft = Draft(first, self.tokens[fact.last].end)
        carried = self.current or self.parent
        draft.part = (
            piece.opens_parts
            or (self.parent is not None and carried is not self.parent)
            or (self.parent is not None and carried is self.parent and bool(piece.subject))
        )
        draft.parent = self.parent
        open_ended = piece.period is None or not self.context.subject  # "6 tháng tăng 5%" may go on about the sentence before
        draft.headless = not self.found and (open_ended if not piece.subject else _is_holder(piece.subject))
        draft.subject = piece.subject
        draft.wide = self.text[piece.wide : self.tokens[fact.first].start]
        draft.places = (piece.wide, piece.begin) if piece.subject else None
        draft.after = self._words_after(fact)
        if not piece.subject and self.current is not None:
            draft.subject, draft.wide, draft.parent, draft.part = (
                self.current.subject, self.current.wide, self.current.parent, self.current.part,
            )  # fmt: skip
            if fact.role == "value" and self.current.value is not None and piece.period is None:
                draft.subject = draft.wide = ""
        elif not piece.subject and not is_thing(fact):
            draft.subject = draft.wide = self.context.subject or self.context.heading
        draft.national = bool(_is_national(piece.subject))
        self._date(draft, piece)
        self.found.append(draft)
        self.current = draft
        if piece.bracketed and self.opened:
            self.opened[-1] = (draft, self.parent)
        return draft

    def _date(self, draft: Draft, piece: Piece) -> None:
        told = piece.period
        if told is not None:
            draft.months, draft.year = months_in(told.text), year_in(told.text)
            if draft.months == (1, 12) and draft.year is None and "cả" not in told.text.casefold():
                draft.months = None
            draft.dated = draft.months is not None
        before = self.found[-1] if self.found else None
        if draft.months is None and before is not None:
            draft.months, draft.year, draft.dated = before.months, draft.year or before.named_year, before.dated
        elif draft.year is None and before is not None:
            draft.year = before.named_year
        draft.named_year = draft.year
        if draft.months is None:
            draft.months = self.context.months
        if draft.year is None:
            draft.year = self.context.year

    def _latest_year(self) -> int | None:
        """Give the latest year a sentence names outside its bases."""
        years = [year_in(token.text) for token in self.tokens if token.kind in {"period", "words"}]
        return max((year for year in years if year is not None), default=None)

    def _latest_same(self) -> int:
        """Give the latest year of the bases that are the same part of another year; 0 if none names one."""
        return max((year_in(token.text) or 0 for token in self.tokens if token.kind == "same"), default=0)

    def _unit_of_the_list(self, piece: Piece, fact: Fact) -> str | None:
        """Give the unit of a number without one: none for "số ... là 12", that of the list it stands in; None if it is no value."""
        if not piece.subject:
            return None
        if fact.verb == "equal" and re.match(r"(?:tổng )?số ", piece.subject, re.IGNORECASE):
            return ""
        units = [draft.value.token.unit for draft in self.found if draft.value is not None and draft.value.token.unit]
        return units[-1] if units else None

    def _words_after(self, fact: Fact) -> str:
        """Give the words that follow a number up to the next mark."""
        words = []
        for token in self.tokens[fact.last + 1 :]:
            if token.kind not in {"words", "and", "qualifier", "average"} | VERBS or token.kind in {"rise", "fall", "beyond"}:
                break
            words.append(token.text)
        return " ".join(words)

    def _carry_status(self, piece: Piece, fact: Fact) -> None:
        begin = piece.told_from if piece.told_from is not None else self.tokens[fact.first].start
        told = _status_in(self.text[begin : fact.token.start])
        if told in _AIMS:
            self.status = told
        elif told is not None or piece.subject:
            self.status = told if told is not None else self.status if self.status in _AIMS else None
        if self.status is None:
            self.status = told
        if told is None and edge("achieved", "WORDS$").search(self.text[begin : fact.token.start].rstrip()):
            self.status = None  # "kế hoạch năm là 52.000 tỷ đồng, 6 tháng thực hiện 25.120 tỷ đồng"

    def _remember(self) -> None:
        context = self.context
        main = next((draft for draft in self.found if draft.tells and not draft.part and not draft.national), None)
        if main is not None:
            context.subject = main.subject or context.subject
            context.months, context.year = main.months or context.months, main.year or context.year
        stripped = self.text.rstrip()
        if stripped.endswith(":"):
            context.parent = next((draft for draft in self.found if draft.tells), None)
            told = _status_in(self.text)
            context.status = told if told in _AIMS else None
        elif not self.text.lstrip().startswith(("-", "+", "•", "*", "–")):
            context.parent, context.status = None, None


def _status_in(words: str) -> str | None:
    for status, pattern in grammar()["status"].items():
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words, re.IGNORECASE):
            return str(status)
    return None


def _is_holder(subject: str) -> bool:
    return edge("holder", "^(?:WORDS)$").match(subject) is not None


def _is_national(subject: str) -> bool:
    told = grammar()["national"]
    words = re.sub(told["rank"], "", subject, flags=re.IGNORECASE)
    return bool(re.search(rf"(?<!\w)(?:{told['words']})(?!\w)", words, re.IGNORECASE))


def _other_measure(fact: Fact, value: Fact) -> bool:
    money = bool(re.search(rf"(?<!\w)(?:{grammar()['units']['money']}|tỷ|tỉ)(?!\w)", value.token.unit, re.IGNORECASE))
    return speaks_of_quantity(fact.measure) == money


def is_thing(fact: Fact) -> bool:
    """Tell whether a value counts things, which its own words name.

    Parameters
    ----------
    fact : Fact
        A number of a sentence.

    Returns
    -------
    bool
        True for "245 vụ", False for "245 tấn".
    """
    return fact.role == "value" and fact.token.unit.casefold() in _things()


@cache
def _things() -> frozenset[str]:
    return frozenset(re.split(r"[|\n]", grammar()["units"]["things"].casefold()))
