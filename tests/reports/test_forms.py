"""Documents are set in the layout that they name."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pdfplumber
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from bcanalysis.documents import DOCUMENT_TYPE
from bcanalysis.documents.blocks import Document, Paragraph, Run
from bcanalysis.documents.profile import profile
from bcanalysis.documents.stored import to_json
from bcanalysis.errors import UsageError
from bcanalysis.reports.exporters import forms


def carrying(document):
    output = new_output("display_data", data={DOCUMENT_TYPE: to_json(document)})
    record = new_output("display_data", data={"application/vnd.bcanalysis.run+json": {"status": "ok"}})
    return new_notebook(cells=[new_code_cell("report", execution_count=1, outputs=[record, output])])


@pytest.fixture
def other(monkeypatch):
    """A second layout, whose paper is smaller."""
    known = {"nd30_2020": profile(), "small": replace(profile(), width=150.0)}
    monkeypatch.setattr(forms, "profile", known.__getitem__)


@pytest.mark.parametrize(("named", "width"), [({}, 210), ({"profile": "small"}, 150)])
def test_a_document_is_set_in_the_layout_it_names(named, width, other):
    nb = carrying(Document("Báo cáo", "vi", (Paragraph((Run("Đạt."),)),), **named))
    pdf = pdfplumber.open(io.BytesIO(forms.write(nb, "report", "pdf").content))
    word = docx.Document(io.BytesIO(forms.write(nb, "report", "docx").content))

    assert float(pdf.pages[0].width) == pytest.approx(width / 25.4 * 72, abs=0.1)
    assert word.sections[0].page_width.mm == pytest.approx(width, abs=0.1)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_document_that_names_an_unknown_layout_is_refused(form):
    nb = carrying(Document("Báo cáo", "vi", (), profile="nd30_2002"))

    with pytest.raises(UsageError, match=r'profile: got "nd30_2002".*Did you mean "nd30_2020"\?'):
        forms.write(nb, "report", form)
