"""The number in a text as printed, so that a slip between text and value is found."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d(?:[\d.,\s]*\d)?")
_SCALES = {
    "nghìn tỷ": 1e12, "ngàn tỷ": 1e12, "nghìn tỉ": 1e12, "trillion": 1e12, "tỷ": 1e9, "tỉ": 1e9, "billion": 1e9, "bn": 1e9,
    "triệu": 1e6, "tr.": 1e6, "million": 1e6, "nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3,
}  # fmt: skip
_ENGLISH = re.compile(
    r"US\$|VND|billion|trillion|million|thousand|percent|tonnes|over|more than|about|nearly|[a-z]+ed\b", re.IGNORECASE
)
_VIETNAMESE = re.compile(r"tỷ|tỉ|triệu|nghìn|ngàn|đồng|tấn", re.IGNORECASE)


def printed_number(text: str) -> float | None:
    """Read the number in a printed figure.

    Parameters
    ----------
    text : str
        Such as ``66.148 tỷ đồng`` or ``US$10.36 billion``.

    Returns
    -------
    float or None
        The number in the smallest unit of its kind (đồng, USD, tonnes); None where there is none or more than one.

    Examples
    --------
    >>> printed_number("12,6 tỷ USD"), printed_number("US$10.36 billion"), printed_number("gần 3.000 người")
    (12600000000.0, 10360000000.0, 3000.0)
    """
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return None
    digits = re.sub(r"\s", "", numbers[0])
    if "%" in text:  # percents have no thousands: either sign parts the decimals
        group, point = "", ","
    else:
        english = _ENGLISH.search(text) and not _VIETNAMESE.search(text)
        group, point = (",", ".") if english else (".", ",")
    plain = (digits.replace(group, "") if group else digits).replace(point, ".")
    if plain.count(".") > 1:
        return None
    after = text[text.index(numbers[0]) + len(numbers[0]) :].strip().lower()
    scale = next((factor for word, factor in _SCALES.items() if after.startswith(word)), 1.0)
    return float(plain) * scale
