"""What the cells of a workbook of LibreOffice show: calamine reads 27,6% as 0.276, and an error as a blank."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse

from bcanalysis.sheets.told import Told, broken

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERROR = re.compile(r"#(?:DIV/0!|N/A|REF!|NAME\?|VALUE!|NUM!|NULL!)|Err:\d+")
_MOST_DECIMALS = 10
_HEAD = 4096  # bytes in which a document type would stand
SHOWS = re.compile(rb"[.,]\d*0</text:p>|%</text:p>|(?:#[A-Z/0]+[!?A]|Err:\d+)</text:p>")  # what may be worth a closer look


def looked_at(package: zipfile.ZipFile, most: int) -> dict[str, Told]:
    """Look at what the cells show.

    Parameters
    ----------
    package : zipfile.ZipFile
        The workbook.
    most : int
        How many cells are noted at most.

    Returns
    -------
    dict of str to Told
        By sheet.
    """
    found: dict[str, Told] = {}
    told, row = Told(), 0
    with package.open("content.xml") as file:
        if b"<!" in file.read(_HEAD):
            raise zipfile.BadZipFile("a document type, which no table needs")  # entities of its own could fill the memory
        file.seek(0)
        try:
            for event, element in iterparse(file, events=("start", "end")):  # noqa: S314  (it has no entities)
                if event == "start" and element.tag == f"{_TABLE}table":
                    told, row = found.setdefault(element.get(f"{_TABLE}name", ""), Told()), 0
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                    cells = list(_cells(element))
                    if len(cells) * times <= most - len(told.shown) - len(told.unread):
                        _note(told, row, times, cells)
                    row += times
                    element.clear()
        except ParseError as error:
            raise zipfile.BadZipFile(str(error)) from None
    return found


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Give the cells of a row that show a number or an error, each with its first column and how often it is repeated."""
    column = 0
    for cell in row:
        if cell.tag in _CELLS:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if cell.find(_WORDS) is not None:
                yield column, times, cell
            column += times


def _note(told: Told, row: int, times: int, cells: list[tuple[int, int, Element]]) -> None:
    for first, repeated, cell in cells:
        text = "".join(part for paragraph in cell.findall(_WORDS) for part in paragraph.itertext()).strip()
        places = [(row + down, first + across) for down in range(times) for across in range(repeated)]
        if cell.get(f"{_TABLE}formula") and _ERROR.fullmatch(text):
            told.unread |= dict.fromkeys(places, broken(text))
        value, kind = cell.get(f"{_OFFICE}value"), cell.get(f"{_OFFICE}value-type")
        if value is not None and kind in {"float", "percentage"}:
            decimals = _decimals(float(value) * (100 if kind == "percentage" else 1), text)
            if decimals or kind == "percentage":
                told.shown |= dict.fromkeys(places, (decimals, kind == "percentage"))


def _decimals(value: float, text: str) -> int:
    """Tell how many decimals a text has that shows a number, whatever marks it is written with."""
    digits = re.sub(r"\D", "", text)
    for decimals in range(_MOST_DECIMALS + 1):
        if re.sub(r"\D", "", f"{abs(value):.{decimals}f}") == digits:
            return decimals
    return 0
