"""A small official document, and pieces to make others."""

import struct
import zlib
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx

from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.blocks import Annex, Document, Head, Heading, Item, Paragraph, Run, Signature, Text
from bcanalysis.documents.profile import profile
from bcanalysis.documents.word.write import write_docx

HEAD = Head("UBND tỉnh Bắc Giang", "Sở Công Thương", "BC-SCT", "Bắc Giang", 6, 2018, addressees=("UBND tỉnh Bắc Giang",))
SIGNATURE = Signature("Phó Giám đốc", "Nguyễn Văn An", "KT. Giám đốc", ("Như trên", "Lưu: VT, KHTC"))
FIGURES = Table(
    "Kết quả thực hiện",
    (Column("Chỉ tiêu"), Column("Triệu USD", True)),
    ((Cell("Xuất khẩu"), Cell("3.140", 3140.0, "ước", (1,))), (Cell("Nhập khẩu"), Cell("...", None))),
    ("Số ước tính.",),
    "Nguồn: Sở Công Thương.",
)


def text(*parts: str | Run) -> Text:
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


OFFICIAL = Document(
    "Kết quả công tác 6 tháng đầu năm",
    "vi",
    (
        Paragraph(text("Căn cứ Kế hoạch năm 2018;"), "basis"),
        Heading(text("I. Kết quả"), 1),
        Heading(text("1. Xuất khẩu"), 2),
        Heading(text("1.1. Thị trường"), 3),
        Heading(text("a) Trung Quốc"), 4),
        Paragraph(text("Xuất khẩu ", Run("tăng 27,6%", bold=True), Run("", note=1), " so với cùng kỳ.")),
        Item(text("Dệt may;")),
        Item(text("Sợi;"), 2),
        Item(text("Quý một;"), 1, "letter"),
        Item(text("Quý hai."), 1, "letter"),
        FIGURES,
    ),
    head=HEAD,
    signature=SIGNATURE,
    notes=("Theo Cục Thống kê.",),
    annexes=(Annex("Số liệu chi tiết", (FIGURES,), landscape=True),),
)


def with_blocks(*blocks: Any, **others: Any) -> Document:
    return replace(Document("Báo cáo", "vi", tuple(blocks)), **others)


def opened(document: Document) -> Any:
    return docx.Document(BytesIO(write_docx(document, profile())))


def png(width: int, height: int) -> str:
    """Make a grey picture in base64."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    return b64encode(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    ).decode()
