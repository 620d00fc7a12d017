from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import UsageError
from bcanalysis.wording.sentences import sentence

from .rows import OUTPUT

CASES: dict[str, Any] = {
    "label_vi": "Số vụ vi phạm đã xử lý",
    "label_en": "Violations handled",
    "kind": "count",
    "theme": "market_surveillance",
    "price_basis": "not_applicable",
    "unit_vi": "vụ",
    "unit_en": "cases",
    "status": "reported",
}
FILES: dict[str, Any] = {**CASES, "label_vi": "Hồ sơ quá hạn", "label_en": "Files overdue", "unit_vi": "hồ sơ", "unit_en": "files"}
IIP: dict[str, Any] = {
    "label_vi": "Tốc độ tăng chỉ số sản xuất công nghiệp (IIP)",
    "label_en": "Growth of the index of industrial production (IIP)",
    "kind": "rate",
    "price_basis": "not_applicable",
    "unit_vi": "phần trăm",
    "unit_en": "percent",
    "period": "2024H1",
    "value": 26.45,
    "half_unit": 0.005,
    "decimals": 2,
    "status": "reported",
}
CPI: dict[str, Any] = {
    **IIP,
    "label_vi": "Chỉ số giá tiêu dùng bình quân so với cùng kỳ",
    "label_en": "Average consumer price index against the same period",
    "kind": "index",
    "value": 97.77,
}
SHARE: dict[str, Any] = {
    **IIP,
    "label_vi": "Tỷ lệ hồ sơ nộp trực tuyến",
    "label_en": "Share of files submitted online",
    "kind": "share",
    "theme": "administration",
    "value": 62.5,
    "half_unit": 0.05,
}
CLUSTERS: dict[str, Any] = {
    **CASES,
    "label_vi": "Cụm công nghiệp đã thành lập",
    "label_en": "Industrial clusters established",
    "kind": "stock",
    "theme": "industry",
    "unit_vi": "cụm",
    "unit_en": "clusters",
    "window_start": date(2018, 6, 30),
    "window_end": date(2018, 6, 30),
}
BALANCE: dict[str, Any] = {
    "indicator": "trade_balance",
    "label_vi": "Cán cân thương mại",
    "label_en": "Trade balance",
    "theme": "trade",
    "price_basis": "not_applicable",
    "unit_vi": "triệu USD",
    "unit_en": "million USD",
    "value": 140.0,
}
AWARD: dict[str, Any] = {
    **CASES,
    "label_vi": "Danh hiệu Tập thể lao động xuất sắc",
    "label_en": "Title of Excellent Working Collective",
    "theme": "emulation",
    "unit_vi": "tập thể",
    "unit_en": "collectives",
    "value": 4,
    "window_start": date(2018, 1, 1),
    "window_end": date(2018, 12, 31),
}


def printed_growth(pct: float, half_unit: float, **more: Any) -> dict[str, Any]:
    return {"growth_pct": pct, "growth_origin": "printed", "growth_half_unit": half_unit, **more}


def printed_plan(pct: float, half_unit: float, **more: Any) -> dict[str, Any]:
    return {"plan_pct": pct, "plan_origin": "printed", "plan_half_unit": half_unit, **more}


def computed_growth(pct: float) -> dict[str, Any]:
    return {"growth_pct": pct, "growth_origin": "computed"}


def computed_plan(pct: float) -> dict[str, Any]:
    return {"plan_pct": pct, "plan_origin": "computed"}


NO_VALUE: dict[str, Any] = {"value": math.nan, "half_unit": math.nan}
OUTPUT_OPENING = "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng"

VIETNAMESE = [
    # The standard form
    (
        {**printed_growth(27.6, 0.05), **printed_plan(45.9, 0.05)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng, "
        "tăng 27,6% so với cùng kỳ năm trước, đạt 45,9% kế hoạch năm.",
    ),
    ({}, f"{OUTPUT_OPENING}."),
    ({"price_basis": "constant_2010"}, OUTPUT_OPENING.replace("thực tế", "so sánh 2010") + "."),
    (
        {"price_basis": "constant_2020", "price_basis_vi": "giá so sánh 2020"},
        OUTPUT_OPENING.replace("thực tế", "so sánh 2020") + ".",
    ),
    ({"price_basis": "not_stated", "price_basis_vi": "nguồn không nêu"}, OUTPUT_OPENING.replace(" (giá thực tế)", "") + "."),
    (
        {"label_vi": "Tổng sản phẩm trên địa bàn (GRDP)", "price_basis": "current"},
        "Tổng sản phẩm trên địa bàn (GRDP, giá thực tế) 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng.",
    ),
    # Parts
    (
        {"breakdown": "fdi", "breakdown_vi": "Khu vực có vốn đầu tư nước ngoài"},
        "Giá trị sản xuất công nghiệp (giá thực tế) khu vực có vốn đầu tư nước ngoài 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng.",
    ),
    (
        {"breakdown": "hiep_hoa", "breakdown_vi": "Huyện Hiệp Hòa"},
        "Giá trị sản xuất công nghiệp (giá thực tế), huyện Hiệp Hòa, 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng.",
    ),
    (
        {"breakdown": "china", "breakdown_vi": "Trung Quốc"},
        "Giá trị sản xuất công nghiệp (giá thực tế), Trung Quốc, 6 tháng đầu năm 2018 ước đạt 66.148 tỷ đồng.",
    ),
    # Status
    ({"status": "reported"}, OUTPUT_OPENING.replace("ước đạt", "đạt") + "."),
    ({"status": "final"}, OUTPUT_OPENING.replace("ước đạt", "đạt") + "."),
    ({"status": "preliminary"}, OUTPUT_OPENING.replace("ước đạt", "sơ bộ đạt") + "."),
    ({"status": "planned"}, OUTPUT_OPENING.replace("ước đạt", "theo kế hoạch đạt") + "."),
    ({"status": "forecast"}, OUTPUT_OPENING.replace("ước đạt", "dự báo đạt") + "."),
    ({"status": "unknown"}, OUTPUT_OPENING.replace("ước đạt", "là") + "."),
    ({"status": None}, OUTPUT_OPENING.replace("ước đạt", "là") + "."),
    ({**AWARD, "status": "proposed"}, "Danh hiệu Tập thể lao động xuất sắc năm 2018: đề nghị 04 tập thể."),
    ({**AWARD, "status": "registered"}, "Danh hiệu Tập thể lao động xuất sắc năm 2018: đăng ký 04 tập thể."),
    ({**AWARD, "status": "granted"}, "Danh hiệu Tập thể lao động xuất sắc năm 2018: 04 tập thể được tặng."),
    # Growth
    (printed_growth(11, 0.5), f"{OUTPUT_OPENING}, tăng 11% so với cùng kỳ năm trước."),
    (printed_growth(11, 0.05), f"{OUTPUT_OPENING}, tăng 11,0% so với cùng kỳ năm trước."),
    (printed_growth(-12.8, 0.05), f"{OUTPUT_OPENING}, giảm 12,8% so với cùng kỳ năm trước."),
    (printed_growth(12.36, 0.005, growth_qualifier="hơn"), f"{OUTPUT_OPENING}, tăng hơn 12,36% so với cùng kỳ năm trước."),
    (printed_growth(28, 0.5, growth_qualifier="nearly"), f"{OUTPUT_OPENING}, tăng gần 28% so với cùng kỳ năm trước."),
    (printed_growth(0, 0.05), f"{OUTPUT_OPENING}, tương đương cùng kỳ năm trước."),
    (computed_growth(31.9801), f"{OUTPUT_OPENING}, tăng 32,0% so với cùng kỳ năm trước."),
    (computed_growth(0.04), f"{OUTPUT_OPENING}, tăng 0,04% so với cùng kỳ năm trước."),
    (computed_growth(0.001), f"{OUTPUT_OPENING}, tương đương cùng kỳ năm trước."),
    (computed_growth(-99.97), f"{OUTPUT_OPENING}, giảm 99,97% so với cùng kỳ năm trước."),
    (computed_growth(127.6), f"{OUTPUT_OPENING}, gấp 2,3 lần cùng kỳ năm trước."),
    (computed_growth(100), f"{OUTPUT_OPENING}, gấp 2 lần cùng kỳ năm trước."),
    (printed_growth(168.8, 0.05), f"{OUTPUT_OPENING}, gấp 2,69 lần cùng kỳ năm trước."),
    (printed_growth(130, 5, growth_form="multiple"), f"{OUTPUT_OPENING}, gấp 2,3 lần cùng kỳ năm trước."),
    (
        printed_growth(100, 50, growth_form="multiple", growth_qualifier="hơn"),
        f"{OUTPUT_OPENING}, gấp hơn 2 lần cùng kỳ năm trước.",
    ),
    (printed_growth(-2.23, 0.005, growth_form="index"), f"{OUTPUT_OPENING}, giảm 2,23% so với cùng kỳ năm trước."),
    ({**computed_growth(5), "prior_period": "2017H1"}, f"{OUTPUT_OPENING}, tăng 5,0% so với cùng kỳ năm trước."),
    ({**computed_growth(5), "prior_period": "2016H1"}, f"{OUTPUT_OPENING}, tăng 5,0% so với 6 tháng đầu năm 2016."),
    # No growth
    ({"growth_reason": "no_prior"}, f"{OUTPUT_OPENING}."),
    ({"growth_reason": "other_basis"}, f"{OUTPUT_OPENING}."),
    ({"growth_reason": "zero_prior", "prior": 0.0}, f"{OUTPUT_OPENING}, cùng kỳ năm trước không phát sinh."),
    (
        {"growth_reason": "sign_change", "value": 5.0, "prior": -3.0},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt 5 tỷ đồng, "
        "tăng 8 tỷ đồng so với mức -3 tỷ đồng của cùng kỳ năm trước.",
    ),
    (
        {"growth_reason": "sign_change", "value": -5.0, "prior": 3.0},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước đạt -5 tỷ đồng, "
        "giảm 8 tỷ đồng so với mức 3 tỷ đồng của cùng kỳ năm trước.",
    ),
    # Plan
    (printed_plan(47, 0.5), f"{OUTPUT_OPENING}, đạt 47% kế hoạch năm."),
    (computed_plan(40.0), f"{OUTPUT_OPENING}, đạt 40,0% kế hoạch năm."),
    (computed_plan(0.03), f"{OUTPUT_OPENING}, đạt 0,03% kế hoạch năm."),
    (computed_plan(99.96), f"{OUTPUT_OPENING}, bằng 99,96% kế hoạch năm."),
    (computed_plan(99.9), f"{OUTPUT_OPENING}, đạt 99,9% kế hoạch năm."),
    (computed_plan(100), f"{OUTPUT_OPENING}, hoàn thành 100% kế hoạch năm."),
    (computed_plan(100.04), f"{OUTPUT_OPENING}, vượt 0,04% kế hoạch năm."),
    (printed_plan(110.6, 0.05, plan_form="excess"), f"{OUTPUT_OPENING}, vượt 10,6% kế hoạch năm."),
    (printed_plan(123, 0.5), f"{OUTPUT_OPENING}, vượt 23% kế hoạch năm."),
    (printed_plan(100, 0.5), f"{OUTPUT_OPENING}, đạt 100% kế hoạch năm."),
    (printed_plan(100, 0.5, plan_computed_pct=99.96), f"{OUTPUT_OPENING}, bằng 99,96% kế hoạch năm."),
    (printed_plan(100, 0.5, plan_computed_pct=100.2), f"{OUTPUT_OPENING}, vượt 0,2% kế hoạch năm."),
    (printed_plan(54, 0.5, plan_qualifier="gần"), f"{OUTPUT_OPENING}, đạt gần 54% kế hoạch năm."),
    (printed_plan(100, 0.5, plan_qualifier="trên"), f"{OUTPUT_OPENING}, đạt trên 100% kế hoạch năm."),
    (computed_plan(200), f"{OUTPUT_OPENING}, gấp 2 lần kế hoạch năm."),
    (computed_plan(211.5), f"{OUTPUT_OPENING}, gấp 2,1 lần kế hoạch năm."),
    # Value
    ({"value": 874.4, "half_unit": 0.05}, OUTPUT_OPENING.replace("66.148", "874,4") + "."),
    ({"value": 66148.0, "half_unit": 0.05}, OUTPUT_OPENING.replace("66.148", "66.148,0") + "."),
    ({"value": 12600.0, "half_unit": 50.0}, OUTPUT_OPENING.replace("66.148", "12.600") + "."),
    ({"value": 24.36, "half_unit": math.nan, "decimals": 1}, OUTPUT_OPENING.replace("66.148", "24,4") + "."),
    ({"value": 24.36, "half_unit": math.nan, "decimals": math.nan}, OUTPUT_OPENING.replace("66.148", "24,36") + "."),
    ({"value": 0.3, "half_unit": math.nan, "decimals": 0}, OUTPUT_OPENING.replace("66.148", "0,3") + "."),
    ({"qualifier": "trên"}, OUTPUT_OPENING.replace("66.148", "trên 66.148") + "."),
    ({"qualifier": "about"}, OUTPUT_OPENING.replace("66.148", "khoảng 66.148") + "."),
    ({"qualifier": "more than"}, OUTPUT_OPENING.replace("66.148", "hơn 66.148") + "."),
    # Rates, indices, shares
    (IIP, "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 tăng 26,45% so với cùng kỳ năm trước."),
    (
        {**IIP, "label_vi": "Chỉ số sản xuất công nghiệp", "value": -2.23},
        "Chỉ số sản xuất công nghiệp 6 tháng đầu năm 2024 giảm 2,23% so với cùng kỳ năm trước.",
    ),
    ({**IIP, "value": 0.0}, "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 tương đương cùng kỳ năm trước."),
    (
        {**IIP, "breakdown": "mining", "breakdown_vi": "Khai khoáng", "value": 120.5, "half_unit": 0.05},
        "Chỉ số sản xuất công nghiệp (IIP) ngành khai khoáng 6 tháng đầu năm 2024 tăng 120,5% so với cùng kỳ năm trước.",
    ),
    (
        {**IIP, "status": "estimate", "prior": 14.2, "difference_pp": 12.25},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 ước tăng 26,45% so với cùng kỳ năm trước, "
        "cao hơn 12,25 điểm phần trăm so với mức tăng 14,2% của cùng kỳ năm trước.",
    ),
    (
        {**IIP, "value": 1.0, "half_unit": 0.05, "prior": -2.5, "difference_pp": 3.5},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 tăng 1,0% so với cùng kỳ năm trước, "
        "trong khi cùng kỳ năm trước giảm 2,5% (chênh lệch 3,5 điểm phần trăm).",
    ),
    (
        {**IIP, "value": -1.0, "half_unit": 0.05, "prior": 2.5, "difference_pp": -3.5},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 giảm 1,0% so với cùng kỳ năm trước, "
        "trong khi cùng kỳ năm trước tăng 2,5% (chênh lệch 3,5 điểm phần trăm).",
    ),
    (
        {**IIP, "value": -3.3, "half_unit": 0.05, "prior": -4.29, "difference_pp": 0.99},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 giảm 3,3% so với cùng kỳ năm trước, "
        "thấp hơn 0,99 điểm phần trăm so với mức giảm 4,29% của cùng kỳ năm trước.",
    ),
    (
        {**IIP, "value": -5.0, "half_unit": 0.05, "prior": -4.0, "difference_pp": -1.0},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 giảm 5,0% so với cùng kỳ năm trước, "
        "cao hơn 1,0 điểm phần trăm so với mức giảm 4% của cùng kỳ năm trước.",
    ),
    (
        {**IIP, "period": "2024", "value": 9.2, "half_unit": 0.05, "prior": 9.6, "difference_pp": -0.4000000000000004},
        "Chỉ số sản xuất công nghiệp (IIP) năm 2024 tăng 9,2% so với năm trước, "
        "thấp hơn 0,4 điểm phần trăm so với mức tăng 9,6% của năm trước.",
    ),
    (
        {**IIP, "value": 9.2, "half_unit": 0.05, "prior": 9.2, "difference_pp": 0.0},
        "Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm 2024 tăng 9,2% so với cùng kỳ năm trước, "
        "tương đương mức tăng 9,2% của cùng kỳ năm trước.",
    ),
    (CPI, "Chỉ số giá tiêu dùng bình quân 6 tháng đầu năm 2024 bằng 97,77% so với cùng kỳ năm trước."),
    (
        {**CPI, "prior": 105.2, "difference_pp": -7.43},
        "Chỉ số giá tiêu dùng bình quân 6 tháng đầu năm 2024 bằng 97,77% so với cùng kỳ năm trước, "
        "thấp hơn 7,43 điểm phần trăm so với mức 105,2% của cùng kỳ năm trước.",
    ),
    (SHARE, "Tỷ lệ hồ sơ nộp trực tuyến 6 tháng đầu năm 2024 là 62,5%."),
    (
        {**SHARE, "prior": 60.4, "difference_pp": 2.1, "growth_pct": 3.5},
        "Tỷ lệ hồ sơ nộp trực tuyến 6 tháng đầu năm 2024 là 62,5%, tăng 2,1 điểm phần trăm so với cùng kỳ năm trước.",
    ),
    (
        {**SHARE, "prior": 62.5, "difference_pp": 0.0},
        "Tỷ lệ hồ sơ nộp trực tuyến 6 tháng đầu năm 2024 là 62,5%, tương đương cùng kỳ năm trước.",
    ),
    # Counts and stocks
    ({**CASES, "value": 826}, "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 là 826 vụ."),
    ({**CASES, "value": 8}, "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 là 08 vụ."),
    ({**CASES, "value": 10}, "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 là 10 vụ."),
    ({**CASES, "value": 2, "status": "estimate"}, "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 ước là 02 vụ."),
    ({**CASES, "value": 2.5, "half_unit": 0.05}, "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 là 2,5 vụ."),
    ({**FILES, "value": 3}, "Số hồ sơ quá hạn 6 tháng đầu năm 2018 là 03 hồ sơ."),
    ({**FILES, "value": 0}, "Hồ sơ quá hạn 6 tháng đầu năm 2018 không phát sinh."),
    (
        {**FILES, "value": 0, "status": "estimate"},
        "Hồ sơ quá hạn 6 tháng đầu năm 2018 ước không phát sinh.",
    ),
    ({"value": 0.0, "half_unit": 0.05}, OUTPUT_OPENING.replace("66.148", "0,0") + "."),
    ({"value": 0.0, "half_unit": 50.0}, OUTPUT_OPENING.replace("66.148", "0") + "."),
    (
        {**FILES, "value": 0, "prior": 5.0, **computed_growth(-100)},
        "Hồ sơ quá hạn 6 tháng đầu năm 2018 không phát sinh, giảm 100% so với cùng kỳ năm trước.",
    ),
    ({**CLUSTERS, "value": 40}, "Số cụm công nghiệp đã thành lập tính đến ngày 30/6/2018 là 40 cụm."),
    (
        {**CLUSTERS, "value": 40, **computed_growth(8.1)},
        "Số cụm công nghiệp đã thành lập tính đến ngày 30/6/2018 là 40 cụm, tăng 8,1% so với cùng thời điểm năm trước.",
    ),
    ({**CLUSTERS, "value": 0}, "Số cụm công nghiệp đã thành lập tính đến ngày 30/6/2018 là 0 cụm."),
    (
        {**CLUSTERS, "label_vi": "Diện tích các cụm công nghiệp", "unit_vi": "ha", "value": 1250.5, "half_unit": 0.05},
        "Diện tích các cụm công nghiệp tính đến ngày 30/6/2018 là 1.250,5 ha.",
    ),
    # Windows
    (
        {**CASES, "value": 920, "window_start": date(2018, 1, 1), "window_end": date(2018, 6, 10)},
        "Số vụ vi phạm đã xử lý 6 tháng đầu năm 2018 (tính đến ngày 10/6/2018) là 920 vụ.",
    ),
    (
        {**FILES, "value": 487, "window_start": pd.Timestamp("2018-01-01"), "window_end": pd.Timestamp("2018-05-31")},
        "Số hồ sơ quá hạn 5 tháng đầu năm 2018 là 487 hồ sơ.",
    ),
    (
        {**FILES, "value": 487, "window_start": "2018-05-01", "window_end": "2018-06-14"},
        "Số hồ sơ quá hạn từ ngày 01/5/2018 đến ngày 14/6/2018 là 487 hồ sơ.",
    ),
    (
        {**FILES, "value": 11, "window_start": date(2017, 1, 1), "window_end": date(2018, 6, 30)},
        "Số hồ sơ quá hạn từ ngày 01/01/2017 đến ngày 30/6/2018 là 11 hồ sơ.",
    ),
    (
        {"window_start": date(2018, 1, 1), "window_end": date(2018, 6, 30), **computed_growth(5)},
        f"{OUTPUT_OPENING}, tăng 5,0% so với cùng kỳ năm trước.",
    ),
    ({"window_start": pd.NaT, "window_end": pd.NaT}, f"{OUTPUT_OPENING}."),
    (
        {
            **CASES,
            "label_vi": "Điện tiết kiệm trong Giờ Trái đất",
            "kind": "flow",
            "theme": "energy",
            "unit_vi": "kWh",
            "value": 14700,
            "qualifier": "khoảng",
            "status": "estimate",
            "window_start": date(2018, 3, 24),
            "window_end": date(2018, 3, 24),
            **printed_growth(12.36, 0.005, growth_qualifier="hơn"),
        },
        "Điện tiết kiệm trong Giờ Trái đất ngày 24/3/2018 ước đạt khoảng 14.700 kWh, tăng hơn 12,36% so với năm trước.",
    ),
    # Other periods
    (
        {"period": "2016", "value": 75231.0, **printed_growth(26.8, 0.05), **printed_plan(110.6, 0.05)},
        "Giá trị sản xuất công nghiệp (giá thực tế) năm 2016 ước đạt 75.231 tỷ đồng, tăng 26,8% so với năm trước, "
        "vượt 10,6% kế hoạch năm.",
    ),
    (
        {"period": "2019M01-M05", **printed_growth(30.2, 0.05)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 5 tháng đầu năm 2019 ước đạt 66.148 tỷ đồng, "
        "tăng 30,2% so với cùng kỳ năm trước.",
    ),
    # The trade balance
    (BALANCE, "Cán cân thương mại 6 tháng đầu năm 2018 ước xuất siêu 140 triệu USD."),
    ({**BALANCE, "value": -140.0, "status": "reported"}, "Cán cân thương mại 6 tháng đầu năm 2018 nhập siêu 140 triệu USD."),
    ({**BALANCE, "value": 0.0}, "Cán cân thương mại 6 tháng đầu năm 2018 ước cân bằng."),
    (
        {**BALANCE, "prior": -20.0, "growth_reason": "sign_change"},
        "Cán cân thương mại 6 tháng đầu năm 2018 ước chuyển từ nhập siêu 20 triệu USD cùng kỳ năm trước "
        "sang xuất siêu 140 triệu USD.",
    ),
    (
        {**BALANCE, "value": -140.0, "prior": 20.0, "growth_reason": "sign_change", "status": "reported"},
        "Cán cân thương mại 6 tháng đầu năm 2018 chuyển từ xuất siêu 20 triệu USD cùng kỳ năm trước sang nhập siêu 140 triệu USD.",
    ),
    (
        {**BALANCE, "value": -140.0, "prior": -20.0, "growth_reason": "sign_change"},
        "Cán cân thương mại 6 tháng đầu năm 2018 ước nhập siêu 140 triệu USD, cùng kỳ năm trước nhập siêu 20 triệu USD.",
    ),
    (
        {**BALANCE, "prior": 0.0, "growth_reason": "zero_prior"},
        "Cán cân thương mại 6 tháng đầu năm 2018 ước xuất siêu 140 triệu USD, cùng kỳ năm trước cân bằng.",
    ),
    (
        {**BALANCE, "prior": 280.0, **computed_growth(-50)},
        "Cán cân thương mại 6 tháng đầu năm 2018 ước xuất siêu 140 triệu USD, giảm 50,0% so với cùng kỳ năm trước.",
    ),
    # No value
    ({**FILES, **NO_VALUE, "missing": "nil"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018 không phát sinh."),
    ({**FILES, **NO_VALUE, "missing": "-"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018 không phát sinh."),
    ({**FILES, **NO_VALUE, "missing": "not_collected"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: chưa thu thập được số liệu."),
    ({**FILES, **NO_VALUE, "missing": "..."}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: chưa thu thập được số liệu."),
    ({**FILES, **NO_VALUE, "missing": "not_applicable"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: không áp dụng."),
    ({**FILES, **NO_VALUE, "missing": "suppressed"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: số liệu không được công bố."),
    ({**FILES, **NO_VALUE, "missing": "not_printed"}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: nguồn không nêu giá trị."),
    ({**FILES, **NO_VALUE, "missing": None}, "Hồ sơ quá hạn 6 tháng đầu năm 2018: chưa có số liệu."),
    (
        {**NO_VALUE, "missing": "not_printed", **printed_growth(12.3, 0.05), **printed_plan(45, 0.5)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước tăng 12,3% so với cùng kỳ năm trước, "
        "đạt 45% kế hoạch năm.",
    ),
    (
        {**NO_VALUE, "missing": "not_printed", "status": "reported", **printed_growth(170, 5)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 gấp 2,7 lần cùng kỳ năm trước.",
    ),
    (
        {**NO_VALUE, "missing": "not_printed", **printed_growth(0, 0.05)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018 ước tương đương cùng kỳ năm trước.",
    ),
    (
        {**NO_VALUE, "missing": "not_printed", **printed_plan(45, 0.5)},
        "Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018: đạt 45% kế hoạch năm.",
    ),
]

ENGLISH_OPENING = "The value of industrial output (current prices) in the first half of 2018 is estimated at 66,148 billion dong"

ENGLISH = [
    (
        {**printed_growth(27.6, 0.05), **printed_plan(45.9, 0.05)},
        "The value of industrial output (current prices) in the first half of 2018 is estimated at 66,148 billion dong, "
        "up 27.6% on the same period of the prior year, 45.9% of the annual plan.",
    ),
    ({"status": "reported"}, ENGLISH_OPENING.replace("is estimated at", "reached") + "."),
    ({"status": "preliminary"}, ENGLISH_OPENING.replace("is estimated at", "provisionally reached") + "."),
    ({"status": "planned"}, ENGLISH_OPENING.replace("is estimated at", "is planned at") + "."),
    ({"status": "unknown"}, ENGLISH_OPENING.replace("is estimated at", "stood at") + "."),
    ({"qualifier": "gần"}, ENGLISH_OPENING.replace("66,148", "nearly 66,148") + "."),
    ({"breakdown": "fdi"}, ENGLISH_OPENING.replace(") in", "), foreign-invested sector, in") + "."),
    (computed_growth(-12.8), f"{ENGLISH_OPENING}, down 12.8% on the same period of the prior year."),
    (computed_growth(127.6), f"{ENGLISH_OPENING}, 2.3 times the level of the same period of the prior year."),
    (computed_growth(0), f"{ENGLISH_OPENING}, unchanged on the same period of the prior year."),
    ({"growth_reason": "zero_prior"}, f"{ENGLISH_OPENING}, against none in the same period of the prior year."),
    (computed_plan(99.96), f"{ENGLISH_OPENING}, 99.96% of the annual plan."),
    (computed_plan(100), f"{ENGLISH_OPENING}, meeting 100% of the annual plan."),
    (computed_plan(110.6), f"{ENGLISH_OPENING}, 10.6% above the annual plan."),
    (
        {**IIP, "prior": 14.2, "difference_pp": 12.25},
        "The index of industrial production (IIP) in the first half of 2024 rose 26.45% on the same period of the prior year, "
        "12.25 percentage points above the rise of 14.2% in the same period of the prior year.",
    ),
    (CPI, "Average consumer price index in the first half of 2024 stood at 97.77% of the same period of the prior year."),
    ({**CASES, "value": 1, "status": "estimate"}, "Violations handled in the first half of 2018 are estimated at 1 case."),
    ({**CASES, "value": 8}, "Violations handled in the first half of 2018 stood at 8 cases."),
    ({**FILES, "value": 0}, "Files overdue in the first half of 2018 were nil."),
    ({**FILES, **NO_VALUE, "missing": "not_collected"}, "Files overdue in the first half of 2018: not yet collected."),
    ({**CLUSTERS, "value": 40}, "Industrial clusters established as of 30 Jun 2018 stood at 40 clusters."),
    (
        {**BALANCE, "prior": -20.0, "growth_reason": "sign_change"},
        "Trade balance in the first half of 2018 is estimated to have turned from a deficit of 20 million USD in "
        "the same period of the prior year to a surplus of 140 million USD.",
    ),
    ({**AWARD, "status": "registered"}, "The title of Excellent Working Collective in 2018: 4 collectives registered."),
]


@pytest.mark.parametrize(("changes", "expected"), VIETNAMESE, ids=range(len(VIETNAMESE)))
def test_a_row_reads_as_an_official_writes_it(changes, expected):
    assert sentence({**OUTPUT, **changes}) == expected


@pytest.mark.parametrize(("changes", "expected"), ENGLISH, ids=range(len(ENGLISH)))
def test_a_row_has_an_english_twin(changes, expected):
    assert sentence({**OUTPUT, **changes}, lang="en") == expected


def test_a_row_of_a_frame_reads_like_a_mapping():
    row = {**OUTPUT, **printed_growth(27.6, 0.05)}
    frame = pd.DataFrame([{**row, "qualifier": None, "missing": None, "flags": ("printed_growth",), "window_end": pd.NaT}])
    expected = f"{OUTPUT_OPENING}, tăng 27,6% so với cùng kỳ năm trước."
    assert sentence(frame.iloc[0]) == expected
    assert sentence(frame.to_dict("records")[0]) == expected


def test_a_row_is_not_changed_by_being_read():
    row = {**OUTPUT, **printed_growth(27.6, 0.05)}
    before = dict(row)
    sentence(row)
    assert row == before


@pytest.mark.parametrize("needed", ["period", "label_vi"])
def test_a_row_without_a_period_or_a_name_is_refused(needed):
    with pytest.raises(UsageError, match=f'a row without "{needed}"'):
        sentence({**OUTPUT, needed: None})


def test_an_unknown_language_is_refused():
    with pytest.raises(UsageError, match='got "fr"'):
        sentence(OUTPUT, lang="fr")


maybe = st.one_of(st.none(), st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda number: round(number, 3)))
rows = st.fixed_dictionaries(
    {
        "value": maybe,
        "half_unit": st.sampled_from([None, 0.005, 0.05, 0.5, 5.0]),
        "kind": st.sampled_from(["flow", "stock", "count", "rate", "index", "share"]),
        "theme": st.sampled_from(["industry", "charity", None]),
        "status": st.sampled_from(
            ["estimate", "reported", "preliminary", "final", "planned", "forecast", "proposed", "registered", "granted", "unknown"]
        ),
        "indicator": st.sampled_from(["industrial_output", "trade_balance"]),
        "period": st.sampled_from(["2018", "2018H1", "2018Q3", "2018M01", "2018M03-M05"]),
        "prior": maybe,
        "growth_pct": maybe,
        "growth_origin": st.sampled_from(["printed", "computed"]),
        "growth_half_unit": st.sampled_from([None, 0.005, 0.05, 0.5, 5.0, 50.0]),
        "growth_qualifier": st.sampled_from([None, "hơn", "nearly"]),
        "growth_reason": st.sampled_from([None, "zero_prior", "sign_change", "no_prior"]),
        "difference_pp": maybe,
        "plan_pct": maybe,
        "plan_origin": st.sampled_from(["printed", "computed"]),
        "plan_half_unit": st.sampled_from([None, 0.05, 0.5]),
        "missing": st.sampled_from([None, "nil", "not_printed", "not_collected", "not_applicable", "suppressed", "unknown"]),
        "qualifier": st.sampled_from([None, "trên", "about"]),
    }
)


@given(rows)
def test_no_sentence_says_increased_times(changes):
    text = sentence({**OUTPUT, **changes})
    assert "tăng gấp" not in text
    assert not re.search(r"(tăng|giảm) [^,%]*\blần\b", text)


@given(rows, st.sampled_from(["vi", "en"]))
def test_every_sentence_is_one_clean_sentence(changes, lang):
    text = sentence({**OUTPUT, **changes}, lang)
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith(".")
    assert text[0].isupper()
    assert not re.search(r"\bnan\b|None|\binf\b|  | ,|,,|\.\.|[{}]|-0\b(?!,\d)", text)


@given(rows)
def test_only_a_plan_met_in_full_is_called_met(changes):
    text = sentence({**OUTPUT, **changes, "plan_origin": "computed"})
    met = "hoàn thành" in text or "vượt" in text or "lần kế hoạch" in text
    assert not met or changes["plan_pct"] >= 100


@given(st.floats(min_value=-99.99, max_value=99.99).filter(lambda pct: abs(pct) >= 0.01))
def test_a_rise_and_a_fall_are_told_by_their_sign(pct):
    text = sentence({**OUTPUT, **computed_growth(pct)})
    assert ("tăng" in text) == (pct > 0)
    assert ("giảm" in text) == (pct < 0)
    assert " 0,0%" not in text
