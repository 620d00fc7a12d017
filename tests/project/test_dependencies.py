import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
NAMES = tomllib.loads((ROOT / "tests/conda-names.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> dict[str, str]:
    lines = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    return {re.split(r"[<>=]", line)[0]: line for line in lines}


def test_every_dependency_has_its_conda_name():
    assert sorted(NAMES) == sorted(declared())


def test_environment_yml_holds_the_ranges_of_pyproject():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    from_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    from_conda = [entry for entry in listed if isinstance(entry, str)]

    expected_conda = sorted(line.replace(name, NAMES[name]) for name, line in declared().items() if NAMES[name] != "pip")
    expected_pip = sorted(line for name, line in declared().items() if NAMES[name] == "pip")

    assert sorted(from_conda) == sorted([*expected_conda, "pip", "python=3.12"])
    assert sorted(from_pip) == sorted([*expected_pip, "--editable ."])


def test_constraints_pin_every_dependency_to_one_version_and_name_no_address():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}

    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line) for line in lines)
    assert set(declared()) <= pinned


def test_the_package_version_is_the_project_version():
    import bcanalysis

    assert bcanalysis.__version__ == PROJECT["version"]
