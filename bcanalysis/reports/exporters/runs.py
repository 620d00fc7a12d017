"""What an executed notebook says about its own run: language, parameters, status and errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nbformat import NotebookNode

from bcanalysis.reports import RECORD_TYPE
from bcanalysis.reports.exporters.terminal import plain_text
from bcanalysis.wording.terms import LANGUAGES

Status = Literal["ok", "no_data", "failed"]
_LONGEST_ERROR = 500


@dataclass(frozen=True)
class Failure:
    """One error of a run.

    Parameters
    ----------
    text : str
        What went wrong, in one line; empty when nobody knows.
    cell : int or None
        Position of the failing cell in the notebook, None when the run as a whole failed.
    """

    text: str
    cell: int | None = None


@dataclass(frozen=True)
class Run:
    """The run of a notebook.

    Parameters
    ----------
    status : {"ok", "no_data", "failed"}
        A run with any error has failed, whatever its record says.
    lang : {"vi", "en"}
        Language of the report.
    parameters : mapping
        Parameters of the run; empty when unknown.
    failures : tuple of Failure
        The errors, in the order of the cells.
    record : mapping or None
        The run record the notebook carries, None when it carries none.
    """

    status: Status
    lang: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    record: Mapping[str, Any] | None = None


def read_run(nb: NotebookNode) -> Run:
    """Read how a notebook was run and how the run ended.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    Run
        The run. The language is Vietnamese unless a parameter ``lang`` says otherwise.
    """
    record = _record(nb)
    injected = _mapping(_mapping(nb.metadata.get("papermill")).get("parameters"))
    parameters = _mapping((record or {}).get("parameters")) or injected
    lang = parameters.get("lang", injected.get("lang"))
    failures = tuple(_failures(nb))
    return Run(
        status="failed" if failures else "no_data" if record and record.get("status") == "no_data" else "ok",
        lang=lang if lang in LANGUAGES else "vi",
        parameters=parameters,
        failures=failures,
        record=record,
    )


def _record(nb: NotebookNode) -> Mapping[str, Any] | None:
    for cell in reversed(nb.cells):
        for output in reversed(cell.get("outputs", [])):
            record = output.get("data", {}).get(RECORD_TYPE)
            if isinstance(record, Mapping):
                return record
    return None


def _failures(nb: NotebookNode) -> Iterator[Failure]:
    """Find every error; a run marked as failed without one still counts as one unknown error."""
    found = [
        Failure(error_text(output), position)
        for position, cell in enumerate(nb.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    yield from found
    own = _mapping(nb.metadata.get("bcanalysis"))
    marked = own.get("status") == "failed" or _mapping(nb.metadata.get("papermill")).get("exception") is True
    text = _one_line(str(own.get("error") or ""))
    if marked and (text or not found) and text not in {failure.text for failure in found}:
        yield Failure(text)


def error_text(output: NotebookNode) -> str:
    """Give the name and message of an error output in one line.

    Parameters
    ----------
    output : nbformat.NotebookNode
        An output of type ``error``.

    Returns
    -------
    str
        ``Name: message``, without terminal colours, at most 500 characters.
    """
    return _one_line(f"{output.get('ename', '')}: {output.get('evalue', '')}")


def _one_line(text: str) -> str:
    line = " ".join(plain_text(text).split())
    return line if len(line) <= _LONGEST_ERROR else line[:_LONGEST_ERROR] + "…"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
