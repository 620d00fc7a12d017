import pytest

from bcanalysis.documents.blocks import plain

from .outlines import FIRST, FRONT, faults, filled, only_fault

OUTPUT = "Giá trị sản xuất công nghiệp"
EXPORTS = "Kim ngạch xuất khẩu"


@pytest.mark.parametrize(
    "text",
    [
        f"{OUTPUT} ước đạt 66.148 tỷ đồng.",
        f"{OUTPUT} ước đạt 66,1 nghìn tỷ đồng.",  # 66.050 to 66.150
        f"{OUTPUT} theo giá so sánh đạt 53.840 tỷ đồng.",
        f"{EXPORTS} đạt 3.140 triệu USD, tức 3,14 tỷ USD.",
        f"{EXPORTS} tăng 6,5%, đạt 40,3% kế hoạch năm.",
        f"{EXPORTS} tăng khoảng 7%.",
        f"{EXPORTS} đạt 40,26% kế hoạch năm.",  # 3140 / 7800 = 40.2564 %
        f"{EXPORTS} bằng 40% so với kế hoạch.",
        f"{EXPORTS} có kế hoạch năm 7.800 triệu USD.",
        f"{EXPORTS} cùng kỳ khoảng 2.948 triệu USD.",  # implied: 2.946,5 to 2.950,2
        f"{EXPORTS} tăng 6,5%; kim ngạch nhập khẩu tăng 11%.",
        "Chỉ số sản xuất công nghiệp tăng 99%.",  # no indicator is called so
        "Sản lượng vải thiều đã tiêu thụ trên 40.000 tấn.",
        "Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP) là 13,3%, tức tăng 13,3%.",
        f"{EXPORTS} được nêu tại Chỉ thị số 34-CT/TW ngày 07/4/2014, chia 02 đợt trong năm 2018.",
        f"{EXPORTS} nêu ở mục 2.1. Việc này có 12 vụ, 15 đơn.",
        "Kế hoạch đặt ra là tăng 15%.",
        "Hồ sơ quá hạn là 0 hồ sơ.",
        "Năm 2018 đơn thuộc lĩnh vực xăng dầu là 02 đơn.",
        "Trị giá hàng tịch thu chưa bán là 5.000 đồng/kg.",
    ],
)
def test_a_typed_figure_that_the_data_bear_out_is_left_alone(text, dataset):
    assert plain(filled(dataset, text).blocks[0].text) == text


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (f"{OUTPUT} ước đạt 66.184 tỷ đồng.", 38, 'got "66.184 tỷ đồng"; expected what is on file: 66.148 tỷ đồng ({industrial_output@current:value})'),
        (f"{OUTPUT} ước đạt 66,2 nghìn tỷ đồng.", 38, 'got "66,2 nghìn tỷ đồng"'),
        (f"{OUTPUT} ước đạt **66.184** tỷ đồng.", 40, "expected what is on file"),
        (f"{EXPORTS} đạt 3,41 tỷ USD.", 25, "3.140 triệu USD ({export_value:value})"),
        (f"{EXPORTS} tăng 6,6%.", 26, 'got "6,6%"; expected what is on file: tăng 6,5% so với cùng kỳ năm trước ({export_value:growth})'),
        (f"{EXPORTS} giảm 6,5%.", 26, "tăng 6,5% so với cùng kỳ năm trước"),
        (f"{EXPORTS} tăng hơn 8%.", 30, "tăng 6,5%"),
        (f"{EXPORTS} đạt 43,0% kế hoạch năm.", 25, "đạt 40,3% kế hoạch năm ({export_value:plan})"),
        ("Bán lẻ {retail_sales}, tăng 15,2% so với cùng kỳ.", 29, "tăng 12,5%"),
        ("Trị giá hàng tịch thu chưa bán là 13.816.001 đồng.", 35, "13.816.000 đồng"),
        ("Tổng tiền xử phạt qua kiểm tra chuyên ngành là 61.000.000 đ.", 48, "60.000.000 đồng"),
        ("Đơn thuộc lĩnh vực xăng dầu là 03 đơn.", 32, "02 đơn"),
        ("Đơn thuộc lĩnh vực xăng dầu là 2018 đơn.", 32, "02 đơn"),
        ("Đơn thuộc lĩnh vực xăng dầu cả năm 2.018 đơn.", 36, "02 đơn"),
        ("Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP) tăng 13,4%.", 52, "expected what is on file"),
    ],
)  # fmt: skip
def test_a_typed_figure_that_contradicts_the_data_is_a_fault(text, column, said, dataset):
    line, found, told = only_fault(dataset, text)

    assert (line, found) == (FIRST, column)
    assert said in told
    assert told.endswith("Call the figure by its name instead of typing it.")


def test_the_last_digit_typed_may_be_rounded_from_exactly_half_way(tiny):
    row = {"indicator": "exports", "price_basis": "not_applicable", "period": "2018H1", "value": 100, "growth_pct": 1.15}
    front = FRONT.replace("bac-giang", "here")

    assert faults(tiny([row]), "Xuất khẩu tăng 1,2%.", front) == []
    assert len(faults(tiny([row]), "Xuất khẩu tăng 1,3%.", front)) == 1


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("Mức tăng 12.36% là cao.", 10, 'got "12.36%"; expected a number as vi writes it. Did you mean "12,36"?'),
        ("Có 1,234.5 tấn hàng.", 4, 'Did you mean "1.234,5"?'),
        ("Có 12.3456 tấn hàng.", 4, 'Did you mean "12,3456"?'),
        ("Có 1.23.456 đồng.", 4, 'Groups of three digits, "," before decimals.'),
    ],
)
def test_a_number_in_another_form_is_a_fault_whatever_it_is_about(text, column, said, dataset):
    line, found, told = only_fault(dataset, text)

    assert (line, found) == (FIRST, column)
    assert said in told


def test_the_place_is_that_of_the_line_on_which_the_figure_stands(dataset):
    assert only_fault(dataset, f"{OUTPUT}\n  ước đạt\n  66.184 tỷ đồng.")[:2] == (FIRST + 2, 3)


def test_a_label_may_run_over_two_lines(dataset):
    assert len(faults(dataset, "Kim ngạch\nxuất khẩu đạt 3.410 triệu USD.")) == 1


def test_the_next_sentence_is_held_against_nothing(dataset):
    assert faults(dataset, f"{EXPORTS} tăng khá. Ngành khác tăng 99%.") == []


def test_typed_figures_in_notes_items_and_headings_are_held_against_the_data_too(dataset):
    body = f"# I. {EXPORTS} tăng 1%\n- {EXPORTS} tăng 2%\n\n> {EXPORTS} tăng 3%\n\nMột[^a].\n\n[^a]: {EXPORTS} tăng 4%"

    assert [line - FIRST for line, _, _ in faults(dataset, body)] == [0, 1, 3, 7]


def test_english_numbers_are_read_as_english(dataset):
    front = FRONT.replace("area:", "lang: en\narea:")

    assert faults(dataset, "Export value reached 3,140 million USD, up 6.5%, 40.3% of the annual plan.", front) == []
    assert "up 6.5%" in only_fault(dataset, "Export value was up 6.6%.", front)[2]
    assert 'Did you mean "6.55"?' in only_fault(dataset, "Costs were up 6,55%.", front)[2]
