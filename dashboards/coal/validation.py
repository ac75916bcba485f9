"""What an import answers on the terminal: findings cell by cell, and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import as_is, simulated_line

SHOWN = 20
"""Kinds of findings of a file, and changes, that are listed on the terminal."""

CELLS = 12
"""Cells that are named for findings of one kind."""

STATUS = {
    "accepted": ("通过", "accepted", "✔", "green"),
    "rejected": ("退回", "rejected", "✖", "red"),
    "empty": ("没有数据行，未导入", "no rows, not taken in", "○", "yellow"),
    "unchanged": ("未变，无事可做", "same as before, nothing to do", "=", ""),
    "not_loaded": ("已复制，未入库", "copied, not loaded", "！", "red"),
}
LEVELS = {
    "error": ("错误", "error", "✖", "red"),
    "warning": ("警告", "warning", "！", "yellow"),
    "unchecked": ("无从核对", "unchecked", "？", "yellow"),
}
_GRAVITY = {level: n for n, level in enumerate(LEVELS)}
CHANGES = {"added": ("新增", "added"), "changed": ("更改", "changed"), "removed": ("删除", "removed")}


def render_import(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn an import into lines.

    Parameters
    ----------
    document : mapping
        Keys ``simulated``, ``check_only``, ``report`` (path or None), ``files`` and ``changes``. A file has ``name``,
        ``status``, ``n_errors``, ``n_warnings``, ``n_unchecked``, ``tables`` (``name_zh``, ``sheet``, ``n_rows``) and ``findings``; a
        change has ``name``, ``form_zh``, ``row_key``, ``column_zh``, ``change``, ``old_value``, ``new_value``.
    """
    if document["simulated"]:
        yield simulated_line()
    for file in document["files"]:
        yield from _file(file, document["report"])
    yield from _changes(document["changes"], document["report"])
    counts = [f"{zh} {n}" for status, (zh, *_) in STATUS.items() if (n := _count(document, status))]
    done = "；只检查，未导入 checked only, nothing imported" if document["check_only"] else ""
    yield as_is(f"文件 files {len(document['files'])}：{'，'.join(counts)}{done}", "bold")
    if document["report"]:
        yield as_is(f"检查报告 report：{document['report']}")


def _count(document: Mapping[str, Any], status: str) -> int:
    return sum(file["status"] == status for file in document["files"])


def _file(file: Mapping[str, Any], report: str | None) -> Iterator[RenderableType]:
    zh, en, sign, style = STATUS[file["status"]]
    yield as_is(f"{sign} {zh} {en}  {file['name']}", f"bold {style}".strip())
    for table in file["tables"]:
        where = f"{table['sheet']}：" if table["sheet"] else ""
        yield as_is(f"    {where}{table['name_zh']}，{table['n_rows']:,} 行 rows")
    if file["findings"]:
        counts = f"错误 errors {file['n_errors']:,}，警告 warnings {file['n_warnings']:,}"
        yield as_is(f"    {counts}，无从核对 unchecked {file['n_unchecked']:,}")
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for finding in in_order(file["findings"]):
        groups.setdefault((finding["level"], finding["sheet"], finding["rule"]), []).append(finding)
    sheet = None
    for alike in list(groups.values())[:SHOWN]:
        if alike[0]["sheet"] and alike[0]["sheet"] != sheet:
            yield as_is(f"  工作表 sheet {alike[0]['sheet']}")
        sheet = alike[0]["sheet"]
        yield from _findings(alike)
    left = sum(len(alike) for alike in list(groups.values())[SHOWN:])
    if left or any(len(alike) > CELLS for alike in groups.values()):
        where = (
            f"见 see {report}" if report else "用 --report 文件.xlsx 看全部 | --report FILE.xlsx lists all"
        )
        yield as_is(f"    …{f'另有 and {left:,} 处 more；' if left else ''}{where}")


def _findings(alike: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Tell the first of the findings of one rule, and the cells of the others."""
    finding = alike[0]
    zh, en, sign, style = LEVELS[finding["level"]]
    at = f"{finding['cell']}  " if finding["cell"] else ""
    yield as_is(f"    {sign} {zh} {en}  {at}{finding['zh']}", style)
    yield as_is(f"          {finding['en']}")
    if finding["fix_zh"] or finding["fix_en"]:
        yield as_is(f"      →   {finding['fix_zh']} | {finding['fix_en']}")
    if len(alike) > 1:
        cells = "、".join(dict.fromkeys(f["cell"] or f["zh"] for f in alike[1:CELLS]))
        more = "…" if len(alike) > CELLS else ""
        yield as_is(f"          同类共 {len(alike):,} 处 of this kind，另见 also：{cells}{more}")


def in_order(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Sort findings: the gravest first, then by sheet, line and column; what counts the rest of a rule last."""
    placed = {(f["sheet"], f["rule"]) for f in findings if f["cell"]}
    return sorted(
        findings,
        key=lambda f: (
            _GRAVITY.get(f["level"], 9),
            f["sheet"],
            not f["cell"] and (f["sheet"], f["rule"]) in placed,
            _place(f["cell"]),
            f["rule"],
            f["zh"],
        ),
    )


def _place(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    line = cell[len(letters) :]
    return int(line) if line else 0, len(letters), letters


def _changes(changes: Sequence[Mapping[str, Any]], report: str | None) -> Iterator[RenderableType]:
    if not changes:
        return
    counts = [
        f"{zh} {en} {n:,}"
        for code, (zh, en) in CHANGES.items()
        if (n := sum(change["change"] == code for change in changes))
    ]
    yield as_is(f"与上一版相比 against the version before：{'，'.join(counts)}", "bold")
    for change in changes[:SHOWN]:
        zh, en = CHANGES.get(change["change"], (change["change"],) * 2)
        what = f"{change['column_zh']}：{_old_new(change)}" if change["column_zh"] else ""
        yield as_is(f"    {zh} {en}  {change['form_zh']}  {change['row_key']}  {what}".rstrip())
    if len(changes) > SHOWN:
        where = f"见 see {report}" if report else "全部在 all in：fenwei sql 'FROM coal.revision'"
        yield as_is(f"    …另有 and {len(changes) - SHOWN:,} 处 more：{where}")


def _old_new(change: Mapping[str, Any]) -> str:
    old, new = (("（空）" if change[k] in (None, "") else change[k]) for k in ("old_value", "new_value"))
    return f"{old} → {new}"
