"""Looking at figures freely: choose, see, and keep what was seen as a row of a batch or as a notebook."""

from __future__ import annotations

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.explorer.explorer import Explorer
from bcanalysis.explorer.view import View


def explore(dataset: Dataset, period: str, area: str = "bac-giang", lang: str = "vi", **choice: str) -> Explorer:
    """Look at figures freely: a form, and what it asks for.

    Parameters
    ----------
    dataset : Dataset
        The tables, with all that is known today.
    period, area : str
        What history and contributions are of, and the first rows of the table.
    lang : {"vi", "en"}
        Language.
    **choice : str
        What else can be chosen: ``indicators`` (codes, parted by blanks; by default the headline indicators), ``indicator`` (the
        one to look closely at), ``price_basis``, ``as_of`` (a day; only what was known then), ``other_areas`` and ``other_periods``
        (to set beside), ``data`` (the folder of the tables, for what is kept).

    Returns
    -------
    Explorer
        In a notebook it shows the form (where ipywidgets is installed) above the words, the table and the charts of growth, plan,
        history and contributions; these change with the form. Printed or exported, they are ordinary outputs. ``figures`` is the
        comparison, ``dataset`` what was known on the day.

    Raises
    ------
    UsageError
        If a parameter does not fit; it is checked as the command line checks it.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> shown = bc.explore(bc.load(), "2018H1", indicators="export_value import_value")
    >>> shown.figures["value"].tolist()
    [3140.0, 3000.0]
    """
    return Explorer(dataset, View(period, area, lang, **choice))
