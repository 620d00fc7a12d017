"""Texts in arrays and frames: a missing one is None."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd


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


def blank_to_none(frame: pd.DataFrame, keep: Collection[str] = ()) -> pd.DataFrame:
    """Give a frame in which missing and empty texts are None.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame; numbers and dates are left as they are.
    keep : collection of str
        Columns in which an empty text means something.

    Returns
    -------
    pandas.DataFrame
        The same columns, texts as objects.

    Examples
    --------
    >>> import pandas as pd
    >>> blank_to_none(pd.DataFrame({"note": ["", "seen"]}))["note"].tolist()
    [None, 'seen']
    """
    import pandas as pd  # who only writes out what is computed has no frames

    texts = [name for name in frame.columns if frame[name].dtype in ("str", object) and name not in keep]
    return frame.assign(**{name: pd.Series(_filled(frame[name]), index=frame.index, dtype=object) for name in texts})


def _filled(texts: pd.Series) -> np.ndarray:
    values = texts.to_numpy(dtype=object, copy=True)
    values[texts.isna().to_numpy() | (values == "")] = None
    return values
