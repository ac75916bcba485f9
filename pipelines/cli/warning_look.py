"""Looking at warnings: one, all, their history, a review afterwards; and entering what others ordered."""

from contextlib import closing
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import as_is, console_for, show
from dashboards.terminal.warning_life import render_events, render_list, render_review, render_warning
from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.warning_life import rule_today
from pipelines.cli.warning_parts import ByOption, ReasonOption, WarningId, context_of, told, when


def show_one(
    warning_id: WarningId, home: HomeOption = None, as_of: AsOfOption = None, as_json: JsonOption = False
) -> None:
    """显示一个预警：现状、依据、上级指令、是否满足解除条件、通知文本、经过 | one warning with its history and notice."""
    from pipelines.emergency.life import notices, orders, store
    from pipelines.emergency.proposal.orders import gravest
    from pipelines.emergency.proposal.profiles import rank
    from warehouse import state

    the = the_home(home)
    moment = the_moment(the, as_of)
    with told(as_json):
        with state.reading(the.state) as con:
            record = store.get(con, warning_id)
            history = [e.describe() for e in store.events(con, warning_id)]
            made = store.document(con, record.draft_sha256)
            binding = orders.binding(con, record.kind, record.city_code, moment)
        found = rule_today(the, moment, warning_id, None, None, None) if record.live else None
        top = gravest(binding)
        above = record.live and top is not None and rank(top.level) > rank(record.level)
        title, body = notices.notice_text(record)
        document = record.describe() | {
            "final_level": top.level if top is not None and above else record.level,
            "order_above": above,
            "orders": [o.describe() for o in binding],
            "lift": found["lift"] if found else None,
            "rule_today": found["final_level"] if found else None,
            "notice": {"title": title, "body": body, "sms": notices.sms_text(record)},
            "draft": made,
            "events": history,
        }
        if as_json:
            print_json(document)
        else:
            show(console_for(), *render_warning(document))


def show_all(
    state: Annotated[
        str | None, typer.Option("--state", help="状态；live 为生效中 | a state, or live", show_default=False)
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", help="城市代码或名称 | city: 610100, 西安", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出预警与草稿 | list warnings and drafts."""
    from pipelines.emergency.life import store
    from pipelines.emergency.life.machine import LIVE, STATES
    from pipelines.emergency.proposal import places
    from warehouse.state import reading

    if state is not None and state not in (*STATES, "live"):
        raise UseError(f"--state {state}: 应为 expected {', '.join((*STATES, 'live'))}")
    the = the_home(home)
    states = LIVE if state == "live" else (state,) if state else None
    code = places.city(city) if city else None
    found: list[dict[str, Any]] = []
    with told(as_json):
        if the.state.exists():
            with reading(the.state) as con:
                found = [r.describe() for r in store.select(con, city_code=code, states=states)]
        if as_json:
            print_json(found)
        else:
            show(console_for(), *render_list(found))


def history(
    warning_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="缺省为全部 | default: of all", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """显示一个或全部预警的经过：谁、何时、依据什么 | who did what, when, on which inputs."""
    from pipelines.emergency.life import store
    from warehouse.state import reading

    the = the_home(home)
    found: list[dict[str, Any]] = []
    with told(as_json):
        if the.state.exists() or warning_id:
            with reading(the.state) as con:
                if warning_id:
                    store.get(con, warning_id)
                found = [e.describe() for e in store.events(con, warning_id)]
        if as_json:
            print_json(found)
        else:
            show(console_for(), render_events(found) if found else as_is("没有记录 | nothing on record"))


def order(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="AREA=LEVEL…", help="城市或区域=级别，none 为解除；或文件 | none lifts; or a file"
        ),
    ],
    by: ByOption,
    document: Annotated[
        str, typer.Option("--document", help="指令文号 | document number of the order", show_default=False)
    ] = "",
    issuer: Annotated[
        str, typer.Option("--issuer", help="下达单位 | who ordered it", show_default=False)
    ] = "",
    start: Annotated[str | None, typer.Option("--start", help="开始 | start", show_default=False)] = None,
    end: Annotated[str | None, typer.Option("--end", help="结束 | end", show_default=False)] = None,
    drill: Annotated[bool, typer.Option("--drill", help="演练 | an exercise")] = False,
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """录入或解除上级、区域指令：最终级别取最严；指令未解除，预警不能解除 | enter or lift what others ordered."""
    from dataclasses import replace

    from pipelines.cli.warning import valued
    from pipelines.emergency.life.orders import enter
    from pipelines.emergency.life.papers import Papers
    from pipelines.emergency.proposal.orders import read_orders

    the = the_home(home)
    moment = the_moment(the, as_of)
    first, last = when(start, "--start"), when(end, "--end", last=True)
    orders = [
        replace(
            o,
            start=first or o.start,
            end=last or o.end,
            document_no=document or o.document_no,
            issued_by=issuer or o.issued_by,
        )
        for o in valued(read_orders, given, moment.date())
    ]
    with told(as_json):
        touched = enter(context_of(the, moment), orders, Papers(by, reason=reason), drill=drill)
        told_of = {"changed": bool(touched), "orders": touched}
        if as_json:
            print_json(told_of)
        else:
            show(console_for(), as_is("、".join(touched) if touched else "此前已录入 on record already"))


def review(
    warning_id: WarningId,
    by: Annotated[
        str,
        typer.Option(
            "--by", help="评估人；给出则归档 | who evaluates: the review is then kept", show_default=False
        ),
    ] = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """事后评估：预报与实况、级别与规则、是否滞后；落实情况与空气变化分列 | look back at a warning."""
    from pipelines.emergency.life import commands, observed, rule, store
    from pipelines.emergency.life.papers import Papers
    from pipelines.emergency.life.review import review as looked_back
    from pipelines.emergency.receipts.gather import compliance
    from warehouse.state import reading
    from warehouse.store import open_read_only

    the = the_home(home)
    moment = the_moment(the, as_of)
    with told(as_json):
        with reading(the.state) as con:
            record, events = store.get(con, warning_id), store.events(con, warning_id)
            made = store.document(con, record.draft_sha256) or {}
        window = observed.window_of(record, made)
        hours: list[Any] = []
        if the.published.exists():
            with closing(open_read_only(the.published)) as con:
                hours = observed.observed_hours(con, record.city_code, window)
        hours = [h for h in hours if h[0] <= moment]
        carried_out = compliance(the, warning_id, moment)
        found = looked_back(
            record, events, made, rule.profile_of(record, made), hours, window, moment, carried_out
        )
        if by:
            commands.evaluate(context_of(the, moment), warning_id, Papers(by), found)
            found |= {"state": "evaluated"}
        if as_json:
            print_json(found)
        else:
            show(console_for(), *render_review(found))


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the group of warnings."""
    for name, command, brief in (
        ("show", show_one, "一个预警 | one warning"),
        ("list", show_all, "全部预警 | all warnings"),
        ("history", history, "经过 | history"),
        ("order", order, "上级、区域指令 | orders by others"),
        ("review", review, "事后评估 | look back"),
    ):
        app.command(name, short_help=brief)(command)
