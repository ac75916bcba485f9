"""Commands that look at the system itself: status and doctor."""

from contextlib import closing, nullcontext
from pathlib import Path

import typer

from dashboards.terminal.doctor import render_findings
from dashboards.terminal.screen import console_for, show
from dashboards.terminal.status import render_status
from pipelines.cli.common import (
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    print_json,
    read_published,
    the_home,
    the_moment,
)
from pipelines.home import Home, default_root


def _accept_words(home: Home) -> list[str]:
    """Words of the accept command for this home; the home is named unless it is the usual one."""
    named = [] if home.root == default_root().absolute() else ["--home", str(home.root)]
    return ["fenwei", "accept", *named]


def status(home: HomeOption = None, as_of: AsOfOption = None, as_json: JsonOption = False) -> None:
    """数据到哪一天、缺哪些、哪些文件待确认、检查结果与最新城市日报 | how far the data reach, what is missing or waits."""
    from pipelines.status import read_status

    opened = the_home(home)
    moment = the_moment(opened, as_of)
    with closing(read_published(opened)) if opened.published.exists() else nullcontext() as con:
        document = read_status(opened, con, moment)
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render_status(document, _accept_words(opened)))


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """检查安装与家目录，逐项给出处理办法 | check the installation and the home, with what to do about each finding."""
    from pipelines.doctor import examine

    root: Path = (home or default_root()).absolute()
    findings = examine(root)
    failed = [f for f in findings if f.outcome == "fail"]
    if as_json:
        print_json({"home": str(root), "ok": not failed, "findings": [vars(f) for f in findings]})
    else:
        show(console_for(), *render_findings([vars(f) for f in findings]))
    if failed:
        raise typer.Exit(REJECTED)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("status", short_help="数据到哪天、缺什么、什么待办 | coverage, gaps, what waits")(status)
    app.command("doctor", short_help="检查安装与家目录 | check installation and home")(doctor)
