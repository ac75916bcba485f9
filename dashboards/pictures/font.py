"""The font of pictures: found once, the same shapes on every machine, and what it can show."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontEntry, fontManager
from matplotlib.ft2font import FT2Font

FACE = "Noto Sans CJK SC"
"""Face with the shapes of characters used on the mainland; other faces of the same file draw 直 or 骨 differently."""
PACKAGE = "noto_cjk_sans_otc"
FILE = "NotoSansCJK-Regular.ttc"
INSTALLED = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
_OTHER_FILES = ("NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf")
MISSING_GLYPH = "〓"
"""Stands for a character that no font has, as printers did when a type was missing."""
FAMILY = "Fenwei Sans SC"
_REST = "DejaVu Sans"
_LOCK = threading.Lock()


class FontMissingError(RuntimeError):
    """There is no font with Chinese characters."""


@dataclass(frozen=True)
class FontFile:
    """A font: its file, and which face of it."""

    path: Path
    index: int


def font_file(folders: Sequence[str] = INSTALLED, package: str = PACKAGE) -> FontFile:
    """Find the font: the one that comes as a package, else one that is installed.

    Raises
    ------
    FontMissingError
        There is none.
    """
    for path in _candidates(folders, package):
        found = _face(path)
        if found is not None:
            return found
    raise FontMissingError(
        f"没有中文字体，无法作图：pip install {PACKAGE.replace('_', '-')}，或安装 Noto Sans CJK（fonts-noto-cjk）"
        f" | no Chinese font, no pictures: install the package {PACKAGE.replace('_', '-')} or Noto Sans CJK"
    )


def _candidates(folders: Sequence[str], package: str) -> list[Path]:
    found = []
    with suppress(ModuleNotFoundError):
        found.append(Path(str(files(package) / FILE)))
    for name in (FILE, *_OTHER_FILES):
        for folder in folders:
            found += sorted(Path(folder).expanduser().rglob(name))
    return [path for path in found if path.is_file()]


def _face(path: Path) -> FontFile | None:
    """Give the face of a file that is meant; of a file with one face that one."""
    try:
        first = FT2Font(str(path))
        names = [FT2Font(str(path), face_index=n).family_name for n in range(first.num_faces)]
    except (OSError, RuntimeError):
        return None
    index = names.index(FACE) if FACE in names else 0
    return FontFile(path, index)


@cache
def families() -> tuple[str, ...]:
    """Names to draw with, the next one where the first lacks a character (₂, ₅); made known to matplotlib once.

    Raises
    ------
    FontMissingError
        There is no font with Chinese characters.
    """
    found = font_file()
    with _LOCK:
        # A name of our own: a font of the same name installed in another version must not be taken instead.
        if FAMILY not in {entry.name for entry in fontManager.ttflist}:
            fontManager.ttflist.append(
                FontEntry(fname=str(found.path), index=found.index, name=FAMILY, weight=400, size="scalable")
            )
    return (FAMILY, _REST)


@cache
def _codes() -> tuple[frozenset[int], ...]:
    found = font_file()
    rest = FT2Font(str(font_manager.findfont(_REST)))
    return tuple(
        frozenset(font.get_charmap()) for font in (FT2Font(str(found.path), face_index=found.index), rest)
    )


def drawable(text: str) -> str:
    """Put `MISSING_GLYPH` for what no font has (emoji), one for each joined sequence; marks that join go."""
    first, rest = _codes()
    made: list[str] = []
    joined = False
    for letter in text:
        code = ord(letter)
        if letter in "\u200c\u200d" or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
            joined = letter == "\u200d"
            continue
        known = code in first or code in rest
        if not joined or known:
            made.append(letter if known else MISSING_GLYPH)
        joined = False
    return "".join(made)


_MEASURE = threading.local()


def width(text: str, size: float) -> float:
    """Measure how wide a text becomes.

    Parameters
    ----------
    text : str
    size : float
        Height of the em [px].

    Returns
    -------
    float
        [px]
    """
    return sum(_advance(letter) for letter in text) * size


@cache
def _advance(letter: str) -> float:
    """Advance of a character in ems."""
    first, rest = _codes()
    fonts = getattr(_MEASURE, "fonts", None)
    if fonts is None:
        found = font_file()
        fonts = (
            FT2Font(str(found.path), face_index=found.index),
            FT2Font(str(font_manager.findfont(_REST))),
        )
        for font in fonts:
            font.set_size(100, 72)
        _MEASURE.fonts = fonts
    chosen = fonts[0] if ord(letter) in first or ord(letter) not in rest else fonts[1]
    return float(chosen.load_char(ord(letter)).linearHoriAdvance) / 65536 / 100
