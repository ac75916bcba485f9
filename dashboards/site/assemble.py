"""The files of the page: pages, data, and the scripts and styles they share."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from dashboards.mail.model import aqi_colours
from dashboards.site.colours import PALETTES, THEMES, colours, level_tops, template
from dashboards.site.reuse import INDEX, Keeper
from dashboards.site.script import data_script, harmless_json
from dashboards.site.view import Page, Source, View
from dashboards.site.words import Text, per_key, say

_FOLDER = Path(__file__).parent
LIBRARY = _FOLDER / "vendor" / "plotly-cartesian.min.js"
"""Plotly with the traces of plane axes only; it starts in half the time of the whole library (``vendor/README.md``)."""

_SCRIPTS = ("core.js", "table.js", "picture.js", "charts.js", "page.js", "data.js")
_STYLES = ("site.css", "parts.css", "data.css", "print.css")


@dataclass(frozen=True)
class Shared:
    """Files all pages use; their names change with their content, so that no browser keeps old ones."""

    plotly: str
    script: str
    words: str
    style: str
    content: dict[str, bytes]


def _named(stem: str, ending: str, content: bytes) -> str:
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"


@cache
def shared() -> Shared:
    """Plotly, our script and style, and the words the script says."""
    plotly = LIBRARY.read_bytes()
    script = b"".join((_FOLDER / "static" / name).read_bytes() for name in _SCRIPTS)
    style = b"".join((_FOLDER / "static" / name).read_bytes() for name in _STYLES)
    words = data_script(
        "site",
        {
            "words": per_key("ui."),
            "levels": {n: {"zh": zh, "en": en} for n, (_, zh, en) in aqi_colours().items()},
            "tops": list(level_tops()),
            "colours": {p: {t: colours(p, t) for t in THEMES} for p in PALETTES},
            "template": template(),
        },
    )
    names = (
        _named("plotly", "js", plotly),
        _named("site", "js", script),
        _named("words", "js", words),
        _named("site", "css", style),
    )
    return Shared(*names, content=dict(zip(names, (plotly, script, words, style), strict=True)))


def _spoken(text: Text) -> Markup:
    """Both languages of a text; the style shows one of them."""
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(
        text["zh"], text["en"]
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = lambda key, **values: _spoken(say(key, **values))
    environment.globals["raw"] = say
    environment.filters["spoken"] = _spoken
    return environment


def page_html(view: View, page: Page, keys: list[str], views: list[View], about: dict[str, Any]) -> bytes:
    """Write one page."""
    known = {
        "keys": keys,
        "pickers": [
            {"name": p.name, "options": [{"value": o.value, "sets": o.sets} for o in p.options]}
            for p in page.pickers
        ],
        "page": {
            "mark": about["mark"],
            "site": say("site.title"),
            "view": say(f"view.{view.name}"),
            "until": about["until"],
        },
    }
    html = (
        _environment()
        .get_template(view.template)
        .render(
            view=view,
            page=page,
            views=views,
            file_of=file_of,
            shared=shared(),
            about=about,
            known=Markup(harmless_json(known)),  # noqa: S704 - that text holds no tag
        )
    )
    return html.encode("utf-8", "replace")


def file_of(view: View, views: list[View]) -> str:
    """Name of the page of a view; the first one is the page that opens."""
    return "index.html" if view.name == views[0].name else f"{view.name}.html"


def site_files(
    source: Source, views: list[View], about: dict[str, Any], keeper: Keeper
) -> Iterator[tuple[str, bytes, int]]:
    """Give every file of the site as path, content and number of charts, data before the pages that use them."""
    pages: list[tuple[View, Page]] = [(v, p) for v in views if (p := v.build(source)) is not None]
    listed = [v for v, _ in pages]
    for path, content in shared().content.items():
        yield path, content, 0
    for view, page in pages:
        keys = []
        for made in keeper.data(page.payloads):
            keys.append(made.key)
            yield f"data/{made.key}.js", made.content, made.n_charts
        yield file_of(view, listed), page_html(view, page, keys, listed, about), 0
    yield INDEX, keeper.index(), 0
