"""The commands of the coal pillar: template, import, check."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from dashboards.tables.model import plain
from dashboards.terminal.screen import console_for, show
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    NothingPublishedError,
    UseError,
    command_group,
    print_json,
    read_published,
    the_home,
    the_moment,
    writing,
)
from pipelines.cli.running import failure_code
from pipelines.home import Home

coal = command_group("煤炭：表样、导入、核查 | coal: empty forms, import, check")


@coal.command("template", short_help="空白填报表 | empty workbooks of the forms")
def template(
    to: Annotated[
        Path | None, typer.Option("--to", help="写入的文件夹 | folder to write to", show_default=False)
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form",
            help="只要这些表（代码或名称），可多次 | only these, by code or name",
            show_default=False,
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出全部表 | list the forms")] = False,
    as_json: JsonOption = False,
) -> None:
    """写出空白填报表：表头、单位、下拉选项、说明与一行示例 | write the empty forms."""
    from dashboards.coal.forms import UnknownFormError, form_of, forms
    from dashboards.coal.screen import render_forms
    from dashboards.coal.template import write_template

    try:
        wanted = list(dict.fromkeys(form_of(name) for name in form)) if form else list(forms())
    except UnknownFormError as error:
        raise UseError(str(error)) from None
    if listed:
        if as_json:
            print_json([_form(f) for f in wanted])
        else:
            show(console_for(), *render_forms(wanted))
        return
    if to is None:
        raise UseError(
            "--to 文件夹：写到哪里；--list 列出各表 | --to DIR says where to write; --list lists the forms"
        )
    if to.exists() and not to.is_dir():
        raise UseError(f"--to {to}: 应为文件夹 expected a folder")
    with writing(to):
        to.mkdir(parents=True, exist_ok=True)
        for each in wanted:
            write_template(each, to / each.file_name)
    if as_json:
        print_json({"folder": str(to.absolute()), "files": [_form(f) for f in wanted]})
        return
    console = console_for()
    show(console, *(f"{to / each.file_name}" for each in wanted))
    show(console, f"{len(wanted)} 张表；填好后 forms; when filled in：fenwei coal import 文件 FILES")


def _form(form: Any) -> dict[str, Any]:
    return {"form": form.name, "name_zh": form.name_zh, "name_en": form.name_en, "file": form.file_name}


@coal.command("import", short_help="检查并导入填报表 | check and take in forms")
def import_(
    files: Annotated[list[Path], typer.Argument(help="填报表：xlsx、xls、csv | forms: xlsx, xls, csv")],
    check_only: Annotated[
        bool, typer.Option("--check-only", help="只检查，不导入 | check only, take nothing in")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            help="检查报告 .xlsx；缺省写到 <home>/reports | validation report, default in <home>/reports",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查填报表：无错误的整份导入并发布，有错误的整份退回 | check forms and take in those without errors, each as a whole."""
    from dashboards.coal.report import write_report
    from dashboards.coal.validation import render_import
    from dashboards.terminal.run_report import print_run
    from pipelines.cli import coal_import
    from pipelines.cli.answers import workbook_target
    from pipelines.cli.running import run_shown
    from pipelines.cli.taking import gather

    the = the_home(home)
    moment = the_moment(the, as_of)
    target = workbook_target(report, "--report") if report else None
    if target is None and not check_only:
        target = coal_import.report_path(the)
    given = gather(files, the, coal_import.FOLDER)
    coal_import.check(given, the, moment)
    done: Any = None
    changes: list[Any] = []
    if not check_only:
        done, changes = coal_import.take_in(
            given, the, moment, lambda: run_shown(the, moment, "coal import", None, force=False)
        )
    document = coal_import.document_of(
        given, the, moment, check_only=check_only, report=done, changes=changes
    )
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_report(document, target)
        document["report"] = str(target)
    if as_json:
        print_json(plain(document))
    else:
        console = console_for()
        show(console, *render_import(document))
        if document["run"]:
            print_run(console, document["run"])
    raise typer.Exit(_code(document))


def _code(document: dict[str, Any]) -> int:
    run = document["run"]
    if run and not run["success"]:
        return failure_code(run["errors"])
    return REJECTED if document["n_rejected"] else DONE


@coal.command(
    "check", short_help="目标进度、替代、抽检、清洁取暖 | targets, replacement, inspections, households"
)
def check(
    region: Annotated[
        str | None,
        typer.Option("--region", help="区域 | region: fenwei（缺省 default）, guanzhong", show_default=False),
    ] = None,
    city: Annotated[
        str | None, typer.Option("--city", help="城市代码或名称 | city: 610500, 渭南", show_default=False)
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="考核单元 | assessment unit: 610581, 韩城", show_default=False),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", help="年份，缺省为评价时间所在年 | year, default that of now", show_default=False
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="煤炭进度表 | progress table, .xlsx", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """核查目标进度、同比、预警、减量替代、抽检、清洁取暖、减排 | check targets, replacement, inspections, households."""
    from dashboards.coal.progress import write_progress
    from dashboards.coal.screen import render_check
    from pipelines.areas import area_code
    from pipelines.cli.answers import workbook_target

    named = [(kind, text) for kind, text in (("region", region), ("city", city), ("unit", unit)) if text]
    if len(named) > 1:
        raise UseError(
            "--region、--city、--unit 至多给一个 | give at most one of --region, --city and --unit"
        )
    if year is not None and not 2000 <= year <= 2100:
        raise UseError(f"--year {year}: 应为 expected 2000–2100")
    kind, given = named[0] if named else ("region", "fenwei")
    target = workbook_target(to, "--to") if to else None
    opened = the_home(home)
    moment = the_moment(opened, as_of)
    try:
        with closing(read_published(opened)) as con:
            from pipelines.coal.document import coal_document

            document = coal_document(con, moment, kind, area_code(con, kind, given), year or moment.year)
    except NothingPublishedError:
        _nothing(opened, as_json)
    document["about"].setdefault("simulated", opened.settings.simulated)
    if target:
        write_progress(document, target)
    if as_json:
        print_json(plain(document))
    else:
        console = console_for()
        show(console, *render_check(document, width=console.width if console.is_terminal else None))
        if target:
            show(console, f"煤炭进度表 progress table：{target}")
    raise typer.Exit(DONE if _any(document) else REJECTED)


def _nothing(home: Home, as_json: bool) -> NoReturn:
    """Say that nothing was ever published here, and what to do."""
    zh = "尚无数据，无可核查：用 fenwei coal template 取表，填好后 fenwei coal import；试用可先 fenwei demo"
    en = "nothing to check yet: get forms with `fenwei coal template`, fill in, `fenwei coal import`; or `fenwei demo`"
    if as_json:
        print_json({"about": {"home": str(home.root), "reason_zh": zh, "reason_en": en}, "targets": []})
    else:
        show(console_for(), zh, en)
    raise typer.Exit(REJECTED)


def _any(document: dict[str, Any]) -> bool:
    """Tell whether anything could be computed."""
    return any(part for key, part in document.items() if key not in ("about", "checks"))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(coal, name="coal")
