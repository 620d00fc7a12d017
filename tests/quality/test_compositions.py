import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.load import load
from bcanalysis.errors import DataError
from bcanalysis.quality.identities import identities

MONTHS = "2018M01-M05 2018M06"


def found(tiny, *rows: dict):
    return identities(tiny(list(rows)), "2018H1").to_dict("records")


@pytest.mark.parametrize(
    ("june", "verdict", "difference"),
    [(20, "holds", 0), (21, "holds", -1), (24, "violated", -4)],  # 120 printed to the unit allows 100 + 20 and 100 + 21, not 124
)
def test_an_estimate_is_checked_against_the_months_it_is_composed_of(tiny, june, verdict, difference):
    (row,) = found(
        tiny,
        {"period": "2018H1", "value": 120, "composed_of": MONTHS},
        {"period": "2018M01-M05", "value": 100},
        {"period": "2018M06", "value": june},
    )

    assert (row["kind"], row["verdict"], row["left"], row["difference"]) == ("composition", verdict, 120, difference)
    assert row["relation"] == "output[total]: 2018H1 = 2018M01-M05 + 2018M06"
    assert row["relation_vi"] == "Giá trị sản xuất: 2018H1 = 2018M01-M05 + 2018M06"


def test_a_month_that_is_not_on_file_leaves_the_sum_unchecked(tiny):
    (row,) = found(tiny, {"period": "2018H1", "value": 120, "composed_of": MONTHS}, {"period": "2018M06", "value": 20})

    assert row["verdict"] == "missing"


def test_months_of_another_part_are_no_parts_of_the_sum(tiny):
    (row,) = found(
        tiny,
        {"period": "2018H1", "value": 120, "composed_of": MONTHS},
        {"period": "2018M01-M05", "value": 100, "breakdown": "fdi"},
        {"period": "2018M06", "value": 20},
    )

    assert row["verdict"] == "missing"


def test_an_estimate_that_is_no_sum_of_its_months_is_flagged(tiny):
    dataset = tiny(
        [
            {"period": "2018H1", "value": 130, "composed_of": MONTHS},
            {"period": "2018M01-M05", "value": 100},
            {"period": "2018M06", "value": 20},
        ]
    )

    assert "identity_violated" in compare(dataset, "2018H1", "here")["flags"].iloc[0]


def test_what_is_no_period_cannot_compose_a_figure(tiny):
    folder = tiny.write([{"period": "2018H1", "value": 120, "composed_of": "2018M01-M05 Juni"}])

    with pytest.raises(DataError, match='composed_of: got "2018M01-M05 Juni"; expected periods parted by blanks'):
        load(folder)
