"""Tables that were checked once are taken from who has checked them, and never when anything else lies on disk."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import bcanalysis.dataset.load as loading
from bcanalysis.dataset import handed
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.load import load
from bcanalysis.dataset.reads import Selection, asked, forget
from bcanalysis.errors import DataError

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="tables are handed on where files need no name")


@contextmanager
def handed_on(*datasets: Dataset) -> Iterator[None]:
    """Let this process be the one that hands on and the one that takes."""
    with handed.handed_on(datasets) as places:
        handed.tell(places)
        try:
            yield
        finally:
            handed.tell("")


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_taken_is_what_would_have_been_read(sound, monkeypatch):
    read = load(sound)
    with handed_on(read):
        monkeypatch.setattr(loading, "read_dataset", None)  # nobody reads and checks
        taken = load(sound)

    assert taken is not read
    assert (taken.folder, taken.files, taken.warnings) == (read.folder, read.files, read.warnings)
    assert list(taken.tables) == list(read.tables)
    for name in read.tables:
        assert_frame_equal(taken[name], read[name])
    assert_frame_equal(taken.statements, read.statements)


def test_what_is_asked_of_taken_tables_is_noted(sound):
    with handed_on(load(sound)):
        forget()
        taken = load(sound)
        assert asked() == ()
        taken["plans"]
        assert asked() == (Selection("plans"),)
    forget()


def test_nobody_sees_what_another_one_does_to_taken_tables(sound):
    with handed_on(load(sound)):
        spoilt = load(sound)
        spoilt["observations"]["value"] = 0.0
        assert load(sound)["observations"]["value"].tolist()[:2] == [100.0, 110.0]


def test_tables_changed_since_are_read_as_they_are_now(sound):
    with handed_on(load(sound)):
        replaced(sound / "plans.csv", "200", "250")
        assert load(sound)["plans"]["value"].tolist() == [250.0]


def test_tables_with_a_fault_since_are_refused(sound):
    with handed_on(load(sound)):
        replaced(sound / "plans.csv", "200", "2OO")
        with pytest.raises(DataError, match=r"plans\.csv, line 2, value: got \"2OO\""):
            load(sound)


def test_any_file_counts_by_its_bytes_alone(sound, monkeypatch):
    read = load(sound)
    with handed_on(read):
        monkeypatch.setattr(loading, "read_dataset", lambda folder: (None, []))
        assert len(read.files) == 13
        for file in (sound / used.name for used in read.files):
            before = file.read_bytes()
            file.write_bytes(before + b"\n")
            with pytest.raises(DataError, match="0 faults in the data"):  # for it was read anew
                load(sound)
            file.write_bytes(before)
            assert load(sound)["plans"]["value"].tolist() == [200.0]


def test_a_file_that_is_gone_is_told_as_ever(sound):
    with handed_on(load(sound)):
        (sound / "plans.csv").unlink()
        with pytest.raises(DataError, match=r"plans\.csv: got no file"):
            load(sound)


def test_other_code_checks_for_itself(sound, monkeypatch):
    with handed_on(load(sound)):
        monkeypatch.setattr(loading, "read_dataset", lambda folder: (None, []))
        load(sound)
        monkeypatch.setattr(handed, "source_sha256", lambda: "0" * 64)
        with pytest.raises(DataError, match="0 faults in the data"):
            load(sound)


def test_each_folder_has_its_own_tables(sound, tmp_path, monkeypatch):
    other = shutil.copytree(sound, tmp_path / "other")
    replaced(other / "plans.csv", "200", "300")
    with handed_on(load(sound), load(other)):
        monkeypatch.setattr(loading, "read_dataset", None)
        assert load(sound)["plans"]["value"].tolist() == [200.0]
        assert load(other)["plans"]["value"].tolist() == [300.0]


@pytest.mark.parametrize("instead", [None, b"something else"])
def test_who_has_handed_them_on_may_be_gone(sound, tmp_path, instead):
    place = tmp_path / "place"
    with handed.handed_on([load(sound)]) as places:
        ((key, _),) = json.loads(places).items()
    if instead:
        place.write_bytes(instead)
    handed.tell(json.dumps({key: str(place)}))
    try:
        assert load(sound)["plans"]["value"].tolist() == [200.0]
    finally:
        handed.tell("")


def test_where_files_need_a_name_nothing_is_handed_on(sound, monkeypatch):
    monkeypatch.delattr(os, "memfd_create")
    with handed.handed_on([load(sound)]) as places:
        assert places == ""
