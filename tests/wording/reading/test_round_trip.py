from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bcanalysis as bc
from bcanalysis.wording.reading.names import Names, names_of
from bcanalysis.wording.reading.reader import PastStatement, read_statements
from bcanalysis.wording.sentences import sentence

DATASET = bc.load()
NAMES: Names = names_of(DATASET)
UNITS = dict(zip(DATASET["units"]["code"], DATASET["units"]["name_vi"], strict=True))
INDICATORS: list[dict[str, Any]] = DATASET["indicators"].astype(object).to_dict("records")
OF_INDUSTRY = ["state", "non_state", "fdi", "central_state", "local", "mining", "manufacturing", "electricity_gas", "water_waste"]
PARTS = {
    "industrial_output": OF_INDUSTRY,
    "iip_growth": OF_INDUSTRY[5:],
    "retail_sales": ["goods", "services", "accommodation_food", "travel", "other_services"],
    "export_value": ["state", "non_state", "fdi"],
    "import_value": ["state", "non_state", "fdi"],
}
PART_NAMES = dict(zip(DATASET["breakdowns"]["code"], DATASET["breakdowns"]["name_vi"], strict=True))
READ_BACK = {"estimate": "estimate", "preliminary": "preliminary", "planned": "planned", "forecast": "forecast"}
PERIODS = ("2018H1", "2018", "2018Q1", "2018M06", "2018M01-M05", "2018H2", "2018M01-M09")


def read_one(row: dict[str, Any]) -> PastStatement:
    found = read_statements(sentence(row), NAMES)
    assert len(found) == 1, (sentence(row), found)
    return found[0]


def as_printed(value: int, decimals: int) -> Decimal:
    return Decimal(value).scaleb(-decimals)


@st.composite
def rows(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A row of a comparison and the statement that its sentence makes."""
    indicator = draw(
        st.sampled_from([one for one in INDICATORS if one["kind"] in {"flow", "count", "stock"} and one["code"] != "trade_balance"])
    )
    decimals = draw(st.integers(0, 2))
    value = as_printed(draw(st.integers(1, 99_999_999)), decimals)
    status = draw(st.sampled_from(["estimate", "reported", "preliminary", "final", "planned", "forecast", "unknown"]))
    part = draw(st.sampled_from(["total", *PARTS.get(indicator["code"], [])]))
    qualifier = draw(st.sampled_from([None, "trên", "gần", "khoảng", "hơn"]))
    row = {
        "indicator": indicator["code"],
        "label_vi": indicator["name_vi"],
        "kind": indicator["kind"],
        "theme": indicator["theme"],
        "price_basis": draw(st.sampled_from(["not_applicable", "current", "constant_2010"])),
        "breakdown": part,
        "breakdown_vi": PART_NAMES[part],
        "period": draw(st.sampled_from(PERIODS)),
        "value": float(value),
        "half_unit": float(Decimal(5).scaleb(-decimals - 1)),
        "unit_vi": UNITS[indicator["unit"]],
        "status": status,
        "qualifier": qualifier,
    }
    said = {"indicator": indicator["code"], "breakdown": part, "period": row["period"], "value": value, "qualifier": qualifier,
            "status": READ_BACK.get(status), "unit": row["unit_vi"], "growth_pct": None, "plan_pct": None}  # fmt: skip
    if draw(st.booleans()):
        growth = (
            Decimal(draw(st.integers(-1000, 999)).__int__()) / 10 if draw(st.booleans()) else Decimal(draw(st.integers(100, 900)))
        )
        row |= {"growth_pct": float(growth), "growth_origin": "printed", "growth_half_unit": 0.05}
        said["growth_pct"] = growth
    if draw(st.booleans()):
        plan = as_printed(draw(st.integers(1, 1999)), 1)
        row |= {"plan_pct": float(plan), "plan_origin": "printed", "plan_half_unit": 0.05, "plan_computed_pct": float(plan)}
        said["plan_pct"] = plan
    return row, said


@given(rows())
@settings(max_examples=300)
def test_reading_what_we_write_gives_back_the_same_statement(case):
    row, said = case
    found = read_one(row)

    assert {name: getattr(found, name) for name in said} == said, sentence(row)


@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one["kind"] in {"rate", "index"}], ids=lambda one: one["code"])
@given(pct=st.integers(-999, 999), status=st.sampled_from(sorted(READ_BACK)))
@settings(max_examples=15)
def test_a_rate_and_an_index_come_back_as_growth(indicator, pct, status):
    index = indicator["kind"] == "index"
    value = as_printed(abs(pct) + 1 if index else pct, 1)
    row = {"indicator": indicator["code"], "label_vi": indicator["name_vi"], "kind": indicator["kind"], "theme": indicator["theme"], "period": "2018H1",
           "value": float(value), "half_unit": 0.05, "unit_vi": "phần trăm", "status": status}  # fmt: skip
    found = read_one(row)

    assert found.growth_pct == (value - 100 if index else value), sentence(row)
    assert found.index_pct == (value if index else None)
    assert (found.value, found.indicator, found.status, found.period) == (None, indicator["code"], status, "2018H1")
