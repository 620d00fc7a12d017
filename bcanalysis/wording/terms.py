"""The words a reader sees, in Vietnamese and English, looked up by key."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("vi", "en")


@cache
def group(name: str) -> dict[str, dict[str, str]]:
    """Read one group of words.

    Parameters
    ----------
    name : str
        Name of a file in ``wording/terms`` without its ending.

    Returns
    -------
    dict
        Key to ``{"vi": ..., "en": ...}``.
    """
    text = files("bcanalysis.wording").joinpath("terms", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def term(key: str, lang: str = "vi", **values: object) -> str:
    """Give the words for a key.

    Parameters
    ----------
    key : str
        ``group.key``, for example ``page.show_code``.
    lang : {"vi", "en"}
        Language.
    **values : object
        Fill the ``{name}`` places of the text.

    Returns
    -------
    str
        The words.

    Raises
    ------
    KeyError
        If there is no such key or language: a fault of the program, not of the data.
    """
    name, _, rest = key.partition(".")
    words = group(name).get(rest, {})
    if lang not in words:
        raise KeyError(f'no words for "{key}" in "{lang}"')
    text = words[lang]
    return text.format(**values) if values else text
