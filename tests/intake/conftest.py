"""The way from a file to the tables, as the command goes it, and a folder of tables that may be changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bcanalysis.cli import main

SETTINGS = {"area": "here", "source": "department", "stated_on": "2031-06-20"}


@pytest.fixture
def folder(tiny: Any) -> Path:
    """Give tiny tables with one figure on file: exports of the first half of 2030."""
    figure = {"indicator": "exports", "price_basis": "not_applicable", "period": "2030H1", "value": 1900}
    return Path(tiny.write([{**figure, "stated_on": "2030-07-01", "source": "department"}]))


@pytest.fixture
def bcanalysis(capsys: Any) -> Callable[..., tuple[int, str, str]]:
    """Run the command line and give its status and what it printed."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        status = ended.value.code
        return status if isinstance(status, int) else 0, printed.out, printed.err

    return run
