"""``fenwei evaluate`` on a terminal. The document in, tables and lines out; numbers with the digits they were rounded to."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from dashboards.terminal.screen import NOTHING, add, as_is, digits, simulated_line, table

BASES = {"after_dust": ("扣沙后", "after sand deduction"), "before_dust": ("扣沙前", "before sand deduction")}
STATISTICS = {
    "mean": "平均 mean",
    "p98": "百分位 p98",
    "p95": "百分位 p95",
    "p90": "百分位 p90",
}
LEVELS = ("优", "良", "轻度", "中度", "重度", "严重")
POLLUTANTS = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "o3": "O3", "co": "CO"}
INDEX_DIGITS = 2


def render_evaluation(document: Mapping[str, Any], rounding: Mapping[str, int]) -> Iterator[RenderableType]:
    """Turn an evaluation into lines and tables.

    Parameters
    ----------
    document : mapping
        See :func:`pipelines.air.evaluation.evaluate`.
    rounding : mapping
        Decimals of the printed statistic by item: the six pollutants, ``rate_pct``, ``change_pct``,
        ``exceedance_multiple``, ``composite_index``.
    """
    if document["simulated"]:
        yield simulated_line()
    yield from _header(document)
    yield from _items(document, rounding)
    yield from _index(document, rounding)
    if document["days"]:
        yield from _days(document["days"], rounding)
    yield as_is("说明 notes", "bold")
    for note in document["notes"]:
        yield as_is(f"· {note['zh']}")
        yield as_is(f"  {note['en']}")
    if document["simulated"]:
        yield simulated_line()


def _header(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    area, period, chosen = document["area"], document["period"], document["standard_set"]
    yield as_is(f"{area['name_zh']} {area['name_en']}（{area['code']}）  {period['name']}", "bold")
    until = "" if period["finished"] else f"，评价至 judged until {period['day_until']}"
    yield as_is(
        f"时段 period：{period['day_first']} 至 to {period['day_last']}{until}，{period['n_days']} 日 days"
    )
    yield as_is(
        f"标准 standard：{chosen['name_zh']} {chosen['name_en']}（{chosen['standard_set']}；"
        f"{chosen['aqi_standard']}，{chosen['limit_standard']}）"
    )
    zh, en = BASES[document["basis"]["dust"]]
    if document["basis"]["dust"] == "after_dust" and any(
        "没有录入官方沙尘" in n["zh"] for n in document["notes"]
    ):
        zh, en = "扣沙前（未录入官方沙尘时段）", "before sand deduction (no official dust hours on record)"
    yield as_is(f"基础 basis：{_states(document['basis']['states'])}；PM {zh} {en}")
    have = document["completeness"]
    if have["n_cities_expected"]:
        yield as_is(f"成员城市 member cities：{have['n_cities']}/{have['n_cities_expected']}")


def _states(states: str | None) -> str:
    """Say which city-days are reviewed (审核) and which are as published in real time (实况)."""
    counted = dict(part.rsplit(" ", 1) for part in (states or "").split(", ") if " " in part)
    reviewed = int(counted.pop("reviewed", 0))
    other = sum(int(n) for n in counted.values())
    parts = [f"审核 reviewed {reviewed}"] * bool(reviewed) + [f"实况 real time {other}"] * bool(other)
    return "，".join(parts) + f"（城市日 city-days：{states}）" if parts else NOTHING


def _items(document: Mapping[str, Any], rounding: Mapping[str, int]) -> Iterator[RenderableType]:
    heads = [
        "污染物", "统计量 statistic", "值 value", "单位 unit", "限值 limit", "达标 attained", "超标倍数 exceeds by",
        "有效天/天数 valid/days", "数据 data",
    ]  # fmt: skip
    compared = any(item[key] is not None for item in document["items"] for key in ("before", "before_whole"))
    if compared:
        heads += ["上年同期 year before", "同比 % change", "上年全期 whole", "变化 % change"]
    made = table(heads, right=(2, 4, 6, 7, 9, 10, 11, 12))
    for item in document["items"]:
        cells = _judgement(item, rounding) + (_comparison(item, rounding) if compared else [])
        add(made, *cells)
    yield made
    if not compared:
        yield as_is("同比 year on year：没有上年同期数据 no data of the year before")


def _judgement(item: Mapping[str, Any], rounding: Mapping[str, int]) -> list[Any]:
    return [
        item["pollutant"],
        STATISTICS.get(item["statistic"], item["statistic"]),
        digits(item["value_printed"], rounding.get(item["pollutant"], 1)),
        (item["unit"] or "").replace("ug/m3", "µg/m³").replace("mg/m3", "mg/m³"),
        _limit(item["limit_value"]),
        _attained(item),
        digits(item["exceedance_multiple"], rounding.get("exceedance_multiple", 2)),
        f"{item['n_valid_days']}/{item['n_days']}",
        "充分 enough" if item["sufficient"] else "不足 short",
    ]


def _comparison(item: Mapping[str, Any], rounding: Mapping[str, int]) -> list[Any]:
    n = rounding.get(item["pollutant"], 1)
    return [
        digits(item["before"], n),
        _change(item["change_pct"], rounding),
        digits(item["before_whole"], n),
        _change(item["change_whole_pct"], rounding),
    ]


def _limit(value: float | None) -> str:
    """A limit as its standard writes it: whole numbers without decimals."""
    return NOTHING if value is None else f"{value:g}"


def _attained(item: Mapping[str, Any]) -> Text:
    if item["limit_value"] is None:
        return as_is("无限值 no limit")
    if item["attained"] is None:
        return as_is("数据不足 n/a", "yellow")
    return as_is("达标 yes", "green") if item["attained"] else as_is("超标 no", "red")


def _change(value: float | None, rounding: Mapping[str, int]) -> str:
    return NOTHING if value is None else f"{value:+.{rounding.get('change_pct', 1)}f}"


def _index(document: Mapping[str, Any], rounding: Mapping[str, int]) -> Iterator[RenderableType]:
    """Composite index of the area, or the list of a region."""
    own = document["index"]
    n = rounding.get("composite_index", INDEX_DIGITS)
    if own:
        rank = (
            f"第 {own['rank']} / {own['n_ranked']} 名 rank" if own["rank"] else "不排名（数据不足）not ranked"
        )
        yield as_is(
            f"综合指数 composite index：{digits(own['composite_index'], n)}，{rank}，"
            f"同比 change {_change(own['change_pct'], rounding)} %"
        )
    if document["ranking"] and document["area"]["kind"] == "region":
        yield _ranking(document, rounding, n)


def _ranking(document: Mapping[str, Any], rounding: Mapping[str, int], n: int) -> RenderableType:
    made = table(
        (
            "名次 rank",
            "城市 city",
            "综合指数 index",
            *POLLUTANTS.values(),
            "上年 before",
            "同比 % change",
            "优良天 good",
            "重污染天 heavy",
        ),
        right=(0, *range(2, 13)),
        title="综合指数排名（由低到高，数据不足者不排名）| composite index, lowest first; not ranked where data are short",
    )
    for row in document["ranking"]:
        add(
            made,
            row["rank"],
            f"{row['name_zh'] or row['city_code']} {row['name_en'] or ''}",
            digits(row["composite_index"], n),
            *(digits(row[f"index_{p}"], n) for p in POLLUTANTS),
            digits(row["composite_index_before"], n),
            _change(row["change_pct"], rounding),
            _count(row["good_days"]),
            _count(row["heavy_days"]),
        )
    return made


def _count(days: float | None) -> str:
    """Days of a city are whole; means of a region's cities have one decimal."""
    return NOTHING if days is None else f"{days:.0f}" if float(days).is_integer() else f"{days:.1f}"


def _days(days: Mapping[str, Mapping[str, Any]], rounding: Mapping[str, int]) -> Iterator[RenderableType]:
    heads = (
        "标准 set",
        "有效/天数 valid",
        *LEVELS,
        "优良 good",
        "优良率 %",
        "重污染 heavy",
        "城市天次 heavy city-days",
    )
    counts = table(
        ("时段 period", *heads),
        right=range(2, 2 + len(heads)),
        title="天数（不扣沙；区域为城市平均）| days, sand days kept; for a region the mean of its cities",
    )
    primary = table(
        ("时段 period", "标准 set", *POLLUTANTS.values()),
        right=range(2, 8),
        title="首要污染物天数（并列各计一天）| days by primary pollutant, ties count for each",
    )
    names = {"now": "本期 now", "before": "上年同期 before", "before_whole": "上年全期 whole"}
    for period, zh in names.items():
        for side in ("each_day", "fixed"):
            found = days.get(period, {}).get(side)
            if found:
                which = (
                    "各日当日标准 each day's" if side == "each_day" else f"统一 fixed {found['standard_set']}"
                )
                add(counts, zh, which, *_level_counts(found, rounding))
                add(primary, zh, which, *(_count(found[f"primary_days_{p}"]) for p in POLLUTANTS))
    yield counts
    yield primary


def _level_counts(found: Mapping[str, Any], rounding: Mapping[str, int]) -> list[str]:
    return [
        f"{_count(found['n_valid_days'])}/{found['n_days']}",
        *(_count(found[f"n_level_{level}"]) for level in range(1, 7)),
        _count(found["good_days"]),
        digits(found["good_days_pct"], rounding.get("rate_pct", 1)),
        _count(found["heavy_days"]),
        _count(found["heavy_city_days"]),
    ]
