"""What start-up must not cost: a grammar of seconds that nobody here asks for, and the search for garbage where there is none."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_GRAMMAR = "rfc3987_syntax"  # builds its parser when it is imported; jsonschema imports it to check the format "iri"


def defer_iri_grammar() -> None:
    """Put off the grammar of international addresses until somebody checks one.

    JupyterLab brings the package, jsonschema imports it for every nbformat, and so every process that reads a notebook or shows a
    chart would wait two seconds for it. What checks the format "iri" still gets the real thing, on the first check.
    """
    if _GRAMMAR in sys.modules or "jsonschema" in sys.modules:
        return
    spec = PathFinder.find_spec(_GRAMMAR)
    if spec is not None:
        sys.modules[_GRAMMAR] = _Deferred(spec)


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Do not look for garbage meanwhile, nor ever again among what there is at the end.

    Imports leave none, and make so many objects that the looking costs a fifth of their time.

    Yields
    ------
    None
        Once.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class _Deferred(ModuleType):
    """Stands in for the grammar until it is used.

    Parameters
    ----------
    spec : importlib.machinery.ModuleSpec
        Where the grammar is.
    """

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        self.__file__ = spec.origin

    def is_valid_syntax(self, term: str, value: str) -> bool:
        """Check a value, as the grammar itself would."""
        return bool(_loaded().is_valid_syntax(term, value))

    def __getattr__(self, name: str) -> object:
        """Give any other name from the real module; what merely looks at a module gets nothing."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_loaded(), name)


def _loaded() -> ModuleType:
    if isinstance(sys.modules.get(_GRAMMAR), _Deferred):
        del sys.modules[_GRAMMAR]
    return import_module(_GRAMMAR)
