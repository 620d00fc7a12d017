"""The form and what it asks for, as outputs of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bcanalysis.explorer.keep import add_to_batch, save_notebook
from bcanalysis.explorer.outputs import Outputs
from bcanalysis.explorer.view import Seen, View
from bcanalysis.reports.jobs import codes_of

if TYPE_CHECKING:
    import pandas as pd

    from bcanalysis.dataset.dataset import Dataset


class Explorer:
    """What `bcanalysis.explore` gives.

    Parameters
    ----------
    everything : Dataset
        All that is on file.
    view : View
        What is looked at first.

    Attributes
    ----------
    parameters : dict of str to str
        What was asked for first, for the record of the run.

    Raises
    ------
    UsageError
        If a parameter of the view does not fit.
    """

    def __init__(self, everything: Dataset, view: View) -> None:
        self._everything = everything
        self._codes = codes_of(everything)
        self.parameters = view.parameters
        self._outputs = Outputs()
        self._seen = Seen(view.settled(self._codes), everything)

    @property
    def view(self) -> View:
        """What is being looked at."""
        return self._seen.view

    @property
    def dataset(self) -> Dataset:
        """The tables as they were known on the day that is asked for."""
        return self._seen.dataset

    @property
    def figures(self) -> pd.DataFrame:
        """The comparison of each area and period, one below the other."""
        return self._seen.figures

    def look(self, view: View) -> View:
        """Look at something else, in the outputs that are there.

        Parameters
        ----------
        view : View
            What to look at.

        Returns
        -------
        View
            The same, settled.

        Raises
        ------
        UsageError
            If a parameter does not fit; what is shown stays.
        """
        seen = Seen(view.settled(self._codes), self._everything)
        self._outputs.show(seen.parts())
        self._seen = seen
        return seen.view

    def add_to_batch(self) -> str:
        """Write a row for ``--matrix`` that makes what is seen, and say so."""
        return add_to_batch(self.view)

    def as_notebook(self) -> str:
        """Write a notebook with the cells that make what is seen, and say so."""
        return save_notebook(self.view, self._everything)

    def _ipython_display_(self) -> None:
        from bcanalysis.explorer.form import show_form

        show_form(self, self._everything)
        self._outputs.show(self._seen.parts())

    def __repr__(self) -> str:
        """Say what is being looked at, and its table."""
        parts = self._seen.parts()
        return f"{parts['seen']}\n{parts['table']}"
