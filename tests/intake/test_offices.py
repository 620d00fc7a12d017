"""Three workbooks as offices keep them go in, each with one mapping, and growth is computed from them."""

from __future__ import annotations

import pytest

import bcanalysis as bc
from bcanalysis.dataset.load import load
from bcanalysis.intake.mapping import read_mapping

from .offices import inspectors_sheet, monthly_sheet, trade_sheet

GIVEN = ["--area", "bac-ninh-2025", "--source", "so-lieu-2031", "--stated-on", "2031-06-20"]
NEW_SOURCE = ["--title", "Số liệu 6 tháng 2031", "--publisher", "Sở Công Thương", "--rank", "department"]


def decide(path, **targets: str) -> None:
    text = path.read_text(encoding="utf-8")
    for name, target in targets.items():
        assert f'> {name}" = ""' in text or f'"{name}" = ""' in text
        text = text.replace(f'{name}" = ""', f'{name}" = "{target}"')
    path.write_text(text, encoding="utf-8")


def growths(folder, *names: str) -> dict[str, tuple[float, float]]:
    comparison = bc.compare(load(folder), "2031H1", "bac-ninh-2025")
    chosen = comparison[comparison["indicator"].isin(names) & (comparison["breakdown"] == "total")]
    assert set(chosen["growth_verdict"]) <= {"agree", "cannot_tell"}
    return {row.indicator: (row.value, round(row.growth_computed_pct, 2)) for row in chosen.itertuples()}


def test_the_sheet_for_the_director_goes_in_with_one_mapping(bcanalysis, small_data, tmp_path):
    table = monthly_sheet(tmp_path / "bieu-01.xlsx")
    mapping = tmp_path / "bieu-01.xlsx.mapping.toml"

    status, said, ended = bcanalysis("import", table, "--data", small_data, *GIVEN, *NEW_SOURCE)
    assert status == 1
    assert said.count("\nrefused   ") == 1
    assert 'names."THƯƠNG MẠI > Tổng mức lưu chuyển hàng hóa": got nothing; expected a series such as' in said
    assert '"ignore". Codes and their names are in indicators.csv' in said
    assert "Nothing is written: 1 fault. Mend" in ended

    decide(mapping, **{"Tổng mức lưu chuyển hàng hóa": "retail_sales"})
    status, said, _ = bcanalysis("import", table, "--data", small_data, "--apply")
    assert (status, said.splitlines()[-2]) == (0, "29 added, 0 revised, 0 repeated, 0 refused")

    columns = read_mapping(mapping).columns
    assert {letter: (column.role, column.period, column.status, column.form) for letter, column in columns.items()} == {
        "A": ("number", "", "", ""),
        "B": ("indicator", "", "", ""),
        "C": ("unit", "", "", ""),
        "D": ("value", "2030H1", "reported", ""),
        "E": ("value", "2030", "reported", ""),
        "F": ("plan", "2031", "", ""),
        "G": ("value", "2031H1", "estimate", ""),
        "H": ("growth_pct", "2031H1", "", "index"),
        "I": ("plan_pct", "2031H1", "", ""),
    }
    found = growths(small_data, "industrial_output", "export_value", "import_value", "retail_sales")
    assert found == {
        "industrial_output": (60000, 20.0),
        "export_value": (2500, 25.0),
        "import_value": (2000, 25.0),
        "retail_sales": (9000, 12.5),
    }
    plans = load(small_data)["plans"].query("year == 2031").set_index(["indicator", "breakdown"])["value"]
    assert plans["industrial_output", "fdi"] == 62000


def test_the_sheet_of_the_trade_division_goes_in_with_one_mapping(bcanalysis, small_data, tmp_path):
    table = trade_sheet(tmp_path / "xnk.xlsx")

    status, said, _ = bcanalysis("import", table, "--data", small_data, *GIVEN, *NEW_SOURCE)
    assert status == 1
    assert 'The head does not say it: "6T/2030"; give --status' in said

    status, said, _ = bcanalysis("import", table, "--data", small_data, "--status", "reported", "--apply")
    assert (status, said.splitlines()[-2]) == (0, "21 added, 0 revised, 0 repeated, 0 refused")
    assert growths(small_data, "trade_total", "export_value", "import_value") == {
        "trade_total": (4500, 25.0),
        "export_value": (2500, 25.0),
        "import_value": (2000, 25.0),
    }
    june = load(small_data)["observations"].query("period == '2031M06' and breakdown == 'local_goods'").iloc[0]
    assert (june["missing"], june["status"]) == ("nil", "estimate")


def test_the_sheet_of_the_market_surveillance_goes_in_with_one_mapping(bcanalysis, small_data, tmp_path):
    table = inspectors_sheet(tmp_path / "qltt.xlsx")
    bcanalysis("import", table, "--data", small_data, *GIVEN, *NEW_SOURCE, "--status", "reported")
    wanted = {
        "Tổng số vụ kiểm tra": "market_inspections",
        "Tổng số vụ kiểm tra > Số vụ xử lý": "market_violations",
        "Tổng số tiền thu": "market_total_value",
        "Tổng số tiền thu > Tiền phạt": "market_fines",
    }
    decide(tmp_path / "qltt.xlsx.mapping.toml", **wanted)

    status, said, _ = bcanalysis("import", table, "--data", small_data, "--apply")

    assert (status, said.splitlines()[-2]) == (0, "9 added, 0 revised, 0 repeated, 0 refused")
    assert growths(small_data, *wanted.values()) == {
        "market_inspections": (920, 15.0),
        "market_violations": (826, 18.0),
        "market_total_value": (6_981_038_000, 16.35),
        "market_fines": (2_258_108_000, 12.91),
    }


@pytest.mark.parametrize("office", [monthly_sheet, trade_sheet, inspectors_sheet])
def test_a_proposal_settles_nothing_that_the_table_does_not_say(office, bcanalysis, small_data, tmp_path):
    table = office(tmp_path / "a.xlsx")
    before = {path.name: path.read_bytes() for path in small_data.glob("*.csv")}

    status, said, _ = bcanalysis("import", table, "--data", small_data, "--apply")

    assert status == 1
    assert "statement.area: got nothing" in said
    assert "statement.source: got nothing" in said
    assert "statement.stated_on: got nothing" in said
    assert {path.name: path.read_bytes() for path in small_data.glob("*.csv")} == before
