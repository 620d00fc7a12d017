"""One file: its bytes, its hash, its cells as text, and what is wrong with it as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from bcanalysis.errors import Fault
from bcanalysis.files import is_settled, settle

_SIGNS_OF_DAMAGE = "\u00c2\u00c3\u00c4\u00c5\u00c6\u00e1\u00e2"  # first bytes of Vietnamese letters in UTF-8, read as Windows-1252
_LETTERS_OF_WINDOWS = bytes(range(0x80, 0xA0)).decode("cp1252", errors="ignore")
_OF_NO_BYTE = re.compile(f"[^\x00-\xff{_LETTERS_OF_WINDOWS}]")  # no reading of bytes as Windows-1252 gives these
_DAMAGE = "Save as 'CSV UTF-8' from a file that still shows the letters rightly"
_ROW_HINT = "Decimals have a point; a text with a comma needs quotation marks"


@dataclass(frozen=True)
class FileUsed:
    """A file that was read.

    Parameters
    ----------
    name : str
        Its name inside the data folder.
    sha256 : str
        Hash of its bytes.
    size : int
        Length in bytes.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Table:
    """The cells of one file, all text, as they stand.

    Parameters
    ----------
    file : FileUsed
        The file.
    cells : pandas.DataFrame
        One text column for each column of the file; a blank cell is an empty text. Row ``i`` is line ``i + 2``.
    faults : tuple of Fault
        What is wrong with the file as such.
    lines : tuple of int
        The line on which each row begins, if some cell holds a line break; else empty.
    """

    file: FileUsed
    cells: pd.DataFrame
    faults: tuple[Fault, ...] = field(default=())
    lines: tuple[int, ...] = field(default=())

    def placed(self, fault: Fault) -> Fault:
        """Move a fault from the line its row would have to the line it has, where cells hold line breaks."""
        row = fault.row - 2
        return replace(fault, row=self.lines[row]) if 0 <= row < len(self.lines) else fault


def read_tables(folder: Path, paths: Mapping[str, str]) -> dict[str, Table]:
    """Read the tables of a folder as they stood together at one moment.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    paths : mapping of str to str
        File by name of table.

    Returns
    -------
    dict of str to Table
        The tables by name.
    """
    while True:
        settle(folder)
        before = _stamps(folder, paths)
        tables = {name: read_table(folder / path) for name, path in paths.items()}
        if is_settled(folder) and _stamps(folder, paths) == before:  # no import has come in between
            return tables


def _stamps(folder: Path, paths: Mapping[str, str]) -> list[tuple[int, int, int] | None]:
    return [stamp(folder / path) for path in paths.values()]


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Give what tells a file from the one that lay there before; None where there is none."""
    try:
        file = path.stat()
    except FileNotFoundError:
        return None
    return file.st_ino, file.st_mtime_ns, file.st_size


def read_table(path: Path) -> Table:
    """Read one file, CSV or Parquet, without interpreting it.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Table
        Its cells and its faults: absent, wrong encoding, rows of another length, text that is not NFC, text damaged by Excel.
    """
    name = path.name
    if not path.is_file():
        fault = Fault(name, 0, "", "no file", "a CSV file", "Every table of datapackage.json must be there")
        return Table(FileUsed(name, "", 0), pd.DataFrame(), (fault,))
    if path.suffix.lower() == ".parquet":
        from bcanalysis.dataset.parquet import read_parquet_table

        return read_parquet_table(path)
    content = path.read_bytes()
    file = _file_used(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = f"byte 0x{content[error.start]:02x} that is not UTF-8"
        return Table(file, pd.DataFrame(), (Fault(name, line, "", got, "UTF-8", _DAMAGE),))
    header = text.partition("\n")[0]
    for sign, words in ((";", "semicolons"), ("\t", "tabs")):
        if "," not in header and sign in header:
            fault = Fault(name, 1, "", f"{words} between the cells", "commas", "In Excel, save as 'CSV UTF-8 (Comma delimited)'")
            return Table(file, pd.DataFrame(), (fault,))
    ragged = _ragged_rows(name, text)
    if ragged:
        return Table(file, pd.DataFrame(), ragged)
    if not text.strip():
        return Table(file, pd.DataFrame(), (Fault(name, 1, "", "an empty file", "a header row"),))
    cells = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False)
    return Table(file, cells, tuple(_damaged_texts(name, text, cells)), _lines(text))


def damaged_texts(name: str, cells: pd.DataFrame) -> list[Fault]:
    """List the cells whose letters are not what they were.

    Parameters
    ----------
    name : str
        Name of the file.
    cells : pandas.DataFrame
        Its cells, all text.

    Returns
    -------
    list of Fault
        Texts that are not NFC, or were read in a wrong encoding.
    """
    return _damaged_texts(name, "\n".join(text for column in cells for text in cells[column].unique()), cells)


def hashed(path: Path) -> FileUsed:
    """Record a file that is read but is no table.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    FileUsed
        Its name, hash and size.
    """
    with path.open("rb") as file:
        return FileUsed(path.name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def _file_used(name: str, content: bytes) -> FileUsed:
    return FileUsed(name, hashlib.sha256(content).hexdigest(), len(content))


def _ragged_rows(name: str, text: str) -> tuple[Fault, ...]:
    if '"' not in text:  # no quoting: a row's length is its count of commas
        rows = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
        lengths = [(number, line.count(",") + 1) for number, line in enumerate(rows, 1)]
    else:
        try:
            lengths = [(line, len(row)) for line, row in _rows(text)]
        except csv.Error:
            hint = "Look for a quotation mark that is never closed"
            return (Fault(name, 0, "", "text inside quotation marks to the end of the file", "each opened mark closed", hint),)
    width = lengths[0][1] if lengths else 0
    return tuple(
        Fault(name, line, "", f"{length} cells", f"{width} cells", _ROW_HINT if length > 1 else "Remove an empty line")
        for line, length in lengths
        if length != width
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1


def _lines(text: str) -> tuple[int, ...]:
    if '"' not in text:
        return ()
    begins = tuple(line for line, _ in _rows(text))[1:]
    return begins if begins and begins[-1] != len(begins) + 1 else ()


def _damaged_texts(name: str, text: str, cells: pd.DataFrame) -> list[Fault]:
    composed = unicodedata.is_normalized("NFC", text)
    if composed and not any(mark in text for mark in ("\ufffd", *_SIGNS_OF_DAMAGE, "?")):
        return []
    faults = []
    for column in cells.columns:
        for value in cells[column].unique():
            problem = _problem(value, column)
            if problem:
                expected, hint = problem
                rows = cells.index[cells[column] == value]
                faults += [Fault(name, row + 2, column, f'"{value}"', expected, hint) for row in rows]
    return faults


def _problem(value: str, column: str) -> tuple[str, str] | None:
    if value.isascii() and "?" not in value:
        return None
    if not unicodedata.is_normalized("NFC", value):
        return (
            f'NFC text: "{unicodedata.normalize("NFC", value)}"',
            "Letters and their marks are stored apart; compose them",
        )
    if "\ufffd" in value:
        return "letters, not the mark for a lost one (U+FFFD)", _DAMAGE
    if _read_rightly(value) != value:
        return f'"{_read_rightly(value)}"', "UTF-8 was read as another encoding. " + _DAMAGE
    if column not in {"address", "note"} and any(
        mark == "?" and before.isalpha() and after.isalpha()
        for before, mark, after in zip(value, value[1:], value[2:], strict=False)
    ):
        return "letters, not question marks", "Letters were lost in an encoding without them. " + _DAMAGE
    return None


def _read_rightly(value: str) -> str:
    """Undo the reading of UTF-8 as Windows-1252, which leaves some bytes as control characters; else give the text itself."""
    if _OF_NO_BYTE.search(value):
        return value
    try:
        return b"".join(_byte(letter) for letter in value).decode("utf-8")
    except UnicodeError:
        return value


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
