"""The kernels of a batch: private, quiet, one for each report."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from traitlets import default

_LONGEST_FOLDER = 40  # the name of a socket has 107 bytes at the most, and ours adds 53


class ReportKernelManager(AsyncKernelManager):
    """Starts kernels that talk over sockets of their own in a private place.

    Ports are shared by everything on a machine and readable by all of it; socket files are neither. Where there are none, traffic
    is encrypted instead. The kernel's own log is dropped: what a notebook prints reaches it through the kernel's messages.
    """

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

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        await super()._async_launch_kernel(kernel_cmd, **{"stderr": subprocess.DEVNULL, **kw})

    _launch_kernel = _async_launch_kernel
