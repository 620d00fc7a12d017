"""What an outline has that the document of a profile does not, each with its place."""

from dataclasses import replace

import pytest

from bcanalysis.cli import main
from bcanalysis.documents.outline.lint import lint_outline
from bcanalysis.documents.profile import profile
from bcanalysis.errors import UsageError

SOUND = """\
---
period: 2018H1
area: bac-giang
superior: UBND tỉnh
issuer: Sở Công Thương
symbol: BC-SCT
place: Bắc Giang
title: Kết quả 6 tháng đầu năm
signer_title: PHÓ GIÁM ĐỐC
authority: KT. GIÁM ĐỐC
signer_name: Nguyễn Văn An
addressees:
- UBND tỉnh
recipients:
- Như trên
- Lưu: VT, KHTC
---

> Căn cứ Kế hoạch năm 2018;
> Căn cứ nhiệm vụ được giao.

# I. KẾT QUẢ

Số liệu tại Phụ lục kèm theo.

{{annex figures}}
"""

LONG = "Kết quả thực hiện nhiệm vụ phát triển công nghiệp và thương mại " * 5

# what is changed, into what, and what is said: line, column, rule, what is there, what is asked for
PLANTED = {
    "title with a stop": ("đầu năm\n", "đầu năm.\n", (8, 8, "title_end", "“.”", "không có dấu ở cuối")),
    "long title": ("Kết quả 6 tháng đầu năm", LONG, (8, 8, "title_length", "5 dòng", "nhiều nhất 3 dòng")),
    "symbol": ("BC-SCT", "BC - SCT", (6, 9, "symbol", "“BC - SCT”", "chữ in hoa nối bằng gạch nối, như BC-SCT")),
    "nobody addressed": ("addressees:\n- UBND tỉnh\n", "", (8, 8, "missing", "không có", "Kính gửi")),
    "typed signs": (
        "- Như trên",
        "- - Như trên;",
        (14, 12, "sign", "“- Như trên;”", "không gõ gạch đầu dòng và dấu cuối dòng, phần mềm tự thêm"),
    ),
    "nothing on file": ("- Lưu: VT, KHTC\n", "", (14, 12, "file_line", "“Như trên”", "một dòng “Lưu: VT, ...”")),
    "authority": (
        "KT. GIÁM ĐỐC",
        "GIÁM ĐỐC",
        (10, 12, "authority", "“GIÁM ĐỐC”", "bắt đầu bằng một trong: TM., KT., TL., TUQ., Q."),
    ),
    "academic title": (
        "Nguyễn Văn An",
        "ThS. Nguyễn Văn An",
        (11, 14, "signer_name", "“ThS.”", "họ tên không kèm học hàm, học vị"),
    ),
    "end of a basis": ("năm 2018;", "năm 2018.", (19, 27, "basis_end", "“.”", "“;”")),
    "end of the last basis": ("được giao.", "được giao,", (20, 28, "basis_end", "“,”", "“.”")),
    "heading with a stop": ("I. KẾT QUẢ", "I. KẾT QUẢ:", (22, 13, "heading_end", "“:”", "không có dấu ở cuối")),
    "annex unannounced": ("tại Phụ lục kèm theo", "ước tính", (26, 1, "annex", "không có", "lời văn dẫn tới phụ lục")),
}


@pytest.fixture
def linted(tmp_path):
    def lint(text, layout=None, lang="vi"):
        (tmp_path / "mine.md").write_text(text, encoding="utf-8")
        return lint_outline(tmp_path / "mine.md", layout, lang)

    return lint


def test_a_sound_outline_deviates_nowhere(linted):
    assert linted(SOUND) == []


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found_with_its_line_and_column_and_nothing_else(name, linted):
    old, new, (line, column, rule, got, expected) = PLANTED[name]
    [found] = linted(SOUND.replace(old, new))

    assert (found.place, found.rule) == (f"mine.md, dòng {line}, cột {column}", rule)
    assert (found.got, found.expected) == (got, expected)


def test_faults_of_writing_and_deviations_stand_in_the_order_of_the_file(linted):
    found = linted(SOUND.replace("năm 2018;", "năm 2018,").replace("# I.", "# II.").replace("KT. GIÁM", "GIÁM"))

    assert [str(one).split(": ")[0] for one in found] == [
        "mine.md, dòng 10, cột 12",
        "mine.md, dòng 19, cột 27",
        "mine.md, line 22, column 3",
    ]
    assert 'got "II."; expected "I."' in str(found[2])


def test_letters_out_of_vietnamese_order_and_missing_parts_are_found_too(linted):
    missing, letter = linted(SOUND.replace("symbol: BC-SCT\n", "") + "\na) một\nc) hai\n")

    assert 'line 16, column 1: got no "symbol"' in str(missing)
    assert 'line 28, column 4: got "c)"; expected "b)"' in str(letter)


def test_what_is_asked_for_is_the_profiles_to_say(linted):
    strict = replace(profile(), writing=replace(profile().writing, title_lines=0, basis_last=";"))

    assert [(one.rule, one.expected) for one in linted(SOUND, strict, "en")] == [
        ("title_length", "at most 0 lines"),
        ("basis_end", "“;”"),
    ]


def test_of_an_outline_in_another_language_the_profiles_words_are_not_asked(linted):
    english = SOUND.replace("area: bac-giang", "area: bac-giang\nlang: en").replace("- Lưu: VT, KHTC", "- Filed")

    assert "Lưu" not in str(linted(english.replace("Phụ lục", "annex")))
    assert "Lưu" in str(linted(SOUND.replace("- Lưu: VT, KHTC", "- Filed")))


def test_the_command_lists_them_and_ends_with_1_if_it_is_asked_to_be_strict(tmp_path, capsys):
    file = tmp_path / "mine.md"
    file.write_text(SOUND.replace("đầu năm\n", "đầu năm.\n"), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"^1$"):
        main(["lint", str(file), "--strict"])

    assert capsys.readouterr().out == "mine.md, dòng 8, cột 8: dấu cuối trích yếu: hiện là “.”; cần không có dấu ở cuối\n"


def test_an_unknown_layout_is_refused(linted):
    with pytest.raises(UsageError, match='profile: got "nd31"'):
        profile("nd31")
