"""Statements as the table of corrections says they are to be read."""

from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.rules import CORRECTABLE, corrections_of


def corrected(observations: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Read statements as the corrections table says; what was printed stays in ``printed``.

    Parameters
    ----------
    observations : pandas.DataFrame
        Statements as published.
    corrections : pandas.DataFrame
        Where, what was printed, how it is read, and why.

    Returns
    -------
    pandas.DataFrame
        The statements, numbers replaced where a correction names them, with ``corrected`` (bool).
    """
    pairs = corrections_of(observations, corrections)
    numbers = {}
    for column in CORRECTABLE:
        fixes = pairs[pairs["column"] == column].set_index("index")["read_as"]
        read_as = pd.to_numeric(fixes, errors="coerce").astype(float).reindex(observations.index)
        numbers[column] = read_as.where(read_as.notna(), observations[column])
    return observations.assign(**numbers, corrected=observations.index.isin(pairs["index"]))
