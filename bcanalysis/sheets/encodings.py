"""From bytes to Vietnamese text: what is certain is read, what is not is refused with advice."""

from __future__ import annotations

import codecs
import re
import unicodedata

from bcanalysis.sheets.grid import refuse

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKED = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
_SIGNS = "–—‘’“”…•·°²³±×÷§«»€₫\u00a0\u00ad\u200b"
_KNOWN = frozenset(_MARKED + _MARKED.upper() + _SIGNS)
_SIGNS_OF_FONTS = {  # what the letters of an old font look like as Windows-1252, and in how many words at least
    "TCVN3": (re.compile(r"[A-Za-z][µ¶·¸¹»¼½¾¨©ª«¬®]|[®¨©ª«¬§][A-Za-z]|[a-z][À-ß]"), 2),
    "VNI": (re.compile(r"[aeoyuôöAEOYUÔÖ][øûïåäëüØÛÏÅÄËÜ]|[ñÑ][aeiouyöôAEIOUYÖÔ]|[öÖ][ôùøûõïÔÙØÛÕÏ]|[hrtlHRTL][æÆ]"), 3),
}
_ADVICE = (
    "Convert it to Unicode first: in UniKey, copy the cells, choose {name} to Unicode in its Toolkit (Ctrl+Shift+F6), "
    "paste and save"
)


def legacy(text: str) -> str | None:
    """Tell whether a text was typed in a font of the time before Unicode.

    Parameters
    ----------
    text : str
        Text as it stands in a workbook, or bytes read as Windows-1252.

    Returns
    -------
    str or None
        ``TCVN3`` or ``VNI``; None for text that is neither for certain.

    Examples
    --------
    >>> legacy("Gi¸ trÞ s¶n xuÊt"), legacy("Chæ tieâu, giaù trò saûn xuaát coâng nghieäp"), legacy("Giá trị sản xuất")
    ('TCVN3', 'VNI', None)
    """
    if text.isascii():
        return None
    words = {word for word in re.findall(r"\S*[^\x00-\x7f]\S*", text) if not _is_vietnamese(word)}
    for name, (sign, enough) in _SIGNS_OF_FONTS.items():
        if sum(1 for word in words if sign.search(word)) >= max(enough, len(words) / 2):
            return name
    return None


def decoded(content: bytes, file: str) -> tuple[str, str]:
    r"""Read the bytes of a text file.

    Parameters
    ----------
    content : bytes
        The bytes.
    file : str
        Name for messages.

    Returns
    -------
    str
        The text, NFC.
    str
        The encoding it was read in.

    Raises
    ------
    DataError
        If the text is in an old font's encoding, or in none that is known.

    Examples
    --------
    >>> decoded("Giá trị".encode("utf-16"), "a.csv"), decoded(b"Gi\xe1 tri\xf2", "a.csv")[1]
    (('Giá trị', 'utf-16'), 'cp1258')
    """
    text, encoding = _text(content, file)
    old = legacy(text)
    if old:
        raise _old_font(file, old)
    return unicodedata.normalize("NFC", text), encoding


def refuse_legacy(texts: list[str], file: str) -> None:
    """Refuse the texts of a workbook that were typed in an old font."""
    old = legacy(" ".join(texts))
    if old:
        raise _old_font(file, old)


def _old_font(file: str, name: str) -> Exception:
    return refuse(file, f"text in the old font encoding {name}", "Unicode", _ADVICE.format(name=name))


def _text(content: bytes, file: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, file), encoding
    if content[1:2] == b"\0" or content[:1] == b"\0":
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _strict(content, encoding, file), encoding
    if b"\0" in content[:4096]:
        raise refuse(file, "bytes that are no text", "a table as text", "Give the file the ending of what it is, such as .xlsx")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    old = legacy(content.decode("cp1252", errors="replace"))
    if old:
        raise _old_font(file, old)
    text = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    strange = next((letter for letter in text if not letter.isascii() and letter not in _KNOWN), None)
    if strange is None:
        return text, "cp1258"
    line = text[: text.index(strange)].count("\n") + 1
    hint = "In Excel, save as 'CSV UTF-8'; or save the workbook and import that"
    raise refuse(file, f'letters in no known encoding, such as "{strange}"', "UTF-8, UTF-16 or Windows-1258", hint, line)


def _strict(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        hint = "It was cut off or damaged; copy it again"
        raise refuse(file, f"byte {error.start + 1} that is not {encoding.upper()}", "a whole file", hint) from None


def _is_vietnamese(word: str) -> bool:
    return all(letter.isascii() or letter in _KNOWN for letter in unicodedata.normalize("NFC", word))
