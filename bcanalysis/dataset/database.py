"""A table that lies in a database, of which the rows that selections reach are fetched by a WHERE."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pandas as pd

from bcanalysis.dataset.reads import CODED, Selection
from bcanalysis.dataset.schema import TableSchema
from bcanalysis.dataset.store import as_text, changed
from bcanalysis.dataset.tables import FileUsed, Table, damaged_texts, stamp
from bcanalysis.errors import Fault
from bcanalysis.sheets.databases import AT_ONCE, answering, engine_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_A_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class DatabaseTable:
    """A table, or a view, of a database as it was when it was opened.

    A server shows the rows of that moment for as long as this lives, whatever is written meanwhile: all questions are asked in one
    read-only transaction. If that ends before, nothing more is read. A file of SQLite is opened for each question, so that others
    can write into it; as a Parquet file, it has changed when its bytes have.

    A database has no bytes that a page could name. What it names is the hash of the rows that were read for it.

    Parameters
    ----------
    schema : TableSchema
        The table. Columns that it does not declare are the database's own and are not read.
    folder : pathlib.Path
        Where the file of a relative address lies.

    Raises
    ------
    DataError
        If the database does not answer, or has no such table.
    UsageError
        If the address is none, or the packages for it are not installed.
    """

    def __init__(self, schema: TableSchema, folder: Path) -> None:
        import sqlalchemy

        self._schema, self._sql = schema, sqlalchemy
        self._lock, self._seen = Lock(), dict[object, tuple[str, int]]()
        self._engine = engine_of(schema.address, folder)
        self._files = _files(self._engine.url.database or "") if self._engine.dialect.name == "sqlite" else []
        self._stamps = self._now()
        self._moment: Connection | None = None
        within, _, name = schema.within.rpartition(".")
        with self._asked() as connection:
            inspector = sqlalchemy.inspect(connection)
            there = {column["name"]: column["type"] for column in inspector.get_columns(name, schema=within or None)}
            key = inspector.get_pk_constraint(name, schema=within or None)["constrained_columns"]
        self._types = {field: there[field] for field in schema.fields if field in there}
        self._table = sqlalchemy.table(name, *map(sqlalchemy.column, there), schema=within or None)
        self._order = [self._table.c[column] for column in key or self.columns]

    @property
    def name(self) -> str:
        """Where the table is, without who asks for it."""
        return self._schema.path

    @property
    def columns(self) -> list[str]:
        """The declared columns that are there."""
        return list(self._types)

    @property
    def used(self) -> FileUsed:
        """The rows read so far: their hash and their length as text, whatever the order of the questions."""
        hashes, sizes = zip(*sorted(self._seen.values()), strict=True) if self._seen else ((), ())
        return FileUsed(self.name, hashlib.sha256("".join(hashes).encode()).hexdigest(), sum(sizes))

    @property
    def has_changed(self) -> bool:
        """Whether a file is another one than was opened, or the moment that a server has kept is over."""
        if self._moment is None:
            return self._now() != self._stamps
        try:
            with self._lock:
                return self._moment.scalar(self._sql.select(1)) != 1
        except self._sql.exc.SQLAlchemyError:
            return True

    def cells(self, selections: Sequence[Selection] | None = None) -> pd.DataFrame:
        """Read rows as the text that a CSV file would have.

        Parameters
        ----------
        selections : sequence of Selection, optional
            Only the rows that one of them reaches; None is the whole table.

        Returns
        -------
        pandas.DataFrame
            Text columns, a missing value as an empty text; the rows by the table's primary key, without one by all columns.

        Raises
        ------
        DataError
            If a file has changed since it was opened, or the database goes away before the last row.
        """
        query = self._sql.select(*(self._table.c[name] for name in self.columns)).order_by(*self._order)
        if selections is not None:
            query = query.where(self._sql.or_(self._sql.false(), *map(self._reached, selections)))
        rows: list[list[str]] = []
        with self._asked(rows) as connection, connection.execute(query, execution_options={"stream_results": True}) as result:
            for part in result.partitions(AT_ONCE):
                rows += (list(map(as_text, row)) for row in part)
        self._seen[selections and tuple(selections)] = _hashed(rows)
        return pd.DataFrame(rows, columns=self.columns, dtype=str)

    def table(self, cells: pd.DataFrame) -> DatabaseRows:
        """Give rows that were read with what is wrong with their texts."""
        return DatabaseRows(self.used, cells, tuple(damaged_texts(self.name, cells)), key=self._schema.primary_key)

    @contextmanager
    def _asked(self, rows: Sized = ()) -> Iterator[Connection]:
        """Give a connection for one question at a time."""
        with self._lock, answering(self.name, self._schema.within, rows):
            if self._files:
                with self._engine.connect() as connection:
                    yield connection
                if self._now() != self._stamps:
                    raise changed(self.name)
                return
            if self._moment is None:
                self._moment = self._engine.connect().execution_options(**_A_MOMENT)
                weakref.finalize(self, _end, self._moment)
            yield self._moment

    def _reached(self, selection: Selection) -> ColumnElement[bool]:
        """Say in the terms of SQL which rows a selection reaches."""
        asked = {name: getattr(selection, name) for name in CODED}
        reached: list[ColumnElement[bool]] = [self._compared(name).in_(codes) for name, codes in asked.items() if codes is not None]
        if selection.ended_before is not None:
            reached.append(self._ended_before(selection.ended_before))
        return self._sql.and_(self._sql.true(), *reached)

    def _ended_before(self, day: str) -> ColumnElement[bool]:
        if isinstance(self._types["window_end"], (self._sql.Date, self._sql.DateTime)):
            return self._sql.column("window_end", self._sql.Date) < date.fromisoformat(day)
        return self._compared("window_end") < day

    def _compared(self, name: str) -> ColumnElement[Any]:
        """Give a column to compare with texts: one of texts as it is, so that an index of it serves."""
        kind = self._types[name]
        is_text = isinstance(kind, self._sql.String) and not isinstance(kind, self._sql.Enum)
        column: ColumnElement[Any] = self._sql.column(name, kind if is_text else None)
        return column if is_text else self._sql.cast(column, self._sql.Text)

    def _now(self) -> list[tuple[int, int, int]]:
        found = [stamp(file) for file in self._files]
        return [one for one in found if one is not None and one[-1]]


@dataclass(frozen=True)
class DatabaseRows(Table):
    """Rows of a table of a database, which have no numbers there and so are told by their key."""

    key: tuple[str, ...] = ()

    def placed(self, fault: Fault) -> Fault:
        """Tell the row of a fault by its key."""
        row = fault.row - 2
        if not 0 <= row < len(self.cells):
            return replace(fault, row=0)
        told = ", ".join(cell for cell in self.cells[[*self.key]].iloc[row] if cell)
        return replace(fault, table=f"{fault.table} ({told})", row=0)


def _end(moment: Connection) -> None:
    """Close a connection, whose server may be gone."""
    from sqlalchemy.exc import SQLAlchemyError

    with suppress(SQLAlchemyError):
        moment.close()


def _files(database: str) -> list[Path]:
    """Give the files of a database of SQLite: its own, and the one into which changes are written first."""
    return [Path(database), Path(f"{database}-wal")]


def _hashed(rows: Sequence[Sequence[str]]) -> tuple[str, int]:
    """Hash rows, and count the bytes of what was hashed."""
    digest, size = hashlib.sha256(), 0
    for row in rows:
        line = "\x1f".join(row).encode() + b"\n"
        digest.update(line)
        size += len(line)
    return digest.hexdigest(), size
