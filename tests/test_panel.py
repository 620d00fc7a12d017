import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import nan

from bcanalysis.errors import UsageError
from bcanalysis.indicators import growth_vs_prior_year
from bcanalysis.panel import values_a_year_before

NAMES = ["area", "indicator", "period"]
KEYS = st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"), st.sampled_from(["2016", "2017", "2017H1", "2018H1", "2019H1"]))
TABLES = st.dictionaries(KEYS, st.floats(0, 1e6), min_size=1, max_size=40)


def series(table: dict[tuple[str, str, str], float]) -> pd.Series:
    return pd.Series(list(table.values()), index=pd.MultiIndex.from_tuples(list(table), names=NAMES))


def test_each_series_finds_its_own_prior() -> None:
    table = {("A", "x", "2018H1"): 3.0, ("B", "x", "2017H1"): 5.0, ("A", "y", "2018H1"): 7.0, ("A", "x", "2017H1"): 2.0}
    np.testing.assert_array_equal(values_a_year_before(series(table)), [2.0, nan, nan, nan])


def test_the_level_named_period_may_stand_anywhere() -> None:
    index = pd.MultiIndex.from_tuples([("2018H1", "A"), ("2017H1", "A"), ("2017H1", "B")], names=["period", "area"])
    np.testing.assert_array_equal(values_a_year_before(pd.Series([3.0, 2.0, 5.0], index=index)), [2.0, nan, nan])


def test_without_that_name_the_last_level_is_the_period() -> None:
    index = pd.MultiIndex.from_tuples([("A", "2018H1"), ("A", "2017H1")])
    np.testing.assert_array_equal(values_a_year_before(pd.Series([3.0, 2.0], index=index)), [2.0, nan])


def test_a_missing_part_of_a_name_is_a_part_of_its_own() -> None:
    index = pd.MultiIndex.from_tuples([("A", "2018H1"), (None, "2017H1"), (None, "2018H1")], names=["area", "period"])
    np.testing.assert_array_equal(values_a_year_before(pd.Series([3.0, 2.0, 5.0], index=index)), [nan, nan, 2.0])


def test_labels_that_no_row_has_are_not_read() -> None:
    levels = series({("A", "x", "2018H1"): 3.0, ("A", "x", "whole year"): 2.0}).iloc[:1]
    np.testing.assert_array_equal(values_a_year_before(levels), [nan])


def test_a_table_of_texts_or_categories_gives_what_a_series_gives() -> None:
    table = pd.DataFrame(
        {"period": ["2018H1", "2018H1", "2017H1", "2017H1"], "value": [3.0, 5.0, 2.0, 4.0], "area": ["A", "B", "A", None]}
    )
    for frame in (
        table,
        table.astype({"area": "category", "period": "category"}),
        table.astype({"area": object, "period": object}),
    ):
        np.testing.assert_array_equal(values_a_year_before(frame), [2.0, nan, nan, nan])
    assert growth_vs_prior_year(table)["growth_pct"].tolist()[0] == 50.0


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(UsageError, match="got a table of kỳ, value; expected columns period and value"):
        values_a_year_before(pd.DataFrame({"kỳ": ["2018H1"], "value": [1.0]}))


def test_a_row_that_a_table_has_twice_is_refused_by_its_whole_name() -> None:
    table = pd.DataFrame({"area": ["A", "A", "B"], "period": ["2018H1", "2018M01-M06", "2018H1"], "value": 1.0})
    with pytest.raises(UsageError, match="got A, 2018H1; A, 2018M01-M06 more than once"):
        values_a_year_before(table)


def test_nothing_gives_nothing() -> None:
    assert growth_vs_prior_year(pd.Series([], index=pd.Index([], dtype=object), dtype=float)).empty


@pytest.mark.parametrize("many", [1, 400])
def test_a_period_that_a_series_has_twice_is_refused_by_its_whole_name(many: int) -> None:
    alone = [(f"area {number}", "x", str(1950 + number % 70)) for number in range(many)]  # a grid that would be mostly empty
    index = pd.MultiIndex.from_tuples([("A", "x", "2018H1"), *alone, ("A", "x", "2018M01-M06")], names=NAMES)
    with pytest.raises(UsageError, match="got A, x, 2018H1; A, x, 2018M01-M06 more than once"):
        values_a_year_before(pd.Series(1.0, index=index))


def test_a_value_without_a_period_is_refused() -> None:
    index = pd.MultiIndex.from_tuples([("A", "2018H1"), ("A", None)], names=["area", "period"])
    with pytest.raises(UsageError, match="got a value without a period"):
        values_a_year_before(pd.Series([1.0, 2.0], index=index))


@given(TABLES, st.randoms())
def test_what_is_found_is_what_a_merge_would_find(table: dict[tuple[str, str, str], float], random) -> None:
    levels = series(dict(random.sample(list(table.items()), len(table))))
    frame = levels.rename("value").reset_index()
    year_on = frame["period"].map({"2016": "2017", "2017": "2018", "2017H1": "2018H1", "2018H1": "2019H1", "2019H1": "2020H1"})
    merged = frame.merge(frame.assign(period=year_on), on=NAMES, how="left", suffixes=("", "_prior"))
    np.testing.assert_array_equal(values_a_year_before(levels), merged["value_prior"])
    np.testing.assert_array_equal(values_a_year_before(frame), merged["value_prior"])


@given(TABLES)
def test_a_sparse_table_gives_what_a_full_one_gives(table: dict[tuple[str, str, str], float]) -> None:
    filler = {(f"area {number}", "x", str(1950 + number % 60)): 1.0 for number in range(300)}
    sparse = values_a_year_before(series(table | filler))[: len(table)]
    np.testing.assert_array_equal(sparse, values_a_year_before(series(table)))


def test_names_of_very_many_parts_stay_apart() -> None:
    parts = [f"p{number}" for number in range(1000)]
    names = [*"abcdefg", "period"]
    rows = [(*(parts[(row * step) % 1000] for step in (1, 3, 7, 9, 11, 13, 17)), "2017H1") for row in range(1000)]
    later = [(*row[:-1], "2018H1") for row in rows]
    index = pd.MultiIndex.from_tuples([*rows, *later], names=names)
    found = values_a_year_before(pd.Series(np.arange(2000.0), index=index))
    np.testing.assert_array_equal(found[1000:], np.arange(1000.0))
    assert np.isnan(found[:1000]).all()
