from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
import zlib
from pathlib import Path

import nbconvert
import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from bcanalysis.display.table import TABLE_TYPE, Cell, Column, Table
from bcanalysis.reports.exporters import plotly_library
from bcanalysis.reports.exporters.cells import Limits
from bcanalysis.reports.exporters.charts import embedded_json, read_chart, values
from bcanalysis.reports.exporters.html import ReportExporter, export_html
from bcanalysis.reports.exporters.page import print_page

from .notebooks_for_tests import (
    FIGURE_TYPE,
    chart,
    code,
    failed_cell,
    notebook,
    run_record,
    shown,
    shown_as,
    stream,
    words,
)

FILE = {"metadata": {"name": "overview"}}


def page_of(*cells: NotebookNode, **metadata: object) -> BeautifulSoup:
    return BeautifulSoup(export_html(notebook(*cells, **metadata), FILE), "html.parser")


def one(tree: BeautifulSoup | Tag, selector: str) -> Tag:
    found = tree.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)} found"
    return found[0]


def body_html(*cells: NotebookNode) -> str:
    return str(one(page_of(*cells), "main"))


# One file, no network


def test_the_exporter_is_known_to_nbconvert_as_bcreport():
    assert nbconvert.get_exporter("bcreport") is ReportExporter


def test_the_policy_comes_first_and_allows_scripts_by_hash_alone():
    page = page_of(words("# Báo cáo"))
    first = one(page, "head").find("meta")
    script = one(page, "script:not([type])").string
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert first["http-equiv"] == "Content-Security-Policy"
    assert first["content"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{hashed}'"
    )


def library_in(page):
    pieces = page.select("script[data-library]")
    assert {piece["type"] for piece in pieces} == {"text/plain"}
    assert max(len(piece.string) for piece in pieces) == 65536
    return zlib.decompress(base64.b64decode("".join(piece.string for piece in pieces))).decode()


def carried(*kinds):
    """Print a page with a chart of each kind; give the plotly.js it carries, which its policy must allow, and nothing else."""
    page = page_of(
        *(
            code("1", chart(data=[{"type": kind, "x": ["a"], "y": [1], "z": [[1]], "labels": ["a"], "values": [1]}]))
            for kind in kinds
        )
    )
    script = library_in(page)
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert one(page, "head").find("meta")["content"].endswith(f" 'sha256-{hashed}'")
    assert one(page, "head").find("meta")["content"].count("sha256-") == 2
    return script


BASIC = Path(plotly_library.__file__).parents[1].joinpath("plotly_basic", "plotly-basic.min.js").read_text(encoding="utf-8")


def test_a_page_with_bars_lines_or_pies_allows_one_script_more_and_it_is_the_basic_build_of_plotly():
    assert carried("bar", "scatter", "pie") == BASIC
    assert len(BASIC) < len(get_plotlyjs()) / 4


def test_a_page_with_one_chart_of_another_kind_carries_the_whole_of_plotly():
    assert carried("bar", "heatmap") == get_plotlyjs()


def test_a_trace_without_a_kind_is_a_line_as_plotly_takes_it():
    page = page_of(code("1", chart(data=[{"x": [1, 2], "y": [1, 2]}])))
    assert library_in(page) == BASIC


def test_the_basic_build_is_of_the_version_that_the_python_package_is_made_for():
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}\n" in BASIC[:100]


def test_beside_another_version_of_the_python_package_pages_carry_what_that_package_brings(monkeypatch):
    monkeypatch.setattr(plotly_library, "get_plotlyjs_version", lambda: "5.0.0")
    assert carried("bar") == get_plotlyjs()


def test_a_page_without_charts_carries_no_library():
    page = page_of(words("# Báo cáo"), code("1", shown(text_plain="1")))
    assert page.select("script[data-library]") == []
    assert len(page.select("script:not([data-provenance])")) == 1


def test_nothing_is_fetched_from_elsewhere():
    page = page_of(words("# Báo cáo\n\n![](https://example.org/a.png)"), code("1", chart()))
    assert page.select("link, iframe, object, embed, base, form, [src]") == []
    assert "@import" not in one(page, "style").string
    assert "url(" not in one(page, "style").string


def test_no_element_has_a_handler_or_a_style_of_its_own():
    page = page_of(words("# Báo cáo"), code("1", chart()), code("2", shown(text_html="<p style='color:red' onclick='x()'>a</p>")))
    assert [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"] == []


def test_two_exports_of_a_notebook_are_the_same_bytes():
    nb = notebook(words("# Báo cáo"), code("1", chart()), run_record())
    exporter = ReportExporter()
    first, _ = exporter.from_notebook_node(nb, FILE)
    exporter.from_notebook_node(notebook(words("# Khác\n\n## a"), code("1", chart("Khác"))), FILE)
    second, _ = exporter.from_notebook_node(nb, FILE)
    assert first == second == export_html(nb, FILE)


def test_the_notebook_is_not_changed():
    nb = notebook(words("# Báo cáo"), code("1", chart()), run_record())
    before = copy.deepcopy(nb)
    export_html(nb)
    assert nb == before


def test_the_command_line_of_nbconvert_prints_a_notebook(tmp_path):
    nbformat.write(notebook(words("no heading"), run_record(title="")), tmp_path / "overview.ipynb")
    html, resources = ReportExporter().from_filename(str(tmp_path / "overview.ipynb"))
    assert "<title>overview</title>" in html
    assert (resources["title"], resources["status"], resources["output_extension"]) == ("overview", "ok", ".html")


def test_limits_can_be_set_as_any_option_of_nbconvert():
    html, _ = ReportExporter(text_characters=3).from_notebook_node(notebook(code("1", stream("abcdef"))), FILE)
    assert '<pre class="output">abc</pre>' in html


# Charts


def test_a_chart_has_a_name_a_text_alternative_and_its_json():
    page = page_of(code("1", chart("Xuất khẩu", alt="Xuất khẩu tăng từ 1,5 lên 2,5.")))
    figure = one(page, "figure[data-chart]")
    assert figure["aria-label"] == "Xuất khẩu"
    assert one(page, f"#{figure['aria-describedby']}").string == "Xuất khẩu tăng từ 1,5 lên 2,5."
    assert one(figure, "details p").string == "Xuất khẩu tăng từ 1,5 lên 2,5.", "and all can read it"
    drawn = json.loads(one(page, "figure script[data-figure]").string)
    assert drawn["data"][0]["x"] == ["2017", "2018"]
    assert set(drawn) == {"data", "layout"}


def test_a_chart_without_a_title_is_named_by_its_number():
    page = page_of(code("1", chart()), code("2", chart("")))
    assert [figure["aria-label"] for figure in page.select("figure")] == ["Xuất khẩu", "Biểu đồ 2"]


def test_a_title_without_room_in_the_chart_is_printed_above_it():
    page = page_of(code("1", chart(layout={"title": {"text": "Xuất khẩu<br>cả năm", "subtitle": {"text": "triệu USD"}}})))
    assert one(page, "figcaption").get_text("|") == "Xuất khẩu cả năm|triệu USD"
    assert json.loads(one(page, "script[data-figure]").string)["layout"] == {"margin": {"t": 40}}


def test_a_title_with_room_in_the_chart_stays_there():
    layout = {"title": {"text": "Xuất khẩu"}, "margin": {"t": 80}, "width": 1000, "height": 300}
    page = page_of(code("1", chart(layout=layout)))
    assert page.select("figcaption") == []
    assert json.loads(one(page, "script[data-figure]").string)["layout"] == {
        "title": {"text": "Xuất khẩu"},
        "margin": {"t": 80},
        "height": 300,
    }


def test_the_figures_of_a_chart_stand_beside_it_as_a_table():
    details = one(page_of(code("1", chart())), "figure details")
    assert one(details, "summary").string == "Số liệu của biểu đồ"
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in details.select("tr")] == [
        ["Tên", "Giá trị"],
        ["2017", "1,5"],
        ["2018", "2,5"],
    ]
    assert [cell["scope"] for cell in details.select("th")] == ["col", "col", "row", "row"]


def test_without_scripts_a_chart_points_to_its_table():
    assert one(page_of(code("1", chart())), "figure noscript").get_text(strip=True) == (
        "Trình duyệt không vẽ được biểu đồ “Xuất khẩu”. Xem “Số liệu của biểu đồ” ngay bên dưới."
    )


def sheet_of(*traces: dict[str, object], lang: str = "vi", **layout: object) -> list[tuple[str, ...]]:
    sheet = read_chart({"data": list(traces), "layout": layout}, lang).sheet
    assert sheet is not None
    return [sheet.columns, *sheet.rows]


def test_traces_of_the_same_points_stand_side_by_side():
    first = {"type": "bar", "name": "2017", "x": ["Xuất khẩu", "Nhập khẩu"], "y": [2949.1, 2702.7]}
    second = {"type": "bar", "name": "2018", "x": ["Xuất khẩu", "Nhập khẩu"], "y": [3140, None], "text": ["ước", None]}
    assert sheet_of(first, second) == [
        ("Tên", "2017", "2018", "2018: chi tiết"),
        ("Xuất khẩu", "2.949,1", "3.140", "ước"),
        ("Nhập khẩu", "2.702,7", "", ""),
    ]


def test_traces_of_different_points_stand_one_below_the_other():
    first = {"type": "scatter", "name": "Xuất khẩu", "x": [2017], "y": [1]}
    second = {"type": "scatter", "name": "Nhập khẩu", "x": [2018], "y": [2]}
    assert sheet_of(first, second, xaxis={"title": {"text": "Năm"}}) == [
        ("Chuỗi số liệu", "Năm", "Giá trị"),
        ("Xuất khẩu", "2017", "1"),
        ("Nhập khẩu", "2018", "2"),
    ]


def test_horizontal_bars_are_read_along_the_other_axis_and_texts_that_repeat_the_number_are_left_out():
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [27.6, 6.5],
        "y": ["<b>Công nghiệp</b>", "Xuất khẩu"],
        "text": ["27,6%", "+6,5"],
    }
    assert sheet_of(trace, xaxis={"title": "Tăng (%)"}, lang="vi") == [
        ("Tên", "Tăng (%)"),
        ("Công nghiệp", "27,6"),
        ("Xuất khẩu", "6,5"),
    ]


def test_points_on_a_hidden_axis_are_named_by_their_texts_and_decoration_is_no_data():
    bars = {"orientation": "h", "name": "Số in", "x": [27.6], "y": [34], "hovertext": ["Công nghiệp &lt;A&gt;<br>Nguồn: Sở"]}
    zero = {"type": "scatter", "x": [0, 0], "y": [1, 2], "hoverinfo": "skip"}
    legend_only = {"type": "scatter", "name": "ước tính", "x": [None], "y": [None]}
    assert sheet_of(bars, zero, legend_only, yaxis={"visible": False}) == [
        ("Tên", "Số in", "Số in: chi tiết"),
        ("Công nghiệp <A>", "27,6", "Nguồn: Sở"),
    ]


def test_a_pie_a_heat_map_and_a_line_without_names_have_tables_too():
    assert sheet_of({"type": "pie", "labels": ["A", "B"], "values": [1, 2]}, lang="en") == [
        ("Name", "Value"),
        ("A", "1"),
        ("B", "2"),
    ]
    assert sheet_of({"type": "heatmap", "x": ["X"], "y": ["A", "B"], "z": [[1], [2.5]]}) == [
        ("Tên", "X"),
        ("A", "1"),
        ("B", "2,5"),
    ]
    assert sheet_of({"type": "scatter", "y": [7, 8]}) == [("Tên", "Giá trị"), ("0", "7"), ("1", "8")]


def test_names_in_two_levels_are_joined():
    assert sheet_of({"type": "bar", "x": [["2018", "2018"], ["Quý I", "Quý II"]], "y": [1, 2]})[1:] == [
        ("2018 – Quý I", "1"),
        ("2018 – Quý II", "2"),
    ]


def test_typed_arrays_are_decoded_by_type_and_shape():
    assert values({"dtype": "i4", "bdata": "AQAAAAIAAAADAAAABAAAAA==", "shape": "2, 2"}) == [[1, 2], [3, 4]]
    assert values(None) == []
    with pytest.raises(ValueError, match="buffer size"):
        values({"dtype": "f8", "bdata": "AQA="})
    with pytest.raises(TypeError, match="got int; expected an array"):
        values(3)


def test_arrays_as_plotly_writes_them_are_read():
    figure = go.Figure(go.Bar(x=["a", "b"], y=pd.Series([1.25, float("nan")])))
    assert sheet_of(json.loads(figure.to_json())["data"][0])[1:] == [("a", "1,25"), ("b", "")]


def test_a_chart_whose_data_cannot_be_read_is_still_drawn_and_says_so():
    broken = {"type": "bar", "x": ["a"], "y": {"dtype": "f8", "bdata": "AQA="}}
    page = page_of(code("1", chart(alt="Một cột.", data=[broken])))
    assert one(page, "figure[data-chart] details").get_text(" ", strip=True) == (
        "Số liệu của biểu đồ Một cột. Biểu đồ này không có số liệu trình bày được thành bảng."
    )


# Hostile content stays text


HOSTILE = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "<img src=x onerror=alert(1) alt='a picture'>": "a picture",
    "<img src='data:text/html,<script>alert(1)</script>' alt='b'>": "b",
    "<a href='javascript:alert(1)'>link</a>": "link",
    "<a href=' JaVaScRiPt:alert(1)'>link</a>": "link",
    "<a href='data:text/html,x'>link</a>": "link",
    "<a href='//example.org'>link</a>": "link",
    "<a href='http://example.org'>link</a>": "link",
    "<meta http-equiv=refresh content='0;url=https://example.org'>": "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<iframe src='https://example.org'></iframe>": "<iframe src='https://example.org'></iframe>",
    "<base href='https://example.org'>": "<base href='https://example.org'>",
    "<style>p {color: red}</style>": "",
    "<b style='color:red' onmouseover=alert(1)>bold</b>": "bold",
    "<details ontoggle=alert(1) open><summary>s</summary></details>": "s",
    "<form action='https://example.org'><input name=a></form>": "<form action='https://example.org'><input name=a></form>",
    "<!-- <script>alert(1)</script> -->": "",
}


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("kind", ["text/html", "text/markdown", "markdown cell"])
def test_hostile_markup_is_shown_as_text_or_stripped(payload, kind):
    cell = words(payload) if kind == "markdown cell" else code("1", shown_as(kind, payload))
    main = one(page_of(cell), "main")
    for details in main.select("[data-code]"):
        details.decompose()
    assert main.select("script, iframe, meta, base, style, form, input, img, a[href], [onerror], [style]") == []
    assert main.get_text().strip() == HOSTILE[payload]


def test_hostile_text_in_a_chart_cannot_end_its_script():
    payload = "</script><script>alert(1)</script>&\u2028\u2029<!--"
    html = export_html(notebook(code("1", chart(payload, alt=payload))))
    page = BeautifulSoup(html, "html.parser")
    assert "alert(1)</script>" not in html
    assert "\u2028" not in one(page, "script[data-figure]").string
    assert json.loads(one(page, "script[data-figure]").string)["layout"]["meta"]["alt"] == payload
    assert len(page.select("script:not([data-provenance], [data-library])")) == 3
    assert one(page, "figure details p").string == payload


@pytest.mark.parametrize("place", ["stream", "error", "code", "plain", "title", "parameter", "image"])
def test_hostile_text_is_escaped_wherever_it_comes_from(place):
    payload = '"><script>alert(1)</script>'
    cells = {
        "stream": code("1", stream(payload)),
        "error": failed_cell(payload, payload),
        "code": code(payload),
        "plain": code("1", shown(text_plain=payload)),
        "title": words(f"# &lt;script>{payload}"),
        "parameter": run_record(parameters={payload: payload}, files=[{"name": payload, "sha256": payload, "bytes": 1}]),
        "image": code("1", shown({"alt": payload}, image_png="iVBORw0KGgo=")),
    }
    page = page_of(cells[place])
    assert len(page.select("script:not([data-provenance])")) == 1
    assert "alert(1)" in page.get_text() + str(page.find("img"))


def test_content_cannot_take_the_ids_of_the_page_or_of_other_content():
    table = "<p id='main'>a</p><a href='#main'>b</a><a href='#elsewhere'>c</a><table><tr><td headers='main'>d</td></tr></table>"
    page = page_of(code("1", shown(text_html=table)), code("2", shown(text_html=table)))
    assert [tag["id"] for tag in page.select("[id]:not(dialog [id])")] == ["main", "main-2", "r-d", "main-3", "r-d-2"]
    assert [tag["href"] for tag in page.select("main a")] == ["#main-2", "#elsewhere", "#main-3", "#elsewhere"]
    assert [tag["headers"] for tag in page.select("td")] == [["main-2"], ["main-3"]]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_out_as_it_went_in(text):
    page = BeautifulSoup(print_page(notebook(code("1", stream(f"[{text}]")))).html, "html.parser")
    assert one(page, "pre.output").get_text() == f"[{text}]"


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_embedded_json_is_the_same_json_without_letters_html_minds(value):
    text = str(embedded_json(value))
    assert json.loads(text) == value
    assert re.search("[<>&\u2028\u2029]", text) is None


# Outputs


def test_only_the_richest_form_of_a_value_is_shown():
    figure = {"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {}}
    every = {"image_png": "iVBORw0KGgo=", "text_html": "<i>html</i>", "text_markdown": "*md*", "text_plain": "plain"}
    with_figure = page_of(code("1", shown(**every, **{FIGURE_TYPE.replace("/", "_", 1): figure})))
    assert (len(with_figure.select("figure")), with_figure.select("main i, img, em, pre.output")) == (1, [])
    assert [tag.name for tag in page_of(code("1", shown(**every))).select("main i, img, em, pre.output")] == ["i"]
    del every["text_html"]
    assert [tag.name for tag in page_of(code("1", shown(**every))).select("main i, img, em, pre.output")] == ["img"]
    del every["image_png"]
    assert [tag.name for tag in page_of(code("1", shown(**every))).select("main i, img, em, pre.output")] == ["em"]


def test_an_image_is_put_into_the_page_with_a_text_alternative():
    page = page_of(
        code("1", shown({"image/png": {"alt": "Bản đồ"}}, image_png="iVBOR\nw0KGgo=\n")),
        code("2", shown(**{"image_svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"})),
    )
    first, second = page.select("img")
    assert (first["src"], first["alt"]) == ("data:image/png;base64,iVBORw0KGgo=", "Bản đồ")
    assert second["src"].startswith("data:image/svg+xml;base64,PHN2Zy")
    assert second["alt"] == "Hình 1"


def test_a_widget_is_shown_as_its_plain_text():
    page = page_of(
        code("1", shown(text_plain="IntSlider(value=3)", **{"application_vnd.jupyter.widget-view+json": {"model_id": "a"}}))
    )
    assert one(page, "pre.output").string == "IntSlider(value=3)"


def test_an_output_that_no_page_can_show_says_so():
    page = page_of(code("1", shown(application_x="?"), shown()))
    assert [note.string for note in page.select("p.cut")] == [
        "Phần này không trình bày được trên trang. Xem trong tệp overview.ipynb."
    ]


def test_terminal_colours_are_stripped_and_warnings_are_collapsed():
    page = page_of(code("1", stream("\x1b[1;31mđỏ\x1b[0m\n"), stream("UserWarning: cũ\n", "stderr")))
    assert one(page, "pre.output").string == "đỏ\n"
    warnings = one(page, "main details:not([data-code])")
    assert not warnings.has_attr("open")
    assert warnings.get_text(" ", strip=True) == "Cảnh báo khi chạy UserWarning: cũ"


def test_a_pandas_table_gets_the_scopes_that_screen_readers_need():
    table = pd.DataFrame({"Kỳ": ["2018H1"], "Giá trị": [66148.0]}, index=["Công nghiệp"])
    page = page_of(code("1", shown(text_html=table.to_html())))
    assert str(one(page, "table")).replace("\n", "").replace("  ", "") == (
        '<table class="dataframe"><thead><tr><td></td><th scope="col">Kỳ</th><th class="num" scope="col">Giá trị</th></tr></thead>'
        '<tbody><tr id="r-công-nghiệp"><th scope="row">Công nghiệp</th><td>2018H1</td><td class="num">66148.0</td></tr></tbody></table>'
    )


def test_the_notebook_view_of_a_pandas_table_brings_no_style_sheet_text():
    main = body_html(code("1", shown(text_html=pd.DataFrame({"a": [1]})._repr_html_())))
    assert "vertical-align" not in main


def test_heads_over_several_columns_or_rows_are_heads_of_groups():
    table = "<table><thead><tr><th colspan=2>A</th></tr></thead><tbody><tr><th rowspan=2>B</th><td>1</td></tr></tbody></table>"
    page = page_of(code("1", shown(text_html=table)))
    assert [head["scope"] for head in page.select("th")] == ["colgroup", "rowgroup"]


def test_a_house_table_keeps_its_markup_and_scrolls_by_itself():
    table = (
        '<table class="bc"><caption>Các chỉ tiêu</caption><tbody><tr><th id="r" scope="row">Xuất khẩu</th>'
        '<td class="num" headers="r">6,5<sup><a aria-label="Chú thích 1" href="#fn1">1</a></sup></td></tr></tbody></table>'
        '<ol class="footnotes"><li id="fn1" lang="vi"><abbr title="triệu đô la">tr.USD</abbr></li></ol>'
    )
    page = page_of(code("1", shown(text_html=table)))
    assert one(page, "tbody tr").attrs.pop("id") == "r-xuất-khẩu", "one can link to each row"
    region = one(page, "div.scroll")
    assert region.attrs == {"class": ["scroll"], "role": "region", "tabindex": "0", "aria-label": "Bảng: Các chỉ tiêu"}
    assert str(region.table) + str(one(page, "ol")) == table


# Words and code


def test_the_title_is_the_first_main_heading_and_is_not_repeated():
    page = page_of(words("# Báo cáo *tổng quan*\n\nMở đầu."), words("# Phần khác"))
    assert one(page, "title").string == "Báo cáo tổng quan"
    assert [heading.get_text() for heading in page.select("h1")] == ["Báo cáo tổng quan"]
    assert [heading.get_text() for heading in page.select("main h2")] == ["Phần khác"]


def test_a_heading_in_an_output_is_no_title():
    page = page_of(code("1", shown(text_html="<h1>Bảng</h1>")), words("# Tổng quan"))
    assert (one(page, "h1").string, one(page, "main h2").string) == ("Tổng quan", "Bảng")


def test_without_a_heading_the_title_is_that_of_the_notebook_or_its_file():
    assert one(page_of(words("a"), run_record(), title="Khác"), "title").string == "Tổng quan"
    assert one(page_of(words("a"), title="Khác"), "title").string == "Khác"
    assert one(page_of(words("a")), "title").string == "overview"
    assert "<title>Báo cáo</title>" in export_html(notebook(words("a")), {"metadata": {"name": ""}})


def test_the_contents_list_leads_to_every_heading():
    page = page_of(words("# T\n## 1. Xuất khẩu\n### Chè"), code("1", shown(text_html="<h2>1. Xuất khẩu</h2><h4>nhỏ</h4>")))
    links = page.select("nav.contents a")
    assert [(link.string, link["href"]) for link in links] == [
        ("1. Xuất khẩu", "#1-xuất-khẩu"),
        ("Chè", "#chè"),
        ("1. Xuất khẩu", "#1-xuất-khẩu-2"),
    ]
    assert [heading["id"] for heading in page.select("main h2, main h3")] == [link["href"][1:] for link in links]
    assert one(page, "nav.contents")["aria-label"] == "Mục lục"


def test_a_page_with_one_heading_needs_no_contents_list():
    assert page_of(words("# T\n## a")).select("nav") == []


def test_code_is_collapsed_and_escaped_and_a_button_stands_ready_for_it():
    page = page_of(code("x = '<b>' & 1"))
    details = one(page, "details[data-code]")
    assert not details.has_attr("open")
    assert one(details, "code").string == "x = '<b>' & 1"
    button = one(page, "button[data-code-button]")
    assert (button.string, button["data-hide"], button["aria-pressed"]) == ("Hiện mã", "Ẩn mã", "false")
    assert one(page, "[data-tools]").has_attr("hidden"), "without scripts the buttons would do nothing"


def test_parameter_cells_are_shown_as_code_alone():
    page = page_of(code('period = "2018H1"', tags=("parameters",)), code('period = "2024H1"', tags=("injected-parameters",)))
    assert [block.string for block in page.select("main > details code")] == ['period = "2018H1"', 'period = "2024H1"']
    for details in page.select("[data-code]"):
        details.decompose()
    assert one(page, "main").get_text(strip=True) == ""


def test_words_of_the_other_language_are_left_out():
    cells = [words("# Báo cáo", "lang-vi"), words("# Report", "lang-en"), words("Chung / common")]
    vietnamese, english = page_of(*cells), page_of(*cells, run_record(parameters={"lang": "en"}))
    assert (vietnamese.html["lang"], one(vietnamese, "h1").string) == ("vi", "Báo cáo")
    assert (english.html["lang"], one(english, "h1").string) == ("en", "Report")
    assert one(english, "button[data-code-button]").string == "Show code"
    assert all("Chung / common" in page.get_text() for page in (vietnamese, english))


def test_the_language_is_that_of_the_record_then_of_papermill_then_vietnamese():
    papermill = {"parameters": {"lang": "en"}}
    assert page_of(words("a"), papermill=papermill).html["lang"] == "en"
    assert page_of(words("a"), run_record(parameters={"lang": "vi"}), papermill=papermill).html["lang"] == "vi"
    assert page_of(words("a"), run_record(parameters={"lang": "fr"})).html["lang"] == "vi"


def test_an_attached_picture_is_put_into_the_page():
    cell = words("![Sơ đồ](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    picture = one(page_of(cell), "img")
    assert (picture["src"], picture["alt"]) == ("data:image/png;base64,iVBORw0KGgo=", "Sơ đồ")


# The run


def test_the_footer_says_what_the_report_was_made_from():
    page = page_of(words("# T"), run_record(undated_left_out=3))
    assert one(page, "footer").get_text(" ", strip=True) == (
        "Báo cáo này được lập từ đâu Tham số area = bac-giang as_of = không đặt lang = vi period = 2018H1 "
        f"Tệp số liệu data/observations.csv , 12.345 byte SHA-256 {'ab' * 32} "
        "Số liệu bỏ qua vì không rõ ngày công bố 3 "
        "Phần mềm bcanalysis 0.1.0 pandas 3.1.1 Thời điểm lập 16:00 ngày 22/11/2026, giờ Việt Nam"
    )
    assert "<plain text>" not in page.get_text(), "the record itself is no output to show"


def test_a_page_made_for_a_day_in_the_past_says_so():
    page = page_of(words("# T"), run_record(as_of="2018-07-01"))
    assert one(page, "header p.made").string == (
        "Lập lúc 16:00 ngày 22/11/2026, giờ Việt Nam. Chỉ dùng số liệu công bố đến hết ngày 01/7/2018."
    )


def test_without_a_record_the_footer_says_so_and_shows_what_papermill_knows():
    page = page_of(words("# T"), papermill={"parameters": {"period": "2018H1"}})
    assert one(page, "footer").get_text(" ", strip=True) == (
        "Báo cáo này được lập từ đâu "
        "Không có hồ sơ lần chạy: không rõ tệp số liệu, phiên bản phần mềm và thời điểm lập. "
        "Tham số period = 2018H1"
    )


def test_a_good_report_is_marked_ok():
    page = page_of(words("# T"), run_record())
    assert one(page, "meta[name=bcanalysis-status]")["content"] == page.body["data-status"] == "ok"
    assert page.select(".banner") == []


def test_an_error_in_a_cell_makes_the_page_say_that_the_report_failed():
    page = page_of(words("# Tổng quan"), code("a = 1"), failed_cell(), code("b = a", ran=False), run_record())
    assert one(page, "meta[name=bcanalysis-status]")["content"] == page.body["data-status"] == "failed"
    assert one(page, "title").string == "[LỖI] Tổng quan"
    banner = one(page, ".banner[role=alert]")
    assert banner.find("strong").string == "Báo cáo này CHƯA hoàn thành / bị lỗi: ZeroDivisionError: division by zero"
    failed = one(page, banner.find("a")["href"])
    assert not failed.details.has_attr("open")
    assert failed.pre.string == "Traceback (most recent call last)\nZeroDivisionError: division by zero"
    assert [note.string for note in page.select("p.cut")] == ["Ô này chưa chạy."]


@pytest.mark.parametrize(
    ("metadata", "text"),
    [
        ({"papermill": {"exception": True}}, "không rõ nguyên nhân"),
        ({"bcanalysis": {"status": "failed", "error": "DeadKernelError: Kernel died"}}, "DeadKernelError: Kernel died"),
        ({"bcanalysis": {"status": "failed"}}, "không rõ nguyên nhân"),
    ],
)
def test_a_run_that_broke_outside_the_cells_failed_too(metadata, text):
    page = page_of(words("# T"), run_record(), **metadata)
    assert page.body["data-status"] == "failed"
    assert one(page, ".banner strong").string == f"Báo cáo này CHƯA hoàn thành / bị lỗi: {text}"
    assert page.select(".banner a") == []


def test_an_error_is_told_once_though_it_is_recorded_twice():
    record = {"status": "failed", "error": "ZeroDivisionError: division by zero"}
    page = page_of(failed_cell(), papermill={"exception": True}, bcanalysis=record)
    assert len(page.select("[role=alert] strong")) == 1


def test_the_link_to_the_failing_cell_cannot_be_led_astray():
    page = page_of(code("1", shown(text_html="<p id='cell-2'>no error here</p>")), failed_cell())
    assert one(page, "#cell-2").find("strong").string == "ZeroDivisionError: division by zero"


def test_the_banner_cells_of_papermill_are_dropped():
    page = page_of(words("An Exception was encountered", "papermill-error-cell-tag"), failed_cell(), papermill={"exception": True})
    assert "An Exception was encountered" not in page.get_text()


def test_a_report_on_nothing_is_short_and_says_what_is_missing():
    missing = [{"code": f"c{number}", "label": f"Chỉ tiêu {number}"} for number in range(1, 26)]
    parameters = {"period": "2031H1", "area": "bac-giang"}
    record = run_record(
        status="no_data", missing=missing, how_to_add="Thêm vào data/.", parameters=parameters, area_name="Bắc Giang"
    )
    page = page_of(words("# Tổng quan\n\nMở đầu.\n\n## Một\n\n## Hai"), code("1", chart()), record)
    assert one(page, "meta[name=bcanalysis-status]")["content"] == page.body["data-status"] == "no_data"
    assert [" ".join(text.split()) for text in one(page, "main").get_text().splitlines() if text.strip()] == [
        "Chưa có số liệu nên chưa lập được báo cáo. Kỳ: 6 tháng đầu năm 2031. Địa bàn: Bắc Giang.",
        "Số liệu còn thiếu",
        *(f"Chỉ tiêu {number}" for number in range(1, 21)),
        "và 5 chỉ tiêu khác.",
        "Cách bổ sung số liệu",
        "Thêm vào data/.",
    ]
    assert one(page, "h1").string == "Tổng quan"
    assert page.select("[data-library], nav, [data-code-button]") == []
    assert one(page, "footer dl") is not None


def test_a_report_on_nothing_that_broke_has_failed():
    assert page_of(run_record(status="no_data"), failed_cell()).body["data-status"] == "failed"


# Sizes


def test_long_text_is_cut_with_a_pointer_to_the_notebook():
    page = page_of(code("1", stream("a" * 20_001)), code("2", stream("b" * 20_000)), code("c" * 20_001))
    assert [len(block.string) for block in page.select("pre.output, details[data-code]:last-of-type code")] == [20_000] * 3
    assert [note.string for note in page.select("p.cut")] == ["Chỉ hiện 20.000 ký tự đầu. Xem đầy đủ trong tệp overview.ipynb."] * 2


def test_long_tables_are_cut_by_rows_and_by_bytes():
    by_rows = page_of(code("1", shown(text_html=pd.DataFrame({"a": range(501)}).to_html())))
    by_bytes = page_of(code("1", shown(text_html=pd.DataFrame({"a": ["x" * 1000] * 400}).to_html())))
    assert len(by_rows.select("tbody tr")) == 500
    assert len(by_bytes.select("tbody tr")) == 189
    assert {len(cell.get_text()) for cell in by_bytes.select("td")[1:]} == {1000}, "no torn row is left"
    for page in (by_rows, by_bytes):
        assert one(page, "p.cut").string == (
            "Phần này dài nên chỉ hiện đoạn đầu (bảng: nhiều nhất 500 hàng). Xem đầy đủ trong tệp overview.ipynb."
        )


def test_a_table_of_exactly_the_most_rows_is_not_cut():
    page = page_of(code("1", shown(text_html=pd.DataFrame({"a": range(500)}).to_html())))
    assert (len(page.select("tbody tr")), page.select("p.cut")) == (500, [])


def test_a_chart_too_large_to_draw_leaves_its_table():
    trace = {"type": "bar", "x": [f"Xã số {number}" for number in range(25_000)], "y": [1] * 25_000}
    page = page_of(code("1", chart("Các xã", data=[trace])))
    assert page.select("[data-plot], script[data-figure], script[data-library]") == []
    assert one(page, "figure figcaption").string == "Các xã"
    assert len(page.select("figure tbody tr")) == 500
    assert [note.string for note in page.select("p.cut")] == [
        "Biểu đồ quá lớn nên không đưa vào trang này. Xem trong tệp overview.ipynb.",
        "Phần này dài nên chỉ hiện đoạn đầu (bảng: nhiều nhất 500 hàng). Xem đầy đủ trong tệp overview.ipynb.",
    ]


def test_a_page_stays_small_and_keeps_its_words_when_outputs_are_cut():
    tables = [code("1", shown(text_html=f"<p>{'x' * 60_000}</p>")) for _ in range(6)]
    html = export_html(notebook(words("# T"), *tables, words("Lời kết. " * 5_000)), FILE)
    page = BeautifulSoup(html, "html.parser")
    assert len(html.encode()) < 240_000
    assert [note.string for note in page.select("p.cut")] == [
        "Phần này quá lớn nên không đưa vào trang này. Xem trong tệp overview.ipynb."
    ] * 4
    assert page.get_text().count("Lời kết.") == 5_000


def test_a_page_full_of_charts_stays_under_two_megabytes_and_two_tenths():
    names = [f"Chỉ tiêu số {number}" for number in range(400)]
    charts = [code("1", chart(data=[{"type": "bar", "x": names, "y": [1.5] * 400}])) for _ in range(12)]
    html = export_html(notebook(words("# T"), *charts), FILE)
    page = BeautifulSoup(html, "html.parser")
    assert len(html.encode()) < 2_200_000
    drawn, listed = len(page.select("[data-plot]")), len(page.select("p.cut:not([hidden])")) - len(page.select("noscript"))
    assert drawn > 0
    assert listed > 0
    assert drawn + listed == 12


def test_the_limits_are_those_that_are_promised():
    assert Limits() == Limits(20_000, 500, 200_000, 500_000, 240_000)


# Reading and printing


def test_the_page_can_be_skipped_through_and_is_printed_on_a4():
    page = page_of(words("# T"))
    skip = one(page, "body > a")
    assert (skip["href"], skip.string) == ("#main", "Đến nội dung chính")
    assert one(page, "main")["id"] == "main"
    assert "@page { size: A4;" in one(page, "style").string
    assert "thead { display: table-header-group; }" in one(page, "style").string


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
        parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_text_colour_is_readable_on_every_ground_in_both_themes():
    style = one(page_of(words("# T")), "style").string
    themes = [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", style)]
    assert len(themes) == 3, "light, dark by preference, dark by button"
    assert themes[1] == themes[2]
    for theme in themes:
        for ink in ("ink", "muted", "accent"):
            assert min(contrast(theme[ink], theme[ground]) for ground in ("paper", "soft")) >= 4.5, (ink, theme)
        assert min(contrast(theme["bad"], theme[ground]) for ground in ("paper", "bad-soft")) >= 4.5
        assert min(contrast(theme[ink], theme[ground]) for ink in ("ink", "warn") for ground in ("paper", "warn-soft")) >= 4.5
        assert contrast(theme["paper"], theme["accent"]) >= 4.5


# Figures


def house_table(rows: int = 1) -> NotebookNode:
    cells = (Cell("Xuất khẩu"), Cell("40,3", 40.25, origin=("Công thức: <3.140> ÷ 7.800.",)), Cell("...", float("nan")))
    shown_table = Table("T", (Column("Chỉ tiêu"), Column("% kế hoạch", True), Column("Ghi chú")), (cells,) * rows)
    cell = code("1", shown(text_html="<p>the notebook's own markup</p>"))
    cell.outputs[0].data[TABLE_TYPE] = shown_table.content()
    return cell


def test_a_table_of_ours_has_the_numbers_behind_it_and_how_they_came_about():
    page = page_of(house_table())
    assert [cell.get("data-value") for cell in page.select("tbody th, tbody td")] == [None, "40.25", None]
    origins = one(page, "details[data-origins]")
    assert (one(origins, "dt").string, one(origins, "dd")["data-place"]) == ("Xuất khẩu: % kế hoạch", "0.1")
    assert one(origins, "dd p").string == "Công thức: <3.140> ÷ 7.800."


def test_where_room_is_short_the_table_stays_and_how_its_numbers_came_about_goes():
    words_and_table = [words("# T"), house_table(300)]
    with_room, without = (
        BeautifulSoup(print_page(notebook(*words_and_table), limits=Limits(page_bytes=size)).html, "html.parser")
        for size in (240_000, 105_000)
    )
    assert [len(page.select("tbody tr")) for page in (with_room, without)] == [300, 300]
    assert [len(page.select("details[data-origins]")) for page in (with_room, without)] == [1, 0]


def test_only_rows_that_are_shown_say_how_their_numbers_came_about():
    page = page_of(house_table(501))
    assert len(page.select("tbody tr")) == len(page.select("dd[data-place]")) == 500


def test_a_table_that_is_none_is_shown_as_its_markup():
    cell = house_table()
    cell.outputs[0].data[TABLE_TYPE] = {"title": "T"}
    assert "the notebook's own markup" in page_of(cell).get_text()


def test_each_row_has_an_address_made_of_its_first_words():
    rows = "".join(f"<tr><th>{text}</th><td>1</td></tr>" for text in ("Chè (tấn)", "Chè (tấn)", "x" * 100, "…"))
    page = page_of(code("1", shown(text_html=f"<table><tbody>{rows}</tbody></table>")))
    assert [row.get("id") for row in page.select("tbody tr")] == ["r-chè-tấn", "r-chè-tấn-2", f"r-{'x' * 60}", None]


def test_a_chart_has_an_address_made_of_its_title():
    page = page_of(code("1", chart("Xuất khẩu (triệu USD)"), chart("")))
    assert [figure["id"] for figure in page.select("figure")] == ["c-xuất-khẩu-triệu-usd", "chart-2"]


def test_links_in_the_texts_of_a_chart_are_taken_out():
    trace = {"type": "bar", "x": ["<A HREF='https://evil.example'>a</A>", "1 < 2"], "y": [1, 2]}
    drawn = json.loads(one(page_of(code("1", chart(data=[trace]))), "script[data-figure]").string)
    assert drawn["data"][0]["x"] == ["a", "1 < 2"]


def test_a_picture_that_is_none_is_not_put_into_the_page():
    page = page_of(code("1", shown(image_png="<not base64>")))
    assert page.select("img") == []
    assert one(page, "p.cut").string == "Phần này không trình bày được trên trang. Xem trong tệp overview.ipynb."
