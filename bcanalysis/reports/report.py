"""One report: execute the notebook, write the truth of the run into it, print its page."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import groupby
from pathlib import Path, PurePath
from threading import Lock
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from bcanalysis.files import write_bytes, write_text
from bcanalysis.kernels.manager import ReportKernelManager
from bcanalysis.reports import ENGINE, FORMATS, OUTCOME
from bcanalysis.reports.exporters.runs import Run, cells_that_never_ran, read_run
from bcanalysis.reports.exporters.terminal import plain_text
from bcanalysis.reports.exporters.together import write_all
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.status import UNFINISHED, Status

logging.getLogger("papermill").addHandler(logging.NullHandler())  # what it would log is said by our own progress
KERNEL = "python3"  # this interpreter's own kernel
_LONGEST_TRACEBACK = 4000
_printing = Lock()  # two pages printed at once take no less time, and twice the memory


@dataclass(frozen=True)
class Settings:
    """How reports are made.

    Parameters
    ----------
    engine : str
        Name of the papermill engine: ours starts kernels warm, ``nbclient`` is papermill's own.
    cell_seconds, report_seconds : float
        The longest time for one cell and for one report; 0 for no limit.
    memory : int or None
        Bytes of data that a kernel may hold.
    shared_assets : bool
        Put plotly.js once beside the pages instead of into each.
    folder : str or None
        Working directory of the kernels; by default that of this process.
    formats : tuple of str
        What to make, of `bcanalysis.reports.FORMATS`; the page is always made.
    checked : str
        Where kernels find tables that were checked already, see `bcanalysis.dataset.handed`.
    """

    engine: str = ENGINE
    cell_seconds: float = 0.0
    report_seconds: float = 0.0
    memory: int | None = None
    shared_assets: bool = False
    folder: str | None = None
    formats: tuple[str, ...] = ("html",)
    checked: str = ""

    @property
    def documents(self) -> list[str]:
        """The forms to make beside the page, in their usual order."""
        return [form for form in FORMATS if form in self.formats and form != "html"]


@dataclass(frozen=True)
class Outcome:
    """How one report ended: a line of the run record.

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
    status : str
        How it ended, one of `bcanalysis.reports.status.STATUSES`.
    seconds : float
        How long it took.
    outputs : tuple of str
        Files made, relative to the period's folder: the page first.
    error : str or None
        What went wrong.
    cell : int or None
        Number of the code cell where it did, as the page counts them.
    traceback : str or None
        Where exactly, as the notebook shows it.
    area_name : str or None
        Name of the area, as the run record gives it.
    headline : tuple of mapping
        The first figures of the report, as texts.
    page_sha256 : str or None
        Hash of the page.
    kept : str or None
        Status of the page that stands, when this run has left it as it was.
    basis : mapping
        What the report rests on: of notebook, parameters, tables, library and packages.
    notes : tuple of str
        What was not as asked for and stops nothing, such as a typeface that stands in for another.
    """

    report: str
    title: str
    period: str
    area: str
    parameters: Mapping[str, Any] = field(hash=False)
    status: Status
    seconds: float
    outputs: tuple[str, ...]
    error: str | None = None
    cell: int | None = None
    traceback: str | None = None
    area_name: str | None = None
    headline: tuple[Mapping[str, str], ...] = ()
    page_sha256: str | None = None
    kept: Status | None = None
    basis: Mapping[str, Any] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()

    def line(self) -> dict[str, Any]:
        """Give it as it stands in the run record."""
        return asdict(self)

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Outcome:
        """Read a line of the run record; what other versions have written beside is left out.

        Raises
        ------
        TypeError
            If the line lacks what every outcome has.
        """
        known = {name.name: line[name.name] for name in fields(cls) if name.name in line}
        return cls(**known)


def make_report(job: Job, out: Path, settings: Settings, stopped: Callable[[], bool] = lambda: False) -> Outcome:
    """Execute one notebook and export its page.

    Parameters
    ----------
    job : Job
        What to make.
    out : pathlib.Path
        The output folder.
    settings : Settings
        How.
    stopped : callable
        Whether the batch has been cancelled: a kernel that died then was killed for that.

    Returns
    -------
    Outcome
        How it ended; a report that failed has its page too, which says so.
    """
    start = time.monotonic()
    notebook_file, page_file = (out / f"{job.stem}{ending}" for ending in (".ipynb", ".html"))
    nb, ended = _executed(job, notebook_file.name, settings)
    if stopped() and (ended is not None or read_run(nb).status in UNFINISHED):
        if page_file.exists():
            return cancelled(job, out)
        ended = ("cancelled", "the batch was cancelled")
    run = settle(nb, notebook_file.name, ended)
    documents, notes, problem = _write_documents(nb, out / job.stem, settings.documents)
    if problem:
        run = settle(nb, notebook_file.name, ("failed", problem))
    from bcanalysis.reports.exporters.page import print_page  # half a second that the first kernel's start need not wait for

    with _printing:
        page = print_page(nb, notebook_file.stem, library=plotly_beside(job.stem) if settings.shared_assets else None)
        write_text(notebook_file, nbformat.v4.writes(nb, indent=None) + "\n")  # type: ignore[no-untyped-call]
        write_text(page_file, page.html)
    record = run.record or {}
    failure = run.failures[0] if run.failures else None
    return Outcome(
        report=job.notebook.name,
        title=page.title,
        period=job.period,
        area=job.area,
        parameters=dict(job.parameters),
        status=run.status,
        seconds=round(time.monotonic() - start, 2),
        outputs=tuple(path.relative_to(out / job.period).as_posix() for path in (page_file, *documents, notebook_file)),
        error=failure.text if failure else None,
        cell=_number(nb, failure.cell) if failure and failure.cell is not None else None,
        traceback=_traceback(nb, failure.cell) if failure and failure.cell is not None else None,
        area_name=record.get("area_name"),
        headline=tuple(record.get("headline") or ()),
        page_sha256=hashlib.sha256(page.html.encode()).hexdigest(),
        basis={"reads": (nb.metadata.get(OUTCOME) or {}).get("reads")},
        notes=notes,
    )


def _write_documents(nb: NotebookNode, stem: Path, forms: Sequence[str]) -> tuple[list[Path], tuple[str, ...], str]:
    """Write the documents of a report; give the files, what to say of them, and what went wrong: then nothing stale is left."""
    files: list[Path] = []
    notes: list[str] = []
    problems: list[str] = []
    for form, done in write_all(nb, stem.name, forms).items():
        path = stem.with_name(f"{stem.name}.{form}")
        try:
            written = done.result()
        except Exception as error:  # a document that cannot be written is this report's failure, and not the batch's
            path.unlink(missing_ok=True)
            problems.append(f"{form}: {type(error).__name__}: {_in_one_line(error)}")
            continue
        files.append(write_bytes(path, written.content))
        notes += written.notes
    return files, tuple(notes), "; ".join(problems)


def cancelled(job: Job, out: Path) -> Outcome:
    """Give the outcome of a report that was cancelled and leaves what lies there as it was.

    Parameters
    ----------
    job : Job
        The report.
    out : pathlib.Path
        The output folder.

    Returns
    -------
    Outcome
        Cancelled, with the files that are there.
    """
    files = [out / f"{job.stem}.{ending}" for ending in (*FORMATS, "ipynb")]
    there = tuple(path.relative_to(out / job.period).as_posix() for path in files if path.exists())
    name = job.notebook.name
    return Outcome(name, name, job.period, job.area, dict(job.parameters), "cancelled", 0.0, there, "the batch was cancelled")


def plotly_beside(stem: str) -> str:
    """Give the address of the shared plotly.js from a report's page.

    Parameters
    ----------
    stem : str
        Place of the page inside the output folder.

    Returns
    -------
    str
        A relative address.
    """
    from bcanalysis.reports.exporters.plotly_library import SHARED

    return "../" * stem.count("/") + SHARED


End = tuple[Status, str]


def _executed(job: Job, name: str, settings: Settings) -> tuple[NotebookNode, End | None]:
    """Run the notebook; give it, and how it ended where papermill's own engine would not tell.

    These are the steps of ``papermill.execute_notebook``, but for its writing and reading of the file: of a notebook that failed it
    gives back only the file.
    """
    source = str(job.notebook.path)
    declared = {key: job.parameters[key] for key in job.notebook.parameters if key in job.parameters}  # notebooks keep no order
    nb = parameterize_notebook(
        load_notebook_node(source),
        {**declared, **job.parameters},
        kernel_name=KERNEL,
        language="python",
        engine_name=settings.engine,
    )
    nb = remove_error_markers(prepare_notebook_metadata(nb, source, name))
    options: dict[str, Any] = {
        "execution_timeout": settings.cell_seconds or None,
        "kernel_manager_class": ReportKernelManager,
        "config": Config(
            {"ReportKernelManager": {"warm": settings.engine == ENGINE, "memory": settings.memory, "checked": settings.checked}}
        ),
    }
    if settings.engine == ENGINE:
        options["report_seconds"] = settings.report_seconds
    if settings.folder:
        options["resources"] = {"metadata": {"path": settings.folder}}
    try:
        papermill_engines.execute_notebook_with_engine(
            settings.engine, nb, KERNEL, input_path=source, output_path=None, progress_bar=False, log_output=False, **options
        )
        raise_for_execution_errors(nb, None)
    except PapermillExecutionError:
        return nb, None
    except CellTimeoutError as error:
        return nb, ("timed_out", _in_one_line(error))
    except DeadKernelError as error:
        return nb, ("kernel_died", _in_one_line(error))
    except Exception as error:  # whatever else stops a run is this report's failure, and not the batch's
        return nb, ("failed", f"{type(error).__name__}: {_in_one_line(error)}")
    return nb, None


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or "no message"


def settle(nb: NotebookNode, name: str, ended: End | None) -> Run:
    """Write into a notebook how its run ended.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        The executed notebook; its metadata are changed.
    name : str
        Name of its file.
    ended : tuple of str, optional
        Status and error that the notebook itself does not tell.

    Returns
    -------
    Run
        The run as every reader of the notebook will see it.
    """
    own = nb.metadata.setdefault(OUTCOME, nbformat.NotebookNode())  # type: ignore[no-untyped-call]
    if ended is not None:
        own.update({"status": ended[0], "error": ended[1]})
    told = nb.metadata.get("papermill", {})
    told["output_path"] = name  # and not the place aside where it was written
    told["input_path"] = PurePath(str(told.get("input_path") or "")).name  # wherever it lay on the machine that ran it
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = _streams_joined(cell.outputs)
    run = read_run(nb)
    failure = run.failures[0] if run.failures else None
    cell = nb.cells[failure.cell] if failure and failure.cell is not None else None
    own.update({"status": run.status, "error": failure and failure.text, "cell": cell and cell.get("id")})
    for position in cells_that_never_ran(nb):
        nb.cells[position].metadata["papermill"]["status"] = "pending"
    if cell is not None and "papermill" in cell.metadata:
        cell.metadata["papermill"].update({"status": "failed", "exception": True})
    return run


def _streams_joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed between two results: how streams are cut into messages, and mixed, is a matter of chance."""
    joined: list[NotebookNode] = []
    for is_stream, group in groupby(outputs, key=lambda output: output.output_type == "stream"):
        if not is_stream:
            joined += group
            continue
        texts: dict[str, list[str]] = {"stdout": [], "stderr": []}
        for output in group:
            texts.setdefault(output.name, []).append(output.text)
        joined += [_stream(name, "".join(text)) for name, text in texts.items() if text]
    return joined


def _stream(name: str, text: str) -> NotebookNode:
    output: NotebookNode = nbformat.v4.new_output("stream", name=name, text=text)  # type: ignore[no-untyped-call]
    return output


def _number(nb: NotebookNode, position: int) -> int:
    return sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in nb.cells[: position + 1])


def _traceback(nb: NotebookNode, cell: int) -> str | None:
    for output in nb.cells[cell].get("outputs", []):
        if output.output_type == "error":
            return plain_text("\n".join(output.get("traceback", [])))[-_LONGEST_TRACEBACK:]
    return None
