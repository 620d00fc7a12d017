"""All that can be found wrong: faults of the tables, verdicts on identities, conflicts, readings of misprints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from bcanalysis.dataset.load import read_dataset
from bcanalysis.dataset.vintages import read_day
from bcanalysis.quality.conflicts import conflicts
from bcanalysis.quality.identities import identities

Found = dict[str, list[dict[str, Any]]]


def check_all(folder: str | Path | None = None, as_of: date | str | None = None) -> Found:
    """Find everything that is wrong with the tables or with what they report.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The data folder; by default the project's.
    as_of : datetime.date or str, optional
        Only what was known on this day.

    Returns
    -------
    dict
        ``faults`` of the tables, warnings among them; and, if the tables can be read, ``identities`` with their verdicts,
        ``conflicts`` between publications and ``corrections`` (what was printed, and what it is read as). Missing numbers are None.
    """
    day = read_day(as_of)
    dataset, faults = read_dataset(folder)
    found: Found = {"faults": [asdict(fault) for fault in faults], "identities": [], "conflicts": [], "corrections": []}
    if dataset is not None:
        dataset = dataset.known_on(day)
        found["identities"] = _records(identities(dataset))
        found["conflicts"] = _records(conflicts(dataset))
        found["corrections"] = _records(dataset["corrections"])
    return found


def contradictions(found: Found) -> list[dict[str, Any]]:
    """List the identities that are violated and the conflicts that nothing explains.

    Parameters
    ----------
    found : dict
        Result of :func:`check_all`.

    Returns
    -------
    list of dict
        Their records.
    """
    violated = [row for row in found["identities"] if row["verdict"] == "violated"]
    return violated + [row for row in found["conflicts"] if row["class"] == "contradiction"]


def listing(found: Found) -> str:
    """Write what was found as lines to read.

    Parameters
    ----------
    found : dict
        Result of :func:`check_all`.

    Returns
    -------
    str
        Sections with one line each.
    """
    sections = [
        ("Faults of the tables", [_fault(row) for row in found["faults"]]),
        ("Identities", [_identity(row) for row in found["identities"]]),
        ("Printed, and read otherwise (corrections.csv)", [_correction(row) for row in found["corrections"]]),
        ("Conflicts between publications", [_conflict(row) for row in found["conflicts"]]),
    ]
    lines = []
    for title, rows in sections:
        lines += [f"{title}: {len(rows) or 'none'}", *(f"  {row}" for row in rows), ""]
    violated = sum(row["verdict"] == "violated" for row in found["identities"])
    contradicting = sum(row["class"] == "contradiction" for row in found["conflicts"])
    errors = sum(row["severity"] == "error" for row in found["faults"])
    counts = [(errors, "fault", "faults"), (violated, "identity violated", "identities violated")]
    counts.append((contradicting, "contradiction between publications", "contradictions between publications"))
    lines.append(", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts) + ".")
    return "\n".join(lines)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _fault(row: Mapping[str, Any]) -> str:
    place = row["table"] + (f", line {row['row']}" if row["row"] else "") + (f", {row['column']}" if row["column"] else "")
    hint = f". {row['hint']}" if row["hint"] else ""
    return f"{row['severity']}: {place}: got {row['got']}; expected {row['expected']}{hint}"


def _identity(row: Mapping[str, Any]) -> str:
    figures = f"{row['left']:,.10g} against {row['right']:,.10g} {row['unit']}"
    return f"{row['verdict']:11} {row['relation']}: {figures} ({row['area']}, {row['period']}, {row['source']})"


def _correction(row: Mapping[str, Any]) -> str:
    where = f"{row['indicator']}, {row['breakdown']}, {row['area']}, {row['period']}, {row['column']}"
    return f'{where}: printed "{row["printed"]}", read as "{row["read_as"]}" ({row["source"]}). {row["reason"]}'


def _conflict(row: Mapping[str, Any]) -> str:
    figure = f"{row['indicator']}, {row['breakdown']}, {row['area']}, {row['period']}, {row['what']}"
    return f"{row['class']:16} {figure}: {_side(row, 'first')} against {_side(row, 'later')} {row['unit']}"


def _side(row: Mapping[str, Any], side: str) -> str:
    word = f"{row[f'{side}_qualifier']} " if row[f"{side}_qualifier"] else ""
    basis = row[f"{side}_basis"]
    told = [row[f"{side}_source"], row[f"{side}_stated_on"] or "undated", *([] if basis == "not_applicable" else [basis])]
    return f"{word}{row[side]:,.10g} ({', '.join(told)})"
