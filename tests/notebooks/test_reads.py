"""A report knows which rows it has read: where none of them changes, nothing on its page does."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

import pandas as pd
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

import bcanalysis as bc
from bcanalysis.comparison.history import first_half_shares
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.fingerprints import changes, fingerprints
from bcanalysis.dataset.load import load
from bcanalysis.dataset.reads import Selection, asked, forget
from bcanalysis.reports.record import RunRecord

from .conftest import ROOT

OF_AN_AREA = (
    "overview", "indicator", "market_surveillance", "administration", "data_quality", "trade_promotion", "industry_and_energy",
    "emulation", "second_half",
)  # fmt: skip
NOTEBOOKS = (*OF_AN_AREA, "provinces")
REAL = load(ROOT / "data")
TABLES = {name: REAL.unnoted(name).frame for name in REAL.tables}
FULLEST = [("bac-giang", "2018H1"), ("bac-giang", "2024H1")]
PLACES = [*FULLEST, *sorted({*TABLES["observations"][["area", "period"]].itertuples(index=False, name=None)} - {*FULLEST})]
HEADLINES = ["industrial_output", "export_value", "retail_sales", "market_fines"]


@dataclass(frozen=True)
class Page:
    shown: list[str]
    frames: dict[str, pd.DataFrame]
    asked: tuple[Selection, ...]

    def equals(self, other: Page) -> bool:
        same = self.frames.keys() == other.frames.keys() and all(
            self.frames[name].equals(frame) and self.frames[name].attrs == frame.attrs for name, frame in other.frames.items()
        )
        return same and self.shown == other.shown


# The notebooks, cell by cell


@cache
def cells(notebook: str) -> list[tuple[CodeType, CodeType | None]]:
    """Give the code of each cell, and that of what it shows."""
    found = []
    for cell in json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            shown = compile(ast.Expression(last.value), notebook, "eval") if isinstance(last, ast.Expr) else None
            found.append((compile(tree, notebook, "exec"), shown))
    return found


def run(notebook: str, dataset: Dataset, **parameters: str) -> Page:
    names: dict[str, Any] = {}
    shown = []
    forget()
    with mock.patch.object(bc, "load", return_value=dataset):
        for place, (done, last) in enumerate(cells(notebook)):
            exec(done, names)  # noqa: S102  (as a kernel does)
            if place == 0:
                names |= {name: value for name, value in parameters.items() if name in names}
            if last is not None:
                shown.append(as_shown(eval(last, names)))  # noqa: S307
    return Page(shown, {name: value for name, value in names.items() if isinstance(value, pd.DataFrame)}, asked())


def as_shown(value: Any) -> str:
    if isinstance(value, RunRecord):  # the record of the run also says when it was, and from which files
        return json.dumps({name: told for name, told in value.content.items() if name not in ("files", "executed_at")})
    return str(value.to_json() if hasattr(value, "to_json") else value._repr_html_())


# What another author might call


def calls(dataset: Dataset, area: str, period: str, indicator: str, as_of: date | None) -> Page:
    forget()
    figures = bc.compare(dataset, period, area, as_of=as_of)
    found = {
        "figures": figures,
        "headline": bc.compare(dataset, period, area, headline=True, as_of=as_of),
        "one": bc.compare(dataset, period, area, indicators=[indicator]),
        "history": bc.history(dataset, indicator, period, area, as_of=as_of),
        "second_half": bc.second_half(dataset, figures, as_of=as_of),
        "areas": bc.across(dataset, period, [indicator]),
        "shares": first_half_shares(dataset, period, area, as_of=as_of),
        "contributions": bc.contributions(dataset, figures, indicator),
        "identities": bc.identities(dataset, period, area, as_of=as_of),
        "conflicts": bc.conflicts(dataset, period, area, as_of=as_of),
        "gaps": bc.gaps(dataset, period, area),
        "misprints": dataset.labelled("corrections", area),
    }
    return Page([], found, asked())


# What may be changed in the tables

Tables = dict[str, pd.DataFrame]
Change = Callable[[Tables], Tables]
SERIES = ["area", "indicator", "breakdown", "price_basis"]
CODED = {
    "observations": [*SERIES, "period", "source", "status"],
    "plans": [*SERIES, "source"],
    "corrections": [*SERIES, "period", "source"],
    "sources": [],
}
CELLS: dict[str, dict[str, list[Any]]] = {
    "observations": {
        "value": [0.0, 100.0, 12345.6],
        "half_unit": [0.05, 0.5, 5.0],
        "growth_pct": [-3.0, 12.5],
        "plan_pct": [45.9, 110.0],
        "qualifier": ["", "trên", "gần"],
        "stated_on": ["", "2018-06", "2018-06-14", "2024-07-01"],
        "window_end": [pd.Timestamp("2018-05-31"), pd.Timestamp("2024-06-30")],
        "composed_of": ["", "2018M01-M05 2018M06", "2017H1 2018H1"],
        "note": ["another"],
    },
    "plans": {
        "value": [90.0, 200.0],
        "year": [2017.0, 2018.0, 2024.0],
        "body": ["UBND", "HĐND"],
        "decided_on": [pd.NaT, pd.Timestamp("2017-12-01"), pd.Timestamp("2018-06-20")],
        "target_kind": ["level", "growth"],
    },
    "corrections": {"column": ["value", "growth_pct"], "printed": ["12"], "read_as": ["12", "120"], "reason": ["another"]},
    "sources": {"title": ["Another title"], "rank": ["press", "statistics_office"]},
}


def pool(tables: Tables, table: str, column: str) -> list[Any]:
    if column in CELLS[table]:
        return CELLS[table][column]
    return sorted(set(tables["observations"][column]))


@st.composite
def changes_of(draw: st.DrawFn, tables: Tables, area: str) -> Change:
    """Change one cell of a row, or put a changed copy beside it, take it away or move it to the end; often in the area itself."""
    table = draw(st.sampled_from(["observations"] * 4 + ["plans", "corrections", "sources"]))
    rows = tables[table]
    near = list(rows.index[rows["area"] == area]) if "area" in rows and draw(st.booleans()) else []
    row = draw(st.sampled_from(near or list(rows.index) or [0]))
    column = draw(st.sampled_from([*CODED[table], *CELLS[table]]))
    value = draw(st.sampled_from(pool(tables, table, column)))
    how = draw(st.sampled_from(["change", "change", "copy", "take away", "move"] if table != "sources" else ["change"]))

    def changed(given: Tables) -> Tables:
        old = given[table]
        if row not in old.index:
            return given
        one = old.loc[[row]].assign(**{column: value}).astype(old.dtypes)
        new = {
            "change": lambda: pd.concat([old.loc[: row - 1], one, old.loc[row + 1 :]]),
            "copy": lambda: pd.concat([old, one]),
            "take away": lambda: old.drop(index=row),
            "move": lambda: pd.concat([old.drop(index=row), old.loc[[row]]]),
        }[how]()
        if table == "corrections":  # one for each cell, as its key demands
            new = new.drop_duplicates([*CODED[table], "column"])
        return {**given, table: new.reset_index(drop=True)}

    changed.__qualname__ = f"{how} {table}[{row}].{column} = {value!r}"
    return changed


def reaches(selection: Selection, rows: pd.DataFrame) -> pd.Series:
    found = pd.Series(data=True, index=rows.index)
    for column in ("area", "period", "indicator", "breakdown"):
        codes = getattr(selection, column)
        if codes is not None:
            texts = rows["year"].astype(int).astype(str) if column == "period" and "year" in rows else rows[column]
            found &= texts.isin(codes)
    if selection.ended_before is not None:
        found &= rows["window_end"] < selection.ended_before
    return found


def with_all_else_changed(tables: Tables, asked: tuple[Selection, ...], take_away: bool) -> Tables:
    """Change the numbers of all statements and plans that no selection reaches, or take these rows away, and rename sources."""
    changed, cited = dict(tables), set(tables["corrections"]["source"])
    views = {"observations": ("statements", "places", "observations"), "plans": ("plans",)}
    for table, names in views.items():
        rows = tables[table]
        reached = [reaches(selection, rows) for selection in asked if selection.table in names]
        kept = pd.concat(reached, axis=1).any(axis=1) if reached else pd.Series(data=False, index=rows.index)
        cited |= set(rows.loc[kept, "source"])
        numbers = [name for name in ("value", "growth_pct", "plan_pct") if name in rows]
        other = rows.assign(**{name: rows[name].where(kept, 2 * rows[name] + 3) for name in numbers})
        changed[table] = (rows[kept] if take_away else other).reset_index(drop=True)
    sources = tables["sources"]
    titles = sources["title"].where(sources["code"].isin(cited), "Another title")
    return {**changed, "sources": sources.assign(title=titles)}


def unread(dataset: Dataset, tables: Tables, page: Page, drawn: list[Change], take_away: bool) -> Dataset:
    """Change all else; and make those of some more changes that do not touch what a page has read."""
    before = fingerprints(dataset, page.asked)
    tables = with_all_else_changed(tables, page.asked, take_away)
    found = Dataset(dataset.folder, (), tables)
    assert changes(before, fingerprints(found, page.asked)) == []
    for change in drawn:
        tried = change(tables)
        one = Dataset(dataset.folder, (), tried)
        if changes(before, fingerprints(one, page.asked)) == []:
            tables, found = tried, one
            note(change.__qualname__)
    return found


original = cache(lambda notebook, **parameters: run(notebook, REAL, **parameters))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@settings(max_examples=max(2, settings().max_examples // 15))
@given(data=st.data(), place=st.sampled_from(PLACES), indicator=st.sampled_from(HEADLINES), take_away=st.booleans())
def test_what_a_report_has_not_read_changes_nothing_on_its_page(notebook, data, place, indicator, take_away):
    area, period = place
    parameters = {"area": area, "period": period, "indicator": indicator}
    page = original(notebook, **parameters)

    drawn = data.draw(st.lists(changes_of(TABLES, area), max_size=8))
    changed = unread(REAL, TABLES, page, drawn, take_away)

    assert run(notebook, changed, **parameters).equals(page)


# Which reports rest on which row

ROWS = {
    "fines": {"area": "bac-giang", "period": "2018H1", "indicator": "market_fines"},
    "exports": {"area": "bac-giang", "period": "2018H1", "indicator": "export_value", "source": "bao-cao-132-bc-sct-2018"},
    "elsewhere": {"area": "hai-duong"},
}


def with_another_value(row: str) -> Dataset:
    """Change the value in the first row of its kind."""
    rows = TABLES["observations"].copy()
    place = rows.index[(rows[list(ROWS[row])] == pd.Series(ROWS[row])).all(axis=1)][0]
    rows.loc[place, "value"] += 1
    return Dataset(REAL.folder, (), {**TABLES, "observations": rows})


@pytest.mark.parametrize(
    ("row", "notebook", "area", "period"),
    [
        ("fines", "market_surveillance", "bac-giang", "2018H1"),
        ("fines", "market_surveillance", "bac-giang", "2019H1"),  # its prior year
        ("fines", "data_quality", "bac-giang", "2018H1"),
        ("fines", "data_quality", "bac-giang", "2024H1"),  # it lists the conflicts of every period
        ("exports", "overview", "bac-giang", "2018H1"),
        ("exports", "overview", "bac-giang", "2019H1"),
        ("exports", "overview", "bac-giang", "2024H1"),  # the share of the first half in earlier years
        ("exports", "indicator", "bac-giang", "2018"),  # where its sources differ, in every period
        ("exports", "indicator", "bac-giang", "2024H1"),  # its history
        ("elsewhere", "data_quality", "hai-duong", "2018H1"),
        ("exports", "second_half", "bac-giang", "2024H1"),  # the second halves of earlier years
        ("exports", "provinces", "hai-duong", "2018H1"),  # it sets the areas side by side
    ],
)
def test_a_report_is_not_up_to_date_when_a_row_it_uses_changes(row: str, notebook: str, area: str, period: str):
    page = original(notebook, area=area, period=period, indicator="export_value")
    assert changes(fingerprints(REAL, page.asked), fingerprints(with_another_value(row), page.asked)) == ["statements"]


@pytest.mark.parametrize(
    ("row", "notebook", "area", "period"),
    [
        ("fines", "administration", "bac-giang", "2018H1"),
        ("fines", "overview", "bac-giang", "2024H1"),
        ("fines", "market_surveillance", "bac-giang", "2017H1"),
        ("fines", "market_surveillance", "bac-giang", "2024H1"),
        *(("fines", notebook, "hai-duong", "2018H1") for notebook in NOTEBOOKS),
        ("exports", "second_half", "bac-giang", "2017H1"),
        ("exports", "provinces", "bac-giang", "2024H1"),
        ("exports", "market_surveillance", "bac-giang", "2018H1"),
        ("exports", "administration", "bac-giang", "2018H1"),
        ("exports", "overview", "bac-giang", "2017H1"),
        *(("elsewhere", notebook, "bac-giang", "2018H1") for notebook in OF_AN_AREA),
    ],
)
def test_a_report_stays_up_to_date_when_a_row_it_does_not_use_changes(row: str, notebook: str, area: str, period: str):
    page = original(notebook, area=area, period=period, indicator="export_value")
    assert fingerprints(REAL, page.asked) == fingerprints(with_another_value(row), page.asked)


def test_a_report_of_nothing_on_file_is_made_again_when_a_figure_comes():
    page = original("market_surveillance", area="bac-giang", period="2024H1", indicator="export_value")
    assert page.frames["figures"].empty
    rows = TABLES["observations"]
    new = rows[(rows["area"] == "bac-giang") & (rows["indicator"] == "market_fines")].assign(period="2024H1")
    added = Dataset(REAL.folder, (), {**TABLES, "observations": pd.concat([rows, new], ignore_index=True)})
    assert changes(fingerprints(REAL, page.asked), fingerprints(added, page.asked)) == ["places", "sources", "statements"]


# The same for calls that no notebook makes, on small tables in which everything is near

SMALL = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["here", "old"]),
        "indicator": st.sampled_from(["output", "exports", "cases", "parts"]),
        "breakdown": st.sampled_from(["total", "state", "fdi"]),
        "price_basis": st.sampled_from(["current", "current", "constant_2010", "not_stated"]),
        "period": st.sampled_from("2015H1 2015 2016H1 2016 2017H1 2017 2018H1 2018Q2 2018M01-M05 2018M06".split()),
        "value": st.integers(0, 200),
        "source": st.sampled_from(["department", "office", "paper"]),
        "stated_on": st.sampled_from(["", "2018-06", "2018-06-14", "2018-07-01"]),
    },
    optional={
        "growth_pct": st.integers(-5, 20),
        "plan_pct": st.integers(40, 60),
        "composed_of": st.just("2018M01-M05 2018M06"),
    },
)
PLANS = [
    {"year": 2018, "value": 200, "area": area, "indicator": indicator, "price_basis": basis}
    for area in ("here", "old")
    for indicator in ("output", "exports")
    for basis in ("current", "not_stated")
]
RELATIONS = [{"code": "sum", "relation": "output = output[state] + output[fdi]"}, {"code": "bound", "relation": "parts <= cases"}]
LINK = {"period": "2018H1", "other_period": "2017H1", "other_price_basis": "not_stated", "breakdown": "*"}


@settings(max_examples=max(4, settings().max_examples // 8))
@given(
    st.data(),
    st.lists(SMALL, min_size=12, max_size=40),
    st.sampled_from(["2018H1", "2018", "2017H1", "2018M06"]),
    st.sampled_from(["output", "cases"]),
    st.sampled_from([None, date(2018, 7, 1)]),
    st.booleans(),
)
def test_what_no_call_has_read_changes_no_frame(tiny_in, data, statements, period, indicator, as_of, take_away):
    misprint = {name: statements[0][name] for name in ("area", "indicator", "breakdown", "price_basis", "period", "source")}
    dataset = tiny_in(Path())(
        statements, plans=PLANS, links=[LINK], identities=RELATIONS, corrections=[{**misprint, "printed": "1", "read_as": "9"}]
    )
    tables = {name: dataset.unnoted(name).frame for name in dataset.tables}
    page = calls(dataset, "here", period, indicator, as_of)

    drawn = data.draw(st.lists(changes_of(tables, "here"), max_size=8))
    changed = unread(dataset, tables, page, drawn, take_away)

    assert calls(changed, "here", period, indicator, as_of).equals(page)
