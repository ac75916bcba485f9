"""What the commands of a warning share: options, refusals, how a time or a level is read, what is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import console_for, show
from dashboards.terminal.warning_life import lift_line, render_done
from pipelines.cli.common import INTERNAL, REJECTED, UseError, err, print_json
from pipelines.home import Home

WarningId = Annotated[str, typer.Argument(metavar="ID", help="预警编号 | id of the warning, W-…")]
ByOption = Annotated[str, typer.Option("--by", help="决定人姓名 | name of the person who decides")]
OfficeOption = Annotated[
    str, typer.Option("--office", help="职务或处室 | office of that person", show_default=False)
]
BodyOption = Annotated[str, typer.Option("--body", help="发布单位 | issuing body", show_default=False)]
DocumentOption = Annotated[str, typer.Option("--document", help="文号 | document number", show_default=False)]
SignatoryOption = Annotated[
    str,
    typer.Option(
        "--signatory", help="上级签发人，红色必填 | higher signatory, needed for red", show_default=False
    ),
]
ReasonOption = Annotated[
    str,
    typer.Option(
        "--reason", help="理由，与规则不同时必填 | needed where it differs from the rule", show_default=False
    ),
]
ForecastOption = Annotated[
    Path | None,
    typer.Option(
        "--forecast", help="最新预报简报；缺省为已发布的最新一份 | newest bulletin", show_default=False
    ),
]
HoursOption = Annotated[
    Path | None,
    typer.Option("--hours", help="城市小时 PM2.5 预报 | hourly PM2.5 of cities", show_default=False),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile", help="方案；缺省为起草所用 | profile, default: that of the draft", show_default=False
    ),
]


def context_of(home: Home, moment: datetime) -> Any:
    """Give where and when a command acts, with the published version people have before them."""
    from pipelines.emergency.life.papers import Context, real_now
    from warehouse.publish import current_version

    version = current_version(home.publish)
    snapshot = str(version.manifest["version"]) if version is not None else None
    return Context(home.state, moment, real_now(), snapshot, home.settings.simulated)


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """Turn a refusal into one message, and one document where JSON was asked for."""
    from pipelines.emergency.life.machine import LifeError
    from warehouse.state import StateError

    try:
        yield
    except LifeError as error:
        if as_json:
            print_json({"changed": False, "refused": error.code, "zh": error.zh, "en": error.en})
        err.print(f"未办理 refused：{error}", markup=False)
        raise typer.Exit(REJECTED) from None
    except StateError as error:
        err.print(f"错误 error: {error}", markup=False)
        raise typer.Exit(INTERNAL) from None


def report(done: Any, what: str, as_json: bool, lift: Any = None) -> None:
    """Tell what a command did."""
    record = done.record.describe()
    if as_json:
        print_json({"changed": done.changed, "rule_met": done.rule_met, "lift": lift} | record)
        return
    show(console_for(), *render_done(record, what, done.changed), *([lift_line(lift)] if lift else []))


def when(text: str | None, option: str, *, last: bool = False) -> datetime | None:
    """Read a day or a whole hour; a day as an end is its last moment."""
    from pipelines.emergency.proposal.orders import moment
    from sources.cells import CellError

    if text is None:
        return None
    try:
        found = moment(text, last=last)
    except CellError:
        found = None
    if found is None:
        raise UseError(f"{option} {text!r}: 应为 expected 2026-12-03 或 or '2026-12-03 08:00'")
    return found


def level_named(text: str, option: str) -> str:
    """Read a level a person named."""
    from pipelines.emergency.proposal.orders import OrderError, level_of

    if text.strip().casefold() in ("precaution", "黄色以下"):
        return "precaution"
    try:
        return level_of(text)
    except OrderError as error:
        raise UseError(f"{option}: {error}") from None
