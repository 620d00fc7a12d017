"""The client of a report's kernel: ready as soon as the kernel is, and not a fifth of a second later."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import ensure_async

_ASK_AGAIN = 1.0  # seconds without an answer: the question may have come too early
_UNHEARD = 0.2  # seconds between an answer and its echo among the outputs: the kernel does not reach us there yet


class ReportKernelClient(AsyncKernelClient):
    """Asks a kernel for its description, and is ready when the question has passed through both of its channels.

    The usual client is ready when the kernel has been silent for a while.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        asked: set[str] = set()
        while time.monotonic() < until:
            asked.add(self.kernel_info())
            reply = await self._answer(self.shell_channel, asked, "kernel_info_reply", _ASK_AGAIN)
            if reply is not None and await self._answer(self.iopub_channel, asked, "status", _UNHEARD, execution_state="idle"):
                self._handle_kernel_info_reply(reply)
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _answer(self, channel: Any, asked: set[str], kind: str, seconds: float, **content: str) -> dict[str, Any] | None:
        """Wait for a message that answers one of ours; what else arrives is from before the report."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = await ensure_async(channel.get_msg(timeout=left))
            except Empty:
                return None
            if (
                message["msg_type"] == kind
                and message["parent_header"].get("msg_id") in asked
                and content.items() <= message["content"].items()
            ):
                return dict(message)
        return None
