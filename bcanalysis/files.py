"""Files that are whole or not there: written aside, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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
_STAGED, _COMMITTED, _SETTLED = ".staged-", ".committed", ".settled-"  # folders of files that take their places together
_LOCK = ".lock"
_PATIENCE = 60.0  # seconds to wait for one's turn


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
    lock = FileLock(folder / _LOCK, timeout=0)
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


@contextmanager
def in_turn(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Wait until nobody else changes the files of a folder together, then finish what one that was killed has left.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    patience : float, optional
        Seconds to wait.

    Raises
    ------
    UsageError
        If another one is still at it after that time. A turn ends with the process that has it, however it ends.
    """
    lock = FileLock(folder / _LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"data: got {folder}, which another run has been changing for {patience:g} seconds; try again") from None
    try:
        _put_in_place(folder)
        yield
    finally:
        lock.release()


def replace_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files of a folder at once: whoever reads through :func:`settle` sees all of them new or all of them old.

    They are written into a folder aside, which takes effect when it gets its name; from there each is put in its place, by this run
    or, if it is killed, by the next one that reads or writes.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; the caller must have its turn (:func:`in_turn`).
    contents : mapping of str to bytes
        What to write, by name inside the folder, such as ``imports/1.json``.
    """
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=folder))
    try:
        for name, content in contents.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        staged.rename(folder / _COMMITTED)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    _put_in_place(folder)


def settle(folder: Path) -> None:
    """Finish a change of several files that was cut off after it had taken effect; where there is none, this costs one look.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.

    Raises
    ------
    UsageError
        If the change must be finished and nothing may be written there.
    """
    if is_settled(folder):
        return
    try:
        with in_turn(folder):
            pass
    except PermissionError:
        raise UsageError(f"data: got {folder}, where an import was cut off; expected the right to finish it there") from None


def is_settled(folder: Path) -> bool:
    """Tell whether no change of several files is on its way."""
    return not (folder / _COMMITTED).is_dir()


def _put_in_place(folder: Path) -> None:
    """Put committed files in their places, and clear away what never took effect; done twice, it does no harm."""
    if not is_settled(folder):
        committed = folder / _COMMITTED
        for path in sorted(path for path in committed.rglob("*") if path.is_file()):
            write_bytes(folder / path.relative_to(committed), path.read_bytes())
        done = folder / f"{_SETTLED}{os.getpid()}"
        committed.rename(done)
    for left in (*folder.glob(f"{_STAGED}*"), *folder.glob(f"{_SETTLED}*")):
        shutil.rmtree(left, ignore_errors=True)
    for part in folder.rglob(f".*{_ASIDE}*"):
        with suppress(OSError):
            part.unlink()
