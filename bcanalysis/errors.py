"""The few errors a caller can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class BcError(Exception):
    """Base of every error this package raises on purpose; its text is fit to be shown to a user."""


class UsageError(BcError, ValueError):
    """The call itself is wrong: an unknown name, an impossible period, a parameter of the wrong type."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a table: where it is, what was got, what was expected, and how to mend it.

    Parameters
    ----------
    table : str
        File name of the table.
    row : int
        Line in the file (the header is line 1); 0 when the fault is of the whole table.
    column : str
        Column name, or an empty text.
    got : str
        What stands there.
    expected : str
        What should stand there.
    hint : str
        How to mend it.
    severity : {"error", "warning"}
        Warnings are reported and stop nothing.
    """

    table: str
    row: int
    column: str
    got: str
    expected: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        """Say the fault in one line."""
        place = self.table + (f", line {self.row}" if self.row else "") + (f", {self.column}" if self.column else "")
        text = f"{place}: got {self.got}; expected {self.expected}"
        return f"{text}. {self.hint}" if self.hint else text


class DataError(BcError, ValueError):
    """The tables have faults; all of them are in `faults`, in the order of file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the data:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


def nearest(name: str, known: Iterable[str]) -> str:
    """Suggest the known name nearest to a misspelt one.

    Parameters
    ----------
    name : str
        What was typed.
    known : iterable of str
        The valid names.

    Returns
    -------
    str
        A sentence: the nearest name if one is near, else the first valid names.

    Examples
    --------
    >>> nearest("exprot_value", ["export_value", "import_value"])
    'Did you mean "export_value"?'
    >>> nearest("zzz", ["b", "a"])
    'Known: a, b.'
    """
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f'Did you mean "{close[0]}"?'
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"Known: {shown}."
