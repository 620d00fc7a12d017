"""The names that other people's notebooks and scripts may rely on: a change here is a decision, and is told in the changelog."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import bcanalysis

ROOT = Path(__file__).parents[2]
# Name, and its parameters: those after the star are given by name. A parameter may be added at the end, or by name, with a default.
PUBLIC = {
    "across": "dataset, period, indicators, areas, *, merged",
    "chart": "frame, kind, lang, **options",
    "compare": "dataset, period, area, *, as_of, themes, indicators, headline",
    "conflicts": "dataset, period, area, indicator, *, as_of, view",
    "contributions": "dataset, comparison, indicator, dimension, price_basis",
    "explore": "dataset, period, area, lang, **choice",
    "gaps": "dataset, period, area, themes",
    "growth_vs_prior_year": "levels",
    "history": "dataset, indicator, period, area, breakdown, *, as_of",
    "identities": "dataset, period, area, *, themes, as_of",
    "load": "folder, as_of",
    "official_report": "dataset, period, area, lang, outline",
    "pace_to_plan": "comparison",
    "percent_of_annual_plan": "value, plan",
    "readings": "comparison",
    "run_record": "dataset, figures, *, themes, **parameters",
    "second_half": "dataset, comparison, *, as_of",
    "sentences": "comparison, lang",
    "table": "frame, title, lang, columns",
    "table_comparison": "comparison, lang",
}


def parameters_of(function: Any) -> str:
    """Write the parameters of a function as they are called."""
    plain = [one.replace(annotation=inspect.Parameter.empty) for one in inspect.signature(function).parameters.values()]
    bare = [one if one.default is inspect.Parameter.empty else one.replace(default=inspect.Parameter.empty) for one in plain]
    return str(inspect.Signature(bare)).strip("()")


def test_there_are_twenty_names_and_these_are_they():
    assert len(PUBLIC) == 20
    assert {name: parameters_of(getattr(bcanalysis, name)) for name in bcanalysis.__all__} == PUBLIC
    assert list(bcanalysis.__all__) == sorted(PUBLIC)
    assert dir(bcanalysis) == sorted([*PUBLIC, "__version__"])


@pytest.mark.parametrize("name", PUBLIC)
def test_every_parameter_and_result_has_its_type(name: str):
    signature = inspect.signature(getattr(bcanalysis, name))

    assert signature.return_annotation is not inspect.Signature.empty
    assert [one.name for one in signature.parameters.values() if one.annotation is inspect.Parameter.empty] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_the_example_of_every_name_runs(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    function = getattr(bcanalysis, name)
    space = dict(vars(inspect.getmodule(function)))
    [found] = doctest.DocTestFinder(recurse=False).find(function, name, globs=space)

    assert found.examples
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found).failed == 0


def test_who_checks_types_sees_the_names_that_are_loaded_on_first_use():
    tree = ast.parse((ROOT / "bcanalysis" / "__init__.py").read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: line.module for line in block.body if isinstance(line, ast.ImportFrom) for alias in line.names}

    assert files("bcanalysis").joinpath("py.typed").is_file()
    assert seen == bcanalysis._ROOM_OF
    assert set(seen) == set(PUBLIC)


def test_the_notebooks_and_the_readme_use_public_names_only():
    texts = [path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "notebooks").glob("*.ipynb")]]
    used = {name for text in texts for name in re.findall(r"\bbc\.([a-z_]\w*)", text)}

    assert used - set(PUBLIC) == set()
    assert "compare" in used
