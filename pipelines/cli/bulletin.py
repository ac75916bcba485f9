"""``fenwei bulletin``: the bulletins of a day and of a month that are sent up."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    Klass,
    UseError,
    day_option,
    err,
    print_json,
    read_published,
    the_home,
    the_moment,
    writing,
)

FORMATS = ("docx", "pdf", "txt", "json")
_DEFAULT = ("docx", "pdf")


def bulletin(
    day: Annotated[
        str | None,
        typer.Option("--day", help="日报：所报之日，如 2026-11-21；latest 为最近一个完整日 | bulletin of a day"),
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", help="月报（通报）：如 2026-10 | bulletin of a month")
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help="区域 | region: fenwei（生效名单 list in force）, guanzhong")
    ] = "fenwei",
    standard_set: Annotated[
        str | None,
        typer.Option("--set", help="标准 | 2012, 2026_transition, 2026_final；缺省为时段末日生效者 in force at its end"),
    ] = None,
    klass: Annotated[
        Klass,
        typer.Option(
            "--class",
            help="取哪一级数据：public 公开（缺省，可对外），internal 内部（另含预报、煤炭、演练预警）"
            " | data of which class: public (may leave the office) or internal (forecasts, coal and exercises too)",
        ),
    ] = Klass.public,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="写到文件夹或文件 | folder or file (default: outbox/bulletin)", show_default=False),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="格式 | docx,pdf,txt,json（缺省 default: docx,pdf）", show_default=False)
    ] = None,
    template: Annotated[
        list[Path] | None,
        typer.Option(
            "--template",
            help="自己的模板 .docx、.html（用于 PDF）、.txt，可多次 | own templates, repeatable", show_default=False),
    ] = None,
    template_to: Annotated[
        Path | None,
        typer.Option(
            "--template-to",
            help="把内置模板写到该文件夹，供修改 | write the built-in templates there, to be changed", show_default=False),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """日报与月报（通报）：写成 DOCX 和 PDF，正文打印在屏幕上可复制 | bulletins of a day or a month as DOCX and PDF, their text to copy."""
    if template_to is not None:
        _templates(template_to, as_json=as_json)
        return
    if (day is None) == (month is None):
        raise UseError(
            "--day、--month 须且只能给一个（或 --template-to）| give exactly one of --day and --month"
        )
    opened = the_home(home)
    wanted, folder, name = _wanted(formats, to)
    with closing(read_published(opened, klass.value)) as con:
        moment = the_moment(opened, as_of)
        document = _gathered(con, day, month, region, moment, klass.value, standard_set)
    made = _written(document, wanted, folder or opened.root / "outbox" / "bulletin", name, template or [])
    if as_json:
        print_json(_told(document, made))
        return
    typer.echo(made.text.rstrip("\n"))
    for zh, en in made.notes:
        err.print(f"\n注意 note: {zh} | {en}", markup=False)
    err.print("\n" + "\n".join(f"已写 written: {path}" for path in made.files), markup=False)


def _templates(folder: Path, *, as_json: bool) -> None:
    from pipelines.bulletin.products import write_templates

    try:
        files = write_templates(folder)
    except OSError as error:
        raise UseError(str(error)) from None
    if as_json:
        print_json({"templates": [str(path) for path in files]})
        return
    for path in files:
        typer.echo(f"已写 written: {path}")


def _wanted(formats: str | None, to: Path | None) -> tuple[list[str], Path | None, str | None]:
    """Formats, folder and name of the file; a name with a known suffix says the format."""
    suffix = to.suffix.lower().removeprefix(".") if to is not None and not to.is_dir() else ""
    named = suffix in FORMATS
    asked = [w.strip().lower() for w in (formats or "").replace("，", ",").split(",") if w.strip()]
    wrong = [w for w in asked if w not in FORMATS]
    if wrong or (formats is not None and not asked):
        raise UseError(f"--format {str(formats)[:80]!r}: 应为 expected {', '.join(FORMATS)}")
    if to is not None and named:
        if asked and asked != [suffix]:
            raise UseError(f"--to {to} 与 --format {formats} 不一致 | --to and --format do not agree")
        return [suffix], to.parent, to.stem
    return asked or list(_DEFAULT), to, None


def _gathered(
    con: duckdb.DuckDBPyConnection,
    day: str | None,
    month: str | None,
    region: str,
    moment: datetime,
    klass: str,
    standard_set: str | None,
) -> dict[str, Any]:
    from pipelines.air.evaluation_document import NothingToEvaluateError
    from pipelines.air.periods import parse
    from pipelines.areas import area_code
    from pipelines.bulletin.gather import day_bulletin, last_whole_day, month_bulletin

    meant = area_code(con, "region", region)
    if month is not None:
        period = parse(month)
        if len(period.name) != 7 or period.name[5] not in "01":
            raise UseError(f"--month {month!r}: 应为月份，如 2026-10 | expected a month such as 2026-10")
        return month_bulletin(con, period, meant, moment, klass, standard_set=standard_set)
    last = last_whole_day(con, moment)
    asked = last if day == "latest" else day_option(str(day), "--day", judged=True)
    if asked is None or last is None or asked > last:
        raise NothingToEvaluateError(
            f"{asked or '最近一日'} 尚无完整数据，数据截至 {last or '（空）'}"
            f" | no whole day of data on {asked or 'the latest day'}, data end {last or '(empty)'}"
        )
    return day_bulletin(con, asked, meant, moment, klass, standard_set=standard_set)


def _written(
    document: dict[str, Any], wanted: list[str], folder: Path, name: str | None, given: list[Path]
) -> Any:
    from dashboards.bulletin.render import BulletinTemplateError
    from pipelines.bulletin.products import read_template, write

    try:
        templates = dict(read_template(path) for path in given)
        if len(templates) < len(given):
            raise UseError("--template: 同一种后缀只能给一个 | give one template of each suffix")
        with writing(folder):
            return write(document, wanted, folder=folder.absolute(), name=name, templates=templates)
    except BulletinTemplateError as error:
        raise UseError(str(error)) from None


def _told(document: dict[str, Any], made: Any) -> dict[str, Any]:
    return {
        "files": [str(path) for path in made.files],
        "notes": [{"zh": zh, "en": en} for zh, en in made.notes],
        "text": made.text,
        "bulletin": document,
    }


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("bulletin", short_help="日报与月报（通报）| bulletins of a day or a month")(bulletin)
