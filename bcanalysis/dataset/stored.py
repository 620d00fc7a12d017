"""Statements that stay where they lie until they are asked for: of millions, a report reads and checks those of its periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import pandas as pd

from bcanalysis.dataset.reads import Selection
from bcanalysis.dataset.rows import Rows
from bcanalysis.dataset.store import Store

OBSERVATIONS = "observations"
OF_STATEMENTS = (OBSERVATIONS, "statements", "places")
Frames = Callable[[pd.DataFrame], pd.DataFrame]


class Stored:
    """Statements in a store.

    Parameters
    ----------
    store : Store
        Where they lie.
    check : callable
        Turns cells into typed rows; raises DataError for what is wrong with them.
    keep : callable, optional
        Of typed rows, those that count, as those known on a day.
    """

    def __init__(self, store: Store, check: Frames, keep: Frames = lambda rows: rows) -> None:
        self.store = store
        self._check, self._keep = check, keep
        self._read: dict[tuple[Selection, ...], pd.DataFrame] = {}

    def kept(self, keep: Frames) -> Stored:
        """Give the same statements, as far as they count."""
        return Stored(self.store, self._check, lambda rows: keep(self._keep(rows)))

    def read(self, selections: Sequence[Selection]) -> pd.DataFrame:
        """Give the rows that selections reach, typed and checked.

        Parameters
        ----------
        selections : sequence of Selection
            Which ones; their tables do not matter.

        Returns
        -------
        pandas.DataFrame
            The rows as they lie, the index their place where they lie, or among those read.

        Raises
        ------
        DataError
            With every fault of these rows.
        """
        asked = tuple(selections)
        if asked not in self._read:
            everything = any(selection.is_everything for selection in asked)
            self._read[asked] = self._keep(self._check(self.store.cells(None if everything else asked)))
        return self._read[asked]


class StoredRows:
    """The rows of a table that is made of stored statements, with the questions that :class:`Rows` answers.

    Parameters
    ----------
    read : callable
        Gives the rows that selections reach, others among them or not.
    table : str
        The table.
    """

    def __init__(self, read: Callable[[Sequence[Selection]], pd.DataFrame], table: str) -> None:
        self._read, self._table = read, table

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The whole table."""
        return self._read([Selection(self._table)])

    def chosen(self, selection: Selection) -> pd.DataFrame:
        """Give the rows that a selection reaches, as :meth:`Rows.chosen` does."""
        return self.frame if selection.is_everything else self._rows([selection]).chosen(selection)

    def codes(self, column: str, selections: Sequence[Selection]) -> set[str]:
        """List the codes that the rows reached by selections have in a column."""
        return self._rows(selections).codes(column, selections)

    def fingerprint(self, selections: Sequence[Selection]) -> str:
        """Hash what the rows reached by selections say, in the order that counts."""
        return self._rows(selections).fingerprint(selections)

    def fingerprint_of(self, codes: Iterable[str]) -> str:
        """Hash what the rows with these codes say."""
        return Rows(self.frame).fingerprint_of(codes)

    def _rows(self, selections: Sequence[Selection]) -> Rows:
        return Rows(self._read(selections))


class StoredTables(Mapping[str, pd.DataFrame]):
    """Tables of which the statements stay where they lie until the whole of them is taken.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables, without rows where the statements are.
    stored : Stored
        The statements.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], stored: Stored) -> None:
        self.read, self.stored = tables, stored

    def kept(self, keep: Frames, **tables: pd.DataFrame) -> StoredTables:
        """Give the tables with only those statements that count, and some others in place of their own."""
        return StoredTables({**self.read, **tables}, self.stored.kept(keep))

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Give a table."""
        return self.stored.read([Selection(OBSERVATIONS)]) if table == OBSERVATIONS else self.read[table]

    def __iter__(self) -> Iterator[str]:
        """Go over the names."""
        return iter(self.read)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self.read)
