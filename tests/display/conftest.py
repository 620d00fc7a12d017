"""Small comparisons written out by hand: the half-year of the reference report and one with a disputed base."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

NAN = float("nan")

BLANK: dict[str, Any] = {
    "area": "bac-giang",
    "indicator": "industrial_output",
    "breakdown": "total",
    "price_basis": "not_applicable",
    "period": "2018H1",
    "window_start": pd.Timestamp("2018-01-01"),
    "window_end": pd.Timestamp("2018-06-30"),
    "unit": "billion_vnd",
    "value": NAN,
    "half_unit": NAN,
    "printed": None,
    "qualifier": None,
    "status": "estimate",
    "stated_on": "2018-06-14",
    "source": "sct-132-2018",
    "prior": NAN,
    "prior_period": None,
    "prior_source": None,
    "prior_low": NAN,
    "prior_high": NAN,
    "growth_pct": NAN,
    "growth_origin": None,
    "growth_printed_pct": NAN,
    "growth_half_unit": NAN,
    "growth_qualifier": None,
    "growth_form": None,
    "growth_computed_pct": NAN,
    "growth_verdict": None,
    "growth_reason": "no_prior",
    "difference_pp": NAN,
    "plan": NAN,
    "plan_low": NAN,
    "plan_high": NAN,
    "plan_body": None,
    "plan_decided_on": None,
    "plan_source": None,
    "plan_pct": NAN,
    "plan_origin": None,
    "plan_printed_pct": NAN,
    "plan_half_unit": NAN,
    "plan_qualifier": None,
    "plan_form": None,
    "plan_computed_pct": NAN,
    "plan_verdict": None,
    "plan_reason": "no_plan",
    "missing": None,
    "flags": (),
    "link_reason": None,
    "note": None,
    "label_vi": "Giá trị sản xuất công nghiệp",
    "label_en": "Industrial output",
    "breakdown_vi": "",
    "breakdown_en": "",
    "unit_vi": "tỷ đồng",
    "unit_en": "billion VND",
    "price_basis_vi": "không áp dụng",
    "price_basis_en": "not applicable",
    "area_vi": "Bắc Giang",
    "area_en": "Bac Giang",
    "source_title": "Báo cáo số 132/BC-SCT",
    "decimals": 0,
    "kind": "flow",
    "theme": "industry",
    "headline": NAN,
}

OUTPUT = {
    "price_basis": "current",
    "price_basis_vi": "giá hiện hành",
    "price_basis_en": "current prices",
    "value": 66148.0,
    "half_unit": 0.5,
    "printed": "66.148 tỷ đồng",
    "prior_low": 51819.428,
    "prior_high": 51860.839,
    "growth_pct": 27.6,
    "growth_origin": "printed",
    "growth_printed_pct": 27.6,
    "growth_half_unit": 0.05,
    "growth_form": "rate",
    "plan_low": 143955.388,
    "plan_high": 144271.538,
    "plan_pct": 45.9,
    "plan_origin": "printed",
    "plan_printed_pct": 45.9,
    "plan_half_unit": 0.05,
    "plan_form": "percent",
    "flags": ("printed_growth",),
    "headline": 1.0,
}
EXPORT = {
    "indicator": "export_value",
    "label_vi": "Kim ngạch xuất khẩu",
    "label_en": "Exports",
    "unit": "million_usd",
    "unit_vi": "triệu USD",
    "unit_en": "million USD",
    "theme": "trade",
    "value": 3140.0,
    "half_unit": 0.5,
    "printed": "3.140 triệu USD",
    "prior_low": 2946.507,
    "prior_high": 2950.211,
    "growth_pct": 6.5,
    "growth_origin": "printed",
    "growth_printed_pct": 6.5,
    "growth_half_unit": 0.05,
    "growth_form": "rate",
    "plan": 7800.0,
    "plan_pct": 40.256410256410255,
    "plan_origin": "computed",
    "plan_printed_pct": 40.3,
    "plan_half_unit": 0.05,
    "plan_form": "percent",
    "plan_computed_pct": 40.256410256410255,
    "plan_verdict": "agree",
    "plan_reason": None,
    "flags": ("printed_growth", "open_unit"),
    "headline": 2.0,
}
IMPORT = {
    "indicator": "import_value",
    "label_vi": "Kim ngạch nhập khẩu",
    "label_en": "Imports",
    "unit": "million_usd",
    "unit_vi": "triệu USD",
    "unit_en": "million USD",
    "theme": "trade",
    "value": 3000.0,
    "half_unit": 0.5,
    "printed": "3.000 triệu USD",
    "prior_low": 2690.135,
    "prior_high": 2715.385,
    "growth_pct": 11.0,
    "growth_origin": "printed",
    "growth_printed_pct": 11.0,
    "growth_half_unit": 0.5,
    "growth_form": "rate",
    "plan": 7500.0,
    "plan_pct": 40.0,
    "plan_origin": "computed",
    "plan_computed_pct": 40.0,
    "plan_reason": None,
    "flags": ("printed_growth", "open_unit"),
    "headline": 3.0,
}
RETAIL = {
    "indicator": "retail_sales",
    "label_vi": "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
    "label_en": "Retail sales of goods and services",
    "theme": "trade",
    "value": 11997.0,
    "half_unit": 0.5,
    "printed": "11.997 tỷ đồng",
    "prior_low": 10658.819,
    "prior_high": 10669.186,
    "growth_pct": 12.5,
    "growth_origin": "printed",
    "growth_printed_pct": 12.5,
    "growth_half_unit": 0.05,
    "growth_form": "rate",
    "plan_low": 25255.789,
    "plan_high": 25801.075,
    "plan_pct": 47.0,
    "plan_origin": "printed",
    "plan_printed_pct": 47.0,
    "plan_half_unit": 0.5,
    "plan_form": "percent",
    "flags": ("printed_growth",),
    "headline": 4.0,
}
DISPUTED = OUTPUT | {
    "period": "2024H1",
    "window_start": pd.Timestamp("2024-01-01"),
    "window_end": pd.Timestamp("2024-06-30"),
    "value": 315145.0,
    "printed": "315.145 tỷ đồng",
    "stated_on": "2024-06-28",
    "source": "bg-2024",
    "source_title": "Báo cáo 6 tháng đầu năm 2024",
    "prior": 238782.0,
    "prior_period": "2023H1",
    "prior_source": "bg-2023",
    "prior_low": 245249.4,
    "prior_high": 247172.9,
    "growth_pct": 28.0,
    "growth_printed_pct": 28.0,
    "growth_half_unit": 0.5,
    "growth_computed_pct": 31.98021626420752,
    "growth_verdict": "disagree",
    "growth_reason": None,
    "plan_low": NAN,
    "plan_high": NAN,
    "plan_pct": NAN,
    "plan_origin": None,
    "plan_printed_pct": NAN,
    "plan_half_unit": NAN,
    "plan_form": None,
    "flags": ("base_not_revised", "via_link"),
}
NO_PRIOR = {
    "indicator": "new_clusters",
    "label_vi": "Số cụm công nghiệp thành lập mới",
    "label_en": "New industrial clusters",
    "unit": "cluster",
    "unit_vi": "cụm",
    "unit_en": "clusters",
    "value": 3.0,
    "half_unit": 0.5,
    "printed": "03",
    "status": "reported",
    "kind": "count",
}
FALL = {
    "indicator": "electricity",
    "label_vi": "Điện thương phẩm",
    "label_en": "Electricity sold",
    "unit": "million_kwh",
    "unit_vi": "triệu kWh",
    "unit_en": "million kWh",
    "value": 95.0,
    "half_unit": 0.5,
    "prior": 100.0,
    "prior_period": "2017H1",
    "status": "final",
    "growth_pct": -5.0,
    "growth_origin": "computed",
    "growth_computed_pct": -5.0,
    "growth_reason": None,
    "theme": "energy",
}
RATE = {
    "indicator": "iip_growth",
    "label_vi": "Tốc độ tăng chỉ số sản xuất công nghiệp",
    "label_en": "Growth of the industrial production index",
    "unit": "percent",
    "unit_vi": "%",
    "unit_en": "%",
    "value": 14.25,
    "half_unit": 0.005,
    "growth_reason": "rate",
    "plan_reason": "rate",
    "difference_pp": 2.1,
    "kind": "rate",
    "decimals": 1,
}
NIL = {
    "indicator": "overdue_files",
    "label_vi": "Hồ sơ quá hạn",
    "label_en": "Overdue files",
    "unit": "file",
    "unit_vi": "hồ sơ",
    "unit_en": "files",
    "status": "reported",
    "growth_reason": "no_value",
    "plan_reason": "no_value",
    "missing": "nil",
    "kind": "count",
}
ABOUT = {
    "indicator": "attendance",
    "label_vi": "Người dự mít tinh",
    "label_en": "Attendance",
    "unit": "person",
    "unit_vi": "người",
    "unit_en": "people",
    "value": 3000.0,
    "half_unit": 0.5,
    "qualifier": "gần",
    "status": "unknown",
    "kind": "count",
    "flags": ("approximate",),
}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Build a comparison of the given rows; what a row leaves out is blank."""
    return pd.DataFrame([BLANK | row for row in rows], columns=list(BLANK))


@pytest.fixture(scope="session")
def make() -> Callable[..., pd.DataFrame]:
    """Give the builder of comparisons."""
    return frame


@pytest.fixture(scope="session")
def reference() -> pd.DataFrame:
    """Give the four headline rows of Bắc Giang, first half of 2018."""
    return frame(OUTPUT, EXPORT, IMPORT, RETAIL)


@pytest.fixture(scope="session")
def disputed() -> pd.DataFrame:
    """Give the output of 2024, whose printed growth disagrees with the base on file."""
    return frame(DISPUTED)


@pytest.fixture(scope="session")
def mixed() -> pd.DataFrame:
    """Give rows of every sort: printed, falling, a rate, without a prior, nil, about."""
    return frame(OUTPUT, FALL, RATE, NO_PRIOR, NIL, ABOUT)


@pytest.fixture(scope="session")
def nothing() -> pd.DataFrame:
    """Give a comparison without rows."""
    return frame()


def statement(**cells: Any) -> dict[str, Any]:
    """Build one row of a history of industrial output at current prices."""
    base = {name: BLANK[name] for name in BLANK if name.startswith(("label", "unit", "breakdown", "area"))}
    row = base | {
        "price_basis": "current",
        "price_basis_vi": "giá hiện hành",
        "price_basis_en": "current prices",
        "half_unit": 0.5,
        "qualifier": None,
        "status": "estimate",
        "stated_on": "2018-06-14",
        "source": "sct",
        "source_title": "Báo cáo của Sở",
        "decimals": 0,
        "speaks": True,
    }
    row |= cells
    row.setdefault("period", f"{row['year']}H1")
    row.setdefault("low", row["value"] - 0.5)
    row.setdefault("high", row["value"] + 0.5)
    return row


@pytest.fixture(scope="session")
def years() -> pd.DataFrame:
    """Give output over the years: two bases, a gap in 2019, two statements for 2018."""
    return pd.DataFrame(
        [
            statement(year=2016, value=42000.0, status="final"),
            statement(year=2017, value=51840.0, status="reported"),
            statement(year=2018, value=66148.0),
            statement(year=2018, value=65900.0, speaks=False, status="unknown", stated_on="2018-07-02", source="press"),
            statement(year=2020, value=98000.0),
            statement(year=2021, value=120500.0),
            statement(
                year=2016,
                value=24860.0,
                price_basis="constant_2010",
                price_basis_vi="giá so sánh 2010",
                price_basis_en="2010 prices",
                status="final",
            ),
            statement(
                year=2017,
                value=29100.0,
                price_basis="constant_2010",
                price_basis_vi="giá so sánh 2010",
                price_basis_en="2010 prices",
            ),
        ]
    )


def part(
    label_vi: str | None, label_en: str | None, points: float, low: float = NAN, high: float = NAN, **cells: Any
) -> dict[str, Any]:
    """Build one row of contributions."""
    row = {
        "role": "part",
        "breakdown": label_en,
        "label_vi": label_vi,
        "label_en": label_en,
        "value": 1.0,
        "growth_pct": 1.0,
        "contribution_pp": points,
        "low": low,
        "high": high,
        "method": "printed_growths",
        "reason": None,
    }
    return row | cells


@pytest.fixture(scope="session")
def parts() -> pd.DataFrame:
    """Give contributions to a growth of 27.6: two parts up, one down, a residual of 0.6."""
    return pd.DataFrame(
        [
            part("Khu vực nhà nước", "State", -1.5, -1.6, -1.4),
            part("Khu vực ngoài nhà nước", "Non-state", 4.25, 4.1, 4.4),
            part("Khu vực có vốn đầu tư nước ngoài", "FDI", 24.25, 23.9, 24.6),
            part(None, None, 0.6, -0.3, 1.5, role="residual"),
            part("Giá trị sản xuất công nghiệp", "Industrial output", 27.6, 27.55, 27.65, role="total", breakdown="total"),
        ]
    )


@pytest.fixture(scope="session")
def refused() -> pd.DataFrame:
    """Give contributions of which none can be computed."""
    return pd.DataFrame(
        [
            part("Khu vực nhà nước", "State", NAN, method="refused", reason="no_printed_growth"),
            part("Khu vực có vốn đầu tư nước ngoài", "FDI", NAN, method="refused", reason="part_missing"),
            part(None, None, NAN, role="residual", method="refused"),
            part("Giá trị sản xuất công nghiệp", "Industrial output", 27.6, 27.55, 27.65, role="total", breakdown="total"),
        ]
    )
