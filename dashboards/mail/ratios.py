"""The table of what a list of measures amounts to, each pollutant by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.mail.model import Cell, Grid, number, plain

VERDICTS = {
    "met": "达到 met",
    "doubtful": "存疑 doubtful",
    "not_met": "未达到 not met",
    "insufficient": "无法判断 not known",
}
_NOTE = (
    "各污染物分别对照全社会排放量；当日比例已将响应日停产的生产线从分子分母中一并扣除；缺口按响应日计"
    " | each pollutant by itself, of the whole society's emissions; on the response day lines that stand still anyway are"
    " taken out above and below; shortfall on the response day"
)


def ratio_grid(ratios: Sequence[Mapping[str, Any]]) -> Grid:
    """Make the table.

    Parameters
    ----------
    ratios : sequence of mapping
        ``city_name, pollutant, ratio_pct`` on the response day, ``filed_pct`` as filed, ``required_pct`` [%], ``verdict``
        (one of `VERDICTS`; else ``met``), ``shortfall_kgd``. Whatever is absent is a dash.
    """
    rows = tuple(
        (
            plain(r.get("city_name") or r.get("name_zh") or r.get("city_code")),
            plain(r.get("pollutant")),
            number(r.get("filed_pct"), 2),
            number(r.get("ratio_pct"), 2),
            number(r.get("required_pct"), 0),
            _verdict(r),
        )
        for r in ratios
    )
    heads = (
        "城市 city",
        "污染物 of",
        "备案 filed %",
        "当日 on the day %",
        "要求 need %",
        "结论与缺口 verdict, short of",
    )
    return Grid("减排比例 reduction ratios", heads, rows, frozenset({2, 3, 4}), _NOTE)


def _verdict(row: Mapping[str, Any]) -> Cell:
    """The verdict, and what is missing where something is."""
    met = row.get("met")
    word = VERDICTS.get(str(row.get("verdict")), "")
    word = word or ("" if met is None else VERDICTS["met" if met else "not_met"])
    short = row.get("shortfall_kgd", row.get("shortfall"))
    return plain(f"{word}，缺 {number(short, 1).text} kg/d" if short else word)
