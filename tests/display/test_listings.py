"""The house's listings, on frames of the shape that the library makes."""

import pandas as pd
import pytest

from bcanalysis.display.listings import LISTINGS
from bcanalysis.display.tables import table
from bcanalysis.wording.terms import LANGUAGES, term

SERIES = {
    "label_vi": "Kim ngạch xuất khẩu",
    "label_en": "Export value",
    "unit_vi": "triệu USD",
    "unit_en": "million USD",
    "decimals": 0,
    "price_basis": "not_applicable",
}
OUTPUT = {
    **SERIES,
    "label_vi": "Giá trị sản xuất công nghiệp",
    "breakdown_vi": "Kinh tế nhà nước",
    "price_basis": "current",
    "price_basis_vi": "giá thực tế",
    "unit_vi": "tỷ đồng",
}


def shown(name: str, *rows: dict, lang: str = "vi") -> list[dict[str, str]]:
    made = table(pd.DataFrame(list(rows)), name, lang)
    heads = [column.title for column in made.columns]
    return [dict(zip(heads, [cell.text for cell in row], strict=True)) for row in made.rows]


def test_pace_shows_what_is_left_as_one_number_when_the_plan_is_on_file_and_as_an_interval_else():
    on_file = {"plan_pct": 40.256, "plan_origin": "computed", "plan_computed_pct": 40.256, "plan_half_unit": 0.05, "value": 3140.0}
    implied = {"plan_pct": 47.0, "plan_origin": "printed", "plan_printed_pct": 47.0, "plan_half_unit": 0.5, "value": 11997.0}

    rows = shown(
        "pace",
        {**SERIES, **on_file, "remaining_low": 4660.0, "remaining_high": 4660.0, "ratio_low": 1.4783, "ratio_high": 1.48447},
        {**SERIES, **implied, "remaining_low": 13258.79, "remaining_high": 13804.08, "ratio_low": 1.1053, "ratio_high": 1.1505},
    )

    assert [row["% kế hoạch năm"] for row in rows] == ["40,3%", "47%"]
    assert [row["Còn phải thực hiện"] for row in rows] == ["4.660", "[13.258,8; 13.804,1]"]
    assert [row["Phần còn lại gấp mấy lần phần đã làm"] for row in rows] == ["[1,478; 1,484]", "[1,11; 1,15]"]


def test_a_series_is_named_with_its_part_and_price_basis_and_not_with_one_that_does_not_apply():
    gap = {"theme": "industry", "last_period": None}
    reading = {
        "value": 5910.0, "value_half_unit": 0.5, "growth_half_unit": None, "plan_half_unit": 0.05,
        "prior_low": None, "prior_high": None, "plan_low": 1.0, "plan_high": 2.0,
    }  # fmt: skip

    assert (
        shown("readings", {**OUTPUT, **reading})[0]["Chỉ tiêu"] == "Giá trị sản xuất công nghiệp – Kinh tế nhà nước (giá thực tế)"
    )
    assert shown("gaps", {**SERIES, **gap})[0]["Chỉ tiêu"] == "Kim ngạch xuất khẩu"


def test_a_reading_says_the_rounding_it_assumes_and_leaves_out_what_was_not_printed():
    row = {
        **SERIES, "value": 3140.0, "value_half_unit": 5.0, "growth_half_unit": 0.05, "plan_half_unit": None,
        "prior_low": 2942.3, "prior_high": 2954.4, "plan_low": None, "plan_high": None,
    }  # fmt: skip

    (read,) = shown("readings", row)

    assert read["Sai số làm tròn (±)"] == "số in 5; tốc độ tăng 0,05"
    assert read["Cùng kỳ năm trước"] == "[2.942,3; 2.954,4]"
    assert "Kế hoạch năm" not in read  # nothing stands in the column


def test_verdicts_show_the_rows_with_something_to_check():
    nothing = {f"{stem}_{origin}_pct": None for stem in ("growth", "plan") for origin in ("printed", "computed")}
    words = {
        "growth_half_unit": 0.5,
        "plan_half_unit": None,
        "growth_verdict": "disagree",
        "growth_reason": None,
        "plan_verdict": None,
    }
    disputed = {**OUTPUT, **nothing, **words, "growth_printed_pct": 28.0, "growth_computed_pct": 31.9802}

    (row,) = shown("verdicts", disputed, {**SERIES, **nothing, **words})

    assert (row["Tăng, giảm: số in"], row["Tăng, giảm: tính lại"], row["Kết luận"]) == ("28%", "32,0%", "không khớp")


def test_an_identity_reads_as_a_relation_of_names_with_its_verdict():
    row = {
        "relation": "a <= b", "relation_vi": "Trị giá thuộc lĩnh vực an toàn thực phẩm ≤ Trị giá hàng tịch thu chưa bán", "kind": "bound",
        "left": 52_500_000.0, "right": 13_816_000.0, "decimals": 0, "unit_vi": "đồng", "verdict": "violated", "source_title": "Báo cáo số 132",
    }  # fmt: skip

    (read,) = shown("identities", row)

    assert read["Hệ thức"] == "Trị giá thuộc lĩnh vực an toàn thực phẩm ≤ Trị giá hàng tịch thu chưa bán"
    assert (read["Vế trái"], read["Vế phải"], read["ĐVT"], read["Kết luận"]) == ("52.500.000", "13.816.000", "đồng", "không khớp")


def test_what_contradicts_comes_first():
    row = {
        "relation_vi": "a = b",
        "kind": "definition",
        "left": 1.0,
        "right": 1.0,
        "decimals": 0,
        "unit_vi": "vụ",
        "source_title": "s",
    }
    verdicts = ["holds", "cannot_tell", "violated", "holds"]

    rows = shown("identities", *({**row, "verdict": verdict} for verdict in verdicts))

    assert [read["Kết luận"] for read in rows] == ["không khớp", "chưa kết luận được", "khớp", "khớp"]


def conflict(**changes: object) -> dict:
    sides = {
        "first": 315145.0, "first_qualifier": "", "first_stated_on": "2024-06-28", "first_source_title": "Trang A", "first_basis_vi": "giá thực tế",
        "later": 315100.0, "later_qualifier": "hơn", "later_stated_on": "", "later_source_title": "Trang B", "later_basis_vi": "giá thực tế",
    }  # fmt: skip
    return {**OUTPUT, "breakdown_vi": "", "period": "2024H1", "what": "value", "class": "rounding", **sides, **changes}


def test_a_conflict_shows_both_figures_each_with_source_date_and_basis():
    (row,) = shown("conflicts", conflict())

    assert row["Nguồn thứ nhất"] == "315.145 (Trang A; 28/6/2024; giá thực tế)"
    assert row["Nguồn thứ hai"] == "hơn 315.100 (Trang B; không ghi ngày; giá thực tế)"
    assert row["Loại khác biệt"] == "khác nhau do làm tròn"


def test_a_conflict_about_a_percent_says_so_and_a_span_of_days_is_written_out():
    (row,) = shown("conflicts", conflict(what="growth", first=4.0, first_stated_on="2025-04-01/2025-06-30"))

    assert row["Số liệu"].endswith(": tốc độ tăng")
    assert row["Nguồn thứ nhất"].startswith("4 (Trang A; 01/4/2025 – 30/6/2025")


def test_a_listing_without_rows_keeps_its_headings_and_says_so():
    empty = table(pd.DataFrame(columns=["label_vi", "unit_vi", "theme", "last_period"]), "gaps")

    assert [column.title for column in empty.columns] == ["Chỉ tiêu", "ĐVT", "Lĩnh vực", "Kỳ gần nhất đã có số liệu"]
    assert empty.note == "Không có dòng nào."


def test_listings_speak_english():
    (row,) = shown("gaps", {**SERIES, "theme": "trade", "last_period": "2014H1"}, lang="en")

    assert row == {
        "Indicator": "Export value",
        "Unit": "million USD",
        "Theme": "Trade",
        "Latest period on file": "first half of 2014",
    }


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_has_its_caption_and_headings_in_both_languages(name):
    for lang in LANGUAGES:
        assert all(term(f"listings.{name}.{key}", lang) for key in ("title", *LISTINGS[name]))
