"""What the cells of an old workbook of Excel (.xls) show: calamine reads 27,6% as 0.276, and an error as a blank."""

from __future__ import annotations

from graphlib import TopologicalSorter
from io import StringIO

from bcanalysis.sheets.told import Told, broken, decimals_of


def looked_at(content: bytes) -> dict[str, Told]:
    """Look at what the cells show.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    dict of str to Told
        By sheet; empty if the workbook is locked.

    Raises
    ------
    ValueError
        If it is damaged.
    """
    from xlrd import XL_CELL_ERROR, XL_CELL_NUMBER, XLRDError, error_text_from_code, open_workbook
    from xlrd.compdoc import CompDocError

    try:
        _refuse_circles(content)
        book = open_workbook(
            file_contents=content,
            logfile=StringIO(),
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,  # sectors used twice, which some programs write and Excel reads
        )
        codes = [book.format_map[style.format_key].format_str for style in book.xf_list]
        shown = {place: decimals for place, code in enumerate(codes) if (decimals := decimals_of(code))}
    except Exception as error:  # xlrd falls over damaged files in a dozen ways
        if "encrypted" in str(error):
            return {}
        raise ValueError(error if isinstance(error, XLRDError | CompDocError) else "its parts contradict each other") from None
    sheets: dict[str, Told] = {}
    for sheet in book.sheets():
        told = sheets[sheet.name] = Told()
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.ctype == XL_CELL_ERROR:
                    told.unread[row, column] = broken(error_text_from_code.get(cell.value, "#?"))
                elif cell.ctype == XL_CELL_NUMBER and cell.xf_index in shown:
                    told.shown[row, column] = shown[cell.xf_index]
    return sheets


def _refuse_circles(content: bytes) -> None:
    """Refuse small sectors that lead back to themselves, which xlrd would follow for ever."""
    from xlrd.compdoc import CompDoc

    behind = CompDoc(content, StringIO()).SSAT
    TopologicalSorter({sector: [following] for sector, following in enumerate(behind)}).prepare()
