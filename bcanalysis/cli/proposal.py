"""What the commands that take figures in have in common: the options of a source, and what becomes of each proposed row."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bcanalysis.cli.common import FAULT, print_json

if TYPE_CHECKING:
    from bcanalysis.dataset.proposed import Proposal
    from bcanalysis.intake.preview import Preview

_Command = TypeVar("_Command", bound=Callable[..., object])
_OF_A_SOURCE = (
    click.option("--area", metavar="CODE", help="Area of areas.csv."),
    click.option("--source", metavar="CODE", help="Source of the figures: a code of sources.csv, or a new one."),
    click.option("--title", metavar="TEXT", help="Title of a new source."),
    click.option("--publisher", metavar="TEXT", help="Publisher of a new source."),
    click.option("--rank", metavar="RANK", help="Rank of a new source: statistics_office, department, government or press."),
    click.option("--published-on", metavar="DATE", help="Day or month a new source was published."),
    click.option("--stated-on", metavar="DATE", help='Day or month the figures were stated, or "unknown".'),
    click.option("--status", metavar="STATUS", help="What the figures are where neither heads nor words say it."),
)
_PERCENTS = (("growth", "growth_pct"), ("plan", "plan_pct"))
_MOST_SHOWN = 200  # lines of a preview; --json gives all


to_be_applied = click.option("--apply", "applied", is_flag=True, help="Write the rows; without it they are only shown.")


def of_a_source(command: _Command) -> _Command:
    """Add the options that say where figures come from."""
    for option in reversed(_OF_A_SOURCE):
        command = option(command)
    return command


def take_in(folder: Path, found: Proposal, name: str, *, applied: bool, as_json: bool) -> None:
    """Show what becomes of proposed rows, or write them as the import of a file; refusals are a fault."""
    from bcanalysis.intake import ledger
    from bcanalysis.intake.preview import preview

    written, shown = ledger.apply(folder, found, name) if applied else ("", preview(folder, found))
    if as_json:
        _print_as_record(shown, written)
    else:
        _print_preview(shown, written, applied=applied)
    if shown.refusals:
        sys.exit(FAULT)


def _print_preview(shown: Preview, name: str, *, applied: bool) -> None:
    """Say of each row what becomes of it, and whether anything was written."""
    lines = [line for line in shown.lines if line.what != "repeated"]
    for line in lines[:_MOST_SHOWN]:
        row = line.row
        series = [row.get(column, "") for column in ("area", "indicator", "breakdown", "price_basis", "period", "year", "code")]
        value = row.get("value") or row.get("missing") or row.get("title", "")
        value += "".join(f", {word} {row[column]}" for word, column in _PERCENTS if row.get(column))
        before = f"; on file {line.before}" if line.before else ""
        click.echo(f"{line.what:8}  {line.table}: {' '.join(part for part in series if part)} = {value}{before}   [{line.place}]")
        for fault in line.faults:
            click.echo(f"          {fault.severity}: {fault}")
    if len(lines) > _MOST_SHOWN:
        click.echo(f"... and {len(lines) - _MOST_SHOWN} more; --json lists all")
    for fault in shown.left_out:
        click.echo(f"left out  {fault}")
    for fault in shown.faults:
        click.echo(f"{'refused ' if fault.severity == 'error' else 'warning '}  {fault}")
    click.echo("Rows: " + ", ".join(f"{count} {what}" for what, count in shown.counts.items()))
    if shown.refusals:
        count = len(shown.refusals)
        faults = f"{count} fault{'' if count == 1 else 's'}"
        click.echo(f"Nothing is written: {faults}. Mend the file, its mapping or the options.", err=True)
    elif name:
        click.echo(f"Written as import {name}; take it back with bcanalysis import --undo {name}")
    elif applied:
        click.echo("Nothing is written: everything is on file already.")
    else:
        click.echo("Nothing is written yet: --apply writes the rows.")


def _print_as_record(shown: Preview, name: str) -> None:
    """Print the same for a program to read."""
    from dataclasses import asdict

    print_json(
        {
            "import": name or None,
            "counts": shown.counts,
            "rows": [asdict(line) for line in shown.lines],
            "left_out": [asdict(fault) for fault in shown.left_out],
            "faults": [asdict(fault) for fault in shown.faults],
        }
    )
