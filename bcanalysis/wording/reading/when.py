"""Periods as prose names them, and whether one is the same part of the prior year."""

from __future__ import annotations

import re

from bcanalysis.periods import Period

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_BEFORE = re.compile(r"năm (?:trước|ngoái)", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_QUARTER_MONTHS = 3
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_MONTHS = re.compile(rf"(\d{{1,2}}|{'|'.join(_COUNTS)})\s+tháng(?:\s+(đầu|cuối))?(?:\s+năm)?", re.IGNORECASE)
_SHORT_MONTHS = re.compile(r"(?<!\w)(\d{1,2})T(?:ĐN)?(?!\w)")
_MOST_MONTHS = 12
_SPAN = re.compile(r"từ\s+tháng\s+(\d{1,2})\s+đến\s+tháng\s+(\d{1,2})", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s+(I{1,3}|IV|[1-4])(?!\w)", re.IGNORECASE)
_NAMES = ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_NAMED = {name: number for number, name in enumerate(_NAMES, 1)} | {"một": 1}
_MONTH = re.compile(  # "mỗi tháng một lần", "tháng năm 2018": some names are those of months with a capital only
    r"tháng\s+(\d{1,2}|giêng|tư|sáu|bảy|tám|chín|(?-i:Một|Hai|Ba|Năm|Mười Một|Mười Hai|Mười))(?!\w)", re.IGNORECASE
)
_DAY = re.compile(r"ngày|\d{1,2}\s*[/.-]\s*\d{1,2}", re.IGNORECASE)


def year_in(text: str) -> int | None:
    """Give the year a text names, the last one if there are several.

    Parameters
    ----------
    text : str
        For example ``cùng kỳ năm 2017``.

    Returns
    -------
    int or None
        The year.

    Examples
    --------
    >>> year_in("cùng kỳ năm 2017"), year_in("cùng kỳ")
    (2017, None)
    """
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None


def months_in(text: str) -> tuple[int, int] | None:
    """Give the first and last month of the part of a year that a text names.

    Parameters
    ----------
    text : str
        For example ``6 tháng đầu năm``.

    Returns
    -------
    tuple of int or None
        For example ``(1, 6)``.

    Examples
    --------
    >>> months_in("6 tháng đầu năm 2018"), months_in("quý II/2018"), months_in("tháng Sáu"), months_in("năm 2018"), months_in("nay")
    ((1, 6), (4, 6), (6, 6), (1, 12), None)
    """
    if found := _SPAN.search(text):
        first, last = int(found[1]), int(found[2])
        return (first, last) if 1 <= first <= last <= 12 else None
    if found := _SHORT_MONTHS.search(text):
        return (1, int(found[1])) if 1 <= int(found[1]) <= _MOST_MONTHS else None
    if found := _MONTHS.search(text):
        count = _COUNTS.get(found[1].casefold()) or int(found[1])
        if not 1 <= count <= 12:
            return None
        return (13 - count, 12) if (found[2] or "").casefold() == "cuối" else (1, count)
    if found := _QUARTER.search(text):
        quarter = _ROMAN.get(found[1].upper()) or int(found[1])
        return 3 * quarter - 2, 3 * quarter
    if found := _MONTH.search(text):
        month = _NAMED.get(found[1].casefold()) or int(found[1])
        return (month, month) if 1 <= month <= 12 else None
    if re.search(r"năm", text, re.IGNORECASE) and not _DAY.search(text):
        return 1, 12
    return None


def period_of(months: tuple[int, int] | None, year: int | None) -> str | None:
    """Give the code of a period.

    Parameters
    ----------
    months : tuple of int or None
        First and last month.
    year : int or None
        The year.

    Returns
    -------
    str or None
        For example ``2018H1``; None if either is unknown.

    Examples
    --------
    >>> period_of((1, 6), 2018), period_of((1, 6), None)
    ('2018H1', None)
    """
    return None if months is None or year is None else Period(year, *months).name


def is_prior_year(base: str, months: tuple[int, int] | None, year: int | None) -> bool | None:
    """Tell whether a basis that is named in full is the same period of the prior year.

    Parameters
    ----------
    base : str
        For example ``so với cùng kỳ năm 2017`` or ``so với tháng 5/2018``.
    months : tuple of int or None
        The months of the statement.
    year : int or None
        The year of the statement.

    Returns
    -------
    bool or None
        None where that cannot be told.

    Examples
    --------
    >>> is_prior_year("so với năm 2017", (1, 6), 2018), is_prior_year("so với năm 2015", (1, 6), 2018)
    (True, False)
    >>> is_prior_year("so với quý II năm trước", (4, 6), None), is_prior_year("so với tháng 12 năm trước", (6, 6), None)
    (True, False)
    >>> is_prior_year("so với tháng 5", (6, 6), 2018), is_prior_year("so với tháng 4/2018", None, None)
    (False, False)
    """
    named, other = year_in(base), months_in(base)
    whole = other == (1, 12) or "cùng" in base.casefold()
    if other is not None and not whole and months is not None and other != months:
        return False
    if named is None and _YEAR_BEFORE.search(base) and other is not None and not whole:
        return other == months
    if named is None:
        return True if "cùng" in base.casefold() else None
    if year is None and months is None and other is not None and other[1] - other[0] < _QUARTER_MONTHS:
        return "cùng" in base.casefold()  # a month or quarter is as likely the one before
    if year is None:
        return True if "cùng" in base.casefold() or (other is not None and not whole and other == months) else None
    return named == year - 1
