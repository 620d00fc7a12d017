from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.dataset.schema import TableSchema, check_codes, check_table, line_of, read_schemas, typed
from bcanalysis.errors import UsageError

SCHEMA = TableSchema(
    "figures",
    "figures.csv",
    {
        "code": {"name": "code", "type": "string", "constraints": {"required": True, "unique": True}},
        "value": {"name": "value", "type": "number"},
        "year": {"name": "year", "type": "integer"},
        "day": {"name": "day", "type": "date"},
    },
    ("code",),
    (),
)

TEXTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
NUMBERS = st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=3, allow_nan=False))
ROWS = st.lists(
    st.tuples(TEXTS, NUMBERS, st.one_of(st.none(), st.integers(1900, 2100)), st.one_of(st.none(), st.dates(date(1900, 1, 1)))),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@given(ROWS)
def test_what_is_written_plainly_is_sound_and_reads_back_as_it_was(rows: list[tuple[str, object, object, object]]) -> None:
    cells = pd.DataFrame(
        [["" if cell is None else str(cell) for cell in row] for row in rows], columns=list(SCHEMA.fields), dtype=str
    )
    assert check_table(SCHEMA, cells) == []
    found = typed(SCHEMA, cells)
    expected = [
        (text, *(np.nan if number is None else float(str(number)) for number in (value, year)), day)
        for text, value, year, day in rows
    ]
    assert found["code"].tolist() == [row[0] for row in expected]
    np.testing.assert_array_equal(found[["value", "year"]].to_numpy(), np.array([row[1:3] for row in expected], dtype=float))
    assert [None if pd.isna(day) else day.date() for day in found["day"]] == [row[3] for row in expected]


def test_numbers_are_floats_and_days_are_timestamps_even_without_rows() -> None:
    found = typed(SCHEMA, pd.DataFrame(columns=list(SCHEMA.fields), dtype=str))
    assert found["value"].dtype == np.float64
    assert found["year"].dtype == np.float64
    assert pd.api.types.is_datetime64_dtype(found["day"])


def test_fields_are_listed_by_type() -> None:
    assert SCHEMA.of_type("number", "integer") == ["value", "year"]


def test_the_first_row_stands_in_line_two() -> None:
    assert line_of(0) == 2


def test_a_blank_is_unknown_to_no_table() -> None:
    referring = TableSchema("parts", "parts.csv", {"of": {"name": "of", "type": "string"}}, (), (("of", "figures", "code"),))
    tables = {"parts": pd.DataFrame({"of": ["", "a", "b"]}), "figures": pd.DataFrame({"code": ["a"]})}
    assert [(fault.row, fault.got) for fault in check_codes(referring, tables)] == [(4, '"b"')]


def test_a_reference_to_a_table_that_could_not_be_read_is_not_judged() -> None:
    referring = TableSchema("parts", "parts.csv", {"of": {"name": "of", "type": "string"}}, (), (("of", "figures", "code"),))
    assert list(check_codes(referring, {"parts": pd.DataFrame({"of": ["a"]}), "figures": pd.DataFrame()})) == []


@pytest.mark.parametrize("content", ["", "not JSON", "{}", "[]", '{"resources": null}', '{"resources": [{"name": "a"}]}'])
def test_a_descriptor_that_is_no_data_package_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"datapackage\.json: got .*; expected a Data Package with tabular resources"):
        read_schemas(tmp_path)


def test_keys_may_be_written_as_a_text_or_a_list(tmp_path: Path) -> None:
    resource = {
        "name": "figures",
        "path": "figures.csv",
        "schema": {
            "fields": [{"name": "code", "type": "string"}, {"name": "parent", "type": "string"}],
            "primaryKey": "code",
            "foreignKeys": [{"fields": ["parent"], "reference": {"resource": "", "fields": "code"}}],
        },
    }
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    schema = read_schemas(tmp_path)["figures"]
    assert schema.primary_key == ("code",)
    assert schema.foreign_keys == (("parent", "figures", "code"),)  # a blank resource is the table itself
