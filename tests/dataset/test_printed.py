from __future__ import annotations

import pytest

from bcanalysis.dataset.printed import printed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("66.148 tỷ đồng", 66_148e9),
        ("12,6 tỷ USD", 12.6e9),
        ("3.140 triệu USD", 3_140e6),
        ("hơn 275,34 nghìn tỷ đồng", 275.34e12),
        ("gần 3.000 người", 3000),
        ("02 đơn", 2),
        ("4.116.938.000 đồng", 4_116_938_000),
        ("US$10.36 billion", 10.36e9),
        ("VND 44,285 billion", 44_285e9),
        ("VND665.76 trillion", 665.76e12),
        ("26,45%", 26.45),
        ("13.3%", 13.3),
        ("91,2 %", 91.2),
    ],
)
def test_the_number_of_a_printed_figure_is_read_in_its_smallest_unit(text: str, number: float) -> None:
    assert printed_number(text) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(("text", "number"), [("66.148 tỷ VND", 66_148e9), ("10,36 tỷ US$", 10.36e9)])
def test_a_foreign_sign_of_money_does_not_make_a_vietnamese_number_english(text: str, number: float) -> None:
    assert printed_number(text) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize("text", ["", "không có hồ sơ", "43/43", "từ 5 đến 6 tỷ đồng", "6 tháng: 66.148 tỷ đồng"])
def test_without_one_number_there_is_none(text: str) -> None:
    assert printed_number(text) is None
