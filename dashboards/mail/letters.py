"""Letters about the data: daily brief, alarm of missing data, failure of a run."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import (
    DASH,
    Cell,
    Grid,
    Letter,
    Lines,
    Picture,
    aqi_cell,
    moment,
    name_of,
    number,
    plain,
)

_STATES = {
    "partial": "未齐 partial",
    "complete": "24时齐 complete",
    "closed": "逾期 closed",
    "reviewed": "审核 reviewed",
}
_SHOWN = 30

_CONSEQUENCES = {"block": "阻断 block", "flag": "标记 flag", "note": "记录 note"}


def brief_letter(brief: Mapping[str, Any], *, exercise: bool, pictures: Sequence[Picture] = ()) -> Letter:
    """Make the daily brief.

    Parameters
    ----------
    brief : mapping
        See `pipelines.mail.brief.read_brief`.
    """
    cities: Sequence[Mapping[str, Any]] = brief["cities"]
    judged = [c for c in cities if c["aqi"] is not None]
    heavy = [c for c in judged if c["aqi"] > 200]
    polluted = [c for c in judged if c["aqi"] > 100]
    worst = max(judged, key=lambda c: (c["aqi"], c["city_code"]), default=None)
    told = (
        f"最高 highest {name_of(worst)} {worst['aqi']} {worst['category_zh']}" if worst else "无 AQI no AQI"
    )
    gaps = sum(g["n_hours_missing"] for g in brief["gaps"])
    counts = f"超标 polluted {len(polluted)}，重度及以上 heavy {len(heavy)}，应有城市 cities {len(cities)}"
    return Letter(
        kind="daily_brief",
        subject=f"空气质量日报 {brief['day']} {brief['name_zh']}：{told}，重度及以上 {len(heavy)} 城 daily brief",
        lead=(
            f"{brief['name_zh']} {brief['name_en']} {brief['day']} 空气质量日报 daily brief",
            f"{told}；{counts}",
            f"数据缺口 missing hours（近30日 last 30 days）：{gaps}；数据截至 until {moment(brief['data_until'])}",
        ),
        blocks=(_city_days(brief), _cumulative(brief), *_data_state(brief)),
        exercise=exercise,
        pictures=tuple(pictures),
    )


def _city_days(brief: Mapping[str, Any]) -> Grid:
    rows = tuple(
        (
            plain(name_of(c)),
            aqi_cell(c["aqi"], c["level"]),
            plain(c["primary_pollutants"]),
            number(c["pm25_ugm3"]),
            plain(f"{c['n_stations']}/{c['n_stations_expected']}" if c["state"] else None),
            plain(f"{c['basis']} {_STATES.get(c['state'], '')}" if c["state"] else "无数据 no data"),
        )
        for c in brief["cities"]
    )
    heads = ("城市 city", "AQI", "首要污染物 primary", "PM2.5 µg/m³", "站点 stations", "基础 basis")
    return Grid(
        f"{brief['day']} 各城市 cities", heads, rows, frozenset({3, 4}), "扣沙前 before sand deduction"
    )


def _cumulative(brief: Mapping[str, Any]) -> Grid:
    rows = tuple(
        (
            plain(name_of(c)),
            number(c["pm25_ugm3"]),
            number(c["good_days"]),
            number(c["heavy_days"]),
            plain(f"{c['n_valid_days']:g}/{c['n_days']}" if c["n_valid_days"] is not None else None),
        )
        for c in brief["cumulative"]
    )
    heads = (
        "城市 city", "PM2.5 µg/m³", "优良天数 good days", "重度及以上天数 heavy days", "有效天数 valid days",
    )  # fmt: skip
    note = "天数按各日当日标准；有效天数不足时仅供参考 | days by each day's standard; indicative where valid days are few"
    return Grid(f"{brief['period']} 年累计 this year so far", heads, rows, frozenset({1, 2, 3, 4}), note)


def _data_state(brief: Mapping[str, Any]) -> list[Lines | Grid]:
    made: list[Lines | Grid] = [_gap_grid(brief["gaps"])]
    if brief["checks"]:
        texts = tuple(
            # without examples: they may tell of single firms, and a letter goes further than the warehouse
            f"[{_CONSEQUENCES[c['consequence']]}] {one_line(c['zh'])} | {one_line(c['en'])}（{c['n_bad']}）"
            for c in brief["checks"][:_SHOWN]
        )
        made.append(Lines("检查未过 failed checks", texts))
    return made


def _gap_grid(gaps: Sequence[Mapping[str, Any]]) -> Grid:
    rows = tuple(
        (plain(g["day_first"]), plain(g["day_last"]), Cell(str(g["n_hours_missing"]))) for g in gaps[-_SHOWN:]
    )
    heads = ("首日 first day", "末日 last day", "缺小时数 missing hours")
    return Grid("数据缺口 data gaps", heads, rows, frozenset({2}))


def missing_letter(missing: Mapping[str, Any], *, exercise: bool) -> Letter:
    """Make the alarm of missing data.

    Parameters
    ----------
    missing : mapping
        See `pipelines.mail.brief.read_missing`: day, n_hours_missing, gaps, cities (name, stations), data_until.
    """
    n = missing["n_hours_missing"]
    short = [c for c in missing["cities"] if c["aqi"] is None]
    names = "、".join(name_of(c) for c in short)
    rows = tuple(
        (
            plain(name_of(c)),
            plain(f"{c['n_stations']}/{c['n_stations_expected']}" if c["state"] else None),
            plain(_STATES.get(c["state"] or "", "无数据 no data")),
        )
        for c in short
    )
    return Letter(
        kind="missing_data",
        subject=f"数据缺失告警 {missing['day']}：缺 {n} 小时，{len(short)} 城无日 AQI missing data",
        lead=(
            f"数据缺失告警 missing data：{missing['day']} 缺 {n} 小时 hours are missing",
            f"无日 AQI 的城市 cities without a daily AQI：{names or '无 none'}",
            f"数据截至 data until {moment(missing['data_until'])}",
        ),
        blocks=(
            Grid("受影响城市 cities", ("城市 city", "站点 stations", "状态 state"), rows, frozenset({1})),
            _gap_grid(missing["gaps"]),
            Lines(
                "处理办法 what to do",
                (
                    "1. 核对国家站文件是否到达来源文件夹；迟到的文件放入后会自动补算 check that the station files arrived;"
                    " late ones are taken in by the next run",
                    "2. fenwei status 查看缺口与待确认文件；fenwei doctor 检查系统 | fenwei status, fenwei doctor",
                ),
            ),
        ),
        exercise=exercise,
    )


def failure_letter(run: Mapping[str, Any], *, exercise: bool) -> Letter:
    """Make the letter about a run that failed.

    Parameters
    ----------
    run : mapping
        ``run_id, command, as_of, errors, checks, files, published`` of a run's report; all may be absent.
    """
    errors = [one_line(e, 600) for e in run.get("errors") or ()]
    checks = [c for c in run.get("checks") or () if c.get("consequence") == "block"]
    blocks: list[Lines | Grid] = [
        Lines("差错 errors", tuple(errors[:_SHOWN]) or ("未记录 not recorded",), strong=True)
    ]
    if checks:
        texts = tuple(
            f"{one_line(c['check'])}：{one_line(c['zh'])} | {one_line(c['en'])}" for c in checks[:_SHOWN]
        )
        blocks.append(Lines("阻断发布的检查 checks that block publication", texts))
    if run.get("files"):
        rows = tuple((plain(k), Cell(str(v))) for k, v in sorted(run["files"].items()))
        blocks.append(Grid("文件 files", ("状态 status", "数 number"), rows, frozenset({1})))
    blocks.append(
        Lines(
            "处理办法 what to do",
            (
                "读者仍看到上一版数据；排除原因后运行 fenwei run 即可，重复运行无害",
                "readers keep the last version; mend the cause and run `fenwei run`, running again does no harm",
            ),
        )
    )
    head = errors[0] if errors else DASH
    return Letter(
        kind="run_failure",
        subject=f"运行失败 {one_line(run.get('command') or 'run', 40)} {moment(run.get('as_of'))} run failed",
        lead=(
            f"运行失败 run failed：{one_line(run.get('run_id') or DASH, 40)}",
            one_line(head, 300),
            f"已发布版本 published version：{one_line(run.get('published') or DASH, 60)}",
        ),
        blocks=tuple(blocks),
        exercise=exercise,
    )
