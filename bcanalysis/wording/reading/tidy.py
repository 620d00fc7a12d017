"""A text made fit for reading: lines joined to paragraphs, slips in numbers taken out, every letter with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bcanalysis.wording.reading.tokens import edge

_CONTINUED = re.compile(r"\s*(?:[^\W\d_A-ZĐ]|%)")  # a small letter; other capitals are asked for beside it
_WRAPPED = 120  # letters; a text with longer lines is not broken into lines by hand
_NEARLY_FULL = 0.8  # of the longest line
_ENOUGH_LINES = 8  # from which a width can be told
_MARK = re.compile(r"\s*(?:[-–+•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)])\s")
_SLIPS = (
    re.compile(r"(?<![\d.,])\d{1,3}(?:\s?\.\s?\d{3})+(?!\d)(?=(?:[.,]\d+)*\s*[^\W\d_%.])"),  # 2. 244. 820 tấn
    re.compile(r"(?<![\d.,])\d{1,3}(?:,\s|\s,)\d{1,2}(?=\s?%)"),  # 12, 5%
)
_GROUPED = re.compile(
    r"(?<![\d.,])(?<!tháng )(?<!quý )\d{1,3}(?: \d{3})+(?=(?:,\d+)?\s+(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|USD|tấn|vụ|hồ sơ|người)\b)"
)
_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?(?:[-–+•]\s|\d|[^\W\d_]))")
_SHORT = re.compile(r"(?:\b(?:TP|TS|ThS|PGS|GS|Tr|tr|Th|Tx|TX|H|P|Q|St|đ/c|No|v\.v)|\b[A-ZĐ])\.$")


@dataclass(frozen=True)
class Stretch:
    """A piece of text as it is read, and where each of its letters stands in the whole text."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the places of a part in the whole text."""
        return self.places[start], self.places[end - 1] + 1

    def part(self, start: int, end: int) -> Stretch:
        """Give a part without blanks around it."""
        letters = self.text[start:end]
        begin = start + len(letters) - len(letters.lstrip())
        finish = begin + len(letters.strip())
        return Stretch(self.text[begin:finish], self.places[begin:finish])


def paragraphs(text: str) -> Iterator[Stretch]:
    r"""Give the paragraphs of a text, lines that go on joined.

    Parameters
    ----------
    text : str
        Composed text (NFC).

    Yields
    ------
    Stretch
        A paragraph with single blanks.

    Examples
    --------
    >>> [one.text for one in paragraphs("Xuất khẩu đạt\n244. 820 tấn.\n- Nhập khẩu giảm 5%.")]
    ['Xuất khẩu đạt 244.820 tấn.', '- Nhập khẩu giảm 5%.']
    """
    width = _width(text)
    start, end, last = 0, 0, ""
    for line in re.finditer(r"[^\n\r\f\v]*[\n\r\f\v]*", text):
        written = line[0].strip()
        if not written:
            continue
        if end and not _goes_on(last, written, width):
            yield _tidied(text, start, end)
            start = line.start()
        end, last = line.start() + len(line[0].rstrip()), written
    if end:
        yield _tidied(text, start, end)


def sentences(paragraph: Stretch) -> Iterator[Stretch]:
    """Give the sentences of a paragraph.

    Parameters
    ----------
    paragraph : Stretch
        A paragraph.

    Yields
    ------
    Stretch
        A sentence.

    Examples
    --------
    >>> text = "Giá trị đạt 66.148 tỷ đồng. Tại TP. Bắc Giang có 02 cụm."
    >>> [one.text for one in sentences(next(paragraphs(text)))]
    ['Giá trị đạt 66.148 tỷ đồng.', 'Tại TP. Bắc Giang có 02 cụm.']
    """
    start = 0
    for gap in _END.finditer(paragraph.text):
        before, after = paragraph.text[start : gap.start()], paragraph.text[gap.end() :]
        if _SHORT.search(before) or re.fullmatch(r"\s*(?:\d+(?:\.\d+)*|[IVX]+|[a-zđ])\.", before) or after[:1].islower():
            continue
        yield paragraph.part(start, gap.end())
        start = gap.end()
    if paragraph.text[start:].strip():
        yield paragraph.part(start, len(paragraph.text))


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line goes on with the one before; where that may be complete, only if it is full."""
    if before[-1] in ".:;!?…" or _MARK.match(line):
        return False
    if edge("unfinished", "(?:,|WORDS)$").search(before):
        return True
    if not _CONTINUED.match(line) or line[0] != line[0].lower():
        return False
    return not edge("complete", r"(?:[\d%)]|WORDS)$").search(before) or 0 < _NEARLY_FULL * width <= len(before)


def _width(text: str) -> int:
    """Give the width to which lines are broken, or 0 where they are not."""
    lengths = [len(line) for line in map(str.strip, text.splitlines()) if line]
    width = max(lengths, default=0)
    full = sum(length >= _NEARLY_FULL * width for length in lengths)
    return width if width <= _WRAPPED and 2 * full >= len(lengths) >= _ENOUGH_LINES else 0


def _tidied(text: str, start: int, end: int) -> Stretch:
    part = text[start:end]
    dropped = {
        found.start() + at
        for slip in _SLIPS
        for found in slip.finditer(part)
        for at, letter in enumerate(found[0])
        if letter.isspace()
    }
    dots = {found.start() + at for found in _GROUPED.finditer(part) for at, letter in enumerate(found[0]) if letter == " "}
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(part):
        if at in dropped:
            continue
        between_digits = letter in "\u00a0\u202f" and part[at - 1 : at].isdigit() and part[at + 1 : at + 2].isdigit()
        if letter.isspace() and not between_digits:
            if letters and letters[-1] != " ":
                letters.append("." if at in dots else " ")
                places.append(start + at)
        else:
            letters.append(letter)
            places.append(start + at)
    return Stretch("".join(letters), places)
