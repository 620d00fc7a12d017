"""What axe-core finds on a page: the rules of WCAG 2.2 AA and of good practice, in both themes, with everything unfolded."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what another theme may change


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def findings(page: Page, *, dark: bool = True) -> list[str]:
    """Give the findings of axe-core on an open page, light before dark: theme, weight, rule, and the first element it names."""
    unfold(page)
    page.evaluate(_axe())
    found = []
    for theme, rules in (("light", RULES), ("dark", OF_COLOURS))[: 1 + dark]:
        page.emulate_media(color_scheme=theme)
        result = page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
        found += [
            f"{theme}: {finding['impact']}: {finding['id']}: {finding['nodes'][0]['html'][:200]}"
            for finding in result["violations"]
        ]
    return found


def unfold(page: Page) -> None:
    """Show the code and open what is folded: what is hidden is not judged."""
    page.evaluate(
        """() => {
            document.querySelector("[data-code-button][aria-pressed=false]")?.click();
            document.querySelectorAll("details").forEach((part) => { part.open = true; });
        }"""
    )
