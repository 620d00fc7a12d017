"""What the notebooks call, for every area and period on file, in both languages: nothing raises, nothing warns."""

import json
import os

import pytest

import bcanalysis as bc
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.load import load

from .conftest import ROOT

PLACES = sorted(set(load(ROOT / "data")["observations"][["area", "period"]].itertuples(index=False, name=None)))
TRAPS = [("thai-nguyen", "2022H1"), ("bac-giang", "2021")]  # a percent with an open end; a value with one
SHOWN = PLACES if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else sorted({*PLACES[::12], *TRAPS})


def bundle(shown: object) -> str:
    return str(getattr(shown, "_repr_html_", lambda: "")()) + str(shown)


@pytest.mark.parametrize(("area", "period"), SHOWN)
def test_everything_a_notebook_shows_can_be_shown(dataset: Dataset, area: str, period: str):
    figures = bc.compare(dataset, period, area)
    codes = figures["indicator"].unique()
    rest, areas = bc.second_half(dataset, figures), bc.across(dataset, period, codes)
    for lang in ("vi", "en"):
        listings = {
            "pace": bc.pace_to_plan(figures),
            "second_half": rest,
            "past_halves": rest,
            "provinces": areas,
            "coverage": areas,
            "statuses": figures,
            "readings": bc.readings(figures),
            "verdicts": figures,
            "identities": bc.identities(dataset, period, area),
            "conflicts": bc.conflicts(dataset, period, area),
            "gaps": bc.gaps(dataset, period, area),
        }
        assert all(bundle(bc.table(frame, name, lang)) for name, frame in listings.items())
        assert bundle(bc.table_comparison(figures, lang))
        assert len(bc.sentences(figures, lang).texts) == len(figures)
        charts = [bc.chart(figures, "growth", lang), bc.chart(figures, "plan", lang, dataset=dataset)]
        charts += [bc.chart(areas, "growth", lang), bc.chart(rest, "second_half", lang)]
        charts += [bc.chart(bc.contributions(dataset, figures, code), "contributions", lang) for code in codes]
        charts += [bc.chart(bc.history(dataset, code, period, area), "history", lang) for code in codes]
        assert all(chart.layout.meta["alt"] for chart in charts)
        record = bc.run_record(dataset, figures, period=period, area=area, lang=lang)
        assert json.dumps(dict(record.content), allow_nan=False)
