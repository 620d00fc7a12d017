from __future__ import annotations

import pytest

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.quality.gaps import gaps


def test_the_half_year_2018_has_its_headlines_and_lacks_most_of_a_sector_report(dataset: Dataset) -> None:
    found = gaps(dataset, "2018H1")
    assert len(found) == 91
    assert {"industrial_output", "export_value", "import_value", "retail_sales"}.isdisjoint(found["indicator"])
    assert {"trade_total", "electricity_commercial", "clusters_occupancy", "markets"} <= set(found["indicator"])
    row = found.set_index("indicator").loc["electricity_commercial"]
    assert (row["label_vi"], row["unit_vi"], row["theme"], row["last_period"]) == ("Điện thương phẩm", "triệu kWh", "energy", None)


def test_gaps_keep_the_order_of_the_catalogue(dataset: Dataset) -> None:
    order = {code: place for place, code in enumerate(dataset["indicators"]["code"])}
    places = [order[code] for code in gaps(dataset, "2018H1")["indicator"]]
    assert places == sorted(places)


def test_a_period_without_figures_lacks_everything(dataset: Dataset) -> None:
    found = gaps(dataset, "1999H1")
    assert len(found) == len(dataset["indicators"])
    assert set(found["last_period"]) == {None}


def test_gaps_and_figures_make_the_catalogue(tiny) -> None:
    found = gaps(
        tiny([{"period": "2018H1", "value": 110}, {"period": "2018H1", "value": 3, "indicator": "cases"}]), "2018H1", "here"
    )
    assert set(found["indicator"]) == {
        *("exports", "balance", "sales", "workers", "parts"),
        *("fine", "fines", "iip_growth", "prices", "occupancy"),
    }


def test_a_gap_names_the_latest_period_before_it(tiny) -> None:
    statements = [
        {"period": "2015H1", "value": 1},
        {"period": "2016", "value": 2},
        {"period": "2016H1", "value": 3},
        {"period": "2018M01-M05", "value": 4, "window_end": "2018-05-31", "indicator": "sales"},
        {"period": "2019H1", "value": 5},
        {"period": "2018H2", "value": 6, "indicator": "exports"},
        {"period": "2017H1", "value": 7, "area": "old"},
    ]
    found = gaps(tiny(statements), "2018H1", "here").set_index("indicator")["last_period"]
    assert found[["output", "sales", "exports"]].tolist() == ["2016", "2018M01-M05", None]


def test_a_part_or_a_symbol_on_file_is_no_gap(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 1, "breakdown": "fdi"},
        {"period": "2018H1", "missing": "not_collected", "indicator": "cases"},
    ]
    assert {"output", "cases"}.isdisjoint(gaps(tiny(statements), "2018H1", "here")["indicator"])


def test_gaps_can_be_asked_for_some_themes(dataset: Dataset) -> None:
    assert set(gaps(dataset, "2018H1", themes=["energy"])["theme"]) == {"energy"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"area": "bac-gaing"}, r'Did you mean "bac-giang"\?'),
        ({"period": "2018H3"}, 'period: got "2018H3"'),
        ({"themes": ["enrgy"]}, "theme: got enrgy; expected some of .*energy"),
    ],
)
def test_gaps_of_what_is_unknown_are_refused(dataset: Dataset, asked: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        gaps(dataset, **{"period": "2018H1", **asked})  # type: ignore[arg-type]
