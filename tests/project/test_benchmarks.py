"""That the benchmark compares like with like and counts everything; how long anything takes is not tested here."""

import sys

import pytest

from benchmarks.measure import measure

CHILD = "import time; held = b'x' * 80_000_000\nwhile time.process_time() < 0.3: pass\ntime.sleep(0.3)"
START = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {CHILD!r}])"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about the descendants of a process")
@pytest.mark.parametrize(
    "ending",
    ["child.wait()", "child.returncode = 0", "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); child.wait()"],
    ids=["waited for", "left alone", "disowned"],
)
def test_a_process_started_by_the_command_is_counted(ending):
    cost = measure([sys.executable, "-c", f"{START}\n{ending}"])

    assert cost.cpu > 0.2
    assert cost.peak > 80e6 > cost.driver
    assert cost.left_behind == 0


def test_a_command_that_fails_is_told_with_its_last_words():
    with pytest.raises(RuntimeError, match=r"status 3:\nnothing to report"):
        measure([sys.executable, "-c", "import sys; print('nothing to report', file=sys.stderr); sys.exit(3)"])
