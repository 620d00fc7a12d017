"""The commands about documents: held against their layout, against the figures, and against one another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from bcanalysis.cli.common import FAULT, as_json_too, in_language, print_json, strict_too
from bcanalysis.errors import UsageError


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--profile",
    "layout",
    metavar="NAME",
    help="Layout to hold it against; by default the one of Decree 30/2020, or what an outline names.",
)
@in_language
@strict_too(help="Exit 1 if anything deviates.")
@as_json_too
def lint(file: str, layout: str | None, lang: str, strict: bool, as_json: bool) -> None:
    """List where a Word file, or an outline, leaves the layout of official documents."""
    from bcanalysis.documents.profile import OFFICIAL, profile

    if file.lower().endswith(".md"):
        from bcanalysis.documents.outline.lint import lint_outline

        found: Sequence[Any] = lint_outline(file, profile(layout) if layout else None, lang)
    else:
        from bcanalysis.documents.lint import lint_docx

        layout = layout or OFFICIAL
        found = lint_docx(file, profile(layout), lang)
    if as_json:
        print_json([asdict(deviation) for deviation in found])
    else:
        click.echo("\n".join(map(str, found)) or f"{file}: nothing deviates{f' from {layout}' if layout else ''}.")
    if strict and found:
        sys.exit(FAULT)


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--period", metavar="PERIOD", required=True, help="The period that the document is about.")
@click.option("--area", metavar="CODE", default="bac-giang", show_default=True, help="Area of areas.csv.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@in_language
@strict_too(help="Exit 1 if a figure is not the one on file.")
@as_json_too
def proof(file: str, period: str, area: str, data: str | None, lang: str, strict: bool, as_json: bool) -> None:
    """Check every figure of a Word file that somebody has edited against the figures on file."""
    import bcanalysis as bc
    from bcanalysis.documents.proof.check import proof as proof_of

    found = proof_of(file, bc.load(data), period, area, lang)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo(str(found))
    if strict and any(one.verdict == "different" for one in found):
        sys.exit(FAULT)


@click.command()
@click.argument("one", metavar="FILE")
@click.argument("other", metavar="OTHER")
@in_language
@as_json_too
def diff(one: str, other: str, lang: str, as_json: bool) -> None:
    """Say which figures and sentences differ between two pages, or executed notebooks, of a report."""
    from bcanalysis.documents.differ import differences

    found = differences(one, other, lang)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo(str(found))


@click.command()
@click.argument("period", metavar="PERIOD")
@click.option("--from", "source", metavar="PERIOD", required=True, help="The period whose outline is taken.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json and outlines/; by default the project's data/.")
@in_language
@as_json_too
def new(period: str, source: str, data: str | None, lang: str, as_json: bool) -> None:
    """Begin the outline of a period from that of another one, every word and date that may be stale marked."""
    from bcanalysis.dataset.locate import find_data
    from bcanalysis.documents.outline.roll import rolled
    from bcanalysis.files import write_text
    from bcanalysis.periods import Period

    folder = find_data(data) / "outlines"
    asked, given = Period.parse(period), Period.parse(source)
    before, after = folder / f"{given}.md", folder / f"{asked}.md"
    if not before.is_file():
        raise UsageError(f"from: got {source}, and there is no {before}; expected a period that has an outline")
    if after.exists():
        raise UsageError(f"period: got {period}, and {after} is there already; expected one without an outline")
    found = rolled(before.read_text(encoding="utf-8"), given, asked, lang)
    write_text(after, found.text)
    if as_json:
        print_json(found.to_json())
    else:
        click.echo(f"{found}\n{after}")
