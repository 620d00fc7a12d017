"""The documentation as a site that opens from files, without a network, around reports: ``python -m docs.site FOLDER``."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bcanalysis.errors import UsageError
from bcanalysis.files import write_text
from bcanalysis.reports.exporters.cells import markdown_html
from bcanalysis.reports.exporters.fragments import Anchors, finish, take_title
from bcanalysis.reports.templates import source
from bcanalysis.wording.terms import term
from docs.gallery import gallery

ROOT = Path(__file__).parents[1]
LANG = "en"
REPORTS = "reports/2018H1"
PAGES = {  # what each page is called where one chooses, in their order
    "README.md": "bcanalysis",
    "docs/gallery.md": "Gallery",
    "docs/first-report.md": "A first report",
    "docs/own-figures.md": "Your own figures",
    "docs/add-indicator.md": "Add an indicator",
    "docs/add-notebook.md": "Add a notebook",
    "docs/batches.md": "Many reports",
    "docs/documents.md": "Word, PDF, Excel",
    "docs/computation.md": "Rules of computation",
    "docs/pipeline.md": "How the pipeline works",
    "docs/commands.md": "Commands",
    "docs/figures-132.md": "Figures of report 132",
    "data/README.md": "The tables",
    "benchmarks/README.md": "Benchmarks",
    "CHANGELOG.md": "Changelog",
}
_WITH_A_MARK = re.compile(r"\b\w*[^\W\d_a-zA-Z]\w*\b")


def address(page: str) -> str:
    """Give the file of the site that shows a page: ``index.html`` for the README, the folder's name for one inside."""
    path = Path(page)
    return "index.html" if page == "README.md" else f"{(path.parent.name if path.stem == 'README' else path.stem).lower()}.html"


def build(site: Path) -> None:
    """Write the site around the reports that lie in it."""
    environment = Environment(loader=FileSystemLoader(ROOT / "docs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.get_template("site.html.j2")
    shown = gallery(site, REPORTS)
    for page in PAGES:
        tree = BeautifulSoup(markdown_html((ROOT / page).read_text(encoding="utf-8")), "html.parser")
        title = take_title(tree)
        _lead_inside(tree, page, site)
        _mark_vietnamese(tree)
        for block in tree.find_all("pre"):
            block["tabindex"] = "0"  # long commands scroll, also with the keyboard
        for code in tree.select("td code"):
            code.string = code.get_text().replace(r"\|", "|")  # GitHub wants the sign marked, here it stays so
        html, headings = finish(tree, Anchors({"main"}), LANG)
        text = template.render(
            lang=LANG,
            term=term,
            style=source("page.css"),
            pages=PAGES,
            address=address,
            current=page,
            title=title,
            headings=headings,
            html=html,
            shown=shown if page == "docs/gallery.md" else (),
        )
        write_text(site / address(page), text)


def _lead_inside(tree: BeautifulSoup, page: str, site: Path) -> None:
    """Let links between files lead to their pages, and bring pictures along."""
    for tag in tree.select("[href], [src]"):
        name = "href" if tag.has_attr("href") else "src"
        path, _, anchor = str(tag[name]).partition("#")
        if not path or ":" in path:
            continue
        file = os.path.normpath(Path(page).parent / path)
        if file in PAGES:
            tag[name] = address(file) + (f"#{anchor}" if anchor else "")
        elif name == "src":
            tag[name] = Path(shutil.copy(ROOT / file, site)).name
        else:
            raise UsageError(f"{page}: got a link to {path}; expected one of {', '.join(PAGES)}")


def _mark_vietnamese(tree: BeautifulSoup) -> None:
    """Mark the blocks that are in Vietnamese, as every third of their words tells."""
    for block in tree.find_all(["h2", "h3", "p", "li", "td"]):
        text = block.get_text()
        if 3 * len(_WITH_A_MARK.findall(text)) > len(text.split()):
            block["lang"] = "vi"


if __name__ == "__main__":
    build(Path(sys.argv[1]))
