"""Words that stand on a page as their source wrote them, and their mark of language in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Columns that hold what sources, and those who keep the tables, wrote themselves.
_QUOTED = (
    "source_title prior_source_title plan_source_title first_source_title later_source_title titles printed read_as reason "
    "link_reason plan_link_reason"
).split()
_ENGLISH_WORD = re.compile(r"[a-z]{4,}")


def language_of(text: str) -> str | None:
    """Tell in which language a quote is written.

    Parameters
    ----------
    text : str
        The quote.

    Returns
    -------
    str or None
        ``vi`` with letters beyond ASCII, ``en`` with a plain word of four letters or more; None for what is the same in any
        language, and for abbreviations.

    Examples
    --------
    >>> language_of("gần 3.000 người"), language_of("some 1,140 million USD"), language_of("474 TTHC")
    ('vi', 'en', None)
    """
    if any(letter.isalpha() and not letter.isascii() for letter in text):
        return "vi"
    return "en" if any(_ENGLISH_WORD.fullmatch(word) for word in text.split()) else None


def quotes(frame: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """Find what a frame quotes from another language than that of the page.

    Parameters
    ----------
    frame : pandas.DataFrame
        What is shown: a comparison, a history, a listing.
    lang : {"vi", "en"}
        Language of the page.

    Returns
    -------
    tuple of str
        Titles of sources, printed words and reasons in another language, each once.

    Examples
    --------
    >>> import pandas as pd
    >>> shown = pd.DataFrame({"label_vi": ["Xuất khẩu"], "source_title": ["Niên giám"], "printed": ["12.6 billion"]})
    >>> quotes(shown, "en"), quotes(shown, "vi")
    (('Niên giám',), ('12.6 billion',))
    """
    told = dict.fromkeys(text for name in frame for cell in frame[name] for text in _texts(str(name), cell))
    return tuple(text for text in told if language_of(text) not in (None, lang))


def _texts(name: str, cell: object) -> Iterator[str]:
    """Find the quoted texts in a cell, also in the statements that it holds."""
    if isinstance(cell, str):
        yield from (cell,) if name in _QUOTED else ()
    elif isinstance(cell, Mapping):
        for key, value in cell.items():
            yield from _texts(str(key), value)
    elif isinstance(cell, list | tuple):
        for value in cell:
            yield from _texts(name, value)


def marked(text: str, quoted: Sequence[str]) -> str:
    """Write a text as HTML, with the language of each quote in it.

    Parameters
    ----------
    text : str
        Plain text; a quote may be broken over its lines.
    quoted : sequence of str
        The quotes, as :func:`quotes` gives them.

    Returns
    -------
    str
        Harmless HTML.

    Examples
    --------
    >>> marked("Source: Niên giám (2018)", ["Niên giám"])
    'Source: <span lang="vi">Niên giám</span> (2018)'
    """
    if not quoted:
        return escape(text)
    longest_first = sorted(quoted, key=len, reverse=True)
    found = re.compile("|".join(r"\s+".join(map(re.escape, quote.split())) for quote in longest_first))
    parts, start = list[str](), 0
    for quote in found.finditer(text):
        mark = f'<span lang="{language_of(quote.group())}">{escape(quote.group())}</span>'
        parts += [escape(text[start : quote.start()]), mark]
        start = quote.end()
    return "".join([*parts, escape(text[start:])])
