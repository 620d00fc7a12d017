"""Last year's outline made ready for another period: what follows from the period is written, what may be stale is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import term
from bcanalysis.wording.written import CAPITALS, numbers_in

STALE = re.compile(r"\[\[\?: (?P<words>.+?) \]\]")
"""A mark in an outline: words that somebody has to look at before the outline is one again."""

_KEPT = re.compile(rf"{STALE.pattern}|\{{+[^{{}}]*\}}+|\[\^[^\[\]]*\]|<!--.*?-->|https?://\S+|giá so sánh(?: năm)? \d{{4}}")
_FRONT = re.compile(r"---[^\S\n]*\n(?P<lines>.*?)^---[^\S\n]*$\n?", re.DOTALL | re.MULTILINE)
_PERIOD = re.compile(r"(?P<key>period:\s*)(?P<name>[^\s#]+)(?P<rest>.*)")
_HEADING, _ENTRY = re.compile(r"#+\s"), re.compile(r"[^\s:]+:(?:\s|$)")
_YEAR = r"(?:19|20)\d{2}"
_ORDINAL = re.compile(
    r"\b(?:năm|lần|kỳ|khóa|khoá|đợt) thứ (?:\d+|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)\b|\blần đầu(?: tiên)?\b",
    re.IGNORECASE,
)
_EVENT = re.compile(rf"(?<!\w)(?!So |Năm |Từ |Đến |Trong |Giai )[{CAPITALS}]\w*(?: (?!năm |đến |từ |với )\w+){{0,4}} {_YEAR}(?!\d)")
_STALE_KINDS = {"date": "date", "year": "year", "period": "period", "document": "document", "figure": "number"}
_UNITS = ("đồng", "USD", "tấn", "kWh", "MW", "ha", "m³")  # marked together with their number
_UNDATED = re.compile(rf"(?!.*{_YEAR})")


@dataclass(frozen=True)
class Stale:
    """A place of an outline to look at.

    Parameters
    ----------
    line, column : int
        Where its mark begins in the rolled text, both from 1.
    words : str
        What stands there.
    kind : str
        ``date``, ``year``, ``period``, ``document``, ``number``, ``ordinal``, ``event``; or ``marked`` if somebody else marked it.
    hint : str
        What to look at.
    """

    line: int
    column: int
    words: str
    kind: str
    hint: str


@dataclass(frozen=True)
class Rolled:
    """An outline for another period.

    Parameters
    ----------
    text : str
        The outline, with marks.
    stale : tuple of Stale
        The marks, in their order.
    lang : {"vi", "en"}
        Language of the hints.
    """

    text: str
    stale: tuple[Stale, ...]
    lang: str = "vi"

    def __str__(self) -> str:
        """Give one place a line, and how many there are."""
        lines = [term("roll.line", self.lang, **asdict(one)) for one in self.stale]
        return "\n".join([*lines, term("roll.summary", self.lang, count=len(self.stale))])

    def to_json(self) -> dict[str, Any]:
        """Give the outline as what JSON can hold.

        Returns
        -------
        dict
            ``text`` and ``stale``, a list with the fields of :class:`Stale`.
        """
        return {"text": self.text, "stale": [asdict(one) for one in self.stale]}


def rolled(outline_text: str, source: Period, target: Period, lang: str = "vi") -> Rolled:
    """Make an outline ready for another period.

    The period of the front matter becomes the target; in headings and in the front matter the words for the period, its prior
    year, the rest of its year and its year follow. Everywhere else dates, years, periods, numbers of documents, numbers typed by
    hand, counts of times and years, and events of one year are marked as ``[[?: ... ]]``. Names of figures stay.

    Parameters
    ----------
    outline_text : str
        A Vietnamese outline in Markdown, front matter included.
    source, target : Period
        The period that it was written for, and the one it shall be for.
    lang : {"vi", "en"}
        Language of the hints.

    Returns
    -------
    Rolled
        The new text and its marks. An outline that is of the target already is not computed again, and nothing is marked twice.

    Raises
    ------
    UsageError
        If it has no front matter with a period, or one that is neither source nor target.

    Examples
    --------
    >>> text = '''---
    ... period: 2018H1
    ... ---
    ... # I. KẾT QUẢ 6 THÁNG ĐẦU NĂM 2018
    ... Đến ngày 14/6/2018, {export_value:sentence}.
    ... '''
    >>> new = rolled(text, Period.parse("2018H1"), Period.parse("2019H1"))
    >>> print(new.text)
    ---
    period: 2019H1
    ---
    # I. KẾT QUẢ 6 THÁNG ĐẦU NĂM 2019
    Đến [[?: ngày 14/6/2018 ]], {export_value:sentence}.
    >>> [(one.line, one.column, one.words) for one in new.stale]
    [(5, 5, 'ngày 14/6/2018')]
    """
    front = _FRONT.match(outline_text)
    found = _named_period(front["lines"] if front else "", source, target)
    front_lines = 0 if front is None else front[0].count("\n")
    names = _names(source, target)
    if found == target:
        names = dict.fromkeys(names.values(), "")
    lines: list[str] = []
    for number, line in enumerate(outline_text.split("\n")):
        in_front = number < front_lines
        period = _PERIOD.fullmatch(line) if in_front else None
        follows = _ENTRY.match(line) if in_front else _HEADING.match(line)
        if period is not None:
            lines.append(f"{period['key']}{target}{period['rest']}")
        else:
            lines.append(_line(line, names if follows else {}, same_months=_months(source) == _months(target)))
    return Rolled("\n".join(lines), tuple(_listed(lines, format_period(target, lang), lang)), lang)


def _listed(lines: Sequence[str], target: str, lang: str) -> Iterator[Stale]:
    for number, line in enumerate(lines, 1):
        for mark in STALE.finditer(line):
            kind = next((kind for _, _, kind in _stale(mark["words"])), "marked")
            yield Stale(number, mark.start() + 1, mark["words"], kind, term(f"roll.kind.{kind}", lang, target=target))


def _months(period: Period) -> tuple[int, int]:
    return period.first_month, period.last_month


def _named_period(front: str, source: Period, target: Period) -> Period:
    line = next((found for found in map(_PERIOD.fullmatch, front.splitlines()) if found), None)
    if line is None:
        raise UsageError(f'outline: got no period in its front matter; expected "period: {source}" between two lines of ---')
    period = Period.parse(line["name"])
    if period not in {source, target}:
        raise UsageError(
            f"outline: got period: {period}; expected {source}, which it is rolled from. Name the period it was written for."
        )
    return period


def _names(source: Period, target: Period) -> dict[str, str]:
    """Give the words that follow from the period, in small letters, and what they become."""
    pairs = [(source, target), (source.prior_year, target.prior_year), (Period(source.year, 1, 12), Period(target.year, 1, 12))]
    rest = source.rest_of_year(), target.rest_of_year()
    if rest[0] is not None and rest[1] is not None:
        pairs.append((rest[0], rest[1]))
    names = {}
    for old, new in pairs:
        before, after = format_period(old), format_period(new)
        names[before] = after
        if old.months < 12 and old.year == source.year:  # "6 tháng đầu năm" alone is of the year of the outline
            names[_without_year(before)] = _without_year(after)
    return names


def _without_year(words: str) -> str:
    return re.sub(rf" năm {_YEAR}$", "", words)


def _line(line: str, names: Mapping[str, str], same_months: bool) -> str:
    """Write a line anew; what a mark uncovers is marked in its turn, until nothing is left."""
    new = "".join(_pieces(line, names, same_months))
    return line if new == line else _line(new, dict.fromkeys(names.values(), ""), same_months)


def _pieces(line: str, names: Mapping[str, str], same_months: bool) -> Iterator[str]:
    """Cut a line into what stays, what is computed and what is marked; a name that becomes nothing stays as it is."""
    kept = [(match.start(), match.end(), match[0]) for match in _KEPT.finditer(line)]
    masked = _KEPT.sub(lambda match: "\0" * len(match[0]), line)
    spans = [(number.start, number.end) for number in numbers_in(masked)]
    computed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for match in re.finditer(rf"(?<!\w)(?:{computed})(?!\w)", masked, re.IGNORECASE) if computed else ():
        if any(start < match.start() < end for start, end in spans):
            continue  # the year of a date, or of a period that does not follow
        kept.append((match.start(), match.end(), _as_written(names[match[0].casefold()], match[0]) or match[0]))
        masked = masked[: match.start()] + "\0" * len(match[0]) + masked[match.end() :]
    stale = [(start, end, f"[[?: {line[start:end]} ]]") for start, end, _ in _stale(masked, same_months)]
    place = 0
    for start, end, text in sorted([*kept, *stale]):
        yield line[place:start] + text
        place = end
    yield line[place:]


def _as_written(words: str, former: str) -> str:
    """Write words in capitals if the former ones were, or with a capital first."""
    if former.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if former[:1].isupper() else words


def _stale(text: str, same_months: bool = False) -> Iterator[tuple[int, int, str]]:
    """Find what may be stale; what touches is one place. With the same months, "6 tháng đầu năm" alone still holds."""
    found = [(match.start(), match.end(), "ordinal") for match in _ORDINAL.finditer(text)]
    found += [(match.start(), match.end(), "event") for match in _EVENT.finditer(text)]
    for number in numbers_in(text, _UNITS):
        undated = number.kind == "period" and same_months and _UNDATED.match(text[number.start : number.end])
        if number.kind in _STALE_KINDS and not undated:
            found.append((number.start, number.end, _STALE_KINDS[number.kind]))
    whole: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda part: (part[0], -part[1])):
        if whole and not text[whole[-1][1] : start].strip(" "):
            former = whole.pop()
            whole.append((former[0], max(former[1], end), former[2]))
        else:
            whole.append((start, end, kind))
    yield from whole
