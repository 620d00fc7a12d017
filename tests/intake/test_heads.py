from __future__ import annotations

import pytest

from bcanalysis.intake.heads import read_head, read_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6 tháng đầu năm 2018", "2018H1"),
        ("6 tháng cuối năm 2018", "2018H2"),
        ("Thực hiện 6T2018", "2018H1"),
        ("TH 9 tháng/2018", "2018M01-M09"),
        ("Ước tháng 6 năm 2018", "2018M06"),
        ("Ước T6/2018", "2018M06"),
        ("06/2018", "2018M06"),
        ("Tháng 12/2018", "2018M12"),
        ("Quý IV/2018", "2018Q4"),
        ("quý 2 năm 2018", "2018Q2"),
        ("Cả năm 2018", "2018"),
        ("2018", "2018"),
        ("2018H1", "2018H1"),
        ("Năm 2018 Ước 5 tháng", "2018M01-M05"),
        ("Thực hiện 12 tháng 2018", "2018"),
    ],
)
def test_the_period_of_a_head_is_read(text, period):
    assert str(read_period(text)) == period


@pytest.mark.parametrize("text", ["6 tháng", "2018 so với 2017", "Tháng 13/2018", "Cùng kỳ", "Tổng số"])
def test_a_head_without_one_period_has_none(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "role", "form"),
    [
        ("So với cùng kỳ (%)", "growth_pct", ""),
        ("Tăng, giảm so CK (%)", "growth_pct", "rate"),
        ("Tốc độ tăng (%)", "growth_pct", "rate"),
        ("Chỉ số so với cùng kỳ năm trước", "growth_pct", "index"),
        ("% so cùng kỳ năm trước", "growth_pct", ""),
        ("So tháng trước (%)", "ignore", ""),
        ("% KH năm", "plan_pct", ""),
        ("Đạt so với kế hoạch (%)", "plan_pct", ""),
        ("Kế hoạch năm 2018", "plan", ""),
        ("Dự toán 2018", "plan", ""),
        ("ĐVT", "unit", ""),
        ("Đơn vị tính", "unit", ""),
        ("STT", "ignore", ""),
        ("Chỉ tiêu", "indicator", ""),
        ("Ghi chú", "note", ""),
        ("Cùng kỳ năm 2017", "value", ""),
        ("Người phụ trách", "", ""),
    ],
)
def test_the_role_of_a_column_is_what_its_head_says(text, role, form):
    head = read_head(text)
    assert (head.role, head.form) == (role, form)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ước 6T/2018", "estimate"),
        ("TH 6T/2018", "reported"),
        ("Thực hiện 2018", "reported"),
        ("Sơ bộ năm 2018", "preliminary"),
        ("Chính thức 2018", "final"),
        ("6T/2018", ""),
    ],
)
def test_the_status_is_the_word_of_the_head_and_never_more(text, status):
    assert read_head(text).status == status
