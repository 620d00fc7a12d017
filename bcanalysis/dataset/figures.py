"""What must hold of published figures beyond the shape of their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from bcanalysis.dataset.printed import printed_number
from bcanalysis.dataset.schema import line_of
from bcanalysis.dataset.vintages import SERIES, WINDOW, stated_between, with_vintage
from bcanalysis.errors import Fault, UsageError
from bcanalysis.indicators import NOT_LEVELS
from bcanalysis.periods import Period

OFF_SCALE = 20.0
_SLACK = 1e-9
_FILE = "observations.csv"


def check_texts(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check the periods and dates of statement that only code can read.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The cells of all tables, by name.

    Yields
    ------
    Fault
        For each cell that cannot be read.
    """
    cells = tables["observations"]
    for text in cells["period"].unique():
        expected = _period_expected(text)
        if expected:
            yield from _at(cells.index[cells["period"] == text], "period", text, expected)
    for text in cells["composed_of"].unique():
        expected = next((words for period in text.split() if (words := _period_expected(period))), "")
        if expected:
            yield from _at(
                cells.index[cells["composed_of"] == text], "composed_of", text, f"periods parted by blanks, each {expected}"
            )
    for text in cells["stated_on"].unique():
        if not _can_be_read(text):
            expected = "a day (2018-06-14), a month (2018-06), two days (2018-06-01/2018-06-14) or nothing"
            yield from _at(cells.index[cells["stated_on"] == text], "stated_on", text, expected)


def _period_expected(text: str) -> str:
    try:
        name = str(Period.parse(text))
    except UsageError:
        return "" if not text else "a period such as 2018, 2018H1, 2018Q2, 2018M06 or 2018M01-M05"
    return "" if name == text else f"its shortest name {name}"


def check_figures(observations: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Fault]:
    """Check each statement against itself and its like.

    Parameters
    ----------
    observations : pandas.DataFrame
        Typed statements; row ``i`` is line ``i + 2``.
    indicators : pandas.DataFrame
        The typed catalogue.

    Yields
    ------
    Fault
        Values without precision or symbol, windows out of order, derived figures without their form, overlapping vintages.
    """
    has = {column: observations[column].notna() for column in ("value", "half_unit", "growth_pct", "plan_pct")}
    told = observations["missing"] != ""
    yield from _where(observations, ~has["value"] & ~told, "value", "a blank", "a number, or a symbol in `missing`")
    yield from _where(observations, has["value"] & told, "missing", "a symbol beside a value", "one of the two", "Zero is a value")
    yield from _where(
        observations, has["value"] & ~has["half_unit"], "half_unit", "a blank", "half of the value's last printed digit"
    )
    for name in ("growth", "plan"):
        stated = has[f"{name}_pct"]
        for part, words in (("half_unit", "half of its last printed digit"), ("form", "the form it was printed in")):
            filled = observations[f"{name}_{part}"].notna() & (observations[f"{name}_{part}"] != "")
            yield from _where(observations, stated & ~filled, f"{name}_{part}", "a blank", f"{words}, for {name}_pct has a value")
    backwards = observations["window_end"] < observations["window_start"]
    yield from _where(observations, backwards, "window_end", "a day before window_start", "a window that ends after it begins")
    begins = pd.to_datetime(observations["period"].str[:4] + "-01-01", errors="coerce")
    ends = begins + pd.offsets.YearEnd(0)
    elsewhere = ~backwards & ((observations["window_end"] < begins) | (observations["window_start"] > ends))
    yield from _where(observations, elsewhere, "window_start", "a window in another year", "one that touches the period's year")
    no_excess = (observations["plan_form"] == "excess") & (observations["plan_pct"] < 100)
    yield from _where(
        observations, no_excess, "plan_pct", "an excess below 100", 'the whole percent: "vượt 10,6 %" is 110.6, form excess'
    )
    kinds = observations["indicator"].map(indicators.set_index("code")["kind"])
    twice = (kinds == "rate") & has["growth_pct"] & (observations["growth_pct"] != observations["value"])
    yield from _where(
        observations,
        twice,
        "growth_pct",
        "another number than value",
        "the value again: this indicator is itself a growth",
    )
    yield from _overlapping_vintages(observations)


def check_printed(statements: pd.DataFrame, indicators: pd.DataFrame, units: pd.DataFrame) -> Iterator[Fault]:
    """Check each value against the digits as printed, and its half-unit against its last digit.

    Parameters
    ----------
    statements : pandas.DataFrame
        Typed statements, with ``corrected`` (bool): what a correction names may differ from its print.
    indicators, units : pandas.DataFrame
        The typed catalogue, and the table of units.

    Yields
    ------
    Fault
        For each value that is not the printed number, and each that is no multiple of its last printed digit.
    """
    unit = statements["indicator"].map(indicators.set_index("code")["unit"])
    factor = unit.map(units.set_index("code")["factor"]).to_numpy()
    numbers = {text: printed_number(text) for text in statements["printed"].unique()}
    printed = statements["printed"].map(numbers).astype(float).to_numpy()
    value = statements["value"].to_numpy()
    index_form = (statements["growth_form"] == "index").to_numpy()
    told = np.where(index_form, 100 + value, np.abs(value)) * factor
    with np.errstate(divide="ignore", invalid="ignore"):
        differs = np.abs(printed - told) > _SLACK * np.maximum(printed, told)
        last_digits = np.abs(value) / (2 * statements["half_unit"].to_numpy())
        broken = np.abs(last_digits - np.round(last_digits)) > _SLACK * np.maximum(last_digits, 1)
    for row in statements.index[differs & ~statements["corrected"].to_numpy()]:
        got = f'{statements["value"].loc[row]:.15g} beside the printed "{statements["printed"].loc[row]}"'
        hint = "Mend the one that is mistyped; a misprint of the source gets a row in corrections.csv"
        yield Fault(_FILE, line_of(row), "value", got, "the printed number, in the indicator's unit", hint)
    for row in statements.index[broken & np.isfinite(last_digits) & np.isfinite(printed)]:
        got = f"{statements['half_unit'].loc[row]:g} beside the value {statements['value'].loc[row]:.15g}"
        yield Fault(_FILE, line_of(row), "half_unit", got, "half of the value's last printed digit, in the same unit")


def _can_be_read(stated_on: str) -> bool:
    try:
        stated_between(stated_on)
    except ValueError:
        return False
    return True


def _overlapping_vintages(observations: pd.DataFrame) -> Iterator[Fault]:
    key = [*SERIES, "period", *WINDOW, "source"]
    readable = observations["stated_on"].isin([text for text in observations["stated_on"].unique() if _can_be_read(text)])
    repeated = observations[observations.duplicated(key, keep=False) & readable]
    for _, group in with_vintage(repeated).groupby(key, sort=False):
        rows: list[Any] = list(group[["stated_on", "stated_from", "stated_to"]].itertuples())
        for one, other in combinations(rows, 2):
            dated = pd.notna(one.stated_from) and pd.notna(other.stated_from)
            apart = dated and (one.stated_to < other.stated_from or other.stated_to < one.stated_from)
            if not apart:
                yield Fault(
                    _FILE,
                    line_of(other.Index),
                    "stated_on",
                    f'"{other.stated_on}" for a figure that line {line_of(one.Index)} states on "{one.stated_on}"',
                    "vintages of one source that do not overlap",
                    "Two statements of one source need two dates",
                )


def off_scale(statements: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Fault]:
    """Find values far off those of the years beside them: the usual sign of a wrong unit or separator.

    Parameters
    ----------
    statements : pandas.DataFrame
        Typed statements, as read after the corrections table; one that a correction names has been looked at.
    indicators : pandas.DataFrame
        The typed catalogue; rates and shares are left out.

    Yields
    ------
    Fault
        A warning for each value at least twenty times above or below both the nearest earlier and later year on file.
    """
    levels = indicators.loc[~indicators["kind"].isin(NOT_LEVELS), "code"]
    readable = statements["period"].str.fullmatch(r"(19|20)\d\d([HQM].+)?")
    own = statements[statements["indicator"].isin(levels) & (statements["value"] > 0) & readable]
    own = own.assign(shape=own["period"].str[4:], year=own["period"].str[:4].astype(int))
    key = [*SERIES, "shape"]
    typical = own.groupby([*key, "year"], as_index=False)["value"].median()
    years = typical.groupby(key)["value"]
    beside = typical.assign(before=years.shift(1), after=years.shift(-1)).drop(columns="value")
    near = own[[*key, "year"]].merge(beside, how="left")[["before", "after"]].to_numpy()
    ratio = np.abs(np.log(own[["value"]].to_numpy() / near))
    odd = (np.isnan(ratio) | (ratio >= np.log(OFF_SCALE))).all(axis=1) & ~np.isnan(ratio).all(axis=1) & ~own["corrected"].to_numpy()
    for row, value, around in zip(own.index[odd], own["value"][odd], near[odd], strict=True):
        yield Fault(
            _FILE,
            line_of(row),
            "value",
            f"{value:g}",
            f"something near {' and '.join(f'{level:g}' for level in around if not np.isnan(level))}, the years beside it",
            "If it stands so in the source, add a row to corrections.csv",
            "warning",
        )


def _where(frame: pd.DataFrame, wrong: pd.Series, column: str, got: str, expected: str, hint: str = "") -> Iterator[Fault]:
    for row in frame.index[wrong]:
        yield Fault(_FILE, line_of(row), column, got, expected, hint)


def _at(rows: pd.Index, column: str, got: str, expected: str) -> Iterator[Fault]:
    for row in rows:
        yield Fault(_FILE, line_of(row), column, f'"{got}"', expected)
