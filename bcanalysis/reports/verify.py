"""Whether a page is what its notebook and figures give: read its checksum, and make it again."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice, takewhile, zip_longest
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from bcanalysis.dataset.locate import DESCRIPTOR, find_data
from bcanalysis.dataset.tables import hashed
from bcanalysis.errors import UsageError
from bcanalysis.own_code import source_sha256
from bcanalysis.reports import RECORD_TYPE
from bcanalysis.reports.exporters.page import print_page
from bcanalysis.reports.exporters.provenance import checksum, embedded_provenance, notebook_sha256
from bcanalysis.reports.jobs import Job
from bcanalysis.reports.notebooks import Notebook, find_notebooks
from bcanalysis.reports.report import Settings, make_report
from bcanalysis.reports.surroundings import versions
from bcanalysis.sheets.databases import is_address

_SHOWN = 3  # differing lines that are told
_AROUND = 40  # characters before a difference


@dataclass(frozen=True)
class Verdict:
    """What is known of a page.

    Parameters
    ----------
    file : str
        The page.
    checksum : bool
        Whether its checksum is that of its content.
    content : bool or None
        Whether making it again gives the same content; None where that could not be tried.
    why_not : tuple of str
        Why it could not be made again: what is gone or has changed since.
    differences : tuple of str
        The first lines that differ, as the page has them and as they come out.
    """

    file: str
    checksum: bool
    content: bool | None
    why_not: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the page."""
        return self.checksum and self.content is not False

    def line(self) -> dict[str, Any]:
        """Give it for machines."""
        return {**asdict(self), "sound": self.sound}

    def __str__(self) -> str:
        """Say it in words."""
        seal = "its checksum holds" if self.checksum else "its checksum does NOT hold: it was changed after it was made"
        if self.content is None:
            return "\n".join([f"{self.file}: {seal}. Only the checksum was checked:", *(f"  {reason}" for reason in self.why_not)])
        made = "made again, it is the same" if self.content else "made again, it is NOT the same:"
        return "\n".join([f"{self.file}: {seal}; {made}", *(f"  {line}" for line in self.differences)])


def verify_page(file: Path) -> Verdict:
    """Check a page.

    Parameters
    ----------
    file : pathlib.Path
        The page.

    Returns
    -------
    Verdict
        What is known of it. Times, durations and the commit are taken from the page as it declares them; everything else must come
        out again.

    Raises
    ------
    UsageError
        If the file is no page of a report.
    """
    try:
        html = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{file}: got a file that is no text; expected the HTML page of a report") from None
    told = embedded_provenance(html)
    if told is None or "checksum" not in told:
        raise UsageError(f"{file}: got a page that does not say where it comes from; expected one that bcanalysis has made")
    holds = told["checksum"] == checksum(html)
    notebook, why_not = _same_as_then(told)
    if notebook is None or why_not:
        return Verdict(str(file), holds, None, tuple(why_not))
    again = _made_again(notebook, told)
    other_rows = _changed_rows(told, embedded_provenance(again) or {})
    if other_rows:
        return Verdict(str(file), holds, None, tuple(other_rows))
    return Verdict(str(file), holds, again == html, (), tuple(_differences(html, again)))


def _same_as_then(told: Mapping[str, Any]) -> tuple[Notebook | None, list[str]]:
    """Find the notebook, and list what is no longer what the page was made from."""
    name = str(told.get("notebook") or "")
    try:
        (notebook,) = find_notebooks([name.removesuffix(".ipynb")])
    except UsageError as error:
        return None, [str(error)]
    why = []
    if notebook_sha256(list(notebook.cells)) != told.get("notebook_sha256"):
        why.append(f"the notebook {name} has changed")
    why += _changed_files(told)
    if told.get("source_sha256") != source_sha256():
        why.append("the library's code has changed" if told.get("source_sha256") else "the page does not say which code made it")
    now, then = versions(), told.get("versions") or {}
    why += [
        f"{package}: {then.get(package, 'none')} then, {now.get(package, 'none')} now"
        for package in sorted({*now, *then})
        if now.get(package) != then.get(package)
    ]
    return notebook, why


def _changed_files(told: Mapping[str, Any]) -> list[str]:
    try:
        folder = find_data((told.get("parameters") or {}).get("data"))
    except UsageError as error:
        return [str(error)]
    then = {name: sha256 for name, sha256 in _files(told).items() if not is_address(name)}
    names = {DESCRIPTOR, *(path.name for path in folder.glob("*.csv")), *then}
    now = {name: hashed(folder / name).sha256 for name in names if (folder / name).is_file()}
    return [f"the file {name} has changed" for name in sorted(then) if then[name] != now.get(name)]


def _changed_rows(told: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """List the tables of databases that give other rows now: this is known only once they have been read again."""
    then, now = _files(told), _files(again)
    return [f"the rows of {name} have changed" for name in then if is_address(name) and then[name] != now.get(name)]


def _files(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(file.get("name")): str(file.get("sha256")) for file in told.get("files") or [] if isinstance(file, dict)}


def _made_again(notebook: Notebook, told: Mapping[str, Any]) -> str:
    """Make the page anew, with the times and the commit that it declares."""
    parameters = dict(told.get("parameters") or {})
    period = str(parameters.get("period", ""))
    with tempfile.TemporaryDirectory() as folder:
        job = Job(notebook, period, parameters, f"{period}/{notebook.name}")
        make_report(job, Path(folder), Settings())
        nb = nbformat.read(Path(folder) / f"{job.stem}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    _declare(nb, told)
    return print_page(nb, str(told.get("name") or ""), library=told.get("library")).html


def _declare(nb: NotebookNode, told: Mapping[str, Any]) -> None:
    papermill = nb.metadata.get("papermill", {})
    papermill.update({"start_time": told.get("started_at"), "end_time": told.get("ended_at"), "duration": told.get("seconds")})
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            record = output.get("data", {}).get(RECORD_TYPE)
            if record is not None:
                record.update({key: told.get(key) for key in ("executed_at", "git")})


def _differences(html: str, again: str) -> list[str]:
    """Show the first places that differ, each with a little of what stands around it."""
    pairs = zip_longest(_split(html), _split(again), fillvalue="")
    places = islice(((page, other) for page, other in pairs if page != other), _SHOWN)
    return [
        f"{side}: {text}" for page, other in places for side, text in zip(("page ", "again"), _around(page, other), strict=True)
    ]


def _around(page: str, other: str) -> list[str]:
    start = max(0, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(page, other, strict=False))) - _AROUND)
    return [("…" if start else "") + text[start : start + 3 * _AROUND] for text in (page, other)]


def _split(html: str) -> list[str]:
    """Part a page into lines, without the one that holds the checksum: it differs with whatever else does."""
    return [line for line in html.splitlines() if '"checksum"' not in line]
