from __future__ import annotations

import pytest

from bcanalysis.errors import DataError, UsageError
from bcanalysis.sheets.delimited import read_delimited
from bcanalysis.sheets.read import read_grids


@pytest.fixture
def read(tmp_path):
    def reading(text: str, delimiter: str | None = None):
        (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
        return read_delimited(tmp_path / "a.csv", delimiter)

    return reading


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(mark, read):
    assert read(f"Chỉ tiêu{mark}2018H1\r\nXuất khẩu{mark}3140\r\n").rows == [["Chỉ tiêu", "2018H1"], ["Xuất khẩu", "3140"]]


def test_decimal_commas_do_not_part_cells(read):
    assert read("a;b;c\n1,5;2,5;3,5\n").rows == [["a", "b", "c"], ["1,5", "2,5", "3,5"]]


def test_a_first_line_that_names_the_mark_is_obeyed_and_keeps_the_lines_in_place(read):
    assert read("sep=;\na,x;b\n1;2\n").rows == [[None, None], ["a,x", "b"], ["1", "2"]]


def test_a_mark_that_is_given_is_obeyed(read):
    assert read("a;b,c\n1;2,3\n", ",").rows == [["a;b", "c"], ["1;2", "3"]]


def test_rows_keep_their_lines_where_a_cell_has_line_breaks(read):
    assert read('"a\nb";c\n1;2\n').rows == [["a\nb", "c"], [None, None], ["1", "2"]]


def test_rows_of_other_lengths_are_filled_with_blanks(read):
    assert read("Biểu 1\na;b;c\n1;2;3\n").rows == [["Biểu 1", None, None], ["a", "b", "c"], ["1", "2", "3"]]


def test_an_empty_file_and_an_open_quotation_are_refused(read):
    with pytest.raises(DataError, match=r"a\.csv: got an empty file; expected a table with figures"):
        read(" \n")
    with pytest.raises(DataError, match="text inside quotation marks to the end of the file"):
        read('a;b\n"1;2\n')


def test_a_file_that_is_not_there_or_of_another_kind_is_told(tmp_path):
    with pytest.raises(UsageError, match="expected a file that is there"):
        read_grids(tmp_path / "none.csv")
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(UsageError, match=r'got the ending "\.doc"; expected one of \.xlsx'):
        read_grids(tmp_path / "a.doc")
