"""Whether the code that a process has loaded is still what lies on disk."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_TICK = 20_000_000  # nanoseconds: file times move in steps, and lag behind the clock by one at the most

Stamp = tuple[int, int, int]


class Sources:
    """The files behind the modules of this process, as they were when it loaded them.

    Parameters
    ----------
    since : int
        When loading began, in nanoseconds; a file that was written later may have been loaded before or after.
    """

    def __init__(self, since: int) -> None:
        self._seen = {file: _stamp(file) for file in _files()}
        now = time.time_ns()
        self._in_doubt = [file for file, stamp in self._seen.items() if stamp and since - _TICK <= stamp[0] <= now]

    def changed(self) -> list[str]:
        """List the files that are no longer what was loaded.

        Returns
        -------
        list of str
            Paths: of files changed or gone, and of files written while they were being loaded.
        """
        return self._in_doubt + [file for file, stamp in self._seen.items() if _stamp(file) != stamp]


def _stamp(file: str) -> Stamp | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _files() -> Iterator[str]:
    """List the files of all modules, and everything in this package: its words and tables are files too."""
    loaded = {str(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    own = {str(path) for path in Path(__file__).parents[1].rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    yield from sorted(loaded | own)
