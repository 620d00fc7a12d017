"""The chart library plotly.js as it is put into a page: deflated, and named in the policy by its hash."""

from __future__ import annotations

import base64
import hashlib
import zlib
from functools import cache
from pathlib import Path
from threading import Lock

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from bcanalysis.files import write_text

_packing = Lock()
SHARED = f"assets/plotly-{get_plotlyjs_version()}.min.js"  # place of the shared library in a folder of reports


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


@cache
def plotly_hash() -> str:
    """Give the name of plotly.js in a content security policy.

    Returns
    -------
    str
        ``'sha256-...'`` with its quotes.
    """
    return script_hash(get_plotlyjs())


def deflated_plotly() -> str:
    """Pack plotly.js.

    Returns
    -------
    str
        The library deflated (zlib) and written in base64, about two fifths of its size.
    """
    with _packing:  # reports that end together need not both do it
        return _deflated()


@cache
def _deflated() -> str:
    return base64.b64encode(zlib.compress(get_plotlyjs().encode(), 7)).decode()


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
