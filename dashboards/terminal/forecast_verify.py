"""Scores of forecasts on a terminal: errors and ranges, then heavy days, each beside persistence."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, digits, simulated_line, table

SAID_BY = {
    "aqi": "中值 middle",
    "aqi_high": "上限 upper end",
    "called": "概率研判 probability",
    "persistence": "持续性 persistence",
}
"""What said that a day would be heavy."""
_ERRORS = (
    *(
        "城市 city",
        "方法 model",
        "时效 lead",
        "对数 n",
        "偏差 bias",
        "MAE",
        "RMSE",
        "持续性 RMSE persistence",
    ),
    *("技巧 skill", "级别命中 level hit", "区间内 in range", "低于 below", "高于 above", "分位损失 pinball"),
    *("持续性分位损失 of persistence", "备注 note"),
)
_HEAVY = (
    *(
        "城市 city",
        "方法 model",
        "时效 lead",
        "依据 said by",
        "对数 n",
        "实况日数 observed",
        "命中 hits",
        "漏报 misses",
    ),
    *("空报 false", "命中率 hit rate", "空报率 FAR", "CSI", "Brier", "备注 note"),
)


def share(value: float | None) -> str:
    """Percentage without digits."""
    return NOTHING if value is None else f"{value * 100:.0f}%"


def render_scores(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn scores into tables, one for each period and item, and for each period and threshold.

    Parameters
    ----------
    document : mapping
        ``simulated``, ``needed`` (``pairs``, ``days``), ``scores``: rows of ``forecast.verification``, and ``events``:
        rows of ``forecast.verification_event``, both with ``city_zh``, ``city_en`` and ``insufficient``.
    """
    if document["simulated"]:
        yield simulated_line()
    if not document["scores"]:
        yield as_is("没有检验结果：尚无已到期的预报 | nothing verified: no forecast has come due yet")
        return
    for (period, item), rows in groupby(document["scores"], key=lambda r: (r["period"], r["item"])):
        unit = "" if item == "AQI" else " µg/m³"
        made = table(_ERRORS, right=range(3, 15), title=f"{period}  {item}{unit}")
        for r in rows:
            add(
                made, _city(r), r["model"], f"{r['lead_days']} d", f"{r['n']:,}", digits(r["bias"], 1), digits(r["mae"], 1),
                digits(r["rmse"], 1), digits(r["rmse_persistence"], 1), digits(r["skill"], 2), share(r["level_hit_rate"]),
                share(r["range_hit_rate"]), share(r["share_below_low"]), share(r["share_above_high"]),
                digits(r["pinball"], 1), digits(r["pinball_persistence"], 1), _note(r),
            )  # fmt: skip
        yield made
    for (period, threshold), rows in groupby(document["events"], key=lambda r: (r["period"], r["threshold"])):
        made = table(_HEAVY, right=range(4, 13), title=f"{period}  AQI > {threshold}")
        for r in rows:
            add(
                made, _city(r), r["model"], f"{r['lead_days']} d", SAID_BY[r["said_by"]], f"{r['n']:,}", f"{r['n_observed']:,}",
                f"{r['n_hit']:,}", f"{r['n_miss']:,}", f"{r['n_false']:,}", share(r["hit_rate"]),
                share(r["false_alarm_ratio"]), digits(r["csi"], 2), digits(r["brier"], 3), _note(r),
            )  # fmt: skip
        yield made
    yield as_is(
        "技巧 > 0 为优于持续性预报（起报前一日实况） | skill above 0: better than persistence, the day before the issue"
    )
    yield as_is(
        "10%–90% 区间：区间内应为 80%，低于、高于各 10% | a range of 10 to 90 %: 80 % within, 10 % below and above"
    )
    if any(r["insufficient"] for r in (*document["scores"], *document["events"])):
        pairs, days = document["needed"]["pairs"], document["needed"]["days"]
        yield as_is(
            f"样本不足：对数少于 {pairs} 或重污染日少于 {days}，评分不可靠"
            f" | too few: below {pairs} pairs or {days} heavy days the scores are uncertain",
            "yellow",
        )


def _city(row: Mapping[str, Any]) -> str:
    return (
        "全部 all"
        if row["city_code"] == "all"
        else f"{row['city_zh'] or row['city_code']} {row['city_en'] or ''}".strip()
    )


def _note(row: Mapping[str, Any]) -> str:
    return "样本不足 too few" if row["insufficient"] else ""
