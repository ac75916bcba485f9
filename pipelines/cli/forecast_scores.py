"""The commands that look at forecasts afterwards, and the baseline: scores and what history alone would say."""

from contextlib import closing
from datetime import datetime
from typing import Annotated, Any

import typer

from dashboards.terminal.forecast_scores import render_baseline, render_scores
from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    day_option,
    is_simulated,
    print_json,
    read_published,
    the_home,
    the_moment,
)
from warehouse.store import rows_of

_SCORES = """
SELECT * FROM forecast.verification
WHERE ($model IS NULL OR model = $model) AND city_code = $city AND ($period IS NULL OR period = $period)
    AND ($item IS NULL OR item = $item) AND ($period IS NOT NULL OR length(period) = 4)
ORDER BY period DESC, item, model, lead_days
"""


def verify(
    model: Annotated[
        str | None, typer.Option("--model", help="方法：bulletin、cams、baseline_learned … | model", show_default=False)
    ] = None,
    city: Annotated[
        str, typer.Option("--city", help="城市代码或名称；all 为全部合计 | city; all: all together")
    ] = "all",
    period: Annotated[
        str | None,
        typer.Option("--period", help="年或年月；缺省为各年 | a year or a month, default: every year", show_default=False),
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", help="AQI 或 PM2.5；缺省两者 | AQI or PM2.5, default: both", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """预报检验：偏差、误差、级别命中、空报与 CSI，与持续性预报比较 | scores of forecasts, against persistence."""
    from pipelines.emergency.proposal.places import city as code_of

    code = "all" if city == "all" else code_of(city)
    if item not in (None, "AQI", "PM2.5"):
        raise UseError(f"--item {item}: AQI, PM2.5")
    with closing(read_published(the_home(home))) as con:
        if period is not None:
            _known_period(period)
        rows = rows_of(con, _SCORES, {"model": model, "city": code, "period": period, "item": item})
        known = con.execute("SELECT DISTINCT model FROM forecast.verification ORDER BY 1").fetchall()
        document: dict[str, Any] = {
            "city_code": code,
            "models": [m for (m,) in known],
            "simulated": is_simulated(con),
            "scores": rows,
        }
    if model is not None and model not in document["models"]:
        raise UseError(
            f"--model {model}: {', '.join(document['models']) or '尚无检验结果 nothing verified yet'}"
        )
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_scores(document))
    raise typer.Exit(DONE if rows else REJECTED)


def _known_period(text: str) -> None:
    try:
        datetime.strptime(text, "%Y" if len(text) == 4 else "%Y-%m")
    except ValueError:
        raise UseError(f"--period {text}: 2026 或 or 2026-11") from None


def baseline(
    day: Annotated[
        str | None, typer.Option("--day", help="起报日；缺省为今天 | day of issue, default: today", show_default=False)
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", help="城市代码或名称 | city", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """基线预报：只用起报日以前的实况算出，会商参考，不作定级依据 | forecasts from history alone, for consultation only."""
    from pipelines.emergency.proposal.places import city as code_of
    from pipelines.forecast import CONSULTATION_ONLY
    from pipelines.forecast.baseline import at_day

    the = the_home(home)
    issue = day_option(day, "--day") if day else the_moment(the, as_of).date()
    code = code_of(city) if city else None
    with closing(read_published(the)) as con:
        rows, refused = at_day(con, issue)
        simulated = is_simulated(con)
    chosen = [r for r in rows if code in (None, r["city_code"])]
    document: dict[str, Any] = {
        "issued_at": issue.isoformat(),
        "use": CONSULTATION_ONLY,
        "simulated": simulated,
        "forecasts": chosen,
        "not_made": [r for r in refused if code in (None, r["city_code"])],
    }
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_baseline(document))
    raise typer.Exit(DONE if chosen else REJECTED)


def register(group: typer.Typer) -> None:
    """Add the commands to the group of forecasts."""
    group.command("verify", short_help="预报检验 | how forecasts did")(verify)
    group.command("baseline", short_help="基线预报（会商参考） | the baseline, for consultation")(baseline)
