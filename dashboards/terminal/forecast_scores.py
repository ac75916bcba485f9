"""Scores of forecasts and the baseline on a terminal."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, digits, simulated_line, table


def _share(value: float | None) -> str:
    return NOTHING if value is None else f"{value * 100:.0f}%"


def render_scores(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn scores into tables, one for each period and item.

    Parameters
    ----------
    document : mapping
        ``simulated``, ``city_code`` and ``scores``: rows of ``forecast.verification``.
    """
    if document["simulated"]:
        yield simulated_line()
    if not document["scores"]:
        yield as_is("没有检验结果：尚无已到期的预报 | nothing verified: no forecast has come due yet")
        return
    headings = (
        *("方法 model", "时效 lead", "对数 n", "偏差 bias", "RMSE", "MAE", "级别命中 level", "区间 range"),
        *("CSI>150", "空报 FAR>150", "CSI>200", "空报 FAR>200", "持续性 persistence", "技巧 skill"),
    )
    for (period, item), rows in groupby(document["scores"], key=lambda r: (r["period"], r["item"])):
        unit = "" if item == "AQI" else " µg/m³"
        made = table(headings, right=range(1, 14), title=f"{period}  {item}{unit}  {document['city_code']}")
        for r in rows:
            add(
                made, r["model"], f"{r['lead_days']} d", f"{r['n']:,}", digits(r["bias"], 1), digits(r["rmse"], 1),
                digits(r["mae"], 1), _share(r["level_hit_rate"]), _share(r["range_hit_rate"]),
                digits(r["csi_150"], 2), _share(r["false_alarm_ratio_150"]), digits(r["csi_200"], 2),
                _share(r["false_alarm_ratio_200"]), digits(r["rmse_persistence"], 1), digits(r["skill"], 2),
            )  # fmt: skip
        yield made
    yield as_is("技巧 > 0 为优于持续性预报 | skill above 0: better than persistence")


def render_baseline(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn a baseline into a table and the list of what was refused.

    Parameters
    ----------
    document : mapping
        ``simulated``, ``issued_at``, ``use``, ``forecasts`` (``city_code``, ``day``, ``model``, ``aqi``, ``aqi_low``,
        ``aqi_high``, ``pm25_ugm3``, ``primary_pollutants``) and ``not_made`` (``model``, ``city_code``, ``reason_zh``,
        ``reason_en``).
    """
    if document["simulated"]:
        yield simulated_line()
    yield as_is(f"【会商参考】{document['use']}", "bold yellow")
    if document["forecasts"]:
        made = table(
            (
                "城市 city",
                "预报日 day",
                "方法 model",
                "AQI",
                "AQI 10–90%",
                "PM2.5 µg/m³",
                "首要污染物 primary",
            ),
            right=(3, 4, 5),
            title=f"起报 issued {document['issued_at']}",
        )
        for r in document["forecasts"]:
            ends = (r["aqi_low"], r["aqi_high"])
            shown = NOTHING if None in ends else f"{ends[0]}–{ends[1]}"
            pm25 = digits(r["pm25_ugm3"], 0)
            add(made, r["city_code"], r["day"], r["model"], r["aqi"], shown, pm25, r["primary_pollutants"])
        yield made
    reasons = sorted({(r["model"], r["reason_zh"], r["reason_en"]) for r in document["not_made"]})
    for model, zh, en in reasons:
        cities = [r["city_code"] for r in document["not_made"] if (r["model"], r["reason_zh"]) == (model, zh)]
        yield as_is(f"未作 not made  {model}  {zh} | {en}  ({', '.join(cities)})", "yellow")
