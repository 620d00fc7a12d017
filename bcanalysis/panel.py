"""Many series at once: for each value the one of the same series a year before, found by number and not by a merge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import prod
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period

Numbers = NDArray[Any]  # whole ones
Names = pd.Index | pd.DataFrame  # what tells series apart, and the periods

_ROOMY = 4  # cells for each value; a larger grid would be mostly empty, and a hash table is smaller
_SMALL = 2**24  # series of at most 128 periods each, whose cells 32 bits can number
_LARGE = 2**40  # for a number that tells series apart; one more factor might leave 64 bits


def values_a_year_before(levels: pd.Series | pd.DataFrame) -> NDArray[np.float64]:
    """Find for each value the one of the same series and the same period of the prior year.

    Parameters
    ----------
    levels : pandas.Series or pandas.DataFrame
        Values indexed by names of periods, or by what tells series apart and, as the level ``period`` or the last one, by periods.
        Or a table of the columns ``value``, ``period`` and what tells series apart.

    Returns
    -------
    numpy.ndarray
        In the order of `levels`; NaN where there is no such value.

    Raises
    ------
    UsageError
        If a period of a series stands twice or is no period, or a table has no such columns.

    Examples
    --------
    >>> values_a_year_before(pd.Series({"2018H1": 110.0, "2017H1": 100.0}))
    array([100.,  nan])
    """
    if levels.empty:
        return np.empty(0)
    if isinstance(levels, pd.DataFrame):
        if not {"period", "value"} <= set(levels.columns):
            raise UsageError(f"growth: got a table of {', '.join(map(str, levels.columns))}; expected columns period and value")
        names: Any = levels.drop(columns="value")
        coded, parts, values = [_numbered(names[name]) for name in names], list(names), levels["value"]
    else:
        names = levels.index
        coded, parts, values = _coded(names), list(names.names), levels
    labels, own, prior = _periods(*coded.pop(parts.index("period") if "period" in parts else -1))
    value = values.to_numpy(dtype=float)
    count = int(own.max()) + 1
    cell, size = _series(coded, len(levels))
    cell = (cell if count < 128 else cell.astype(np.int64)) * cell.dtype.type(count)
    cell += own[labels].astype(cell.dtype)
    if size * count > _ROOMY * len(levels):
        return _by_hash(cell, prior[labels] - own[labels], prior[labels] >= 0, value, names)
    seen = np.zeros(size * count, dtype=bool)
    seen[cell] = True
    if np.count_nonzero(seen) < len(cell):
        raise _repeated(names[pd.Index(cell).duplicated(keep=False)])
    grid: NDArray[np.float64] = np.full((size, count), np.nan)
    grid.reshape(-1)[cell] = value
    before = np.full(count, -1)
    before[own] = prior
    grid = np.where(before >= 0, grid[:, before], np.nan)
    found: NDArray[np.float64] = grid.reshape(-1)[cell]
    return found


def _coded(index: pd.Index) -> list[tuple[Numbers, pd.Index]]:
    """Give for each level of an index the number of each row's label, -1 for a missing one, and the labels."""
    if isinstance(index, pd.MultiIndex):
        return [(np.asarray(codes), labels) for codes, labels in zip(index.codes, index.levels, strict=True)]
    return [_numbered(index.to_series())]


def _numbered(names: pd.Series) -> tuple[Numbers, pd.Index]:
    """Do the same for a column of names."""
    if isinstance(names.dtype, pd.CategoricalDtype):
        return names.cat.codes.to_numpy(), names.cat.categories
    texts = isinstance(names.dtype, pd.StringDtype)
    codes, labels = pd.factorize(names.to_numpy(dtype=object) if texts else names)  # texts as such take half as long again
    return codes, pd.Index(labels)


def _periods(codes: Numbers, labels: pd.Index) -> tuple[Numbers, Numbers, Numbers]:
    """Give the label of each row, and for each label the number of its period and of the prior year's; -1 is none."""
    used = np.bincount(codes + 1, minlength=len(labels) + 1) > 0
    if used[0]:
        raise UsageError("growth: got a value without a period; expected one, such as 2018H1")
    periods = [Period.parse(str(label)) if is_used else None for label, is_used in zip(labels, used[1:], strict=True)]
    number = {period: place for place, period in enumerate(dict.fromkeys(periods))}
    prior = [number.get(period.prior_year, -1) if period else -1 for period in periods]
    return codes, np.array([number[period] for period in periods]), np.array(prior)


def _series(coded: Sequence[tuple[Numbers, pd.Index]], rows: int) -> tuple[Numbers, int]:
    """Tell the series apart by numbers, and count these; a missing part of a name is a part of its own."""
    count = prod(len(labels) + 1 for _, labels in coded)
    series: Numbers = np.zeros(rows, dtype=np.int32 if count < _SMALL else np.int64)
    count = 1
    for codes, labels in coded:
        series *= len(labels) + 1
        series += codes
        series += 1
        count *= len(labels) + 1
        if count > _LARGE:
            series, found = pd.factorize(series)
            count = len(found)
    return series, count


def _by_hash(
    cell: Numbers, step: Numbers, there: NDArray[np.bool_], values: NDArray[np.float64], names: Names
) -> NDArray[np.float64]:
    """Find the values a year before where most cells of the grid would be empty."""
    cells = pd.Index(cell)
    if not cells.is_unique:
        raise _repeated(names[cells.duplicated(keep=False)])
    rows = np.where(there, cells.get_indexer(pd.Index(cell + step)), -1)
    return np.where(rows >= 0, values[rows], np.nan)


def _repeated(found: Names) -> UsageError:
    rows = found.itertuples(index=False, name=None) if isinstance(found, pd.DataFrame) else found
    told = [", ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in islice(rows, 5)]
    return UsageError(f"growth: got {'; '.join(dict.fromkeys(told))} more than once; expected each period of a series once")
