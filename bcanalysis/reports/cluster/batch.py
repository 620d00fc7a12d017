"""Reports made by the workers of a Dask cluster: the batch is the local one, only each report is made elsewhere.

A worker needs what this machine has: the same bcanalysis, Python and packages, which is asked of each before anything is made, and
a place for the outputs that all share, a folder or an address. Notebooks and tables travel with the jobs (`shipping`). One thread
for each worker serves best: kernels are processes of their own.

A worker that dies has its report made again by another; a report whose workers keep dying is given up by the scheduler (its setting
``allowed-failures``) and has failed. A report that is no longer wanted, because the batch was cancelled or its driver has died, is
noticed by the worker itself, which kills the kernel and writes nothing.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bcanalysis.errors import UsageError
from bcanalysis.kernels import warm
from bcanalysis.kernels.manager import kill_running
from bcanalysis.kernels.warm import report_environment
from bcanalysis.own_code import source_sha256
from bcanalysis.reports import ENGINE
from bcanalysis.reports.batch import make_batch, make_or_tell, tell
from bcanalysis.reports.cluster.address import Address, is_address
from bcanalysis.reports.cluster.shipping import Inputs, inputs_of, with_notebook
from bcanalysis.reports.jobs import Job, output_folder
from bcanalysis.reports.report import Outcome, Settings, cancelled
from bcanalysis.reports.surroundings import versions

try:
    from distributed import Client, Future, KilledWorker, LocalCluster, Lock, Status, Worker, get_worker
except ImportError as missing:
    raise UsageError(f'cluster: {missing}; expected dask.distributed: pip install "bcanalysis[cluster]"') from missing

LOCAL = "local"
_TICK = 0.2  # seconds between two looks at whether a report is done, or still wanted
_ANSWER = 5.0  # seconds for a scheduler to answer
_NOBODY = 60.0  # seconds without any worker after which a batch is broken off
_ENDING = (Status.closing, Status.closed, Status.failed)  # of a worker, one that has lost its scheduler among them
_RETRIES = 2  # times that a worker may be unable to write, or to begin at all


def make_batch_on(
    cluster: str,
    jobs: Sequence[Job],
    out: str,
    settings: Settings,
    *,
    workers: int | None = None,
    force: bool = False,
    started: Callable[[Job], None] = lambda job: None,
    finished: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Make a batch on a cluster; see :func:`bcanalysis.reports.batch.make_batch`.

    Parameters
    ----------
    cluster : str
        Address of a Dask scheduler, such as ``tcp://host:8786``; ``local`` starts one with workers on this machine.
    jobs : sequence of Job
        What is asked for.
    out : str
        A folder that all workers share, or an address that fsspec knows.
    settings : Settings
        How.
    workers : int, optional
        How many reports are under way at once; by default one for each thread of the workers that are there. Workers that join
        later take over from those that die; for a cluster that grows with its work, ask for more.
    force : bool
        Make all.
    started, finished : callable, optional
        Told of each report that is handed out, and of each outcome.

    Returns
    -------
    list of Outcome
        One for each job, as a local batch gives it.

    Raises
    ------
    UsageError
        If no scheduler or worker answers, or a worker differs from this machine or does not see the outputs; nothing is made then.
    OSError
        If scheduler or workers go away for good; what was finished is kept.
    """
    inputs = inputs_of(jobs)
    with _connected(cluster, min(workers or os.cpu_count() or 1, max(1, len(jobs)))) as client:
        _refuse_unlike(client)
        place = out if is_address(out) else str(output_folder(out).absolute())
        _get_ready(client, inputs, place, warm=settings.engine == ENGINE)
        crew = Crew(client, place, inputs)
        with _outputs(place, jobs) as (folder, push):

            def note(outcome: Outcome) -> None:  # numpydoc ignore=GL08
                push()
                finished(outcome)

            slots = workers or sum(client.nthreads().values())
            return make_batch(jobs, folder, settings, workers=slots, force=force, started=started, finished=note, make=crew.make)


@contextmanager
def _connected(cluster: str, workers: int) -> Iterator[Client]:
    if cluster == LOCAL:
        options: dict[str, Any] = {
            "processes": True,
            "dashboard_address": "127.0.0.1:0",
            "memory_limit": None,
            "silence_logs": logging.ERROR,
        }
        with LocalCluster(n_workers=workers, threads_per_worker=1, **options) as own, Client(own) as client:
            client.run(_leave_interrupts_to_the_driver)
            yield client
        return
    try:
        client = Client(cluster, timeout=_ANSWER)
    except (OSError, ValueError, TypeError) as error:
        expected = 'expected the address of a Dask scheduler, such as tcp://host:8786, or "local"'
        raise UsageError(f"cluster: got {cluster}, where no scheduler answers; {expected} ({_in_one_line(error)})") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_ANSWER)
        except TimeoutError:
            raise UsageError(f"cluster: got {cluster}, which has no worker; expected one: dask worker {cluster}") from None
        yield client


def _leave_interrupts_to_the_driver() -> None:
    """Ignore Ctrl-C in a worker, which a terminal sends to all processes of the command."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def surroundings() -> dict[str, str]:
    """List what must be the same everywhere for pages to be the same.

    Returns
    -------
    dict of str to str
        Versions by name, and the hash of this library's code.
    """
    return {**versions(), "code of bcanalysis": source_sha256()[:12]}


def _refuse_unlike(client: Client) -> None:
    here = surroundings()
    try:
        found = client.run(surroundings, on_error="return")
    except Exception as error:  # what a worker that cannot even load our modules answers depends on why
        raise UsageError(f"cluster: a worker cannot run bcanalysis; install it there ({_in_one_line(error)})") from error
    unlike = [f"  {worker}: {difference}" for worker, there in found.items() for difference in _differences(here, there)]
    if unlike:
        raise UsageError("\n".join(["cluster: got workers that would make other pages; expected the same as here:", *unlike]))


def _differences(here: Mapping[str, str], there: Mapping[str, str] | Exception) -> list[str]:
    if isinstance(there, Exception):
        return [_in_one_line(there)]
    names = sorted({*here, *there})
    return [
        f"{name}: {there.get(name, 'none')} there, {here.get(name, 'none')} here"
        for name in names
        if here.get(name) != there.get(name)
    ]


def _get_ready(client: Client, inputs: Inputs, place: str, *, warm: bool) -> None:
    """Ask every worker whether it sees the outputs and the tables, and let it get warm."""
    with Address(place).token() as token:
        problems = client.run(_problem, inputs, place, token, warm)
    told = [f"  {worker}: {problem}" for worker, problem in problems.items() if problem]
    if told:
        raise UsageError("\n".join(["cluster: got workers that cannot make these reports:", *told]))


def _problem(inputs: Inputs, place: str, token: str, start_warm: bool, dask_worker: Worker) -> str:
    try:
        if not Address(place).has(token):
            return f"out: got {place}, which is another place there; expected a folder or an address that all workers share"
        inputs.working_folder(Path(dask_worker.local_directory))
    except (UsageError, OSError) as error:
        return _in_one_line(error)
    if start_warm and sys.platform == "linux":
        warm.start_ahead(report_environment(os.environ))
    return ""


@contextmanager
def _outputs(place: str, jobs: Sequence[Job]) -> Iterator[tuple[Path, Callable[[], None]]]:
    """Give the output folder here, and what brings it to where it belongs."""
    if not is_address(place):
        yield Path(place), lambda: None
        return
    lock = Lock(f"bcanalysis {place}")
    if not lock.acquire(timeout=1):
        raise UsageError(f"out: got {place}, where another run is writing; wait for its end, or name another address")
    address = Address(place)
    try:
        with TemporaryDirectory() as mirror:
            address.fetch(Path(mirror), jobs)
            try:
                yield Path(mirror), lambda: address.push(Path(mirror))
            finally:
                address.push(Path(mirror))
    finally:
        lock.release()


@dataclass(frozen=True)
class Order:
    """One report as a worker gets it.

    Parameters
    ----------
    job : Job
        The report.
    notebook : str
        Text of its notebook.
    place : str
        Folder or address of the outputs.
    settings : Settings
        How.
    inputs : Inputs
        What it is made from.
    surroundings : mapping
        What the worker must be like.
    """

    job: Job
    notebook: str
    place: str
    settings: Settings
    inputs: Inputs
    surroundings: Mapping[str, str]


class Crew:
    """The workers of a cluster, who make one report after the other.

    Parameters
    ----------
    client : distributed.Client
        The way to them.
    place : str
        Folder or address of the outputs.
    inputs : Inputs
        What the reports are made from.
    """

    def __init__(self, client: Client, place: str, inputs: Inputs) -> None:
        self._client = client
        self._place = place
        self._inputs = inputs
        self._surroundings = surroundings()

    def make(self, job: Job, out: Path, settings: Settings, stopped: Callable[[], bool]) -> Outcome:
        """Have a report made.

        Parameters
        ----------
        job : Job
            What to make.
        out : pathlib.Path
            The output folder as it is seen here; of an address, its mirror.
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
            If scheduler or workers are gone, or nothing can be written.
        """
        text = job.notebook.path.read_text(encoding="utf-8")
        order = Order(job, text, self._place, settings, self._inputs, self._surroundings)
        future = self._client.submit(make_there, order, pure=False, retries=_RETRIES)
        if not self._awaited(future, stopped):
            page = out / f"{job.stem}.html"
            return cancelled(job, out) if page.exists() else tell(job, out, "cancelled", "the batch was cancelled")
        if future.status == "error":
            return self._failed(job, out, future.exception())
        if future.status != "finished":
            raise OSError(f"cluster: the scheduler of {self._place_of_work} has gone away; what was finished is kept")
        outcome: Outcome = future.result()  # type: ignore[assignment]  # it was wanted
        if is_address(self._place):
            for name in outcome.outputs:
                (out / job.period / name).parent.mkdir(parents=True, exist_ok=True)
                (out / job.period / name).write_bytes(b"")  # the file itself is at the address
        return outcome

    def _awaited(self, future: Future[Outcome | None], stopped: Callable[[], bool]) -> bool:
        """Wait for the end of a report; False if the batch was cancelled before."""
        ended = threading.Event()
        future.add_done_callback(lambda _: ended.set())
        seen = time.monotonic()
        while not ended.wait(_TICK):
            if stopped():
                future.cancel()
                return False
            if self._client.scheduler_info(n_workers=1)["workers"]:
                seen = time.monotonic()
            elif time.monotonic() - seen > _NOBODY:
                raise OSError(f"cluster: {self._place_of_work} has no worker left; what was finished is kept")
        return not (stopped() and future.cancelled())

    def _failed(self, job: Job, out: Path, error: BaseException) -> Outcome:
        where = f"on the cluster {self._place_of_work}"
        if isinstance(error, KilledWorker):
            count = error.allowed_failures + 1
            return tell(job, out, "failed", f"{where}, {count} workers died while making it; the last: {error.last_worker.address}")
        if isinstance(error, OSError):
            raise error
        return tell(job, out, "failed", f"{where}: {type(error).__name__}: {_in_one_line(error)}")

    @property
    def _place_of_work(self) -> str:
        return str(self._client.scheduler_info(n_workers=0)["address"])


class GivenUp(BaseException):
    """The report is no longer wanted: whoever makes it lets go of everything."""


def make_there(order: Order) -> Outcome | None:
    """Make a report; this runs on the worker.

    Parameters
    ----------
    order : Order
        All that is needed.

    Returns
    -------
    Outcome or None
        How it ended; None if nobody wants to know any more.

    Raises
    ------
    UsageError
        If this worker is unlike the machine that asks: it has joined after the others were looked at.
    """
    if unlike := _differences(order.surroundings, surroundings()):
        raise UsageError(f"the worker would make another page: {'; '.join(unlike)}")
    scratch = Path(get_worker().local_directory)
    job = with_notebook(order.job, order.notebook, scratch)
    settings = replace(order.settings, folder=str(order.inputs.working_folder(scratch)))
    try:
        with _while_wanted() as stopped:
            if not is_address(order.place):
                return make_or_tell(job, Path(order.place), settings, stopped)
            with TemporaryDirectory(dir=scratch) as aside:
                outcome = make_or_tell(job, Path(aside), settings, stopped)
                Address(order.place).push(Path(aside))
                return outcome
    except GivenUp:
        return None


@contextmanager
def _while_wanted() -> Iterator[Callable[[], bool]]:
    """Kill the kernel of this task when the scheduler takes the task back; give what then makes its report let go."""
    worker, task, thread, ended = get_worker(), get_worker().get_current_task(), threading.get_ident(), threading.Event()

    def wanted() -> bool:
        state = worker.state.tasks.get(task)
        return state is not None and state.state != "cancelled" and worker.status not in _ENDING

    def stopped() -> bool:
        if not wanted():
            raise GivenUp
        return False

    def watch() -> None:
        while not ended.wait(_TICK):
            if not wanted():
                kill_running(thread)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield stopped
    finally:
        ended.set()


def _in_one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
