from __future__ import annotations

from math import isnan, nan
from typing import Any

import pandas as pd
import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.dataset.dataset import Dataset

NOT_APPLICABLE = {"price_basis": "not_applicable"}
LINK = {"period": "2018H1", "other_period": "2017H1"}


def only(rows: pd.DataFrame, **series: str) -> dict[str, Any]:
    """Give the one row of a comparison that is meant."""
    for column, code in series.items():
        rows = rows[rows[column] == code]
    (found,) = rows.to_dict("records")
    return found


def row(dataset: Dataset, period: str = "2018H1", area: str = "here") -> dict[str, Any]:
    """Give the only row of a comparison."""
    return only(compare(dataset, period, area))


def by_part(dataset: Dataset, period: str = "2018H1", area: str = "here") -> dict[str, dict[str, Any]]:
    """Give the rows of a comparison of one indicator, whose parts are here but room for several cases."""
    return compare(dataset, period, area).set_index("breakdown").to_dict("index")


# The figures of the half-years 2018 and 2024


@pytest.mark.parametrize(
    ("indicator", "value", "growth", "low", "high"),
    [
        ("industrial_output", 66148, 27.6, 51819.4, 51860.8),
        ("export_value", 3140, 6.5, 2946.5, 2950.2),
        ("import_value", 3000, 11, 2690.1, 2715.4),
        ("retail_sales", 11997, 12.5, 10658.8, 10669.2),
    ],
)
def test_the_first_half_of_2018_has_printed_growth_and_an_implied_prior(
    half_year_2018: pd.DataFrame, indicator: str, value: float, growth: float, low: float, high: float
) -> None:
    found = only(half_year_2018[half_year_2018["price_basis"] != "constant_2010"], indicator=indicator, breakdown="total")
    assert (found["value"], found["growth_pct"], found["growth_origin"]) == (value, growth, "printed")
    assert (round(found["prior_low"], 1), round(found["prior_high"], 1)) == (low, high)
    assert isnan(found["prior"])
    assert isnan(found["growth_computed_pct"])
    assert (found["growth_reason"], found["growth_verdict"]) == ("no_prior", None)
    assert "printed_growth" in found["flags"]


def test_output_of_2024_keeps_the_printed_growth_and_shows_the_computed_one_beside_it(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, indicator="industrial_output", breakdown="total")
    assert (found["value"], found["prior"], found["prior_period"]) == (315145, 238782, "2023H1")
    assert (found["growth_pct"], found["growth_origin"], found["growth_printed_pct"]) == (28, "printed", 28)
    assert found["growth_computed_pct"] == pytest.approx(31.98, abs=0.005)  # 315145 / 238782
    assert found["growth_verdict"] == "disagree"
    assert {"base_not_revised", "via_link", "printed_growth"} <= set(found["flags"])
    assert (round(found["prior_low"]), round(found["prior_high"])) == (245249, 247173)
    assert "2023" in found["link_reason"]


def test_retail_of_2024_is_printed_far_below_what_its_prior_gives(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, indicator="retail_sales")
    assert (found["value"], found["prior"], found["growth_pct"], found["growth_origin"]) == (32581, 27078, 16.4, "printed")
    assert found["growth_computed_pct"] == pytest.approx(20.32, abs=0.005)
    assert found["growth_verdict"] == "disagree"
    assert (round(found["prior_low"], 1), round(found["prior_high"], 1)) == (27978.1, 28003.0)
    assert found["flags"] == ("printed_growth", "base_not_revised")


def test_trade_of_2024_cannot_be_told_within_rounding(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, indicator="trade_total")
    # 23,850 / 19,750 to 23,950 / 19,650 is 20.8 to 21.9 %: the printed 21.3 (21.25 to 21.35) is inside, and so leads
    assert (found["growth_verdict"], found["growth_pct"], found["growth_origin"]) == ("cannot_tell", 21.3, "printed")
    assert found["growth_computed_pct"] == pytest.approx(21.32, abs=0.005)


def test_the_state_sector_of_2024_gets_no_growth_from_a_page_that_was_revised(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, breakdown="state")
    assert (found["value"], found["prior"]) == (5910, 5700)
    assert isnan(found["growth_pct"])
    assert (found["growth_origin"], found["growth_reason"]) == (None, "base_in_doubt")
    assert found["growth_computed_pct"] == pytest.approx(3.684, abs=0.0005)  # kept beside, and no headline
    assert "base_in_doubt" in found["flags"]


# Growth exists only on a positive prior and a level not below zero, else there is a reason


def test_growth_is_computed_on_a_positive_prior_and_a_level_not_below_zero(tiny) -> None:
    cases = {
        "total": (110, 100, 10, None),
        "state": (0, 100, -100, None),
        "non_state": (5, 0, nan, "zero_prior"),
        "fdi": (-5, 100, nan, "sign_change"),
        "mining": (5, -100, nan, "sign_change"),
        "manufacturing": (-5, -100, nan, "sign_change"),
    }
    now = [{"period": "2018H1", "value": current, "breakdown": part} for part, (current, *_) in cases.items()]
    before = [{"period": "2017H1", "value": prior, "breakdown": part} for part, (_, prior, *_) in cases.items()]
    found = by_part(tiny([*now, *before]))
    for part, (_, prior, growth, reason) in cases.items():
        assert found[part]["growth_pct"] == pytest.approx(growth, nan_ok=True)
        assert found[part]["growth_computed_pct"] == pytest.approx(growth, nan_ok=True)
        assert found[part]["growth_origin"] == ("computed" if reason is None else None)
        assert found[part]["growth_reason"] == reason
        assert (found[part]["prior"], found[part]["prior_period"], found[part]["prior_source"]) == (prior, "2017H1", "office")
        assert found[part]["flags"] == ()


def test_a_level_below_zero_implies_no_prior_from_its_printed_growth(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": -100, "growth_pct": 10, "indicator": "balance"}]))
    assert isnan(found["prior_low"]) or found["prior_low"] < found["prior_high"] - 1


def test_a_prior_is_matched_by_period_and_not_by_position(tiny) -> None:
    levels = {"2019H1": 150, "2018H1": 110, "2016H1": 50, "2017H1": 100, "2017H2": 130, "2017": 230, "2018": 300}
    found = tiny([{"period": period, "value": value} for period, value in levels.items()])
    assert row(found, "2018H1")["growth_pct"] == pytest.approx(10)
    assert row(found, "2017H1")["growth_pct"] == pytest.approx(100)
    assert row(found, "2018")["growth_pct"] == pytest.approx(100 * 70 / 230)
    assert (row(found, "2017H2")["growth_reason"], row(found, "2016H1")["growth_reason"]) == ("no_prior", "no_prior")


def test_a_missing_value_keeps_its_symbol_and_has_no_growth(tiny) -> None:
    symbols = {
        "total": "nil",
        "state": "not_collected",
        "non_state": "not_applicable",
        "fdi": "suppressed",
        "mining": "not_printed",
    }
    now = [{"period": "2018H1", "missing": symbol, "breakdown": part} for part, symbol in symbols.items()]
    found = by_part(tiny([*now, *({"period": "2017H1", "value": 100, "breakdown": part} for part in symbols)]))
    for part, symbol in symbols.items():
        assert isnan(found[part]["value"])
        assert isnan(found[part]["growth_pct"])
        assert (found[part]["missing"], found[part]["growth_reason"], found[part]["plan_reason"]) == (
            symbol,
            "no_value",
            "no_value",
        )


def test_a_missing_prior_is_no_prior(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 110}, {"period": "2017H1", "missing": "not_collected"}]))
    assert (found["growth_reason"], found["prior_period"]) == ("no_prior", None)


def test_another_area_indicator_and_part_are_no_prior(tiny) -> None:
    found = tiny(
        [
            {"period": "2018H1", "value": 110},
            {"period": "2017H1", "value": 100, "area": "old"},
            {"period": "2017H1", "value": 100, "indicator": "sales"},
            {"period": "2017H1", "value": 100, "breakdown": "fdi"},
        ]
    )
    assert row(found)["growth_reason"] == "no_prior"


# Rates and indices


def test_a_rate_an_index_and_a_share_have_a_difference_in_points_and_no_growth(tiny) -> None:
    kinds: dict[str, dict[str, float]] = {"iip_growth": {"growth_pct": 12.5}, "prices": {}, "occupancy": {}}
    now = [{"period": "2018H1", "value": 12.5, "indicator": indicator, **printed} for indicator, printed in kinds.items()]
    before = [{"period": "2017H1", "value": 10.2, "indicator": indicator} for indicator in kinds]
    found = compare(tiny([*now, *before]), "2018H1", "here")
    assert found["difference_pp"].tolist() == pytest.approx([2.3] * 3)
    assert found["prior"].tolist() == [10.2] * 3
    assert found["growth_reason"].tolist() == found["plan_reason"].tolist() == ["rate"] * 3
    for column in ("growth_pct", "growth_printed_pct", "growth_computed_pct", "prior_low", "prior_high", "plan_pct"):
        assert found[column].isna().all()
    assert found["growth_origin"].tolist() == found["growth_verdict"].tolist() == [None] * 3


def test_a_level_has_no_difference_in_points(tiny) -> None:
    assert isnan(row(tiny([{"period": "2018H1", "value": 110}, {"period": "2017H1", "value": 100}]))["difference_pp"])


# Other basis, window and territory


def test_another_price_basis_is_no_prior(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 110}, {"period": "2017H1", "value": 100, "price_basis": "constant_2010"}]))
    assert isnan(found["prior"])
    assert (found["growth_reason"], found["growth_origin"]) == ("other_basis", None)


def test_a_basis_not_stated_equals_nothing_and_not_even_itself(tiny) -> None:
    silent = {"price_basis": "not_stated"}
    found = row(tiny([{"period": "2018H1", "value": 110, **silent}, {"period": "2017H1", "value": 100, **silent}]))
    assert isnan(found["prior"])
    assert isnan(found["growth_pct"])
    assert found["growth_reason"] == "other_basis"


def test_a_link_licences_the_comparison_and_is_shown(tiny) -> None:
    bases = {"total": ("current", "not_stated"), "state": ("not_stated", "not_stated"), "fdi": ("not_stated", "current")}
    found = by_part(
        tiny(
            [
                {"period": period, "value": value, "breakdown": part, "price_basis": pair[side]}
                for part, pair in bases.items()
                for side, (period, value) in enumerate((("2018H1", 110), ("2017H1", 100)))
            ],
            links=[
                {
                    **LINK,
                    "breakdown": part,
                    "price_basis": now,
                    "other_price_basis": before,
                    "reason": f"as the yearbook says of {part}",
                }
                for part, (now, before) in bases.items()
            ],
        )
    )
    for part in bases:
        assert (found[part]["prior"], found[part]["growth_pct"], found[part]["growth_reason"]) == (100, pytest.approx(10), None)
        assert found[part]["flags"] == ("via_link",)
        assert found[part]["link_reason"] == f"as the yearbook says of {part}"


def test_the_factor_of_a_link_multiplies_the_prior_and_its_precision(tiny) -> None:
    found = row(
        tiny(
            [
                {"period": "2018H1", "value": 300, "growth_pct": 20},
                {"period": "2017H1", "value": 100, "price_basis": "constant_2010"},
            ],
            links=[{**LINK, "other_price_basis": "constant_2010", "factor": 2.5}],
        )
    )
    # 300 on 250; with the precision of both, 299.5 / 251.25 to 300.5 / 248.75, it is 19.2 to 20.8 %
    assert (found["prior"], found["growth_computed_pct"], found["growth_verdict"]) == (250, pytest.approx(20), "cannot_tell")


def test_a_link_licences_nothing_else(tiny) -> None:
    others = [
        {"period": "2019H1", "other_period": "2018H1"},
        {"other_period": "2016H1"},
        {"kind": "annual_plan"},
        {"breakdown": "fdi"},
        {"area": "old"},
        {"indicator": "sales"},
        {"price_basis": "constant_2010", "other_price_basis": "current"},
    ]
    statements = [{"period": "2018H1", "value": 110}, {"period": "2017H1", "value": 100, "price_basis": "constant_2010"}]
    found = row(tiny(statements, links=[{**LINK, "other_price_basis": "constant_2010", **other} for other in others]))
    assert (found["growth_reason"], found["link_reason"], found["flags"]) == ("other_basis", None, ())


def test_a_star_links_every_part(tiny) -> None:
    parts = [{"period": "2018H1", "value": 110, "breakdown": part} for part in ("total", "fdi")]
    before = [{"period": "2017H1", "value": 100, "breakdown": part, "price_basis": "not_stated"} for part in ("total", "fdi")]
    found = compare(
        tiny([*parts, *before], links=[{**LINK, "breakdown": "*", "other_price_basis": "not_stated"}]), "2018H1", "here"
    )
    assert found["growth_pct"].tolist() == pytest.approx([10, 10])


def test_a_link_of_one_part_goes_before_a_link_of_all(tiny) -> None:
    statements = [{"period": "2018H1", "value": 110}, {"period": "2017H1", "value": 100, "price_basis": "not_stated"}]
    links = [
        {**LINK, "other_price_basis": "not_stated", "breakdown": part, "factor": factor}
        for part, factor in (("*", 1), ("total", 0.5))
    ]
    assert row(tiny(statements, links=links))["prior"] == 50


def test_the_same_basis_goes_before_a_link(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 110},
        {"period": "2017H1", "value": 100},
        {"period": "2017H1", "value": 90, "price_basis": "constant_2010"},
    ]
    found = row(tiny(statements, links=[{**LINK, "other_price_basis": "constant_2010"}]))
    assert (found["prior"], found["flags"], found["link_reason"]) == (100, (), None)


def test_another_window_is_no_prior(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 110, "window_end": "2018-05-31"}, {"period": "2017H1", "value": 100}]))
    assert isnan(found["prior"])
    assert found["growth_reason"] == "other_window"


def test_each_window_finds_its_own_prior(tiny) -> None:
    windows = [
        ("2018H1", 110, "2018-06-30"),
        ("2018H1", 90, "2018-05-31"),
        ("2017H1", 100, "2017-06-30"),
        ("2017H1", 60, "2017-05-31"),
    ]
    found = compare(
        tiny([{"period": period, "value": value, "window_end": end} for period, value, end in windows]), "2018H1", "here"
    )
    assert found[["value", "prior", "growth_pct"]].to_numpy().tolist() == [
        [90, 60, pytest.approx(50)],
        [110, 100, pytest.approx(10)],
    ]


@pytest.mark.parametrize(("year", "last"), [(2024, 29), (2025, 28)])
def test_february_is_compared_with_february_in_leap_years_too(year: int, last: int, tiny) -> None:
    ends = {year: f"{year}-02-{last}", year - 1: f"{year - 1}-02-{29 if (year - 1) % 4 == 0 else 28}"}
    statements = [
        {"period": f"{each}M02", "value": value, "window_start": f"{each}-02-01", "window_end": ends[each]}
        for each, value in ((year, 110), (year - 1, 100))
    ]
    found = row(tiny(statements), f"{year}M02")
    assert (found["growth_reason"], found["growth_pct"]) == (None, pytest.approx(10))


@pytest.mark.parametrize(
    ("area", "period"),
    [("new", "2025H2"), ("new", "2026H1"), ("old", "2026H1")],
    ids=["not yet there a year before", "not yet there in the half-year before", "no longer there"],
)
def test_another_territory_is_no_prior(area: str, period: str, tiny) -> None:
    found = row(tiny([{"period": period, "value": 110, "area": area}]), period, area)
    assert (found["growth_reason"], found["flags"]) == ("other_territory", ("territory_ended",))


def test_the_figures_of_the_old_province_are_no_prior_of_the_new_one(tiny) -> None:
    found = tiny([{"period": "2026H1", "value": 300, "area": "new"}, {"period": "2025H1", "value": 100, "area": "old"}])
    assert row(found, "2026H1", "new")["growth_reason"] == "other_territory"


def test_a_territory_that_was_there_a_year_before_is_compared(tiny) -> None:
    statements = [{"period": f"{year}H2", "value": value, "area": "new"} for year, value in ((2026, 110), (2025, 100))]
    assert row(tiny(statements), "2026H2", "new")["growth_pct"] == pytest.approx(10)


# Printed and computed growth


def test_without_a_prior_the_printed_growth_leads_and_implies_one(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 110, "growth_pct": 10, "growth_form": "index"}]))
    assert (found["growth_pct"], found["growth_origin"], found["growth_form"]) == (10, "printed", "index")
    # 109.5 / 1.1005 and 110.5 / 1.0995
    assert (found["prior_low"], found["prior_high"]) == (pytest.approx(99.50, abs=0.005), pytest.approx(100.50, abs=0.005))
    assert found["flags"] == ("printed_growth",)


def test_the_computed_growth_leads_where_it_agrees(tiny) -> None:
    cases = {
        "total": (110000, 100000, 10, "agree", 10, "computed"),  # 109999.5 / 100000.5 to 110000.5 / 99999.5: 9.999 to 10.001
        "state": (1103, 1000, 10.3, "cannot_tell", 10.3, "printed"),  # 1102.5 / 1000.5 to 1103.5 / 999.5: 10.19 to 10.41
        "fdi": (120000, 100000, 10, "disagree", 10, "printed"),
    }
    now = [
        {"period": "2018H1", "value": value, "growth_pct": printed, "breakdown": part, "stated_on": "2018-07-01"}
        for part, (value, _, printed, *_) in cases.items()
    ]
    before = [
        {"period": "2017H1", "value": prior, "breakdown": part, "stated_on": "2017-07-01"} for part, (_, prior, *_) in cases.items()
    ]
    found = by_part(tiny([*now, *before]))
    for part, (value, prior, printed, verdict, headline, origin) in cases.items():
        told = found[part]
        assert (told["growth_verdict"], told["growth_pct"], told["growth_origin"]) == (verdict, pytest.approx(headline), origin)
        assert told["growth_printed_pct"] == printed
        assert told["growth_computed_pct"] == pytest.approx(100 * (value - prior) / prior)
        assert ("base_not_revised" in told["flags"]) == (verdict == "disagree")


def test_a_prior_revised_after_the_growth_was_printed_gives_the_headline(tiny) -> None:
    """The statistics office revised the first half of 2017 a year after the growth of 2018 was printed: its base is the newer."""
    found = row(
        tiny(
            [
                {"period": "2018H1", "value": 120000, "growth_pct": 10, "stated_on": "2018-07-01"},
                {"period": "2017H1", "value": 109000, "stated_on": "2017-07-01"},
                {"period": "2017H1", "value": 100000, "stated_on": "2019-07-01"},
            ]
        )
    )
    assert (found["prior"], found["growth_verdict"]) == (100000, "disagree")
    assert (found["growth_pct"], found["growth_origin"], found["growth_printed_pct"]) == (pytest.approx(20), "computed", 10)
    assert "base_not_revised" not in found["flags"]


def test_a_page_that_contradicts_itself_has_no_unrevised_base(tiny) -> None:
    """Only a later printed growth can know of a revision that an earlier prior does not."""
    found = row(
        tiny(
            [
                {"period": "2018H1", "value": 120000, "growth_pct": 10, "stated_on": "2018-07-01", "source": "department"},
                {"period": "2017H1", "value": 100000, "stated_on": "2018-07-01", "source": "department"},
            ]
        )
    )
    assert found["growth_verdict"] == "disagree"
    assert "base_not_revised" not in found["flags"]


def test_a_revised_page_puts_its_other_figures_in_doubt(tiny) -> None:
    now = {"period": "2018H1", "stated_on": "2018-07-01"}
    before = {"period": "2017H1", "stated_on": "2017-07-01"}
    found = compare(
        tiny(
            [
                {**now, "value": 120000, "growth_pct": 10},
                {**before, "value": 100000},  # 20 %: the page of 2017 has been revised
                {**now, "value": 55000, "breakdown": "state"},
                {**before, "value": 50000, "breakdown": "state"},  # the same page, and no printed growth: in doubt
                {**now, "value": 33000, "breakdown": "non_state", "growth_pct": 10},
                {**before, "value": 30000, "breakdown": "non_state"},  # the same page, and printed growth agrees
                {**now, "value": 12000, "breakdown": "fdi"},
                {**before, "value": 10000, "breakdown": "fdi", "source": "department"},  # another page
                {**now, "value": 110, "indicator": "sales"},
                {**before, "value": 100, "indicator": "sales"},  # another indicator of the same page
            ]
        ),
        "2018H1",
        "here",
    ).set_index(["indicator", "breakdown"])
    reasons = found["growth_reason"].to_dict()
    assert reasons.pop(("output", "state")) == "base_in_doubt"
    assert set(reasons.values()) == {None}
    state = found.loc[("output", "state")]
    assert isnan(state["growth_pct"])
    assert (state["growth_computed_pct"], state["growth_origin"]) == (pytest.approx(10), None)
    assert found.loc[("output", "non_state"), "growth_origin"] == "computed"
    assert found.loc[("output", "fdi"), "growth_pct"] == pytest.approx(20)


# Words beside a figure


def test_a_word_moves_the_interval_of_the_value(tiny) -> None:
    cases = {
        "total": ("trên", 12, "cannot_tell"),  # 110 and more is 9.45 % and more
        "state": ("trên", 9, "disagree"),  # 110 / 100.5 is 9.45, above 9.05
        "non_state": ("gần", 12, "disagree"),  # below 110 / 99.5, which is 10.55
        "fdi": ("gần", 9, "cannot_tell"),
        "mining": ("khoảng", 12, None),
    }
    now = [
        {"period": "2018H1", "value": 110, "qualifier": word, "growth_pct": printed, "breakdown": part}
        for part, (word, printed, _) in cases.items()
    ]
    found = by_part(tiny([*now, *({"period": "2017H1", "value": 100, "breakdown": part} for part in cases)]))
    for part, (word, printed, verdict) in cases.items():
        assert (found[part]["growth_verdict"], found[part]["qualifier"]) == (verdict, word)
        assert (found[part]["growth_pct"], found[part]["growth_origin"]) == (printed, "printed")
        assert "approximate" in found[part]["flags"]


def test_a_word_moves_the_interval_of_the_growth(tiny) -> None:
    now = {"period": "2018H1", "value": 110, "growth_pct": 10}
    words = {"total": "hơn", "state": "khoảng"}
    found = by_part(tiny([{**now, "growth_qualifier": word, "breakdown": part} for part, word in words.items()]))
    assert found["total"]["prior_low"] == 0
    assert found["total"]["prior_high"] == pytest.approx(110.5 / 1.1)
    assert isnan(found["state"]["prior_low"])
    assert [found[part]["growth_qualifier"] for part in words] == ["hơn", "khoảng"]
    assert [found[part]["growth_pct"] for part in words] == [10, 10]


def test_growth_of_an_approximate_value_is_computed_and_marked(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 110, "qualifier": "khoảng"}, {"period": "2017H1", "value": 100}]))
    assert (found["growth_pct"], found["growth_origin"], found["flags"]) == (pytest.approx(10), "computed", ("approximate",))


def test_a_prior_that_is_over_its_figure_still_contradicts_too_high_a_growth(tiny) -> None:
    """110 on "trên 100" is at most 10.5 %: a printed 12 % cannot be."""
    found = row(
        tiny([{"period": "2018H1", "value": 110, "growth_pct": 12}, {"period": "2017H1", "value": 100, "qualifier": "trên"}])
    )
    assert found["growth_verdict"] == "disagree"


def test_a_prior_on_which_two_departments_differ_gives_no_headline(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": 220},
        {"period": "2017H1", "value": 100, "source": "department", "stated_on": "2017-07-01"},
        {"period": "2017H1", "value": 200, "source": "province", "stated_on": "2017-07-01"},
    ]
    dataset = tiny(statements)
    ranks = dataset["sources"].set_index("code")["rank"]
    if ranks["department"] != ranks["province"]:
        statements[2] = {**statements[2], "source": "department", "stated_on": "2017-07-01", "note": "again"}
        dataset = tiny(statements)
    found = row(dataset)
    assert (isnan(found["growth_pct"]), found["growth_reason"]) == (True, "prior_conflict")
    assert not isnan(found["growth_computed_pct"])


def test_a_prior_said_with_a_word_gives_no_headline(tiny) -> None:
    found = row(tiny([{"period": "2018H1", "value": 150}, {"period": "2017H1", "value": 100, "qualifier": "trên"}]))
    assert (isnan(found["growth_pct"]), found["growth_reason"]) == (True, "vague_prior")
    assert found["growth_computed_pct"] == pytest.approx(50)
