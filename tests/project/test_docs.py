"""What the documentation says can be typed, runs; what is written from the code, is up to date."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from bcanalysis.cli import app
from bcanalysis.cli.reference import command_reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^( *)```console\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?:^ *\$ (?:\S*/)?|`)bcanalysis ([a-z]+)\b", re.MULTILINE)


def commands_of(page: str) -> list[str]:
    """Give the lines that a reader types, in their order."""
    lines = [line for _, block in _BLOCK.findall(page) for line in dedent(block).splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a user has: figures and notebooks."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [path.name for path in sorted(DOCS.glob("*.md")) if commands_of(path.read_text(encoding="utf-8"))])
def test_every_command_of_a_page_runs(name: str, project: Path):
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    surroundings = {**os.environ, "PATH": programs, "PYTHONPATH": str(ROOT)}
    for command in commands_of((DOCS / name).read_text(encoding="utf-8")):
        shell = ["sh", "-c", command]
        run = subprocess.run(shell, cwd=project, env=surroundings, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"


def test_the_pages_name_commands_that_there_are():
    texts = [path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *DOCS.glob("*.md")]]
    named = {name for text in texts for name in _COMMAND.findall(text)}

    assert {"report", "check", "verify"} <= named
    assert named - set(app.commands) == set()


@pytest.mark.parametrize(("name", "examples"), [("computation.md", 10), ("pipeline.md", 4)])
def test_the_examples_of_a_page_compute_as_they_say(name: str, examples: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(DOCS / name), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert found.attempted > examples
    assert found.failed == 0


def test_no_page_has_an_example_that_is_not_run():
    with_examples = [path.name for path in DOCS.glob("*.md") if ">>> " in path.read_text(encoding="utf-8")]

    assert sorted(with_examples) == ["computation.md", "pipeline.md"]


def test_the_command_reference_is_up_to_date():
    written = (DOCS / "commands.md").read_text(encoding="utf-8")

    assert written == command_reference(), "the commands have changed: make docs"


def test_the_command_reference_has_every_command_and_every_option_with_its_words():
    text = command_reference()

    assert re.findall(r"^## (\S+)$", text, re.MULTILINE) == sorted(app.commands)
    for command in app.commands.values():
        assert all(option.opts[0] in text for option in command.params)
        assert (command.help or "").split("\n")[0] in text


def test_links_between_the_pages_lead_somewhere():
    for path in DOCS.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
