"""``bcanalysis lab`` starts JupyterLab with warm kernels, and in Vietnamese where the system is or it is asked for."""

import json
import os
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from traitlets import import_item

from bcanalysis.cli import app, lab
from bcanalysis.cli.lab import environment
from bcanalysis.errors import UsageError


def default_language(env: dict[str, str], lang: str | None = None) -> str | None:
    """Give the language that JupyterLab finds among its defaults."""
    found = {}
    for folder in environment(env, lang)["JUPYTER_CONFIG_PATH"].split(os.pathsep):
        file = Path(folder) / "labconfig/default_setting_overrides.json"
        found |= json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found.get("@jupyterlab/translation-extension:plugin", {}).get("locale")


@pytest.mark.parametrize(
    ("env", "locale"),
    [
        ({"LANG": "vi_VN.UTF-8"}, "vi_VN"),
        ({"LANG": "vi"}, "vi_VN"),
        ({"LC_ALL": "vi_VN", "LANG": "C"}, "vi_VN"),
        ({"LC_MESSAGES": "vi_VN.UTF-8", "LANG": "en_US.UTF-8"}, "vi_VN"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "vi_VN", "LANG": "vi_VN"}, None),
        ({"LC_ALL": "", "LANG": "vi_VN"}, "vi_VN"),
        ({"LANG": "vie"}, None),
        ({"LANG": "en_US.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_language_is_that_of_the_system_where_it_is_vietnamese(env, locale):
    assert default_language(env) == locale


@pytest.mark.parametrize(("lang", "locale"), [("vi", "vi_VN"), ("en", "en")])
def test_the_language_that_is_asked_for_comes_first(lang, locale):
    assert default_language({"LANG": "vi_VN.UTF-8" if lang == "en" else "C"}, lang) == locale


def test_kernels_are_warm_unless_the_user_says_otherwise():
    name = "JUPYTER_DEFAULT_PROVISIONER_NAME"
    assert environment({})[name] == "bcanalysis-warm"
    assert environment({name: "local-provisioner"})[name] == "local-provisioner"


def test_folders_of_settings_that_the_user_names_stay():
    folders = environment({"JUPYTER_CONFIG_PATH": "/etc/office"})["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert folders[1:] == ["/etc/office"]


def test_the_defaults_are_settings_that_jupyterlab_has():
    pytest.importorskip("jupyterlab")
    schemas = Path(sys.prefix) / "share/jupyter/lab/schemas"
    for file in Path(str(files("bcanalysis.cli"))).glob("jupyter/*/labconfig/*.json"):
        for plugin, settings in json.loads(file.read_text(encoding="utf-8")).items():
            package, name = plugin.split(":")
            assert set(settings) <= set(json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))["properties"])


def test_it_starts_jupyterlab_on_the_notebooks_with_the_options_given(monkeypatch, tmp_path):
    started = []
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/one.ipynb").touch()
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setattr(os, "execve", lambda *call: started.append(call))
    result = CliRunner().invoke(app, ["lab", "--lang", "vi", "--no-browser", "--port=9000"], catch_exceptions=False)

    assert result.exit_code == 0
    ((program, command, env),) = started
    assert program == sys.executable
    assert command == [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={tmp_path / 'notebooks'}", "--no-browser", "--port=9000",
    ]  # fmt: skip
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0].endswith("vi_VN")


def test_without_jupyterlab_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"JupyterLab is not installed; install it with: pip install 'bcanalysis\[lab\]'"):
        CliRunner().invoke(app, ["lab"], catch_exceptions=False)


def test_short_messages_of_kernels_are_not_joined(monkeypatch):
    settings = json.loads((files("bcanalysis.cli") / "jupyter/any/jupyter_server_config.d/bcanalysis.json").read_text())
    connection = import_item(settings["ServerApp"]["kernel_websocket_connection_class"])
    asked = []
    monkeypatch.setattr(connection.__base__, "connect", lambda self: asked.append("connected"))
    made = connection.__new__(connection)
    monkeypatch.setattr(KernelWebsocketHandler, "set_nodelay", lambda self, prompt: asked.append(prompt))
    made.websocket_handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    made.connect()
    assert asked == [True, "connected"]
