from __future__ import annotations

from datetime import date
from math import isnan, nan
from typing import Any

import pandas as pd
import pytest

from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.listing import as_records
from bcanalysis.comparison.plan import pace_to_plan, plans_in_force
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.wording.footnotes import footnotes

NOW = {"period": "2018H1", "stated_on": "2018-06-14"}


def only(rows: pd.DataFrame, **series: str) -> dict[str, Any]:
    """Give the one row of a comparison that is meant."""
    for column, code in series.items():
        rows = rows[rows[column] == code]
    (found,) = rows.to_dict("records")
    return found


def row(dataset: Dataset, period: str = "2018H1", area: str = "here", as_of: date | None = None) -> dict[str, Any]:
    """Give the only row of a comparison."""
    return only(compare(dataset, period, area, as_of=as_of))


def by_part(dataset: Dataset, as_of: date | None = None) -> dict[str, dict[str, Any]]:
    """Give the rows of one indicator, whose parts are here but room for several cases."""
    return compare(dataset, "2018H1", "here", as_of=as_of).set_index("breakdown").to_dict("index")


# The figures of the half-years 2018 and 2024


@pytest.mark.parametrize(
    ("indicator", "basis", "percent", "low", "high"),
    [
        ("industrial_output", "current", 45.9, 143955.4, 144271.5),
        ("retail_sales", "not_applicable", 47, 25255.8, 25801.1),
    ],
)
def test_without_a_plan_on_file_the_printed_percent_implies_one(
    half_year_2018: pd.DataFrame, indicator: str, basis: str, percent: float, low: float, high: float
) -> None:
    found = only(half_year_2018, indicator=indicator, breakdown="total", price_basis=basis)
    assert (found["plan_pct"], found["plan_origin"], found["plan_reason"]) == (percent, "printed", "no_plan")
    assert (round(found["plan_low"], 1), round(found["plan_high"], 1)) == (low, high)
    assert isnan(found["plan"])
    assert isnan(found["plan_computed_pct"])


def test_exports_of_2018_agree_with_the_plan_on_file(half_year_2018: pd.DataFrame) -> None:
    found = only(half_year_2018, indicator="export_value")
    assert (found["plan"], found["plan_body"], found["plan_source"]) == (7800, "Party", "stc-bac-giang-2018")
    assert found["plan_decided_on"] == pd.Timestamp("2017-12-01")
    assert found["plan_pct"] == pytest.approx(40.25641)  # 3140 / 7800
    assert (found["plan_printed_pct"], found["plan_origin"], found["plan_verdict"]) == (40.3, "computed", "agree")
    assert (round(found["plan_low"], 1), round(found["plan_high"], 1)) == (7780.7, 7802.5)
    assert found["plan_reason"] is None


def test_imports_of_2018_have_a_computed_percent_and_nothing_printed(half_year_2018: pd.DataFrame) -> None:
    found = only(half_year_2018, indicator="import_value")
    assert (found["plan"], found["plan_pct"], found["plan_origin"], found["plan_verdict"]) == (7500, 40.0, "computed", None)
    assert isnan(found["plan_printed_pct"])
    assert isnan(found["plan_low"])


def test_exports_of_2024_cannot_be_told_within_rounding(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, indicator="export_value")
    # 12,550 to 12,650 of 33,000 is 38.03 to 38.33 %, and the printed 38.2 is 38.15 to 38.25
    assert (found["plan"], found["plan_verdict"], found["plan_pct"], found["plan_origin"]) == (
        33000,
        "cannot_tell",
        38.2,
        "printed",
    )
    assert found["plan_computed_pct"] == pytest.approx(38.1818, abs=0.00005)


def test_output_of_2024_reaches_its_plan_through_a_link(half_year_2024: pd.DataFrame) -> None:
    found = only(half_year_2024, indicator="industrial_output", breakdown="total")
    assert (found["plan"], found["plan_verdict"]) == (665760, "agree")
    assert found["plan_pct"] == pytest.approx(47.3361, abs=0.00005)  # 315145 / 665760
    assert "plan_via_link" in found["flags"]


# Which plan


def test_a_plan_needs_the_same_series_year_and_kind_of_target(tiny) -> None:
    others = [
        {"year": 2017, "value": 1},
        {"year": 2019, "value": 1},
        {"year": 2018, "value": 1, "area": "old"},
        {"year": 2018, "value": 1, "indicator": "sales"},
        {"year": 2018, "value": 1, "breakdown": "fdi"},
        *({"year": 2018, "value": 1, "target_kind": kind} for kind in ("growth", "share", "floor", "ceiling")),
    ]
    found = row(tiny([{**NOW, "value": 90}], plans=others))
    assert isnan(found["plan"])
    assert isnan(found["plan_pct"])
    assert (found["plan_reason"], found["plan_body"], found["plan_origin"]) == ("no_plan", None, None)


def test_a_plan_on_another_basis_is_no_plan_and_the_reason_says_so(tiny) -> None:
    found = by_part(
        tiny(
            [{**NOW, "value": 90}, {**NOW, "value": 90, "breakdown": "state", "price_basis": "not_stated"}],
            plans=[
                {"year": 2018, "value": 200, "price_basis": "constant_2010"},
                {"year": 2018, "value": 200, "breakdown": "state", "price_basis": "not_stated"},
            ],
        )
    )
    for part in ("total", "state"):
        assert isnan(found[part]["plan_pct"])
        assert found[part]["plan_reason"] == "other_basis"


def test_a_link_licences_a_plan_on_another_basis_with_its_factor(tiny) -> None:
    found = row(
        tiny(
            [{**NOW, "value": 90}],
            plans=[{"year": 2018, "value": 100, "price_basis": "constant_2010"}],
            links=[
                {
                    "period": "2018H1",
                    "other_period": "2018",
                    "other_price_basis": "constant_2010",
                    "kind": "annual_plan",
                    "factor": 2,
                }
            ],
        )
    )
    assert (found["plan"], found["plan_pct"], found["plan_reason"]) == (200, 45.0, None)
    assert (found["flags"], found["plan_link_reason"]) == (("plan_via_link",), "same thing")


def test_the_version_in_force_when_the_value_was_stated_is_the_plan(tiny) -> None:
    """The plan of December was changed in July: half a year's figures of June and of August are judged by different ones."""
    plans = [
        {"year": 2018, "value": 200, "decided_on": "2017-12-10", "valid_from": "2018-01-01", "body": "HDND"},
        {"year": 2018, "value": 180, "decided_on": "2018-07-10", "body": "HDND", "source": "province"},
    ]
    days = {"total": "2018-06-14", "state": "2018-08-01", "non_state": "2018-07-10", "fdi": "2018-07-09"}
    values = [{"period": "2018H1", "value": 90, "breakdown": part, "stated_on": day} for part, day in days.items()]
    found = by_part(tiny(values, plans=[{**plan, "breakdown": part} for part in days for plan in plans]))
    assert {part: found[part]["plan"] for part in days} == {"total": 200, "state": 180, "non_state": 180, "fdi": 200}
    assert {part: found[part]["plan_pct"] for part in days} == {"total": 45, "state": 50, "non_state": 50, "fdi": 45}
    assert (found["total"]["plan_decided_on"], found["total"]["plan_source"]) == (pd.Timestamp("2017-12-10"), "office")


def test_a_plan_decided_but_not_yet_valid_is_not_in_force(tiny) -> None:
    plans = [
        {"year": 2018, "value": 200, "decided_on": "2017-12-10"},
        {"year": 2018, "value": 180, "decided_on": "2018-05-10", "valid_from": "2018-07-01", "source": "province"},
    ]
    assert row(tiny([{**NOW, "value": 90}], plans=plans))["plan"] == 200


def test_a_plan_without_a_day_serves_where_there_is_no_other(tiny) -> None:
    undated = {"year": 2018, "value": 200}
    dated = {"year": 2018, "value": 180, "decided_on": "2018-01-10", "source": "province"}
    parts = [{**NOW, "value": 90}, {**NOW, "value": 90, "breakdown": "fdi"}]
    found = by_part(tiny(parts, plans=[undated, {**undated, "breakdown": "fdi"}, {**dated, "breakdown": "fdi"}]))
    assert (found["total"]["plan"], found["fdi"]["plan"]) == (200, 180)


def test_a_plan_decided_after_the_statement_is_no_matter_of_another_basis(tiny) -> None:
    found = row(tiny([{**NOW, "value": 90}], plans=[{"year": 2018, "value": 200, "decided_on": "2018-07-10"}]))
    assert isnan(found["plan"])
    assert found["plan_reason"] not in (None, "other_basis")


def test_as_of_a_day_later_plans_are_unknown(tiny) -> None:
    found = tiny(
        [{**NOW, "value": 90}],
        plans=[
            {"year": 2018, "value": 200, "decided_on": "2017-12-10"},
            {"year": 2018, "value": 180, "decided_on": "2018-06-10", "source": "province"},
            {"year": 2018, "value": 160, "decided_on": "2018-07-10", "source": "department"},
            {"year": 2018, "value": 150, "source": "paper"},
            {"year": 2018, "value": 10, "target_kind": "growth", "decided_on": "2017-12-10"},
            {"year": 2019, "value": 300, "decided_on": "2017-12-10"},
        ],
    )
    assert plans_in_force(found, 2018)["value"].tolist() == [200, 180, 160, 150]
    assert plans_in_force(found, 2018, date(2018, 6, 30))["value"].tolist() == [200, 180]
    assert plans_in_force(found, 2018, date(2017, 12, 9))["value"].tolist() == []
    assert row(found, as_of=date(2018, 6, 30))["plan"] == 180


def test_a_plan_that_is_a_range_is_not_silently_its_lower_end(tiny) -> None:
    """90 of a plan of 200 to 225 is 40 to 45 %."""
    found = row(tiny([{**NOW, "value": 90}], plans=[{"year": 2018, "value": 200, "value_high": 225}]))
    assert found["plan_pct"] != 45


# Printed and computed percent


def test_the_computed_percent_leads_unless_rounding_hides_it(tiny) -> None:
    cases = {
        "total": (90000, 200000, 45, "agree", 45, "computed"),
        "state": (90, 200, 45.1, "cannot_tell", 45.1, "printed"),  # 89.5 to 90.5 of 200 is 44.75 to 45.25 %
        "fdi": (90000, 200000, 50, "disagree", 45, "computed"),  # the plan on file is used, the printed percent stands beside it
        "mining": (90000, 200000, None, None, 45, "computed"),
    }
    values = [
        {**NOW, "value": value, "breakdown": part, **({} if printed is None else {"plan_pct": printed})}
        for part, (value, _, printed, *_) in cases.items()
    ]
    plans = [{"year": 2018, "value": plan, "breakdown": part} for part, (_, plan, *_) in cases.items()]
    found = by_part(tiny(values, plans=plans))
    for part, (_, _, printed, verdict, headline, origin) in cases.items():
        told = found[part]
        assert (told["plan_verdict"], told["plan_pct"], told["plan_origin"]) == (verdict, headline, origin)
        assert told["plan_printed_pct"] == pytest.approx(nan if printed is None else printed, nan_ok=True)
        assert told["plan_computed_pct"] == 45


def test_a_plan_is_met_on_full_precision_only(tiny) -> None:
    found = row(tiny([{"period": "2018", "value": 9996, "plan_pct": 100}], plans=[{"year": 2018, "value": 10000}]), "2018")
    # 9995.5 to 9996.5 of 10000 is 99.955 to 99.965 %, and 100,0 is 99.95 to 100.05
    assert (found["plan_verdict"], found["plan_pct"]) == ("agree", pytest.approx(99.96))
    assert found["plan_pct"] < 100


def test_a_plan_of_zero_gives_no_percent_but_a_reason(tiny) -> None:
    found = row(tiny([{**NOW, "value": 90}], plans=[{"year": 2018, "value": 0}]))
    assert isnan(found["plan_pct"])
    assert found["plan_reason"] is not None


def test_an_excess_over_the_plan_keeps_its_form(tiny) -> None:
    found = row(tiny([{"period": "2018", "value": 1106, "plan_pct": 110.6, "plan_form": "excess", "plan_half_unit": 0.05}]), "2018")
    assert (found["plan_pct"], found["plan_form"], found["plan_half_unit"]) == (110.6, "excess", 0.05)


# Pace


def test_what_the_second_half_of_2018_must_bring(half_year_2018: pd.DataFrame) -> None:
    found = pace_to_plan(half_year_2018)
    found = found[found["price_basis"] != "constant_2010"].set_index("indicator").round({"ratio_low": 3, "ratio_high": 3})
    assert found["ratio_low"].to_dict() == {
        "industrial_output": 1.176,  # 100 / 45.95 - 1
        "export_value": 1.478,  # 100 / 40.35 - 1
        "import_value": 1.500,  # 7500 / 3000.5 - 1
        "retail_sales": 1.105,  # 100 / 47.5 - 1
    }
    assert found["ratio_high"].to_dict() == {
        "industrial_output": 1.181,
        "export_value": 1.484,
        "import_value": 1.500,
        "retail_sales": 1.151,
    }
    assert found.loc["export_value", ["remaining_low", "remaining_high"]].tolist() == [4660, 4660]  # 7800 - 3140
    # 143955.4 - 66148 and 144271.5 - 66148
    assert found.loc["industrial_output", ["remaining_low", "remaining_high"]].round(1).tolist() == [77807.4, 78123.5]


def test_the_pace_follows_the_printed_percent_and_the_plan_the_remainder(tiny) -> None:
    found = pace_to_plan(
        compare(tiny([{**NOW, "value": 90, "plan_pct": 45}], plans=[{"year": 2018, "value": 200}]), "2018H1", "here")
    )
    (told,) = found.to_dict("records")
    assert (told["remaining_low"], told["remaining_high"]) == (110, 110)
    assert (told["ratio_low"], told["ratio_high"]) == (pytest.approx(100 / 45.05 - 1), pytest.approx(100 / 44.95 - 1))


def test_without_a_percent_there_is_no_pace(tiny) -> None:
    assert len(pace_to_plan(compare(tiny([{**NOW, "value": 90}]), "2018H1", "here"))) == 0


def test_the_pace_of_no_figures_is_an_empty_table(half_year_2018: pd.DataFrame) -> None:
    found = pace_to_plan(half_year_2018.iloc[:0])
    assert len(found) == 0
    assert {"indicator", "label_vi", "remaining_low", "ratio_high"} <= set(found.columns)


def test_the_rest_of_the_year_follows_the_percent_that_leads(tiny) -> None:
    """100 of a plan of 200: the rest is as much again, whatever a disputed print says."""
    plan = {"year": 2018, "value": 200, "decided_on": "2017-12-10"}
    disputed = {**NOW, "value": 100, "half_unit": 0.005, "plan_pct": 40}
    found = pace_to_plan(compare(tiny([disputed], plans=[plan]), "2018H1", "here")).iloc[0]
    assert found["remaining_low"] == 100
    assert found["ratio_low"] == pytest.approx(1, abs=1e-3)


def test_a_plan_that_is_met_asks_for_nothing_more(tiny) -> None:
    found = pace_to_plan(compare(tiny([{**NOW, "value": 250}], plans=[{"year": 2018, "value": 200}]), "2018H1", "here")).iloc[0]
    assert (found["remaining_low"], found["remaining_high"], found["ratio_low"], found["ratio_high"]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "figure",
    [{"plan_pct": 40, "plan_qualifier": "gần"}, {"plan_pct": 40, "plan_qualifier": "trên"}],
    ids=["nearly", "over"],
)
def test_an_open_percent_gives_no_pace(figure: dict[str, object], tiny) -> None:
    found = pace_to_plan(compare(tiny([{**NOW, "value": 100, **figure}]), "2018H1", "here"))
    assert found[["ratio_low", "ratio_high"]].isna().all(axis=None)


@pytest.mark.parametrize("window", [{"window_end": "2018-05-15"}, {"window_start": "2018-02-01"}])
def test_a_part_of_the_half_year_has_no_pace(window: dict[str, str], tiny) -> None:
    assert pace_to_plan(compare(tiny([{**NOW, "value": 100, "plan_pct": 40, **window}]), "2018H1", "here")).empty


def test_a_plan_changed_after_the_statement_stands_beside_the_one_in_force(tiny) -> None:
    plans = [
        {"year": 2018, "value": 200, "decided_on": "2017-12-10"},
        {"year": 2018, "value": 180, "decided_on": "2018-08-10", "source": "province"},
    ]
    dataset = tiny([{**NOW, "value": 90}], plans=plans)
    now = compare(dataset, "2018H1", "here").iloc[0]
    then = compare(dataset, "2018H1", "here", as_of=date(2018, 7, 31)).iloc[0]
    assert (now["plan"], now["plan_now"], now["plan_pct"]) == (200, 180, 45)
    assert (then["plan"], isnan(then["plan_now"])) == (200, True)


def test_plans_of_two_bodies_stand_side_by_side_each_with_its_percent(tiny) -> None:
    plans = [
        {"year": 2018, "value": 150, "decided_on": "2017-11-01", "body": "UBND", "source": "paper"},
        {"year": 2018, "value": 180, "decided_on": "2017-12-10", "body": "HDND"},
        {"year": 2018, "value": 200, "decided_on": "2018-01-10", "body": "UBND", "source": "province"},
        {"year": 2018, "value": 400, "decided_on": "2018-07-10", "body": "So", "source": "department"},
    ]
    found = row(tiny([{**NOW, "value": 90}], plans=plans))
    assert (found["plan"], found["plan_body"], found["plan_pct"]) == (200, "UBND", 45)
    # the earlier plan of the same body is replaced, that of the department came later
    other = {"plan": 180, "body": "HDND", "decided_on": "2017-12-10", "source": "office", "plan_pct": 50}
    assert found["plan_others"] == (other,)
    assert "Cùng lúc còn có kế hoạch năm 2018 là 180 tỷ đồng (Hội đồng nhân dân tỉnh, ngày 10/12/2017): đạt 50,0%." in footnotes(
        found
    )


def test_versions_of_one_body_do_not_stand_side_by_side(tiny) -> None:
    plans = [{"year": 2018, "value": value, "decided_on": day} for value, day in ((200, "2017-12-10"), (180, "2018-01-10"))]
    assert row(tiny([{**NOW, "value": 90}], plans=plans))["plan_others"] == ()
    assert row(tiny([{**NOW, "value": 90}]))["plan_others"] == ()


def test_the_json_of_a_comparison_names_the_plan_that_was_used_and_those_beside_it(tiny) -> None:
    plans = [
        {"year": 2018, "value": 180, "decided_on": "2017-12-10", "body": "HDND"},
        {"year": 2018, "value": 200, "decided_on": "2018-01-10", "source": "province"},
    ]
    (record,) = as_records(compare(tiny([{**NOW, "value": 90}], plans=plans), "2018H1", "here"))
    told = {name: record[name] for name in ("plan", "plan_body", "plan_decided_on", "plan_source")}
    assert told == {"plan": 200, "plan_body": "UBND", "plan_decided_on": "2018-01-10", "plan_source": "province"}
    assert [(other["plan"], other["body"], other["plan_pct"]) for other in record["plan_others"]] == [(180, "HDND", 50)]
