"""Reports as an office files them: Word, PDF and Excel beside the page, from one run, and the commands that read them again."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO

import docx
import nbformat
import openpyxl
import pdfplumber
import pikepdf
import pytest
import python_calamine

from bcanalysis.cli import main
from bcanalysis.display.table import Table
from bcanalysis.reports.exporters import forms
from bcanalysis.reports.exporters.document import document_of
from bcanalysis.reports.report import _write_documents

from .conftest import ROOT, report

FORMS = ("html", "pdf", "docx", "xlsx", "ipynb")
ENDS = tuple(re.compile(f"^{status}$") for status in range(3))  # of a command, by its exit status
ASKED = ("2018H1", "--notebook", "official_report", "--notebook", "overview")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return report(tmp_path_factory.mktemp("documents"), *ASKED, "--format", "html,pdf", "--format", "docx,xlsx")


def pdf_text(path) -> str:
    with pdfplumber.open(path) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def told(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bcanalysis", *arguments], capture_output=True, text=True, cwd=ROOT, check=False)


def test_each_report_has_all_its_forms_and_the_record_and_the_index_name_them(made):
    folder = made.folder / "2018H1"
    places = {f"{name}.{form}" for name in ("official_report", "overview") for form in FORMS}

    assert made.status == 0, made.printed
    assert {path.name for path in folder.iterdir()} == {*places, "run.jsonl", "index.html", "tables.xlsx"}
    assert {name for record in made.records("2018H1").values() for name in record["outputs"]} == places
    index = made.page("2018H1/index.html")
    assert all(f'href="{place}"' in index for place in {*places, "tables.xlsx"})


def test_the_pdf_is_archivable_accessible_and_says_what_the_page_says(made):
    file = made.folder / "2018H1" / "official_report.pdf"
    with pikepdf.open(file) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert str(pdf.Root.Lang) == "vi"
    text = pdf_text(file)
    for words in ("Độc lập - Tự do - Hạnh phúc", "66.148 tỷ đồng, tăng 27,6%", "Biểu số liệu", "13.816.000 đồng"):
        assert words in text


def test_word_and_excel_hold_the_same_figures(made):
    document = docx.Document(str(made.folder / "2018H1" / "official_report.docx"))
    assert any("66.148 tỷ đồng" in paragraph.text for paragraph in document.paragraphs)
    for name in ("overview.xlsx", "tables.xlsx"):
        book = openpyxl.load_workbook(made.folder / "2018H1" / name)
        values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        assert {66148, 27.6, 45.9} <= values
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def number_or_words(value):
    return "" if value is None else float(value) if isinstance(value, int | float) else value


def trimmed(rows):
    """Leave out empty cells at the ends of rows, and empty rows at the end of a sheet."""
    kept = [[number_or_words(value) for value in row] for row in rows]
    for row in kept:
        while row and row[-1] == "":
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


@pytest.mark.parametrize("name", ["official_report.xlsx", "overview.xlsx", "tables.xlsx"])
def test_two_readers_find_the_same_in_the_workbooks_of_a_run(name, made):
    file = made.folder / "2018H1" / name
    by_openpyxl = {sheet.title: trimmed(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(file)}
    opened = python_calamine.CalamineWorkbook.from_path(str(file))
    by_calamine = {sheet: trimmed(opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in opened.sheet_names}

    assert len(by_openpyxl) > 4
    assert by_calamine == by_openpyxl


@pytest.mark.parametrize("name", ["official_report", "overview"])
def test_a_workbook_holds_the_unrounded_numbers_of_all_tables_of_its_report(name, made):
    folder = made.folder / "2018H1"
    opened = python_calamine.CalamineWorkbook.from_path(str(folder / f"{name}.xlsx"))
    held = {value for sheet in opened.sheet_names for row in opened.get_sheet_by_name(sheet).to_python() for value in row}
    tables = [table for table in document_of(nbformat.read(folder / f"{name}.ipynb", 4)).blocks if isinstance(table, Table)]
    behind = {cell.number for table in tables for row in table.rows for cell in row if cell.number is not None}

    assert len(behind) > 10
    assert behind <= held


def test_what_is_there_is_left_alone_and_what_is_missing_is_made(made):
    again = report(made.folder, *ASKED)
    assert {record["status"] for record in again.records("2018H1").values()} == {"skipped"}

    (made.folder / "2018H1" / "overview.pdf").unlink()
    mended = report(made.folder, *ASKED, "--format", "pdf")
    assert sorted(record["status"] for record in mended.records("2018H1").values()) == ["ok", "skipped"]
    assert (made.folder / "2018H1" / "overview.pdf").is_file()


def test_a_form_that_was_not_made_is_a_reason_to_make_the_report(tmp_path):
    asked = ("2018H1", "--notebook", "market_surveillance")
    states = [
        [record["status"] for record in report(tmp_path, *asked, *more).records("2018H1").values()]
        for more in ((), (), ("--format", "xlsx"))
    ]

    assert states == [["ok"], ["skipped"], ["ok"]]
    assert (tmp_path / "2018H1" / "market_surveillance.xlsx").is_file()


def test_a_document_that_cannot_be_written_fails_and_leaves_nothing_stale(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(b"of last year")

    def broken(nb, name, form):
        raise RuntimeError("no such letter")

    monkeypatch.setattr(forms, "write", broken)
    assert _write_documents(None, tmp_path / "a", ["pdf"]) == ([], (), "pdf: RuntimeError: no such letter")
    assert not (tmp_path / "a.pdf").exists()


def test_our_own_word_file_has_no_deviation_and_its_headline_figures_are_those_on_file(made, capsys):
    file = str(made.folder / "2018H1" / "official_report.docx")
    with pytest.raises(SystemExit, match=ENDS[0]):
        main(["lint", file, "--strict"])
    assert capsys.readouterr().out == f"{file}: nothing deviates from nd30_2020.\n"
    with pytest.raises(SystemExit, match=ENDS[0]):
        main(["proof", file, "--period", "2018H1", "--json"])
    verdicts = {figure["text"]: figure["verdict"] for figure in json.loads(capsys.readouterr().out)["figures"]}
    headline = ("66.148 tỷ đồng", "3.140 triệu USD", "3.000 triệu USD", "11.997 tỷ đồng", "27,6%", "45,9%", "6.981.038.000 đồng")
    assert {verdicts[figure] for figure in headline} == {"same"}


def test_a_figure_changed_in_word_is_found(made, tmp_path, capsys):
    file = tmp_path / "edited.docx"
    document = docx.Document(str(made.folder / "2018H1" / "official_report.docx"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("66.148 tỷ đồng", "66.184 tỷ đồng") if "66.148" in run.text else run.text
    kept = BytesIO()
    document.save(kept)
    file.write_bytes(kept.getvalue())

    with pytest.raises(SystemExit, match=ENDS[1]):
        main(["proof", str(file), "--period", "2018H1", "--strict"])
    assert "66.184 tỷ đồng" in capsys.readouterr().out


def test_two_runs_of_one_report_do_not_differ(made, capsys):
    page = str(made.folder / "2018H1" / "overview.html")
    with pytest.raises(SystemExit, match=ENDS[0]):
        main(["diff", page, str(made.folder / "2018H1" / "overview.ipynb"), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["figures"], found["sentences"]) == ([], [])


def test_an_outline_is_rolled_forward_once_and_marked_where_it_may_be_stale(tmp_path, capsys):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with pytest.raises(SystemExit, match=ENDS[0]):
        main(["new", "2019H1", "--from", "2018H1", "--data", str(tmp_path / "data")])
    rolled = (tmp_path / "data" / "outlines" / "2019H1.md").read_text(encoding="utf-8")
    assert "period: 2019H1" in rolled
    assert "{export_value" in rolled or "{{sentences headline}}" in rolled
    assert "[[?:" in rolled
    capsys.readouterr()

    with pytest.raises(SystemExit, match=ENDS[2]):
        main(["new", "2019H1", "--from", "2018H1", "--data", str(tmp_path / "data")])
    assert "is there already; expected one without an outline" in capsys.readouterr().err
    with pytest.raises(SystemExit, match=ENDS[1]):
        main(["lint", str(tmp_path / "data" / "outlines" / "2019H1.md"), "--strict"])
    assert "expected words that hold for this period" in capsys.readouterr().out


def test_the_exporters_are_known_to_nbconvert(made):
    notebook = shutil.copy(made.folder / "2018H1" / "overview.ipynb", made.folder / "copy.ipynb")
    for form in ("pdf", "docx", "xlsx"):
        run = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", f"bc{form}", str(notebook)], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        assert (made.folder / f"copy.{form}").stat().st_size > 5_000
