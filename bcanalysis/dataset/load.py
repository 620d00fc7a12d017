"""Load the tables, checked, as one dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from bcanalysis.dataset.figures import check_figures, check_printed, check_texts, off_scale
from bcanalysis.dataset.labels import with_labels
from bcanalysis.dataset.locate import DESCRIPTOR, find_data
from bcanalysis.dataset.reads import Selection, note, opened
from bcanalysis.dataset.rows import Rows
from bcanalysis.dataset.rules import CORRECTABLE, check_rules, corrections_of
from bcanalysis.dataset.schema import check_codes, check_table, read_schemas, typed
from bcanalysis.dataset.tables import FileUsed, hashed, read_table
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

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Give a table by name."""
        return self.tables[table]

    def __repr__(self) -> str:
        """Say what is on file."""
        return f"<Dataset {self.folder}: {len(self['observations'])} statements, {len(self['indicators'])} indicators>"

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
        >>> len(load().known_on("2018-06-13").statements) < len(load().known_on("2018-06-14").statements)
        True
        """
        day = read_day(day)
        if day is None or (self.as_of is not None and self.as_of <= day):
            return self
        tables = Tables(self.tables).unnoted
        told = with_vintage(tables["observations"])
        known = known_at(told, day).index
        then = {
            **tables,
            "observations": tables["observations"].loc[known],
            "plans": decided_by(tables["plans"], day),
        }
        undated = replace(self, tables={**tables, "observations": tables["observations"][told["stated_to"].isna()]})
        return replace(self, tables=then, as_of=day, undated=self.undated if self.undated is not None else undated)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What a reader should look at and what stops nothing."""
        note(Selection("warnings"))
        return self._warnings

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

    def unnoted(self, table: str) -> Rows:
        """Give the rows of a table without a note: for hashes, never for a page."""
        if table not in self._rows:
            self._rows[table] = Rows(self._frame(table))
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        return {}

    def _frame(self, table: str) -> pd.DataFrame:
        tables = Tables(self.tables).unnoted
        if table == "statements":
            read = corrected(tables["observations"], tables["corrections"])
            return with_vintage(read).assign(rank=read["source"].map(tables["sources"].set_index("code")["rank"]))
        if table == "places":  # the last of those that repeat a place, for among places that end on one day the last leads
            return tables["observations"][_PLACE].drop_duplicates(keep="last")
        if table == "outlines":
            return _outlines(self.folder)
        if table == "warnings":
            return pd.DataFrame([asdict(fault) for fault in self._warnings])
        return tables[table]

    @property
    def catalogues(self) -> list[str]:
        """The names of the tables that every report counts on as a whole."""
        return [name for name in self.tables if name not in SELECTED]

    def titles(self, sources: pd.Series) -> pd.Series:
        """Give the titles of sources that stand in rows which were read; with those rows their sources are noted.

        Parameters
        ----------
        sources : pandas.Series
            Codes of sources.

        Returns
        -------
        pandas.Series
            Their titles, on the same index.
        """
        return sources.map(self.unnoted("sources").frame.set_index("code")["title"])

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


def _outlines(folder: Path) -> pd.DataFrame:
    """Give the outlines that lie beside the tables, each of the period in its name; they have no indicators of their own."""
    files = sorted((folder / OUTLINES).glob("*.md"))
    texts = [(path.name.partition(".")[0], path.name, path.read_bytes().decode("utf-8", "replace")) for path in files]
    return pd.DataFrame(texts, columns=["period", "file", "text"], dtype=object).assign(area="", indicator="")


def load(folder: str | Path | None = None, as_of: date | str | None = None) -> Dataset:
    """Load the tables of published figures and check them.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder with ``datapackage.json``; by default the project's ``data/``, looked for beside and above the working
        directory.
    as_of : datetime.date or str, optional
        Only what was known on this day (``2018-06-14``), see :meth:`Dataset.known_on`; None or a blank is today.

    Returns
    -------
    Dataset
        Checked, typed tables; missing values are NaN with their symbol in the column ``missing``.

    Raises
    ------
    DataError
        If any table has a fault; the error lists all faults of all tables.
    UsageError
        If there is no such folder, or no such day.

    Examples
    --------
    >>> dataset = load()
    >>> dataset["price_bases"]["code"].tolist()
    ['current', 'constant_2010', 'not_applicable', 'not_stated']
    """
    day = read_day(as_of)
    dataset, faults = read_dataset(folder)
    errors = [fault for fault in faults if fault.severity == "error"]
    if dataset is None or errors:
        raise DataError(errors)
    opened(str(dataset.folder.resolve()))
    return dataset.known_on(day)


def read_dataset(folder: str | Path | None = None) -> tuple[Dataset | None, list[Fault]]:
    """Read the tables and list every fault and warning.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        As for :func:`load`.

    Returns
    -------
    tuple
        The dataset (None if the tables cannot be used) and all faults, warnings among them, by file and line.

    Raises
    ------
    UsageError
        If there is no such folder or its descriptor cannot be read.
    """
    found = find_data(folder)
    schemas = read_schemas(found)
    read = {name: read_table(found / schema.path) for name, schema in schemas.items()}
    cells = {name: table.cells for name, table in read.items()}
    faults = [fault for table in read.values() for fault in table.faults]
    for name, schema in schemas.items():
        if len(cells[name].columns):
            faults += check_table(schema, cells[name])
            faults += check_codes(schema, cells)
    complete = {name for name, schema in schemas.items() if set(schema.fields) <= set(cells[name].columns)}
    tables = {name: typed(schemas[name], cells[name]) for name in complete}
    if len(complete) == len(schemas):
        faults = _with_faults_of_sense(faults, cells, tables)
    by_file = {table.file.name: table for table in read.values()}
    faults = sorted(by_file[fault.table].placed(fault) for fault in faults)
    if any(fault.severity == "error" for fault in faults):
        return None, faults
    files = (hashed(found / DESCRIPTOR), *(table.file for table in read.values()))
    return Dataset(found, files, {name: tables[name] for name in schemas}, tuple(faults)), faults


def _with_faults_of_sense(
    faults: list[Fault], cells: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]
) -> list[Fault]:
    """Add what is wrong with rows whose cells are sound: a cell that cannot be read is told once."""
    observations, indicators = tables["observations"], tables["indicators"]
    read_as = corrected(observations, tables["corrections"])
    found = list(faults)
    for check in (
        check_texts(cells),
        check_figures(observations, indicators),
        check_rules(tables),
        check_printed(read_as, indicators, tables["units"]),
        off_scale(read_as, indicators),
    ):
        told = {(fault.table, fault.row) for fault in found}
        found += [fault for fault in check if (fault.table, fault.row) not in told]
    return found


def corrected(observations: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Read statements as the corrections table says; what was printed stays in ``printed``.

    Parameters
    ----------
    observations : pandas.DataFrame
        Statements as published.
    corrections : pandas.DataFrame
        Where, what was printed, how it is read, and why.

    Returns
    -------
    pandas.DataFrame
        The statements, numbers replaced where a correction names them, with ``corrected`` (bool).
    """
    pairs = corrections_of(observations, corrections)
    numbers = {}
    for column in CORRECTABLE:
        fixes = pairs[pairs["column"] == column].set_index("index")["read_as"]
        read_as = pd.to_numeric(fixes, errors="coerce").astype(float).reindex(observations.index)
        numbers[column] = read_as.where(read_as.notna(), observations[column])
    return observations.assign(**numbers, corrected=observations.index.isin(pairs["index"]))
