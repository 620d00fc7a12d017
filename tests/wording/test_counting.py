"""How official documents count."""

import pytest

from bcanalysis.wording.counting import letter, roman


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "I"), (2, "II"), (3, "III"), (4, "IV"), (5, "V"), (9, "IX"), (14, "XIV"), (29, "XXIX")]
)
def test_annexes_count_in_roman_numbers(number, shown):
    assert roman(number) == shown


def test_letters_count_by_the_vietnamese_alphabet():
    assert " ".join(map(letter, range(1, 24))) == "a b c d đ e g h i k l m n o p q r s t u v x y"
    assert [letter(number) for number in (24, 25, 46, 47, 23 * 24, 23 * 24 + 1)] == ["aa", "ab", "ay", "ba", "yy", "aaa"]
