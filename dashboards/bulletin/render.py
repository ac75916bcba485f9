"""Templates filled with a bulletin: DOCX, HTML and text. Templates are data from outside: they run in a sandbox."""

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Mm
from jinja2 import BaseLoader, DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import SecurityError

from dashboards.bulletin.docx_city import city_day_template, city_month_template
from dashboards.bulletin.docx_templates import day_template, month_template
from dashboards.bulletin.fields import listed, names, required
from dashboards.bulletin.sandbox import (
    BulletinTemplateError,
    Sandbox,
    check_braces,
    paragraphs_of,
    short_enough,
)
from dashboards.pictures.aqi_chart import Chart

TEMPLATES = Path(__file__).parent / "templates"
SUFFIXES = ("docx", "html", "txt")
_CHART_MM = {"chart_ranking": 150, "chart_calendar": 172}
_DOCX = {
    "day": day_template,
    "month": month_template,
    "city_day": city_day_template,
    "city_month": city_month_template,
}
SHARED = ("style.html", "tables.html")
"""What HTML templates take in; one's own beside one's own template is taken in place of it."""
_LAYOUT = frozenset({"font_family"})


@cache
def built_in(kind: str, suffix: str) -> bytes:
    """Return a template that comes with the program; ``kind`` is one of `dashboards.bulletin.fields.KINDS`."""
    if suffix == "docx":
        return _DOCX[kind]()
    return (TEMPLATES / f"{kind}.{suffix}").read_bytes()


def shared() -> dict[str, bytes]:
    """Return what templates include."""
    return {name: (TEMPLATES / name).read_bytes() for name in SHARED}


def _environment(*, escape: bool, beside: Mapping[str, bytes] | None = None) -> Sandbox:
    parts = shared() | dict(beside or {})
    loader: BaseLoader = DictLoader({name: _decoded(name, text) for name, text in parts.items()})
    return Sandbox(loader=loader, autoescape=escape, undefined=StrictUndefined, keep_trailing_newline=True)


def _decoded(name: str, source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BulletinTemplateError(f"模板 {name}：应为 UTF-8 编码 | template {name} is not UTF-8") from None


def _check(kind: str, name: str, used: set[str], known: frozenset[str]) -> None:
    unknown = used - known
    if unknown:
        raise BulletinTemplateError(
            f"模板 {name}：没有占位符 {listed(unknown)}；可用：{listed(names(kind))}"
            f" | template {name}: no such placeholder {listed(unknown)}; known: {listed(names(kind))}"
        )
    missing = required(kind) - used
    if not {"notes", "basis_short"} & used:
        missing |= {"notes"}
    if missing:
        raise BulletinTemplateError(
            f"模板 {name}：缺少必须的占位符 {listed(missing)}（标题、演练标记与口径说明不得删去）"
            f" | template {name} lacks the placeholder {listed(missing)}: title, marks and footnotes must stay"
        )


def _guarded(name: str, make: Callable[[], Any]) -> Any:
    """Do what a template asks, and tell what is wrong with it."""
    try:
        return make()
    except SecurityError as error:
        raise BulletinTemplateError(
            f"模板 {name}：不允许的写法 {error} | template {name} does what is not allowed: {error}"
        ) from None
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        if isinstance(error, TemplateSyntaxError) and error.name:
            name = error.name  # the fault is in what it takes in
        where = f"（第 {line} 行 line）" if line else ""
        told = re.sub(
            r"'(?:dict object|jinja2\S*)' has no attribute '([^']*)'", r"没有字段 no field '\1'", str(error)
        )
        raise BulletinTemplateError(f"模板 {name}{where}：{told} | template {name}: {told}") from None
    except MemoryError:
        raise BulletinTemplateError(
            f"模板 {name}：生成的内容太大 | template {name} makes too much text"
        ) from None
    except (TypeError, ValueError, ArithmeticError, AttributeError, RecursionError, OverflowError) as error:
        raise BulletinTemplateError(f"模板 {name}：{error} | template {name} cannot be filled: {error}") from None  # fmt: skip


def as_text(kind: str, context: Mapping[str, Any], source: bytes | None = None, name: str = "") -> str:
    """Fill a text template; ``source`` is one's own."""
    return _filled(kind, context, source, name or f"{kind}.txt", escape=False)


def as_html(
    kind: str,
    context: Mapping[str, Any],
    source: bytes | None = None,
    name: str = "",
    beside: Mapping[str, bytes] | None = None,
) -> str:
    """Fill an HTML template, everything escaped; ``source`` is one's own, ``beside`` one's own of `SHARED`."""
    return _filled(kind, context, source, name or f"{kind}.html", escape=True, beside=beside)


def _filled(
    kind: str,
    context: Mapping[str, Any],
    source: bytes | None,
    name: str,
    *,
    escape: bool,
    beside: Mapping[str, bytes] | None = None,
) -> str:
    text = _decoded(name, built_in(kind, "html" if escape else "txt") if source is None else source)
    made = _environment(escape=escape, beside=beside)
    if source is not None:
        for part, lines in ((name, text), *((n, _decoded(n, t)) for n, t in (beside or {}).items())):
            check_braces(part, lines.splitlines(), names(kind))
        used = _guarded(name, lambda: meta.find_undeclared_variables(made.parse(text)))
        _check(kind, name, used, names(kind) | _LAYOUT)
    return str(_guarded(name, lambda: short_enough(made.from_string(text).render(context))))


def as_docx(
    kind: str,
    context: Mapping[str, Any],
    charts: Mapping[str, Chart],
    source: bytes | None = None,
    name: str = "",
) -> Any:
    """Fill a DOCX template and return the document, to be saved by `dashboards.official_page.save`.

    Parameters
    ----------
    kind : str
        One of `dashboards.bulletin.fields.KINDS`.
    context : mapping
    charts : mapping
        Pictures by their placeholder.
    source : bytes, optional
        One's own template.
    name : str
        What the template is called in messages.

    Raises
    ------
    BulletinTemplateError
        It is no DOCX, or a placeholder is unknown or lacking.
    """
    from docxtpl import DocxTemplate, InlineImage

    name = name or f"{kind}.docx"
    given = built_in(kind, "docx") if source is None else source
    try:
        made = DocxTemplate(BytesIO(given))
        made.init_docx()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BulletinTemplateError(
            f"模板 {name}：不是 DOCX 文件（{error}） | template {name} is no DOCX file"
        ) from None
    environment = _environment(escape=True)
    if source is not None:
        check_braces(name, paragraphs_of(made.docx), names(kind), whole=True)
        used = _guarded(name, lambda: made.get_undeclared_template_variables(environment))
        _check(kind, name, used, names(kind))
    pictures = {
        key: InlineImage(made, BytesIO(chart.png), width=Mm(_CHART_MM.get(key, 150)))
        for key, chart in charts.items()
    }
    _guarded(name, lambda: made.render(dict(context) | pictures, environment, autoescape=True))
    _tell_pictures(made.docx, charts)
    return made.docx


def _tell_pictures(document: Any, charts: Mapping[str, Chart]) -> None:
    """Give every picture the text that says the same."""
    alts = {chart.png: chart.alt for chart in charts.values()}
    for shape in document.inline_shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        alt = alts.get(part.blob)
        if alt:
            shape._inline.docPr.set("descr", alt[:4000])
