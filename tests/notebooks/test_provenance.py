"""A page tells where it comes from, comes out the same again, and is found out when somebody has changed it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bcanalysis.reports.exporters.provenance import checksum, embedded_provenance

from ..dataset.in_databases import change, in_sqlite
from .conftest import ROOT, report, undated, write_notebook

CHANCE = """\
import sys, uuid, warnings
import pandas as pd, plotly.graph_objects as go
print({"một", "hai", "ba", "bốn"}, object())
warnings.warn("cảnh báo")
print("ra", file=sys.stderr)
print("và", file=sys.stdout)
pd.DataFrame({"a": [1, 2]}).style.highlight_max()"""


def verify(file: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "bcanalysis", "verify", str(file), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    made = report(tmp_path_factory.mktemp("one"), "2018H1", "--notebook", "overview")
    assert made.status == 0, made.printed
    return made.folder / "2018H1/overview.html"


def test_two_runs_on_the_same_input_give_the_same_pages_but_for_times(tmp_path):
    chance = write_notebook(tmp_path, "chance", CHANCE, "1 / 0")
    asked = ["2018H1", *[word for name in ("overview", "data_quality", str(chance)) for word in ("--notebook", name)]]
    one, two = report(tmp_path / "one", *asked, "--jobs", "3"), report(tmp_path / "two", *asked, "--jobs", "1")

    pages = sorted(path.name for path in (one.folder / "2018H1").glob("*.html"))
    assert pages == ["chance.html", "data_quality.html", "index.html", "overview.html"]
    for name in set(pages) - {"index.html"}:
        assert undated(one.page(f"2018H1/{name}")) == undated(two.page(f"2018H1/{name}")), name


def test_a_page_carries_what_is_needed_to_make_it_again(page):
    told = embedded_provenance(page.read_text(encoding="utf-8"))

    assert told["notebook"] == "overview.ipynb"
    assert told["parameters"] == {"period": "2018H1"}
    observations = next(file for file in told["files"] if file["name"] == "observations.csv")
    assert observations["sha256"] == hashlib.sha256((ROOT / "data/observations.csv").read_bytes()).hexdigest()
    assert told["git"]["commit"] == subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=ROOT, text=True).strip()
    assert isinstance(told["git"]["dirty"], bool)
    assert told["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert {"bcanalysis", "pandas", "plotly", "papermill", "nbconvert"} <= told["versions"].keys()
    assert told["seconds"] > 0
    assert told["started_at"] < told["ended_at"]


def test_a_sound_page_is_verified_by_making_it_again(page):
    assert verify(page) == (0, f"{page}: its checksum holds; made again, it is the same\n")


def test_a_page_from_a_database_is_verified_by_the_rows_it_has_read(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "mine")
    in_sqlite(tmp_path / "mine")
    made = report(tmp_path / "out", "2018H1", "--notebook", "overview", "--data", str(tmp_path / "mine"))
    page = made.folder / "2018H1/overview-data_mine.html"
    name = "sqlite:///figures.db: observations"

    assert name in {file["name"] for file in embedded_provenance(page.read_text(encoding="utf-8"))["files"]}
    change(tmp_path / "mine", "update observations set note = 'x' where area = 'thai-nguyen'")
    assert verify(page) == (0, f"{page}: its checksum holds; made again, it is the same\n")
    change(tmp_path / "mine", "update observations set note = 'x' where area = 'bac-giang' and period = '2018H1'")
    status, said = verify(page)
    assert (status, said.splitlines()[1:]) == (0, [f"  the rows of {name} have changed"])


def test_one_changed_digit_is_found_and_so_is_a_forged_checksum(page, tmp_path):
    text = page.read_text(encoding="utf-8").replace("ước đạt 66.148 tỷ đồng", "ước đạt 66.149 tỷ đồng")
    changed, forged = tmp_path / "changed.html", tmp_path / "forged.html"
    changed.write_text(text, encoding="utf-8")
    forged.write_text(text.replace(embedded_provenance(text)["checksum"], checksum(text)), encoding="utf-8")

    status, said = verify(changed)
    assert status == 1
    assert "its checksum does NOT hold: it was changed after it was made; made again, it is NOT the same" in said
    assert "ước đạt 66.149 tỷ đồng" in said
    assert "ước đạt 66.148 tỷ đồng" in said
    status, said = verify(forged)
    assert status == 1
    assert "its checksum holds; made again, it is NOT the same" in said
    status, said = verify(forged, "--json")
    found = json.loads(said)
    assert (status, found["checksum"], found["content"], found["sound"]) == (1, True, False, False)


def test_where_something_has_changed_since_only_the_checksum_is_checked_and_that_is_said(page, tmp_path):
    text = page.read_text(encoding="utf-8")
    told = embedded_provenance(text)
    observations = next(file["sha256"] for file in told["files"] if file["name"] == "observations.csv")
    for old, new in ((observations, "0" * 64), (f'"pandas":"{told["versions"]["pandas"]}"', '"pandas":"1.5.3"')):
        assert old in text
        text = text.replace(old, new)
    aged = tmp_path / "aged.html"
    aged.write_text(text.replace(told["checksum"], checksum(text)), encoding="utf-8")

    assert verify(aged) == (
        0,
        f"{aged}: its checksum holds. Only the checksum was checked:\n"
        "  the file observations.csv has changed\n"
        f"  pandas: 1.5.3 then, {told['versions']['pandas']} now\n",
    )


def test_a_file_that_is_no_report_is_refused(tmp_path):
    other = tmp_path / "other.html"
    other.write_text("<p>Không phải báo cáo</p>", encoding="utf-8")
    status, said = verify(other)

    assert status == 2
    assert "got a page that does not say where it comes from; expected one that bcanalysis has made" in said
