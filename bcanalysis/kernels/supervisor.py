"""The process between the warm parent and one kernel: it outlives the kernel by a moment and takes everything of it along.

It holds the only line to the driver. What comes down the line are signals for the kernel; when the line breaks, however the driver
ended, the kernel is killed. Processes that the kernel leaves behind become the supervisor's own, and are killed too.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import select
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping
from typing import NoReturn

from bcanalysis.kernels.become import Request, become_kernel

_SET_DEATH_SIGNAL, _SET_SUBREAPER = 1, 36  # linux/prctl.h
_LISTENING = 3  # the kernel closes it when it can be reached
_PATIENCE = 1.5  # seconds that processes left behind are given to be gone


def supervise(line: socket.socket, streams: tuple[int, int], added: Mapping[str, str]) -> NoReturn:
    """Fork the kernel that the driver asks for, and end with it.

    Parameters
    ----------
    line : socket.socket
        The line to the driver: one line of JSON has been written to it, a `Request`. The answers are ``pid N`` as soon as the
        kernel can be reached and ``exit N`` at the end, N negative for a signal.
    streams : tuple of int
        Where the kernel's own standard output and errors go.
    added : mapping of str to str
        What the libraries put into the environment when they were imported.
    """
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _prctl(_SET_SUBREAPER, 1)
    with line.makefile("rb") as reader:
        request = Request.read(reader.readline().decode())
        own = os.getpid()
        reached, listening = os.pipe()
        kernel = os.fork()
        if kernel == 0:
            _run_kernel(request, own, line, (*streams, listening), added)
        for handle in (*streams, listening):
            os.close(handle)
        # Who connects to a socket that is not there yet tries again a tenth of a second later.
        select.select([reached, line.fileno()], [], [])
        os.close(reached)
        _tell(line, f"pid {kernel}")
        status = _watch(kernel, line)
    _end_the_rest()
    for left in _sockets_of(request.connection_file):
        with contextlib.suppress(OSError):
            os.unlink(left)
    _tell(line, f"exit {os.waitstatus_to_exitcode(status)}")
    os._exit(0)


def _run_kernel(
    request: Request, supervisor: int, line: socket.socket, handles: tuple[int, int, int], added: Mapping[str, str]
) -> NoReturn:
    _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != supervisor:  # it died before it could be watched
        os._exit(1)
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    line.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, handle in enumerate((nothing, *handles)):
        os.dup2(handle, number, inheritable=number < _LISTENING)
    os.closerange(_LISTENING + 1, 65536)
    try:
        become_kernel(request, supervisor, added, lambda: os.close(_LISTENING))
        _leave_sockets_open()
    except Exception:
        traceback.print_exc()
        os._exit(1)
    sys.exit(0)


def _leave_sockets_open() -> None:
    """Let the end of the process close them: ipykernel would wait until its last words are read, and who could read may be gone."""
    from ipykernel.kernelapp import IPKernelApp

    atexit.unregister(IPKernelApp.instance().close)


def _watch(kernel: int, line: socket.socket) -> int:
    """Hand on signals until the kernel has ended; kill it when nobody is at the other end of the line."""
    handle = os.pidfd_open(kernel)
    line.setblocking(False)
    pending = b""
    with selectors.DefaultSelector() as ready:
        ready.register(handle, selectors.EVENT_READ)
        ready.register(line, selectors.EVENT_READ)
        while True:
            ended = {key.fd for key, _ in ready.select()}
            if handle in ended:
                os.close(handle)
                return os.waitpid(kernel, 0)[1]
            received = _received(line)
            if received:
                *orders, pending = (pending + received).split(b"\n")
                for order in orders:
                    _signal(kernel, int(order))
            elif received == b"":
                ready.unregister(line)
                _signal(kernel, signal.SIGKILL)


def _received(line: socket.socket) -> bytes | None:
    try:
        return line.recv(4096)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _signal(kernel: int, number: int) -> None:
    """Send a signal to the kernel and its group; before the kernel has made its group, to the kernel alone."""
    try:
        os.killpg(kernel, number)
    except ProcessLookupError:
        with contextlib.suppress(ProcessLookupError):
            os.kill(kernel, number)


def _end_the_rest() -> None:
    """Kill what the kernel left behind, level by level, as each dying process hands its children to us."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended:
            continue
        for child in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.005)


def _children() -> list[int]:
    import psutil

    return [child.pid for child in psutil.Process().children(recursive=True)]


def _sockets_of(connection_file: str) -> list[str]:
    folder, name = os.path.split(connection_file)
    stem = name.removesuffix(".json")
    try:
        return [os.path.join(folder, file) for file in os.listdir(folder) if file.startswith(stem)]
    except OSError:
        return []


def _tell(line: socket.socket, text: str) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more
        line.setblocking(True)
        line.sendall(f"{text}\n".encode())
        line.setblocking(False)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
