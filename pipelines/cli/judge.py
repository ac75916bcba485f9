"""The command that judges: evaluate."""

from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from dashboards.terminal.evaluation import render_evaluation
from dashboards.terminal.screen import console_for, show
from pipelines.areas import area_code
from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    print_json,
    read_published,
    the_home,
    the_moment,
)

_DIGITS = (
    "SELECT item, coalesce(digits_statistic, digits_attainment) FROM ref.rounding WHERE standard_set = ?"
)


def _chosen(**given: str | None) -> tuple[str, str]:
    """Return the one area that was named."""
    named = [(kind, text) for kind, text in given.items() if text]
    if len(named) != 1:
        raise UseError(
            "--region、--city、--unit 须且只能给一个 | give exactly one of --region, --city and --unit"
        )
    return named[0]


def _last_whole_day(moment: datetime) -> date:
    """Return the last day that was over at a moment; a date alone counts as over."""
    return (moment + timedelta(minutes=1)).date() - timedelta(days=1)


def evaluate(
    period: Annotated[
        str,
        typer.Option(
            "--period", help="时段 | period: 2019, 2019-Q1, 2019-03, 2018-winter, 2018-10-01..2019-03-31"
        ),
    ],
    region: Annotated[
        str | None, typer.Option("--region", help="区域 | region: fenwei（生效名单）, fenwei_2018, 汾渭平原")
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="城市代码或名称 | city: 610100, 西安")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="考核单元 | assessment unit: 610403, 杨陵")
    ] = None,
    standard_set: Annotated[
        str | None,
        typer.Option(
            "--set", help="标准 | 2012, 2026_transition, 2026_final；缺省为时段末日生效者 in force at its end"
        ),
    ] = None,
    basis: Annotated[
        str, typer.Option("--basis", help="扣沙后 after_dust 或扣沙前 before_dust（颗粒物 PM）")
    ] = "after_dust",
    rank_in: Annotated[
        str | None,
        typer.Option("--rank-in", help="在哪个区域排名 | rank in this region: fenwei_2018, guanzhong"),
    ] = None,
    weighted: Annotated[
        bool,
        typer.Option("--weighted", help="加权综合指数（待核实，默认不用）| weighted index (unverified, off)"),
    ] = False,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """按标准评价一个区域、城市或考核单元：达标、综合指数与名次、天数、同比 | judge an area over a period by a standard."""
    from pipelines.air.evaluation import evaluate as judged
    from pipelines.air.windows import judged_until

    kind, given = _chosen(region=region, city=city, unit=unit)
    opened = the_home(home)
    with closing(read_published(opened)) as con:
        code = area_code(con, kind, given)
        until = judged_until(con, the_moment(opened, as_of))
        if as_of and until:
            until = min(until, _last_whole_day(the_moment(opened, as_of)))
        document = judged(
            con,
            kind,
            code,
            period,
            standard_set=standard_set,
            basis=basis,
            region=rank_in,
            weighted=weighted,
            last_day=until,
        )
        rounding = dict(con.execute(_DIGITS, [document["standard_set"]["standard_set"]]).fetchall())
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_evaluation(document, rounding))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("evaluate", short_help="评价区域、城市、单元的一个时段 | judge a period")(evaluate)
