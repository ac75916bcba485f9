"""Parts that the work can do without: fonts for images, a browser, Dagster's interface."""

import importlib.util
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from pipelines.finding import Finding, ok, warn

_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
_CJK_FONTS = (
    "cjk",
    "sourcehan",
    "wqy",
    "simhei",
    "simsun",
    "msyh",
    "pingfang",
    "stheiti",
    "songti",
    "droidsansfallback",
    "uming",
    "ukai",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def fonts(folders: tuple[str, ...] = _FONT_FOLDERS, fc_list: str | None = "fc-list") -> Finding:
    """A font with Chinese characters is there for images."""
    found = _listed_fonts(fc_list) or _font_files(folders)
    if not found:
        return warn(
            "fonts",
            (
                "没有找到中文字体，图片中的汉字会显示为方框",
                "no Chinese font found: characters in images become boxes",
            ),
            ("安装 Noto Sans CJK 或文泉驿字体", "install Noto Sans CJK or WenQuanYi"),
        )
    return ok("fonts", f"中文字体：{found}", f"Chinese font: {found}")


def picture_font() -> Finding:
    """Charts of mails and long images can be drawn: their font is there, with the characters names need."""
    from dashboards.pictures.font import FontMissingError, drawable, font_file

    try:
        found = font_file()
    except FontMissingError as error:
        return warn(
            "picture_font",
            (f"图片无法制作：{error}", f"no pictures: {error}"),
            ("pip install noto-cjk-sans-otc", "pip install noto-cjk-sans-otc"),
        )
    rare = "𬘡₂㎡〔〕Ⅱ"
    if drawable(rare) != rare:
        return warn(
            "picture_font",
            (
                f"图片字体缺生僻字：{found.path.name}",
                f"the font of pictures lacks rare characters: {found.path.name}",
            ),
            ("pip install noto-cjk-sans-otc", "pip install noto-cjk-sans-otc"),
        )
    return ok("picture_font", f"图片字体：{found.path.name}", f"font of pictures: {found.path.name}")


def _listed_fonts(fc_list: str | None) -> str | None:
    program = shutil.which(fc_list) if fc_list else None
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603
            [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next((line.strip() for line in sorted(done.stdout.splitlines()) if line.strip()), None)


def _font_files(folders: tuple[str, ...]) -> str | None:
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("*")):
            plain = path.name.lower().replace("-", "").replace(" ", "")
            if path.suffix.lower() in (".ttf", ".otf", ".ttc") and any(name in plain for name in _CJK_FONTS):
                return path.name
    return None


def browser() -> Finding:
    """A browser turns interactive charts into images (optional)."""
    given = os.environ.get("BROWSER_PATH")
    found = (
        given if given and Path(given).exists() else next(filter(None, map(shutil.which, _BROWSERS)), None)
    )
    if found:
        return ok("chromium", f"Chromium：{found}", f"Chromium: {found}")
    return warn(
        "chromium",
        (
            "没有 Chromium（可选）；网页图表不受影响",
            "no Chromium (optional); charts on pages are not affected",
        ),
        ("需要图片时安装 chromium，或设置 BROWSER_PATH", "for images install chromium or set BROWSER_PATH"),
    )


def dagster_webserver() -> Finding:
    """Dagster's web interface (optional)."""
    return _program("dagster-webserver", "dagster_webserver", "Dagster 网页界面", "Dagster's web interface")


def dg_command() -> Finding:
    """Dagster's command line for projects (optional)."""
    return _program("dg", "dagster_dg_cli", "dg 命令", "the dg command")


def _program(name: str, module: str, zh: str, en: str) -> Finding:
    beside = Path(sysconfig.get_path("scripts")) / name
    if shutil.which(name) or beside.exists() or importlib.util.find_spec(module):
        return ok(name, f"{zh}：已安装", f"{en}: installed")
    todo = "pip install 'fenwei[ui]'"
    return warn(name, (f"{zh}：未安装（可选）", f"{en}: not installed (optional)"), (todo, todo))
