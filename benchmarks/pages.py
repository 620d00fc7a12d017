"""First contentful paint of report pages, against nbconvert's own HTML of the same executed notebooks; from files, offline."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import Browser, sync_playwright

from benchmarks.environments import with_lab
from benchmarks.measure import measure

RUNS = 41  # the first paint of one page varies by a third from one time to the next
PERIODS = ("2018H1", "2024H1")
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_MOST_WAITED = 100  # times a twentieth of a second


def run(runs: int = RUNS) -> dict[str, dict[str, float]]:
    """Give for each report of two periods the medians in milliseconds, ours and theirs in turn, and that of the pairs' ratio."""
    with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
        measure([with_lab().program("bcanalysis"), "report", *PERIODS, "--out", folder])
        pairs = [pair for period in PERIODS for pair in _printed_twice(Path(folder) / period)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
            paints = {f"{ours.parent.name}/{ours.stem}": _in_turn(browser, ours, theirs, runs) for ours, theirs in pairs}
            browser.close()
    return paints


def _printed_twice(folder: Path) -> Iterator[tuple[Path, Path]]:
    (folder / "nbconvert").mkdir()
    warnings.filterwarnings("ignore", message="Your element with mimetype", category=UserWarning)  # nbconvert draws no charts
    for notebook in sorted(folder.glob("*.ipynb")):
        theirs = folder / "nbconvert" / f"{notebook.stem}.html"
        html, _ = HTMLExporter().from_notebook_node(nbformat.read(notebook, 4))
        theirs.write_text(html, encoding="utf-8")
        yield notebook.with_suffix(".html"), theirs


def _in_turn(browser: Browser, ours: Path, theirs: Path, runs: int) -> dict[str, float]:
    _paint(browser, ours), _paint(browser, theirs)  # files into the cache
    pairs = [(_paint(browser, ours), _paint(browser, theirs)) for _ in range(runs)]
    return {
        "ours": statistics.median(first for first, _ in pairs),
        "theirs": statistics.median(second for _, second in pairs),
        "ratio": statistics.median(first / second for first, second in pairs),
    }


def _paint(browser: Browser, file: Path) -> float:
    """Open a page in a profile of its own and give the milliseconds until it shows something."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_offline(True)
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="commit")
    painted = None
    for _ in range(_MOST_WAITED):
        painted = page.evaluate(_PAINT)
        if painted is not None:
            break
        page.wait_for_timeout(50)
    context.close()
    if painted is None:
        raise RuntimeError(f"{file.name}: got no paint; expected one")
    return float(painted)


if __name__ == "__main__":
    for name, paint in run().items():
        print(f"{name:28} {paint['ours']:7.0f} ms, nbconvert {paint['theirs']:7.0f} ms, ratio {paint['ratio']:.2f}")
