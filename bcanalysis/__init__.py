"""Checked half-year comparisons and reports of a province's industry and trade.

Everything a notebook needs is here: ``import bcanalysis as bc``. The names are loaded on first use, so that the import itself, and
the command line's help, cost next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bcanalysis.startup import defer_iri_grammar

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bcanalysis.comparison.compare import compare
    from bcanalysis.comparison.contributions import contributions
    from bcanalysis.comparison.history import history
    from bcanalysis.comparison.plan import pace_to_plan
    from bcanalysis.comparison.provinces import across
    from bcanalysis.comparison.readings import readings
    from bcanalysis.comparison.second_half import second_half
    from bcanalysis.dataset.load import load
    from bcanalysis.display.charts import chart
    from bcanalysis.display.prose import sentences
    from bcanalysis.display.tables import table, table_comparison
    from bcanalysis.documents.outline.report import official_report
    from bcanalysis.explorer import explore
    from bcanalysis.indicators import growth_vs_prior_year, percent_of_annual_plan
    from bcanalysis.quality.conflicts import conflicts
    from bcanalysis.quality.gaps import gaps
    from bcanalysis.quality.identities import identities
    from bcanalysis.reports.record import run_record

defer_iri_grammar()

_ROOMS = {
    "bcanalysis.comparison.compare": ["compare"],
    "bcanalysis.comparison.contributions": ["contributions"],
    "bcanalysis.comparison.history": ["history"],
    "bcanalysis.comparison.plan": ["pace_to_plan"],
    "bcanalysis.comparison.provinces": ["across"],
    "bcanalysis.comparison.readings": ["readings"],
    "bcanalysis.comparison.second_half": ["second_half"],
    "bcanalysis.dataset.load": ["load"],
    "bcanalysis.display.charts": ["chart"],
    "bcanalysis.display.prose": ["sentences"],
    "bcanalysis.display.tables": ["table", "table_comparison"],
    "bcanalysis.documents.outline.report": ["official_report"],
    "bcanalysis.explorer": ["explore"],
    "bcanalysis.indicators": ["growth_vs_prior_year", "percent_of_annual_plan"],
    "bcanalysis.quality.conflicts": ["conflicts"],
    "bcanalysis.quality.gaps": ["gaps"],
    "bcanalysis.quality.identities": ["identities"],
    "bcanalysis.reports.record": ["run_record"],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "across",
    "chart",
    "compare",
    "conflicts",
    "contributions",
    "explore",
    "gaps",
    "growth_vs_prior_year",
    "history",
    "identities",
    "load",
    "official_report",
    "pace_to_plan",
    "percent_of_annual_plan",
    "readings",
    "run_record",
    "second_half",
    "sentences",
    "table",
    "table_comparison",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOM_OF[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
