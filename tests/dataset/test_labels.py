from __future__ import annotations

import pandas as pd

from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.labels import with_labels

ROW = {"area": "bac-giang", "indicator": "industrial_output", "breakdown": "fdi", "price_basis": "constant_2010"}


def test_codes_get_their_names_in_both_languages(dataset: Dataset) -> None:
    (found,) = with_labels(dataset, pd.DataFrame([ROW])).to_dict("records")
    assert (found["label_vi"], found["label_en"]) == ("Giá trị sản xuất công nghiệp", "Industrial output value")
    assert (found["breakdown_vi"], found["price_basis_en"]) == ("Khu vực có vốn đầu tư nước ngoài", "constant 2010 prices")
    assert (found["unit"], found["unit_vi"], found["kind"], found["theme"], found["decimals"]) == (
        "billion_vnd",
        "tỷ đồng",
        "flow",
        "industry",
        0,
    )


def test_the_total_needs_no_name(dataset: Dataset) -> None:
    (found,) = with_labels(dataset, pd.DataFrame([ROW | {"breakdown": "total"}])).to_dict("records")
    assert (found["breakdown_vi"], found["breakdown_en"]) == ("", "")


def test_a_source_has_its_title(dataset: Dataset) -> None:
    (found,) = with_labels(dataset, pd.DataFrame([ROW | {"source": "bao-cao-132-bc-sct-2018"}])).to_dict("records")
    assert found["source_title"].startswith("Báo cáo số 132/BC-SCT ngày 14/6/2018")


def test_the_year_before_and_the_plan_have_the_titles_of_their_sources_and_a_sum_has_those_of_all(dataset: Dataset) -> None:
    code, other = "bao-cao-132-bc-sct-2018", str(dataset["sources"]["code"].iloc[-1])
    (found,) = with_labels(dataset, pd.DataFrame([ROW | {"prior_source": f"{code} + {other}", "plan_source": None}])).to_dict(
        "records"
    )
    first, second = (dataset["sources"].set_index("code")["title"][name] for name in (code, other))
    assert found["prior_source_title"] == f"{first} + {second}"
    assert pd.isna(found["plan_source_title"])


def test_labels_leave_the_rows_given_alone(dataset: Dataset) -> None:
    rows = pd.DataFrame([ROW])
    with_labels(dataset, rows)
    assert list(rows.columns) == list(ROW)


def test_a_table_can_be_labelled_by_name(dataset: Dataset) -> None:
    found = dataset.labelled("corrections")
    assert len(found) == len(dataset["corrections"])
    assert found["label_vi"].notna().all()
