"""The command that reads past reports: what their prose says, listed, or taken in as figures with the report as their source."""

from __future__ import annotations

from pathlib import Path

import click

from bcanalysis.cli.common import as_json_too, in_language, print_json
from bcanalysis.cli.proposal import of_a_source, take_in, to_be_applied
from bcanalysis.errors import UsageError


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--data", metavar="DIR", help="Folder whose indicators are looked for; by default the project's data/.")
@in_language
@click.option("--import", "taken_in", is_flag=True, help="Show the statements as rows of the data, and what becomes of each.")
@of_a_source
@click.option("--period", metavar="PERIOD", help="Period of figures that name none, with --import.")
@click.option(
    "--skip", "skipped", metavar="PLACE", type=int, multiple=True, help="Leave out the statement that begins at this letter."
)
@to_be_applied
@as_json_too
def read(
    file: Path,
    data: str | None,
    lang: str,
    taken_in: bool,
    period: str | None,
    skipped: tuple[int, ...],
    applied: bool,
    as_json: bool,
    **settings: str | None,
) -> None:
    """Find the statements in a past report's prose: values, growth, percent of plan, with their words and place.

    Reads .txt, .docx, .pdf (with text) and .html. Places are counted in the text in Unicode's composed form (NFC).

    With --import each statement becomes a row of the data with the report as its source: the preview says of each what becomes of
    it, or why it is left out, and --apply writes the rows as a new vintage. `bcanalysis import --undo` takes them out again.
    """
    from bcanalysis.documents.texts import text_of

    if not taken_in and (applied or period or skipped or any(settings.values())):
        raise UsageError("read: got options of an import; expected --import with them")
    text = text_of(file)
    if taken_in:
        from bcanalysis.dataset.locate import find_data
        from bcanalysis.intake.prose import proposed_from_report
        from bcanalysis.periods import Period

        folder = find_data(data)
        found = proposed_from_report(folder, text, file.name, settings, period and Period.parse(period).name, skipped)
        take_in(folder, found, file.name, applied=applied, as_json=as_json)
        return
    import bcanalysis as bc
    from bcanalysis.wording.reading.listing import listing
    from bcanalysis.wording.reading.names import names_of
    from bcanalysis.wording.reading.reader import read_statements

    statements = read_statements(text, names_of(bc.load(data)))
    if as_json:
        print_json([statement.record() for statement in statements])
    else:
        click.echo(listing(statements, lang))
