"""The explorer as a user has it: real JupyterLab in a real browser, every control used once, and what is kept."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from bcanalysis.dataset.load import load
from bcanalysis.reports.jobs import codes_of
from bcanalysis.reports.matrix import read_matrix
from benchmarks.jupyterlab import open_lab, open_notebook, serving

pytest.importorskip("jupyterlab")
pytest.importorskip("ipywidgets")

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for part in ("notebooks", "data"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


@pytest.fixture(scope="module")
def lab(project, browser, tmp_path_factory):
    """The page of `bcanalysis lab` on a system that speaks Vietnamese; nothing is asked of the network."""
    home = tmp_path_factory.mktemp("home")
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with serving(project, home, env={"LANG": "vi_VN.UTF-8", "PYTHONPATH": path}) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        open_lab(page, address)
        yield page
        page.close()
        elsewhere = [url for url in asked if not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:", url)]
        assert elsewhere == []
        assert "Error" not in re.findall(r"bcanalysis.kernels.server.*", (home / "server.log").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    """Where screenshots go, to be looked at."""
    folder = Path(os.environ.get("BCANALYSIS_ARTEFACTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Shown:
    """The explorer on the page."""

    def __init__(self, page) -> None:
        self.page = page
        self.output = page.locator(
            ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea", has=page.locator(".jupyter-widgets")
        ).last

    def control(self, label: str):
        labelled = self.page.locator(".widget-vbox", has=self.page.locator(f"strong:text-is('{label}')")).last
        return labelled.locator("select, input[type=date]")

    def button(self, text: str):
        return self.output.get_by_role("button", name=text)

    def expect(self, *, table: str | None = None, charts: dict[int, str] | None = None) -> None:
        """Wait until the words stand in the table and in the charts by their places."""
        if table:
            self.output.locator(".bc-table", has_text=table).wait_for()
        for place, words in (charts or {}).items():
            self.output.locator(".js-plotly-plot").nth(place).locator(f"text:has-text('{words}')").first.wait_for()


@pytest.fixture(scope="module")
def shown(lab) -> Shown:
    open_notebook(lab, "explore.ipynb")
    lab.wait_for_selector(".jupyter-widgets select")
    found = Shown(lab)
    found.expect(table="66.148", charts={3: "21,96"})
    return found


def test_the_interface_is_vietnamese(lab):
    assert lab.locator(".lm-MenuBar-item").all_inner_texts()[:2] == ["Tệp", "Chỉnh sửa"]


def test_the_kernel_is_a_warm_one(shown):
    if sys.platform != "linux":
        pytest.skip("kernels are forked on Linux only")
    code = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
    kernel = shown.page.evaluate(code)
    lines = [Path(f"/proc/{pid}/cmdline") for pid in os.listdir("/proc") if pid.isdigit()]
    started = [line.read_bytes().decode() for line in lines if line.exists()]
    assert not any(kernel in line and "ipykernel_launcher" in line for line in started)


def test_untouched_it_shows_form_table_and_four_charts(shown, pictures):
    assert shown.output.locator("caption").inner_text() == "Kết quả thực hiện các chỉ tiêu, Bắc Giang, 6 tháng đầu năm 2018"
    assert shown.output.locator(".js-plotly-plot").count() == 4
    shown.control("Kỳ báo cáo").scroll_into_view_if_needed()
    shown.page.screenshot(path=pictures / "explore.png")


def test_every_control_changes_table_and_charts(shown, pictures):
    shown.control("Kỳ báo cáo").select_option(label="6 tháng đầu năm 2024")
    shown.expect(table="315.145", charts={0: "32,0%", 1: "47,3%", 2: "315.145"})
    shown.control("Chỉ tiêu").select_option(label=["Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu"])
    shown.expect(table="11.300", charts={0: "20,99%", 2: "12.600"})
    assert "315.145" not in shown.output.inner_text()
    shown.control("Xem kỹ chỉ tiêu").select_option(label="Kim ngạch nhập khẩu")
    shown.expect(charts={2: "Kim ngạch nhập khẩu qua các năm"})
    shown.control("Đặt cạnh các kỳ").select_option(label=["6 tháng đầu năm 2018"])
    shown.expect(table="3.140", charts={0: "6,5%", 1: "40,3%"})
    shown.control("Địa bàn").select_option(label="Bắc Ninh")
    shown.expect(table="Không có số liệu cho kỳ này", charts={0: "Không có số liệu", 3: "Không có số liệu"})
    shown.control("Đặt cạnh các địa bàn").select_option(label=["Bắc Giang"])
    shown.expect(table="12.600", charts={0: "22,58%"})
    shown.control("Địa bàn").select_option(label="Bắc Giang")
    shown.control("Đặt cạnh các địa bàn").select_option([])
    shown.control("Cơ sở giá").select_option(label="giá so sánh 2010")
    shown.expect(table="Không có số liệu cho kỳ này")
    shown.control("Cơ sở giá").select_option(label="mọi cơ sở giá")
    shown.expect(table="12.600")
    shown.control("Số đã biết đến ngày").fill("2018-06-30")
    shown.control("Số đã biết đến ngày").press("Tab")
    shown.output.locator(".sentences", has_text="số đã biết đến ngày 30/6/2018").wait_for()
    shown.expect(table="3.140", charts={0: "6,5%"})
    assert "12.600" not in shown.output.inner_text()
    shown.control("Kỳ báo cáo").scroll_into_view_if_needed()
    shown.page.screenshot(path=pictures / "explore-changed.png")


def test_what_is_seen_is_added_to_the_batch(shown, project, pictures):
    shown.button("Thêm vào danh sách báo cáo").click()
    shown.output.get_by_text("Đã thêm một dòng vào reports.csv (1 dòng)").wait_for()
    shown.page.screenshot(path=pictures / "explore-added.png")
    (job,) = read_matrix(project / "notebooks/reports.csv", codes_of(load(project / "data")))

    assert dict(job.parameters) == {
        "period": "2024H1",
        "as_of": "2018-06-30",
        "indicators": "export_value import_value",
        "indicator": "import_value",
        "other_periods": "2018H1",
    }


def test_what_is_seen_is_saved_as_a_notebook_that_runs_by_hand(shown, project, pictures):
    shown.button("Lưu thành sổ tay").click()
    shown.output.get_by_text("Đã lưu explore-2024H1-bac-giang.ipynb").wait_for()
    page = shown.page
    page.evaluate("window.jupyterapp.commands.execute('filebrowser:refresh')")
    page.locator(".jp-DirListing-item", has_text="explore-2024H1").wait_for()
    open_notebook(page, "explore-2024H1")
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".bc-table", has_text="3.140").wait_for()
    page.screenshot(path=pictures / "explore-notebook.png")
    content = json.loads((project / "notebooks/explore-2024H1-bac-giang.ipynb").read_text(encoding="utf-8"))

    assert "".join(content["cells"][0]["source"]).startswith("# Xem nhanh: Kim ngạch xuất khẩu, Kim ngạch nhập khẩu\n")


def test_the_overview_runs_by_hand(lab, pictures):
    open_notebook(lab, "overview.ipynb")
    panel = lab.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".bc-table", has_text="66.148").first.wait_for()
    panel.locator(".js-plotly-plot .bars").first.wait_for()
    lab.screenshot(path=pictures / "overview.png")
    assert panel.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
