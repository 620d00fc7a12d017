"""From the statements of a past report to proposed rows: the report is their source, and what cannot be entered says why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bcanalysis.dataset.load import load
from bcanalysis.dataset.proposed import Place, Proposal
from bcanalysis.dataset.schema import read_schemas
from bcanalysis.errors import Fault, nearest
from bcanalysis.intake.mapping import SOURCE_FIELDS, UNKNOWN
from bcanalysis.intake.rows import GIVEN
from bcanalysis.intake.source import add_source
from bcanalysis.rounding import printed_interval
from bcanalysis.wording.reading.names import names_of
from bcanalysis.wording.reading.observations import Proposal as Proposed
from bcanalysis.wording.reading.observations import proposed_observations
from bcanalysis.wording.reading.reader import PastStatement, read_statements
from bcanalysis.wording.terms import term

Row = dict[str, str]

_WHY = {
    "no_indicator": ("an indicator of indicators.csv", ""),
    "no_breakdown": ("the whole, or a part of breakdowns.csv", ""),
    "no_period": ("a period", "Give --period for figures that name none"),
    "plan": ("what was achieved", "It is an aim: the plan of a year is a row of plans.csv"),
    "nothing_to_enter": ("a value, a growth or a percent of the plan", "A mere change or multiple is no figure of the tables"),
    "qualifier": ("a word of the tables before the number, such as trên, gần or khoảng", ""),
}
_PARTS = (  # the columns that belong together, by the number among them and its precision
    ("value", "half_unit", "qualifier", ("printed", "missing", "status")),
    ("growth_pct", "growth_half_unit", "growth_qualifier", ("growth_form",)),
    ("plan_pct", "plan_half_unit", "plan_qualifier", ("plan_form",)),
)


def proposed_from_report(
    folder: Path,
    text: str,
    file: str,
    settings: Mapping[str, str | None],
    period: str | None = None,
    skipped: Collection[int] = (),
) -> Proposal:
    """Propose the statements of a past report as rows.

    Parameters
    ----------
    folder : pathlib.Path
        The data folder, for its catalogues.
    text : str
        The words of the report.
    file : str
        Name of its file, for messages.
    settings : mapping of str to str
        ``area``, ``source`` and ``stated_on`` (or ``unknown``); ``status`` of figures that do not say it; and what ``sources.csv``
        needs if the source is new. None counts as not given.
    period : str, optional
        The period of statements that name none.
    skipped : collection of int
        Where statements begin that are not wanted, in letters from the beginning of the text.

    Returns
    -------
    Proposal
        One row for each figure: what several statements say of it is put together. What two of them say differently is a fault,
        and so is what the settings leave open; what is no figure of the tables is left out, each with its reason.

    Raises
    ------
    DataError
        If the tables on file have faults already.
    UsageError
        If `period` is none.
    """
    dataset = load(folder)
    told = {name: value for name, value in settings.items() if value}
    known = set(dataset["sources"]["code"])
    found = Proposal(faults=list(_open(file, told, known)))
    if found.faults:
        return found
    stated_on = "" if told["stated_on"] == UNKNOWN else told["stated_on"]
    statements = read_statements(text, names_of(dataset))
    unwanted = _unwanted(found, file, statements, skipped)
    wanted = [statement for statement in statements if statement.start not in unwanted]
    made = proposed_observations(wanted, dataset, told["source"], told["area"], stated_on, period, told.get("status", UNKNOWN))
    found.left_out += [_left_out(_place(file, text, one.statement), one) for one in made if one.row is None]
    rows: dict[tuple[str, ...], tuple[Row, Place]] = {}
    key = read_schemas(folder)["observations"].primary_key
    for one in made:
        if one.row is not None:
            _take_in(found, rows, tuple([one.row[name] for name in key]), one.row, _place(file, text, one.statement))
    if rows:
        add_source(found, told["source"], {name: told.get(name, "") for name in SOURCE_FIELDS}, known, Place(file, 0))
    for row, place in rows.values():
        found.add("observations", row, place)
    found.left_out.sort(key=lambda fault: int(_begins(fault.column)))
    return found


def _open(file: str, told: Mapping[str, str], known: set[str]) -> Iterator[Fault]:
    """Tell what the settings leave open."""
    for name, expected in GIVEN.items():
        if name not in told:
            yield Fault(file, 0, name, "nothing", expected, f"Give --{name.replace('_', '-')}")
    code = told.get("source")
    if code and code not in known and "title" not in told:
        yield Fault(file, 0, "source", f'"{code}"', GIVEN["source"], nearest(code, known))


def _unwanted(found: Proposal, file: str, statements: list[PastStatement], skipped: Collection[int]) -> frozenset[int]:
    begin = {statement.start for statement in statements}
    for place in sorted(set(skipped) - begin):
        hint = "The preview shows where each begins; whether it is the same text can be seen there too"
        found.faults.append(Fault(file, 0, "skip", str(place), "the letter at which a statement begins", hint))
    return frozenset(skipped) & begin


def _place(file: str, text: str, statement: PastStatement) -> Place:
    return Place(file, text.count("\n", 0, statement.start) + 1, f"{statement.start}–{statement.end}")


def _begins(cell: str) -> str:
    return cell.partition("–")[0]


def _left_out(place: Place, one: Proposed) -> Fault:
    if one.reason == "ambiguous":
        expected, hint = (
            "words with one meaning",
            "; ".join(term(f"reading.unclear.{note}", "en") for note in one.statement.ambiguous),
        )
    elif one.reason == "unit":
        expected, hint = f"a unit of what {one.statement.indicator} is measured in", ""
    else:
        expected, hint = _WHY[one.reason]
    return _fault(place, one.statement.text, expected, hint, "warning")


def _fault(place: Place, words: str, expected: str, hint: str = "", severity: str = "error") -> Fault:
    return Fault(place.file, place.line, place.cell, f'"{" ".join(words.split())}"', expected, hint, severity)


def _take_in(found: Proposal, rows: dict[tuple[str, ...], tuple[Row, Place]], key: tuple[str, ...], row: Row, place: Place) -> None:
    """Put a row beside the others; what it says of a figure that another one tells already is put into that one."""
    if key not in rows:
        rows[key] = row, place
        return
    other, first = rows[key]
    said = f"{row['indicator']} {row['period']}"
    for number, half, qualifier, _ in _PARTS:
        if row.get(number) and other.get(number) and _disagree(row, other, number, half, qualifier):
            got = f"{number} {row[number]} of {said}, where {first} has {other[number]}"
            hint = "Leave one of them out: --skip and where it begins, such as --skip " + _begins(place.cell)
            found.faults.append(Fault(place.file, place.line, place.cell, got, "one number for each figure", hint))
            return
    for number, half, qualifier, rest in _PARTS:
        if row.get(number) and (not other.get(number) or _precision(row, half, qualifier) < _precision(other, half, qualifier)):
            other |= {name: row.get(name, "") for name in (number, half, qualifier, *rest)}
    got, expected = f"another statement of {said}", "one row for each figure"
    hint = f"It agrees with {first}, and is put together with it"
    found.left_out.append(Fault(place.file, place.line, place.cell, got, expected, hint, "warning"))


def _disagree(row: Row, other: Row, number: str, half: str, qualifier: str) -> bool:
    one, two = (printed_interval(float(cells[number]), float(cells[half]), cells.get(qualifier) or None) for cells in (row, other))
    return bool(one.misses(two))


def _precision(row: Row, half: str, qualifier: str) -> tuple[bool, float]:
    """Give what is smaller the more exactly a number is printed."""
    return bool(row.get(qualifier)), float(row[half])
