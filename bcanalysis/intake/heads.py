"""What the head of a column says: a period, growth, a plan, or one of the texts that describe a row."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bcanalysis.periods import Period

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CODE = re.compile(r"(?<!\w)((?:19|20)\d{2}(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])(?:-M(?:0[1-9]|1[0-2]))?))(?!\w)", re.IGNORECASE)
_MONTHS = re.compile(r"(?<![\w/])(\d{1,2})\s*(?:tháng|th|t)(?:\s*(đầu|cuối))?(?![^\W\d])")
_MONTH = re.compile(r"(?:tháng|th\.?|(?<!\w)t)\s*(\d{1,2})(?!\d)|(?<![\d/])(0?[1-9]|1[0-2])/(?=(?:19|20)\d{2})")
_QUARTER = re.compile(r"quý\s*(iv|iii|ii|i|[1-4])(?!\w)")
_WHOLE_YEAR = re.compile(r"năm\s*(?:19|20)\d{2}|^(?:(?:ước|thực hiện|th|sơ bộ|chính thức)\s+){0,2}(?:19|20)\d{2}$")

_GROWTH = re.compile(r"(?:so|ss)\s.*(?:cùng kỳ|ck|năm trước)|tăng|giảm|tốc độ|\+/-|growth|%.*(?:cùng kỳ|ck)")
_MONTH_ON_MONTH = re.compile(r"(?:tháng|quý|kỳ) trước|luỹ kế so tháng")
_PLAN = re.compile(r"kế hoạch|(?<!\w)kh(?!\w)|dự toán|(?<!\w)plan(?!\w)")
_PLAN_SHARE = re.compile(r"%|(?<!\w)(?:so|ss|đạt|tỷ lệ|bằng)(?!\w)|/\s*(?:kh|kế hoạch)")
_STATUS = (("ước", "estimate"), ("sơ bộ", "preliminary"), ("chính thức", "final"), ("thực hiện", "reported"))
_RATE, _INDEX = re.compile(r"tăng|giảm|tốc độ|\+/-|growth"), re.compile(r"chỉ số|bằng|index")

_NAMED = {
    "indicator": "chỉ tiêu|tên chỉ tiêu|nội dung|danh mục|các chỉ tiêu|chỉ tiêu chủ yếu|mã chỉ tiêu|indicator|indicator code",
    "breakdown": "phân tổ|mã phân tổ|breakdown|breakdown code",
    "price_basis": "cơ sở giá|mã cơ sở giá|giá|price basis|price_basis|price basis code",
    "unit": "đơn vị tính|đơn vị|đvt|đv tính|unit",
    "period": "kỳ|kỳ báo cáo|kỳ số liệu|thời gian|period",
    "value": "giá trị|số liệu|trị số|value",
    "area": "địa bàn|địa phương|tỉnh|mã địa bàn|area",
    "status": "tính chất|tính chất số liệu|status",
    "stated_on": "ngày công bố|stated_on|stated on",
    "source": "nguồn|mã nguồn|source",
    "note": "ghi chú|note",
    "growth_pct": "growth_pct",
    "plan_pct": "plan_pct",
    "ignore": "stt|tt|số tt|số thứ tự|no.",
}
_ROLES = {words: role for role, listed in _NAMED.items() for words in listed.split("|")}


@dataclass(frozen=True)
class Head:
    """What a head says.

    Parameters
    ----------
    role : str
        ``value``, ``growth_pct``, ``plan_pct``, ``plan``, a column of the observations, ``ignore``; empty for what is not known.
    period : Period, optional
        The period it names.
    same_period : bool
        Whether it speaks of the same period of another year: "cùng kỳ".
    year : int, optional
        The year it names.
    status : str
        The status it names, or empty.
    form : str
        How growth is written: ``rate``, ``index``, or empty where the words do not tell.
    """

    role: str
    period: Period | None = None
    same_period: bool = False
    year: int | None = None
    status: str = ""
    form: str = ""


def plain_words(text: str) -> str:
    """Give a text in small letters, composed, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_period(text: str) -> Period | None:
    """Read the period in the words of a head.

    Parameters
    ----------
    text : str
        Such as ``Ước 6 tháng đầu năm 2018``, ``6T/2018`` or ``Quý I năm 2018``; several months in a row run from January.

    Returns
    -------
    Period or None
        None where no year is named, or nothing but the year of another thing.

    Examples
    --------
    >>> [str(read_period(text)) for text in ("Ước 6 tháng đầu năm 2018", "TH 5T/2018", "Tháng 6/2018", "Quý II năm 2018")]
    ['2018H1', '2018M01-M05', '2018M06', '2018Q2']
    """
    words = plain_words(text)
    code = _CODE.search(words)
    if code:
        return Period.parse(code[1].upper())
    years = set(_YEAR.findall(words))
    if len(years) != 1:
        return None
    months = _months(words)
    return Period(int(years.pop()), *months) if months else None


def _months(words: str) -> tuple[int, int] | None:
    run = _MONTHS.search(words)
    if run and 1 <= int(run[1]) <= 12:
        count = int(run[1])
        return (13 - count, 12) if run[2] == "cuối" else (1, count)
    quarter = _QUARTER.search(words)
    if quarter:
        number = _ROMAN.get(quarter[1]) or int(quarter[1])
        return 3 * number - 2, 3 * number
    month = _MONTH.search(words)
    if month and 1 <= int(month[1] or month[2]) <= 12:
        return int(month[1] or month[2]), int(month[1] or month[2])
    return (1, 12) if _WHOLE_YEAR.search(words) else None


def read_head(text: str) -> Head:
    """Read the head of a column.

    Parameters
    ----------
    text : str
        The words from all its rows, from top to bottom.

    Returns
    -------
    Head
        What it says.

    Examples
    --------
    >>> read_head("Năm 2018 Ước 6 tháng").status, str(read_head("Năm 2018 Ước 6 tháng").period)
    ('estimate', '2018H1')
    >>> [read_head(text).role for text in ("So với cùng kỳ (%)", "% so KH năm", "Kế hoạch năm 2018", "ĐVT")]
    ['growth_pct', 'plan_pct', 'plan', 'unit']
    """
    words = plain_words(text)
    bare = words.strip(" .:()*")
    if bare in _ROLES:
        return Head(_ROLES[bare])
    years = set(_YEAR.findall(words))
    year = int(next(iter(years))) if len(years) == 1 else None
    period = read_period(text)
    same = "cùng kỳ" in words or re.search(r"(?<!\w)ck(?!\w)", words) is not None
    status = next((code for word, code in _STATUS if word in words), "reported" if re.match(r"th(?!\w)", words) else "")
    if _MONTH_ON_MONTH.search(words):
        return Head("ignore")
    if _PLAN.search(words):
        share = _PLAN_SHARE.search(words) is not None
        return Head("plan_pct" if share else "plan", period, year=year)
    if _GROWTH.search(words) or ("%" in words and same):
        form = "rate" if _RATE.search(words) else "index" if _INDEX.search(words) else ""
        return Head("growth_pct", period, same_period=same, year=year, form=form)
    if period or same or _months(words):
        return Head("value", period, same_period=same, year=year, status=status)
    return Head("")
