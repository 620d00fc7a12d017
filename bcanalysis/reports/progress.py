"""Progress of a batch: on a terminal a bar with the time left and a line for each worker, plain lines elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bcanalysis.reports.jobs import Job
from bcanalysis.reports.report import Outcome
from bcanalysis.reports.status import BROKEN

Callbacks = tuple[Callable[[Job], None], Callable[[Outcome], None]]
_WIDTH = max(len(status) for status in BROKEN) + 1


@contextmanager
def progress(total: int, *, quiet: bool = False) -> Iterator[Callbacks]:
    """Show how a batch goes on.

    Parameters
    ----------
    total : int
        How many reports are to be made.
    quiet : bool
        Say nothing.

    Yields
    ------
    tuple of callable
        To be told of each job that starts and of each outcome.
    """
    console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)
    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    ]
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        whole = bar.add_task("Reports", total=total)
        workers = _Workers(bar)
        count = 0

        def finished(outcome: Outcome) -> None:
            nonlocal count
            count += 1
            place = f"{outcome.period}/{outcome.outputs[0]}" if outcome.outputs else f"{outcome.period}/{outcome.report}"
            workers.free(place)
            bar.advance(whole)
            shown = outcome.status.upper() if outcome.status in BROKEN else outcome.status
            line = f"[{count}/{total}] {shown:{_WIDTH}}{place}  {outcome.seconds:.1f} s"
            console.print(line + (f"  {outcome.error}" if outcome.error else ""), markup=False)

        yield workers.take, finished


class _Workers:
    """A line for each worker; reports that start take a free one."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._busy: dict[str, TaskID] = {}
        self._free: list[TaskID] = []
        self._lock = threading.Lock()

    def take(self, job: Job) -> None:
        with self._lock:
            line = self._free.pop() if self._free else self._bar.add_task("", total=None)
            self._busy[f"{job.stem}.html"] = line
        self._bar.reset(line, description=f"  {job.stem}", visible=True)

    def free(self, place: str) -> None:
        with self._lock:
            line = self._busy.pop(place, None)
            if line is not None:
                self._free.append(line)
        if line is not None:
            self._bar.update(line, description="  -")
