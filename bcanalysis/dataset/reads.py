"""Which rows a process has asked for, so that a report is made again when one of them changes, and left alone when none does.

The log of this module is the one piece of state that the library keeps of a report. A kernel makes one report, and what its cells
call gives back plain frames that cannot carry where they come from: only the process itself can say what was read for the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

Codes = tuple[str, ...] | None


@dataclass(frozen=True)
class Selection:
    """The rows of a table that a question is about, those among them that do not stand there yet.

    Parameters
    ----------
    table : str
        ``statements`` (as read after corrections), ``places`` (which figures stand on file, without what they say) or a table of
        the dataset.
    area, period, indicator, breakdown : tuple of str, optional
        Only these codes; None is any. The period of a plan is its year.
    ended_before : str, optional
        Only windows that ended before this day, such as ``2018-06-30``.
    """

    table: str
    area: Codes = None
    period: Codes = None
    indicator: Codes = None
    breakdown: Codes = None
    ended_before: str | None = None

    def __post_init__(self) -> None:
        """Make equal what asks for the same."""
        for name in CODED:
            codes = getattr(self, name)
            if codes is not None:
                object.__setattr__(self, name, tuple(sorted(set(codes))))

    @property
    def is_everything(self) -> bool:
        """Whether the table is asked for without a limit."""
        return self == Selection(self.table)

    def contains(self, other: Selection) -> bool:
        """Tell whether whatever the other one reaches is reached by this one too."""
        codes = [(getattr(self, name), getattr(other, name)) for name in CODED]
        return (
            self.table == other.table
            and self.ended_before in (None, other.ended_before)
            and all(mine is None or (theirs is not None and set(theirs) <= set(mine)) for mine, theirs in codes)
        )


CODED = ("area", "period", "indicator", "breakdown")
ELSEWHERE = "elsewhere"

_log: set[Selection] = set()
_folders: set[str] = set()


def note(selection: Selection) -> None:
    """Note that rows were asked for.

    Parameters
    ----------
    selection : Selection
        Which ones.
    """
    _log.add(selection)


def opened(folder: str) -> None:
    """Note which folder tables come from; a selection does not say, and so what comes from a second folder is not known at all.

    Parameters
    ----------
    folder : str
        The folder.
    """
    _folders.add(folder)
    if len(_folders) > 1:
        note(Selection(ELSEWHERE))


def forget() -> None:
    """Begin anew, as a process does that will make another report."""
    _log.clear()
    _folders.clear()


def asked() -> tuple[Selection, ...]:
    """List what this process has asked for since it began or last forgot.

    Returns
    -------
    tuple of Selection
        In a fixed order, without those that another one contains.
    """
    every = [one for one in _log if () not in (getattr(one, name) for name in CODED)]
    widest = [one for one in every if not any(other is not one and other.contains(one) for other in every)]
    return tuple(sorted(widest, key=_line))


def told() -> str:
    """Write down what this process has asked for.

    Returns
    -------
    str
        JSON on one line, for :func:`from_told`.

    Examples
    --------
    >>> forget()
    >>> note(Selection("plans", area=("bac-giang",), period=("2018",)))
    >>> told()
    '[{"table": "plans", "area": ["bac-giang"], "period": ["2018"]}]'
    >>> from_told(told()) == asked()
    True
    """
    return f"[{', '.join(map(_line, asked()))}]"


def from_told(text: str) -> tuple[Selection, ...]:
    """Read what :func:`told` has written.

    Parameters
    ----------
    text : str
        JSON.

    Returns
    -------
    tuple of Selection
        The selections.
    """
    return tuple(Selection(**given) for given in json.loads(text))


def _line(selection: Selection) -> str:
    given = {field.name: getattr(selection, field.name) for field in fields(selection)}
    return json.dumps({name: limit for name, limit in given.items() if limit is not None})
