"""The command line: a thin shell around the package. It parses, calls and prints; nothing is computed here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from bcanalysis import __version__
from bcanalysis.cli import documents, figures, intake, lab, reading, reports
from bcanalysis.cli.common import CANCELLED, DONE, FAULT, MISUSE, say
from bcanalysis.errors import BcError, DataError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="bcanalysis")
def app() -> None:
    """Compare, check and report a province's half-year figures of industry and trade."""


for command in (
    reports.report,
    reports.status,
    reports.verify,
    figures.compare,
    figures.check,
    reading.read,
    intake.template,
    intake.import_,
    documents.lint,
    documents.proof,
    documents.diff,
    documents.new,
    lab.lab,
):
    app.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its status.

    Parameters
    ----------
    arguments : sequence of str, optional
        The arguments; by default those of the process.
    """
    status = _status(arguments)
    gc.freeze()  # at its end the interpreter looks for garbage among all there is, which takes longer than anything else then
    sys.exit(status)


def _status(arguments: Sequence[str] | None) -> int:
    try:
        status = app.main(args=None if arguments is None else list(arguments), standalone_mode=False, prog_name="bcanalysis")
        return status if isinstance(status, int) else DONE
    except click.exceptions.Abort:
        return say("Cancelled; what was finished is kept.", CANCELLED)
    except KeyboardInterrupt:
        return say("Cancelled; what was finished is kept.", CANCELLED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DataError as error:
        return say(str(error), FAULT)
    except UsageError as error:
        return say(f"Error: {error}", MISUSE)
    except BrokenPipeError:
        return _reader_has_gone()
    except (BcError, OSError) as error:
        return say(f"Error: {error}", FAULT)
    except Exception as error:  # a fault of ours: said in a line, and shown in full only to whoever asks
        if os.environ.get("BCANALYSIS_DEBUG"):
            raise
        hint = "This is a fault of bcanalysis itself; run it again with BCANALYSIS_DEBUG=1 to see where"
        return say(f"Error: {type(error).__name__}: {error}. {hint}", FAULT)


def _reader_has_gone() -> int:
    """End quietly when what we print is read no further, as with ``| head``."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
