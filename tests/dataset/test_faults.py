"""One fault of each kind, put into tiny sound tables, and what is said of it."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bcanalysis.dataset.load import load, read_dataset
from bcanalysis.errors import DataError, Fault

Faults = Callable[[Path], list[Fault]]

NUMBER = "a number such as 66148 or 27.6"
DATE = "a date such as 2018-06-14"
STATED = "a day (2018-06-14), a month (2018-06), two days (2018-06-01/2018-06-14) or nothing"
BLANK = "Nothing is left blank here; a missing figure has its symbol in `missing`"
OWN_COLUMNS = "Units, words and signs go into their own columns"


def test_the_tables_are_sound_before_they_are_damaged(sound: Path) -> None:
    found, faults = read_dataset(sound)
    assert found is not None
    assert faults == []


@dataclass(frozen=True)
class Cell:
    """A wrong cell: its column, what stands there, and what is expected and hinted."""

    column: str
    text: str
    expected: str
    hint: str = ""
    table: str = "observations.csv"
    schema: bool = True  # whether a Table Schema can express the rule

    def fault(self, line: int) -> Fault:
        return Fault(self.table, line, self.column, f'"{self.text}"' if self.text else "a blank", self.expected, self.hint)


def unknown(nearest: str, table: str) -> str:
    return f'Did you mean "{nearest}"? A new one is first added to {table}.csv'


CELLS = {
    "a decimal comma": Cell("value", "110,5", NUMBER, "The tables use a decimal point: write 110.5"),
    "points for thousands": Cell("value", "1.234.567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "commas for thousands": Cell("value", "1,234,567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "spaces for thousands": Cell("value", "1 234 567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "grouped with decimals": Cell("value", "1.234,5", NUMBER, "The tables know no grouping: write 1234.5 if that is meant"),
    "a negative decimal comma": Cell("growth_pct", "-3,5", NUMBER, "The tables use a decimal point: write -3.5"),
    "shortened by Excel": Cell("value", "6.98104E+09", NUMBER, "Excel shortened this number; write all its digits", schema=False),
    "shortened by a Vietnamese Excel": Cell("value", "6,98104E+09", NUMBER, "Excel shortened this number; write all its digits"),
    "grouped, or a decimal comma": Cell(
        "value", "66,148", NUMBER, "The tables know no grouping and use a decimal point: write 66148 or 66.148"
    ),
    "digits of an input method": Cell("value", "1１", NUMBER, schema=False),
    "a leading zero": Cell("value", "0110", NUMBER, schema=False),
    "a leading plus": Cell("value", "+110", NUMBER, OWN_COLUMNS, schema=False),
    "half a year": Cell("year", "2018.5", "a whole number such as 2018", table="plans.csv"),
    "a percent sign": Cell("growth_pct", "27.6%", NUMBER, OWN_COLUMNS),
    "a unit": Cell("value", "110 tỷ đồng", NUMBER, OWN_COLUMNS),
    "a word for a number": Cell("value", "không", NUMBER),
    "a day in Vietnamese order": Cell("window_end", "30/6/2018", DATE, "The year comes first: write 2018-06-30"),
    "a day of statement in Vietnamese order": Cell(
        "stated_on", "14/6/2018", "text like 2018-06-14", "The year comes first: write 2018-06-14"
    ),
    "a half-year in Vietnamese words": Cell("period", "6T2018", "text like 2018H1"),
    "a period turned round": Cell("period", "H1/2018", "text like 2018H1"),
    "a period with a hyphen": Cell("period", "2018-H1", "text like 2018H1"),
    "a day that does not exist": Cell("window_end", "2018-06-31", "a day of the calendar"),
    "the end of February": Cell("window_end", "2018-02-29", "a day of the calendar"),
    "an unknown indicator": Cell("indicator", "ouput", "a code of indicators", unknown("output", "indicators")),
    "an unknown area": Cell("area", "heer", "a code of areas", unknown("here", "areas")),
    "an unknown breakdown": Cell("breakdown", "non-state", "a code of breakdowns", unknown("non_state", "breakdowns")),
    "an unknown basis": Cell("price_basis", "constant2010", "a code of price_bases", unknown("constant_2010", "price_bases")),
    "an unknown source": Cell("source", "offices", "a code of sources", unknown("office", "sources")),
    "an unknown unit": Cell("unit", "bilion_vnd", "a code of units", unknown("billion_vnd", "units"), "indicators.csv"),
    "an unknown parent": Cell("parent", "case", "a code of indicators", unknown("cases", "indicators"), "indicators.csv"),
    "a blank status": Cell("status", "", "a value", BLANK),
    "a blank name": Cell("name_vi", "", "a value", BLANK, "indicators.csv"),
    "an unknown status": Cell("status", "estimated", "one of the known words", 'Did you mean "estimate"?'),
    "an unknown qualifier": Cell(
        "qualifier", "chừng", "one of the known words", "Known: about, gần, hơn, khoảng, more than, nearly, over, some, trên."
    ),
    "an unknown rank": Cell("rank", "departement", "one of the known words", 'Did you mean "department"?', "sources.csv"),
    "a negative half unit": Cell("half_unit", "-0.5", "at least 0"),
    "a plan of long ago": Cell("year", "1918", "at least 1990", "", "plans.csv"),
    "a plan of the far future": Cell("year", "2180", "at most 2100", "", "plans.csv"),
    "a period with a longer name": Cell("period", "2018M01-M06", "its shortest name 2018H1", schema=False),
    "a period that runs backwards": Cell(
        "period", "2018M05-M01", "a period such as 2018, 2018H1, 2018Q2, 2018M06 or 2018M01-M05", schema=False
    ),
    "a day of statement that does not exist": Cell("stated_on", "2018-02-31", STATED, schema=False),
    "a span of statement that runs backwards": Cell("stated_on", "2018-06-14/2018-06-01", STATED, schema=False),
}


def lines() -> list[int]:
    """Give each cell a line of its own in its table."""
    used: Counter[str] = Counter()
    found = []
    for cell in CELLS.values():
        used[cell.table] += 1
        found.append(used[cell.table] + 1)
    return found


LINES = dict(zip(CELLS, lines(), strict=True))


@pytest.fixture(scope="module")
def all_wrong(tiny_in, edit: Callable[..., None], tmp_path_factory) -> Path:
    rows = range(len(CELLS))
    folder = tiny_in(tmp_path_factory.mktemp("wrong") / "tiny").write(
        [{"period": f"{1950 + row}H1", "value": 110, "growth_pct": 10} for row in rows],
        plans=[{"year": 2000 + row, "value": 200} for row in rows],
    )
    for name, cell in CELLS.items():
        edit(folder, cell.table, LINES[name], cell.column, cell.text)
    return folder


@pytest.fixture(scope="module")
def told(all_wrong: Path, faults_of: Faults) -> list[Fault]:
    return faults_of(all_wrong)


@pytest.mark.parametrize("name", CELLS)
def test_a_wrong_cell_is_told_with_its_place_and_a_remedy(name: str, told: list[Fault]) -> None:
    expected = CELLS[name].fault(LINES[name])
    assert [fault for fault in told if (fault.table, fault.row) == (expected.table, expected.row)] == [expected]


def test_each_wrong_cell_is_told_once_and_nothing_else(told: list[Fault]) -> None:
    assert len(told) == len(CELLS)


def test_a_point_is_always_a_decimal_point(tiny) -> None:
    """66.148 is sixty-six and a bit; that thousands were meant shows in the years beside it, and only there."""
    found, faults = read_dataset(tiny.write([{"period": "2017H1", "value": "66148"}, {"period": "2018H1", "value": "66.148"}]))
    assert found is not None
    assert found["observations"]["value"].tolist() == [66148, 66.148]
    assert {fault.severity for fault in faults} == {"warning"}


def test_a_key_given_twice_is_told_with_the_line_of_the_first(tiny, faults_of: Faults) -> None:
    folder = tiny.write([{"period": "2016H1", "value": 90}, *[{"period": "2018H1", "value": 110}] * 2])
    key = "here, output, total, current, 2018H1, 2018-06-30, office, 2018-12-31"
    assert faults_of(folder) == [
        Fault("observations.csv", 4, "", f"the key ({key}) again", "each key once", "It stands in line 3 already")
    ]


def test_a_code_given_twice_is_told(sound: Path, faults_of: Faults) -> None:
    with (sound / "areas.csv").open("a", encoding="utf-8") as file:
        file.write("here,Tỉnh này,Here,,,,\n")
    assert Fault("areas.csv", 5, "", "the key (here) again", "each key once", "It stands in line 2 already") in faults_of(sound)


# What is wrong with a table as a whole


def rewritten(path: Path, change: Callable[[str], str], encoding: str = "utf-8") -> None:
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def without_the_last_column(text: str) -> str:
    return "".join(line.rpartition(",")[0] + "\n" for line in text.splitlines())


def test_a_missing_column_is_told(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "links.csv", without_the_last_column)
    (fault,) = faults_of(sound)
    assert str(fault).startswith(
        'links.csv, line 1, decided_on: got no such column; expected the column "decided_on". Did you mean "decided_by"?'
    )


def test_a_misspelt_column_is_missing_and_unknown_and_each_points_to_the_other(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "plans.csv", lambda text: text.replace("target_kind", "target_knd", 1))
    assert faults_of(sound) == [
        Fault("plans.csv", 1, "target_kind", "no such column", 'the column "target_kind"', 'Did you mean "target_knd"?'),
        Fault("plans.csv", 1, "target_knd", "an unknown column", "only declared columns", 'Did you mean "target_kind"?'),
    ]


def test_a_missing_file_is_told(sound: Path, faults_of: Faults) -> None:
    (sound / "links.csv").unlink()
    assert faults_of(sound) == [Fault("links.csv", 0, "", "no file", "a CSV file", "Every table of datapackage.json must be there")]


# Many faults, and their lines


def test_faults_of_several_files_are_told_together_in_the_order_of_file_and_line(
    small_data: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    edit(small_data, "observations.csv", 29, "value", "3.140,5")
    edit(small_data, "observations.csv", 10, "area", "bac-gian")
    edit(small_data, "plans.csv", 2, "value", "7,8")
    edit(small_data, "areas.csv", 2, "name_vi", "Báº¯c Giang")
    (small_data / "links.csv").unlink()
    found = faults_of(small_data)
    assert [(fault.table, fault.row, fault.column) for fault in found] == [
        ("areas.csv", 2, "name_vi"),
        ("links.csv", 0, ""),
        ("observations.csv", 10, "area"),
        ("observations.csv", 29, "value"),
        ("plans.csv", 2, "value"),
    ]
    with pytest.raises(DataError, match=r"5 faults in the data:\n  areas\.csv, line 2, name_vi: got .Báº¯c Giang"):
        load(small_data)


def test_the_same_wrong_text_is_told_at_each_line(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    for line in (2, 3):
        edit(sound, "observations.csv", line, "status", "maybe")
    assert [fault.row for fault in faults_of(sound)] == [2, 3]


@pytest.mark.parametrize(
    ("column", "text"),
    [("stated_on", "2018-02-31"), ("period", "2018M01-M06"), ("half_unit", "")],
    ids=["day", "period", "precision"],
)
def test_faults_of_shape_and_of_sense_are_told_together(
    column: str, text: str, sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    """A clerk mends a file once, not once for each kind of check."""
    edit(sound, "observations.csv", 2, "value", "100,5")
    edit(sound, "observations.csv", 3, column, text)
    assert [(fault.row, fault.column) for fault in faults_of(sound)] == [(2, "value"), (3, column)]


@pytest.mark.parametrize("note", ["two\nlines", "two\r\nlines"])
def test_a_line_break_inside_a_cell_does_not_shift_the_lines_of_later_faults(note: str, tiny, faults_of: Faults) -> None:
    folder = tiny.write([{"period": "2017H1", "value": 100, "note": note}, {"period": "2018H1", "value": "110,5"}])
    lines = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()
    (fault,) = [fault for fault in faults_of(folder) if fault.column == "value"]
    assert "110,5" in lines[fault.row - 1]


# A second opinion: frictionless reads the same declaration


def frictionless_finds(folder: Path) -> set[tuple[str, int | None, str | None]]:
    """Give table, line and column of what frictionless finds; of an unknown code it names the column in a note."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import frictionless

        report = frictionless.validate(str(folder / "datapackage.json"))
    found = set()
    for task in report.tasks:
        for row, column, note in task.flatten(["rowNumber", "fieldName", "note"]):
            found.add((task.place, row, column or (note.split('"')[1] if note.startswith("for ") else None)))
    return found


def test_frictionless_is_content_with_the_published_figures(small_data: Path) -> None:
    assert frictionless_finds(small_data) == set()


def test_frictionless_finds_the_same_cells_where_a_table_schema_can_express_the_rule(all_wrong: Path) -> None:
    expressed = {(cell.table, LINES[name], cell.column) for name, cell in CELLS.items() if cell.schema}
    assert frictionless_finds(all_wrong) == expressed


def test_frictionless_finds_the_same_broken_files(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "observations.csv", lambda text: text + text.splitlines()[-1] + "\n")
    rewritten(sound / "links.csv", without_the_last_column)
    rewritten(sound / "price_bases.csv", lambda text: text.replace("giá hiện hành", "giá hiện hành, thực tế"))
    rewritten(sound / "identities.csv", lambda text: text, "utf-16")
    (sound / "area_changes.csv").write_text("", encoding="utf-8")
    broken = {"observations.csv", "links.csv", "price_bases.csv", "identities.csv", "area_changes.csv"}
    assert {fault.table for fault in faults_of(sound)} == broken
    assert broken <= {table for table, _, _ in frictionless_finds(sound)}
