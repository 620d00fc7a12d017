"""What selections reach, as one hash for each table: equal hashes, equal figures on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING

from bcanalysis.dataset.reads import ELSEWHERE, Selection
from bcanalysis.dataset.stored import OF_STATEMENTS

if TYPE_CHECKING:
    from bcanalysis.dataset.dataset import Dataset


def fingerprints(dataset: Dataset, selections: Iterable[Selection]) -> dict[str, str]:
    """Hash what selections reach.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    selections : iterable of Selection
        What a report asked for, as :func:`bcanalysis.dataset.reads.asked` lists it.

    Returns
    -------
    dict of str to str
        SHA-256 by table: of the rows that the selections reach; of the ``sources`` that those cite; and of the whole of each
        catalogue, which every report counts on. It depends on what the rows say, not on their lines or how their files are written.
        What was read from a second folder is never the same again.

    Raises
    ------
    KeyError
        If a selection is of a table that is not there.

    Examples
    --------
    >>> from bcanalysis.dataset.load import load
    >>> found = fingerprints(load(), [Selection("plans", area=("bac-giang",))])
    >>> [name for name in found if name in ("plans", "sources", "statements", "units")]
    ['plans', 'sources', 'units']
    """
    by_table: dict[str, list[Selection]] = {}
    for selection in selections:
        by_table.setdefault(selection.table, []).append(selection)
    found = {name: dataset.unnoted(name).fingerprint([Selection(name)]) for name in dataset.catalogues}
    if ELSEWHERE in by_table:
        found[ELSEWHERE] = token_hex()
    cited: set[str] = set()
    for name in by_table.keys() - found.keys():
        rows, asked = dataset.unnoted(name), by_table[name]
        if dataset.stored is not None and dataset.stored.store.has_changed and name in OF_STATEMENTS:
            found[name] = token_hex()  # what the report has read is gone
            continue
        found[name] = rows.fingerprint(asked)
        cited |= rows.codes("source", asked)
    found.setdefault("sources", dataset.unnoted("sources").fingerprint_of(cited))
    return dict(sorted(found.items()))


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """List the tables in which something has changed.

    Parameters
    ----------
    old, new : mapping of str to str
        Results of :func:`fingerprints` for the same selections.

    Returns
    -------
    list of str
        Names of tables, in alphabetical order.

    Examples
    --------
    >>> changes({"plans": "a", "units": "b"}, {"plans": "c", "units": "b"})
    ['plans']
    """
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
