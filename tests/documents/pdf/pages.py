"""A PDF read back: where its letters stand, and how they are set."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

import pdfplumber
from pdfplumber.page import Page

from bcanalysis.documents.blocks import Document, Head, Run, Signature, Text
from bcanalysis.documents.pdf import write_pdf
from bcanalysis.documents.profile import Profile, profile

MADE = datetime(2018, 6, 14, 8, 0, tzinfo=UTC)
MM = 72 / 25.4
HEAD = Head("UBND tỉnh Bắc Giang", "Sở Công Thương", "BC-SCT", "Bắc Giang", 6, 2018, addressees=("UBND tỉnh Bắc Giang",))
SIGNATURE = Signature("GIÁM ĐỐC", "Trần Quang Tấn", recipients=("Như trên", "Lưu: VT, VP"))
SENTENCE = "Sở Công Thương báo cáo kết quả thực hiện nhiệm vụ sáu tháng đầu năm và phương hướng sáu tháng cuối năm như sau. "


@dataclass(frozen=True)
class Found:
    """Letters found on a page, in pt from the left and the upper edge."""

    page: int
    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font


def pages_of(document: Document, layout: Profile | None = None, *, system_fonts: bool = True) -> list[Page]:
    """The pages of a document as they are set."""
    return opened(write_pdf(document, layout or profile(), made=MADE, system_fonts=system_fonts).content)


def opened(content: bytes) -> list[Page]:
    return list(pdfplumber.open(io.BytesIO(content)).pages)


def find(pages: list[Page], text: str) -> Found:
    """The one place at which a text stands on a line."""
    (found,) = find_all(pages, text)
    return found


def find_all(pages: list[Page], text: str) -> list[Found]:
    return [
        Found(
            page=page.page_number,
            left=hit["x0"],
            right=hit["x1"],
            baseline=float(page.height) - hit["chars"][0]["matrix"][5],
            size=round(hit["chars"][0]["size"], 2),
            font=hit["chars"][0]["fontname"].partition("+")[2],
        )
        for page in pages
        for hit in page.search(text, regex=False)
    ]


def words_of(pages: list[Page]) -> str:
    """All letters in reading order, gaps and line ends as one space."""
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def poppler_reads(content: bytes) -> str:
    """All letters as another reader gives them, a form feed after each page."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def text(*runs: str | Run) -> Text:
    return tuple(Run(run) if isinstance(run, str) else run for run in runs)
