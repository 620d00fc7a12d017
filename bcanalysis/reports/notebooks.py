"""Notebooks as the batch sees them: a name, a title, and the parameters they declare.

Read as plain JSON: a mistyped parameter must be refused at once, before anything heavy is imported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bcanalysis.dataset.locate import find_upwards
from bcanalysis.errors import UsageError, nearest
from bcanalysis.reports.parameters import declared_parameters

ONLY_BY_NAME = "bcanalysis_only_by_name"  # in the metadata of a notebook that is no part of a batch unless it is named


@dataclass(frozen=True)
class Notebook:
    """A notebook that can be run with parameters.

    Parameters
    ----------
    path : pathlib.Path
        Its file.
    """

    path: Path

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @cached_property
    def _content(self) -> Mapping[str, Any]:
        try:
            content: Mapping[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
            return {"metadata": {}, **content, "cells": content["cells"]}
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{self.path.name}: got {type(error).__name__}; expected a Jupyter notebook, version 4") from error

    @property
    def cells(self) -> list[Mapping[str, Any]]:
        """The cells, as they stand in the file.

        Raises
        ------
        UsageError
            If it is no notebook.
        """
        cells: list[Mapping[str, Any]] = self._content["cells"]
        return cells

    @property
    def only_by_name(self) -> bool:
        """Whether it is made into a report only if it is asked for by its name, as its metadata may say."""
        return bool(self._content["metadata"].get(ONLY_BY_NAME))

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The names and defaults of the cell tagged ``parameters``.

        Raises
        ------
        UsageError
            If there is no such cell or it holds anything but literals.
        """
        tagged = [cell for cell in self.cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
        if len(tagged) != 1:
            raise UsageError(
                f'{self.path.name}: got {len(tagged) or "no"} cells tagged "parameters"; expected one. '
                "Tag the cell that sets the defaults, or its values would be run over by the notebook's own"
            )
        try:
            return declared_parameters("".join(tagged[0]["source"]))
        except ValueError as error:
            raise UsageError(
                f'{self.path.name}: the cell tagged "parameters" holds more than literals; expected lines such as period = "2018H1"'
            ) from error


def find_notebooks(names: list[str] | None = None, folder: Path | None = None) -> list[Notebook]:
    """Find notebooks by name or path.

    Parameters
    ----------
    names : list of str, optional
        Names of notebooks in the folder, or paths of notebooks anywhere; by default all of the folder
        but those that are made only if they are named.
    folder : pathlib.Path, optional
        By default ``notebooks/`` beside or above the working directory.

    Returns
    -------
    list of Notebook
        In the order asked for, each once; all of a folder by name.

    Raises
    ------
    UsageError
        If a notebook does not exist; the nearest name is suggested.
    """
    if names and all(Path(name).suffix == ".ipynb" for name in names):
        known: dict[str, Notebook] = {}
    else:
        folder = folder or find_upwards("notebooks", "*.ipynb")
        known = {path.stem: Notebook(path) for path in sorted(folder.glob("*.ipynb"))}
    if not names:
        return [notebook for notebook in known.values() if not notebook.only_by_name]
    return list({notebook.path: notebook for notebook in (_named(name, known) for name in names)}.values())


def _named(name: str, known: Mapping[str, Notebook]) -> Notebook:
    path = Path(name)
    if path.suffix == ".ipynb":
        if not path.is_file():
            raise UsageError(f"notebook: got {name}; there is no such file")
        return Notebook(path)
    if name not in known:
        raise UsageError(
            f'notebook: got "{name}"; expected the name of a notebook in notebooks/, or a path. {nearest(name, known)}'
        )
    return known[name]
