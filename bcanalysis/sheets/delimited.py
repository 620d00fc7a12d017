"""Text files with a cell between two marks, whatever the mark and the encoding."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from bcanalysis.sheets.encodings import decoded
from bcanalysis.sheets.grid import Grid, boxed, refuse

_MARKS = (";", "\t", "|", ",")  # in this order, for a decimal comma stands in files of semicolons too
_LOOKED_AT = 200
MOST_BYTES = 1 << 30


def read_delimited(path: Path, delimiter: str | None = None) -> Grid:
    """Read a text file of cells.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8, UTF-16 or Windows-1258.
    delimiter : str, optional
        The mark between two cells; by default the one that parts the lines most evenly.

    Returns
    -------
    Grid
        All cells as text, as typed.

    Raises
    ------
    DataError
        If it is empty, in an unknown encoding, or ends inside quotation marks.
    """
    if path.stat().st_size > MOST_BYTES:
        raise refuse(path.name, f"{path.stat().st_size >> 20} MB", f"at most {MOST_BYTES >> 20} MB", "Split the file")
    content = path.read_bytes()
    if not content.strip():
        raise refuse(path.name, "an empty file", "a table with figures")
    text, encoding = decoded(content, path.name)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):  # Excel's own way to name its mark
        delimiter, text = first[len("sep=")], "\n" + rest
    mark = delimiter or _mark(text)
    try:
        rows: list[list[object]] = [[cell if cell.strip() else None for cell in row] for row in _placed(text, mark)]
    except csv.Error:
        hint = "Look for a quotation mark that is never closed"
        raise refuse(path.name, "text inside quotation marks to the end of the file", "each opened mark closed", hint) from None
    told = (f"encoding {encoding}", f'cells parted by "{mark}"' if mark != "\t" else "cells parted by tabs")
    return Grid(path.name, "", boxed(rows), is_text=True, told=told)


def _placed(text: str, mark: str) -> list[list[str]]:
    """Give the rows so that row ``i`` is line ``i + 1``: what a cell with line breaks has taken up is left blank below it."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True)
    rows: list[list[str]] = []
    for row in reader:
        rows.append(row)
        rows += [[] for _ in range(reader.line_num - len(rows))]
    return rows


def _mark(text: str) -> str:
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    best, evenness = ",", 0
    for mark in _MARKS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        even = max(widths.values(), default=0)
        if even > evenness:
            best, evenness = mark, even
    return best
