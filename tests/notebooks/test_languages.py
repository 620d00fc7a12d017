"""A batch in each of the two languages, walked for words of the other one."""

from __future__ import annotations

import os
import random

import pikepdf
import pytest
from bs4 import BeautifulSoup

from .conftest import ROOT, Batch, report
from .stray import said_by_document, said_by_page, strays

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
ALL = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
SHOWN = NOTEBOOKS if ALL else sorted({"official_report", "data_quality", *random.Random(6).sample(NOTEBOOKS, 2)})  # noqa: S311
PERIODS = ("1999H1", "2018H1", "2024H1") if ALL else ("2018H1",)  # of 1999 nothing is on file


@pytest.fixture(scope="session", params=["vi", "en"])
def walked(request, tmp_path_factory) -> tuple[str, Batch]:
    """Pages and documents of one language, made once."""
    chosen = [] if ALL else [word for name in SHOWN for word in ("--notebook", name)]
    folder = tmp_path_factory.mktemp(f"pages-{request.param}")
    return request.param, report(folder, *PERIODS, *chosen, "--lang", request.param, "--format", "html,pdf,docx,xlsx")


def files(batch: Batch, ending: str):
    return sorted(batch.folder.rglob(f"*{ending}"))


def test_pages_say_everything_in_their_language_but_names_and_marked_quotes(walked):
    lang, batch = walked
    found = [
        (path.name, place, strays(text, lang), text.strip())
        for path in files(batch, ".html")
        for place, text in said_by_page(path.read_text(encoding="utf-8"), lang)
        if strays(text, lang)
    ]

    assert batch.status == 0, batch.printed
    assert len(files(batch, ".html")) > len(PERIODS) * (len(SHOWN) + 1)
    assert found == []


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".pdf"])
def test_documents_say_everything_in_their_language_but_names_and_quotes(walked, ending):
    lang, batch = walked
    found = [
        (path.name, place, strays(text, lang), text.strip())
        for path in files(batch, ending)
        for place, text in said_by_document(path)
        if strays(text, lang)
    ]

    assert len(files(batch, ending)) >= len(SHOWN)
    assert found == []


def test_pages_and_documents_name_their_language(walked):
    lang, batch = walked

    assert {BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").html["lang"] for path in files(batch, ".html")} == {lang}
    for path in files(batch, ".pdf"):
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == lang


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Nguồn: 27.6%", "en", ["Nguồn"]),
        ("Bắc Giang, Hồ Chí Minh, Decision No. 118/2015/QĐ-UBND", "en", []),
        ("up 27,6% to 6.981.038.000 VND", "en", ["27,6", "6.981.038.000"]),
        ("up 27.6% to 6,981,038,000 VND", "en", []),
        ("Source: trang en.bacgiang.gov.vn", "vi", ["Source"]),
        ("tăng 27.6%, trị giá 6,981,038,000 đồng", "vi", ["27.6%", "6,981,038,000"]),
        ("ước 27,6%, in 6.981.038.000 đồng", "vi", []),
    ],
)
def test_the_walk_sees_what_is_planted_and_nothing_else(text, lang, found):
    assert strays(text, lang) == found


def test_the_walk_reads_what_is_only_heard_and_skips_what_is_marked():
    page = (
        '<html lang="en"><p aria-label="Bảng">Of <span lang="vi">Niên giám</span> năm</p><pre># <i lang="vi">kỳ</i> x</pre></html>'
    )
    said = [(place, strays(text, "en")) for place, text in said_by_page(page, "en") if strays(text, "en")]

    assert said == [("p@aria-label", ["Bảng"]), ("p", ["năm"])]
