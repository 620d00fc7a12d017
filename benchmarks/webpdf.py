"""``jupyter nbconvert --to webpdf`` with the system's Chromium: nbconvert itself only knows one that playwright has downloaded."""

from __future__ import annotations

import shutil
import sys
from functools import partialmethod

from nbconvert.nbconvertapp import main
from playwright.async_api import BrowserType

if __name__ == "__main__":
    BrowserType.launch = partialmethod(BrowserType.launch, executable_path=shutil.which("chromium"))  # type: ignore[method-assign]
    main(["--to", "webpdf", "--disable-chromium-sandbox", *sys.argv[1:]])
