import polars
import pytest

from bcanalysis.errors import DataError
from bcanalysis.sheets.read import read_grids


@pytest.fixture
def written(tmp_path):
    table = polars.DataFrame({"chỉ tiêu": ["Xuất khẩu", "Nhập khẩu"], "2018H1": [3140.5, None]})
    table.write_parquet(tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_a_parquet_file_gives_its_columns_as_the_first_row(written):
    (grid,) = read_grids(written)
    assert grid.rows == [["chỉ tiêu", "2018H1"], ["Xuất khẩu", 3140.5], ["Nhập khẩu", None]]


@pytest.mark.parametrize(("kept", "told"), [(0, "an empty file"), (20, "no whole Parquet file"), (-9, "no whole Parquet file")])
def test_an_empty_or_truncated_parquet_file_is_refused(kept, told, written):
    written.write_bytes(written.read_bytes()[:kept])
    with pytest.raises(DataError, match=told):
        read_grids(written)
