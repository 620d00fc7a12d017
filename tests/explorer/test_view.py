"""What is seen follows from what is chosen, and every choice is checked as the command line checks it."""

import pytest

import bcanalysis as bc
from bcanalysis.errors import UsageError
from bcanalysis.explorer.view import Seen, View
from bcanalysis.reports.jobs import Codes, codes_of

CODES = Codes(
    frozenset({"bac-giang", "bac-ninh"}), frozenset({"export_value", "import_value"}), ("import_value",), frozenset({"current"})
)


def test_blank_is_the_headline_indicators_and_the_first_of_them_is_looked_at_closely():
    view = View("2018H1", "bac-giang").settled(CODES)
    assert (view.indicators, view.indicator) == ("import_value", "import_value")


@pytest.mark.parametrize(("indicator", "close"), [("export_value", "export_value"), ("", "import_value")])
def test_what_is_looked_at_closely_is_one_of_the_chosen(indicator, close):
    view = View("2018H1", "bac-giang", indicators="import_value export_value", indicator=indicator).settled(CODES)
    assert view.indicator == close


def test_an_indicator_that_is_no_longer_chosen_gives_way():
    assert (
        View("2018H1", "bac-giang", indicators="import_value", indicator="export_value").settled(CODES).indicator == "import_value"
    )


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"period": "2018H3"}, 'period: got "2018H3"'),
        ({"area": "bac-nin"}, 'parameter area: got "bac-nin"; expected a known area. Did you mean "bac-ninh"?'),
        ({"area": ""}, 'parameter area: got ""'),
        ({"lang": "fr"}, 'parameter lang: got "fr"; expected a known lang'),
        ({"as_of": "14/6/2018"}, '"14/6/2018"'),
        ({"indicators": "export_value imports"}, 'parameter indicators: got "imports"; expected a known indicator'),
        ({"indicator": "exports"}, 'parameter indicator: got "exports"'),
        ({"price_basis": "curent"}, 'parameter price_basis: got "curent"; expected a known price_basis. Did you mean "current"?'),
        ({"other_areas": "bac-ninh ha-noi"}, 'parameter other_areas: got "ha-noi"'),
        ({"other_periods": "2017H1 17H1"}, 'period: got "17H1"'),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_with_its_name(choice, said):
    with pytest.raises(UsageError) as caught:
        View(**{"period": "2018H1", "area": "bac-giang", **choice}).settled(CODES)
    assert said in str(caught.value)


def test_an_unknown_choice_is_a_mistake_of_the_call(dataset):
    with pytest.raises(TypeError, match="unexpected keyword argument 'perod'"):
        bc.explore(dataset, "2018H1", perod="2017H1")


def test_every_area_is_set_beside_in_every_period_once_and_the_main_place_leads():
    view = View("2018H1", "b", other_areas="a b", other_periods="2017H1")
    assert view.places == [("b", "2018H1"), ("b", "2017H1"), ("a", "2018H1"), ("a", "2017H1")]


def seen(dataset, **choice) -> Seen:
    return Seen(View(**{"period": "2018H1", "area": "bac-giang", **choice}).settled(codes_of(dataset)), dataset)


def test_parts_are_the_librarys_own_table_and_charts(dataset):
    parts = seen(dataset, indicators="industrial_output export_value").parts()
    figures = bc.compare(dataset, "2018H1", indicators=["industrial_output", "export_value"])
    totals = figures[figures["breakdown"] == "total"]

    assert list(parts) == ["seen", "table", "growth", "plan", "history", "contributions"]
    assert parts["seen"].texts == ("Đang xem: Bắc Giang, 6 tháng đầu năm 2018.",)
    assert parts["table"] == bc.table_comparison(totals)
    assert parts["growth"] == bc.chart(totals, "growth")
    assert parts["plan"] == bc.chart(totals, "plan", dataset=dataset)
    assert parts["history"] == bc.chart(bc.history(dataset, "industrial_output", "2018H1"), "history")
    assert parts["contributions"] == bc.chart(bc.contributions(dataset, figures, "industrial_output"), "contributions")


def test_rows_of_other_areas_and_periods_say_which(dataset):
    table = seen(dataset, indicators="export_value", other_areas="bac-ninh", other_periods="2017H1").parts()["table"]
    assert [row[0].text for row in table.rows] == [
        "Bắc Giang, 6 tháng đầu năm 2018: Kim ngạch xuất khẩu",
        "Bắc Ninh, 6 tháng đầu năm 2017: Kim ngạch xuất khẩu",
    ]


def test_a_price_basis_leaves_the_others_out_of_everything(dataset):
    found = seen(dataset, indicators="industrial_output", price_basis="constant_2010")
    parts = found.parts()

    assert set(found.figures["price_basis"]) == {"constant_2010"}
    assert parts["history"].layout.meta["alt"].count("53.840") == 1
    assert "66.148" not in parts["history"].layout.meta["alt"]
    assert seen(dataset, indicators="retail_sales", price_basis="constant_2010").figures.empty


def test_what_was_not_yet_known_on_the_day_is_not_seen(dataset):
    before, after = (seen(dataset, indicators="export_value", as_of=day) for day in ("2018-06-13", "2018-06-14"))

    assert before.figures.empty
    assert after.figures["value"].tolist() == [3140.0]
    assert after.parts()["seen"].texts == ("Đang xem: Bắc Giang, 6 tháng đầu năm 2018; số đã biết đến ngày 14/6/2018.",)


def test_where_nothing_is_on_file_every_part_says_so(dataset):
    parts = seen(dataset, period="1999H1").parts()
    said = [str(parts["table"]), *(parts[name].layout.meta["alt"] for name in ("growth", "plan", "history", "contributions"))]
    assert ["Không có số liệu cho kỳ này" in text for text in said] == [True] * 5


def test_english_is_english_throughout(dataset):
    parts = seen(dataset, indicators="export_value", lang="en", as_of="2018-06-14").parts()
    assert parts["seen"].texts == ("Shown: Bắc Giang, first half of 2018; as known on 14 Jun 2018.",)
    assert parts["table"].rows[0][0].text == "Export value"


def test_past_shares_of_two_areas_are_not_mixed_up(tiny):
    rows = [
        {"area": area, "period": f"{year}{half}", "value": value}
        for area, whole in (("here", 200), ("old", 400))
        for year in (2015, 2016, 2017)
        for half, value in (("H1", 100), ("", whole))
    ]
    rows += [{"area": area, "period": "2018H1", "value": 110, "plan_pct": 50} for area in ("here", "old")]
    chart = Seen(View("2018H1", "here", indicators="output", indicator="output", other_areas="old"), tiny(rows)).parts()["plan"]
    alt = chart.layout.meta["alt"]

    assert ("từ 50,0% đến 50,0%" in alt, "từ 25,0% đến 25,0%" in alt) == (True, True)
