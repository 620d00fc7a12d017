"""The comparisons of two half-years, made once: that of the reference report, and one whose base has been revised since."""

from __future__ import annotations

import pandas as pd
import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.dataset import Dataset


@pytest.fixture(scope="session")
def half_year_2018(dataset: Dataset) -> pd.DataFrame:
    return compare(dataset, "2018H1")


@pytest.fixture(scope="session")
def half_year_2024(dataset: Dataset) -> pd.DataFrame:
    return compare(dataset, "2024H1")
