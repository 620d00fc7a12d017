"""A number of a sentence, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bcanalysis.wording.reading.tokens import Token, edge, grammar

VERBS = frozenset({"rise", "fall", "equal", "beyond", "share", "than", "multiple"})
BREAKS = frozenset({"comma", "semicolon", "colon", "open", "close", "and", "part"})
SEPARATES = frozenset({"comma", "semicolon", "and"})


@dataclass(frozen=True)
class Fact:
    """A number and what it says.

    Parameters
    ----------
    role : str
        ``value``, ``planned`` (the plan itself), ``growth``, ``index``, ``ratio``, ``times`` (a multiple that can be meant in two
        ways), ``plan``, ``over``, ``change``, ``listed`` (a number without a unit), ``aside`` (no statement, but its subject is
        spoken of further), or ``none``.
    number : Decimal or None
        The number as it counts for its role: a fall is negative.
    token : Token
        The number as written.
    first, last : int
        The first and last token of its phrase, with verb and basis.
    base : Token or None
        What it is compared with.
    qualifier : str
        The word before it.
    note : str
        What is not clear about it.
    measure : str
        What changed, if that is said: ``về lượng``.
    verb : str
        Kind of the verb before it.
    """

    role: str
    number: Decimal | None
    token: Token
    first: int
    last: int
    base: Token | None = None
    qualifier: str = ""
    note: str = ""
    measure: str = ""
    verb: str = ""


def is_light(words: str) -> bool:
    """Tell whether words stand beside a verb and name nothing.

    Parameters
    ----------
    words : str
        Words of a sentence.

    Returns
    -------
    bool
        True for "cũng đã", False for "chỉ số".

    Examples
    --------
    >>> is_light("cũng đã"), is_light("chỉ số")
    (True, False)
    """
    light = grammar()["light"]
    if re.search(r"(?<!\w)(?:chỉ|tổng) số", words, re.IGNORECASE):
        return False
    return all(word.casefold() in light for word in re.findall(r"\w+", words))


def speaks_of_quantity(measure: str) -> bool:
    """Tell whether a growth is told of quantities, not of money.

    Parameters
    ----------
    measure : str
        For example ``về lượng``.

    Returns
    -------
    bool
        False for ``về giá trị``.

    Examples
    --------
    >>> speaks_of_quantity("về lượng"), speaks_of_quantity("về giá trị")
    (True, False)
    """
    return bool(edge("quantity", "WORDS").search(measure))
