"""The sentences of a comparison, as a notebook shows them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from bcanalysis.display.words import rows
from bcanalysis.wording.sentences import sentence
from bcanalysis.wording.terms import term


@dataclass(frozen=True)
class Sentences:
    """Sentences that show themselves as a list.

    Parameters
    ----------
    texts : tuple of str
        One sentence each.
    lang : str
        Their language.
    """

    texts: tuple[str, ...]
    lang: str = "vi"

    def __str__(self) -> str:
        """Give one sentence a line."""
        return "\n".join(f"- {text}" for text in self.texts)

    def _repr_html_(self) -> str:
        if not self.texts:
            return f"<p>{escape(term('display.nothing', self.lang))}</p>"
        items = "".join(f"<li>{escape(text)}</li>" for text in self.texts)
        return f'<ul class="sentences" lang="{self.lang}">{items}</ul>'


def sentences(comparison: pd.DataFrame, lang: str = "vi") -> Sentences:
    """Write one sentence for each row of a comparison, in the form official reports use.

    Parameters
    ----------
    comparison : pandas.DataFrame
        Result of :func:`bcanalysis.compare`.
    lang : {"vi", "en"}
        Language.

    Returns
    -------
    Sentences
        Shows itself as a list in a notebook; ``.texts`` holds the sentences.

    Examples
    --------
    >>> import bcanalysis as bc
    >>> print(bc.sentences(bc.compare(bc.load(), "2018H1", indicators=["retail_sales"])).texts[0][-32:])
    năm trước, đạt 47% kế hoạch năm.
    """
    return Sentences(tuple(sentence(row, lang) for row in rows(comparison)), lang)
