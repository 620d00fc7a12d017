from __future__ import annotations

import bcanalysis as bc


def test_the_record_carries_the_first_figures_in_the_language_of_the_run(dataset):
    figures = bc.compare(dataset, "2018H1", headline=True)
    record = bc.run_record(dataset, figures, period="2018H1", area="bac-giang", lang="vi").content
    english = bc.run_record(dataset, figures, period="2018H1", area="bac-giang", lang="en").content
    assert len(record["headline"]) == 4
    assert record["headline"][2] == {
        "label": "Kim ngạch xuất khẩu",
        "value": "ước 3.140 triệu USD",
        "growth": "in +6,5%",
        "plan": "40,3% KH",
    }
    assert english["headline"][2]["value"] == "est. 3,140 million USD"


def test_a_record_of_nothing_on_file_has_no_figures(dataset):
    figures = bc.compare(dataset, "1999H1", headline=True)
    assert bc.run_record(dataset, figures, period="1999H1", area="bac-giang").content["headline"] == []
