"""What the import of bulletins answers on a terminal: line by line, what is wrong and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import as_is, simulated_line

WEIGHTING = {
    "area": "按边界面积加权 by area",
    "station": "站点平均 stations",
    "city_point": "城市中心一点（近似坐标，未核实） one point, approximate",
}
"""How the cities of a grid were read."""
SHOWN = 30
"""Findings of a file that are listed."""
STATUS = {
    "accepted": ("通过", "accepted", "green"),
    "rejected": ("退回（改正后整份重新导入）", "sent back: correct it and import it again as a whole", "red"),
    "empty": ("没有数据行，未导入", "no rows, not taken in", "yellow"),
    "unchanged": ("未变，无事可做", "same as before, nothing to do", ""),
    "not_loaded": ("已复制，未入库", "copied, not loaded", "red"),
}


def render_import(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn an import into lines.

    Parameters
    ----------
    document : mapping
        ``simulated``, ``check_only`` and ``files``, each with ``name``, ``status``, ``n_rows``, ``n_cities``,
        ``weighting`` (cities of a grid by how they were read) and ``findings`` (``line``, ``item``, ``found``, ``level``, ``zh``, ``en``).
    """
    if document["simulated"]:
        yield simulated_line()
    for file in document["files"]:
        zh, en, style = STATUS[file["status"]]
        yield as_is(f"{zh} {en}  {file['name']}", f"bold {style}".strip())
        yield as_is(f"    {file['n_rows']} 行 rows，{file['n_cities']} 城市 cities")
        if file["weighting"]:
            parts = (f"{WEIGHTING[kind]} {n}" for kind, n in sorted(file["weighting"].items()))
            yield as_is(f"    取值 read: {'；'.join(parts)}")
        for finding in file["findings"][:SHOWN]:
            where = (
                f"第 {finding['line']} 行 line {finding['line']}  {finding['item']}"
                if finding["line"]
                else ""
            )
            yield as_is(f"    {where}  {finding['zh']}", "red" if finding["level"] == "error" else "yellow")
            yield as_is(f"      {finding['en']}")
        more = len(file["findings"]) - SHOWN
        if more > 0:
            yield as_is(f"    …另有 and {more} 处 more（--json）")
    if document["check_only"]:
        yield as_is("只检查，未导入 | checked only, nothing was taken in")
