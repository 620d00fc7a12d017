"""Tiny sound tables to put one fault into, and what is then said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bcanalysis.dataset.load import load
from bcanalysis.errors import DataError, Fault

# observations.csv: line 2 the first half of 2017, line 3 that of 2018 with growth and plan, line 4 a rate, line 5 without a value
STATEMENTS = [
    {"period": "2017H1", "value": 100},
    {"period": "2018H1", "value": 110, "growth_pct": 10, "plan_pct": 55},
    {"period": "2018H1", "indicator": "iip_growth", "price_basis": "not_applicable", "value": 9.5, "growth_pct": 9.5},
    {"period": "2018H1", "indicator": "cases", "price_basis": "not_applicable", "missing": "not_collected"},
]


@pytest.fixture
def sound(tiny) -> Path:
    return tiny.write(STATEMENTS, plans=[{"year": 2018, "value": 200}])


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Path], list[Fault]]:
    def found(folder: Path) -> list[Fault]:
        with pytest.raises(DataError, match=r"\d+ faults? in the data:\n  \w+\.csv") as caught:
            load(folder)
        return list(caught.value.faults)

    return found
