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

    texts = [name for name, dtype in frame.dtypes.items() if dtype in ("str", object) and name not in keep]
    values = frame[texts].to_numpy(dtype=object, copy=True)  # all at once: column by column takes ten times as long
    values[pd.isna(values) | (values == "")] = None
    filled = pd.DataFrame(values, index=frame.index, columns=texts, dtype=object)
    return pd.concat([frame.drop(columns=texts), filled], axis=1)[list(frame.columns)]
