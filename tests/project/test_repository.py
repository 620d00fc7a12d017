import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_no_file_of_the_project_is_hidden_from_git():
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    folders = ["bcanalysis", "tests", "notebooks", "data", "benchmarks", "docs"]
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--", *folders]
    hidden = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    made_again = ("__pycache__", ".ipynb_checkpoints", "benchmarks/results/", "data/.lock")
    assert [name for name in hidden if not any(part in name for part in made_again)] == []
