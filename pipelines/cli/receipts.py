"""The commands of answers to a response: who has answered, forms, files taken in, single entries."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import as_is, console_for, show
from dashboards.terminal.warning_receipts import render_answers, render_import
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    command_group,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.warning_parts import WarningId, context_of, told
from pipelines.home import Home

receipt = command_group(
    "回执与执行核查：样表、导入、逐条录入 | answers and checks of execution: form, import, single entry"
)
OneOption = Annotated[
    str | None, typer.Option("--warning", help="预警编号 | id of the warning", show_default=False)
]


def receipts(
    warning_id: WarningId,
    within: Annotated[
        float | None,
        typer.Option(
            "--within",
            min=0,
            help="下达后几小时内应回执；缺省为响应开始前 | hours after the order",
            show_default=False,
        ),
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help="列出全部企业 | all firms")] = False,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """回执情况：按在用备案清单，谁应回执、谁已回执、谁没有、迟多久，按区县 | who was to answer, who has, who has not."""
    from pipelines.emergency.receipts.gather import answers

    the = the_home(home)
    with told(as_json):
        found = answers(the, warning_id, the_moment(the, as_of), within)
        if as_json:
            print_json(found)
        else:
            show(console_for(), *render_answers(found, everybody=everybody))


@receipt.command("template", short_help="样表 | a form to fill in")
def template(
    to: Annotated[
        Path, typer.Option("--to", help="文件夹、.xlsx 或 .csv 文件 | folder or file", show_default=False)
    ],
    warning_id: OneOption = None,
    checks: Annotated[
        bool, typer.Option("--checks", help="执行核查样表 | the form of checks of execution")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """写出回执或执行核查样表；给出 --warning 时按在用清单填好应回执的企业与区县 | write a form, firms filled in for a warning."""
    from pipelines.cli.answers import target
    from pipelines.emergency.receipts.form import write_template

    with told(as_json):
        if to.suffix.lower() in (".xlsx", ".csv") and not to.is_dir():
            path = target(to)
        else:
            try:
                to.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UseError(
                    f"--to {to}: 无法建立文件夹 cannot be made a folder: {error.strerror or error}"
                ) from None
            path = target(to / ("执行核查样表.xlsx" if checks else "回执样表.xlsx"))
        n_rows = write_template(path, the_home(home), warning_id, checks=checks)
    if as_json:
        print_json({"file": str(path.absolute()), "n_rows": n_rows})
    else:
        show(
            console_for(), as_is(str(path)), "填好后 when filled in：fenwei warning receipt import 文件 FILE"
        )


@receipt.command("import", short_help="导入回执或核查记录 | take in answers or checks")
def import_(
    file: Annotated[Path, typer.Argument(help="回执或执行核查：csv、xlsx | answers or checks")],
    warning_id: OneOption = None,
    by: Annotated[str, typer.Option("--by", help="录入人 | who enters it", show_default=False)] = "",
    check_only: Annotated[bool, typer.Option("--check-only", help="只检查，不导入 | check only")] = False,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """导入回执或执行核查，由表头区分；有一行错误即整份不导入，同一份再导入不重复 | a file is loaded whole or not at all."""
    from pipelines.cli import taking
    from sources.tables import TableError

    the = the_home(home)
    (given,) = taking.gather([file], the, "receipts")
    with told(as_json):
        try:
            result = _taken(the, the_moment(the, as_of), given, warning_id, by, check_only)
        except TableError as error:
            finding = {"line": 0, "item": "", "text": "", "zh": error.zh, "en": error.en, "level": "error"}
            result = _result(the, given, "receipt", findings=[finding]) | {"status": "rejected"}
    _say(result, as_json)


def _taken(
    the: Home, moment: datetime, given: Any, warning_id: str | None, by: str, check_only: bool
) -> dict[str, Any]:
    from pipelines.emergency.life.papers import one_line, real_now
    from pipelines.emergency.receipts.model import Origin
    from pipelines.emergency.receipts.taking import import_file
    from sources.receipts.cells import name
    from sources.receipts.reading import read_file

    origin = Origin(
        moment, real_now(), one_line("by", by) or None, name(given.source.name[:200]), given.sha256
    )
    found = read_file(given.data, warning_id=warning_id)
    taken = import_file(the, context_of(the, moment), found, origin, check_only=check_only)
    result = _result(
        the,
        given,
        taken.kind,
        n_rows=taken.n_rows,
        n_new=taken.n_new,
        findings=[b.describe() for b in taken.bad],
    )
    status = (
        "rejected" if taken.refused else "checked" if check_only else "loaded" if taken.n_new else "unchanged"
    )
    return result | {"status": status, "n_blank": taken.n_blank}


def _result(
    the: Home, given: Any, kind: str, *, n_rows: int = 0, n_new: int = 0, findings: Any = ()
) -> dict[str, Any]:
    from sources.receipts.columns import KINDS

    return {
        "name": given.source.name, "sha256": given.sha256, "simulated": the.settings.simulated, "kind": kind,
        "kind_zh": KINDS[kind][0], "kind_en": KINDS[kind][1], "n_rows": n_rows, "n_new": n_new, "n_blank": 0,
        "n_errors": sum(f["level"] == "error" for f in findings), "findings": list(findings),
    }  # fmt: skip


def _say(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(result)
    else:
        show(console_for(), *render_import(result))
    raise typer.Exit(REJECTED if result["status"] == "rejected" else DONE)


@receipt.command("add", short_help="录入一份回执 | enter one answer")
def add(
    warning_id: WarningId,
    by: Annotated[str, typer.Option("--by", help="回执人 | who answered", show_default=False)],
    firm: Annotated[
        str, typer.Option("--firm", help="统一社会信用代码 | credit code", show_default=False)
    ] = "",
    site: Annotated[str, typer.Option("--site", help="厂区 | site", show_default=False)] = "",
    county: Annotated[str, typer.Option("--county", help="区县 | county", show_default=False)] = "",
    department: Annotated[
        str, typer.Option("--department", help="部门 | department", show_default=False)
    ] = "",
    status: Annotated[
        str, typer.Option("--status", help="已执行、部分执行、不能执行 | done, partial, unable")
    ] = "done",
    channel: Annotated[
        str, typer.Option("--channel", help="短信、电话、系统、现场 | sms, phone, system, onsite")
    ] = "phone",
    at: Annotated[
        str, typer.Option("--at", help="回执时间；缺省为现在 | when, default: now", show_default=False)
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="原因 | reason", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", help="备注 | note", show_default=False)] = "",
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """录入一份回执：--firm、--county、--department 选一 | enter one answer."""
    from pipelines.emergency.life.papers import real_now
    from pipelines.emergency.receipts.model import Origin
    from pipelines.emergency.receipts.taking import import_file
    from sources.receipts.reading import read_row

    if bool(firm) + bool(county) + bool(department) != 1:
        raise UseError("--firm、--county、--department 选一 | give one of them")
    the = the_home(home)
    moment = the_moment(the, as_of)
    given = {
        "warning_id": warning_id, "credit_code": firm, "site": site, "county": county, "department": department,
        "answered_by": by, "channel": channel, "status": status, "reason": reason, "note": note,
        "answered_at": at or f"{moment:%Y-%m-%d %H:%M}",
    }  # fmt: skip
    with told(as_json):
        found = read_row("receipt", given)
        taken = import_file(
            the, context_of(the, moment), found, Origin(moment, real_now(), by.strip()[:200] or None)
        )
        result = {
            "warning_id": warning_id,
            "changed": bool(taken.n_new),
            "findings": [asdict(b) for b in taken.bad],
        }
        if as_json:
            print_json(result)
        for bad in taken.bad if not as_json else ():
            show(console_for(), as_is(f"{bad.zh} | {bad.en}"))
        if not taken.bad and not as_json:
            show(
                console_for(),
                as_is(
                    f"{warning_id}：{'回执已录入 entered' if taken.n_new else '此前已录入 on record already'}"
                ),
            )
    raise typer.Exit(REJECTED if taken.refused else DONE)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the group of warnings."""
    app.command("receipts", short_help="回执情况 | who has answered")(receipts)
    app.add_typer(receipt, name="receipt")
