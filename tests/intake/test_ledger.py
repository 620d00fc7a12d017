from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bcanalysis.dataset.load import load
from bcanalysis.errors import DataError, UsageError
from bcanalysis.files import in_turn
from bcanalysis.intake.ledger import apply, imports, undo
from bcanalysis.intake.mapping import read_mapping, write_mapping
from bcanalysis.intake.source import proposed

TABLE = "Chỉ tiêu;KH năm 2031;Ước 6T 2031\nXuất khẩu;5.000;2.500,5\nLao động;;300\n"
SETTINGS = {
    "area": "here",
    "source": "new",
    "stated_on": "2031-06-20",
    "unit": "catalogue",
    "title": "Báo cáo",
    "publisher": "Sở",
    "rank": "press",
}
OLD = {"values": [1900.0], "plans": [], "sources": False, "records": 0}
NEW = {"values": [300.0, 1900.0, 2500.5], "plans": [5000.0], "sources": True, "records": 1}


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def proposal(folder, table):
    return proposed(folder, str(table), settings=SETTINGS)[0]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_an_import_writes_rows_in_the_order_of_their_key_and_a_record_of_them(folder, proposal):
    name, _ = apply(folder, proposal, "a.csv")

    rows = load(folder)["observations"]
    assert rows["indicator"].tolist() == ["exports", "exports", "workers"]
    (record,) = imports(folder)
    assert (record["id"], record["file"], record["undone_on"]) == (name, "a.csv", None)
    assert [row["value"] for row in record["rows"]["observations"]] == ["2500.5", "300"]
    assert [row["code"] for row in record["rows"]["sources"]] == ["new"]
    assert [row["value"] for row in record["rows"]["plans"]] == ["5000"]


def test_an_import_leaves_rows_on_file_as_they_were_byte_by_byte(small_data, table):
    before = contents(small_data)
    settings = {**SETTINGS, "area": "bac-giang"}
    apply(small_data, proposed(small_data, str(_with_known_names(table)), settings=settings)[0], "a.csv")

    for name, old in before.items():
        new = contents(small_data)[name]
        assert [line for line in new.splitlines() if line in set(old.splitlines())] == old.splitlines()


def _with_known_names(table: Path) -> Path:
    table.write_text(TABLE.replace("Xuất khẩu", "export_value").replace("Lao động", "import_value"), encoding="utf-8")
    return table


def test_an_import_that_is_undone_leaves_the_tables_as_they_were(folder, proposal):
    before = contents(folder)
    name, _ = apply(folder, proposal, "a.csv")
    assert contents(folder) != before

    assert undo(folder, name) == {"sources": 1, "observations": 2, "plans": 1}
    assert contents(folder) == before
    assert imports(folder)[0]["undone_on"] is not None


def test_what_was_undone_can_be_imported_again_under_an_id_of_its_own(folder, proposal):
    first, _ = apply(folder, proposal, "a.csv")
    undo(folder, first)
    second, _ = apply(folder, proposal, "a.csv")

    assert second != first
    with pytest.raises(UsageError, match=f"undo: got {first}, which was undone on"):
        undo(folder, first)
    with pytest.raises(UsageError, match="expected the ID of an import"):
        undo(folder, "1999-01-01-1")


def test_an_import_whose_rows_were_edited_since_is_not_undone(folder, proposal):
    name, _ = apply(folder, proposal, "a.csv")
    table = folder / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2500.5", "2600.5"), encoding="utf-8")
    before = contents(folder)

    with pytest.raises(DataError, match=rf"observations\.csv: got no row here, exports.*expected it, as import {name} wrote it"):
        undo(folder, name)
    assert contents(folder) == before


def test_an_import_whose_source_others_use_by_now_is_not_undone(folder, proposal):
    name, _ = apply(folder, proposal, "a.csv")
    table = folder / "observations.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("2030-07-01,department", "2030-07-01,new"), encoding="utf-8")
    before = contents(folder)

    with pytest.raises(DataError, match=r'observations\.csv, line 2, source: got "new"; expected a code of sources'):
        undo(folder, name)
    assert contents(folder) == before


def test_refused_rows_hold_back_the_others_too(folder, table, proposal):
    apply(folder, proposal, "a.csv")
    before = contents(folder)
    table.write_text(TABLE.replace("2.500,5", "2.600,5").replace("Lao động;;300", "Lao động;7.000;300"), encoding="utf-8")

    name, found = apply(folder, proposed(folder, str(table))[0], "a.csv")

    assert (name, contents(folder)) == ("", before)
    assert [(line.what, line.row.get("value", "")) for line in found.lines] == [
        ("refused", "2600.5"),
        ("repeated", "300"),
        ("repeated", "5000"),
        ("added", "7000"),
    ]


def run_killed(folder: Path, table: Path, *moments: str) -> list[dict[str, object]]:
    script = Path(__file__).with_name("killed.py")
    command = [sys.executable, str(script), str(folder), str(table), *moments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("proposal")  # which saves the mapping
def test_an_import_killed_before_any_change_on_disk_leaves_the_old_data_or_the_new(folder, table):
    settings = {name: text for name, text in SETTINGS.items() if text}
    mapping = table.with_name("a.csv.mapping.toml")
    write_mapping(mapping, read_mapping(mapping).told(settings), "a.csv")

    found = run_killed(folder, table, *map(str, range(40)))

    states = [{name: state[name] for name in OLD} for state in found]
    killed = [state["killed"] for state in found]
    assert killed == sorted(killed, reverse=True)
    assert killed[0]
    assert not killed[-1]
    assert all(state in (OLD, NEW) for state in states)
    assert states == sorted(states, key=lambda state: state == NEW)
    assert {json.dumps(state) for state, dead in zip(states, killed, strict=True) if dead} == {json.dumps(OLD), json.dumps(NEW)}
    assert not any(state["committed"] for state in found)


@pytest.mark.usefixtures("proposal")
def test_an_import_killed_at_any_time_leaves_the_old_data_or_the_new(folder, table):
    moments = [f"{hundredths / 100:.2f}s" for hundredths in range(0, 48, 6)]

    states = [{name: state[name] for name in OLD} for state in run_killed(folder, table, *moments)]

    assert all(state in (OLD, NEW) for state in states)


def test_imports_at_the_same_time_take_turns_and_none_is_lost(folder, tmp_path):
    settings = ["--area", "here", "--source", "department", "--status", "reported", "--unit", "catalogue"]
    running = []
    for number in range(4):
        path = tmp_path / f"table-{number}.csv"
        path.write_text(f"Chỉ tiêu;6T 203{number + 1}\nXuất khẩu;{number + 1}000\n", encoding="utf-8")
        command = [sys.executable, "-m", "bcanalysis", "import", str(path), "--data", str(folder), "--stated-on", "2035", *settings]
        command[command.index("2035")] = "2035-01-01"
        running.append(subprocess.Popen([*command, "--apply"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    said = [process.communicate(timeout=120)[0] for process in running]

    assert [process.returncode for process in running] == [0, 0, 0, 0], said
    assert sorted(load(folder)["observations"]["value"]) == [1000.0, 1900.0, 2000.0, 3000.0, 4000.0]
    assert [record["id"].rpartition("-")[2] for record in imports(folder)] == ["1", "2", "3", "4"]


def test_a_reader_waits_for_a_change_that_is_on_its_way(folder, proposal):
    with in_turn(folder):
        assert load(folder)["observations"]["value"].tolist() == [1900.0]
    apply(folder, proposal, "a.csv")
    assert load(folder)["observations"]["value"].tolist() == [1900.0, 2500.5, 300.0]
