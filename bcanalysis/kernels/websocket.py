"""What a kernel tells JupyterLab, told at once."""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The usual connection between a kernel and a page, that lets no short message wait until the page has confirmed the last.

    The system joins short messages that follow each other; a browser confirms one only after 40 ms.
    """

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]
        """Connect the page to the kernel.

        Returns
        -------
        asyncio.Future or None
            As of the usual connection.
        """
        self.websocket_handler.set_nodelay(True)
        found: asyncio.Future[None] | None = super().connect()
        return found
