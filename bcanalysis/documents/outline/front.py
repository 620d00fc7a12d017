"""What stands before the text of an outline: keys and values between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields

from bcanalysis.documents.outline.model import Faults, Front, Place
from bcanalysis.documents.profile import profile
from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period
from bcanalysis.wording.terms import LANGUAGES

FENCE = "---"
_LISTS = ("addressees", "recipients")
_KEYS = {part.name: part for part in fields(Front) if part.name != "places"}
_PAIR = re.compile(r"(?P<key>[^\s:]+):\s*(?P<value>.*?)\s*")
_ENTRY = re.compile(r"\s*-\s+(?P<value>.*?)\s*")


def read_front(lines: Iterable[tuple[int, str]], end: Place, faults: Faults) -> Front | None:
    """Read the front matter.

    Parameters
    ----------
    lines : iterable of (int, str)
        Number and text of each line between the dashes.
    end : Place
        Where it ends; what is missing is missed there.
    faults : Faults
        Where faults are added.

    Returns
    -------
    Front or None
        What it says; None if it has faults.
    """
    before = len(faults.found)
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    current = ""
    for number, line in lines:
        if not line.strip():
            continue
        entry, pair = _ENTRY.fullmatch(line), _PAIR.fullmatch(line)
        if entry and current in _LISTS:
            lists[current].append(entry["value"])
        elif not pair:
            faults.add(Place(number, 1), f'"{line.strip()}"', '"key: value", or "- item" below the key of a list')
        elif (current := pair["key"]) not in _KEYS:
            faults.add(Place(number, 1), f'the key "{current}"', f"one of {', '.join(_KEYS)}", nearest(current, _KEYS))
        elif current in places:
            faults.add(Place(number, 1), f'"{current}" again', f"each key once; it stands in line {places[current].line} already")
        else:
            places[current] = Place(number, pair.start("value") + 1)
            if current in _LISTS:
                lists[current] = [pair["value"]] if pair["value"] else []
            else:
                values[current] = pair["value"]
    for key in _KEYS:
        if _is_needed(key) and not (values.get(key) or lists.get(key)):
            faults.add(places.get(key, end), f'no "{key}"', f'"{key}:" with its {"items" if key in _LISTS else "value"}')
    read = _checked(values, places, faults)
    if len(faults.found) > before or read is None:
        return None
    told = {key: value for key, value in values.items() if key != "period" and value}
    return Front(read, **told, **{key: tuple(items) for key, items in lists.items()}, places=places)  # type: ignore[arg-type]


def _is_needed(key: str) -> bool:
    return _KEYS[key].default is MISSING and _KEYS[key].default_factory is MISSING


def _checked(values: Mapping[str, str], places: Mapping[str, Place], faults: Faults) -> Period | None:
    """Give the period, after a look at the values that must be codes."""
    lang, read = values.get("lang") or LANGUAGES[0], None
    if lang not in LANGUAGES:
        faults.add(places["lang"], f'the language "{lang}"', f"one of {', '.join(LANGUAGES)}", nearest(lang, LANGUAGES))
    try:
        if values.get("profile"):
            profile(values["profile"])
    except UsageError as error:
        faults.add(places["profile"], f'the profile "{values["profile"]}"', "a layout that comes with the package", str(error))
    try:
        if values.get("period"):
            read = Period.parse(values["period"])
    except UsageError as error:
        faults.add(places["period"], f'the period "{values["period"]}"', "a period such as 2018H1", str(error))
    return read
