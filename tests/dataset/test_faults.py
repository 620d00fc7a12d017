"""One fault of each kind, put into tiny sound tables, and what is said of it."""

from __future__ import annotations

import unicodedata
import warnings
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
DAMAGE = "Save as 'CSV UTF-8' from a file that still shows the letters rightly"


def test_the_tables_are_sound_before_they_are_damaged(sound: Path) -> None:
    found, faults = read_dataset(sound)
    assert found is not None
    assert faults == []


@dataclass(frozen=True)
class Cell:
    """A damaged cell: where, what stands there now, and what is expected and hinted."""

    column: str
    line: int
    text: str
    expected: str
    hint: str = ""
    table: str = "observations.csv"
    schema: bool = True  # whether a Table Schema can express the rule

    @property
    def fault(self) -> Fault:
        return Fault(self.table, self.line, self.column, f'"{self.text}"' if self.text else "a blank", self.expected, self.hint)


CELLS = {
    "a decimal comma": Cell("value", 3, "110,5", NUMBER, "The tables use a decimal point: write 110.5"),
    "points for thousands": Cell("value", 3, "1.234.567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "commas for thousands": Cell("value", 3, "1,234,567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "spaces for thousands": Cell("value", 3, "1 234 567", NUMBER, "The tables know no grouping: write 1234567 if that is meant"),
    "grouped with decimals": Cell("value", 3, "1.234,5", NUMBER, "The tables know no grouping: write 1234.5 if that is meant"),
    "a negative decimal comma": Cell("growth_pct", 3, "-3,5", NUMBER, "The tables use a decimal point: write -3.5"),
    "shortened by Excel": Cell(
        "value", 3, "6.98104E+09", NUMBER, "Excel shortened this number; write all its digits", schema=False
    ),
    "shortened by a Vietnamese Excel": Cell(
        "value", 3, "6,98104E+09", NUMBER, "Excel shortened this number; write all its digits", schema=False
    ),
    "a percent sign": Cell("growth_pct", 3, "27.6%", NUMBER, OWN_COLUMNS),
    "a unit": Cell("value", 3, "110 tỷ đồng", NUMBER, OWN_COLUMNS),
    "a word for a number": Cell("value", 3, "không", NUMBER),
    "a day that does not exist": Cell("window_end", 3, "2018-06-31", "a day of the calendar"),
    "the end of February": Cell("window_end", 3, "2018-02-29", "a day of the calendar"),
    "an unknown indicator": Cell("indicator", 2, "ouput", "a code of indicators", 'Did you mean "output"?'),
    "an unknown area": Cell("area", 2, "heer", "a code of areas", 'Did you mean "here"?'),
    "an unknown breakdown": Cell("breakdown", 2, "non-state", "a code of breakdowns", 'Did you mean "non_state"?'),
    "an unknown basis": Cell("price_basis", 2, "constant2010", "a code of price_bases", 'Did you mean "constant_2010"?'),
    "an unknown source": Cell("source", 2, "offices", "a code of sources", 'Did you mean "office"?'),
    "an unknown unit": Cell("unit", 2, "bilion_vnd", "a code of units", 'Did you mean "billion_vnd"?', "indicators.csv"),
    "an unknown parent": Cell("parent", 8, "case", "a code of indicators", 'Did you mean "cases"?', "indicators.csv"),
    "a blank status": Cell("status", 3, "", "a value", BLANK),
    "a blank name": Cell("name_vi", 2, "", "a value", BLANK, "indicators.csv"),
    "an unknown status": Cell("status", 3, "estimated", "one of the known words", 'Did you mean "estimate"?'),
    "an unknown qualifier": Cell(
        "qualifier", 3, "chừng", "one of the known words", "Known: about, gần, hơn, khoảng, more than, nearly, over, some, trên."
    ),
    "an unknown rank": Cell("rank", 2, "departement", "one of the known words", 'Did you mean "department"?', "sources.csv"),
    "a negative half unit": Cell("half_unit", 3, "-0.5", "at least 0"),
    "a plan of long ago": Cell("year", 2, "1918", "at least 1990", "", "plans.csv"),
    "a plan of the far future": Cell("year", 2, "2180", "at most 2100", "", "plans.csv"),
    "a period with a longer name": Cell("period", 3, "2018M01-M06", "its shortest name 2018H1", schema=False),
    "a period that runs backwards": Cell(
        "period", 3, "2018M05-M01", "a period such as 2018, 2018H1, 2018Q2, 2018M06 or 2018M01-M05", schema=False
    ),
    "a day of statement that does not exist": Cell("stated_on", 3, "2018-02-31", STATED, schema=False),
    "a span of statement that runs backwards": Cell("stated_on", 3, "2018-06-14/2018-06-01", STATED, schema=False),
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_wrong_cell_is_told_with_its_place_and_a_remedy(
    cell: Cell, sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    edit(sound, cell.table, cell.line, cell.column, cell.text)
    assert faults_of(sound) == [cell.fault]


@pytest.mark.parametrize("text", ["2018-H1", "6T2018", "H1/2018"])
def test_what_does_not_look_like_a_period_is_refused(text: str, sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    edit(sound, "observations.csv", 3, "period", text)
    (fault,) = faults_of(sound)
    assert (fault.table, fault.row, fault.column, fault.got) == ("observations.csv", 3, "period", f'"{text}"')


@pytest.mark.parametrize(
    ("column", "text", "example"),
    [("period", "6T2018", "2018H1"), ("stated_on", "14/6/2018", "2018-06-14"), ("window_end", "30/6/2018", "2018-06-14")],
)
def test_a_wrong_form_is_answered_with_an_example_of_the_right_one(
    column: str, text: str, example: str, sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    """A clerk can act on "2018H1", not on a regular expression, nor on a hint about units in a column of days."""
    edit(sound, "observations.csv", 3, column, text)
    (fault,) = faults_of(sound)
    assert example in fault.expected
    assert "\\d" not in fault.expected
    assert fault.hint != OWN_COLUMNS


@pytest.mark.parametrize(
    ("table", "line", "column", "text"),
    [("observations.csv", 3, "value", "0110"), ("observations.csv", 3, "value", "+110"), ("observations.csv", 3, "value", "1１"),
     ("plans.csv", 2, "year", "2018.5"), ("observations.csv", 3, "window_start", "2018-01-0１")],
)  # fmt: skip
def test_other_spellings_of_numbers_and_days_are_refused(
    table: str, line: int, column: str, text: str, sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    """Digits of another script, such as the full-width ones of an input method, are no digits of a table."""
    edit(sound, table, line, column, text)
    assert [(fault.table, fault.row, fault.column) for fault in faults_of(sound)] == [(table, line, column)]


def test_a_point_is_always_a_decimal_point(sound: Path, edit: Callable[..., None]) -> None:
    """66.148 is sixty-six and a bit; that thousands were meant shows in the years beside it, and only there."""
    edit(sound, "observations.csv", 2, "value", "66148")
    edit(sound, "observations.csv", 3, "value", "66.148")
    found, faults = read_dataset(sound)
    assert found is not None
    assert found["observations"]["value"].iloc[1] == 66.148
    assert {fault.severity for fault in faults} == {"warning"}


def test_a_comma_before_three_digits_may_be_either(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    """In Vietnamese 66,148 is 66.148; who types English means 66148: the hint names both."""
    edit(sound, "observations.csv", 3, "value", "66,148")
    (fault,) = faults_of(sound)
    assert "66148" in fault.hint
    assert "66.148" in fault.hint


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


# What is wrong with a file as such


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


def test_a_row_of_another_length_is_told(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "price_bases.csv", lambda text: text.replace("giá hiện hành", "giá hiện hành, thực tế"))
    assert faults_of(sound) == [Fault("price_bases.csv", 2, "", "4 cells", "3 cells", "A text with a comma needs quotation marks")]


def test_a_row_of_another_length_is_told_where_other_rows_are_quoted(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "price_bases.csv", lambda text: text.replace("giá hiện hành", '"giá hiện hành, thực tế"') + "x,y\n")
    assert faults_of(sound) == [Fault("price_bases.csv", 6, "", "2 cells", "3 cells", "A text with a comma needs quotation marks")]


@pytest.mark.parametrize("content", ["", "\n", " \n"])
def test_an_empty_file_is_told(content: str, sound: Path, faults_of: Faults) -> None:
    (sound / "links.csv").write_text(content, encoding="utf-8")
    assert faults_of(sound) == [Fault("links.csv", 1, "", "an empty file", "a header row")]


def test_a_missing_file_is_told(sound: Path, faults_of: Faults) -> None:
    (sound / "links.csv").unlink()
    assert faults_of(sound) == [Fault("links.csv", 0, "", "no file", "a CSV file", "Every table of datapackage.json must be there")]


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (b"code,name_vi,name_en\ncurrent,gi\xe1 hi\xea\xf2n h\xe0nh,current prices\n", 2, "0xe1"),  # Windows' Vietnamese, cp1258
        ("code,name_vi,name_en\ncurrent,giá hiện hành,current prices\n".encode("utf-16"), 1, "0xff"),  # Excel's "Unicode text"
    ],
    ids=["cp1258", "utf-16"],
)
def test_a_file_in_another_encoding_is_told(content: bytes, line: int, byte: str, sound: Path, faults_of: Faults) -> None:
    (sound / "price_bases.csv").write_bytes(content)
    assert faults_of(sound) == [Fault("price_bases.csv", line, "", f"byte {byte} that is not UTF-8", "UTF-8", DAMAGE)]


def test_a_byte_order_mark_is_no_fault(sound: Path) -> None:
    rewritten(sound / "areas.csv", lambda text: "\ufeff" + text)
    assert read_dataset(sound)[1] == []


def test_text_whose_marks_are_stored_apart_is_told(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    edit(sound, "areas.csv", 2, "name_vi", unicodedata.normalize("NFD", "Bắc Giang"))
    (fault,) = faults_of(sound)
    assert (fault.table, fault.row, fault.column) == ("areas.csv", 2, "name_vi")
    assert fault.expected == 'NFC text: "Bắc Giang"'
    assert fault.hint == "Letters and their marks are stored apart; compose them"


@pytest.mark.parametrize("name", ["Bắc Giang", "Bộ Công Thương", "Lạng Sơn", "Điện lực", "Nhà nước", "Nhiều", "Sở"])
def test_text_that_excel_read_in_another_encoding_is_told_with_the_right_letters(
    name: str, sound: Path, edit: Callable[..., None], faults_of: Faults
) -> None:
    """Windows shows the five bytes that its code page 1252 does not know as control characters."""
    damaged = "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte) for byte in name.encode()
    )
    edit(sound, "areas.csv", 2, "name_vi", damaged)
    assert faults_of(sound) == [
        Fault("areas.csv", 2, "name_vi", f'"{damaged}"', f'"{name}"', "UTF-8 was read as another encoding. " + DAMAGE)
    ]


def test_bac_giang_is_recognised_in_its_damaged_form(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    edit(sound, "areas.csv", 2, "name_vi", "Báº¯c Giang")
    assert [(fault.got, fault.expected) for fault in faults_of(sound)] == [('"Báº¯c Giang"', '"Bắc Giang"')]


def test_question_marks_for_letters_are_told(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    edit(sound, "areas.csv", 2, "name_vi", "B?c Giang")
    assert faults_of(sound) == [
        Fault(
            "areas.csv", 2, "name_vi", '"B?c Giang"', "letters, not question marks",
            "Letters were lost in an encoding without them. " + DAMAGE,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Vì sao tăng?", "Tăng bao nhiêu? 12,5%"])
def test_a_question_is_no_damage(text: str, sound: Path, edit: Callable[..., None]) -> None:
    edit(sound, "sources.csv", 2, "title", text)
    assert read_dataset(sound)[1] == []


def test_an_address_may_have_a_query(sound: Path, edit: Callable[..., None]) -> None:
    edit(sound, "sources.csv", 2, "address", "https://example.vn/tin?id=1")
    assert read_dataset(sound)[1] == []


def test_the_mark_for_a_lost_letter_is_told(sound: Path, edit: Callable[..., None], faults_of: Faults) -> None:
    edit(sound, "areas.csv", 2, "name_vi", "B\ufffdc Giang")
    assert [fault.expected for fault in faults_of(sound)] == ["letters, not the mark for a lost one (U+FFFD)"]


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


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x85"], ids=["line separator", "vertical tab", "next line"])
def test_a_mark_that_is_no_line_break_of_csv_is_not_taken_for_one(mark: str, tiny) -> None:
    """Word puts such marks into cells; the row has its 27 cells all the same."""
    folder = tiny.write([{"period": "2018H1", "value": 110, "note": f"one{mark}two"}])
    assert not [fault for fault in read_dataset(folder)[1] if "cells" in fault.expected]


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


def test_frictionless_is_content_with_the_sound_tables(sound: Path) -> None:
    assert frictionless_finds(sound) == set()


def test_frictionless_is_content_with_the_published_figures(small_data: Path) -> None:
    assert frictionless_finds(small_data) == set()


def test_frictionless_finds_the_same_cells_where_a_table_schema_can_express_the_rule(
    tiny, edit: Callable[..., None], faults_of: Faults
) -> None:
    expressed = [cell for cell in CELLS.values() if cell.schema]
    statements = [{"period": f"{1950 + number}H1", "value": 110, "growth_pct": 10} for number in range(len(expressed))]
    folder = tiny.write(statements, plans=[{"year": 2000 + number, "value": 200} for number in range(len(expressed))])
    places = set()
    for number, cell in enumerate(expressed):
        line = number + 2 if cell.table in ("observations.csv", "plans.csv") else cell.line
        edit(folder, cell.table, line, cell.column, cell.text)
        places.add((cell.table, line, cell.column))
    assert {(fault.table, fault.row, fault.column) for fault in faults_of(folder)} == places
    assert frictionless_finds(folder) == places


def test_frictionless_finds_the_same_broken_files(sound: Path, faults_of: Faults) -> None:
    rewritten(sound / "observations.csv", lambda text: text + text.splitlines()[-1] + "\n")
    rewritten(sound / "links.csv", without_the_last_column)
    rewritten(sound / "price_bases.csv", lambda text: text.replace("giá hiện hành", "giá hiện hành, thực tế"))
    rewritten(sound / "identities.csv", lambda text: text, "utf-16")
    (sound / "area_changes.csv").write_text("", encoding="utf-8")
    broken = {"observations.csv", "links.csv", "price_bases.csv", "identities.csv", "area_changes.csv"}
    assert {fault.table for fault in faults_of(sound)} == broken
    assert broken <= {table for table, _, _ in frictionless_finds(sound)}
