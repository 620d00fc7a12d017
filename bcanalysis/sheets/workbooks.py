"""Workbooks of Excel and LibreOffice: looked through before they are unpacked, then read by calamine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zlib import error as zlib_error

from bcanalysis.errors import DataError
from bcanalysis.sheets import binary
from bcanalysis.sheets.encodings import refuse_legacy
from bcanalysis.sheets.grid import Grid, boxed, column_number, refuse
from bcanalysis.sheets.opendocument import SHOWS, looked_at
from bcanalysis.sheets.told import BUILT_IN, NOT_COMPUTED, Told, broken, decimals_of

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods")
MOST_BYTES = 1 << 30  # of one file, unpacked
MOST_CELLS = 20_000_000
MOST_ROWS, _MOST_ROWS_OLD = 1_048_576, 65_536  # a sheet holds no more
_CHUNK = 1 << 20
_CLOCK = (time, timedelta)
_OVERLAP = 1 << 12
_PARTS_THAT_NAME = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of the part that holds a locked workbook
_CLEAR = "Clear the cells outside the table"

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d+)"([^>]*)>')
_OPEN_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"[^>]*>.{0,400}?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_LAST_VALUE = (b"</v>", b":v>", b"</is>", b":is>")
_CELL_BEGINS = (b"<c ", b":c ")
_PLACE = re.compile(rb'r="[A-Z]{1,3}(\d+)"')
_WIDE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{2,3})\d+"(?:[^>]*[^/>])?>')
_BEYOND_Z = re.compile(rb'r="[A-Z]{2}')
_STYLE = re.compile(rb'\bs="(\d+)"')
_OPEN_ODS = re.compile(rb'table:formula="[^"]*"(?![^>]*office:value)(?![^>]*office:(?:string|date|boolean)-value)[^>]*/>')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def read_workbook(path: Path, sheet: str | None = None) -> list[Grid]:
    """Read the sheets of a workbook.

    Parameters
    ----------
    path : pathlib.Path
        A file of Excel or LibreOffice.
    sheet : str, optional
        Only this sheet; by default all that can be seen and hold something.

    Returns
    -------
    list of Grid
        The sheets, rows and columns counted from the first of the sheet.

    Raises
    ------
    DataError
        If the file is empty, cut off, locked by a password, unpacks to more than a gigabyte, or has no such sheet; or if a sheet
        is as long as Excel can hold.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    name = path.name
    with path.open("rb") as file:
        start = file.read(len(_OLE))
    if not start:
        raise refuse(name, "an empty file", "a workbook")
    if start.startswith(_OLE) and path.suffix.lower() != ".xls":
        raise _locked(name) if _ENCRYPTED in path.read_bytes() else _misnamed(name)
    looked = _looked_through(path) if start.startswith(b"PK") else _looked_at_old(path) if start.startswith(_OLE) else {}
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return _grids(book, name, sheet, looked)
    except PasswordError:
        raise _locked(name) from None
    except CalamineError as error:
        if "Cell limit" in str(error):
            raise refuse(name, f"a sheet with too many cells ({error})", "a table of figures", _CLEAR) from None
        raise _damaged(name, str(error)) from None


def has_sheet(path: Path, sheet: str) -> bool:
    """Tell whether a workbook of Excel may have a sheet, without unpacking its cells; where that cannot be told, it may."""
    try:
        with zipfile.ZipFile(path) as package:
            sizes = [package.getinfo(part).file_size for part in _PARTS_THAT_NAME if part in package.namelist()]
            if len(sizes) < len(_PARTS_THAT_NAME) or max(sizes) > _CHUNK:
                return True
            names = _sheet_parts(package).values()
            return not names or sheet in names
    except (zipfile.BadZipFile, zlib_error, OSError, NotImplementedError, RuntimeError):
        return True


def _locked(name: str) -> DataError:
    hint = "Open it in Excel, remove the password under File, Info, Protect Workbook, and save it"
    return refuse(name, "a workbook locked by a password", "one that can be read", hint)


def _misnamed(name: str) -> DataError:
    return refuse(
        name, "an old workbook of Excel under another name", "the ending of what it is", "Rename it so that it ends in .xls"
    )


def _damaged(name: str, why: str) -> DataError:
    hint = "Copy it again from where it came; if it opens in Excel, save it once more"
    return refuse(name, f"a file that is no whole workbook ({why.strip()})", "a workbook", hint)


def _grids(book: CalamineWorkbook, name: str, sheet: str | None, looked: dict[str, Told]) -> list[Grid]:
    from python_calamine import SheetVisibleEnum

    visible = [found.name for found in book.sheets_metadata if found.visible == SheetVisibleEnum.Visible]
    if sheet is not None and sheet not in book.sheet_names:
        raise refuse(name, f'no sheet "{sheet}"', f"one of its sheets: {', '.join(book.sheet_names)}")
    grids = []
    for wanted in [sheet] if sheet is not None else visible:
        told = looked.get(wanted, Told())
        read = book.get_sheet_by_name(wanted)
        _refuse_full(f"{name} [{wanted}]", read.total_height, _MOST_ROWS_OLD if name.lower().endswith(".xls") else MOST_ROWS)
        rows: list[list[object]] = read.to_python(skip_empty_area=False)  # type: ignore[assignment]
        if any(type(cell) in _CLOCK for row in rows for cell in row):
            rows = [[str(cell) if type(cell) in _CLOCK else cell for cell in row] for row in rows]
        told.put_into(rows)
        rows = boxed(rows)
        if not rows:
            continue
        refuse_legacy(sorted({cell for row in rows for cell in row if type(cell) is str and not cell.isascii()}), name)
        merged = tuple(read.merged_cell_ranges or ())
        grids.append(Grid(name, wanted, rows, merged))
    if not grids:
        raise refuse(name, "a workbook without a filled cell", "a table with figures")
    return grids


def _refuse_full(place: str, rows: int, most: int) -> None:
    if rows >= most:
        hint = "What came after was cut off when it was saved: export the table as CSV or Parquet, or clear the last row"
        raise refuse(place, f"{rows} rows, all that such a sheet can hold", "fewer", hint)


def _looked_through(path: Path) -> dict[str, Told]:
    """Unpack a zipped workbook piece by piece, keeping nothing, before it is unpacked as a whole."""
    try:
        with zipfile.ZipFile(path) as package:
            if any(part.flag_bits & 1 for part in package.infolist()):
                raise _locked(path.name)
            _refuse_bombs(path.name, package)
            names = set(package.namelist())
            if "content.xml" in names:
                return _looked_at_ods(path.name, package)
            formats = _formats(package) if "xl/styles.xml" in names else {}
            parts = {part: title for part, title in _sheet_parts(package).items() if part in names}
            return {title: _looked_at(path.name, title, package, part, formats) for part, title in parts.items()}
    except (zipfile.BadZipFile, zlib_error, EOFError, OSError, NotImplementedError) as error:
        raise _damaged(path.name, str(error)) from None


def _refuse_bombs(name: str, package: zipfile.ZipFile) -> None:
    total = 0
    for part in package.infolist():
        with package.open(part) as file:
            while chunk := file.read(_CHUNK):
                total += len(chunk)
                if total > MOST_BYTES:
                    hint = "Such a file is damaged or malicious; export what is needed as CSV"
                    raise refuse(name, f"more than {MOST_BYTES >> 20} MB when unpacked", "a workbook of figures", hint)


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Give the titles of the sheets by the parts of the package that hold them."""
    from html import unescape

    try:
        relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8")
        workbook = package.read("xl/workbook.xml").decode("utf-8")
    except (KeyError, UnicodeDecodeError):  # a binary workbook
        return {}
    targets = {found.get("Id"): found.get("Target", "") for found in map(_attributes, _RELATION.findall(relations))}
    sheets = [_attributes(found) for found in _SHEET.findall(workbook)]
    return {
        str(PurePosixPath("/xl", targets.get(sheet.get("r:id"), "")).relative_to("/")): unescape(sheet.get("name", ""))
        for sheet in sheets
    }


def _attributes(tag: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(tag))


def _formats(package: zipfile.ZipFile) -> dict[int, tuple[int, bool]]:
    """Give, by style of a cell, the decimals it shows and whether it shows percents; plain ones are left out."""
    text = package.read("xl/styles.xml").decode("utf-8", "replace")
    codes = {str(number): code for number, code in BUILT_IN.items()}
    codes |= {
        found["numFmtId"]: found.get("formatCode", "") for found in map(_attributes, re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", text))
    }
    inside = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    styles = re.findall(r"<(?:\w+:)?xf\b[^>]*>", inside[0] if inside else "")
    found = {}
    for place, style in enumerate(styles):
        shown = decimals_of(codes.get(_attributes(style).get("numFmtId", ""), ""))
        if shown:
            found[place] = shown
    return found


def _looked_at(name: str, title: str, package: zipfile.ZipFile, part: str, formats: dict[int, tuple[int, bool]]) -> Told:
    found = Told()
    for chunk in _pieces(package, part):
        found.rows = max(found.rows, _last_row(chunk))
        wide = set(_WIDE.findall(chunk)) if _BEYOND_Z.search(chunk) else set()
        widest = max(wide, key=lambda name: (len(name), name), default=b"Z")
        found.columns = max(found.columns, column_number(widest.decode()) + 1)
        for column, row in _OPEN_FORMULA.findall(chunk) if b"<f" in chunk or b":f" in chunk else ():
            found.unread[int(row) - 1, column_number(column.decode())] = NOT_COMPUTED
        if b't="e"' in chunk:
            for column, row, error in _ERROR.findall(chunk):
                found.unread[int(row) - 1, column_number(column.decode())] = broken(error.decode())
        if formats:
            _note_formats(chunk, formats, found)
    if found.rows * found.columns > MOST_CELLS and found.rows < MOST_ROWS:
        got = f"{found.rows} rows and up to {found.columns} columns"
        raise refuse(f"{name} [{title}]", got, f"at most {MOST_CELLS} cells", _CLEAR)
    _refuse_full(f"{name} [{title}]", found.rows, MOST_ROWS)
    return found


def _last_row(chunk: bytes) -> int:
    """Give the row of the last cell that holds something; rows that are only formatted do not count."""
    last = max(chunk.rfind(sign) for sign in _LAST_VALUE)
    begins = max(chunk.rfind(sign, 0, max(last, 0)) for sign in _CELL_BEGINS)
    place = _PLACE.search(chunk, begins) if begins >= 0 else None
    return int(place[1]) if place else 0


def _note_formats(chunk: bytes, formats: dict[int, tuple[int, bool]], found: Told) -> None:
    for column, row, attributes in _CELL.findall(chunk):
        style = _STYLE.search(attributes)
        if style and int(style[1]) in formats:
            found.shown[int(row) - 1, column_number(column.decode())] = formats[int(style[1])]


def _pieces(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the XML of a part in pieces that overlap at a row, so that no cell is cut."""
    rest = b""
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            cut = piece.rfind(b"</row>")
            cut = cut + len(b"</row>") if cut >= 0 else max(len(piece) - _OVERLAP, 0)
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


def _looked_at_old(path: Path) -> dict[str, Told]:
    try:
        return binary.looked_at(path.read_bytes())
    except ValueError as error:
        raise _damaged(path.name, str(error)) from None


def _looked_at_ods(name: str, package: zipfile.ZipFile) -> dict[str, Told]:
    shows = False
    for piece in _pieces(package, "content.xml"):
        if _OPEN_ODS.search(piece):
            raise refuse(name, NOT_COMPUTED.got, NOT_COMPUTED.expected, NOT_COMPUTED.hint)
        shows = shows or SHOWS.search(piece) is not None
    return looked_at(package, MOST_CELLS) if shows else {}
