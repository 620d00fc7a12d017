from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from string import Formatter

import pytest

from bcanalysis.wording.terms import LANGUAGES, group, term

GROUPS = sorted(path.name.removesuffix(".toml") for path in files("bcanalysis.wording").joinpath("terms").iterdir())
WORDS = [(name, key) for name in GROUPS for key in group(name)]
CODES = {
    "status": "estimate reported preliminary final planned forecast proposed registered granted unknown",
    "flag": "printed_growth base_not_revised base_in_doubt via_link plan_via_link conflict open_unit approximate partial_window "
    "longer_window correction undated identity_violated territory_ended",
    "reason": "no_prior zero_prior sign_change other_basis other_window other_territory rate no_value no_plan base_in_doubt",
    "verdict": "agree disagree cannot_tell not_checked",
    "identity": "holds violated cannot_tell missing",
    "conflict": "contradiction revision rounding different_series agreement",
    "missing": "nil not_collected not_applicable suppressed not_printed",
    "missing_symbol": "nil not_collected not_applicable suppressed not_printed",
    "origin": "printed computed",
    "window_origin": "printed inferred",
    "rank": "statistics_office department government press",
    "kind": "flow stock count rate index share",
    "theme": "industry energy trade economy market_surveillance administration trade_promotion consumer_protection emulation "
    "charity",
    "plan_body": "Party HDND UBND So not_stated",
    "target_kind": "level growth share floor ceiling",
    "growth_form": "rate index multiple",
    "plan_form": "percent excess",
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", GROUPS)
def test_every_word_has_both_languages_and_no_other(name):
    assert [key for key, words in group(name).items() if set(words) != set(LANGUAGES)] == []


@pytest.mark.parametrize("name", GROUPS)
def test_every_placeholder_is_in_both_languages(name):
    differing = [key for key, words in group(name).items() if placeholders(words["vi"]) != placeholders(words["en"])]
    assert differing == []


@pytest.mark.parametrize("name", GROUPS)
def test_every_word_is_composed_text_without_stray_spaces(name):
    texts = [(key, text) for key, words in group(name).items() for text in words.values()]
    assert [key for key, text in texts if text != unicodedata.normalize("NFC", text)] == []
    assert [key for key, text in texts if "  " in text or (text != text.strip() and not key.startswith(("heads.", "tails.")))] == []


def test_no_word_says_increased_times():
    assert [key for name, key in WORDS if re.search(r"tăng gấp|(tăng|giảm) [^,%]*\blần\b", group(name)[key]["vi"])] == []


@pytest.mark.parametrize(("kind", "codes"), CODES.items())
def test_every_code_has_a_name(kind, codes):
    assert [code for code in codes.split() if f"{kind}.{code}" not in group("codes")] == []


def test_only_the_two_agreed_symbols_are_symbols():
    assert term("codes.missing_symbol.nil") == "-"
    assert term("codes.missing_symbol.not_collected") == "..."


def test_a_term_fills_its_places_and_keeps_braces_of_the_values():
    assert term("sentences.growth.rise", pct="27,6%", same="{cùng kỳ}") == "tăng 27,6% so với {cùng kỳ}"


@pytest.mark.parametrize(("key", "lang"), [("sentences.no_such_word", "vi"), ("sentences.growth.rise", "fr")])
def test_a_word_that_is_not_there_is_named(key, lang):
    with pytest.raises(KeyError, match=f'no words for "{key}" in "{lang}"'):
        term(key, lang)
