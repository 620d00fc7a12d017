import json
from pathlib import Path

import pytest

from bcanalysis.errors import UsageError
from bcanalysis.reports.jobs import Codes, plan_jobs
from bcanalysis.reports.notebooks import Notebook, find_notebooks

CODES = Codes(
    frozenset({"bac-giang", "bac-ninh"}), frozenset({"industrial_output", "export_value"}), ("industrial_output", "export_value")
)
DEFAULTS = 'period = "2018H1"  # kỳ\narea = "bac-giang"\nlang = "vi"\n'


def notebook(folder: Path, name: str, source: str = DEFAULTS, tags: tuple[str, ...] = ("parameters",)) -> Notebook:
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source, "outputs": [], "execution_count": None}
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return Notebook(path)


def stems(jobs) -> list[str]:
    return [job.stem for job in jobs]


def test_defaults_come_from_the_tagged_cell(tmp_path):
    assert notebook(tmp_path, "overview").parameters == {"period": "2018H1", "area": "bac-giang", "lang": "vi"}


@pytest.mark.parametrize(
    ("given", "stem"),
    [
        ({}, "2018H1/overview"),
        ({"area": "bac-giang"}, "2018H1/overview"),
        ({"area": "bac-ninh"}, "2018H1/bac-ninh/overview"),
        ({"lang": "en"}, "2018H1/overview.en"),
        ({"area": "bac-ninh", "lang": "en"}, "2018H1/bac-ninh/overview.en"),
        ({"data": "other/figures"}, "2018H1/overview-data_figures"),
        ({"top": "5"}, "2018H1/overview-top_5"),
    ],
)
def test_a_parameter_away_from_its_default_has_a_segment_in_the_path(tmp_path, given, stem):
    book = notebook(tmp_path, "overview", DEFAULTS + 'data = ""\ntop = 3\n')

    assert stems(plan_jobs(["2018H1"], [book], given, CODES)) == [stem]


def test_an_indicator_names_the_file(tmp_path):
    book = notebook(tmp_path, "indicator", DEFAULTS + 'indicator = "industrial_output"\n')

    assert stems(plan_jobs(["2018H1"], [book], {"indicator": "export_value"}, CODES)) == ["2018H1/indicator-export_value"]


def test_all_headline_indicators_are_made_when_asked_for(tmp_path):
    books = [notebook(tmp_path, "indicator", DEFAULTS + 'indicator = "industrial_output"\n'), notebook(tmp_path, "overview")]

    jobs = plan_jobs(["2018H1"], books, {}, CODES, each_headline=True)

    assert stems(jobs) == ["2018H1/indicator", "2018H1/indicator-export_value", "2018H1/overview"]


def test_only_the_period_and_what_differs_from_the_defaults_is_handed_on(tmp_path):
    book = notebook(tmp_path, "overview")

    (job,) = plan_jobs(["2024H1"], [book], {"area": "bac-giang", "lang": "en"}, CODES)

    assert dict(job.parameters) == {"period": "2024H1", "lang": "en"}


def test_a_period_is_made_once_whatever_its_spelling(tmp_path):
    assert stems(plan_jobs(["2018H1", "2018M01-M06"], [notebook(tmp_path, "overview")], {}, CODES)) == ["2018H1/overview"]


@pytest.mark.parametrize(
    ("periods", "given", "message"),
    [
        (["2018H3"], {}, 'period: got "2018H3"'),
        (["2018H1"], {"aera": "bac-ninh"}, 'got "aera".*Did you mean "area"'),
        (["2018H1"], {"area": "bac-gian"}, 'got "bac-gian".*Did you mean "bac-giang"'),
        (["2018H1"], {"lang": "fr"}, 'parameter lang: got "fr"'),
        (["2018H1"], {"indicator": "exprot_value"}, 'got "exprot_value".*Did you mean "export_value"'),
        (["2018H1"], {"top": "five"}, 'parameter top of overview: got "five"; expected int, such as 3'),
        (["2018H1"], {"period": "2019H1"}, "expected the period as an argument"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_nearest_name(tmp_path, periods, given, message):
    book = notebook(tmp_path, "overview", DEFAULTS + 'top = 3\nindicator = "industrial_output"\n')

    with pytest.raises(UsageError, match=message):
        plan_jobs(periods, [book], given, CODES)


def test_a_parameter_goes_to_the_notebooks_that_know_it(tmp_path):
    books = [notebook(tmp_path, "overview"), notebook(tmp_path, "indicator", DEFAULTS + 'indicator = "industrial_output"\n')]

    assert stems(plan_jobs(["2018H1"], books, {"indicator": "export_value"}, CODES)) == [
        "2018H1/overview",
        "2018H1/indicator-export_value",
    ]


def test_two_reports_for_one_file_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    books = [notebook(tmp_path, "overview"), notebook(tmp_path / "other", "Overview")]

    with pytest.raises(UsageError, match="expected one report a file"):
        plan_jobs(["2018H1"], books, {}, CODES)


@pytest.mark.parametrize(
    ("source", "tags", "message"),
    [
        (DEFAULTS, (), "got no cells tagged"),
        ("period = today()", ("parameters",), "more than literals"),
        ("period = ", ("parameters",), "more than literals"),
        ("import os", ("parameters",), "more than literals"),
    ],
)
def test_a_notebook_without_plain_tagged_parameters_is_refused(tmp_path, source, tags, message):
    with pytest.raises(UsageError, match=message):
        _ = notebook(tmp_path, "overview", source, tags).parameters


def test_a_notebook_without_a_period_is_refused(tmp_path):
    with pytest.raises(UsageError, match='no "period"'):
        plan_jobs(["2018H1"], [notebook(tmp_path, "overview", "top = 3")], {}, CODES)


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "broken.ipynb").write_text("{", encoding="utf-8")

    with pytest.raises(UsageError, match=r"broken\.ipynb: .*expected a Jupyter notebook"):
        _ = Notebook(tmp_path / "broken.ipynb").parameters


def test_an_unknown_notebook_is_refused_with_the_nearest_name(tmp_path):
    notebook(tmp_path, "overview")

    with pytest.raises(UsageError, match='Did you mean "overview"'):
        find_notebooks(["overveiw"], tmp_path)


def test_notebooks_are_found_by_name_and_by_path(tmp_path):
    book = notebook(tmp_path, "overview")

    assert find_notebooks(["overview", str(book.path)], tmp_path) == [book]
    assert find_notebooks(None, tmp_path) == [book]
