import pytest

from bcanalysis.dataset.load import read_dataset


@pytest.mark.parametrize(("sign", "words"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_file_with_other_separators_is_told_once_and_by_name(sign, words, tiny):
    folder = tiny.write([{"period": "2018H1", "value": 110}])
    table = folder / "plans.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",", sign), encoding="utf-8")

    (fault,) = read_dataset(folder)[1]

    assert (fault.table, fault.got, fault.expected) == ("plans.csv", f"{words} between the cells", "commas")
    assert "CSV UTF-8 (Comma delimited)" in fault.hint
