"""The data dictionary as a document: Markdown, a page, CSV. Tables in, document out."""

import csv
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dashboards.tables.model import staged
from warehouse.dictionary import Column, Table

_HEADINGS = ("列 column", "说明", "meaning", "单位 unit", "类型 type", "级别 class")
_STYLE = (
    "body{font-family:system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2rem;max-width:80rem}"
    "table{border-collapse:collapse;margin-bottom:2rem}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}"
    "th{background:#eef}code{white-space:nowrap}"
)


def search_dictionary(tables: Iterable[Table], word: str) -> list[Table]:
    """Return tables that contain a word in any text; where only columns do, just those columns.

    Parameters
    ----------
    tables : iterable of Table
    word : str
        Upper and lower case are the same; the full name of a table gives that table alone.
    """
    listed = list(tables)
    wanted = word.strip().casefold()
    exact = [t for t in listed if wanted in (f"{t.schema}.{t.name}", t.name, t.zh_name.casefold())]
    if exact:
        return exact
    found = []
    for table in listed:
        if _contains((f"{table.schema}.{table.name}", table.zh, table.en), wanted):
            found.append(table)
            continue
        columns = tuple(c for c in table.columns if _contains((c.name, c.zh, c.en, c.unit), wanted))
        if columns:
            found.append(replace(table, columns=columns))
    return found


def _contains(texts: Iterable[str], wanted: str) -> bool:
    return any(wanted in text.casefold() for text in texts)


def dictionary_records(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Return the dictionary as plain lists and dicts."""
    return [asdict(table) | {"zh_name": table.zh_name} for table in tables]


def print_dictionary(tables: Sequence[Table], path: Path, form: str) -> None:
    """Write the dictionary into a file.

    Parameters
    ----------
    tables : sequence of Table
    path : Path
    form : {"md", "html", "csv"}
    """
    with staged(path) as part:
        if form == "csv":
            with part.open("w", encoding="utf-8-sig", newline="") as handle:
                writer = csv.writer(handle, lineterminator="\n")
                writer.writerow(("schema", "table", "表", *_HEADINGS))
                writer.writerows((t.schema, t.name, t.zh_name, *_cells(c)) for t in tables for c in t.columns)
            return
        lines = _markdown(tables) if form == "md" else _page(tables)
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cells(column: Column) -> tuple[str, ...]:
    return column.name, column.zh, column.en, column.unit, column.data_type, column.access


def _markdown(tables: Sequence[Table]) -> Iterator[str]:
    yield "# 数据字典 | data dictionary"
    for table in tables:
        yield f"\n## `{table.schema}.{table.name}` {_md(table.zh)}\n\n{_md(table.en)}\n"
        yield "| " + " | ".join(_HEADINGS) + " |"
        yield "|" + " --- |" * len(_HEADINGS)
        for column in table.columns:
            name, *rest = _cells(column)
            yield "| " + " | ".join([f"`{name}`", *map(_md, rest)]) + " |"


def _md(text: str) -> str:
    """Keep a text inside its cell and free of markup."""
    plain = " ".join(text.split()).replace("\\", "\\\\")
    for letter in "|<>*_`[]":
        plain = plain.replace(letter, f"\\{letter}")
    return plain


def _page(tables: Sequence[Table]) -> Iterator[str]:
    yield '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>数据字典 | data dictionary</title>'
    yield f"<style>{_STYLE}</style><h1>数据字典 | data dictionary</h1><ul>"
    for table in tables:
        name = html.escape(f"{table.schema}.{table.name}")
        yield f'<li><a href="#{name}"><code>{name}</code></a> {html.escape(table.zh_name)}</li>'
    yield "</ul>"
    for table in tables:
        name = html.escape(f"{table.schema}.{table.name}")
        yield f'<h2 id="{name}"><code>{name}</code> {html.escape(table.zh)}</h2><p>{html.escape(table.en)}</p><table>'
        yield "<tr>" + "".join(f"<th>{heading}</th>" for heading in _HEADINGS) + "</tr>"
        for column in table.columns:
            first, *rest = _cells(column)
            cells = f"<td><code>{html.escape(first)}</code></td>" + "".join(
                f"<td>{html.escape(x)}</td>" for x in rest
            )
            yield f"<tr>{cells}</tr>"
        yield "</table>"
    yield "</html>"
