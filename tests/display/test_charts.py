"""The charts by name."""

import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.display.charts import CHARTS, chart
from bcanalysis.display.percents import chart_plan
from bcanalysis.errors import UsageError


def test_a_chart_by_name_is_the_chart_with_its_options(dataset: Dataset):
    figures = compare(dataset, "2018H1", indicators=["export_value"]).assign(source_title=None, printed=None)

    assert chart(figures, "plan", "en", expected=None) == chart_plan(figures, "en", expected=None)


def test_a_chart_names_what_it_quotes_from_another_language_and_else_nothing(dataset: Dataset):
    figures = compare(dataset, "2018H1", indicators=["export_value"])
    title = (
        "Báo cáo số 132/BC-SCT ngày 14/6/2018: kết quả công tác thi đua, khen thưởng 6 tháng đầu năm, "
        "phương hướng nhiệm vụ 6 tháng cuối năm"
    )

    assert chart(figures, "growth", "en").layout.meta["quotes"] == ["3.140 triệu USD", title]
    assert "quotes" not in chart(figures, "growth", "vi").layout.meta


def test_an_unknown_chart_is_refused_with_the_nearest(dataset: Dataset):
    with pytest.raises(
        UsageError,
        match=r'chart: got "grwoth"; expected one of growth, plan, second_half, history, contributions\. Did you mean "growth"',
    ):
        chart(compare(dataset, "2018H1"), "grwoth")


def test_every_chart_says_what_it_takes():
    assert all(len(draw.__doc__ or "") > 100 for draw in CHARTS.values())
