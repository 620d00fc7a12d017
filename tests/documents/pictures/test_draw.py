import io
import json
import os
import subprocess
import sys
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image, ImageFilter

import bcanalysis as bc
from bcanalysis.comparison.compare import headlines
from bcanalysis.display.table import Table
from bcanalysis.documents.blocks import Annex, Chart, Document, Heading, Paragraph, Picture, Run
from bcanalysis.documents.pdf.typefaces import typeface
from bcanalysis.documents.pictures import draw as pictures
from bcanalysis.documents.pictures.draw import UndrawnError, draw, drawn
from bcanalysis.errors import UsageError

from ...browser import chromium

BAR = {"data": [{"type": "bar", "x": ["2017", "2018"], "y": [2948, 3140]}], "layout": {"title": {"text": "Kim ngạch xuất khẩu"}}}
LEAST_ALIKE = 0.99  # measured: 1.000; in another typeface 0.984 to 0.990, against an empty picture 0.81 to 0.96


def seen(png: bytes) -> Image.Image:
    """The picture on white paper."""
    found = Image.open(io.BytesIO(png)).convert("RGBA")
    paper = Image.new("RGB", found.size, "white")
    paper.paste(found, mask=found.getchannel("A"))
    return paper


def share_alike(first: Image.Image, second: Image.Image) -> float:
    """The share of places that look the same in both pictures, blurred by a letter stroke."""
    one, other = (
        np.asarray(picture.convert("L").resize(first.size).filter(ImageFilter.GaussianBlur(4)), dtype=float)
        for picture in (first, second)
    )
    return float((abs(one - other) < 32).mean())


def house_charts(dataset):
    catalogue = dataset["indicators"]
    shown = catalogue["headline"].notna() | catalogue["theme"].isin(["industry", "energy", "trade", "economy"])
    figures = bc.compare(dataset, "2018H1", indicators=catalogue.loc[shown, "code"])
    headline = headlines(figures)
    return {
        "growth": bc.chart(headline, "growth", "vi"),
        "plan": bc.chart(headline, "plan", "vi", dataset=dataset),
        "history": bc.chart(bc.history(dataset, "industrial_output", "2018H1"), "history", "vi"),
        "contributions": bc.chart(bc.contributions(dataset, figures, "industrial_output"), "contributions", "vi"),
    }


@pytest.fixture(scope="module")
def charts(dataset):
    return {name: json.loads(figure.to_json()) for name, figure in house_charts(dataset).items()}


@pytest.mark.parametrize("name", ["growth", "plan", "history", "contributions"])
def test_a_house_chart_looks_as_a_browser_draws_it(charts, name, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", chromium())

    mine, browsers = seen(draw(charts[name], "image/png")), seen(draw(charts[name], "image/png", "kaleido"))

    alike = share_alike(mine, browsers)
    ink = share_alike(mine, Image.new("RGB", mine.size, "white"))
    assert alike > LEAST_ALIKE, f"{name}: {alike:.3f} of the picture is alike, against {ink:.3f} of an empty one"
    assert alike > ink + (1 - ink) / 2


def test_a_picture_for_print_is_as_wide_as_the_text_at_200_dots_an_inch():
    assert seen(draw(BAR, "image/png")).width == 1260  # 160 mm


def test_a_chart_keeps_its_own_height_and_its_proportions():
    wide = {**BAR, "layout": {"width": 1000, "height": 250}}

    assert seen(draw(wide, "image/png")).size == (1260, 315)


def test_a_drawing_of_the_same_chart_is_the_same_text():
    assert draw(BAR, "image/svg+xml") == draw(BAR, "image/svg+xml")


def test_two_charts_share_no_names_of_their_parts():
    first, second = (draw({**BAR, "layout": {"title": {"text": title}}}, "image/svg+xml") for title in "ab")

    assert first.split('id="')[1].split('"')[0] != second.split('id="')[1].split('"')[0]


def test_vietnamese_letters_are_drawn_and_not_boxes():
    def inked(text):
        layout = {"width": 300, "height": 100, "xaxis": {"visible": False}, "yaxis": {"visible": False}}
        note = {"text": text, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 40}}
        return np.asarray(seen(draw({"data": [], "layout": {**layout, "annotations": [note]}}, "image/png")))

    box = inked("\U0010fffd")

    assert not any(np.array_equal(inked(letter), box) for letter in "ựởệẫỹ")
    assert not np.array_equal(inked("ự"), inked("ư"))


def test_a_chart_of_plotlys_own_look_is_lettered_without_serifs():
    sans = typeface(pictures._SANS, system_fonts=True)
    written = draw(BAR, "image/svg+xml")

    assert f"arial, {sans.family}, sans-serif;" in written


def test_the_same_chart_is_drawn_once_for_all_forms(monkeypatch):
    first = draw(BAR, "image/svg+xml")
    monkeypatch.setattr("mirage.engine.get_engine", None)  # who draws again fails

    assert draw(BAR, "image/svg+xml") == first
    assert draw(json.loads(json.dumps(BAR)), "image/png").startswith(b"\x89PNG")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
def test_a_process_forked_from_one_that_draws_can_draw():
    code = (
        "import os\n"
        "from bcanalysis.documents.pictures.draw import draw\n"
        "first = draw({'data': [{'type': 'bar', 'y': [1]}]}, 'image/svg+xml')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    other = draw({'data': [{'type': 'bar', 'y': [2]}]}, 'image/svg+xml')\n"
        "    os._exit(0 if other.startswith('<svg') and other != first else 1)\n"
        "print(os.waitpid(child, 0)[1])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert run.stdout == "0\n"


def test_every_chart_of_body_and_annexes_becomes_a_picture_and_all_else_stays():
    heading = Heading((Run("I. KẾT QUẢ"),), 1)
    chart = Chart(BAR, "Xuất khẩu", "Biểu đồ thanh.")
    made = drawn(Document("Báo cáo", "vi", (heading, chart), annexes=(Annex("Biểu", (chart,), landscape=True),)), "image/png")

    assert made.blocks[0] == heading
    assert isinstance(made.blocks[1], Picture)
    assert (made.blocks[1].mime, made.blocks[1].alt) == ("image/png", "Biểu đồ thanh.")
    assert b64decode(made.blocks[1].data).startswith(b"\x89PNG")
    assert made.annexes == (Annex("Biểu", (made.blocks[1],), landscape=True),)


def test_a_drawing_goes_into_a_document_as_svg():
    picture = drawn(Document("Báo cáo", "vi", (Chart(BAR),)), "image/svg+xml").blocks[0]

    assert b64decode(picture.data).decode().startswith("<svg")
    assert "Kim ngạch xuất khẩu" in b64decode(picture.data).decode()


@pytest.mark.parametrize(
    "trace",
    [
        {"type": "scatter3d", "x": [1], "y": [2], "z": [3]},
        {"type": "nonsense", "x": [1], "y": [2]},
        {"type": "bar", "x": list(range(200_001)), "y": [0]},
    ],
    ids=["trace in space", "unknown trace", "too many points"],
)
def test_a_chart_that_cannot_be_drawn_is_its_table_after_a_note(trace):
    note, table = drawn(Document("Báo cáo", "vi", (Chart({"data": [trace]}, "Sản lượng"),)), "image/svg+xml").blocks

    assert note == Paragraph((Run("Không vẽ được biểu đồ này; số liệu của biểu đồ như sau."),), role="note")
    assert isinstance(table, Table)
    assert (table.title, table.columns[0].title) == ("Sản lượng", "x")


def test_without_its_engine_every_chart_is_its_table(monkeypatch):
    def absent(*_):
        raise ImportError("no engine")

    monkeypatch.setattr(pictures, "_ENGINES", {"mirage": absent})

    note, table = drawn(Document("Report", "en", (Chart(BAR),)), "image/png").blocks

    assert note.text[0].text == "This chart could not be drawn; its data are as follows."
    assert [cell.text for cell in table.rows[1]] == ["2018", "3,140"]


@pytest.mark.parametrize(
    "figure",
    [
        {"data": "oops"},
        {"data": [{"type": "mesh3d", "x": {"dtype": "f8", "bdata": "!"}}]},
        {"data": [{"type": "bar", "x": {"bdata": "AA=="}}]},
    ],
)
def test_a_chart_whose_data_are_broken_is_said_in_words(figure):
    blocks = drawn(Document("Báo cáo", "vi", (Chart(figure, "Sản lượng", "Tăng đều."),)), "image/svg+xml").blocks

    assert all(isinstance(block, Paragraph | Table | Picture) for block in blocks)
    assert len(blocks) in (1, 2)


def test_packed_numbers_are_drawn_as_plain_ones_are():
    packed = {**BAR, "data": [{**BAR["data"][0], "y": {"dtype": "i2", "bdata": "hAtEDA=="}}]}  # 2948 and 3140

    assert draw(packed, "image/png") == draw(BAR, "image/png")


def test_a_chart_without_traces_still_says_its_words():
    words = {"data": [], "layout": {"annotations": [{"text": "Không có số liệu", "x": 0, "y": 0, "showarrow": False}]}}

    assert "Không có số liệu" in draw(words, "image/svg+xml")


def test_points_drawn_by_the_graphics_card_are_drawn_as_plain_ones():
    figure = {"data": [{"type": "scattergl", "mode": "markers", "x": [1, 2], "y": [3, 4]}]}

    assert "<svg" in draw(figure, "image/svg+xml")


def test_an_engine_that_is_none_is_refused():
    with pytest.raises(UsageError, match=r'engine: got "mirrage"; expected one of mirage, kaleido. Did you mean "mirage"\?'):
        draw(BAR, "image/png", "mirrage")
    with pytest.raises(UsageError, match=r'picture: got "image/gif"; expected image/svg\+xml or image/png'):
        draw(BAR, "image/gif")


def test_too_many_points_are_counted_in_the_refusal():
    with pytest.raises(UndrawnError, match="got 200001 points; expected 200000 at most"):
        draw({"data": [{"y": [0] * 200_000}, {"y": [1]}]}, "image/svg+xml")
