"""A batch that was killed goes on where it stopped, and a batch that is asked for again makes only what has changed."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from .conftest import ROOT, Batch, report, write_notebook
from .test_faults import gone_within

HALVES = [f"{year}H1" for year in range(2009, 2024)]
KILLS = 30 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 6


def lines(folder: Path) -> list[dict]:
    """Read all lines of all run records; a torn one is none."""
    found = []
    for file in sorted(folder.glob("*/run.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError:
                continue
    return found


def pages_of(folder: Path) -> list[Path]:
    """List the pages a reader sees, not those that were being written aside."""
    return [page for page in folder.rglob("*.html") if not page.name.startswith(".")]


def whole(page: Path) -> bool:
    text = page.read_text(encoding="utf-8")
    return text.startswith("<!DOCTYPE html>") and text.rstrip().endswith("</html>")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed on Linux only")
def test_a_batch_killed_at_any_moment_goes_on_and_makes_nothing_twice(tmp_path):
    chance = random.Random(132)  # noqa: S311
    notebooks = [str(write_notebook(tmp_path, name, f"print(period, {name!r})")) for name in ("one", "two")]
    arguments = [*HALVES, *[word for notebook in notebooks for word in ("--notebook", notebook)]]
    out = tmp_path / "out"
    for number in range(KILLS):
        mark = f"killed-{number}-of-{os.getpid()}"
        command = [sys.executable, "-m", "bcanalysis", "report", *arguments, "--out", str(out), "--jobs", "2"]
        driver = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "MARK": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, 7))
        driver.kill()
        driver.wait()
        assert gone_within(mark, 2)
        assert all(whole(page) for page in pages_of(out))
        for line in (line for line in lines(out) if line["status"] == "ok"):
            assert all((out / line["period"] / file).is_file() for file in line["outputs"])
    last = report(out, *arguments)

    assert last.status == 0, last.printed
    pages = sorted(path.relative_to(out).as_posix() for path in out.glob("*/*.html") if path.name != "index.html")
    assert pages == sorted(f"{half}/{name}.html" for half in HALVES for name in ("one", "two"))
    assert all(whole(page) for page in pages_of(out))
    assert not list(out.rglob("*.part-*"))
    made = Counter(f"{line['period']}/{line['outputs'][0]}" for line in lines(out) if line["status"] == "ok")
    assert made == dict.fromkeys(pages, 1)  # a page without its line is made again: it was not known to be finished


def test_a_torn_last_line_is_no_line_and_the_next_one_is_whole(tmp_path):
    sound = str(write_notebook(tmp_path, "sound", "print('xong')"))
    made = report(tmp_path / "out", "2018H1", "--notebook", sound)
    record = made.folder / "2018H1/run.jsonl"
    whole_line = record.read_text(encoding="utf-8")
    record.write_text(whole_line[: len(whole_line) // 2], encoding="utf-8")
    again = report(made.folder, "2018H1", "--notebook", sound)

    assert "[1/1] ok" in again.printed
    assert [line["status"] for line in lines(made.folder)] == ["ok"]
    assert "skipped" in report(made.folder, "2018H1", "--notebook", sound).printed


WAIT = """\
import time
from pathlib import Path
Path({begun!r}).touch()
until = time.monotonic() + 60
while not Path({end!r}).exists() and time.monotonic() < until:
    time.sleep(0.05)"""


def test_a_second_run_into_the_same_folder_refuses_and_the_first_goes_on(tmp_path):
    slow = str(write_notebook(tmp_path, "slow", WAIT.format(begun=str(tmp_path / "begun"), end=str(tmp_path / "end"))))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bcanalysis", "report", "2018H1", "--notebook", slow, "--out", str(out)]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not (tmp_path / "begun").exists() and time.monotonic() < until:
        time.sleep(0.05)
    second = report(out, "2018H1", "--notebook", slow)

    assert second.status == 2
    assert f"out: got {out}, where another run is writing; wait for its end, or name another folder" in second.printed
    (tmp_path / "end").touch()
    assert first.wait(60) == 0
    assert [line["status"] for line in lines(out)] == ["ok"]


def test_a_page_that_is_gone_or_was_changed_is_made_again_and_force_makes_all(tmp_path):
    notebooks = [str(write_notebook(tmp_path, name, "print('xong')")) for name in ("one", "two", "three")]
    arguments = ["2018H1", *[word for notebook in notebooks for word in ("--notebook", notebook)]]
    out = report(tmp_path / "out", *arguments).folder
    (out / "2018H1/one.html").unlink()
    (out / "2018H1/two.html").write_text("khác", encoding="utf-8")
    again = report(out, *arguments)
    forced = report(out, *arguments, "--force")

    assert sorted(re.findall(r"(\w+) +2018H1/(\w+)\.html", again.printed)) == [("ok", "one"), ("ok", "two"), ("skipped", "three")]
    assert sorted(re.findall(r"(\w+) +2018H1/(\w+)\.html", forced.printed)) == [("ok", "one"), ("ok", "three"), ("ok", "two")]


# The mutation table: a copy of the project, three reports of it, one change at a time.

REPORTS = [("overview", "bac-giang", "2018H1"), ("market_surveillance", "bac-giang", "2018H1"), ("overview", "hai-duong", "2019H1")]


class Copy:
    """A copy of the project with its reports, to change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("bcanalysis", "data", "notebooks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*", ".ipynb_checkpoints"))
        with (folder / "matrix.csv").open("w", encoding="utf-8") as file:
            csv.writer(file).writerows([("notebook", "area", "period"), *REPORTS])

    def run(self, command: str, *arguments: str) -> Batch:
        where = ["--matrix", "matrix.csv", "--name", "{area}/{notebook}", "--out", "out"]
        env = {**os.environ, "PYTHONPATH": f"{self.folder / 'fake'}{os.pathsep}{self.folder}", "PYTHONDONTWRITEBYTECODE": "1"}
        line = [sys.executable, "-m", "bcanalysis", command, *where, *arguments]
        run = subprocess.run(line, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        return Batch(self.folder / "out", run.returncode, run.stdout + run.stderr)

    def notebook(self, name: str, change: Callable[[nbformat.NotebookNode], None]) -> None:
        path = self.folder / f"notebooks/{name}.ipynb"
        nb = nbformat.read(path, as_version=4)
        change(nb)
        nbformat.write(nb, path)

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old}: {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    copied = Copy(tmp_path_factory.mktemp("copy"))
    made = copied.run("report")
    assert made.status == 0, made.printed
    assert copied.run("status").printed.split()[::2] == ["up_to_date"] * 3
    return copied


def tagged(nb: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    return next(cell for cell in nb.cells if tag in cell.metadata.get("tags", []))


def prose(copy: Copy) -> None:
    copy.notebook("overview", lambda nb: tagged(nb, "lang-vi").update(source=tagged(nb, "lang-vi").source + " Thêm."))


def english_prose(copy: Copy) -> None:
    copy.notebook("overview", lambda nb: tagged(nb, "lang-en").update(source=tagged(nb, "lang-en").source + " More."))


def code(copy: Copy) -> None:
    copy.notebook(
        "market_surveillance",
        lambda nb: nb.cells[-1].update(cell_type="markdown") or nb.cells.append(nbformat.v4.new_code_cell("1")),
    )


def default_of_a_parameter(copy: Copy) -> None:
    def change(nb: nbformat.NotebookNode) -> None:
        cell = tagged(nb, "parameters")
        cell.source = cell.source.replace('area = "bac-giang"', 'area = "bac-ninh"')

    copy.notebook("market_surveillance", change)


def a_row_that_is_used(copy: Copy) -> None:
    copy.replace("data/observations.csv", "3.140 triệu USD,,estimate,2018-06-14", "3.140 triệu USD,,reported,2018-06-14")


def a_row_of_another_theme(copy: Copy) -> None:
    copy.replace("data/observations.csv", "2.258.108.000 đồng,,reported", "2.258.108.000 đồng,,preliminary")


def a_row_that_nobody_uses(copy: Copy) -> None:
    path = copy.folder / "data/observations.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, row in enumerate(rows) if row.startswith("bac-ninh,"))
    path.write_text("".join(rows[:place] + rows[place + 1 :]), encoding="utf-8")


def a_function_of_the_library(copy: Copy) -> None:
    path = copy.folder / "bcanalysis/indicators.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n\ndef _more() -> int:\n    return 1\n", encoding="utf-8")


def the_version_of_a_package(copy: Copy) -> None:
    info = copy.folder / "fake/plotly-99.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plotly\nVersion: 99.0\n", encoding="utf-8")


def only_times(copy: Copy) -> None:
    for path in (*copy.folder.glob("notebooks/*.ipynb"), *copy.folder.glob("data/*"), *copy.folder.glob("bcanalysis/*.py")):
        path.touch()


def nothing_but_order(copy: Copy) -> None:
    path = copy.folder / "data/sources.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *reversed(rows)]), encoding="utf-8")


ALL = set(REPORTS)
OVERVIEWS = {REPORTS[0], REPORTS[2]}
MUTATIONS = [
    (prose, OVERVIEWS, "the notebook"),
    (english_prose, set(), ""),
    (code, {REPORTS[1]}, "the notebook"),
    (default_of_a_parameter, {REPORTS[1]}, "the notebook"),
    (a_row_that_is_used, {REPORTS[0]}, "rows of statements"),
    (a_row_of_another_theme, {REPORTS[1]}, "rows of statements"),
    (a_row_that_nobody_uses, set(), ""),
    (a_function_of_the_library, ALL, "the library's code"),
    (the_version_of_a_package, ALL, "package plotly, 7.1.0 then, 99.0 now"),
    (only_times, set(), ""),
    (nothing_but_order, set(), ""),
]


@pytest.mark.parametrize(("change", "expected", "reason"), MUTATIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_exactly_the_reports_that_a_change_concerns_are_made_again(copy, tmp_path, change, expected, reason):
    kept = tmp_path / "kept"
    shutil.copytree(copy.folder, kept, copy_function=shutil.copy2)
    changed = Copy.__new__(Copy)
    changed.folder = kept
    change(changed)
    told = changed.run("status", "--why").printed.splitlines()
    stale = {
        job
        for job, line in zip(REPORTS, told, strict=True)
        if not line.startswith("up_to_date") and line.split()[1] == place_of(job)
    }

    assert stale == expected, told
    assert all(reason in line for line in told if line.startswith("out_of_date")), told
    assert remade(changed.run("report")) == {place_of(job) for job in expected}
    assert remade(changed.run("report")) == set()


def place_of(job: tuple[str, str, str]) -> str:
    notebook, area, period = job
    return f"{period}/{area}/{notebook}.html"


def remade(made: Batch) -> set[str]:
    assert made.status == 0, made.printed
    return set(re.findall(r"\] (?:ok|no_data) +(\S+\.html)", made.printed))


def test_another_parameter_is_another_report_and_the_dry_run_tells_what_would_be_made(copy, tmp_path):
    shutil.copytree(copy.folder, tmp_path / "kept")
    changed = Copy.__new__(Copy)
    changed.folder = tmp_path / "kept"
    changed.replace("matrix.csv", "market_surveillance,bac-giang,2018H1", "market_surveillance,hai-phong,2018H1")
    told = changed.run("report", "--dry-run").printed.splitlines()

    assert [line.split()[:2] for line in told] == [
        ["keep", "2018H1/bac-giang/overview.html"],
        ["make", "2018H1/hai-phong/market_surveillance.html"],
        ["keep", "2019H1/hai-duong/overview.html"],
        ["1", "of"],
    ]
    assert not (changed.folder / "out/2018H1/hai-phong").exists()
