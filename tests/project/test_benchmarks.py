"""That the benchmark compares like with like and counts everything; how long anything takes is not tested here."""

import json
import sys
from pathlib import Path

import pytest

from bcanalysis.intake.source import proposed
from bcanalysis.reports.notebooks import Notebook
from benchmarks import batch, intake, panel, table
from benchmarks.environments import Environment
from benchmarks.measure import ROOT, measure
from benchmarks.reports import choose, read_list, write_list
from benchmarks.sides import SIDES

CHILD = "import time; held = b'x' * 80_000_000\nwhile time.process_time() < 0.3: pass\ntime.sleep(0.3)"
START = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {CHILD!r}])"
HERE = Environment("lab", Path("bin"))


def test_the_reports_are_distinct_and_on_file(dataset):
    reports = choose(200)
    stated = set(dataset["observations"][["area", "period"]].itertuples(index=False, name=None))

    assert len({(report.notebook, *sorted(report.parameters.items())) for report in reports}) == 200
    for report in reports:
        known = Notebook(report.path).parameters
        assert set(report.parameters) <= set(known)
        assert (report.parameters.get("area", known["area"]), report.parameters["period"]) in stated


def test_parameters_say_only_what_differs_from_the_notebook():
    for report in choose(200):
        defaults = Notebook(report.path).parameters
        assert all(report.parameters.get(name) != defaults[name] for name in ("area", "lang"))


def test_few_reports_are_the_first_of_many():
    assert choose(12) == choose(200)[:12]
    assert (choose(1)[0].notebook, choose(1)[0].parameters) == ("overview", {"period": "2018H1"})


def test_a_list_is_read_as_it_was_written(tmp_path):
    file = write_list(choose(200), tmp_path / "reports.csv")

    assert [(report.notebook, report.parameters) for report in read_list(file)] == [
        (report.notebook, report.parameters) for report in choose(200)
    ]


@pytest.mark.parametrize("side", SIDES)
def test_every_side_is_given_the_same_reports(side, tmp_path):
    reports = choose(12)
    command = SIDES[side](HERE, reports, tmp_path / "out")

    if side.startswith("a"):
        script = Path(command[-1]).read_text(encoding="utf-8")
        assert all(" ".join(f"-r {name} {text}" for name, text in report.parameters.items()) in script for report in reports)
        assert script.count("bin/papermill") == script.count("bin/jupyter nbconvert") == 12
    else:
        assert [report.parameters for report in read_list(tmp_path / "reports.csv")] == [report.parameters for report in reports]


def test_sides_take_turns_and_the_slow_ones_run_once():
    assert [step.side for step in batch.plan(HERE, 12, ["ours", "a-stock"])] == ["ours", "a-stock", "ours", "ours"]
    assert [step.side for step in batch.plan(HERE, 60, ["ours", "a"], repeat=2)] == ["ours", "a", "ours", "a"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about the descendants of a process")
@pytest.mark.parametrize(
    "ending",
    ["child.wait()", "child.returncode = 0", "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); child.wait()"],
    ids=["waited for", "left alone", "disowned"],
)
def test_a_process_started_by_the_command_is_counted(ending):
    cost = measure([sys.executable, "-c", f"{START}\n{ending}"])

    assert cost.cpu > 0.2
    assert cost.peak > 80e6 > cost.driver
    assert cost.left_behind == 0


def test_a_command_that_fails_is_told_with_its_last_words():
    with pytest.raises(RuntimeError, match=r"status 3:\nnothing to report"):
        measure([sys.executable, "-c", "import sys; print('nothing to report', file=sys.stderr); sys.exit(3)"])


def run(reports: int, side: str, wall: float, environment: str = "lab") -> dict:
    sizes = {"peak": 250_000_000, "driver": 120_000_000 + reports * 10_000, "written": 2_100_000 * reports, "left_behind": 0}
    key = {"environment": environment, "reports": reports, "side": side}
    return {**key, "wall": wall, "cpu": 2 * wall, **sizes, "day": "2026-01-02", "commit": "abc1234"}


CONTENT = {
    "machine": {
        "system": "Linux x86_64",
        "processor": "Some processor",
        "processors": 4,
        "memory": 8 * 2**30,
        "python": "3.11.7",
        "versions": {"papermill": "2.7.0", "jupyterlab": None},
        "day": "2026-01-02",
        "commit": "abc1234",
    },
    "runs": [
        *(run(12, "ours", wall) for wall in (6.0, 5.0, 9.0)),
        run(12, "a", 150.0),
        run(12, "a-stock", 144.0),
        run(12, "c", 5.0),
        run(60, "ours", 24.0),
        run(200, "ours", 80.0),
        run(12, "ours", 5.0, "no lab"),
        run(12, "a", 30.0, "no lab"),
    ],
    "load": {"ours": {"wall": 0.9, "cpu": 0.8}, "theirs": {"wall": 0.6, "cpu": 0.5}, "ratio": {"wall": 1.5, "cpu": 1.6}},
    "documents": {
        "forms": {"ours": {"wall": 1.5, "cpu": 2.5}, "theirs": {"wall": 6.0, "cpu": 5.0}, "ratio": {"wall": 0.26, "cpu": 0.5}},
        "batches": [
            {"reports": 3, "forms": ["html", "pdf", "docx", "xlsx"], "wall": 9.0, "cpu": 12.0},
            {"reports": 12, "forms": ["html", "pdf", "docx", "xlsx"], "wall": 24.0, "cpu": 36.0},
            {"reports": 12, "forms": ["html"], "wall": 16.0, "cpu": 30.0},
        ],
    },
}
RENDERED = """\
Measured on 2026-01-02 at abc1234: Some processor, two of 4 processors, 8 GiB, Linux x86_64, Python 3.11.7, papermill 2.7.0.

### What must hold

| what | limit | measured | holds |
| --- | --- | --- | --- |
| 12 reports: wall time of (a) / ours | at least 20 | 24.00 | yes |
| the same, with our put-off import in its kernels | at least 20 | – | not measured |
| 12 reports: wall time of (b) / ours | at least 6 | – | not measured |
| 12 reports, no JupyterLab: wall time of (a) / ours | at least 8 | 6.00 | **no** |
| 12 reports: wall time of ours / (c), the floor | at most 1.5 | 1.20 | yes |
| 1 report: wall time of ours / (a) | at most 0.25 | – | not measured |
| wall time for each report of ours, 60 reports / 12 | at most 1 | 0.80 | yes |
| memory of our driver, 200 reports / 12 | at most 1.2 | 1.02 | yes |
| processes of ours left behind, 12 reports | at most 0 | 0.00 | yes |
| all forms of an executed notebook / nbconvert's webpdf, wall time | at most 0.33 | 0.26 | yes |
| wall time for each official report, 12 reports / 3 | at most 1 | 0.67 | yes |

### In the project's own environment, with JupyterLab

| reports | side | runs | wall s | / ours | CPU s | / ours | peak MB | driver MB | written MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 12 | bcanalysis report | 3 | 6.0 | 1.00 | 12.0 | 1.00 | 250 | 120 | 25.2 |
| 12 | (a) papermill and nbconvert commands | 1 | 150.0 | 25.00 | 300.0 | 25.00 | 250 | – | 25.2 |
| 12 | (c) the floor | 1 | 5.0 | 0.83 | 10.0 | 0.83 | 250 | 120 | 25.2 |
| 12 | (a) with nbconvert's own page | 1 | 144.0 | 24.00 | 288.0 | 24.00 | 250 | – | 25.2 |
| 60 | bcanalysis report | 1 | 24.0 | 1.00 | 48.0 | 1.00 | 250 | 121 | 126.0 |
| 200 | bcanalysis report | 1 | 80.0 | 1.00 | 160.0 | 1.00 | 250 | 122 | 420.0 |

### Without JupyterLab

| reports | side | runs | wall s | / ours | CPU s | / ours | peak MB | driver MB | written MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 12 | bcanalysis report | 1 | 5.0 | 1.00 | 10.0 | 1.00 | 250 | 120 | 25.2 |
| 12 | (a) papermill and nbconvert commands | 1 | 30.0 | 6.00 | 60.0 | 6.00 | 250 | – | 25.2 |

### How each grows

| wall s for each report | of 1 | of 12 | of 60 | each further, 1 to 12 | each further, 12 to 60 |
| --- | --- | --- | --- | --- | --- |
| bcanalysis report | – | 0.50 | 0.40 | – | 0.38 |
| (a) papermill and nbconvert commands | – | 12.50 | – | – | – |
| (c) the floor | – | 0.42 | – | – | – |
| (a) with nbconvert's own page | – | 12.00 | – | – | – |

### Loading the tables

| what | ours, wall s | theirs | ratio | ours, CPU s | theirs | ratio |
| --- | --- | --- | --- | --- | --- | --- |
| load and check / pandas reads | 0.90 | 0.60 | 1.50 | 0.80 | 0.50 | 1.60 |

### All forms of an executed notebook

| what | ours, wall s | theirs | ratio | ours, CPU s | theirs | ratio |
| --- | --- | --- | --- | --- | --- | --- |
| HTML, PDF, Word and Excel / webpdf | 1.50 | 6.00 | 0.26 | 2.50 | 5.00 | 0.50 |

### Batches of official reports

| official reports | forms | wall s for each | CPU s for each | wall / page only | CPU / page only |
| --- | --- | --- | --- | --- | --- |
| 3 | html, pdf, docx, xlsx | 3.00 | 4.00 | – | – |
| 12 | html, pdf, docx, xlsx | 2.00 | 3.00 | 1.50 | 1.20 |
| 12 | html | 1.33 | 2.50 | 1.00 | 1.00 |
"""


def test_the_tables_follow_from_the_runs():
    assert table.render(json.loads(json.dumps(CONTENT))) == RENDERED


def test_tables_are_put_between_the_marks_and_nowhere_else(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{table.START}old\n{table.END}\nafter\n", encoding="utf-8")

    for _ in range(2):
        table.write(CONTENT, readme)
        assert readme.read_text(encoding="utf-8") == f"before\n{table.START}\n{RENDERED}\n{table.END}\nafter\n"


def test_the_readme_has_its_marks():
    text = table.README.read_text(encoding="utf-8")

    assert text.count(table.START) == text.count(table.END) == 1


def test_a_generated_workbook_is_read_without_a_fault_and_sums_up(tmp_path):
    workbook = tmp_path / "figures.xlsx"
    total = intake.generate(workbook, 300)
    proposal, _ = proposed(ROOT / "data", str(workbook))

    assert proposal.faults == []
    rows = proposal.rows["observations"]
    assert (len(rows), sum(float(row["value"]) for row in rows)) == (300, pytest.approx(total, rel=1e-12))
    assert len({(row["area"], row["indicator"], row["period"]) for row in rows}) == 300


def test_figures_are_judged_at_their_largest_size_and_shown_at_all():
    few = {"rows": 50_000, "faster": 9.0, "faster_cpu": 8.0, "memory": 1.0, "ours": 1.0, "ours_cpu": 0.9}
    many = {"rows": 200_000, "faster": 2.5, "faster_cpu": 2.25, "memory": 1.5, "ours": 4.8, "ours_cpu": 4.5}
    shown = table.render({"intake": [few, many], "panel": [{**size, "names": "texts"} for size in (few, many)]})

    assert "| importing 200 000 rows: wall time of pandas / ours | at least 3 | 2.50 | **no** |" in shown
    assert "| importing 200 000 rows: memory of ours / pandas | at most 2 | 1.50 | yes |" in shown
    assert "| importing 200 000 rows: seconds for each / with 50 000 | at most 1.5 | 1.20 | yes |" in shown
    assert "| growth of 200 000 rows, names as texts: memory of ours / pandas | at most 2 | 1.50 | yes |" in shown
    assert "| growth of 200 000 rows, names as texts: seconds for each / with 50 000 | at most 1.5 | 1.20 | yes |" in shown
    assert "### Importing a workbook" in shown
    assert "| 50 000 | – | 1.00 | 20.00 | 9.00 | 0.90 | 8.00 | 1.00 |" in shown
    assert "### Growth against the prior year" in shown
    assert "| 200 000 | texts | 4.80 | 24.00 | 2.50 | 4.50 | 2.25 | 1.50 |" in shown


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what memory a process has taken")
@pytest.mark.parametrize(
    ("name", "part", "size", "rows"),
    [("intake", intake, 60, [("60", "–")]), ("panel", panel, 1, [("3 000", "categories"), ("3 000", "texts")])],
)
def test_a_few_figures_are_measured_on_both_sides_and_shown(name, part, size, rows):
    measured = part.run(1, [size])
    lines = table.render({name: measured}).splitlines()

    assert all(number > 0 for run in measured for key, number in run.items() if key != "names")
    assert [line.split(" | ")[:2] for line in lines if line.startswith(f"| {rows[0][0]} | ")] == [
        [f"| {row}", names] for row, names in rows
    ]
    assert len([line for line in lines if "wall time of pandas / ours" in line]) == len(rows)


def test_pages_and_clicks_are_rendered_and_judged_by_the_latest_page_and_by_the_first_click_too():
    paints = {
        "overview": {"ours": 204.0, "theirs": 240.0, "ratio": 0.85},
        "indicator": {"ours": 260.4, "theirs": 250.0, "ratio": 1.04},
    }
    clicks = {"ours": [2.7, 1.8, 1.5], "stock": [4.5, 3.6, 3.9]}
    rendered = table.render({"pages": paints, "lab": clicks})

    assert "| first paint of a page / of nbconvert's own, the latest of 2 (indicator) | at most 1 | 1.04 | **no** |" in rendered
    assert "| indicator | 260 | 250 | 1.04 |\n| overview | 204 | 240 | 0.85 |" in rendered
    assert "first output: ours / a stock kernel | at most 0.5 | 0.46 | yes |" in rendered
    assert "first output: ours / a stock kernel, the first click | at most 0.5 | 0.60 | **no** |" in rendered
    assert "| the first | 3 | 2.70 | 4.50 | 0.60 |\n| median of all | 3 | 1.80 | 3.90 | 0.46 |" in rendered
