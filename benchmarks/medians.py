"""The medians of the runs, and the ratios and growth that follow from them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Medians:
    """The medians of every side, by environment and number of reports."""

    runs: Sequence[Mapping[str, Any]]

    def of(self, environment: str, reports: int, side: str, quantity: str) -> float | None:
        """Give a median, None where nothing was measured."""
        values = [run[quantity] for run in self._of(environment, reports, side) if run[quantity] is not None]
        return statistics.median(values) if values else None

    def count(self, environment: str, reports: int, side: str) -> int:
        """Tell how many runs stand behind a median."""
        return len(self._of(environment, reports, side))

    def cheapest(self, environment: str, reports: int, sides: Iterable[str], quantity: str = "wall") -> float | None:
        """Give the least median of some sides, None where none was measured."""
        values = [self.of(environment, reports, side, quantity) for side in sides]
        return min((value for value in values if value is not None), default=None)

    def further(self, environment: str, side: str, few: int, many: int, quantity: str = "wall") -> float | None:
        """Give what each report beyond the few takes, up to the many."""
        more = self.of(environment, many, side, quantity)
        less = self.of(environment, few, side, quantity)
        return None if more is None or less is None else (more - less) / (many - few)

    def measured(self) -> list[tuple[str, int, str]]:
        """List environment, reports and side of everything measured, in its order."""
        return list(dict.fromkeys((run["environment"], run["reports"], run["side"]) for run in self.runs))

    def _of(self, environment: str, reports: int, side: str) -> list[Mapping[str, Any]]:
        key = (environment, reports, side)
        return [run for run in self.runs if (run["environment"], run["reports"], run["side"]) == key]


def ratio(above: float | None, below: float | None) -> float | None:
    """Divide, where both are known and there is something to divide by."""
    return above / below if above is not None and below else None
