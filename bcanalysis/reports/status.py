"""How a report can end: one word, the same in its page, the index, the run record, the notebook and the exit status."""

from __future__ import annotations

from typing import Literal

Status = Literal["failed", "timed_out", "out_of_memory", "kernel_died", "bad_parameters", "cancelled", "no_data", "ok", "skipped"]

BROKEN: tuple[Status, ...] = ("failed", "timed_out", "out_of_memory", "kernel_died", "bad_parameters")  # exit status 1
UNFINISHED: tuple[Status, ...] = (*BROKEN, "cancelled")  # made again by the next run
DONE: tuple[Status, ...] = ("no_data", "ok")
STATUSES: tuple[Status, ...] = (*UNFINISHED, *DONE, "skipped")  # what needs a look first
