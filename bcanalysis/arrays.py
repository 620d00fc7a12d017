"""Arrays of texts in which a missing text is None."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def none_where(missing: Any, values: Any) -> NDArray[Any]:
    """Give the values as objects, None where they are missing.

    Parameters
    ----------
    missing : array of bool
        Where there is no value.
    values : array or str
        The values; a single text stands for all.

    Returns
    -------
    numpy.ndarray
        Objects, in the shape of `missing`.

    Examples
    --------
    >>> none_where([True, False], "printed").tolist()
    [None, 'printed']
    """
    where = np.asarray(missing, dtype=bool)
    result = np.empty(where.shape, dtype=object)
    result[...] = values
    result[where] = None
    return result
