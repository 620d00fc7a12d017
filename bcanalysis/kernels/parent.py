"""The warm parent: a process that imports and uses the libraries once, and forks a supervisor with a kernel for each asked."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator

from bcanalysis.kernels.become import leave_script_folder
from bcanalysis.kernels.sources import Sources
from bcanalysis.kernels.supervisor import supervise

STALE = "stale"
KERNEL, USE = b"k", b"u"  # what the driver can ask for: a kernel, and to use the libraries, that later kernels begin warmer


def main(descriptor: int) -> None:
    """Get warm, then fork whenever asked, until the driver is gone.

    Parameters
    ----------
    descriptor : int
        File descriptor of the socket on which the driver asks: a byte, and for a kernel its line and its two streams.
    """
    began = time.time_ns()
    atexit.register(_leave)  # as the first, and so called as the last
    leave_script_folder()
    requests = socket.socket(fileno=descriptor)
    watch = _Watch(requests)
    from bcanalysis.kernels.warmup import load_libraries, use_libraries, uses

    added = load_libraries()
    used = _all_before_asked(uses(), requests)
    sources = Sources(began)
    watch.end()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the supervisors: each tells the driver itself
    while True:
        asked, descriptors, _, _ = socket.recv_fds(requests, 1, 3)
        if not asked:
            os._exit(0)  # the driver is gone; the kernels' own lines have told their supervisors
        if asked == USE:
            if not used:
                use_libraries()
                used, sources = True, Sources(began)
            continue
        line, *streams = descriptors
        if changed := sources.changed():
            os.write(line, f"{STALE} {changed[0]}\n".encode())
        elif os.fork() == 0:
            requests.close()
            supervise(socket.socket(fileno=line), (streams[0], streams[1]), added)
        for handle in descriptors:
            os.close(handle)


def _all_before_asked(steps: Iterator[None], requests: socket.socket) -> bool:
    """Take steps as long as nobody asks for anything; tell whether that was all of them."""
    return all(not select.select([requests], [], [], 0)[0] for _ in steps)


def _leave() -> None:
    """End a kernel that has put its things away: to take all it was born with apart would cost a third of a report's time."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(0)


class _Watch:
    """Ends the process if the driver goes while it is still getting warm."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._done.wait(0.2):
            with contextlib.suppress(BlockingIOError):
                if not self._requests.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                    os._exit(0)

    def end(self) -> None:
        """Stop watching: no thread may be running when a kernel is forked."""
        self._done.set()
        self._thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
