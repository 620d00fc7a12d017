import sys
from pathlib import Path

import pytest

from bcanalysis.reports import batch
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.notebooks import Notebook

JOB = Job(
    Notebook(Path("notebooks/overview.ipynb")), "2018H1", {"period": "2018H1", "area": "bac-giang", "lang": "vi"}, "2018H1/overview"
)


def test_a_report_whose_page_cannot_be_made_leaves_a_page_that_says_so(monkeypatch, tmp_path):
    def broken(*_: object) -> None:
        raise TypeError("an output of no known form")

    monkeypatch.setattr(batch, "make_report", broken)
    (outcome,) = list(batch.run_jobs([JOB], tmp_path))

    assert (outcome.status, outcome.error) == ("failed", "TypeError: an output of no known form")
    assert outcome.outputs == ("overview.html",)
    page = (tmp_path / "2018H1/overview.html").read_text(encoding="utf-8")
    assert '<meta name="bcanalysis-status" content="failed">' in page
    assert "an output of no known form" in page
    assert '"status": "failed"' in (tmp_path / "2018H1/run.jsonl").read_text(encoding="utf-8")
    assert (tmp_path / "2018H1/index.html").is_file()


def test_a_folder_that_cannot_be_written_stops_the_batch(monkeypatch, tmp_path):
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(batch, "make_report", full)
    with pytest.raises(OSError, match="No space left"):
        list(batch.run_jobs([JOB], tmp_path))


def test_threads_take_quicker_turns_only_while_a_batch_runs():
    usual = sys.getswitchinterval()
    with batch.quick_turns():
        assert sys.getswitchinterval() == pytest.approx(usual / 10)
    assert sys.getswitchinterval() == usual
