"""The commands that make reports and look after them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bcanalysis.errors import UsageError
from bcanalysis.reports import FORMATS
from bcanalysis.startup import nothing_to_collect

if TYPE_CHECKING:
    from bcanalysis.reports.jobs import Job
    from bcanalysis.reports.report import Outcome
    from bcanalysis.reports.upkeep import Load, Upkeep

from bcanalysis.cli.common import CANCELLED, DONE, FAULT, as_of_too, print_json, say


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
            "--notebook",
            "notebooks",
            metavar="NAME",
            multiple=True,
            help="Notebook to run; by default all but explore.",
        ),
        click.option(
            "-p", "--parameter", "parameters", metavar="NAME VALUE", nargs=2, multiple=True, help="Parameter of the notebooks."
        ),
        click.option("--matrix", metavar="FILE.csv", help="A table with a row for each report: notebook, period, parameters."),
        click.option("--name", metavar="TEMPLATE", help="How outputs are named in the period's folder, such as {area}/{notebook}."),
        click.option("--out", metavar="DIR", default="reports", show_default=True, help="Folder for the reports."),
        click.option("--data", metavar="DIR", help="Folder with datapackage.json; by default the project's data/."),
        as_of_too,
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


@click.command()
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
        print_json([outcome.line() for outcome in outcomes])
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

    given = _given(choice["parameters"], {"lang": choice["lang"], "data": choice["data"], "as_of": choice["as_of"]})
    if choice["matrix"]:
        mixed = [name for name in ("periods", "areas", "notebooks", "parameters", "lang", "as_of") if choice[name]]
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
        print_json(
            [{"place": job.stem, "notebook": job.notebook.name, "parameters": job.parameters, "why": why} for job, why in told]
        )
        return
    for job, why in told:
        click.echo(f"{'make' if why else 'keep':6}{job.stem}.html  {'; '.join(why) or 'up to date'}")
    click.echo(f"{sum(bool(why) for _, why in told)} of {len(told)} reports to make.")


@click.command()
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
        print_json(states)
        return
    for state in states:
        reasons = f"  {'; '.join(state['why'])}" if why and state["why"] else ""
        click.echo(f"{state['state']:13}{state['place']}{reasons}")


@click.command()
@click.argument("file", metavar="FILE.html", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(file: str, as_json: bool) -> None:
    """Check that a page is what its notebook and figures give: its checksum, and itself made again."""
    from bcanalysis.reports.verify import verify_page

    found = verify_page(Path(file))
    if as_json:
        print_json(found.line())
    else:
        click.echo(str(found))
    if not found.sound:
        sys.exit(FAULT)


def _status_of(outcomes: Sequence[Outcome]) -> int:
    from bcanalysis.reports.status import BROKEN

    if any(outcome.status == "cancelled" for outcome in outcomes):
        return say("Cancelled; what was finished is kept.", CANCELLED)
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
