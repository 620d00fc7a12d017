"""Kernels for systems that cannot fork: processes started ahead, which get warm, wait to be told what to be, and serve once."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from bcanalysis.kernels.become import Request, become_kernel, leave_script_folder
from bcanalysis.kernels.sources import Sources

_COMMAND = [sys.executable, "-m", "bcanalysis.kernels.ahead"]


class Pool:
    """Processes that wait to become kernels.

    Parameters
    ----------
    env : mapping of str to str
        Their environment until they are told theirs.
    streams : mapping of str to object
        Where their standard output and errors go, as for `subprocess.Popen`.
    """

    def __init__(self, env: Mapping[str, str], streams: Mapping[str, Any]) -> None:
        self._env = dict(env)
        self._streams = dict(streams)
        self._waiting: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start one more."""
        from jupyter_client.launcher import launch_kernel

        process = launch_kernel(_COMMAND, stdin=subprocess.PIPE, env=dict(self._env), **self._streams)
        with self._lock:
            self._waiting.append(process)

    def take(self, request: Request) -> subprocess.Popen[bytes]:
        """Make the one that has waited longest a kernel, and start its successor.

        Parameters
        ----------
        request : Request
            What it is to be.

        Returns
        -------
        subprocess.Popen
            The kernel's process.
        """
        self.start()
        with self._lock:
            process = self._waiting.pop(0)
        if process.stdin is None:
            raise ValueError("expected a process that can be told what to be")
        process.stdin.write(f"{request.written()}\n".encode())
        process.stdin.close()
        return process

    def stop(self) -> None:
        """End those that wait."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for process in waiting:
            process.kill()
            process.wait()
            if process.stdin:
                process.stdin.close()


_pools: dict[tuple[tuple[str, str], ...], Pool] = {}


def take(request: Request, streams: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Get a kernel that was started ahead.

    Parameters
    ----------
    request : Request
        What it is to be.
    streams : mapping of str to object
        Where its standard output and errors go.

    Returns
    -------
    subprocess.Popen
        The kernel's process.
    """
    key = tuple(sorted((name, repr(stream)) for name, stream in streams.items()))
    if key not in _pools:
        _pools[key] = Pool(request.env, streams)
    return _pools[key].take(request)


@atexit.register
def stop() -> None:
    """End what was started ahead and not used."""
    for pool in _pools.values():
        pool.stop()
    _pools.clear()


def main() -> None:
    """Get warm, wait to be told what to be, and be it; where the code has changed in the meantime, begin anew."""
    began = time.time_ns()
    leave_script_folder()
    from bcanalysis.kernels.warmup import load_libraries, use_libraries

    added = load_libraries()
    use_libraries()
    sources = Sources(began)
    line = sys.stdin.readline()
    if not line:
        return  # nobody needs it any more
    request = Request.read(line)
    if sources.changed():
        os.chdir(request.cwd)
        command = [sys.executable, "-m", "ipykernel_launcher", *request.arguments]
        os.execve(sys.executable, command, request.env)  # noqa: S606
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    become_kernel(request, None, added)


if __name__ == "__main__":
    main()
