"""A merged area is compared with the sum of its parts; what does not add up is refused. Levels of 2025 are synthetic: none are on file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import bcanalysis as bc
from bcanalysis.comparison.compare import compare
from bcanalysis.comparison.provinces import across
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import DataError
from bcanalysis.wording.footnotes import footnotes

BORDERS: dict[str, list[dict[str, Any]]] = {
    "areas": [{"code": "east", "name_vi": "Đông", "name_en": "East", "valid_to": "2025-06-30"}],
    "area_changes": [{"area": "east", "successor": "new", "changed_on": "2025-07-01"}],
}
EAST, OLD = {"area": "east", "source": "paper"}, {"area": "old", "source": "department"}


def data(tiny: Any, *rows: dict[str, Any]) -> Dataset:
    return tiny(rows, **BORDERS)


def row(found: Dataset, period: str = "2026H1") -> dict[str, Any]:
    (only,) = compare(found, period, "new").to_dict("records")
    return only


def test_levels_of_the_parts_add_up_to_the_prior_of_the_merged_area(tiny: Any) -> None:
    parts = [EAST | {"period": "2025H1", "value": 40}, OLD | {"period": "2025H1", "value": 60}]
    found = row(data(tiny, {"area": "new", "period": "2026H1", "value": 110}, *parts))
    assert (found["prior"], found["growth_pct"], found["growth_origin"]) == (100, pytest.approx(10), "computed")
    assert found["prior_source"] == "department + paper"
    assert found["flags"] == ("rebuilt_base",)
    assert "Số liệu cùng kỳ năm trước là tổng số liệu của các địa phương đã hợp nhất thành Tỉnh mới." in footnotes(found)


def test_printed_growth_is_checked_against_the_sum_with_the_roundings_of_its_parts(tiny: Any) -> None:
    parts = [EAST | {"period": "2025H1", "value": 40}, OLD | {"period": "2025H1", "value": 60}]
    # 109.5 / 101 to 110.5 / 99: 8.4 to 11.6 %
    told = {
        growth: row(data(tiny, {"area": "new", "period": "2026H1", "value": 110, "growth_pct": growth}, *parts))
        for growth in (10, 12)
    }
    assert (told[10]["growth_verdict"], told[12]["growth_verdict"]) == ("cannot_tell", "disagree")


def test_without_a_figure_of_one_part_there_is_no_base(tiny: Any) -> None:
    found = row(data(tiny, {"area": "new", "period": "2026H1", "value": 110}, OLD | {"period": "2025H1", "value": 60}))
    assert (found["growth_reason"], found["flags"]) == ("other_territory", ("territory_ended",))
    assert np.isnan(found["prior"])


@pytest.mark.parametrize(
    "other",
    [
        {"price_basis": "constant_2010"},
        {"price_basis": "not_stated"},
        {"window_end": "2025-05-31"},
        {"breakdown": "state"},
    ],
    ids=["basis", "basis not stated", "window", "part of the whole"],
)
def test_parts_add_up_only_within_one_basis_window_and_breakdown(other: dict[str, Any], tiny: Any) -> None:
    parts = [EAST | {"period": "2025H1", "value": 40} | other, OLD | {"period": "2025H1", "value": 60}]
    assert np.isnan(row(data(tiny, {"area": "new", "period": "2026H1", "value": 110}, *parts))["prior"])


def test_a_published_prior_of_the_new_territory_comes_before_a_sum(tiny: Any) -> None:
    parts = [EAST | {"period": "2025H1", "value": 40}, OLD | {"period": "2025H1", "value": 60}]
    own = [{"area": "new", "period": "2026H1", "value": 110}, {"area": "new", "period": "2025H1", "value": 88}]
    found = row(data(tiny, *own, *parts))
    assert (found["prior"], found["growth_pct"], found["flags"]) == (88, pytest.approx(25), ())


def test_rates_and_indices_of_parts_are_no_prior(tiny: Any) -> None:
    rate = {"indicator": "iip_growth", "price_basis": "not_applicable"}
    parts = [EAST | rate | {"period": "2025H1", "value": 10}, OLD | rate | {"period": "2025H1", "value": 20}]
    found = row(data(tiny, rate | {"area": "new", "period": "2026H1", "value": 15}, *parts))
    assert np.isnan(found["prior"])
    assert np.isnan(found["difference_pp"])


def test_a_year_in_which_the_area_ended_is_marked(tiny: Any) -> None:
    years = [{"area": "old", "period": period, "value": value} for period, value in (("2025", 110), ("2024", 100))]
    (found,) = compare(data(tiny, *years), "2025", "old").to_dict("records")
    assert (found["growth_pct"], found["flags"]) == (pytest.approx(10), ("territory_ended",))


# What is told of a merged area


def told(found: Dataset, period: str, *indicators: str, area: str = "new") -> pd.DataFrame:
    return across(found, period, indicators, merged=area)


def test_synthetic_levels_of_both_years_give_growth_on_one_territory(tiny: Any) -> None:
    values = {"2024H1": (30, 50), "2025H1": (40, 60)}
    rows = [
        part | {"period": period, "value": value}
        for period, pair in values.items()
        for part, value in zip((EAST, OLD), pair, strict=True)
    ]
    found = told(data(tiny, *rows), "2025H1", "output")
    assert found[["value", "prior", "growth_pct"]].to_numpy().tolist() == [[100, 80, 25]]
    assert told(data(tiny, *rows), "2025H1", "output", area="east")["area"].tolist() == ["new"]  # asked from one of its parts


def test_years_without_a_merger_have_nothing_to_tell(tiny: Any) -> None:
    rows = data(tiny, EAST | {"period": "2024H1", "value": 30})
    assert told(rows, "2024H1", "output").empty
    assert told(rows, "2027H1", "output").empty
    assert told(rows, "2025H1", "output", area="here").empty


def test_the_rates_of_bac_giang_and_bac_ninh_never_become_a_mean(dataset: Dataset) -> None:
    found = told(dataset, "2025H1", "grdp_growth", "iip_growth", "export_value", area="bac-giang").set_index("indicator")
    grdp = found.loc["grdp_growth"]
    assert [(part["area"], part["value"]) for part in grdp["parts"]] == [("bac-giang", 14.01), ("bac-ninh", 9.18)]
    assert (grdp["value"], grdp["reason"]) == (10.47, "rates_do_not_add")
    assert grdp["plain_mean"] == pytest.approx(11.595)  # what it would say, far from 10.47
    # Bắc Giang: (10.465 - 9.185) / (14.015 - 9.185) to (10.475 - 9.175) / (14.005 - 9.175)
    assert (grdp["weight_low"], grdp["weight_high"]) == (pytest.approx(26.50, abs=0.005), pytest.approx(26.92, abs=0.005))
    assert np.isnan(found["growth_pct"].astype(float)).all()
    assert found.loc["export_value", "reason"] == "part_not_on_file"
    assert found.loc["iip_growth", "reason"] == "rates_do_not_add"


def test_the_table_of_a_merged_area_says_why_there_is_no_growth(dataset: Dataset) -> None:
    page = str(bc.table(told(dataset, "2025H1", "export_value", "grdp_growth", area="bac-ninh-2025"), "merged"))
    assert "Bắc Giang:\u00a014,01; Bắc Ninh:\u00a09,18" in page
    assert "chưa đủ số liệu của các địa phương đã hợp nhất để dựng lại số cùng kỳ" in page
    assert "11,60" in page


# The end of areas


def test_a_statement_about_days_after_the_end_of_its_area_is_a_fault(tiny: Any) -> None:
    with pytest.raises(
        DataError, match=r'"old"; expected a window that begins by 2025-06-30, the last day of old. Its successor is new'
    ):
        tiny.load([{"area": "old", "period": "2025H2", "value": 1}])
    tiny.load([{"area": "old", "period": "2025H1", "value": 1}])
