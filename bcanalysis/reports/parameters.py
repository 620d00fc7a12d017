"""The parameters of notebooks: what each declares, and what a parameter of a name may hold.

`KINDS` is the one declaration of that: the command line checks by it what is typed, and the form of `bcanalysis.explore` offers
what it allows.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bcanalysis.errors import UsageError, nearest
from bcanalysis.periods import Period


@dataclass(frozen=True)
class Kind:
    """What a parameter holds.

    Parameters
    ----------
    of : {"period", "day", "area", "indicator", "price_basis", "lang"}
        A period, a day, or a code of what is on file.
    many : bool
        Whether it is a list of them, parted by blanks.
    """

    of: str
    many: bool = False

    def parts(self, text: str) -> tuple[str, ...]:
        """Part what was typed."""
        return tuple(text.split()) if self.many else (text,)


KINDS: Mapping[str, Kind] = {
    "period": Kind("period"),
    "other_periods": Kind("period", many=True),
    "area": Kind("area"),
    "other_areas": Kind("area", many=True),
    "indicator": Kind("indicator"),
    "indicators": Kind("indicator", many=True),
    "price_basis": Kind("price_basis"),
    "as_of": Kind("day"),
    "lang": Kind("lang"),
}


def check_parameter(name: str, text: str, known: Mapping[str, Collection[str]], default: object = None) -> None:
    """Refuse what a parameter of a name cannot hold; any other name may hold anything.

    Parameters
    ----------
    name : str
        Name of the parameter.
    text : str
        What was typed or chosen.
    known : mapping of str to collection of str
        The codes on file by what they are codes of, such as ``area``.
    default : object
        The notebook's own value; if that is blank, a blank is allowed.

    Raises
    ------
    UsageError
        If it is no period, no day, or an unknown code; the nearest is suggested.

    Examples
    --------
    >>> check_parameter("other_areas", "bac-giang bac-nin", {"area": ["bac-giang", "bac-ninh"]})
    Traceback (most recent call last):
    bcanalysis.errors.UsageError: parameter other_areas: got "bac-nin"; expected a known area. Did you mean "bac-ninh"?
    """
    kind = KINDS.get(name)
    if kind is None or (not text.strip() and default == ""):
        return
    for part in kind.parts(text):
        _check(name, part, kind, known)


def _check(name: str, part: str, kind: Kind, known: Mapping[str, Collection[str]]) -> None:
    if kind.of == "period":
        Period.parse(part)
    elif kind.of == "day":
        from bcanalysis.dataset.vintages import read_day

        read_day(part)
    elif part not in known.get(kind.of, ()):
        raise UsageError(f'parameter {name}: got "{part}"; expected a known {kind.of}. {nearest(part, known.get(kind.of, ()))}')


def declared_parameters(source: str) -> dict[str, Any]:
    """Read the names and defaults of a cell of parameters.

    Parameters
    ----------
    source : str
        Its code: assignments of literals.

    Returns
    -------
    dict of str to object
        Defaults by name.

    Raises
    ------
    ValueError
        If it holds anything else.
    """
    try:
        return {_target(statement): ast.literal_eval(statement.value) for statement in ast.parse(source).body}  # type: ignore[attr-defined]
    except (SyntaxError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _target(statement: ast.stmt) -> str:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    raise ValueError("no assignment to one name")


def mismatch(declared: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Say which parameters are not declared, or declared as something else.

    Parameters
    ----------
    declared : mapping of str to object
        Defaults by name.
    given : mapping of str to object
        What is handed to the notebook.

    Returns
    -------
    str
        What is wrong; empty when all fits.

    Examples
    --------
    >>> mismatch({"period": "2018H1"}, {"period": 2018})
    "parameter period: got 2018; expected str, such as '2018H1'"
    >>> mismatch({"period": "2018H1"}, {"perod": "2018H1"})
    'parameter: got perod; expected some of period'
    """
    unknown = [name for name in given if name not in declared]
    if unknown:
        return f"parameter: got {', '.join(unknown)}; expected some of {', '.join(declared)}"
    return "; ".join(
        f"parameter {name}: got {value!r}; expected {type(declared[name]).__name__}, such as {declared[name]!r}"
        for name, value in given.items()
        if not _fits(value, declared[name])
    )


def _fits(value: object, default: object) -> bool:
    """Tell whether a value is of the kind of its default; a whole number also serves for a fraction, and None says nothing."""
    if default is None or value is None:
        return True
    return type(value) is type(default) or (isinstance(default, float) and type(value) is int)
