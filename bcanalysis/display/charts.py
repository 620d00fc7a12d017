"""The charts by name: growth, percent of plan, the second half, history, contributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from bcanalysis.display.contributions import chart_contributions
from bcanalysis.display.history import chart_history
from bcanalysis.display.percents import chart_growth, chart_plan
from bcanalysis.display.quotes import quotes
from bcanalysis.display.second_half import chart_second_half
from bcanalysis.errors import UsageError, nearest

CHARTS: Mapping[str, Callable[..., go.Figure]] = {
    "growth": chart_growth,
    "plan": chart_plan,
    "second_half": chart_second_half,
    "history": chart_history,
    "contributions": chart_contributions,
}
_NOT_DRAWN = ["prior_source_title", "plan_source_title"]  # only a table tells how its numbers came about


def chart(frame: pd.DataFrame, kind: str, lang: str = "vi", **options: object) -> go.Figure:
    """Draw a frame as one of the house charts.

    Parameters
    ----------
    frame : pandas.DataFrame
        A comparison for ``growth`` and ``plan``, what :func:`bcanalysis.second_half` gives for ``second_half``, a history for
        ``history``, contributions for ``contributions``.
    kind : str
        Name of the chart.
    lang : {"vi", "en"}
        Language.
    **options : object
        What the chart takes beside: ``plan`` takes ``dataset``, and draws the shares that first halves made in past years.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart, with what it shows in words in ``layout.meta["alt"]``, and in ``layout.meta["quotes"]`` what in it is quoted from
        another language, if anything is.

    Raises
    ------
    UsageError
        If there is no such chart.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> exports = bc.compare(bc.load(), "2018H1", indicators=["export_value"])
    >>> [bar.x[0] for bar in bc.chart(exports, "growth").data if bar.type == "bar"]
    [6.5]
    """
    if kind not in CHARTS:
        raise UsageError(f'chart: got "{kind}"; expected one of {", ".join(CHARTS)}. {nearest(kind, CHARTS)}')
    drawn = CHARTS[kind](frame, lang, **options)
    if quoted := quotes(frame.drop(columns=_NOT_DRAWN, errors="ignore"), lang):
        drawn.update_layout(meta={**drawn.layout.meta, "quotes": list(quoted)})
    return drawn
