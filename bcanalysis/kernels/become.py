"""The last step of a kernel: a process that has imported everything takes on what is asked of it and turns into the kernel."""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_PATIENCE = 1.0  # seconds
_RESERVE = 2**28  # bytes of memory to say in that there is none left


@dataclass(frozen=True)
class Request:
    """What a kernel is to be.

    Parameters
    ----------
    arguments : tuple of str
        What its command line says after the launcher: the connection file, options.
    cwd : str
        Its working directory.
    env : dict of str to str
        Its whole environment.
    memory : int or None
        How many bytes of data the process may hold; None for no limit.
    checked : str
        Where it finds tables that were checked already, see `bcanalysis.dataset.handed`.
    """

    arguments: tuple[str, ...]
    cwd: str
    env: dict[str, str]
    memory: int | None = None
    checked: str = ""

    def written(self) -> str:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self))

    @property
    def connection_file(self) -> str:
        """Path of its connection file."""
        return os.path.join(self.cwd, self.arguments[self.arguments.index("-f") + 1])

    @classmethod
    def read(cls, line: str) -> Request:
        """Read it back."""
        fields = json.loads(line)
        return cls(**{**fields, "arguments": tuple(fields["arguments"])})


def become_kernel(
    request: Request, parent: int | None, added: Mapping[str, str], listening: Callable[[], None] = lambda: None
) -> None:
    """Run the kernel in this process until it is shut down.

    Parameters
    ----------
    request : Request
        What it is to be.
    parent : int or None
        The process whose end it is not to outlive, as ipykernel watches it; None to leave that to the environment.
    added : mapping of str to str
        What the libraries put into the environment when they were imported.
    listening : callable, optional
        Called when its sockets are there.
    """
    os.environ.clear()
    os.environ.update({**added, **request.env})
    if hasattr(time, "tzset"):
        time.tzset()
    os.chdir(request.cwd)
    if request.memory is not None:
        limit_memory(request.memory)
    _forget_chance()
    gc.enable()

    from bcanalysis.dataset.handed import tell
    from bcanalysis.kernels.warmup import checked_tables

    tell(request.checked or checked_tables())

    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [str(Path(ipykernel_launcher.__file__)), *request.arguments]
    app = IPKernelApp.instance(**({} if parent is None else {"parent_handle": parent}))
    app.initialize(sys.argv[1:])  # type: ignore[no-untyped-call]
    listening()
    if request.memory is not None and app.shell is not None:
        app.shell.set_custom_exc((MemoryError,), _show_out_of_memory)
    app.start()  # type: ignore[no-untyped-call]
    _end_control(app)


def _end_control(app: Any) -> None:
    """Let the control channel have its last word: ipykernel first closes what it speaks through, and may wait for it in vain."""
    if app.control_thread is not None and app.control_thread.is_alive():
        app.control_thread.stop()
        app.control_thread.join(_PATIENCE)


def _show_out_of_memory(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> Any:
    """Show where the memory ran out, with some more of it to be able to."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    shown = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, error, shown)
    return shown


def limit_memory(limit: int) -> None:
    """Limit the memory of this process: what it may write to, whether it has done so or not.

    Parameters
    ----------
    limit : int
        Bytes.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit + _RESERVE))


def _forget_chance() -> None:
    """Seed chance anew: kernels of one parent would all draw the same numbers."""
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def leave_script_folder() -> None:
    """Take the working directory off the import path, as ipykernel's launcher does; the kernel's shell puts its own there."""
    if sys.path and (sys.path[0] == "" or Path(sys.path[0]) == Path.cwd()):
        del sys.path[0]
