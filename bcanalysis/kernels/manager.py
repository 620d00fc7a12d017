"""The kernels of a batch: private, quiet, one for each report."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Bool, Int, Unicode, default

from bcanalysis.kernels.become import limit_memory
from bcanalysis.kernels.client import ReportKernelClient
from bcanalysis.kernels.provisioner import NAME, WarmProvisioner
from bcanalysis.kernels.warm import report_environment

_LONGEST_FOLDER = 40  # the name of a socket has 107 bytes at the most, and ours adds 53
_TICK = 0.01  # seconds between two looks at whether a kernel has ended
asked_for = threading.Event()  # set once this process has asked for a kernel
_running: WeakKeyDictionary[ReportKernelManager, int] = WeakKeyDictionary()  # with the thread that waits for each


class ReportKernelManager(AsyncKernelManager):
    """Starts kernels that talk over sockets of their own in a private place.

    Ports are shared by everything on a machine and readable by all of it; socket files are neither. Where there are none, traffic
    is encrypted instead. The kernel's own log is dropped: what a notebook prints reaches it through the kernel's messages.
    """

    warm = Bool(True, help="Fork kernels from a warm parent where that is possible.").tag(config=True)
    memory = Int(None, allow_none=True, help="Bytes of data that a kernel may hold.").tag(config=True)
    checked = Unicode(help="Where a kernel finds tables that were checked already.").tag(config=True)

    @default("client_factory")
    def _client_factory(self) -> type[ReportKernelClient]:
        return ReportKernelClient

    @default("transport")
    def _transport(self) -> str:
        return "ipc" if os.name == "posix" and len(tempfile.gettempdir()) <= _LONGEST_FOLDER else "tcp"

    @default("transport_encryption")
    def _transport_encryption(self) -> str:
        return "disabled" if self.transport == "ipc" else "auto"

    @default("connection_file")
    def _connection_file(self) -> str:
        # An absolute name of its own: the default is numbered in the working directory, where concurrent kernels collide.
        return str(Path(tempfile.gettempdir()) / f"bcanalysis-{uuid4().hex}.json")

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, which names our provisioner unless it names one itself."""
        spec = super().kernel_spec
        if spec is not None and self.warm:
            spec.metadata.setdefault("kernel_provisioner", {"provisioner_name": NAME, "config": {}})
        return spec

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        options = {"stderr": subprocess.DEVNULL, **kw, "env": report_environment(kw.get("env") or os.environ)}
        if isinstance(self.provisioner, WarmProvisioner):
            options["checked"] = self.checked
        if self.memory is not None:
            options |= {"memory": self.memory} if self.warm else {"preexec_fn": partial(limit_memory, self.memory)}
        _running[self] = threading.get_ident()
        asked_for.set()
        await super()._async_launch_kernel(kernel_cmd, **options)

    _launch_kernel = _async_launch_kernel

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = _TICK, restart: bool = False
    ) -> None:
        await super()._async_finish_shutdown(waittime, pollinterval, restart)

    finish_shutdown = _async_finish_shutdown


def kill_running(thread: int | None = None) -> None:
    """Kill every kernel that is still at work; who waits for one learns that it died.

    Parameters
    ----------
    thread : int, optional
        Kill only the kernels for which this thread waits.
    """
    for manager, waiting in list(_running.items()):
        process = getattr(manager.provisioner, "process", None)
        if process is not None and thread in (None, waiting):
            with contextlib.suppress(OSError):
                process.kill()
