from __future__ import annotations

import math
import tomllib
import unicodedata
from importlib.resources import files

import pandas as pd
import pytest

from bcanalysis.display import words


@pytest.mark.parametrize("absent", [None, float("nan"), pd.NaT, pd.NA, ""])
def test_what_is_missing_is_not_known(absent):
    assert not words.known(absent)


@pytest.mark.parametrize("present", [0, 0.0, False, "a", ()])
def test_zero_and_false_are_known(present):
    assert words.known(present)


def test_a_code_without_a_name_is_shown_as_it_is():
    assert words.named("brand_new", "reason", "vi") == "brand_new"


def test_names_of_codes_come_before_those_of_the_display():
    assert words.named("no_prior", "reason", "vi") == "chưa có số liệu cùng kỳ năm trước"
    assert words.named("part_missing", "reason", "vi") == "thiếu số liệu của bộ phận này"


def test_a_level_shows_its_own_digits_while_they_are_few():
    assert [words.level_text(value, 0, "vi") for value in (7800.0, 24616.2, 35906.5)] == ["7.800", "24.616,2", "35.906,5"]
    assert words.level_text(math.pi, 1, "vi") == "3,1"


def test_an_interval_is_in_brackets_with_decimals_that_tell_its_ends_apart():
    assert words.bracket_text(10.0, 12.5, 1, "vi") == "[10,0; 12,5]"
    assert words.bracket_text(0.916, 0.920, 1, "vi") == "[0,916; 0,920]"
    assert words.bracket_text(300.0, float("inf"), 0, "vi") == "từ 300 trở lên"


def test_a_date_that_is_not_full_is_left_as_it_is():
    assert [words.date_text(text, "vi") for text in ("2018-06-14", "2018-06", "2018-06-01/2018-06-30")] == [
        "14/6/2018",
        "2018-06",
        "2018-06-01/2018-06-30",
    ]


def test_several_areas_and_periods_are_all_named(reference, disputed):
    both = pd.concat([reference, disputed.assign(area_vi="Bắc Ninh")])

    assert words.heading(both, "vi") == "Bắc Giang, Bắc Ninh, 6 tháng đầu năm 2018, 6 tháng đầu năm 2024"


def test_every_display_word_has_both_languages_and_composed_letters():
    text = files("bcanalysis.wording").joinpath("terms", "display.toml").read_text(encoding="utf-8")

    assert text == unicodedata.normalize("NFC", text)
    for key, entry in tomllib.loads(text).items():
        assert set(entry) == {"vi", "en"}, key
        assert all(entry.values()), key
