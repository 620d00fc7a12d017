"""A row of a comparison that sentences and footnotes are both written for."""

from __future__ import annotations

from typing import Any

OUTPUT: dict[str, Any] = {
    "indicator": "industrial_output",
    "label_vi": "Giá trị sản xuất công nghiệp",
    "label_en": "Value of industrial output",
    "kind": "flow",
    "theme": "industry",
    "price_basis": "current",
    "breakdown": "total",
    "period": "2018H1",
    "value": 66148.0,
    "half_unit": 0.5,
    "decimals": 0,
    "status": "estimate",
    "unit_vi": "tỷ đồng",
    "unit_en": "billion dong",
}
