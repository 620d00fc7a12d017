"""What is kept can be made again: a row that ``--matrix`` reads, a notebook in the house form that shows the same."""

import inspect
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import UsageError
from bcanalysis.explorer.cells import notebook_of, parameters_cell
from bcanalysis.explorer.keep import add_to_batch, save_notebook
from bcanalysis.explorer.view import Seen, View
from bcanalysis.reports.jobs import codes_of
from bcanalysis.reports.matrix import read_matrix
from bcanalysis.reports.notebooks import find_notebooks

from ..notebooks import test_rules
from ..notebooks.conftest import ROOT

EXPORTS = View("2018H1", "bac-giang", indicators="export_value", indicator="export_value")
OUTPUT = View("2018H1", "bac-giang", indicators="industrial_output export_value", indicator="industrial_output")


def test_a_row_is_written_once_and_read_by_the_matrix(tmp_path, dataset):
    (folder := tmp_path / "notebooks").mkdir()
    other = replace(EXPORTS, area="bac-ninh", other_periods="2017H1 2016H1", as_of="2018-06-14")
    said = [add_to_batch(view, folder) for view in (EXPORTS, other, EXPORTS)]
    jobs = read_matrix(folder / "reports.csv", codes_of(dataset))

    assert said == [
        "Đã thêm một dòng vào reports.csv (1 dòng). Lập tất cả: bcanalysis report --matrix notebooks/reports.csv",
        "Đã thêm một dòng vào reports.csv (2 dòng). Lập tất cả: bcanalysis report --matrix notebooks/reports.csv",
        "reports.csv đã có dòng này (2 dòng). Lập tất cả: bcanalysis report --matrix notebooks/reports.csv",
    ]
    assert [(job.notebook.name, dict(job.parameters)) for job in jobs] == [
        ("explore", {"period": "2018H1", "indicators": "export_value", "indicator": "export_value"}),
        (
            "explore",
            {
                "period": "2018H1",
                "area": "bac-ninh",
                "indicators": "export_value",
                "indicator": "export_value",
                "as_of": "2018-06-14",
                "other_periods": "2017H1 2016H1",
            },
        ),
    ]
    assert [path.name for path in folder.iterdir()] == ["reports.csv"]


def test_rows_and_columns_of_a_table_that_is_there_are_kept(tmp_path, dataset):
    path = tmp_path / "reports.csv"
    path.write_text("notebook,period,indicator\nindicator,2018H1,import_value\noverview,2024H1,\n", encoding="utf-8")
    add_to_batch(EXPORTS, tmp_path)

    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "notebook,period,indicator,area,lang,data,as_of,indicators,price_basis,other_areas,other_periods",
        "indicator,2018H1,import_value,,,,,,,,",
        "overview,2024H1,,,,,,,,,",
        "explore,2018H1,export_value,bac-giang,vi,,,export_value,,,",
    ]
    assert len(read_matrix(path, codes_of(dataset))) == 3


def test_a_table_that_is_none_is_left_alone(tmp_path):
    path = tmp_path / "reports.csv"
    path.write_text("notebook;period\noverview;2018H1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("got the columns notebook;period; expected notebook, period")):
        add_to_batch(EXPORTS, tmp_path)
    assert path.read_text(encoding="utf-8") == "notebook;period\noverview;2018H1\n"


CODE = st.lists(st.sampled_from(["export_value", "import_value", "retail_sales", "industrial_output"]), min_size=1, unique=True)
PERIODS = st.lists(st.sampled_from(["2018H1", "2024H1", "2017", "2018M01-M05"]), unique=True)
VIEWS = st.builds(
    View,
    period=st.sampled_from(["2018H1", "2024H1"]),
    area=st.sampled_from(["bac-giang", "bac-ninh"]),
    lang=st.sampled_from(["vi", "en"]),
    as_of=st.sampled_from(["", "2018-06-14"]),
    indicators=CODE.map(" ".join),
    price_basis=st.sampled_from(["", "current", "not_stated"]),
    other_areas=st.sampled_from(["", "hai-duong", "hai-duong bac-ninh"]),
    other_periods=PERIODS.map(" ".join),
)


@given(views=st.lists(VIEWS, min_size=1, max_size=5, unique=True))
def test_every_view_comes_back_from_the_table_as_it_was(tmp_path_factory, dataset, views):
    folder, codes = tmp_path_factory.mktemp("batch"), codes_of(dataset)
    settled = [view.settled(codes) for view in views]
    for view in settled:
        add_to_batch(view, folder)
    jobs = read_matrix(folder / "reports.csv", codes)

    assert [View(**{**job.notebook.parameters, **job.parameters}) for job in jobs] == list(dict.fromkeys(settled))
    assert all(len(job.stem.encode()) < 200 for job in jobs)


def run(path) -> list:
    """Give what the cells of a notebook show that end with a call on one line."""
    names: dict = {}
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            *done, last = cell.source.splitlines()
            if last.startswith("bc."):
                exec("\n".join(done), names)  # noqa: S102  (as a kernel does)
                shown.append(eval(last, names))  # noqa: S307
            else:
                exec(cell.source, names)  # noqa: S102
    return shown


@pytest.mark.parametrize("basis", ["", "constant_2010"])
def test_the_notebook_shows_what_was_seen(tmp_path, dataset, basis):
    view = replace(OUTPUT, price_basis=basis)
    assert save_notebook(view, dataset, tmp_path) == "Đã lưu explore-2018H1-bac-giang.ipynb; mở tệp này ở danh sách bên trái."
    parts = Seen(view, dataset).parts()

    _record, *shown = run(tmp_path / "explore-2018H1-bac-giang.ipynb")
    assert shown == [parts[name] for name in ("table", "growth", "plan", "history", "contributions")]


def test_what_is_set_beside_has_tables_of_its_own(dataset):
    cells = [cell.source for cell in notebook_of(replace(EXPORTS, other_areas="bac-ninh"), dataset).cells]
    assert "## Bắc Ninh, 6 tháng đầu năm 2018\n\nCùng các chỉ tiêu ấy." in cells
    assert (
        'beside = bc.compare(dataset, "2018H1", "bac-ninh", indicators=indicators.split())\n'
        'bc.table_comparison(beside[beside["breakdown"] == "total"], lang)'
    ) in cells


RULES = [
    rule for name, rule in vars(test_rules).items() if name.startswith("test_") and "notebook" in inspect.signature(rule).parameters
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_notebook_has_the_house_form(rule, tmp_path, dataset):
    save_notebook(replace(OUTPUT, price_basis="current", other_areas="bac-ninh", other_periods="2017H1"), dataset, tmp_path)
    rule(next(tmp_path.glob("*.ipynb")))


def test_the_notebook_is_formatted_as_the_projects_own_are(tmp_path, dataset):
    ruff = Path(sys.executable).with_name("ruff")
    save_notebook(replace(OUTPUT, price_basis="current", other_areas="bac-ninh", other_periods="2017H1"), dataset, tmp_path)
    (copy := tmp_path / "notebooks").mkdir()
    next(tmp_path.glob("*.ipynb")).rename(copy / "view.ipynb")
    for command in (["format", "--check"], ["check"]):
        asked = [ruff, *command, "--config", ROOT / "pyproject.toml", copy]
        run = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_there_are_rules_of_the_house_form():
    assert len(RULES) >= 9


def test_no_notebook_is_written_over(tmp_path, dataset):
    for _ in range(3):
        save_notebook(EXPORTS, dataset, tmp_path)
    names = ["explore-2018H1-bac-giang-2.ipynb", "explore-2018H1-bac-giang-3.ipynb", "explore-2018H1-bac-giang.ipynb"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_explore_is_made_only_if_it_is_named():
    (explore,) = find_notebooks(["explore"])
    assert explore.only_by_name
    assert "explore" not in [notebook.name for notebook in find_notebooks()]


def test_the_parameters_of_explore_are_those_of_a_view():
    (explore,) = find_notebooks(["explore"])
    (cell,) = [cell for cell in explore.cells if "parameters" in cell["metadata"].get("tags", [])]
    view = View("2018H1", "bac-giang")

    assert explore.parameters == view.parameters
    assert "".join(cell["source"]) == parameters_cell(tuple(view.parameters), view, "vi")
    assert json.loads(explore.path.read_text(encoding="utf-8"))["metadata"]["bcanalysis_only_by_name"] is True
