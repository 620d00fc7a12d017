"""Load the tables, checked, as one dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from bcanalysis.dataset.corrections import corrected
from bcanalysis.dataset.dataset import Dataset, Tables
from bcanalysis.dataset.figures import check_figures, check_printed, check_texts, off_scale
from bcanalysis.dataset.filled import filled_tables, is_workbook
from bcanalysis.dataset.handed import anything, taken
from bcanalysis.dataset.locate import DESCRIPTOR, find_data
from bcanalysis.dataset.reads import opened
from bcanalysis.dataset.rows import Rows
from bcanalysis.dataset.rules import check_areas, check_corrections, check_rules
from bcanalysis.dataset.schema import TableSchema, check_codes, check_table, read_schemas, typed
from bcanalysis.dataset.store import store_of
from bcanalysis.dataset.stored import OBSERVATIONS, Stored, StoredTables
from bcanalysis.dataset.tables import Table, hashed, read_tables
from bcanalysis.dataset.vintages import read_day
from bcanalysis.errors import DataError, Fault


def load(folder: str | Path | None = None, as_of: date | str | None = None) -> Dataset:
    """Load the tables of published figures and check them, unless the process that has started this one has checked the same bytes.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder with ``datapackage.json``; by default the project's ``data/``, looked for beside and above the working
        directory. Or a workbook that ``bcanalysis template`` has made: its figures, with the project's catalogues.
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
    dataset = None if folder and is_workbook(folder) else _checked_before(find_data(folder))
    if dataset is None:
        dataset, faults = _opened(folder) or read_dataset(folder)
        errors = [fault for fault in faults if fault.severity == "error"]
        if dataset is None or errors:
            raise DataError(errors)
    opened(str(dataset.folder.resolve()))
    return dataset.known_on(day)


def _checked_before(found: Path) -> Dataset | None:
    """Give the tables of a folder as they were handed to this process, if they are of the very bytes that lie there now."""
    if not anything():
        return None
    schemas = read_schemas(found)
    if schemas[OBSERVATIONS].stays:
        return None
    paths = [found / name for name in (DESCRIPTOR, *(schema.path for schema in schemas.values()))]
    if not all(path.is_file() for path in paths):
        return None
    files = tuple(hashed(path) for path in paths)
    handed = taken(files)
    if handed is None:
        return None
    tables, warnings, statements = handed
    dataset = Dataset(found, files, tables, warnings)
    dataset._rows["statements"] = Rows(statements)
    return dataset


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
    workbook = Path(folder).expanduser() if folder and is_workbook(folder) else None
    found = find_data(None if workbook else folder)
    schemas = read_schemas(found)
    store = store_of(found, schemas[OBSERVATIONS])
    read = _read(found, schemas) if store is None else _read(found, schemas, store.table(store.cells()))
    if workbook:
        read |= filled_tables(workbook, schemas, read)
    return checked(found, schemas, read)


def _opened(folder: str | Path | None) -> tuple[Dataset | None, list[Fault]] | None:
    """Read and check the tables beside statements that stay where they lie until they are asked for; None if they do not."""
    if folder and is_workbook(folder):
        return None
    found = find_data(folder)
    schemas = read_schemas(found)
    schema = schemas[OBSERVATIONS]
    store = store_of(found, schema)
    if store is None:
        return None
    read = _read(found, schemas, store.table(pd.DataFrame(columns=store.columns, dtype=str)))
    dataset, faults = checked(found, schemas, read, whole=False)
    if dataset is None:
        return dataset, faults
    cells, tables = {name: table.cells for name, table in read.items()}, Tables(dataset.tables).unnoted

    def check(rows: pd.DataFrame) -> pd.DataFrame:  # numpydoc ignore=GL08
        return _checked_rows(schema, store.table(rows), cells, tables)

    return replace(dataset, tables=StoredTables(tables, Stored(store, check))), faults


def _read(found: Path, schemas: Mapping[str, TableSchema], statements: Table | None = None) -> dict[str, Table]:
    """Read the tables of a folder, the statements too unless they have been."""
    wanted = {name: schema.path for name, schema in schemas.items() if statements is None or name != OBSERVATIONS}
    read = read_tables(found, wanted)
    return read if statements is None else {name: read.get(name, statements) for name in schemas}


def _checked_rows(
    schema: TableSchema, read: Table, cells: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Type some statements, once nothing is wrong with them; what only all of them together tell is left to the whole."""
    rows = read.cells
    cells = {**cells, OBSERVATIONS: rows}
    faults = [*read.faults, *check_table(schema, rows), *check_codes(schema, cells)]
    tables = {**tables, OBSERVATIONS: typed(schema, rows)}
    found = [read.placed(fault) for fault in _with_faults_of_rows(schema, faults, cells, tables) if fault.severity == "error"]
    if found:
        raise DataError(sorted(found))
    return tables[OBSERVATIONS]


def checked(
    found: Path, schemas: Mapping[str, TableSchema], read: Mapping[str, Table], *, whole: bool = True
) -> tuple[Dataset | None, list[Fault]]:
    """Check tables that have been read, each by itself and all together.

    Parameters
    ----------
    found : pathlib.Path
        The data folder.
    schemas : mapping of str to TableSchema
        The declarations, by table.
    read : mapping of str to Table
        The cells, by table.
    whole : bool, default True
        Whether the statements are all there; else what only all of them together tell is left out.

    Returns
    -------
    tuple
        The dataset (None if the tables cannot be used) and all faults, warnings among them, by file and line.
    """
    cells = {name: table.cells for name, table in read.items()}
    faults = [fault for table in read.values() for fault in table.faults]
    for name, schema in schemas.items():
        if len(cells[name].columns):
            faults += check_table(schema, cells[name])
            faults += check_codes(schema, cells)
    complete = {name for name, schema in schemas.items() if set(schema.fields) <= set(cells[name].columns)}
    tables = {name: typed(schemas[name], cells[name]) for name in complete}
    if len(complete) == len(schemas):
        schema = schemas[OBSERVATIONS]
        faults = _with_news(schema, _with_faults_of_rows(schema, faults, cells, tables), check_rules(tables))
        faults = _with_faults_of_the_whole(schema, faults, tables) if whole else faults
    by_file = {schema.path: read[name] for name, schema in schemas.items()}
    faults = sorted(by_file[fault.table].placed(fault) if fault.table in by_file else fault for fault in faults)
    if any(fault.severity == "error" for fault in faults):
        return None, faults
    files = (hashed(found / DESCRIPTOR), *(table.file for table in read.values()))
    return Dataset(found, files, {name: tables[name] for name in schemas}, tuple(faults)), faults


def _with_faults_of_rows(
    schema: TableSchema, faults: list[Fault], cells: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]
) -> list[Fault]:
    """Add what is wrong with statements whose cells are sound, each taken by itself or with its like."""
    observations, indicators = tables[OBSERVATIONS], tables["indicators"]
    read_as = corrected(observations, tables["corrections"])
    return _with_news(
        schema,
        faults,
        check_texts(cells),
        check_figures(observations, indicators),
        check_areas(observations, tables["areas"], tables["area_changes"]),
        check_printed(read_as, indicators, tables["units"]),
    )


def _with_faults_of_the_whole(schema: TableSchema, faults: list[Fault], tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Add what only all statements together tell."""
    observations, corrections = tables[OBSERVATIONS], tables["corrections"]
    far_off = off_scale(corrected(observations, corrections), tables["indicators"])
    return _with_news(schema, faults, check_corrections(observations, corrections), far_off)


def _with_news(schema: TableSchema, faults: list[Fault], *checks: Iterable[Fault]) -> list[Fault]:
    """Add the faults of rows of which nothing is said yet: a cell that cannot be read is told once."""
    found = list(faults)
    for check in checks:
        told = {(fault.table, fault.row) for fault in found}
        named = (replace(fault, table=schema.path) if fault.table == "observations.csv" else fault for fault in check)
        found += [fault for fault in named if (fault.table, fault.row) not in told]
    return found
