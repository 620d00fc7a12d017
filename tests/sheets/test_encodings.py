from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcanalysis.errors import DataError
from bcanalysis.sheets.encodings import decoded, legacy

TEXT = "Chỉ tiêu;Kim ngạch xuất khẩu;Tổng mức bán lẻ hàng hóa;Ước thực hiện;đơn vị tính;quỹ;người;thủy sản"
WORDS = TEXT.replace(";", " ").split()


def cp1258(text: str) -> bytes:
    """Write as Windows does: hats and horns with their letters, tones as letters of their own."""
    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    parts = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in tones)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + tone)
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding):
    assert decoded(TEXT.encode(encoding), "a.csv")[0] == TEXT


def test_windows_1258_is_read_and_composed():
    assert decoded(cp1258(TEXT), "a.csv") == (TEXT, "cp1258")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_whatever_is_written_in_windows_1258_reads_as_it_was(words):
    assert decoded(cp1258(" ".join(words)), "a.csv")[0] == " ".join(words)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_unicode_is_never_taken_for_an_old_font(words):
    assert legacy(" ".join(words)) is None


@pytest.mark.parametrize("words", ["hoà bình, thuỷ sản, quyên góp, khuyến khích, uống nước, yêu cầu", "Zürich, Köln, naïve, señor"])
def test_old_places_of_tones_and_foreign_names_are_no_old_font(words):
    assert legacy(words) is None


@pytest.mark.parametrize(
    ("text", "name"), [("ChØ tiªu;Gi¸ trÞ s¶n xuÊt c«ng nghiÖp", "TCVN3"), ("Chæ tieâu;Giaù trò saûn xuaát coâng nghieäp", "VNI")]
)
def test_old_fonts_are_refused_with_advice(text, name):
    with pytest.raises(
        DataError, match=rf"a\.csv: got text in the old font encoding {name}; expected Unicode\. .*choose {name} to Unicode"
    ):
        decoded(text.encode("cp1252"), "a.csv")


def test_bytes_in_no_known_encoding_are_refused_with_their_line():
    with pytest.raises(
        DataError, match='line 2: got letters in no known encoding, such as "ï"; expected UTF-8, UTF-16 or Windows-1258'
    ):
        decoded("a;b\nxï;y".encode("latin-1"), "a.csv")


def test_a_text_cut_off_inside_a_letter_is_refused():
    with pytest.raises(DataError, match="that is not UTF-16; expected a whole file"):
        decoded("Chỉ tiêu".encode("utf-16")[:-1], "a.csv")
