"""Two runs of a report held side by side: which figures and sentences differ, and what in their setting."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bcanalysis.errors import UsageError
from bcanalysis.periods import Period
from bcanalysis.wording.numbers import format_period
from bcanalysis.wording.terms import LANGUAGES, term

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_RECORD = "application/vnd.bcanalysis.run+json"  # the run record, see bcanalysis.reports
_ALIKE = 0.6  # two sentences that share so much are one that was changed
_HASH = 12  # letters shown of a checksum
_SAID = "ul.sentences > li, ol.footnotes > li, div.bc-table > p.note"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One difference.

    Parameters
    ----------
    kind : {"added", "gone", "changed"}
        Whether only the second run has it, only the first, or both.
    what : str
        Table, row and column of a figure, or table and row where the whole row is added or gone; a file or parameter; empty for a
        sentence.
    before, after : str
        What the first and the second run say; empty where they say nothing.
    """

    kind: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Differences:
    """What differs between two runs.

    Parameters
    ----------
    figures, sentences, setting : tuple of Difference
        Figures of tables, sentences with footnotes, and parameters, data files and versions.
    lang : {"vi", "en"}
        Language of the words.
    """

    figures: tuple[Difference, ...]
    sentences: tuple[Difference, ...]
    setting: tuple[Difference, ...]
    lang: str = "vi"

    def __bool__(self) -> bool:
        """Tell whether figures or sentences differ; the setting alone changes no report."""
        return bool(self.figures or self.sentences)

    def __str__(self) -> str:
        """Give one difference a line, under three headings."""
        lines = []
        for name in ("figures", "sentences", "setting"):
            found: tuple[Difference, ...] = getattr(self, name)
            if found:
                lines += [term(f"differ.{name}", self.lang), *map(self._line, found)]
        return "\n".join(lines) or term("differ.nothing", self.lang)

    def _line(self, one: Difference) -> str:
        text = (
            term("differ.both", self.lang, before=one.before, after=one.after) if one.kind == "changed" else one.before or one.after
        )
        kind = term(f"differ.{one.kind}", self.lang)
        return term(f"differ.{'one' if one.what else 'alone'}", self.lang, kind=kind, what=one.what, text=text)

    def to_json(self) -> dict[str, Any]:
        """Give the differences as what JSON can hold.

        Returns
        -------
        dict
            ``figures``, ``sentences`` and ``setting``, each a list with the fields of :class:`Difference`.
        """
        return {name: [asdict(one) for one in getattr(self, name)] for name in ("figures", "sentences", "setting")}


def differences(one: str | Path, other: str | Path, lang: str = "vi") -> Differences:
    """Find what differs between two runs of a report.

    Figures are told apart by table, row and column, wherever they stand; of captions and sentences, the names of period and area
    do not count when they are matched. Times and durations are no differences.

    Parameters
    ----------
    one, other : str or pathlib.Path
        The earlier and the later run: executed notebooks (``.ipynb``) or pages (``.html``) made by this package.
    lang : {"vi", "en"}
        Language of what is said.

    Returns
    -------
    Differences
        True if figures or sentences differ.

    Raises
    ------
    UsageError
        If a file cannot be read as such; both are named.

    Examples
    --------
    >>> import tempfile
    >>> from bcanalysis.display.prose import Sentences
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pages = [Path(folder) / name for name in ("june.html", "july.html")]
    ...     for page, value in zip(pages, ("3.140", "3.150"), strict=True):
    ...         _ = page.write_text(Sentences((f"Xuất khẩu đạt {value} triệu USD.",))._repr_html_(), encoding="utf-8")
    ...     print(differences(*pages))
    Câu chữ
    - thay đổi: Xuất khẩu đạt 3.140 triệu USD. → Xuất khẩu đạt 3.150 triệu USD.
    """
    runs, faults = [], []
    for path in map(Path, (one, other)):
        try:
            runs.append(_read(path))
        except UsageError as error:
            faults.append(str(error))
    if faults:
        raise UsageError("; ".join(faults))
    before, after = runs
    return Differences(
        tuple(_of_tables(before, after, lang)),
        tuple(_of_texts(before, after)),
        tuple(_of_settings(before, after, lang)),
        lang,
    )


@dataclass
class _Run:
    """What a run says: cells by table, row and column, its sentences, and its setting."""

    setting: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    tables: dict[str, dict[str, list[dict[str, str]]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def unplaced(self, text: str) -> str:
        """Take from a text the words that say which period and area the run is of."""
        words = self.about.split(", ")
        period = _period(self.setting)
        if period is not None:
            words += [format_period(when, lang) for when in (period, period.prior_year) for lang in LANGUAGES]
        for word in filter(None, words):
            text = text.replace(word, "…")
        return text


def _read(path: Path) -> _Run:
    expected = "expected an executed notebook (.ipynb) or a page (.html) of a report"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: got a file that cannot be read ({error}); {expected}") from error
    if path.suffix == ".ipynb":
        try:
            setting, parts = _of_notebook(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UsageError(f"{path}: got no notebook ({error}); {expected}") from error
    elif path.suffix in {".html", ".htm"}:
        setting, parts = {}, [text]
    else:
        raise UsageError(f"{path}: got a {path.suffix or 'nameless'} file; {expected}")
    run = _Run(setting, _about(setting))
    for part in parts:
        _add(run, part)
    if not (run.setting or run.tables or run.said):
        raise UsageError(f"{path}: got no tables, sentences or run record; {expected}")
    return run


def _about(record: Mapping[str, Any]) -> str:
    """Say area and period as the page of a run does."""
    period, lang = _period(record), (record.get("parameters") or {}).get("lang", "vi")
    return ", ".join(filter(None, [str(record.get("area_name") or ""), "" if period is None else format_period(period, lang)]))


def _period(setting: Mapping[str, Any]) -> Period | None:
    """Give the period of a run; a report on the quality of the data has none."""
    try:
        return Period.parse(str((setting.get("parameters") or {}).get("period", "")))
    except UsageError:
        return None


def _of_notebook(notebook: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    bundles = [
        output["data"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if isinstance(output.get("data"), Mapping)
    ]
    record: Mapping[str, Any] = next((bundle[_RECORD] for bundle in bundles if _RECORD in bundle), {})
    return record, ["".join(bundle["text/html"]) for bundle in bundles if "text/html" in bundle]


def _add(run: _Run, markup: str) -> None:
    """Add what a piece of a page says to a run."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "html.parser")
    _take_setting(run, soup)
    for raised in soup.select("table.bc sup"):
        raised.decompose()
    for table in soup.select("table.bc"):
        _take_table(run, table)
    run.said += [_text(part) for part in soup.select(_SAID)]


def _take_setting(run: _Run, soup: BeautifulSoup) -> None:
    provenance = soup.select_one("script[data-provenance]")
    if provenance is not None:
        run.setting = json.loads(provenance.get_text())
    about = soup.select_one("header.page p.about")
    if about is not None:
        run.about = _text(about)


def _take_table(run: _Run, table: Tag) -> None:
    caption = table.find("caption")
    title = "" if caption is None else _text(caption)
    lines = [[_text(cell) for cell in line.find_all(["th", "td"])] for line in table.find_all("tr")]
    if not lines:
        return
    name = _numbered(run.unplaced(title), run.tables)
    run.titles[name] = title
    heads: dict[str, None] = {}
    for head in lines[0]:
        heads[_numbered(head, heads)] = None
    rows = run.tables[name] = defaultdict(list)
    for line in lines[1:]:
        rows[line[0]].append(dict(list(zip(heads, line, strict=False))[1:]))


def _numbered(name: str, taken: Iterable[str]) -> str:
    """Give a name a number if it is taken."""
    known, count, free = set(taken), 1, name
    while free in known:
        count += 1
        free = f"{name} ({count})"
    return free


def _text(part: Tag) -> str:
    return " ".join(part.get_text().split())


def _of_tables(before: _Run, after: _Run, lang: str) -> Iterator[Difference]:
    for table in dict.fromkeys([*before.tables, *after.tables]):
        sides = before.tables.get(table, {}), after.tables.get(table, {})
        title = after.titles.get(table) or before.titles[table]
        for row in dict.fromkeys([*sides[0], *sides[1]]):
            for old, new in _paired(sides[0].get(row, []), sides[1].get(row, [])):
                if not (old and new):
                    yield from _between(term("differ.row", lang, table=title, row=row), _all_of(old), _all_of(new))
                    continue
                for column in dict.fromkeys([*old, *new]):
                    what = term("differ.cell", lang, table=title, row=row, column=column)
                    yield from _between(what, old.get(column, ""), new.get(column, ""))


def _all_of(row: Mapping[str, str]) -> str:
    return "; ".join(f"{column}: {text}" for column, text in row.items() if text)


def _paired(old: Sequence[dict[str, str]], new: Sequence[dict[str, str]]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Pair rows of one name: those that are alike need no telling, the others in their order."""
    left = [row for row in old if row not in new]
    right = [row for row in new if row not in old]
    for place in range(max(len(left), len(right))):
        yield (left[place] if place < len(left) else {}), (right[place] if place < len(right) else {})


def _between(what: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference("added" if not before else "gone" if not after else "changed", what, before, after)


def _of_texts(before: _Run, after: _Run) -> Iterator[Difference]:
    """Compare sentences: equal ones go first, the rest are paired by how alike they are, the most alike first."""
    kept = Counter(before.said) & Counter(after.said)
    left, right = (list((Counter(run.said) - kept).elements()) for run in (before, after))
    ratios = sorted(
        ((SequenceMatcher(None, before.unplaced(old), after.unplaced(new), autojunk=False).ratio(), i, j)
         for i, old in enumerate(left) for j, new in enumerate(right)),
        key=lambda pair: (-pair[0], pair[1:]),
    )  # fmt: skip
    partner: dict[int, int] = {}
    for ratio, i, j in ratios:
        if ratio >= _ALIKE and i not in partner and j not in partner.values():
            partner[i] = j
    for i, old in enumerate(left):
        yield Difference("changed", "", old, right[partner[i]]) if i in partner else Difference("gone", "", old, "")
    yield from (Difference("added", "", "", new) for j, new in enumerate(right) if j not in partner.values())


def _of_settings(before: _Run, after: _Run, lang: str) -> Iterator[Difference]:
    sides = [dict(_told(run, lang)) for run in (before, after)]
    parameters = {
        term("differ.parameter", lang, name=name) for run in (before, after) for name in run.setting.get("parameters") or {}
    }
    unsaid = {
        name for name in parameters if not all(name in side for side in sides)
    }  # a page does not repeat what is as by default
    if all(sides):  # a fragment without a record says nothing of its setting
        for what in [name for name in dict.fromkeys([*sides[0], *sides[1]]) if name not in unsaid]:
            yield from _between(what, sides[0].get(what, ""), sides[1].get(what, ""))


def _told(run: _Run, lang: str) -> Iterator[tuple[str, str]]:
    """Give what a setting says: what the run is about, parameters, data files by checksum, versions."""
    setting = run.setting
    if run.about:
        yield term("differ.about", lang), run.about
    yield from (
        (term("differ.parameter", lang, name=name), str(value)) for name, value in (setting.get("parameters") or {}).items()
    )
    yield from ((term("differ.file", lang, name=file["name"]), str(file["sha256"])[:_HASH]) for file in setting.get("files") or [])
    yield from ((term("differ.version", lang, name=name), str(value)) for name, value in (setting.get("versions") or {}).items())
    for name, key in (("source", "source_sha256"), ("status", "status")):
        if setting.get(key):
            yield term(f"differ.{name}", lang), str(setting[key])[:_HASH]
