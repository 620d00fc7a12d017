"""Growth of millions of figures against the prior year, side by side with the merge that pandas users write."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.measure import ROOT

AREAS, INDICATORS, YEARS = (332, 1107, 3321), 100, range(2011, 2026)  # 1, 3.3 and 10 million figures
PERIODS = [f"{year}H{half}" for year in YEARS for half in (1, 2)]
RUNS = 3

_READ = """
import json, sys, time
import numpy as np, pandas as pd
folder, names, texts = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3] == "texts"
frame = pd.DataFrame({"value": np.load(folder + "/value.npy")})
for name, labels in names.items():
    codes = pd.Categorical.from_codes(np.load(f"{folder}/{name}.npy"), labels)
    frame[name] = codes.astype("str") if texts else codes
begun, worked = time.perf_counter(), time.process_time()
"""
_OURS = """
import bcanalysis as bc
found = bc.growth_vs_prior_year(frame)
growth = found["growth_pct"].sum()
"""
_THEIRS = """
year_on = {period: f"{int(period[:4]) + 1}{period[4:]}" for period in names["period"]}
if texts:
    earlier = frame.assign(period=frame["period"].map(year_on))
else:
    both = list(dict.fromkeys([*names["period"], *year_on.values()]))
    frame["period"] = frame["period"].cat.set_categories(both)
    earlier = frame.assign(period=frame["period"].cat.rename_categories(lambda period: f"{int(period[:4]) + 1}{period[4:]}"))
    earlier["period"] = earlier["period"].cat.set_categories(both)
found = frame.merge(earlier, on=["area", "indicator", "period"], how="left", suffixes=("", "_prior"))
found["growth_pct"] = 100 * (found["value"] / found["value_prior"] - 1)
growth = found["growth_pct"].sum()
"""
_TELL = """
taken, work = time.perf_counter() - begun, time.process_time() - worked
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"wall": taken, "cpu": work, "peak": peak, "growth": growth}))
"""
_SIDES = {"ours": _READ + _OURS + _TELL, "theirs": _READ + _THEIRS + _TELL}


def run(runs: int = RUNS, sizes: Sequence[int] = AREAS) -> list[dict[str, float | int | str]]:
    """Measure both sides in turn at each size, names as categories and as texts; the tables are read before the clock starts."""
    found = []
    for areas in sizes:
        with tempfile.TemporaryDirectory(prefix="bcanalysis-bench-") as folder:
            names = _generate(Path(folder), areas)
            found += [_pair(folder, names, form, runs) for form in ("categories", "texts")]
    return found


def _generate(folder: Path, areas: int) -> Mapping[str, list[str]]:
    """Write figures of each area, indicator and period, shuffled, with the same seed each time."""
    random = np.random.default_rng(132)
    rest, period = np.divmod(random.permutation(areas * INDICATORS * len(PERIODS)), len(PERIODS))
    area, indicator = np.divmod(rest, INDICATORS)
    for name, codes in {"area": area, "indicator": indicator, "period": period}.items():
        np.save(folder / f"{name}.npy", codes.astype(np.int16))
    np.save(folder / "value.npy", random.uniform(1, 1000, period.size))
    return {
        "area": [f"area-{number:04d}" for number in range(areas)],
        "indicator": [f"indicator_{number:02d}" for number in range(INDICATORS)],
        "period": PERIODS,
    }


def _pair(folder: str, names: Mapping[str, list[str]], form: str, runs: int) -> dict[str, float | int | str]:
    pairs = [{side: _once(code, folder, names, form) for side, code in _SIDES.items()} for _ in range(runs)]
    for pair in pairs:
        if not np.isclose(pair["ours"]["growth"], pair["theirs"]["growth"], rtol=1e-9):
            raise RuntimeError(f"growth: ours gives {pair['ours']['growth']}, the merge {pair['theirs']['growth']}")
    ratios = {
        what: statistics.median(pair["theirs"][what] / pair["ours"][what] for pair in pairs) for what in ("wall", "cpu", "peak")
    }
    ours = {what: statistics.median(pair["ours"][what] for pair in pairs) for what in ("wall", "cpu")}
    rows = len(names["area"]) * INDICATORS * len(PERIODS)
    faster = {"faster": ratios["wall"], "faster_cpu": ratios["cpu"]}
    return {"rows": rows, "names": form, **faster, "memory": 1 / ratios["peak"], "ours": ours["wall"], "ours_cpu": ours["cpu"]}


def _once(code: str, folder: str, names: Mapping[str, list[str]], form: str) -> dict[str, float]:
    command = [sys.executable, "-c", code, folder, json.dumps(names), form]
    told: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    return told
