"""The commands of a warning after its draft: approved, started, changed, lifted, looked at. A person decides, the system keeps."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    err,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.warning_approve import approve
from pipelines.cli.warning_parts import (
    BodyOption,
    ByOption,
    DocumentOption,
    ForecastOption,
    HoursOption,
    OfficeOption,
    ProfileOption,
    ReasonOption,
    SignatoryOption,
    WarningId,
    context_of,
    level_named,
    report,
    told,
    when,
)
from pipelines.home import Home


def rule_today(
    the: Home,
    moment: datetime,
    warning_id: str,
    forecast: Path | None,
    hours: Path | None,
    profile: str | None,
) -> Any:
    """Judge the newest forecast with a warning in force; None where there is none to judge."""
    from pipelines.cli.warning import find_forecasts, profile_named
    from pipelines.emergency.life import orders, rule, store
    from warehouse import state

    with state.reading(the.state) as con:
        record = store.get(con, warning_id)
        made = store.document(con, record.draft_sha256)
        standing = orders.binding(con, record.kind, record.city_code, moment)
    found = find_forecasts(the, moment, forecast, hours)
    for line in found.rejected:
        err.print(line, markup=False)
    how = profile_named(profile, moment.date(), None, False) if profile else rule.profile_of(record, made)
    return rule.today(record, how, found.forecasts, standing, moment)


def keep_drafts(
    context: Any, documents: list[dict[str, Any]], *, drill: bool, by: str, even_none: bool
) -> list[str]:
    """Keep drafts and put the id of each into its document; returns what is told about it."""
    from pipelines.emergency.life import drafts

    saved = drafts.save(context, documents, drill=drill, by=by, even_none=even_none)
    lines = []
    for document, kept in zip(documents, saved, strict=True):
        document["warning_id"] = kept.record.warning_id if kept.record else None
        document["saved"] = kept.new
        if kept.record:
            zh, en = ("已保存草稿", "draft kept") if kept.new else ("此前已保存", "kept before")
            lines.append(f"{kept.record.warning_id}：{zh} {en}（{kept.record.state}）")
        if kept.over:
            lines.append(
                f"{document['city_name']}：预报时段已过，未保存草稿 | the forecast is over: no draft was kept"
            )
        if kept.newer:
            lines.append(
                f"{document['city_name']}：已有较新一期预报的草稿 {kept.newer}，未保存草稿"
                f" | {kept.newer} is drafted from a newer issue: no draft was kept"
            )
        lines += [f"{old}：草稿被取代 superseded" for old in kept.superseded]
    return lines or ["没有达到级别的城市，未保存草稿 | no city reaches a level: no draft was kept"]


def start(
    warning_id: WarningId,
    by: ByOption,
    at: Annotated[
        str | None, typer.Option("--at", help="启动时间；缺省为现在 | when, default: now", show_default=False)
    ] = None,
    office: OfficeOption = "",
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """登记应急响应已启动，减排自此计算 | record that the response has started: cuts count from then."""
    from pipelines.emergency.life import commands
    from pipelines.emergency.life.papers import Papers

    the = the_home(home)
    with told(as_json):
        context = context_of(the, the_moment(the, as_of))
        done = commands.start(context, warning_id, Papers(by, office, reason=reason), when(at, "--at"))
        report(done, "响应已启动 response started", as_json)


def adjust(
    warning_id: WarningId,
    by: ByOption,
    to: Annotated[
        str | None, typer.Option("--to", help="新级别 | new level: yellow, 橙色 …", show_default=False)
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="新的结束时间 | new end", show_default=False)
    ] = None,
    suspend: Annotated[bool, typer.Option("--suspend", help="暂停响应 | pause the response")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="恢复响应 | take it up again")] = False,
    office: OfficeOption = "",
    body: BodyOption = "",
    document: DocumentOption = "",
    signatory: SignatoryOption = "",
    reason: ReasonOption = "",
    forecast: ForecastOption = None,
    hours: HoursOption = None,
    profile: ProfileOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """升级、降级、延长、暂停或恢复生效中的预警，并与最新预报按规则比较 | change a warning in force."""
    from pipelines.emergency.life import adjust as change
    from pipelines.emergency.life.papers import Papers

    if suspend + resume + bool(to) > 1 or (suspend and until) or not (suspend or resume or to or until):
        raise UseError(
            "--to、--until、--suspend、--resume 选一（--until 可与 --to、--resume 同用）| give one of them"
        )
    the = the_home(home)
    moment = the_moment(the, as_of)
    papers = Papers(by, office, body, document, signatory, reason)
    level, end = level_named(to, "--to") if to else None, when(until, "--until", last=True)
    with told(as_json):
        context = context_of(the, moment)
        if suspend:
            return report(change.suspend(context, warning_id, papers), "已暂停 suspended", as_json)
        if resume:
            return report(change.resume(context, warning_id, papers, end), "已恢复 resumed", as_json)
        found = rule_today(the, moment, warning_id, forecast, hours, profile)
        if level:
            done = change.change_level(context, warning_id, papers, level, found, until=end)
            report(done, "级别已变更 level changed", as_json)
        elif end:
            report(change.extend(context, warning_id, papers, end, found), "已延长 extended", as_json)


def lift(
    warning_id: WarningId,
    by: ByOption,
    at: Annotated[
        str | None, typer.Option("--at", help="解除时间；缺省为现在 | when, default: now", show_default=False)
    ] = None,
    office: OfficeOption = "",
    body: BodyOption = "",
    document: DocumentOption = "",
    reason: ReasonOption = "",
    forecast: ForecastOption = None,
    hours: HoursOption = None,
    profile: ProfileOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """解除预警：先看最新预报是否满足解除条件，不满足须写理由；上级指令未解除不能解除 | end a warning."""
    from pipelines.emergency.life import adjust as change
    from pipelines.emergency.life.papers import Papers

    the = the_home(home)
    moment = the_moment(the, as_of)
    with told(as_json):
        found = rule_today(the, moment, warning_id, forecast, hours, profile)
        part = found["lift"] if found else None
        papers = Papers(by, office, body, document, reason=reason)
        done = change.lift(context_of(the, moment), warning_id, papers, found, when(at, "--at"))
        report(done, "已解除 lifted", as_json, part)


def cancel(
    warning_id: WarningId,
    by: ByOption,
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """作废一份草稿 | give up a draft."""
    from pipelines.emergency.life import commands
    from pipelines.emergency.life.papers import Papers

    the = the_home(home)
    with told(as_json):
        context = context_of(the, the_moment(the, as_of))
        report(
            commands.cancel(context, warning_id, Papers(by, reason=reason)),
            "草稿已作废 draft cancelled",
            as_json,
        )


def expire(home: HomeOption = None, as_of: AsOfOption = None, as_json: JsonOption = False) -> None:
    """关闭本家目录所有已过期的草稿；回放时只关闭演练 | close all drafts whose time is over; a replay closes exercises only."""
    from pipelines.emergency.life import commands

    the = the_home(home)
    with told(as_json):
        closed = commands.expire(context_of(the, the_moment(the, as_of)))
        if as_json:
            print_json({"changed": bool(closed), "expired": closed})
        else:
            show(
                console_for(),
                *(
                    [f"{one}：草稿已过期 draft expired" for one in closed]
                    or ["没有过期的草稿 | none is over"]
                ),
            )


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the group of warnings."""
    for name, command, brief in (
        ("approve", approve, "批准草稿 | approve drafts"),
        ("start", start, "启动响应 | the response starts"),
        ("adjust", adjust, "升级、降级、延长、暂停、恢复 | change a warning"),
        ("lift", lift, "解除 | end a warning"),
        ("cancel", cancel, "作废草稿 | give up a draft"),
        ("expire", expire, "关闭过期草稿 | close drafts whose time is over"),
    ):
        app.command(name, short_help=brief)(command)
