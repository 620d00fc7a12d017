"""The command reference as Markdown, from the commands themselves: ``python -m bcanalysis.cli.reference FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from bcanalysis.cli import app
from bcanalysis.files import write_text

_HEAD = """\
# Commands

Written from the code by `make docs`; do not edit.

Exit status of every command: 0 done, 1 a report failed or a fault was found, 2 wrong usage, 130 cancelled."""


def command_reference(group: click.Group = app) -> str:
    """Write what each command takes and does.

    Parameters
    ----------
    group : click.Group
        The commands.

    Returns
    -------
    str
        Markdown: a section for each command, in the order of the alphabet.

    Examples
    --------
    >>> text = command_reference()
    >>> [line for line in text.splitlines() if line.startswith("| `--why`")]
    ['| `--why` | Say of each report that is not up to date what has changed. |']
    """
    return "\n\n".join([_HEAD, *(_section(name, group.commands[name]) for name in sorted(group.commands))]) + "\n"


def _section(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name) as context:
        usage = " ".join(["bcanalysis", name, *command.collect_usage_pieces(context)])
        rows = [f"| `{names}` | {text} |" for names, text in _options(command, context)]
    table = "\n".join(["| Option | |", "|---|---|", *rows])
    return "\n\n".join([f"## {name}", f"```text\n{usage}\n```", cleandoc(command.help or ""), *([table] if rows else [])])


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Give each option as the help of the command names it, and what it does; signs of tables are taken for letters."""
    for option in command.params:
        record = option.get_help_record(context)
        names, text = (part.replace("|", r"\|") for part in record or ("", ""))
        if text:  # what an argument is, the usage and the words above say
            yield names, " ".join(text.split())


if __name__ == "__main__":
    write_text(Path(sys.argv[1]), command_reference())
