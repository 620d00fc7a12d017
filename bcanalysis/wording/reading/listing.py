"""Statements found in a report, listed for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcanalysis.wording.numbers import format_number, format_percent, with_unit
from bcanalysis.wording.reading.reader import PastStatement
from bcanalysis.wording.terms import term

_LONGEST = 160


def listing(statements: Sequence[PastStatement], lang: str = "vi") -> str:
    """List statements, each with its words and their place.

    Parameters
    ----------
    statements : sequence of PastStatement
        As they were read.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        Three lines for each statement, and a line that counts them.

    Examples
    --------
    >>> from bcanalysis.wording.reading.reader import read_statements
    >>> print(listing(read_statements("Kim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ.")))
    Kim ngạch xuất khẩu
        3.140 triệu USD · tăng 6,5% so với cùng kỳ · ước tính
        “Kim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ” (ký tự 0–69)
    Tìm thấy 1 số liệu, 0 thuộc danh mục chỉ tiêu, 0 cần xem lại.
    """
    if not statements:
        return term("reading.none", lang)
    lines = [line for statement in statements for line in _lines(statement, lang)]
    known = sum(statement.indicator is not None for statement in statements)
    unclear = sum(bool(statement.ambiguous) for statement in statements)
    return "\n".join([*lines, term("reading.found", lang, count=len(statements), known=known, unclear=unclear)])


def _lines(statement: PastStatement, lang: str) -> Iterator[str]:
    name = statement.indicator_text or term("reading.no_name", lang)
    code = "" if statement.indicator is None else f" [{statement.indicator}{_part(statement)}]"
    yield f"{' '.join(name.split())}{code}"
    yield "    " + " · ".join(_said(statement, lang))
    words = " ".join(statement.text.split())
    shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    yield "    " + term("reading.place", lang, text=shown, start=statement.start, end=statement.end)


def _part(statement: PastStatement) -> str:
    return "" if statement.breakdown in {None, "total"} else f".{statement.breakdown}"


def _said(statement: PastStatement, lang: str) -> Iterator[str]:
    if statement.value is not None:
        amount = with_unit(format_number(statement.value, lang=lang), statement.unit or "")
        yield f"{statement.qualifier} {amount}" if statement.qualifier else amount
    if statement.growth_pct is not None:
        form = "flat" if statement.growth_pct == 0 else "rise" if statement.growth_pct > 0 else "fall"
        yield term(f"reading.{form}", lang, pct=format_percent(abs(statement.growth_pct), lang=lang))
    if statement.ratio is not None:
        yield term("reading.times", lang, times=format_number(statement.ratio, lang=lang))
    if statement.plan_pct is not None:
        yield term("reading.plan", lang, pct=format_percent(statement.plan_pct, lang=lang))
    if statement.change is not None:
        amount = with_unit(format_number(abs(statement.change), lang=lang), statement.change_unit or "")
        yield term(f"reading.{'more' if statement.change >= 0 else 'less'}", lang, amount=amount)
    if statement.period is not None:
        yield statement.period
    if statement.status is not None:
        yield term(f"reading.status.{statement.status}", lang)
    for unclear in statement.ambiguous:
        yield term(f"reading.unclear.{unclear}", lang)
