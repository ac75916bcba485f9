"""The commands of warnings: the draft a duty officer takes into the consultation."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import console_for, show
from dashboards.terminal.warning import render_drafts, render_nothing
from pipelines.cli import receipts, warning_compare, warning_life, warning_look
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    command_group,
    err,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.warning_parts import context_of, told
from pipelines.home import Home

warning = command_group(
    "预警：级别建议、批准、调整、解除、评估 | warnings: proposed, approved, changed, lifted, reviewed"
)


@dataclass(frozen=True)
class Found:
    """Forecasts to draft from, and the lines of their file that were rejected."""

    forecasts: list[Any]
    rejected: list[str]
    source: str


@warning.command("draft", short_help="由预报得出建议级别 | propose levels from a forecast")
def draft(
    forecast: Annotated[
        Path | None,
        typer.Option("--forecast", help="预报简报；缺省为已发布的最新一份 | bulletin, default: the newest published",
                     show_default=False),
    ] = None,
    hours: Annotated[
        Path | None,
        typer.Option("--hours", help="城市小时 PM2.5 预报：city_code, hour_end, pm25_ugm3 | hourly PM2.5 of cities",
                     show_default=False),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="方案名或本地方案 CSV；缺省为预报发布日的国家方案 | profile or own CSV, default: the"
                     " national one of the day of issue", show_default=False),
    ] = None,
    confirmed_by: Annotated[
        str | None,
        typer.Option("--confirmed-by", help="确认启用默认关闭方案的人 | who confirms a profile that is off", show_default=False),
    ] = None,
    precaution: Annotated[
        bool, typer.Option("--precaution", help="加上黄色以下一级 | add the level below yellow")
    ] = False,
    region: Annotated[
        str | None, typer.Option("--region", help="区域 | region: fenwei, 汾渭平原", show_default=False)
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", help="城市代码或名称 | city: 610100, 西安", show_default=False)
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option("--order", help="上级或区域级别：城市=级别、区域=级别或文件，可多次 | CITY=LEVEL, REGION=LEVEL or file",
                     show_default=False),
    ] = None,
    in_force: Annotated[
        list[str] | None,
        typer.Option("--in-force", help="现行级别：城市=级别，用于解除或降级建议 | level in force: CITY=LEVEL", show_default=False),
    ] = None,
    bridge: Annotated[
        bool, typer.Option("--bridge", help="由分析人员跨越不计入时段合并 | an analyst joins over blocks left out")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="保存草稿，供批准 | keep the drafts, to be approved")
    ] = False,
    by: Annotated[str, typer.Option("--by", help="起草人 | who drafts", show_default=False)] = "",
    drill: Annotated[bool, typer.Option("--drill", help="演练 | an exercise")] = False,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """由预报按方案得出各城市建议级别（草稿），附依据、自然日结果与上级指令 | propose levels by the rule: a draft, with its reasons."""
    from pipelines.emergency.life.drafts import kind_of
    from pipelines.emergency.life.orders import standing as on_record
    from pipelines.emergency.life.store import live
    from pipelines.emergency.proposal.draft import Options
    from pipelines.emergency.proposal.draft import draft as drafted
    from pipelines.emergency.proposal.orders import read_orders
    from pipelines.emergency.proposal.regions import regions_of, with_regions

    the = the_home(home)
    moment = the_moment(the, as_of)
    found = find_forecasts(the, moment, forecast, hours)
    chosen = [f for f in found.forecasts if f.city_code in _wanted(region, city, found, moment)]
    for line in found.rejected:
        err.print(line, markup=False)
    if not chosen:
        _nothing(found, forecast or hours, as_json)
    context = context_of(the, moment)
    kind = kind_of(context, drill=drill)
    orders = valued(read_orders, order or [], moment.date())
    orders += [o for o in on_record(the.state, kind, moment) if o not in orders]
    standing = {r.city_code: r.level for r in live(the.state, kind)}
    standing |= {o.city_code: o.level for o in valued(read_orders, in_force or [], moment.date())}
    exercise = the.settings.simulated or drill or (save and kind == "drill")
    documents = []
    for each in chosen:
        how = Options(bridge, standing.get(each.city_code), exercise)
        rule = profile_named(profile, each.issued_at.date(), confirmed_by, precaution)
        documents.append(drafted(each, rule, orders, moment, how))
    kept: list[str] = []
    if save:
        with told(as_json):
            kept = warning_life.keep_drafts(
                context, documents, drill=drill, by=by, even_none=city is not None
            )
    regions = regions_of(documents, max(f.issued_at for f in chosen).date())
    if as_json:
        print_json(with_regions(documents, regions))
    else:
        show(console_for(), *render_drafts(documents, found.source, regions), *kept)
    raise typer.Exit(REJECTED if found.rejected else DONE)


def valued(read: Any, *given: Any) -> Any:
    """Turn what a person gave wrongly into a message about use."""
    from pipelines.emergency.proposal.orders import OrderError
    from pipelines.emergency.proposal.profiles import ProfileError

    try:
        return read(*given)
    except (OrderError, ProfileError) as error:
        raise UseError(str(error)) from None


def find_forecasts(home: Home, moment: datetime, bulletin: Path | None, hours: Path | None) -> Found:
    """Read the forecast that was named, or the newest published bulletin."""
    from pipelines.emergency.proposal import forecasts
    from pipelines.emergency.proposal.hours import read_hours
    from sources import forecast_bulletin
    from sources.tables import TableError
    from warehouse.store import open_read_only

    if bulletin is not None and hours is not None:
        raise UseError("--forecast 与 --hours 至多给一个 | give at most one of --forecast and --hours")
    path = bulletin or hours
    if path is None:
        if not home.published.exists():
            return Found([], [], "")
        with closing(open_read_only(home.published)) as con:
            return Found(forecasts.newest_published(con, moment), [], str(home.published))
    if not path.is_file():
        raise UseError(f"{path}: 不存在 does not exist")
    data = path.read_bytes()
    fingerprint = sha256(data).hexdigest()
    try:
        if hours is not None:
            made, rejects = read_hours(data, moment, fingerprint)
        else:
            rows, rejects = forecast_bulletin.read(data)
            made = forecasts.of_bulletin(rows, moment, fingerprint)
    except TableError as error:
        raise UseError(f"{path.name}：{error}") from None
    return Found(made, _told(path, rejects), str(path))


def _told(path: Path, rejects: Any) -> list[str]:
    from sources.reasons import describe

    told = []
    for r in rejects.itertuples(index=False):
        if r.reason_code != "heading_unknown":
            zh, en = describe(str(r.reason_code), line=r.line, item=r.item, text=r.text)
            told.append(f"{path.name} 第 {r.line} 行 line {r.line} {r.item}：{zh} | {en}")
    return told


def _wanted(region: str | None, city: str | None, found: Found, moment: datetime) -> set[str]:
    """Codes of the cities asked for; all of the forecast where none were."""
    from pipelines.emergency.proposal import places

    if region and city:
        raise UseError("--region、--city 至多给一个 | give at most one of --region and --city")
    if city:
        return {places.city(city)}
    if region:
        days = [f.issued_at for f in found.forecasts] or [moment]
        return set(places.members(places.region(region, max(days).date())))
    return {f.city_code for f in found.forecasts}


def profile_named(name: str | None, day: date, confirmed_by: str | None, precaution: bool) -> Any:
    """Make the profile a person named, or the national one of a day."""
    from pipelines.emergency.proposal import shipped
    from pipelines.emergency.proposal.own_profile import read_own

    if name is not None and (name.lower().endswith((".csv", ".xlsx")) or Path(name).is_file()):
        if not Path(name).is_file():
            raise UseError(f"--profile {name}: 不存在 does not exist")
        made = valued(read_own, Path(name))
        return shipped.with_precaution(made) if precaution else made
    return valued(
        lambda: shipped.profile(
            name or shipped.in_force(day), confirmed_by=confirmed_by, precaution=precaution
        )
    )


def _nothing(found: Found, given: Path | None, as_json: bool) -> None:
    """Say that there is no bulletin, or none for these cities, and leave."""
    if as_json:
        print_json([])
        err.print(
            "没有可用的预报简报：仅供会商参考，不给级别 | no bulletin: no level is proposed", markup=False
        )
    else:
        show(console_for(), *render_nothing(str(given) if given else None, bool(found.forecasts)))
    raise typer.Exit(REJECTED)


def register(app: typer.Typer) -> None:
    """Add the commands of warnings."""
    warning_life.register(warning)
    warning_look.register(warning)
    warning_compare.register(warning)
    receipts.register(warning)
    app.add_typer(warning, name="warning")
