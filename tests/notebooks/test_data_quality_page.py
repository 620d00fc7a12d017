"""The page of data quality lists every known conflict of its area, and no other."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bcanalysis.wording.numbers import format_number

from .conftest import Batch, report

LIST = Path(__file__).parents[1] / "quality" / "known_conflicts.csv"
CAPTIONS = {
    "conflicts": "Các lần công bố khác nhau (nguồn công bố trước đứng trước, khi biết ngày)",
    "sets": "Các công bố không thể cùng đúng (khoảng mà mỗi bên suy ra, rồi đến công bố)",
    "remainders": "Những tháng còn lại giữa hai số liệu của một năm, khác hẳn các tháng trước (bình quân một tháng)",
}
CLASSES = {
    "contradiction": "mâu thuẫn",
    "revision": "số liệu điều chỉnh",
    "rounding": "khác nhau do làm tròn",
    "different_series": "khác chuỗi số liệu",
    "two_plans": "hai kế hoạch khác nhau",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> BeautifulSoup:
    made: Batch = report(tmp_path_factory.mktemp("quality"), "2018H1", "--notebook", "data_quality")
    return BeautifulSoup(made.page("2018H1/data_quality.html"), "html.parser")


def rows(page: BeautifulSoup, name: str) -> list[list[str]]:
    (table,) = [table for table in page.find_all("table") if table.caption and table.caption.get_text() == CAPTIONS[name]]
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]


def expected(name: str) -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["found_by"] == name and row["area"] == "bac-giang"]


def class_in_words(row: dict[str, str]) -> str:
    about_plans = (row["found_by"], row["what"], row["class"]) == ("sets", "plan", "different_series")
    return CLASSES["two_plans" if about_plans else row["class"]]


@pytest.mark.parametrize("name", list(CAPTIONS))
def test_as_many_rows_of_each_class_are_on_the_page_as_on_the_list(page: BeautifulSoup, name: str):
    shown = Counter(row[-1].removesuffix(", nếu cùng cơ sở giá") for row in rows(page, name))

    assert shown == Counter(class_in_words(row) for row in expected(name))


@pytest.mark.parametrize("name", ["sets", "remainders"])
def test_each_interval_on_the_list_is_on_the_page(page: BeautifulSoup, name: str):
    shown = " ".join(cell for row in rows(page, name) for cell in row)
    bounded = [row[side] for row in expected(name) for side in ("first", "later") if ".." in row[side].strip(".")]
    ends = [[format_number(float(end), 1, "vi") for end in interval.split("..")] for interval in bounded]

    assert len(ends) > len(expected(name))
    assert [pair for pair in ends if f"[{pair[0]}; " not in shown] == []


def test_the_page_names_the_base_that_printed_growth_rests_on(page: BeautifulSoup):
    text = page.get_text()

    assert "Số liệu điều chỉnh sau lần công bố đầu, và tốc độ đã in dựa trên số nào" in text
    assert "[86.093,0; 86.158,6]: 114.375, +32,8% so với cùng kỳ" in text
    assert "[14,4; 14,5] %" in text  # 86 093.0 / 75 231.5 to 86 158.6 / 75 230.5


def test_the_tightest_intervals_of_the_period_are_on_the_page(page: BeautifulSoup):
    text = page.get_text()

    assert "[51.819,4; 51.860,8]" in text  # output in the first half of 2017
    assert "[143.963,4; 144.093,6]" in text  # the plan of 2018, by two publications
