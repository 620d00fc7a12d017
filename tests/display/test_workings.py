from __future__ import annotations

import pytest

from bcanalysis.display.tables import table_comparison
from bcanalysis.display.workings import workings

ONCE = "Làm tròn một lần, sau cùng, nửa đơn vị làm tròn lên."


def row(frame, place=0, **changes):
    return frame.iloc[place].to_dict() | changes


def test_a_value_names_its_row_what_was_printed_what_that_stands_for_and_its_source(reference):
    told = workings(row(reference, 1, printed="3.140 triệu USD", price_basis="not_applicable"))["value"]

    assert told[0].startswith("Dòng số liệu: observations.csv: ")
    assert told[0].endswith(", export_value, total, not_applicable, 2018H1.")
    assert told[1:] == (
        "Số in trong nguồn: 3.140 triệu USD.",
        "Nguồn đã làm tròn: số in ứng với khoảng [3.139,5; 3.140,5].",
        "Nguồn: Báo cáo số 132/BC-SCT, ngày 14/6/2018.",
    )


def test_the_year_before_and_the_plan_name_their_sources_by_their_titles(disputed):
    titles = {"prior_source_title": "Báo cáo năm 2023", "plan": 400.0, "plan_source": "nq", "plan_source_title": "Nghị quyết 20"}
    told = workings(row(disputed, prior_stated_on=None, plan_decided_on=None, **titles))

    assert (told["prior"][-1], told["plan"][-1]) == ("Nguồn: Báo cáo năm 2023.", "Nguồn: Nghị quyết 20.")


def test_a_source_without_a_title_is_named_by_its_code(disputed):
    told = workings(row(disputed, prior_source_title=None, prior_stated_on=None))

    assert told["prior"][-1] == "Nguồn: bg-2023."


def test_a_printed_growth_says_its_range_and_the_prior_it_implies_says_the_formula(reference):
    told = workings(row(reference, 1))

    assert told["growth"][:2] == ("Số in trong nguồn: +6,5%.", "Nguồn đã làm tròn: số in ứng với khoảng [6,45; 6,55].")
    assert told["prior"] == ("Công thức: thực hiện 3.140 ÷ (1 + mức tăng, giảm in +6,5% ÷ 100), lấy cả hai khoảng làm tròn.", ONCE)


def test_a_computed_percent_shows_its_formula_in_full_precision_and_the_one_rounding(reference):
    assert workings(row(reference, 1))["plan_pct"] == ("Công thức: 3.140 ÷ 7.800 × 100 = 40,2564102564103%.", ONCE)


def test_a_growth_that_disagrees_says_so(disputed):
    told = workings(row(disputed))

    assert told["growth_computed"] == ("Công thức: 315.145 ÷ 238.782 × 100 − 100 = 31,9802162642075%.", ONCE)
    assert "Đối chiếu với số tính được +31,9802162642075%: không khớp." in told["growth"]


def test_a_growth_through_a_link_gives_the_reason_and_no_formula_that_would_be_wrong(disputed):
    told = workings(row(disputed, link_reason="cùng cơ sở giá"))

    assert told["growth_computed"][0] == "Tính qua liên kết giữa hai chuỗi số liệu (cùng cơ sở giá) = 31,9802162642075%."


def test_an_index_is_read_as_what_it_means(reference):
    told = workings(row(reference, 1, growth_form="index", growth_printed_pct=-2.23, growth_pct=-2.23, growth_half_unit=0.005))

    assert told["growth"][0] == "Số in trong nguồn (chỉ số), đọc là -2,23%."


@pytest.mark.parametrize(
    ("qualifier", "said"), [("trên", ["Nguồn đã làm tròn: số in ứng với khoảng từ 3.140,0 trở lên."]), ("khoảng", [])]
)
def test_a_word_before_a_number_moves_or_removes_its_range(reference, qualifier, said):
    told = workings(row(reference, 1, qualifier=qualifier))["value"]

    assert [line for line in told if line.startswith("Nguồn đã làm tròn")] == said


def test_what_is_not_there_has_no_origin(mixed):
    for place in range(len(mixed)):
        told = workings(mixed.iloc[place].to_dict())
        cells = dict(
            zip(
                ["value", "prior", "growth", "growth_computed", "plan", "plan_pct"],
                table_comparison(mixed).rows[place][2:8],
                strict=True,
            )
        )
        assert {name for name, cell in cells.items() if cell.text in ("...", "x", "-", "·")}.isdisjoint(told)
        assert {name for name, cell in cells.items() if any(letter.isdigit() for letter in cell.text)} <= set(told)


def test_the_cells_of_the_table_carry_it_in_the_language_of_the_table(reference):
    english = table_comparison(reference, "en").rows[1][7].origin

    assert english[0] == "Formula: 3,140 ÷ 7,800 × 100 = 40.2564102564103%."
    assert table_comparison(reference).rows[1][0].origin == ()
