"""``fenwei bulletin``: the bulletins of a day and of a month that are sent up."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.bulletin_due import make_what_is_due
from pipelines.cli.bulletin_mail import check_mail, queue, tell
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
from pipelines.home import Home

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
    city: Annotated[
        str | None,
        typer.Option("--city", help="一个城市自己的日报、月报，含站点与区县 | bulletin of one city, with its stations and units",
                     show_default=False),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", show_default=False,
                     help="区域；缺省 fenwei（生效名单）；与 --city 同用时为排名的名单 | region, default fenwei (list in force);"
                     " with --city the list to rank it in"),
    ] = None,
    standard_set: Annotated[
        str | None,
        typer.Option("--set", help="标准 | 2012, 2026_transition, 2026_final；缺省为时段末日生效者 in force at its end"),
    ] = None,
    klass: Annotated[
        Klass,
        typer.Option(
            "--class",
            help="取哪一级数据：internal 内部（缺省，上报用，含三天预报、煤炭、演练预警），public 公开（可对外）"
            " | data of which class: internal (with forecasts, coal and exercises) or public (may leave the office)",
        ),
    ] = Klass.internal,
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
    due: Annotated[
        bool,
        typer.Option("--due", help="按 fenwei.toml 的 [bulletin] 补齐昨日日报与上月月报（供定时任务）"
                     " | make what [bulletin] of fenwei.toml asks for and is not there yet, for cron"),
    ] = False,
    mail: Annotated[
        bool,
        typer.Option("--mail", help="放入发件箱，按角色发给可看该级资料的收件人；每人只发一次"
                     " | put it into the outbox for those who may see its class, once each"),
    ] = False,
    correction: Annotated[
        str | None,
        typer.Option("--correction", help="与 --mail 同用：更正说明，另发一封【更正】| with --mail: what is corrected, sent as a letter"
                     " of its own", show_default=False),
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """日报与月报（通报）：写成 DOCX 和 PDF，正文打印在屏幕上可复制 | bulletins of a day or a month as DOCX and PDF, their text to copy."""
    if template_to is not None:
        _templates(template_to, as_json=as_json)
        return
    if due and (day or month or city or to or formats or template or mail or correction):
        raise UseError(
            "--due 不与其他选项同用，见 [bulletin] 设置 | --due stands alone, see [bulletin] in fenwei.toml"
        )
    if due:
        opened = the_home(home)
        raise typer.Exit(make_what_is_due(opened, the_moment(opened, as_of), as_json=as_json))
    if (day is None) == (month is None):
        raise UseError(
            "--day、--month 须且只能给一个（或 --due、--template-to）| give exactly one of --day and --month (or --due)"
        )
    if correction is not None and not (mail and correction.strip()):
        raise UseError("--correction 须写明更正内容，并与 --mail 同用 | --correction needs a text and --mail")
    opened = the_home(home)
    wanted, folder, name = _wanted(formats, to)
    moment = the_moment(opened, as_of)
    if mail:
        check_mail(opened, moment, klass.value)
    document = _gathered(opened, _asked(day, month, region, city, standard_set), moment, klass.value)
    made = _written(document, wanted, folder or default_folder(opened), name, template or [])
    queued = queue(opened, document, made, moment, (correction or "").strip()) if mail else None
    if as_json:
        print_json(_told(document, made) | ({"queued": vars(queued)} if queued else {}))
        return
    typer.echo(made.text.rstrip("\n"))
    _tell(made, klass, queued)


def _tell(made: Any, klass: Klass, queued: Any) -> None:
    notes = list(made.notes)
    if klass is Klass.public:
        notes.append(
            (
                "公开版不含三天预报、煤炭进度与演练预警；内部版用 --class internal",
                "the public version lacks forecasts, coal and exercises: --class internal has them",
            )
        )
    for zh, en in notes:
        err.print(f"\n注意 note: {zh} | {en}", markup=False)
    err.print("\n" + "\n".join(f"已写 written: {path}" for path in made.files), markup=False)
    if queued:
        tell(queued)


def default_folder(home: Home) -> Path:
    """Folder that bulletins are written to where none is named; only its owner may look in."""
    from pipelines.mail.box import folder

    return folder(home) / "bulletin"


def _gathered(home: Home, asked: Any, moment: datetime, klass: str) -> dict[str, Any]:
    from pipelines.bulletin.asked import gathered
    from pipelines.mail.box import is_exercise

    with closing(read_published(home, klass)) as con:
        return gathered(con, asked, moment, klass, exercise=is_exercise(home))


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


def _asked(
    day: str | None, month: str | None, region: str | None, city: str | None, standard_set: str | None
) -> Any:
    from pipelines.air.periods import parse
    from pipelines.bulletin.asked import LATEST, Asked

    if month is None:
        wanted = LATEST if day == LATEST else day_option(str(day), "--day", judged=True)
        return Asked(day=wanted, region=region, city=city, standard_set=standard_set)
    period = parse(month)
    if len(period.name) != 7 or period.name[5] not in "01":
        raise UseError(f"--month {month!r}: 应为月份，如 2026-10 | expected a month such as 2026-10")
    return Asked(month=period, region=region, city=city, standard_set=standard_set)


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
