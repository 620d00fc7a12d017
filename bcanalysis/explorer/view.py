"""What is being looked at, and what there is to see of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.contributions import contributions
from bcanalysis.comparison.history import history
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.charts import chart
from bcanalysis.display.prose import Sentences
from bcanalysis.display.tables import table_comparison
from bcanalysis.display.words import period_text
from bcanalysis.reports.jobs import Codes
from bcanalysis.reports.parameters import check_parameter
from bcanalysis.wording.numbers import format_short_date
from bcanalysis.wording.terms import term


@dataclass(frozen=True)
class View:
    """What is being looked at: the parameters of the notebook ``explore``, by their names and as it holds them.

    Parameters
    ----------
    period, area : str
        What history and contributions are of, and the first rows of the table.
    lang : {"vi", "en"}
        Language.
    data : str
        Folder of the tables; blank is the project's own.
    as_of : str
        Only what was known on this day; blank is all.
    indicators : str
        Codes, parted by blanks; blank is the headline indicators.
    indicator : str
        The one that history and contributions are of; blank is the first.
    price_basis : str
        Only this one; blank is any.
    other_areas, other_periods : str
        What is set beside in the table and the charts of growth and plan; parted by blanks.
    """

    period: str
    area: str
    lang: str = "vi"
    data: str = ""
    as_of: str = ""
    indicators: str = ""
    indicator: str = ""
    price_basis: str = ""
    other_areas: str = ""
    other_periods: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """All of it, by name."""
        return asdict(self)

    @property
    def places(self) -> list[tuple[str, str]]:
        """Area and period of each comparison, the main one first, each once."""
        areas, periods = [self.area, *self.other_areas.split()], [self.period, *self.other_periods.split()]
        return list(dict.fromkeys(product(areas, periods)))

    def settled(self, codes: Codes) -> View:
        """Check every parameter as the command line does, and fill in what is left blank.

        Parameters
        ----------
        codes : Codes
            The codes on file.

        Returns
        -------
        View
            With indicators, and one of them to look closely at.

        Raises
        ------
        UsageError
            If a parameter does not fit.
        """
        for name, text in self.parameters.items():
            check_parameter(name, text, codes.known, _DEFAULTS.get(name))
        chosen = self.indicators.split() or list(codes.headline)
        close = self.indicator if self.indicator in chosen else next(iter(chosen), "")
        return replace(self, indicators=" ".join(chosen), indicator=close)


_DEFAULTS = {name: field.default for name, field in View.__dataclass_fields__.items()}


@dataclass(frozen=True)
class Seen:
    """What there is to see.

    Parameters
    ----------
    view : View
        What is looked at, settled.
    everything : Dataset
        All that is on file, whenever it became known.
    """

    view: View
    everything: Dataset

    @cached_property
    def dataset(self) -> Dataset:
        """What was known on the day that is asked for."""
        return self.everything.known_on(self.view.as_of)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The comparison of each place, one below the other."""
        found = [self._compared(*place) for place in self.view.places]
        rows = pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)
        rows.attrs["undated"] = sum(frame.attrs["undated"] for frame in found)
        return rows

    @property
    def totals(self) -> pd.DataFrame:
        """Of the figures those that are of the whole."""
        return self.figures[self.figures["breakdown"] == "total"]

    def parts(self) -> Mapping[str, Any]:
        """Give what is shown, by name: words, table and charts.

        Returns
        -------
        mapping of str to object
            Always the same names, in their order; a chart of nothing says why it is empty.
        """
        view, lang = self.view, self.view.lang
        here = self.figures[(self.figures["area"] == view.area) & (self.figures["period"] == view.period)]
        return {
            "seen": Sentences((self._said(),), lang),
            "table": table_comparison(self.totals, lang),
            "growth": chart(self.totals, "growth", lang),
            "plan": chart(self.totals, "plan", lang, dataset=self.dataset),
            "history": chart(self._on_the_basis(history(self.dataset, view.indicator, view.period, view.area)), "history", lang),
            "contributions": chart(contributions(self.dataset, here, view.indicator), "contributions", lang),
        }

    def _compared(self, area: str, period: str) -> pd.DataFrame:
        return self._on_the_basis(compare(self.dataset, period, area, indicators=self.view.indicators.split()))

    def _on_the_basis(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["price_basis"] == self.view.price_basis] if self.view.price_basis else rows

    def _said(self) -> str:
        view, lang = self.view, self.view.lang
        names, undated = self.dataset.names("areas", lang), self.figures.attrs["undated"]
        said = [
            "; ".join(f"{names[area]}, {period_text(period, lang)}" for area, period in view.places),
            str(self.dataset.names("price_bases", lang)[view.price_basis]) if view.price_basis else "",
            term("explore.seen.as_of", lang, day=format_short_date(self.dataset.as_of, lang)) if self.dataset.as_of else "",
            term("explore.seen.undated", lang, count=undated) if undated else "",
        ]
        return term("explore.seen", lang, parts="; ".join(filter(None, said)))
