"""A table whose rows can be chosen by selections, and told from other rows by a hash of what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from bcanalysis.dataset.reads import CODED, Selection


class Rows:
    """The rows of a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, with the columns that its selections name.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._coded: dict[str, tuple[np.ndarray, dict[str, int]]] = {}

    def chosen(self, selection: Selection) -> pd.DataFrame:
        """Give the rows that a selection reaches, in the order that counts, numbered anew; without a limit the table as it lies.

        So the frame tells nothing that its hash does not.
        """
        if selection.is_everything:
            return self.frame
        return self.frame.iloc[self._places([selection])].reset_index(drop=True)

    def codes(self, column: str, selections: Sequence[Selection]) -> set[str]:
        """List the codes that the rows reached by selections have in a column; none, if there is no such column."""
        if column not in self.frame:
            return set()
        numbers, places = self._numbered(column)
        found = set(numbers[self._places(selections)].tolist())
        return {code for code, number in places.items() if number in found}

    def fingerprint(self, selections: Sequence[Selection]) -> str:
        """Hash what the rows reached by selections say, in the order that counts."""
        return self._hash(self._digests[self._places(selections)])

    def fingerprint_of(self, codes: Iterable[str]) -> str:
        """Hash what the rows with these codes say, in whatever order they lie."""
        numbers, places = self._numbered("code")
        wanted = [places[code] for code in sorted(codes) if code in places]
        return self._hash(self._digests[[row for number in wanted for row in np.flatnonzero(numbers == number)]])

    def _places(self, selections: Sequence[Selection]) -> np.ndarray:
        """Give the places of the rows reached by selections, in the order that counts.

        That is by area and indicator, and inside these as they lie, for there it decides ties. A table that is asked for without a
        limit counts as it lies, for so it may be shown.
        """
        if any(selection.is_everything for selection in selections):
            return np.arange(len(self.frame))
        reached = np.logical_or.reduce([self._reached(selection) for selection in selections])
        return np.asarray(self._by_indicator[reached[self._by_indicator]])

    def _reached(self, selection: Selection) -> np.ndarray:
        found = np.ones(len(self.frame), dtype=bool)
        for column in CODED:
            codes = getattr(selection, column)
            if codes is not None:
                numbers, places = self._numbered(column)
                wanted = np.zeros(len(places), dtype=bool)
                wanted[[places[code] for code in codes if code in places]] = True
                found &= wanted[numbers]
        if selection.ended_before is not None:
            found &= (self.frame["window_end"] < pd.Timestamp(selection.ended_before)).to_numpy()
        return found

    def _numbered(self, column: str) -> tuple[np.ndarray, dict[str, int]]:
        """Give the number of the code in each row of a column, in alphabetical order, and the number of each code."""
        if column not in self._coded:
            numbers, codes = pd.factorize(self._texts(column), sort=True)
            self._coded[column] = numbers, {code: number for number, code in enumerate(codes)}
        return self._coded[column]

    def _texts(self, column: str) -> pd.Series:
        """Give a column of codes; the period of a plan is its year."""
        if column == "period" and column not in self.frame:
            return self.frame["year"].map("{:.0f}".format)
        return self.frame[column]

    @cached_property
    def _by_indicator(self) -> np.ndarray:
        """Places by area and indicator, inside these as they lie."""
        return np.lexsort([self._numbered("indicator")[0], self._numbered("area")[0]])

    @cached_property
    def _digests(self) -> np.ndarray:
        """The hash of each row, whatever its place."""
        lines = self.frame.itertuples(index=False, name=None)
        found = b"".join(hashlib.sha256(repr(line).encode()).digest() for line in lines)
        return np.frombuffer(found, dtype=np.uint8).reshape(-1, hashlib.sha256().digest_size)

    def _hash(self, digests: np.ndarray) -> str:
        return hashlib.sha256(repr(list(self.frame.columns)).encode() + digests.tobytes()).hexdigest()
