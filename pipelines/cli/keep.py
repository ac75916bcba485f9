"""Commands that bring data in: run, backfill, accept, demo; and verify, which only compares."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.terminal.run_report import print_run, print_verification
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    day_option,
    err,
    out,
    print_json,
    the_home,
    the_moment,
)
from pipelines.cli.running import failure_code, run_shown
from pipelines.home import Home, remember


def _document(report: Any, home: Home) -> dict[str, Any]:
    return asdict(report) | {"home": str(home.root), "simulated": home.settings.simulated}


def _finish(report: Any, home: Home, as_json: bool) -> None:
    """Print a run's report and leave with its exit code."""
    document = _document(report, home)
    if as_json:
        print_json(document)
    else:
        if home.settings.simulated:
            out.print("【模拟数据 simulated data】", markup=False)
        print_run(out, document)
    if not report.success:
        raise typer.Exit(failure_code(report.errors))
    raise typer.Exit(REJECTED if report.rejected else DONE)


def run(
    home: HomeOption = None,
    landing: Annotated[
        Path | None,
        typer.Option(
            "--landing", help="来源文件夹，记入设置 | folder of source files, remembered", show_default=False
        ),
    ] = None,
    stations: Annotated[
        Path | None,
        typer.Option("--stations", help="站点名单，记入设置 | station list, remembered", show_default=False),
    ] = None,
    overrides: Annotated[
        Path | None,
        typer.Option(
            "--overrides",
            help="站点名单的更正表，记入设置 | overrides of the list, remembered",
            show_default=False,
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--day", help="只处理这一天 | only this day", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """取入新的或变化的文件，重算其影响，评价并发布 | take in new or changed files, recompute what they touch, judge, publish."""
    the = the_home(home)
    for path, what in ((landing, "--landing"), (stations, "--stations"), (overrides, "--overrides")):
        if path is not None and not path.exists():
            raise UseError(f"{what} {path}: 不存在 does not exist")
    the = remember(
        the,
        landing=str(landing.absolute()) if landing else None,
        stations=str(stations.absolute()) if stations else None,
        overrides=str(overrides.absolute()) if overrides else None,
    )
    if not the.landing.exists():
        the.landing.mkdir(parents=True)
    moment = the_moment(the, as_of)
    window = (day_option(day, "--day", judged=True),) * 2 if day else None
    from pipelines.due import due
    from pipelines.steps import RunContext

    now = due(RunContext(the, moment, command="run"))
    if not now.anything:
        _nothing(the, as_json)
    _finish(run_shown(the, moment, "run", window, force=False), the, as_json)


def _nothing(home: Home, as_json: bool) -> None:
    from warehouse.publish import current_version

    present = current_version(home.publish)
    version = present.folder.name if present else None
    if as_json:
        print_json({"success": True, "files": {}, "n_days": 0, "published": version, "home": str(home.root)})
    else:
        out.print(
            f"没有新数据，无事可做 nothing new, nothing to do（来源 landing：{home.landing}）", markup=False
        )
    raise typer.Exit(DONE)


def backfill(
    first: Annotated[str, typer.Option("--from", help="首日 | first day, e.g. 2026-01-01")],
    last: Annotated[str, typer.Option("--to", help="末日 | last day, e.g. 2026-01-31")],
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """重做一段日期：重新读取已入库的文件并重算 | redo a window in one pass: read its files again and compute it again."""
    the = the_home(home)
    window = day_option(first, "--from", judged=True), day_option(last, "--to", judged=True)
    if window[0] > window[1]:
        raise UseError(f"--from {first} 晚于 is later than --to {last}")
    _finish(run_shown(the, the_moment(the, as_of), "backfill", window, force=True), the, as_json)


def accept(
    file: Annotated[
        str, typer.Argument(help="待确认的文件（路径或文件名） | the held file, its path or name")
    ],
    by: Annotated[str, typer.Option("--by", help="确认人姓名 | name of the person who accepts")],
    note: Annotated[str | None, typer.Option("--note", help="说明 | note", show_default=False)] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """确认一个待确认的文件，并立即入库 | accept a held file and take it in at once."""
    from pipelines.steps import RunContext, held_files
    from warehouse import decisions

    the = the_home(home)
    moment = the_moment(the, as_of)
    held = held_files(RunContext(the, moment, command="accept"))
    exact = [h for h in held if h[0] in (file, str(Path(file).absolute()))]
    hits = exact or [h for h in held if Path(h[0]).name == file or h[0].endswith("/" + file)]
    if len(hits) != 1:
        listed = "\n  ".join(path for path, _ in held) or "（无 none）"
        what = "不止一个文件符合 matches more than one held file" if hits else "不在待确认之列 is not held"
        raise UseError(f"{file}: {what}\n待确认 held：\n  {listed}")
    path, sha256 = hits[0]
    if not Path(path.split("!")[0]).exists():
        raise UseError(
            f"{path}: 文件已不在原处，放回后再确认 the file is gone; put it back and accept it then"
        )
    if not by.strip():
        raise UseError("--by: 需要确认人姓名 the name of the person who accepts is needed")
    decisions.record(the.state, "accept_file", path, sha256, by, datetime.now().replace(microsecond=0), note)
    _finish(run_shown(the, moment, "accept", None, force=False), the, as_json)


def verify(
    files: Annotated[
        list[Path], typer.Argument(help="站点文件、文件夹或 zip | station files, folders or zips")
    ],
    shown: Annotated[
        int, typer.Option("--show", help="每列列出几处不一致 | disagreements listed per column")
    ] = 5,
    as_json: JsonOption = False,
) -> None:
    """用 1 小时值重算，并与文件自己发布的 AQI、日均、MDA8 比较 | recompute from the 1 h values and compare with what the files publish."""
    import duckdb

    from pipelines.air.reference import read_reference
    from pipelines.air.verify import verify as compare
    from sources.station_files import find
    from sources.station_files.model import describe
    from warehouse.store import schema_sql

    found, refused = [], []
    for path in files:
        refs, refusals = find(path)
        found += [r for r in refs if r.path.lower().endswith((".csv", ".csv.gz"))]
        refused += [(r.path, " | ".join(describe(r.reason_code, path=r.path, **r.values))) for r in refusals]
    con = duckdb.connect()
    con.execute(schema_sql())
    report = compare(found, read_reference(con))
    refused += report.refused
    comparisons = [asdict(c) | {"agreement_pct": c.agreement_pct} for c in report.comparisons.values()]
    document = {
        "n_files": report.n_files,
        "n_days": report.n_days,
        "n_rejected": report.n_rejected,
        "rejects": report.rejects,
        "refused": [{"path": p, "reason": r} for p, r in refused],
        "comparisons": comparisons,
    }
    if as_json:
        print_json(document)
    else:
        out.print(
            f"文件 files {report.n_files}，拒读 refused {len(refused)}，拒收行或数值 rejected lines or values {report.n_rejected}",
            markup=False,
        )
        for name, reason in refused[:20]:
            out.print(f"  {name}：{reason}", markup=False)
        for reject in report.rejects[:20]:
            out.print(f"  {reject['path']}：{reject['zh']} | {reject['en']}", markup=False)
        print_verification(out, comparisons, shown)
        out.print(
            "比较范围 compared：六项齐全的小时 AQI；24 小时齐全的日均；17 个窗口齐全的 O3 日最大 8 小时。"
            "CO 的源数据先于印刷修约，允许有差 | CO: the source rounds before it prints.",
            markup=False,
        )
    raise typer.Exit(DONE if report.n_files and not refused else REJECTED)


def demo(
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """生成 13 市模拟站点数据，走与生产相同的流程 | simulate the stations of 13 cities and run the same job as in production."""
    from pipelines.cli.tour import describe, make_demo, print_tour
    from pipelines.emergency.simulated import decide

    the = the_home(home)
    if the.root.exists() and any(the.root.iterdir()) and not the.settings.simulated:
        raise UseError(
            f"{the.root}: 已有非模拟数据，演示不会写入；请用 --home 指定空文件夹"
            " | holds data that are not simulated; give an empty folder with --home"
        )
    the, moment = make_demo(the, err)
    # A new demonstration makes the page once, when the warnings are decided.
    report = run_shown(the, moment, "demo", None, force=False, page=the.published.exists())
    if not report.success:
        _finish(report, the, as_json)
    decided = decide(the, moment, lambda text: err.print(text, markup=False))
    if as_json:
        print_json(_document(report, the) | {"warnings": describe(the, decided)})
    else:
        print_tour(the, report, decided, out)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo", short_help="模拟数据演示 | demonstration on simulated data")(demo)
    app.command("run", short_help="取入、重算、评价、发布 | take in, compute, judge, publish")(run)
    app.command("backfill", short_help="重做一段日期 | redo a window of days")(backfill)
    app.command("accept", short_help="确认待确认的文件 | accept a held file")(accept)
    app.command("verify", short_help="与文件所发布的数值比较 | compare with published values")(verify)
