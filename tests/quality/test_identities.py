from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.errors import UsageError
from bcanalysis.quality.identities import identities

REPORT = "bao-cao-132-bc-sct-2018"
SUM = {"code": "by_ownership", "relation": "output = output[state] + output[fdi]"}
BOUND = {"code": "part_within_whole", "relation": "output[fdi] <= output", "kind": "bound"}


def figures(**values: Any) -> list[dict[str, Any]]:
    """Give one half-year of output: each part by name, as a value or as the cells of a statement."""
    cells = {part: value if isinstance(value, dict) else {"value": value} for part, value in values.items()}
    return [{"period": "2018H1", "breakdown": part, **statement} for part, statement in cells.items()]


def verdicts(dataset: Dataset, **asked: Any) -> list[str]:
    return identities(dataset, **asked)["verdict"].tolist()


@pytest.fixture(scope="module")
def judged(dataset: Dataset) -> pd.DataFrame:
    return identities(dataset)


# The reference report


def test_of_the_reference_report_one_bound_alone_is_violated(judged: pd.DataFrame) -> None:
    found = judged[judged["source"] == REPORT].set_index("identity")
    assert found["verdict"].to_dict() == {
        "charity_gifts_recipients": "holds",  # 450 = 100 + 300 + 10 + 40
        "charity_gifts_value_product": "holds",  # 135 million = 450 x 300,000
        "complaints_parts": "holds",  # 4 = 2 + 2
        "market_fines_within_total": "holds",
        "market_food_safety_within_unsold": "violated",  # 52.5 of 13.8 million
        "market_paid_parts": "holds",  # 6,375,046,000 = 2,258,108,000 + 4,116,938,000
        "market_total_value_parts": "holds",  # 6,981,038,000 = the two and 605,992,000
        "market_violations_within_inspections": "holds",  # 826 of 920
        "procedures_files_parts": "holds",  # 487 = 474 + 13 + 0
        "procedures_on_time_within_received": "holds",
        "procedures_one_stop_within_total": "holds",  # 143 of 143
        "unions_registered_within_total": "holds",  # 43 of 43
    }
    broken = found.loc["market_food_safety_within_unsold"]
    assert (broken["left"], broken["right"], broken["difference"], broken["unit"]) == (52_500_000, 13_816_000, 38_684_000, "vnd")
    assert broken["kind"] == "bound"
    assert (found["difference"].drop(index=found.index[found["relation"].str.contains("<=")]) == 0).all()


def test_identities_can_be_asked_for_one_period_area_and_theme(dataset: Dataset) -> None:
    found = identities(dataset, "2018H1", "bac-giang", themes=["market_surveillance"])
    assert set(found["period"]) == {"2018H1"}
    assert set(found["area"]) == {"bac-giang"}
    assert len(found) == 5
    assert len(identities(dataset, "1999H1")) == 0


def test_the_parts_of_2018_at_constant_prices_do_not_make_their_whole(judged: pd.DataFrame) -> None:
    """1,750 + 7,795 + 44,285 is 53,830, printed beside 53,840: ten, where rounding explains two."""
    (row,) = judged[(judged["identity"] == "output_by_ownership") & (judged["period"] == "2018H1")].to_dict("records")
    assert (row["left"], row["right"], row["verdict"], row["price_basis"]) == (53840, 53830, "violated", "constant_2010")


# Verdicts


def test_a_sum_of_rounded_numbers_may_miss_its_whole_by_their_rounding(tiny) -> None:
    # each number is within half a unit of the truth: two parts and a whole explain one and a half
    for total, verdict in ((100, "holds"), (101, "holds"), (99, "holds"), (102, "violated"), (98, "violated")):
        assert verdicts(tiny(figures(total=total, state=40, fdi=60), identities=[SUM])) == [verdict]


def test_a_bound_is_told_only_beyond_rounding(tiny) -> None:
    for part, verdict in ((99, "holds"), (100, "cannot_tell"), (101, "cannot_tell"), (102, "violated")):
        found = identities(tiny(figures(total=100, fdi=part), identities=[BOUND]))
        assert found[["left", "right", "difference", "verdict"]].to_numpy().tolist() == [[part, 100, part - 100, verdict]]


def test_what_is_counted_is_exact(tiny) -> None:
    bound = {"code": "part_within_whole", "relation": "parts <= cases", "kind": "bound"}
    for part, verdict in ((10, "holds"), (11, "violated")):
        statements = [{"period": "2018H1", "indicator": code, "value": value} for code, value in (("cases", 10), ("parts", part))]
        assert verdicts(tiny(statements, identities=[bound])) == [verdict]


def test_what_is_counted_with_a_word_is_not_exact(tiny) -> None:
    bound = {"code": "part_within_whole", "relation": "parts <= cases", "kind": "bound"}
    for part, verdict in ((20, "holds"), (25, "cannot_tell"), (31, "violated")):  # "trên 20 vụ" is 20 to 30
        whole = {"period": "2018H1", "indicator": "cases", "value": 20, "qualifier": "trên"}
        found = tiny([whole, {"period": "2018H1", "indicator": "parts", "value": part}], identities=[bound])
        assert verdicts(found) == [verdict]


def test_a_counted_sum_off_by_one_is_violated(tiny) -> None:
    relation = {"code": "by_ownership", "relation": "cases = cases[state] + cases[fdi]"}
    statements = [{**row, "indicator": "cases"} for row in figures(total=101, state=40, fdi=60)]
    assert verdicts(tiny(statements, identities=[relation])) == ["violated"]


def test_a_word_opens_the_range_to_its_last_digit(tiny) -> None:
    # "trên 60" of tens is 60 to 70; with 40 the whole is 100 to 110
    for total, verdict in ((100, "holds"), (108, "holds"), (112, "violated")):
        statements = figures(total=total, state=40, fdi={"value": 60, "qualifier": "trên"})
        assert verdicts(tiny(statements, identities=[SUM])) == [verdict]


def test_a_product_is_taken_in_base_units(tiny) -> None:
    product = {"code": "fines_product", "relation": "fines = cases * fine"}
    for fines, verdict in ((135, "holds"), (136, "violated")):
        statements = [
            {"period": "2018H1", "indicator": code, "value": value}
            for code, value in (("fines", fines), ("cases", 450), ("fine", 300000))
        ]
        found = identities(tiny(statements, identities=[product]))
        assert found[["left", "right", "unit", "verdict"]].to_numpy().tolist() == [[fines, 135, "million_vnd", verdict]]


def test_what_was_misprinted_is_read_as_corrected(tiny) -> None:
    slip = {"period": "2018H1", "breakdown": "fdi", "printed": "6", "read_as": "60"}
    assert verdicts(tiny(figures(total=100, state=40, fdi=6), identities=[SUM], corrections=[slip])) == ["holds"]


# What belongs together


def test_an_identity_waits_for_all_of_its_terms(tiny) -> None:
    assert verdicts(tiny(figures(total=100, state=40), identities=[SUM])) == []
    assert verdicts(tiny(figures(total=100, state=40, fdi={"missing": "not_collected"}), identities=[SUM])) == []


@pytest.mark.parametrize(
    "other",
    [{"source": "paper"}, {"price_basis": "constant_2010"}, {"window_end": "2018-05-31"}, {"area": "old"}, {"period": "2017H1"}],
    ids=lambda other: next(iter(other)),
)
def test_terms_of_two_publications_series_windows_areas_and_periods_are_not_put_together(other: dict[str, str], tiny) -> None:
    assert verdicts(tiny(figures(total=100, state=40, fdi={"value": 90, **other}), identities=[SUM])) == []


def test_an_identity_has_a_scope(tiny) -> None:
    statements = [
        *figures(total=100, fdi=120),
        *({**row, "period": "2017H1"} for row in figures(total=100, fdi=120)),
        *({**row, "area": "old"} for row in figures(total=100, fdi=120)),
        *({**row, "source": "paper"} for row in figures(total=100, fdi=120)),
    ]
    every = tiny(statements, identities=[BOUND])
    assert verdicts(every) == ["violated"] * 4
    for scope in ({"area": "old"}, {"period": "2017H1"}, {"source": "paper"}):
        found = identities(tiny(statements, identities=[{**BOUND, **scope}]))
        assert found[list(scope)].to_numpy().tolist() == [list(scope.values())]
    assert verdicts(every, period="2017H1") == ["violated"]
    assert verdicts(every, area="old") == ["violated"]


def test_vintages_of_one_source_are_judged_each_by_itself(tiny) -> None:
    """In June 100 with 80 in part; in July the whole alone is revised to 70: the July page says nothing of the part."""
    statements = figures(total={"value": 100, "stated_on": "2018-06-14"}, fdi={"value": 80, "stated_on": "2018-06-14"})
    statements += figures(total={"value": 70, "stated_on": "2018-07-14"})
    assert verdicts(tiny(statements, identities=[BOUND])) == ["holds"]


def test_the_order_of_rows_makes_no_difference(tiny, dataset: Dataset) -> None:
    statements = figures(total={"value": 100, "stated_on": "2018-06-14"}, fdi={"value": 80, "stated_on": "2018-06-14"})
    statements += figures(total={"value": 70, "stated_on": "2018-07-14"}, fdi={"value": 60, "stated_on": "2018-07-14"})
    one, other = (identities(tiny(rows, identities=[BOUND])) for rows in (statements, statements[::-1]))
    assert sorted(one["left"]) == sorted(other["left"])
    reversed_rows = replace(
        dataset, tables={**dataset.tables, "observations": dataset["observations"].iloc[::-1].reset_index(drop=True)}
    )
    columns = ["identity", "area", "period", "source", "left", "right", "verdict"]
    assert identities(reversed_rows)[columns].to_numpy().tolist() == identities(dataset)[columns].to_numpy().tolist()


def test_an_unknown_area_has_no_identities_that_hold_but_an_error(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=r'Did you mean "bac-giang"\?'):
        identities(dataset, area="bac-gaing")
    with pytest.raises(UsageError, match='period: got "2018H3"'):
        identities(dataset, period="2018H3")
    assert len(identities(dataset, period="2018M01-M06")) == len(identities(dataset, period="2018H1"))


# Relations in words


def test_a_relation_is_written_in_words(judged: pd.DataFrame) -> None:
    found = judged.drop_duplicates("identity").set_index("identity")
    assert found.loc["complaints_parts", "relation_en"].count("+") == 1
    assert " ≤ " in found.loc["market_food_safety_within_unsold", "relation_vi"]
    assert " × " in found.loc["charity_gifts_value_product", "relation_vi"]


def test_a_relation_in_words_names_each_of_its_indicators(judged: pd.DataFrame) -> None:
    """Exports and imports declared at the provincial customs, not twice the same words."""
    found = judged.set_index("identity")["relation_en"]["trade_declared_parts"]
    assert "Export value" in found
    assert "Import value" in found
