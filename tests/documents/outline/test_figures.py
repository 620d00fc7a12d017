import json
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bcanalysis.documents.blocks import Chart, Heading, Item, Paragraph, plain
from bcanalysis.documents.outline.fill import fill
from bcanalysis.documents.outline.model import Name, OutlineError, Passage
from bcanalysis.documents.outline.read import read_outline
from bcanalysis.documents.stored import from_json, to_json

from .outlines import FIRST, FRONT, filled, only_fault

OUTLINE = Path(__file__).parents[3] / "data" / "outlines" / "2018H1.md"

# The 57 figures of report 132/BC-SCT, by the name under which each is on file.
REFERENCE = {
    "industrial_output@current": "66.148 tỷ đồng, tăng 27,6% so với cùng kỳ năm trước, đạt 45,9% kế hoạch năm",
    "export_value": "3.140 triệu USD, tăng 6,5% so với cùng kỳ năm trước, đạt 40,3% kế hoạch năm",
    "import_value": "3.000 triệu USD, tăng 11% so với cùng kỳ năm trước",
    "retail_sales": "11.997 tỷ đồng, tăng 12,5% so với cùng kỳ năm trước, đạt 47% kế hoạch năm",
    "market_inspections": "920 vụ",
    "market_violations": "826 vụ",
    "market_total_value": "6.981.038.000 đồng",
    "market_paid_to_treasury": "6.375.046.000 đồng",
    "market_fines": "2.258.108.000 đồng",
    "market_confiscated_sales": "4.116.938.000 đồng",
    "market_destroyed_value": "605.992.000 đồng",
    "market_unsold_confiscated_value": "13.816.000 đồng",
    "market_unsold_food_safety_value": "52.500.000 đồng",
    "earth_hour_saving": "khoảng 14.700 kWh",
    "earth_hour_money": "24,3 triệu đồng",
    "new_industrial_clusters": "03 cụm",
    "consumer_rights_day_attendance": "gần 3.000 người",
    "chain_equipment_beneficiaries": "11 doanh nghiệp",
    "chain_equipment_grant": "50 triệu đồng/đơn vị",
    "chain_website_beneficiaries": "08 doanh nghiệp",
    "chain_website_grant": "22,4 triệu đồng/đơn vị",
    "trade_supermarket_groups": "11 nhóm sản phẩm",
    "trade_supermarket_items": "79 mặt hàng",
    "trade_guangxi_enterprises": "trên 300 doanh nghiệp hai nước",
    "trade_forum_delegates": "trên 600 đại biểu",
    "trade_forum_enterprises": "trên 300 doanh nghiệp Việt Nam",
    "lychee_volume.sold_early": "trên 40.000 tấn",
    "procedures_one_stop": "143/143 thủ tục",
    "procedures_total": "143/143 thủ tục",
    "procedures_files_received": "487 hồ sơ",
    "procedures_fields": "10 lĩnh vực",
    "procedures_files_on_time": "474 hồ sơ",
    "procedures_files_not_due": "13 hồ sơ",
    "procedures_files_overdue": "quá hạn 0 hồ sơ",
    "movement_unions_registered": "43/43 công đoàn",
    "movement_unions_total": "43/43 công đoàn",
    "movement_rural_communes": "trên 20 xã",
    "complaints_total": "04 đơn",
    "complaints_fuel": "02 đơn về xăng dầu",
    "complaints_electricity": "02 đơn về điện",
    "inspection_rounds": "20 cuộc",
    "inspection_units": "41 đơn vị",
    "inspection_penalty_decisions": "02 quyết định",
    "inspection_penalty_value": "60.000.000 đồng",
    "charity_gifts": "450 suất",
    "charity_gift_unit_value": "300.000 đồng",
    "charity_gifts_value": "135 triệu đồng",
    "charity_gifts.cam_dan": "100 suất cho xã Cẩm Đàn",
    "charity_gifts.hiep_hoa": "300 suất cho huyện Hiệp Hòa",
    "charity_gifts.le_loi": "10 suất cho phường Lê Lợi",
    "charity_gifts.union_members": "40 suất cho đoàn viên",
    "charity_house_donation": "50 triệu đồng giúp",
    "awards_emulation_flag": "01 cờ",
    "awards_excellent_collectives": "04 tập thể",
    "awards_emulation_fighters": "02 cá nhân",
    "awards_certificates_collectives": "05 tập thể",
    "awards_certificates_individuals": "10 cá nhân",
}


@pytest.fixture(scope="module")
def outline():
    return read_outline(OUTLINE)


@pytest.fixture(scope="module")
def report(outline, dataset):
    return fill(outline, dataset)


def texts(document):
    return [plain(block.text) for block in document.blocks if isinstance(block, Heading | Paragraph | Item)]


def called(part):
    names = [piece for piece in part.pieces if isinstance(piece, Name)]
    return {
        f"{name.indicator}{'' if name.breakdown == 'total' else '.' + name.breakdown}{'@' + name.price_basis if name.price_basis else ''}"
        for name in names
    }


def test_there_are_57_figures_of_the_reference_report_on_file(dataset):
    reported = dataset["observations"].query("source == 'bao-cao-132-bc-sct-2018'")

    assert len(reported) == len(REFERENCE) == 57
    assert set(reported["indicator"]) == {name.split("@")[0].split(".")[0] for name in REFERENCE}


@pytest.mark.parametrize("name", REFERENCE)
def test_each_figure_of_the_reference_report_is_called_by_name_and_stands_where_it_is_called(name, outline, report):
    passages = [part for part in outline.parts if isinstance(part, Passage)]
    written = [text for part, text in zip(passages, texts(report), strict=True) if name in called(part)]

    assert written
    assert any(REFERENCE[name] in text for text in written)


def test_no_figure_of_the_reference_outline_is_typed_by_hand(outline):
    words = " ".join(
        piece.text for part in outline.parts if isinstance(part, Passage) for piece in part.pieces if hasattr(piece, "text")
    )

    assert not [text.split()[0] for text in REFERENCE.values() if f" {text.split()[0]} " in words and text.split()[0][-3:] == "000"]


def test_every_section_of_the_reference_report_is_there(report):
    headings = [plain(block.text).split()[0] for block in report.blocks if isinstance(block, Heading)]

    assert headings == ["I.", "1.", "2.", "2.1.", "2.2.", "2.3.", "2.4.", "2.5.", "2.6.", "3.", "II.", "1.", "2.", "3."]


def test_the_impossible_part_of_the_unsold_goods_has_a_note_with_both_sides(report):
    [number] = [number for number, note in enumerate(report.notes, 1) if "52.500.000 đồng" in note]

    assert "vế trái là 52.500.000 đồng, vế phải là 13.816.000 đồng" in report.notes[number - 1]
    assert any(f"13.816.000 đồng[{number}]" in text and f"52.500.000 đồng[{number}]" in text for text in texts(report))


def test_the_report_survives_the_way_through_json(report):
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("industrial_output@current", "66.148 tỷ đồng"),
        ("industrial_output@current:value", "66.148 tỷ đồng"),
        ("industrial_output@current:number", "66.148"),
        ("industrial_output@current:growth", "tăng 27,6% so với cùng kỳ năm trước"),
        ("industrial_output@current:plan", "đạt 45,9% kế hoạch năm"),
        ("industrial_output@current:name", "giá trị sản xuất công nghiệp (giá thực tế)"),
        ("industrial_output@current:unit", "tỷ đồng"),
        ("industrial_output@current:window", "6 tháng đầu năm 2018"),
        ("industrial_output.fdi@constant_2010:number", "44.285"),
        ("industrial_output.fdi", "44.285 tỷ đồng"),
        ("iip_growth.water_waste:sentence", "Chỉ số sản xuất công nghiệp (IIP) ngành cung cấp nước, quản lý và xử lý rác thải, nước thải 6 tháng đầu năm 2018 giảm 23,5% so với cùng kỳ năm trước"),
        ("market_inspections:window", "tính đến ngày 10/6/2018"),
        ("trade_forum_delegates:window", "ngày 08/6/2018"),
        ("trade_forum_delegates:number", "trên 600"),
        ("complaints_fuel:number", "02"),
        ("grdp_growth:name", "tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)"),
    ],
)  # fmt: skip
def test_a_name_is_filled_in_the_form_asked_for(name, words, dataset):
    text = plain(filled(dataset, f"Là {{{name}}}").blocks[0].text)

    assert text.split("[")[0] == f"Là {words}"


def test_a_figure_has_a_capital_only_where_it_opens_a_sentence(dataset):
    body = "{retail_sales:growth}. **{export_value:name}** là {export_value}; {export_value:growth}."

    assert plain(filled(dataset, body).blocks[0].text) == (
        "Tăng 12,5% so với cùng kỳ năm trước. Kim ngạch xuất khẩu là 3.140 triệu USD; tăng 6,5% so với cùng kỳ năm trước."
    )


def test_an_english_outline_is_filled_in_english(dataset):
    front = FRONT.replace("area:", "lang: en\narea:")

    assert plain(filled(dataset, "Retail sales are {retail_sales}, {retail_sales:growth}.", front).blocks[0].text) == (
        "Retail sales are 11,997 billion VND, up 12.5% on the same period of the prior year."
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("exprot_value", 'got the indicator "exprot_value"; expected a code of indicators.csv. Did you mean "export_value"?'),
        ("export_value.fdii", 'got "fdii" of export_value; expected a code of breakdowns.csv. Did you mean "fdi"?'),
        ("export_value@curent", 'got "curent" of export_value; expected a code of price_bases.csv. Did you mean "current"?'),
        ("industrial_output", "which 2 series fit; expected one of them by its name. On file: {industrial_output@current}, {industrial_output@constant_2010}."),
        ("export_value.fdi", "got export_value (fdi), which is not on file for 2018H1 in bac-giang; expected a figure on file. On file: {export_value}."),
        ("supermarkets", "got supermarkets (total), which is not on file for 2018H1 in bac-giang; expected a figure on file. Add the published figure"),
        ("market_inspections:growth", "got {market_inspections:growth}, but no figure on file for the same period of the prior year"),
        ("industrial_output.fdi:plan", "got {industrial_output.fdi@constant_2010:plan}, but no annual plan on file"),
        ("grdp_growth:growth", "but the indicator is a rate, an index or a share and is compared in percentage points only"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_filled_is_a_fault_with_its_place_and_the_way_out(name, said, dataset):
    line, column, text = only_fault(dataset, f"Một.\n\nHai là {{{name}}}.")

    assert (line, column) == (FIRST + 2, 8)
    assert said in text


def test_a_value_that_is_missing_is_a_fault_and_no_zero(tiny):
    row = {
        "indicator": "exports",
        "price_basis": "not_applicable",
        "period": "2018H1",
        "missing": "not_collected",
        "status": "reported",
    }
    front = FRONT.replace("bac-giang", "here")

    assert (
        "got {exports:value}, but not yet collected; expected a figure that has a value"
        in only_fault(tiny([row]), "Là {exports}.", front)[2]
    )
    assert (
        plain(filled(tiny([row]), "{exports:sentence}.", front).blocks[0].text)
        == "Xuất khẩu 6 tháng đầu năm 2018: chưa thu thập được số liệu."
    )


def test_of_two_windows_the_one_that_fills_the_period_is_meant(tiny):
    row = {"indicator": "exports", "price_basis": "not_applicable", "period": "2018H1"}
    rows = [{**row, "value": 83, "window_end": "2018-05-31"}, {**row, "value": 100}]

    assert plain(filled(tiny(rows), "Là {exports:number}.", FRONT.replace("bac-giang", "here")).blocks[0].text) == "Là 100."


def test_of_two_windows_that_are_both_short_neither_is_meant(tiny):
    row = {"indicator": "exports", "price_basis": "not_applicable", "period": "2018H1"}
    rows = [{**row, "value": 83, "window_end": "2018-05-31"}, {**row, "value": 70, "window_end": "2018-04-30"}]

    assert "which 2 series fit" in only_fault(tiny(rows), "Là {exports:number}.", FRONT.replace("bac-giang", "here"))[2]


def test_a_full_window_does_not_decide_between_price_bases(tiny):
    row = {"indicator": "output", "period": "2018H1"}
    rows = [{**row, "value": 83, "price_basis": "constant_2010", "window_end": "2018-05-31"}, {**row, "value": 100}]

    assert "which 2 series fit" in only_fault(tiny(rows), "Là {output:number}.", FRONT.replace("bac-giang", "here"))[2]


def test_figures_that_sources_contradict_have_a_note(tiny):
    row = {
        "indicator": "exports",
        "price_basis": "not_applicable",
        "period": "2018H1",
        "stated_on": "2018-07-01",
        "status": "reported",
    }
    rows = [{**row, "value": 100, "source": "department"}, {**row, "value": 120, "source": "department-two"}]
    document = filled(tiny(rows), "Xuất khẩu {exports}.", FRONT.replace("bac-giang", "here"))

    assert [note[:34] for note in document.notes] == ["Các nguồn công bố số liệu khác nha"]


def test_a_figure_read_as_corrected_has_a_note(dataset):
    document = filled(dataset, "Trả {procedures_files_on_time}.")

    assert document.notes == ("Số in trong nguồn (“474 TTHC”) đã được đọc lại theo bảng đính chính.",)


def test_directives_become_sentences_a_table_and_charts(dataset):
    found = filled(dataset, "{{sentences headline}}\n\n{{table headline}}\n\n{{chart growth}}\n\n{{chart plan}}").blocks

    assert [type(block).__name__ for block in found] == ["Item"] * 5 + ["Table", "Chart", "Chart"]
    assert plain(found[3].text).startswith("Kim ngạch nhập khẩu 6 tháng đầu năm 2018 ước đạt 3.000 triệu USD, tăng 11%")
    assert [row[0].text for row in found[5].rows][2:] == [
        "Kim ngạch xuất khẩu",
        "Kim ngạch nhập khẩu",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
    ]
    growth = found[6]
    assert isinstance(growth, Chart)
    assert (growth.title, "27,6%" in growth.alt, sorted(growth.figure)) == (
        "Tăng trưởng so với cùng kỳ năm trước",
        True,
        ["data", "layout"],
    )


def test_a_table_of_a_theme_has_its_figures(dataset):
    [table] = filled(dataset, "{{table consumer_protection}}").blocks

    assert [row[0].text for row in table.rows] == ["Người dự mít tinh Ngày Quyền của người tiêu dùng Việt Nam"]


def test_a_theme_without_figures_says_so(tiny):
    [said] = filled(tiny(), "{{table market_surveillance}}", FRONT.replace("bac-giang", "here")).blocks

    assert plain(said.text) == "Chưa có số liệu trên tệp cho phần “Quản lý thị trường” trong kỳ này."


def test_an_unknown_theme_is_a_fault(dataset):
    assert 'got "trad"; expected one of headline,' in only_fault(dataset, "{{table trad}}")[2]


def test_the_annex_holds_what_is_on_file(dataset):
    document = filled(dataset, "Thân.\n\n{{annex figures}}")

    (annex,) = document.annexes
    (table,) = annex.blocks
    assert (annex.title, annex.landscape) == ("Biểu số liệu", True)
    names = [row[1].text for row in table.rows]
    assert "Kim ngạch xuất khẩu" in names
    assert "Điện sản xuất" not in names  # of the catalogue, without a figure
    assert "chỉ tiêu của danh mục chưa có số liệu, không nêu ở đây" in table.note


LETTERS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\\*{}[]#>"), min_size=1, max_size=40)


def one_line(text):
    return " ".join(text.split())


@given(words=st.lists(LETTERS.map(one_line).filter(bool), min_size=1, max_size=4))
def test_filling_never_changes_the_words_of_the_analyst(words, dataset):
    body = "Chữ " + " {procedures_files_received:number} ".join(words)
    try:
        document = filled(dataset, body)
    except OutlineError:
        reject()  # a typed figure in a form that is refused
    expected = "Chữ " + " 487 ".join(words)

    assert [plain(block.text) for block in document.blocks] == [normalize("NFC", expected)]
