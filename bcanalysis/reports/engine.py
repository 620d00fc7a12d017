"""The papermill engine that tells the truth: what ran, what did not, and how the run ended, all written into the notebook.

papermill's own engine leaves a notebook that says "completed" when a cell overran its time or the kernel died. papermill itself
loads this module; nobody else imports it.
"""

from __future__ import annotations

import ast
import json
import time
from queue import Empty
from typing import Any

from jupyter_core.utils import ensure_async, run_sync
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets import Float

from bcanalysis.reports import OUTCOME
from bcanalysis.startup import defer_iri_grammar

_PATIENCE = 30  # seconds that an idle kernel has to answer
_ASK_READS = "__import__('bcanalysis.dataset.reads', fromlist=['told']).told()"

defer_iri_grammar()


class ReportClient(PapermillNotebookClient):
    """Executes the cells of a notebook; one that overruns its time or loses its kernel is marked, and the last.

    Parameters
    ----------
    cell_seconds, report_seconds : float
        The longest time for one cell and for all of them; 0 for no limit.
    """

    cell_seconds = Float(0.0)
    report_seconds = Float(0.0)

    def execute(self, **kwargs: Any) -> NotebookNode:
        """Execute the notebook.

        Parameters
        ----------
        **kwargs : object
            Handed on to the kernel's start.

        Returns
        -------
        nbformat.NotebookNode
            The executed notebook; its metadata say how the run ended if not well.
        """
        self.reset_execution_trackers()
        self.timeout_func = self._time_left
        self.iopub_timeout = 600  # a cell that has ended is not late: its output is still on the way
        self._began = time.monotonic()
        try:
            with self.setup_kernel(**kwargs):
                self.papermill_execute_cells()
                if not self.nb.metadata["papermill"]["exception"]:
                    self._ask_kernel()
        except (DeadKernelError, RuntimeError) as error:  # the kernel died between cells, or before the first
            self._ended("kernel_died", _in_one_line(error), None)
        nb: NotebookNode = self.nb
        return nb

    def papermill_execute_cells(self) -> None:
        """Execute each cell until one fails, as papermill does, and let no other way to end go unmarked."""
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except CellTimeoutError as error:
                self._broke(index, "timed_out", self._why_late(), error)
                break
            except DeadKernelError as error:
                self._broke(index, "kernel_died", self._why_dead(), error)
                break
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)

    def _time_left(self, cell: NotebookNode) -> float | None:
        limits = [self.cell_seconds] if self.cell_seconds else []
        if self.report_seconds:
            limits.append(max(0.001, self.report_seconds - (time.monotonic() - self._began)))
        return min(limits, default=None)

    def _why_late(self) -> str:
        if self.report_seconds and time.monotonic() - self._began >= self.report_seconds:
            return f"the report took longer than {self.report_seconds:g} s"
        return f"the cell took longer than {self.cell_seconds:g} s"

    def _why_dead(self) -> str:
        process = getattr(getattr(self.km, "provisioner", None), "process", None)
        status = process.poll() if process is not None else None
        if status is None:
            return "the kernel died"
        return f"the kernel was killed by signal {-status}" if status < 0 else f"the kernel ended with exit status {status}"

    def _broke(self, index: int, status: str, why: str, error: Exception) -> None:
        cell = self.nb.cells[index]
        self.nb_man.cell_exception(cell, cell_index=index, exception=error)
        self._ended(status, why, cell.get("id"))
        self.shutdown_kernel = "immediate"  # it would not listen

    def _ended(self, status: str, why: str, cell: str | None) -> None:
        self.nb.metadata[OUTCOME] = {"status": status, "error": why, "cell": cell}

    def _ask_kernel(self) -> None:
        """Ask for what papermill asks for, and which rows of the tables the notebook has read."""
        self.nb.metadata["language_info"] = self._answer(self.kc.kernel_info())["language_info"]
        self.set_widgets_metadata()
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={"reads": _ASK_READS})
        told = self._answer(asked)["user_expressions"]["reads"]
        if told["status"] == "ok":  # else the notebook does not use the library
            self.nb.metadata[OUTCOME] = {"reads": json.loads(ast.literal_eval(told["data"]["text/plain"]))}

    @run_sync
    async def _answer(self, message: str) -> dict[str, Any]:
        """Wait for an answer, but not for ever."""
        while True:
            try:
                reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=_PATIENCE))
            except Empty:
                raise DeadKernelError(f"the kernel did not answer for {_PATIENCE} s") from None
            if reply["parent_header"].get("msg_id") == message:
                return dict(reply["content"])


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class ReportEngine(NBClientEngine):
    """Known to papermill as ``bcanalysis``: ``papermill --engine bcanalysis notebook.ipynb out.ipynb``."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        start_timeout: int = 60,
        execution_timeout: float = 0,
        **kw: Any,
    ) -> NotebookNode:
        """Execute a notebook.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
            Keeps the state of the run.
        kernel_name : str
            Name of the kernel's specification.
        log_output : bool
            Log what the cells print.
        start_timeout : int
            Seconds to wait for the kernel.
        execution_timeout : float
            Seconds for one cell; 0 for no limit.
        **kw : object
            Traits of `ReportClient`.

        Returns
        -------
        nbformat.NotebookNode
            The executed notebook.
        """
        kw.pop("input_path", None)
        options = {"cell_seconds": float(execution_timeout or 0), "startup_timeout": start_timeout, "log_output": log_output, **kw}
        return ReportClient(nb_man, kernel_name=kernel_name, log=logger, **options).execute()
