"""From the names that offices write to the codes of the catalogues: only what is the same name is taken for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

import pandas as pd

from bcanalysis.wording.written import folded

_MARKS = re.compile(r"^\s*(?:[-+*•–]+|(?:\(?[IVX]+|\(?\d+(?:\.\d+)*|[a-zđ])[.)/]+(?=\s|[^\W\d]))\s*")
_OF_WHICH = re.compile(r"^\s*(?:[-+*•]\s*)?(?:trong\s+đó|tđ|of\s+which)\s*[:,]?\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEADING_UNIT = re.compile(r"^(?:đvt|đơn vị tính|đơn vị|unit)\s*[:.]\s*", re.IGNORECASE)
_SHORT = {
    "sxcn": "sản xuất công nghiệp", "gtsxcn": "giá trị sản xuất công nghiệp", "gtsx": "giá trị sản xuất", "cn": "công nghiệp",
    "xk": "xuất khẩu", "nk": "nhập khẩu", "xnk": "xuất nhập khẩu", "kn": "kim ngạch", "kt": "kinh tế", "nn": "nhà nước",
    "hh": "hàng hóa", "dv": "dịch vụ", "đtnn": "đầu tư nước ngoài",
}  # fmt: skip
_UNITS = {
    "tỷ đ": "billion_vnd", "tỉ đồng": "billion_vnd", "tỉ đ": "billion_vnd", "tỷ vnđ": "billion_vnd", "tỷ vnd": "billion_vnd",
    "tr đồng": "million_vnd", "tr đ": "million_vnd", "trđ": "million_vnd", "triệu vnđ": "million_vnd", "đ": "vnd", "vnđ": "vnd",
    "tr usd": "million_usd", "triệu đô la": "million_usd", "triệu đô la mỹ": "million_usd", "tr kwh": "million_kwh", "%": "percent",
}  # fmt: skip
_PRICES = {
    "giá hiện hành": "current",
    "giá thực tế": "current",
    "giá ss 2010": "constant_2010",
    "giá so sánh năm 2010": "constant_2010",
}
NO_FIGURES = "ignore"
_REMEMBERED = 10_000  # names; a tidy table repeats them on every line


@dataclass(frozen=True)
class Label:
    """What the name of a row says.

    Parameters
    ----------
    text : str
        The name without marks, numbers and what stands in brackets.
    level : int
        How far it is set in by its mark: 0 for none, 1 after "-" or "Trong đó", 2 after "+".
    price_basis, unit : str
        What its brackets say, as written; empty if nothing.
    is_of_which : bool
        Whether it says no more than "Trong đó:".
    """

    text: str
    level: int
    price_basis: str = ""
    unit: str = ""
    is_of_which: bool = False


@lru_cache(_REMEMBERED)
def read_label(text: str) -> Label:
    """Take the name of a row apart.

    Parameters
    ----------
    text : str
        Such as ``1. Giá trị SXCN (giá thực tế)`` or ``- Trong đó: FDI``.

    Returns
    -------
    Label
        Its parts.

    Examples
    --------
    >>> read_label("1. Giá trị SXCN (giá thực tế) (tỷ đồng)")
    Label(text='Giá trị SXCN', level=0, price_basis='giá thực tế', unit='tỷ đồng', is_of_which=False)
    >>> read_label("Trong đó: Khu vực FDI").level
    1
    """
    rest, level = text, 0
    of_which = _OF_WHICH.match(rest)
    if of_which:
        rest, level = rest[of_which.end() :], 1
        if not rest.strip():
            return Label("", 0, is_of_which=True)
    mark = _MARKS.match(rest)
    if mark:
        sign = mark[0].strip()[0]
        level = max(level, {"-": 1, "–": 1, "*": 1, "•": 1, "+": 2}.get(sign, level))
        rest = rest[mark.end() :]
    if not mark and not of_which and len(text) - len(text.lstrip()) >= 2:
        level = 1
    prices = unit = ""
    for inside in _BRACKETS.findall(rest):
        words = " ".join(inside.split())
        if words.casefold().startswith("giá "):
            prices, rest = words, rest.replace(f"({inside})", " ")
        elif unit_key(words) in _UNITS or _LEADING_UNIT.match(words):
            unit, rest = _LEADING_UNIT.sub("", words), rest.replace(f"({inside})", " ")
        elif _is_unit(words):
            unit, rest = words, rest.replace(f"({inside})", " ")
    return Label(" ".join(rest.split()).strip(" :;,."), level, prices, unit)


def _is_unit(words: str) -> bool:
    return re.match(r"(?:nghìn|triệu|tỷ|tấn|m³|m3|kwh|usd|đồng|vụ|người|%)(?!\w)", words.casefold()) is not None


@lru_cache(_REMEMBERED)
def name_key(text: str) -> str:
    """Give the key under which two spellings of a name are the same: case, place of tones, common short forms."""
    words = (_SHORT.get(text[start:end].casefold(), text[start:end]) for _, start, end in folded(text))
    return " ".join(word for word, _, _ in folded(" ".join(words)))


def unit_key(text: str) -> str:
    """Give the key of a unit: small letters, single blanks, no dots."""
    return " ".join(text.casefold().replace(".", " ").split()).strip("() :")


class Catalogue:
    """The names of the catalogues, to be looked up as they are written.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The project's tables, cells or typed.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables
        self.indicators = self._named("indicators")
        self.breakdowns = self._named("breakdowns")
        self.units = {unit_key(name): code for code, name in self._pairs("units")} | _UNITS
        units = tables["units"]
        told = zip(units["code"].tolist(), units["base"].tolist(), units["factor"].tolist(), strict=True)
        self.factors: dict[str, tuple[str, str]] = {code: (base, str(factor)) for code, base, factor in told}
        self.unit_of = dict(zip(tables["indicators"]["code"], tables["indicators"]["unit"], strict=True))
        self.kind_of = dict(zip(tables["indicators"]["code"], tables["indicators"]["kind"], strict=True))
        self.price_codes = list(tables["price_bases"]["code"])
        self._prices = {name_key(name): code for code, name in self._pairs("price_bases")} | {
            name_key(key): code for key, code in _PRICES.items()
        }
        rows = tables["observations"]
        with_prices = rows.loc[rows["price_basis"] != "not_applicable", "indicator"]
        vnd = {code for code, (base, _) in self.factors.items() if base == "vnd"}
        output = tables["indicators"][
            tables["indicators"]["unit"].isin(vnd) & tables["indicators"]["theme"].isin(["industry", "economy"])
        ]
        self.priced = {*with_prices, *output["code"]}

    def _pairs(self, table: str) -> list[tuple[str, str]]:
        frame = self.tables[table]
        return [
            (code, name)
            for column in ("name_vi", "name_en", "code")
            for code, name in zip(frame["code"], frame[column], strict=True)
        ]

    def _named(self, table: str) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for code, name in self._pairs(table):
            found.setdefault(name_key(name), set()).add(code)
        return {key: codes.pop() for key, codes in found.items() if len(codes) == 1}

    def price_basis(self, words: str) -> str:
        """Give the price basis that words name, or an empty text."""
        return self._prices.get(name_key(words), "")

    def unit(self, words: str) -> str:
        """Give the unit that words name, or an empty text."""
        return self.units.get(unit_key(words), "")

    def suggestion(self, text: str) -> str:
        """Give the code whose name comes nearest to a text, or an empty text."""
        near = get_close_matches(name_key(text), self.indicators, n=1, cutoff=0.6)
        return self.indicators[near[0]] if near else ""
