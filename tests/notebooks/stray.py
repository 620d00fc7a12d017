"""Finds words on a page, or in a document, that are not in its language: beside names, and beside quotes that are marked as such."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pdfplumber
from bs4 import BeautifulSoup, NavigableString, Tag

from .conftest import ROOT

# Names in the English outline; those of areas, units and so on come from the tables.
NAMES = (
    "Hồ Chí Minh", "Hà Nội", "Tết", "Việt Nhật", "Thanh Vân", "Hiệp Hòa", "Tăng Tiến", "Việt Yên", "Lục Ngạn", "Cẩm Đàn", "Sơn Động",
    "Lê Lợi",
)  # fmt: skip
ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "data-show", "data-hide", "data-dark", "data-light")
_LETTERS = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile(r"[^\W\d_]*[À-ÖØ-öø-ỹ][^\W\d_]*")
_DOCUMENT = re.compile(r"\d[\d/]*[-/]\s?[A-ZĐ]{2}[\w/-]*")  # the number of a decree or a letter
_WORD = re.compile(r"(?<![\w./@-])[A-Za-z]{3,}(?![\w/@-]|\.\w)")
_NUMBERS = {
    "en": re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])|(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])"),
    "vi": re.compile(r"(?<![\d.,])\d+\.\d+%|(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])"),
}


@cache
def _column(table: str, column: str) -> tuple[str, ...]:
    cells = pd.read_csv(ROOT / "data" / f"{table}.csv", dtype=str)
    return tuple(cells[column].dropna().unique()) if column in cells else ()


@cache
def _quotes() -> frozenset[str]:
    """Everything that a document may quote from a source or from those who keep the tables."""
    kept = [("sources", "title"), ("links", "reason"), ("corrections", "reason"), ("corrections", "read_as")]
    printed = [(table, "printed") for table in ("observations", "corrections")]
    texts = {text for table, column in kept + printed for text in _column(table, column)}
    return frozenset(text for text in texts if not re.fullmatch(r"[\d.,% -]+", text))


@cache
def _names() -> frozenset[str]:
    tables = ("areas", "breakdowns", "indicators", "units")
    found = {word for table in tables for name in _column(table, "name_en") for word in _VIETNAMESE.findall(name)}
    areas = set(_column("areas", "name_vi")) | set(_column("areas", "name_en"))
    return frozenset({*NAMES, *areas, *found})


def _without(text: str, told: Callable[[], frozenset[str]]) -> str:
    return _pattern(told).sub("", text)


@cache
def _pattern(told: Callable[[], frozenset[str]]) -> re.Pattern[str]:
    """Find any of the texts, the longest first, also where it goes over the end of a line or stands in capitals."""
    longest_first = sorted(told(), key=len, reverse=True)
    return re.compile("|".join(r"\s+".join(map(re.escape, text.split())) for text in longest_first), re.IGNORECASE)


@cache
def _english_words() -> frozenset[str]:
    """The words that are ours in English, and no word of the Vietnamese texts or tables."""
    texts: dict[str, list[str]] = {"vi": [], "en": []}
    for file in (ROOT / "bcanalysis" / "wording" / "terms").glob("*.toml"):
        for words in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for lang in texts:
                texts[lang].append(str(words.get(lang, "")))
    for table in ("indicators", "breakdowns", "units", "price_bases", "areas"):
        texts["en"] += _column(table, "name_en")
        texts["vi"] += _column(table, "name_vi")
    texts["vi"] += [path.read_text(encoding="utf-8") for path in (ROOT / "data" / "outlines").glob("????H?.md")]
    said = {
        lang: " ".join(re.sub(r"\{+[^{}]*\}+", " ", text) for text in texts[lang]) for lang in texts
    }  # without names of places to fill
    words = {lang: set(re.findall(r"[a-z]{3,}", said[lang].lower())) for lang in said}
    return frozenset(words["en"] - words["vi"])


def strays(text: str, lang: str) -> list[str]:
    """List the words of a text that are not in its language, and the numbers that are not in its form."""
    numbers = [found.group() for found in _NUMBERS[lang].finditer(text)]
    if lang == "en":
        return _VIETNAMESE.findall(_without(_DOCUMENT.sub("", text), _names)) + numbers
    return [word for word in _WORD.findall(text) if word.lower() in _english_words()] + numbers


def said_by_page(page: str, lang: str) -> Iterator[tuple[str, str]]:
    """Give what a page says in a language, and where: its text, what it says to those who hear it, and the words in its charts."""
    tree = BeautifulSoup(page, "html.parser")
    for script in tree.find_all("script", attrs={"data-figure": True}):
        for text in _texts(json.loads(str(script.string))):
            yield "chart", _without(re.sub(r"<[^>]*>", " ", text), _quotes)
    for noise in tree.find_all(["script", "style"]):
        noise.decompose()
    for element in tree.find_all(True):
        if _lang(element) == lang:
            for name in ATTRIBUTES:
                yield f"{element.name}@{name}", str(element.get(name, ""))
            if element.name not in ("code", "pre") or lang == "en":
                direct = "".join(child for child in element.children if type(child) is NavigableString)
                yield element.name, direct


def said_by_document(path: Path) -> Iterator[tuple[str, str]]:
    """Give what a workbook, a Word file or a PDF says, and where, without what it quotes."""
    for place, text in {".xlsx": _workbook, ".docx": _word, ".pdf": _pdf}[path.suffix](path):
        yield place, _without(text, _quotes)


def _lang(element: Tag) -> str:
    return next(str(one["lang"]) for one in (element, *element.parents) if isinstance(one, Tag) and one.has_attr("lang"))


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name not in ("type", "bdata", "quotes", "textposition"):
                yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str) and " " in content:  # a single word may be a code of plotly's
        yield content


def _workbook(path: Path) -> Iterator[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    yield "title", str(book.properties.title)
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((f"{sheet.title}!{cell.coordinate}", cell.value) for cell in row if isinstance(cell.value, str))


def _word(path: Path) -> Iterator[tuple[str, str]]:
    document = docx.Document(str(path))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    yield "title", document.core_properties.title
    for number, paragraph in enumerate(document.element.body.iter(f"{space}p"), 1):
        yield f"paragraph {number}", "".join(text.text or "" for text in paragraph.iter(f"{space}t"))


def _pdf(path: Path) -> Iterator[tuple[str, str]]:
    """Give the words one by one: lines of neighbouring cells run into each other. A word of a quote is as good as the quote."""
    known = {word.lower() for text in _quotes() | _names() for word in _LETTERS.findall(text)}
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            words = _DOCUMENT.sub("", page.extract_text()).split()
            yield from ((f"page {number}", word) for word in words if not {one.lower() for one in _LETTERS.findall(word)} <= known)
