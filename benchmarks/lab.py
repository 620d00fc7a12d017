"""From the click on a notebook in JupyterLab to its first output: warm kernels against stock ones, side by side in a browser."""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.jupyterlab import OURS, STOCK, keep_time, open_lab, open_notebook, serving, time_taken
from benchmarks.measure import ROOT

RUNS = 5
LOOKED = 5.0  # seconds a user looks at the list before the click; what is not warm by then costs the first click
_SIDES = {"ours": OURS, "stock": STOCK}
_BROWSER = {"args": ["--no-sandbox", "--disable-gpu"]}


def run(runs: int = RUNS, notebook: str = "overview.ipynb") -> dict[str, list[float]]:
    """Measure both sides in turns.

    Parameters
    ----------
    runs : int
        How often a notebook is opened on each side, each time with a kernel of its own; the first click after the start of
        JupyterLab is among them.
    notebook : str
        Which.

    Returns
    -------
    dict of str to list of float
        Seconds by side, in order.
    """
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {side: [] for side in _SIDES}
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), **_BROWSER)
        folders = {side: _project(Path(place) / side) for side in _SIDES}
        with (
            serving(folders["ours"], folders["ours"] / "home", OURS) as ours,
            serving(folders["stock"], folders["stock"] / "home", STOCK) as stock,
        ):
            pages = {"ours": browser.new_page(), "stock": browser.new_page()}
            for side, address in (("ours", ours), ("stock", stock)):
                open_lab(pages[side], address)
                keep_time(pages[side])
            time.sleep(LOOKED)
            for _ in range(runs):
                for side, page in pages.items():
                    shutil.copy2(ROOT / "notebooks" / notebook, folders[side] / "notebooks" / notebook)
                    times[side].append(_click(page, notebook))
        browser.close()
    return times


def _project(folder: Path) -> Path:
    (folder / "home").mkdir(parents=True)
    for part in ("notebooks", "data"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def _click(page: Any, notebook: str) -> float:
    page.bring_to_front()
    open_notebook(page, notebook)
    took = time_taken(page)
    page.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.sessionContext.shutdown();
            panel.context.model.dirty = false;  // outputs that were stored would be there at once the next time
            panel.close();
        }"""
    )
    page.wait_for_selector(".jp-NotebookPanel", state="detached")
    return took


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    found = run(parser.parse_args().runs)
    choices = {"first": lambda taken: taken[0], "median": statistics.median, "best": min}
    told = {how: {side: choose(taken) for side, taken in found.items()} for how, choose in choices.items()}
    for how, taken in told.items():
        print(
            f"{how:8}ours {taken['ours']:6.2f} s  stock {taken['stock']:6.2f} s  ours / stock {taken['ours'] / taken['stock']:.2f}"
        )
