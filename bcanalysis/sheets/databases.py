"""Tables of a database, through its address."""

from __future__ import annotations

from decimal import Decimal

from bcanalysis.errors import UsageError, nearest
from bcanalysis.sheets.grid import Grid, boxed, refuse

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_AT_ONCE = 10_000
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
    try:
        import sqlalchemy
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchTableError, SQLAlchemyError
    except ImportError:
        raise UsageError("import: databases need SQLAlchemy; install it with pip install 'bcanalysis[database]'") from None
    try:
        url = make_url(address)
    except ArgumentError:
        raise UsageError("import: got an address that cannot be read; expected one such as sqlite:///figures.db") from None
    kind = url.drivername.partition("+")[0]
    if kind not in DIALECTS:
        raise UsageError(f'import: got an address of "{kind}"; expected sqlite:// or postgresql://. {nearest(kind, DIALECTS)}')
    shown = url.render_as_string(hide_password=True)
    if kind == "sqlite":
        _refuse_absent(url.database, shown)
    waits = {"connect_timeout": _PATIENCE} if kind != "sqlite" else {}
    try:
        engine = sqlalchemy.create_engine(url.set(drivername=DIALECTS[kind]), connect_args=waits)
    except ImportError:
        raise UsageError("import: PostgreSQL needs psycopg; install it with pip install 'bcanalysis[database]'") from None
    rows: list[list[object]] = []
    try:
        with engine.connect() as connection:
            schema, _, name = _named(sqlalchemy.inspect(connection), table, shown).rpartition(".")
            found = sqlalchemy.Table(name, sqlalchemy.MetaData(), schema=schema or None, autoload_with=connection)
            whole = found.select().order_by(*found.primary_key)
            with connection.execution_options(stream_results=True).execute(whole) as result:
                for part in result.partitions(_AT_ONCE):
                    rows += ([_plain(cell) for cell in row] for row in part)
                names: list[object] = list(result.keys())
    except NoSuchTableError:
        raise refuse(shown, f'no table "{table}"', "a table or view of the database") from None
    except (DBAPIError, SQLAlchemyError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        got = f"an end of the connection after {len(rows)} rows ({reason})" if rows else f"no answer ({reason})"
        raise refuse(shown, got, "the whole table", "Nothing was taken from it; try again when the database is there") from None
    finally:
        engine.dispose()
    return Grid(shown, name, boxed([names, *rows]), told=(f"table {name}",))


def _refuse_absent(database: str | None, shown: str) -> None:
    """Refuse a file that is not there, which SQLite would make."""
    from pathlib import Path

    if not database or database == ":memory:" or not Path(database).is_file():
        raise refuse(shown, "no such file", "a database that is there")


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
    """Give an address fit to be shown or stored."""
    from sqlalchemy.engine import make_url

    return make_url(address).render_as_string(hide_password=True)
