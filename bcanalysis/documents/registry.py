"""The two lines of an official head that the registry completes when it issues the document: its number and its day."""

from __future__ import annotations

from bcanalysis.documents.blocks import Head
from bcanalysis.wording.terms import term

BLANK = "\N{NO-BREAK SPACE}" * 6  # written in by hand or by machine


def number_line(head: Head, lang: str) -> str:
    """Give number and symbol, the number left blank.

    Parameters
    ----------
    head : Head
        The head.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> head = Head("UBND tỉnh Bắc Giang", "Sở Công Thương", "BC-SCT", "Bắc Giang", 6, 2018)
    >>> number_line(head, "vi").replace(BLANK, "...")
    'Số:.../BC-SCT'
    """
    return term("official.number", lang, blank=BLANK, symbol=head.symbol)


def date_line(head: Head, lang: str) -> str:
    """Give place and date, the day left blank.

    Parameters
    ----------
    head : Head
        The head.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> head = Head("UBND tỉnh Bắc Giang", "Sở Công Thương", "BC-SCT", "Bắc Giang", 2, 2018)
    >>> date_line(head, "vi").replace(BLANK, "...")
    'Bắc Giang, ngày...tháng 02 năm 2018'
    >>> date_line(head, "en").replace(BLANK, "...")
    'Bắc Giang, ... February 2018'
    """
    month = term(f"sentences.month.{head.month}", lang)
    return term("official.date", lang, place=head.place, blank=BLANK, month=month, year=head.year)
