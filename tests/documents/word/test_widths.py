import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from bcanalysis.documents.word.widths import lines, width


def typeface(style):
    """Find a typeface of the Times metric that has Vietnamese letters."""
    if shutil.which("fc-list") is None:
        pytest.skip("no fontconfig here to find a typeface with")
    wanted = f":family=Liberation Serif:style={style}:lang=vi"
    found = subprocess.run(["fc-list", "-f", "%{file}\n", wanted], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    if not found:
        pytest.skip("no typeface of the Times metric with Vietnamese letters here")
    return ImageFont.truetype(found, 2048, layout_engine=ImageFont.Layout.BASIC)


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "Bold Italic"])
def test_lines_are_as_wide_as_the_typeface_sets_them(style):
    said = "Bắc Giang, ngày 14 tháng 6 năm 2018: SỞ CÔNG THƯƠNG; hướng dẫn"
    font = typeface(style)
    # letter by letter, as Word sets them: it does not kern
    advances = sum(font.getlength(letter) for letter in said)
    assert width(said, 72, bold="Bold" in style, italic="Italic" in style) == pytest.approx(advances / 2048 * 25.4)


def test_tones_and_hats_make_no_letter_wider_and_horns_do():
    assert width("ộ", 14) == width("o", 14) < width("ợ", 14) == width("ơ", 14)


def test_a_text_in_parts_is_as_wide_as_in_one():
    assert width("Hòa", 14) == width("Ho\u0300a", 14)


@given(st.text("aă bđ", max_size=60), st.floats(5, 50))
def test_breaking_loses_no_words_and_keeps_to_the_room(said, room):
    broken = lines(said, room, 14)
    assert " ".join(broken) == said
    assert all(width(line, 14) <= room for line in broken if " " in line)
