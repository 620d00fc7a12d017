"""The chart library plotly.js as it is put into a page: deflated, and named in the policy by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Collection
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from threading import Lock

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from bcanalysis.files import write_text

SHARED = f"assets/plotly-{get_plotlyjs_version()}.min.js"  # place of the shared library in a folder of reports
_BASIC_KINDS = frozenset({"bar", "pie", "scatter"})


def script_hash(script: str) -> str:
    """Give the name of a script in a content security policy.

    Parameters
    ----------
    script : str
        The script exactly as the browser will run it.

    Returns
    -------
    str
        ``'sha256-...'`` with its quotes.

    Examples
    --------
    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class Library:
    """One build of plotly.js.

    Parameters
    ----------
    read : callable
        Gives its script.
    """

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._packing = Lock()

    @cached_property
    def script(self) -> str:
        """The script as the browser runs it."""
        return self._read()

    @cached_property
    def hash(self) -> str:
        """The name of the script in a content security policy, ``'sha256-...'`` with its quotes."""
        return script_hash(self.script)

    @property
    def deflated(self) -> str:
        """The script deflated (zlib) and written in base64, about two fifths of its size."""
        with self._packing:  # reports that end together need not both do it
            return self._deflated

    @cached_property
    def _deflated(self) -> str:
        return base64.b64encode(zlib.compress(self.script.encode(), 7)).decode()


def library_for(kinds: Collection[str]) -> Library:
    """Choose the smallest build that draws what a page has.

    Parameters
    ----------
    kinds : collection of str
        Kinds of the traces in the page, as plotly names them.

    Returns
    -------
    Library
        The basic build, a quarter of the whole, where it is enough and of the version that the installed plotly is made
        for; else the whole.

    Examples
    --------
    >>> len(library_for({"bar"}).script) < len(library_for({"bar", "heatmap"}).script) / 3
    True
    """
    return basic() if _BASIC_KINDS.issuperset(kinds) and _basic_version() == get_plotlyjs_version() else whole()


@cache
def basic() -> Library:
    """Give the build that draws bars, lines, points and pies; most pages need no more.

    Returns
    -------
    Library
        The build that comes with this package.
    """
    return Library(_read_basic)


@cache
def whole() -> Library:
    """Give the build of plotly's Python package, which draws everything.

    Returns
    -------
    Library
        The build.
    """
    return Library(get_plotlyjs)


def put_library(folder: Path) -> Path:
    """Put plotly.js into a folder of reports, for pages that do not hold their own.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.

    Returns
    -------
    pathlib.Path
        The library's file; one that is there already is left alone.
    """
    path = folder / SHARED
    return path if path.is_file() else write_text(path, get_plotlyjs())


def _read_basic() -> str:
    return files("bcanalysis.reports.plotly_basic").joinpath("plotly-basic.min.js").read_text(encoding="utf-8")


@cache
def _basic_version() -> str:
    named = re.search(r" v(\d+\.\d+\.\d+)$", basic().script[:200], re.MULTILINE)
    return named[1] if named else ""
