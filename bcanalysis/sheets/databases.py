"""Tables of a database, through its address."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bcanalysis.errors import UsageError, nearest
from bcanalysis.sheets.grid import Grid, boxed, refuse

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
AT_ONCE = 10_000  # rows
_SECRET = {"password", "passfile", "sslpassword"}
_PATIENCE = 10  # seconds to be let in


def is_address(text: str) -> bool:
    """Tell whether a text is the address of a database rather than the name of a file."""
    return "://" in text


def read_database(address: str, table: str | None = None) -> Grid:
    """Read a table, or a view, of a database.

    Parameters
    ----------
    address : str
        Such as ``sqlite:///figures.db`` or ``postgresql://user@host/name``; a password is better left to the environment.
    table : str, optional
        The table, ``schema.table`` outside the usual schema; not needed where there is only one.

    Returns
    -------
    Grid
        The names of the columns as the first row, then the rows as the database gives them.

    Raises
    ------
    DataError
        If the database cannot be reached, goes away before the last row, or has no such table.
    UsageError
        If the address is none, names a kind of database that is not read, or the packages for it are not installed.
    """
    engine = engine_of(address)
    shown = without_password(address)
    import sqlalchemy

    rows: list[list[object]] = []
    try:
        with answering(shown, table, rows), engine.connect() as connection:
            schema, _, name = _named(sqlalchemy.inspect(connection), table, shown).rpartition(".")
            found = sqlalchemy.Table(name, sqlalchemy.MetaData(), schema=schema or None, autoload_with=connection)
            whole = found.select().order_by(*found.primary_key)
            with connection.execution_options(stream_results=True).execute(whole) as result:
                for part in result.partitions(AT_ONCE):
                    rows += ([_plain(cell) for cell in row] for row in part)
                names: list[object] = list(result.keys())
    finally:
        engine.dispose()
    return Grid(shown, name, boxed([names, *rows]), told=(f"table {name}",))


def engine_of(address: str, folder: Path | None = None) -> Engine:
    """Prepare to connect to a database; nothing is asked of it yet, and nothing stays open between two connections.

    Parameters
    ----------
    address : str
        The address.
    folder : pathlib.Path, optional
        Where the file of a relative address lies; by default in the working directory.

    Returns
    -------
    sqlalchemy.Engine
        What connects.

    Raises
    ------
    DataError
        If it is a file that is not there, which SQLite would make.
    UsageError
        If the address is none, names a kind of database that is not read, or the packages for it are not installed.
    """
    url = _url(address)
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    kind = url.drivername.partition("+")[0]
    if kind not in DIALECTS:
        raise UsageError(f'database: got an address of "{kind}"; expected sqlite:// or postgresql://. {nearest(kind, DIALECTS)}')
    if kind == "sqlite":
        file = (folder or Path()).absolute() / (url.database or "")
        if not file.is_file():
            raise refuse(without_password(address), "no such file", "a database that is there")
        url = url.set(database=str(file))
    waits = {"connect_timeout": _PATIENCE} if kind != "sqlite" else {}
    try:
        return create_engine(url.set(drivername=DIALECTS[kind]), connect_args=waits, poolclass=NullPool)
    except ImportError:
        raise UsageError("database: PostgreSQL needs psycopg; install it with pip install 'bcanalysis[database]'") from None


@contextmanager
def answering(shown: str, table: str | None, rows: Sized = ()) -> Iterator[None]:
    """Tell in the words of a fault when a database has no such table, no answer, or no more rows.

    Parameters
    ----------
    shown : str
        The address, fit to be shown.
    table : str or None
        The table that is asked for.
    rows : sized, optional
        What has been read so far.

    Raises
    ------
    DataError
        Instead of what SQLAlchemy and the driver raise.
    """
    from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

    try:
        yield
    except NoSuchTableError:
        raise refuse(shown, f'no table "{table}"', "a table or view of the database") from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        got = f"an end of the connection after {len(rows)} rows ({reason})" if len(rows) else f"no answer ({reason})"
        raise refuse(shown, got, "the whole table", "Nothing was taken from it; try again when the database is there") from None


def _named(inspector: object, table: str | None, shown: str) -> str:
    if table is not None:
        return table
    names = [*inspector.get_table_names(), *inspector.get_view_names()]  # type: ignore[attr-defined]
    if len(names) != 1:
        told = ", ".join(sorted(names)) or "none"
        raise refuse(shown, f"{len(names)} tables ({told})", "one, or the name of one with --sheet")
    return str(names[0])


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return float(cell) if cell.is_finite() else None
    return None if cell == "" else cell


def without_password(address: str) -> str:
    """Give an address fit to be shown or stored: with its user, without what lets that user in."""
    url = _url(address)
    return url.difference_update_query(_SECRET & url.query.keys()).render_as_string(hide_password=True)


def where_it_is(address: str, table: str) -> str:
    """Name a table of a database for readers: where it is, but not who asks nor how."""
    url = _url(address)
    from sqlalchemy.engine import URL

    return f"{URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()}: {table}"


def _url(address: str) -> URL:
    try:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError:
        raise UsageError("database: SQLAlchemy is needed; install it with pip install 'bcanalysis[database]'") from None
    try:
        return make_url(address)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number, told with the address
        raise UsageError("database: got an address that cannot be read; expected one such as sqlite:///figures.db") from None
