"""The package of a Word file: nothing in it but what we put there, and the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx

from bcanalysis.documents.word.elements import w

if TYPE_CHECKING:
    from docx.document import Document as Package

_KEPT = ("styles", "settings", "numbering", "core-properties", "officeDocument")
_COMPATIBLE = 15  # Word 2013 and later: no "compatibility mode"
_MICROSOFT = "http://schemas.microsoft.com/office/word"


def empty_package(title: str, lang: str, styles: list[Any]) -> Package:
    """Make a package that holds styles and no words; of its template nothing is left, neither names nor times."""
    package = docx.Document()
    for holder in (package.part.package, package.part):
        for key in [key for key, relation in holder.rels.items() if relation.reltype.rsplit("/", 1)[-1] not in _KEPT]:
            del holder.rels[key]
    _refill(package.styles.element, styles)
    _refill(package.settings.element, _settings(lang))
    _refill(package.part.numbering_part.element, [])
    properties = package.core_properties
    _refill(properties._element, [])
    properties.title, properties.language = title, {"vi": "vi-VN", "en": "en-GB"}[lang]
    return package


def pack(package: Package) -> bytes:
    """Write a package as bytes that hold no time of writing."""
    written = BytesIO()
    package.save(written)
    again = BytesIO()
    with ZipFile(written) as source, ZipFile(again, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return again.getvalue()


def _refill(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _settings(lang: str) -> list[Any]:
    tongue, decimal, separator = {"vi": ("vi-VN", ",", ";"), "en": ("en-GB", ".", ",")}[lang]
    mode = w("compatSetting", name="compatibilityMode", uri=_MICROSOFT, val=_COMPATIBLE)
    return [
        w("zoom", percent=100),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", mode),
        w("themeFontLang", val=tongue),
        w("decimalSymbol", val=decimal),
        w("listSeparator", val=separator),
    ]
