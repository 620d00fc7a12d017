"""Typefaces of the machine that have every Vietnamese letter."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

# Sans serif, in the order in which charts ask for them; each upright, bold, italic and bold italic.
_SANS = (
    ("segoeui.ttf", "segoeuib.ttf", "segoeuii.ttf", "segoeuiz.ttf"),
    ("Roboto-Regular.ttf", "Roboto-Bold.ttf", "Roboto-Italic.ttf", "Roboto-BoldItalic.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf", "LiberationSans-BoldItalic.ttf"),
    ("arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial Italic.ttf", "Arial Bold Italic.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
)
_LETTERS = "ăâđêôơưĂÂĐÊÔƠƯạảấẩẫậắặẻẽểễệỉịọỏốổộớởợụủứửựỳỹỵẠẢẤẨẪẬẮẶẺẼỂỄỆỈỊỌỎỐỔỘỚỞỢỤỦỨỬỰỲỸỴ"
_NO_LETTER = "\U0010ffff"


@cache
def sans_serif() -> tuple[str, ...]:
    """Find the files of a sans-serif typeface; a file of the same name that lacks letters is passed over.

    Returns
    -------
    tuple of str
        Upright first, then its other styles as far as there are any; empty where no typeface on the machine will do.

    Examples
    --------
    >>> isinstance(sans_serif(), tuple)
    True
    """
    folders = _folders()
    for upright, *others in _SANS:
        for folder in folders.get(upright, ()):
            if has_vietnamese(folder / upright):
                return tuple(str(folder / name) for name in (upright, *others) if (folder / name).is_file())
    return ()


def has_vietnamese(file: Path) -> bool:
    """Tell whether a typeface has all letters of Vietnamese.

    Parameters
    ----------
    file : Path
        The file of a typeface.

    Returns
    -------
    bool
        False too where it cannot be read.

    Examples
    --------
    >>> has_vietnamese(Path("no such file.ttf"))
    False
    """
    from PIL import ImageFont  # comes with the engine of pictures

    try:
        face = ImageFont.truetype(str(file), 24)
    except OSError:
        return False
    absent = bytes(face.getmask(_NO_LETTER))
    return all(bytes(face.getmask(letter)) != absent for letter in _LETTERS)


def _folders() -> dict[str, list[Path]]:
    """List the folders that hold each of the files asked for."""
    roots = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        Path(os.environ.get("WINDIR", "/Windows")) / "Fonts",
    ]
    wanted = {name for names in _SANS for name in names}
    found: dict[str, list[Path]] = {}
    for root in roots:
        for folder, _, names in sorted(os.walk(root)):
            for name in wanted.intersection(names):
                found.setdefault(name, []).append(Path(folder))
    return found
