"""What the commands share: options, exit statuses, and how something is said."""

from __future__ import annotations

import json
from functools import partial

import click

DONE, FAULT, MISUSE, CANCELLED = 0, 1, 2, 130

in_language = click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of what is said."
)
as_json_too = click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
as_of_too = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=lambda _context, _option, day: day and f"{day:%Y-%m-%d}",
    help="Only what was known on that day, such as 2018-06-14.",
)
strict_too = partial(click.option, "--strict", is_flag=True)


def print_json(content: object) -> None:
    """Print something for a program to read."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def say(text: str, status: int) -> int:
    """Tell whoever runs the command why it ends with a status, and give that."""
    click.echo(text, err=True)
    return status
