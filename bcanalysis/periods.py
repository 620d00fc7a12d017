"""The period of a figure: a year, or a run of whole months inside one year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bcanalysis.errors import UsageError

FIRST_YEAR = 1900
_FORM = re.compile(
    r"(?P<year>(?:19|20)\d{2})"
    r"(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|M(?P<first>0[1-9]|1[0-2])(?:-M(?P<last>0[1-9]|1[0-2]))?)?"
)


@dataclass(frozen=True, order=True)
class Period:
    """A year, half-year, quarter, month or run of months inside one year.

    Parameters
    ----------
    year : int
        Calendar year.
    first_month, last_month : int
        First and last month, 1 to 12, both inside the period.

    Raises
    ------
    UsageError
        If the months are not an ascending run inside one year.

    Examples
    --------
    >>> half = Period.parse("2018H1")
    >>> str(half.prior_year), half.start.isoformat(), half.end.isoformat()
    ('2017H1', '2018-01-01', '2018-06-30')
    >>> str(Period.parse("2018M01-M06")), str(Period(2018, 1, 12)), str(Period(2018, 5, 5))
    ('2018H1', '2018', '2018M05')
    """

    year: int
    first_month: int
    last_month: int

    def __post_init__(self) -> None:
        """Refuse months that are no ascending run."""
        if not 1 <= self.first_month <= self.last_month <= 12:
            raise UsageError(
                f"period: got months {self.first_month} to {self.last_month}; expected a first month not after the last"
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from its name.

        Parameters
        ----------
        text : str
            ``2018``, ``2018H1``, ``2018Q2``, ``2018M06`` or ``2018M01-M05``.

        Returns
        -------
        Period
            The period; ``2018M01-M06`` and ``2018H1`` are the same one.

        Raises
        ------
        UsageError
            If the text is none of these forms.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise UsageError(
                f'period: got "{text}"; expected a year, half-year, quarter, month or run of months, '
                "such as 2018, 2018H1, 2018Q2, 2018M06 or 2018M01-M05"
            )
        year = int(match["year"])
        if match["half"]:
            half = int(match["half"])
            return cls(year, 6 * half - 5, 6 * half)
        if match["quarter"]:
            quarter = int(match["quarter"])
            return cls(year, 3 * quarter - 2, 3 * quarter)
        if match["first"]:
            return cls(year, int(match["first"]), int(match["last"] or match["first"]))
        return cls(year, 1, 12)

    @cached_property
    def name(self) -> str:
        """The shortest name of the period."""
        first, last = self.first_month, self.last_month
        if (first, last) == (1, 12):
            return f"{self.year}"
        if (first, last) in {(1, 6), (7, 12)}:
            return f"{self.year}H{last // 6}"
        if last - first == 2 and last % 3 == 0:
            return f"{self.year}Q{last // 3}"
        return f"{self.year}M{first:02d}" + (f"-M{last:02d}" if last > first else "")

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def prior_year(self) -> Period:
        """The same months of the year before."""
        return Period(self.year - 1, self.first_month, self.last_month)

    @property
    def months(self) -> int:
        """How many months the period has."""
        return self.last_month - self.first_month + 1

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    def rest_of_year(self) -> Period | None:
        """Give the months of the year after this period, or None at the end of the year."""
        return Period(self.year, self.last_month + 1, 12) if self.last_month < 12 else None
