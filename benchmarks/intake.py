"""Taking in figures from a workbook, side by side with pandas: read the sheet, and merge it with the catalogues."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path
from random import Random

import xlsxwriter

from bcanalysis.dataset.load import load
from bcanalysis.intake.mapping import Column, Mapping, write_mapping
from bcanalysis.intake.source import ENDING
from bcanalysis.sheets.grid import letters
from benchmarks.measure import ROOT, Cost, measure, python

ROWS = (50_000, 100_000, 200_000)
RUNS = 3
HEADS = ("area", "indicator", "unit", "period", "value", "growth_pct", "status", "stated_on", "source")
_PERIODS = [f"{year}{part}" for year in range(1985, 2025) for part in ("M01-M05", "M06", "H1", "H2", "")]
_DATA = ROOT / "data"
_TOLD = """
if len(rows) != expected or abs(total / sum_expected - 1) > 1e-9:
    raise SystemExit(f"intake: got {len(rows)} rows that sum to {total}; expected {expected} and {sum_expected}")
"""
_READ = """
import sys
workbook, data, expected, sum_expected = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
"""
_OURS = """
from pathlib import Path
from bcanalysis.intake.source import proposed
proposal, _ = proposed(Path(data), workbook)
rows = proposal.rows["observations"]
total = sum(float(row["value"]) for row in rows)
"""
_THEIRS = """
import pandas as pd
read = pd.read_excel(workbook, engine="openpyxl")
indicators, units = (pd.read_csv(f"{data}/{name}.csv") for name in ("indicators", "units"))
units = units[["code", "name_vi", "factor"]]
catalogue = indicators[["code", "name_vi", "unit"]].merge(units.add_suffix("_unit"), left_on="unit", right_on="code_unit")
rows = read.merge(catalogue[["code", "name_vi", "factor_unit"]], left_on="indicator", right_on="name_vi")
rows = rows.merge(units.add_suffix("_written"), left_on="unit", right_on="name_vi_written")
rows["value"] = rows["value"] * rows["factor_written"] / rows["factor_unit"]
rows = rows[["area", "code", "period", "value", "growth_pct", "status", "stated_on", "source"]]
total = rows["value"].sum()
"""
_SIDES = {"ours": python(_READ + _OURS + _TOLD), "theirs": python(_READ + _THEIRS + _TOLD)}


def run(runs: int = RUNS, sizes: Sequence[int] = ROWS) -> list[dict[str, float]]:
    """Measure both sides in turn at each size, each as a whole process; ours up to the proposal, with all its checks of cells."""
    found = []
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
            workbook = Path(folder) / "figures.xlsx"
            asked = [str(workbook), str(_DATA), str(rows), repr(generate(workbook, rows))]
            pairs = [{side: measure([*code, *asked]) for side, code in _SIDES.items()} for _ in range(runs)]
            found.append({"rows": rows, **_compared(pairs)})
    return found


def _compared(pairs: list[dict[str, Cost]]) -> dict[str, float]:
    """Give the medians of ours, how many times as fast it is, and how many times the memory it takes, pair by pair."""
    peaks = [(pair["ours"].peak or 0, pair["theirs"].peak or 0) for pair in pairs]
    return {
        "faster": statistics.median(pair["theirs"].wall / pair["ours"].wall for pair in pairs),
        "faster_cpu": statistics.median(pair["theirs"].cpu / pair["ours"].cpu for pair in pairs),
        "ours_cpu": statistics.median(pair["ours"].cpu for pair in pairs),
        "memory": statistics.median(ours / theirs for ours, theirs in peaks if theirs),
        "ours": statistics.median(pair["ours"].wall for pair in pairs),
    }


def generate(workbook: Path, rows: int) -> float:
    """Write a tidy sheet of figures in the units of the catalogue, with its mapping beside it, and give the sum of the values."""
    dataset = load(_DATA)
    units = dataset.names("units")
    levels = dataset["indicators"].assign(unit=dataset["indicators"]["unit"].map(units))
    levels = levels[levels["kind"].isin(["flow", "stock", "count"]) & ~levels["unit"].isin(units[units.duplicated()])]
    names = list(zip(levels["name_vi"], levels["unit"], strict=True))
    source = dataset["sources"]["code"].iloc[0]
    random, total = Random(132), 0.0  # noqa: S311  (the same figures each time)
    with xlsxwriter.Workbook(str(workbook), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        keys = islice(product(_PERIODS, dataset["areas"]["code"], names), rows)
        for line, (period, area, (name, unit)) in enumerate(keys, start=1):
            value, growth = round(random.uniform(1, 1000), 1), round(random.uniform(-20, 40), 1)
            sheet.write_row(line, 0, [area, name, unit, period, value, growth, "reported", "2025-07-01", source])
            total += value
    columns = {letters(place): Column(head, head, form="rate" if head == "growth_pct" else "") for place, head in enumerate(HEADS)}
    codes = dict(zip(levels["name_vi"], levels["code"], strict=True))
    mapping = Mapping("Sheet1", (1, 1), (2, rows + 1), columns=columns, names=codes)
    write_mapping(Path(f"{workbook}{ENDING}"), mapping, workbook.name)
    return total
