"""The commands about figures: compared, and checked."""

from __future__ import annotations

import sys

import click

from bcanalysis.cli.common import FAULT, as_of_too, print_json


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
