"""A notebook states a question and calls the library; it computes nothing itself."""

import ast
import json
from pathlib import Path

import pytest

import bcanalysis

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.GeneratorExp, ast.BinOp, ast.AugAssign, ast.With, ast.Try,
)  # fmt: skip
MASKS = (ast.BitAnd, ast.BitOr)  # choosing rows is no arithmetic


def cells(path: Path, kind: str | None = None) -> list[dict]:
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> Path:
    return request.param


def test_the_ten_reports_are_there():
    assert {path.stem for path in NOTEBOOKS} >= {
        "overview", "indicator", "market_surveillance", "administration", "data_quality", "trade_promotion", "industry_and_energy",
        "emulation", "second_half", "provinces",
    }  # fmt: skip


def test_it_opens_with_a_title_and_a_question_in_each_language(notebook):
    for cell, tag in zip(cells(notebook)[:2], ("lang-vi", "lang-en"), strict=True):
        assert tag in tags(cell)
        assert source(cell).startswith("# ")
        assert source(cell).endswith("?")


def test_every_text_stands_in_both_languages_side_by_side(notebook):
    texts = cells(notebook, "markdown")

    assert [tags(cell) for cell in texts] == [["lang-vi"], ["lang-en"]] * (len(texts) // 2)
    for vietnamese, english in zip(texts[::2], texts[1::2], strict=True):
        assert source(vietnamese).count("#") == source(english).count("#")


def test_one_tagged_cell_holds_the_parameters_each_with_a_comment(notebook):
    tagged = [cell for cell in cells(notebook) if "parameters" in tags(cell)]

    assert len(tagged) == 1
    lines = source(tagged[0]).splitlines()
    names = [line.split(" = ")[0] for line in lines]
    assert names[:4] == ["period", "area", "lang", "data"]
    assert all("  # " in line for line in lines)


def test_the_first_code_after_the_parameters_imports_the_library_and_nothing_else(notebook):
    code = cells(notebook, "code")

    assert "parameters" in tags(code[0])
    assert source(code[1]) == "import bcanalysis as bc"
    assert all("import" not in source(cell) for cell in code[2:])


def test_cells_are_short_and_plain(notebook):
    for cell in cells(notebook, "code"):
        assert len(source(cell).splitlines()) <= 10
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, MASKS):
                continue
            assert not isinstance(node, FORBIDDEN), f"{type(node).__name__} in: {source(cell)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "/" not in node.value, f"a path in: {source(cell)}"


def test_only_public_names_are_used(notebook):
    for cell in cells(notebook, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "bc":
                assert node.attr in bcanalysis.__all__


def test_it_says_something_before_and_after_its_code(notebook):
    kinds = [cell["cell_type"] for cell in cells(notebook)]

    assert kinds[0] == "markdown"
    assert kinds[-1] == "markdown"


def test_it_records_its_run_once(notebook):
    assert sum("bc.run_record(" in source(cell) for cell in cells(notebook, "code")) == 1


def test_no_outputs_are_stored(notebook):
    for cell in cells(notebook, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_the_kernel_is_named_so_that_papermill_can_run_it(notebook):
    metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]

    assert metadata["kernelspec"]["name"] == "python3"
