import pytest

from bcanalysis.files import append_line, write_text, written_aside


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
