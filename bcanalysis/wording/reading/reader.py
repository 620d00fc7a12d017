"""From the text of a report to its statements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bcanalysis.wording.reading.fact import Fact
from bcanalysis.wording.reading.names import Names
from bcanalysis.wording.reading.statements import Context, Draft, drafts_in, is_thing
from bcanalysis.wording.reading.tidy import Stretch, paragraphs, sentences
from bcanalysis.wording.reading.when import months_in, period_of, year_in

_TITLE = re.compile(r"(?:báo cáo|kết quả|tình hình|nhiệm vụ|đánh giá|phần thứ|sơ kết|tổng kết)", re.IGNORECASE)
_LONGEST_HEADING = 140


@dataclass(frozen=True)
class PastStatement:
    """A statement found in a report.

    Parameters
    ----------
    text : str
        The exact words.
    start, end : int
        Their place in the composed (NFC) text: ``text`` is that text from `start` to `end`.
    indicator_text : str or None
        The words that name the indicator; in a list without words of its own, those it hangs on.
    indicator, breakdown : str or None
        Codes of the catalogue, where the words are known.
    value : decimal.Decimal or None
        The number as printed, in its unit as printed: "16 nghìn 800 tỷ" is 16800 tỷ.
    unit : str or None
        The unit as printed.
    qualifier : str or None
        The word before the value, such as ``trên``.
    growth_pct : decimal.Decimal or None
        Against the same period of the prior year; negative for a fall.
    growth_basis : str or None
        What it is printed to be against; None if that is not said.
    ratio : decimal.Decimal or None
        How many times the prior year it is.
    index_pct : decimal.Decimal or None
        The prior year being 100.
    plan_pct, plan_over_pct : decimal.Decimal or None
        Percent of the plan, and by how much the plan is exceeded.
    period : str or None
        Code of the period where one is stated.
    status : str or None
        ``estimate``, ``preliminary``, ``planned``, ``forecast``, ``registered`` or ``proposed``.
    change : decimal.Decimal or None
        A change in a unit, "tăng 1.200 tỷ đồng", negative for a fall.
    change_unit : str or None
        Its unit.
    growth_qualifier, plan_qualifier : str or None
        The words before the percents.
    printed : str or None
        The digits and unit of the value as they stand in the text.
    ambiguous : tuple of str
        What is not clear: ``ambiguous_multiple``, ``ambiguous_flat``, ``separator``, ``range``, ``basis_year``, ``other_basis``,
        ``unit_of_the_list``.
    """

    text: str
    start: int
    end: int
    indicator_text: str | None = None
    indicator: str | None = None
    breakdown: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    growth_pct: Decimal | None = None
    growth_basis: str | None = None
    ratio: Decimal | None = None
    index_pct: Decimal | None = None
    plan_pct: Decimal | None = None
    plan_over_pct: Decimal | None = None
    period: str | None = None
    status: str | None = None
    change: Decimal | None = None
    change_unit: str | None = None
    growth_qualifier: str | None = None
    plan_qualifier: str | None = None
    printed: str | None = None
    ambiguous: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Give the statement as JSON knows it.

        Returns
        -------
        dict
            All fields; numbers as int or float, what is missing as None.
        """
        told = {name: _plain(value) for name, value in vars(self).items()}
        return told | {"ambiguous": list(self.ambiguous)}


def read_statements(text: str, names: Names | None = None) -> list[PastStatement]:
    """Find the statements in the prose of a report.

    Parameters
    ----------
    text : str
        The text; places are counted in its composed form (NFC).
    names : Names, optional
        The names of the catalogue; without them no indicator is recognised.

    Returns
    -------
    list of PastStatement
        In the order of the text.

    Examples
    --------
    >>> found = read_statements("Kim ngạch xuất khẩu ước đạt 3.140 triệu USD, tăng 6,5% so với cùng kỳ, đạt 40,3% kế hoạch năm.")
    >>> [(one.indicator_text, str(one.value), one.unit, str(one.growth_pct), str(one.plan_pct), one.status) for one in found]
    [('Kim ngạch xuất khẩu', '3140', 'triệu USD', '6.5', '40.3', 'estimate')]
    """
    text = unicodedata.normalize("NFC", text)
    context = Context()
    titled: tuple[tuple[int, int] | None, int | None] = (None, None)
    found: list[PastStatement] = []
    for paragraph in paragraphs(text):
        context.subject, context.months, context.year = "", *titled
        told = [one for sentence in sentences(paragraph) for one in _statements(text, sentence, context, names)]
        found += told
        if not told and len(paragraph.text) <= _LONGEST_HEADING:
            if _TITLE.search(paragraph.text) and year_in(paragraph.text) is not None:
                titled = (months_in(paragraph.text) or titled[0], year_in(paragraph.text))
            context.heading = "" if paragraph.text.endswith((".", ";", ",")) else _heading(paragraph.text)
    return found


def _heading(words: str) -> str:
    return re.sub(r"^[\W\d]*(?:[IVX]+\.|[a-zđ]\))?\s*|[\s.:;]+$", "", words)


def _statements(text: str, sentence: Stretch, context: Context, names: Names | None) -> Iterator[PastStatement]:
    for draft in drafts_in(sentence, context):
        if names is not None:
            found = names.of(draft.subject, draft.wide, _thing(draft), draft.parent.codes if draft.parent else (None, None))
            draft.codes = (None, None) if names.is_rate(found.codes) and _is_of_amounts(draft) else found.codes
            if found.length and draft.places is not None and draft.places[0] + found.first < draft.places[1]:
                first, subject = draft.places[0] + found.first, draft.places[1]
                draft.subject = sentence.text[first : subject + len(draft.subject)]
                draft.start = min(draft.start, first)
        start, end = sentence.span(draft.start, draft.end)
        yield _finished(draft, text[start:end], start, end, draft.codes)


def _finished(draft: Draft, words: str, start: int, end: int, codes: tuple[str | None, str | None]) -> PastStatement:
    value, growth, plan, ratio, change = draft.value, draft.growth, draft.plan, draft.ratio, draft.change
    pct = None if growth is None else growth.number
    index = pct if growth is not None and growth.role == "index" else None
    if index is not None:
        pct = index - 100
    times = None if ratio is None else ratio.number
    if pct is None and ratio is not None and ratio.role == "ratio" and times is not None and "other_basis" not in draft.notes:
        pct = (times - 1) * 100
    over = plan.number if plan is not None and plan.role == "over" else None
    share = over + 100 if over is not None else None if plan is None else plan.number
    qualifier = None
    if value is not None:
        qualifier = value.qualifier or ("vượt" if value.verb == "beyond" else None)
    against = next((fact.base.text for fact in (growth, ratio) if fact is not None and fact.base is not None), None)
    return PastStatement(
        text=words,
        start=start,
        end=end,
        indicator_text=draft.subject or (draft.after if value is not None else "") or None,
        indicator=codes[0],
        breakdown=codes[1],
        value=None if value is None else value.number,
        unit=_unit(value) or None,
        qualifier=_lower(qualifier),
        growth_pct=pct,
        growth_basis=None
        if against is None
        else re.sub(r"^(?:nếu |khi |mà )?(?:so )?(?:sánh )?(?:với )?(?:của )?", "", against, flags=re.I) or None,
        ratio=times,
        index_pct=index,
        plan_pct=share,
        plan_over_pct=over,
        period=period_of(draft.months if draft.dated or draft.status not in {"planned", "forecast"} else None, draft.year),
        status=draft.status,
        change=_signed(change),
        change_unit=_unit(change) or None,
        growth_qualifier=_lower((growth or ratio).qualifier) if growth or ratio else None,  # type: ignore[union-attr]
        plan_qualifier=_lower(plan.qualifier) if plan else None,
        printed=None if value is None or value.token.kind == "nothing" else value.token.text,
        ambiguous=tuple(dict.fromkeys(draft.notes)),
    )


def _is_of_amounts(draft: Draft) -> bool:
    return any(fact is not None and _unit(fact) for fact in (draft.value, draft.change))


def _thing(draft: Draft) -> str:
    value = draft.value
    if value is None or not (is_thing(value) or value.token.kind == "nothing"):
        return ""
    return f"{value.token.unit} {draft.after}".strip()


def _unit(fact: Fact | None) -> str:
    return "" if fact is None else fact.token.unit


def _signed(change: Fact | None) -> Decimal | None:
    if change is None or change.number is None:
        return None
    return -change.number if change.verb == "fall" else change.number


def _lower(word: str | None) -> str | None:
    return word.casefold() if word else None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
