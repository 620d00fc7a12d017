from __future__ import annotations

import math
import unicodedata
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.wording.footnotes import footnotes
from bcanalysis.wording.terms import group

from . import rows

OUTPUT: dict[str, Any] = {
    **rows.OUTPUT,
    "headline": 1.0,
    "printed": "66.148 tỷ đồng",
    "area": "bac-giang",
    "area_vi": "tỉnh Bắc Giang",
    "area_en": "Bắc Giang province",
}
COUNT: dict[str, Any] = {"kind": "count", "theme": "market_surveillance", "headline": math.nan}
PRINTED: dict[str, Any] = {
    "growth_pct": 27.6,
    "growth_origin": "printed",
    "growth_printed_pct": 27.6,
    "growth_half_unit": 0.05,
    "growth_reason": "no_prior",
    "prior_low": 51819.428,
    "prior_high": 51860.839,
    "flags": ("printed_growth",),
}
BOTH: dict[str, Any] = {
    "growth_pct": 28.0,
    "growth_origin": "printed",
    "growth_printed_pct": 28.0,
    "growth_half_unit": 0.5,
    "growth_computed_pct": 31.9802,
    "growth_verdict": "disagree",
    "prior": 238782.0,
    "prior_low": 245248.6,
    "prior_high": 247172.9,
}
PLAN: dict[str, Any] = {
    "plan": 7800.0,
    "plan_body": "Party",
    "plan_decided_on": "2017-12-01",
    "plan_pct": 40.256,
    "plan_origin": "computed",
    "plan_printed_pct": 40.3,
    "plan_half_unit": 0.05,
    "plan_computed_pct": 40.256,
    "plan_verdict": "agree",
}

TABLE = [
    ({}, []),
    ({**COUNT, "growth_reason": "no_prior", "plan_reason": "no_plan"}, []),
    # Growth
    (
        PRINTED,
        [
            "Mức tăng 27,6% lấy theo nguồn công bố, chưa tính lại được do chưa có số liệu cùng kỳ năm trước; từ các số đã công bố "
            "suy ra số liệu cùng kỳ năm trước trong khoảng từ 51.819,4 đến 51.860,8 tỷ đồng."
        ],
    ),
    (
        {**PRINTED, "prior_low": math.nan, "prior_high": math.nan, "growth_reason": "other_basis"},
        ["Mức tăng 27,6% lấy theo nguồn công bố, chưa tính lại được do khác cơ sở giá hoặc không rõ cơ sở giá."],
    ),
    (
        {**PRINTED, "growth_qualifier": "hơn", "prior_low": -math.inf, "prior_high": 51860.839},
        [
            "Mức tăng hơn 27,6% lấy theo nguồn công bố, chưa tính lại được do chưa có số liệu cùng kỳ năm trước; từ các số đã công "
            "bố suy ra số liệu cùng kỳ năm trước không quá 51.860,8 tỷ đồng."
        ],
    ),
    (
        {"growth_pct": -2.23, "growth_origin": "printed", "growth_half_unit": 0.005, "growth_form": "index"},
        ["Mức giảm 2,23% (công bố dưới dạng chỉ số 97,77%) lấy theo nguồn công bố."],
    ),
    (
        {"growth_pct": 130, "growth_origin": "printed", "growth_half_unit": 5, "growth_form": "multiple"},
        ["Mức gấp 2,3 lần cùng kỳ năm trước lấy theo nguồn công bố."],
    ),
    (
        {**BOTH, "flags": ("printed_growth", "base_not_revised")},
        [
            "Mức tăng 28% lấy theo nguồn công bố; tính theo số liệu cùng kỳ năm trước hiện có (238.782 tỷ đồng) thì tăng 31,98%; "
            "số liệu hiện có chưa được điều chỉnh theo số công bố sau; từ các số đã công bố suy ra số liệu cùng kỳ năm trước "
            "trong khoảng từ 245.248,6 đến 247.172,9 tỷ đồng."
        ],
    ),
    (
        {**BOTH, "growth_pct": 31.9802, "growth_origin": "computed"},
        ["Mức công bố trong nguồn (tăng 28%) không khớp với mức tính từ số liệu cùng kỳ năm trước hiện có (tăng 31,98%)."],
    ),
    (
        {**BOTH, "growth_printed_pct": 32.0, "growth_pct": 32.0, "growth_verdict": "cannot_tell"},
        [
            "Do các số đã làm tròn, chưa kết luận được mức công bố trong nguồn (tăng 32%) có khớp với mức tính từ số liệu "
            "cùng kỳ năm trước hiện có (tăng 31,98%) hay không."
        ],
    ),
    ({**BOTH, "growth_printed_pct": 32.0, "growth_pct": 31.9802, "growth_origin": "computed", "growth_verdict": "agree"}, []),
    (
        {
            "prior": 5700.0,
            "growth_computed_pct": 3.684,
            "growth_pct": math.nan,
            "growth_reason": "base_in_doubt",
            "flags": ("base_in_doubt",),
        },
        [
            "Chưa nêu mức tăng, giảm so với cùng kỳ năm trước do số liệu cùng kỳ năm trước lấy từ nguồn có số liệu đã được "
            "điều chỉnh về sau; tính theo số liệu hiện có (5.700 tỷ đồng) thì tăng 3,68%."
        ],
    ),
    (
        {"growth_reason": "no_prior"},
        ["Không tính được mức tăng, giảm so với cùng kỳ năm trước do chưa có số liệu cùng kỳ năm trước."],
    ),
    (
        {**COUNT, "growth_reason": "other_territory", "flags": ("territory_ended",)},
        [
            "Địa giới hành chính của tỉnh Bắc Giang đã thay đổi do sắp xếp đơn vị hành chính.",
            "Không tính được mức tăng, giảm so với cùng kỳ năm trước do khác địa giới hành chính.",
        ],
    ),
    ({"kind": "rate", "growth_reason": "rate", "plan_reason": "rate"}, []),
    # Plan
    (PLAN, ["Kế hoạch năm 2018 là 7.800 tỷ đồng (Tỉnh ủy, ngày 01/12/2017)."]),
    (
        {**PLAN, "plan_body": "HDND", "plan_decided_on": "2017-12"},
        ["Kế hoạch năm 2018 là 7.800 tỷ đồng (Hội đồng nhân dân tỉnh, tháng 12 năm 2017)."],
    ),
    (
        {**PLAN, "plan_body": "UBND", "plan_decided_on": pd.Timestamp("2017-12-08")},
        ["Kế hoạch năm 2018 là 7.800 tỷ đồng (Ủy ban nhân dân tỉnh, ngày 08/12/2017)."],
    ),
    ({**PLAN, "plan_body": None, "plan_decided_on": pd.NaT}, ["Kế hoạch năm 2018 là 7.800 tỷ đồng."]),
    (
        {**PLAN, "plan_body": "So", "plan_decided_on": "2017", "plan_printed_pct": 47.2, "plan_verdict": "disagree"},
        [
            "Kế hoạch năm 2018 là 7.800 tỷ đồng (Sở Công Thương, năm 2017).",
            "Tỷ lệ công bố trong nguồn (47,2% kế hoạch năm) không khớp với tỷ lệ tính theo kế hoạch hiện có (40,26%).",
        ],
    ),
    (
        {**PLAN, "plan_verdict": "cannot_tell"},
        [
            "Kế hoạch năm 2018 là 7.800 tỷ đồng (Tỉnh ủy, ngày 01/12/2017).",
            "Do các số đã làm tròn, chưa kết luận được tỷ lệ công bố trong nguồn (40,3% kế hoạch năm) có khớp với tỷ lệ tính theo "
            "kế hoạch hiện có (40,26%) hay không.",
        ],
    ),
    (
        {
            "plan_pct": 45.9,
            "plan_origin": "printed",
            "plan_half_unit": 0.05,
            "plan_reason": "no_plan",
            "plan_low": 143955.4,
            "plan_high": 144271.5,
        },
        [
            "Tỷ lệ 45,9% kế hoạch năm lấy theo nguồn công bố, chưa tính lại được do chưa có số liệu kế hoạch năm; từ các số đã "
            "công bố suy ra kế hoạch năm trong khoảng từ 143.955,4 đến 144.271,5 tỷ đồng."
        ],
    ),
    ({"plan_reason": "no_plan"}, ["Không tính được tỷ lệ thực hiện kế hoạch năm do chưa có số liệu kế hoạch năm."]),
    ({"plan_reason": "no_plan", "breakdown": "fdi"}, []),
    (
        {"plan_reason": "other_basis", "headline": math.nan},
        ["Không tính được tỷ lệ thực hiện kế hoạch năm do khác cơ sở giá hoặc không rõ cơ sở giá."],
    ),
    # A plan changed later
    (
        {"plan": 200.0, "plan_now": 180.0, "plan_now_body": "UBND", "plan_now_decided_on": "2018-08-10"},
        [
            "Kế hoạch năm 2018 là 200 tỷ đồng.",
            "Về sau kế hoạch năm 2018 được đổi thành 180 tỷ đồng (Ủy ban nhân dân tỉnh, ngày 10/8/2018); tỷ lệ thực hiện ở đây tính theo kế hoạch có "
            "hiệu lực khi công bố số liệu.",
        ],
    ),
    # Links
    (
        {"flags": ("via_link",), "link_reason": "same compiler and coverage."},
        ["Số liệu được so sánh với cùng kỳ năm trước theo liên kết đã khai báo; lý do: “same compiler and coverage.”"],
    ),
    (
        {"flags": ("plan_via_link",), "plan_link_reason": "quyết định của Sở"},
        ["Số liệu được so sánh với kế hoạch năm theo liên kết đã khai báo; lý do: “quyết định của Sở”."],
    ),
    (
        {"flags": ("via_link", "plan_via_link"), "link_reason": "cùng phạm vi", "plan_link_reason": "quyết định của Sở"},
        [
            "Số liệu được so sánh với cùng kỳ năm trước theo liên kết đã khai báo; lý do: “cùng phạm vi”.",
            "Số liệu được so sánh với kế hoạch năm theo liên kết đã khai báo; lý do: “quyết định của Sở”.",
        ],
    ),
    ({"flags": ("via_link",)}, ["Số liệu được so sánh với cùng kỳ năm trước theo liên kết đã khai báo."]),
    # Value
    (
        {"flags": ("open_unit",), "value": 3140.0, "printed": "3.140 triệu USD", "unit_vi": "triệu USD"},
        [
            "Số công bố “3.140 triệu USD” có chữ số 0 ở cuối nên không rõ đã làm tròn đến hàng nào; "
            "sai số làm tròn có thể là ±0,5 hoặc ±5 triệu USD."
        ],
    ),
    (
        {"flags": ("open_unit",), "value": 3000.0, "printed": "3.000 triệu USD", "unit_vi": "triệu USD"},
        [
            "Số công bố “3.000 triệu USD” có chữ số 0 ở cuối nên không rõ đã làm tròn đến hàng nào; "
            "sai số làm tròn có thể là ±0,5; ±5; ±50 hoặc ±500 triệu USD."
        ],
    ),
    (
        {"flags": ("open_unit",), "value": 300000.0, "printed": "300.000 đồng", "unit_vi": "đồng/suất"},
        [
            "Số công bố “300.000 đồng” có chữ số 0 ở cuối nên không rõ đã làm tròn đến hàng nào; "
            "sai số làm tròn có thể là từ ±0,5 đến ±50.000 đồng/suất."
        ],
    ),
    (
        {"flags": ("open_unit", "approximate"), "value": 14700.0, "qualifier": "khoảng", "unit_vi": "kWh"},
        ["Nguồn chỉ nêu số gần đúng (khoảng 14.700 kWh), không đủ căn cứ để kiểm tra các tỷ lệ liên quan."],
    ),
    (
        {"flags": ("correction",), "printed": "474 TTHC"},
        ["Số in trong nguồn (“474 TTHC”) đã được đọc lại theo bảng đính chính."],
    ),
    ({"flags": ("correction",), "printed": None}, ["Số liệu của nguồn đã được đọc lại theo bảng đính chính."]),
    (
        {"flags": ("conflict", "identity_violated", "undated")},
        [
            "Các nguồn công bố số liệu khác nhau cho cùng chỉ tiêu và cùng kỳ; số ở đây theo hạng của nguồn và ngày công bố, các số khác nêu trong báo cáo Chất lượng số liệu.",
            "Số liệu không khớp với số liệu liên quan trong cùng nguồn.",
            "Nguồn không ghi ngày công bố số liệu.",
        ],
    ),
    (
        {"flags": ("partial_window",), "window_start": date(2018, 1, 1), "window_end": date(2018, 6, 10)},
        ["Số liệu tính từ ngày 01/01/2018 đến ngày 10/6/2018, chưa đủ 6 tháng đầu năm 2018."],
    ),
    (
        {"flags": ("longer_window",), "window_start": date(2017, 1, 1), "window_end": date(2018, 6, 30)},
        ["Số liệu tính từ ngày 01/01/2017 đến ngày 30/6/2018, dài hơn 6 tháng đầu năm 2018."],
    ),
    ({"flags": ("partial_window",), "window_start": date(2018, 3, 24), "window_end": date(2018, 3, 24)}, []),
]


@pytest.mark.parametrize(("changes", "expected"), TABLE, ids=range(len(TABLE)))
def test_a_row_has_the_footnotes_a_reader_needs(changes, expected):
    assert footnotes({**OUTPUT, **changes}) == expected


def test_footnotes_have_an_english_twin():
    row = {
        **OUTPUT,
        **BOTH,
        "period": "2024H1",
        "flags": ("base_not_revised", "partial_window", "via_link"),
        "link_reason": "cùng cơ quan tổng hợp",
        "window_start": date(2024, 1, 1),
        "window_end": date(2024, 6, 20),
    }
    assert footnotes(row, lang="en") == [
        "The figure covers the days from 1 Jan 2024 to 20 Jun 2024, not the whole of the first half of 2024.",
        "The rise of 28% is as printed in the source; computed from the figure on file for the same period of the prior year "
        "(238,782 billion dong) it is up 31.98%; the figure on file has not been revised; what is printed implies "
        "from 245,248.6 to 247,172.9 billion dong for the same period of the prior year.",
        "The figure is compared with the same period of the prior year through a declared link; "
        "its reason: “cùng cơ quan tổng hợp”.",
    ]


flags = sorted(key.removeprefix("flag.") for key in group("codes") if key.startswith("flag."))
reasons = sorted(key.removeprefix("reason.") for key in group("codes") if key.startswith("reason."))
maybe = st.one_of(st.none(), st.floats(min_value=0, max_value=1e5).map(lambda number: round(number, 2)))


@given(
    st.fixed_dictionaries(
        {
            "flags": st.lists(st.sampled_from(flags), unique=True).map(tuple),
            "kind": st.sampled_from(["flow", "stock", "count", "rate", "index", "share"]),
            "value": maybe,
            "qualifier": st.sampled_from([None, "trên"]),
            "prior": maybe,
            "growth_pct": maybe,
            "growth_origin": st.sampled_from([None, "printed", "computed"]),
            "growth_printed_pct": maybe,
            "growth_computed_pct": maybe,
            "growth_verdict": st.sampled_from([None, "agree", "disagree", "cannot_tell"]),
            "growth_form": st.sampled_from([None, "rate", "index", "multiple"]),
            "growth_reason": st.sampled_from([None, *reasons]),
            "plan": maybe,
            "plan_pct": maybe,
            "plan_origin": st.sampled_from([None, "printed", "computed"]),
            "plan_printed_pct": maybe,
            "plan_computed_pct": maybe,
            "plan_verdict": st.sampled_from([None, "agree", "disagree", "cannot_tell"]),
            "plan_reason": st.sampled_from([None, *reasons]),
        }
    ),
    st.sampled_from(["vi", "en"]),
)
def test_every_footnote_is_a_clean_sentence(changes, lang):
    for text in footnotes({**OUTPUT, **changes}, lang):
        assert text == unicodedata.normalize("NFC", text)
        assert text[0].isupper()
        assert text.endswith((".", ".”"))
        assert not any(bad in text for bad in ("nan", "None", "  ", "{", "}", "..", "tăng gấp"))
