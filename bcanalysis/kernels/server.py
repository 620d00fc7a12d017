"""What `bcanalysis lab` adds to the Jupyter server: kernels get warm while the user is still looking for a notebook."""

from __future__ import annotations

import os
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
