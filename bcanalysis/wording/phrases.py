"""The parts of a sentence alone, for a text that somebody else writes around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bcanalysis.wording.labels import inside
from bcanalysis.wording.sentences import growth_clause, plan_clause, sentence
from bcanalysis.wording.statement import Row, Statement, qualified
from bcanalysis.wording.terms import term


def _number(statement: Statement) -> str:
    if statement.value is None:
        return ""
    return qualified(statement.text("qualifier"), statement.digits(statement.value, statement.decimals), statement.lang)


def _name(statement: Statement) -> str:
    name, basis = inside(statement.label), statement.word("price_basis")
    if statement.text("breakdown") not in {None, "total"} and (part := statement.word("breakdown")):
        name += f" – {part}"
    return f"{name} ({basis})" if basis and statement.text("price_basis") != "not_applicable" else name


_PARTS: Mapping[str, Callable[[Statement], str]] = {
    "value": Statement.value_amount,
    "number": _number,
    "growth": growth_clause,
    "plan": plan_clause,
    "name": _name,
    "unit": lambda statement: statement.word("unit"),
    "window": lambda statement: statement.when.until or statement.when.words,
}
FORMS = (*_PARTS, "sentence")


def phrase(row: Row, form: str, lang: str = "vi") -> str:
    """Put one thing that a row of a comparison says into words.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a comparison, as for :func:`bcanalysis.wording.sentences.sentence`.
    form : str
        One of ``FORMS``: value, number, growth, plan, name, unit, window (all as they stand inside a sentence), or the whole
        sentence without its full stop.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        The words; empty where the row does not say it.

    Raises
    ------
    UsageError
        If the language is unknown, or the row has no period or no name of an indicator.

    Examples
    --------
    >>> row = {"label_vi": "Đại biểu", "period": "2018H1", "kind": "count", "value": 600.0, "half_unit": 0.5,
    ...        "qualifier": "trên", "unit_vi": "đại biểu"}
    >>> phrase(row, "value"), phrase(row, "number"), phrase(row, "growth")
    ('trên 600 đại biểu', 'trên 600', '')
    """
    return sentence(row, lang).removesuffix(".") if form == "sentence" else _PARTS[form](Statement(row, lang))


def reason_absent(row: Row, form: str) -> str:
    """Say in English, the language of faults, why a row has no words of a form.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a comparison.
    form : str
        One of ``FORMS``.

    Returns
    -------
    str
        The words of the reason code, such as ``no annual plan on file``.

    Examples
    --------
    >>> reason_absent({"label_en": "Exports", "period": "2018H1", "plan_reason": "no_plan"}, "plan")
    'no annual plan on file'
    """
    statement = Statement(row, "en")
    kind, code = ("reason", f"{form}_reason") if form in {"growth", "plan"} else ("missing", "missing")
    usual = {"growth": "no_prior", "plan": "no_plan"}.get(form, "unknown")
    return term(f"codes.{kind}.{statement.text(code) or usual}", "en")
