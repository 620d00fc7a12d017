"""Batches on a Dask cluster: a scheduler and workers as real processes on loopback, whose kernels are really killed."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from distributed import Client, KilledWorker, Lock

from bcanalysis.errors import UsageError
from bcanalysis.reports.batch import make_batch
from bcanalysis.reports.cluster import batch as cluster
from bcanalysis.reports.cluster.address import Address, opened
from bcanalysis.reports.cluster.batch import Crew, make_batch_on
from bcanalysis.reports.cluster.shipping import Inputs, inputs_of
from bcanalysis.reports.exporters.page import print_page
from bcanalysis.reports.exporters.provenance import embedded_provenance
from bcanalysis.reports.jobs import Codes, Job, job_of
from bcanalysis.reports.notebooks import Notebook
from bcanalysis.reports.report import Outcome, Settings
from bcanalysis.reports.surroundings import versions
from bcanalysis.reports.upkeep import Upkeep
from bcanalysis.reports.verify import _declare

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed event loop:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket fd=[0-9]+, family=1:ResourceWarning"),  # of such a loop
]
ROOT = Path(__file__).parents[2]
CODES = Codes(frozenset({"bac-giang"}), frozenset())
PARAMETERS = 'period = "2018H1"  # a period\narea = "bac-giang"  # an area\nlang = "vi"  # a language\ndata = ""  # a folder'


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = ""
        self.workers: set[int] = set()

    def start(self) -> None:
        self._run("scheduler", "--port", "0", "--no-show", "--scheduler-file", str(self._file))
        _wait(lambda: self._file.exists() and self._file.stat().st_size > 0, 60)
        self.address = json.loads(self._file.read_text(encoding="utf-8"))["address"]

    def _run(self, *arguments: str) -> int:
        place = self._folder / f"{arguments[0]}-{len(self._processes)}"
        place.mkdir()
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
        with (place / "log").open("wb") as log:
            self._processes.append(subprocess.Popen(command, cwd=place, stdout=log, stderr=log))
        return self._processes[-1].pid

    def add_workers(self, count: int) -> None:
        one = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        self.workers |= {self._run("worker", "--scheduler-file", str(self._file), *one) for _ in range(count)}
        with Client(self.address) as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()


def _wait(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def dask(tmp_path_factory) -> Iterator[Cluster]:
    there = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        there.start()
        there.add_workers(2)
        yield there
    finally:
        there.stop()


@pytest.fixture(autouse=True)
def _loops_are_collected_here() -> Iterator[None]:
    """Collect the event loops that Jupyter leaves in the threads of a local batch while their warnings are ignored."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _inside_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def notebook(folder: Path, name: str, code: str) -> Notebook:
    cells = [nbformat.v4.new_markdown_cell(f"# {name}"), nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nb = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(code)], metadata=metadata)
    nbformat.write(nb, folder / f"{name}.ipynb")
    return Notebook(folder / f"{name}.ipynb")


def sleeper(folder: Path) -> Notebook:
    """Give a notebook that sleeps for long when it is run for the first time, and leaves its process id."""
    marker = str(folder / "kernel")
    code = (
        "import os, time\nfrom pathlib import Path\n"
        f"marker = Path({marker!r})\nfirst = not marker.exists()\nmarker.write_text(str(os.getpid()))\n"
        'time.sleep(60 if first else 0)\nprint("awake")'
    )
    return notebook(folder, "sleeper", code)


def jobs_of(*notebooks: Notebook, **texts: str) -> list[Job]:
    return [job_of(one, "2018H1", texts, CODES) for one in notebooks]


def kernel_in(folder: Path, batch: Future[list[Outcome]] | None = None) -> psutil.Process:
    marker = folder / "kernel"
    _wait(lambda: (batch and batch.done() and batch.result()) or (marker.exists() and marker.read_text().isdigit()))
    return psutil.Process(int((folder / "kernel").read_text()))


def assert_same_as_local(jobs: list[Job], there: Path, here: Path, made_there: list[Outcome], made_here: list[Outcome]) -> None:
    """Print each notebook made there with the times that the local page declares: the local page must come out, byte for byte."""
    for job in jobs:
        page = (here / f"{job.stem}.html").read_text(encoding="utf-8")
        declared = embedded_provenance(page)
        nb = nbformat.read(there / f"{job.stem}.ipynb", as_version=4)
        _declare(nb, declared)
        assert print_page(nb, declared["name"], library=declared["library"]).html == page, job.stem
        own = embedded_provenance((there / f"{job.stem}.html").read_text(encoding="utf-8"))
        assert {
            **own,
            **{key: declared[key] for key in ("executed_at", "started_at", "ended_at", "seconds", "checksum")},
        } == declared

    def told(outcomes: list[Outcome]) -> list[Outcome]:
        return sorted((replace(one, seconds=0.0, page_sha256="") for one in outcomes), key=lambda one: one.report)

    assert told(made_there) == told(made_here)


def test_all_reports_are_made_as_locally_when_a_worker_dies_at_work(dask, tmp_path):
    print_it = notebook(tmp_path, "printer", 'print(f"{period} in {area}")')
    fails = notebook(tmp_path, "fails", 'raise ValueError("not today")')
    own = Notebook(ROOT / "notebooks/administration.ipynb")
    jobs = jobs_of(sleeper(tmp_path), print_it, fails, own)
    with ThreadPoolExecutor() as aside:
        batch = aside.submit(make_batch_on, dask.address, jobs, str(tmp_path / "there"), Settings())
        kernel = kernel_in(tmp_path, batch)
        (worker,) = {process.pid for process in kernel.parents()} & dask.workers
        os.kill(worker, signal.SIGKILL)
        dask.workers.remove(worker)
        there = batch.result()
    here = make_batch(jobs, tmp_path / "here", Settings(), workers=2)

    _wait(lambda: not kernel.is_running(), 5)
    assert {one.report: one.status for one in there} == {
        "sleeper": "ok",
        "printer": "ok",
        "fails": "failed",
        "administration": "ok",
    }
    assert_same_as_local(jobs, tmp_path / "there", tmp_path / "here", there, here)
    assert (tmp_path / "there/index.html").is_file()


def test_inputs_travel_and_outputs_go_to_an_address_which_the_next_run_goes_on_from(dask, tmp_path, monkeypatch):
    def unseen(jobs: list[Job]) -> Inputs:
        inputs = inputs_of(jobs)
        return Inputs("/nowhere", tuple(replace(tables, folder="/nowhere/data") for tables in inputs.tables))

    monkeypatch.setattr(cluster, "inputs_of", unseen)
    where = notebook(tmp_path, "where", 'import os\nprint(sorted(os.listdir("data"))[:2])')
    jobs = jobs_of(Notebook(ROOT / "notebooks/administration.ipynb"), where)
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    (bucket / ".part-0123").write_text("half a page")
    address = f"file://{bucket}"

    there = make_batch_on(dask.address, jobs, address, Settings())
    here = make_batch(jobs[:1], tmp_path / "here", Settings())

    assert [one.status for one in there] == ["ok", "ok"]
    assert_same_as_local(jobs[:1], bucket, tmp_path / "here", [one for one in there if one.report == "administration"], here)
    assert ".commit.json" in (bucket / "2018H1/where.ipynb").read_text(encoding="utf-8")
    provenance = [embedded_provenance((place / f"{jobs[0].stem}.html").read_text("utf-8")) for place in (bucket, tmp_path / "here")]
    assert provenance[0]["git"] == provenance[1]["git"]
    assert 'href="administration.html"' in (bucket / "2018H1/index.html").read_text(encoding="utf-8")
    assert not list(bucket.rglob(".part-*"))

    (bucket / "2018H1/where.html").write_text("something else", encoding="utf-8")
    again = make_batch_on(dask.address, jobs, address, Settings())

    assert {one.report: one.status for one in again} == {"administration": "skipped", "where": "ok"}
    with opened(address, jobs) as mirror:
        assert [Upkeep(mirror, Settings()).why(job) for job in jobs] == [[], []]
    assert len((bucket / "2018H1/run.jsonl").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["cancelled", "killed"])
def test_no_kernel_outlives_its_batch(dask, tmp_path, number, status):
    book = sleeper(tmp_path)
    command = [sys.executable, "-c", "from bcanalysis.cli import main; main()", "report", "2018H1", "--cluster", dask.address]
    driver = subprocess.Popen(
        [*command, "--notebook", str(book.path), "--out", str(tmp_path / "out")], stderr=subprocess.PIPE, text=True
    )
    kernel = kernel_in(tmp_path)
    driver.send_signal(number)
    began = time.monotonic()
    said = driver.communicate(timeout=10)[1]

    assert (driver.returncode, time.monotonic() - began < 5) == (status, True)
    _wait(lambda: not kernel.is_running(), 5)
    if status == 130:
        assert "2018H1/sleeper.html  0.0 s  the batch was cancelled\nCancelled; what was finished is kept.\n" in said
        assert '<meta name="bcanalysis-status" content="cancelled">' in (tmp_path / "out/2018H1/sleeper.html").read_text("utf-8")
    else:
        assert not (tmp_path / "out/2018H1/sleeper.html").exists()


def test_a_cluster_of_this_machine_is_started_for_trying_it(tmp_path):
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"))

    (there,) = make_batch_on("local", jobs, str(tmp_path / "there"), Settings(), workers=2)
    (here,) = make_batch(jobs, tmp_path / "here", Settings())

    assert_same_as_local(jobs, tmp_path / "there", tmp_path / "here", [there], [here])


def test_a_scheduler_that_does_not_answer_is_wrong_usage(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"))

    with pytest.raises(UsageError, match=r"got tcp://127.0.0.1:1, where no scheduler answers; expected the address"):
        make_batch_on("tcp://127.0.0.1:1", jobs, str(tmp_path / "out"), Settings())
    assert not (tmp_path / "out").exists()


def test_workers_with_other_versions_are_refused_before_anything_is_made(dask, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "versions", lambda: {**versions(), "pandas": "0.1"})
    monkeypatch.setattr(cluster, "source_sha256", lambda: "ab" * 32)
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"))

    with pytest.raises(
        UsageError, match=r"tcp://127.0.0.1:\d+: code of bcanalysis: [0-9a-f]{12} there, abababababab here\n.*pandas: "
    ):
        make_batch_on(dask.address, jobs, str(tmp_path / "out"), Settings())
    assert not (tmp_path / "out").exists()


def test_a_place_that_workers_do_not_share_is_refused(dask, tmp_path):
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"))

    with pytest.raises(UsageError, match=r"out: got memory://reports, which is another place there"):
        make_batch_on(dask.address, jobs, "memory://reports", Settings())


def test_two_runs_do_not_write_to_one_address(dask, tmp_path):
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"))
    address = f"file://{tmp_path}/bucket"

    with (
        Client(dask.address),
        Lock(f"bcanalysis {address}"),
        pytest.raises(UsageError, match=r"bucket, where another run is writing"),
    ):
        make_batch_on(dask.address, jobs, address, Settings())


def test_without_the_extra_it_is_said_how_to_install_it(tmp_path):
    code = "import sys; sys.modules['distributed'] = None; from bcanalysis.cli import main; main()"
    command = [sys.executable, "-c", code, "report", "2018H1", "--cluster", "local", "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert 'expected dask.distributed: pip install "bcanalysis[cluster]"' in ended.stderr
    assert not (tmp_path / "out").exists()


def test_tables_that_can_be_put_nowhere_are_refused(dask, tmp_path, monkeypatch, small_data):
    jobs = jobs_of(notebook(tmp_path, "printer", "print(period)"), data=str(small_data))
    tables = replace(inputs_of(jobs).tables[0], folder="/nowhere/data")
    monkeypatch.setattr(cluster, "inputs_of", lambda jobs: Inputs(str(ROOT), (tables,)))

    with pytest.raises(UsageError, match=r"data: got /nowhere/data, which does not hold the same tables there"):
        make_batch_on(dask.address, jobs, str(tmp_path / "out"), Settings())


def test_a_report_whose_workers_keep_dying_has_failed_and_says_so(tmp_path):
    class Worker:
        address = "tcp://10.0.0.7:4000"

    class Client:
        def scheduler_info(self, n_workers: int) -> dict[str, str]:
            return {"address": "tcp://10.0.0.1:8786"}

    (job,) = jobs_of(notebook(tmp_path, "printer", "print(period)"))
    outcome = Crew(Client(), str(tmp_path), Inputs("", ()))._failed(job, tmp_path, KilledWorker("make_there-1", Worker(), 3))

    assert outcome.status == "failed"
    assert outcome.error == "on the cluster tcp://10.0.0.1:8786, 4 workers died while making it; the last: tcp://10.0.0.7:4000"
    assert outcome.error in (tmp_path / "2018H1/printer.html").read_text(encoding="utf-8")


def test_an_address_of_no_known_kind_is_wrong_usage():
    with pytest.raises(UsageError, match="got nonsense://here; expected a folder, or an address that can be opened here"):
        Address("nonsense://here")
