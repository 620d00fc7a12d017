"""What a spreadsheet may hold: safe texts, exact numbers that look as they were printed, legal names of sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bcanalysis.display.table import Cell
from bcanalysis.wording.numbers import format_number

MOST_LETTERS = 32_767
_NAME_LETTERS = 31
_MOST_DIGITS, _MOST_DECIMALS = 1e15, 12
_DECIMAL = {"vi": ",", "en": "."}
_NUMBER = re.compile(r"-?\d(?:[\d.,]*\d)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\s]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Exact(float):
    """A number that is written with all its digits, whatever precision the writer of the file asks for."""

    def __format__(self, asked: str) -> str:
        """Give the shortest digits that read back as the same number."""
        return float.__repr__(self)


def safe_text(text: str) -> tuple[str, bool]:
    """Make a text fit for a cell.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Without letters that a file of Excel cannot hold, and not longer than a cell.
    bool
        Whether it was too long.

    Examples
    --------
    >>> safe_text("Kim ngạch" + chr(0)), safe_text("a" * 40_000)[1]
    (('Kim ngạch\ufffd', False), True)
    """
    fit = _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if fit.startswith("<r>") and fit.endswith("</r>"):  # the writer would take it for markup of its own
        fit += " "
    letters = fit.encode("utf-16-le")  # Excel counts letters as UTF-16 does
    if len(letters) <= 2 * MOST_LETTERS:
        return fit, False
    return letters[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore") + "…", True


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet that is given the text by typing would compute it.

    Parameters
    ----------
    text : str
        The text of a cell.

    Returns
    -------
    bool
        Such a cell needs the mark of a text.

    Examples
    --------
    >>> looks_like_formula("=1+1"), looks_like_formula("Xuất khẩu")
    (True, False)
    """
    return text.startswith(_FORMULA)


def sheet_name(title: str, taken: Iterable[str], otherwise: str) -> str:
    r"""Name a sheet by its title.

    Parameters
    ----------
    title : str
        The title.
    taken : iterable of str
        Names that other sheets have.
    otherwise : str
        The name of a sheet without a title.

    Returns
    -------
    str
        At most 31 letters, none of ``[]:*?/\``, and no other sheet's name, whatever the case.

    Examples
    --------
    >>> sheet_name("Xuất/nhập khẩu", [], "Bảng"), sheet_name("bảng", ["Bảng"], "Bảng")
    ('Xuất nhập khẩu', 'bảng (2)')
    """
    used = {name.casefold() for name in taken} | {"history"}  # Excel keeps that one for itself
    clean = _NOT_IN_NAMES.sub(" ", safe_text(title)[0]).strip(" '") or otherwise
    for count in range(1, len(used) + 3):
        tail = f" ({count})" if count > 1 else ""
        name = clean.encode("utf-16-le")[: 2 * (_NAME_LETTERS - len(tail))].decode("utf-16-le", "ignore").rstrip(" '") + tail
        if name.casefold() not in used:
            return name
    raise AssertionError("one of so many names is free")


def number_format(cell: Cell, lang: str) -> str | None:
    """Give the format by which a number looks in Excel as it was printed, with the words before and after it.

    Parameters
    ----------
    cell : Cell
        A cell with a number behind it.
    lang : {"vi", "en"}
        Language of its text; the separators in Excel are those of the reader.

    Returns
    -------
    str or None
        The format; None where the text does not show the number.

    Examples
    --------
    >>> number_format(Cell("3.140", 3140.0, "ước"), "vi"), number_format(Cell("trên 27,6", 27.64), "vi")
    ('"ước "#,##0;"ước "-#,##0', '"trên "#,##0.0;"trên "-#,##0.0')
    >>> number_format(Cell("2018", 2018.0), "vi"), number_format(Cell("[1; 3]", 2.0), "vi")
    ('0', None)
    """
    if cell.value is None or not abs(cell.value) < _MOST_DIGITS:
        return None
    for found in _NUMBER.finditer(cell.text):
        digits = found.group()
        decimals = len(digits.rpartition(_DECIMAL[lang])[2]) if _DECIMAL[lang] in digits else 0
        if decimals > _MOST_DECIMALS:
            continue
        grouped = digits == format_number(cell.value, decimals, lang)
        if grouped or digits == f"{cell.value:.0f}":
            places = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
            before = _literal((f"{cell.mark} " if cell.mark else "") + cell.text[: found.start()])
            after = _literal(cell.text[found.end() :])
            return f"{before}{places}{after};{before}-{places}{after}" if before else places + after
    return None


def _literal(text: str) -> str:
    """Write words of a number format."""
    return '"' + text.replace('"', "”") + '"' if text else ""
