"""The sides: for each, the one command that makes a list of reports in an output folder."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.environments import Environment
from benchmarks.reports import Report, write_list

Command = Callable[[Environment, Sequence[Report], Path], list[str]]


def _ours(environment: Environment, reports: Sequence[Report], out: Path) -> list[str]:
    bcanalysis = environment.program("bcanalysis")
    if len(reports) == 1:
        return [bcanalysis, "report", reports[0].parameters["period"], "--notebook", reports[0].notebook, "--out", str(out)]
    matrix = write_list(reports, out.with_name("reports.csv"))
    return [bcanalysis, "report", "--matrix", str(matrix), "--out", str(out)]


def _without_our_help(out: Path) -> str:
    """Give the setting with which a kernel imports what any kernel imports that shows a chart, before bcanalysis can put it off."""
    startup = out.with_name("ipython") / "profile_default" / "startup"
    startup.mkdir(parents=True, exist_ok=True)
    (startup / "00.py").write_text("import jsonschema\n", encoding="utf-8")
    return f"IPYTHONDIR={out.with_name('ipython')}"


def _shell_loop(exporter: str, *, helped: bool = False) -> Command:
    def command(environment: Environment, reports: Sequence[Report], out: Path) -> list[str]:
        lines = ["set -e", *([] if helped else [f"export {_without_our_help(out)}"])]
        for number, report in enumerate(reports, start=1):
            notebook = str(out / f"{number}.ipynb")
            parameters = [word for name, text in report.parameters.items() for word in ("-r", name, text)]
            lines.append(shlex.join([environment.program("papermill"), str(report.path), notebook, *parameters]))
            lines.append(shlex.join([environment.program("jupyter"), "nbconvert", "--to", exporter, notebook]))
        script = out.with_name("loop.sh")
        script.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return ["bash", str(script)]

    return command


def _api_loop(exporter: str, *, helped: bool = False) -> Command:
    def command(environment: Environment, reports: Sequence[Report], out: Path) -> list[str]:
        listed = write_list(reports, out.with_name("reports.csv"))
        setting = [] if helped else ["env", _without_our_help(out)]
        return [*setting, environment.program("python"), "-m", "benchmarks.api_loop", str(listed), str(out), exporter]

    return command


def _floor(environment: Environment, reports: Sequence[Report], out: Path) -> list[str]:
    listed = write_list(reports, out.with_name("reports.csv"))
    return [environment.program("python"), "-m", "benchmarks.floor", str(listed), str(out)]


SIDES: Mapping[str, Command] = {
    "ours": _ours,
    "a": _shell_loop("bcreport"),
    "b": _api_loop("bcreport"),
    "c": _floor,
    "a-stock": _shell_loop("html"),
    "b-stock": _api_loop("html"),
    "a-helped": _shell_loop("bcreport", helped=True),
    "b-helped": _api_loop("bcreport", helped=True),
}
TITLES: Mapping[str, str] = {
    "ours": "bcanalysis report",
    "a": "(a) papermill and nbconvert commands",
    "b": "(b) papermill and nbconvert in Python",
    "c": "(c) the floor",
    "a-stock": "(a) with nbconvert's own page",
    "b-stock": "(b) with nbconvert's own page",
    "a-helped": "(a) with our put-off import",
    "b-helped": "(b) with our put-off import",
}
