"""The commands of mail: look at letters, send the outbox, see how it stands, keep the recipients."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.mail import render_mail, render_problems, render_recipients
from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    DONE,
    INTERNAL,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    command_group,
    out,
    print_json,
    the_home,
    the_moment,
)
from pipelines.home import Home

mail = command_group("邮件：预览、发送、状态、收件人 | mail: preview, send, status, recipients")
people = command_group("收件人 | recipients")
mail.add_typer(people, name="recipients")

AttachOption = Annotated[
    list[Path] | None, typer.Option("--attach", help="附件，可多次 | file to attach", show_default=False)
]


@mail.command("preview", short_help="写出 .eml 与 HTML，不发送 | write letters as files")
def preview(
    kind: Annotated[
        str | None,
        typer.Option("--kind",
                     help="daily_brief, missing_data, bulletin, bulletin_internal, run_failure, warning_draft, warning_notice；缺省全部",
                     show_default=False),
    ] = None,
    warning: Annotated[
        str | None,
        typer.Option("--warning", metavar="编号|ID|FILE", show_default=False,
                     help="预警编号，或预警记录 JSON；缺省用样例 | a warning's id or a record as JSON; default: an example"),
    ] = None,
    attach: AttachOption = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="写入的文件夹，缺省 <home>/outbox/preview | folder", show_default=False),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """写出邮件样子：.eml 与 HTML；不发送，不打开 | write what letters look like; nothing is sent or opened."""
    from pipelines.mail.box import folder
    from pipelines.mail.compose import read_attachments
    from pipelines.mail.kinds import KINDS, MailError
    from pipelines.mail.preview import Previewed, letter_of, letter_of_warning, write_preview

    the = the_home(home)
    moment = the_moment(the, as_of)
    own = bool(warning and warning.startswith("W-") and not Path(warning).exists())
    record = _record(Path(warning)) if warning and not own else None
    made: list[Previewed] = []
    skipped: list[str] = []
    try:
        attachments = read_attachments(attach or [])
        if own:
            made.append(letter_of_warning(the, moment, str(warning)))
        for each in [] if own else [kind] if kind else list(KINDS):
            try:
                made.append(Previewed(letter_of(the, each, moment, record)))
            except MailError as error:
                if kind:
                    raise
                skipped.append(f"{each}: {error}")
        target = (to or folder(the) / "preview").absolute()
        files = [
            str(path)
            for one in made
            for path in write_preview(the, one.letter, target, moment, [*one.attachments, *attachments])
        ]
    except MailError as error:
        raise UseError(str(error)) from None
    if as_json:
        print_json({"files": files, "skipped": skipped, "simulated": the.settings.simulated})
    else:
        show(console_for(), *files, *(f"未写 not written: {text}" for text in skipped))


def _record(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UseError(
            f"--warning {path}: 不是可读的 JSON not readable as JSON ({type(error).__name__})"
        ) from None
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise UseError(f"--warning {path}: 应为一个对象 expected one object")
    return found


@mail.command("send", short_help="发送发件箱中到期的邮件 | send what is due")
def send(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", help="先放入昨日的 | first put in: daily_brief, missing_data", show_default=False
        ),
    ] = None,
    dead: Annotated[bool, typer.Option("--dead", help="退信重新排队 | queue dead letters anew")] = False,
    again: Annotated[
        list[str] | None,
        typer.Option(
            "--again", help="按 Message-ID 再发一次 | send this letter once more", show_default=False
        ),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """发送到期的邮件；未设 mail.mode = "live" 时不发往真实收件人 | send what is due; real recipients only in mode live."""
    from pipelines.mail.alarms import queue_brief, queue_missing
    from pipelines.mail.kinds import MailError
    from pipelines.mail.send import deliver
    from pipelines.mail.warnings import queue_warnings
    from warehouse import outbox

    the = the_home(home)
    makers = {"daily_brief": queue_brief, "missing_data": queue_missing}
    if kind and kind not in makers:
        raise UseError(f"--kind {kind!r}: 应为 expected {' | '.join(makers)}")
    document: dict[str, Any] = {}
    try:
        if kind:
            document["queued"] = vars(makers[kind](the, the_moment(the, as_of)))
        told = queue_warnings(the, the_moment(the, as_of))
        document["warnings_queued"] = sum(each.n_new for each in told)
    except MailError as error:
        raise UseError(str(error)) from None
    if again and (n := outbox.again(the.state, again)) != len(set(again)):
        raise UseError(
            f"--again: {len(set(again)) - n} 个 Message-ID 不在退信或已发之中 not among dead or sent letters"
        )
    if dead:
        document["queued_again"] = outbox.again(the.state)
    # The outbox lives by the clock, also where the data stand at another time.
    done = deliver(the, datetime.fromisoformat(as_of) if as_of and len(as_of) > 10 else None)
    document |= done.as_dict()
    if as_json:
        print_json(document)
    else:
        _tell(document)
    raise typer.Exit(INTERNAL if done.busy else REJECTED if done.dead or done.trouble else DONE)


def _tell(d: dict[str, Any]) -> None:
    if queued := d.get("queued"):
        out.print(
            f"{queued['letter_key']}：新入箱 new {queued['n_new']}，已有 known {queued['n_known']}，"
            f"收件人 recipients {queued['n_recipients']}",
            markup=False,
        )
    if d["busy"]:
        out.print("另一进程正在发送 another process is sending", markup=False)
    told = (
        ("已发", "sent"), ("待重发", "retry"), ("退信", "dead"), ("暂缓", "held"), ("未轮到", "left"), ("存疑重发", "recovered"),
    )  # fmt: skip
    counts = "，".join(f"{zh} {name} {d[name]}" for zh, name in told if d[name])
    out.print(f"{counts or '没有到期的邮件 nothing is due'}（mail.mode = {d['mode']}）", markup=False)
    if d["trouble"]:
        out.print(f"需处理 to mend：{d['trouble']}", markup=False)


@mail.command("status", short_help="待发、退信与告警 | what waits, what failed")
def status(home: HomeOption = None, as_of: AsOfOption = None, as_json: JsonOption = False) -> None:
    """发件箱的状态：待发、退信、告警（地址已遮蔽）| how the outbox stands; addresses are masked."""
    from pipelines.mail.standing import mail_standing

    the = the_home(home)
    standing = mail_standing(the, the_moment(the, as_of))
    if as_json:
        print_json(standing)
    else:
        show(console_for(), *render_mail(standing))


@people.command("list", short_help="列出收件人 | list recipients")
def list_recipients(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """列出收件人（地址已遮蔽）| list the recipients, addresses masked."""
    from pipelines.mail.recipients import recipients

    shown = [r.shown() for r in recipients(the_home(home).state)]
    if as_json:
        print_json(shown)
    else:
        show(console_for(), *render_recipients(shown))


@people.command("import", short_help="导入收件人，取代原有 | replace by those of a file")
def import_recipients(
    file: Annotated[
        Path, typer.Argument(help="CSV 或 XLSX：邮箱, 姓名, 角色, 城市 | address, name, role, cities")
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """以文件中的收件人取代原有的；有一处错误则全部不导入 | replace the recipients; a file with an error changes nothing."""
    from pipelines.mail.recipients import TableError, read_recipients, replace

    the: Home = the_home(home)
    try:
        found = read_recipients(file)
    except TableError as error:
        raise UseError(str(error)) from None
    if found.problems:
        if as_json:
            print_json({"imported": False, "problems": [list(p) for p in found.problems]})
        else:
            show(console_for(), *render_problems(str(file), found.problems))
        raise typer.Exit(REJECTED)
    counts = replace(the.state, found.recipients, the_moment(the, None))
    if as_json:
        print_json({"imported": True, **counts})
    else:
        names = {"added": "新增", "changed": "变更", "removed": "移除", "kept": "不变"}
        out.print(
            "收件人 recipients：" + "，".join(f"{names[k]} {k} {n}" for k, n in counts.items()), markup=False
        )


@people.command("template", short_help="空白收件人表 | an empty table")
def template(
    to: Annotated[Path, typer.Option("--to", help="写入的 CSV | CSV file to write", show_default=False)],
) -> None:
    """写出空白收件人表（CSV）与可用的角色 | write an empty table of recipients; the roles are told."""
    from pipelines.cli.answers import target
    from pipelines.mail.kinds import ROLES

    target(to).write_text("邮箱,姓名,角色,城市\r\n", encoding="utf-8-sig", newline="")
    out.print("角色 roles：" + "，".join(f"{zh} {code}" for code, (zh, _) in ROLES.items()), markup=False)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(mail, name="mail")
