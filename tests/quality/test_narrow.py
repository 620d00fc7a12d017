from __future__ import annotations

import pytest

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.quality.narrow import indicators_of, narrowed


def test_without_a_question_every_statement_is_kept(dataset: Dataset) -> None:
    assert len(narrowed(dataset)) == len(dataset["observations"])


def test_questions_are_asked_together(dataset: Dataset) -> None:
    found = narrowed(dataset, area="bac-giang", periods=["2018H1"], indicators=["export_value"], themes=["trade"])
    assert found["value"].tolist() == [3140]
    assert len(narrowed(dataset, area="bac-giang", periods=["2018H1"], indicators=["export_value"], themes=["energy"])) == 0


@pytest.mark.parametrize("period", ["2018H1", "2018M01-M06", Period(2018, 1, 6)])
def test_a_period_may_go_by_any_of_its_names(dataset: Dataset, period: str | Period) -> None:
    assert len(narrowed(dataset, area="bac-giang", periods=[period])) == 67


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"area": "bac-gaing"}, r'Did you mean "bac-giang"\?'),
        ({"indicators": ["export_value", "exprot_value"]}, r'Did you mean "export_value"\?'),
        ({"periods": ["2018H3"]}, 'period: got "2018H3"'),
        ({"themes": ["trade", "enrgy"]}, r'theme: got enrgy; .*Did you mean "energy"\?'),
    ],
)
def test_a_question_about_the_unknown_is_refused(dataset: Dataset, question: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        narrowed(dataset, **question)  # type: ignore[arg-type]


def test_the_indicators_of_a_theme_keep_the_order_of_the_catalogue(tiny) -> None:
    assert indicators_of(tiny(), ["industry", "economy"]).tolist() == ["output", "workers", "iip_growth", "prices", "occupancy"]
