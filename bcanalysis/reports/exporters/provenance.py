"""Where a page comes from: all that is needed to make it again, embedded in it under a checksum."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from nbformat import NotebookNode

from bcanalysis.reports.exporters.runs import Run

_BLANK = "0" * 64
_CHECKSUM = re.compile(r'("checksum": ?")([0-9a-f]{64})(")')
_EMBEDDED = re.compile(r"<script type=\"application/json\" data-provenance>(.*?)</script>", re.DOTALL)
_INSERTED = {"injected-parameters", "papermill-error-cell-tag"}  # tags of the cells that papermill puts in
DECLARED = ("executed_at", "started_at", "ended_at", "seconds", "git")  # what may differ between two runs on the same input


def provenance_of(nb: NotebookNode, run: Run, name: str, library: str | None) -> dict[str, Any]:
    """Gather what a notebook tells of its making.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook.
    run : Run
        Its run.
    name : str
        Name of the page without its ending.
    library : str or None
        Address of plotly.js, if it lies beside the page.

    Returns
    -------
    dict
        Notebook, parameters, files, versions, commit, times; ``checksum`` is blank until the page is sealed.
    """
    record = run.record or {}
    papermill = nb.metadata.get("papermill") or {}
    return {
        "checksum": _BLANK,
        "notebook": PurePath(str(papermill.get("input_path") or "")).name,
        "notebook_sha256": notebook_sha256(nb.cells),
        "parameters": dict(papermill.get("parameters") or run.parameters),
        "status": run.status,
        "name": name,
        "library": library,
        "files": record.get("files") or [],
        "source_sha256": record.get("source_sha256"),
        "versions": record.get("versions") or {},
        "git": record.get("git"),
        "executed_at": record.get("executed_at"),
        "started_at": papermill.get("start_time"),
        "ended_at": papermill.get("end_time"),
        "seconds": papermill.get("duration"),
    }


def notebook_sha256(cells: list[Any], lang: str | None = None) -> str:
    """Give the hash of a notebook's own words and code: not of outputs, ids, or what papermill has put in.

    Parameters
    ----------
    cells : list of mapping
        The cells, executed or not.
    lang : str, optional
        Leave out the cells that only pages of another language show.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    kept = []
    for cell in cells:
        tags = sorted(cell.get("metadata", {}).get("tags", []))
        if _INSERTED & set(tags) or (lang and any(tag.startswith("lang-") and tag != f"lang-{lang}" for tag in tags)):
            continue
        source = cell["source"]
        kept.append([cell["cell_type"], tags, source if isinstance(source, str) else "".join(source)])
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False).encode()).hexdigest()


def sealed(html: str) -> str:
    """Put the checksum of a page into it.

    Parameters
    ----------
    html : str
        The page with a blank checksum.

    Returns
    -------
    str
        The page.
    """
    return _CHECKSUM.sub(rf"\g<1>{checksum(html)}\g<3>", html, count=1)


def checksum(html: str) -> str:
    """Compute the checksum of a page, its own place being blank.

    Parameters
    ----------
    html : str
        The page, sealed or not.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    return hashlib.sha256(_CHECKSUM.sub(rf"\g<1>{_BLANK}\g<3>", html, count=1).encode()).hexdigest()


def embedded_provenance(html: str) -> Mapping[str, Any] | None:
    """Read what a page tells of its making.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    mapping or None
        As `provenance_of` gave it; None if there is none that can be read.
    """
    found = _EMBEDDED.search(html)
    try:
        content = json.loads(found.group(1)) if found else None
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
