"""Outlines for tests: a sound front matter of twelve lines, and whatever text comes after it."""

from bcanalysis.documents.outline.fill import fill
from bcanalysis.documents.outline.model import OutlineError
from bcanalysis.documents.outline.read import parse

FRONT = """\
---
period: 2018H1
area: bac-giang
superior: UBND tỉnh
issuer: Sở Công Thương
symbol: BC-SCT
place: Bắc Giang
title: Kết quả
signer_title: GIÁM ĐỐC
recipients:
- Lưu
---
"""
FIRST = 13  # the line of the text that comes after it


def filled(dataset, body, front=FRONT):
    return fill(parse(front + body, "mine.md"), dataset)


def faults(dataset, body, front=FRONT):
    """Give line, column and what is said of each fault."""
    try:
        filled(dataset, body, front)
    except OutlineError as error:
        return [
            (fault.row, int(fault.column.removeprefix("column ")), f"got {fault.got}; expected {fault.expected}. {fault.hint}")
            for fault in error.faults
        ]
    return []


def only_fault(dataset, body, front=FRONT):
    [fault] = faults(dataset, body, front)
    return fault
