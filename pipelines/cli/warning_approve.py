"""Approving drafts: one, or those of several cities under one document; each is approved whole or not at all."""

from datetime import datetime
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import as_is, console_for, show
from dashboards.terminal.warning_life import render_done
from pipelines.cli.common import (
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    day_option,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.warning_parts import (
    BodyOption,
    ByOption,
    DocumentOption,
    OfficeOption,
    ReasonOption,
    SignatoryOption,
    context_of,
    level_named,
    report,
    told,
    when,
)
from pipelines.home import Home

APPROVED = "已批准 approved"
IDS = typer.Argument(metavar="ID…", help="预警编号，可多个 | ids of drafts", show_default=False)


def approve(
    by: ByOption,
    warning_ids: Annotated[list[str] | None, IDS] = None,
    drafts_of: Annotated[
        str | None,
        typer.Option(
            "--drafts-of",
            help="某日起草、有级别的全部草稿 | all drafts of a day that have a level",
            show_default=False,
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region", help="与 --drafts-of 同用：只批准该区域 | only of a region", show_default=False
        ),
    ] = None,
    office: OfficeOption = "",
    body: BodyOption = "",
    document: DocumentOption = "",
    level: Annotated[str | None, typer.Option("--level", help="级别 | level", show_default=False)] = None,
    start: Annotated[str | None, typer.Option("--start", help="开始 | start", show_default=False)] = None,
    end: Annotated[
        str | None,
        typer.Option("--end", help="结束；open 为另行通知 | end; open: to be told later", show_default=False),
    ] = None,
    reason: ReasonOption = "",
    signatory: SignatoryOption = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """批准草稿为预警，可一次以同一文号批准多个城市：须有批准人、职务、发布单位、文号；红色须上级签发；与规则不同须写理由 | approve."""
    from pipelines.emergency.life import commands, many
    from pipelines.emergency.life.papers import Papers

    if bool(warning_ids) == bool(drafts_of) or (region and not drafts_of):
        raise UseError(
            "预警编号与 --drafts-of 选一；--region 只与 --drafts-of 同用 | give ids or --drafts-of"
        )
    the = the_home(home)
    moment = the_moment(the, as_of)
    papers = Papers(by, office, body, document, signatory, reason)
    chosen = level_named(level, "--level") if level else None
    is_open = end is not None and end.strip().lower() in ("open", "待定", "另行通知")
    given: dict[str, Any] = {
        "level": chosen,
        "start": when(start, "--start"),
        "end": None if is_open else when(end, "--end", last=True),
        "open_end": is_open,
    }
    with told(as_json):
        context = context_of(the, moment)
        ids = list(dict.fromkeys(warning_ids or ())) or _of_day(the, str(drafts_of), region, moment)
        if len(ids) == 1 and not drafts_of:
            return report(commands.approve(context, ids[0], papers, **given), APPROVED, as_json)
        results = many.approve_all(context, ids, papers, **given)
    _tell(results, as_json)


def _of_day(the: Home, text: str, region: str | None, moment: datetime) -> list[str]:
    """Give the drafts of a day that have a level, of all cities or those of a region."""
    from pipelines.emergency.life import many
    from pipelines.emergency.proposal import places

    day = day_option(text, "--drafts-of")
    cities = places.members(places.region(region, moment.date())) if region else None
    ids = many.drafts_of(the.state, day, cities)
    if not ids:
        raise UseError(f"--drafts-of {day}: 没有可批准的草稿 | no draft of that day has a level and waits")
    return ids


def _tell(results: Any, as_json: bool) -> None:
    """Tell what became of each; refused ones are told by name and do not touch the others."""
    from pipelines.emergency.life.machine import LifeError

    documents: list[dict[str, Any]] = []
    lines: list[Any] = []
    for one, done in results:
        if isinstance(done, LifeError):
            documents.append(
                {"warning_id": one, "changed": False, "refused": done.code, "zh": done.zh, "en": done.en}
            )
            lines.append(as_is(f"{one}：未办理 refused：{done}", "bold"))
        else:
            record = done.record.describe()
            documents.append({"changed": done.changed, "rule_met": done.rule_met} | record)
            lines += list(render_done(record, APPROVED, done.changed))
    if as_json:
        print_json(documents)
    else:
        show(console_for(), *lines)
    if any("refused" in d for d in documents):
        raise typer.Exit(REJECTED)
