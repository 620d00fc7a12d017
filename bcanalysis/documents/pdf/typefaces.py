"""Typefaces: the first of those asked for that has all Vietnamese letters, tried with typst itself."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
BUILT_IN = "Libertinus Serif"  # typst carries it
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_SMALL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", _TONES)) + "đ"
_NEEDED = _SMALL + _SMALL.upper() + "0123456789"
_BOLD = 600
_BROADER = 1.16  # words in bold letters of the built-in face against those of Times, at most


@dataclass(frozen=True)
class Typeface:
    """A typeface to set in.

    Parameters
    ----------
    family : str
        Its name.
    fonts : typst.Fonts
        Where typst finds it, and what stands in for letters it lacks.
    """

    family: str
    fonts: Fonts

    @property
    def families(self) -> list[str]:
        """Give its name and that of the built-in one."""
        return list(dict.fromkeys((self.family, BUILT_IN)))

    @property
    def bold_italic(self) -> str:
        """Give the weight of bold italic letters: the built-in face in full bold draws no ơ and ư with tones."""
        return "semibold" if self.family == BUILT_IN else "bold"

    @property
    def breadth(self) -> float:
        """Give how much broader its words may be than those of Times, whose widths all typefaces of a profile have."""
        return _BROADER if self.family == BUILT_IN else 1.0

    def shows(self, text: str) -> bool:
        """Tell whether there is a letter for each one of a text."""
        return sets(text, self.families, self.fonts, fallback=True)


@cache
def typeface(asked: tuple[str, ...], system_fonts: bool) -> Typeface:
    """Find the first typeface with all faces and Vietnamese letters, or the built-in one.

    Parameters
    ----------
    asked : tuple of str
        Families, the most wanted first.
    system_fonts : bool
        Whether to look for them.

    Returns
    -------
    Typeface
        What was found.
    """
    from typst import Fonts

    system = Fonts(include_system_fonts=system_fonts)
    found = [(font, Path(font.path).parent) for font in system.fonts() if font.path]
    folders = list(dict.fromkeys(folder for _, folder in found))
    for family in asked:
        # Old and new versions of one family may lie side by side, and typst takes the first: each folder has its turn to be first.
        for folder in folders:
            faces = {(font.style == "normal", font.weight >= _BOLD) for font, at in found if at == folder and font.family == family}
            if len(faces) == 4:  # upright and slanted, each light and bold
                fonts = Fonts(include_system_fonts=False, font_paths=[folder, *(other for other in folders if other != folder)])
                if sets(_NEEDED, [family], fonts, fallback=False):
                    return Typeface(family, fonts)
    return Typeface(BUILT_IN, system)


def sets(text: str, families: list[str], fonts: Fonts, *, fallback: bool) -> bool:
    """Tell whether a page with a text can be set in all four faces, which PDF/A allows only if each letter is there."""
    from typst import TypstError
    from typst import compile as set_pages

    names = ", ".join(f'"{name}"' for name in families)
    letters = "".join(f"\\u{{{ord(letter):x}}}" for letter in text)
    page = (
        '#set document(title: "-", date: auto)\n'
        f'#set text(lang: "vi", font: ({names},), fallback: {str(fallback).lower()})\n'
        '#for weight in ("regular", "bold") { for style in ("normal", "italic") '
        f'{{ text(weight: weight, style: style, "{letters}") }} }}'
    )
    try:
        set_pages(page.encode(), font_paths=fonts, pdf_standards=STANDARDS, timestamp=0)
    except TypstError:
        return False
    return True
