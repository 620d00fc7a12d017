"""Run a batch: execute each notebook with papermill, export it, and say truthfully how each report ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from bcanalysis.reports.exporters.page import print_page
from bcanalysis.reports.exporters.runs import read_run
from bcanalysis.reports.files import append_line, write_text, written_aside
from bcanalysis.reports.index import write_index
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.kernels import ReportKernelManager

RUN_FILE = "run.jsonl"
KERNEL = "python3"  # this interpreter's own kernel


@dataclass(frozen=True)
class Outcome:
    """How one report ended.

    Parameters
    ----------
    report : str
        Name of the notebook.
    title : str
        Title of the page.
    period, area : str
        What it is about.
    parameters : mapping
        What was handed to the notebook.
    status : {"ok", "no_data", "failed"}
        How it ended.
    seconds : float
        How long it took.
    outputs : tuple of str
        Files made, relative to the period's folder: the page first.
    error : str or None
        What went wrong.
    area_name : str or None
        Name of the area, as the run record gives it.
    """

    report: str
    title: str
    period: str
    area: str
    parameters: Mapping[str, Any] = field(hash=False)
    status: str
    seconds: float
    outputs: tuple[str, ...]
    error: str | None = None
    area_name: str | None = None


def run_jobs(
    jobs: Sequence[Job], out: Path, workers: int = 1, started: Callable[[Job], None] = lambda job: None
) -> Iterator[Outcome]:
    """Make reports, several at a time, each whole or not at all.

    Parameters
    ----------
    jobs : sequence of Job
        What to make.
    out : pathlib.Path
        The folder that receives one folder for each period.
    workers : int
        How many run at once; each has a kernel of its own.
    started : callable, optional
        Told of each job that starts.

    Yields
    ------
    Outcome
        In the order of completion, after the report's files and its line in ``run.jsonl`` are written. Index pages are written at
        the end, also when the batch is cut short.
    """
    stopped = Event()

    def make(job: Job) -> Outcome | None:  # numpydoc ignore=GL08
        if stopped.is_set():
            return None
        started(job)
        outcome = _made_or_failed(job, out)
        append_line(out / outcome.period / RUN_FILE, json.dumps(asdict(outcome), ensure_ascii=False))
        return outcome

    pool = ThreadPoolExecutor(max_workers=max(1, workers))
    futures = [pool.submit(make, job) for job in jobs]
    try:
        for future in as_completed(futures):
            outcome = future.result()
            if outcome is not None:
                yield outcome
    finally:
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)  # what runs is finished and recorded
        for period in dict.fromkeys(job.period for job in jobs):
            if (out / period / RUN_FILE).is_file():
                write_index(out / period)
        if out.is_dir():
            write_index(out)


def _made_or_failed(job: Job, out: Path) -> Outcome:
    """Make a report; where even its page cannot be made, put a page that says so in its place."""
    try:
        return make_report(job, out)
    except OSError:
        raise  # nothing can be written: that is not this report's fault alone
    except Exception as error:  # an output that cannot be printed is this report's failure, and not the batch's
        message = f"{type(error).__name__}: {' '.join(str(error).split())}"
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {job.notebook.name}")])  # type: ignore[no-untyped-call]
    nb.metadata.update({"bcanalysis": {"status": "failed", "error": message}, "papermill": {"parameters": dict(job.parameters)}})
    page = print_page(nb, job.notebook.name)
    page_file = write_text(out / f"{job.stem}.html", page.html)
    outputs = (page_file.relative_to(out / job.period).as_posix(),)
    parameters = dict(job.parameters)
    return Outcome(job.notebook.name, page.title, job.period, job.area, parameters, "failed", 0.0, outputs, message)


def make_report(job: Job, out: Path) -> Outcome:
    """Execute one notebook and export its page.

    Parameters
    ----------
    job : Job
        What to make.
    out : pathlib.Path
        The output folder.

    Returns
    -------
    Outcome
        How it ended; a report that failed has its page too, which says so.
    """
    start = time.monotonic()
    notebook_file, page_file = (out / f"{job.stem}{ending}" for ending in (".ipynb", ".html"))
    with written_aside(notebook_file) as aside:
        error = _execute(job, aside)
        nb = nbformat.read(aside if aside.stat().st_size else job.notebook.path, as_version=4)  # type: ignore[no-untyped-call]
        if error is not None:
            nb.metadata["bcanalysis"] = {"status": "failed", "error": error}
            nbformat.write(nb, aside)  # type: ignore[no-untyped-call]
        page = print_page(nb, notebook_file.stem)
        run = read_run(nb)
        write_text(page_file, page.html)
    return Outcome(
        report=job.notebook.name,
        title=page.title,
        period=job.period,
        area=job.area,
        parameters=dict(job.parameters),
        status=page.status,
        seconds=round(time.monotonic() - start, 2),
        outputs=tuple(path.relative_to(out / job.period).as_posix() for path in (page_file, notebook_file)),
        error=run.failures[0].text if run.failures else None,
        area_name=(run.record or {}).get("area_name"),
    )


def _execute(job: Job, target: Path) -> str | None:
    """Run the notebook; give the error that the notebook itself would not tell, if there was one.

    papermill marks a cell that raises; of a kernel that died or overran its time the saved notebook says nothing.
    """
    try:
        papermill.execute_notebook(
            job.notebook.path,
            target,
            parameters=dict(job.parameters),
            kernel_name=KERNEL,
            progress_bar=False,
            log_output=False,
            kernel_manager_class=ReportKernelManager,
        )
    except PapermillExecutionError:
        return None
    except Exception as error:  # whatever else stops a run is this report's failure, and not the batch's
        message = " ".join(str(error).split()) or "no message"
        return f"{type(error).__name__}: {message}"
    return None
