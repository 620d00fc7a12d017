from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bcanalysis as bc
from bcanalysis.wording.reading.listing import listing
from bcanalysis.wording.reading.names import names_of
from bcanalysis.wording.reading.reader import read_statements
from bcanalysis.wording.reading.tidy import paragraphs, sentences

from .test_sentences import CASES

NAMES = names_of(bc.load())
REPORT = """BÁO CÁO
Kết quả 6 tháng đầu năm 2019

1. Sản xuất công nghiệp
Giá trị sản xuất công nghiệp (giá so sánh 2010) ước đạt 32.150 tỷ đồng, tăng 9,4% so với cùng kỳ, đạt
48,1% kế hoạch năm, trong đó:
- Khu vực FDI: 24.300 tỷ đồng, tăng 12,1%;
- Khu vực ngoài nhà nước: 6.050 tỷ đồng, tăng 4%.
2. Nhiệm vụ trọng tâm 6 tháng cuối năm. Phấn đấu:
- Giá trị sản xuất công nghiệp cả năm đạt 67.000 tỷ đồng, tăng 10%.
- Kim ngạch xuất khẩu đạt 2.100 triệu USD.
Số: 45/BC-SCT
"""


@given(
    st.lists(st.sampled_from([sentence for sentence, _ in CASES]), min_size=1, max_size=6),
    st.sampled_from(["\n", "\n\n", " ", "\r\n"]),
)
def test_the_words_of_a_statement_are_the_text_at_its_place(chosen, between):
    text = unicodedata.normalize("NFC", between.join(chosen))
    found = read_statements(text, NAMES)

    assert [one.text for one in found] == [text[one.start : one.end] for one in found]
    assert all(one.text == one.text.strip() for one in found)


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_read(text):
    composed = unicodedata.normalize("NFC", text)
    assert [one.text for one in read_statements(text)] == [composed[one.start : one.end] for one in read_statements(text)]


@pytest.mark.parametrize("sentence", [sentence for sentence, told in CASES if told][:60], ids=lambda sentence: sentence[:50])
def test_capitals_decomposed_letters_and_the_place_of_tones_change_no_number(sentence):
    def numbers(text):
        return [(one.value, one.growth_pct, one.plan_pct) for one in read_statements(text)]

    assert numbers(unicodedata.normalize("NFD", sentence)) == numbers(sentence)
    assert numbers(sentence.replace("hóa", "hoá")) == numbers(sentence)


def test_a_part_that_is_counted_is_one_of_the_things_counted_and_not_of_their_value():
    told = (
        "Ngành đã tặng 500 suất quà, mỗi suất 200.000 đồng, tổng giá trị quà tặng 100 triệu đồng, "
        "trong đó: huyện Hiệp Hòa 300 suất quà; xã Cẩm Đàn 200 suất quà."
    )
    parts = [(one.indicator, one.breakdown, str(one.value)) for one in read_statements(told, NAMES)[-2:]]
    assert parts == [("charity_gifts", "hiep_hoa", "300"), ("charity_gifts", "cam_dan", "200")]


def test_a_report_tells_period_parts_and_aims():
    found = read_statements(REPORT, NAMES)

    assert [(one.indicator, one.breakdown, one.value, one.status, one.period) for one in found] == [
        ("industrial_output", "total", Decimal(32150), "estimate", "2019H1"),
        ("industrial_output", "fdi", Decimal(24300), None, "2019H1"),
        ("industrial_output", "non_state", Decimal(6050), None, "2019H1"),
        ("industrial_output", "total", Decimal(67000), "planned", "2019"),
        ("export_value", "total", Decimal(2100), "planned", None),  # not that of the report, which tells of the half-year past
    ]
    assert (found[0].growth_pct, found[0].plan_pct, found[0].growth_basis) == (Decimal("9.4"), Decimal("48.1"), "cùng kỳ")


def test_json_has_whole_numbers_as_such_and_null_for_what_is_missing():
    [one] = read_statements("Kim ngạch xuất khẩu đạt gần 3.140 triệu USD, bằng 97,77% so với cùng kỳ.")
    record = one.record()

    assert (
        list(record)[:16]
        == (
            "text start end indicator_text indicator breakdown value unit qualifier growth_pct growth_basis ratio index_pct plan_pct "
            "plan_over_pct period"
        ).split()
    )
    assert (record["value"], record["growth_pct"], record["index_pct"], record["plan_pct"]) == (3140, -2.23, 97.77, None)
    assert isinstance(record["value"], int)
    assert (record["qualifier"], record["ambiguous"]) == ("gần", [])


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2018H1", "6 tháng đầu năm 2018"),
        ("2018Q2", "Quý II/2018"),
        ("2018M06", "Tháng 6/2018"),
        ("2018M01-M09", "9 tháng năm 2018"),
        ("2018", "Năm 2018"),
        ("2018H2", "6 tháng cuối năm 2018"),
        (None, "6 tháng đầu năm"),
    ],
)
def test_a_period_is_read_where_it_is_stated_in_full(period, words):
    [one] = read_statements(f"{words}, kim ngạch xuất khẩu đạt 3.140 triệu USD.")

    assert one.period == period


@pytest.mark.parametrize(
    ("basis", "growth"),
    [
        ("cùng kỳ năm 2017", 5),
        ("năm 2017", 5),
        ("6 tháng đầu năm 2017", 5),
        ("năm 2015", None),
        ("cùng kỳ năm 2016", None),
        ("quý I/2018", None),
    ],
)
def test_only_the_same_part_of_the_prior_year_is_a_basis_of_growth(basis, growth):
    found = read_statements(f"6 tháng đầu năm 2018, xuất khẩu đạt 100 triệu USD, tăng 5% so với {basis}.")

    assert [one.growth_pct for one in found] == [growth]


def test_without_a_catalogue_the_words_of_the_indicator_remain():
    [one] = read_statements("Sản lượng mật ong đạt 12 tấn.")

    assert (one.indicator_text, one.indicator, one.breakdown) == ("Sản lượng mật ong", None, None)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Kim ngạch xuất khẩu qua địa bàn tỉnh", ("export_value", "total")),
        ("Kim ngạch xuất khẩu gạo", (None, None)),  # a commodity the catalogue does not have is not the total
        ("Tổng kim ngạch XNK", ("trade_total", "total")),
        ("Giá trị sản xuất công nghiệp khu vực có vốn đầu tư nước ngoài", ("industrial_output", "fdi")),
        ("Xuất khẩu sang thị trường Hoa Kỳ", ("export_to_united_states", "total")),
        ("Tổng mức bán lẻ hàng hoá", ("retail_sales", "total")),
        ("Doanh nghiệp xuất khẩu", (None, None)),
    ],
)
def test_an_indicator_is_known_by_all_its_words(words, codes):
    assert NAMES.of(words).codes == codes


def test_lines_are_joined_where_a_sentence_goes_on_and_nowhere_else():
    text = (
        "Kim ngạch xuất khẩu ước đạt\n3.140 triệu USD, tăng\n6,5%.\n- Nhập khẩu giảm 2%\nđạt 45% kế hoạch năm\n1. Điện thương phẩm"
    )

    assert [one.text for one in paragraphs(text)] == [
        "Kim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5%.",
        "- Nhập khẩu giảm 2%",
        "đạt 45% kế hoạch năm",
        "1. Điện thương phẩm",
    ]


def test_a_short_word_with_a_point_ends_no_sentence():
    [paragraph] = paragraphs("Tại TP. Bắc Giang có 02 cụm. Tổng vốn 5 tỷ đồng.")

    assert [one.text for one in sentences(paragraph)] == ["Tại TP. Bắc Giang có 02 cụm.", "Tổng vốn 5 tỷ đồng."]


def test_the_listing_is_in_the_language_asked_for_and_says_when_there_is_nothing():
    found = read_statements("Doanh thu đạt trên 12,5 tỷ đồng, giảm 3% so với cùng kỳ, đạt 45% KH, tăng gấp 2 lần.", NAMES)

    assert listing(found, "en").splitlines()[1] == (
        "    trên 12,5 tỷ đồng · down 3% on the prior year · 2 times · 45% of the plan · "
        "“increased ... times” can be meant in two ways".replace("12,5", "12.5")
    )
    assert listing([], "en") == "No statement was found in the prose."
