"""The baseline of a day: what history alone would say, for consultation only."""

from contextlib import closing
from typing import Annotated, Any

import typer

from dashboards.terminal.forecast_baseline import render_baseline
from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    day_option,
    is_simulated,
    print_json,
    read_published,
    the_home,
    the_moment,
)


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
    """Add the command to the group of forecasts."""
    group.command("baseline", short_help="基线预报（会商参考） | the baseline, for consultation")(baseline)
