"""Numbers as people and spreadsheets write them, with the precision they were written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bcanalysis.sheets.grid import Shown

_LOOKS = re.compile(r"[-+(]?\s*\d[\d.,\s\u00a0\u202f]*(?:[eE][+-]?\d+)?\s*%?\)?")
_SHORTENED = re.compile(r"(-?\d+(?:[.,]\d+)?)[eE]([+-]?\d+)")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_GROUP = {",": ".", ".": ","}
_MAY_BE_GROUPS = {",": re.compile(r"[1-9]\d{0,2},\d{3}"), ".": re.compile(r"[1-9]\d{0,2}\.\d{3}")}
_WORDS = {",": "a decimal comma", ".": "a decimal point"}
_MOST_DIGITS = 15  # of a number in binary that mean something


@dataclass(frozen=True)
class Number:
    """A number as written.

    Parameters
    ----------
    value : decimal.Decimal
        The number.
    half_unit : decimal.Decimal
        Half of its last written digit.
    percent : bool
        Whether a percent sign stands with it.
    shortened : bool
        Whether Excel has left out digits: 6,98E+09.
    """

    value: Decimal
    half_unit: Decimal
    percent: bool = False
    shortened: bool = False


def looks_like_number(cell: object) -> bool:
    """Tell whether a cell holds a number, or a text that is meant as one."""
    if isinstance(cell, bool):
        return False
    return isinstance(cell, int | float) or (isinstance(cell, str) and _LOOKS.fullmatch(cell.strip()) is not None)


def decimal_mark(texts: Iterable[str]) -> tuple[str | None, list[str]]:
    """Find which mark the numbers of a table use before decimals.

    Parameters
    ----------
    texts : iterable of str
        The numbers as typed.

    Returns
    -------
    str or None
        The mark; None where no number settles it, as ``66.148`` alone, where they differ, or where a number with that mark may
        as well be one with groups.
    list of str
        Numbers that settle it, one of each kind: two of them where the numbers differ; none where there is no evidence.

    Examples
    --------
    >>> decimal_mark(["66.148", "27,6"]), decimal_mark(["66.148"]), decimal_mark(["27,6", "12.36"])
    ((',', ['27,6']), (None, []), (None, ['27,6', '12.36']))
    """
    listed = list(texts)
    evidence: dict[str, str] = {}
    for text in listed:
        mark = _settles(_BLANKS.sub("", text).strip("-+()%"))
        if mark and mark not in evidence:
            evidence[mark] = text
    mark = next(iter(evidence)) if len(evidence) == 1 else None
    if mark and any(_MAY_BE_GROUPS[mark].fullmatch(text.strip().strip("-+()%")) for text in listed):
        return None, list(evidence.values())  # 66.148 beside 12.36: somebody has typed both ways
    return mark, list(evidence.values())


def _settles(digits: str) -> str | None:
    shortened = _SHORTENED.fullmatch(digits)
    if shortened:
        digits = shortened[1]
        return "," if "," in digits else "." if "." in digits else None
    for mark, group in _GROUP.items():
        if digits.count(group) > 1 and digits.count(mark) <= 1:
            return mark
        whole, found, decimals = digits.partition(mark)
        if found and mark not in decimals and group not in decimals:
            many_groups = group in whole
            if many_groups or len(decimals) != 3 or len(whole) > 3 or whole in ("0", ""):
                return mark
    return None


def read_number(cell: object, mark: str | None) -> Number | str:
    """Read a number in the way its table writes numbers.

    Parameters
    ----------
    cell : object
        A number, or a text that is meant as one.
    mark : {",", ".", None}
        The mark before decimals in texts; None where it is not known.

    Returns
    -------
    Number or str
        The number, or what was expected instead.

    Examples
    --------
    >>> read_number("66.148", ","), read_number("12.36", ",")
    (Number(value=Decimal('66148'), half_unit=Decimal('0.5'), percent=False, shortened=False),
     'a number with a decimal comma, such as 1.234,5')
    >>> read_number("6,98E+09", ",").half_unit
    Decimal('5000000')
    """
    if isinstance(cell, Shown):
        number = _of_digits(f"{float(cell):.{_MOST_DIGITS}g}")
        half = min(number.half_unit, Decimal(5).scaleb(-cell.decimals - 1))
        return Number(number.value, half, cell.percent)
    if isinstance(cell, int | float):
        return _of_digits(f"{cell:.{_MOST_DIGITS}g}" if isinstance(cell, float) else str(cell))
    text = _BLANKS.sub("", str(cell)).replace("\u2212", "-").lstrip("+")
    if text.startswith("(") and text.endswith(")"):  # bookkeepers' minus
        text = "-" + text[1:-1]
    percent = text.endswith("%")
    text = text.removesuffix("%")
    shortened = _SHORTENED.fullmatch(text)
    if shortened:
        return _shortened(shortened[1], int(shortened[2]), mark, percent=percent)
    if mark is None:
        if re.fullmatch(r"-?\d+", text):
            return _of_digits(text, percent=percent)
        return "to know whether it has a decimal comma or a decimal point"
    group = re.escape(_GROUP[mark])
    if not re.fullmatch(rf"-?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(mark)}\d+)?", text):
        example = "1.234,5" if mark == "," else "1,234.5"
        return f"a number with {_WORDS[mark]}, such as {example}"
    return _of_digits(text.replace(_GROUP[mark], "").replace(mark, "."), percent=percent)


def _of_digits(digits: str, *, percent: bool = False) -> Number:
    value = Decimal(digits)
    exponent = min(int(value.as_tuple().exponent), 0)
    return Number(
        value if value.as_tuple().exponent == exponent else value.quantize(Decimal(1)), Decimal(5).scaleb(exponent - 1), percent
    )


def _shortened(digits: str, power: int, mark: str | None, *, percent: bool) -> Number | str:
    if "," in digits + "." and mark == "." and "," in digits:
        return f"a number with {_WORDS['.']}, such as 1,234.5"
    value = Decimal(digits.replace(",", "."))
    last = int(value.as_tuple().exponent)
    half = Decimal(5).scaleb(last + power - 1)
    return Number(Decimal(f"{value.scaleb(power):f}"), Decimal(f"{half:f}"), percent, shortened=True)
