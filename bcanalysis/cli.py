"""The command line: a thin shell around the package. It parses, calls and prints; nothing is computed here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bcanalysis import __version__
from bcanalysis.errors import BcError, DataError, UsageError

if TYPE_CHECKING:
    from bcanalysis.reports.batch import Outcome

FORMATS = ("html",)
DONE, FAULT, MISUSE, CANCELLED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="bcanalysis")
def app() -> None:
    """Compare, check and report a province's half-year figures of industry and trade."""


@app.command()
@click.argument("periods", metavar="PERIOD...", nargs=-1, required=True)
@click.option("--area", metavar="CODE", help="Area of areas.csv; by default each notebook's own.")
@click.option("--notebook", "notebooks", metavar="NAME", multiple=True, help="Notebook to run; by default all of notebooks/.")
@click.option(
    "--format", "formats", type=click.Choice(FORMATS), multiple=True, default=FORMATS, show_default=True, help="What to make."
)
@click.option("-p", "--parameter", "parameters", metavar="NAME VALUE", nargs=2, multiple=True, help="Parameter of the notebooks.")
@click.option("--out", metavar="DIR", default="reports", show_default=True, help="Folder for the reports.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
    help="Reports made at once.",
)
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language; by default each notebook's own.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome of each report as JSON.")
def report(
    periods: tuple[str, ...],
    area: str | None,
    notebooks: tuple[str, ...],
    formats: tuple[str, ...],
    parameters: tuple[tuple[str, str], ...],
    out: str,
    data: str | None,
    jobs: int,
    lang: str | None,
    as_json: bool,
) -> None:
    """Make the reports of one or more periods, such as 2018H1.

    Without --notebook every notebook is run, and one about a single indicator once for each headline indicator.
    """
    from bcanalysis.dataset.load import load
    from bcanalysis.reports.jobs import codes_of, output_folder, plan_jobs
    from bcanalysis.reports.notebooks import find_notebooks

    given = _given(parameters, {"area": area, "lang": lang, "data": data})
    found = find_notebooks(list(notebooks))
    folder = output_folder(out)
    planned = plan_jobs(periods, found, given, codes_of(load(data)), each_headline=not notebooks)
    from bcanalysis.reports.batch import run_jobs
    from bcanalysis.reports.progress import progress

    outcomes: list[Outcome] = []
    with progress(len(planned), quiet=as_json) as (started, finished):
        for outcome in run_jobs(planned, folder, jobs, started):
            outcomes.append(outcome)
            finished(outcome)
    if as_json:
        _print_json([asdict(outcome) for outcome in outcomes])
    else:
        click.echo(f"{folder / 'index.html'}")
    if any(outcome.status == "failed" for outcome in outcomes):
        sys.exit(FAULT)


@app.command()
@click.argument("period", metavar="PERIOD")
@click.option("--area", metavar="CODE", default="bac-giang", show_default=True, help="Area of areas.csv.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Show what was known on that day.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the table.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for each series, unrounded.")
def compare(period: str, area: str, as_of: Any, data: str | None, lang: str, as_json: bool) -> None:
    """Compare a period with the prior year and the annual plan."""
    import bcanalysis as bc

    dataset = bc.load(data)
    comparison = bc.compare(dataset, period, area, as_of=as_of.date() if as_of else None)
    undated = comparison.attrs.get("undated", 0)
    if as_json:
        from bcanalysis.comparison.listing import as_records

        _print_json(as_records(comparison))
    elif comparison.empty:
        click.echo(f"Nothing on file for {period} in {area}.")
    else:
        click.echo(str(bc.table_comparison(comparison, lang=lang)))
    if undated:
        click.echo(f"{undated} undated statements were left out: nobody can say that they were known then.", err=True)


@app.command()
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@click.option("--strict", is_flag=True, help="Exit 1 for contradictions in publications too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything found as one JSON object.")
def check(data: str | None, strict: bool, as_json: bool) -> None:
    """List every fault of the tables, every identity's verdict, and the conflicts between publications."""
    from bcanalysis.quality.report import check_all, contradictions, listing

    found = check_all(data)
    if as_json:
        _print_json(found)
    else:
        click.echo(listing(found))
    if any(fault["severity"] == "error" for fault in found["faults"]):
        sys.exit(FAULT)
    if strict and contradictions(found):
        sys.exit(FAULT)


def _given(pairs: Sequence[tuple[str, str]], options: dict[str, str | None]) -> dict[str, str]:
    given = {name: text for name, text in options.items() if text is not None}
    for name, text in pairs:
        if name in given:
            raise UsageError(f"parameter: got {name} twice; expected it once")
        given[name] = text
    return given


def _print_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its status.

    Parameters
    ----------
    arguments : sequence of str, optional
        The arguments; by default those of the process.
    """
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    try:
        status = app.main(args=None if arguments is None else list(arguments), standalone_mode=False, prog_name="bcanalysis")
        return status if isinstance(status, int) else DONE
    except click.exceptions.Abort:
        return _say("Cancelled; what was finished is kept.", CANCELLED)
    except KeyboardInterrupt:
        return _say("Cancelled; what was finished is kept.", CANCELLED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DataError as error:
        return _say(str(error), FAULT)
    except UsageError as error:
        return _say(f"Error: {error}", MISUSE)
    except BrokenPipeError:
        return _reader_has_gone()
    except (BcError, OSError) as error:
        return _say(f"Error: {error}", FAULT)
    except Exception as error:  # a fault of ours: said in a line, and shown in full only to whoever asks
        if os.environ.get("BCANALYSIS_DEBUG"):
            raise
        hint = "This is a fault of bcanalysis itself; run it again with BCANALYSIS_DEBUG=1 to see where"
        return _say(f"Error: {type(error).__name__}: {error}. {hint}", FAULT)


def _say(text: str, status: int) -> int:
    click.echo(text, err=True)
    return status


def _reader_has_gone() -> int:
    """End quietly when what we print is read no further, as with ``| head``."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
