"""The driver's side of the warm parent: start it early, ask it for kernels, replace it when the code has changed."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from bcanalysis.kernels.become import Request
from bcanalysis.kernels.parent import KERNEL, USE

_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "OMP_", "MKL_", "OPENBLAS_", "NUMEXPR_", "MALLOC_", "PLOTLY_", "MPL")
_FEW = 2  # so many reports are made sooner by kernels that pay for the first use of the libraries themselves
_REPLACEMENTS = 3  # a file that is being written all the time must not stop the batch


class WarmProcess:
    """A kernel forked from the warm parent, with the methods of a `subprocess.Popen`.

    Parameters
    ----------
    line : socket.socket
        The line to its supervisor; the kernel dies when it is closed.
    pid : int
        Process of the kernel.
    pending : bytes
        What the supervisor has told already.
    """

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, pid: int, pending: bytes) -> None:
        self._line = line
        self._pending = pending
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Give the exit status, negative for a signal, None while it runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end."""
        return self._look(timeout)

    def _look(self, timeout: float | None) -> int | None:
        while self.returncode is None:
            if not select.select([self._line], [], [], timeout)[0]:
                break
            self._read()
        return self.returncode

    def _read(self) -> None:
        try:
            received = self._line.recv(256)
        except OSError:
            received = b""
        self._pending += received
        if b"\n" in self._pending:
            self.returncode = int(self._pending.split()[1])
        elif not received:
            self.returncode = -9  # the supervisor itself was killed, and its kernel with it
        if self.returncode is not None:
            self._line.close()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and its group."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._line.sendall(f"{int(number)}\n".encode())

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(15)

    def kill(self) -> None:
        """End it."""
        self.send_signal(9)


class NotWarmError(Exception):
    """The warm parent could not give a kernel: it did not start, or its code is being changed all the time."""


class WarmParent:
    """A warm parent process of this one.

    Parameters
    ----------
    env : mapping of str to str
        Its environment.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self._ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "bcanalysis.kernels.parent", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                env=dict(env),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the driver alone
            )
        self._asking = threading.Lock()
        self._used = False

    def fork(self, request: Request, streams: tuple[int, int]) -> WarmProcess | None:
        """Ask for a kernel.

        Parameters
        ----------
        request : Request
            What it is to be.
        streams : tuple of int
            Where its own standard output and errors go.

        Returns
        -------
        WarmProcess or None
            The kernel, or None if the parent's code is no longer what lies on disk.

        Raises
        ------
        NotWarmError
            If the parent is gone.
        """
        line, theirs = socket.socketpair()
        try:
            with theirs, self._asking:
                line.sendall(f"{request.written()}\n".encode())
                socket.send_fds(self._ours, [KERNEL], [theirs.fileno(), *streams])
            told = b""
            while b"\n" not in told:
                received = line.recv(4096)
                if not received:
                    raise NotWarmError("the warm parent ended")
                told += received
        except (OSError, NotWarmError) as error:
            line.close()
            raise NotWarmError(str(error)) from error
        answer, _, pending = told.partition(b"\n")
        word, _, value = answer.decode().partition(" ")
        if word != "pid":
            line.close()
            return None
        return WarmProcess(line, int(value), pending)

    def expect(self, kernels: int) -> None:
        """Use the libraries now, later or not at all, by how many kernels are to come."""
        if kernels > _FEW:
            self.use_libraries()
        elif kernels == 1:
            self._used = True

    def use_libraries(self) -> None:
        """Have it use the libraries once, if it has not yet: kernels forked from then on need not pay for their first use."""
        with self._asking:
            if not self._used:
                self._used = True
                with contextlib.suppress(OSError):
                    self._ours.sendall(USE)

    def close(self) -> None:
        """End it; its kernels have lines of their own."""
        self._ours.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_parent: WarmParent | None = None
_started_with: Mapping[str, str] = {}
_choosing = threading.Lock()


def way() -> str:
    """Say how warm kernels are made here.

    Returns
    -------
    str
        ``fork`` on Linux, else ``ahead`` (started ahead, each used once); the environment variable ``BCANALYSIS_KERNELS`` can say
        either, or ``cold``.
    """
    asked = os.environ.get("BCANALYSIS_KERNELS", "")
    return asked if asked in ("fork", "ahead", "cold") else "fork" if sys.platform == "linux" else "ahead"


def report_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a report's kernel.

    Parameters
    ----------
    env : mapping of str to str
        The environment it comes from.

    Returns
    -------
    dict of str to str
        The same, in which sets are walked in one order always: two runs on the same input give the same page.
    """
    return {"PYTHONHASHSEED": "0", **env}


def start_ahead(env: Mapping[str, str] | None = None) -> None:
    """Start getting warm now; the first kernel will wait for what is left of it.

    Parameters
    ----------
    env : mapping of str to str, optional
        The environment that kernels will have, by default that of this process.
    """
    if way() == "fork":
        with contextlib.suppress(NotWarmError):
            _the_parent(os.environ if env is None else env)


def expect(kernels: int) -> None:
    """Say how many kernels are going to be asked for.

    Before many, the parent uses the libraries at once. Else it does so beside the first kernel, for the next one, and not at all if
    there is to be none.

    Parameters
    ----------
    kernels : int
        How many.
    """
    if _parent is not None:
        _parent.expect(kernels)


def warm_kernel(request: Request, streams: tuple[int, int]) -> WarmProcess:
    """Get a warm kernel.

    Parameters
    ----------
    request : Request
        What it is to be.
    streams : tuple of int
        Where its own standard output and errors go.

    Returns
    -------
    WarmProcess
        The kernel.

    Raises
    ------
    NotWarmError
        If there can be none; an ordinary kernel serves, and tells better what is wrong.
    """
    for _ in range(_REPLACEMENTS):
        parent = _the_parent(request.env)
        kernel = parent.fork(request, streams)
        if kernel is not None:
            parent.use_libraries()  # for the next one
            return kernel
        _replace(parent)
    raise NotWarmError("the code changes faster than it can be loaded")


def _the_parent(env: Mapping[str, str]) -> WarmParent:
    global _parent, _started_with
    with _choosing:
        if _parent is None:
            _started_with = _matters(env)
            _parent = WarmParent(env)
        if _matters(env) != _started_with:
            raise NotWarmError("the kernel's environment differs in what an interpreter reads when it starts")
        return _parent


def _replace(old: WarmParent) -> None:
    global _parent
    with _choosing:
        if _parent is old:
            _parent = None
            old.close()


def _matters(env: Mapping[str, str]) -> dict[str, Any]:
    """Keep what an interpreter or a library reads when it starts, which a fork cannot change any more."""
    return {name: value for name, value in env.items() if name.startswith(_READ_AT_START)}


@atexit.register
def stop() -> None:
    """End the warm parent."""
    if _parent is not None:
        _replace(_parent)
