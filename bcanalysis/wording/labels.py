"""How an indicator is called inside a sentence, and the verb that goes with it."""

from __future__ import annotations

from bcanalysis.wording.english import agree
from bcanalysis.wording.statement import Statement
from bcanalysis.wording.terms import group, term

_KNOWN = {"reported", "final", "unknown", "proposed", "registered", "granted"}


def subject(statement: Statement, counted: bool = False) -> str:
    """Name the indicator, its price basis where that matters, its part and its time.

    Parameters
    ----------
    statement : Statement
        The row.
    counted : bool
        Whether a number of things follows, so that Vietnamese says "số ..." before the things.

    Returns
    -------
    str
        For example ``Giá trị sản xuất công nghiệp (giá thực tế) 6 tháng đầu năm 2018``.
    """
    label = _told(statement)
    if counted and statement.kind in {"count", "stock"} and not _head(label, "quantity", statement.lang):
        label = statement.say("label.counted", label=inside(label) if statement.lang == "vi" else label)
    if _head(label, "article", statement.lang):
        label = statement.say("label.article", label=inside(label))
    if basis := _basis(statement):
        closed = label.endswith(")")
        label = statement.say("label.basis_inside" if closed else "label.basis", label=label[:-1] if closed else label, basis=basis)
    code, name, when = statement.text("breakdown"), statement.word("breakdown"), statement.when.words
    if code in {None, "total"}:
        return statement.say("subject.plain", label=label, when=when)
    if f"part.{code}" in group("sentences"):
        return statement.say("subject.part", label=label, part=statement.say(f"part.{code}"), when=when)
    if not name:
        return statement.say("subject.plain", label=label, when=when)
    return statement.say("subject.named_part", label=label, part=_part(name, statement.lang), when=when)


def verb(statement: Statement, form: str) -> str:
    """Choose the verb of a form for the status of the value.

    Parameters
    ----------
    statement : Statement
        The row.
    form : str
        ``reach``, ``be``, ``rise``, ``fall`` ...: a family of verbs in the words of sentences.

    Returns
    -------
    str
        For example ``ước đạt``. A status is never promoted: an estimate stays one.
    """
    status = "known" if statement.status in _KNOWN else statement.status
    words = statement.say(f"verb.{form}.{status}")
    return agree(words, statement.label) if statement.lang == "en" else words


def _told(statement: Statement) -> str:
    """Take from a label what the sentence says with its verb: the growth of a rate, the comparison of an index."""
    label, lang = statement.label, statement.lang
    if statement.kind == "rate" and (head := _head(label, "rate", lang)):
        label = label.removeprefix(head)
    if statement.kind == "index":
        tails = term("sentences.tails.index", lang).split("|")
        label = next((label.removesuffix(tail) for tail in tails if label.endswith(tail)), label)
    return label


def _basis(statement: Statement) -> str:
    code = statement.text("price_basis")
    if code in {None, "not_stated", "not_applicable"}:
        return ""
    return statement.say(f"basis.{code}") if f"basis.{code}" in group("sentences") else statement.word("price_basis")


def _head(label: str, name: str, lang: str) -> str:
    """Give the beginning of a label that is on the list, or an empty text."""
    return next((head for head in term(f"sentences.heads.{name}", lang).split("|") if head and label.startswith(head)), "")


def inside(text: str) -> str:
    """Write a name as it stands inside a sentence; an abbreviation keeps its capitals.

    Parameters
    ----------
    text : str
        A name that begins with a capital.

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> inside("Kim ngạch xuất khẩu"), inside("GRDP")
    ('kim ngạch xuất khẩu', 'GRDP')
    """
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _part(name: str, lang: str) -> str:
    """Write the name of a part inside a sentence; a proper name keeps its capital."""
    rest = name.partition(" ")[2]
    proper = not rest or (rest[0].isupper() and rest[1:2].islower())
    return name if proper and not _head(name, "common", lang) else inside(name)
