"""JupyterLab as a user has it, in a browser: a server of its own for a folder, and its page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OURS = ("bcanalysis", "lab")
STOCK = ("jupyterlab",)
_PATIENCE = 120  # seconds
_TOKEN = "measured"  # noqa: S105  (of a server that nobody else reaches)
_STORED = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")


@contextmanager
def serving(folder: Path, home: Path, module: Sequence[str] = OURS, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a folder by JupyterLab, with settings of its own.

    Parameters
    ----------
    folder : pathlib.Path
        Where it is started; the notebooks lie in ``notebooks/``.
    home : pathlib.Path
        Where it stores what it stores.
    module : sequence of str
        The Python module that starts it, and its arguments.
    env : mapping of str to str, optional
        More for its environment.

    Yields
    ------
    str
        Address of its page.
    """
    port = _free_port()
    options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    options += [f"--IdentityProvider.token={_TOKEN}", "--expose-app-in-browser"]
    root = [] if module == OURS else [f"--ServerApp.root_dir={folder / 'notebooks'}"]
    own = {name: str(home / name.lower()) for name in _STORED}
    with (home / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *module, *root, *options],
            cwd=folder,
            env={**os.environ, "HOME": str(home), **own, **(env or {})},
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/api?token={_TOKEN}", server, home / "server.log")
            yield f"{address}/lab?token={_TOKEN}"
        finally:
            server.terminate()
            try:
                server.wait(_PATIENCE / 10)
            except subprocess.TimeoutExpired:  # it waits for kernels that are slow to go
                server.kill()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address)  # noqa: S310
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def open_lab(page: Any, address: str) -> None:
    """Open JupyterLab and wait for its list of files."""
    page.goto(address)
    page.wait_for_selector(".jp-DirListing-item", timeout=1000 * _PATIENCE)
    page.wait_for_function("window.jupyterapp !== undefined")


def open_notebook(page: Any, name: str) -> None:
    """Click on a notebook, and run all of it as soon as it has a kernel."""
    page.locator(".jp-DirListing-item", has_text=name).dblclick()
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell", timeout=1000 * _PATIENCE)
    page.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.context.ready;
            await panel.sessionContext.ready;
            window.jupyterapp.commands.execute("notebook:run-all-cells");
        }"""
    )


def keep_time(page: Any) -> None:
    """Have the browser itself note when a notebook is clicked on, and when the page first holds an output after that."""
    page.evaluate(
        """() => {
            document.addEventListener("dblclick", () => {
                window.clicked = performance.now();
                window.shown = new Promise((tell) => new MutationObserver((_, observer) => {
                    if (document.querySelector(".jp-OutputArea-output")) {
                        observer.disconnect();
                        tell(performance.now());
                    }
                }).observe(document.body, {childList: true, subtree: true}));
            }, {capture: true});
        }"""
    )


def time_taken(page: Any) -> float:
    """Give the seconds from the last click to the first output, once that is there."""
    return float(page.evaluate("async () => await window.shown - window.clicked")) / 1000
