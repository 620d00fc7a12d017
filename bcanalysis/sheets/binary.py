"""What the cells of an old workbook of Excel (.xls) show: calamine reads 27,6% as 0.276, and an error as a blank.

The file is a container of sectors ([MS-CFB]); its stream "Workbook" is a row of records ([MS-XLS]), of which only those about
formats and numbers are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from

from bcanalysis.sheets.told import BUILT_IN, Told, broken, decimals_of

_END = 0xFFFFFFFA  # sectors from here on are marks
_SMALL = 64  # bytes of a sector of small streams
_ENTRY = 128  # bytes of a name in the directory
_NEW = 0x0600  # the version of Excel 97 and later
_BOF, _EOF, _LOCKED, _SHEET, _FORMAT, _STYLE = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
_NUMBER, _SHORT, _SHORTS, _FORMULA, _ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def looked_at(content: bytes) -> dict[str, Told]:
    """Look at what the cells show.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    dict of str to Told
        By sheet; empty if the workbook is locked or holds none.

    Raises
    ------
    ValueError, struct.error, IndexError
        If it is damaged.
    """
    stream = _workbook(content)
    formats, styles, sheets = dict(BUILT_IN), [], []
    is_new = False
    for kind, data in _records(stream, 0):
        if kind == _BOF:
            is_new = unpack_from("<H", data)[0] == _NEW
        elif kind == _LOCKED:
            return {}
        elif kind == _FORMAT:
            formats[unpack_from("<H", data)[0]] = _text(data[2:], 2, is_new) if is_new else _text(data[2:], 1, is_new)
        elif kind == _STYLE:
            styles.append(unpack_from("<H", data, 2)[0])
        elif kind == _SHEET:
            sheets.append((_text(data[6:], 1, is_new), unpack_from("<I", data)[0]))
    shown = {place: decimals for place, code in enumerate(styles) if (decimals := decimals_of(formats.get(code, "")))}
    return {name: _sheet(stream, start, shown) for name, start in sheets}


def _sheet(stream: bytes, start: int, shown: dict[int, tuple[int, bool]]) -> Told:
    told = Told()
    for kind, data in _records(stream, start):
        if kind in (_NUMBER, _SHORT, _FORMULA):
            row, column, style = unpack_from("<HHH", data)
            cells = [(column, style)]
            if kind == _FORMULA and data[12:14] == b"\xff\xff":
                cells = []
                if data[6] == 2:
                    told.unread[row, column] = broken(_ERRORS.get(data[8], "#?"))
        elif kind == _SHORTS:
            row, first = unpack_from("<HH", data)
            cells = [(first + at, unpack_from("<H", data, 4 + 6 * at)[0]) for at in range((len(data) - 6) // 6)]
        else:
            if kind == _ERROR and data[7]:
                told.unread[unpack_from("<HH", data)] = broken(_ERRORS.get(data[6], "#?"))
            continue
        told.shown |= {(row, column): shown[style] for column, style in cells if style in shown}
    return told


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part of the stream up to its end; those of charts inside it are passed over."""
    depth = 0
    while True:
        kind, length = unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(data: bytes, width: int, is_new: bool) -> str:
    """Read a text behind its length; in new files a byte follows that tells how letters are kept."""
    count = int.from_bytes(data[:width], "little")
    if not is_new:
        return data[width : width + count].decode("cp1252", "replace")
    wide = data[width] & 1
    return data[width + 1 : width + 1 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _workbook(content: bytes) -> bytes:
    """Put the sectors of the stream together that holds the workbook."""
    size = 1 << unpack_from("<H", content, 30)[0]
    directory, limit, small_table = unpack_from("<I4xII", content, 48)
    (far,) = unpack_from("<I", content, 68)
    heads = list(unpack_from("<109I", content, 76))
    body, entries_of = content[size:], f"<{size // 4}I"
    while far < _END and len(heads) * size < len(content):
        entries = unpack_from(entries_of, body, size * far)
        heads, far = [*heads, *entries[:-1]], entries[-1]
    table = [entry for head in heads if head < _END for entry in unpack_from(entries_of, body, size * head)]
    listed = _chained(body, directory, table, size)
    streams = dict(_streams(listed))
    first, length = streams.get("Workbook") or streams.get("Book") or (_END, 0)
    if length >= limit:
        return _chained(body, first, table, size)[:length]
    small = _chained(body, small_table, table, size)
    places = unpack_from(f"<{len(small) // 4}I", small)
    return _chained(_chained(body, unpack_from("<I", listed, 116)[0], table, size), first, places, _SMALL)[:length]


def _streams(listed: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give the streams by name, each with its first sector and its length; the first of them holds the small ones."""
    for at in range(0, len(listed), _ENTRY):
        (length,) = unpack_from("<H", listed, at + 64)
        yield listed[at : at + max(length - 2, 0)].decode("utf-16-le", "replace"), unpack_from("<II", listed, at + 116)


def _chained(content: bytes, first: int, table: Sequence[int], size: int) -> bytes:
    """Put sectors together, each of which the table leads to from the one before."""
    places: dict[int, None] = {}
    while first < _END:
        if first in places:
            raise ValueError("sectors that lead back to themselves")
        places[first] = None
        first = table[first]
    return b"".join(content[size * place : size * (place + 1)] for place in places)
