"""What `bcanalysis lab` adds to the Jupyter server: it gets warm, and kernels do, while the user is looking for a notebook."""

from __future__ import annotations

import os
import threading
from typing import Any

from bcanalysis.kernels import warm
from bcanalysis.kernels.provisioner import NAME

_MANY = 1_000  # nobody knows how many notebooks will be opened; the libraries are used before the first


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(_: Any) -> None:
    if os.environ.get("JUPYTER_DEFAULT_PROVISIONER_NAME") == NAME:
        warm.start_ahead()
        warm.expect(_MANY)
    threading.Thread(target=_use_server, daemon=True).start()


def _use_server() -> None:
    """Read a notebook once, as the server does for the first time when one is opened."""
    import nbformat
    from nbformat.v4 import new_notebook

    empty = nbformat.writes(new_notebook())  # type: ignore[no-untyped-call]
    nbformat.reads(empty, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
