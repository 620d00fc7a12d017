"""Markup written by others, made safe and fit for a page: harmless tags, unique anchors, tables one can navigate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import bleach
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from markupsafe import Markup

from bcanalysis.wording.terms import term

# fmt: off
_TAGS = frozenset({
    "a", "abbr", "b", "br", "code", "del", "em", "i", "img", "kbd", "mark", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "blockquote", "details", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "section",
    "summary", "dd", "dl", "dt", "li", "ol", "ul",
    "caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
})
# fmt: on
_ATTRIBUTES_ANYWHERE = frozenset({"class", "id", "lang", "title"})
_ATTRIBUTES = {
    "a": {"aria-label"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "ol": {"start"},
    "td": {"abbr", "colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_LINK = re.compile(r"#|https://", re.IGNORECASE)
_STYLE_SHEET = re.compile(r"<style\b[^<]*</style\s*>", re.IGNORECASE)
_NUMBER = re.compile(r"[-−–+±]?\s?\d[\d.,\s]*%?|[-–…]|\.\.\.|NaN|NaT|None|<NA>")
_LONGEST_ADDRESS = 60  # letters; a longer link does not fit into a message
_NOT_IN_AN_ANCHOR = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Heading:
    """A heading of the contents list.

    Parameters
    ----------
    level : int
        2 or 3.
    text : str
        Its words.
    anchor : str
        Its id on the page.
    """

    level: int
    text: str
    anchor: str


@dataclass
class Anchors:
    """The ids and the names of regions given out on one page; no two are the same."""

    taken: set[str] = field(default_factory=set)

    def claim(self, wanted: str, again: str = "{}-{}") -> str:
        """Take an id or name, with a number after it if it is taken.

        Parameters
        ----------
        wanted : str
            The id or name one would like.
        again : str
            How the number is put behind it.

        Returns
        -------
        str
            An id or name nobody else has.

        Examples
        --------
        >>> anchors = Anchors()
        >>> anchors.claim("notes"), anchors.claim("notes"), anchors.claim("notes")
        ('notes', 'notes-2', 'notes-3')
        """
        claimed, count = wanted, 1
        while claimed in self.taken:
            count += 1
            claimed = again.format(wanted, count)
        self.taken.add(claimed)
        return claimed

    def name_table(self, caption: str, lang: str) -> str:
        """Name the region in which a table scrolls.

        Parameters
        ----------
        caption : str
            Caption of the table; may be empty.
        lang : {"vi", "en"}
            Language of the name.

        Returns
        -------
        str
            A name no other region has.

        Examples
        --------
        >>> anchors = Anchors()
        >>> anchors.name_table("Exports", "en"), anchors.name_table("Exports", "en")
        ('Table: Exports', 'Table: Exports (2)')
        """
        name = term("page.table_named", lang, caption=caption) if caption else term("page.table", lang)
        return self.claim(name, "{} ({})")


def slug(text: str) -> str:
    """Make an anchor from a heading.

    Parameters
    ----------
    text : str
        The words of a heading.

    Returns
    -------
    str
        Small letters and digits joined by hyphens; Vietnamese letters stay as they are.

    Examples
    --------
    >>> slug("2. Xuất khẩu, nhập khẩu (6 tháng)")
    '2-xuất-khẩu-nhập-khẩu-6-tháng'
    """
    return _NOT_IN_AN_ANCHOR.sub("-", text.lower()).strip("-") or "-"


def looks_like_a_number(text: str) -> bool:
    """Tell whether a table cell is to be set to the right.

    Parameters
    ----------
    text : str
        The text of a cell.

    Returns
    -------
    bool
        True for numbers, percents and the signs and words that stand for a missing number.

    Examples
    --------
    >>> [looks_like_a_number(text) for text in ("66.148", "-12,5%", "...", "2018H1", "")]
    [True, True, True, False, False]
    """
    return _NUMBER.fullmatch(text.strip()) is not None


def safe_tree(markup: str) -> BeautifulSoup:
    """Reduce markup to harmless tags; what is not harmless becomes visible text.

    Parameters
    ----------
    markup : str
        HTML from a notebook.

    Returns
    -------
    bs4.BeautifulSoup
        Its tree: no style sheets, scripts, handlers or styles, links only to this page or https, images only inline.
    """
    plain = _STYLE_SHEET.sub("", markup)
    tree = BeautifulSoup(plain, "html.parser")
    if not all(map(_is_harmless, tree.descendants)):
        tree = BeautifulSoup(_cleaned(plain), "html.parser")
    for image in tree.find_all("img", src=False):
        image.replace_with(str(image.get("alt", "")))
    return tree


def _is_harmless(part: PageElement) -> bool:
    """Tell whether a part of a tree does nothing when the tree is written: it is then written with its signs escaped."""
    if isinstance(part, Tag):
        return part.name in _TAGS and all(_is_allowed(part.name, name, value) for name, value in part.attrs.items())
    return type(part) is NavigableString  # and no comment, declaration or script


@lru_cache(maxsize=256)  # the words of a notebook are the same in each of its reports
def _cleaned(markup: str) -> str:
    return str(bleach.clean(markup, tags=_TAGS, attributes=_is_allowed, protocols=["https", "data"], strip_comments=True))


def take_title(tree: BeautifulSoup) -> str:
    """Take the first main heading out of a tree.

    Parameters
    ----------
    tree : bs4.BeautifulSoup
        The tree; its first ``h1`` is removed.

    Returns
    -------
    str
        The words of the heading, empty when there is none.
    """
    heading = tree.find("h1")
    return _words(heading.extract()) if isinstance(heading, Tag) else ""


def cut_rows(tree: BeautifulSoup, most: int) -> bool:
    """Cut long tables.

    Parameters
    ----------
    tree : bs4.BeautifulSoup
        The tree; rows beyond `most` in the body of each table are removed.
    most : int
        Rows to keep.

    Returns
    -------
    bool
        True if any row was removed.
    """
    surplus = [row for table in tree.find_all("table") for row in body_rows(table)[most:]]
    for row in surplus:
        row.decompose()
    return bool(surplus)


def drop_last_row(tree: BeautifulSoup) -> None:
    """Remove the last table row of a tree that was cut in the middle.

    Parameters
    ----------
    tree : bs4.BeautifulSoup
        The tree.
    """
    rows = [row for table in tree.find_all("table") for row in body_rows(table)]
    if rows:
        rows[-1].decompose()


def finish(tree: BeautifulSoup, anchors: Anchors, lang: str) -> tuple[Markup, tuple[Heading, ...]]:
    """Fit a safe tree into a page.

    Parameters
    ----------
    tree : bs4.BeautifulSoup
        The tree; it is changed.
    anchors : Anchors
        The ids of the page; clashing ids of the tree are renamed, with the links inside the tree that point to them.
    lang : {"vi", "en"}
        Language of the words that are added.

    Returns
    -------
    tuple of markupsafe.Markup and tuple of Heading
        The markup, and its headings of level 2 and 3.
    """
    for heading in tree.find_all("h1"):
        heading.name = "h2"  # the page has one main heading already
    _make_ids_unique(tree, anchors)
    headings = tuple(_headings(tree, anchors))
    for table in tree.find_all("table"):
        _address_the_rows(table, anchors)
        _name_the_cells(table)
        _set_numbers_right(table)
        _make_scrollable(tree, table, anchors, lang)
    return Markup(tree.decode(formatter="minimal")), headings  # noqa: S704


def _is_allowed(tag: str, name: str, value: object) -> bool:
    if tag == "a" and name == "href":
        return _LINK.match(str(value)) is not None
    if tag == "img":
        return name == "alt" or (name == "src" and _IMAGE.fullmatch(str(value)) is not None)
    return name in _ATTRIBUTES_ANYWHERE or name in _ATTRIBUTES.get(tag, ())


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _make_ids_unique(tree: BeautifulSoup, anchors: Anchors) -> None:
    renamed: dict[str, str] = {}
    tags = [tag for tag in tree.find_all(True) if tag.attrs]
    for tag in tags:
        if "id" in tag.attrs:
            old = str(tag["id"])
            tag["id"] = new = anchors.claim(old)
            renamed.setdefault(old, new)
    for tag in tags:
        if "href" in tag.attrs:
            target = str(tag["href"]).removeprefix("#")
            tag["href"] = f"#{renamed[target]}" if target in renamed else tag["href"]
        if "headers" in tag.attrs:
            tag["headers"] = " ".join(renamed.get(name, name) for name in _joined(tag["headers"]).split())


def _joined(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _headings(tree: BeautifulSoup, anchors: Anchors) -> Iterator[Heading]:
    for heading in tree.find_all(["h2", "h3"]):
        words = _words(heading)
        if not heading.get("id"):
            heading["id"] = anchors.claim(slug(words))
        yield Heading(int(heading.name[1]), words, str(heading["id"]))


def body_rows(table: Tag) -> list[Tag]:
    """Give the rows of a table that are not in its head or foot.

    Parameters
    ----------
    table : bs4.Tag
        The table.

    Returns
    -------
    list of bs4.Tag
        Its rows, in order.
    """
    elsewhere = {id(row) for part in ("thead", "tfoot") for group in table.find_all(part) for row in group.find_all("tr")}
    return [row for row in table.find_all("tr") if id(row) not in elsewhere]


def _address_the_rows(table: Tag, anchors: Anchors) -> None:
    """Give each row an id, made from the words that name it, so that one can link to it."""
    for row in body_rows(table):
        named = row.find("th") or row.find("td")
        words = slug(_words(named))[:_LONGEST_ADDRESS].strip("-") if isinstance(named, Tag) else ""
        if words and not row.get("id"):
            row["id"] = anchors.claim(f"r-{words}")


def _name_the_cells(table: Tag) -> None:
    """Say of each head cell what it is the head of, and leave no head without words."""
    heads = {id(cell) for group in table.find_all("thead") for cell in group.find_all("th")}
    for cell in table.find_all("th"):
        in_head = id(cell) in heads
        if not _words(cell):
            cell.name = "td"
            cell.attrs.pop("scope", None)
        elif not cell.get("scope") and in_head:
            cell["scope"] = "colgroup" if _spans(cell, "colspan") else "col"
        elif not cell.get("scope"):
            cell["scope"] = "rowgroup" if _spans(cell, "rowspan") else "row"


def _spans(cell: Tag, attribute: str) -> bool:
    return str(cell.get(attribute, "1")) not in {"", "0", "1"}


def _set_numbers_right(table: Tag) -> None:
    """Mark the numbers of a table that has no classes of its own, and the heads above them."""
    if table.find(["td", "th"], class_=True) is not None:
        return
    rows = [list(row.find_all(["td", "th"])) for row in body_rows(table)]
    for cell in (cell for row in rows for cell in row if cell.name == "td" and looks_like_a_number(cell.get_text())):
        cell["class"] = "num"
    for head in table.select("thead tr"):
        cells = head.find_all(["td", "th"])
        if rows and len(cells) == len(rows[0]):
            for cell, below in zip(cells, rows[0], strict=True):
                if below.get("class") == "num":
                    cell["class"] = "num"


def _make_scrollable(tree: BeautifulSoup, table: Tag, anchors: Anchors, lang: str) -> None:
    """Let a wide table scroll by itself, also with the keyboard."""
    caption = table.find("caption")
    label = anchors.name_table(_words(caption) if isinstance(caption, Tag) else "", lang)
    attributes = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}
    table.wrap(tree.new_tag("div", attrs=attributes))
