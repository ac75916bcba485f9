"""``fenwei coal check`` and the list of forms on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from rich.console import RenderableType

from dashboards.coal import words
from dashboards.coal.columns import Column, Section, printed, rows_of, style_of
from dashboards.coal.forms import Form
from dashboards.coal.sections import SECTIONS, TARGETS
from dashboards.coal.sheet import width_of
from dashboards.terminal.screen import add, as_is, simulated_line, table

SHOWN = 15
"""Rows of a section that are listed; targets are listed all."""

_WHOLE, _WIDEST, _AREA, _GAP = 14, 26, 12, 3
"""A column of texts up to the first width is never folded; a wider one at the second, names of areas at the third. The last
stands between columns."""


def render_check(
    document: Mapping[str, Any], *, more: str = "--to 文件.xlsx | --json", width: int | None = None
) -> Iterator[RenderableType]:
    """Turn a coal check into lines and tables.

    Parameters
    ----------
    document : mapping
        See :func:`dashboards.coal.progress.write_progress`.
    more : str
        Where everything is that is not listed here.
    width : int, optional
        Columns of the terminal: wider tables are set as several, one below the other; without it none is parted.
    """
    about = document["about"]
    if about.get("simulated"):
        yield simulated_line()
    area = " ".join(str(part) for part in (about.get("area_name"), about.get("area_name_en")) if part)
    yield as_is(f"{area}（{about.get('area_code') or '—'}）  {about.get('stat_year') or ''}", "bold")
    yield as_is(
        f"数据截至 data until {about.get('data_until') or '—'}，评价时间 as of {about.get('as_of') or '—'}"
    )
    yield from _targets(document, width)
    for section in SECTIONS:
        yield from _section(section, document, more, width)
    if about.get("simulated"):
        yield simulated_line()


def _targets(document: Mapping[str, Any], width: int | None) -> Iterator[RenderableType]:
    rows = rows_of(document, TARGETS.path)
    if not rows:
        yield as_is("没有目标：用 fenwei coal template --form coal_target 取表填报", "yellow")
        yield as_is("no targets: fill in the form coal_target and import it", "yellow")
        return
    yield from _tables(TARGETS, rows, width)
    yield as_is(words.legend())
    for row in rows:
        yield as_is(f"{row['no']:>3} {_sentence(row, 'zh')}")
        if row.get("verdict_en") or row.get("notes_en"):
            yield as_is(f"    {_sentence(row, 'en')}")
    rulings = {(row.get("ruling_zh"), row.get("ruling_en")): None for row in rows if row.get("ruling_zh")}
    for zh, en in rulings:
        yield as_is(f"序时 progress lines：{zh} | {en}")


def _sentence(row: Mapping[str, Any], language: str) -> str:
    """Say a verdict in one language: sign, what, why."""
    told, _ = words.light("verdict", row.get("verdict"), verified=row.get("verified"))
    who = f"{row.get('area_name') or ''} {words.name('scope', row.get('scope'), english=False)}".strip()
    parts = [row.get(f"verdict_{language}") or f"{who}：{told}", row.get(f"notes_{language}")]
    mark = "；" if language == "zh" else "; "
    said = mark.join(str(part).replace("\n", mark) for part in parts if part)
    return f"{told[:1]} {said}" if language == "zh" else said


def _section(
    section: Section, document: Mapping[str, Any], more: str, width: int | None
) -> Iterator[RenderableType]:
    every = [row for row in rows_of(document, section.path) if section.only(row)]
    if not every or not any(column.screen for column in section.columns):
        return
    rows = _own_first([row for row in every if section.brief(row) and _by_default(row, document)], document)
    if rows:
        yield from (
            _tables(section, rows[:SHOWN], width) if not section.lines else _lines(section, rows[:SHOWN])
        )
    else:
        yield as_is(f"{section.title_zh} | {section.title_en}", "bold")
    if len(every) > min(len(rows), SHOWN):
        yield as_is(f"  …还有 and {len(every) - min(len(rows), SHOWN):,} more：{more}")
    if section.note:
        yield as_is(section.note)


def _own_first(rows: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Put the rows of the area itself before those of the places in it."""
    return sorted(rows, key=lambda row: row.get("area_code") != document["about"].get("area_code"))


def _by_default(row: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Leave the other rules of non-power to the workbook; early warning says which one is the default."""
    usual = {w.get("scope_rule") for w in document.get("early_warning") or () if w.get("is_default")}
    return not usual or row.get("scope_rule") in usual | {None, "all"}


def _lines(section: Section, rows: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Say each row in a line of its own: long texts and names of checks are not for narrow columns."""
    yield as_is(f"\n{section.title_zh} | {section.title_en}", "bold")
    for row in rows:
        *heads, last = [text for c in section.columns if c.screen and (text := printed(c, row)) is not None]
        yield as_is(f"  {' '.join(heads)}：{last}")


def _tables(
    section: Section, rows: Sequence[Mapping[str, Any]], width: int | None
) -> Iterator[RenderableType]:
    """Make the one or two tables of a section, or more of them where they are too wide; columns without any value are left out."""
    title = f"{section.title_zh} | {section.title_en}"
    used = [c for c in section.columns if c.screen and any(printed(c, row) is not None for row in rows)]
    parts = [part for n in (1, 2) if (part := [c for c in used if c.screen & n])]
    if parts[1:] and all(c.screen == 3 for c in parts[1]):
        del parts[1:]
    if width is not None and any(_width(part, rows) > width for part in parts):
        same = [c for c in used if _is_constant(c, rows)]
        told = "，".join(f"{c.zh} {printed(c, rows[0])}" for c in same)
        title += f"（{told}）" if told else ""
        parts = _parted(
            [c for n in (1, 2) for c in used if c.screen in (n, n + 2) and c not in same], rows, width
        )
    for number, part in enumerate(parts):
        yield _table(part, rows, title if number == 0 else None, width)


def _is_constant(column: Column, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a word, no figure and no verdict, is the same in all of several rows."""
    if column.is_figure or column.kind.startswith("light") or column.screen == 3:
        return False
    return len(rows) > 1 and len({printed(column, row) for row in rows}) == 1


def _parted(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], width: int) -> list[list[Column]]:
    """Part columns into tables no wider than the terminal; what names a row stands in each of them."""
    names = [c for c in columns if c.screen == 3]
    if len({tuple(printed(c, row) for c in names) for row in rows}) < len(rows):
        names = list(takewhile(lambda c: not _judges(c), columns)) or names
    while len(names) > 1 and _width(names, rows) > width // 2:
        names.pop()
    parts: list[list[Column]] = []
    for column in (c for c in columns if c not in names):
        if parts and _width([*parts[-1], column], rows) <= width:
            parts[-1].append(column)
        else:
            parts.append([*names, column])
    return parts or [names]


def _judges(column: Column) -> bool:
    return column.is_figure or column.kind.startswith("light")


def _width(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> int:
    """Columns of the terminal that a table takes."""
    return sum(_fitted(column, rows) + _GAP for column in columns) - _GAP


def _fitted(column: Column, rows: Sequence[Mapping[str, Any]]) -> int:
    widest = max(width_of(column.short), *(width_of(printed(column, row) or "") for row in rows))
    if column.is_figure or widest <= _WHOLE:
        return widest
    return min(widest, _AREA if column.key == "area_name" else _WIDEST)


def _table(
    columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], title: str | None, width: int | None
) -> RenderableType:
    figures = [n for n, column in enumerate(columns) if column.is_figure]
    made = table([c.short for c in columns], right=figures, title=title)
    spare = max(0, width - _width(columns, rows)) if width is not None else 0
    for shown, column in reversed([*zip(made.columns, columns, strict=True)]):
        shown.min_width = _fitted(column, rows)
        if column.is_figure or (shown.min_width <= _WHOLE and column.key != "area_name"):
            shown.no_wrap = True
        else:
            # The last of the long texts takes what is left of the line.
            shown.max_width = shown.min_width + (0 if column.key == "area_name" else spare)
            spare = spare if column.key == "area_name" else 0
    for row in rows:
        add(made, *(as_is(printed(c, row), style_of(c, row)) for c in columns))
    return made


def render_forms(listed: Sequence[Form]) -> Iterator[RenderableType]:
    """List the forms: name for the command line, both names, how often, official or not."""
    periods = {"month": "月 month", "year": "年 year", "none": "随时 any time"}
    made = table(("代码 form", "表 name", "英文 English", "周期 period", "官方 official"))
    for form in listed:
        official = "是 yes" if form.official else "否 no"
        add(made, form.name, form.name_zh, form.name_en, periods.get(form.period, form.period), official)
    yield made
