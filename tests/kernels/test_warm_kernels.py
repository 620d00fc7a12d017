"""A warm kernel is a fresh process: nothing of the report before it, nothing stale, nothing left when the driver is gone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from bcanalysis.kernels.manager import ReportKernelManager
from bcanalysis.kernels.parent import _all_before_asked

from ..notebooks.conftest import ROOT, report, write_notebook
from ..notebooks.test_faults import gone_within, of_this_run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

LEAVE_TRACES = """\
import os, random, sys, warnings
import numpy, pandas, plotly.io
left_behind = "here"
os.chdir("/")
os.environ["LEFT_BEHIND"] = "here"
plotly.io.templates.default = "plotly_dark"
plotly.io.renderers.default = "json"
pandas.options.display.max_rows = 3
numpy.random.seed(1)
random.seed(1)
sys.path.insert(0, "/left/behind")
sys.modules["left_behind"] = sys
warnings.simplefilter("ignore")
os.umask(0o077)"""
LOOK_FOR_TRACES = """\
import os, sys, warnings
import numpy, pandas, plotly.io
print("left_behind" in globals(), "left_behind" in sys.modules, "LEFT_BEHIND" in os.environ)
print(os.getcwd())
print(plotly.io.templates.default, plotly.io.renderers.default, pandas.options.display.max_rows)
print([path for path in sys.path if "python" not in path])
print(("ignore", None, Warning, None, 0) in warnings.filters)
print(oct(os.umask(0)))
print(sys.argv[0].rpartition("/")[2], sys.argv[1], __name__)
print(sorted(name for name in os.environ if name not in ("JPY_PARENT_PID", "LINES", "COLUMNS")))"""
DRAW = "import random, numpy\nprint(random.random(), numpy.random.rand(), numpy.random.default_rng().random())"


def printed(folder: Path, place: str) -> list[str]:
    notebook = nbformat.read(folder / place, as_version=4)
    return [output["text"] for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "stream"]


def test_a_report_sees_nothing_of_the_one_before_it_and_what_a_cold_kernel_sees(tmp_path):
    first = write_notebook(tmp_path, "a_first", LEAVE_TRACES)
    second = write_notebook(tmp_path, "b_second", LOOK_FOR_TRACES)
    warm = report(tmp_path / "warm", "2018H1", "--jobs", "1", "--notebook", str(first), "--notebook", str(second))
    cold = report(tmp_path / "cold", "2018H1", "--engine", "nbclient", "--notebook", str(second))

    assert (warm.status, cold.status) == (0, 0), warm.printed + cold.printed
    (seen,) = printed(warm.folder, "2018H1/b_second.ipynb")
    lines = seen.splitlines()
    assert lines[:2] == ["False False False", str(ROOT)]
    assert lines[2] == "plotly plotly_mimetype 60"
    assert "behind" not in seen
    assert printed(cold.folder, "2018H1/b_second.ipynb") == [seen]


def test_two_reports_do_not_draw_the_same_chances(tmp_path):
    notebooks = [write_notebook(tmp_path, name, DRAW) for name in ("one", "two")]
    made = report(tmp_path / "out", "2018H1", *[word for notebook in notebooks for word in ("--notebook", str(notebook))])
    one, two = (printed(made.folder, f"2018H1/{name}.ipynb")[0].split() for name in ("one", "two"))

    assert not set(one) & set(two)


def test_what_a_notebook_leaves_to_be_done_at_its_end_is_done(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    source = f"""\
import atexit, pathlib, tempfile, threading, time
folder = pathlib.Path({str(kept)!r})
unclosed = open(folder / "unclosed", "w")
unclosed.write("written")
atexit.register((folder / "said goodbye").touch)
aside = tempfile.TemporaryDirectory(dir=folder)
threading.Thread(target=lambda: (time.sleep(0.3), (folder / "worked on").touch())).start()"""
    made = report(tmp_path / "out", "2018H1", "--notebook", str(write_notebook(tmp_path, "untidy", source)))

    assert made.status == 0, made.printed
    assert sorted(path.name for path in kept.iterdir()) == ["said goodbye", "unclosed", "worked on"]
    assert (kept / "unclosed").read_text() == "written"


def test_kernels_that_are_asked_to_end_do_so_by_themselves():
    async def ended() -> int | None:
        manager = ReportKernelManager(kernel_name="python3")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready()
        process = manager.provisioner.process
        await manager.shutdown_kernel()
        client.stop_channels()
        return process.poll()

    async def four_at_a_time() -> list[int | None]:
        return [status for _ in range(8) for status in await asyncio.gather(*(ended() for _ in range(4)))]

    with ThreadPoolExecutor(1) as aside:  # an open browser has a loop of its own in this thread
        assert aside.submit(lambda: asyncio.run(four_at_a_time())).result() == [0] * 32


def outputs(folder: Path, place: str) -> list[list[dict]]:
    """Give the outputs of a notebook without what says when it was run."""
    cells = nbformat.read(folder / place, as_version=4).cells
    found = [json.loads(json.dumps(cell.get("outputs", []))) for cell in cells]
    for output in (output for cell in found for output in cell):
        record = output.get("data", {}).get("application/vnd.bcanalysis.run+json", {})
        record.pop("executed_at", None)
    return found


@pytest.mark.parametrize(("lang", "notebooks", "count"), [("vi", (), 14), ("en", ("--notebook", "overview"), 1)])
def test_warm_kernels_give_cell_by_cell_what_cold_ones_give(tmp_path, lang, notebooks, count):
    asked = ("2024H1", "--lang", lang, *notebooks)
    warm = report(tmp_path / "warm", *asked)
    cold = report(tmp_path / "cold", *asked, "--engine", "nbclient")

    places = sorted(path.relative_to(warm.folder).as_posix() for path in warm.folder.rglob("*.ipynb"))
    assert (warm.status, cold.status, len(places)) == (0, 0, count), warm.printed + cold.printed
    for place in places:
        assert outputs(warm.folder, place) == outputs(cold.folder, place), place


def test_kernels_started_ahead_give_the_same_too(tmp_path, monkeypatch):
    fork = report(tmp_path / "fork", "2018H1", "--notebook", "overview")
    monkeypatch.setenv("BCANALYSIS_KERNELS", "ahead")
    monkeypatch.setenv("MARK", "started-ahead-in-a-test")
    ahead = report(tmp_path / "ahead", "2018H1", "--notebook", "overview")

    assert (fork.status, ahead.status) == (0, 0), fork.printed + ahead.printed
    assert outputs(fork.folder, "2018H1/overview.ipynb") == outputs(ahead.folder, "2018H1/overview.ipynb")
    assert gone_within("started-ahead-in-a-test", 2)


EDITS = """\
import sys, time
from pathlib import Path
import papermill
from bcanalysis.kernels.manager import ReportKernelManager

def read():
    nb = papermill.execute_notebook("look.ipynb", None, engine_name="bcanalysis", kernel_name="python3", progress_bar=False,
                                    kernel_manager_class=ReportKernelManager)
    return nb.cells[-1].outputs[0]["text"].strip()

source = Path("package/bcanalysis/periods.py")
print(read())
source.write_text(source.read_text() + "\\nEDITED = 'first'\\n")
print(read())
source.write_text(source.read_text().replace("'first'", "'second'"))
print(read())
words = Path("package/bcanalysis/wording/terms/record.toml")
words.write_text(words.read_text() + '\\nmarker = {vi = "dấu", en = "mark"}\\n')
print(read())
"""


def test_edited_code_and_words_are_never_served_stale(tmp_path):
    (tmp_path / "package").mkdir()
    subprocess.run(["cp", "-r", ROOT / "bcanalysis", tmp_path / "package/bcanalysis"], check=True)
    look = (
        "import bcanalysis.periods\nfrom bcanalysis.wording.terms import term\n"
        "try: word = term('record.marker', 'vi')\nexcept Exception: word = None\n"
        f"print(getattr(bcanalysis.periods, 'EDITED', None), word, bcanalysis.periods.__file__.startswith({str(tmp_path)!r}))"
    )
    notebook = new_notebook(
        cells=[new_code_cell(look)], metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": ""}}
    )
    nbformat.write(notebook, tmp_path / "look.ipynb")
    (tmp_path / "edits.py").write_text(EDITS, encoding="utf-8")

    env = {**os.environ, "PYTHONPATH": str(tmp_path / "package")}
    run = subprocess.run([sys.executable, "edits.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert run.stdout.splitlines() == ["None None True", "first None True", "second None True", "second dấu True"], run.stderr


@pytest.mark.parametrize("after", [0.3, 1.2, 4.0])
def test_parent_and_kernels_end_within_two_seconds_of_the_drivers_death(tmp_path, after):
    """While the parent gets warm, while kernels start, and while they are at work."""
    mark = f"killed-after-{after}"
    busy = write_notebook(tmp_path, "busy", "import subprocess\nsubprocess.Popen(['sleep', '600'])\nwhile True: pass")
    command = [sys.executable, "-m", "bcanalysis", "report", "2018H1", "--notebook", str(busy), "--out", str(tmp_path / "out")]
    driver = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "MARK": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    driver.kill()
    driver.wait()

    assert gone_within(mark, 2), of_this_run(mark)


def test_ctrl_c_keeps_what_is_finished_and_leaves_no_process(tmp_path):
    mark = "interrupted-in-a-test"
    sound = write_notebook(tmp_path, "a_sound", "print('xong')")
    slow = [write_notebook(tmp_path, f"slow_{number}", "import time\ntime.sleep(600)") for number in range(4)]
    command = [sys.executable, "-m", "bcanalysis", "report", "2018H1", "--jobs", "2", "--out", str(tmp_path / "out"), "--json"]
    for notebook in (sound, *slow):
        command += ["--notebook", str(notebook)]
    driver = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "MARK": mark}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while not (tmp_path / "out/2018H1/run.jsonl").exists() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1.5)
    pressed = time.monotonic()
    driver.send_signal(signal.SIGINT)
    printed_json, said = driver.communicate(timeout=30)

    assert driver.returncode == 130
    assert time.monotonic() - pressed < 5
    assert "Cancelled; what was finished is kept." in said
    assert sorted(outcome["status"] for outcome in json.loads(printed_json)) == ["cancelled"] * 4 + ["ok"]
    assert '<meta name="bcanalysis-status" content="ok">' in (tmp_path / "out/2018H1/a_sound.html").read_text(encoding="utf-8")
    assert gone_within(mark, 0.5), of_this_run(mark)
    again = report(tmp_path / "out", "2018H1", "--notebook", str(sound))
    assert "skipped" in again.printed


def test_a_warm_kernel_serves_jupyter_as_any_other(tmp_path):
    """Over ports, interrupted, restarted, shut down: as JupyterLab does it."""
    script = """\
import asyncio, os
from jupyter_client.manager import AsyncKernelManager
async def main():
    manager = AsyncKernelManager(transport_encryption="auto")
    await manager.start_kernel(cwd=os.getcwd())
    print(type(manager.provisioner).__name__, type(manager.provisioner.process).__name__)
    client = manager.client(); client.start_channels(); await client.wait_for_ready(timeout=60)
    async def run(code):
        texts = []
        reply = await client.execute_interactive(code, timeout=30, output_hook=lambda m: texts.append(m["content"].get("text") or m["content"].get("ename")))
        return [text for text in texts if text]
    print(await run("print(6 * 7)"))
    waiting = asyncio.ensure_future(run("import time\\ntime.sleep(60)"))
    await asyncio.sleep(1); await manager.interrupt_kernel(); print(await waiting)
    await run("kept = 1"); await manager.restart_kernel(now=True); await client.wait_for_ready(timeout=60)
    print(await run("print('kept' in globals())"), await manager.is_alive())
    await manager.shutdown_kernel(); print(await manager.is_alive()); client.stop_channels()
asyncio.run(main())
"""
    env = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "bcanalysis-warm", "MARK": "as-in-lab"}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=120
    )

    assert run.stdout.splitlines() == [
        "WarmProvisioner WarmProcess", r"['42\n']", "['KeyboardInterrupt']", r"['False\n'] True", "False",
    ], run.stderr  # fmt: skip
    assert gone_within("as-in-lab", 2)


def test_the_kernel_of_another_interpreter_is_launched_as_usual(monkeypatch):
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from jupyter_client.provisioning import LocalProvisioner

    from bcanalysis.kernels import provisioner

    launched = []

    async def as_usual(self, cmd, **kwargs):
        launched.append((cmd, kwargs))
        return {}

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", as_usual)
    monkeypatch.setattr(provisioner, "warm_kernel", lambda *_: pytest.fail("a kernel of another interpreter was forked"))
    one = provisioner.WarmProvisioner()
    for command in (["/usr/bin/python3", "-m", "ipykernel_launcher", "-f", "x.json"], [sys.executable, "-m", "xeus", "x.json"]):
        with ThreadPoolExecutor(1) as thread:  # a browser of another test may have a loop running in this one
            thread.submit(asyncio.run, one.launch_kernel(command, cwd="/", env={})).result()

    assert [cmd[0] for cmd, _ in launched] == ["/usr/bin/python3", sys.executable]
    assert launched[0][1] == {"cwd": "/", "env": {}}


def test_a_kernel_whose_interpreter_must_start_otherwise_is_not_forked(tmp_path):
    from bcanalysis.kernels.become import Request
    from bcanalysis.kernels.warm import NotWarmError, stop, warm_kernel

    stop()
    env = {**os.environ, "PYTHONHASHSEED": "0"}
    arguments = ("-f", str(tmp_path / "none.json"))
    kernel = warm_kernel(Request(arguments, str(tmp_path), env), (1, 2))
    kernel.kill()
    assert kernel.wait(5) == -signal.SIGKILL
    with pytest.raises(NotWarmError, match="differs in what an interpreter reads when it starts"):
        warm_kernel(Request(arguments, str(tmp_path), {**env, "PYTHONUTF8": "1"}), (1, 2))
    stop()


READ = """\
import bcanalysis.dataset.load as loading
read, checked = loading.read_dataset, []
loading.read_dataset = lambda folder: checked.append(folder) or read(folder)
print(len(loading.load()["observations"]), len(checked))"""


def test_a_kernel_of_a_batch_takes_the_tables_that_its_driver_has_checked_and_a_cold_one_checks_them(tmp_path):
    look = write_notebook(tmp_path, "look", READ)
    warm = report(tmp_path / "warm", "2018H1", "--notebook", str(look))
    cold = report(tmp_path / "cold", "2018H1", "--engine", "nbclient", "--notebook", str(look))

    assert (warm.status, cold.status) == (0, 0), warm.printed + cold.printed
    assert printed(warm.folder, "2018H1/look.ipynb") == ["368 0\n"]
    assert printed(cold.folder, "2018H1/look.ipynb") == ["368 1\n"]


GET_WARM = """\
import sys
from bcanalysis.dataset.reads import asked
from bcanalysis.kernels.warmup import load_libraries, use_libraries
load_libraries()
use_libraries()
print("kaleido" in sys.modules, "plotly.io._renderers" in sys.modules, asked())"""


def test_a_kernel_takes_the_tables_that_the_warm_parent_has_checked():
    code = """
import bcanalysis as bc
from bcanalysis.dataset import handed, load
from bcanalysis.kernels.warmup import checked_tables, use_libraries
use_libraries()
load.read_dataset = None  # nothing is to be checked again
handed.tell(checked_tables())
print(len(bc.load()["observations"]))
"""
    rows = len((ROOT / "data" / "observations.csv").read_text(encoding="utf-8").splitlines()) - 1
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(rows)


def test_what_shows_charts_is_loaded_beforehand_and_not_yet_chosen():
    told = subprocess.run([sys.executable, "-c", GET_WARM], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == "True False ()\n"


@pytest.mark.parametrize(("asked", "all_taken", "taken"), [(b"", True, [1, 2, 3]), (b"k", False, [1])])
def test_the_parent_uses_the_libraries_until_somebody_asks(asked, all_taken, taken):
    done = []
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(asked)
        assert _all_before_asked((done.append(step) for step in (1, 2, 3)), theirs) is all_taken
    assert done == taken
