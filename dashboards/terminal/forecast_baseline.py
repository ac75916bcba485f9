"""The baseline of a day on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, digits, simulated_line, table


def render_baseline(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn a baseline into a table and the list of what was refused.

    Parameters
    ----------
    document : mapping
        ``simulated``, ``issued_at``, ``use``, ``forecasts`` (``city_code``, ``day``, ``model``, ``aqi``, ``aqi_low``,
        ``aqi_high``, ``prob_above_150``, ``prob_above_200``, ``called_150``, ``called_200``, ``pm25_ugm3``,
        ``primary_pollutants``) and ``not_made`` (``model``, ``city_code``, ``reason_zh``,
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
                "概率 chance >150",
                "概率 chance >200",
                "PM2.5 µg/m³",
                "首要污染物 primary",
            ),
            right=range(3, 8),
            title=f"起报 issued {document['issued_at']}",
        )
        for r in document["forecasts"]:
            ends = (r["aqi_low"], r["aqi_high"])
            shown = NOTHING if None in ends else f"{ends[0]}–{ends[1]}"
            pm25 = digits(r["pm25_ugm3"], 0)
            chances = (
                _chance(r["prob_above_150"], r["called_150"]),
                _chance(r["prob_above_200"], r["called_200"]),
            )
            add(
                made,
                r["city_code"],
                r["day"],
                r["model"],
                r["aqi"],
                shown,
                *chances,
                pm25,
                r["primary_pollutants"],
            )
        yield made
        yield as_is("* 概率达到历史上 CSI 最高的界 | * the chance reaches the bound that served best before")
    reasons = sorted({(r["model"], r["reason_zh"], r["reason_en"]) for r in document["not_made"]})
    for model, zh, en in reasons:
        cities = [r["city_code"] for r in document["not_made"] if (r["model"], r["reason_zh"]) == (model, zh)]
        yield as_is(f"未作 not made  {model}  {zh} | {en}  ({', '.join(cities)})", "yellow")


def _chance(value: float | None, called: bool | None) -> str:
    return NOTHING if value is None else f"{value * 100:.0f}%{'*' if called else ''}"
