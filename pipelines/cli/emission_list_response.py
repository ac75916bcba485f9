"""``fenwei list response``: the documents of a warning's response."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.screen import as_is, console_for, show
from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    print_json,
    read_published,
    the_home,
    the_moment,
    writing,
)
from pipelines.cli.warning_parts import WarningId, told

ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to", help="写到哪个文件夹 | folder to write into (default: outbox/response)", show_default=False
    ),
]
OnlyOption = Annotated[
    str | None,
    typer.Option(
        "--only",
        help="只写 | only: workbook,notices,placards,letter,sms,public,long_image,json,cap",
        show_default=False,
    ),
]
EnterpriseOption = Annotated[
    str | None,
    typer.Option(
        "--enterprise", help="统一社会信用代码：只写该企业的通知单和公示牌 | of one firm", show_default=False
    ),
]


def response(
    warning_id: WarningId,
    to: ToOption = None,
    only: OnlyOption = None,
    enterprise: EnterpriseOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """按预警和已备案清单写出响应文件：清单、通知单、公示牌、公文、短信、文稿、CAP | the documents of a response."""
    from dashboards.response.cap.message import CapError
    from dashboards.response.names import folder_of
    from dashboards.terminal.response import render_response
    from pipelines.emergency.response import products
    from pipelines.emergency.response.gather import gather

    the = the_home(home)
    moment = the_moment(the, as_of)
    kinds = _kinds(only)
    with told(as_json):
        with closing(read_published(the)) as con:
            found = gather(con, the, warning_id, moment)
        folder = (to or products.outbox_of(the)).absolute()
        try:
            with writing(folder):
                made = products.write_response(found, folder, kinds, enterprise, products.agency_of(the))
        except (products.UnknownEnterpriseError, CapError) as error:
            raise UseError(str(error)) from None
    document: dict[str, Any] = {
        "warning_id": found.warning["warning_id"],
        "city_name": found.warning["city_name"],
        "level": found.level,
        "state": found.warning["state"],
        "notice": found.notice,
        "mark": found.mark,
        "title": found.title,
        "simulated": found.simulated,
        "list_version": found.list_version,
        "response_day": found.response_day,
        "folder": str(made[0].path.parent) if made else str(folder / folder_of(found)),
        "products": [products.told(product) for product in made],
        "reductions": [r for r in found.reductions if r["level"] == found.level],
        "notes": [{"zh": zh, "en": en} for zh, en in found.notes],
    }
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_response(document), as_is(""))


def _kinds(only: str | None) -> list[str] | None:
    """Read the kinds of documents that were asked for."""
    from pipelines.emergency.response.writers import KINDS

    if only is None:
        return None
    asked = [word.strip() for word in only.replace("，", ",").split(",") if word.strip()]
    wrong = [word for word in asked if word not in KINDS]
    if wrong or not asked:
        raise UseError(f"--only {only[:80]!r}: 应为 expected {', '.join(KINDS)}")
    return asked


def register(app: typer.Typer) -> None:
    """Add the command to the group of lists."""
    app.command("response", short_help="响应文件 | documents of a response")(response)
