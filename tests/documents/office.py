"""LibreOffice without a window, for what a reader of a Word file sees."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def saved_as(form: str, file: bytes, folder: Path) -> Path:
    """Write a Word file as a file of another form, or as one of its own hand."""
    program = shutil.which("soffice")
    if program is None:
        reason = "NO LIBREOFFICE: Word files were not opened; install it to test what readers see"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    (folder / "document.docx").write_bytes(file)
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [program, home, "--headless", "--convert-to", form, "--outdir", str(folder / form), str(folder / "document.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / form / f"document.{form}"
