"""Progress of a batch: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bcanalysis.reports.batch import Outcome
from bcanalysis.reports.jobs import Job

MARKS = {"ok": "ok", "no_data": "no data", "failed": "FAILED"}
Callbacks = tuple[Callable[[Job], None], Callable[[Outcome], None]]


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
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("Reports", total=total)

        def started(job: Job) -> None:
            bar.update(task, description=job.stem)

        def finished(outcome: Outcome) -> None:
            bar.advance(task)
            line = f"{MARKS[outcome.status]:8}{outcome.period}/{outcome.outputs[0]}  {outcome.seconds:.1f} s"
            console.print(line + (f"  {outcome.error}" if outcome.error else ""), markup=False)

        yield started, finished
