"""A PostgreSQL server of the test's own, started in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_OTHER_USER = "postgres"  # the server refuses to run as root


class Server:
    """A server that can be stopped like one that loses its power."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"postgresql://tester:secret@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": _OTHER_USER, "group": _OTHER_USER, "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(self.programs / program), "-D", str(self.folder / "cluster"), *arguments]
        log = (self.folder / "log").open("ab")
        with log:
            subprocess.run(command, check=True, cwd=self.folder, stdout=log, stderr=log, timeout=60, **user)

    def start(self) -> None:
        (self.folder / "password").write_text("secret", encoding="utf-8")
        self._run(
            "initdb",
            "--username=tester",
            f"--pwfile={self.folder}/password",
            "--auth=scram-sha-256",
            "--no-sync",
            "--encoding=UTF8",
        )
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "server.log"), "-o", options)

    def stop(self) -> None:
        if (self.folder / "cluster" / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "immediate")


@contextmanager
def postgresql() -> Iterator[Server]:
    """Run a server for the time of a test; where PostgreSQL is not installed the test is skipped, in CI it fails."""
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *(Path(found).parent for found in [shutil.which("initdb")] if found)]
    if not installed:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is missing; in CI nothing is skipped")
        pytest.skip("PostgreSQL is not installed (tests/system-packages)")
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        if os.geteuid() == 0:
            shutil.chown(name, _OTHER_USER, _OTHER_USER)
        server = Server(installed[0], Path(name))
        try:
            server.start()
            yield server
        finally:
            server.stop()
