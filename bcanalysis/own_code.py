"""Which code this is: the hash of the package's own files."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_CODE = Path(__file__).parent


@cache
def source_sha256() -> str:
    """Give the hash of this package's files, as they are on disk when first asked.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    total = hashlib.sha256()
    for path in sorted(_CODE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(f"{path.relative_to(_CODE).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
