import pytest

from bcanalysis.documents.annex import figures_annex, figures_table
from bcanalysis.errors import UsageError

HEAD = ["STT", "Chỉ tiêu", "ĐVT"]
TAIL = ["So cùng kỳ (%)", "So KH năm (%)", "Ghi chú"]


def lines(table):
    return [[cell.plain for cell in row] for row in table.rows]


def line(table, name):
    return next(row for row in lines(table) if row[1] == name)


def titles(table):
    return [column.title for column in table.columns]


@pytest.fixture
def half_year(tiny):
    """Output of two halves, five months, June and the plan; exports last year and planned; nothing of all else."""
    output = {"stated_on": "2018-06-14"}
    dataset = tiny(
        [
            {"period": "2017H1", "value": 1000},
            {"period": "2018H1", "value": 1250, "status": "estimate", **output},
            {"period": "2018H1", "value": 800, "breakdown": "fdi", "growth_pct": 27.6, **output},
            {"period": "2018H1", "value": 450, "breakdown": "state", **output},
            {"period": "2018M01-M05", "window_end": "2018-05-31", "value": 1020, **output},
            {
                "period": "2018M06",
                "window_start": "2018-06-01",
                "window_end": "2018-06-30",
                "value": 230,
                "status": "estimate",
                **output,
            },
            {"period": "2017H1", "value": 300, "indicator": "exports", "price_basis": "not_applicable"},
            {"period": "2018H1", "indicator": "cases", "price_basis": "not_applicable", "missing": "nil"},
            {"period": "2018H1", "indicator": "parts", "price_basis": "not_applicable", "value": 0},
        ],
        plans=[
            {"year": 2018, "value": 2500, "decided_on": "2017-12-01"},
            {"year": 2018, "value": 640, "decided_on": "2017-12-01", "indicator": "exports", "price_basis": "not_applicable"},
        ],
    )
    return figures_table(dataset, "2018H1", "here")


def test_the_half_year_stands_between_its_months_and_the_plan(half_year):
    assert titles(half_year) == [
        *HEAD,
        "Thực hiện 6 tháng đầu năm 2017",
        "Kế hoạch năm 2018",
        "Thực hiện 5 tháng đầu năm 2018",
        "Ước tháng 6 năm 2018",
        "Ước 6 tháng đầu năm 2018",
        *TAIL,
    ]
    row = line(half_year, "Giá trị sản xuất (giá hiện hành)")
    assert row[:10] == [
        "1",
        "Giá trị sản xuất (giá hiện hành)",
        "tỷ đồng",
        "1.000",
        "2.500",
        "1.020",
        "ước 230",
        "ước 1.250",
        "25,0",
        "50,0",
    ]


def test_cells_hold_unrounded_numbers(half_year):
    row = next(row for row in half_year.rows if row[1].text.startswith("Giá trị sản xuất"))

    assert [cell.value for cell in row[3:10]] == [1000.0, 2500.0, 1020.0, 230.0, 1250.0, 25.0, 50.0]


def test_themes_are_sections_and_what_belongs_to_another_indicator_comes_below_it(half_year):
    heads = [row[:2] for row in lines(half_year)]

    assert [row for row in heads if row[0][:1] in ("I", "V")] == [
        ["I", "CÔNG NGHIỆP"],
        ["II", "THƯƠNG MẠI"],
        ["III", "QUẢN LÝ THỊ TRƯỜNG"],
        ["IV", "KINH TẾ CHUNG"],
    ]
    place = heads.index(["III", "QUẢN LÝ THỊ TRƯỜNG"])
    assert heads[place + 1 : place + 5] == [["1", "Số vụ"], ["1.1", "Số vụ trong đó"], ["2", "Mức phạt"], ["3", "Tiền phạt"]]


def test_parts_stand_below_their_total_in_the_order_of_the_catalogue(half_year):
    rows = lines(half_year)
    place = rows.index(line(half_year, "Trong đó:"))

    assert rows[place] == ["", "Trong đó:", *[""] * 9]
    assert [row[:3] for row in rows[place + 1 : place + 4]] == [
        ["", "- Nhà nước", "tỷ đồng"],
        ["", "- Đầu tư nước ngoài", "tỷ đồng"],
        ["2", "Lao động", "người"],
    ]
    assert rows[place + 2][7:9] == ["800", "in 27,6"]


def test_what_was_told_of_last_year_and_planned_stands_though_this_year_is_not_on_file(half_year):
    assert line(half_year, "Xuất khẩu") == ["1", "Xuất khẩu", "triệu USD", "300", "640", *["..."] * 5, ""]


def test_a_gap_is_told_below_and_is_neither_zero_nor_nothing(half_year):
    assert line(half_year, "Lao động")[3:] == [*["..."] * 7, ""]
    assert half_year.note.startswith("...: chưa có số liệu; ")
    gaps = [cell for row in half_year.rows for cell in row if cell.text == "..."]
    assert {(cell.value, cell.notes) for cell in gaps} == {(None, ())}
    assert not any(text.startswith("Chưa có số liệu") for text in half_year.footnotes)


def test_of_several_versions_of_a_plan_the_last_is_told(tiny):
    exports = {"year": 2018, "indicator": "exports", "price_basis": "not_applicable"}
    versions = [
        {**exports, "value": 700, "decided_on": "2018-05-01"},
        {**exports, "value": 640},
        {**exports, "value": 650, "decided_on": "2017-12-01"},
    ]

    assert line(figures_table(tiny(plans=versions), "2018H1", "here"), "Xuất khẩu")[4] == "700"


def test_nothing_occurred_is_a_dash_and_zero_is_a_figure(half_year):
    nil = next(row for row in half_year.rows if row[1].text == "Số vụ")[7]
    zero = next(row for row in half_year.rows if row[1].text == "Số vụ trong đó")[7]

    assert (nil.text, nil.value, half_year.footnotes[nil.notes[0] - 1]) == ("-", None, "Không phát sinh.")
    assert (zero.text, zero.value) == ("0", 0.0)


def test_footnotes_are_numbered_as_they_come_and_none_is_left_over(half_year):
    numbers = list(dict.fromkeys(number for row in half_year.rows for cell in row for number in cell.notes))

    assert numbers == list(range(1, len(half_year.footnotes) + 1))
    assert numbers


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2018", ["Thực hiện năm 2017", "Kế hoạch năm 2018", "Thực hiện năm 2018"]),
        ("2018M06", ["Thực hiện tháng 6 năm 2017", "Kế hoạch năm 2018", "Ước tháng 6 năm 2018"]),
        (
            "2018Q1",
            [
                "Thực hiện quý I năm 2017",
                "Kế hoạch năm 2018",
                "Thực hiện 2 tháng đầu năm 2018",
                "Ước tháng 3 năm 2018",
                "Thực hiện quý I năm 2018",
            ],
        ),
        (
            "2018H2",
            [
                "Thực hiện 6 tháng cuối năm 2017",
                "Kế hoạch năm 2018",
                "Thực hiện từ tháng 7 đến tháng 11 năm 2018",
                "Ước tháng 12 năm 2018",
                "Thực hiện 6 tháng cuối năm 2018",
            ],
        ),
    ],
)
def test_the_columns_follow_the_kind_of_the_period(tiny, period, expected):
    june = {"period": "2018M06", "window_start": "2018-06-01", "window_end": "2018-06-30", "value": 230, "status": "estimate"}

    assert titles(figures_table(tiny([june]), period, "here")) == [*HEAD, *expected, *TAIL]


def test_a_table_without_any_figure_is_all_gaps(tiny):
    table = figures_table(tiny(), "2018H1", "here")

    assert line(table, "Xuất khẩu")[3:] == [*["..."] * 7, ""]
    assert (table.footnotes, table.note) == ((), "...: chưa có số liệu")


def test_of_several_windows_the_longest_is_told(tiny):
    short = {"period": "2018H1", "window_end": "2018-06-10", "value": 7}
    table = figures_table(
        tiny([short, {"period": "2018H1", "value": 9}, {**short, "window_end": "2018-05-31", "value": 5}]), "2018H1", "here"
    )

    assert line(table, "Giá trị sản xuất (giá hiện hành)")[7] == "9"


def test_a_second_price_basis_has_a_line_but_no_number_of_its_own(tiny):
    table = figures_table(
        tiny([{"period": "2018H1", "value": 9, "price_basis": basis} for basis in ("constant_2010", "current")]), "2018H1", "here"
    )

    assert [row[:2] for row in lines(table)[1:4]] == [
        ["1", "Giá trị sản xuất (giá hiện hành)"],
        ["", "Giá trị sản xuất (giá so sánh 2010)"],
        ["2", "Lao động"],
    ]


def test_what_stands_by_a_declared_link_is_not_told_once_more(tiny):
    link = {"period": "2018H1", "price_basis": "current", "other_price_basis": "not_stated"}
    dataset = tiny(
        [
            {"period": "2018H1", "value": 1250},
            {"period": "2017H1", "value": 1000, "price_basis": "not_stated"},
            {"period": "2017H1", "value": 400, "breakdown": "fdi", "price_basis": "not_stated"},
        ],
        links=[
            {**link, "other_period": "2017H1"},
            {**link, "other_period": "2018", "kind": "annual_plan"},
        ],
        plans=[{"year": 2018, "value": 2500, "price_basis": "not_stated", "decided_on": "2017-12-01"}],
    )
    rows = lines(figures_table(dataset, "2018H1", "here"))

    assert [row[:5] for row in rows[1:5]] == [
        ["1", "Giá trị sản xuất (giá hiện hành)", "tỷ đồng", "1.000", "2.500"],
        ["", "Giá trị sản xuất (nguồn không nêu)", "tỷ đồng", "...", "..."],
        ["", "Trong đó:", "", "", ""],
        ["", "- Đầu tư nước ngoài", "tỷ đồng", "400", "..."],
    ]


def test_only_the_themes_asked_for_are_shown(tiny):
    table = figures_table(tiny(), "2018H1", "here", "en", themes=["economy"])

    assert lines(table)[0][:2] == ["I", "ECONOMY"]
    assert [row[1] for row in lines(table)[1:]] == ["Prices"]
    assert table.title == "Results by indicator, Here, first half of 2018"


def test_the_annex_lies_on_its_side(tiny):
    annex = figures_annex(tiny(), "2018H1", "here", themes=["economy"])

    assert (annex.title, annex.landscape) == ("Biểu số liệu", True)
    assert annex.blocks == (figures_table(tiny(), "2018H1", "here", themes=["economy"]),)


def test_every_indicator_of_the_catalogue_has_its_line(dataset):
    table = figures_table(dataset, "2024H1", "bac-giang")
    shown = {cell.text.partition(" (giá")[0].partition(" (nguồn không nêu giá")[0] for cell in (row[1] for row in table.rows)}

    assert {name.partition(" (giá")[0].partition(" (nguồn không nêu giá")[0] for name in dataset["indicators"]["name_vi"]} <= shown


def test_an_unknown_theme_or_area_is_refused(tiny):
    with pytest.raises(UsageError, match=r"theme: got tarde"):
        figures_table(tiny(), "2018H1", "here", themes=["tarde"])
    with pytest.raises(UsageError, match=r'got "hree"'):
        figures_table(tiny(), "2018H1", "hree")
