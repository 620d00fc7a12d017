"""An edited document read against the data: which of its figures are on file, and which are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, overload

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.documents.proof.onfile import Figure, OnFile, figures_on_file
from bcanalysis.documents.proof.passages import Passage, passages
from bcanalysis.periods import Period
from bcanalysis.rounding import half_up
from bcanalysis.wording.terms import term
from bcanalysis.wording.written import CAPITALS, PERCENT, TIMES, Number, numbers_in

VERDICTS = ("same", "rounded", "different", "unknown")
_AROUND = 40  # letters shown on either side
_LEAST_DIGITS = 2  # that a rounded figure keeps
_TELLING_DIGITS = 4  # a number of so many is no figure's by chance
_SENTENCE_END = re.compile(rf"(?<=[.!?;])\s+(?=\W*[{CAPITALS}])")
_QUOTE = re.compile("“([^”]*)”")
_JOINT = re.compile(r"\s*(?:đến|tới|hoặc|và|[-–;])\s*±?", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.()\[\]](?!\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORDINALS = re.compile(r"\s*(?:S?TT|Số TT)\s*", re.IGNORECASE)
_ROLES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "half_unit": "sai số|±",
        "remaining": "còn phải",
        "ratio": "gấp mấy lần",
        "plan": "kế hoạch|chỉ tiêu giao|\\bKH\\b",
        "prior": "cùng kỳ|năm trước",
        "value": "thực hiện|ước|đạt|giá trị|số in|số liệu|kỳ báo cáo",
    }.items()
}
_CHANGE = re.compile(r"tăng|giảm|cùng kỳ|năm trước|tính từ số liệu", re.IGNORECASE)
_FALL = re.compile(r"giảm(?!.*tăng)", re.IGNORECASE | re.DOTALL)
_ALSO: Mapping[str, tuple[str, ...]] = {"growth": ("value",), "prior": ("growth",), "plan": ("plan_pct",)}
_OPEN_ROLES = {"", "percent"}  # a column that says nothing we know may hold shares, contributions, other years
_BEYOND, _INDEX = re.compile("vượt", re.IGNORECASE), re.compile("bằng|chỉ số", re.IGNORECASE)


@dataclass(frozen=True)
class Checked:
    """A figure of a document, and what the data say of it.

    Parameters
    ----------
    place : str
        Paragraph number, or table, row and column.
    words : str
        The words around it.
    text : str
        The figure as written, with its unit.
    value : float or None
        The number in that unit; None where it cannot be read as Vietnamese.
    unit : str
        The unit as written, in a table that of its row or column; empty if none is named.
    verdict : {"same", "rounded", "different", "unknown"}
        Whether a figure on file prints so, rounds to it, is another one, or is not there.
    on_file : str
        The figure on file that it was held against, with its name; empty where there is none.
    """

    place: str
    words: str
    text: str
    value: float | None
    unit: str
    verdict: str
    on_file: str = ""


@dataclass(frozen=True)
class Proof(Sequence[Checked]):
    """The checked figures of a document, in its order.

    Parameters
    ----------
    checked : tuple of Checked
        The figures.
    left_out : mapping of str to int
        How many numbers are no figures, by what they are: dates, numbers of documents, headings, ...
    lang : {"vi", "en"}
        Language of the words.
    """

    checked: tuple[Checked, ...]
    left_out: Mapping[str, int]
    lang: str = "vi"

    @overload
    def __getitem__(self, place: int) -> Checked: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Checked, ...]: ...
    def __getitem__(self, place: int | slice) -> Checked | tuple[Checked, ...]:
        """Give the figure at a place."""
        return self.checked[place]

    def __len__(self) -> int:
        """Count the figures."""
        return len(self.checked)

    def __str__(self) -> str:
        """Give the figures that are not on file, one a line with what is, and a summary."""
        counts = Counter(one.verdict for one in self.checked)
        numbers = {verdict: counts[verdict] for verdict in VERDICTS}
        summary = term("proof.summary", self.lang, count=len(self), left_out=sum(self.left_out.values()), **numbers)
        return "\n".join([*(self._line(one) for one in self.checked if one.verdict in {"different", "unknown"}), summary])

    def _line(self, one: Checked) -> str:
        verdict = term(f"proof.verdict.{one.verdict}", self.lang)
        line = term("proof.line", self.lang, place=one.place, text=one.text, verdict=verdict, words=one.words)
        return f"{line}; {term('proof.on_file', self.lang, figure=one.on_file)}" if one.on_file else line

    def to_json(self) -> dict[str, Any]:
        """Give the proof as what JSON can hold.

        Returns
        -------
        dict
            ``figures``, each with the fields of :class:`Checked`, and ``left_out``.
        """
        return {"figures": [asdict(one) for one in self.checked], "left_out": dict(self.left_out)}


def proof(path: str | Path, dataset: Dataset, period: str | Period, area: str = "bac-giang", lang: str = "vi") -> Proof:
    """Check every figure of a Vietnamese document against the figures on file for a period.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.docx``, ``.html`` or ``.txt``.
    dataset : Dataset
        The tables.
    period : str or Period
        The period that the document is about.
    area : str
        Code of its area.
    lang : {"vi", "en"}
        Language of what is said of the figures; the document itself is read as Vietnamese.

    Returns
    -------
    Proof
        A sequence of :class:`Checked`; ``left_out`` counts what is no figure.

    Raises
    ------
    UsageError
        If the file cannot be read, or period or area are unknown.

    Examples
    --------
    >>> import tempfile
    >>> from bcanalysis.dataset.load import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "edited.txt"
    ...     _ = file.write_text("Kim ngạch xuất khẩu ước đạt 3.410 triệu USD, tăng 6,5% so với cùng kỳ.", encoding="utf-8")
    ...     for one in proof(file, load(), "2018H1"):
    ...         print(one.place, "|", one.text, "|", one.verdict, "|", one.on_file)
    dòng 1 | 3.410 triệu USD | different | Kim ngạch xuất khẩu: 3.140 triệu USD
    dòng 1 | 6,5% | same | Kim ngạch xuất khẩu, so với cùng kỳ: 6,5%
    """
    on_file = figures_on_file(compare(dataset, period, area), dataset, lang)
    checked: list[Checked] = []
    left_out: Counter[str] = Counter()
    for passage in passages(path, lang):
        for found in _of_passage(passage, on_file):
            if isinstance(found, Checked):
                checked.append(found)
            else:
                left_out[found] += 1
    return Proof(tuple(checked), dict(left_out), lang)


def _of_passage(passage: Passage, on_file: OnFile) -> Iterator[Checked | str]:
    """Judge the figures of a passage; of any other number say what it is."""
    text = passage.text
    found = list(_read(passage, on_file))
    claimed = frozenset(figure for _, asked in found if isinstance(asked, _Asked) for figure in asked.claims(on_file))
    told: set[tuple[int, str]] = set()
    for number, asked in found:
        if isinstance(asked, str):
            yield asked
            continue
        verdict, figure = asked.judged(on_file, told, claimed)
        around = text[max(0, number.start - _AROUND) : number.end + _AROUND].split()
        yield Checked(
            passage.place,
            " ".join([passage.row, *around] if passage.row != text else around).strip(),
            text[number.start : number.end],
            None if number.value is None else float(number.value),
            asked.number.unit,
            verdict,
            "" if figure is None else figure.words,
        )


def _read(passage: Passage, on_file: OnFile) -> Iterator[tuple[Number, _Asked | str]]:
    """Give each number with what its surroundings say of it, or with what it is if it is no figure."""
    text = passage.text
    quoted = [match.span() for match in _QUOTE.finditer(text) if match[1] in on_file.quotes]
    numbers = _joined(numbers_in(text, on_file.units), text)
    end = 0
    for place, number in enumerate(numbers):
        if number.kind != "figure":
            yield number, number.kind
            continue
        if _ORDINALS.fullmatch(passage.column):
            yield number, "heading"
        elif passage.page and not number.unit:
            yield number, "page"
        elif any(start < number.start < stop for start, stop in quoted):
            yield number, "quote"
        else:
            after = next((other.start for other in numbers[place + 1 :] if other.kind == "figure"), len(text))
            yield number, _Asked.of(number, passage, on_file, text[end : number.start], text[number.end : after])
        joined = place + 1 < len(numbers) and _JOINT.fullmatch(text[number.end : numbers[place + 1].start])
        end = end if joined else number.end  # what is said before "từ 5 đến 7%" is said of both ends


def _joined(numbers: Sequence[Number], text: str) -> list[Number]:
    """Give the bare ends of "từ 5 đến 7%" the unit of the last one."""
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        bare = one.kind == other.kind == "figure" and not one.unit
        if bare and _JOINT.fullmatch(text[one.end : other.start]):
            found[place] = replace(one, unit=other.unit, name=other.name, scale=other.scale)
    return found


@dataclass(frozen=True)
class _Asked:
    """A number with what its surroundings say of it.

    `named` are the series named with it, the nearest first, `after` those of the part that is named next; `closed` tells that no
    word follows which might be an unknown unit, `apart` that the nearest name stands in a clause of its own.
    """

    number: Number
    role: str
    named: tuple[tuple[int, frozenset[int]], ...]
    alike: frozenset[int]
    after: frozenset[int]
    closed: bool
    apart: bool
    in_table: bool

    @classmethod
    def of(cls, number: Number, passage: Passage, on_file: OnFile, before: str, after: str) -> _Asked:
        """Read the surroundings of a number: the words since the number before it, and those up to the next one."""
        in_table = bool(passage.row)
        if in_table:
            number = _with_unit_of(passage, number, on_file)
            clause, after, sentence, position = passage.column, "", passage.row, len(passage.row)
        else:
            clause, after = _CLAUSE_END.split(before)[-1], re.split("[;.]", after)[0]
            sentence, position = _sentence(passage.text, number.start)
        role = _role(number, clause, after) or ("" if in_table else "value")
        if in_table and role == "value" and on_file.year - 1 in {int(year) for year in _YEAR.findall(clause)}:
            role = "prior"
        named = on_file.named(sentence, position)
        if number.value is not None and number.name == PERCENT:
            number = replace(number, value=_meant(number.value, role, clause))
        apart = bool(named) and ";" in sentence[named[0][0] : position]
        closed = in_table or not re.match(r"\s*[\w/]", passage.text[number.end :])
        following = on_file.after(sentence, position) if number.unit and not in_table else frozenset()
        return cls(number, role, named, frozenset() if named else on_file.alike(sentence), following, closed, apart, in_table)

    def claims(self, on_file: OnFile) -> Iterator[Figure]:
        """Give the figure on file, if any, that the number prints and its surroundings name."""
        named, others, _ = self._meant(on_file)
        if self.number.unit or self.closed:
            yield from islice((figure for figures in [*named, others] for figure in figures if _prints(figure, self.number)), 1)

    def judged(self, on_file: OnFile, told: set[tuple[int, str]], claimed: frozenset[Figure]) -> tuple[str, Figure | None]:
        """Give the verdict, and the figure on file it rests on.

        `told` are the names whose figure the text has given already, `claimed` the figures that numbers of the passage print
        and name.
        """
        number, counted = self.number, bool(self.number.unit)
        named, others, fit = self._meant(on_file)
        key = (self.named[0][0] if self.named else -1, self.role)
        for verdict, agrees in (("same", _prints), ("rounded", _rounds)):
            found = _first(figure for figures in [*named, others] for figure in figures if agrees(figure, number))
            if found is not None and (verdict == "same" or counted or self.closed):
                told.add(key)
                return verdict, found
        held = named[0] if named else [figure for figure in others if figure.series in self.alike]
        if (
            counted and held and claimed.issuperset(figure for figure in held if figure.role == "value")
        ):  # it is told by another number
            found = _first(figure for figure in fit if figure not in claimed and _prints(figure, number))
            if found is not None:
                return "same", found
        surely = bool(held) and (counted or self.closed) and not self.apart
        surely = surely and (self.role not in _OPEN_ROLES if self.in_table else key not in told)
        if counted and (not surely or not named or _digits(number) >= _TELLING_DIGITS):  # it may be any figure of its unit
            for verdict, agrees in (("same", _prints), ("rounded", _rounds)):
                found = _first(figure for figure in fit if agrees(figure, number))
                if found is not None and (verdict == "same" or (not named and _digits(number) >= _LEAST_DIGITS)):
                    return verdict, found
        if surely:
            told.add(key)
            return "different", min(held, key=lambda figure: (figure.implied, figure.distance(number)))
        other = None if held else _first(self._in_other_units(on_file))
        return ("unknown" if other is None else "different"), other

    def _meant(self, on_file: OnFile) -> tuple[list[list[Figure]], list[Figure], list[Figure]]:
        """Give the figures of the series named, of those alike or named next, and all that fit by their unit and role."""
        fit = [figure for figure in on_file.figures if figure.comparable(self.number)]
        fit = [figure for figure in fit if figure.role in (self.role, *_ALSO.get(self.role, ()))] or fit
        named = [[figure for figure in fit if figure.series in series] for _, series in self.named]
        return named, [figure for figure in fit if figure.series in self.alike | self.after], fit

    def _in_other_units(self, on_file: OnFile) -> Iterator[Figure]:
        """Find the figures of the series named that have the digits of the number, but not its unit."""
        series = self.named[0][1] if self.named and self.number.unit else frozenset()
        return (figure for figure in on_file.figures if figure.series in series and figure.value == self.number.value)


def _first(figures: Iterable[Figure]) -> Figure | None:
    return next(iter(figures), None)


def _digits(number: Number) -> int:
    """Count the digits of a number that are not zeros at its ends."""
    return 0 if number.value is None else len(number.value.normalize().as_tuple().digits)


def _prints(figure: Figure, number: Number) -> bool:
    """Tell whether a figure on file prints as the number."""
    if number.value is None:
        return False
    return figure.told(number, half_up(float(figure.value), figure.decimals)) == (
        number.value if figure.signed else abs(number.value)
    )


def _rounds(figure: Figure, number: Number) -> bool:
    """Tell whether a figure on file rounds to the number; zeros at its end may be rounded ones."""
    if number.value is None:
        return False
    exact, written = float(figure.told(number, figure.value)), number.value if figure.signed else abs(number.value)
    digits = str(abs(int(written)))
    zeros = 0 if number.decimals else min(len(digits) - len(digits.rstrip("0")), len(digits) - _LEAST_DIGITS)
    return any(half_up(exact, number.decimals - drop) == written for drop in range(max(0, zeros) + 1))


def _meant(value: Decimal, role: str, clause: str) -> Decimal:
    """Give the percent that stands on file: a fall is below zero, what exceeds a plan is above 100, an index is growth and 100."""
    if role == "plan_pct":
        return value + 100 if _BEYOND.search(clause) else value
    if role == "growth" and _FALL.search(clause):
        return -abs(value)
    return value - 100 if role == "growth" and _INDEX.search(clause) and not _CHANGE.search(clause) else value


def _role(number: Number, clause: str, after: str) -> str:
    if number.name == PERCENT:
        if _ROLES["plan"].search(clause) or (_ROLES["plan"].search(after) and not _CHANGE.search(clause)):
            return "plan_pct"
        return "growth" if _CHANGE.search(clause) or _ROLES["prior"].search(after) or _INDEX.search(clause) else "percent"
    return next((role for role, words in _ROLES.items() if words.search(clause)), "")


def _sentence(text: str, position: int) -> tuple[str, int]:
    """Give the sentence around a position, and the position in it."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    start = max(place for place in starts if place <= position)
    end = next((place for place in starts if place > position), len(text))
    return text[start:end], position - start


def _with_unit_of(passage: Passage, number: Number, on_file: OnFile) -> Number:
    """Give a bare number of a table the unit of its column, or of its row."""
    if number.unit:
        return number
    if "%" in passage.column:
        return replace(number, unit="%", name=PERCENT)
    if TIMES in passage.column:
        return replace(number, unit=TIMES, name=TIMES)
    said = [*re.findall(r"\(([^)]*)\)", passage.column), passage.column, *passage.beside]
    for words in said:
        found = on_file.unit(words)
        if found is not None:
            return replace(number, unit=found.unit, name=found.name, scale=found.scale)
    return number
