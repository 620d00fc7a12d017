"""Checked tables, handed on to processes that are about to read the very same bytes, so that nothing is checked twice.

Whoever has checked tables keeps them in a file without a name, and says to the processes it starts where it is, beside the hash of
the bytes that were checked. Who finds other bytes in the data folder, or is other code, reads and checks for itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pandas as pd

from bcanalysis.errors import Fault
from bcanalysis.own_code import source_sha256

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset
    from bcanalysis.dataset.tables import FileUsed

Checked = tuple[dict[str, pd.DataFrame], tuple[Fault, ...], pd.DataFrame]
_places: dict[str, str] = {}  # told once, when the process begins


@contextmanager
def handed_on(datasets: Iterable[Dataset]) -> Iterator[str]:
    """Keep checked tables for other processes of this user, as long as this lasts and this process lives.

    Parameters
    ----------
    datasets : iterable of Dataset
        What has been loaded.

    Yields
    ------
    str
        What the other processes are to be told, see :func:`tell`; empty on systems without such files.
    """
    with ExitStack() as files:
        places = {}
        for dataset in datasets if hasattr(os, "memfd_create") else ():
            if dataset.stored is not None:  # each reads no more than it needs
                continue
            file = files.enter_context(open(os.memfd_create("bcanalysis-tables"), "wb"))
            key = _key(dataset.files)
            file.write(key.encode())
            pickle.dump(dataset.checked, file, pickle.HIGHEST_PROTOCOL)
            file.flush()
            places[key] = f"/proc/{os.getpid()}/fd/{file.fileno()}"
        yield json.dumps(places) if places else ""


def tell(places: str) -> None:
    """Let this process know where it finds tables that were checked already.

    Parameters
    ----------
    places : str
        What :func:`handed_on` gave; empty for none.
    """
    _places.clear()
    _places.update(json.loads(places or "{}"))


def anything() -> bool:
    """Tell whether anything was handed to this process at all."""
    return bool(_places)


def taken(files: Sequence[FileUsed]) -> Checked | None:
    """Take the tables that were checked when files had the bytes that they have now.

    Parameters
    ----------
    files : sequence of FileUsed
        The descriptor and the tables, as they lie in the data folder.

    Returns
    -------
    tuple or None
        The tables by name, what there is to warn of, and the statements; None if nobody has handed them on.
    """
    key = _key(files)
    try:
        with open(_places[key], "rb") as file:
            if file.read(len(key)) != key.encode():
                return None
            checked: Checked = pickle.load(file)  # noqa: S301  (written by the process that has started this one)
    except (KeyError, OSError):  # tables that nobody has handed on, or somebody who is gone
        return None
    return checked


def _key(files: Sequence[FileUsed]) -> str:
    """Hash what tables come from: the bytes of their files, and the code that reads and checks them."""
    told = [source_sha256(), pd.__version__, *([file.name, file.sha256] for file in files)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
