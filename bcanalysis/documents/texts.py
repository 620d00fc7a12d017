"""The running text of a file that somebody hands in: plain text, Word, a web page or a PDF with letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from bcanalysis.documents.proof.passages import passages
from bcanalysis.errors import DataError, Fault, UsageError

ENDINGS = (".txt", ".docx", ".pdf", ".html", ".htm")
_OLE = b"\xd0\xcf\x11\xe0"  # the container of old Office files and of all that have a password
_MARKS: Mapping[bytes, str] = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FULL = 0.94  # a line that reaches this share of the width goes on in the next one
_INDENT = 6.0  # points; a line set in by more begins a paragraph
_OPENING = re.compile(r"\s*(?:[-–+•*]\s|\d+(?:\.\d+)*[.)]\s|[a-zđ][.)]\s|[IVX]+\.\s)")


def text_of(path: str | Path) -> str:
    """Read the text of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.txt``, ``.docx``, ``.pdf``, ``.html`` or ``.htm`` file.

    Returns
    -------
    str
        Composed text (NFC). Of a plain text file all letters, so that places in it are places in the file; of the others a line
        for each paragraph and each cell of a table.

    Raises
    ------
    UsageError
        If there is no such file, or it is of another kind.
    DataError
        If it is broken, protected by a password, in an encoding that cannot be told, or holds no text.

    Examples
    --------
    >>> text_of("báo cáo.doc")
    Traceback (most recent call last):
      ...
    bcanalysis.errors.UsageError: báo cáo.doc: got a .doc file; expected .txt, .docx, .pdf, .html, .htm
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"{path}: got a {ending or 'nameless'} file; expected {', '.join(ENDINGS)}")
    if not path.is_file():
        raise UsageError(f"{path}: got no file; expected one to read")
    if ending == ".txt":
        text = _of_plain_text(path)
    elif ending == ".pdf":
        text = "\n".join(_of_pdf(path))
    else:
        text = "\n".join(_of_office(path))
    if not text.strip():
        hint = "Recognise its letters (OCR) first, or ask for the Word file" if ending == ".pdf" else ""
        raise _fault(path, "no text", "a report in words", hint)
    return unicodedata.normalize("NFC", text)


def _fault(path: Path, got: str, expected: str, hint: str = "") -> DataError:
    return DataError([Fault(path.name, 0, "", got, expected, hint)])


def _of_plain_text(path: Path) -> str:
    content = path.read_bytes()
    try:
        text = content.decode(_MARKS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8; text in TCVN3 or VNI has to be converted to Unicode first"
        raise _fault(path, "letters that are not UTF-8", "plain text in UTF-8", hint) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_office(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        protected = file.read(4) == _OLE
    if protected:
        hint = "Open it in Word, take the password away or save it as .docx, and read that"
        raise _fault(path, "a file with a password, or in the old format of Word", "a .docx that opens", hint)
    try:
        for passage in passages(path):
            yield passage.text
    except UsageError as error:
        raise _fault(path, f"a file that cannot be read as {path.suffix}", "a sound one", "Open and save it again") from error


def _of_pdf(path: Path) -> Iterator[str]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as file:
            for page in file.pages:
                yield from _paragraphs(page)
    except (PdfminerException, ValueError, KeyError, TypeError, AssertionError) as error:
        inner = error.args[0] if error.args else None
        if isinstance(inner, PDFPasswordIncorrect):
            raise _fault(path, "a file with a password", "a PDF that opens", "Take the password away and read it again") from error
        raise _fault(path, "a file that cannot be read as .pdf", "a sound one", "Print it to PDF again") from error


def _paragraphs(page: Any) -> Iterator[str]:
    """Join the lines of a page that reach the right margin with those that follow."""
    lines = [line for line in page.extract_text_lines(return_chars=False) if line["text"].strip()]
    lines = [line for line in lines if not (line["text"].strip().isdigit() and line in (lines[0], lines[-1]))]  # the page number
    if not lines:
        return
    right, left = max(line["x1"] for line in lines), min(line["x0"] for line in lines)
    words = str(lines[0]["text"])
    for before, line in pairwise(lines):
        full = before["x1"] - left >= _FULL * (right - left)
        if (
            full
            and line["x0"] <= max(left, before["x0"]) + _INDENT
            and not _OPENING.match(line["text"])
            and not _ends(before, line, left)
        ):
            words += f" {line['text']}"
        else:
            yield words
            words = str(line["text"])
    yield words


def _ends(before: Mapping[str, Any], line: Mapping[str, Any], left: float) -> bool:
    """Tell whether a full line is the last of its paragraph: it ends a sentence, and the next is set in."""
    return bool(before["text"].rstrip().endswith((".", ";", ":"))) and line["x0"] > left + _INDENT
