"""Import again and again into copies of a folder and be killed each time at another moment; print what a reader finds then.

Run as a program of its own: FOLDER FILE MOMENTS, where moments are counts of changes on disk, or seconds such as 0.01s.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bcanalysis.dataset.load import load
from bcanalysis.intake.ledger import apply, imports
from bcanalysis.intake.source import proposed


def dying(change: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def changed(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*arguments, **named)

    return changed


def import_until(folder: Path, file: str, changes: int) -> None:
    left = [changes]
    for owner, name in (
        (os, "fsync"),
        (Path, "rename"),
        (Path, "replace"),
        (Path, "write_bytes"),
        (shutil, "rmtree"),
        (os, "mkdir"),
    ):
        setattr(owner, name, dying(getattr(owner, name), left))
    apply(folder, proposed(folder, file)[0], "figures")
    os._exit(0)


def main(folder: Path, file: str, moments: list[str]) -> None:
    load(folder)  # all that is imported late is there before the clock runs
    for moment in moments:
        copy = Path(shutil.copytree(folder, folder.parent / f"killed-{moment}"))
        child = os.fork()
        if not child:
            import_until(copy, file, 1_000_000 if moment.endswith("s") else int(moment))
        if moment.endswith("s"):
            time.sleep(float(moment[:-1]))
            os.kill(child, signal.SIGKILL)
        _, ended = os.waitpid(child, 0)
        found = load(copy)
        left = sorted(path.name for path in copy.iterdir() if path.name.startswith(".") and path.name != ".lock")
        told = {
            "killed": os.WIFSIGNALED(ended),
            "values": sorted(found["observations"]["value"].tolist()),
            "plans": found["plans"]["value"].tolist(),
            "sources": "new" in set(found["sources"]["code"]),
            "records": len(imports(copy)),
            "committed": ".committed" in left,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
