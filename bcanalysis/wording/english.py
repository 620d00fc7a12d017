"""The little English grammar that names of indicators and units need: agreement of the verb, and the singular of a unit."""

from __future__ import annotations

# The noun that rules the verb stands before the first of these in the name of an indicator.
_AFTER_THE_NOUN = frozenset({"of", "in", "at", "to", "by", "on", "for", "from", "with", "through", "per", "and"})
_PLURAL_VERBS = {"is": "are", "was": "were"}
_SCALES = frozenset({"thousand", "million", "billion"})


def agree(verb: str, label: str) -> str:
    """Put a verb into the plural if the name before it is one.

    Parameters
    ----------
    verb : str
        A verb in the singular, such as ``is estimated at``.
    label : str
        The name of an indicator.

    Returns
    -------
    str
        The verb.

    Examples
    --------
    >>> agree("is estimated at", "Retail sales of goods"), agree("is estimated at", "Value of electricity sales")
    ('are estimated at', 'is estimated at')
    """
    words = label.lower().replace(",", " ").split()
    noun = next((words[:place] for place, word in enumerate(words) if word in _AFTER_THE_NOUN), words)
    if not any(word == "people" or (word.endswith("s") and not word.endswith("ss")) for word in noun):
        return verb
    first, space, rest = verb.partition(" ")
    return _PLURAL_VERBS.get(first, first) + space + rest


def unit_for(number: str, unit: str) -> str:
    """Put a unit into the singular after one.

    Parameters
    ----------
    number : str
        The number as printed.
    unit : str
        The unit, in the plural.

    Returns
    -------
    str
        The unit.

    Examples
    --------
    >>> unit_for("1", "beneficiaries"), unit_for("1", "units inspected"), unit_for("1", "million pieces"), unit_for("2", "cases")
    ('beneficiary', 'unit inspected', 'million pieces', 'cases')
    """
    words = unit.split()
    if number != "1" or not words or words[0] in _SCALES:
        return unit
    place = next((place for place in reversed(range(len(words))) if words[place].endswith("s")), None)
    if place is None:
        return "person" if unit == "people" else unit
    word = words[place]
    words[place] = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return " ".join(words)
