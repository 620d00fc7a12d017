"""The parameters that a notebook declares, and whether what is handed to it fits them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any


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
