from pathlib import Path

import pytest

from bcanalysis.errors import UsageError
from bcanalysis.files import append_line, in_turn, is_settled, replace_together, settle, write_text, written_aside


def test_a_file_written_aside_appears_whole(tmp_path):
    write_text(tmp_path / "2018H1" / "page.html", "trang")

    assert (tmp_path / "2018H1" / "page.html").read_text(encoding="utf-8") == "trang"


def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path):
    path = write_text(tmp_path / "page.html", "old")

    def break_off() -> None:
        with written_aside(path) as aside:
            aside.write_text("half", encoding="utf-8")
            raise RuntimeError("broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        break_off()

    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_a_written_file_can_be_read_by_others(tmp_path):
    assert write_text(tmp_path / "page.html", "trang").stat().st_mode & 0o044 == 0o044


def test_a_line_after_a_torn_one_stands_on_its_own(tmp_path):
    path = tmp_path / "run.jsonl"
    append_line(path, "one")
    path.write_bytes(path.read_bytes() + b'{"torn')
    append_line(path, "two")

    assert path.read_text(encoding="utf-8") == 'one\n{"torn\ntwo\n'


def test_several_files_are_replaced_together(tmp_path):
    write_text(tmp_path / "a.csv", "old")
    with in_turn(tmp_path):
        replace_together(tmp_path, {"a.csv": b"new", "imports/1.json": b"{}"})

    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.rglob("*") if path.name != ".lock") == ["1.json", "a.csv", "imports"]


def test_a_change_that_breaks_off_before_it_took_effect_leaves_no_trace(tmp_path, monkeypatch):
    write_text(tmp_path / "a.csv", "old")

    def break_off(self, target):
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "rename", break_off)
    with pytest.raises(OSError, match="the disk is full"), in_turn(tmp_path):
        replace_together(tmp_path, {"a.csv": b"new"})

    assert [path.name for path in tmp_path.iterdir() if path.name != ".lock"] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old"


def test_a_change_that_broke_off_after_it_took_effect_is_finished_by_the_next_reader(tmp_path):
    write_text(tmp_path / "a.csv", "old a")
    write_text(tmp_path / "b.csv", "new b")  # this one was put in its place already
    write_text(tmp_path / ".committed" / "a.csv", "new a")
    write_text(tmp_path / ".committed" / "b.csv", "new b")
    write_text(tmp_path / ".staged-other" / "a.csv", "of a run that was killed before")

    assert not is_settled(tmp_path)
    settle(tmp_path)

    assert is_settled(tmp_path)
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in ("a.csv", "b.csv")] == ["new a", "new b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "a.csv", "b.csv"]


def test_who_waits_too_long_for_a_turn_is_told(tmp_path):
    with (
        in_turn(tmp_path),
        pytest.raises(UsageError, match=r"which another run has been changing for 0\.1 seconds"),
        in_turn(tmp_path, 0.1),
    ):
        pass
