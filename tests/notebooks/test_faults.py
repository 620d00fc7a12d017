"""Everything that can go wrong in a notebook, each with a real kernel: it gets its word everywhere, and nothing is left of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import nbformat
import pytest

from .conftest import ROOT, Batch, visible_text, write_notebook

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked, and processes listed, on Linux only")
FAULTS = {
    "raises": ("1 / 0", "failed", "ZeroDivisionError: division by zero"),
    "syntax": ("def broken(:", "failed", "SyntaxError: invalid syntax"),
    "recursion": ("import sys\nsys.setrecursionlimit(400)\ndef down(): down()\ndown()", "failed", "RecursionError: maximum recursion depth exceeded"),
    "deep_stack": ("import sys\nsys.setrecursionlimit(10**9)\ndef down(x): return sorted([x], key=down)\ndown(1)", "kernel_died", "signal 11"),
    "leaves": ("import os\nos._exit(7)", "kernel_died", "the kernel ended with exit status 7"),
    "kills_itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "kernel_died", "the kernel was killed by signal 9"),
    "kills_its_group": ("import os, signal\nos.killpg(0, signal.SIGKILL)", "kernel_died", "the kernel was killed by signal 9"),
    "sleeps": ("import time\ntime.sleep(600)", "timed_out", "the cell took longer than 8 s"),
    "never_listens": (
        "import signal, time\nfor number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, signal.SIG_IGN)\ntime.sleep(600)",
        "timed_out",
        "the cell took longer than 8 s",
    ),
    "allocates": ("block = bytearray(4 * 2**30)", "out_of_memory", "MemoryError"),
    "grows": ("held = []\nwhile True: held.append(bytearray(1000))", "out_of_memory", "MemoryError"),
    "numpy_grows": ("import numpy\nnumpy.ones(2**30)", "out_of_memory", "MemoryError: Unable to allocate 8.00 GiB"),
    "no_file": ("open('khong-co.csv')", "failed", "FileNotFoundError"),
    "no_tables": ("import bcanalysis as bc\nbc.load('khong-co')", "failed", "expected a folder with datapackage.json"),
    "no_area": ("import bcanalysis as bc\nbc.compare(bc.load(), period, 'bac-gian')", "failed", 'Did you mean "bac-giang"?'),
    "prints": ("for _ in range(50): print('x' * 2**20)", "ok", None),
    "leaves_children": (
        "import os, subprocess, sys\n"
        "quiet = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "subprocess.Popen(['sleep', '600'], **quiet)\n"
        "subprocess.Popen(['sleep', '600'], start_new_session=True, **quiet)\n"
        "subprocess.Popen(['sh', '-c', 'setsid sleep 600 & exit'], **quiet).wait()\n"
        "if os.fork() == 0:\n    os.setsid()\n    os.execlp('sleep', 'sleep', '600')",
        "ok",
        None,
    ),
    "dies_with_children": (
        "import os, subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\nos._exit(3)",
        "kernel_died",
        "the kernel ended with exit status 3",
    ),
    "sound": ("print('xong')", "ok", None),
}  # fmt: skip
BROKEN = {"failed", "timed_out", "out_of_memory", "kernel_died", "bad_parameters"}


def of_this_run(mark: str) -> list[int]:
    """List the processes, of whatever parent, that a run has started: they carry its mark in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def gone_within(mark: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while of_this_run(mark):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def faults(tmp_path_factory) -> tuple[Batch, str]:
    folder = tmp_path_factory.mktemp("faults")
    mark = uuid4().hex
    notebooks = [write_notebook(folder, name, cell, "print('sau')") for name, (cell, *_) in FAULTS.items()]
    command = [sys.executable, "-m", "bcanalysis", "report", "2018H1", "--cell-timeout", "8", "--memory", "1200M"]
    for notebook in notebooks:
        command += ["--notebook", str(notebook)]
    run = subprocess.run(
        [*command, "--out", str(folder / "out")],
        cwd=ROOT,
        env={**os.environ, "MARK": mark},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Batch(folder / "out", run.returncode, run.stdout + run.stderr), mark


@LINUX
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gets_its_word_in_record_page_index_and_notebook(faults, name):
    _, status, error = FAULTS[name]
    made, _ = faults
    record = made.records("2018H1")[f"{name}.html"]
    page = made.page(f"2018H1/{name}.html")
    notebook = nbformat.read(made.folder / f"2018H1/{name}.ipynb", as_version=4)

    assert record["status"] == status
    assert f'<meta name="bcanalysis-status" content="{status}">' in page
    assert notebook.metadata["bcanalysis"]["status"] == status
    assert f'data-status="{status}"' in made.page("2018H1/index.html")
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    if error is None:
        assert record["error"] is None
    else:
        assert error in record["error"]
        assert record["error"] in visible_text(page).replace("&#34;", '"').replace("&#39;", "'")
        assert record["error"] == notebook.metadata["bcanalysis"]["error"]
        assert record["cell"] == 3
        assert [cell.source for cell in notebook.cells if cell.metadata.get("papermill", {}).get("status") == "failed"] == [
            FAULTS[name][0]
        ]


@LINUX
@pytest.mark.parametrize("name", [name for name, (_, status, _) in FAULTS.items() if status in BROKEN])
def test_the_cell_after_a_fault_says_that_it_never_ran(faults, name):
    made, _ = faults
    notebook = nbformat.read(made.folder / f"2018H1/{name}.ipynb", as_version=4)

    assert notebook.cells[-1].source == "print('sau')"
    assert notebook.cells[-1].metadata["papermill"]["status"] == "pending"
    assert "Ô này chưa chạy" in visible_text(made.page(f"2018H1/{name}.html"))


@LINUX
def test_the_batch_of_faults_fails_as_a_whole_and_shows_no_traceback_of_ours(faults):
    made, _ = faults
    assert made.status == 1
    assert "Traceback" not in made.printed
    assert "[19/19]" in made.printed


@LINUX
def test_a_failed_report_says_where(faults):
    made, _ = faults
    record = made.records("2018H1")["raises.html"]
    assert record["traceback"].splitlines()[-1] == "ZeroDivisionError: division by zero"
    assert "----> 1 1 / 0" in record["traceback"]


@LINUX
def test_no_process_is_left_of_any_fault(faults):
    _, mark = faults
    assert gone_within(mark, 2)
