import json
import subprocess
import sys
from pathlib import Path

import pytest
from numpydoc.validate import validate

import bcanalysis

ROOT = Path(__file__).parents[2]


def modules_after(*arguments: str) -> set[str]:
    """Run the command line in a fresh interpreter and list what it has imported."""
    code = (
        "import sys, json, contextlib, io\n"
        "from bcanalysis.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(arguments)!r})\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(run.stdout))


@pytest.mark.parametrize(
    "command", [(), ("report",), ("compare",), ("check",), ("read",)], ids=lambda command: " ".join(command) or "bcanalysis"
)
def test_help_imports_neither_pandas_nor_plotly_nor_papermill(command):
    assert modules_after(*command, "--help").isdisjoint({"pandas", "numpy", "plotly", "papermill", "nbformat", "nbconvert"})


def test_imports_go_down_the_house_only():
    run = subprocess.run([Path(sys.executable).with_name("lint-imports")], capture_output=True, text=True, cwd=ROOT, check=False)

    assert run.returncode == 0, run.stdout


def test_at_most_twenty_names_are_public_and_each_has_an_example():
    assert len(bcanalysis.__all__) <= 20
    for name in bcanalysis.__all__:
        assert ">>>" in (getattr(bcanalysis, name).__doc__ or ""), f"{name} has no example"


SECTIONS_BY_NEED = {"ES01", "EX01", "SA01", "GL01", "SS06"}


@pytest.mark.parametrize("name", bcanalysis.__all__)
def test_the_docstring_of_a_public_name_is_complete(name):
    function = getattr(bcanalysis, name)
    faults = validate(f"{function.__module__}.{function.__name__}")["errors"]

    assert [fault for fault in faults if fault[0] not in SECTIONS_BY_NEED] == []


def test_the_lazy_names_are_the_public_names():
    assert sorted(bcanalysis._ROOM_OF) == sorted(bcanalysis.__all__)


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'grwoth'"):
        _ = bcanalysis.grwoth
