from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.documents.outline.roll import STALE, rolled
from bcanalysis.errors import UsageError
from bcanalysis.periods import Period

SOURCE, TARGET = Period.parse("2018H1"), Period.parse("2019H1")
FRONT = "---\nperiod: 2018H1\n---\n"


def body(text, source=SOURCE, target=TARGET):
    """Roll a text and give it without its front matter."""
    new = rolled(f"---\nperiod: {source}\n---\n{text}", source, target)
    assert new.text.startswith(f"---\nperiod: {target}\n---\n")
    return new.text.split("---\n", 2)[2]


def kinds(text):
    return [(one.words, one.kind) for one in rolled(FRONT + text, SOURCE, TARGET).stale]


def test_the_period_of_the_front_matter_and_the_words_of_headings_follow_the_target():
    text = (
        "---\nperiod: 2018H1  # kỳ\narea: bac-giang\ntitle: Kết quả 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2018\n---\n"
        "# I. KẾT QUẢ 6 THÁNG ĐẦU NĂM 2018\n## 2.1. So với 6 tháng đầu năm 2017, kế hoạch Năm 2018\n"
    )
    new = rolled(text, SOURCE, TARGET)
    assert new.text == (
        "---\nperiod: 2019H1  # kỳ\narea: bac-giang\ntitle: Kết quả 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2019\n---\n"
        "# I. KẾT QUẢ 6 THÁNG ĐẦU NĂM 2019\n## 2.1. So với 6 tháng đầu năm 2018, kế hoạch Năm 2019\n"
    )
    assert new.stale == ()


def test_another_half_year_changes_the_words_without_a_year_too_and_what_does_not_follow_is_marked():
    heading = "# Kết quả 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2018"
    assert body(heading, target=Period.parse("2018H2")) == "# Kết quả 6 tháng cuối năm; nhiệm vụ [[?: 6 tháng cuối năm 2018 ]]"


def test_every_stale_word_of_the_text_is_marked_with_its_kind():
    assert kinds("Đến 14/6/2018, ngày 14 tháng 6 năm 2018 và tháng 5/2018") == [
        ("14/6/2018", "date"),
        ("ngày 14 tháng 6 năm 2018", "date"),
        ("tháng 5/2018", "date"),
    ]
    assert kinds("trong 6 tháng đầu năm 2018, giai đoạn 2016 - 2020, cả năm 2018, so với 2017") == [
        ("6 tháng đầu năm 2018", "period"),
        ("2016 - 2020", "year"),
        ("năm 2018", "year"),
        ("2017", "year"),
    ]
    assert kinds("theo Quyết định số 549/QĐ-UBND ngày 26/4/2018; Chỉ thị số 34-CT/TW") == [
        ("Quyết định số 549/QĐ-UBND ngày 26/4/2018", "document"),
        ("Chỉ thị số 34-CT/TW", "document"),
    ]
    assert kinds("đạt 66.148 tỷ đồng, tăng 27,6%; năm thứ hai, lần thứ 3, lần đầu tiên; dự Giờ trái đất 2018") == [
        ("66.148 tỷ đồng", "number"),
        ("27,6%", "number"),
        ("năm thứ hai", "ordinal"),
        ("lần thứ 3", "ordinal"),
        ("lần đầu tiên", "ordinal"),
        ("Giờ trái đất 2018", "event"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{industrial_output@current:value} và {{table headline}}",
        "như trên.[^2018]",
        "[^2018]: Số ước tính.",
        "trong 6 tháng đầu năm và 6 tháng cuối năm",
        "theo giá so sánh 2010; đợt 1; Điều 5",
        "## 2.1. Cải cách hành chính",
        "1. Tổ chức",
        "<!-- xem lại 2018 -->",
    ],
)
def test_names_of_figures_notes_headings_and_words_without_a_date_stay(text):
    assert body(text) == text


def test_a_mark_tells_its_line_its_column_and_what_to_look_at():
    new = rolled(f"{FRONT}\nĐược 05 cờ năm 2018.", SOURCE, TARGET)
    assert new.text.splitlines()[-1] == "Được [[?: 05 ]] cờ [[?: năm 2018 ]]."
    assert str(new) == (
        "dòng 5, cột 6: 05: số gõ tay: gọi số liệu theo tên, hoặc ghi số của kỳ này\n"
        "dòng 5, cột 20: năm 2018: năm: xem còn đúng không (kỳ này là 6 tháng đầu năm 2019)\n"
        "2 chỗ cần xem lại."
    )
    assert new.to_json()["stale"][0] == {
        "line": 5,
        "column": 6,
        "words": "05",
        "kind": "number",
        "hint": "số gõ tay: gọi số liệu theo tên, hoặc ghi số của kỳ này",
    }
    assert str(rolled(FRONT, SOURCE, TARGET, lang="en")) == "0 places to look at."


def test_an_outline_rolled_before_keeps_its_marks_and_is_not_computed_again():
    first = rolled(f"{FRONT}# So 6 tháng đầu năm 2018 với 6 tháng đầu năm 2017\nĐến 14/6/2018, [[?: theo ai ]].", SOURCE, TARGET)
    second = rolled(first.text, SOURCE, TARGET)
    assert second.text == first.text
    assert [(one.words, one.kind) for one in second.stale] == [("14/6/2018", "date"), ("theo ai", "marked")]


def test_what_a_mark_uncovers_is_marked_too():
    assert body("hết 614/6/2018") == "hết [[?: 6 ]][[?: 14/6/2018 ]]"


def test_a_period_without_a_year_is_stale_for_other_months_only():
    assert body("trong 6 tháng đầu năm") == "trong 6 tháng đầu năm"
    assert body("trong 6 tháng đầu năm", target=Period.parse("2018H2")) == "trong [[?: 6 tháng đầu năm ]]"


def test_an_outline_without_a_period_or_of_a_third_one_is_refused():
    with pytest.raises(UsageError, match='got no period in its front matter; expected "period: 2018H1"'):
        rolled("# A\nperiod: 2018H1", SOURCE, TARGET)
    with pytest.raises(UsageError, match="got period: 2016H1; expected 2018H1, which it is rolled from"):
        rolled("---\nperiod: 2016H1\n---\n", SOURCE, TARGET)
    with pytest.raises(UsageError, match='period: got "2018T1"'):
        rolled("---\nperiod: 2018T1\n---\n", SOURCE, TARGET)


WORDS = st.sampled_from(
    "# ## - 1. 2.1. 2018 2017 2019 năm tháng 6 ngày 14/6/2018 đầu cuối thứ hai 3 lần 66.148 tỷ đồng 27,6% 12/QĐ-UBND số {a:b} [^1] "
    "[[?: ]] {{table headline}} Giờ Quyết định kế hoạch , . ( ) \t".split(" ")
)
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=6).map("\n".join)


@given(text=LINES, target=st.sampled_from(["2019H1", "2018H2", "2019Q1", "2019"]).map(Period.parse))
def test_rolling_twice_marks_nothing_twice(text, target):
    once = rolled(FRONT + text, SOURCE, target).text
    assert rolled(once, SOURCE, target).text == once


@given(text=LINES.filter(lambda text: "#" not in text and "[[?:" not in text))
def test_the_text_outside_the_marks_is_unchanged(text):
    assert STALE.sub(lambda mark: mark["words"], body(text)) == text


@given(text=LINES)
def test_each_place_listed_is_where_a_mark_begins(text):
    new = rolled(FRONT + text, SOURCE, TARGET)
    lines = new.text.split("\n")
    for one in new.stale:
        assert lines[one.line - 1][one.column - 1 :].startswith(f"[[?: {one.words} ]]")
