"""Run one command to its end and print, as JSON, what it and everything it started took.

The command has a supervisor of its own, so that nothing else is counted. The supervisor adopts what the command leaves behind, so
that a process whose parent went away is counted too.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from itertools import count

from benchmarks.process_tree import Watch, descendants

PROCESSORS = 2
_PAUSE = 0.1
_PAUSES_PER_LOOK = 20  # looking takes at most a twentieth of one processor from what is measured
_LOOKS_PER_MEMORY = 5  # adding up a process's pages holds up the process itself
_PATIENCE = 5.0
_PR_SET_CHILD_SUBREAPER = 36


def supervise(command: Sequence[str]) -> dict[str, object]:
    """Run a command on two processors.

    Wall time ends with the command itself. Processor time goes on to the last of its descendants; it is the larger of what the
    system adds up and what was seen, because each can only miss something: the system what a parent chose not to wait for, the eye
    the last moments of each process.
    """
    _take_two_processors()
    _adopt_orphans()
    watch = Watch(os.getpid())
    ended = threading.Event()
    watcher = threading.Thread(target=_keep_looking, args=(watch, ended))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    watch.main = process.pid
    watcher.start()
    status = process.wait()
    wall = time.perf_counter() - start
    left_behind = _wait_for_orphans()
    ended.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "status": status,
        "wall": wall,
        "cpu": max(used.ru_utime + used.ru_stime, watch.cpu),
        "peak": watch.peak,
        "driver": watch.driver,
        "left_behind": left_behind,
    }


def _take_two_processors() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _keep_looking(watch: Watch, ended: threading.Event) -> None:
    pause = 0.0
    for number in count():
        if ended.wait(pause):
            return
        start = time.thread_time()
        watch.look(memory=number % _LOOKS_PER_MEMORY == 0)
        pause = max(_PAUSE, _PAUSES_PER_LOOK * (time.thread_time() - start))


def _wait_for_orphans() -> int:
    """Wait for what outlives the command, for a few seconds; end the rest and count it."""
    deadline = time.monotonic() + _PATIENCE
    killed = 0
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
        except ChildProcessError:
            return killed
        if time.monotonic() > deadline and not killed:
            for process in descendants(os.getpid()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
                    killed += 1
        time.sleep(0.02)


if __name__ == "__main__":
    print(json.dumps(supervise(sys.argv[1:])))
