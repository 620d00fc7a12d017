"""What /proc tells about a process and all that descend from it. Linux only; elsewhere there is nothing to read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Process:
    """One process at one moment: who it is, whose child, and the processor seconds it took itself."""

    pid: int
    parent: int
    started: int
    cpu: float


@dataclass
class Watch:
    """The most that a tree of processes was seen to take.

    Memory is PSS: a page that several processes share counts once in all, so that forked processes are not charged for what they
    have in common.
    """

    root: int
    main: int | None = None
    peak: int | None = None
    driver: int | None = None
    _cpu: dict[tuple[int, int], float] = field(default_factory=dict)

    def look(self, *, memory: bool = True) -> None:
        """Read the whole tree below the root once: what each process took, and what they all hold."""
        pids = []
        for process in descendants(self.root):
            self._cpu[process.pid, process.started] = process.cpu
            pids.append(process.pid)
        if not memory:
            return
        sizes = [size for size in (_kilobytes(pid, "smaps_rollup", "Pss:") for pid in pids) if size is not None]
        if sizes:
            self.peak = max(self.peak or 0, sum(sizes))
        high_water = None if self.main is None else _kilobytes(self.main, "status", "VmHWM:")
        if high_water is not None:
            self.driver = max(self.driver or 0, high_water)

    @property
    def cpu(self) -> float:
        """Processor seconds of all processes seen, each as it was last seen."""
        return sum(self._cpu.values())


def descendants(root: int) -> list[Process]:
    """List the processes below a process, not itself."""
    children: dict[int, list[Process]] = {}
    for process in _all():
        children.setdefault(process.parent, []).append(process)
    found, waiting = [], [root]
    while waiting:
        for process in children.get(waiting.pop(), []):
            found.append(process)
            waiting.append(process.pid)
    return found


def _all() -> Iterator[Process]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended since it was listed
            continue
        fields = text.rpartition(")")[2].split()  # the name stands in brackets and may hold anything
        yield Process(int(folder.name), int(fields[1]), int(fields[19]), (int(fields[11]) + int(fields[12])) / _TICKS)


def _kilobytes(pid: int, file: str, label: str) -> int | None:
    """Read one line of a process's memory, in bytes."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(label)), None)
