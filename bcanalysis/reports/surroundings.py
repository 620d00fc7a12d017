"""What a report rests on beside its data and the library's own code: the packages, the commit."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "bcanalysis pandas numpy plotly papermill nbclient nbconvert nbformat ipykernel ipython jinja2 bleach beautifulsoup4"
).split()
SHIPPED_COMMIT = ".commit.json"  # beside tables that were sent from another machine: what `commit` said there


@cache
def versions() -> Mapping[str, str]:
    """List the versions of Python and of the packages that can change a page, as they are when first asked for.

    Returns
    -------
    mapping of str to str
        By name; a package that is not installed is left out.
    """
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def commit(folder: Path) -> dict[str, str | bool] | None:
    """Say which commit a folder is at, and whether it has been changed since.

    Parameters
    ----------
    folder : pathlib.Path
        A folder of the project.

    Returns
    -------
    dict or None
        ``commit`` and ``dirty``; None where git or a repository is missing.
    """
    shipped = folder / SHIPPED_COMMIT
    if shipped.is_file():
        told_there: dict[str, str | bool] | None = json.loads(shipped.read_text(encoding="utf-8"))
        return told_there
    command = ["git", "--no-optional-locks", "-C", str(folder), "status", "--porcelain=v2", "--branch", "--no-renames"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    lines = told.splitlines()
    at = [line.removeprefix("# branch.oid ") for line in lines if line.startswith("# branch.oid ")]
    return {"commit": at[0], "dirty": any(not line.startswith("#") for line in lines)} if at else None
