"""The project's own figures, a copy of them to damage, and tiny tables whose figures are worked out by hand."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.load import load
from bcanalysis.dataset.schema import TableSchema, read_schemas, typed

from .browser import browser  # noqa: F401  (a fixture for all)

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("quick", derandomize=True, max_examples=30, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

Row = Mapping[str, Any]

# Each kind of indicator once; a province `here` of no particular dates, and one, `old`, that became `new` on 2025-07-01.
CATALOGUE = {
    "indicators": """\
        output,Giá trị sản xuất,Output,billion_vnd,0,flow,industry,,1,
        exports,Xuất khẩu,Exports,million_usd,0,flow,trade,,2,
        balance,Cán cân thương mại,Trade balance,million_usd,0,flow,trade,,,
        sales,Bán lẻ,Retail sales,billion_vnd,0,flow,trade,,,
        workers,Lao động,Workers,people,0,stock,industry,,,
        cases,Số vụ,Cases,cases,0,count,market_surveillance,,,
        parts,Số vụ trong đó,Cases in part,cases,0,count,market_surveillance,cases,,
        fine,Mức phạt,Fine for each case,vnd,0,flow,market_surveillance,,,
        fines,Tiền phạt,Fines,million_vnd,1,flow,market_surveillance,,,
        iip_growth,Chỉ số sản xuất,IIP,percent,2,rate,industry,,,
        prices,Chỉ số giá,Prices,percent,2,index,economy,,,
        occupancy,Tỷ lệ lấp đầy,Occupancy,percent,1,share,industry,,,
        """,
    "breakdowns": """\
        total,Tổng số,Total,total,0
        state,Nhà nước,State,ownership,1
        non_state,Ngoài nhà nước,Non-state,ownership,2
        fdi,Đầu tư nước ngoài,Foreign-invested,ownership,3
        mining,Khai khoáng,Mining,branch,1
        manufacturing,Chế biến,Manufacturing,branch,2
        electricity_gas,Điện,Electricity,branch,3
        water_waste,Nước,Water,branch,4
        """,
    "price_bases": """\
        current,giá hiện hành,current prices
        constant_2010,giá so sánh 2010,constant 2010 prices
        not_applicable,không áp dụng,not applicable
        not_stated,nguồn không nêu,not stated
        """,
    "units": """\
        billion_vnd,tỷ đồng,billion VND,vnd,1000000000,false
        cases,vụ,cases,cases,1,true
        million_usd,triệu USD,million USD,usd,1000000,false
        million_vnd,triệu đồng,million VND,vnd,1000000,false
        people,người,people,people,1,true
        percent,%,percent,percent,1,false
        usd,USD,USD,usd,1,false
        vnd,đồng,VND,vnd,1,true
        """,
    "areas": """\
        here,Tỉnh này,Here,,,,
        new,Tỉnh mới,New,2025-07-01,,,
        old,Tỉnh cũ,Old,1997-01-01,2025-06-30,,
        """,
    "area_changes": """\
        old,new,2025-07-01,merged,,
        """,
    "sources": """\
        department,Báo cáo của Sở,Sở Công Thương,department,,
        department-two,Báo cáo khác của Sở,Sở Công Thương,department,,
        office,Niên giám,Cục Thống kê,statistics_office,,
        paper,Báo,Báo tỉnh,press,,
        paper-two,Báo khác,Báo trung ương,press,,
        province,Trang của tỉnh,UBND tỉnh,government,,
        """,
}
SERIES = {"area": "here", "indicator": "output", "breakdown": "total", "price_basis": "current"}
USUAL: dict[str, Row] = {
    "observations": SERIES | {"window_origin": "inferred", "status": "reported", "source": "office"},
    "plans": SERIES | {"target_kind": "level", "body": "UBND", "source": "office"},
    "links": SERIES | {"kind": "prior_year", "factor": 1, "reason": "same thing", "decided_by": "us", "decided_on": "2026-01-01"},
    "identities": {"kind": "definition", "area": "*", "period": "*", "source": "*", "reason": "by definition"},
    "corrections": SERIES | {"source": "office", "column": "value", "reason": "a slip"},
    "areas": {},
    "area_changes": {"kind": "merged"},
}
WINDOWS = {"H1": ("01-01", "06-30"), "H2": ("07-01", "12-31"), "": ("01-01", "12-31")}


def _statement(row: Row) -> Row:
    """Fill in what every statement needs: the window of its period, a day at the end of its year, its precision and forms."""
    year, shape = row["period"][:4], row["period"][4:]
    start, end = WINDOWS.get(shape, WINDOWS[""])
    usual: dict[str, Any] = {"window_start": f"{year}-{start}", "window_end": f"{year}-{end}", "stated_on": f"{year}-12-31"}
    if "value" in row:
        usual["half_unit"] = 0.5 / 10 ** len(str(row["value"]).partition(".")[2])
    if "growth_pct" in row:
        usual |= {"growth_half_unit": 0.05, "growth_form": "rate"}
    if "plan_pct" in row:
        usual |= {"plan_half_unit": 0.05, "plan_form": "percent"}
    return {**usual, **row}


class TinyData:
    """Tiny tables: the catalogue above, and rows that are given as what differs from the usual."""

    schemas = read_schemas(ROOT / "data")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, observations: Iterable[Row] = (), **tables: Iterable[Row]) -> Dataset:
        """Build the dataset without asking whether its rows are sound, which takes much longer."""
        given = {"observations": observations, **tables}
        typed_tables = {
            name: typed(schema, _cells(name, schema, given[name])) if name in given else _usual(name)
            for name, schema in self.schemas.items()
        }
        return Dataset(self.folder, (), typed_tables)

    def write(self, observations: Iterable[Row] = (), **tables: Iterable[Row]) -> Path:
        """Write the tables into a folder of their own."""
        shutil.copytree(ROOT / "data", self.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.csv"))
        given = {"observations": observations, **tables}
        for name, schema in self.schemas.items():
            cells = _cells(name, schema, given.get(name, ()))
            cells.to_csv(self.folder / schema.path, index=False, encoding="utf-8", lineterminator="\n")
        return self.folder

    def load(self, observations: Iterable[Row] = (), **tables: Iterable[Row]) -> Dataset:
        """Write the tables and load them, checked."""
        return load(self.write(observations, **tables))


def _cells(name: str, schema: TableSchema, given: Iterable[Row]) -> pd.DataFrame:
    catalogue = csv.reader(io.StringIO(CATALOGUE.get(name, "")), skipinitialspace=True)
    rows: list[Row] = [dict(zip(schema.fields, cells, strict=True)) for cells in catalogue if len(cells) > 1]
    rows += [{**USUAL[name], **(_statement(row) if name == "observations" else row)} for row in given]
    assert not {column for row in rows for column in row} - set(schema.fields), "a test names a column that is not there"
    return pd.DataFrame(
        [[str(row.get(column, "")) for column in schema.fields] for row in rows], columns=list(schema.fields), dtype=str
    )


@cache
def _usual(name: str) -> pd.DataFrame:
    schema = TinyData.schemas[name]
    return typed(schema, _cells(name, schema, ()))


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return load(ROOT / "data")


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def tiny(tmp_path: Path) -> TinyData:
    return TinyData(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_in() -> type[TinyData]:
    return TinyData


@pytest.fixture(scope="session")
def edit() -> Callable[..., None]:
    """Overwrite one cell of a table, named by its line (the header is line 1) and column."""

    def overwrite(folder: Path, table: str, line: int, column: str, text: str) -> None:
        path = folder / table
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        rows[line - 1][rows[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return overwrite
