"""The tables of published figures: what is on file, what is read from it, and what of that was known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from bcanalysis.dataset.corrections import corrected
from bcanalysis.dataset.handed import Checked
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.reads import Selection, note
from bcanalysis.dataset.rows import Rows
from bcanalysis.dataset.stored import OBSERVATIONS, OF_STATEMENTS, Frames, Stored, StoredRows, StoredTables
from bcanalysis.dataset.tables import FileUsed
from bcanalysis.dataset.vintages import decided_by, known_at, read_day, with_vintage
from bcanalysis.errors import DataError, Fault, UsageError, nearest

OUTLINES = "outlines"
SELECTED = ("observations", "plans", "corrections", "sources")
_PLACE = ["area", "indicator", "period", "window_end"]


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name; when one is taken whose rows can be selected, it is noted that all of it was asked for.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.unnoted: Mapping[str, pd.DataFrame] = tables.unnoted if isinstance(tables, Tables) else tables

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Give a table."""
        found = self.unnoted[table]
        if table in SELECTED:
            note(Selection(table))
        return found

    def __iter__(self) -> Iterator[str]:
        """Go over the names."""
        return iter(self.unnoted)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self.unnoted)


@dataclass(frozen=True)
class Dataset:
    """Checked tables of published figures.

    Whatever of the statements, plans, corrections and sources is read from it is noted (:mod:`bcanalysis.dataset.reads`), so that a
    report knows what it rests on: with :meth:`read` just the rows of a selection, else the whole table.

    Parameters
    ----------
    folder : pathlib.Path
        Where the tables lie.
    files : tuple of FileUsed
        The files read, with hashes: the descriptor first, then the tables.
    tables : mapping of str to pandas.DataFrame
        The tables by name, typed; row ``i`` is line ``i + 2`` of its file. A blank text is empty, a blank number NaN.
    as_of : datetime.date, optional
        The day on which this was known; None is today.
    undated : Dataset, optional
        Of a dataset of an earlier day, the statements that were left out because nobody knows when they were made.
    """

    folder: Path
    files: tuple[FileUsed, ...]
    tables: Mapping[str, pd.DataFrame]
    _warnings: tuple[Fault, ...] = ()
    as_of: date | None = None
    undated: Dataset | None = None

    def __post_init__(self) -> None:
        """Let no table be read unnoticed."""
        object.__setattr__(self, "tables", Tables(self.tables))

    @property
    def used(self) -> tuple[FileUsed, ...]:
        """The files read; of a database the rows that were read until now."""
        now = [] if self.stored is None else [self.stored.store.used]
        return tuple(next((store for store in now if store.name == file.name), file) for file in self.files)

    @property
    def checked(self) -> Checked:
        """What was read and checked, without a note: to hand it on, never for a page."""
        return dict(Tables(self.tables).unnoted), self._warnings, self.unnoted("statements").frame

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Give a table by name."""
        return self.tables[table]

    def __repr__(self) -> str:
        """Say what is on file."""
        told = len(self["observations"]) if self.stored is None else self.stored.store.name
        return f"<Dataset {self.folder}: {told} statements, {len(self['indicators'])} indicators>"

    def known_on(self, day: date | str | None) -> Dataset:
        """Give the tables as far as they were known on a day.

        Parameters
        ----------
        day : datetime.date, str or None
            The day, or its ISO text; None or a blank is today, and gives this dataset.

        Returns
        -------
        Dataset
            Statements certainly made and plans certainly decided by then. What has no date stays out: nobody can say that it was
            known. Catalogues, links and readings of misprints are those of today.

        Raises
        ------
        UsageError
            If the text is no day.

        Examples
        --------
        >>> from bcanalysis.dataset.load import load
        >>> len(load().known_on("2018-06-13").statements) < len(load().known_on("2018-06-14").statements)
        True
        """
        day = read_day(day)
        if day is None or (self.as_of is not None and self.as_of <= day):
            return self
        tables = Tables(self.tables).unnoted
        plans, by_then = decided_by(tables["plans"], day), partial(_stated_by, day=day)
        then, undated = (_with_statements(tables, keep) for keep in (by_then, _undated))
        then = then.kept(_as_they_are, plans=plans) if isinstance(then, StoredTables) else {**then, "plans": plans}
        return replace(self, tables=then, as_of=day, undated=self.undated or replace(self, tables=undated))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What a reader should look at and what stops nothing."""
        note(Selection("warnings"))
        return self._all_warnings

    @cached_property
    def _all_warnings(self) -> tuple[Fault, ...]:
        """What is known of all rows; of stored ones that takes reading all of them."""
        if self.stored is None:
            return self._warnings
        from bcanalysis.dataset.load import read_dataset  # which makes datasets: what only all rows tell takes reading them all

        found, faults = read_dataset(self.folder)
        if found is None:
            raise DataError([fault for fault in faults if fault.severity == "error"])
        return tuple(faults)

    @property
    def stored(self) -> Stored | None:
        """The statements, if they stay where they lie until they are asked for."""
        tables = Tables(self.tables).unnoted
        return tables.stored if isinstance(tables, StoredTables) else None

    @property
    def statements(self) -> pd.DataFrame:
        """All statements as read after corrections, with vintage and source rank.

        The columns of observations and ``stated_from``, ``stated_to``, ``rank``, ``corrected`` (bool).
        """
        return self.read(Selection("statements"))

    def read(self, selection: Selection) -> pd.DataFrame:
        """Give the rows that a selection reaches, and note that they were asked for.

        Parameters
        ----------
        selection : Selection
            Of ``statements``, of ``places`` (the area, indicator, period and ``window_end`` of the figures on file), of the
            ``outlines`` of reports, or of a table.

        Returns
        -------
        pandas.DataFrame
            The rows by area and indicator, inside these as they lie; the whole table as it lies where the selection has no limit.
        """
        note(selection)
        return self.unnoted(selection.table).chosen(selection)

    def unnoted(self, table: str) -> Rows | StoredRows:
        """Give the rows of a table without a note: for hashes, never for a page."""
        if table not in self._rows:
            stored = table in OF_STATEMENTS and self.stored is not None
            self._rows[table] = StoredRows(partial(self._of_stored, table), table) if stored else Rows(self._frame(table))
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, Rows | StoredRows]:
        return {}

    def _frame(self, table: str) -> pd.DataFrame:
        tables = Tables(self.tables).unnoted
        if table in OF_STATEMENTS:
            return self._of_statements(table, tables[OBSERVATIONS])
        if table == "outlines":
            return _outlines(self.folder)
        if table == "warnings":
            return pd.DataFrame([asdict(fault) for fault in self._all_warnings])
        return tables[table]

    def _of_stored(self, table: str, selections: Sequence[Selection]) -> pd.DataFrame:
        assert self.stored is not None  # noqa: S101  (the caller has looked)
        return self._of_statements(table, self.stored.read([replace(asked, table=OBSERVATIONS) for asked in selections]))

    def _of_statements(self, table: str, observations: pd.DataFrame) -> pd.DataFrame:
        """Make a table from statements: of all of them, or of some figures all that was stated."""
        if table == OBSERVATIONS:
            return observations
        if table == "places":  # the last of those that repeat a place, for among places that end on one day the last leads
            return observations[_PLACE].drop_duplicates(keep="last")
        tables = Tables(self.tables).unnoted
        read = corrected(observations, tables["corrections"])
        return with_vintage(read).assign(rank=read["source"].map(tables["sources"].set_index("code")["rank"]))

    @property
    def catalogues(self) -> list[str]:
        """The names of the tables that every report counts on as a whole."""
        return [name for name in self.tables if name not in SELECTED]

    def titles(self, sources: pd.Series) -> pd.Series:
        """Give the titles of sources that stand in rows which were read; with those rows their sources are noted.

        Parameters
        ----------
        sources : pandas.Series
            Codes of sources; of a figure made from several, their codes joined by ``" + "``.

        Returns
        -------
        pandas.Series
            Their titles, on the same index.
        """
        known = self.unnoted("sources").frame.set_index("code")["title"]
        return sources.map(lambda codes: " + ".join(known.get(code, code) for code in codes.split(" + ")), na_action="ignore")

    def labelled(self, table: str, area: str | None = None) -> pd.DataFrame:
        """Give a table that names indicators, with the names of its codes.

        Parameters
        ----------
        table : str
            For example ``corrections`` or ``plans``.
        area : str, optional
            Only the rows of this area; a report that asks for no more is not made again when the others change.

        Returns
        -------
        pandas.DataFrame
            The table and the columns of :func:`bcanalysis.dataset.labels.with_labels`.
        """
        return with_labels(self, self.read(Selection(table, area=None if area is None else (self.require("areas", area),))))

    def names(self, table: str, lang: str = "vi") -> pd.Series:
        """Give the names of a table's codes.

        Parameters
        ----------
        table : str
            ``indicators``, ``areas``, ``units``, ``breakdowns`` or ``price_bases``.
        lang : {"vi", "en"}
            Language.

        Returns
        -------
        pandas.Series
            Names by code.
        """
        if (table, lang) not in self._names:
            self._names[table, lang] = self[table].set_index("code")[f"name_{lang}"]
        return self._names[table, lang]

    @cached_property
    def _names(self) -> dict[tuple[str, str], pd.Series]:
        return {}

    def require(self, table: str, code: str) -> str:
        """Give back a code that stands in a table.

        Parameters
        ----------
        table : str
            ``indicators`` or ``areas``.
        code : str
            The code.

        Returns
        -------
        str
            The same code.

        Raises
        ------
        UsageError
            If the table has no such code; the nearest is suggested.
        """
        codes = self[table]["code"]
        if code not in set(codes):
            raise UsageError(f'{table}: got "{code}"; expected a code of {table}.csv. {nearest(code, codes)}')
        return code


def _with_statements(tables: Mapping[str, pd.DataFrame], keep: Frames) -> Mapping[str, pd.DataFrame]:
    """Give tables with only those statements that count."""
    if isinstance(tables, StoredTables):
        return tables.kept(keep)
    return {**tables, OBSERVATIONS: keep(tables[OBSERVATIONS])}


def _as_they_are(observations: pd.DataFrame) -> pd.DataFrame:
    return observations


def _stated_by(observations: pd.DataFrame, day: date) -> pd.DataFrame:
    return observations.loc[known_at(with_vintage(observations), day).index]


def _undated(observations: pd.DataFrame) -> pd.DataFrame:
    return observations[with_vintage(observations)["stated_to"].isna()]


def _outlines(folder: Path) -> pd.DataFrame:
    """Give the outlines that lie beside the tables, each of the period in its name; they have no indicators of their own."""
    files = sorted((folder / OUTLINES).glob("*.md"))
    texts = [(path.name.partition(".")[0], path.name, path.read_bytes().decode("utf-8", "replace")) for path in files]
    return pd.DataFrame(texts, columns=["period", "file", "text"], dtype=object).assign(area="", indicator="")
