from __future__ import annotations

import pytest

from bcanalysis.errors import BcError, DataError, Fault, UsageError, nearest


def test_a_fault_says_table_line_column_got_expected_and_hint() -> None:
    fault = Fault("plans.csv", 4, "value", '"7,8"', "a number such as 66148 or 27.6", "The tables use a decimal point: write 7.8")
    assert str(fault) == (
        'plans.csv, line 4, value: got "7,8"; expected a number such as 66148 or 27.6. The tables use a decimal point: write 7.8'
    )


def test_a_fault_of_a_whole_table_names_no_line_and_no_column() -> None:
    assert str(Fault("plans.csv", 0, "", "no file", "a CSV file")) == "plans.csv: got no file; expected a CSV file"


def test_faults_sort_by_file_and_line() -> None:
    places = [("b.csv", 2, ""), ("a.csv", 10, ""), ("a.csv", 9, "z"), ("a.csv", 9, "c")]
    faults = [Fault(table, row, column, "x", "y") for table, row, column in places]
    assert [(fault.table, fault.row, fault.column) for fault in sorted(faults)] == [
        ("a.csv", 9, "c"),
        ("a.csv", 9, "z"),
        ("a.csv", 10, ""),
        ("b.csv", 2, ""),
    ]


def test_a_fault_is_an_error_unless_it_is_called_a_warning() -> None:
    assert Fault("a.csv", 1, "", "x", "y").severity == "error"


def test_a_data_error_keeps_all_faults_and_says_them() -> None:
    one, two = Fault("a.csv", 2, "value", "x", "y"), Fault("b.csv", 0, "", "no file", "a CSV file")
    error = DataError([one, two])
    assert error.faults == (one, two)
    assert (
        str(error) == "2 faults in the data:\n  a.csv, line 2, value: got x; expected y\n  b.csv: got no file; expected a CSV file"
    )


def test_one_fault_is_singular() -> None:
    assert str(DataError([Fault("a.csv", 2, "", "x", "y")])).startswith("1 fault in the data:\n")


@pytest.mark.parametrize("error", [UsageError("wrong"), DataError([])])
def test_every_error_is_a_bc_error_and_a_value_error(error: Exception) -> None:
    assert isinstance(error, BcError)
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("industrial_ouput", 'Did you mean "industrial_output"?'), ("export", 'Did you mean "export_value"?')],
)
def test_the_nearest_name_is_suggested(typed: str, suggestion: str) -> None:
    assert nearest(typed, ["import_value", "industrial_output", "export_value"]) == suggestion


def test_without_a_near_name_the_known_ones_are_listed_in_order() -> None:
    assert nearest("zzz", ["b", "c", "a"]) == "Known: a, b, c."


def test_a_long_list_of_known_names_is_cut_after_twelve() -> None:
    assert nearest("?", "nopqrstuvwxyzabcdefghijklm") == "Known: a, b, c, d, e, f, g, h, i, j, k, l and 14 more."
