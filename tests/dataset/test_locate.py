from __future__ import annotations

from pathlib import Path

import pytest

from bcanalysis.dataset.locate import find_data, find_upwards
from bcanalysis.errors import UsageError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text("{}", encoding="utf-8")
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("place", [".", "notebooks", "notebooks/deep"])
def test_the_data_are_found_beside_and_above_the_working_directory(place: str, project: Path, monkeypatch) -> None:
    monkeypatch.chdir(project / place)
    assert find_data() == project / "data"


def test_a_folder_that_is_named_is_used(project: Path, monkeypatch) -> None:
    monkeypatch.chdir("/")
    assert find_data(project / "data") == project / "data"
    assert find_data(str(project / "data")) == project / "data"


def test_a_folder_without_the_descriptor_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match=r"data: got .*notebooks; expected a folder with datapackage\.json"):
        find_data(project / "notebooks")


def test_a_nearer_folder_wins(project: Path, monkeypatch) -> None:
    nearer = project / "notebooks" / "data"
    nearer.mkdir()
    (nearer / "datapackage.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(project / "notebooks" / "deep")
    assert find_data() == nearer


def test_an_empty_folder_of_that_name_is_passed_over(project: Path, monkeypatch) -> None:
    (project / "notebooks" / "data").mkdir()
    monkeypatch.chdir(project / "notebooks")
    assert find_data() == project / "data"


def test_outside_a_project_the_user_is_told_what_to_do(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        UsageError, match=r"outlines/: none found in .* or above; expected a folder with \*\.toml\. Work inside the project"
    ):
        find_upwards("outlines", "*.toml")
