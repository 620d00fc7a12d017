from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.contributions import ABOUT, COLUMNS, contributions
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError

# whole 200 to 230, which is 15 %
LEVELS = {"total": (230, 200), "state": (60, 50), "non_state": (40, 50), "fdi": (130, 100)}


def both_years(levels: dict[str, tuple[float, float]], **more: Any) -> list[dict[str, Any]]:
    return [
        {"period": period, "value": value, "breakdown": part, **more}
        for part, pair in levels.items()
        for period, value in zip(("2018H1", "2017H1"), pair, strict=True)
    ]


def of_2018(dataset: Dataset, dimension: str = "ownership", **asked: str) -> pd.DataFrame:
    return contributions(dataset, compare(dataset, "2018H1", "here"), "output", dimension, **asked)


def told(dataset: Dataset, dimension: str = "ownership", **asked: str) -> dict[str, dict[str, Any]]:
    found = of_2018(dataset, dimension, **asked)
    assert list(found.columns) == [*COLUMNS, *ABOUT]
    return found.assign(key=found["breakdown"].where(found["role"] != "residual", "residual")).set_index("key").to_dict("index")


def ends(row: dict[str, Any], decimals: int = 3) -> tuple[float, float, float]:
    return tuple(round(row[name], decimals) for name in ("low", "contribution_pp", "high"))  # type: ignore[return-value]


# The figures of the half-years 2018 and 2024


def test_contributions_of_2018_come_from_printed_growths_at_constant_prices(dataset: Dataset) -> None:
    found = contributions(dataset, compare(dataset, "2018H1"), "industrial_output").set_index("role")
    # the whole a year before: 53840 / 1.256 = 42866.2; foreign-invested: 44285 x 0.27 / 1.27 = 9414.9 of it
    parts = found.loc["part"].set_index("breakdown").to_dict("index")
    assert ends(parts["state"]) == (0.916, 0.918, 0.920)
    assert ends(parts["non_state"]) == (2.766, 2.774, 2.782)
    assert ends(parts["fdi"]) == (21.922, 21.963, 22.005)
    assert ends(found.loc["total"].to_dict()) == (25.55, 25.6, 25.65)
    # 25.6 - 0.918 - 2.774 - 21.963, and its ends from theirs: 25.55 - 0.920 - 2.782 - 22.005
    assert ends(found.loc["residual"].to_dict()) == (-0.156, -0.055, 0.046)
    assert set(found["method"]) == {"printed_growths"}


def test_contributions_of_2024_are_refused_where_a_figure_is_missing(dataset: Dataset) -> None:
    """38 605 of 2023 against nothing in 2024 is no fall of the non-state sector: its figure is just not on file."""
    found = contributions(dataset, compare(dataset, "2024H1"), "industrial_output").set_index("role")
    parts = found.loc["part"].set_index("breakdown")
    assert parts["method"].to_dict() == {"state": "refused", "non_state": "refused", "fdi": "printed_growths"}
    assert parts["reason"].to_dict() == {"state": "no_printed_growth", "non_state": "part_missing", "fdi": None}
    assert parts.loc[["state", "non_state"], ["contribution_pp", "low", "high"]].isna().all(axis=None)
    assert ends(parts.loc["fdi"].to_dict(), 2) == (25.54, 25.67, 25.81)
    assert ends(found.loc["total"].to_dict(), 2) == (27.5, 28.0, 28.5)
    assert ends(found.loc["residual"].to_dict(), 2) == (1.69, 2.33, 2.96)  # what state and non-state made together
    assert not (found["contribution_pp"] < 0).any()


# From levels


def test_contributions_from_levels_are_changes_in_percent_of_the_prior_whole(tiny) -> None:
    found = told(tiny(both_years(LEVELS)))
    assert {key: row["contribution_pp"] for key, row in found.items()} == {
        "state": 5,  # (60 - 50) / 200
        "non_state": -5,
        "fdi": 15,
        "residual": 0,
        "total": 15,
    }
    for row in found.values():
        assert row["low"] == row["contribution_pp"] == row["high"]
        assert (row["method"], row["reason"]) == ("levels", None)


def test_what_the_parts_leave_is_shown_and_never_spread(tiny) -> None:
    found = told(tiny(both_years(LEVELS | {"total": (240, 200)})))
    assert (found["residual"]["contribution_pp"], found["total"]["contribution_pp"]) == (5, 20)
    assert found["fdi"]["contribution_pp"] == 15


def test_parts_keep_the_order_of_their_table_and_their_names(tiny) -> None:
    found = of_2018(tiny(both_years(LEVELS)[::-1]))
    assert found["role"].tolist() == ["part", "part", "part", "residual", "total"]
    assert found["label_vi"].tolist() == ["Nhà nước", "Ngoài nhà nước", "Đầu tư nước ngoài", None, "Giá trị sản xuất"]
    assert found["value"].tolist()[:3] == [60, 40, 130]
    assert found["growth_pct"].tolist()[:3] == pytest.approx([20, -20, 30])


def test_missing_texts_are_none_in_every_row(dataset: Dataset) -> None:
    found = contributions(dataset, compare(dataset, "2024H1"), "industrial_output")
    for column in ("breakdown", "label_vi", "label_en", "reason"):
        assert all(text is None or isinstance(text, str) for text in found[column])


@pytest.mark.parametrize(("part", "period"), [("state", "2018H1"), ("non_state", "2017H1")])
def test_levels_need_every_part_in_both_periods(part: str, period: str, tiny) -> None:
    found = told(tiny([row for row in both_years(LEVELS) if (row["breakdown"], row["period"]) != (part, period)]))
    assert found[part]["method"] == "refused"
    assert isnan(found[part]["contribution_pp"])


def test_a_branch_that_is_not_on_file_is_a_part_that_is_missing(tiny) -> None:
    """Mining, manufacturing, electricity and water are the whole of industry; without water there are no four parts."""
    branches = {"total": (230, 200), "mining": (60, 50), "manufacturing": (130, 100), "electricity_gas": (30, 40)}
    found = told(tiny(both_years(branches)), "branch")
    assert found["mining"]["method"] != "levels"
    assert found["water_waste"]["reason"] == "part_missing"


@pytest.mark.parametrize(
    "other",
    [
        {"source": "paper"},
        {"stated_on": "2018-06-14"},
    ],
    ids=["source", "vintage"],
)
def test_levels_of_two_publications_are_not_put_together(other: dict[str, str], tiny) -> None:
    rows = both_years(LEVELS)
    rows[-2] = rows[-2] | other  # the foreign-invested sector of 2018
    assert set(of_2018(tiny(rows))["method"]) == {"refused"}


def test_levels_with_a_word_beside_them_are_no_levels(tiny) -> None:
    rows = both_years(LEVELS)
    rows[-2] = rows[-2] | {"qualifier": "hơn"}
    assert told(tiny(rows))["fdi"]["method"] == "refused"


def test_a_disputed_base_gives_no_levels(tiny) -> None:
    """Printed growth of the whole is 10 %, the levels on file give 15: the prior levels are not those of the publisher."""
    rows = [
        row | ({"growth_pct": 10} if row["breakdown"] == "total" and row["period"] == "2018H1" else {})
        for row in both_years(LEVELS)
    ]
    found = told(tiny(rows))
    assert {row["method"] for key, row in found.items() if key in LEVELS and key != "total"} == {"refused"}
    assert found["total"]["contribution_pp"] == 10


# From printed growths

PRINTED = [
    {"period": "2018H1", "value": 230, "growth_pct": 15},
    {"period": "2018H1", "value": 60, "growth_pct": 20, "breakdown": "state"},
    {"period": "2018H1", "value": 40, "growth_pct": -20, "breakdown": "non_state", "source": "paper"},
    {"period": "2018H1", "value": 130, "growth_pct": 30, "breakdown": "fdi"},
]


def test_contributions_from_printed_growths_are_intervals(tiny) -> None:
    found = told(tiny(PRINTED))
    # the whole a year before: 229.5 / 1.1505 = 199.48 to 230.5 / 1.1495 = 200.52
    # state: 59.5 x 0.1995 / 1.1995 = 9.896 to 60.5 x 0.2005 / 1.2005 = 10.104; on 200.52 and 199.48
    assert ends(found["state"], 2) == (4.94, 5.0, 5.07)
    # non-state: -40.5 x 0.2005 / 0.7995 = -10.157 to -39.5 x 0.1995 / 0.8005 = -9.844; on 199.48 and 200.52
    assert ends(found["non_state"], 2) == (-5.09, -5.0, -4.91)
    assert ends(found["fdi"], 2) == (14.88, 15.0, 15.12)
    assert ends(found["total"], 2) == (14.95, 15.0, 15.05)
    # 14.95 - (5.07 - 4.91 + 15.12) to 15.05 - (4.94 - 5.09 + 14.88)
    assert ends(found["residual"], 1) == (-0.3, 0.0, 0.3)
    assert {row["method"] for row in found.values()} == {"printed_growths"}


def test_the_interval_of_a_printed_contribution_holds_the_true_one(tiny) -> None:
    # in truth 1004.3 to 1234.4 for the whole, 203.6 to 251.4 for a part: 4.76 points; printed to the whole unit and percent
    printed = [
        {"period": "2018H1", "value": 1234, "growth_pct": 23, "growth_half_unit": 0.5},
        {"period": "2018H1", "value": 251, "growth_pct": 23, "growth_half_unit": 0.5, "breakdown": "state"},
    ]
    low, _, high = ends(told(tiny(printed))["state"])
    assert low <= 100 * (251.4 - 203.6) / 1004.3 <= high


def test_a_whole_without_printed_growth_refuses_every_part(tiny) -> None:
    found = told(tiny([{"period": "2018H1", "value": 230}, *PRINTED[1:]]))
    assert {row["method"] for row in found.values()} == {"refused"}
    assert {row["reason"] for key, row in found.items() if key in LEVELS and key != "total"} == {"no_total"}


def test_a_residual_says_nothing_where_every_part_is_refused(tiny) -> None:
    found = told(tiny([PRINTED[0], {"period": "2018H1", "value": 60, "breakdown": "state"}]))
    assert isnan(found["residual"]["contribution_pp"])
    assert found["residual"]["method"] == "refused"
    assert found["total"]["contribution_pp"] == 15


# What may be asked for


def test_the_basis_with_the_most_parts_is_taken_unless_one_is_named(tiny) -> None:
    at_constant = both_years(LEVELS, price_basis="constant_2010")
    at_current = both_years({"total": (460, 400), "fdi": (300, 250)})
    found = tiny([*at_constant, *at_current])
    assert told(found)["fdi"]["value"] == 130
    assert told(found, price_basis="current")["fdi"]["value"] == 300


def test_without_a_whole_or_parts_there_is_an_empty_table(tiny, dataset: Dataset) -> None:
    found = tiny([{"period": "2018H1", "value": 60, "breakdown": "state"}, {"period": "2017H1", "value": 200}])
    for period in ("2018H1", "2017H1", "2016H1"):
        empty = contributions(found, compare(found, period, "here"), "output")
        assert (len(empty), list(empty.columns)) == (0, [*COLUMNS, *ABOUT])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"dimension": "ownershp"}, r'dimension: got "ownershp"; .*Did you mean "ownership"\?'),
        ({"dimension": "total"}, 'dimension: got "total"'),
        ({"indicator": "industrial_ouput"}, r'Did you mean "industrial_output"\?'),
        ({"price_basis": "constant2010"}, r'Did you mean "constant_2010"\?'),
    ],
)
def test_what_has_no_contributions_is_refused(dataset: Dataset, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        contributions(dataset, compare(dataset, "2018H1"), **{"indicator": "industrial_output", **asked})


def test_contributions_of_the_data_add_up_to_the_growth_of_the_whole(dataset: Dataset) -> None:
    for period in ("2018H1", "2023H1"):
        for dimension in ("ownership", "branch"):
            found = contributions(dataset, compare(dataset, period), "industrial_output", dimension)
            if len(found):
                points = found.set_index("role")["contribution_pp"]
                assert points.drop("total").sum() == pytest.approx(points["total"])
                assert isinstance(found, pd.DataFrame)


def test_rates_have_no_contributions_and_stop_no_page(dataset: Dataset) -> None:
    assert contributions(dataset, compare(dataset, "2018H1"), "iip_growth", "branch").empty


def test_a_whole_of_another_window_is_not_the_whole_of_the_parts(tiny) -> None:
    """110 to the end of June, and 90 to the end of May: only the first is the whole of the parts of the half-year."""
    parts = {"state": (20, 10), "non_state": (30, 10), "fdi": (60, 10)}
    rows = [{"period": "2018H1", "value": value, "growth_pct": pct, "breakdown": part} for part, (value, pct) in parts.items()]
    rows += [{"period": "2018H1", "value": 110, "growth_pct": 10}]
    rows += [{"period": "2018H1", "value": 90, "growth_pct": 5, "window_end": "2018-05-31"}]
    found = of_2018(tiny(rows)).set_index("role")
    assert found.loc["total", "contribution_pp"] == 10
    assert abs(found.loc["residual", "contribution_pp"]) < 1e-9


def test_a_level_through_a_link_is_no_level_of_one_basis(tiny) -> None:
    rows = both_years(LEVELS)
    link = {"period": "2018H1", "other_price_basis": "not_stated", "other_period": "2017H1", "breakdown": "*", "factor": 1}
    rows = [row | ({"price_basis": "not_stated"} if row["period"] == "2017H1" else {}) for row in rows]
    methods = set(of_2018(tiny(rows, links=[link]))["method"])
    assert "levels" not in methods


def test_nothing_is_inferred_from_a_fall_to_nothing_or_from_a_vague_growth(tiny) -> None:
    growths = {"state": {"growth_pct": -100}, "non_state": {"growth_pct": 10, "growth_qualifier": "gần"}, "fdi": {"growth_pct": 10}}
    rows = [{"period": "2018H1", "value": 50, "breakdown": part, **growth} for part, growth in growths.items()]
    found = of_2018(tiny([*rows, {"period": "2018H1", "value": 150, "growth_pct": 5}]))
    found = found.set_index("breakdown")
    assert found.loc[["state", "non_state"], "method"].tolist() == ["refused", "refused"]
    assert found.loc["fdi", "method"] == "printed_growths"
    assert found[found["role"] == "residual"]["reason"].tolist() == ["parts_refused"]
