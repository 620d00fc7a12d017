"""The provisioner: where Jupyter asks for a Python kernel of this environment, it gets a warm one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from bcanalysis.kernels import ahead
from bcanalysis.kernels.become import Request, limit_memory
from bcanalysis.kernels.warm import NotWarmError, warm_kernel, way

NAME = "bcanalysis-warm"
_OURS = [sys.executable, "-m", "ipykernel_launcher"]
_KNOWN_OPTIONS = {"env", "cwd", "stdin", "stdout", "stderr", "extra_arguments", "kernel_id", "independent"}


class WarmProvisioner(LocalProvisioner):
    """Forks the kernels of this interpreter from a warm parent; every other kernel is launched as usual.

    It is known to Jupyter as ``bcanalysis-warm``: name it in a kernel specification, or in ``JUPYTER_DEFAULT_PROVISIONER_NAME``.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel.

        Parameters
        ----------
        cmd : list of str
            Its command line.
        **kwargs : object
            ``cwd``, ``env``, ``stdout``, ``stderr`` as for `subprocess.Popen`; ``memory``, the bytes of data it may hold;
            ``checked``, where it finds tables that were checked already.

        Returns
        -------
        dict
            How to connect to it.
        """
        memory, checked = kwargs.pop("memory", None), kwargs.pop("checked", "")
        if cmd[: len(_OURS)] == _OURS and set(kwargs) <= _KNOWN_OPTIONS:
            cwd = os.path.abspath(kwargs.get("cwd") or os.getcwd())
            request = Request(tuple(cmd[len(_OURS) :]), cwd, dict(kwargs.get("env") or os.environ), memory, checked)
            try:
                process = await asyncio.to_thread(_WAYS[way()], request, kwargs)
            except NotWarmError as error:
                self.log.debug("No warm kernel: %s", error)
            else:
                self.process, self.pid, self.pgid, self.cwd = process, process.pid, None, cwd
                return self.connection_info
        if memory is not None:
            kwargs["preexec_fn"] = partial(limit_memory, memory)
        return await super().launch_kernel(cmd, **kwargs)


def _forked(request: Request, kwargs: Mapping[str, Any]) -> Any:
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        return warm_kernel(request, (_stream(kwargs.get("stdout"), 1, nothing), _stream(kwargs.get("stderr"), 2, nothing)))
    finally:
        os.close(nothing)


def _started_ahead(request: Request, kwargs: Mapping[str, Any]) -> Any:
    return ahead.take(request, {name: kwargs[name] for name in ("stdout", "stderr") if name in kwargs})


def _cold(request: Request, kwargs: Mapping[str, Any]) -> Any:
    raise NotWarmError("asked for by BCANALYSIS_KERNELS")


_WAYS = {"fork": _forked, "ahead": _started_ahead, "cold": _cold}


def _stream(asked: Any, own: int, nothing: int) -> int:
    if asked is None:
        return own
    if asked == subprocess.DEVNULL:
        return nothing
    if isinstance(asked, int) and asked >= 0:
        return asked
    return int(asked.fileno()) if hasattr(asked, "fileno") else nothing
