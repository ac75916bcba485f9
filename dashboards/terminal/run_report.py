"""What a run tells the person who started it. Data in, text out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

STATUS_NAMES = {
    "loaded": ("已入库", "loaded"),
    "partial": ("部分入库", "partly loaded"),
    "duplicate": ("内容重复", "same content as before"),
    "held": ("待确认", "held for confirmation"),
    "rejected": ("拒收", "rejected"),
    "empty": ("无数据", "empty"),
    "future": ("日期未到", "dated in the future"),
    "ignored": ("未采用", "not used"),
    "unreadable": ("无法读取", "unreadable"),
}
MAX_NOTES = 20


def print_run(console: Console, report: Mapping[str, Any], *, accept_hint: bool = True) -> None:
    """Print files, reasons, failed checks and the published version of a run."""
    counted = [
        f"{STATUS_NAMES[s][0]} {n}（{STATUS_NAMES[s][1]}）"
        for s, n in report["files"].items()
        if s in STATUS_NAMES
    ]
    console.print(f"文件 files：{'，'.join(counted) if counted else '无 none'}", markup=False)
    console.print(f"重算日数 days computed：{report['n_days']}", markup=False)
    _print_notes(console, report["notes"], accept_hint)
    for check in report["checks"]:
        console.print(
            f"检查 check [{check['consequence']}] {check['check']}：{_short(check['zh'])}", markup=False
        )
    if report.get("drafts"):
        console.print(
            f"预警草稿待批准 drafts of warnings to approve：{len(report['drafts'])}（fenwei warning list --state draft）",
            markup=False,
        )
    for error in report["errors"]:
        console.print(Text(f"错误 error：{error}", style="bold red"))
    if report["published"] and report["success"]:
        console.print(f"已发布版本 published version：{report['published']}", markup=False)


def _print_notes(console: Console, notes: Sequence[Mapping[str, Any]], accept_hint: bool) -> None:
    for note in notes[:MAX_NOTES]:
        zh, en = STATUS_NAMES.get(note["status"], (note["status"], note["status"]))
        console.print(f"  {zh} {en}  {note['path']}", markup=False)
        console.print(f"      {note['zh']}\n      {note['en']}", markup=False)
        if note["status"] == "held" and accept_hint:
            console.print(
                f"      确认 to accept：fenwei accept {_quoted(note['path'])} --by 姓名NAME", markup=False
            )
    if len(notes) > MAX_NOTES:
        console.print(f"  …还有 and {len(notes) - MAX_NOTES} more：fenwei status", markup=False)


def _short(text: str, width: int = 160) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "'\\''") + "'"


def print_city_days(console: Console, rows: Iterable[Mapping[str, Any]], title: str) -> None:
    """Print one day of cities: AQI, category, primary pollutants, PM2.5, state."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, justify in (
        ("城市\ncity", "left"),
        ("AQI", "right"),
        ("级别\ncategory", "left"),
        ("首要污染物\nprimary", "left"),
        ("PM2.5\nµg/m³", "right"),
        ("站点\nstations", "right"),
        ("状态\nstate", "left"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(
            Text(row["name"]),
            "—" if row["aqi"] is None else str(row["aqi"]),
            Text(row["category"] or "—"),
            Text(row["primary"] or "—"),
            "—" if row["pm25"] is None else f"{row['pm25']:.0f}",
            f"{row['n_stations']}/{row['n_expected']}",
            Text(row["state"]),
        )
    console.print(table)


def print_verification(console: Console, comparisons: Iterable[Mapping[str, Any]], shown: int = 5) -> None:
    """Print agreement by published column and the first disagreements."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("列 column")
    for heading in ("比较数 compared", "一致 equal", "一致率 agreement"):
        table.add_column(heading, justify="right")
    comparisons = list(comparisons)
    for c in comparisons:
        share = (
            "—"
            if c["agreement_pct"] is None
            else f"{_floor_pct(c['agreement_pct'], c['n_compared'], c['n_equal'])} %"
        )
        table.add_row(c["column"], f"{c['n_compared']:,}", f"{c['n_equal']:,}", share)
    console.print(table)
    for c in comparisons:
        for d in c["disagreements"][:shown]:
            console.print(
                f"  {c['column']}  站点 station {d['station_code']}  {d['when']}  我方 ours {d['ours']}"
                f"  文件 published {d['published']}",
                markup=False,
            )
        more = c["n_compared"] - c["n_equal"] - min(shown, len(c["disagreements"]))
        if more > 0:
            console.print(f"  {c['column']}  …还有 and {more:,} more", markup=False)


def _floor_pct(share: float, n: int, equal: int) -> str:
    """Never print 100 % where something differs."""
    return "100.000" if n == equal else f"{min(share, 99.999):.3f}"
