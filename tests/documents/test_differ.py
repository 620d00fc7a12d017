from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.display.prose import Sentences
from bcanalysis.display.table import Cell, Column, Table
from bcanalysis.documents.differ import Difference, differences
from bcanalysis.errors import UsageError

RECORD = {
    "status": "ok",
    "parameters": {"period": "2018H1", "area": "bac-giang", "lang": "vi"},
    "area_name": "Bắc Giang",
    "files": [{"name": "observations.csv", "sha256": "a" * 64}],
    "versions": {"pandas": "3.0.1"},
    "source_sha256": "c" * 64,
    "executed_at": "2026-11-22T08:00:00+00:00",
}
ROWS = [("Xuất khẩu", "3.140"), ("Nhập khẩu", "3.000")]
SAID = ("Xuất khẩu 6 tháng đầu năm 2018 đạt 3.140 triệu USD.", "Nhập khẩu 6 tháng đầu năm 2018 đạt 3.000 triệu USD.")


def table(rows=ROWS, title="Kết quả, Bắc Giang, 6 tháng đầu năm 2018", column="Thực hiện"):
    cells = tuple((Cell(name), Cell(value, None, "ước", (1,))) for name, value in rows)
    return Table(title, (Column("Chỉ tiêu"), Column(column, True)), cells, ("Chú thích thứ nhất.",))


@pytest.fixture
def run(tmp_path):
    """Write an executed notebook of a table and sentences."""

    def written(name, *shown, record=RECORD):
        data = [{"application/vnd.bcanalysis.run+json": record}] if record else []
        data += [{"text/html": one._repr_html_()} for one in shown]
        cells = [{"cell_type": "code", "outputs": [{"output_type": "display_data", "data": one}]} for one in data]
        file = tmp_path / f"{name}.ipynb"
        file.write_text(
            json.dumps({"cells": [{"cell_type": "markdown", "source": "# A"}, *cells], "nbformat": 4}), encoding="utf-8"
        )
        return file

    return written


def test_a_run_differs_in_nothing_from_itself_made_at_another_time(run):
    one = run("one", table(), Sentences(SAID))
    other = run("other", table(), Sentences(SAID), record=RECORD | {"executed_at": "2026-11-23T08:00:00+00:00"})
    assert str(differences(one, other)) == "Hai lần lập không khác nhau."
    assert not differences(one, other)


def test_a_changed_an_added_and_a_gone_figure_are_named_by_table_row_and_column(run):
    found = differences(run("one", table()), run("other", table([("Xuất khẩu", "3.150"), ("Bán lẻ", "11.997")])), lang="en")
    title = "Kết quả, Bắc Giang, 6 tháng đầu năm 2018"
    assert found.figures == (
        Difference("changed", f"{title}; Xuất khẩu; Thực hiện", "ước 3.140", "ước 3.150"),
        Difference("gone", f"{title}; Nhập khẩu", "Thực hiện: ước 3.000", ""),
        Difference("added", f"{title}; Bán lẻ", "", "Thực hiện: ước 11.997"),
    )
    assert (found.sentences, found.setting) == ((), ())
    assert str(found).splitlines()[:2] == ["Figures", f"- changed: {title}; Xuất khẩu; Thực hiện: ước 3.140 → ước 3.150"]


@given(rows=st.permutations([("A", "1"), ("B", "2"), ("B", "3"), ("C", "4")]), said=st.permutations(["Một.", "Hai.", "Ba."]))
def test_moved_rows_and_sentences_are_no_differences(rows, said, tmp_path_factory):
    folder = tmp_path_factory.mktemp("moved")
    files = [folder / "one.html", folder / "other.html"]
    for file, shown in zip(files, ((("A", "1"), ("B", "2"), ("B", "3"), ("C", "4")), rows), strict=True):
        texts = ["Một.", "Hai.", "Ba."] if file.stem == "one" else said
        file.write_text(table(shown)._repr_html_() + Sentences(tuple(texts))._repr_html_(), encoding="utf-8")
    assert not differences(*files)


def test_of_rows_with_one_name_only_those_that_changed_are_told(run):
    found = differences(run("one", table([("B", "2"), ("B", "3")])), run("other", table([("B", "4"), ("B", "2")])))
    assert [(one.kind, one.before, one.after) for one in found.figures] == [("changed", "ước 3", "ước 4")]


def test_sentences_are_paired_by_what_they_say(run):
    before = Sentences((*SAID, "Số vụ kiểm tra là 920 vụ."))
    after = Sentences(("Bán lẻ tăng khá.", SAID[1].replace("3.000", "3.100"), SAID[0]))
    assert differences(run("one", before), run("other", after)).sentences == (
        Difference("changed", "", SAID[1], SAID[1].replace("3.000", "3.100")),
        Difference("gone", "", "Số vụ kiểm tra là 920 vụ.", ""),
        Difference("added", "", "", "Bán lẻ tăng khá."),
    )


def test_a_changed_footnote_is_told_and_its_number_in_a_cell_is_not(run):
    one = table([("Xuất khẩu", "3.140")])
    other = Table(one.title, one.columns, ((one.rows[0][0], Cell("3.140", None, "ước", (1, 2))),), (*one.footnotes, "Nguồn khác."))
    found = differences(run("one", one), run("other", other))
    assert (found.figures, found.sentences) == ((), (Difference("added", "", "", "Nguồn khác."),))


def test_the_same_table_of_another_period_is_the_same_table(run):
    later = RECORD | {"parameters": RECORD["parameters"] | {"period": "2019H1"}}
    other = run("other", table([("Xuất khẩu", "3.500"), ROWS[1]], "Kết quả, Bắc Giang, 6 tháng đầu năm 2019"), record=later)
    found = differences(run("one", table()), other)
    assert [(one.kind, one.before, one.after) for one in found.figures] == [("changed", "ước 3.140", "ước 3.500")]
    assert [(one.what, one.before, one.after) for one in found.setting] == [
        ("báo cáo về", "Bắc Giang, 6 tháng đầu năm 2018", "Bắc Giang, 6 tháng đầu năm 2019"),
        ("tham số period", "2018H1", "2019H1"),
    ]


def test_a_caption_that_names_the_prior_year_too_is_the_same_table(run):
    later = RECORD | {"parameters": RECORD["parameters"] | {"period": "2019H1"}}
    one, other = (table(title=f"6 tháng đầu năm {year} so với 6 tháng đầu năm {year - 1}") for year in (2018, 2019))
    assert differences(run("one", one), run("other", other, record=later)).figures == ()


def test_sentences_that_share_only_their_period_are_two(run):
    one, other = (Sentences((f"{what} 6 tháng đầu năm 2018.",)) for what in ("Than", "Điện"))
    assert [one.kind for one in differences(run("one", one), run("other", other)).sentences] == ["gone", "added"]


def test_a_piece_of_a_page_without_a_record_says_nothing_of_its_setting(run, tmp_path):
    (tmp_path / "piece.html").write_text(table()._repr_html_(), encoding="utf-8")
    assert differences(run("one", table(), record={}), tmp_path / "piece.html").setting == ()
    assert differences(tmp_path / "piece.html", run("other", table(title="Kết quả, Bắc Giang, 6 tháng đầu năm 2018"))).setting == ()


def test_the_setting_names_data_files_and_versions_that_differ(run):
    record = RECORD | {"files": [{"name": "observations.csv", "sha256": "b" * 64}], "versions": {"pandas": "3.1.0"}}
    found = differences(run("one", table()), run("other", table(), record=record), lang="en")
    assert not found
    assert found.to_json() == {
        "figures": [],
        "sentences": [],
        "setting": [
            {"kind": "changed", "what": "file observations.csv", "before": "a" * 12, "after": "b" * 12},
            {"kind": "changed", "what": "version of pandas", "before": "3.0.1", "after": "3.1.0"},
        ],
    }


def test_a_notebook_and_its_page_do_not_differ(run, tmp_path):
    page = tmp_path / "page.html"
    provenance = {name: RECORD[name] for name in ("parameters", "files", "versions", "source_sha256", "status")}
    page.write_text(
        f'<script type="application/json" data-provenance>{json.dumps(provenance)}</script>'
        '<header class="page"><p class="about">Bắc Giang, 6 tháng đầu năm 2018</p></header>' + table()._repr_html_(),
        encoding="utf-8",
    )
    found = differences(run("one", table()), page)
    assert (found.figures, found.sentences, found.setting) == ((), (), ())


def test_two_tables_of_one_title_and_two_columns_of_one_heading_are_kept_apart(run):
    twice = Table("T", (Column("A"), Column("B"), Column("B")), ((Cell("x"), Cell("1"), Cell("2")),))
    other = Table("T", twice.columns, ((Cell("x"), Cell("1"), Cell("3")),))
    found = differences(run("one", twice, twice), run("other", twice, other))
    assert [(one.what, one.before, one.after) for one in found.figures] == [("T; x; B (2)", "2", "3")]


def test_files_that_are_no_runs_are_refused_together(tmp_path):
    (tmp_path / "a.ipynb").write_text("{", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>Không có gì.</p>", encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"a\.ipynb: got no notebook .*; .*b\.html: got no tables, sentences or run record; expected"
    ):
        differences(tmp_path / "a.ipynb", tmp_path / "b.html")
    with pytest.raises(UsageError, match=r"c\.ipynb: got a file that cannot be read .*; .*d\.txt: got a file that cannot be read"):
        differences(tmp_path / "c.ipynb", tmp_path / "d.txt")
