"""The command that puts the cities of a region side by side in one episode."""

from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import as_is, console_for, show
from dashboards.terminal.warning_compare import comparison_rows, render_comparison
from pipelines.cli.common import (
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

LONGEST_DAYS = 92
"""Days that are compared at most: an episode, not a year."""


def compare(
    day: Annotated[
        str | None, typer.Option("--day", help="过程中的一天；缺省为今天 | a day of the episode, default: today", show_default=False)
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="首日 | first day", show_default=False)] = None,
    last: Annotated[str | None, typer.Option("--until", help="末日 | last day", show_default=False)] = None,
    region: Annotated[str, typer.Option("--region", help="区域 | region: fenwei, 汾渭平原")] = "fenwei",
    profile: Annotated[
        str | None, typer.Option("--profile", help="方案；缺省为当日国家方案 | profile, default: the national one", show_default=False)
    ] = None,
    drill: Annotated[bool, typer.Option("--drill", help="比较演练 | compare exercises")] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="写入 .xlsx | write a workbook", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """比较区域内各城市在同一过程中的级别、起止、措施，标出滞后、偏弱、漏发与提前解除 | cities compared in one episode."""
    from pipelines.cli.answers import workbook_target
    from pipelines.cli.warning import profile_named
    from pipelines.emergency.comparison.document import compare as compared
    from pipelines.emergency.comparison.read import Episode, city_facts, episode_around
    from pipelines.emergency.proposal import places

    if day and (first or last):
        raise UseError("--day 与 --from/--until 选一 | give --day, or --from and --until")
    if bool(first) != bool(last):
        raise UseError("--from、--until 须同时给出 | --from and --until go together")
    if to is not None:
        workbook_target(to, "--to")
    the = the_home(home)
    moment = the_moment(the, as_of)
    with closing(read_published(the)) as con:
        simulated = the.settings.simulated or is_simulated(con)
        exercise = drill or simulated
        kind = "drill" if exercise else "real"
        at = day_option(day or first or moment.date().isoformat(), "--day" if day else "--from", judged=True)
        region_id = places.region(region, at)
        cities = tuple(places.members(region_id))
        if first and last:
            begin, end = at, day_option(last, "--until", judged=True)
        else:
            begin, end = episode_around(con, cities, kind, at)
        if not begin <= end <= begin + timedelta(days=LONGEST_DAYS):
            raise UseError(f"{begin} — {end}: 应为 1—{LONGEST_DAYS} 天 | expected 1 to {LONGEST_DAYS} days")
        rule = profile_named(profile, begin, None, False)
        episode = Episode(cities, datetime.combine(begin, time()), datetime.combine(end, time()) + timedelta(days=1),
                          kind, moment)  # fmt: skip
        rows = compared(city_facts(con, rule, episode), moment)
    document = {
        "region": region_id, "first": begin, "last": end, "as_of": moment, "kind": kind, "drill": exercise,
        "simulated": simulated,
        "profile": rule.name, "profile_verified": rule.verified, "cities": rows,
        "n_flags": sum(len(row["flags"]) for row in rows),
    }  # fmt: skip
    _tell(document, to, as_json)


def _tell(document: dict[str, Any], to: Path | None, as_json: bool) -> None:
    from dashboards.tables.workbook import write_workbook

    n = write_workbook(comparison_rows(document), to) if to is not None else 0
    if as_json:
        print_json(document)
        return
    console = console_for()
    show(console, *render_comparison(document))
    if to is not None:
        show(console, as_is(f"已写入 written：{to}（{n} 行 rows）"))


def register(app: typer.Typer) -> None:
    """Add the command to the group of warnings."""
    app.command("compare", short_help="城市响应比较 | cities compared in one episode")(compare)
