from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcanalysis.comparison.compare import COLUMNS, compare
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.periods import Period


def flags(dataset: Dataset, period: str = "2018H1", area: str = "here") -> list[tuple[str, ...]]:
    return compare(dataset, period, area)["flags"].tolist()


# The half-year 2018


def test_the_half_year_2018_has_every_series_on_file_in_the_order_of_a_report(half_year_2018: pd.DataFrame) -> None:
    found = half_year_2018
    assert len(found) == 67
    assert found["indicator"].drop_duplicates().tolist()[:6] == [
        "industrial_output",
        "export_value",
        "import_value",
        "retail_sales",
        "grdp_growth",
        "iip_growth",
    ]
    output = found[found["indicator"] == "industrial_output"]
    assert list(zip(output["price_basis"], output["breakdown"], strict=True)) == [
        ("current", "total"),
        ("constant_2010", "total"),
        ("constant_2010", "state"),
        ("constant_2010", "non_state"),
        ("constant_2010", "fdi"),
    ]
    assert list(found.columns) == COLUMNS


def test_a_row_carries_its_names_and_its_way_back_to_a_source(half_year_2018: pd.DataFrame) -> None:
    found = half_year_2018.iloc[0]
    assert (found["label_vi"], found["label_en"]) == ("Giá trị sản xuất công nghiệp", "Industrial output value")
    assert (found["unit"], found["unit_vi"], found["unit_en"], found["decimals"]) == ("billion_vnd", "tỷ đồng", "billion VND", 0)
    assert (found["area_vi"], found["price_basis_vi"], found["breakdown_vi"]) == ("Bắc Giang", "giá thực tế", "")
    assert (found["printed"], found["status"], found["stated_on"]) == ("66.148 tỷ đồng", "estimate", "2018-06-14")
    assert (found["source"], found["kind"], found["theme"], found["headline"]) == ("bao-cao-132-bc-sct-2018", "flow", "industry", 1)
    assert (found["window_start"], found["window_end"]) == (pd.Timestamp("2018-01-01"), pd.Timestamp("2018-06-30"))


def test_on_the_day_of_the_report_its_57_figures_are_known_and_the_undated_are_counted(dataset: Dataset) -> None:
    found = compare(dataset, "2018H1", as_of=date(2018, 6, 14))
    assert len(found) == 57
    assert set(found["source"]) == {"bao-cao-132-bc-sct-2018"}
    assert found.attrs["undated"] == 10


def test_the_day_before_the_report_nothing_of_it_is_known(dataset: Dataset) -> None:
    found = compare(dataset, "2018H1", as_of=date(2018, 6, 13))
    assert len(found) == 0
    assert list(found.columns) == COLUMNS
    assert found.attrs["undated"] == 10


def test_without_a_day_everything_is_known_and_nothing_left_out(half_year_2018: pd.DataFrame) -> None:
    assert half_year_2018.attrs["undated"] == 0


def test_as_of_a_day_the_prior_is_what_was_known_then(tiny) -> None:
    found = tiny(
        [
            {"period": "2018H1", "value": 120, "stated_on": "2018-07-01"},
            {"period": "2017H1", "value": 100, "stated_on": "2017-07-01"},
            {"period": "2017H1", "value": 110, "stated_on": "2019-07-01"},
        ]
    )
    assert compare(found, "2018H1", "here", as_of=date(2018, 7, 1))["prior"].tolist() == [100]
    assert compare(found, "2018H1", "here")["prior"].tolist() == [110]


# Nothing on file


def test_a_period_without_figures_gives_an_empty_table_with_all_columns_and_their_types(
    dataset: Dataset, half_year_2018: pd.DataFrame
) -> None:
    found, full = compare(dataset, "1999H1"), half_year_2018
    assert len(found) == 0
    assert list(found.columns) == COLUMNS
    for column in ("value", "prior", "growth_pct", "plan_low", "difference_pp", "headline"):
        assert found[column].dtype == full[column].dtype == "float64"
    for column in ("window_start", "window_end", "plan_decided_on"):
        assert pd.api.types.is_datetime64_dtype(found[column])


def test_a_folder_without_a_single_statement_can_be_compared(tiny) -> None:
    assert len(compare(tiny(), "2018H1", "here")) == 0


# What may be asked for


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"period": "2018H3"}, 'period: got "2018H3"; expected a year, half-year'),
        ({"area": "bac-gaing"}, r'areas: got "bac-gaing"; .* Did you mean "bac-giang"\?'),
        ({"indicators": ["export_value", "exprot_value"]}, r'indicators: got "exprot_value"; .* Did you mean "export_value"\?'),
        ({"themes": ["trade", "trde"]}, "theme: got trde; expected some of .*trade"),
    ],
)
def test_what_is_unknown_is_refused_with_a_suggestion(dataset: Dataset, asked: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compare(dataset, **{"period": "2018H1", **asked})  # type: ignore[arg-type]


def test_themes_and_indicators_narrow_the_table(dataset: Dataset) -> None:
    found = compare(dataset, "2018H1", themes=["trade"], indicators=["import_value", "market_fines", "export_value"])
    assert found["indicator"].tolist() == ["export_value", "import_value"]
    assert len(compare(dataset, "2018H1", themes=[])) == 0


def test_the_headline_is_the_whole_of_each_headline_indicator(dataset: Dataset) -> None:
    found = compare(dataset, "2018H1", headline=True)
    assert list(zip(found["indicator"], found["price_basis"], strict=True)) == [
        ("industrial_output", "current"),
        ("industrial_output", "constant_2010"),
        ("export_value", "not_applicable"),
        ("import_value", "not_applicable"),
        ("retail_sales", "not_applicable"),
    ]
    assert set(found["breakdown"]) == {"total"}


@pytest.mark.parametrize("period", [Period(2018, 1, 6), "2018M01-M06"])
def test_a_period_may_be_given_as_such_and_by_any_of_its_names(
    period: str | Period, dataset: Dataset, half_year_2018: pd.DataFrame
) -> None:
    found = compare(dataset, period, indicators=["export_value"]).to_dict("records")
    (expected,) = half_year_2018[half_year_2018["indicator"] == "export_value"].to_dict("records")
    assert [row["growth_pct"] for row in found] == [expected["growth_pct"]]
    assert [row["flags"] for row in found] == [expected["flags"]]


# Flags


def test_what_a_reader_must_know_of_a_figure_is_flagged(tiny) -> None:
    changes: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
        "total": ({}, ()),
        "state": ({"stated_on": ""}, ("undated",)),
        "non_state": ({"qualifier": "trên"}, ("approximate",)),
        "fdi": ({"window_end": "2018-06-10"}, ("partial_window",)),
        "mining": ({"window_start": "2018-02-01"}, ("partial_window",)),
        "manufacturing": ({"window_end": "2018-07-31"}, ("longer_window",)),
        "electricity_gas": ({"value": 110, "printed": "110 tỷ đồng"}, ("open_unit",)),
        "water_waste": ({"growth_pct": 10}, ("printed_growth",)),
    }
    statements = [
        {"period": "2018H1", "value": 111, "printed": "111 tỷ đồng", "breakdown": part, **change}
        for part, (change, _) in changes.items()
    ]
    found = compare(tiny(statements), "2018H1", "here").set_index("breakdown")["flags"]
    assert found.to_dict() == {part: expected for part, (_, expected) in changes.items()}


def test_the_window_of_the_administrative_half_year_is_both_longer_and_partial(tiny) -> None:
    """15 December to 14 June: begins earlier than the half-year and ends before it."""
    found = flags(tiny([{"period": "2018H1", "value": 111, "window_start": "2017-12-15", "window_end": "2018-06-14"}]))
    assert found == [("partial_window", "longer_window")]


def test_the_unit_of_these_figures_is_not_open(tiny) -> None:
    figures = [
        {"indicator": "cases", "value": 300, "printed": "300 vụ"},  # what is counted is counted
        {"indicator": "fine", "value": 300000, "printed": "300.000 đồng"},  # to the đồng
        {"indicator": "occupancy", "value": 50, "printed": "50%"},
        {"value": 300},  # the printed digits are not on file
        {"breakdown": "fdi", "missing": "nil", "printed": "-"},
    ]
    assert flags(tiny([{"period": "2018H1", **figure} for figure in figures])) == [()] * 5


def test_a_correction_is_flagged(tiny) -> None:
    found = tiny([{"period": "2018H1", "value": 12.4}], corrections=[{"period": "2018H1", "printed": "12.4", "read_as": "12401"}])
    assert compare(found, "2018H1", "here")[["value", "flags"]].to_numpy().tolist() == [[12401.0, ("correction",)]]


def test_a_tie_between_two_sources_is_a_conflict_shown(tiny) -> None:
    statements = [{"period": "2018H1", "value": value, "source": source} for value, source in ((111, "paper"), (151, "paper-two"))]
    assert flags(tiny(statements)) == [("conflict",)]


@pytest.mark.parametrize(
    "second",
    [{"value": 151, "stated_on": "2019-06-14"}, {"value": 110, "half_unit": 5, "source": "paper"}],
    ids=["revision", "rounding"],
)
def test_a_revision_and_a_rounding_are_no_conflict(second: dict[str, object], tiny) -> None:
    found = flags(tiny([{"period": "2018H1", "value": 111, "stated_on": "2018-06-14"}, {"period": "2018H1", **second}]))
    assert found == [()]


def test_a_repeat_of_the_revised_value_is_no_conflict_with_the_first(tiny) -> None:
    """111 was revised to 151, and a paper then printed 150: it repeats the revision and contradicts nobody."""
    statements = [
        {"period": "2018H1", "value": 111, "stated_on": "2018-06-14"},
        {"period": "2018H1", "value": 151, "stated_on": "2019-06-14"},
        {"period": "2018H1", "value": 150, "half_unit": 5, "stated_on": "2019-06-20", "source": "paper"},
    ]
    assert flags(tiny(statements)) == [()]


def test_an_identity_that_fails_is_flagged(tiny) -> None:
    """The contract of a comparison lists identity_violated among its flags."""
    found = tiny(
        [{"period": "2018H1", "value": 14, "indicator": "cases"}, {"period": "2018H1", "value": 53, "indicator": "parts"}],
        identities=[{"code": "part_within_whole", "relation": "parts <= cases", "kind": "bound"}],
    )
    assert flags(found) == [("identity_violated",), ("identity_violated",)]


def test_an_identity_that_fails_at_constant_prices_leaves_current_prices_alone(tiny) -> None:
    bases = {"current": (100, 90), "constant_2010": (50, 80)}
    statements = [
        {"period": "2018H1", "value": value, "breakdown": part, "price_basis": basis}
        for basis, pair in bases.items()
        for part, value in zip(("total", "fdi"), pair, strict=True)
    ]
    bound = {"code": "part_within_whole", "relation": "output[fdi] <= output", "kind": "bound"}
    found = compare(tiny(statements, identities=[bound]), "2018H1", "here")
    violated = found["flags"].map(lambda marks: "identity_violated" in marks)
    assert set(found.loc[violated, "price_basis"]) == {"constant_2010"}


def test_as_of_a_day_an_identity_is_judged_on_what_was_known(tiny) -> None:
    statements = [
        {"period": "2018H1", "value": value, "indicator": code, "stated_on": day}
        for day, pair in (("2018-06-14", (14, 13)), ("2018-07-14", (14, 53)))
        for code, value in zip(("cases", "parts"), pair, strict=True)
    ]
    found = tiny(statements, identities=[{"code": "part_within_whole", "relation": "parts <= cases", "kind": "bound"}])
    assert compare(found, "2018H1", "here", as_of=date(2018, 6, 30))["flags"].tolist() == [(), ()]


def test_a_value_known_to_the_last_digit_may_have_no_half_unit(tiny) -> None:
    """The schema lets half_unit be 0: a count, or a sum to the đồng."""
    found = compare(
        tiny([{"period": "2018H1", "value": 111, "half_unit": 0, "printed": "111", "growth_pct": 11}]), "2018H1", "here"
    )
    assert found["prior_low"].iloc[0] == pytest.approx(111 / 1.1105)


def test_missing_numbers_are_nan_and_missing_texts_none(half_year_2018: pd.DataFrame) -> None:
    found = half_year_2018.iloc[0]
    for column in ("prior", "growth_computed_pct", "plan", "difference_pp"):
        assert isnan(found[column])
    for column in ("qualifier", "missing", "link_reason", "prior_source", "plan_body", "growth_verdict"):
        assert found[column] is None
    assert found["plan_decided_on"] is pd.NaT


# Laws


def test_comparing_changes_no_table(dataset: Dataset) -> None:
    before = {name: table.copy() for name, table in dataset.tables.items()}
    compare(dataset, "2024H1", as_of=date(2024, 7, 1))
    for name, table in before.items():
        pd.testing.assert_frame_equal(dataset[name], table)


@settings(max_examples=settings().max_examples // 10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(dataset: Dataset, random) -> None:
    tables = {}
    for name in ("observations", "plans", "links", "sources", "corrections"):
        rows = list(range(len(dataset[name])))
        random.shuffle(rows)
        tables[name] = dataset[name].iloc[rows].reset_index(drop=True)
    shuffled = replace(dataset, tables={**dataset.tables, **tables})
    indicators = ["industrial_output", "export_value", "retail_sales", "grdp_growth"]
    pd.testing.assert_frame_equal(
        compare(shuffled, "2024H1", indicators=indicators), compare(dataset, "2024H1", indicators=indicators)
    )


@pytest.mark.parametrize("factor", [0.001, 1000.0])
def test_the_unit_of_a_series_leaves_its_percents_unchanged(dataset: Dataset, factor: float) -> None:
    scaled = {"observations": ["value", "half_unit"], "plans": ["value"]}
    tables = {
        name: dataset[name].assign(**{column: dataset[name][column] * factor for column in columns})
        for name, columns in scaled.items()
    }
    percents = [
        "growth_pct",
        "growth_computed_pct",
        "growth_verdict",
        "plan_pct",
        "plan_computed_pct",
        "plan_verdict",
        "growth_origin",
    ]
    indicators = ["industrial_output", "export_value", "retail_sales"]
    found = compare(replace(dataset, tables={**dataset.tables, **tables}), "2024H1", indicators=indicators)
    pd.testing.assert_frame_equal(found[percents], compare(dataset, "2024H1", indicators=indicators)[percents], rtol=1e-9)
