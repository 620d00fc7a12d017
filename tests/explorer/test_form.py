"""The form offers what the parameters may hold, and what is shown follows it."""

import builtins
from datetime import date
from types import SimpleNamespace

import pytest

import bcanalysis as bc
from bcanalysis.explorer.form import _Form, choices
from bcanalysis.explorer.view import View
from bcanalysis.reports import FORM_TYPE
from bcanalysis.reports.exporters.charts import FIGURE_TYPE
from bcanalysis.reports.jobs import codes_of
from bcanalysis.reports.parameters import KINDS

widgets = pytest.importorskip("ipywidgets")
WIDGET_TYPE = "application/vnd.jupyter.widget-view+json"
PARTS = ["seen", "table", "growth", "plan", "history", "contributions"]


@pytest.fixture
def displayed(monkeypatch) -> list[SimpleNamespace]:
    """Everything that is shown, in order."""
    shown: list[SimpleNamespace] = []

    def display(forms, *, raw, display_id=None, update=False):
        assert raw
        shown.append(SimpleNamespace(forms=forms, place=display_id, update=update))

    monkeypatch.setattr("IPython.display.display", display)
    return shown


@pytest.fixture
def explorer(dataset, displayed):
    found = bc.explore(dataset, "2018H1", indicators="industrial_output export_value")
    found._ipython_display_()
    displayed.clear()
    return found


@pytest.fixture
def form(explorer, dataset) -> _Form:
    return _Form(widgets, explorer, choices(dataset, explorer.view))


def test_each_parameter_but_language_and_folder_has_a_control_of_its_kind(form):
    kinds = {name: type(control) for name, control in form._controls.items()}
    single, many = widgets.Dropdown, widgets.SelectMultiple

    assert set(kinds) == set(KINDS) - {"lang"}
    assert {name: kind for name, kind in kinds.items() if name != "as_of"} == {
        name: many if KINDS[name].many else single for name in set(KINDS) - {"lang", "as_of"}
    }
    assert kinds["as_of"] is widgets.DatePicker


def test_every_option_passes_the_check_of_the_command_line(form, dataset):
    codes = codes_of(dataset)
    for name, control in form._controls.items():
        for _, code in getattr(control, "options", ()):
            View(**{"period": "2018H1", "area": "bac-giang", name: code}).settled(codes)


def test_what_is_chosen_is_offered_though_nothing_is_on_file(dataset):
    view = View("1999H1", "hai-phong", indicators="product_fertiliser", other_periods="2031")
    assert "product_fertiliser" not in set(dataset["observations"]["indicator"])
    offered = choices(dataset, view)

    assert offered["period"][0] == ("năm 2031", "2031")
    assert ("Hải Phòng", "hai-phong") in offered["area"]
    assert ("6 tháng đầu năm 1999", "1999H1") in offered["other_periods"]
    assert "product_fertiliser" in [code for _, code in offered["indicators"]]


def test_form_and_parts_are_shown_one_below_the_other(dataset, displayed):
    bc.explore(dataset, "2018H1")._ipython_display_()
    form, *parts = displayed

    assert (set(form.forms), form.forms["text/plain"]) == ({FORM_TYPE, WIDGET_TYPE, "text/plain"}, "")
    assert [FIGURE_TYPE in part.forms for part in parts] == [False, False, True, True, True, True]
    assert len({part.place for part in parts}) == 6
    assert not any(part.update for part in parts)


def test_without_ipywidgets_the_same_parts_are_shown_and_no_form(dataset, displayed, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("ipywidgets"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    bc.explore(dataset, "2018H1")._ipython_display_()

    assert len(displayed) == 6
    assert not any(WIDGET_TYPE in part.forms for part in displayed)


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("period", "2024H1", {"seen", "table", "growth", "plan", "history", "contributions"}),
        ("area", "bac-ninh", {"seen", "table", "growth", "plan", "history", "contributions"}),
        ("indicators", ("export_value",), {"table", "growth", "plan", "history", "contributions"}),
        ("indicator", "export_value", {"history", "contributions"}),
        ("price_basis", "constant_2010", {"seen", "table", "growth", "plan", "history"}),
        ("as_of", date(2018, 6, 13), {"seen", "table", "growth", "plan", "history", "contributions"}),
        ("other_periods", ("2024H1",), {"seen", "table", "growth", "plan"}),
        ("other_areas", ("hai-duong", "bac-ninh"), {"seen"}),
    ],
)
def test_each_control_changes_what_it_is_about_and_nothing_else(form, explorer, displayed, name, value, changed):
    places = {place: part for part, place in explorer._outputs._places.items()}
    form._controls[name].value = value
    finals = [shown for shown in displayed if not shown.forms.get("text/html", "").startswith('<div style="height')]

    assert [places[shown.place] for shown in finals] == [part for part in PARTS if part in changed]
    assert all(shown.update for shown in displayed)


def test_a_chart_is_drawn_again_where_something_else_stood_in_between(form, displayed):
    form._controls["indicator"].value = "export_value"
    assert [FIGURE_TYPE in shown.forms for shown in displayed] == [False, True, False, True]


def test_the_indicator_looked_at_closely_stays_among_the_chosen(form, explorer):
    form._controls["indicators"].value = ("export_value", "import_value")
    close = form._controls["indicator"]

    assert [code for _, code in close.options] == ["export_value", "import_value"]
    assert (close.value, explorer.view.indicator) == ("export_value", "export_value")


def test_nothing_chosen_is_the_headline_indicators(form, explorer):
    form._controls["indicators"].value = ()
    assert explorer.view.indicators == "industrial_output export_value import_value retail_sales"


def test_buttons_keep_what_is_seen_and_say_so(form, explorer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    add, save = (child for child in form.box.children[2].children)
    add.click()
    assert form._message.value.startswith("Đã thêm một dòng vào reports.csv (1 dòng).")
    save.click()
    assert form._message.value.startswith("Đã lưu explore-2018H1-bac-giang.ipynb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["explore-2018H1-bac-giang.ipynb", "reports.csv"]


def test_what_cannot_be_kept_is_said_as_text(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports.csv").write_text("<img src=x onerror=alert(1)>,b\n1,2\n", encoding="utf-8")
    form.box.children[2].children[0].click()

    assert "got the columns &lt;img src=x onerror=alert(1)&gt;, b; expected notebook, period" in form._message.value


def test_a_form_is_no_reading_of_a_report(dataset, explorer, form):
    from bcanalysis.dataset.reads import asked, forget

    forget()
    choices(dataset, explorer.view)
    assert {selection.table for selection in asked()} <= {"areas", "indicators", "price_bases"}
