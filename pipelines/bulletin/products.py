"""The files of a bulletin: named, written whole, each from a template that a person may have changed."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboards import official_page
from dashboards.bulletin import pdf, render
from dashboards.bulletin.charts import NAMES, charts
from dashboards.bulletin.city_day import city_day_context
from dashboards.bulletin.city_month import city_month_context
from dashboards.bulletin.day import day_context
from dashboards.bulletin.fields import KINDS, explained
from dashboards.bulletin.month import month_context
from dashboards.bulletin.words import short_name
from dashboards.clean import safe_name
from dashboards.tables.model import plain, staged
from warehouse.classes import PUBLIC, WORDS
from warehouse.standards.marks import EXERCISE

FORMATS = ("docx", "pdf", "txt", "json")
_CONTEXTS = {
    "day": day_context,
    "month": month_context,
    "city_day": city_day_context,
    "city_month": city_month_context,
}
_LARGEST_TEMPLATE = 20_000_000


@dataclass(frozen=True)
class Template:
    """One's own template: its name for messages, what is in it, the folder its pictures lie in, what it takes in from there."""

    name: str
    source: bytes
    folder: Path
    beside: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What came of a bulletin."""

    files: tuple[Path, ...]
    text: str
    notes: tuple[tuple[str, str], ...] = field(default=())


def read_template(path: Path) -> tuple[str, Template]:
    """Read one's own template; its suffix says what it is for: docx, html (for PDF) or txt.

    Raises
    ------
    BulletinTemplateError
        It cannot be read, is too large, or of another kind.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in render.SUFFIXES:
        raise render.BulletinTemplateError(
            f"--template {path}: 后缀应为 .docx、.html（用于 PDF）或 .txt | expected .docx, .html (for PDF) or .txt"
        )
    source = _read_whole(path)
    parts = [path.with_name(name) for name in render.SHARED] if suffix == "html" else []
    beside = {part.name: _read_whole(part) for part in parts if part.exists()}
    return suffix, Template(path.name, source, path.parent, beside)


def _read_whole(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        source = path.read_bytes() if size <= _LARGEST_TEMPLATE else b""
    except OSError as error:
        raise render.BulletinTemplateError(
            f"--template {path}: 无法读取 cannot be read: {error.strerror or error}"
        ) from None
    if size > _LARGEST_TEMPLATE:
        raise render.BulletinTemplateError(
            f"--template {path}: 太大 too large: {size} > {_LARGEST_TEMPLATE} 字节 bytes"
        )
    return source


def write_templates(folder: Path) -> list[Path]:
    """Write the built-in templates and what their placeholders mean, to be changed; nothing is overwritten.

    Raises
    ------
    FileExistsError
        One of them is there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        f"{kind}.{suffix}": render.built_in(kind, suffix) for kind in KINDS for suffix in render.SUFFIXES
    }
    contents |= render.shared()
    contents |= {f"占位符_{kind}.txt": explained(kind).encode() for kind in KINDS}
    there = [name for name in contents if (folder / name).exists()]
    if there:
        raise FileExistsError(
            f"{folder}: 已有 already there: {', '.join(sorted(there))}；请换文件夹 | choose another folder"
        )
    for name, content in contents.items():
        with staged(folder / name) as part:
            part.write_bytes(content)
    return [folder / name for name in contents]


def stem(document: Mapping[str, Any]) -> str:
    """Name of the files without suffix: marks, region, kind, day or month."""
    about = document["about"]
    klass = "" if about["class"] == PUBLIC else f"【{WORDS[about['class']]}】"
    mark = (EXERCISE if about["simulated"] else "") + klass
    region = short_name(document["region"]["name_zh"])
    if "day" in document:
        return f"{mark}{region}空气质量日报_{document['day']:%Y-%m-%d}"
    return f"{mark}{region}空气质量月报_{document['month']['period']['name']}"


def context_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give the placeholders of a bulletin but for its pictures."""
    return _CONTEXTS[document["kind"]](document)


def write(
    document: Mapping[str, Any],
    formats: Sequence[str],
    *,
    folder: Path,
    name: str | None = None,
    templates: Mapping[str, Template] | None = None,
) -> Made:
    """Write the files of a bulletin.

    Parameters
    ----------
    document : mapping
        Of `pipelines.bulletin.gather`.
    formats : sequence of str
        Of `FORMATS`; PDF becomes DOCX where this machine cannot make PDF, with a note.
    folder : Path
        Made where absent.
    name : str, optional
        Name of the file without suffix.
    templates : mapping, optional
        One's own templates by suffix.

    Returns
    -------
    Made

    Raises
    ------
    BulletinTemplateError
        A template cannot be used; nothing of the bulletin is written then.
    OSError
        The folder cannot be written.
    """
    own = dict(templates or {})
    kind = str(document["kind"])
    context = context_of(document)
    drawn = charts(document) if {"docx", "pdf"} & set(formats) else {}
    addresses = {key: pdf.data_uri(chart.png) for key, chart in drawn.items()}
    alts = {f"{key}_alt": chart.alt for key, chart in drawn.items()}
    text_own = own.get("txt")
    text = render.as_text(kind, context | _no_charts(kind), *_given(text_own))
    wanted = list(dict.fromkeys(formats))
    notes: list[tuple[str, str]] = []
    if "pdf" in wanted and not pdf.available():
        wanted = [f for f in wanted if f != "pdf"] + ([] if "docx" in wanted else ["docx"])
        zh, _, en = pdf.WHY_NOT.partition(" | ")
        notes.append((zh, en))
    writers = {
        "docx": lambda path: official_page.save(
            render.as_docx(kind, context | alts, drawn, *_given(own.get("docx"))), path
        ),
        "pdf": lambda path: _pdf(kind, context | addresses | alts, own.get("html"), path),
        "txt": lambda path: path.write_bytes(text.encode("utf-8-sig")),
        "json": lambda path: path.write_bytes(_json(document, context)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    base = name or stem(document)
    paths = [folder / safe_name(f"{base}.{suffix}") for suffix in wanted]
    # None of them appears before all are written.
    with ExitStack() as parts:
        for suffix, path in zip(wanted, paths, strict=True):
            writers[suffix](parts.enter_context(staged(path)))
    return Made(tuple(paths), text, tuple(notes))


def _given(template: Template | None) -> tuple[bytes | None, str]:
    return (template.source, template.name) if template else (None, "")


def _no_charts(kind: str) -> dict[str, str]:
    return {f"{name}{part}": "" for name in NAMES.get(kind, ()) for part in ("", "_alt")}


def _pdf(kind: str, context: Mapping[str, Any], own: Template | None, path: Path) -> None:
    beside = own.beside if own else None
    page = render.as_html(kind, {**context, "font_family": pdf.font_family()}, *_given(own), beside=beside)
    pdf.write_pdf(page, path, own.folder if own else None)


def _json(document: Mapping[str, Any], context: Mapping[str, Any]) -> bytes:
    whole = {"bulletin": plain(dict(document)), "texts": plain(dict(context))}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
