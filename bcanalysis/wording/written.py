"""Numbers as people write them in Vietnamese: which of them are figures, and what a figure says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

CAPITALS = "".join(letter for letter in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if letter.isupper())
_DIGITS = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_SOUND = re.compile(r"(?:\d{1,3}(?:([.\u00a0\u202f])\d{3})(?:\1\d{3})*|\d+)(?:,\d+)?")
_SCALES: Mapping[str, int] = {"nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9}
_SCALE = "|".join(_SCALES)
PERCENT = "phần trăm"
_ALSO_CALLED: Mapping[str, str] = {
    "%": PERCENT, "vnd": "đồng", "vnđ": "đồng", "đ": "đồng", "đô la mỹ": "usd", "đô la": "usd", "us$": "usd"
}  # fmt: skip
POINTS, TIMES = "điểm phần trăm", "lần"
_GLUED = ("tăng", "giảm", "đạt", "bằng", "vượt", "trên")  # often without a space before their number: tăng12,08%
_AFTER_GLUED = "|".join(rf"(?<=\b{word})" for word in _GLUED)
_NOT_GLUED = "".join(rf"(?<!\b{word})" for word in _GLUED)
_FIGURE = re.compile(
    rf"(?:(?<![\w.])(?<!\d,)|{_AFTER_GLUED})(?<!\D/)(?P<sign>[-−+](?=\d))?(?P<first>{_DIGITS})"
    rf"(?P<more>(?:\s+(?:{_SCALE})\s+{_DIGITS}(?=\s+(?:{_SCALE})\b)|\s+(?:nghìn|ngàn)\s+\d{{3}}(?=\s+[^\W\d]))*)"
    rf"(?P<scales>(?:\s*(?:{_SCALE})\b)*)",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"({_DIGITS})\s*({_SCALE})?", re.IGNORECASE)

_YEAR = r"(?:19|20)\d{2}"
_DAY_MONTH = r"\d{1,2}\s*[/.-]\s*\d{1,2}"
_PLACES = (  # what stands before a number that only says where something is, or which one it is
    "điều|khoản|điểm|mục|chương|phần|phụ lục|bảng|biểu(?: số)?|biểu đồ|hình|trang|đợt|lần thứ|năm thứ|thứ|tiêu chí(?: số)?|"
    "quý|khóa|khoá|kỳ|chú thích|dòng|cột|chữ số|tổ|thôn|đường|ngõ|phố|quốc lộ|ban chỉ đạo|bcđ|bcd|iso|tcvn"
)
_DOCUMENTS = (
    "quyết định|nghị quyết|nghị định|công văn|thông tư|thông báo|kế hoạch|chỉ thị|luật|báo cáo|tờ trình|văn bản|kết luận|quy định"
)
_SYMBOL = r"(?:/(?-i:[A-ZĐ])[\w&]*(?:-[\w&]+)*|-(?-i:[A-ZĐ]{2,})/\w+(?:-\w+)*)"
_KINDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "phone": r"(?:điện thoại|đt|tel|fax|hotline|đường dây nóng)\s*[:.]?\s*[\d(+][\d().\s-]{6,}\d"
        r"|(?<![\d.,])(?:\+84|0)\d{8,10}(?![\d.,])|(?<![\d.,])0\d{2,3}[. ]\d{3}[. ]?\d{3,4}(?![\d.,])",
        "document": rf"(?:(?:{_DOCUMENTS})\s+)?(?:số\s*:?\s*)?\d+(?:/\d{{4}})?{_SYMBOL}"
        rf"|(?:{_DOCUMENTS})\s+số\s*:?\s*\d+|(?<![^\W\d_]\s)số\s*:\s*\d+",
        "period": rf"(?<![\d.,])\d{{1,2}}\s+tháng\s+(?:đầu|cuối)(?:\s+năm)?(?:\s+{_YEAR})?"
        rf"|(?<![\d.,])\d{{1,2}}\s+tháng(?:\s+năm\s+{_YEAR})?"
        rf"|{_YEAR}[HQM]\d{{1,2}}|(?<![\w.,])(?-i:\d{{1,2}}T(?:ĐN)?)(?:/{_YEAR})?(?!\w)",
        "date": rf"ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?"
        rf"|tháng\s+\d{{1,2}}(?:\s*[/-]\s*{_YEAR}|\s+năm\s+{_YEAR})?(?![.,]?\d)"
        rf"|(?:ngày\s+)?(?:\d{{1,2}}\s*[-–]\s*)?{_DAY_MONTH}\s*[/.-]\s*{_YEAR}"
        rf"|(?:ngày|từ|đến|hết|trước|sau)\s+(?:ngày\s+)?\d{{1,2}}\s*/\s*\d{{1,2}}(?![\d/])|ngày\s+\d{{1,2}}(?![.,]?\d)"
        rf"|(?<!\d)\d{{1,2}}/{_YEAR}(?!\d)|{_YEAR}-\d{{2}}-\d{{2}}|(?<![\d.,])\d{{1,2}}\s*(?:giờ|h)(?:\s*\d{{2}})?(?:\s*phút)?(?!\w)",
        "place": rf"(?<!\w)(?:{_PLACES})\s+\d+(?:\.\d+)*(?![\d.,]*\d)|\[\d{{1,3}}\]|(?<=\()\d{{1,2}}(?=\))",
        "year": rf"(?<!\w)năm\s+{_YEAR}(?!\d)|(?<![\w.,])(?:{_YEAR}\s*[-–]\s*{_YEAR}|{_YEAR})(?!\d|[.,]\d)",
        "code": r"(?<![\d])(?-i:[A-ZĐ])[\wĐ]*-?\d+(?::\d+)?(?!\w)"
        rf"|(?<=[^\W\d_]){_NOT_GLUED}\d+",
    }.items()
}
_LOOK_ALIKE = {"year", "phone", "code"}  # figures after all where a unit follows or holds them: 2018 người, 5,6 triệu m3
_HEADING = re.compile(r"\s*(?:(?:#+|[-+>])\s+)?(?:\d{1,2}(?:\.\d{1,2})*[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s)|\(?\d{1,2}\)(?=\s))")


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Parameters
    ----------
    start, end : int
        Where its letters stand, unit included.
    kind : str
        ``figure``, or what else it is: ``date``, ``period``, ``year``, ``document``, ``phone``, ``place``, ``code``, ``heading``.
    value : decimal.Decimal or None
        The number in its unit; None where its separators cannot be read as Vietnamese.
    unit : str
        Scale and unit as written, ``tỷ đồng``; empty if there is none.
    name : str
        The unit alone in small letters, by its usual name: ``đồng`` for ``đ`` and ``VND``.
    scale : int
        Power of ten that the words after the number stand for.
    decimals : int
        Digits after the comma.
    """

    start: int
    end: int
    kind: str
    value: Decimal | None = None
    unit: str = ""
    name: str = ""
    scale: int = 0
    decimals: int = 0

    @property
    def whole(self) -> Decimal | None:
        """The number with its scale: 3,14 tỷ is 3140000000."""
        return None if self.value is None else self.value.scaleb(self.scale)

    def overlaps(self, other: Number) -> bool:
        """Tell whether two numbers share letters."""
        return self.start < other.end and other.start < self.end


def numbers_in(text: str, units: Sequence[str] = ()) -> list[Number]:
    """Find the numbers of a text.

    Parameters
    ----------
    text : str
        A paragraph or a cell.
    units : sequence of str
        Names of units without scale, such as ``đồng`` and ``USD``.

    Returns
    -------
    list of Number
        In their order.

    Examples
    --------
    >>> found = numbers_in("Đến 14/6/2018 đạt 16 nghìn 800 tỷ, tăng 27,6%.")
    >>> [(number.kind, str(number.value), number.unit) for number in found]
    [('date', 'None', ''), ('figure', '16800', 'tỷ'), ('figure', '27.6', '%')]
    """
    names = _unit_pattern(tuple(units))
    read = [_figure(match, text, names) for match in _FIGURE.finditer(text)]
    figures = [figure for figure in read if figure.unit or text[max(0, figure.start - 1) : figure.start] != "/"]  # 43/43 công đoàn
    taken: list[Number] = []
    for other in sorted(_no_figures(text), key=lambda number: number.start - number.end):  # the longest reading wins
        counted = any(figure.unit and figure.start <= other.start and other.end <= figure.end for figure in figures)
        if not (counted and other.kind in _LOOK_ALIKE) and not any(map(other.overlaps, taken)):
            taken.append(other)
    free = [figure for figure in figures if not any(map(figure.overlaps, taken))]
    return sorted([*taken, *free], key=lambda number: number.start)


def read_vietnamese(digits: str) -> Decimal | None:
    """Read digits with a dot between thousands and a comma before decimals.

    Parameters
    ----------
    digits : str
        For example ``66.148`` or ``27,6``.

    Returns
    -------
    decimal.Decimal or None
        The number; None for ``12.36``, which could be meant in two ways.

    Examples
    --------
    >>> read_vietnamese("6.981.038.000"), read_vietnamese("27,6"), read_vietnamese("12.36")
    (Decimal('6981038000'), Decimal('27.6'), None)
    """
    if not _SOUND.fullmatch(digits):
        return None
    whole, _, decimals = digits.partition(",")
    return Decimal(re.sub(r"\D", "", whole) + (f".{decimals}" if decimals else ""))


def _no_figures(text: str) -> Iterator[Number]:
    heading = _HEADING.match(text)
    if heading:
        yield Number(heading.start(), heading.end(), "heading")
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text):
            yield Number(match.start(), match.end(), kind)


def _figure(match: re.Match[str], text: str, names: re.Pattern[str]) -> Number:
    written = match["first"] + match["more"]
    last = _PAIR.findall(match["more"])[-1][0] if match["more"] else match["first"]
    scale = sum(_SCALES[word] for word in match["scales"].casefold().split())
    value = _sum(written, scale)
    if value is not None and match["sign"] in {"-", "−"}:
        value = -value
    called = names.match(text, match.end())
    unit = called["unit"] if called else ""
    return Number(
        match.start(),
        called.end() if called else match.end(),
        "figure",
        value,
        " ".join(part for part in (" ".join(match["scales"].split()), unit) if part),
        _catalogue_name(unit),
        scale,
        len(last.partition(",")[2]),
    )


def _sum(written: str, scale: int) -> Decimal | None:
    """Add the parts of "16 nghìn 800" or "3 tỷ 140" as multiples of the last scale, here given."""
    total = Decimal(0)
    for digits, word in _PAIR.findall(written):
        number = read_vietnamese(digits)
        if number is None:
            return None
        own = _SCALES.get(word.casefold(), 0)
        # "3 tỷ 140 triệu": larger than what follows, so counted down to it; "16 nghìn 800 tỷ": smaller, so a multiple of it
        total += number.scaleb(own - scale if own > scale else own)
    return total


@cache
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    names = sorted({*units, *_ALSO_CALLED, POINTS, TIMES, PERCENT} - {"%"}, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"\s*(?P<unit>%|(?:{alternatives})(?!\w))", re.IGNORECASE)


def _catalogue_name(unit: str) -> str:
    if not unit:
        return ""
    known = " ".join(unit.casefold().split())
    return _ALSO_CALLED.get(known, known)


def folded(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text for comparison: composed, in small letters, the tone of a word moved to its end.

    Parameters
    ----------
    text : str
        Any text, composed (NFC).

    Returns
    -------
    list of tuple
        Word, start, end.

    Examples
    --------
    >>> [word for word, _, _ in folded("Hòa")] == [word for word, _, _ in folded("HOÀ")]
    True
    """
    return [(_tone_last(match[0]), match.start(), match.end()) for match in re.finditer(r"\w+", text)]


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def _tone_last(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(letter for letter in parts if ord(letter) in _TONES)
    return unicodedata.normalize("NFC", parts.translate(_TONES)) + tones
