"""The notebooks of promotion, industry, emulation, the second half and the provinces, as pages of a period and of one with nothing."""

import html

import pytest

import bcanalysis as bc
from bcanalysis.dataset.dataset import Dataset

from .conftest import Batch, report, visible_text

NEW = ("trade_promotion", "industry_and_energy", "emulation", "second_half", "provinces")
WITH_THEM = ("overview", "market_surveillance", "administration")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Batch:
    chosen = [word for name in (*NEW, *WITH_THEM) for word in ("--notebook", name)]
    return report(tmp_path_factory.mktemp("pages"), "2018H1", *chosen)


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Batch:
    return report(tmp_path_factory.mktemp("empty"), "1999H1", *[word for name in NEW for word in ("--notebook", name)])


def text(pages: Batch, name: str, period: str = "2018H1") -> str:
    return html.unescape(visible_text(pages.page(f"{period}/{name}.html")))


def test_each_of_the_57_figures_of_the_reference_report_is_said_on_some_page(pages: Batch, dataset: Dataset):
    figures = bc.compare(dataset, "2018H1")
    figures = figures[figures["source"] == "bao-cao-132-bc-sct-2018"]
    said = " ".join(text(pages, name) for name in (*NEW, *WITH_THEM))

    assert len(figures) == 57
    assert [sentence for sentence in bc.sentences(figures).texts if sentence not in said] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("trade_promotion", ["trên 40.000 tấn", "trên 300 doanh nghiệp", "trên 600 đại biểu", "79 mặt hàng", "22,4 triệu đồng"]),
        ("industry_and_energy", ["66.148 tỷ đồng", "44.285 tỷ đồng", "03 cụm", "khoảng 14.700 kWh", "24,3 triệu đồng"]),
        ("emulation", ["43 công đoàn", "trên 20 xã", "đăng ký 10 cá nhân", "450 suất", "135 triệu đồng", "khớp"]),
        ("second_half", ["[77.807,4; 78.123,5]", "[1,478; 1,484]", "4.660", "776,7", "chưa đủ số liệu (cần ít nhất 3 năm)"]),
        ("provinces", ["1/6", "Bắc Ninh; Hà Giang; Hải Dương; Lạng Sơn; Thái Nguyên", "khác hoặc không rõ cơ sở giá"]),
    ],
)
def test_a_page_answers_its_question(pages: Batch, name: str, told: list[str]):
    shown = text(pages, name)

    assert pages.records("2018H1")[f"{name}.html"]["status"] == "ok"
    assert [words for words in told if words not in shown] == []


@pytest.mark.parametrize("name", NEW)
def test_with_nothing_on_file_a_page_says_so_and_what_is_missing(empty: Batch, name: str):
    assert empty.status == 0, empty.printed
    assert empty.records("1999H1")[f"{name}.html"]["status"] == "no_data"
    missing = {
        "trade_promotion": "Mặt hàng của tỉnh đưa vào hệ thống siêu thị",
        "emulation": "Cờ thi đua của Ủy ban nhân dân tỉnh",
    }
    assert missing.get(name, "Giá trị sản xuất công nghiệp") in text(empty, name, "1999H1")
