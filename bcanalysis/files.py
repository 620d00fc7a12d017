"""Files that are whole or not there: written aside, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bcanalysis.errors import UsageError


def _usual_mode() -> int:
    """Give the mode of an ordinary new file; the mask can only be read by setting it, so this is done once, before any thread."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


_MODE = _usual_mode()
_ASIDE = ".part-"  # in the name of a file that is being written


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give a place beside a file to write it; it takes the file's name when all went well.

    Parameters
    ----------
    path : pathlib.Path
        The file that is to be; its folder is made.

    Yields
    ------
    pathlib.Path
        The place to write to, with the same ending.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}{_ASIDE}", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        yield aside
        aside.chmod(_MODE)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text file, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    text : str
        Its content.

    Returns
    -------
    pathlib.Path
        The file.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    content : bytes
        Its content.

    Returns
    -------
    pathlib.Path
        The file.
    """
    with written_aside(path) as aside:
        aside.write_bytes(content)
    return path


def append_line(path: Path, line: str) -> None:
    """Append a line to a file in one write, after a torn last line if there is one.

    Parameters
    ----------
    path : pathlib.Path
        The file; made with its folder if it is not there.
    line : str
        The line, without its end.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    torn = path.exists() and path.stat().st_size > 0 and path.read_bytes()[-1:] != b"\n"
    with path.open("ab") as file:
        file.write((("\n" if torn else "") + line + "\n").encode("utf-8"))


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only run that writes into a folder, and clear away what a run that was killed has left half-written.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; it is made.

    Raises
    ------
    UsageError
        If another run is writing into it. The lock ends with the process that holds it, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"out: got {folder}, where another run is writing; wait for its end, or name another folder") from None
    try:
        for left in folder.rglob(f".*{_ASIDE}*"):
            left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()
