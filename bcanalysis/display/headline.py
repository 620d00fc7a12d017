"""The first figures of a comparison in a few words each, for lists of reports."""

from __future__ import annotations

import pandas as pd

from bcanalysis.display import words
from bcanalysis.display.words import Row, known
from bcanalysis.wording.numbers import with_unit
from bcanalysis.wording.terms import term

_MOST = 4
_MARKED = ("estimate", "preliminary")
_NEEDED = {"value", "growth_pct", "growth_origin", "plan_pct", "plan_origin"}


def headline(comparison: pd.DataFrame, lang: str = "vi") -> list[dict[str, str]]:
    """Say the first figures of a comparison: value, growth, percent of plan.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of a comparison, one row a series.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    list of dict
        At most four, in the order given, each with the texts ``label``, ``value``, ``growth`` and ``plan``; a text is empty where
        there is no such figure. Estimates, and percents taken as printed, are marked as in the tables. A frame that is no
        comparison has none.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> exports = headline(bc.compare(bc.load(), "2018H1", indicators=["export_value"]))
    >>> list(exports[0].values())
    ['Kim ngạch xuất khẩu', 'ước 3.140 triệu USD', 'in +6,5%', '40,3% KH']
    """
    if not set(comparison.columns) >= _NEEDED:
        return []
    first = words.rows(comparison.head(_MOST))
    return [
        {
            "label": name,
            "value": _value(row, lang),
            "growth": _growth(row, lang),
            "plan": _plan(row, lang),
        }
        for row, name in zip(first, words.names_of(first, lang), strict=True)
    ]


def _value(row: Row, lang: str) -> str:
    if not known(row["value"]):
        return ""
    text = with_unit(words.value_text(row, lang), str(row[f"unit_{lang}"]))
    return _marked(text, row["status"], lang) if row["status"] in _MARKED else text


def _growth(row: Row, lang: str) -> str:
    if known(row["growth_pct"]):
        return _percent(row, "growth", lang, signed=True)
    return words.points_text(row["difference_pp"], lang) if known(row["difference_pp"]) else ""


def _plan(row: Row, lang: str) -> str:
    return term("display.of_plan", lang, pct=_percent(row, "plan", lang)) if known(row["plan_pct"]) else ""


def _percent(row: Row, stem: str, lang: str, signed: bool = False) -> str:
    if row[f"{stem}_origin"] == "printed":
        return _marked(words.printed_pct_text(row, stem, lang, signed), "printed", lang)
    return words.computed_pct_text(row, stem, lang, signed)


def _marked(text: str, mark: str, lang: str) -> str:
    return f"{term(f'display.mark.{mark}', lang)} {text}"
