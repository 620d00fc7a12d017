"""What a workbook tells of its cells beside their values: decimals and percent signs they show, and those that hold no value."""

from __future__ import annotations

from dataclasses import dataclass, field

from bcanalysis.sheets.grid import Shown, Unread

NOT_COMPUTED = Unread(
    "a formula that was never computed", "its value", "Open the workbook in Excel or LibreOffice, save it, and import it again"
)
BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%"}  # formats of Excel that files only number


def broken(error: str) -> Unread:
    """Give the cell of a formula that went wrong, such as ``#DIV/0!``."""
    return Unread(f"the error {error}", "a value", "Mend the formula, or clear the cell")


@dataclass
class Told:
    """What a sheet tells of its cells; rows and columns from 0.

    Parameters
    ----------
    rows, columns : int
        How far its cells reach, where that was looked at.
    unread : dict
        Cells that hold no value.
    shown : dict
        Decimals that a cell shows, and whether it shows a percent.
    """

    rows: int = 0
    columns: int = 0
    unread: dict[tuple[int, int], Unread] = field(default_factory=dict)
    shown: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def put_into(self, rows: list[list[object]]) -> None:
        """Put into cells what their values do not say."""
        for (row, column), (decimals, percent) in self.shown.items():
            if row < len(rows) and column < len(rows[row]):
                cell = rows[row][column]
                if type(cell) in (int, float):
                    value = float(f"{cell * 100:.12g}") if percent else float(cell)  # type: ignore[operator,arg-type]
                    rows[row][column] = Shown(value, decimals, percent=percent)
        for (row, column), unread in self.unread.items():
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = unread


def decimals_of(code: str) -> tuple[int, bool] | None:
    """Give the decimals that a number format of Excel shows, and whether it shows percents; None if it shows neither.

    Examples
    --------
    >>> decimals_of("0.0%"), decimals_of("#,##0.00;[Red]-#,##0.00"), decimals_of("General")
    ((1, True), (2, False), None)
    """
    positive = code.partition(";")[0]
    _, point, behind = positive.partition("0.0")
    decimals = 1 + len(behind) - len(behind.lstrip("0")) if point else 0
    return (decimals, "%" in positive) if decimals or "%" in positive else None
