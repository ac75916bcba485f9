"""``fenwei status`` on a terminal. Data in, tables and lines out."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from dashboards.terminal.mail import mail_lines
from dashboards.terminal.run_report import STATUS_NAMES
from dashboards.terminal.screen import NOTHING, add, as_is, digits, ranges_of, simulated_line, table

SHOWN = 20
STATES = {
    "partial": ("未齐", "hours can still come"),
    "complete": ("24时齐", "all 24 hours"),
    "closed": ("逾期未齐", "closed, hours missing"),
    "reviewed": ("审核", "reviewed"),
}
CONSEQUENCES = {"block": ("阻断发布", "blocks"), "flag": ("需人看", "flags"), "note": ("记录", "notes")}


def render_status(status: Mapping[str, Any], accept: Sequence[str]) -> Iterator[RenderableType]:
    """Turn a status into lines and tables.

    Parameters
    ----------
    status : mapping
        See :func:`pipelines.status.read_status`.
    accept : sequence of str
        Words of the command that accepts a file; the path follows them.
    """
    if status["simulated"]:
        yield simulated_line()
    yield as_is(f"家目录 home：{status['home']}（现在 now：{status['as_of']}）")
    yield from _published(status)
    yield from _waiting_in_landing(status["landing"])
    if "mail" in status:
        yield from mail_lines(status["mail"])
    if "coverage" in status:
        yield from _coverage(status)
        yield from _gaps(status["gaps"])
        yield from _held(status["waiting"], accept)
        yield from _refused(status["rejected"], status["partly_rejected"])
        yield from _checks(status["checks"])
        yield from _city_days(status["city_days"])
    if status["simulated"]:
        yield simulated_line()


def _published(status: Mapping[str, Any]) -> Iterator[RenderableType]:
    for which, zh in (("run", "运行中 running"), ("warehouse", "写入中 writing")):
        if status["lock"][which]:
            yield as_is(f"{zh}：{status['lock'][which]}", "yellow")
    published = status["published"]
    if published is None:
        yield as_is("尚未发布数据：先运行 fenwei run，或 fenwei demo 试用", "yellow")
        yield as_is("nothing is published yet: run `fenwei run`, or `fenwei demo` to try it out", "yellow")
        return
    yield as_is(f"已发布 published：{published['version']}，{age(published['age_s'])}前 ago")
    run = status["last_run"]
    if run:
        yield as_is(
            f"最近运行 last run：{run['command']} {run['started_at']:%Y-%m-%d %H:%M}，{run['status']}，"
            f"文件 files {run['n_files'] or 0}，重算日数 days {run['n_days'] or 0}"
            + (f"；{run['message']}" if run["message"] else "")
        )


def age(seconds: int) -> str:
    """Give an age in the largest unit that says enough: 3 天 days, 5 小时 h, 12 分 min."""
    minutes = max(0, seconds) // 60
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} 天 days"
    return f"{minutes // 60} 小时 h" if minutes >= 120 else f"{minutes} 分 min"


def _waiting_in_landing(landing: Mapping[str, Any]) -> Iterator[RenderableType]:
    if not landing["exists"]:
        yield as_is(f"来源文件夹不存在 landing folder is missing：{landing['folder']}", "yellow")
        return
    shown, more = ranges_of(landing["new"], SHOWN)
    if shown:
        yield as_is(
            f"尚未处理的文件 files not yet taken in：{len(landing['new'])}（fenwei run 取入 takes them in）",
            "yellow",
        )
    for path in shown:
        yield as_is(f"  {path}")
    yield from _more(more)
    gone, more = ranges_of(landing.get("gone") or (), SHOWN)
    if gone:
        n = len(gone) + more
        yield as_is(f"煤炭文件 {n} 个已不在来源文件夹，其数据仍然有效：放回，或以同名文件导入更正", "yellow")
        yield as_is(
            f"{n} coal files left the landing folder, their rows stay in force: put them back, or import a corrected file"
            " of the same name",
            "yellow",
        )
    for path in gone:
        yield as_is(f"  {path}")
    yield from _more(more)


def _more(n: int) -> Iterator[RenderableType]:
    if n:
        yield as_is(f"  …还有 and {n} more（--json 列出全部 lists all）")


def _coverage(status: Mapping[str, Any]) -> Iterator[RenderableType]:
    have = status["coverage"]
    yield as_is(
        f"数据 data：{have['day_first'] or NOTHING} 至 to {have['day_last'] or NOTHING}，"
        f"站点 stations {have['n_stations']:,}，城市 cities {have['n_cities']:,}，"
        f"站点小时 station-hours {have['n_station_hours']:,}；截至 until {status['data_until'] or NOTHING}"
    )
    days = "，".join(f"{zh} {en} {status['days'][state]}" for state, (zh, en) in STATES.items())
    yield as_is(f"各日状态 days by state：{days}")
    files = "，".join(f"{'/'.join(STATUS_NAMES.get(s, (s,)))} {n:,}" for s, n in status["files"].items())
    yield as_is(f"文件 files：{files or '无 none'}")


def _gaps(gaps: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    if not gaps:
        yield as_is("缺口 gaps：无，各日 24 小时齐 none, every day has its 24 hours")
        return
    n_days = sum(gap["n_days"] for gap in gaps)
    yield as_is(f"缺口 gaps：{n_days} 日不足 24 小时 days without all 24 hours", "yellow")
    shown, more = ranges_of(gaps, SHOWN)
    for gap in shown:
        yield as_is(
            f"  {days(gap['day_first'], gap['day_last'])}  缺 missing {gap['n_hours_missing']} 小时 h"
        )
    yield from _more(more)


def days(first: date, last: date) -> str:
    """Give a run of days as one day or ``first..last``."""
    return str(first) if first == last else f"{first}..{last}"


def _held(waiting: Sequence[Mapping[str, Any]], accept: Sequence[str]) -> Iterator[RenderableType]:
    shown, more = ranges_of(waiting, SHOWN)
    for file in shown:
        zh, en = STATUS_NAMES[file["status"]]
        yield as_is(f"{zh} {en}：{file['path']}", "yellow")
        yield as_is(f"    {file['reason_zh'] or ''}")
        yield as_is(f"    {file['reason_en'] or ''}")
        if file["accepted"]:
            yield as_is("    已确认，下次运行取入 accepted; the next run takes it in")
        elif file["status"] == "held":
            yield Text(f"    确认 to accept：{accept_line(accept, file['path'])}")
    yield from _more(more)


def accept_line(accept: Sequence[str], path: str) -> str:
    """Give the line to type that accepts a held file, quoted for the shell."""
    quoted = shlex.quote(path)
    if any(_is_control(letter) for letter in path):
        quoted = "$'" + "".join(_escaped(letter) for letter in path) + "'"
    return " ".join([*(shlex.quote(word) for word in accept), quoted, "--by 姓名"])


def _is_control(letter: str) -> bool:
    return ord(letter) < 32 or ord(letter) == 127


def _escaped(letter: str) -> str:
    if _is_control(letter):
        return f"\\x{ord(letter):02x}"
    return f"\\{letter}" if letter in "\\'" else letter


def _refused(
    refused: Sequence[Mapping[str, Any]], partly: Sequence[Mapping[str, Any]]
) -> Iterator[RenderableType]:
    if partly:
        lines = sum(file["n_rejected"] or 0 for file in partly)
        yield as_is(
            f"部分入库 partly loaded：{len(partly)} 个文件 files，拒收记录 rejected records {lines:,}"
            "（明细 details：fenwei sql 'FROM ops.rejected_value'）"
        )
    shown, more = ranges_of(refused, SHOWN)
    if shown:
        yield as_is(f"拒收的文件 rejected files：{len(refused)}", "red")
    for file in shown:
        yield as_is(f"  {file['path']}")
        yield as_is(f"    {file['reason_zh'] or ''} | {file['reason_en'] or ''}")
    yield from _more(more)


def _checks(failed: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    if not failed:
        yield as_is("检查 checks：全部通过 all passed")
    for check in failed:
        zh, en = CONSEQUENCES[check["consequence"]]
        style = (
            "red" if check["consequence"] == "block" else "yellow" if check["consequence"] == "flag" else ""
        )
        yield as_is(f"检查未过 check failed [{zh} {en}] {check['check_name']}（{check['n_bad']:,}）", style)
        yield as_is(f"    {check['detail_zh'] or ''}")
        yield as_is(f"    {check['detail_en'] or ''}")


def _city_days(found: Mapping[str, Any] | None) -> Iterator[RenderableType]:
    if not found:
        yield as_is("城市日报 city days：尚无 AQI none with an AQI yet")
        return
    made = table(
        (
            "城市 city",
            "AQI",
            "级别 level",
            "类别 category",
            "首要污染物 primary",
            "PM2.5\nµg/m³",
            "站点 stations",
            "基础 basis",
        ),
        right=(1, 2, 5, 6),
        title=f"城市日报 city days {found['day']}  {found['name_zh']} {found['name_en']}（扣沙前 before sand deduction）",
    )
    for row in found["rows"]:
        name = row["name_zh"] or row["city_code"]
        add(
            made,
            name,
            digits(row["aqi"], 0),
            row["level"],
            f"{row['category_zh']} {row['category_en'] or ''}" if row["category_zh"] else None,
            row["primary_pollutants"],
            digits(row["pm25_ugm3"], 0),
            f"{row['n_stations']}/{row['n_stations_expected']}",
            row["basis"] if row["state"] == "reviewed" else f"{row['basis']} {STATES[row['state']][0]}",
        )
    yield made
