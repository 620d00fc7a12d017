"""The command that opens JupyterLab on the notebooks."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from bcanalysis.errors import UsageError

_LOCALES = {"vi": "vi_VN", "en": "en"}


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--lang", type=click.Choice(list(_LOCALES)), help="Language; by default Vietnamese where the system is.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(lang: str | None, options: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebooks, with warm kernels.

    A language that you have chosen in JupyterLab's own settings stays. Further options go to JupyterLab, such as --no-browser.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError("lab: JupyterLab is not installed; install it with: pip install 'bcanalysis[lab]'")
    from bcanalysis.dataset.locate import find_upwards

    folder = find_upwards("notebooks", "*.ipynb")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", *options]
    os.execve(sys.executable, command, environment(os.environ, lang))  # noqa: S606  (it takes our place: Ctrl-C is its own)


def environment(env: Mapping[str, str], lang: str | None = None) -> dict[str, str]:
    """Give the environment in which JupyterLab starts.

    Parameters
    ----------
    env : mapping of str to str
        That of this process.
    lang : {"vi", "en"}, optional
        Language that was asked for.

    Returns
    -------
    dict of str to str
        With warm kernels, and with folders of ours in which JupyterLab finds defaults of its settings: the language, and no news
        from the network. No file of the user is touched, and what was chosen in JupyterLab comes first.

    Examples
    --------
    >>> found = environment({"LANG": "vi_VN.UTF-8"})
    >>> [Path(folder).name for folder in found["JUPYTER_CONFIG_PATH"].split(os.pathsep)]
    ['vi_VN', 'any']
    """
    asked = lang or ("vi" if _speaks_vietnamese(env) else "")
    ours = Path(str(files("bcanalysis.cli"))) / "jupyter"
    folders = [*([str(ours / _LOCALES[asked])] if asked else []), str(ours / "any"), env.get("JUPYTER_CONFIG_PATH", "")]
    return {
        "JUPYTER_DEFAULT_PROVISIONER_NAME": "bcanalysis-warm",
        **env,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, folders)),
    }


def _speaks_vietnamese(env: Mapping[str, str]) -> bool:
    """Tell it by the first of the variables that is set, as POSIX orders them."""
    set_first = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return set_first.partition("_")[0].partition(".")[0].lower() == "vi"
