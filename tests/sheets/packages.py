"""Workbooks made by hand, part by part, as no program would write them."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from openpyxl import Workbook

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b"</sheetData></worksheet>"


def workbook_of(path: Path, rows: bytes) -> Path:
    """Write a workbook whose only sheet has these rows as XML."""
    Workbook().save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = _HEAD + rows + _TAIL
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def open_document_of(path: Path, rows: str) -> Path:
    """Write a spreadsheet of LibreOffice whose only table has these rows as XML."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items())
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def locked_workbook(path: Path) -> Path:
    """Write what Excel writes for a workbook with a password: a compound file with the parts EncryptionInfo and EncryptedPackage."""
    no_sector, end = 0xFFFFFFFF, 0xFFFFFFFE
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[no_sector] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[no_sector] * 126)
    entries = [("Root Entry", 5, 1), ("EncryptionInfo", 2, no_sector), ("EncryptedPackage", 2, no_sector)]
    folder = b""
    for place, (name, kind, child) in enumerate(entries):
        text = (name + "\0").encode("utf-16-le")
        right = 2 if place == 1 else no_sector
        folder += (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, no_sector, right, child)
            + bytes(36)
            + struct.pack("<IQ", end, 0)
        )
    path.write_bytes(head + table + folder.ljust(512, b"\0"))
    return path
