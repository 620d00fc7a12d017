"""Statements of a past report as proposed rows of ``observations.csv``: what can be entered, and why the rest cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bcanalysis.periods import Period
from bcanalysis.rounding import ABOUT, AT_LEAST, BELOW
from bcanalysis.wording.reading.reader import PastStatement
from bcanalysis.wording.written import numbers_in

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset

_BASES = (
    ("current", re.compile(r"giá (?:thực tế|hiện hành|TT|HH)", re.IGNORECASE)),
    ("constant_2010", re.compile(r"giá (?:so sánh|SS|cố định)(?: năm)?(?: 2010)?(?! ?(?:năm )?(?:19|20))", re.IGNORECASE)),
)
_SHORT = {
    "CCN": "cụm công nghiệp",
    "KCN": "khu công nghiệp",
    "DN": "doanh nghiệp",
    "HTX": "hợp tác xã",
    "TTHC": "thủ tục hành chính",
}
_KNOWN_WORDS = AT_LEAST | BELOW | ABOUT | {""}
_NEVER_PROPOSED = {"planned"}  # a plan is a row of plans.csv
_DOUBTFUL = frozenset({"separator", "basis_year", "unit_of_the_list"})  # what else is ambiguous has no number that could be entered
_QUALIFIERS = {
    "đúng": "",
    "vào khoảng": "khoảng",
    "xấp xỉ": "khoảng",
    "chừng": "khoảng",
    "ngót": "gần",
    "vượt": "trên",
    "quá": "trên",
}


@dataclass(frozen=True)
class Proposal:
    """A proposed row.

    Parameters
    ----------
    statement : PastStatement
        Where it comes from.
    row : dict or None
        Columns of ``observations.csv`` as texts; None where no row can be made.
    reason : str
        Why there is no row: ``no_indicator``, ``no_breakdown``, ``no_period``, ``plan``, ``ambiguous``, ``nothing_to_enter``,
        ``unit``, ``qualifier``.
    """

    statement: PastStatement
    row: dict[str, str] | None
    reason: str = ""


def proposed_observations(
    statements: Iterable[PastStatement],
    dataset: Dataset,
    source: str,
    area: str,
    stated_on: str = "",
    period: str | None = None,
    status: str = "unknown",
) -> list[Proposal]:
    """Turn statements into rows that may be entered, with the report as their source.

    Parameters
    ----------
    statements : iterable of PastStatement
        As they were read.
    dataset : Dataset
        The tables, for units and indicators.
    source : str
        Code of the report in ``sources.csv``.
    area : str
        Code of the area the report is about.
    stated_on : str
        The day of the report, blank if unknown.
    period : str, optional
        The period of statements that name none.
    status : str, default "unknown"
        What figures are of which the words do not say it.

    Returns
    -------
    list of Proposal
        One for each statement, in their order. Nothing is guessed: a unit that is not that of the indicator gives no row.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> from bcanalysis.wording.reading.names import names_of
    >>> from bcanalysis.wording.reading.reader import read_statements
    >>> dataset = bc.load()
    >>> text = "Kim ngạch xuất khẩu 6 tháng đầu năm 2018 ước đạt 3,14 tỷ USD, tăng 6,5% so với cùng kỳ."
    >>> [made] = proposed_observations(read_statements(text, names_of(dataset)), dataset, "bao-cao", "bac-giang")
    >>> {name: made.row[name] for name in ("indicator", "period", "value", "half_unit", "printed")}
    {'indicator': 'export_value', 'period': '2018H1', 'value': '3140', 'half_unit': '5', 'printed': '3,14 tỷ USD'}
    """
    catalogue = _Catalogue(dataset)
    told = {"area": area, "stated_on": stated_on, "source": source}
    return [_proposal(statement, catalogue, told, period, status) for statement in statements]


class _Catalogue:
    """Units, kinds and price bases of the indicators."""

    def __init__(self, dataset: Dataset) -> None:
        units, indicators, observations = dataset["units"], dataset["indicators"], dataset["observations"]
        self.names = list(units["name_vi"])
        by_unit: dict[str, tuple[str, Decimal, str]] = {
            str(code): (str(base), Decimal(str(factor)), str(name))
            for code, base, factor, name in zip(*(units[column] for column in ("code", "base", "factor", "name_vi")), strict=True)
        }
        self.unit = {code: by_unit[unit] for code, unit in zip(indicators["code"], indicators["unit"], strict=True)}
        self.kind = dict(zip(indicators["code"], indicators["kind"], strict=True))
        self.base_of = {name.casefold(): (base, factor) for base, factor, name in by_unit.values()}
        pairs = set(zip(observations["indicator"], observations["price_basis"], strict=True))
        self.priced = frozenset(indicator for indicator, basis in pairs if str(basis) != "not_applicable")

    def factor(self, statement: PastStatement) -> Decimal | None:
        """Give by how much a value counts in the unit of its indicator; None if it is another kind of thing."""
        base, factor, name = self.unit[statement.indicator]
        if statement.unit is None:
            return Decimal(1) if statement.value == 0 else None
        if f"{_SHORT.get(statement.unit, statement.unit)} ".casefold().startswith(f"{name} ".casefold()):
            return Decimal(1)  # "826 vụ vi phạm" are vụ
        text = f"1 {statement.unit}"
        number = next((one for one in numbers_in(text, self.names) if one.kind == "figure" and one.end == len(text)), None)
        if number is None or (number.name and self.base_of.get(number.name, (None,))[0] != base):
            return None
        if not number.name and not (base == "vnd" and number.scale):  # "66.148 tỷ" of money in dong
            return None
        own = self.base_of.get(number.name, (base, Decimal(1)))[1]
        return Decimal(1).scaleb(number.scale) * own / factor


def _proposal(
    statement: PastStatement, catalogue: _Catalogue, told: Mapping[str, str], period: str | None, status: str
) -> Proposal:
    when = statement.period or period
    if statement.indicator is None:
        return Proposal(statement, None, "no_indicator")
    if statement.breakdown is None:
        return Proposal(statement, None, "no_breakdown")
    if when is None:
        return Proposal(statement, None, "no_period")
    if statement.status in _NEVER_PROPOSED:
        return Proposal(statement, None, "plan")
    empty = statement.value is None and statement.growth_pct is None and statement.plan_pct is None
    if (empty and statement.ambiguous) or _DOUBTFUL.intersection(statement.ambiguous):
        return Proposal(statement, None, "ambiguous")
    if empty:
        return Proposal(statement, None, "nothing_to_enter")
    cells = dict(_value(statement, catalogue))
    if statement.value is not None and not cells:
        return Proposal(statement, None, "unit")
    if not {_word(word) for word in (statement.qualifier, statement.growth_qualifier, statement.plan_qualifier)} <= _KNOWN_WORDS:
        return Proposal(statement, None, "qualifier")
    span = Period.parse(when)
    row = {
        **told,
        "indicator": statement.indicator,
        "breakdown": statement.breakdown,
        "price_basis": _price_basis(statement, catalogue),
        "period": span.name,
        "window_start": span.start.isoformat(),
        "window_end": span.end.isoformat(),
        "window_origin": "inferred",
        "qualifier": _word(statement.qualifier),
        "status": statement.status or status,
        "missing": "" if cells else "not_printed",
        **cells,
        **dict(_growth(statement)),
        **dict(_plan(statement)),
    }
    return Proposal(statement, row)


def _value(statement: PastStatement, catalogue: _Catalogue) -> Iterator[tuple[str, str]]:
    if statement.value is None and catalogue.kind[statement.indicator] == "rate" and statement.growth_pct is not None:
        yield from _number("value", "half_unit", statement.growth_pct, Decimal(1))
    factor = None if statement.value is None else catalogue.factor(statement)
    if statement.value is not None and factor is not None:
        yield from _number("value", "half_unit", statement.value, factor)
        yield "printed", statement.printed or ""


def _growth(statement: PastStatement) -> Iterator[tuple[str, str]]:
    if statement.growth_pct is None:
        return
    form = "index" if statement.index_pct is not None else "multiple" if statement.ratio is not None else "rate"
    yield from _number("growth_pct", "growth_half_unit", statement.growth_pct, Decimal(1), 100 if form == "multiple" else 1)
    yield "growth_form", form
    yield "growth_qualifier", _word(statement.growth_qualifier)


def _plan(statement: PastStatement) -> Iterator[tuple[str, str]]:
    if statement.plan_pct is not None:
        yield from _number("plan_pct", "plan_half_unit", statement.plan_pct, Decimal(1))
        yield "plan_form", "percent" if statement.plan_over_pct is None else "excess"
        yield "plan_qualifier", _word(statement.plan_qualifier)


def _word(qualifier: str | None) -> str:
    """Give a word before a number as the tables know it."""
    return _QUALIFIERS.get(qualifier or "", qualifier or "")


def _number(name: str, half: str, value: Decimal, factor: Decimal, printed_in: int = 1) -> Iterator[tuple[str, str]]:
    """Give a number and half of its last printed digit; a multiple is printed in hundreds of percent."""
    exponent = (value / printed_in).as_tuple().exponent if printed_in != 1 else value.as_tuple().exponent
    last = min(exponent, 0) if isinstance(exponent, int) else 0
    yield name, _plain(value * factor)
    yield half, _plain(Decimal(5).scaleb(last - 1) * factor * printed_in)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _price_basis(statement: PastStatement, catalogue: _Catalogue) -> str:
    words = f"{statement.indicator_text or ''} {statement.text}"
    told = next((code for code, pattern in _BASES if pattern.search(words)), None)
    return told or ("not_stated" if statement.indicator in catalogue.priced else "not_applicable")
