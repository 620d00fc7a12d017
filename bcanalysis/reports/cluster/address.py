"""A folder of reports at an address, such as a bucket: what a batch reads and appends is mirrored, the rest only known to be there.

Plain fsspec: of a path library we would use four methods, and the files that are appended to, locked and renamed here need a local
folder all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bcanalysis.errors import UsageError
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.run_file import RUNS

_ASIDE = ".part-"  # in the name of a file that is being written


def is_address(out: str) -> bool:
    """Tell an address from a folder.

    Parameters
    ----------
    out : str
        Where the reports are to be.

    Returns
    -------
    bool
        Whether it is an address.
    """
    return "://" in out


class Address:
    """A folder at an address that fsspec knows.

    Parameters
    ----------
    address : str
        For example ``s3://bucket/reports``; a plain path is one, too.
    """

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs

            self._files, root = url_to_fs(address)
        except (ValueError, ImportError) as error:
            raise UsageError(f"out: got {address}; expected a folder, or an address that can be opened here ({error})") from None
        self._files.invalidate_cache()
        self._root = str(root).rstrip("/")
        self._known: dict[Path, tuple[int, int]] = {}

    def fetch(self, folder: Path, jobs: Sequence[Job]) -> None:
        """Mirror it, and clear away what was left half-written.

        Parameters
        ----------
        folder : pathlib.Path
            An empty folder. The run records and the pages of the jobs are fetched; every other file is an empty one of its name.
        jobs : sequence of Job
            The reports that are asked for.
        """
        pages = {f"{job.stem}.html" for job in jobs}
        for path in self._files.find(self._root):
            name = str(path).removeprefix(self._root).lstrip("/")
            if _ASIDE in name:
                self._files.rm_file(path)
                continue
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if name in pages or file.name == RUNS:
                self._files.get_file(path, str(file))
            else:
                file.touch()
        self._known = dict(_written(folder))

    def push(self, folder: Path) -> None:
        """Put there what was written into the mirror since it was fetched or last pushed.

        Parameters
        ----------
        folder : pathlib.Path
            The mirror.
        """
        for file, state in _written(folder):
            if self._known.get(file) != state:
                self.put(file, file.relative_to(folder).as_posix())
                self._known[file] = state

    def put(self, file: Path, name: str) -> None:
        """Put a file there, whole or not at all.

        Parameters
        ----------
        file : pathlib.Path
            The file.
        name : str
            Its place.
        """
        target = f"{self._root}/{name}"
        parent = target.rpartition("/")[0]
        aside = f"{parent}/{_ASIDE}{uuid4().hex}"
        self._files.makedirs(parent, exist_ok=True)
        self._files.put_file(str(file), aside)
        self._files.mv(aside, target)

    @contextmanager
    def token(self) -> Iterator[str]:
        """Leave a file there for a moment, by which others know the place.

        Yields
        ------
        str
            Its name.
        """
        name = f"{_ASIDE}{uuid4().hex}"
        self._files.makedirs(self._root, exist_ok=True)
        self._files.pipe_file(f"{self._root}/{name}", b"here")
        try:
            yield name
        finally:
            self._files.rm_file(f"{self._root}/{name}")

    def has(self, name: str) -> bool:
        """Tell whether a file is there.

        Parameters
        ----------
        name : str
            Its place.

        Returns
        -------
        bool
            Whether it is.
        """
        return bool(self._files.exists(f"{self._root}/{name}"))


def _written(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """List the files that have a content, with what changes when they are written anew."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            state = file.stat()
            if state.st_size:
                yield file, (state.st_mtime_ns, state.st_size)


@contextmanager
def opened(out: str, jobs: Sequence[Job]) -> Iterator[Path]:
    """Give the folder of reports, or a mirror of the one at an address, to look at.

    Parameters
    ----------
    out : str
        The folder or the address.
    jobs : sequence of Job
        What is asked for.

    Yields
    ------
    pathlib.Path
        A folder.
    """
    if not is_address(out):
        yield Path(out)
        return
    with TemporaryDirectory() as mirror:
        Address(out).fetch(Path(mirror), jobs)
        yield Path(mirror)
