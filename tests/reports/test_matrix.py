import re

import pytest

from bcanalysis.errors import UsageError
from bcanalysis.reports.jobs import Codes, expand_periods
from bcanalysis.reports.matrix import read_matrix

CODES = Codes(frozenset({"bac-giang", "bac-ninh"}), frozenset({"export_value", "import_value"}), ("export_value",))


def written(folder, text):
    path = folder / "reports.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_row_is_a_report_and_an_empty_cell_is_the_notebooks_default(tmp_path):
    table = "notebook,period,area,indicator\noverview,2018H1,,\nindicator,2018H1,bac-ninh,import_value\n"
    jobs = read_matrix(written(tmp_path, table), CODES)

    assert [(job.notebook.name, dict(job.parameters), job.stem) for job in jobs] == [
        ("overview", {"period": "2018H1"}, "2018H1/overview"),
        (
            "indicator",
            {"period": "2018H1", "area": "bac-ninh", "indicator": "import_value"},
            "2018H1/bac-ninh/indicator-import_value",
        ),
    ]


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{area}/{notebook}", "2018H1/bac-giang/overview"),
        ("{notebook}-{lang}", "2018H1/overview-vi"),
        ("{period}/{notebook}", "2018H1/overview"),
    ],
)
def test_outputs_are_named_by_a_template_of_all_parameters(tmp_path, template, place):
    (job,) = read_matrix(written(tmp_path, "notebook,period\noverview,2018H1\n"), CODES, template)
    assert job.stem == place


@pytest.mark.parametrize("template", ["../{notebook}", "/srv/{notebook}", "{nothing}", "{", "{notebook.path}", ".{notebook}", ""])
def test_a_template_that_leads_elsewhere_or_names_nothing_is_refused(tmp_path, template):
    if template == "":
        template = "{data}"  # which is empty by default
    with pytest.raises(UsageError, match=re.escape(f'name: got "{template}"')):
        read_matrix(written(tmp_path, "notebook,period\noverview,2018H1\n"), CODES, template)


def test_all_rows_that_do_not_fit_are_told_with_their_lines(tmp_path):
    table = (
        "notebook,period,area,indicator\noverviw,2018H1,,\noverview,2018H1,bac-gian,\noverview,,,\noverview,2018H1,,export_value\n"
    )
    with pytest.raises(UsageError) as caught:
        read_matrix(written(tmp_path, table), CODES)

    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == ["line 2", "line 3", "line 4", "line 5"]
    assert 'Did you mean "bac-giang"?' in str(caught.value)
    assert 'Did you mean "overview"?' in str(caught.value)
    assert "parameter: got indicator; expected parameters of overview: period, area, lang, data" in str(caught.value)


def test_two_rows_of_one_place_are_refused(tmp_path):
    table = "notebook,period,area\noverview,2018H1,bac-giang\noverview,2018H1,bac-ninh\n"
    with pytest.raises(
        UsageError, match=r"output: got 2018H1/overview for .* expected one report a file\. Name the outputs with --name"
    ):
        read_matrix(written(tmp_path, table), CODES, "{notebook}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "got the columns none; expected notebook, period"),
        ("notebook;period\noverview;2018H1\n", "got the columns notebook;period; expected notebook, period"),
        ("notebook,period,period\n", "each once, separated by commas"),
        ("notebook,period\noverview,2018H1,x\n", "line 2: got another number of cells than columns"),
        ("notebook,period\n", "got no rows; expected one for each report"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, content, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        read_matrix(written(tmp_path, content), CODES)


def test_a_table_in_another_encoding_or_missing_is_refused(tmp_path):
    (tmp_path / "utf16.csv").write_text("notebook,period\n", encoding="utf-16")
    for name in ("utf16.csv", "none.csv"):
        with pytest.raises(UsageError, match="expected a CSV file in UTF-8"):
            read_matrix(tmp_path / name, CODES)


def test_a_range_between_the_same_part_of_two_years_is_that_part_of_each():
    assert expand_periods(["2016H1..2019H1"]) == ["2016H1", "2017H1", "2018H1", "2019H1"]
    assert expand_periods(["2018M01-M05..2020M01-M05"]) == ["2018M01-M05", "2019M01-M05", "2020M01-M05"]


def test_any_other_range_goes_on_period_by_period():
    assert expand_periods(["2016H2..2018H1"]) == ["2016H2", "2017H1", "2017H2", "2018H1"]
    assert expand_periods(["2018M11..2019M02", "2018M12"]) == ["2018M11", "2018M12", "2019M01", "2019M02"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018H1..2017H1", "expected the earlier period first"),
        ("2018H1..2018Q1", "expected a range between periods of one kind"),
        ("2018H1..", 'period: got ""'),
    ],
)
def test_a_range_that_is_none_is_refused(text, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        expand_periods([text])
