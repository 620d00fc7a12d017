"""All forms of a report at once."""

import subprocess
import sys

import nbformat
import pytest

from bcanalysis.reports import FORMATS
from bcanalysis.reports.exporters import forms
from bcanalysis.reports.exporters.forms import write
from bcanalysis.reports.exporters.together import print_notebook, write_all

from .notebooks_for_tests import chart, code, notebook, run_record, words

REPORT = notebook(words("# Xuất khẩu\n\nTăng 6,5%."), code("1", chart()), run_record())


@pytest.fixture(scope="module")
def one_by_one():
    return {form: write(REPORT, "report", form) for form in FORMATS}


def test_forms_made_at_once_are_those_made_one_by_one(one_by_one):
    assert {form: done.result() for form, done in write_all(REPORT, "report").items()} == one_by_one


def test_a_notebook_is_printed_beside_itself_with_what_is_to_be_said_of_each_form(one_by_one, tmp_path):
    nbformat.write(REPORT, tmp_path / "report.ipynb")

    printed = print_notebook(tmp_path / "report.ipynb")

    assert printed == {tmp_path / f"report.{form}": one_by_one[form].notes for form in ("html", "pdf", "docx", "xlsx")}
    assert {file.suffix[1:]: file.read_bytes() for file in printed} == {form: one.content for form, one in one_by_one.items()}


def test_a_form_that_fails_takes_no_other_with_it(one_by_one, monkeypatch):
    def broken(nb, name):
        raise RuntimeError("no such letter")

    monkeypatch.setattr(forms, "_docx", broken)
    coming = write_all(REPORT, "report", ["docx", "xlsx"])

    with pytest.raises(RuntimeError, match="no such letter"):
        coming["docx"].result()
    assert coming["xlsx"].result() == one_by_one["xlsx"]


def test_no_form_is_nothing_to_do():
    assert write_all(REPORT, "report", []) == {}


def test_who_only_prints_waits_for_no_frames_and_no_charts(tmp_path):
    nbformat.write(REPORT, tmp_path / "report.ipynb")
    code = (
        "import sys, pathlib\n"
        "from bcanalysis.reports.exporters.together import print_notebook\n"
        "print_notebook(pathlib.Path(sys.argv[1]))\n"
        "print(sorted({'pandas', 'plotly.graph_objects', 'lark'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "report.ipynb")], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"
