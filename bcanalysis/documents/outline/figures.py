"""The figures on file for the period of an outline, found by their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from bcanalysis.comparison.compare import compare, headlines
from bcanalysis.dataset.dataset import Dataset
from bcanalysis.dataset.relations import parse_relation
from bcanalysis.display.words import Row, level_text, named, rows
from bcanalysis.documents.outline.model import Faults, Front, Name, Place
from bcanalysis.documents.outline.pieces import TOTAL
from bcanalysis.errors import nearest
from bcanalysis.quality.identities import identities
from bcanalysis.wording.footnotes import contradictions
from bcanalysis.wording.numbers import with_unit
from bcanalysis.wording.phrases import phrase, reason_absent
from bcanalysis.wording.terms import term

HEADLINE = "headline"


def written(row: Row, form: str = "") -> str:
    """Write the name by which an outline calls a row.

    Parameters
    ----------
    row : mapping
        A row of a comparison.
    form : str
        The form asked for, if any.

    Returns
    -------
    str
        For example ``{industrial_output@current:growth}``.
    """
    name = str(row["indicator"])
    name += "" if row["breakdown"] == TOTAL else f".{row['breakdown']}"
    name += "" if row["price_basis"] == "not_applicable" else f"@{row['price_basis']}"
    return "{" + name + (f":{form}" if form else "") + "}"


class Figures:
    """What is on file for the period and area of an outline.

    Parameters
    ----------
    dataset : Dataset
        The tables.
    front : Front
        Period, area and language.
    faults : Faults
        Where faults are added.
    """

    def __init__(self, dataset: Dataset, front: Front, faults: Faults) -> None:
        self._dataset, self._front, self._faults = dataset, front, faults
        self.comparison = compare(dataset, front.period, front.area)
        self.rows: Sequence[Row] = rows(self.comparison)

    def find(self, name: Name) -> Row | None:
        """Find the row that a name calls; where there is none, or more than one, that is a fault."""
        codes = list(self._dataset["indicators"]["code"])
        if name.indicator not in codes:
            self._faults.add(
                name.place, f'the indicator "{name.indicator}"', "a code of indicators.csv", nearest(name.indicator, codes)
            )
            return None
        for table, code in (("breakdowns", name.breakdown), ("price_bases", name.price_basis)):
            known = list(self._dataset[table]["code"])
            if code and code not in known:
                self._faults.add(name.place, f'"{code}" of {name.indicator}', f"a code of {table}.csv", nearest(code, known))
                return None
        of_indicator = [row for row in self.rows if row["indicator"] == name.indicator]
        found = [row for row in of_indicator if row["breakdown"] == name.breakdown and name.price_basis in ("", row["price_basis"])]
        whole = [row for row in found if row["window_end"] == pd.Timestamp(self._front.period.end)]
        if len(found) > 1 and len(whole) == 1 and len({row["price_basis"] for row in found}) == 1:
            return whole[0]
        if len(found) == 1:
            return found[0]
        names = ", ".join(dict.fromkeys(written(row) for row in found or of_indicator))
        if found:
            self._faults.add(
                name.place, f"{{{name.indicator}}}, which {len(found)} series fit", "one of them by its name", f"On file: {names}."
            )
        else:
            got = f"{name.indicator} ({name.breakdown}), which is not on file for {self._front.period} in {self._front.area}"
            hint = f"On file: {names}." if names else "Add the published figure to observations.csv, or write without it."
            self._faults.add(name.place, got, "a figure on file", hint)
        return None

    def words(self, name: Name, row: Row) -> str:
        """Put what a name asks for into words; where the row does not say it, that is a fault."""
        found = phrase(row, name.form, self._front.lang)
        if not found:
            got = f"{written(row, name.form)}, but {reason_absent(row, name.form)}"
            self._faults.add(
                name.place, got, f"a figure that has a {name.form}", "Leave it out, or say in words that it is not known."
            )
        return found[:1].upper() + found[1:] if name.opens else found

    def notes(self, row: Row) -> list[str]:
        """Say what speaks against a figure; of a relation that its source violates, both sides."""
        lang = self._front.lang
        found = contradictions(row, lang)
        if "identity_violated" not in row["flags"]:
            return found
        *others, plain = found
        sides = [
            term("outline.identity", lang, note=plain, relation=broken[f"relation_{lang}"], left=left, right=right)
            for broken in rows(self._violated)
            if (row["indicator"], row["breakdown"]) in broken["terms"]
            and (broken["source"], broken["price_basis"]) == (row["source"], row["price_basis"])
            for left, right in [[_side(broken, side, lang) for side in ("left", "right")]]
        ]
        return [*others, *(sides or [plain])]

    @cached_property
    def _violated(self) -> pd.DataFrame:
        found = identities(self._dataset, str(self._front.period), self._front.area)
        return found[found["verdict"] == "violated"].assign(terms=lambda broken: broken["relation"].map(_terms))

    def of(self, subject: str, place: Place) -> pd.DataFrame | None:
        """Give the rows of a theme or the headline; an unknown theme is a fault."""
        if subject == HEADLINE:
            return headlines(self.comparison)
        themes = sorted(set(self._dataset["indicators"]["theme"]))
        if subject not in themes:
            known = [HEADLINE, *themes]
            self._faults.add(place, f'"{subject}"', f"one of {', '.join(known)}", nearest(subject, known))
            return None
        return self.comparison[self.comparison["theme"] == subject].reset_index(drop=True)

    def theme_name(self, theme: str) -> str:
        """Name a theme."""
        return named(theme, "theme", self._front.lang)


def _terms(relation: str) -> frozenset[tuple[str, str]]:
    return frozenset(parse_relation(relation).terms)


def _side(broken: Row, side: str, lang: str) -> str:
    return with_unit(level_text(broken[side], int(broken["decimals"]), lang), str(broken[f"unit_{lang}"]))
