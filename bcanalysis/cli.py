"""The command line: a thin shell around the package. It parses, calls and prints; nothing is computed here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bcanalysis import __version__
from bcanalysis.errors import BcError, DataError, UsageError
from bcanalysis.reports import FORMATS
from bcanalysis.startup import nothing_to_collect

if TYPE_CHECKING:
    from bcanalysis.reports.jobs import Job
    from bcanalysis.reports.report import Outcome
    from bcanalysis.reports.upkeep import Load, Upkeep

DONE, FAULT, MISUSE, CANCELLED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="bcanalysis")
def app() -> None:
    """Compare, check and report a province's half-year figures of industry and trade."""


_lang = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of what is said.")
_json = click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
_strict = partial(click.option, "--strict", is_flag=True)


def _read_formats(context: object, option: object, given: tuple[str, ...]) -> tuple[str, ...]:
    asked = [form.strip().lower() for text in given for form in text.split(",") if form.strip()]
    for form in asked:
        if form not in FORMATS:
            raise UsageError(f'format: got "{form}"; expected some of {", ".join(FORMATS)}')
    return tuple(form for form in FORMATS if form in asked)


def _choice_of_reports(command: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options that say which reports are meant."""
    options = [
        click.argument("periods", metavar="[PERIOD...]", nargs=-1),
        click.option("--area", "areas", metavar="CODE", multiple=True, help="Area of areas.csv; by default each notebook's own."),
        click.option(
            "--notebook", "notebooks", metavar="NAME", multiple=True, help="Notebook to run; by default all of notebooks/."
        ),
        click.option(
            "-p", "--parameter", "parameters", metavar="NAME VALUE", nargs=2, multiple=True, help="Parameter of the notebooks."
        ),
        click.option("--matrix", metavar="FILE.csv", help="A table with a row for each report: notebook, period, parameters."),
        click.option("--name", metavar="TEMPLATE", help="How outputs are named in the period's folder, such as {area}/{notebook}."),
        click.option("--out", metavar="DIR", default="reports", show_default=True, help="Folder for the reports."),
        click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/."),
        click.option("--lang", type=click.Choice(["vi", "en"]), help="Language; by default each notebook's own."),
        click.option("--shared-assets", is_flag=True, help="Put plotly.js once beside the pages, not into each."),
        click.option(
            "--format",
            "formats",
            metavar="FORMAT,...",
            multiple=True,
            default=FORMATS[:1],
            show_default=True,
            callback=_read_formats,
            help=f"What to make beside the page: {', '.join(FORMATS[1:])}.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@app.command()
@_choice_of_reports
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    show_default="two for each processor here, one for each thread of a cluster",
    help="Reports made at once.",
)
@click.option("--force", is_flag=True, help="Make reports that are up to date, too.")
@click.option("--dry-run", is_flag=True, help="Print what would be made, and make nothing.")
@click.option("--cell-timeout", metavar="SECONDS", type=click.FloatRange(min=0), default=0, help="Longest time for a cell; 0: any.")
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0), default=0, help="Longest time for a report; 0: any.")
@click.option("--memory", metavar="SIZE", help="Most memory for the data of a kernel, such as 2G; by default all there is.")
@click.option("--engine", default="bcanalysis", show_default=True, help="Papermill engine; nbclient is papermill's own.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers make the reports: tcp://host:port, or local.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome of each report as JSON.")
def report(
    jobs: int | None,
    force: bool,
    dry_run: bool,
    cell_timeout: float,
    timeout: float,
    memory: str | None,
    engine: str,
    cluster: str | None,
    as_json: bool,
    **choice: Any,
) -> None:
    """Make the reports of one or more periods, such as 2018H1 or 2016H1..2025H1.

    Without --notebook every notebook is run, and one about a single indicator once for each headline indicator. What is up to date
    is left as it is.
    """
    from bcanalysis.reports.jobs import output_folder

    if not cluster:
        output_folder(choice["out"])
    size = _bytes(memory)
    warms = not dry_run and not cluster and engine == "bcanalysis"
    if warms:
        from bcanalysis.kernels import warm

        warm.start_ahead(warm.report_environment(os.environ))
    with nothing_to_collect():
        load = _loads_once()
        planned = _planned(choice, load)
        if warms:
            warm.expect(len(planned))
        from bcanalysis.reports.batch import make_batch
        from bcanalysis.reports.progress import progress
        from bcanalysis.reports.report import Settings

    settings = Settings(engine, cell_timeout, timeout, size, choice["shared_assets"], formats=choice["formats"])
    if dry_run:
        from bcanalysis.reports.cluster.address import opened
        from bcanalysis.reports.upkeep import Upkeep

        with opened(choice["out"], planned) as folder:
            _print_plan(planned, Upkeep(folder, settings, load), force=force, as_json=as_json)
        return
    with progress(len(planned), quiet=as_json) as (started, finished):
        if cluster:
            from bcanalysis.reports.cluster.batch import make_batch_on

            outcomes = make_batch_on(
                cluster, planned, choice["out"], settings, workers=jobs, force=force, started=started, finished=finished
            )
        else:
            workers = jobs or 2 * (os.cpu_count() or 1)  # half of a report's time is waiting for its kernel to come and go
            outcomes = make_batch(
                planned, Path(choice["out"]), settings, workers=workers, force=force, started=started, finished=finished, load=load
            )
    if as_json:
        _print_json([outcome.line() for outcome in outcomes])
    else:
        for note in dict.fromkeys(note for outcome in outcomes for note in outcome.notes):
            click.echo(note, err=True)
        click.echo(os.path.join(choice["out"], "index.html"))
    sys.exit(_status_of(outcomes))


def _loads_once() -> Load:
    """Give a loader of tables that reads each folder once."""
    from bcanalysis.dataset.load import load

    return cache(load)


def _planned(choice: dict[str, Any], load: Load) -> list[Job]:
    """Lay out the reports that were asked for, refusing what does not fit before anything runs."""
    from bcanalysis.reports.jobs import codes_of, plan_jobs
    from bcanalysis.reports.notebooks import find_notebooks

    given = _given(choice["parameters"], {"lang": choice["lang"], "data": choice["data"]})
    if choice["matrix"]:
        mixed = [name for name in ("periods", "areas", "notebooks", "parameters", "lang") if choice[name]]
        if mixed:
            raise UsageError(f"matrix: got {', '.join(mixed)} as well; expected the table alone to say what is made")
        from bcanalysis.reports.matrix import read_matrix

        return read_matrix(Path(choice["matrix"]), codes_of(load(choice["data"] or "")), choice["name"], choice["data"])
    if not choice["periods"]:
        raise UsageError("period: got none; expected one, such as: bcanalysis report 2018H1")
    if "area" in given and choice["areas"]:
        raise UsageError("parameter: got area twice; expected it once")
    found = find_notebooks(list(choice["notebooks"]))
    codes = codes_of(load(choice["data"] or ""))
    return plan_jobs(
        choice["periods"], found, given, codes, areas=choice["areas"], each_headline=not choice["notebooks"], name=choice["name"]
    )


def _print_plan(planned: Sequence[Job], upkeep: Upkeep, *, force: bool, as_json: bool) -> None:
    told = [(job, ["asked for with --force"] if force else upkeep.why(job)) for job in planned]
    if as_json:
        _print_json(
            [{"place": job.stem, "notebook": job.notebook.name, "parameters": job.parameters, "why": why} for job, why in told]
        )
        return
    for job, why in told:
        click.echo(f"{'make' if why else 'keep':6}{job.stem}.html  {'; '.join(why) or 'up to date'}")
    click.echo(f"{sum(bool(why) for _, why in told)} of {len(told)} reports to make.")


@app.command()
@_choice_of_reports
@click.option("--why", is_flag=True, help="Say of each report that is not up to date what has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the state of each report as JSON.")
def status(why: bool, as_json: bool, **choice: Any) -> None:
    """Say which reports of one or more periods are up to date; the options are those of report."""
    from bcanalysis.reports.cluster.address import opened
    from bcanalysis.reports.report import Settings
    from bcanalysis.reports.upkeep import Upkeep

    load = _loads_once()
    planned = _planned(choice, load)
    with opened(choice["out"], planned) as folder:
        upkeep = Upkeep(folder, Settings(shared_assets=choice["shared_assets"], formats=choice["formats"]), load)
        states = [upkeep.state(job) for job in planned]
    if as_json:
        _print_json(states)
        return
    for state in states:
        reasons = f"  {'; '.join(state['why'])}" if why and state["why"] else ""
        click.echo(f"{state['state']:13}{state['place']}{reasons}")


@app.command()
@click.argument("file", metavar="FILE.html", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(file: str, as_json: bool) -> None:
    """Check that a page is what its notebook and figures give: its checksum, and itself made again."""
    from bcanalysis.reports.verify import verify_page

    found = verify_page(Path(file))
    if as_json:
        _print_json(found.line())
    else:
        click.echo(str(found))
    if not found.sound:
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


@app.command()
@click.argument("file", metavar="FILE")
@click.option("--profile", "layout", metavar="NAME", default="nd30_2020", show_default=True, help="Layout to hold it against.")
@_lang
@_strict(help="Exit 1 if anything deviates.")
@_json
def lint(file: str, layout: str, lang: str, strict: bool, as_json: bool) -> None:
    """List where a Word file, or an outline, leaves the layout of official documents."""
    from bcanalysis.documents.lint import lint_docx
    from bcanalysis.documents.profile import profile

    if file.lower().endswith(".md"):
        from bcanalysis.documents.outline.read import read_outline

        found: Sequence[Any] = read_outline(Path(file)).faults
    else:
        found = lint_docx(file, profile(layout), lang)
    if as_json:
        _print_json([asdict(deviation) for deviation in found])
    else:
        click.echo("\n".join(map(str, found)) or f"{file}: nothing deviates from {layout}.")
    if strict and found:
        sys.exit(FAULT)


@app.command()
@click.argument("file", metavar="FILE")
@click.option("--period", metavar="PERIOD", required=True, help="The period that the document is about.")
@click.option("--area", metavar="CODE", default="bac-giang", show_default=True, help="Area of areas.csv.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/.")
@_lang
@_strict(help="Exit 1 if a figure is not the one on file.")
@_json
def proof(file: str, period: str, area: str, data: str | None, lang: str, strict: bool, as_json: bool) -> None:
    """Check every figure of a Word file that somebody has edited against the figures on file."""
    import bcanalysis as bc
    from bcanalysis.documents.proof import proof as proof_of

    found = proof_of(file, bc.load(data), period, area, lang)
    if as_json:
        _print_json(found.to_json())
    else:
        click.echo(str(found))
    if strict and any(one.verdict == "different" for one in found):
        sys.exit(FAULT)


@app.command()
@click.argument("one", metavar="FILE")
@click.argument("other", metavar="OTHER")
@_lang
@_json
def diff(one: str, other: str, lang: str, as_json: bool) -> None:
    """Say which figures and sentences differ between two pages, or executed notebooks, of a report."""
    from bcanalysis.documents.differ import differences

    found = differences(one, other, lang)
    if as_json:
        _print_json(found.to_json())
    else:
        click.echo(str(found))


@app.command()
@click.argument("period", metavar="PERIOD")
@click.option("--from", "source", metavar="PERIOD", required=True, help="The period whose outline is taken.")
@click.option("--data", metavar="DIR", help="Folder with datapackage.json and outlines/; by default the project's data/.")
@_lang
@_json
def new(period: str, source: str, data: str | None, lang: str, as_json: bool) -> None:
    """Begin the outline of a period from that of another one, every word and date that may be stale marked."""
    from bcanalysis.dataset.locate import find_data
    from bcanalysis.documents.roll import rolled
    from bcanalysis.periods import Period
    from bcanalysis.reports.files import write_text

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
        _print_json(found.to_json())
    else:
        click.echo(f"{found}\n{after}")


def _status_of(outcomes: Sequence[Outcome]) -> int:
    from bcanalysis.reports.status import BROKEN

    if any(outcome.status == "cancelled" for outcome in outcomes):
        return _say("Cancelled; what was finished is kept.", CANCELLED)
    return FAULT if any(outcome.status in BROKEN for outcome in outcomes) else DONE


def _bytes(size: str | None) -> int | None:
    """Read a size such as 512M or 2G."""
    if size is None:
        return None
    number, unit = size[:-1], size[-1:].upper()
    factor = {"K": 2**10, "M": 2**20, "G": 2**30}.get(unit)
    try:
        return round(float(number) * factor) if factor else int(size)
    except ValueError:
        raise UsageError(f'memory: got "{size}"; expected a number of bytes, or one with K, M or G, such as 2G') from None


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
