"""The grammar of international addresses costs nobody anything until somebody checks one."""

import importlib.util
import subprocess
import sys

import pytest

INSTALLED = importlib.util.find_spec("rfc3987_syntax") is not None  # JupyterLab brings it


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("imported", ["nbformat", "bcanalysis.reports.batch", "plotly.graph_objects, plotly.io._renderers"])
def test_nothing_of_ours_builds_the_grammar(imported):
    said = run(f"import sys, bcanalysis, {imported}; print('jsonschema' in sys.modules, 'lark' in sys.modules)")
    assert said == "True False\n"


@pytest.mark.skipif(not INSTALLED, reason="without JupyterLab there is no grammar to put off")
def test_who_checks_an_address_still_gets_the_real_grammar():
    code = (
        "import sys, bcanalysis, jsonschema\n"
        "checker = jsonschema.FormatChecker(['iri'])\n"
        "print(checker.conforms('https://bắcgiang.gov.vn/', 'iri'), checker.conforms('không phải', 'iri'))\n"
        "import rfc3987_syntax; print(rfc3987_syntax.__name__, rfc3987_syntax.Lark.__name__)"
    )
    assert run(code).splitlines() == ["True False", "rfc3987_syntax Lark"]
