"""What axe-core finds on a page: the rules of WCAG 2.2 AA, in both themes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def grave_findings(browser: Browser, file: Path) -> list[str]:
    """Give the serious and critical findings of axe-core: theme, rule, and the first element it names."""
    found = []
    for theme in ("light", "dark"):
        context = browser.new_context(color_scheme=theme)
        context.set_offline(True)
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_timeout(500)
        page.evaluate(_axe())
        result = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
        found += [
            f"{theme}: {finding['id']}: {finding['nodes'][0]['html'][:200]}"
            for finding in result["violations"]
            if finding["impact"] in GRAVE
        ]
        context.close()
    return found
