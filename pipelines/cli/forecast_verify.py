"""How forecasts did, by city, model and lead time, beside persistence; where there is too little to judge, that is said."""

from contextlib import closing
from datetime import datetime
from typing import Annotated, Any

import typer

from dashboards.terminal.forecast_verify import render_scores
from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    DONE,
    REJECTED,
    HomeOption,
    JsonOption,
    UseError,
    is_simulated,
    print_json,
    read_published,
    the_home,
)
from warehouse.store import rows_of

NEEDED_PAIRS, NEEDED_DAYS = 30, 10
"""Pairs below which a score, and heavy days below which a hit rate or CSI, is told to be uncertain."""
_WHERE = """
FROM {table} v LEFT JOIN ref.city c USING (city_code)
WHERE ($model IS NULL OR model = $model) AND ($lead IS NULL OR lead_days = $lead)
    AND (CASE WHEN $city = 'each' THEN city_code <> 'all' ELSE city_code = $city END)
    AND ($period IS NULL OR period = $period) AND ($period IS NOT NULL OR length(period) = 4)
"""
_SCORES = f"""
SELECT v.*, c.name_zh AS city_zh, c.name_en AS city_en {_WHERE.format(table="forecast.verification")}
    AND ($item IS NULL OR item = $item)
ORDER BY period DESC, item, city_code, model, lead_days
"""
_EVENTS = f"""
SELECT v.*, c.name_zh AS city_zh, c.name_en AS city_en {_WHERE.format(table="forecast.verification_event")}
    AND coalesce($item, 'AQI') = 'AQI'
ORDER BY period DESC, threshold, city_code, model, lead_days,
    list_position(['aqi', 'aqi_high', 'called', 'persistence'], said_by)
"""


def verify(
    model: Annotated[
        str | None, typer.Option("--model", help="方法：bulletin、cams、baseline_learned … | model", show_default=False)
    ] = None,
    city: Annotated[
        str, typer.Option("--city", help="城市代码或名称；all 合计，each 逐城 | city; all: all together; each: every city")
    ] = "all",
    period: Annotated[
        str | None,
        typer.Option("--period", help="年或年月；缺省为各年 | a year or a month, default: every year", show_default=False),
    ] = None,
    lead: Annotated[
        int | None, typer.Option("--lead", min=0, max=31, help="时效（天） | lead time [d]", show_default=False)
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", help="AQI 或 PM2.5；缺省两者 | AQI or PM2.5, default: both", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """预报检验：偏差、误差、区间、级别与重污染日命中、空报、CSI，与持续性预报比较 | scores of forecasts, against persistence."""
    from pipelines.emergency.proposal.places import city as code_of

    code = city if city in ("all", "each") else code_of(city)
    if item not in (None, "AQI", "PM2.5"):
        raise UseError(f"--item {item}: AQI, PM2.5")
    if period is not None:
        _known_period(period)
    asked = {"model": model, "city": code, "period": period, "lead": lead, "item": item}
    with closing(read_published(the_home(home))) as con:
        known = con.execute("SELECT DISTINCT model FROM forecast.verification ORDER BY 1").fetchall()
        document: dict[str, Any] = {
            "city_code": code,
            "models": [m for (m,) in known],
            "simulated": is_simulated(con),
            "needed": {"pairs": NEEDED_PAIRS, "days": NEEDED_DAYS},
            "scores": [_judged(row) for row in rows_of(con, _SCORES, asked)],
            "events": [_judged(row) for row in rows_of(con, _EVENTS, asked)],
        }
    if model is not None and model not in document["models"]:
        raise UseError(
            f"--model {model}: {', '.join(document['models']) or '尚无检验结果 nothing verified yet'}"
        )
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_scores(document))
    raise typer.Exit(DONE if document["scores"] else REJECTED)


def _judged(row: dict[str, Any]) -> dict[str, Any]:
    """Say where a score rests on too little."""
    few_days = row.get("n_observed", NEEDED_DAYS) < NEEDED_DAYS
    return row | {"insufficient": row["n"] < NEEDED_PAIRS or few_days}


def _known_period(text: str) -> None:
    try:
        datetime.strptime(text, "%Y" if len(text) == 4 else "%Y-%m")
    except ValueError:
        raise UseError(f"--period {text}: 2026 或 or 2026-11") from None


def register(group: typer.Typer) -> None:
    """Add the command to the group of forecasts."""
    group.command("verify", short_help="预报检验 | how forecasts did")(verify)
