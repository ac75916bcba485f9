"""The commands of forecasts: an empty bulletin, and taking filled ones in."""

import csv
import io
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.forecast import render_import
from dashboards.terminal.screen import console_for, show
from pipelines.cli import forecast_baseline, forecast_verify
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
    writing,
)
from pipelines.cli.running import failure_code

forecast = command_group(
    "预报：简报样表、导入、检验、基线 | forecasts: empty bulletin, import, scores, baseline"
)


@forecast.command("template", short_help="空白预报简报 | an empty bulletin")
def template(
    to: Annotated[
        Path, typer.Option("--to", help="写入的文件：.xlsx 或 .csv | file to write", show_default=False)
    ],
    as_json: JsonOption = False,
) -> None:
    """写出空白预报简报：表头与填写说明 | write an empty bulletin: headings and what goes below them."""
    from pipelines.cli.answers import target
    from sources.forecast_bulletin import HEADINGS, RANGES

    path = target(to)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UseError(f"--to {to}: 应以 .xlsx 或 .csv 结尾 expected a name ending in .xlsx or .csv")
    headings = [texts[0] for name, texts in HEADINGS.items() if name not in RANGES]
    with writing(path):
        if path.suffix.lower() == ".csv":
            text = io.StringIO()
            csv.writer(text, lineterminator="\r\n").writerow(headings)
            path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        else:
            from dashboards.tables.forecast_bulletin import write_template

            write_template(path, headings)
    if as_json:
        print_json({"file": str(path.absolute()), "columns": headings})
    else:
        show(console_for(), f"{path}", "填好后 when filled in：fenwei forecast import 文件 FILES")


@forecast.command("import", short_help="检查并导入预报 | check and take in forecasts")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="预报简报 xlsx、csv，网格预报 nc | bulletins: xlsx, csv; grids: nc")
    ],
    check_only: Annotated[
        bool, typer.Option("--check-only", help="只检查，不导入 | check only, take nothing in")
    ] = False,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查预报简报或网格预报：无错误的整份导入并发布，有错误的整份退回 | check forecasts and take in those without errors."""
    from pipelines.cli.forecast_import import gather, take_in

    the = the_home(home)
    moment = the_moment(the, as_of)
    bulletins = gather(files, the, moment)
    report = None if check_only else take_in(bulletins, the, moment)
    document: dict[str, Any] = {
        "home": str(the.root),
        "as_of": moment.isoformat(sep=" "),
        "simulated": the.settings.simulated,
        "check_only": check_only,
        "files": [b.describe() for b in bulletins],
        "run": asdict(report) if report is not None else None,
    }
    if as_json:
        print_json(document)
    else:
        from dashboards.terminal.run_report import print_run

        console = console_for()
        show(console, *render_import(document))
        if document["run"]:
            print_run(console, document["run"])
    raise typer.Exit(_code(document))


def _code(document: dict[str, Any]) -> int:
    run = document["run"]
    if run and not run["success"]:
        return failure_code(run["errors"])
    counted = Counter(f["status"] for f in document["files"])
    return REJECTED if counted["rejected"] + counted["empty"] + counted["not_loaded"] else DONE


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    forecast_verify.register(forecast)
    forecast_baseline.register(forecast)
    app.add_typer(forecast, name="forecast")
