"""The commands about figures: compared, checked, and read from past reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bcanalysis.cli.common import FAULT, as_json_too, as_of_too, in_language, print_json


@click.command()
@click.argument("period", metavar="PERIOD")
@click.option("--area", metavar="CODE", default="bac-giang", show_default=True, help="Area of areas.csv.")
@as_of_too
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the table.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for each series, unrounded.")
def compare(period: str, area: str, as_of: str | None, data: str | None, lang: str, as_json: bool) -> None:
    """Compare a period with the prior year and the annual plan."""
    import bcanalysis as bc

    comparison = bc.compare(bc.load(data, as_of), period, area)
    undated = comparison.attrs.get("undated", 0)
    if as_json:
        from bcanalysis.comparison.listing import as_records

        print_json(as_records(comparison))
    elif comparison.empty:
        click.echo(f"Nothing on file for {period} in {area}.")
    else:
        click.echo(str(bc.table_comparison(comparison, lang=lang)))
    if undated:
        click.echo(f"{undated} undated statements were left out: nobody can say that they were known then.", err=True)


@click.command()
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@as_of_too
@click.option("--strict", is_flag=True, help="Exit 1 for contradictions in publications too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything found as one JSON object.")
def check(data: str | None, as_of: str | None, strict: bool, as_json: bool) -> None:
    """List every fault of the tables, every identity's verdict, and the conflicts between publications."""
    from bcanalysis.quality.report import check_all, contradictions, listing

    found = check_all(data, as_of)
    if as_json:
        print_json(found)
    else:
        click.echo(listing(found))
    if any(fault["severity"] == "error" for fault in found["faults"]):
        sys.exit(FAULT)
    if strict and contradictions(found):
        sys.exit(FAULT)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--data", metavar="DIR", help="Folder whose indicators are looked for; by default the project's data/.")
@in_language
@as_json_too
def read(file: Path, data: str | None, lang: str, as_json: bool) -> None:
    """Find the statements in a past report's prose: values, growth, percent of plan, with their words and place.

    Reads .txt, .docx, .pdf (with text) and .html. Places are counted in the text in Unicode's composed form (NFC).
    """
    import bcanalysis as bc
    from bcanalysis.documents.texts import text_of
    from bcanalysis.wording.reading.listing import listing
    from bcanalysis.wording.reading.names import names_of
    from bcanalysis.wording.reading.reader import read_statements

    statements = read_statements(text_of(file), names_of(bc.load(data)))
    if as_json:
        print_json([statement.record() for statement in statements])
    else:
        click.echo(listing(statements, lang))
