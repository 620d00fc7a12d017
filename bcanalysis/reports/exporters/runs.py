"""What an executed notebook says about its own run: language, parameters, status and errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from bcanalysis.reports import RECORD_TYPE
from bcanalysis.reports.exporters.stable import stable_text
from bcanalysis.reports.exporters.terminal import plain_text
from bcanalysis.reports.parameters import declared_parameters, mismatch
from bcanalysis.reports.status import UNFINISHED, Status
from bcanalysis.wording.terms import LANGUAGES

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
    status : str
        One of `bcanalysis.reports.status.STATUSES`; a run with any error is not ok, whatever its record says.
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
    ends = tuple(_bad_ends(nb, injected))
    return Run(
        status=ends[0][0] if ends else "no_data" if record and record.get("status") == "no_data" else "ok",
        lang=lang if lang in LANGUAGES else "vi",
        parameters=parameters,
        failures=tuple(failure for _, failure in ends),
        record=record,
    )


def _record(nb: NotebookNode) -> Mapping[str, Any] | None:
    for cell in reversed(nb.cells):
        for output in reversed(cell.get("outputs", [])):
            record = output.get("data", {}).get(RECORD_TYPE)
            if isinstance(record, Mapping):
                return record
    return None


def _bad_ends(nb: NotebookNode, injected: Mapping[str, Any]) -> Iterator[tuple[Status, Failure]]:
    """Find all that went wrong: what the engine saw, every error, parameters nobody reads, and a run that broke off unseen."""
    own = _mapping(nb.metadata.get("bcanalysis"))
    errors = [
        (_kind_of_error(output, injected), Failure(error_text(output), position))
        for position, cell in enumerate(nb.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    told = own.get("status")
    text = _one_line(str(own.get("error") or ""))
    known = {failure.text for _, failure in errors}
    if told in UNFINISHED and text not in known and (text or not errors):
        places = {cell.get("id"): position for position, cell in enumerate(nb.cells)}
        yield told, Failure(text, places.get(own.get("cell")))
    yield from errors
    if told in UNFINISHED or errors:
        return
    if problem := _mismatch(nb, injected):
        yield "bad_parameters", Failure(problem)
    elif _mapping(nb.metadata.get("papermill")).get("exception") is True:
        yield "failed", Failure("")
    elif (position := _broke_off(nb)) is not None:
        yield "failed", Failure("the run broke off here: the kernel died, or the time was up", position)


def _kind_of_error(output: NotebookNode, injected: Mapping[str, Any]) -> Status:
    """Tell errors apart by name: memory that ran out, and a code or period that our library refused as it was handed in."""
    if output.get("ename") in {"MemoryError", "_ArrayMemoryError", "ArrayMemoryError"}:
        return "out_of_memory"
    refused = output.get("ename") == "UsageError" and any(f'"{value}"' in output.get("evalue", "") for value in injected.values())
    return "bad_parameters" if refused else "failed"


def _mismatch(nb: NotebookNode, injected: Mapping[str, Any]) -> str:
    """Say which parameters the notebook does not declare, or declares as something else; papermill runs on."""
    cells = [cell for cell in nb.cells if "parameters" in cell.metadata.get("tags", [])]
    try:
        return mismatch(declared_parameters(cells[0].source), injected) if len(cells) == 1 else ""
    except ValueError:
        return ""


def _broke_off(nb: NotebookNode) -> int | None:
    """Find the cell at which papermill's own engine lost its kernel: it says "completed", but the kernel never answered."""
    for position, cell in enumerate(nb.cells):
        timing = cell.metadata.get("execution")
        if cell.cell_type == "code" and timing is not None and "shell.execute_reply" not in timing:
            return position
    return None


def cells_that_never_ran(nb: NotebookNode) -> list[int]:
    """List the code cells that papermill never started.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    list of int
        Positions; papermill's own engine calls such cells completed.
    """
    return [
        position
        for position, cell in enumerate(nb.cells)
        if cell.cell_type == "code" and "papermill" in cell.metadata and not cell.metadata["papermill"].get("start_time")
    ]


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
    line = " ".join(stable_text(plain_text(text)).split())
    return line if len(line) <= _LONGEST_ERROR else line[:_LONGEST_ERROR] + "…"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
