"""How official documents count: Roman numbers, and letters in Vietnamese order."""

from __future__ import annotations

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the letters by which Vietnamese lists count, in their order
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Write a number in Roman letters.

    Parameters
    ----------
    number : int
        From 1.

    Returns
    -------
    str
        The letters; from 50 on there are more X than usual.

    Examples
    --------
    >>> [roman(number) for number in (1, 4, 9, 14, 38)]
    ['I', 'IV', 'IX', 'XIV', 'XXXVIII']
    """
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Give the letter of a list item.

    Parameters
    ----------
    number : int
        Its place, from 1.

    Returns
    -------
    str
        One letter, after ``y`` two.

    Examples
    --------
    >>> [letter(number) for number in (1, 5, 23, 24)]
    ['a', 'đ', 'y', 'aa']
    """
    before, last = divmod(number - 1, len(LETTERS))
    return (letter(before) if before else "") + LETTERS[last]
