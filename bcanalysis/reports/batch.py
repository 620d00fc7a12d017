"""A batch: many reports, several at a time, each whole or not at all, and every one of them accounted for."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from bcanalysis.dataset.handed import handed_on
from bcanalysis.files import alone_in, append_line, write_text
from bcanalysis.kernels.manager import asked_for, kill_running
from bcanalysis.reports import OUTCOME
from bcanalysis.reports.exporters.together import write_all
from bcanalysis.reports.index import write_index
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.report import Outcome, Settings, cancelled, make_report
from bcanalysis.reports.run_file import RUNS
from bcanalysis.reports.status import Status
from bcanalysis.reports.upkeep import Load, Upkeep
from bcanalysis.reports.workbook import write_workbook

Make = Callable[[Job, Path, Settings, Callable[[], bool]], Outcome]
_PATIENCE = 1.0  # seconds that the first kernel has until it is asked for
_TICK = 0.2  # seconds between two looks at whether the batch was cancelled


def make_batch(
    jobs: Sequence[Job],
    out: Path,
    settings: Settings,
    *,
    workers: int = 1,
    force: bool = False,
    started: Callable[[Job], None] = lambda job: None,
    finished: Callable[[Outcome], None] = lambda outcome: None,
    make: Make | None = None,
    load: Load | None = None,
) -> list[Outcome]:
    """Make what is missing, failed or out of date, and leave the rest as it is.

    Parameters
    ----------
    jobs : sequence of Job
        What is asked for.
    out : pathlib.Path
        The output folder; no other run may be writing into it.
    settings : Settings
        How.
    workers : int
        How many reports are made at once.
    force : bool
        Make all.
    started, finished : callable, optional
        Told of each report that starts, and of each outcome.
    make : callable, optional
        Makes one report, somewhere else; by default it is made here.
    load : callable, optional
        Gives the tables of a folder, if they have been loaded already.

    Returns
    -------
    list of Outcome
        One for each job: first those left as they were, then in the order of completion.

    Raises
    ------
    UsageError
        If another run is writing into the folder.
    """
    outcomes: list[Outcome] = []

    def note(outcome: Outcome) -> None:  # numpydoc ignore=GL08
        outcomes.append(outcome)
        finished(outcome)

    with alone_in(out), cancelled_by_signals() as stopped:
        upkeep = Upkeep(out, settings, load)
        tables = upkeep.prepare(jobs)
        standing = [] if force else [job for job in jobs if not upkeep.why(job)]
        for job in standing:
            kept = _kept(upkeep.last(job))
            _record(kept, out)
            note(kept)
        asked = [job for job in jobs if job not in standing]
        if make is None and asked:
            _compile_schema()
            meanwhile = threading.Thread(target=get_ready_to_print, args=(settings.documents,), daemon=True)
            meanwhile.start()  # while the first kernels run
        if settings.shared_assets:
            from bcanalysis.reports.exporters.plotly_library import put_library

            put_library(out)
        with handed_on(tables if make is None and asked else ()) as checked, quick_turns():
            how = replace(settings, checked=checked)
            for outcome in run_jobs(
                asked, out, how, workers=workers, started=started, stopped=stopped, rests_on=upkeep.basis, make=make
            ):
                note(outcome)
        if not asked:
            write_indexes(out, jobs)
    return outcomes


def _kept(last: Outcome | None) -> Outcome:
    """Give the outcome of a report that is left as it was."""
    if last is None:
        raise ValueError("expected a report on record")
    return replace(last, status="skipped", kept=last.kept or last.status, seconds=0.0)


def run_jobs(
    jobs: Sequence[Job],
    out: Path,
    settings: Settings | None = None,
    *,
    workers: int = 1,
    started: Callable[[Job], None] = lambda job: None,
    stopped: threading.Event | None = None,
    rests_on: Callable[[Job, Outcome], Mapping[str, Any]] = lambda job, outcome: outcome.basis,
    make: Make | None = None,
) -> Iterator[Outcome]:
    """Make reports.

    Parameters
    ----------
    jobs : sequence of Job
        What to make.
    out : pathlib.Path
        The folder that receives one folder for each period.
    settings : Settings, optional
        How.
    workers : int
        How many run at once; each has a kernel of its own.
    started : callable, optional
        Told of each job that starts.
    stopped : threading.Event, optional
        Set to cancel: running kernels are killed, nothing more is begun.
    rests_on : callable, optional
        Gives what a finished report rests on, for its line in the run record.
    make : callable, optional
        Makes one report.

    Yields
    ------
    Outcome
        In the order of completion, after the report's files and its line in ``run.jsonl`` are written. Index pages are written at
        the end, also when the batch is cut short.
    """
    stopped = stopped or threading.Event()
    how = settings or Settings()
    made = make or make_or_tell

    def begin(job: Job) -> Outcome:  # numpydoc ignore=GL08
        if stopped.is_set():
            return cancelled(job, out)
        started(job)
        return made(job, out, how, stopped.is_set)

    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        try:
            for job, outcome in _completed(pool, begin, jobs, stopped):
                done = outcome or cancelled(job, out)
                done = replace(done, basis=rests_on(job, done))
                _record(done, out)
                yield done
        finally:
            stopped.set()
            kill_running()
            if "xlsx" in how.formats:
                for period in dict.fromkeys(job.period for job in jobs):
                    if (out / period / RUNS).is_file():
                        write_workbook(out / period)
            write_indexes(out, jobs)


def _completed(
    pool: Executor, make: Callable[[Job], Outcome], jobs: Sequence[Job], stopped: threading.Event
) -> Iterator[tuple[Job, Outcome | None]]:
    """Give the outcomes as they come, None for a job that was never begun."""
    waiting: dict[Future[Outcome], Job] = {pool.submit(make, job): job for job in jobs}
    try:
        while waiting:
            done, _ = wait(waiting, timeout=_TICK, return_when=FIRST_COMPLETED)
            if stopped.is_set():
                for future in waiting:
                    future.cancel()
                kill_running()
            for future in done:
                job = waiting.pop(future)
                yield job, None if future.cancelled() else future.result()
    finally:
        for future in waiting:
            future.cancel()


def _record(outcome: Outcome, out: Path) -> None:
    """Append the outcome to the period's record; a cancelled report leaves the record of an earlier one as the last word."""
    if outcome.status == "cancelled" and outcome.outputs and outcome.seconds == 0:
        return
    append_line(out / outcome.period / RUNS, json.dumps(outcome.line(), ensure_ascii=False))


def write_indexes(out: Path, jobs: Sequence[Job]) -> None:
    """Write the index pages that a batch changes.

    Parameters
    ----------
    out : pathlib.Path
        The output folder.
    jobs : sequence of Job
        What the batch has made.
    """
    for period in dict.fromkeys(job.period for job in jobs):
        if (out / period / RUNS).is_file():
            write_index(out / period)
    if out.is_dir():
        write_index(out)


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads take turns ten times as often as usual: who speaks with a kernel says little, and it must not wait for a page.

    Yields
    ------
    None
        Once.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 10)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def cancelled_by_signals() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C, or a request to end, into an event; a second one interrupts at once.

    Yields
    ------
    threading.Event
        Set when the batch is to stop.
    """
    stopped = threading.Event()

    def handle(number: int, frame: object) -> None:  # numpydoc ignore=GL08
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def make_or_tell(job: Job, out: Path, settings: Settings, stopped: Callable[[], bool]) -> Outcome:
    """Make a report; where even its page cannot be made, put a page that says so in its place.

    Parameters
    ----------
    job : Job
        What to make.
    out : pathlib.Path
        The output folder.
    settings : Settings
        How.
    stopped : callable
        Whether the batch has been cancelled.

    Returns
    -------
    Outcome
        How it ended.

    Raises
    ------
    OSError
        If nothing can be written: that is not this report's fault alone.
    """
    try:
        return make_report(job, out, settings, stopped)
    except OSError:
        raise
    except Exception as error:  # an output that cannot be printed is this report's failure, and not the batch's
        return tell(job, out, "failed", f"{type(error).__name__}: {' '.join(str(error).split())}")


def get_ready_to_print(documents: Sequence[str]) -> None:
    """Do once what every report needs: load the printers, compile the templates, pack the chart library, draw a chart."""
    asked_for.wait(_PATIENCE)  # the first kernel takes longer
    from bcanalysis.reports.exporters.charts import FIGURE_TYPE

    v4: Any = nbformat.v4
    shown = [{"text/html": "<p>a</p>"}, {FIGURE_TYPE: {"data": [], "layout": {}}}]
    outputs = [v4.new_output("display_data", data) for data in shown]
    cells = [v4.new_markdown_cell("# a"), v4.new_code_cell("a", outputs=outputs)]
    with suppress(RuntimeError):  # a batch that is over so soon starts no more threads
        write_all(v4.new_notebook(cells=cells), "a", ("html", *documents))


def _compile_schema() -> None:
    """Compile the schema of notebooks once, and not in each thread that begins with one."""
    v4: Any = nbformat.v4
    nbformat.validate(v4.new_notebook())


def tell(job: Job, out: Path, status: Status, message: str) -> Outcome:
    """Put a page that only says how a report ended in its place.

    Parameters
    ----------
    job : Job
        The report.
    out : pathlib.Path
        The output folder.
    status : str
        How it ended.
    message : str
        Why.

    Returns
    -------
    Outcome
        The same, for the run record.
    """
    from bcanalysis.reports.exporters.page import print_page

    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {job.notebook.name}")])  # type: ignore[no-untyped-call]
    nb.metadata.update({OUTCOME: {"status": status, "error": message}, "papermill": {"parameters": dict(job.parameters)}})
    page = print_page(nb, job.notebook.name)
    page_file = write_text(out / f"{job.stem}.html", page.html)
    outputs = (page_file.relative_to(out / job.period).as_posix(),)
    parameters = dict(job.parameters)
    return Outcome(job.notebook.name, page.title, job.period, job.area, parameters, status, 0.0, outputs, message)
