"""The commands that take figures in: a workbook to fill in, and the import of tables."""

from __future__ import annotations

from pathlib import Path

import click

from bcanalysis.cli.common import as_json_too, in_language, print_json
from bcanalysis.cli.proposal import of_a_source, take_in, to_be_applied


@click.command()
@click.argument("period", metavar="PERIOD")
@click.option("--area", metavar="CODE", default="bac-giang", show_default=True, help="Area of areas.csv.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option("--out", metavar="FILE", help="The workbook to write; by default PERIOD-AREA.xlsx.")
@click.option("--force", is_flag=True, help="Replace the workbook if it is there.")
@in_language
def template(period: str, area: str, data: str | None, out: str | None, force: bool, lang: str) -> None:
    """Write a workbook to fill in with the figures of a period."""
    import bcanalysis as bc
    from bcanalysis.errors import UsageError
    from bcanalysis.intake.template import write_template
    from bcanalysis.periods import Period

    path = Path(out or f"{Period.parse(period)}-{area}.xlsx").expanduser()
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"out: got {path}; expected a name that ends in .xlsx")
    if path.exists() and not force:
        raise UsageError(f"out: got {path}, which is there already; expected another name, or --force to replace it")
    click.echo(str(write_template(bc.load(data), period, area, path, lang)))


@click.command("import")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option("--mapping", metavar="FILE", help="How the table is read; by default FILE.mapping.toml, proposed if it is not there.")
@click.option("--like", metavar="FILE", help="Propose with the names and units of this earlier mapping.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook, or table of a database.")
@click.option("--delimiter", metavar="SIGN", help="The sign between two cells of a text file, if it is not found rightly.")
@click.option("--decimal", type=click.Choice([",", "."]), help="The sign before decimals in numbers that are typed as text.")
@of_a_source
@click.option("--unit", metavar="CODE", help='Unit where none is written; "catalogue" for those of indicators.csv.')
@click.option("--plan-body", metavar="BODY", help="Who set the plans: Party, HDND, UBND, So or not_stated.")
@to_be_applied
@click.option("--undo", metavar="ID", help="Take the rows of an import out again.")
@click.option("--list", "listed", is_flag=True, help="List the imports on record.")
@as_json_too
def import_(
    file: str | None,
    data: str | None,
    mapping: str | None,
    like: str | None,
    sheet: str | None,
    delimiter: str | None,
    decimal: str | None,
    applied: bool,
    undo: str | None,
    listed: bool,
    as_json: bool,
    **settings: str | None,
) -> None:
    """Take in the figures of a table: a workbook, CSV, Parquet or the address of a database.

    The first run proposes how the table is read and saves that beside it; what the table does not say is listed, to be given by
    options or in that file. Then the rows are shown with what becomes of them, and --apply writes them as a new vintage.
    """
    from bcanalysis.dataset.locate import find_data
    from bcanalysis.errors import UsageError
    from bcanalysis.intake import ledger
    from bcanalysis.intake.source import named, proposed

    folder = find_data(data)
    if listed:
        _print_imports(ledger.imports(folder), as_json=as_json)
        return
    if undo:
        taken = ledger.undo(folder, undo)
        click.echo(f"Import {undo} is undone: " + ", ".join(f"{count} rows out of {table}" for table, count in taken.items()))
        return
    if not file:
        raise UsageError("import: got no file; expected a table, the address of a database, --undo ID or --list")
    found, told = proposed(
        folder, file, mapping=mapping, like=like, sheet=sheet, delimiter=delimiter, decimal=decimal, settings=settings
    )
    if told:
        click.echo(told, err=as_json)
    take_in(folder, found, named(file), applied=applied, as_json=as_json)


def _print_imports(records: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        print_json(records)
        return
    for record in records:
        rows = record["rows"]
        counts = ", ".join(f"{table} {len(new)}" for table, new in rows.items() if new) if isinstance(rows, dict) else ""
        undone = f", undone on {record['undone_on']}" if record["undone_on"] else ""
        click.echo(f"{record['id']}  {record['file']}: {counts}{undone}")
    if not records:
        click.echo("No imports on record.")
