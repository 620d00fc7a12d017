import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bcanalysis.reports.exporters.provenance import DECLARED, embedded_provenance

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Batch:
    folder: Path
    status: int
    printed: str

    def page(self, place: str) -> str:
        return (self.folder / place).read_text(encoding="utf-8")

    def records(self, period: str) -> dict[str, dict]:
        lines = (self.folder / period / "run.jsonl").read_text(encoding="utf-8").splitlines()
        return {record["outputs"][0]: record for record in map(json.loads, lines)}


def report(folder: Path, *arguments: str) -> Batch:
    command = [sys.executable, "-m", "bcanalysis", "report", *arguments, "--out", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return Batch(folder, run.returncode, run.stdout + run.stderr)


def visible_text(page: str) -> str:
    """Give the words of a page: no scripts, no styles, no tags, blanks folded."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def undated(page: str) -> str:
    """Blank what a page declares of its making that may differ."""
    told = dict(embedded_provenance(page))
    shown = re.sub(r"\d\d:\d\d ngày \d\d/\d\d/\d{4}", "", page)
    for name in DECLARED:
        shown = shown.replace(json.dumps(told[name], ensure_ascii=False, separators=(",", ":")), "")
    return shown.replace(told["checksum"], "")


def write_notebook(folder: Path, name: str, *sources: str) -> Path:
    parameters = 'period = "2018H1"  # kỳ\narea = "bac-giang"  # địa bàn\nlang = "vi"  # ngôn ngữ\n'
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Thử"}]
    for number, source in enumerate([parameters, *sources]):
        tags = ["parameters"] if number == 0 else []
        cells.append(
            {
                "cell_type": "code",
                "id": f"c{number}",
                "metadata": {"tags": tags},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
        )
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def batch(tmp_path_factory) -> Batch:
    """Everything `make report` makes."""
    return report(tmp_path_factory.mktemp("reports"), "2018H1", "2024H1")
