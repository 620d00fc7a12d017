"""Where the figures and notebooks of a project lie."""

from __future__ import annotations

from pathlib import Path

from bcanalysis.errors import UsageError

DESCRIPTOR = "datapackage.json"


def find_data(folder: str | Path | None = None) -> Path:
    """Find the folder with the tables.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder itself; by default ``data/`` beside or above the working directory, so that a notebook finds the same tables
        run by hand in ``notebooks/`` and run from the root of the project.

    Returns
    -------
    pathlib.Path
        The folder that holds ``datapackage.json``.

    Raises
    ------
    UsageError
        If there is no such folder.
    """
    if folder:
        found = Path(folder).expanduser()
        if not (found / DESCRIPTOR).is_file():
            raise UsageError(f"data: got {found}; expected a folder with {DESCRIPTOR}")
        return found
    return find_upwards("data", DESCRIPTOR)


def find_upwards(name: str, witness: str) -> Path:
    """Find a folder of the project beside or above the working directory.

    Parameters
    ----------
    name : str
        The folder's name.
    witness : str
        A glob pattern that something in it must match.

    Returns
    -------
    pathlib.Path
        The nearest such folder.

    Raises
    ------
    UsageError
        If there is none.
    """
    here = Path.cwd()
    for root in (here, *here.parents):
        if any((root / name).glob(witness)):
            return root / name
    raise UsageError(
        f"{name}/: none found in {here} or above; expected a folder with {witness}. Work inside the project, or name the folder"
    )
