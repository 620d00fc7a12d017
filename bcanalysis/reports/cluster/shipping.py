"""What a machine needs to make a report that it does not have: the notebook's text and the tables, sent along with the job.

A worker that sees the same tables in the same folder works there, as this machine would. Another gets a folder of its own in which
a kernel finds them under the same name; a page does not tell the one from the other.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from bcanalysis.dataset.locate import DESCRIPTOR, find_data
from bcanalysis.dataset.schema import read_schemas
from bcanalysis.errors import UsageError
from bcanalysis.files import write_text
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.notebooks import Notebook
from bcanalysis.reports.surroundings import SHIPPED_COMMIT, commit

_unpacking = threading.Lock()


@dataclass(frozen=True)
class Tables:
    """A folder of tables.

    Parameters
    ----------
    folder : str
        Where it lies on the machine that sends it.
    inside : str or None
        Where a kernel looks for it under its working directory; None if it is named in a way that leads elsewhere.
    files : mapping of str to bytes
        Contents by name: the descriptor and the tables.
    commit : mapping or None
        What git says of the folder.
    """

    folder: str
    inside: str | None
    files: Mapping[str, bytes]
    commit: Mapping[str, str | bool] | None

    def are_here(self) -> bool:
        """Whether this machine sees the same files in the same place."""
        try:
            return all(Path(self.folder, name).read_bytes() == content for name, content in self.files.items())
        except OSError:
            return False


@dataclass(frozen=True)
class Inputs:
    """What all reports of a batch are made from, beside their notebooks.

    Parameters
    ----------
    cwd : str
        The working directory.
    tables : tuple of Tables
        The folders of tables that the reports name.
    """

    cwd: str
    tables: tuple[Tables, ...]

    def working_folder(self, scratch: Path) -> Path:
        """Give the folder in which kernels find the tables on this machine.

        Parameters
        ----------
        scratch : pathlib.Path
            Where this machine may unpack what it does not see.

        Returns
        -------
        pathlib.Path
            The sender's own working directory where it is shared, otherwise one under `scratch`.

        Raises
        ------
        UsageError
            If a folder is neither seen nor can be put where a kernel would look for it.
        """
        unseen = [tables for tables in self.tables if not tables.are_here()]
        if not unseen and Path(self.cwd).is_dir():
            return Path(self.cwd)
        for tables in unseen:
            if tables.inside is None:
                raise UsageError(
                    f"data: got {tables.folder}, which does not hold the same tables there; "
                    "expected a folder inside the working directory, or one that all machines share"
                )
        place = scratch / f"tables-{self._key()}"
        with _unpacking:
            self._unpack(place)
        return place

    def _unpack(self, place: Path) -> None:
        for tables in self.tables:
            if tables.inside is None or (place / tables.inside / SHIPPED_COMMIT).is_file():
                continue
            folder = place / tables.inside
            for name, content in tables.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            write_text(folder / SHIPPED_COMMIT, json.dumps(tables.commit))  # last: what has it is complete

    def _key(self) -> str:
        total = hashlib.sha256(self.cwd.encode())
        for tables in self.tables:
            for name, content in tables.files.items():
                total.update(f"{tables.folder}\0{tables.inside}\0{name}\0".encode() + hashlib.sha256(content).digest())
        return total.hexdigest()[:16]


def inputs_of(jobs: Sequence[Job]) -> Inputs:
    """Gather what a batch is made from.

    Parameters
    ----------
    jobs : sequence of Job
        The reports.

    Returns
    -------
    Inputs
        To be sent to a worker.
    """
    return Inputs(str(Path.cwd()), tuple(_tables(named) for named in dict.fromkeys(job.data for job in jobs)))


def _tables(named: str) -> Tables:
    folder = find_data(named).absolute()
    names = [DESCRIPTOR, *(schema.path for schema in read_schemas(folder).values() if not schema.address)]
    path = PurePath(named or "data")
    outside = path.is_absolute() or ".." in path.parts or named.startswith("~")
    files = {name: (folder / name).read_bytes() for name in names}
    return Tables(str(folder), None if outside else path.as_posix(), files, commit(folder))


def with_notebook(job: Job, text: str, scratch: Path) -> Job:
    """Give a job whose notebook lies on this machine.

    Parameters
    ----------
    job : Job
        As it was sent.
    text : str
        Content of its notebook.
    scratch : pathlib.Path
        Where this machine may put it.

    Returns
    -------
    Job
        The same report.
    """
    place = scratch / f"notebook-{hashlib.sha256(text.encode()).hexdigest()[:16]}" / job.notebook.path.name
    return replace(job, notebook=Notebook(place if place.is_file() else write_text(place, text)))
