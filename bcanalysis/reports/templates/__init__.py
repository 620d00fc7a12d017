"""The page templates, and the one way to fill them: everything is escaped unless it is marked as safe."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bcanalysis.reports", "templates"),
        auto_reload=False,  # a look at the file for each cell would let other threads take over each time
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> Template:
    """Open a template.

    Parameters
    ----------
    name : str
        File name in this folder, for example ``page.html.j2``.

    Returns
    -------
    jinja2.Template
        The template; it escapes every value and refuses undefined names.
    """
    return _environment().get_template(name)


@cache
def source(name: str) -> Markup:
    """Read a style sheet or script as it is.

    Parameters
    ----------
    name : str
        File name in this folder, for example ``page.css``.

    Returns
    -------
    markupsafe.Markup
        The text with Unix line ends, marked as safe to be put into a page.
    """
    text = files("bcanalysis.reports").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704
