"""PDF of a bulletin by WeasyPrint, an extra that needs the Pango library; without it the DOCX stands."""

import base64
from pathlib import Path
from urllib.request import url2pathname

from dashboards.pictures.font import FontMissingError, font_file

WHY_NOT = (
    "没有生成 PDF：需要 pip install 'fenwei[pdf]' 和系统库 Pango（Debian：libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0）；已写 DOCX"
    " | no PDF: it needs `pip install 'fenwei[pdf]'` and the library Pango; the DOCX is written"
)
_FAMILIES = "'Noto Sans CJK SC', 'Fenwei Sans SC', 'Source Han Sans SC', sans-serif"


class PdfMissingError(RuntimeError):
    """PDF cannot be made on this machine."""


def font_family() -> str:
    """Fonts of the page, as CSS writes them."""
    return _FAMILIES


def data_uri(png: bytes) -> str:
    """Give a picture as an address that holds it."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def available() -> bool:
    """Tell whether PDF can be made here."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def write_pdf(html: str, path: Path, folder: Path | None = None) -> None:
    """Write a page as PDF; nothing is fetched but what lies beside the template.

    Parameters
    ----------
    html : str
    path : Path
        Written as it is: stage it.
    folder : Path, optional
        Folder of one's own template, whose pictures it may show.

    Raises
    ------
    PdfMissingError
        WeasyPrint or Pango is not there.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        raise PdfMissingError(WHY_NOT) from None

    class Local(URLFetcher):
        """Fetches data within the page, the font, and files of one folder."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            fetch_only(url, allowed)
            return super().fetch(url, headers)

    font = _font()
    allowed = [p for p in (font, folder) if p is not None]
    fetcher = Local(allowed_protocols=("data", "file"))
    fonts = FontConfiguration()
    sheets = []
    if font is not None:
        face = f"@font-face {{ font-family: 'Fenwei Sans SC'; src: url({font.resolve().as_uri()}); }}"
        sheets.append(CSS(string=face, font_config=fonts, url_fetcher=fetcher))
    base = folder.resolve().as_uri() + "/" if folder else None
    page = HTML(string=html, base_url=base, url_fetcher=fetcher)
    page.write_pdf(str(path), stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


def _font() -> Path | None:
    try:
        return font_file().path
    except FontMissingError:
        return None


def fetch_only(url: str, allowed: list[Path]) -> None:
    """Refuse every address but data within the page and files within some folders.

    Raises
    ------
    ValueError
        It is another one.
    """
    if not url.startswith("data:") and not _within(url, allowed):
        raise ValueError(f"not within the template's folder: {url[:200]}")


def _within(url: str, allowed: list[Path]) -> bool:
    if not url.startswith("file:///"):
        return False
    path = Path(url2pathname(url.removeprefix("file://").split("?")[0].split("#")[0])).resolve()
    return any(path == a.resolve() or a.resolve() in path.parents for a in allowed)
