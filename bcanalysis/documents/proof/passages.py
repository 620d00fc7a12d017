"""The texts of a file, each with its place: paragraphs, cells, headers and footnotes of Word, web pages and plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from bcanalysis.errors import UsageError
from bcanalysis.wording.terms import term
from bcanalysis.wording.written import numbers_in

if TYPE_CHECKING:
    from bs4 import Tag

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # footnote marks are no digits of the figure before them; m³ stays a unit
_POWER, _FOOTNOTES = re.compile(r"(?<![^\W\d_])[kdcm]?m$"), re.compile(r"[\d\s,]*")
_TEXTS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "dt", "dd", "pre", "blockquote")
_MACHINERY = "script, style, template, nav, header.page, footer.page, details[data-code], figure, svg"  # what no reader edits


@dataclass(frozen=True)
class Passage:
    """A paragraph, or a cell of a table with the words that say what it holds.

    Parameters
    ----------
    place : str
        Where it stands, in words.
    text : str
        Its text, composed (NFC).
    row, column : str
        Name of the row and heading of the column; empty outside a table.
    beside : tuple of str
        The other cells of the row.
    page : bool
        Whether it stands in the header or footer of pages.
    """

    place: str
    text: str
    row: str = ""
    column: str = ""
    beside: tuple[str, ...] = ()
    page: bool = False


def passages(path: str | Path, lang: str = "vi") -> list[Passage]:
    """Read the texts of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.docx``, ``.html``, ``.htm`` or ``.txt`` (UTF-8).
    lang : {"vi", "en"}
        Language of the places.

    Returns
    -------
    list of Passage
        In the order of the file, without the empty ones; of tracked changes, what stands if all are accepted.

    Raises
    ------
    UsageError
        If it is no such file.

    Examples
    --------
    >>> passages("báo cáo.pdf")
    Traceback (most recent call last):
      ...
    bcanalysis.errors.UsageError: báo cáo.pdf: got a .pdf file; expected .docx, .htm, .html, .txt
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: got a {path.suffix or 'nameless'} file; expected {', '.join(sorted(_READERS))}")
    try:
        found = list(reader(path, lang))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: got no file; expected one to read") from error
    except (UnicodeDecodeError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError(f"{path}: got a file that cannot be read as {path.suffix} ({error}); expected a sound one") from error
    return [passage for passage in found if passage.text.strip()]


def _of_text(path: Path, lang: str) -> Iterator[Passage]:
    for number, line in enumerate(_composed(path.read_text(encoding="utf-8-sig")).splitlines(), 1):
        yield Passage(term("proof.place.line", lang, number=number), line)


def _of_html(path: Path, lang: str) -> Iterator[Passage]:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    for part in page.select(_MACHINERY):
        part.decompose()
    for raised in page.find_all("sup"):
        raised.replace_with(_raised(raised.get_text(), str(raised.previous_sibling or "")))
    tables = page.find_all("table")
    for number, table in enumerate(tables, 1):
        rows = [
            [(cell.get_text(" "), int(str(cell.get("colspan") or 1))) for cell in row.find_all(["th", "td"])]
            for row in table.find_all("tr")
        ]
        yield from _cells(rows, number, lang)
    paragraphs = [part for part in page.find_all(_TEXTS) if not part.find_parent(["td", "th"]) and not part.find(_TEXTS)]
    for number, part in enumerate(paragraphs, 1):
        yield Passage(term("proof.place.paragraph", lang, number=number), _line(part))


def _line(part: Tag) -> str:
    return _composed(" ".join(part.get_text().split()))


def _of_docx(path: Path, lang: str) -> Iterator[Passage]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml import parse_xml

    try:
        file = docx.Document(str(path))
    except PackageNotFoundError as error:
        if not path.exists():
            raise FileNotFoundError(path) from error
        raise ValueError(str(error)) from error
    yield from _of_part(file.element.body, lang, "paragraph")
    for relation in file.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in {"header", "footer", "footnotes", "endnotes"} and not relation.is_external:
            yield from _of_part(parse_xml(relation.target_part.blob), lang, kind.removesuffix("s"))


def _of_part(root: Any, lang: str, kind: str) -> Iterator[Passage]:
    """Read a part of a Word file: the paragraphs outside tables are counted, cells are named by table, row and column."""
    number = tables = 0
    for element in root.iter(_W + "p", _W + "tbl"):
        if next(element.iterancestors(_FALLBACK), None) is not None:  # a second copy of a text box
            continue
        if element.tag == _W + "tbl":
            tables += 1
            rows = [[_cell(cell) for cell in row.iter(_W + "tc") if _within(cell, "tr") is row] for row in element.iter(_W + "tr")
                    if _within(row, "tbl") is element]  # fmt: skip
            yield from _cells(rows, tables, lang)
        elif _within(element, "tc") is None:
            text = _paragraph(element)
            number += bool(text.strip())
            yield Passage(term(f"proof.place.{kind}", lang, number=number), text, page=kind in {"header", "footer"})


def _cell(cell: Any) -> tuple[str, int]:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    paragraphs = [_paragraph(part) for part in cell.iter(_W + "p") if _within(part, "tc") is cell]
    return "\n".join(paragraphs), 1 if span is None else int(span.get(_W + "val"))


def _paragraph(paragraph: Any) -> str:
    """Give the letters of a paragraph: insertions as they are, deletions not at all, raised digits as such."""
    letters: list[str] = []
    for node in paragraph.iter(_W + "t", _W + "tab", _W + "br", _W + "noBreakHyphen"):
        if _within(node, "p") is not paragraph or _within(node, "del") is not None or _within(node, "moveFrom") is not None:
            continue
        if node.tag == _W + "t":
            run = _within(node, "r")
            raised = run is not None and run.find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
            letters.append(_raised(node.text or "", "".join(letters)) if raised else node.text or "")
        elif _within(node, "r") is not None:
            letters.append("-" if node.tag == _W + "noBreakHyphen" else " ")
    return _composed("".join(letters))


def _raised(text: str, before: str) -> str:
    """Give raised letters: numbers of footnotes are no part of what stands before them; of a unit they are, as in m³."""
    return text.translate(_RAISED) if _POWER.search(before) or not _FOOTNOTES.fullmatch(text) else ""


def _within(element: Any, name: str) -> Any:
    """Give the nearest ancestor of a name, or None."""
    return next(element.iterancestors(_W + name), None)


def _cells(rows: list[list[tuple[str, int]]], table: int, lang: str) -> Iterator[Passage]:
    """Give the cells of a table; the rows above the first one with a figure are its head."""
    grid = [[(column, _composed(" ".join(text.split()))) for column, text in _on_grid(row)] for row in rows]
    head = next((place for place, row in enumerate(grid) if _begins_the_body(row)), min(1, len(grid)))
    for place, row in enumerate(grid):
        for column, text in row:
            above = " ".join(dict.fromkeys(_above(line, column) for line in grid[:head])) if place >= head else ""
            yield Passage(
                term("proof.place.cell", lang, table=table, row=place + 1, column=column + 1),
                text,
                row="" if place < head else next((words for _, words in row if any(map(str.isalpha, words))), ""),
                column=above.strip(),
                beside=tuple(words for other, words in row if other != column and words),
            )


def _begins_the_body(row: list[tuple[int, str]]) -> bool:
    """Tell a row of figures, or the title of a section with nothing beside it, from headings."""
    said = [text for _, text in row if text]
    return any(_holds_figure(text) for _, text in row[1:]) or len(said) <= len(row) / 2


def _holds_figure(text: str) -> bool:
    return any(number.kind == "figure" for number in numbers_in(text))


def _on_grid(row: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    column = 0
    for text, span in row:
        yield column, text
        column += span


def _above(line: list[tuple[int, str]], column: int) -> str:
    return next((text for start, text in reversed(line) if start <= column), "")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_READERS = {".docx": _of_docx, ".html": _of_html, ".htm": _of_html, ".txt": _of_text}
